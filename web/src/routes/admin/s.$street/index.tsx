import { useQuery } from '@tanstack/react-query'
import { Link, createFileRoute } from '@tanstack/react-router'
import * as v from 'valibot'
import { RequestsButton } from '../../../features/joining/desk/requests-button'
import { LateList } from '../../../features/hazards/desk/late-list'
import { StreetRecord } from '../../../features/hazards/desk/street-record'
import { peopleQueries } from '../../../features/people/queries'
import { AccessLines } from '../../../features/workbench/desk/access-lines'
import { WorkbenchCounts } from '../../../features/workbench/desk/workbench'
import { workbenchQueries } from '../../../features/workbench/queries'
import { Answer } from '../../../ui/desk/answer'
import { Page, Sheet } from '../../../ui/desk/page'
import { part } from '../../../ui/desk/part'

export const Route = createFileRoute('/admin/s/$street/')({
  validateSearch: v.object({ record: part(v.string()) }),
  loader: ({ context: { queryClient, post } }) => {
    if (post.capabilities.includes('hazard.view')) void queryClient.prefetchQuery(workbenchQueries.counts(post.id))
    if (post.capabilities.includes('access.view')) void queryClient.prefetchQuery(workbenchQueries.access(post.id))
  },
  component: WorkbenchPage,
})

function WorkbenchPage() {
  const { post } = Route.useRouteContext()
  const { record } = Route.useSearch()
  const navigate = Route.useNavigate()
  const mayAccess = post.capabilities.includes('access.view')
  const counts = useQuery(workbenchQueries.counts(post.id))
  const access = useQuery({ ...workbenchQueries.access(post.id), enabled: mayAccess })
  const people = useQuery({
    ...peopleQueries.all(post.id),
    enabled: record !== undefined && post.capabilities.includes('people.view'),
  })
  const ledger = `/admin/s/${post.slug}/hazards`
  const charges = `/admin/s/${post.slug}/charges`
  const open = (id: string | undefined) => void navigate({ search: { record: id } })
  return (
    <Page
      title="工作台"
      needs="hazard.view"
      extra={
        post.capabilities.includes('joining.decide') &&
        !post.suspended && <RequestsButton streetId={post.id} slug={post.slug} />
      }
    >
      <Answer of={counts} rows={5}>
        {(workbench) => <WorkbenchCounts workbench={workbench} ledger={ledger} charges={charges} />}
      </Answer>
      <Sheet
        title="期限最早的逾期隐患"
        extra={
          <Link to={ledger} search={{ overdue: 'yes' }}>
            查看全部逾期
          </Link>
        }
      >
        <LateList streetId={post.id} onOpen={open} />
      </Sheet>
      {mayAccess && (
        <Sheet title="上级调阅记录" extra={<span className="desk-quiet">区级查看本街道隐患详情时自动留痕</span>}>
          <Answer of={access}>{({ items }) => <AccessLines lines={items} onOpen={open} />}</Answer>
        </Sheet>
      )}
      <StreetRecord
        street={post}
        hazardId={record ?? null}
        people={people.data?.items}
        onClose={() => open(undefined)}
      />
    </Page>
  )
}
