import { useEffect, useMemo, useRef } from 'react'
import type { InspectionRecord, Offers } from '@app/shared/inspections/schema'
import type { Me, Post } from '@app/shared/people/schema'
import { draftKey, useDraft } from '../../../outbox/drafts'
import { pictureUrl } from '../../../photo/picture-url'
import { CheckPage } from './check-page'
import { correctingOf, keptPhotos } from './checking'

interface CorrectingProps {
  readonly me: Me
  readonly post: Extract<Post, { kind: 'street' }>
  readonly record: InspectionRecord
  readonly offers: Offers
}

/** A signed record as a form again, its photos with it; what comes of it is another version. */
export function Correcting({ me, post, record, offers }: CorrectingProps) {
  const blank = useMemo(() => correctingOf(record), [record])
  const draft = useDraft(draftKey(`correct/${record.id}`, post.id, me.id), blank)
  const fetched = useRef(false)
  const known = useMemo(() => new Set(record.lines.flatMap(({ key, hazard }) => (hazard ? [key] : []))), [record])
  useEffect(() => {
    if (!draft || draft.restored || fetched.current) return
    fetched.current = true
    const fill = async () => {
      const photos = await photosOf(record, post.id)
      if (photos.length > 0) draft.addPhotos(photos)
    }
    void fill()
  }, [draft, record, post])
  return (
    <CheckPage
      me={me}
      post={post}
      offers={{ data: offers, error: null, refetch: () => undefined }}
      draft={draft}
      correcting={{ record, known }}
    />
  )
}

/** The record's own photos, to be shown in the form; one that cannot be had is left out, and has to be taken again. */
async function photosOf(record: InspectionRecord, streetId: CorrectingProps['post']['id']) {
  const found = await Promise.all(
    keptPhotos(record).map(async ({ id, part }) => {
      const response = await fetch(pictureUrl(streetId, id)).catch(() => null)
      return response?.ok ? [{ id, part, streetId, blob: await response.blob() }] : []
    }),
  )
  return found.flat()
}
