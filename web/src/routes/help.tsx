import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import * as v from 'valibot'
import { HelpPage } from '../features/help/help-page'
import { guideFor } from '../features/help/pages'
import { meQuery } from '../features/session/queries'

const pages = [
  'grid-worker',
  'enterprise',
  'secretary',
  'inspector',
  'leader',
  'street-office',
  'district',
  'auditor',
  'operator',
  'public',
] as const

export const Route = createFileRoute('/help')({
  validateSearch: v.object({ page: v.optional(v.fallback(v.optional(v.picklist(pages)), undefined)) }),
  component: function Help() {
    const { page } = Route.useSearch()
    // Somebody who is signed in begins with the page of their own post; anybody may read all of them.
    const { data: me } = useQuery(meQuery)
    return <HelpPage page={page ?? guideFor(me?.posts[0]?.role)} />
  },
})
