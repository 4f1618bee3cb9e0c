import { createFileRoute } from '@tanstack/react-router'
import { FilingsPage } from '../../../features/filings/phone/filings-page'
import { filingQueries } from '../../../features/filings/queries'

export const Route = createFileRoute('/m/s/$street/filings/')({
  loader: ({ context: { queryClient, post } }) => {
    if (post.capabilities.includes('filing.write')) void queryClient.prefetchQuery(filingQueries.own(post.id))
  },
  component: function Filings() {
    const { post } = Route.useRouteContext()
    return <FilingsPage post={post} />
  },
})
