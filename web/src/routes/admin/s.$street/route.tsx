import { Outlet, createFileRoute, notFound } from '@tanstack/react-router'
import type { StreetPost } from '../../../features/session/queries'
import { Nowhere } from '../../../ui/desk/nowhere'
import { PostFrame } from '../-menu'

export const Route = createFileRoute('/admin/s/$street')({
  beforeLoad: ({ context: { me }, params }) => {
    const post = me.posts.find((one): one is StreetPost => one.kind === 'street' && one.slug === params.street)
    // Somebody else's street answers as one that is nobody's.
    if (!post) throw notFound()
    return { post }
  },
  component: function StreetDesk() {
    const { me, post } = Route.useRouteContext()
    return (
      <PostFrame me={me} post={post}>
        <Outlet />
      </PostFrame>
    )
  },
  notFoundComponent: Nowhere,
})
