import { SQL, getTableColumns, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Db } from './client'

/** Inserts a row provided that a condition holds when the statement comes to its turn; otherwise it touches nothing. */
export function insertWhere<T extends SQLiteTable>(
  db: Db,
  table: T,
  row: { [K in keyof T['$inferInsert']]: T['$inferInsert'][K] | SQL },
  condition: SQL | undefined,
) {
  const values = Object.entries(getTableColumns(table)).map(([name, column]) => {
    // Safe: a row's keys are its table's columns.
    const value = (row as Record<string, unknown>)[name] ?? column.default
    if (value instanceof SQL) return sql`${value}`
    return value === undefined || value === null ? sql`null` : sql`${sql.param(value, column)}`
  })
  return db.insert(table).select(sql`select ${sql.join(values, sql`, `)} where ${condition}`)
}
