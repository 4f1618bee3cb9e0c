import * as v from 'valibot'

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
