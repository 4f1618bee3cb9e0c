import { createFileRoute } from '@tanstack/react-router'
import * as v from 'valibot'
import { RecordPage } from '../../../features/hazards/phone/record-page'
import { hazardQueries } from '../../../features/hazards/queries'

export const Route = createFileRoute('/m/s/$street/hazards/$hazardId/')({
  // What was just done here: its name in the outbox, or the deed itself when it needed none.
  validateSearch: v.object({ saved: v.optional(v.fallback(v.pipe(v.string(), v.maxLength(60)), '')) }),
  loader: ({ context: { queryClient, post }, params }) => {
    void queryClient.prefetchQuery(hazardQueries.record(post.id, params.hazardId))
  },
  component: Record,
})

function Record() {
  const { me, post } = Route.useRouteContext()
  const { hazardId } = Route.useParams()
  const { saved } = Route.useSearch()
  return <RecordPage key={hazardId} me={me} post={post} hazardId={hazardId} saved={saved} />
}
