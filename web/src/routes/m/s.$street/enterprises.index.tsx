import { createFileRoute } from '@tanstack/react-router'
import * as v from 'valibot'
import { RegisterPage } from '../../../features/enterprises/phone/register-page'

export const Route = createFileRoute('/m/s/$street/enterprises/')({
  // The router reads a bare number out of an address as one.
  validateSearch: v.object({
    q: v.optional(v.fallback(v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.maxLength(60)), '')),
  }),
  component: Register,
})

function Register() {
  const { post } = Route.useRouteContext()
  const { q } = Route.useSearch()
  const navigate = Route.useNavigate()
  return (
    <RegisterPage
      key={q}
      post={post}
      q={q || undefined}
      onSearch={(words) => void navigate({ search: words ? { q: words } : {} })}
    />
  )
}
