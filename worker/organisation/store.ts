import type { ChargeId, SeatId, UnitId } from '@app/shared/ids'
import { type Charge, chargeErrors, taken } from '@app/shared/organisation/charges'
import type {
  ChargeCard,
  ChargeFilter,
  Ending,
  NewCharge,
  NewSeat,
  NewUnit,
  SeatCard,
  SeatFilter,
  UnitCard,
  UnitWords,
} from '@app/shared/organisation/schema'
import { unitErrors } from '@app/shared/organisation/units'
import { chargeRoles, singleSeats } from '@app/shared/organisation/words'
import { Problem } from '@app/shared/problem'
import { dayOf } from '@app/shared/time'
import { and, asc, desc, eq, gt, isNull, lte, or } from '../db/operators'
import type { StreetScope } from '../tenancy/street-scope'

const mostCharges = 1000

/** 双包: who answers for which place on a day, or who ever answered for one place, newest first. */
export async function listCharges(
  scope: StreetScope,
  { on, placeId }: ChargeFilter,
  now: number,
): Promise<ChargeCard[]> {
  const { charges: c, people: p, select } = scope.read('people.view')
  const day = on ?? dayOf(now)
  return select({
    id: c.id,
    placeId: c.placeId,
    kind: c.kind,
    personId: c.personId,
    name: p.name,
    from: c.from,
    until: c.until,
  })
    .from(c)
    .leftJoin(p, eq(p.id, c.personId))
    .where(
      placeId
        ? eq(c.placeId, placeId)
        : // Those that begin later are shown too: they are arranged already.
          and(on ? lte(c.from, day) : undefined, or(isNull(c.until), gt(c.until, day))),
    )
    .orderBy(desc(c.from), asc(c.id))
    .limit(mostCharges)
}

/**
 * Gives a place to somebody to answer for from a day on; whoever had it until then has it no longer, and one who takes
 * it later bounds the new charge. Throws `invalid-input`, `already-there`, `stale`.
 */
export async function takeCharge(scope: StreetScope, charge: NewCharge, now: number): Promise<void> {
  const { charges: c, communities, grids, posts, select } = scope.read('duty.manage')
  const [[community], [grid], holders, present] = await scope.together([
    select({ retiredOn: communities.retiredOn })
      .from(communities)
      .where(eq(communities.id, charge.placeId as never)),
    select({ retiredOn: grids.retiredOn })
      .from(grids)
      .where(eq(grids.id, charge.placeId as never)),
    select({ role: posts.role })
      .from(posts)
      .where(and(eq(posts.personId, charge.personId), or(isNull(posts.until), gt(posts.until, now)))),
    select({ id: c.id, placeId: c.placeId, kind: c.kind, personId: c.personId, from: c.from, until: c.until })
      .from(c)
      .where(eq(c.placeId, charge.placeId)),
  ])
  const place = community
    ? { kind: 'community' as const, ...community }
    : grid
      ? { kind: 'grid' as const, ...grid }
      : null
  const errors = chargeErrors(charge, place)
  if (!holders.some(({ role }) => chargeRoles[charge.kind].includes(role))) {
    const detail = charge.kind === 'leader' ? '包社区的应是在岗的街道领导' : '包网格的应是在岗的街道干部'
    errors.push({ pointer: '/personId', detail })
  }
  if (errors.length > 0) throw new Problem('invalid-input', undefined, errors)

  const { ended, until } = taken<Charge & { id: ChargeId }>(present, charge)
  if (ended.some((one) => one.from === charge.from && one.personId === charge.personId && one.until === null))
    throw new Problem('already-there', '此人当天已负责这里。')
  const bound = charge.until !== null && (until === null || charge.until < until) ? charge.until : until
  // What stands ends first: of two who take one place at once, the later finds it ended by the earlier.
  const [first, ...others] = ended
  await scope.change('duty.manage', { subject: charge.id, at: now }, (k) => {
    const end = ({ id, until: seen }: (typeof ended)[number]) =>
      k.change('charges', id, { until: charge.from }, { until: seen })
    const begin = k.add('charges', { ...charge, until: bound })
    return first ? [end(first), ...others.map(end), begin] : [begin]
  })
}

/** Ends a charge on a day, from which nobody answers for the place until another takes it. Throws `not-found`, `invalid-input`. */
export async function endCharge(scope: StreetScope, id: ChargeId, { on }: Ending, now: number): Promise<void> {
  const { charges: c, select } = scope.read('duty.manage')
  const [found] = await select({ from: c.from, until: c.until }).from(c).where(eq(c.id, id))
  if (!found) throw new Problem('not-found')
  refuseBadEnd(found, on)
  await scope.change('duty.manage', { subject: id, at: now }, (k) => [
    k.change('charges', id, { until: on }, { until: found.until }),
  ])
}

function refuseBadEnd({ from, until }: { from: string; until: string | null }, on: string): void {
  if (on < from) throw new Problem('invalid-input', undefined, [{ pointer: '/on', detail: '结束日期不能早于开始日期' }])
  if (until !== null && until < on)
    throw new Problem('invalid-input', undefined, [{ pointer: '/on', detail: '已在更早的日期结束' }])
}

/** 领导小组 on a day. */
export async function listSeats(scope: StreetScope, { on }: SeatFilter, now: number): Promise<SeatCard[]> {
  const { seats: s, select } = scope.read('people.view')
  const day = on ?? dayOf(now)
  return select({
    id: s.id,
    seat: s.seat,
    personId: s.personId,
    name: s.name,
    title: s.title,
    from: s.from,
    until: s.until,
  })
    .from(s)
    .where(and(lte(s.from, day), or(isNull(s.until), gt(s.until, day))))
    .orderBy(asc(s.from), asc(s.id))
    .limit(200)
}

/** Gives somebody a seat from a day on. There is one head at a time: whoever was has the seat until then. */
export async function takeSeat(scope: StreetScope, seat: NewSeat, now: number): Promise<void> {
  const { seats: s, people: p, select } = scope.read('duty.manage')
  const [present, [person]] = await scope.together([
    select({ id: s.id, from: s.from, until: s.until })
      .from(s)
      .where(and(eq(s.seat, seat.seat), or(isNull(s.until), gt(s.until, seat.from)))),
    select({ id: p.id })
      .from(p)
      .where(eq(p.id, seat.personId ?? ('' as never))),
  ])
  if (seat.personId && !person)
    throw new Problem('invalid-input', undefined, [{ pointer: '/personId', detail: '没有这个人' }])
  const [first, ...others] = singleSeats.includes(seat.seat) ? present : []
  await scope.change('duty.manage', { subject: seat.id, at: now }, (k) => {
    const end = ({ id, from, until }: (typeof present)[number]) =>
      k.change('seats', id, { until: from > seat.from ? from : seat.from }, { until })
    const begin = k.add('seats', seat)
    return first ? [end(first), ...others.map(end), begin] : [begin]
  })
}

/** Ends a seat on a day. Throws `not-found`, `invalid-input`. */
export async function endSeat(scope: StreetScope, id: SeatId, { on }: Ending, now: number): Promise<void> {
  const { seats: s, select } = scope.read('duty.manage')
  const [found] = await select({ from: s.from, until: s.until }).from(s).where(eq(s.id, id))
  if (!found) throw new Problem('not-found')
  refuseBadEnd(found, on)
  await scope.change('duty.manage', { subject: id, at: now }, (k) => [
    k.change('seats', id, { until: on }, { until: found.until }),
  ])
}

/** 成员单位, those that ended last. */
export async function listUnits(scope: StreetScope): Promise<UnitCard[]> {
  const { units: u, select } = scope.read('people.view')
  return select({ id: u.id, name: u.name, leads: u.leads, joins: u.joins, basis: u.basis, retiredOn: u.retiredOn })
    .from(u)
    .orderBy(asc(u.retiredOn), asc(u.name))
    .limit(200)
}

async function unitsOf(scope: StreetScope) {
  const { units: u, select } = scope.read('unit.manage')
  return select({ id: u.id, name: u.name, leads: u.leads, joins: u.joins, retiredOn: u.retiredOn }).from(u)
}

/** Enters a member unit in the register. Throws `invalid-input` where another one leads the same sector. */
export async function addUnit(scope: StreetScope, unit: NewUnit, now: number): Promise<void> {
  const errors = unitErrors(unit, await unitsOf(scope))
  if (errors.length > 0) throw new Problem('invalid-input', undefined, errors)
  await scope.change('unit.manage', { subject: unit.id, at: now }, (k) => [k.add('units', unit, k.leadFree(unit))])
}

/** Changes a member unit. Throws `not-found`, `invalid-input`. */
export async function changeUnit(scope: StreetScope, id: UnitId, words: UnitWords, now: number): Promise<void> {
  const units = await unitsOf(scope)
  if (!units.some((unit) => unit.id === id && unit.retiredOn === null)) throw new Problem('not-found')
  const errors = unitErrors({ id, ...words }, units)
  if (errors.length > 0) throw new Problem('invalid-input', undefined, errors)
  await scope.change('unit.manage', { subject: id, at: now }, (k) => [
    k.change('units', id, words, { retiredOn: null }, k.leadFree({ id, ...words })),
  ])
}

/** Takes a unit out of the register from today on; what names it keeps its name. Throws `not-found`. */
export async function retireUnit(scope: StreetScope, id: UnitId, now: number): Promise<void> {
  const units = await unitsOf(scope)
  if (!units.some((unit) => unit.id === id && unit.retiredOn === null)) throw new Problem('not-found')
  await scope.change('unit.manage', { subject: id, at: now }, (k) => [
    k.change('units', id, { retiredOn: dayOf(now) }, { retiredOn: null }),
  ])
}
