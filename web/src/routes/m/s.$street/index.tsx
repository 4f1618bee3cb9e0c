import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { TodayPage } from '../../../features/hazards/phone/today-page'
import { hazardQueries } from '../../../features/hazards/queries'
import { DueUnits } from '../../../features/inspections/phone/due-units'
import { workbenchQueries } from '../../../features/workbench/queries'

export const Route = createFileRoute('/m/s/$street/')({
  loader: ({ context: { queryClient, post } }) => {
    void queryClient.prefetchQuery(workbenchQueries.counts(post.id))
    void queryClient.prefetchInfiniteQuery(hazardQueries.list(post.id, { mine: 'yes', limit: '5' }))
  },
  component: Today,
})

function Today() {
  const { me, post } = Route.useRouteContext()
  const counts = useQuery(workbenchQueries.counts(post.id))
  return <TodayPage me={me} post={post} counts={counts} due={<DueUnits post={post} />} />
}
