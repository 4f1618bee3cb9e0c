import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { PublishButton, WithdrawButton } from '../../../../features/notices/desk/notice-deeds'
import { NoticeView } from '../../../../features/notices/desk/notice-page'
import { noticeQueries } from '../../../../features/notices/queries'
import { Answer } from '../../../../ui/desk/answer'
import { Page } from '../../../../ui/desk/page'

export const Route = createFileRoute('/admin/d/$district/notices/$noticeId')({
  loader: ({ context: { queryClient, post }, params }) => {
    if (!post.capabilities.includes('notice.view')) return
    void queryClient.prefetchQuery(noticeQueries.one(post.id, params.noticeId))
  },
  component: NoticePage,
})

function NoticePage() {
  const { me, post } = Route.useRouteContext()
  const { noticeId } = Route.useParams()
  const asked = useQuery({
    ...noticeQueries.one(post.id, noticeId),
    enabled: post.capabilities.includes('notice.view'),
  })
  const notice = asked.data
  const of = { districtId: post.id, notice }
  return (
    <Page
      title={notice?.title ?? '通报'}
      needs="notice.view"
      above={[{ label: '通报', to: `/admin/d/${post.slug}/notices` }]}
      extra={
        notice && (
          <>
            {notice.next.includes('publish') && <PublishButton {...of} notice={notice} />}
            {notice.next.includes('withdraw') && <WithdrawButton {...of} notice={notice} />}
          </>
        )
      }
    >
      <Answer of={asked} rows={10}>
        {(found) => <NoticeView key={found.id} districtId={post.id} slug={post.slug} me={me.id} notice={found} />}
      </Answer>
    </Page>
  )
}
