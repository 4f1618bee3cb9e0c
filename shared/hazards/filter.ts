import * as v from 'valibot'
import { CommunityId, EnterpriseId, GridId, StreetId } from '../ids'
import { oneOf } from '../keys'
import { Cursor } from '../pages'
import { Day } from '../time'
import { categories, levels, states } from './words'

// Addresses of pages are read before the pages are, so these stand apart from the schemas of what a page shows.

const limit = v.optional(
  v.pipe(v.string(), v.regex(/^\d{1,3}$/), v.transform(Number), v.minValue(1), v.maxValue(200)),
  '50',
)

/** What a list of hazards shows; everything a person can filter by is in the address of the page. */
export const HazardFilter = v.object({
  /** Still to be done, or done with. */
  open: v.optional(v.picklist(['yes', 'no']), 'yes'),
  state: v.optional(oneOf(states)),
  level: v.optional(oneOf(levels)),
  /** `soon` is after today, and up to `dueBy` where that is said. */
  overdue: v.optional(v.picklist(['yes', 'today', 'soon'])),
  dueBy: v.optional(Day),
  mine: v.optional(v.literal('yes')),
  communityId: v.optional(CommunityId),
  gridId: v.optional(GridId),
  enterpriseId: v.optional(EnterpriseId),
  category: v.optional(oneOf(categories)),
  /** A number as people type it. */
  number: v.optional(v.pipe(v.string(), v.maxLength(40))),
  /** The unit asks for something that is unanswered; in the order of the days by which answers are owed. */
  plea: v.optional(v.literal('yes')),
  sort: v.optional(v.picklist(['newest', 'due'])),
  cursor: v.optional(Cursor),
  limit,
})
export type HazardFilter = v.InferOutput<typeof HazardFilter>
export type HazardFilterInput = v.InferInput<typeof HazardFilter>

export const DistrictFilter = v.object({
  streetId: v.optional(StreetId),
  show: v.optional(v.picklist(['suspected', 'major', 'overdue', 'open']), 'suspected'),
  cursor: v.optional(Cursor),
  limit,
})
export type DistrictFilter = v.InferOutput<typeof DistrictFilter>
