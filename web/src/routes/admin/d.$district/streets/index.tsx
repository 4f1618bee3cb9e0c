import { overloadFrom } from '@app/shared/organisation/charges'
import { useQuery } from '@tanstack/react-query'
import { createFileRoute, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { StreetAdministratorsButton } from '../../../../features/onboarding/desk/street-administrators'
import { StreetsTable } from '../../../../features/onboarding/desk/streets-table'
import { onboardingQueries } from '../../../../features/onboarding/queries'
import { Answer } from '../../../../ui/desk/answer'
import { Page, Sheet } from '../../../../ui/desk/page'

export const Route = createFileRoute('/admin/d/$district/streets/')({
  loader: ({ context: { queryClient, post } }) => {
    if (post.capabilities.includes('score.view')) void queryClient.prefetchQuery(onboardingQueries.streets(post.id))
  },
  component: StreetsOfDistrict,
})

function StreetsOfDistrict() {
  const { post } = Route.useRouteContext()
  const navigate = useNavigate()
  const allowed = post.capabilities.includes('score.view')
  const onboards = post.capabilities.includes('street.onboard')
  const mayOpen = post.capabilities.includes('street.onboard') && !post.suspended
  const streets = useQuery({ ...onboardingQueries.streets(post.id), enabled: allowed })
  return (
    <Page
      title="街道列表"
      needs="score.view"
      about={`双包缺口：今天没有包社区领导的社区和没有包网格干部的网格。超负荷：一名领导包的社区超过 ${overloadFrom.leader} 个，或一名干部包的网格超过 ${overloadFrom.cadre} 个。`}
      extra={
        mayOpen && (
          <Button
            type="primary"
            onClick={() => void navigate({ to: '/admin/d/$district/streets/new', params: { district: post.slug } })}
          >
            开通街道
          </Button>
        )
      }
    >
      <Sheet>
        <Answer of={streets} rows={8}>
          {({ items }) => (
            <StreetsTable
              streets={items}
              mayOpen={mayOpen}
              {...(onboards && {
                renderActions: (street) =>
                  street.state !== 'preparing' && <StreetAdministratorsButton districtId={post.id} street={street} />,
              })}
            />
          )}
        </Answer>
      </Sheet>
    </Page>
  )
}
