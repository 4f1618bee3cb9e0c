import { MonthFilter } from '@app/shared/selfchecks/filter'
import { Month } from '@app/shared/time'
import * as v from 'valibot'
import { part } from '../../../ui/desk/part'

const { communityId, gridId, kind, done } = MonthFilter.entries

/** The address of 企业自查: which list, of which month, narrowed to what. */
export const SelfchecksSearch = v.object({
  view: part(v.picklist(['sample', 'signals'])),
  month: part(Month),
  communityId: part(communityId),
  gridId: part(gridId),
  kind: part(kind),
  done: part(done),
})
export type SelfchecksSearch = v.InferOutput<typeof SelfchecksSearch>
export type MonthSet = Pick<SelfchecksSearch, 'communityId' | 'gridId' | 'kind' | 'done'>

/** What the API is asked for such an address. */
export const filterOf = ({ communityId: c, gridId: g, kind: k, done: d }: MonthSet) => ({
  ...(c && { communityId: c }),
  ...(g && { gridId: g }),
  ...(k && { kind: k }),
  ...(d && { done: d }),
})
