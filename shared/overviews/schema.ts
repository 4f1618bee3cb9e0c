import * as v from 'valibot'
import { DistrictCard } from '../hazards/schema'
import { StreetId } from '../ids'

/** What a district sees of its streets at a glance. */
export const Overview = v.object({
  streets: v.array(
    v.object({
      streetId: StreetId,
      slug: v.string(),
      name: v.string(),
      open: v.number(),
      overdue: v.number(),
      suspected: v.number(),
      major: v.number(),
      /** 双包 today: places that nobody answers for, and people who answer for too many; null for who sees sectors only. */
      duties: v.nullable(v.object({ gaps: v.number(), overloaded: v.number() })),
    }),
  ),
})
export type Overview = v.InferOutput<typeof Overview>

export const DistrictHazards = v.object({ items: v.array(DistrictCard), next: v.nullable(v.string()) })
export type DistrictHazards = v.InferOutput<typeof DistrictHazards>
