import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import * as v from 'valibot'
import { FilePage } from '../../../features/hazards/phone/file-page'
import { blankFiling, gridOf } from '../../../features/hazards/phone/filing'
import { lastGrid } from '../../../features/hazards/phone/last-grid'
import { SavedPage } from '../../../features/hazards/phone/saved-page'
import { placeQueries } from '../../../features/places/queries'
import { draftKey, useDraft } from '../../../outbox/drafts'

const short = v.optional(v.fallback(v.pipe(v.string(), v.maxLength(60)), ''))

export const Route = createFileRoute('/m/s/$street/file')({
  // What was just filed: the name it has in the outbox, and its own.
  validateSearch: v.object({ saved: short, hazard: short }),
  component: File,
})

function File() {
  const { me, post } = Route.useRouteContext()
  const { saved, hazard } = Route.useSearch()
  const places = useQuery(placeQueries.places(post.id))
  const draft = useDraft(draftKey('file', post.id, me.id), blankFiling)
  const gridId = draft ? gridOf(draft.value, places.data, lastGrid(post.id))?.id : undefined
  const enterprises = useQuery({
    ...placeQueries.enterprises(post.id, { gridId }),
    enabled: gridId !== undefined,
    select: ({ items }) => items,
  })
  if (saved && hazard) return <SavedPage post={post} opId={saved} hazardId={hazard} />
  return <FilePage me={me} post={post} places={places} enterprises={enterprises} draft={draft} />
}
