import { type Role, roles, streetRoles } from '@app/shared/capabilities'
import type { UnitCard } from '@app/shared/organisation/schema'
import { mainPost } from '@app/shared/people/rules'
import type { PersonCard } from '@app/shared/people/schema'
import { Input, Select, Table, Tag } from 'antd'
import type { ReactNode } from 'react'
import { isNamed } from '../../../ui/desk/person-select'
import { isIn, type PlaceNames, postLine } from './reach-words'
import './people.css'

/** What the list is narrowed to. */
export interface PeopleSearch {
  readonly name?: string | undefined
  readonly role?: Role | undefined
  readonly community?: string | undefined
}

interface PeopleProps {
  readonly people: readonly PersonCard[]
  readonly places: PlaceNames | undefined
  readonly units: readonly UnitCard[]
  readonly search: PeopleSearch
  readonly onSearch: (search: PeopleSearch) => void
  /** What may be done to the list, such as adding to it. */
  readonly actions?: ReactNode
  /** How a telephone number is shown; without it the column is left out. */
  readonly renderPhone?: (person: PersonCard) => ReactNode
  /** What may be done to one of them. */
  readonly renderActions?: (person: PersonCard) => ReactNode
}

const onAPage = 50

/** Everyone with a post in the street, and who is on what; those who left last. */
export function PeopleTable({
  people,
  places,
  units,
  search,
  onSearch,
  actions,
  renderPhone,
  renderActions,
}: PeopleProps) {
  const now = Date.now()
  const heldBy = ({ posts }: PersonCard) => posts.filter(({ until }) => until === null || until > now)
  const shown = people
    .filter((person) => {
      // Somebody who left is found by what they were.
      const posts = person.active ? heldBy(person) : person.posts
      const { community } = search
      return (
        (!search.name || isNamed(person, search.name)) &&
        (!search.role || posts.some(({ role }) => role === search.role)) &&
        (!community || posts.some(({ reach }) => isIn(reach, community, places)))
      )
    })
    .sort((a, b) => Number(b.active) - Number(a.active) || rank(a) - rank(b))
  return (
    <>
      <div className="desk-tools" role="search" aria-label="查找人员">
        <Input.Search
          key={search.name ?? ''}
          aria-label="姓名"
          placeholder="姓名或拼音首字母"
          allowClear
          enterButton="查询"
          style={{ width: 280 }}
          defaultValue={search.name ?? ''}
          onSearch={(name) => onSearch({ ...search, name: name.trim() || undefined })}
        />
        <Select<Role | null>
          aria-label="岗位"
          allowClear
          placeholder="全部岗位"
          style={{ width: 220 }}
          value={search.role ?? null}
          options={streetRoles.map((role) => ({ value: role as Role, label: roles[role].label }))}
          onChange={(role) => onSearch({ ...search, role: role ?? undefined })}
        />
        <Select<string | null>
          aria-label="社区"
          allowClear
          placeholder="全部社区"
          style={{ width: 180 }}
          value={search.community ?? null}
          options={(places?.communities ?? []).map(({ id, name }) => ({ value: id as string, label: name }))}
          onChange={(community) => onSearch({ ...search, community: community ?? undefined })}
        />
        {actions && <span className="desk-tools-end">{actions}</span>}
      </div>
      <Table<PersonCard>
        size="middle"
        rowKey="id"
        dataSource={shown}
        pagination={{
          pageSize: onAPage,
          hideOnSinglePage: true,
          showSizeChanger: false,
          showTotal: (total) => `共 ${total} 人`,
        }}
        scroll={{ x: 820 }}
        locale={{ emptyText: '没有符合条件的人员。' }}
        columns={[
          { title: '姓名', dataIndex: 'name', width: 130 },
          {
            title: '岗位',
            key: 'posts',
            render: (_, person) => {
              const held = heldBy(person)
              if (held.length === 0) {
                const last = mainPost(person.posts, now)
                return <span className="desk-quiet">曾任{last ? roles[last.role].label : ''}</span>
              }
              return (
                <ul className="people-posts">
                  {held.map((post) => (
                    <li key={post.id}>{postLine(post, places, now)}</li>
                  ))}
                </ul>
              )
            },
          },
          {
            title: '成员单位',
            key: 'units',
            width: 200,
            render: (_, person) => {
              const names = heldBy(person).flatMap(({ unitId }) => units.find(({ id }) => id === unitId)?.name ?? [])
              return [...new Set(names)].join('、') || '—'
            },
          },
          ...(renderPhone
            ? [
                {
                  title: '电话',
                  key: 'phone',
                  width: 200,
                  render: (_: unknown, person: PersonCard) => renderPhone(person),
                },
              ]
            : []),
          {
            title: '状态',
            dataIndex: 'active',
            width: 100,
            render: (active: boolean) => (active ? <Tag color="success">在岗</Tag> : <Tag>已停用</Tag>),
          },
          ...(renderActions
            ? [
                {
                  title: '操作',
                  key: 'actions',
                  width: 300,
                  render: (_: unknown, person: PersonCard) => renderActions(person),
                },
              ]
            : []),
        ]}
      />
      {shown.length <= onAPage && <p className="desk-pager">共 {shown.length} 人</p>}
    </>
  )
}

const order: readonly Role[] = streetRoles
const rank = ({ posts }: PersonCard) => order.indexOf(mainPost(posts, Date.now())?.role ?? 'clock')
