import { streetRoles } from '@app/shared/capabilities'
import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import * as v from 'valibot'
import { organisationQueries } from '../../../features/organisation/queries'
import { AppointButton } from '../../../features/people/desk/appoint-button'
import { RightsButton } from '../../../features/people/desk/rights-button'
import { ImportButton } from '../../../features/people/desk/import-button'
import { InviteButton } from '../../../features/people/desk/invite-button'
import { PersonActions } from '../../../features/people/desk/person-actions'
import { PeopleTable } from '../../../features/people/desk/people-table'
import { peopleQueries, reachablePlaces, seePhone } from '../../../features/people/queries'
import { Answer } from '../../../ui/desk/answer'
import { PhoneCell } from '../../../ui/desk/phone-cell'
import { Page, Sheet } from '../../../ui/desk/page'
import { part } from '../../../ui/desk/part'

export const Route = createFileRoute('/admin/s/$street/people')({
  validateSearch: v.object({
    name: part(v.pipe(v.string(), v.maxLength(30))),
    role: part(v.picklist(streetRoles)),
    community: part(v.pipe(v.string(), v.maxLength(60))),
  }),
  loader: ({ context: { queryClient, post } }) => {
    if (!post.capabilities.includes('people.view')) return
    void queryClient.prefetchQuery(peopleQueries.all(post.id))
    void queryClient.prefetchQuery(organisationQueries.units({ kind: 'street', id: post.id }))
    void queryClient.prefetchQuery(reachablePlaces(post.id))
  },
  component: PeoplePage,
})

function PeoplePage() {
  const { post, me } = Route.useRouteContext()
  const manages = post.capabilities.includes('people.manage') && !post.suspended
  const search = Route.useSearch()
  const navigate = Route.useNavigate()
  const enabled = post.capabilities.includes('people.view')
  const people = useQuery({ ...peopleQueries.all(post.id), enabled })
  const units = useQuery({ ...organisationQueries.units({ kind: 'street', id: post.id }), enabled }).data?.items ?? []
  const places = useQuery({ ...reachablePlaces(post.id), enabled }).data
  return (
    <Page
      title="人员与岗位"
      needs="people.view"
      about="一人一个账号，可以有几个岗位。离岗时先移交名下事项，再停用岗位；办理过的记录保留。"
    >
      <Sheet>
        <Answer of={people} rows={8}>
          {({ items }) => (
            <PeopleTable
              people={items}
              places={places}
              units={units}
              search={search}
              onSearch={(next) => void navigate({ search: next as typeof search })}
              renderPhone={(person) => (
                <PhoneCell
                  see={seePhone(post.id)}
                  person={person}
                  maySee={post.capabilities.includes('contact.unmask') && !post.suspended}
                />
              )}
              {...(manages && {
                actions: (
                  <>
                    <ImportButton
                      streetId={post.id}
                      streetName={post.name}
                      people={items}
                      places={places}
                      units={units}
                    />
                    <InviteButton streetId={post.id} units={units} places={places} />
                    <AppointButton streetId={post.id} units={units} />
                  </>
                ),
                renderActions: (person) => (
                  <>
                    <PersonActions
                      streetId={post.id}
                      person={person}
                      people={items}
                      units={units}
                      places={places}
                      own={person.id === me.id}
                    />
                    {post.capabilities.includes('person.rights') && <RightsButton streetId={post.id} person={person} />}
                  </>
                ),
              })}
            />
          )}
        </Answer>
      </Sheet>
    </Page>
  )
}
