import type { Capability } from '@app/shared/capabilities'
import { monthWords } from '@app/shared/notices/rules'
import { useQuery } from '@tanstack/react-query'
import { Link, createFileRoute } from '@tanstack/react-router'
import { RankingTable } from '../../../features/assessments/desk/ranking-table'
import { rankingQueries } from '../../../features/assessments/queries'
import { DraftList } from '../../../features/notices/desk/draft-list'
import { noticeQueries } from '../../../features/notices/queries'
import { OverviewTable } from '../../../features/overviews/desk/overview-table'
import { overviewQueries } from '../../../features/overviews/queries'
import { Answer, Nothing } from '../../../ui/desk/answer'
import { Page, Sheet } from '../../../ui/desk/page'
import '../../../features/assessments/desk/scores.css'

export const Route = createFileRoute('/admin/d/$district/')({
  loader: ({ context: { queryClient, post } }) => {
    const may = (capability: Capability) => post.capabilities.includes(capability)
    if (may('hazard.view')) void queryClient.prefetchQuery(overviewQueries.streets(post.id))
    if (may('score.view')) void queryClient.prefetchQuery(rankingQueries.periods(post.id))
    if (may('notice.view')) void queryClient.prefetchQuery(noticeQueries.list(post.id))
  },
  component: DistrictDesk,
})

function DistrictDesk() {
  const { post } = Route.useRouteContext()
  const navigate = Route.useNavigate()
  const overview = useQuery(overviewQueries.streets(post.id))
  const mayScore = post.capabilities.includes('score.view')
  const mayNotice = post.capabilities.includes('notice.view')
  const periods = useQuery({ ...rankingQueries.periods(post.id), enabled: mayScore })
  const notices = useQuery({ ...noticeQueries.list(post.id), enabled: mayNotice })
  const latest = periods.data?.periods[0]?.period
  const ranking = useQuery({ ...rankingQueries.one(post.id, latest ?? ''), enabled: latest !== undefined })
  return (
    <Page title="区级工作台" needs="hazard.view">
      <Sheet title="各街道未销号情况" extra={<span className="desk-quiet">点数字查看隐患</span>}>
        <Answer of={overview} rows={6}>
          {(data) => (
            <OverviewTable
              overview={data}
              list={`/admin/d/${post.slug}/hazards`}
              staffing={`/admin/d/${post.slug}/streets`}
            />
          )}
        </Answer>
      </Sheet>
      {mayScore && (
        <Sheet
          title={latest ? `${monthWords(latest)}街道排名` : '街道排名'}
          extra={
            <Link to="/admin/d/$district/rankings" params={{ district: post.slug }}>
              查看排名与明细
            </Link>
          }
        >
          <Answer of={periods}>
            {() =>
              latest ? (
                <Answer of={ranking} rows={6}>
                  {(data) => (
                    <RankingTable
                      ranking={data}
                      onChoose={(street) =>
                        void navigate({
                          to: '/admin/d/$district/rankings',
                          params: { district: post.slug },
                          search: { period: latest, street },
                        })
                      }
                    />
                  )}
                </Answer>
              ) : (
                <Nothing>还没有评过分。每月结束后第四天自动评分。</Nothing>
              )
            }
          </Answer>
        </Sheet>
      )}
      {mayNotice && (
        <Sheet
          title="待发布的通报"
          extra={
            <Link to="/admin/d/$district/notices" params={{ district: post.slug }}>
              全部通报
            </Link>
          }
        >
          <Answer of={notices}>
            {({ items }) => <DraftList notices={items.filter(({ state }) => state === 'draft')} district={post.slug} />}
          </Answer>
        </Sheet>
      )}
    </Page>
  )
}
