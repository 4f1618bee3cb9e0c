import { useState } from 'react'

/** The list a record was opened from: ids of its rows, the one that is open, and how to open another. */
export interface Rows {
  readonly ids: readonly string[]
  readonly current: string | undefined
  readonly open: (id: string) => void
}

/**
 * How to get to the rows beside the open one; null at the list's ends. A record that has just left the list, because
 * what it was filtered by is done, still has the neighbours that it had.
 */
export function useNeighbours(rows: Rows | undefined) {
  const [last, setLast] = useState<{ readonly id: string; readonly at: number } | null>(null)
  if (!rows || rows.current === undefined) return { back: null, on: null }
  const { ids, current, open } = rows
  const at = ids.indexOf(current)
  if (at !== -1 && (last?.id !== current || last.at !== at)) setLast({ id: current, at })
  const gone = at === -1 && last?.id === current
  const place = gone ? last.at : at
  const to = (id: string | undefined) => (place === -1 || id === undefined ? null : () => open(id))
  return { back: to(ids[place - 1]), on: to(ids[gone ? place : place + 1]) }
}
