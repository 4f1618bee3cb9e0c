import { createFileRoute, notFound } from '@tanstack/react-router'
import * as v from 'valibot'
import { RolesTable } from '../../features/session/desk/roles-table'
import { Page, Sheet } from '../../ui/desk/page'
import { part } from '../../ui/desk/part'
import { Nowhere } from '../../ui/desk/nowhere'
import { postIn } from '../../post'
import { PostFrame } from './-menu'

export const Route = createFileRoute('/admin/roles')({
  // The page is the same for everyone; the post only says whose menu stands beside it.
  validateSearch: v.object({ post: part(v.string()) }),
  beforeLoad: ({ context: { me }, search }) => {
    const post = postIn(me, search.post ?? '') ?? me.posts.find(({ slug }) => slug === search.post) ?? me.posts[0]
    if (!post) throw notFound()
    return { post }
  },
  component: function RolesPage() {
    const { me, post } = Route.useRouteContext()
    return (
      <PostFrame me={me} post={post}>
        <Page
          title="岗位权限"
          about="每个岗位能做什么，全系统一致，不能单独调整。同一件事的经办、复查、销号还须由不同的人办理。"
        >
          <Sheet>
            <RolesTable own={post.role} />
          </Sheet>
        </Page>
      </PostFrame>
    )
  },
  notFoundComponent: Nowhere,
})
