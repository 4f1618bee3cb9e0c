import type { CommunityId, GridId, PersonId } from '../ids'
import type { FieldError } from '../problem'
import type { Day } from '../time'
import { type ChargeKind, chargeKinds } from './words'

/** Somebody's answering for a place (双包), from one day to another; `until` is the first day it is no longer theirs. */
export interface Charge {
  readonly placeId: CommunityId | GridId
  readonly kind: ChargeKind
  readonly personId: PersonId
  readonly from: Day
  readonly until: Day | null
}

/** Whether a stretch of days holds a day; its end is excluded. */
export function lasts({ from, until }: { from: Day; until: Day | null }, on: Day): boolean {
  return from <= on && (until === null || on < until)
}

/** Who answers for a place on a day: of several the one who took it last. Source: clause 3.1.3-a. */
export function answersFor<C extends Charge>(charges: readonly C[], placeId: string, on: Day): C | null {
  const those = charges.filter((charge) => charge.placeId === placeId && lasts(charge, on))
  return those.reduce<C | null>((last, one) => (last === null || one.from >= last.from ? one : last), null)
}

/** A place that is somebody's to answer for. */
export interface ChargedPlace {
  readonly id: CommunityId | GridId
  readonly kind: 'community' | 'grid'
  readonly retiredOn: Day | null
}

/** The places that nobody answers for on a day: a community without a leader, a grid without a cadre. */
export function gapsOn<P extends ChargedPlace>(places: readonly P[], charges: readonly Charge[], on: Day): P[] {
  return places.filter(
    (place) =>
      (place.retiredOn === null || on < place.retiredOn) &&
      !charges.some(
        (charge) => charge.placeId === place.id && chargeKinds[charge.kind].place === place.kind && lasts(charge, on),
      ),
  )
}

/** So many places of one kind are a burden on one person that the street should see (a setting; practice, no law). */
export const overloadFrom = { leader: 3, cadre: 4 } as const satisfies Record<ChargeKind, number>

/** Who answers for more places of a kind on a day than is usual. */
export function overloadedOn(
  charges: readonly Charge[],
  on: Day,
  most: Record<ChargeKind, number> = overloadFrom,
): { personId: PersonId; kind: ChargeKind; places: number }[] {
  const counts = new Map<string, { personId: PersonId; kind: ChargeKind; places: number }>()
  for (const charge of charges) {
    if (!lasts(charge, on)) continue
    const key = `${charge.kind} ${charge.personId}`
    const count = counts.get(key) ?? { personId: charge.personId, kind: charge.kind, places: 0 }
    counts.set(key, { ...count, places: count.places + 1 })
  }
  return [...counts.values()].filter(({ kind, places }) => places > most[kind])
}

/**
 * What taking a place from a day on does to the charges of that place and kind: those that reach into it end on that
 * day, so that one place has one leader or cadre at a time. One that begins later stays, and bounds the new one.
 */
export function taken<C extends Charge>(
  charges: readonly C[],
  { placeId, kind, from }: Pick<Charge, 'placeId' | 'kind' | 'from'>,
): { ended: C[]; until: Day | null } {
  const same = charges.filter((charge) => charge.placeId === placeId && charge.kind === kind)
  const later = same.filter((charge) => charge.from > from && charge.until !== charge.from).map((charge) => charge.from)
  return {
    ended: same.filter((charge) => lasts(charge, from)),
    until: later.toSorted()[0] ?? null,
  }
}

/** What of a charge cannot be. A leader takes a community, a cadre a grid; a charge is not empty. */
export function chargeErrors(
  charge: Pick<Charge, 'kind' | 'from' | 'until'>,
  place: { kind: 'community' | 'grid'; retiredOn: Day | null } | null,
): FieldError[] {
  if (!place) return [{ pointer: '/placeId', detail: '没有这个社区或网格' }]
  const errors: FieldError[] = []
  if (chargeKinds[charge.kind].place !== place.kind) {
    const detail = charge.kind === 'leader' ? '班子成员包社区，请选择社区' : '街道干部包网格，请选择网格'
    errors.push({ pointer: '/placeId', detail })
  }
  if (place.retiredOn !== null && place.retiredOn <= charge.from) {
    errors.push({ pointer: '/placeId', detail: '该社区或网格已撤销' })
  }
  if (charge.until !== null && charge.until <= charge.from) {
    errors.push({ pointer: '/until', detail: '结束日期应晚于开始日期' })
  }
  return errors
}
