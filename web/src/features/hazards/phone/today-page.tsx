import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Capability } from '@app/shared/capabilities'
import type { HazardCard } from '@app/shared/hazards/schema'
import type { Me, Post } from '@app/shared/people/schema'
import { type WorkbenchSource, sources } from '@app/shared/workbench/schema'
import { useOutbox } from '../../../outbox/outbox'
import { Nothing, PhonePage, Trouble, Waiting } from '../../../ui/phone/page'
import { Refresh } from '../../../ui/phone/refresh'
import { momentOf } from '../../../ui/phone/when'
import { hazardQueries } from '../queries'
import { HazardCards } from './hazard-card'
import { HeldSection } from './held-section'
import type { LedgerSearch } from './ledger-search'

type StreetPost = Extract<Post, { kind: 'street' }>
interface CountsQuery {
  readonly data:
    | {
        readonly counts: { readonly [Source in WorkbenchSource]?: number | undefined }
        readonly capped: boolean
        readonly closedThisMonth: number
      }
    | undefined
  readonly error: Error | null
  readonly dataUpdatedAt: number
  readonly refetch: () => unknown
}

/** What is counted for everyone, and what only for who can do something about it. */
const shown: readonly { source: WorkbenchSource; needs?: Capability }[] = [
  { source: 'mine' },
  { source: 'overdue' },
  { source: 'dueToday' },
  { source: 'filed', needs: 'hazard.assign' },
  { source: 'rectified', needs: 'hazard.recheck' },
  { source: 'checked', needs: 'hazard.close' },
  { source: 'pleas', needs: 'hazard.answer' },
]

/** The day of somebody in the field: what is theirs, what is late, and what is still on this phone. */
export function TodayPage({
  me,
  post,
  counts,
  due,
}: {
  me: Me
  post: StreetPost
  counts: CountsQuery
  /** Whom to check today; what is late comes before it. */
  due: ReactNode
}) {
  const may = (capability?: Capability) => !capability || post.capabilities.includes(capability)
  const counted = shown.filter(({ needs }) => may(needs))
  const { ops } = useOutbox()
  const held = ops.filter(({ userId }) => userId === me.id)
  const { data, error, dataUpdatedAt, refetch } = counts

  const few = (filter: Parameters<typeof hazardQueries.list>[1]) => ({
    ...hazardQueries.list(post.id, { ...filter, limit: '5' }),
  })
  const mine = useInfiniteQuery(few({ mine: 'yes' }))
  const toRecheck = useInfiniteQuery({ ...few({ state: 'rectified' }), enabled: may('hazard.recheck') })
  const late = useInfiniteQuery(few({ overdue: 'yes' }))
  const pleas = useInfiniteQuery({ ...few({ plea: 'yes' }), enabled: may('hazard.answer') })
  const first = (list: typeof mine) => list.data?.pages.flatMap(({ items }) => items).slice(0, 5)

  const mineFirst = first(mine)
  const lateFirst = first(late)?.filter(({ id }) => !mineFirst?.some((one) => one.id === id))
  const sections: { title: string; items: HazardCard[] | undefined; search: LedgerSearch }[] = [
    { title: '由我负责', items: mineFirst, search: { mine: 'yes' } },
    ...(may('hazard.answer')
      ? [{ title: '待答复的延期与异议', items: first(pleas), search: { plea: 'yes' } as const }]
      : []),
    ...(may('hazard.recheck')
      ? [{ title: '待复查', items: first(toRecheck), search: { state: 'rectified' } as const }]
      : []),
    { title: mineFirst?.length ? '其他逾期' : '已逾期', items: lateFirst, search: { overdue: 'yes' } },
  ]
  const nothing = data && held.length === 0 && counted.every(({ source }) => !data.counts[source])

  return (
    <PhonePage title="今日" street={post.name} action={<Refresh streetId={post.id} />}>
      <HeldSection me={me} post={post} />
      {error && data && (
        <p className="m-note" role="status">
          网络不通，以下是 {momentOf(dataUpdatedAt)} 的内容。
        </p>
      )}
      {error && !data && <Trouble error={error} retry={() => void refetch()} />}
      {!data && !error && <Waiting />}
      {data && (
        <ul className={`m-counts m-counts-${counted.length}`}>
          {counted.map(({ source }) => (
            <li key={source}>
              <Count source={source} count={data.counts[source] ?? 0} capped={data.capped} slug={post.slug} />
            </li>
          ))}
        </ul>
      )}
      {nothing && <Nothing>今天没有待办隐患</Nothing>}
      {sections.map(
        ({ title, items, search }) =>
          items &&
          items.length > 0 && (
            <section key={title}>
              <div className="m-section-head">
                <h2>{title}</h2>
                <Link
                  to="/m/s/$street/hazards"
                  params={{ street: post.slug }}
                  search={search}
                  aria-label={`${title}：全部`}
                >
                  全部
                </Link>
              </div>
              <HazardCards post={post} hazards={items} />
            </section>
          ),
      )}
      {due}
      {data && (
        <p className="m-foot">
          本月已销号 {data.closedThisMonth} 条 · 更新于 {momentOf(dataUpdatedAt).slice(11)}
        </p>
      )}
    </PhonePage>
  )
}

function Count({
  source,
  count,
  capped,
  slug,
}: {
  source: WorkbenchSource
  count: number
  capped: boolean
  slug: string
}) {
  const { label, filter, tone } = sources[source]
  return (
    <Link
      to="/m/s/$street/hazards"
      params={{ street: slug }}
      search={filter as LedgerSearch}
      className={`m-count ${count > 0 ? `m-count-${tone}` : ''}`}
    >
      <strong>
        {count}
        {capped && count > 0 && '+'}
      </strong>
      {source === 'mine' ? '由我负责' : label}
    </Link>
  )
}
