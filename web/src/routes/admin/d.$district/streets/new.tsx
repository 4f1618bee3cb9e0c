import { createFileRoute } from '@tanstack/react-router'
import * as v from 'valibot'
import { StreetWizard } from '../../../../features/onboarding/desk/street-wizard'
import { Page, Sheet } from '../../../../ui/desk/page'
import { part } from '../../../../ui/desk/part'

export const Route = createFileRoute('/admin/d/$district/streets/new')({
  // The step is part of the address, so that the browser's own way back leads to the step before.
  validateSearch: v.object({ step: part(v.picklist([1, 2, 3, 4])) }),
  component: function OpenStreet() {
    const { post } = Route.useRouteContext()
    const { step = 1 } = Route.useSearch()
    const navigate = Route.useNavigate()
    return (
      <Page
        title="开通街道"
        needs="street.onboard"
        above={[{ label: '街道列表', to: `/admin/d/${post.slug}/streets` }]}
        about="填好四步后一次开通，最后一步确认前什么都不会写入。可以随时回到上一步，填过的内容不会丢。"
      >
        <Sheet>
          <StreetWizard
            districtId={post.id}
            district={post.slug}
            step={step - 1}
            // Safe: the wizard has as many steps.
            onStep={(next) => void navigate({ search: { step: (next + 1) as 1 | 2 | 3 | 4 } })}
          />
        </Sheet>
      </Page>
    )
  },
})
