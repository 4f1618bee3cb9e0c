import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { insertWhere } from '../db/conditional'
import { enterprises, selfcheckFindings, selfchecks } from '../db/ledger'
import type { Statement } from './desk'
import { within } from './reach'
import type { Standpoint } from './writer'

/** A unit's check of itself as it is kept, with which item made which hazard. */
export interface SelfcheckRecord {
  readonly row: Omit<typeof selfchecks.$inferInsert, 'streetId'>
  readonly findings: readonly Omit<typeof selfcheckFindings.$inferInsert, 'streetId' | 'selfcheckId'>[]
}

/** The statement that has to touch a row, while the unit lies where it was read; and those that follow its hazards. */
export function selfcheckStatements(
  db: Db,
  { streetId, reach }: Standpoint,
  { row, findings }: SelfcheckRecord,
): { first: Statement; others: Statement[] } {
  const unit = and(
    within('enterprises', streetId, reach),
    eq(enterprises.id, row.enterpriseId),
    eq(enterprises.gridId, row.gridId),
    isNull(enterprises.mergedInto),
  )
  return {
    first: insertWhere(db, selfchecks, { ...row, streetId }, sql`exists (select 1 from ${enterprises} where ${unit})`),
    others:
      findings.length > 0
        ? [
            db
              .insert(selfcheckFindings)
              .values(findings.map((finding) => ({ ...finding, streetId, selfcheckId: row.id }))),
          ]
        : [],
  }
}
