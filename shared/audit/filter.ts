import * as v from 'valibot'
import { capabilities, type Capability } from '../capabilities'
import { PersonId } from '../ids'
import { Cursor } from '../pages'
import { Day } from '../time'

// Safe: the keys of the table of capabilities.
const names = Object.keys(capabilities) as [Capability, ...Capability[]]

/** What a page of the audit log shows; days are of China time, both included. */
export const AuditFilter = v.object({
  actor: v.optional(PersonId),
  capability: v.optional(v.picklist(names)),
  /** The id of what was dealt with. */
  subject: v.optional(v.pipe(v.string(), v.regex(/^[\w-]{1,80}$/, '编号格式不正确'))),
  from: v.optional(Day),
  to: v.optional(Day),
  cursor: v.optional(Cursor),
})
export type AuditFilter = v.InferOutput<typeof AuditFilter>
