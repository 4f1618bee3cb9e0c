import { type Column, type GetColumnData, type SQL, type SQLWrapper, sql } from 'drizzle-orm'

import type { Reach } from '@app/shared/reach'

// What a store may use of Drizzle. `sql` is left out on purpose: raw SQL can name any table.
export type { SQL, SQLWrapper } from 'drizzle-orm'
export { and, asc, count, desc, eq, gt, gte, inArray, isNotNull, isNull, like, lt, lte, ne, or } from 'drizzle-orm'

/** How many rows fulfil a condition. */
export const countOf = (condition: SQLWrapper): SQL<number> => sql<number>`count(*) filter (where ${condition})`

/**
 * Whether a column holds one of the values: any number of them in one parameter, and none of them never.
 * A single one is an equality, because only behind an equality does an index still yield its order.
 */
export const among = (column: SQLWrapper, values: readonly string[]): SQL =>
  values.length === 1
    ? sql`${column} = ${values[0]}`
    : sql`${column} in (select value from json_each(${JSON.stringify(values)}))`

/** Whether a column holds one of the values of another column, which is a list. */
export const listedIn = (column: SQLWrapper, list: SQLWrapper): SQL =>
  sql`${column} in (select value from json_each(${list}))`

/** Whether a column holds one of the values of the lists that a query yields as `cited`. */
export const citedBy = (column: SQLWrapper, query: SQLWrapper): SQL =>
  sql`${column} in (select value from (${query}) as lists, json_each(lists.cited))`

/** Whether a column holds the id of a street's own row that references name, `{ id: 'crt_…/1', version }`. */
export const citedIn = (column: SQLWrapper, refs: SQLWrapper): SQL =>
  sql`${column} in (select substr(value ->> 'id', 1, instr(value ->> 'id', '/') - 1) from json_each(${refs}))`

/** What comes after a row in ascending order: a row value, because spelled out with `or` it reads the whole prefix. */
export const afterRising = (columns: [SQLWrapper, SQLWrapper], last: [string | number | SQL, string]): SQL =>
  sql`(${columns[0]}, ${columns[1]}) > (${last[0]}, ${last[1]})`

/** What comes after a row in descending order. */
export const afterFalling = (columns: [SQLWrapper, SQLWrapper], last: [string | number, string]): SQL =>
  sql`(${columns[0]}, ${columns[1]}) < (${last[0]}, ${last[1]})`

/** The one value a query yields, to compare a column with in the same round trip. */
export const the = (query: SQLWrapper): SQL => sql`(${query})`

/** The greatest value of a column. */
export const greatest = <C extends Column>(column: C) => sql<GetColumnData<C>>`max(${column})`

/** Spelled as a literal: behind a parameter SQLite cannot tell that a partial index `where open = 1` serves. */
export const isTrue = (column: SQLWrapper): SQL => sql`${column} = 1`

/** Likewise for an index over what is not ordinary. */
export const isNotOrdinary = (column: SQLWrapper): SQL => sql`${column} <> 'ordinary'`

/** Likewise for an index over what its unit found and put right itself. */
export const isSettled = (column: SQLWrapper): SQL => sql`${column} = 'settled'`

/** Likewise for an index over what is no longer active. */
export const isNotActive = (column: SQLWrapper): SQL => sql`${column} <> 'active'`

/** Likewise for an index over names that are filled in. */
export const isFilled = (column: SQLWrapper): SQL => sql`${column} <> ''`

/** Likewise for an index over what is. */
export const isActive = (column: SQLWrapper): SQL => sql`${column} = 'active'`

/** Likewise for indexes over drafts, over what is none, and over certificates. */
export const isDraft = (column: SQLWrapper): SQL => sql`${column} = 'draft'`
export const isFiled = (column: SQLWrapper): SQL => sql`${column} <> 'draft'`
export const isCertificate = (column: SQLWrapper): SQL => sql`${column} = 'certificate'`

/** Whether a text stands somewhere in a column, to the letter. */
export const contains = (column: SQLWrapper, words: string): SQL => sql`instr(${column}, ${words}) > 0`

/** A column under a name of its own: two of one name in a join shift each other's values within a batch (drizzle-orm #6038). */
export const aliased = <C extends Column>(column: C, name: string): SQL.Aliased<GetColumnData<C>> =>
  sql<GetColumnData<C>>`${column}`.mapWith(column).as(name)

/**
 * The places of a reach, each as a condition that drives an index; `[undefined]` for the whole street. They are asked
 * for one by one and merged: several in one condition, and the order of the index would be lost.
 */
export function placesOf(
  reach: Reach,
  columns: { readonly enterprise: SQLWrapper; readonly grid: SQLWrapper; readonly community: SQLWrapper },
): (SQL | undefined)[] {
  switch (reach.within) {
    case 'street':
      return [undefined]
    case 'communities':
      return reach.ids.map((id) => sql`${columns.community} = ${id}`)
    case 'grids':
      return reach.ids.map((id) => sql`${columns.grid} = ${id}`)
    case 'enterprise':
      return [sql`${columns.enterprise} = ${reach.ids[0]}`]
  }
}

/** Whether a condition holds, as a column of its own. */
export const truthOf = (condition: SQLWrapper): SQL<boolean> => sql`(${condition})`.mapWith(Boolean)

/** Whether a column is one of a few values, each given by a query of its own; an index on it still serves. */
export const anyOf = (column: SQLWrapper, values: readonly SQLWrapper[]): SQL =>
  sql`${column} in (${sql.join([...values], sql`, `)})`
