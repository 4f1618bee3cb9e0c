import type { HazardFilterInput } from '@app/shared/hazards/filter'
import { HazardFilter } from '@app/shared/hazards/filter'
import { isOpen } from '@app/shared/hazards/words'
import * as v from 'valibot'
import { part } from '../../../ui/desk/part'

const { state, level, overdue, dueBy, mine, plea, communityId, gridId, enterpriseId, category, sort, cursor } =
  HazardFilter.entries

/** The address of 隐患台账: its filter, order and page, and the record that is open. */
export const LedgerSearch = v.object({
  open: part(v.picklist(['yes', 'no'])),
  state: part(state),
  level: part(level),
  overdue: part(overdue),
  dueBy: part(dueBy),
  mine: part(mine),
  plea: part(plea),
  communityId: part(communityId),
  gridId: part(gridId),
  enterpriseId: part(enterpriseId),
  category: part(category),
  // The router reads a bare number out of an address as one.
  number: part(v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.maxLength(40))),
  sort: part(sort),
  cursor: part(cursor),
  page: part(v.pipe(v.number(), v.integer(), v.minValue(1))),
  record: part(v.string()),
})
export type LedgerSearch = v.InferOutput<typeof LedgerSearch>

/** What the search area sets; the rest of the address is about where one is in the list. */
export const filterKeys = [
  'state',
  'level',
  'overdue',
  'dueBy',
  'mine',
  'plea',
  'communityId',
  'gridId',
  'enterpriseId',
  'category',
  'number',
] as const
export type LedgerFilter = Pick<LedgerSearch, (typeof filterKeys)[number]>

/** Whether the address asks for what is still to be done; a state that ends it asks for the rest by itself. */
export function openOf({ open, state }: LedgerSearch): 'yes' | 'no' {
  return open ?? (state && !isOpen(state) ? 'no' : 'yes')
}

/** What the API is asked for such an address. */
export function filterOf({ page: _p, record: _r, ...address }: LedgerSearch): HazardFilterInput {
  const search = { ...address, open: openOf(address) }
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined))
}
