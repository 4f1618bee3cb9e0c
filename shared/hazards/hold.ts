import * as v from 'valibot'
import { HazardId, PersonId } from '../ids'
import { text } from '../text'
import { Instant } from '../time'

/** Why a hazard's words and photos are kept past their term, and until when; without `until`, until somebody lifts it. */
export const Hold = v.strictObject({ why: text(200), until: v.optional(v.nullable(Instant), null) })

export const HoldLine = v.object({
  hazardId: HazardId,
  number: v.string(),
  why: v.string(),
  by: PersonId,
  /** Who put it on, where they are still known here. */
  name: v.nullable(v.string()),
  at: v.number(),
  until: v.nullable(v.number()),
})
export type HoldLine = v.InferOutput<typeof HoldLine>
export const Holds = v.object({ items: v.array(HoldLine) })
