import type { UnitId } from '@app/shared/ids'
import type { NewUnit, UnitCard, UnitWords } from '@app/shared/organisation/schema'
import { unitErrors } from '@app/shared/organisation/units'
import { Problem } from '@app/shared/problem'
import { and, asc, eq, isNull } from '../db/operators'
import type { DistrictScope } from '../tenancy/district-scope'

/** 成员单位 of the district, those that ended last. */
export async function listUnits(scope: DistrictScope): Promise<UnitCard[]> {
  const { districtUnits: u, select } = scope.read('people.view')
  return select({ id: u.id, name: u.name, leads: u.leads, joins: u.joins, basis: u.basis, retiredOn: u.retiredOn })
    .from(u)
    .orderBy(asc(u.retiredOn), asc(u.name))
    .limit(200)
}

/** A standing unit, the whole register, and who holds a post for the unit. */
async function unitAmong(scope: DistrictScope, id: UnitId) {
  const { districtUnits: u, overseers: o, select } = scope.read('unit.manage')
  const [units, people] = await scope.together([
    select({ id: u.id, name: u.name, leads: u.leads, joins: u.joins, retiredOn: u.retiredOn }).from(u),
    select({ id: o.id, name: o.name })
      .from(o)
      .where(and(eq(o.unitId, id), isNull(o.until)))
      .orderBy(asc(o.name)),
  ])
  const unit = units.find((one) => one.id === id && one.retiredOn === null)
  return { unit, units, people }
}

/** Enters a member unit in the register. Throws `invalid-input` where another one leads the same sector. */
export async function addUnit(scope: DistrictScope, unit: NewUnit, now: number): Promise<void> {
  const { units } = await unitAmong(scope, unit.id)
  const errors = unitErrors(unit, units)
  if (errors.length > 0) throw new Problem('invalid-input', undefined, errors)
  await scope.addUnit(unit, now)
}

/** Changes a member unit, and with its sectors what its people see. Throws `not-found`, `invalid-input`, `stale`. */
export async function changeUnit(scope: DistrictScope, id: UnitId, words: UnitWords, now: number): Promise<void> {
  const { unit, units, people } = await unitAmong(scope, id)
  if (!unit) throw new Problem('not-found')
  const errors = unitErrors({ id, ...words }, units)
  if (errors.length > 0) throw new Problem('invalid-input', undefined, errors)
  await scope.changeUnit(
    unit,
    words,
    people.map((person) => person.id),
    now,
  )
}

/** Takes a unit out of the register from today on. Throws `not-found`, or `rule-broken` while somebody holds a post for it. */
export async function retireUnit(scope: DistrictScope, id: UnitId, now: number): Promise<void> {
  const { unit, people } = await unitAmong(scope, id)
  if (!unit) throw new Problem('not-found')
  if (people.length > 0) {
    const names = people.slice(0, 5).map(({ name }) => name)
    const who = people.length > names.length ? `${names.join('、')}等 ${people.length} 人` : names.join('、')
    throw new Problem('rule-broken', `${who}还在这个单位任职，请先在“区级人员”停用其岗位，再撤销单位。`)
  }
  await scope.retireUnit(id, now)
}
