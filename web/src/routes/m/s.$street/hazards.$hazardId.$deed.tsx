import { useQuery } from '@tanstack/react-query'
import { createFileRoute, notFound } from '@tanstack/react-router'
import { DeedPage } from '../../../features/hazards/phone/deed-page'
import { isDoing } from '../../../features/hazards/phone/doings'
import { hazardQueries } from '../../../features/hazards/queries'
import { peopleQueries } from '../../../features/people/queries'

export const Route = createFileRoute('/m/s/$street/hazards/$hazardId/$deed')({
  beforeLoad: ({ params: { deed } }) => {
    if (!isDoing(deed)) throw notFound()
    return { doing: deed }
  },
  loader: ({ context: { queryClient, post }, params }) => {
    void queryClient.prefetchQuery(hazardQueries.record(post.id, params.hazardId))
  },
  component: Deed,
})

function Deed() {
  const { me, post, doing } = Route.useRouteContext()
  const { hazardId } = Route.useParams()
  // Only who assigns needs to know whom to; an enterprise may not see the list.
  const people = useQuery({ ...peopleQueries.all(post.id), enabled: doing === 'assign' })
  return (
    <DeedPage
      key={`${hazardId}/${doing}`}
      me={me}
      post={post}
      hazardId={hazardId}
      doing={doing}
      people={people.data?.items}
    />
  )
}
