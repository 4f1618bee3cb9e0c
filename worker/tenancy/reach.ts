import { type Column, type SQL, and, eq, getTableColumns, sql } from 'drizzle-orm'
import type { StreetId } from '@app/shared/ids'
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
  if (!('through' in declared)) return and(here, among(column(declared[reach.within]), reach.ids))
  const parent = streetOwned[declared.through].table
  const reached = and(within(declared.through, streetId, reach), eq(parent.id, column(declared.by)))
  return and(here, sql`exists (select 1 from ${parent} where ${reached})`)
}
