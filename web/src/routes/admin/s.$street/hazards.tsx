import { useQuery } from '@tanstack/react-query'
import { createFileRoute, useRouterState } from '@tanstack/react-router'
import { useState } from 'react'
import { Ledger } from '../../../features/hazards/desk/ledger'
import { ledgerPage } from '../../../features/hazards/desk/ledger-queries'
import { filterOf, LedgerSearch } from '../../../features/hazards/desk/ledger-search'
import { StreetRecord } from '../../../features/hazards/desk/street-record'
import { peopleQueries } from '../../../features/people/queries'
import { placeQueries } from '../../../features/places/queries'
import { Page } from '../../../ui/desk/page'

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** Cursors of the pages gone through to get to this one. */
    trail?: readonly string[]
  }
}

export const Route = createFileRoute('/admin/s/$street/hazards')({
  validateSearch: LedgerSearch,
  loaderDeps: ({ search: { record: _, ...list } }) => list,
  loader: ({ context: { queryClient, post }, deps }) => {
    if (!post.capabilities.includes('hazard.view')) return
    void queryClient.prefetchQuery(ledgerPage(post.id, filterOf(deps)))
    void queryClient.prefetchQuery(placeQueries.places(post.id))
  },
  component: HazardsPage,
})

function HazardsPage() {
  const { post } = Route.useRouteContext()
  const search = Route.useSearch()
  const navigate = Route.useNavigate()
  const trail = useRouterState({ select: ({ location }) => location.state.trail }) ?? []
  const [place, setPlace] = useState({ communityId: search.communityId, gridId: search.gridId })
  const places = useQuery(placeQueries.places(post.id))
  const near = place.gridId ? { gridId: place.gridId } : { communityId: place.communityId }
  const enterprises = useQuery({
    ...placeQueries.enterprises(post.id, near as { gridId: NonNullable<typeof place.gridId> }),
    enabled: place.communityId !== undefined,
  })
  const people = useQuery({
    ...peopleQueries.all(post.id),
    enabled: search.record !== undefined && post.capabilities.includes('people.view'),
  })
  const open = (record: string | undefined) =>
    void navigate({ search: (now) => ({ ...now, record }), state: { trail }, replace: search.record !== undefined })
  return (
    <Page title="隐患台账" needs="hazard.view">
      <Ledger
        streetId={post.id}
        search={search}
        trail={trail}
        places={places.data}
        enterprises={enterprises.data?.items}
        onPlace={({ communityId, gridId }) => setPlace({ communityId, gridId })}
        onSearch={(next, passed = []) => void navigate({ search: next, state: { trail: passed } })}
      >
        {(ids) => (
          <StreetRecord
            street={post}
            hazardId={search.record ?? null}
            people={people.data?.items}
            onClose={() => open(undefined)}
            rows={{ ids, current: search.record, open }}
          />
        )}
      </Ledger>
    </Page>
  )
}
