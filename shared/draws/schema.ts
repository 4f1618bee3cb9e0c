import * as v from 'valibot'
import { roles } from '../capabilities'
import { Colour, Kind } from '../enterprises/schema'
import { Cursor } from '../pages'
import { sectors } from '../hazards/words'
import { CommunityId, DrawId, EnterpriseId, InspectionId, PersonId, StreetId } from '../ids'
import { keysOf } from '../keys'
import { text } from '../text'
import { Day } from '../time'

/** Which units in business a draw is from; null for all. */
export const DrawFrom = v.strictObject({
  kind: v.nullable(Kind),
  sector: v.nullable(v.picklist(keysOf(sectors))),
  colour: v.nullable(Colour),
  communityId: v.nullable(CommunityId),
  /** Never checked, or last before this day. */
  uncheckedSince: v.nullable(Day),
})
export type DrawFrom = v.InferOutput<typeof DrawFrom>

/** The same as it is asked for in an address. */
export const PoolQuery = v.object({
  kind: v.optional(Kind),
  sector: v.optional(v.picklist(keysOf(sectors))),
  colour: v.optional(Colour),
  communityId: v.optional(CommunityId),
  uncheckedSince: v.optional(Day),
})
export type PoolQuery = v.InferOutput<typeof PoolQuery>

/** So many units at most are drawn at once, and so many inspectors sent to each. */
export const mostDrawn = 50
export const mostPerUnit = 4

const howMany = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most, `最多 ${most}`))
const distinct = <T>(ids: readonly T[]) => new Set(ids).size === ids.length

/** A draw (双随机) to be done; the seed is made when it is. */
export const NewDraw = v.strictObject({
  id: DrawId,
  /** What it is for, such as 2026 年第四季度九小场所双随机检查. */
  purpose: text(60),
  from: DrawFrom,
  /** Who may be sent; those excused are not among them. */
  inspectors: v.pipe(
    v.array(PersonId),
    v.minLength(1, '请选择检查人员'),
    v.maxLength(300),
    v.check(distinct, '检查人员有重复'),
  ),
  excused: v.pipe(
    v.array(v.strictObject({ personId: PersonId, why: text(100) })),
    v.maxLength(50),
    v.check((list) => distinct(list.map(({ personId }) => personId)), '回避人员有重复'),
  ),
  count: howMany(mostDrawn),
  perUnit: howMany(mostPerUnit),
  /** The last day on which the drawn units are to be checked. */
  until: Day,
  /** Why it is drawn again for the same purpose. */
  why: v.nullable(text(200)),
})
export type NewDraw = v.InferOutput<typeof NewDraw>

export const DrawPath = v.object({ drawId: DrawId })

/** From what could be drawn now. */
export const DrawPool = v.object({
  units: v.number(),
  inspectors: v.array(v.object({ id: PersonId, name: v.string(), role: v.picklist(keysOf(roles)) })),
})
export type DrawPool = v.InferOutput<typeof DrawPool>

/** A unit as it was drawn, and who was sent there. */
export const DrawnUnit = v.object({
  id: EnterpriseId,
  name: v.string(),
  address: v.string(),
  inspectors: v.array(PersonId),
})
export type DrawnUnit = v.InferOutput<typeof DrawnUnit>

export const DrawFilter = v.object({
  cursor: v.optional(Cursor),
  limit: v.optional(v.pipe(v.string(), v.regex(/^\d{1,3}$/), v.transform(Number), v.minValue(1), v.maxValue(50)), '20'),
})
export type DrawFilter = v.InferOutput<typeof DrawFilter>

export const DrawCard = v.object({
  id: DrawId,
  purpose: v.string(),
  /** 1 for the first of its purpose. */
  turn: v.number(),
  count: v.number(),
  perUnit: v.number(),
  until: Day,
  by: v.nullable(v.string()),
  at: v.number(),
})
export type DrawCard = v.InferOutput<typeof DrawCard>
export const DrawPage = v.object({ items: v.array(DrawCard), next: v.nullable(v.string()) })
export type DrawPage = v.InferOutput<typeof DrawPage>

/** A draw with all that is needed to do it again. */
export const DrawRecord = v.object({
  streetId: StreetId,
  id: DrawId,
  purpose: v.string(),
  turn: v.number(),
  from: DrawFrom,
  seed: v.string(),
  count: v.number(),
  perUnit: v.number(),
  until: Day,
  units: v.array(EnterpriseId),
  inspectors: v.array(PersonId),
  excused: v.array(PersonId),
  drawn: v.array(DrawnUnit),
  by: PersonId,
  at: v.number(),
  wordsDigest: v.string(),
  hash: v.string(),
  /** Null once erased. */
  words: v.nullable(v.object({ why: v.nullable(v.string()), excused: v.record(v.string(), v.string()) })),
  /** Everybody named above, as they are called now. */
  names: v.record(v.string(), v.string()),
  /** How each drawn unit stands, by its id. */
  standings: v.record(
    v.string(),
    v.object({
      standing: v.picklist(['open', 'checked', 'late', 'replaced']),
      inspectionId: v.nullable(InspectionId),
    }),
  ),
})
export type DrawRecord = v.InferOutput<typeof DrawRecord>

export const DrawMade = v.object({ id: DrawId })
