import type { PersonId, StreetId } from '@app/shared/ids'
import type { NewOverseer, OverseersPage, StreetsPage } from '@app/shared/onboarding/schema'
import type { SetPasswordLink } from '@app/shared/accounts/schema'
import { sectorsOf } from '@app/shared/organisation/units'
import { Problem } from '@app/shared/problem'
import { dayOf } from '@app/shared/time'
import { and, asc, count, eq, isNull } from '../db/operators'
import type { DistrictScope, MemberStreet } from '../tenancy/district-scope'

/** What `scope.duties` found, by street: how much stands, how much of it nobody answers for, who has too much (双包). */
export function dutiesOf([communities, grids, burdens]: Found, streetId: StreetId) {
  const at = <R extends { streetId: StreetId }>(rows: readonly R[]) => rows.find((row) => row.streetId === streetId)
  const none = { standing: 0, held: 0 }
  const [c, g] = [at(communities) ?? none, at(grids) ?? none]
  return {
    communities: c.standing,
    grids: g.standing,
    gaps: c.standing - c.held + (g.standing - g.held),
    overloaded: at(burdens)?.overloaded ?? 0,
  }
}
type Places = readonly { streetId: StreetId; standing: number; held: number }[]
type Found = readonly [Places, Places, readonly { streetId: StreetId; overloaded: number }[], ...unknown[]]

/** The district's streets with their state, what they consist of, and how much of it nobody answers for. */
export async function listStreets(scope: DistrictScope, now: number): Promise<StreetsPage['items']> {
  const { people: p, select } = scope.read('score.view')
  const found = await scope.together([
    ...scope.duties(dayOf(now)),
    select({ streetId: p.streetId, n: count().as('people') })
      .from(p)
      .where(isNull(p.until))
      .groupBy(p.streetId),
  ])
  const [, , , people] = found
  const { streets, preparing = [] } = scope.district
  return [
    ...streets.map((street) => ({ street, state: stateOf(street) })),
    ...preparing.map((street) => ({ street, state: 'preparing' as const })),
  ]
    .toSorted((a, b) => (a.street.slug < b.street.slug ? -1 : 1))
    .map(({ street: { moving: _, ...street }, state }) => ({
      ...street,
      state,
      ...dutiesOf(found, street.id),
      people: people.find(({ streetId }) => streetId === street.id)?.n ?? 0,
    }))
}

const stateOf = ({ moving, suspendedAt }: MemberStreet): StreetsPage['items'][number]['state'] =>
  moving ? 'moving' : suspendedAt === null ? 'active' : 'suspended'

/** Who holds or held a post in the district. */
export async function listOverseers(scope: DistrictScope): Promise<OverseersPage['items']> {
  const { overseers: o, select } = scope.read('people.view')
  return select({ id: o.id, name: o.name, role: o.role, unitId: o.unitId, until: o.until })
    .from(o)
    .orderBy(asc(o.until), asc(o.name))
    .limit(500)
}

/** Makes an account in the district. One of a member unit sees the sectors of that unit. Throws `invalid-input`. */
export async function appointOverseer(
  scope: DistrictScope,
  person: NewOverseer,
  now: number,
): Promise<SetPasswordLink> {
  const { districtUnits: u, select } = scope.read('overseer.manage')
  const needsUnit = person.role === 'district-unit'
  const [unit] = await select({ id: u.id, leads: u.leads, joins: u.joins })
    .from(u)
    .where(and(eq(u.id, person.unitId ?? ('' as never)), isNull(u.retiredOn)))
  if (needsUnit !== (person.unitId !== null) || (needsUnit && !unit)) {
    const detail = needsUnit ? '请选择成员单位' : '这个岗位不属于成员单位'
    throw new Problem('invalid-input', undefined, [{ pointer: '/unitId', detail }])
  }
  return scope.appoint(person, unit ?? null, now)
}

/**
 * Gives the post back to somebody whose post in the district ended, as what they were. Throws `not-found` for a
 * stranger, `rule-broken` for somebody of a member unit that is no more.
 */
export async function restoreOverseer(scope: DistrictScope, personId: PersonId, now: number): Promise<void> {
  const { overseers: o, districtUnits: u, select } = scope.read('overseer.manage')
  const [person] = await select({ role: o.role, leads: u.leads, joins: u.joins })
    .from(o)
    .leftJoin(u, and(eq(u.id, o.unitId), isNull(u.retiredOn)))
    .where(eq(o.id, personId))
  if (!person) throw new Problem('not-found')
  const { role, leads, joins } = person
  if (role === 'district-unit' && !leads)
    throw new Problem('rule-broken', '此人所属的成员单位已撤销，不能恢复这个岗位。')
  const sectors = role === 'district-unit' && leads ? sectorsOf({ leads, joins: joins ?? [] }) : null
  await scope.restorePost(personId, sectors, now)
}
