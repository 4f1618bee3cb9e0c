import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import type { Me, Post } from '@app/shared/people/schema'
import { HeldSection } from '../../../features/hazards/phone/held-section'
import { hazardQueries } from '../../../features/hazards/queries'
import { DueUnits } from '../../../features/inspections/phone/due-units'
import { selfcheckQueries } from '../../../features/selfchecks/queries'
import { workbenchQueries } from '../../../features/workbench/queries'
import { Waiting } from '../../../ui/phone/page'

// One of the two is ever shown to one person.
const TodayPage = lazy(async () => ({
  default: (await import('../../../features/hazards/phone/today-page')).TodayPage,
}))
const HomePage = lazy(async () => ({
  default: (await import('../../../features/selfchecks/phone/home-page')).HomePage,
}))

type StreetPost = Extract<Post, { kind: 'street' }>

/** Whether somebody works for a unit, whose day is what the unit owes. */
const isUnit = (post: StreetPost) => post.reach.within === 'enterprise' && post.capabilities.includes('selfcheck.sign')

export const Route = createFileRoute('/m/s/$street/')({
  loader: ({ context: { queryClient, post } }) => {
    if (isUnit(post)) {
      void queryClient.prefetchQuery(selfcheckQueries.home(post.id))
      return
    }
    void queryClient.prefetchQuery(workbenchQueries.counts(post.id))
    void queryClient.prefetchInfiniteQuery(hazardQueries.list(post.id, { mine: 'yes', limit: '5' }))
  },
  component: function Day() {
    const { me, post } = Route.useRouteContext()
    return (
      <Suspense fallback={<Waiting />}>
        {isUnit(post) ? (
          <HomePage post={post} held={<HeldSection me={me} post={post} />} />
        ) : (
          <Today me={me} post={post} />
        )}
      </Suspense>
    )
  },
})

function Today({ me, post }: { me: Me; post: StreetPost }) {
  const counts = useQuery(workbenchQueries.counts(post.id))
  return <TodayPage me={me} post={post} counts={counts} due={<DueUnits post={post} />} />
}
