import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Post } from '@app/shared/people/schema'
import type { OwedItem } from '@app/shared/selfchecks/schema'
import { honest } from '@app/shared/selfchecks/words'
import type { Day } from '@app/shared/time'
import { FilingWay } from '../../../ui/phone/filing-way'
import { Nothing, PhonePage, Trouble, Waiting } from '../../../ui/phone/page'
import { Refresh } from '../../../ui/phone/refresh'
import { dueWords, momentOf } from '../../../ui/phone/when'
import { selfcheckQueries } from '../queries'

type StreetPost = Extract<Post, { kind: 'street' }>

/** What a unit has to do now (现在要做什么), each line the way to where it is done. */
export function HomePage({ post, held }: { post: StreetPost; held: ReactNode }) {
  const { data, error, dataUpdatedAt, refetch } = useQuery(selfcheckQueries.home(post.id))
  const of = (...acts: OwedItem['act'][]) => data?.items.filter(({ act }) => acts.includes(act)) ?? []
  const [now, answers, waiting, done] = [of('do'), of('read'), of('wait'), of('done')]
  const params = { street: post.slug }
  return (
    <PhonePage title="现在要做什么" street={post.name} action={<Refresh streetId={post.id} />}>
      {held}
      {error && data && (
        <p className="m-note" role="status">
          网络不通，以下是 {momentOf(dataUpdatedAt)} 的内容。
        </p>
      )}
      {error && !data && <Trouble error={error} retry={() => void refetch()} />}
      {!data && !error && <Waiting />}
      {data && (
        <>
          <p className="m-hint">{data.unit.name}</p>
          {now.length === 0 && <Nothing>现在没有要办的事</Nothing>}
          <Lines label="要办的事" items={now} today={data.today} post={post} />
          {answers.length > 0 && <h2>街道的答复</h2>}
          <Lines label="街道的答复" items={answers} today={data.today} post={post} />
          {waiting.length > 0 && <h2>等街道办理</h2>}
          <Lines label="等街道办理" items={waiting} today={data.today} post={post} />
          {done.length > 0 && <h2>本期已完成</h2>}
          <Lines label="本期已完成" items={done} today={data.today} post={post} />
          {data.more && (
            <Link to="/m/s/$street/hazards" params={params} className="m-center-link">
              还有更多隐患，去台账查看
            </Link>
          )}
          <p className="m-hint">{honest}</p>
          <Link to="/m/s/$street/selfchecks" params={params} className="m-center-link">
            历次自查
          </Link>
          <Link to="/m/s/$street/filings" params={params} className="m-center-link">
            本单位材料
          </Link>
        </>
      )}
    </PhonePage>
  )
}

function Lines({
  label,
  items,
  today,
  post,
}: {
  label: string
  items: readonly OwedItem[]
  today: Day
  post: StreetPost
}) {
  if (items.length === 0) return null
  return (
    <ul className="m-cards" aria-label={label}>
      {items.map((item) => (
        <li key={`${item.act}/${item.id}`}>
          <Way item={item} post={post}>
            <span className="m-card-words">
              <span className="m-card-tags">
                <Tag item={item} today={today} />
              </span>
              <span className="m-card-what">{item.title}</span>
              <span className="m-card-foot">{item.detail}</span>
            </span>
          </Way>
        </li>
      ))}
    </ul>
  )
}

function Tag({ item: { act, kind, dueOn }, today }: { item: OwedItem; today: Day }) {
  if (dueOn === null || act === 'wait') return null
  const { words, tone } = dueWords(dueOn, today)
  const due = kind === 'selfcheck' && tone === 'calm' ? '本月内完成' : words
  return <span className={`m-due m-due-${tone}`}>{due}</span>
}

/** Where a line leads: to what is to be done, at once; to the record where there is nothing to be done. */
function Way({ item, post, children }: { item: OwedItem; post: StreetPost; children: ReactNode }) {
  const params = { street: post.slug }
  if (item.kind === 'filing') {
    return (
      <FilingWay street={post.slug} filing={item.filing}>
        {children}
      </FilingWay>
    )
  }
  if (item.kind === 'selfcheck') {
    return item.act === 'do' ? (
      <Link to="/m/s/$street/selfcheck" params={params} className="m-card">
        {children}
      </Link>
    ) : (
      <Link to="/m/s/$street/selfchecks/$selfcheckId" params={{ ...params, selfcheckId: item.id }} className="m-card">
        {children}
      </Link>
    )
  }
  return item.act === 'do' ? (
    <Link
      to="/m/s/$street/hazards/$hazardId/$deed"
      params={{ ...params, hazardId: item.id, deed: 'rectify' }}
      className="m-card"
    >
      {children}
    </Link>
  ) : (
    <Link to="/m/s/$street/hazards/$hazardId" params={{ ...params, hazardId: item.id }} className="m-card">
      {children}
    </Link>
  )
}
