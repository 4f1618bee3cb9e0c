import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { Correcting } from '../../../features/inspections/phone/correcting'
import { inspectionQueries } from '../../../features/inspections/queries'
import { PhonePage, Trouble, Waiting } from '../../../ui/phone/page'

export const Route = createFileRoute('/m/s/$street/corrections/$inspectionId')({
  component: function CorrectionPage() {
    const { me, post } = Route.useRouteContext()
    const { inspectionId } = Route.useParams()
    const record = useQuery(inspectionQueries.record(post.id, inspectionId))
    const offers = useQuery(inspectionQueries.correction(post.id, inspectionId))
    const error = record.error ?? offers.error
    if (error || !record.data || !offers.data)
      return (
        <PhonePage title="更正检查记录" street={post.name}>
          {error ? <Trouble error={error} retry={() => void record.refetch()} /> : <Waiting />}
        </PhonePage>
      )
    return <Correcting key={inspectionId} me={me} post={post} record={record.data} offers={offers.data} />
  },
})
