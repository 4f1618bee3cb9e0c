import { sql } from 'drizzle-orm'
import type { Role } from '@app/shared/capabilities'
import { type DeedTimes, tell } from '@app/shared/hazards/effects'
import { type Deed, deeds } from '@app/shared/hazards/machine'
import type { PersonId, PhotoId } from '@app/shared/ids'
import type { Db } from '../db/client'
import { auditLog, hazardEvents } from '../db/ledger'
import { newId, newSalt } from '../ids'
import { sha256 } from '../sha256'
import type { Statement } from './desk'
import { type Standpoint, type Subject, Writer } from './writer'

/** A deed upon a hazard, as a store describes it. */
export interface DeedDone {
  readonly deed: Deed
  readonly round: number
  readonly times: DeedTimes
  readonly said: string | null
  readonly photos?: readonly PhotoId[]
}

/** One deed as one atomic batch: the hazard's change, its audit row, its event, and what hangs on it. */
export async function deedStatements(
  db: Db,
  stand: Standpoint,
  { id: actor, role }: { id: PersonId; role: Role },
  { deed, round, times, said, photos = [] }: DeedDone,
  build: (w: Writer) => [Subject, ...Statement[]],
): Promise<Statement[]> {
  const { streetId } = stand
  const [subject, ...additions] = build(new Writer(db, stand))
  const { id: hazardId, seq, before, after } = subject
  const event = await tell(
    subject.previous,
    { streetId, hazardId, seq, round, deed, actor, role, times, before, after, photos, said, salt: newSalt() },
    sha256,
  )
  const at = times.receivedAt
  const { capability } = deeds[deed]
  const audit = { streetId, id: newId('aud', at), actor, capability, subject: hazardId, at, changed: sql`changes()` }
  return [
    ...subject.statements(event.hash),
    // Right behind the change: it asks whether that touched a row, and lets the batch fail where it did not.
    db.insert(auditLog).values(audit),
    // Safe: `tell` returns the columns it was given beside those it made.
    db.insert(hazardEvents).values(event as typeof hazardEvents.$inferInsert),
    ...additions,
  ]
}
