import { and, eq, isNull, sql } from 'drizzle-orm'
import type { InspectionId, PhotoId } from '@app/shared/ids'
import type { Day } from '@app/shared/time'
import type { Db } from '../db/client'
import { insertWhere } from '../db/conditional'
import { enterprises, inspectionFindings, inspectionPhotos, inspections, photos } from '../db/ledger'
import { among } from '../db/operators'
import type { Statement } from './desk'
import { within } from './reach'
import type { Standpoint } from './writer'

/** A record as it is signed, with what hangs on it. */
export interface SignedRecord {
  readonly row: Omit<typeof inspections.$inferInsert, 'streetId' | 'latest'>
  /** The record in whose place it stands; null for a first one. */
  readonly corrected: InspectionId | null
  readonly findings: readonly Omit<typeof inspectionFindings.$inferInsert, 'streetId' | 'inspectionId'>[]
  readonly photos: readonly PhotoId[]
  /** The day of the check: until when the unit's next turn is counted. */
  readonly on: Day
}

/**
 * The statements that keep a record: those up to the one that has to touch a row, and those that follow its hazards. A
 * correction that comes second finds nothing to take the place of, which its own row then lacks too.
 */
export function signedStatements(
  db: Db,
  { streetId, reach }: Standpoint,
  { row, corrected, findings, photos: named, on }: SignedRecord,
): { before: Statement[]; after: Statement[] } {
  const unit = and(
    within('enterprises', streetId, reach),
    eq(enterprises.id, row.enterpriseId),
    eq(enterprises.gridId, row.gridId),
    isNull(enterprises.mergedInto),
  )
  const its =
    corrected === null ? undefined : and(within('inspections', streetId, reach), eq(inspections.id, corrected))
  return {
    before: [
      insertWhere(
        db,
        inspections,
        { ...row, streetId, latest: true },
        and(
          // A correction is about the place where the record lies, wherever the unit went since.
          its
            ? sql`exists (select 1 from ${inspections} where ${and(its, eq(inspections.latest, true))})`
            : sql`exists (select 1 from ${enterprises} where ${unit})`,
        ),
      ),
    ],
    after: [
      ...(its ? [db.update(inspections).set({ latest: false }).where(its)] : []),
      ...(findings.length > 0
        ? [
            db
              .insert(inspectionFindings)
              .values(findings.map((finding) => ({ ...finding, streetId, inspectionId: row.id }))),
          ]
        : []),
      ...(named.length > 0
        ? [
            db.insert(inspectionPhotos).values(named.map((photoId) => ({ streetId, inspectionId: row.id, photoId }))),
            db
              .update(photos)
              .set({ bound: true })
              .where(and(eq(photos.streetId, streetId), among(photos.id, named), eq(photos.bound, false))),
          ]
        : []),
      db
        .update(enterprises)
        .set({ inspectedOn: on })
        .where(
          and(
            eq(enterprises.streetId, streetId),
            eq(enterprises.id, row.enterpriseId),
            sql`coalesce(${enterprises.inspectedOn}, '') < ${on}`,
          ),
        ),
    ],
  }
}
