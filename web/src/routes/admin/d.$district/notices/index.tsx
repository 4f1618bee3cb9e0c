import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { rankingQueries } from '../../../../features/assessments/queries'
import { DraftButton } from '../../../../features/notices/desk/draft-button'
import { NoticeTable } from '../../../../features/notices/desk/notice-table'
import { noticeQueries } from '../../../../features/notices/queries'
import { Answer } from '../../../../ui/desk/answer'
import { Page, Sheet } from '../../../../ui/desk/page'
import '../../../../features/notices/desk/notices.css'

export const Route = createFileRoute('/admin/d/$district/notices/')({
  loader: ({ context: { queryClient, post } }) => {
    if (post.capabilities.includes('notice.view')) void queryClient.prefetchQuery(noticeQueries.list(post.id))
  },
  component: NoticesPage,
})

function NoticesPage() {
  const { post } = Route.useRouteContext()
  const navigate = Route.useNavigate()
  const mayDraft = post.capabilities.includes('notice.draft')
  const notices = useQuery({ ...noticeQueries.list(post.id), enabled: post.capabilities.includes('notice.view') })
  const periods = useQuery({ ...rankingQueries.periods(post.id), enabled: mayDraft })
  return (
    <Page
      title="通报"
      needs="notice.view"
      about="由评分快照生成初稿，核对文字后由另一名管理员发布；发布后公开，不能再改。"
      extra={
        mayDraft && (
          <DraftButton
            districtId={post.id}
            periods={periods.data?.periods.map(({ period }) => period) ?? []}
            notices={notices.data?.items ?? []}
            onDrafted={(noticeId) =>
              void navigate({
                to: '/admin/d/$district/notices/$noticeId',
                params: { district: post.slug, noticeId },
              })
            }
          />
        )
      }
    >
      <Sheet>
        <Answer of={notices}>{({ items }) => <NoticeTable notices={items} district={post.slug} />}</Answer>
      </Sheet>
    </Page>
  )
}
