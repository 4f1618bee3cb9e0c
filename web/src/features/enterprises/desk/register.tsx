import type { EnterpriseLine } from '@app/shared/enterprises/schema'
import { kinds } from '@app/shared/enterprises/words'
import { type Sector, sectors } from '@app/shared/hazards/words'
import type { Places } from '@app/shared/places/schema'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Table, Tag } from 'antd'
import { Answer } from '../../../ui/desk/answer'
import { Sheet } from '../../../ui/desk/page'
import { Pager } from '../../../ui/desk/pager'
import { enterpriseQueries } from '../queries'
import './enterprises.css'
import { RegisterFilterForm } from './register-filter-form'
import { queryOf, type RegisterSearch } from './register-search'
import { ColourTag, StandingTag } from './tags'

/** As many as the server gives at once. */
const pageSize = 50

interface RegisterProps {
  readonly streetId: string
  readonly slug: string
  readonly search: RegisterSearch
  /** Cursors of the pages gone through to get to this one. */
  readonly trail: readonly string[]
  readonly places: Places | undefined
  readonly onSearch: (search: RegisterSearch, trail?: readonly string[]) => void
}

/** 企业一企一档: search area, rows and pages. */
export function Register({ streetId, slug, search, trail, places, onSearch }: RegisterProps) {
  const asked = useQuery(enterpriseQueries.page(streetId, queryOf(search)))
  const { cursor: _, page = 1, ...set } = search
  const gridOf = (id: string) => places?.grids.find((grid) => grid.id === id)?.name ?? ''
  const communityOf = (id: string) => places?.communities.find((community) => community.id === id)?.name ?? ''
  return (
    <>
      <Sheet>
        <RegisterFilterForm
          // A filter that came by the address, a link or going back, fills the form anew.
          key={JSON.stringify(set)}
          filter={set}
          places={places}
          onSearch={(filter) => onSearch(filter, [])}
        />
      </Sheet>
      <Sheet>
        <Answer of={asked} rows={12}>
          {({ items, next }) => (
            <>
              <Table<EnterpriseLine>
                size="middle"
                rowKey="id"
                dataSource={items}
                loading={asked.isPlaceholderData}
                pagination={false}
                scroll={{ x: 1080 }}
                locale={{
                  emptyText:
                    next === null ? '没有符合条件的企业或场所。' : '这一段里没有符合条件的，后面还有，请继续查找。',
                }}
                columns={[
                  {
                    title: '名称',
                    dataIndex: 'name',
                    width: 250,
                    render: (name: string, { id, creditCode }) => (
                      <>
                        <Link
                          className="desk-link"
                          to="/admin/s/$street/enterprises/$enterpriseId"
                          params={{ street: slug, enterpriseId: id }}
                        >
                          {name}
                        </Link>
                        <div className="desk-quiet">{creditCode ?? '无信用代码'}</div>
                      </>
                    ),
                  },
                  {
                    title: '类别与行业',
                    key: 'kind',
                    width: 180,
                    render: (_value, row) => (
                      <>
                        {kinds[row.kind]}
                        <div className="desk-quiet">
                          {row.sectors.map((sector: Sector) => sectors[sector]).join('、') || '行业未填写'}
                        </div>
                      </>
                    ),
                  },
                  {
                    title: '社区与网格',
                    key: 'place',
                    width: 190,
                    render: (_value, { communityId, gridId }) => (
                      <>
                        {communityOf(communityId)}
                        <div className="desk-quiet">{gridOf(gridId)}</div>
                      </>
                    ),
                  },
                  { title: '地址', dataIndex: 'address' },
                  {
                    title: '风险',
                    key: 'colour',
                    width: 170,
                    render: (_value, { colour, highRisk, crowded }) => (
                      <span className="register-tags">
                        <ColourTag colour={colour} />
                        {highRisk !== null && <Tag>高危行业</Tag>}
                        {crowded && <Tag>人员密集</Tag>}
                      </span>
                    ),
                  },
                  {
                    title: '状态',
                    dataIndex: 'standing',
                    width: 80,
                    render: (standing: EnterpriseLine['standing']) => <StandingTag standing={standing} />,
                  },
                ]}
              />
              <Pager
                page={page}
                count={items.length}
                size={pageSize}
                next={next}
                trail={trail}
                go={(to) =>
                  onSearch(
                    // Safe: a cursor of a page is a unit's id.
                    {
                      ...set,
                      cursor: (to.cursor || undefined) as RegisterSearch['cursor'],
                      page: to.page > 1 ? to.page : undefined,
                    },
                    to.page > page ? [...trail, search.cursor ?? ''] : to.trail,
                  )
                }
              />
            </>
          )}
        </Answer>
      </Sheet>
    </>
  )
}
