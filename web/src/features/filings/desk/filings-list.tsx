import type { BoardLine, FilingCard, OwedItem } from '@app/shared/filings/schema'
import { periodWords } from '@app/shared/filings/periods'
import { kinds, owedStates, states } from '@app/shared/filings/words'
import type { Places } from '@app/shared/places/schema'
import { dayOf } from '@app/shared/time'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Segmented, Table, Tag } from 'antd'
import { useState } from 'react'
import { Answer } from '../../../ui/desk/answer'
import { Choice, optionsOf } from '../../../ui/desk/choice'
import { Field } from '../../../ui/desk/field'
import { Sheet } from '../../../ui/desk/page'
import { Pager } from '../../../ui/desk/pager'
import { PlaceFields, SearchForm } from '../../../ui/desk/search-form'
import { ScrollBox } from '../../../ui/desk/scroll-box'
import { minuteOf } from '../../../ui/desk/times'
import { filingQueries } from '../queries'
import { boardQueryOf, filingQueryOf, type FilingsSearch } from './filings-search'
import '../filings.css'

/** As many as the server gives at once. */
const boardSize = 20
const listSize = 30

const lists = [
  { value: 'owed', label: '应报情况' },
  { value: 'filed', label: '已报材料' },
  { value: 'expiring', label: '证书到期' },
] as const

const kindWords = Object.fromEntries(Object.entries(kinds).map(([kind, { label }]) => [kind, label]))

interface ListProps {
  readonly streetId: string
  readonly slug: string
  readonly search: FilingsSearch
  /** Cursors of the pages gone through to get to this one. */
  readonly trail: readonly string[]
  readonly places: Places | undefined
  readonly onSearch: (search: FilingsSearch, trail?: readonly string[]) => void
}

/** 企业材料: what units owe, what they filed, and certificates that run out. */
export function FilingsList(props: ListProps) {
  const { search, places, onSearch } = props
  const { cursor: _, page: _p, ...set } = search
  return (
    <>
      <Sheet>
        <Segmented
          className="filing-tabs"
          aria-label="查看"
          options={[...lists]}
          value={search.list ?? 'owed'}
          onChange={(list) =>
            onSearch({
              communityId: set.communityId,
              gridId: set.gridId,
              ...(list !== 'owed' && { list }),
            } as FilingsSearch)
          }
        />
        <FilterForm
          // A filter that came by the address fills the form anew.
          key={JSON.stringify(set)}
          filter={set}
          places={places}
          onSearch={(filter) => onSearch(filter)}
        />
      </Sheet>
      <Sheet>{search.list ? <Filed {...props} /> : <Board {...props} />}</Sheet>
    </>
  )
}

type Set = Omit<FilingsSearch, 'cursor' | 'page'>

function FilterForm({
  filter,
  places,
  onSearch,
}: {
  filter: Set
  places: Places | undefined
  onSearch: (filter: Set) => void
}) {
  const [draft, setDraft] = useState<Set>(filter)
  // Safe: every value below is one of its own list's.
  const set = (change: object) => setDraft((now) => ({ ...now, ...change }))
  const choices = [
    ...(filter.list === 'expiring' ? [] : [['kind', '材料', optionsOf(kindWords)] as const]),
    ...(filter.list ? [] : [['state', '情况', optionsOf(owedStates)] as const]),
  ]
  return (
    <SearchForm
      label="查询企业材料"
      columns={4}
      checks={null}
      filter={filter}
      onSearch={() => onSearch(draft)}
      onReset={() => {
        const none = { list: filter.list } as Set
        setDraft(none)
        onSearch(none)
      }}
    >
      <PlaceFields places={places} chosen={draft} onChoose={set} />
      {choices.map(([name, label, options]) => (
        <Field key={name} label={label}>
          {({ status: _, ...control }) => (
            <Choice {...control} value={draft[name]} options={options} onChange={(value) => set({ [name]: value })} />
          )}
        </Field>
      ))}
    </SearchForm>
  )
}

const placeNames = (places: Places | undefined) => ({
  gridOf: (id: string) => places?.grids.find((grid) => grid.id === id)?.name ?? '',
  communityOf: (id: string) => places?.communities.find((community) => community.id === id)?.name ?? '',
})

function Board({ streetId, slug, search, trail, places, onSearch }: ListProps) {
  const asked = useQuery(filingQueries.board(streetId, boardQueryOf(search)))
  const { gridOf, communityOf } = placeNames(places)
  return (
    <Answer of={asked} rows={10}>
      {({ items, next }) => (
        <>
          <ScrollBox label="应报情况" least={820}>
            <Table<BoardLine>
              size="middle"
              rowKey="id"
              dataSource={items}
              loading={asked.isPlaceholderData}
              pagination={false}
              locale={{
                emptyText: next === null ? '没有符合条件的单位。' : '这一段里没有符合条件的，后面还有，请继续查找。',
              }}
              columns={[
                {
                  title: '单位',
                  dataIndex: 'name',
                  width: 230,
                  render: (name: string, { id, communityId, gridId }) => (
                    <>
                      <Link
                        className="desk-link"
                        to="/admin/s/$street/enterprises/$enterpriseId"
                        params={{ street: slug, enterpriseId: id }}
                      >
                        {name}
                      </Link>
                      <div className="desk-quiet">
                        {communityOf(communityId)} {gridOf(gridId)}
                      </div>
                    </>
                  ),
                },
                {
                  title: '应报材料',
                  key: 'items',
                  render: (_value, { items: owed }) => <OwedTags slug={slug} items={owed} />,
                },
              ]}
            />
          </ScrollBox>
          <Turning
            {...{
              search,
              trail,
              onSearch,
              next,
              count: items.length,
              size: search.kind || search.state ? boardSize : 1,
            }}
          />
        </>
      )}
    </Answer>
  )
}

function Filed({ streetId, slug, search, trail, places, onSearch }: ListProps) {
  const asked = useQuery(filingQueries.page(streetId, filingQueryOf(search)))
  const { gridOf, communityOf } = placeNames(places)
  const today = dayOf(Date.now())
  const expiring = search.list === 'expiring'
  return (
    <Answer of={asked} rows={10}>
      {({ items, next }) => (
        <>
          <ScrollBox label={expiring ? '证书到期' : '已报材料'} least={860}>
            <Table<FilingCard>
              size="middle"
              rowKey="id"
              dataSource={items}
              loading={asked.isPlaceholderData}
              pagination={false}
              locale={{
                emptyText:
                  next !== null
                    ? '这一段里没有符合条件的，后面还有，请继续查找。'
                    : expiring
                      ? '没有已过期或将到期的特种作业证。'
                      : '还没有报送的材料。企业在手机上“我的”里的“本单位材料”报送。',
              }}
              columns={[
                {
                  title: '材料',
                  key: 'kind',
                  width: 260,
                  render: (_value, { id, kind, title }) => (
                    <>
                      <Link
                        className="desk-link"
                        to="/admin/s/$street/filings/$filingId"
                        params={{ street: slug, filingId: id }}
                      >
                        {kinds[kind].label}
                      </Link>
                      <div className="desk-quiet">{title ?? '已按规定清除'}</div>
                    </>
                  ),
                },
                {
                  title: '单位',
                  key: 'unit',
                  width: 230,
                  render: (_value, { unitName, communityId, gridId }) => (
                    <>
                      {unitName}
                      <div className="desk-quiet">
                        {communityOf(communityId)} {gridOf(gridId)}
                      </div>
                    </>
                  ),
                },
                expiring
                  ? {
                      title: '有效期至',
                      key: 'until',
                      render: (_value, { until }) => (
                        <>
                          {until}{' '}
                          {until !== null && until < today ? (
                            <Tag color="error">已过期</Tag>
                          ) : (
                            <Tag color="warning">将到期</Tag>
                          )}
                        </>
                      ),
                    }
                  : {
                      title: '期间',
                      key: 'period',
                      render: (_value, { period, from, kind, until }) =>
                        period
                          ? periodWords(period)
                          : kind === 'certificate'
                            ? until
                              ? `至 ${until}`
                              : '已停用'
                            : from,
                    },
                {
                  title: '状态',
                  key: 'state',
                  width: 160,
                  render: (_value, { state, version }) => (
                    <>
                      <Tag>{states[state]}</Tag>
                      {version > 1 && <Tag>第 {version} 版</Tag>}
                    </>
                  ),
                },
                { title: '报送时间', dataIndex: 'at', width: 160, render: minuteOf },
              ]}
            />
          </ScrollBox>
          <Turning {...{ search, trail, onSearch, next, count: items.length, size: listSize }} />
        </>
      )}
    </Answer>
  )
}

function Turning({
  search,
  trail,
  onSearch,
  next,
  count,
  size,
}: Pick<ListProps, 'search' | 'trail' | 'onSearch'> & { next: string | null; count: number; size: number }) {
  const { cursor, page = 1, ...set } = search
  return (
    <Pager
      page={page}
      count={count}
      size={size}
      next={next}
      trail={trail}
      go={(to) =>
        onSearch(
          {
            ...set,
            cursor: to.cursor || undefined,
            page: to.page > 1 ? to.page : undefined,
          },
          to.page > page ? [...trail, cursor ?? ''] : to.trail,
        )
      }
    />
  )
}

const tones: Partial<Record<OwedItem['state'], string>> = {
  missing: 'warning',
  done: 'success',
  draft: 'processing',
  soon: 'warning',
  expired: 'error',
}

/** What a unit owes, each with how it stands; what is there leads to the paper. */
export function OwedTags({ slug, items }: { slug: string; items: readonly OwedItem[] }) {
  return (
    <span className="filing-items">
      {items.map(({ key, label, state, filingId }) => {
        const tag = (
          <Tag color={tones[state] ?? 'default'}>
            {label}：{owedStates[state]}
          </Tag>
        )
        return filingId ? (
          <Link key={key} to="/admin/s/$street/filings/$filingId" params={{ street: slug, filingId }}>
            {tag}
          </Link>
        ) : (
          <span key={key}>{tag}</span>
        )
      })}
    </span>
  )
}
