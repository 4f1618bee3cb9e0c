import { Draft } from '@app/shared/checklists/drafts'
import * as v from 'valibot'

/** A draft as it was typed in this browser, upon the edition that it was read in. */
const Kept = v.object({ edition: v.number(), draft: Draft, at: v.number() })
export type Kept = v.InferOutput<typeof Kept>

/** Where a person's draft of one checklist is kept. */
export const placeOf = (streetId: string, personId: string, templateId: string) =>
  `checklist ${streetId} ${personId} ${templateId}`

/** What was typed and not saved, or null. */
export function keptDraft(place: string): Kept | null {
  try {
    return v.parse(Kept, JSON.parse(localStorage.getItem(place) ?? ''))
  } catch {
    return null
  }
}

/** Keeps what is typed, or with null forgets it; says whether the browser keeps anything at all. */
export function keepDraft(place: string, kept: Kept | null): boolean {
  try {
    if (kept) localStorage.setItem(place, JSON.stringify(kept))
    else localStorage.removeItem(place)
    return true
  } catch {
    return false
  }
}
