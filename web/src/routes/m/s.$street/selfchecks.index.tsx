import { createFileRoute, notFound } from '@tanstack/react-router'
import { ListPage } from '../../../features/selfchecks/phone/list-page'

export const Route = createFileRoute('/m/s/$street/selfchecks/')({
  beforeLoad: ({ context: { post } }) => {
    if (post.reach.within !== 'enterprise') throw notFound()
    return { enterpriseId: post.reach.ids[0] }
  },
  component: function Selfchecks() {
    const { post, enterpriseId } = Route.useRouteContext()
    return <ListPage post={post} enterpriseId={enterpriseId} />
  },
})
