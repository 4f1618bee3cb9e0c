import { createFileRoute } from '@tanstack/react-router'
import * as v from 'valibot'
import { RecordPage } from '../../../features/selfchecks/phone/record-page'

export const Route = createFileRoute('/m/s/$street/selfchecks/$selfcheckId')({
  // What was just sent, by its name in the outbox.
  validateSearch: v.object({ saved: v.optional(v.fallback(v.pipe(v.string(), v.maxLength(60)), '')) }),
  component: function Record() {
    const { post } = Route.useRouteContext()
    const { selfcheckId } = Route.useParams()
    const { saved } = Route.useSearch()
    return <RecordPage key={selfcheckId} post={post} selfcheckId={selfcheckId} saved={saved} />
  },
})
