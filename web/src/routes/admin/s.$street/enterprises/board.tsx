import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { BoardTable } from '../../../../features/enterprises/desk/board'
import { RegisterTabs } from '../../../../features/enterprises/desk/register-tabs'
import { boardQuery } from '../../../../features/enterprises/merge-queries'
import { Answer } from '../../../../ui/desk/answer'
import { Page, Sheet } from '../../../../ui/desk/page'

export const Route = createFileRoute('/admin/s/$street/enterprises/board')({
  loader: ({ context: { queryClient, post } }) => {
    if (post.capabilities.includes('enterprise.view')) void queryClient.prefetchQuery(boardQuery(post.id))
  },
  component: BoardPage,
})

function BoardPage() {
  const { post } = Route.useRouteContext()
  const board = useQuery({ ...boardQuery(post.id), enabled: post.capabilities.includes('enterprise.view') })
  return (
    <Page
      title="网格视图"
      needs="enterprise.view"
      above={[{ label: '企业一企一档', to: `/admin/s/${post.slug}/enterprises` }]}
      about="各社区、网格的单位数和隐患数；点数字查看名单。除“单位”外只统计在营单位。"
    >
      <RegisterTabs slug={post.slug} merges={post.capabilities.includes('enterprise.merge')} />
      <Sheet>
        <Answer of={board} rows={10}>
          {(found) => <BoardTable slug={post.slug} board={found} />}
        </Answer>
      </Sheet>
    </Page>
  )
}
