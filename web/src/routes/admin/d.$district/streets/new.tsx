import { createFileRoute } from '@tanstack/react-router'
import { StreetWizard } from '../../../../features/onboarding/desk/street-wizard'
import { Page, Sheet } from '../../../../ui/desk/page'

export const Route = createFileRoute('/admin/d/$district/streets/new')({
  component: function OpenStreet() {
    const { post } = Route.useRouteContext()
    return (
      <Page
        title="开通街道"
        needs="street.onboard"
        above={[{ label: '街道列表', to: `/admin/d/${post.slug}/streets` }]}
        about="填好四步后一次开通。中途断网可以原样再试，不会重复开通。"
      >
        <Sheet>
          <StreetWizard districtId={post.id} district={post.slug} />
        </Sheet>
      </Page>
    )
  },
})
