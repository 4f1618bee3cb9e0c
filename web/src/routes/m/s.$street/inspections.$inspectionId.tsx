import { createFileRoute } from '@tanstack/react-router'
import * as v from 'valibot'
import { InspectionPage } from '../../../features/inspections/phone/inspection-page'

export const Route = createFileRoute('/m/s/$street/inspections/$inspectionId')({
  // What was just signed: its name in the outbox.
  validateSearch: v.object({ saved: v.optional(v.fallback(v.pipe(v.string(), v.maxLength(60)), '')) }),
  component: Inspection,
})

function Inspection() {
  const { post } = Route.useRouteContext()
  const { inspectionId } = Route.useParams()
  const { saved } = Route.useSearch()
  return <InspectionPage key={inspectionId} post={post} inspectionId={inspectionId} saved={saved} />
}
