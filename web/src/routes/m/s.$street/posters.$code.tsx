import { createFileRoute } from '@tanstack/react-router'
import { ScannedPage } from '../../../features/joining/phone/scanned-page'

export const Route = createFileRoute('/m/s/$street/posters/$code')({
  component: function Scanned() {
    const { post } = Route.useRouteContext()
    const { code } = Route.useParams()
    return <ScannedPage post={post} code={code} />
  },
})
