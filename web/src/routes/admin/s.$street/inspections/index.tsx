import { useInfiniteQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { Button } from 'antd'
import { InspectionsTable } from '../../../../features/inspections/desk/inspections-table'
import { inspectionQueries } from '../../../../features/inspections/queries'
import { Answer } from '../../../../ui/desk/answer'
import { Page, Sheet } from '../../../../ui/desk/page'

export const Route = createFileRoute('/admin/s/$street/inspections/')({
  loader: ({ context: { queryClient, post } }) => {
    if (post.capabilities.includes('inspection.view'))
      void queryClient.prefetchInfiniteQuery(inspectionQueries.list(post.id, {}))
  },
  component: function InspectionsPage() {
    const { post } = Route.useRouteContext()
    const list = useInfiniteQuery({
      ...inspectionQueries.list(post.id, {}),
      enabled: post.capabilities.includes('inspection.view'),
    })
    return (
      <Page title="检查记录" needs="inspection.view" about="手机上签署的检查，最新的在前。记录不可改动，更正另成一版。">
        <Sheet>
          <Answer of={list}>
            {({ pages }) => <InspectionsTable items={pages.flatMap(({ items }) => items)} slug={post.slug} />}
          </Answer>
          {list.hasNextPage && (
            <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              再看更早的
            </Button>
          )}
        </Sheet>
      </Page>
    )
  },
})
