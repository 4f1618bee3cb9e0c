import { securityKinds } from '@app/shared/accounts/words'
import { Day } from '@app/shared/time'
import * as v from 'valibot'
import { part } from '../../../ui/desk/part'

/** The filter of the record, as its address keeps it. */
export const AuditSearch = v.object({
  kind: part(v.picklist(securityKinds)),
  username: part(v.pipe(v.string(), v.maxLength(60))),
  from: part(Day),
  until: part(Day),
})
