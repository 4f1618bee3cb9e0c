import * as v from 'valibot'
import { kinds } from '../enterprises/words'
import { CommunityId, EnterpriseId, GridId } from '../ids'
import { oneOf } from '../keys'
import { Cursor } from '../pages'

const limitOf = (most: number, usual: string) =>
  v.optional(v.pipe(v.string(), v.regex(/^\d{1,3}$/), v.transform(Number), v.minValue(1), v.maxValue(most)), usual)

export const SelfcheckFilter = v.object({
  enterpriseId: EnterpriseId,
  cursor: v.optional(Cursor),
  limit: limitOf(60, '20'),
})
export type SelfcheckFilter = v.InferOutput<typeof SelfcheckFilter>

export const MonthFilter = v.object({
  communityId: v.optional(CommunityId),
  gridId: v.optional(GridId),
  kind: v.optional(oneOf(kinds)),
  done: v.optional(v.picklist(['yes', 'no'])),
  /** The unit to go on behind. */
  cursor: v.optional(EnterpriseId),
  limit: limitOf(40, '40'),
})
export type MonthFilter = v.InferOutput<typeof MonthFilter>

export const SignalFilter = v.object({ cursor: v.optional(Cursor) })
