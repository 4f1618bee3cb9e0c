import { createFileRoute } from '@tanstack/react-router'
import { RecordPage } from '../../../features/filings/phone/record-page'
import { filingQueries } from '../../../features/filings/queries'

export const Route = createFileRoute('/m/s/$street/filings/$filingId/')({
  loader: ({ context: { queryClient, post }, params }) => {
    void queryClient.prefetchQuery(filingQueries.record(post.id, params.filingId))
  },
  component: function Filing() {
    const { me, post } = Route.useRouteContext()
    const { filingId } = Route.useParams()
    return <RecordPage key={filingId} me={me} post={post} filingId={filingId} />
  },
})
