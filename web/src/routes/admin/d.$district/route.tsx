import { Outlet, createFileRoute, notFound } from '@tanstack/react-router'
import type { DistrictPost } from '../../../features/session/queries'
import { Nowhere } from '../../../ui/desk/nowhere'
import { PostFrame } from '../-menu'

export const Route = createFileRoute('/admin/d/$district')({
  beforeLoad: ({ context: { me }, params }) => {
    const post = me.posts.find((one): one is DistrictPost => one.kind === 'district' && one.slug === params.district)
    // Somebody else's district answers as one that is nobody's.
    if (!post) throw notFound()
    return { post }
  },
  component: function DistrictDesk() {
    const { me, post } = Route.useRouteContext()
    return (
      <PostFrame me={me} post={post}>
        <Outlet />
      </PostFrame>
    )
  },
  notFoundComponent: Nowhere,
})
