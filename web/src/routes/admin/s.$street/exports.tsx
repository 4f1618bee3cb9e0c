import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { BeginButton } from '../../../features/exports/desk/begin-button'
import { ExportsTable } from '../../../features/exports/desk/exports-table'
import { exportQueries } from '../../../features/exports/queries'
import { Answer } from '../../../ui/desk/answer'
import { Page, Sheet } from '../../../ui/desk/page'

export const Route = createFileRoute('/admin/s/$street/exports')({
  loader: ({ context: { queryClient, post } }) => {
    if (post.capabilities.includes('street.export')) void queryClient.prefetchQuery(exportQueries.all(post.id))
  },
  component: function ExportsPage() {
    const { post } = Route.useRouteContext()
    const exports = useQuery({
      ...exportQueries.all(post.id),
      enabled: post.capabilities.includes('street.export'),
    })
    const making = exports.data?.items.some(({ state }) => state === 'making') ?? true
    return (
      <Page
        title="数据导出"
        needs="street.export"
        about="将本街道的全部数据生成一个数据包，用于备份，或迁往另一套系统。"
        extra={<BeginButton streetId={post.id} disabled={making || post.suspended} />}
      >
        <Sheet>
          <Answer of={exports}>
            {({ items }) => <ExportsTable streetId={post.id} items={items} mayRemove={!post.suspended} />}
          </Answer>
        </Sheet>
      </Page>
    )
  },
})
