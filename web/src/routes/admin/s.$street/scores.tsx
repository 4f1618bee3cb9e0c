import { IndicatorCode } from '@app/shared/schemes/schema'
import { Month } from '@app/shared/time'
import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import * as v from 'valibot'
import { part } from '../../../ui/desk/part'
import { FactsTable } from '../../../features/assessments/desk/facts-table'
import { PeriodSelect } from '../../../features/assessments/desk/period-select'
import { ScoreLines } from '../../../features/assessments/desk/score-lines'
import { ScoreSummary, SnapshotLine } from '../../../features/assessments/desk/score-summary'
import { scoreQueries } from '../../../features/assessments/queries'
import { StreetRecord } from '../../../features/hazards/desk/street-record'
import { peopleQueries } from '../../../features/people/queries'
import { Answer, Nothing } from '../../../ui/desk/answer'
import { Page, Sheet } from '../../../ui/desk/page'

const Search = v.object({ period: part(Month), indicator: part(IndicatorCode), record: part(v.string()) })

export const Route = createFileRoute('/admin/s/$street/scores')({
  validateSearch: Search,
  loader: ({ context: { queryClient, post } }) => {
    if (post.capabilities.includes('score.view')) void queryClient.prefetchQuery(scoreQueries.periods(post.id))
  },
  component: ScoresPage,
})

function ScoresPage() {
  const { post } = Route.useRouteContext()
  const { period } = Route.useSearch()
  const navigate = Route.useNavigate()
  const may = post.capabilities.includes('score.view')
  const asked = useQuery({ ...scoreQueries.periods(post.id), enabled: may })
  const chosen = period ?? asked.data?.periods[0]?.period
  return (
    <Page
      title="考核排名"
      needs="score.view"
      about="每月截止后由系统按考核方案计分，分数不能人工修改；点指标可看到计分的每一条记录。"
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
        {() => (chosen ? <OwnPeriod period={chosen} /> : <Nothing>还没有评过分。每月结束后第四天自动评分。</Nothing>)}
      </Answer>
    </Page>
  )
}

/** One month of the street's own: the outcome, its lines, and the records behind the chosen one. */
function OwnPeriod({ period }: { period: Month }) {
  const { post } = Route.useRouteContext()
  const { indicator, record } = Route.useSearch()
  const navigate = Route.useNavigate()
  const own = useQuery(scoreQueries.own(post.id, period))
  const facts = useQuery({
    ...scoreQueries.facts(post.id, period, indicator ?? 'C1'),
    enabled: indicator !== undefined,
  })
  const people = useQuery({
    ...peopleQueries.all(post.id),
    enabled: record !== undefined && post.capabilities.includes('people.view'),
  })
  const open = (id: string | undefined) =>
    void navigate({ search: (now) => ({ ...now, record: id }), replace: record !== undefined, resetScroll: false })
  return (
    <Answer of={own} rows={8}>
      {({ score, scheme, snapshot }) => (
        <>
          <Sheet>
            <ScoreSummary score={score} />
          </Sheet>
          <Sheet title="各项得分">
            <ScoreLines
              scheme={scheme}
              lines={score.lines}
              chosen={indicator}
              onChoose={(code) =>
                void navigate({
                  search: (now) => ({ ...now, indicator: code === indicator ? undefined : code }),
                  resetScroll: false,
                })
              }
            />
          </Sheet>
          {indicator && (
            <Sheet
              title={`${indicator} ${scheme.indicators.find(({ code }) => code === indicator)?.name ?? ''}：计分的记录`}
            >
              <Answer of={facts}>
                {(page) => <FactsTable code={indicator} page={page} current={record} onOpen={open} />}
              </Answer>
            </Sheet>
          )}
          <SnapshotLine snapshot={snapshot} scheme={scheme} />
          <StreetRecord
            street={post}
            hazardId={record ?? null}
            people={people.data?.items}
            onClose={() => open(undefined)}
            rows={{ ids: facts.data?.facts.map((fact) => fact.record) ?? [], current: record, open }}
          />
        </>
      )}
    </Answer>
  )
}
