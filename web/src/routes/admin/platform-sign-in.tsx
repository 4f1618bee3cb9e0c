import { createFileRoute, notFound } from '@tanstack/react-router'
import { PolicyPage } from '../../features/accounts/desk/policy-page'
import { Nowhere } from '../../ui/desk/nowhere'
import { PostFrame } from './-menu'

export const Route = createFileRoute('/admin/platform-sign-in')({
  beforeLoad: ({ context: { me } }) => {
    const post = me.posts.find(({ kind }) => kind === 'platform')
    if (!post) throw notFound()
    return { post }
  },
  component: function OfPlatform() {
    const { me, post } = Route.useRouteContext()
    return (
      <PostFrame me={me} post={post}>
        <PolicyPage owner={{ kind: 'platform' }} rolesHere={['operator']} />
      </PostFrame>
    )
  },
  notFoundComponent: Nowhere,
})
