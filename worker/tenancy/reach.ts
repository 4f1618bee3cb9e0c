import { type Column, type SQL, aliasedTable, and, eq, getTableColumns, sql } from 'drizzle-orm'
import type { EnterpriseId, StreetId } from '@app/shared/ids'
import type { Reach } from '@app/shared/reach'
import { type StreetOwned, streetOwned } from '../db/ledger'
import { among } from '../db/operators'

/** The condition that narrows a street-owned table to one street and, within it, to an actor's reach. */
export function within(name: StreetOwned, streetId: StreetId, reach: Reach): SQL | undefined {
  const { table, reach: declared } = streetOwned[name]
  const here = eq(table.streetId, streetId)
  if (reach.within === 'street' || declared === 'common') return here
  if (typeof declared === 'string') return sql`false`
  // Safe: a declaration names columns of its own table, and nothing else.
  const column = (key: string) => (getTableColumns(table) as Record<string, Column>)[key] as Column
  if (!('through' in declared)) {
    const own = column(declared[reach.within])
    return and(here, reach.within === 'enterprise' ? ofUnit(own, streetId, reach.ids[0]) : among(own, reach.ids))
  }
  const parent = streetOwned[declared.through].table
  const reached = and(within(declared.through, streetId, reach), eq(parent.id, column(declared.by)))
  return and(here, sql`exists (select 1 from ${parent} where ${reached})`)
}

/**
 * Whether a column names a unit or another file of the same one: what it was merged into, and whatever else was. People
 * keep the posts that they were given for either file and see both, without a word of any post being written anew.
 */
function ofUnit(column: Column, streetId: StreetId, id: EnterpriseId): SQL {
  const { table: e } = streetOwned.enterprises
  const files = aliasedTable(e, 'own_files')
  const kept = sql`(select coalesce(${files.mergedInto}, ${files.id}) from ${e} as own_files where ${files.streetId} = ${streetId} and ${files.id} = ${id})`
  // A unit's own row is found by it; what hangs under a unit has an index of its own, which it would lead astray.
  const own = column === e.id ? sql`${column}` : sql`+${column}`
  return sql`${own} in (
    select ${kept} union all
    select ${files.id} from ${e} as own_files where ${files.streetId} = ${streetId} and ${files.mergedInto} is not null and ${files.mergedInto} = ${kept}
  )`
}
