import { keyPlaces, sectors } from '../hazards/words'
import type { Places } from '../places/schema'
import { guarded } from '../sheet'
import { columns, type Field, fields, type Mapping } from './columns'
import type { Held } from './matching'
import { colours, kinds, sizes, standings } from './words'

/** A column of a table of units: how it is headed and what stands in it. */
export interface TableColumn {
  readonly heading: string
  readonly field: Field
}

/** All columns under their own names; longitude and latitude stand apart. */
export const allColumns: readonly TableColumn[] = fields
  .filter((field) => field !== 'coordinates')
  .map((field) => ({ field, heading: columns[field].label }))

/** The columns of the street's own table, as it headed them and in its order; all columns where it has none. */
export function columnsOf({ headings }: Mapping): readonly TableColumn[] {
  const own = Object.entries(headings).flatMap(([heading, field]) => (field ? [{ heading, field }] : []))
  return own.some(({ field }) => field === 'name') ? own : allColumns
}

type Cell = string | number | null

/** Units as a table with its header, which an import reads back as the same units and no spreadsheet executes. */
export function tableOf(
  units: readonly Held[],
  places: Places,
  wanted: readonly TableColumn[],
): readonly (readonly Cell[])[] {
  const names = new Map<string, string>([...places.communities, ...places.grids].map(({ id, name }) => [id, name]))
  return [
    wanted.map(({ heading }) => guarded(heading)),
    ...units.map((unit) =>
      wanted.map(({ field }) => {
        const cell = cellOf(field, unit, names)
        return typeof cell === 'string' ? guarded(cell) : cell
      }),
    ),
  ]
}

const yesNo = (it: boolean) => (it ? '是' : '否')

/** What stands in one cell of a unit's row. `names` are those of communities and grids by their ids. */
export function cellOf(field: Field, unit: Held, names: ReadonlyMap<string, string>): Cell {
  switch (field) {
    case 'name':
    case 'address':
    case 'creditCode':
    case 'staff':
    case 'floorArea':
      return unit[field]
    case 'since':
      return unit.activeSince
    case 'kind':
      return kinds[unit.kind]
    case 'keyPlace':
      return unit.keyPlace && keyPlaces[unit.keyPlace]
    case 'sectors':
      return unit.sectors.map((sector) => sectors[sector]).join('、')
    case 'highRisk':
      return unit.highRisk ?? '否'
    case 'crowded':
      return yesNo(unit.crowded)
    case 'size':
      return unit.size && sizes[unit.size]
    case 'community':
      return names.get(unit.communityId) ?? null
    case 'grid':
      return names.get(unit.gridId) ?? null
    case 'longitude':
    case 'latitude':
      return unit.position && unit.position[field]
    case 'coordinates':
      return unit.position && `${unit.position.longitude},${unit.position.latitude}`
    case 'principal':
      return unit.principal && unit.principal.name
    case 'principalPhone':
      return unit.principal && unit.principal.phone
    case 'manager':
      return unit.managers.map(({ name }) => name).join('、') || null
    case 'managerPhone':
      return unit.managers.flatMap(({ phone }) => phone ?? []).join('、') || null
    case 'colour':
      return unit.colour && colours[unit.colour]
    case 'standing':
      return standings[unit.standing]
  }
}
