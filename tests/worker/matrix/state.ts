import { env } from 'cloudflare:workers'
import { ledgers } from '../../../worker/db/client'
import type { Code } from './markers'
import { marksIn } from './markers'

type Row = Record<string, unknown>
/** Every row of every database, by database and table. */
export type Dump = ReadonlyMap<string, readonly Row[]>

const databases = () => [['DIRECTORY', env.DIRECTORY] as const, ...ledgers(env)]
let tables: Map<string, string[]> | undefined

async function tablesOf(name: string, database: D1Database): Promise<string[]> {
  tables ??= new Map()
  const known = tables.get(name)
  if (known) return known
  const { results } = await database
    .prepare(
      "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '\\_cf%' escape '\\' and name <> 'd1_migrations'",
    )
    .all<{ name: string }>()
  const found = results.map((row) => row.name)
  tables.set(name, found)
  return found
}

/** All that the databases hold, in one round trip each. */
export async function dump(): Promise<Dump> {
  const all = await Promise.all(
    databases().map(async ([name, database]) => {
      const names = await tablesOf(name, database)
      const found = await database.batch<Row>(names.map((table) => database.prepare(`select * from "${table}"`)))
      return names.map((table, at) => [`${name} ${table}`, found[at]?.results ?? []] as const)
    }),
  )
  return new Map(all.flat())
}

/** Tables of the directory that others hang on. */
const referredTo = new Set(['districts', 'streets', 'users', 'street_imports'])

const texts = new WeakMap<readonly Row[], string[]>()
const asTexts = (rows: readonly Row[]): string[] => {
  const known = texts.get(rows) ?? rows.map((row) => JSON.stringify(row)).sort()
  texts.set(rows, known)
  return known
}

/**
 * Tables in which rows differ, of those that are not among `mine`: a row belongs to the street or district that its
 * key names, and where it has none to those whose markers stand in it. With `only`, mine of no other tables either.
 */
export function changed(
  before: Dump,
  after: Dump,
  mine: readonly { code: Code; id: string }[] = [],
  only?: readonly string[],
): string[] {
  const own = new Set(mine.map(({ id }) => id))
  const codes = new Set(mine.map(({ code }) => code))
  const isOthers = (text: string) => {
    if (mine.length === 0) return true
    const row = JSON.parse(text) as Row
    const owner = row['street_id'] ?? row['district_id'] ?? row['owner_id']
    if (owner !== undefined && owner !== null) return !own.has(String(owner))
    const marks = marksIn(text)
    return marks.length > 0 && !marks.some(({ tenant }) => codes.has(tenant))
  }
  return [...after].flatMap(([table, rows]) => {
    const [were, are] = [asTexts(before.get(table) ?? []), asTexts(rows)]
    if (were.length === are.length && were.every((text, at) => text === are[at])) return []
    const [old, now] = [new Set(were), new Set(are)]
    const different = [...were.filter((text) => !now.has(text)), ...are.filter((text) => !old.has(text))]
    const others =
      only !== undefined && !only.some((name) => table.endsWith(` ${name}`)) ? different : different.filter(isOthers)
    return others.length > 0 ? [`${table}: ${others[0]?.slice(0, 300)}`] : []
  })
}

/** Puts back what stood in the tables that differ; triggers that forbid it are set aside meanwhile. */
export async function restore(to: Dump, from?: Dump): Promise<void> {
  const now = from ?? (await dump())
  for (const [name, database] of databases()) {
    const differ = [...to].filter(([key, rows]) => {
      if (!key.startsWith(`${name} `)) return false
      const [were, are] = [asTexts(rows), asTexts(now.get(key) ?? [])]
      return were.length !== are.length || were.some((text, at) => text !== are[at])
    })
    if (differ.length === 0) continue
    // What goes from the directory takes with it what hangs on it, so all of it is put back.
    const hangs = differ.some(([key]) => referredTo.has(key.split(' ')[1] ?? ''))
    if (name === 'DIRECTORY' && hangs)
      differ.splice(0, differ.length, ...[...to].filter(([key]) => key.startsWith(`${name} `)))
    const { results: triggers } = await database
      .prepare("select name, sql from sqlite_master where type = 'trigger'")
      .all<{ name: string; sql: string }>()
    await database.batch([
      database.prepare('pragma defer_foreign_keys = on'),
      ...triggers.map((one) => database.prepare(`drop trigger "${one.name}"`)),
      ...differ.map(([key]) => database.prepare(`delete from "${key.split(' ')[1]}"`)),
      ...differ.flatMap(([key, rows]) =>
        rows.map((row) => {
          const columns = Object.keys(row)
          return database
            .prepare(
              `insert into "${key.split(' ')[1]}" (${columns.map((c) => `"${c}"`).join(', ')}) values (${columns.map(() => '?').join(', ')})`,
            )
            .bind(...Object.values(row))
        }),
      ),
      ...triggers.map((one) => database.prepare(one.sql)),
    ])
  }
}

/** A value that each row has of its own, as SQL over its columns. */
export interface Raw {
  readonly sql: string
}
const isRaw = (value: unknown): value is Raw => typeof value === 'object' && value !== null && 'sql' in value

/** Sets columns of all rows of tables, in every database that has them; triggers of the logs do not matter to these. */
export async function setEverywhere(given: Record<string, Record<string, unknown>>): Promise<void> {
  for (const [name, database] of databases()) {
    const known = await tablesOf(name, database)
    const statements = Object.entries(given).flatMap(([table, columns]) => {
      if (!known.includes(table)) return []
      const set = Object.entries(columns).map(([column, value]) => `"${column}" = ${isRaw(value) ? value.sql : '?'}`)
      const bound = Object.values(columns).filter((value) => !isRaw(value))
      return [database.prepare(`update "${table}" set ${set.join(', ')}`).bind(...bound)]
    })
    if (statements.length > 0) await database.batch(statements)
  }
}

/** Every object's key and hash. */
export async function objects(): Promise<Map<string, string>> {
  const { objects: found } = await env.EVIDENCE.list({ limit: 1000 })
  return new Map(found.map(({ key, etag }) => [key, etag]))
}
