import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Outlet, createFileRoute, notFound, redirect, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { NoticeGate } from '../../../features/privacy/notice-gate'
import { PhoneShell } from '../../../features/session/phone/shell'
import { VerifySheet } from '../../../features/session/phone/verify-sheet'
import { meQuery } from '../../../features/session/queries'
import { placeQueries } from '../../../features/places/queries'
import { enter } from '../../../outbox/enter'
import { postIn } from '../../../post'
import { showTextSize } from '../../../ui/phone/text-size'
import '../../../ui/phone/phone.css'

export const Route = createFileRoute('/m/s/$street')({
  beforeLoad: async ({ context, params, location }) => {
    const me = await enter(context.queryClient, () => context.queryClient.query(meQuery))
    if (!me) throw redirect({ to: '/sign-in', search: { back: location.href } })
    // Something is left to be done before any work.
    if (me.security.next) throw redirect({ to: '/sign-in', search: { back: location.href } })
    const post = postIn(me, params.street)
    if (!post) throw notFound()
    return { me, post }
  },
  component: Phone,
})

/** The places of so few grids are fetched ahead, so that a basement without a network knows them. */
const fewGrids = 8
/** So long after the first answer the other pages are fetched, in milliseconds. */
const patience = 5_000

function Phone() {
  const { me, post } = Route.useRouteContext()
  const { data: now } = useQuery(meQuery)
  useEffect(() => showTextSize(), [])
  useEffect(() => {
    // Somebody else signed in beside us: nothing that is shown belongs to them.
    if (now && now.id !== me.id) location.reload()
  }, [now, me])

  const { data: places, isFetchedAfterMount, isError } = useQuery(placeQueries.places(post.id))
  const answered = isFetchedAfterMount && !isError
  const client = useQueryClient()
  const router = useRouter()
  useEffect(() => {
    if (!answered) return
    // Whatever may be wanted where there is no network is fetched while there is one.
    const grids = places?.grids ?? []
    if (grids.length <= fewGrids) {
      for (const { id } of grids) void client.prefetchQuery(placeQueries.enterprises(post.id, { gridId: id }))
    }
    // Not before the page that was asked for has had the line to itself.
    const ahead = setTimeout(() => {
      for (const [id, route] of Object.entries(router.routesById)) {
        if (id.startsWith(Route.id)) void router.loadRouteChunk(route)?.catch(() => undefined)
      }
    }, patience)
    return () => clearTimeout(ahead)
  }, [answered, client, router, places, post])
  return (
    <NoticeGate me={me}>
      <PhoneShell me={me} post={post}>
        <Outlet />
        <VerifySheet secondFactor={me.security.secondFactor} />
      </PhoneShell>
    </NoticeGate>
  )
}
