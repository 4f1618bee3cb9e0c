import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { blankChecking } from '../../../features/inspections/phone/checking'
import { CheckPage } from '../../../features/inspections/phone/check-page'
import { inspectionQueries } from '../../../features/inspections/queries'
import { draftKey, useDraft } from '../../../outbox/drafts'

export const Route = createFileRoute('/m/s/$street/inspect/$enterpriseId')({
  loader: ({ context: { queryClient, post }, params }) => {
    void queryClient.prefetchQuery(inspectionQueries.offers(post.id, params.enterpriseId))
  },
  component: Check,
})

function Check() {
  const { me, post } = Route.useRouteContext()
  const { enterpriseId } = Route.useParams()
  const offers = useQuery(inspectionQueries.offers(post.id, enterpriseId))
  const draft = useDraft(draftKey(`inspect/${enterpriseId}`, post.id, me.id), blankChecking)
  return <CheckPage key={enterpriseId} me={me} post={post} offers={offers} draft={draft} />
}
