import { CommunityId, EnterpriseId, GridId, PersonId } from '@app/shared/ids'
import { kinds } from '@app/shared/inspections/words'
import { keysOf } from '@app/shared/keys'
import { Day } from '@app/shared/time'
import * as v from 'valibot'
import { part } from '../../../ui/desk/part'

/**
 * The address of 检查记录: its filter and page. It is read before the page is, so it is built of words and ids alone
 * and not of the schemas of what the page shows.
 */
export const RecordsSearch = v.object({
  communityId: part(CommunityId),
  gridId: part(GridId),
  enterpriseId: part(EnterpriseId),
  kind: part(v.picklist(keysOf(kinds))),
  ending: part(v.picklist(['signed', 'refused'])),
  by: part(PersonId),
  findings: part(v.picklist(['yes', 'no'])),
  from: part(Day),
  to: part(Day),
  cursor: part(v.pipe(v.string(), v.maxLength(200))),
  page: part(v.pipe(v.number(), v.integer(), v.minValue(1))),
})
export type RecordsSearch = v.InferOutput<typeof RecordsSearch>
export type RecordsSet = Omit<RecordsSearch, 'cursor' | 'page'>

/** The address of one record: as it is read, or as one of its papers. */
export const RecordSearch = v.object({ paper: part(v.picklist(['check', 'notice'])) })
