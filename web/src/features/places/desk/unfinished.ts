import { CommunityId, GridId } from '@app/shared/ids'
import * as v from 'valibot'

const Work = v.variant('kind', [
  v.object({ kind: v.literal('merge'), to: GridId, why: v.string() }),
  v.object({ kind: v.literal('pass'), to: GridId, isNew: v.boolean(), communityId: CommunityId, why: v.string() }),
])
const Kept = v.record(v.string(), Work)
/** What empties a grid and may be broken off: a merge, or passing to another community. */
export type Unfinished = v.InferOutput<typeof Work>

const keyOf = (streetId: string) => `grid-work:${streetId}`

/** What was begun in this browser and did not come to its end, by grid. What cannot be read is forgotten. */
export function unfinishedIn(streetId: string): Readonly<Record<string, Unfinished>> {
  try {
    return v.parse(Kept, JSON.parse(localStorage.getItem(keyOf(streetId)) ?? '{}'))
  } catch {
    return {}
  }
}

/** Remembers that a grid is being emptied, or with null that it no longer is. */
export function remember(streetId: string, gridId: GridId, work: Unfinished | null): void {
  const { [gridId]: _, ...others } = unfinishedIn(streetId)
  localStorage.setItem(keyOf(streetId), JSON.stringify(work ? { ...others, [gridId]: work } : others))
}
