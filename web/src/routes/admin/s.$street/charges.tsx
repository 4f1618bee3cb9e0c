import { Day, dayOf } from '@app/shared/time'
import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import * as v from 'valibot'
import { ChargesMatrix } from '../../../features/organisation/desk/charges-matrix'
import { organisationQueries } from '../../../features/organisation/queries'
import { peopleQueries } from '../../../features/people/queries'
import { treeQueries } from '../../../features/places/desk/tree-queries'
import { Answer } from '../../../ui/desk/answer'
import { Page, Sheet } from '../../../ui/desk/page'
import { part } from '../../../ui/desk/part'

export const Route = createFileRoute('/admin/s/$street/charges')({
  validateSearch: v.object({ on: part(Day) }),
  loaderDeps: ({ search: { on } }) => ({ on }),
  loader: ({ context: { queryClient, post }, deps: { on } }) => {
    if (!post.capabilities.includes('people.view')) return
    void queryClient.prefetchQuery(treeQueries.tree(post.id))
    void queryClient.prefetchQuery(organisationQueries.charges(post.id, on))
    void queryClient.prefetchQuery(peopleQueries.all(post.id))
  },
  component: ChargesPage,
})

function ChargesPage() {
  const { post } = Route.useRouteContext()
  const { on } = Route.useSearch()
  const navigate = Route.useNavigate()
  const enabled = post.capabilities.includes('people.view')
  const tree = useQuery({ ...treeQueries.tree(post.id), enabled })
  const charges = useQuery({ ...organisationQueries.charges(post.id, on), enabled })
  const people = useQuery({ ...peopleQueries.all(post.id), enabled })
  const today = dayOf(Date.now())
  return (
    <Page
      title="双包责任"
      needs="people.view"
      about="班子成员包社区、街道干部包网格，始终有人负责。点姓名可更换、结束或看历任；缺口同时显示在工作台。"
    >
      <Sheet>
        <Answer of={tree} rows={10}>
          {(places) => (
            <Answer of={charges} rows={10}>
              {({ items }) => (
                <ChargesMatrix
                  streetId={post.id}
                  streetName={post.name}
                  tree={places}
                  charges={items}
                  people={people.data?.items}
                  on={on ?? today}
                  today={today}
                  onDay={(day) => void navigate({ search: { on: day === today ? undefined : day } })}
                  manages={post.capabilities.includes('duty.manage') && !post.suspended}
                />
              )}
            </Answer>
          )}
        </Answer>
      </Sheet>
    </Page>
  )
}
