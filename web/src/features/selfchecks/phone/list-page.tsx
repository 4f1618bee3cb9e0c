import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Post } from '@app/shared/people/schema'
import { More } from '../../../ui/phone/more'
import { Nothing, PhonePage, Trouble, Waiting } from '../../../ui/phone/page'
import { momentOf } from '../../../ui/phone/when'
import { selfcheckQueries } from '../queries'

/** What one's own unit has said of itself so far, the newest first. */
export function ListPage({ post, enterpriseId }: { post: Extract<Post, { kind: 'street' }>; enterpriseId: string }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    selfcheckQueries.list(post.id, enterpriseId),
  )
  const items = data?.pages.flatMap((page) => page.items)
  return (
    <PhonePage title="历次自查" street={post.name}>
      {!data && error && <Trouble error={error} retry={() => void refetch()} />}
      {!data && !error && <Waiting />}
      {items?.length === 0 && <Nothing>还没有自查记录</Nothing>}
      <ul className="m-cards">
        {items?.map(({ id, month, receivedAt, name, findings, settled }) => (
          <li key={id}>
            <Link
              to="/m/s/$street/selfchecks/$selfcheckId"
              params={{ street: post.slug, selfcheckId: id }}
              className="m-card"
            >
              <span className="m-card-words">
                <span className="m-card-what">{month} 自查</span>
                <span className="m-card-where">
                  {findings === 0 ? '全部正常' : `有问题 ${findings} 项，其中已改好 ${settled} 项`}
                </span>
                <span className="m-card-foot">
                  {momentOf(receivedAt)}
                  {name && <span>{name}</span>}
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <More of={{ hasNextPage, isFetchingNextPage, fetchNextPage }}>更早的自查</More>
    </PhonePage>
  )
}
