import { and, eq, exists, isNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { InspectionId, PhotoId, StreetId } from '@app/shared/ids'
import type { Day } from '@app/shared/time'
import type { Db } from '../db/client'
import { insertWhere } from '../db/conditional'
import { drawAssignments, enterprises, inspectionFindings, inspectionPhotos, inspections, photos } from '../db/ledger'
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
  /** The day of the check, from which the unit's next turn is counted; null for a correction, which is no check. */
  readonly on: Day | null
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
      ...(on === null
        ? []
        : [
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
          ]),
      ...(row.kind === 'random' ? [settled(db, streetId, row)] : []),
    ],
  }
}

/** Settles what a random check was drawn for: of its unit every assignment of a draw that sent one of who took part. */
function settled(db: Db, streetId: StreetId, row: SignedRecord['row']): Statement {
  const sent = alias(drawAssignments, 'sent')
  const its = and(
    eq(sent.streetId, streetId),
    eq(sent.drawId, drawAssignments.drawId),
    eq(sent.enterpriseId, row.enterpriseId),
    among(sent.personId, [row.by, ...row.others]),
  )
  return db
    .update(drawAssignments)
    .set({ open: false, inspectionId: row.id })
    .where(
      and(
        eq(drawAssignments.streetId, streetId),
        eq(drawAssignments.enterpriseId, row.enterpriseId),
        // Spelled as a literal, or the index over what is open does not serve.
        sql`${drawAssignments.open} = 1`,
        exists(db.select({ id: sent.personId }).from(sent).where(its)),
      ),
    )
}
