import { createFileRoute } from '@tanstack/react-router'
import { SecurityPage } from '../../../features/session/phone/security-page'

export const Route = createFileRoute('/m/s/$street/security')({ component: Secured })

function Secured() {
  const { me, post } = Route.useRouteContext()
  return <SecurityPage me={me} post={post} />
}
