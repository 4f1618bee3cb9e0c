import { streetRoles } from '@app/shared/capabilities'
import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import * as v from 'valibot'
import { part } from '../../../ui/desk/part'
import { AppointButton } from '../../../features/people/desk/appoint-button'
import { PhoneCell } from '../../../features/people/desk/phone-cell'
import { RightsButton } from '../../../features/people/desk/rights-button'
import { PersonActions } from '../../../features/people/desk/person-actions'
import { PeopleTable } from '../../../features/people/desk/people-table'
import { peopleQueries } from '../../../features/people/queries'
import { Answer } from '../../../ui/desk/answer'
import { Page, Sheet } from '../../../ui/desk/page'

export const Route = createFileRoute('/admin/s/$street/people')({
  validateSearch: v.object({ name: part(v.pipe(v.string(), v.maxLength(30))), role: part(v.picklist(streetRoles)) }),
  loader: ({ context: { queryClient, post } }) => {
    if (post.capabilities.includes('people.view')) void queryClient.prefetchQuery(peopleQueries.all(post.id))
  },
  component: function PeoplePage() {
    const { post, me } = Route.useRouteContext()
    const manages = post.capabilities.includes('people.manage') && !post.suspended
    const search = Route.useSearch()
    const navigate = Route.useNavigate()
    const people = useQuery({ ...peopleQueries.all(post.id), enabled: post.capabilities.includes('people.view') })
    return (
      <Page title="人员" needs="people.view" about="本街道各岗位的人员。离岗人员停用账号，其办理记录保留。">
        <Sheet>
          <Answer of={people} rows={8}>
            {({ items }) => (
              <PeopleTable
                people={items}
                search={search}
                onSearch={(next) => void navigate({ search: next as typeof search })}
                renderPhone={(person) => (
                  <PhoneCell
                    streetId={post.id}
                    person={person}
                    maySee={post.capabilities.includes('contact.unmask') && !post.suspended}
                  />
                )}
                {...(manages && {
                  actions: <AppointButton post={post} />,
                  renderActions: (person) => (
                    <>
                      <PersonActions streetId={post.id} person={person} own={person.id === me.id} />
                      {post.capabilities.includes('person.rights') && (
                        <RightsButton streetId={post.id} person={person} />
                      )}
                    </>
                  ),
                })}
              />
            )}
          </Answer>
        </Sheet>
      </Page>
    )
  },
})
