import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { Papers } from '../../../../features/inspections/desk/papers'
import { inspectionQueries } from '../../../../features/inspections/queries'
import { Answer } from '../../../../ui/desk/answer'
import { Page, Sheet } from '../../../../ui/desk/page'

export const Route = createFileRoute('/admin/s/$street/inspections/$inspectionId')({
  component: function InspectionRecordPage() {
    const { post } = Route.useRouteContext()
    const { inspectionId } = Route.useParams()
    const record = useQuery({
      ...inspectionQueries.record(post.id, inspectionId),
      enabled: post.capabilities.includes('inspection.view'),
    })
    return (
      <Page
        title={record.data ? `检查：${record.data.unit.name}` : '检查记录'}
        needs="inspection.view"
        above={[{ label: '检查记录', to: `/admin/s/${post.slug}/inspections` }]}
      >
        <Sheet>
          <Answer of={record}>{(one) => <Papers record={one} street={post} />}</Answer>
        </Sheet>
      </Page>
    )
  },
})
