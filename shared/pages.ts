import * as v from 'valibot'

/** Rows that one query yielded in order, and whether it stopped for its limit with more behind. */
export interface Scanned<T> {
  readonly rows: readonly T[]
  readonly more: boolean
}

/**
 * One page out of several ordered lists, of the rows that are wanted. Each list may have been cut short; nothing is
 * shown that a row not yet read could stand before. `next` is the row to go on behind, null when all has been shown;
 * a page may hold fewer rows than `limit`, even none, and still have a next one.
 */
export function pageOf<T>(
  lists: readonly Scanned<T>[],
  order: (a: T, b: T) => number,
  wanted: (row: T) => boolean,
  limit: number,
): { items: T[]; next: T | null } {
  const ends = lists.flatMap(({ rows, more }) => (more ? rows.slice(-1) : []))
  const frontier = ends.sort(order)[0]
  const known = lists
    .flatMap(({ rows }) => rows)
    .filter((row) => frontier === undefined || order(row, frontier) <= 0)
    .sort(order)
  const items: T[] = []
  for (const [at, row] of known.entries()) {
    if (wanted(row)) items.push(row)
    if (items.length === limit) return { items, next: at < known.length - 1 || frontier !== undefined ? row : null }
  }
  return { items, next: frontier ?? null }
}

/** Where a page ended, as it travels in an address: what it is ordered by, then what breaks ties. */
export function writeCursor(key: string | number, id: string): string {
  return `${key}~${id}`
}

/** The two parts of a cursor, or null for a text that is none. */
export function readCursor(cursor: string): { key: string; id: string } | null {
  const [, key, id] = /^([\w-]{1,20})~(\w{1,60})$/.exec(cursor) ?? []
  return key && id ? { key, id } : null
}

/** A cursor as it is asked for; `readCursor` says whether it is one. */
export const Cursor = v.pipe(v.string(), v.maxLength(120))
