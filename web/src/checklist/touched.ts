import type { Answer, Published } from '@app/shared/checklists/schema'
import type { Result } from '@app/shared/checklists/words'
import type { PhotoId } from '@app/shared/ids'
import type { Day } from '@app/shared/time'

/** What of an item was touched so far; its photos lie in the draft under `photoPart`. */
export interface Touched {
  readonly result: Result
  readonly words: string | null
  readonly suspected: boolean | null
  readonly dueOn: string | null
}

export const untouched: Touched = { result: 'pass', words: null, suspected: null, dueOn: null }

/** A picture of the draft and the part of the form it belongs to. */
export interface Part {
  readonly id: PhotoId
  readonly part?: string
}

/** Names the part of the form that an item's photos belong to. */
export const photoPart = (item: string, stage: 'photos' | 'after') => `${item}/${stage}`

/** The pictures of one part of the form. */
export const idsOf = (photos: readonly Part[], part: string) =>
  photos.flatMap((one) => (one.part === part ? [one.id] : []))

/** What was touched as answers of the checklist; dates that were half typed stay as they are and are refused later. */
export function answersOf(
  template: Published,
  touched: { readonly [item: string]: Touched },
  photos: readonly Part[],
): Answer[] {
  return template.sections.flatMap(({ items }) =>
    items.flatMap(({ key }) => {
      const one = touched[key]
      if (!one || one.result === 'pass') return []
      const fixed = one.result === 'fixed'
      const none = one.result === 'na'
      return [
        {
          item: key,
          result: one.result,
          words: none || !one.words?.trim() ? null : one.words.trim(),
          suspected: none ? null : one.suspected,
          // Safe: the schema refuses what is no day.
          dueOn: one.result === 'fail' && one.dueOn ? (one.dueOn as Day) : null,
          photos: none ? [] : idsOf(photos, photoPart(key, 'photos')),
          after: fixed ? idsOf(photos, photoPart(key, 'after')) : [],
        },
      ]
    }),
  )
}
