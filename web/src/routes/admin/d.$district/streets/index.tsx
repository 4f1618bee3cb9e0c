import { useQuery } from '@tanstack/react-query'
import { createFileRoute, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
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
  const mayOpen = post.capabilities.includes('street.onboard') && !post.suspended
  const streets = useQuery({ ...onboardingQueries.streets(post.id), enabled: allowed })
  return (
    <Page
      title="街道列表"
      needs="score.view"
      about="双包缺口是今天还没有包保领导的社区和没有包保干部的网格。"
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
          {({ items }) => <StreetsTable streets={items} mayOpen={mayOpen} />}
        </Answer>
      </Sheet>
    </Page>
  )
}
