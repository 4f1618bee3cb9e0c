import { createFileRoute, redirect } from '@tanstack/react-router'
import { homeOf, meQuery } from '../features/session/queries'
import { NoPost } from '../features/session/no-post'

export const Route = createFileRoute('/')({
  beforeLoad: async ({ context }) => {
    const me = await context.queryClient.query(meQuery)
    if (!me || me.security.next) throw redirect({ to: '/sign-in' })
    const [post] = me.posts
    if (post) throw redirect({ to: homeOf(post) })
  },
  component: NoPost,
})
