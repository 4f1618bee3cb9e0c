import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { blankReporting } from '../../../features/selfchecks/phone/reporting'
import { SelfcheckPage } from '../../../features/selfchecks/phone/selfcheck-page'
import { selfcheckQueries } from '../../../features/selfchecks/queries'
import { draftKey, useDraft } from '../../../outbox/drafts'

export const Route = createFileRoute('/m/s/$street/selfcheck')({
  loader: ({ context: { queryClient, post } }) => {
    void queryClient.prefetchQuery(selfcheckQueries.offers(post.id))
  },
  component: Selfcheck,
})

function Selfcheck() {
  const { me, post } = Route.useRouteContext()
  const offers = useQuery(selfcheckQueries.offers(post.id))
  const draft = useDraft(draftKey('selfcheck/own', post.id, me.id), blankReporting)
  return <SelfcheckPage me={me} post={post} offers={offers} draft={draft} />
}
