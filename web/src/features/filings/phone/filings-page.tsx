import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { OwedItem } from '@app/shared/filings/schema'
import { kinds, owedStates, states } from '@app/shared/filings/words'
import type { Post } from '@app/shared/people/schema'
import { type Day, dayOf } from '@app/shared/time'
import { FilingWay } from '../../../ui/phone/filing-way'
import { Icon } from '../../../ui/phone/icons'
import { More } from '../../../ui/phone/more'
import { Nothing, PhonePage, Trouble, Waiting } from '../../../ui/phone/page'
import { dueWords, momentOf } from '../../../ui/phone/when'
import { filingQueries } from '../queries'
import '../filings.css'

type StreetPost = Extract<Post, { kind: 'street' }>

const adding = ['training', 'principal-training', 'drill', 'certificate', 'permit'] as const

/** What the reader's own unit owes now, what can be filed, and what was. */
export function FilingsPage({ post }: { post: StreetPost }) {
  const { data, error, refetch } = useQuery(filingQueries.own(post.id))
  const filed = useInfiniteQuery(filingQueries.list(post.id, { limit: '20' }))
  const items = filed.data?.pages.flatMap((page) => page.items) ?? []
  const open = data?.items.filter(({ state }) => state !== 'done') ?? []
  const done = data?.items.filter(({ state }) => state === 'done') ?? []
  return (
    <PhonePage
      title="本单位材料"
      street={post.name}
      back={
        <Link to="/m/s/$street/me" params={{ street: post.slug }} className="m-back" aria-label="返回我的">
          <Icon name="back" />
        </Link>
      }
    >
      {!data && error && <Trouble error={error} retry={() => void refetch()} />}
      {!data && !error && <Waiting />}
      {data && (
        <>
          <section aria-label="现在要办的">
            <div className="m-section-head">
              <h2>现在要办的（{open.length}）</h2>
            </div>
            {open.length === 0 ? <Nothing>本期材料都已报送</Nothing> : <OwedCards post={post} items={open} />}
          </section>
          <section className="m-block" aria-label="新增">
            <h2>新增</h2>
            <ul className="m-rows">
              {adding.map((kind) => (
                <li key={kind}>
                  <Link to="/m/s/$street/filings/new/$kind" params={{ street: post.slug, kind }}>
                    {kinds[kind].label}
                    <Icon name="forward" size="1.25rem" />
                  </Link>
                </li>
              ))}
            </ul>
          </section>
          {done.length > 0 && (
            <section aria-label="本期已报">
              <div className="m-section-head">
                <h2>本期已报（{done.length}）</h2>
              </div>
              <OwedCards post={post} items={done} />
            </section>
          )}
        </>
      )}
      <section aria-label="报送记录">
        <div className="m-section-head">
          <h2>报送记录</h2>
        </div>
        {filed.error && !filed.data && <Trouble error={filed.error} retry={() => void filed.refetch()} />}
        {filed.data && items.length === 0 && <Nothing>还没有报送过材料</Nothing>}
        <ul className="m-cards">
          {items.map((one) => (
            <li key={one.id}>
              <Link
                to="/m/s/$street/filings/$filingId"
                params={{ street: post.slug, filingId: one.id }}
                className="m-card"
              >
                <span className="m-card-words">
                  <span className="m-card-tags">
                    <span className="m-tag">{states[one.state]}</span>
                  </span>
                  <span className="m-card-what">{kinds[one.kind].label}</span>
                  <span className="m-card-where">{one.title ?? '已按规定清除'}</span>
                  <span className="m-card-foot">{momentOf(one.at)}</span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
        <More of={filed} />
      </section>
    </PhonePage>
  )
}

const tones: Partial<Record<OwedItem['state'], string>> = {
  missing: 'm-tag m-tag-filed',
  draft: 'm-tag m-tag-assigned',
  done: 'm-tag m-tag-closed',
  soon: 'm-tag m-tag-filed',
  expired: 'm-tag m-tag-rejected',
}

/** Owed papers, each the way to where it is done. */
export function OwedCards({ post, items }: { post: StreetPost; items: readonly OwedItem[] }) {
  const today = dayOf(Date.now())
  return (
    <ul className="m-cards">
      {items.map((item) => (
        <li key={item.key}>
          <OwedLink post={post} item={item}>
            <span className="m-card-words">
              <span className="m-card-tags">
                <span className={tones[item.state] ?? 'm-tag m-tag-assigned'}>{owedStates[item.state]}</span>
              </span>
              <span className="m-card-what">{item.label}</span>
              {item.dueOn && item.state !== 'done' && <span className="m-card-foot">{dueFor(item.dueOn, today)}</span>}
            </span>
          </OwedLink>
        </li>
      ))}
    </ul>
  )
}

const dueFor = (dueOn: Day, today: Day) => dueWords(dueOn, today).words

function OwedLink({ post, item, children }: { post: StreetPost; item: OwedItem; children: React.ReactNode }) {
  if (!item.filingId && !post.capabilities.includes('filing.write')) return <div className="m-card">{children}</div>
  return (
    <FilingWay street={post.slug} filing={item}>
      {children}
    </FilingWay>
  )
}
