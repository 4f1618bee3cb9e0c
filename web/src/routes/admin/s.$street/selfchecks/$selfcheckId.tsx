import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { SelfcheckSheet } from '../../../../features/selfchecks/desk/selfcheck-record'
import { selfcheckQueries } from '../../../../features/selfchecks/queries'
import { Answer } from '../../../../ui/desk/answer'
import { Page, Sheet } from '../../../../ui/desk/page'

export const Route = createFileRoute('/admin/s/$street/selfchecks/$selfcheckId')({
  component: function SelfcheckRecordPage() {
    const { post } = Route.useRouteContext()
    const { selfcheckId } = Route.useParams()
    const record = useQuery({
      ...selfcheckQueries.record(post.id, selfcheckId),
      enabled: post.capabilities.includes('selfcheck.view'),
    })
    return (
      <Page
        title={record.data ? `自查：${record.data.unit.name}` : '自查记录'}
        needs="selfcheck.view"
        above={[{ label: '企业自查', to: `/admin/s/${post.slug}/selfchecks` }]}
      >
        <Sheet>
          <Answer of={record} rows={10}>
            {(one) => <SelfcheckSheet streetId={post.id} slug={post.slug} record={one} />}
          </Answer>
        </Sheet>
      </Page>
    )
  },
})
