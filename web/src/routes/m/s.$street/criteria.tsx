import { CriteriaFilter } from '@app/shared/criteria/filter'
import { createFileRoute } from '@tanstack/react-router'
import * as v from 'valibot'
import { CriteriaPage } from '../../../features/criteria/phone/criteria-page'

export const Route = createFileRoute('/m/s/$street/criteria')({
  // The router reads a bare number out of an address as one.
  validateSearch: v.object({
    words: v.optional(v.fallback(v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.maxLength(60)), '')),
    sector: v.fallback(CriteriaFilter.entries.sector, undefined),
  }),
  component: Criteria,
})

function Criteria() {
  const { post } = Route.useRouteContext()
  const { words, sector } = Route.useSearch()
  const navigate = Route.useNavigate()
  return (
    <CriteriaPage
      key={words}
      post={post}
      looked={{ words: words || undefined, sector }}
      onLook={(looked) => void navigate({ search: looked })}
    />
  )
}
