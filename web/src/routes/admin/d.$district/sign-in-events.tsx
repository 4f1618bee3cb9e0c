import { createFileRoute } from '@tanstack/react-router'
import { AuditPage } from '../../../features/accounts/desk/audit-page'
import { AuditSearch } from '../../../features/accounts/desk/audit-search'

const nobody: ReadonlyMap<string, string> = new Map()

export const Route = createFileRoute('/admin/d/$district/sign-in-events')({
  validateSearch: AuditSearch,
  component: function Audit() {
    const { post } = Route.useRouteContext()
    const navigate = Route.useNavigate()
    const names = nobody
    return (
      <AuditPage
        owner={{ kind: 'district', id: post.id }}
        names={names}
        filter={Route.useSearch()}
        onFilter={(search) => void navigate({ search, replace: true })}
      />
    )
  },
})
