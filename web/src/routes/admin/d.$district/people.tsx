import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { OverseerButton } from '../../../features/onboarding/desk/overseer-button'
import { OverseersTable } from '../../../features/onboarding/desk/overseers'
import { onboardingQueries } from '../../../features/onboarding/queries'
import { organisationQueries } from '../../../features/organisation/queries'
import { Answer } from '../../../ui/desk/answer'
import { Page, Sheet } from '../../../ui/desk/page'

export const Route = createFileRoute('/admin/d/$district/people')({
  loader: ({ context: { queryClient, post } }) => {
    if (!post.capabilities.includes('people.view')) return
    void queryClient.prefetchQuery(onboardingQueries.people(post.id))
    void queryClient.prefetchQuery(organisationQueries.units({ kind: 'district', id: post.id }))
  },
  component: PeopleOfDistrict,
})

function PeopleOfDistrict() {
  const { me, post } = Route.useRouteContext()
  const allowed = post.capabilities.includes('people.view')
  const manages = post.capabilities.includes('overseer.manage')
  const people = useQuery({ ...onboardingQueries.people(post.id), enabled: allowed })
  const units = useQuery({ ...organisationQueries.units({ kind: 'district', id: post.id }), enabled: allowed })
  return (
    <Page
      title="区级人员"
      needs="people.view"
      about="区级岗位的账号。各街道的人员由街道自己管理。"
      extra={manages && <OverseerButton districtId={post.id} units={units.data?.items ?? []} />}
    >
      <Sheet>
        <Answer of={people} rows={6}>
          {({ items }) => (
            <OverseersTable
              districtId={post.id}
              people={items}
              units={units.data?.items ?? []}
              manages={manages}
              me={me.id}
            />
          )}
        </Answer>
      </Sheet>
    </Page>
  )
}
