import * as v from 'valibot'
import { keysOf } from '../keys'
import { sectors, type Sector } from '../hazards/words'
import { ChargeId, CommunityId, GridId, PersonId, SeatId, UnitId } from '../ids'
import { text } from '../text'
import { Day } from '../time'
import { chargeKinds, seatWords } from './words'

const PlaceId = v.union([CommunityId, GridId], '请选择社区或网格')

/** Who answers for a place, from one day to another; `until` is the first day it is no longer theirs. */
export const ChargeCard = v.object({
  id: ChargeId,
  placeId: PlaceId,
  kind: v.picklist(keysOf(chargeKinds)),
  personId: PersonId,
  name: v.nullable(v.string()),
  from: Day,
  until: v.nullable(Day),
})
export type ChargeCard = v.InferOutput<typeof ChargeCard>

/** All charges that a day falls in, or of one place all there ever were. */
export const ChargeFilter = v.object({ on: v.optional(Day), placeId: v.optional(PlaceId) })
export type ChargeFilter = v.InferOutput<typeof ChargeFilter>
export const ChargePage = v.object({ items: v.array(ChargeCard) })

export const NewCharge = v.strictObject({
  id: ChargeId,
  placeId: PlaceId,
  kind: v.picklist(keysOf(chargeKinds), '请选择包社区或包网格'),
  personId: PersonId,
  from: Day,
  until: v.optional(v.nullable(Day), null),
})
export type NewCharge = v.InferOutput<typeof NewCharge>
export const ChargePath = v.object({ chargeId: ChargeId })
export const Ending = v.strictObject({ on: Day })
export type Ending = v.InferOutput<typeof Ending>

/** A seat in the leading group (clause 4.1-a). */
export const SeatCard = v.object({
  id: SeatId,
  seat: v.picklist(keysOf(seatWords)),
  personId: v.nullable(PersonId),
  name: v.string(),
  title: v.string(),
  from: Day,
  until: v.nullable(Day),
})
export type SeatCard = v.InferOutput<typeof SeatCard>
export const SeatPage = v.object({ items: v.array(SeatCard) })
export const SeatFilter = v.object({ on: v.optional(Day) })
export type SeatFilter = v.InferOutput<typeof SeatFilter>
export const NewSeat = v.strictObject({
  id: SeatId,
  seat: v.picklist(keysOf(seatWords), '请选择职务'),
  personId: v.optional(v.nullable(PersonId), null),
  name: text(30),
  title: text(30),
  from: Day,
})
export type NewSeat = v.InferOutput<typeof NewSeat>
export const SeatPath = v.object({ seatId: SeatId })

const sectorList = v.pipe(
  v.array(v.picklist(keysOf<Sector>(sectors), '请选择行业领域')),
  v.check((list) => new Set(list).size === list.length, '同一行业领域只选一次'),
)

/** A member unit with the sectors it leads and joins (一件事全链条, clauses 1.2-b and 2.2-c). */
export const UnitCard = v.object({
  id: UnitId,
  name: v.string(),
  leads: v.array(v.picklist(keysOf<Sector>(sectors))),
  joins: v.array(v.picklist(keysOf<Sector>(sectors))),
  basis: v.nullable(v.string()),
  retiredOn: v.nullable(Day),
})
export type UnitCard = v.InferOutput<typeof UnitCard>
export const UnitPage = v.object({ items: v.array(UnitCard) })
export const UnitWords = v.strictObject({
  name: text(40),
  leads: sectorList,
  joins: sectorList,
  basis: v.optional(v.nullable(text(200)), null),
})
export type UnitWords = v.InferOutput<typeof UnitWords>
export const NewUnit = v.strictObject({ id: UnitId, ...UnitWords.entries })
export type NewUnit = v.InferOutput<typeof NewUnit>
export const UnitPath = v.object({ unitId: UnitId })
