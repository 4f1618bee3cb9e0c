import { getTableColumns, getTableName } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Database } from '../product'

/** A statement may carry one value of two million bytes; its rows travel in it as JSON. */
const mostCharacters = 450_000

/**
 * Statements that insert rows as the schema spells them, many at a time: one parameter, since a statement takes a
 * hundred, and a row of a wide table needs a third of them.
 */
export function insertions(database: Database, table: SQLiteTable, rows: readonly object[]) {
  const columns = Object.entries(getTableColumns(table))
  const names = columns.map(([name]) => `"${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}"`)
  const values = columns.map((_, at) => `value ->> ${at}`)
  const sql = `INSERT INTO "${getTableName(table)}" (${names.join(', ')}) SELECT ${values.join(', ')} FROM json_each(?1)`
  const lines = rows.map((row) =>
    JSON.stringify(
      columns.map(([name, column]) => {
        const value: unknown = name in row ? row[name as keyof typeof row] : null
        return value === null || value === undefined ? null : column.mapToDriverValue(value)
      }),
    ),
  )
  return chunked(lines).map((chunk) => database.prepare(sql).bind(`[${chunk.join(',')}]`))
}

function chunked(lines: readonly string[]): string[][] {
  const chunks: string[][] = []
  let room = 0
  for (const line of lines) {
    if (line.length > room) {
      chunks.push([])
      room = mostCharacters
    }
    chunks.at(-1)?.push(line)
    room -= line.length
  }
  return chunks
}
