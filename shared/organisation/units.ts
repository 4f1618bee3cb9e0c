import { type Sector, sectors } from '../hazards/words'
import type { UnitId } from '../ids'
import type { FieldError } from '../problem'

interface Unit {
  readonly id: UnitId
  readonly name: string
  readonly leads: readonly Sector[]
  readonly joins: readonly Sector[]
  readonly retiredOn: string | null
}

/** What of a unit's sectors cannot be: one matter has one lead (一件事全链条), and who leads does not join besides. */
export function unitErrors(unit: Omit<Unit, 'retiredOn'>, others: readonly Unit[]): FieldError[] {
  const errors: FieldError[] = []
  const standing = others.filter(({ id, retiredOn }) => id !== unit.id && retiredOn === null)
  if (standing.some(({ name }) => name === unit.name)) errors.push({ pointer: '/name', detail: '已有同名的成员单位' })
  for (const sector of unit.leads) {
    const lead = standing.find(({ leads }) => leads.includes(sector))
    if (lead) errors.push({ pointer: '/leads', detail: `“${sectors[sector]}”已由${lead.name}牵头，请先调整` })
    if (unit.joins.includes(sector))
      errors.push({ pointer: '/joins', detail: `“${sectors[sector]}”已选为牵头，不用再选为配合` })
  }
  return errors
}

/** Every sector that a unit leads or joins: what its people see of all streets, where it is the district's. */
export function sectorsOf({ leads, joins }: Pick<Unit, 'leads' | 'joins'>): Sector[] {
  return [...new Set([...leads, ...joins])]
}

/** The sectors that no unit leads. */
export function leaderless(units: readonly Unit[]): Sector[] {
  // Safe: `sectors` is this very record.
  return (Object.keys(sectors) as Sector[]).filter(
    (sector) =>
      sector !== 'other' && !units.some(({ leads, retiredOn }) => retiredOn === null && leads.includes(sector)),
  )
}
