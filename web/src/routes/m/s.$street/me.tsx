import { createFileRoute } from '@tanstack/react-router'
import { MePage } from '../../../features/session/phone/me-page'

export const Route = createFileRoute('/m/s/$street/me')({ component: Mine })

function Mine() {
  const { me, post } = Route.useRouteContext()
  return <MePage me={me} post={post} />
}
