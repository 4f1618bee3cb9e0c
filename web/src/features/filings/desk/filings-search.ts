import { BoardFilter, FilingFilter } from '@app/shared/filings/filter'
import * as v from 'valibot'
import { part } from '../../../ui/desk/part'
import type { BoardQuery, FilingQuery } from '../queries'

const { communityId, gridId, kind, cursor } = FilingFilter.entries

/** The address of 企业材料: which of its lists, its filter and page. */
export const FilingsSearch = v.object({
  /** Left out for what units owe. */
  list: part(v.picklist(['filed', 'expiring'])),
  communityId: part(communityId),
  gridId: part(gridId),
  kind: part(kind),
  state: part(BoardFilter.entries.state),
  cursor: part(cursor),
  page: part(v.pipe(v.number(), v.integer(), v.minValue(1))),
})
export type FilingsSearch = v.InferOutput<typeof FilingsSearch>

const set = <T extends object>(query: T) =>
  // Safe: what is left out was undefined.
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)) as T

export const boardQueryOf = ({
  communityId: of,
  gridId: grid,
  kind: one,
  state,
  cursor: at,
}: FilingsSearch): BoardQuery => set({ communityId: of, gridId: grid, kind: one, state, cursor: at })

export const filingQueryOf = ({
  list,
  communityId: of,
  gridId: grid,
  kind: one,
  cursor: at,
}: FilingsSearch): FilingQuery =>
  set({
    communityId: of,
    gridId: grid,
    kind: list === 'expiring' ? undefined : one,
    cursor: at,
    expiring: list === 'expiring' ? 'yes' : undefined,
  }) as FilingQuery
