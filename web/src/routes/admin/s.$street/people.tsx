import { createFileRoute } from '@tanstack/react-router'

export const Route = createFileRoute('/admin/s/$street/people')({
  component: RouteComponent,
})

function RouteComponent() {
  return <div>Hello "/admin/s/$street/people"!</div>
}
