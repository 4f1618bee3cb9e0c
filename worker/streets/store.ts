import { gapsOn } from '@app/shared/organisation/charges'
import type { NewOverseer, OverseersPage, StreetsPage } from '@app/shared/onboarding/schema'
import type { SetPasswordLink } from '@app/shared/accounts/schema'
import { Problem } from '@app/shared/problem'
import { dayOf } from '@app/shared/time'
import { and, asc, count, eq, gt, isNull, or } from '../db/operators'
import type { DistrictScope } from '../tenancy/district-scope'

/** The district's streets with their state, what they consist of, and how much of it nobody answers for (双包). */
export async function listStreets(scope: DistrictScope, now: number): Promise<StreetsPage['items']> {
  const { communities: c, grids: g, charges, people: p, select } = scope.read('score.view')
  const today = dayOf(now)
  const [known, [communities, grids, held, people]] = await Promise.all([
    scope.streetsKnown(),
    scope.together([
      select({ streetId: c.streetId, id: c.id, retiredOn: c.retiredOn }).from(c).where(isNull(c.retiredOn)),
      select({ streetId: g.streetId, id: g.id, retiredOn: g.retiredOn }).from(g).where(isNull(g.retiredOn)),
      select({
        streetId: charges.streetId,
        placeId: charges.placeId,
        kind: charges.kind,
        from: charges.from,
        until: charges.until,
      })
        .from(charges)
        .where(or(isNull(charges.until), gt(charges.until, today))),
      select({ streetId: p.streetId, n: count().as('people') })
        .from(p)
        .where(isNull(p.until))
        .groupBy(p.streetId),
    ]),
  ])
  return known.map(({ movingSince, state, ...street }) => {
    const of = <R extends { streetId: string }>(rows: readonly R[]) =>
      rows.filter(({ streetId }) => streetId === street.id)
    const places = [
      ...of(communities).map((place) => ({ ...place, kind: 'community' as const })),
      ...of(grids).map((place) => ({ ...place, kind: 'grid' as const })),
    ]
    // Who it is is nothing to the district.
    const charged = of(held).map((charge) => ({ ...charge, personId: '' as never }))
    const stands = movingSince !== null ? 'moving' : street.suspendedAt !== null ? 'suspended' : state
    return {
      ...street,
      state: stands,
      communities: of(communities).length,
      grids: of(grids).length,
      people: people.find(({ streetId }) => streetId === street.id)?.n ?? 0,
      gaps: gapsOn(places, charged, today).length,
    }
  })
}

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
  const [unit] = await select({ leads: u.leads, joins: u.joins })
    .from(u)
    .where(and(eq(u.id, person.unitId ?? ('' as never)), isNull(u.retiredOn)))
  if (needsUnit !== (person.unitId !== null) || (needsUnit && !unit)) {
    const detail = needsUnit ? '请选择成员单位' : '这个岗位不属于成员单位'
    throw new Problem('invalid-input', undefined, [{ pointer: '/unitId', detail }])
  }
  const sectors = unit && needsUnit ? [...new Set([...unit.leads, ...unit.joins])] : null
  return scope.appoint({ ...person, sectors }, now)
}
