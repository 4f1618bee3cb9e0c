import { createFileRoute } from '@tanstack/react-router'
import { OutboxPage } from '../../../features/hazards/phone/outbox-page'

export const Route = createFileRoute('/m/s/$street/outbox')({ component: Outbox })

function Outbox() {
  const { me, post } = Route.useRouteContext()
  return <OutboxPage me={me} post={post} />
}
