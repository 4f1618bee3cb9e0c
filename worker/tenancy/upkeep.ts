import { and, eq, inArray, isNotNull, isNull, lte, ne, or, sql } from 'drizzle-orm'
import type { DistrictId, HazardId, StreetId } from '@app/shared/ids'
import { isDue, terms } from '@app/shared/retention'
import { day } from '@app/shared/time'
import type { Db } from '../db/client'
import {
  decisions,
  filingPhotos,
  hazardEvents,
  hazardPhotos,
  hazardRounds,
  hazards,
  holds,
  inspectionPhotos,
  photos,
  sealedColumns,
  type SealedColumn,
} from '../db/ledger'
import type { Statement } from './desk'
import type { Seals } from './seals'

/** What the schedule looks after in a street's rows: what is past its term, and what an old key sealed. */

/** What stands where words stood. */
const gone = '（已按保存期限清除）'

const held = (now: number) =>
  sql`exists (select 1 from ${holds} where ${and(
    eq(holds.streetId, hazards.streetId),
    eq(holds.hazardId, hazards.id),
    or(isNull(holds.until), sql`${holds.until} > ${now}`),
  )})`

/** Some hazards whose words and photos are past their term and that no hold keeps. */
export async function pastTerm(db: Db, streetId: StreetId, now: number, most: number): Promise<HazardId[]> {
  const { ordinary, major } = terms
  const ended = (days: number) => lte(hazardRounds.endedAt, now - days * day)
  const found = await db
    .select({ id: hazards.id, state: hazards.state, level: hazards.level, endedAt: hazardRounds.endedAt })
    .from(hazardRounds)
    .innerJoin(
      hazards,
      and(
        eq(hazards.streetId, hazardRounds.streetId),
        eq(hazards.id, hazardRounds.hazardId),
        eq(hazards.round, hazardRounds.round),
      ),
    )
    .where(
      and(
        eq(hazardRounds.streetId, streetId),
        isNull(hazards.erasedAt),
        ended(ordinary.days),
        or(eq(hazards.level, 'ordinary'), ended(major.days)),
        sql`not ${held(now)}`,
      ),
    )
    .limit(most)
  // The query only narrows; what is due, the rule says.
  return found.flatMap(({ id, ...one }) => (isDue(one, null, now) ? [id] : []))
}

/**
 * Erases a hazard's words and photos and keeps its number, its times and the seals of its events; `audit` asks whether
 * the hazard was still to be erased. Photos of no other hazard or paper are left to the sweeper, objects first and then rows.
 */
export function eraseRecord(
  db: Db,
  { districtId, streetId, hazardId }: { districtId: DistrictId; streetId: StreetId; hazardId: HazardId },
  audit: Statement,
  now: number,
): Statement[] {
  const its = and(eq(hazardPhotos.streetId, streetId), eq(hazardPhotos.hazardId, hazardId))
  const shared = sql`exists (select 1 from ${hazardPhotos} where ${and(
    eq(hazardPhotos.streetId, streetId),
    eq(hazardPhotos.photoId, photos.id),
    ne(hazardPhotos.hazardId, hazardId),
  )}) or exists (select 1 from ${filingPhotos} where ${and(
    eq(filingPhotos.streetId, streetId),
    eq(filingPhotos.photoId, photos.id),
  )})`
  return [
    db
      .update(hazards)
      .set({
        place: gone,
        description: gone,
        responsible: null,
        measures: null,
        funds: null,
        plan: null,
        measure: null,
        cover: null,
        erasedAt: now,
      })
      .where(
        and(
          eq(hazards.streetId, streetId),
          eq(hazards.id, hazardId),
          eq(hazards.open, false),
          isNull(hazards.erasedAt),
          sql`not ${held(now)}`,
        ),
      ),
    audit,
    db
      .update(hazardEvents)
      .set({ said: null, texts: null, salt: null })
      .where(
        and(
          eq(hazardEvents.streetId, streetId),
          eq(hazardEvents.hazardId, hazardId),
          or(isNotNull(hazardEvents.said), isNotNull(hazardEvents.texts), isNotNull(hazardEvents.salt)),
        ),
      ),
    db
      .update(decisions)
      .set({ words: gone, document: null })
      .where(
        and(eq(decisions.districtId, districtId), eq(decisions.streetId, streetId), eq(decisions.hazardId, hazardId)),
      ),
    // The check that it was found on names them too.
    db
      .delete(inspectionPhotos)
      .where(
        and(
          eq(inspectionPhotos.streetId, streetId),
          inArray(inspectionPhotos.photoId, db.select({ id: hazardPhotos.photoId }).from(hazardPhotos).where(its)),
        ),
      ),
    db
      .update(photos)
      // Older than the sweeper waits for anybody.
      .set({ bound: false, at: 0 })
      .where(
        and(
          eq(photos.streetId, streetId),
          inArray(photos.id, db.select({ id: hazardPhotos.photoId }).from(hazardPhotos).where(its)),
          sql`not (${shared})`,
        ),
      ),
    db.delete(hazardPhotos).where(its),
  ]
}

/**
 * Seals up to `most` ciphers of a street again that an older key sealed; answers how many it found. Each is replaced
 * only while it is still the one that was read, so that any number of runs, at once or cut off, lose nothing.
 */
export async function resealSome(db: Db, seals: Seals, streetId: StreetId, most: number): Promise<number> {
  let found = 0
  // Safe: the keys of the table of sealed columns.
  for (const column of Object.keys(sealedColumns) as SealedColumn[]) {
    const { table, sealed } = sealedColumns[column]
    const old = await db
      .select({ id: table.id, sealed })
      .from(table)
      .where(and(eq(table.streetId, streetId), isNotNull(sealed), sql`${sealed} not like ${`v${seals.newest}.%`}`))
      .limit(most - found)
    found += old.length
    const sealedAgain = await Promise.all(
      old.map(async ({ id, sealed: cipher }) => {
        const cell = { streetId, column, rowId: id }
        // Safe: the query asks for those that are there.
        return { id, cipher, fresh: await seals.seal(cell, await seals.open(cell, cipher as string)) }
      }),
    )
    const [first, ...others] = sealedAgain.map(({ id, cipher, fresh }) =>
      db
        .update(table)
        .set({ [sealedColumns[column].column]: fresh })
        // Safe: likewise.
        .where(and(eq(table.streetId, streetId), eq(table.id, id), eq(sealed, cipher as string))),
    )
    if (first) await db.batch([first, ...others])
    if (found >= most) break
  }
  return found
}
