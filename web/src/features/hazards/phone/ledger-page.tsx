import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { type State, categories, isOpen, levels, states } from '@app/shared/hazards/words'
import type { Post } from '@app/shared/people/schema'
import { Field } from '../../../ui/phone/fields'
import { More } from '../../../ui/phone/more'
import { Nothing, PhonePage, Trouble, Waiting } from '../../../ui/phone/page'
import { momentOf } from '../../../ui/phone/when'
import type { hazardQueries } from '../queries'
import { HazardCards } from './hazard-card'
import type { LedgerSearch } from './ledger-search'

type StreetPost = Extract<Post, { kind: 'street' }>

/** The ledger as far as the reader's reach goes, to be narrowed down and opened. */
export function LedgerPage({
  post,
  search,
  list,
}: {
  post: StreetPost
  search: LedgerSearch
  list: ReturnType<typeof hazardQueries.list>
}) {
  const { data, error, isPending, isFetching, hasNextPage, isFetchingNextPage, fetchNextPage, refetch, dataUpdatedAt } =
    useInfiniteQuery(list)
  const items = data?.pages.flatMap((page) => page.items) ?? []
  const done = search.open === 'no'
  const params = { street: post.slug }

  // A page may come empty when much was looked through for little; then the next one is what was asked for.
  const empty = items.length === 0
  useEffect(() => {
    if (empty && hasNextPage && !isFetching && !error) void fetchNextPage()
  }, [empty, hasNextPage, isFetching, error, fetchNextPage])

  return (
    <PhonePage title={done ? '台账：已办结' : '台账：未销号'} heading="隐患台账" street={post.name}>
      <nav className="m-switch" aria-label="台账范围">
        {/* Compared whole, or the first would be current on both. */}
        <Link
          to="/m/s/$street/hazards"
          params={params}
          search={search.category ? { category: search.category } : {}}
          aria-current={done ? undefined : 'page'}
          activeProps={{}}
          activeOptions={{ exact: true }}
          className={done ? '' : 'm-here'}
        >
          未销号
        </Link>
        <Link
          to="/m/s/$street/hazards"
          params={params}
          search={search.category ? { open: 'no', category: search.category } : { open: 'no' }}
          aria-current={done ? 'page' : undefined}
          activeProps={{}}
          activeOptions={{ exact: true }}
          className={done ? 'm-here' : ''}
        >
          已办结
        </Link>
      </nav>
      <Filters search={search} />
      {error && data && (
        <p className="m-note" role="status">
          网络不通，以下是 {momentOf(dataUpdatedAt)} 的内容。
        </p>
      )}
      {error && !data && <Trouble error={error} retry={() => void refetch()} />}
      {(isPending || (empty && isFetching)) && !error && <Waiting />}
      {items.length > 0 && <HazardCards post={post} hazards={items} />}
      {data && empty && !isFetching && !hasNextPage && (
        <Nothing>{Object.values(search).some(Boolean) ? '没有符合条件的隐患' : '没有未销号的隐患'}</Nothing>
      )}
      {!empty && <More of={{ hasNextPage, isFetchingNextPage, fetchNextPage }} />}
      {!empty && !hasNextPage && (
        <p className="m-foot" role="status">
          已全部显示，共 {items.length} 条
        </p>
      )}
    </PhonePage>
  )
}

function Filters({ search }: { search: LedgerSearch }) {
  const navigate = useNavigate({ from: '/m/s/$street/hazards/' })
  const done = search.open === 'no'
  const set = (part: { [Key in keyof LedgerSearch]?: string | undefined }) =>
    // Safe: every value below is one of its own list's.
    void navigate({ search: { ...search, ...part } as LedgerSearch, replace: true })
  const chosen = [search.state, search.level, search.category].filter(Boolean).length
  const [open, setOpen] = useState(chosen > 0)
  const inTab = (Object.keys(states) as State[]).filter((state) => isOpen(state) !== done)
  return (
    <div className="m-filters">
      <div className="m-filter-chips">
        {!done && (
          <>
            <Toggle on={search.mine === 'yes'} onChange={(on) => set({ mine: on ? 'yes' : undefined })}>
              由我负责
            </Toggle>
            <Toggle on={search.overdue === 'yes'} onChange={(on) => set({ overdue: on ? 'yes' : undefined })}>
              已逾期
            </Toggle>
            <Toggle on={search.overdue === 'today'} onChange={(on) => set({ overdue: on ? 'today' : undefined })}>
              今日到期
            </Toggle>
          </>
        )}
        <button type="button" className="m-chip" aria-expanded={open} onClick={() => setOpen(!open)}>
          筛选{chosen > 0 ? `（${chosen}）` : ''}
        </button>
      </div>
      {open && (
        <div className="m-filter-more">
          <Pick label="状态" value={search.state} onChange={(state) => set({ state })}>
            {inTab.map((state) => [state, states[state]])}
          </Pick>
          <Pick label="级别" value={search.level} onChange={(level) => set({ level })}>
            {Object.entries(levels)}
          </Pick>
          <Pick label="类别" value={search.category} onChange={(category) => set({ category })}>
            {Object.entries(categories).map(([key, { label }]) => [key, label])}
          </Pick>
        </div>
      )}
    </div>
  )
}

function Toggle({ on, onChange, children }: { on: boolean; onChange: (on: boolean) => void; children: string }) {
  return (
    <button type="button" className="m-chip" aria-pressed={on} onClick={() => onChange(!on)}>
      {on ? '✓ ' : ''}
      {children}
    </button>
  )
}

function Pick({
  label,
  value,
  onChange,
  children,
}: {
  label: string
  value: string | undefined
  onChange: (value: string | undefined) => void
  children: [string, string][]
}) {
  return (
    <Field label={label}>
      {(tie) => (
        <select {...tie} value={value ?? ''} onChange={(event) => onChange(event.target.value || undefined)}>
          <option value="">全部</option>
          {children.map(([key, words]) => (
            <option key={key} value={key}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
