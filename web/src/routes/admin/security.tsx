import { createFileRoute, notFound } from '@tanstack/react-router'
import * as v from 'valibot'
import { SecurityPage } from '../../features/session/desk/security-page'
import { part } from '../../ui/desk/part'
import { Nowhere } from '../../ui/desk/nowhere'
import { PostFrame } from './-menu'

export const Route = createFileRoute('/admin/security')({
  // The page is one's own; the post only says whose menu stands beside it.
  validateSearch: v.object({ post: part(v.string()) }),
  beforeLoad: ({ context: { me }, search }) => {
    const post = me.posts.find(({ slug }) => slug === search.post) ?? me.posts[0]
    if (!post) throw notFound()
    return { post }
  },
  component: function OwnSecurity() {
    const { me, post } = Route.useRouteContext()
    return (
      <PostFrame me={me} post={post}>
        <SecurityPage me={me} />
      </PostFrame>
    )
  },
  notFoundComponent: Nowhere,
})
