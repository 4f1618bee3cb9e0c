import { eq, lt, sql } from 'drizzle-orm'
import { type Limit, accountLimit, addressLimit, deviceLimit, factorLimit, mayTry } from '@app/shared/accounts/limits'
import type { PersonId } from '@app/shared/ids'
import { Problem } from '@app/shared/problem'
import { day } from '@app/shared/time'
import { type Db, openDirectory } from '../db/client'
import { signInLimits } from '../db/directory'
import type { Visit } from './visit'

/** A counter, and how far it goes. */
export interface Counted {
  readonly key: string
  readonly limit: Limit
}

export const ofAccount = (username: string): Counted => ({ key: `account:${username}`, limit: accountLimit })
export const ofAddress = ({ bucket }: Visit): Counted => ({ key: `address:${bucket}`, limit: addressLimit })
export const ofDevice = (username: string, device: string): Counted => ({
  key: `device:${username}:${device}`,
  limit: deviceLimit,
})
export const ofFactor = (id: PersonId): Counted => ({ key: `factor:${id}`, limit: factorLimit })

/** What became of a try: whether it may go on, and if not, whether it is the first that may not, and until when. */
export interface Tried {
  readonly allowed: boolean
  readonly first: boolean
  readonly shutUntil: number
}

/** Counts one try under each of the counters, all in one round trip and before anything is looked at. */
export async function tryUnder(visit: Visit, counters: readonly Counted[]): Promise<Tried> {
  const directory = openDirectory(visit.env)
  const found = await directory.batch(
    // Safe: there is one counter at least.
    counters.map((counter) => count(directory, counter, visit.now)) as never,
  )
  // Safe: each statement returns its one row.
  const rows = (found as unknown as (typeof signInLimits.$inferSelect)[][]).flat()
  const shut = rows.filter((row, at) => !mayTry(row, counters[at]?.limit ?? accountLimit))
  return {
    allowed: shut.length === 0,
    first: shut.some((row) => counters.some(({ key, limit }) => key === row.key && row.count === limit.most + 1)),
    shutUntil: Math.max(0, ...shut.map(({ shutUntil }) => shutUntil)),
  }
}

export function tooOften({ shutUntil }: Tried, now: number): Problem {
  const minutes = Math.max(1, Math.ceil((shutUntil - now) / 60_000))
  return Problem.tooOften(`尝试次数过多，请 ${minutes} 分钟后再试，或联系本单位管理员解除锁定。`, shutUntil - now)
}

/** `tried` of shared/accounts/limits.ts as one statement, so that tries made at once are all counted. */
function count(directory: Db, { key, limit }: Counted, now: number) {
  const t = signInLimits
  const over = sql`iif(${t.shutUntil} > 0, ${t.shutUntil} <= ${now}, ${t.lastAt} <= ${now - limit.within})`
  const next = sql`iif(${over}, 1, ${t.count} + 1)`
  const still = sql`(not ${over} and ${t.shutUntil} > ${now})`
  const shut = now + limit.shutFor
  return directory
    .insert(t)
    .values({ key, count: 1, lastAt: now, shutUntil: limit.most <= 1 ? shut : 0 })
    .onConflictDoUpdate({
      target: t.key,
      set: {
        count: next,
        lastAt: sql`iif(${still}, ${t.lastAt}, ${now})`,
        shutUntil: sql`iif(${still}, ${t.shutUntil}, iif(${next} >= ${limit.most}, ${shut}, 0))`,
      },
    })
    .returning()
}

/** What a good try takes off its counters: an account's is forgotten, of an address's only this one try. */
export function forgiven(directory: Db, counters: readonly Counted[]) {
  return counters.map(({ key, limit }) =>
    key.startsWith('address:')
      ? directory
          .update(signInLimits)
          .set({
            count: sql`max(0, ${signInLimits.count} - 1)`,
            // Shut by this very try, it opens again with it.
            shutUntil: sql`iif(${signInLimits.count} <= ${limit.most}, 0, ${signInLimits.shutUntil})`,
          })
          .where(eq(signInLimits.key, key))
      : directory.delete(signInLimits).where(eq(signInLimits.key, key)),
  )
}

/** Takes away counters that no longer count. */
export function clearOldLimits(directory: Db, now: number) {
  return directory
    .delete(signInLimits)
    .where(sql`${lt(signInLimits.shutUntil, now)} and ${lt(signInLimits.lastAt, now - 2 * day)}`)
}
