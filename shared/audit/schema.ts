import * as v from 'valibot'
import { capabilities, type Capability } from '../capabilities'
import { Cursor } from '../hazards/schema'
import { PersonId } from '../ids'
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

/** One deed as the log keeps it. */
export const AuditLine = v.object({
  id: v.string(),
  at: v.number(),
  actor: v.string(),
  /** Null for somebody who is no longer known by name, and for the schedule. */
  name: v.nullable(v.string()),
  capability: v.string(),
  subject: v.string(),
  why: v.nullable(v.string()),
})
export type AuditLine = v.InferOutput<typeof AuditLine>

export const AuditPage = v.object({ items: v.array(AuditLine), next: v.nullable(v.string()) })
export type AuditPage = v.InferOutput<typeof AuditPage>
