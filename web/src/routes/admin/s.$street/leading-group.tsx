import { Day, dayOf } from '@app/shared/time'
import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import * as v from 'valibot'
import { SeatsList } from '../../../features/organisation/desk/seats-list'
import { organisationQueries } from '../../../features/organisation/queries'
import { peopleQueries } from '../../../features/people/queries'
import { Answer } from '../../../ui/desk/answer'
import { Page, Sheet } from '../../../ui/desk/page'
import { part } from '../../../ui/desk/part'

export const Route = createFileRoute('/admin/s/$street/leading-group')({
  validateSearch: v.object({ on: part(Day) }),
  loaderDeps: ({ search: { on } }) => ({ on }),
  loader: ({ context: { queryClient, post }, deps: { on } }) => {
    if (!post.capabilities.includes('people.view')) return
    void queryClient.prefetchQuery(organisationQueries.seats(post.id, on))
    void queryClient.prefetchQuery(peopleQueries.all(post.id))
  },
  component: LeadingGroupPage,
})

function LeadingGroupPage() {
  const { post } = Route.useRouteContext()
  const { on } = Route.useSearch()
  const navigate = Route.useNavigate()
  const enabled = post.capabilities.includes('people.view')
  const seats = useQuery({ ...organisationQueries.seats(post.id, on), enabled })
  const people = useQuery({ ...peopleQueries.all(post.id), enabled })
  const today = dayOf(Date.now())
  return (
    <Page
      title="领导小组"
      needs="people.view"
      about="本街道治本攻坚工作领导小组：组长、常务副组长、副组长、成员，按任职日期留存。"
    >
      <Sheet>
        <Answer of={seats} rows={8}>
          {({ items }) => (
            <SeatsList
              streetId={post.id}
              seats={items}
              people={people.data?.items}
              on={on ?? today}
              today={today}
              onDay={(day) => void navigate({ search: { on: day === today ? undefined : day } })}
              manages={post.capabilities.includes('duty.manage') && !post.suspended}
            />
          )}
        </Answer>
      </Sheet>
    </Page>
  )
}
