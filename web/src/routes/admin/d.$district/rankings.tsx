import { StreetId } from '@app/shared/ids'
import { IndicatorCode } from '@app/shared/schemes/schema'
import { Month } from '@app/shared/time'
import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import * as v from 'valibot'
import { FactsTable } from '../../../features/assessments/desk/facts-table'
import { PeriodSelect } from '../../../features/assessments/desk/period-select'
import { RankingTable } from '../../../features/assessments/desk/ranking-table'
import { ScoreLines } from '../../../features/assessments/desk/score-lines'
import { SnapshotLine } from '../../../features/assessments/desk/score-summary'
import { rankingQueries } from '../../../features/assessments/queries'
import { DistrictRecord } from '../../../features/hazards/desk/district-record'
import { Answer, Nothing } from '../../../ui/desk/answer'
import { Page, Sheet } from '../../../ui/desk/page'
import { part } from '../../../ui/desk/part'

const Search = v.object({
  period: part(Month),
  street: part(StreetId),
  indicator: part(IndicatorCode),
  record: part(v.string()),
})

export const Route = createFileRoute('/admin/d/$district/rankings')({
  validateSearch: Search,
  loader: ({ context: { queryClient, post } }) => {
    if (post.capabilities.includes('score.view')) void queryClient.prefetchQuery(rankingQueries.periods(post.id))
  },
  component: RankingsPage,
})

function RankingsPage() {
  const { post } = Route.useRouteContext()
  const { period } = Route.useSearch()
  const navigate = Route.useNavigate()
  const may = post.capabilities.includes('score.view')
  const asked = useQuery({ ...rankingQueries.periods(post.id), enabled: may })
  const chosen = period ?? asked.data?.periods[0]?.period
  return (
    <Page
      title="街道排名"
      needs="score.view"
      about="各街道执行同一方案、同一截止时间；得分相同的名次并列。点街道看各项得分，点指标看计分的记录。"
      extra={
        chosen && (
          <PeriodSelect
            periods={asked.data?.periods ?? []}
            value={chosen}
            onChange={(next) =>
              void navigate({ search: (now) => ({ ...now, period: next as Month, record: undefined }) })
            }
          />
        )
      }
    >
      <Answer of={asked}>
        {() => (chosen ? <OnePeriod period={chosen} /> : <Nothing>还没有评过分。每月结束后第四天自动评分。</Nothing>)}
      </Answer>
    </Page>
  )
}

/** One month's ranking, the lines of the chosen street, and the records behind the chosen line. */
function OnePeriod({ period }: { period: Month }) {
  const { post } = Route.useRouteContext()
  const { street, indicator, record } = Route.useSearch()
  const navigate = Route.useNavigate()
  const ranking = useQuery(rankingQueries.one(post.id, period))
  const facts = useQuery({
    ...rankingQueries.facts(post.id, period, street ?? '', indicator ?? 'C1'),
    enabled: street !== undefined && indicator !== undefined,
  })
  const change = (to: v.InferOutput<typeof Search>) =>
    void navigate({ search: (now) => ({ ...now, ...to }), resetScroll: false })
  return (
    <Answer of={ranking} rows={8}>
      {(data) => {
        const { scores, scheme, snapshot } = data
        const score = scores.find(({ streetId }) => streetId === street)
        return (
          <>
            <Sheet>
              <RankingTable
                ranking={data}
                chosen={street}
                onChoose={(id) =>
                  change({
                    street: id === street ? undefined : id,
                    ...(id === street && { indicator: undefined }),
                  })
                }
              />
            </Sheet>
            {score && (
              <Sheet title={`${score.name}：各项得分`}>
                <ScoreLines
                  scheme={scheme}
                  lines={score.lines}
                  chosen={indicator}
                  onChoose={(code) => change({ indicator: code === indicator ? undefined : code })}
                />
              </Sheet>
            )}
            {score && indicator && (
              <Sheet
                title={`${score.name} ${indicator} ${scheme.indicators.find(({ code }) => code === indicator)?.name ?? ''}：计分的记录`}
                extra={<span className="desk-quiet">调阅将留痕，街道可见</span>}
              >
                <Answer of={facts}>
                  {(page) => (
                    <FactsTable code={indicator} page={page} current={record} onOpen={(id) => change({ record: id })} />
                  )}
                </Answer>
              </Sheet>
            )}
            <SnapshotLine snapshot={snapshot} scheme={scheme} />
            <DistrictRecord
              districtId={post.id}
              opened={street && record ? { streetId: street, hazardId: record } : null}
              streetName={score?.name ?? null}
              onClose={() => change({ record: undefined })}
            />
          </>
        )
      }}
    </Answer>
  )
}
