import * as v from 'valibot'
import { CommunityId, EnterpriseId, GridId } from '../ids'
import { oneOf } from '../keys'
import { Cursor } from '../pages'
import { kinds, owedStates } from './words'

const limit = v.optional(
  v.pipe(v.string(), v.regex(/^\d{1,3}$/), v.transform(Number), v.minValue(1), v.maxValue(100)),
  '30',
)

export const FilingFilter = v.object({
  enterpriseId: v.optional(EnterpriseId),
  communityId: v.optional(CommunityId),
  gridId: v.optional(GridId),
  kind: v.optional(oneOf(kinds)),
  /** Certificates in use that have run out or will soon, those that run out first before the others. */
  expiring: v.optional(v.literal('yes')),
  cursor: v.optional(Cursor),
  limit,
})
export type FilingFilter = v.InferOutput<typeof FilingFilter>

/** Units with what each of them owes, in the order of names. */
export const BoardFilter = v.object({
  communityId: v.optional(CommunityId),
  gridId: v.optional(GridId),
  kind: v.optional(oneOf(kinds)),
  state: v.optional(oneOf(owedStates)),
  cursor: v.optional(EnterpriseId),
})
export type BoardFilter = v.InferOutput<typeof BoardFilter>
