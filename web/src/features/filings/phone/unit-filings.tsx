import { useQuery } from '@tanstack/react-query'
import type { Post } from '@app/shared/people/schema'
import { Trouble, Waiting } from '../../../ui/phone/page'
import { filingQueries } from '../queries'
import { OwedCards } from './filings-page'

/** What a unit owes and has filed, to be read by whoever stands before it. */
export function UnitFilings({ post, enterpriseId }: { post: Extract<Post, { kind: 'street' }>; enterpriseId: string }) {
  const { data, error, refetch } = useQuery(filingQueries.owed(post.id, enterpriseId))
  return (
    <section aria-label="企业材料">
      <div className="m-section-head">
        <h2>企业材料</h2>
      </div>
      {!data && error && <Trouble error={error} retry={() => void refetch()} />}
      {!data && !error && <Waiting />}
      {data && data.items.length === 0 && <p className="m-hint">不在营，不需要报送。</p>}
      {data && data.items.length > 0 && <OwedCards post={post} items={data.items} />}
    </section>
  )
}
