import { type Column, type SQL, eq, getTableName, sql } from 'drizzle-orm'
import { toSnakeCase } from 'drizzle-orm/casing'
import { type SQLiteTable, getTableConfig } from 'drizzle-orm/sqlite-core'
import { canonical } from '@app/shared/events/chain'
import type { StreetId } from '@app/shared/ids'
import type { Db } from '../db/client'
import { travelling } from '../db/directory'
import { appendices, leavings, type SealedColumn, sealedColumns, streetOwned } from '../db/ledger'
import { sha256 } from '../sha256'
import type { Statement } from '../tenancy/desk'
import type { Cell } from '../tenancy/seals'

// Rows of whole tables, as the database keeps them and not as the schema reads them: what is copied so is the same to
// the byte, whatever columns a table will have.

export type Value = string | number | null
/** A row's values in the order of its table's columns. */
export type Row = readonly Value[]

/** A table as it is carried: everything asked of it comes from its own declaration. */
export interface CarriedTable {
  readonly name: string
  readonly table: SQLiteTable
  /** The column that says whose a row is. */
  readonly owner: Column
  readonly columns: readonly { readonly name: string; readonly column: Column }[]
  /** The primary key; rows come in its order. */
  readonly key: readonly { readonly column: Column; readonly at: number }[]
  /** Names of the columns about persons. */
  readonly personal: readonly string[]
  /** Those of them that are kept under the deployment's own keys, each with the name its ciphers are bound to. */
  readonly sealed: readonly { readonly name: string; readonly column: SealedColumn }[]
  /** Why it does not leave with the street. */
  readonly stays: string | undefined
}

function keyOf(table: SQLiteTable): Column[] {
  const { columns, primaryKeys } = getTableConfig(table)
  return primaryKeys[0]?.columns ?? columns.filter(({ primary }) => primary)
}

function carried(
  table: SQLiteTable,
  { personal, stays }: { personal: readonly string[]; stays?: string | undefined },
): CarriedTable {
  const { columns } = getTableConfig(table)
  const names = columns.map((column) => ({ name: toSnakeCase(column.name), column }))
  const owner = columns.find(({ name }) => name === 'streetId')
  if (!owner) throw new Error(`${getTableName(table)} does not say whose its rows are`)
  return {
    name: getTableName(table),
    table,
    owner,
    columns: names,
    key: keyOf(table).map((column) => ({ column, at: columns.findIndex(({ name }) => name === column.name) })),
    personal: personal.map(toSnakeCase),
    // Safe: the keys of the table of sealed columns.
    sealed: (Object.keys(sealedColumns) as SealedColumn[]).flatMap((column) =>
      sealedColumns[column].table === table ? [{ name: toSnakeCase(sealedColumns[column].column), column }] : [],
    ),
    stays,
  }
}

/** Every street-owned table of a ledger, each behind those that it refers to. */
export function streetTables(): CarriedTable[] {
  const waiting = new Map<string, CarriedTable>(
    Object.values(streetOwned).map((one) => [getTableName(one.table), carried(one.table, one)]),
  )
  const ordered: CarriedTable[] = []
  const parentsOf = ({ table, name }: CarriedTable) =>
    getTableConfig(table)
      .foreignKeys.map((key) => getTableName(key.reference().foreignTable))
      .filter((parent) => parent !== name && waiting.has(parent))
  while (waiting.size > 0) {
    const ready = [...waiting.values()].filter((one) => parentsOf(one).length === 0)
    if (ready.length === 0) throw new Error('Tables refer to each other in a circle')
    for (const one of ready) {
      ordered.push(one)
      waiting.delete(one.name)
    }
  }
  return ordered
}

/** Of the directory, what goes with a street. */
export const directoryTables = (): CarriedTable[] =>
  Object.values(travelling).map((table) => carried(table, { personal: [] }))

/** What districts decided about the street's records. Who decided is an id, as in the events that tell of it. */
export const appendixTables = (): CarriedTable[] =>
  Object.values(appendices).map((table) => carried(table, { personal: [] }))

const separated = (parts: SQL[]) => sql.join(parts, sql`, `)

/** Rows of one street in the order of the primary key, behind the row `after`; `where` narrows them further. */
export async function readRows(
  db: Db,
  { table, owner, columns, key }: CarriedTable,
  streetId: StreetId,
  { after, limit, where }: { after?: Row | null; limit: number; where?: SQL | undefined },
): Promise<Row[]> {
  // The owner is settled by equality, so that only the rest of the key is compared and an index serves it.
  const rest = key.filter(({ column }) => column.name !== owner.name)
  if (after && rest.length === 0) return []
  const behind =
    after &&
    sql` and (${separated(rest.map(({ column }) => sql`${column}`))}) > (${separated(rest.map(({ at }) => sql`${after[at]}`))})`
  return db.values<Value[]>(
    sql`select ${separated(columns.map(({ column }) => sql`${column}`))} from ${table}
      where ${eq(owner, streetId)}${behind ?? sql``}${where ? sql` and ${where}` : sql``}
      order by ${separated(key.map(({ column }) => sql`${column}`))} limit ${limit}`,
  )
}

/** How many rows of the street each table has, in one round trip. */
export async function countRows(
  db: Db,
  tables: readonly CarriedTable[],
  streetId: StreetId,
): Promise<Map<string, number>> {
  const counts = tables.map(({ table, owner }) => sql`(select count(*) from ${table} where ${eq(owner, streetId)})`)
  const [found = []] = await db.values<number[]>(sql`select ${separated(counts)}`)
  return new Map(tables.map(({ name }, at) => [name, found[at] ?? 0]))
}

/** A statement may carry one value of two million bytes; rows travel in it as JSON, and a letter may take four. */
const mostCharacters = 400_000

/**
 * A value for each column of a table, in its order: those that are known, and for the others what a row has that
 * does not speak of them.
 */
export function valuesOf(table: SQLiteTable, known: Readonly<Record<string, SQL | Value>>): SQL {
  const values = getTableConfig(table).columns.map((column) => {
    const value = known[toSnakeCase(column.name)]
    if (value !== undefined) return sql`${value}`
    return column.default === undefined || column.default === null
      ? sql`null`
      : sql`${column.mapToDriverValue(column.default)}`
  })
  return separated(values)
}

/** Statements that insert rows; those that are there already are left as they are. `names` says what a row holds. */
export function insertions(db: Db, table: SQLiteTable, names: readonly string[], rows: readonly Row[]) {
  const given = new Map(names.map((name, at) => [name, sql`value ->> ${`$[${at}]`}`]))
  const values = valuesOf(table, Object.fromEntries(given))
  // What is only appended to is guarded by a trigger, which refuses a known key before any conflict is looked for.
  const same = keyOf(table).map((column) => sql`${column} = ${given.get(toSnakeCase(column.name)) ?? sql`null`}`)
  const isNew = sql`not exists (select 1 from ${table} where ${sql.join(same, sql` and `)})`
  const statements: Statement[] = []
  let [waiting, length] = [[] as string[], 0]
  const flush = () => {
    if (waiting.length === 0) return
    const found = sql`select ${values} from json_each(${`[${waiting.join(',')}]`}) where ${isNew}`
    statements.push(db.insert(table).select(found).onConflictDoNothing())
    ;[waiting, length] = [[], 0]
  }
  for (const row of rows) {
    const line = JSON.stringify(row)
    if (length + line.length > mostCharacters) flush()
    waiting.push(line)
    length += line.length
  }
  flush()
  return statements
}

/** Inserts rows in one batch; a row may refer to another of its own table that comes behind it. */
export async function insertRows(
  db: Db,
  { table }: CarriedTable,
  names: readonly string[],
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return
  await db.batch([db.run(sql`pragma defer_foreign_keys = on`), ...insertions(db, table, names, rows)])
}

/**
 * Rows with what is under the deployment's own keys put in another way: opened to leave it, sealed to stay with it.
 * Throws, naming the row, for what does not open.
 */
export async function resealed(
  sealed: CarriedTable['sealed'],
  streetId: StreetId,
  names: readonly string[],
  rows: readonly Row[],
  put: (cell: Cell, text: string) => Promise<string>,
): Promise<readonly Row[]> {
  if (sealed.length === 0) return rows
  const columns = new Map(sealed.map(({ name, column }) => [names.indexOf(name), column]))
  const id = names.indexOf('id')
  return Promise.all(
    rows.map((row) => {
      const rowId = String(row[id])
      return Promise.all(
        row.map(async (value, at) => {
          const column = columns.get(at)
          if (column === undefined || value === null) return value
          return put({ streetId, column, rowId }, String(value)).catch((cause: unknown) => {
            throw new Error(`${column} of ${rowId} does not open`, { cause })
          })
        }),
      )
    }),
  )
}

/** Takes away at most so many rows of the street; answers how many. */
export async function deleteRows(
  db: Db,
  { table, owner, key }: CarriedTable,
  streetId: StreetId,
  limit: number,
): Promise<number> {
  // By the key, since a table may be without row ids.
  const columns = separated(key.map(({ column }) => sql`${column}`))
  const some = sql`select ${columns} from ${table} where ${eq(owner, streetId)} limit ${limit}`
  const [, , { meta }] = await db.batch([
    db.run(sql`pragma defer_foreign_keys = on`),
    // Logs and events refuse to be deleted, but for a street that leaves this ledger, and only within this batch.
    db.insert(leavings).values({ streetId }),
    db.delete(table).where(sql`(${columns}) in (${some})`),
    db.delete(leavings).where(eq(leavings.streetId, streetId)),
  ])
  return meta.changes
}

/** What a file of rows holds: the columns' names in their order, and those of them that are sealed elsewhere. */
export interface Shape {
  readonly columns: readonly string[]
  readonly personal: readonly string[]
}

export const shapeOf = ({ columns, personal }: CarriedTable): Shape => ({
  columns: columns.map(({ name }) => name),
  personal,
})

/** A row as a line of a file: canonical JSON by the columns' names, with null for those that are sealed elsewhere. */
export function lineOf({ columns, personal }: Shape, row: Row): string {
  return canonical(
    Object.fromEntries(columns.map((name, at) => [name, personal.includes(name) ? null : (row[at] ?? null)])),
  )
}

/** The sealed half of that line. */
export function sealedLineOf({ columns, personal }: Shape, row: Row): string {
  return canonical(
    Object.fromEntries(
      columns.flatMap((name, at) => (personal.includes(name) ? [[name, row[at] ?? null] as const] : [])),
    ),
  )
}

/** Carries a digest over more rows, so that any number of steps digests a table as one does. */
export function digestRows(before: string, table: CarriedTable, rows: readonly Row[]): Promise<string> {
  return sha256(`${before}\n${table.name}\n${JSON.stringify(rows)}`)
}

/** The names of the migrations that this database has been through. */
export async function migrationsOf(db: Db): Promise<string[]> {
  const rows = await db.values<[string]>(sql`select name from d1_migrations order by id`)
  return rows.map(([name]) => name)
}
