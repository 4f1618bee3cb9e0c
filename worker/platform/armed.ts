import { sql } from 'drizzle-orm'
import type { DistrictId } from '@app/shared/ids'
import { type LedgerName, openLedger } from '../db/client'
import { jobs } from '../db/ledger'
import type { Env } from '../env'

/**
 * Puts a long job on its district's list, again if it was given up, and wakes the queue for it. What is told to the
 * directory first and not yet here, the sweeper puts here: `unless there`, so that what was given up stays so.
 */
export async function arm(
  env: Env,
  ledger: LedgerName,
  districtId: DistrictId,
  key: string,
  now: number,
  how: 'again' | 'unless there' = 'again',
): Promise<void> {
  const row = { districtId, key, state: 'waiting' as const, scheduledAt: now, wokenAt: now, attempts: 1 }
  const db = openLedger(env, ledger)
  const target = [jobs.districtId, jobs.key]
  const insert = db.insert(jobs).values(row)
  const armed = await (
    how === 'again'
      ? insert.onConflictDoUpdate({ target, set: { state: 'waiting', wokenAt: now, attempts: 1, error: null } })
      : // Done at a step before this one: there is more to do now.
        insert.onConflictDoUpdate({
          target,
          set: { state: 'waiting', wokenAt: now, attempts: 1 },
          setWhere: sql`${jobs.state} = 'done'`,
        })
  ).returning({ key: jobs.key })
  // Only a wake-up: what is lost here the next sweep finds.
  if (armed.length > 0) await env.JOBS.send({ districtId, key }).catch((error: unknown) => console.warn(String(error)))
}
