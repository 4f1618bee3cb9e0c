import { streetRoles } from '@app/shared/capabilities'
import { createFileRoute } from '@tanstack/react-router'
import { PolicyPage } from '../../../features/accounts/desk/policy-page'

export const Route = createFileRoute('/admin/s/$street/sign-in-policy')({
  component: function OwnPolicy() {
    const { post } = Route.useRouteContext()
    return <PolicyPage owner={{ kind: 'street', id: post.id }} rolesHere={streetRoles} />
  },
})
