import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { HoldButton } from '../../../features/retention/desk/hold-button'
import { HoldsTable } from '../../../features/retention/desk/holds-table'
import { holdQueries } from '../../../features/retention/queries'
import { Answer } from '../../../ui/desk/answer'
import { Page, Sheet } from '../../../ui/desk/page'

export const Route = createFileRoute('/admin/s/$street/holds')({
  loader: ({ context: { queryClient, post } }) => {
    if (post.capabilities.includes('retention.hold')) void queryClient.prefetchQuery(holdQueries.all(post.id))
  },
  component: function HoldsPage() {
    const { post } = Route.useRouteContext()
    const holds = useQuery({ ...holdQueries.all(post.id), enabled: post.capabilities.includes('retention.hold') })
    return (
      <Page
        title="争议保留"
        needs="retention.hold"
        about="隐患销号满保存期限后，文字、照片和姓名会自动清除。有争议、复议或案件的，在这里保留，解除前不清除。"
        extra={!post.suspended && <HoldButton streetId={post.id} />}
      >
        <Sheet>
          <Answer of={holds}>
            {({ items }) => (
              <HoldsTable
                streetId={post.id}
                items={items}
                ledger={`/admin/s/${post.slug}/hazards`}
                mayLift={!post.suspended}
              />
            )}
          </Answer>
        </Sheet>
      </Page>
    )
  },
})
