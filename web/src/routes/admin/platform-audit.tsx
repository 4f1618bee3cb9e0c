import { createFileRoute, notFound } from '@tanstack/react-router'
import { AuditPage } from '../../features/accounts/desk/audit-page'
import { AuditSearch } from '../../features/accounts/desk/audit-search'
import { Nowhere } from '../../ui/desk/nowhere'
import { PostFrame } from './-menu'

const nobody: ReadonlyMap<string, string> = new Map()

export const Route = createFileRoute('/admin/platform-audit')({
  validateSearch: AuditSearch,
  beforeLoad: ({ context: { me } }) => {
    const post = me.posts.find(({ kind }) => kind === 'platform')
    if (!post) throw notFound()
    return { post }
  },
  component: function OfPlatform() {
    const { me, post } = Route.useRouteContext()
    const navigate = Route.useNavigate()
    return (
      <PostFrame me={me} post={post}>
        <AuditPage
          owner={{ kind: 'platform' }}
          names={nobody}
          filter={Route.useSearch()}
          onFilter={(search) => void navigate({ search, replace: true })}
        />
      </PostFrame>
    )
  },
  notFoundComponent: Nowhere,
})
