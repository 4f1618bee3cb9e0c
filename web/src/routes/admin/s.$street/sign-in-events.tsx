import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { AuditPage } from '../../../features/accounts/desk/audit-page'
import { AuditSearch } from '../../../features/accounts/desk/audit-search'
import { peopleQueries } from '../../../features/people/queries'

export const Route = createFileRoute('/admin/s/$street/sign-in-events')({
  validateSearch: AuditSearch,
  component: function Audit() {
    const { post } = Route.useRouteContext()
    const navigate = Route.useNavigate()
    const people = useQuery({ ...peopleQueries.all(post.id), enabled: post.capabilities.includes('people.view') })
    const names = new Map<string, string>(people.data?.items.map(({ id, name }) => [id, name]))
    return (
      <AuditPage
        owner={{ kind: 'street', id: post.id }}
        names={names}
        filter={Route.useSearch()}
        onFilter={(search) => void navigate({ search, replace: true })}
      />
    )
  },
})
