import { FilingPeriod } from '@app/shared/filings/periods'
import { kinds } from '@app/shared/filings/words'
import { oneOf } from '@app/shared/keys'
import { useQuery } from '@tanstack/react-query'
import { createFileRoute, notFound } from '@tanstack/react-router'
import * as v from 'valibot'
import { FormPage } from '../../../features/filings/phone/form-page'
import { filingQueries } from '../../../features/filings/queries'

export const Route = createFileRoute('/m/s/$street/filings/new/$kind')({
  validateSearch: v.object({
    // The router reads a bare year out of an address as a number.
    period: v.optional(
      v.fallback(v.pipe(v.union([v.string(), v.number()]), v.transform(String), FilingPeriod), '' as FilingPeriod),
    ),
  }),
  params: {
    parse: ({ kind }) => {
      const parsed = v.safeParse(oneOf(kinds), kind)
      if (!parsed.success) throw notFound()
      return { kind: parsed.output }
    },
    stringify: ({ kind }) => ({ kind }),
  },
  component: function NewFiling() {
    const { me, post } = Route.useRouteContext()
    const { kind } = Route.useParams()
    const { period } = Route.useSearch()
    const own = useQuery(filingQueries.own(post.id))
    return <FormPage key={`${kind}/${period}`} me={me} post={post} own={own} kind={kind} period={period || undefined} />
  },
})
