import { Outlet, createFileRoute, notFound } from '@tanstack/react-router'
import { postIn } from '../../../post'
import { Nowhere } from '../../../ui/desk/nowhere'
import { PostFrame } from '../-menu'

export const Route = createFileRoute('/admin/s/$street')({
  beforeLoad: ({ context: { me }, params }) => {
    const post = postIn(me, params.street)
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
