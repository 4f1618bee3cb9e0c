const minute = 60_000

/** So many tries, then none for a while. */
export interface Limit {
  readonly most: number
  /** In milliseconds. */
  readonly shutFor: number
  /** Tries longer ago than this no longer count, in milliseconds. */
  readonly within: number
}

/** Tries of one account from devices that it never signed in from, known or unknown account alike. */
export const accountLimit: Limit = { most: 5, shutFor: 15 * minute, within: 24 * 60 * minute }
/** Tries of one account from a device that it did sign in from: its owner is not shut out by strangers who guess. */
export const deviceLimit: Limit = { most: 5, shutFor: 15 * minute, within: 24 * 60 * minute }
/** Failures from one address, whatever the accounts; an office behind one address mistypes less than this. */
export const addressLimit: Limit = { most: 30, shutFor: 15 * minute, within: 15 * minute }
/** Tries of one person's second factor. */
export const factorLimit: Limit = { most: 5, shutFor: 15 * minute, within: 24 * 60 * minute }

/** A counter as it is kept; `lastAt` and `shutUntil` in epoch milliseconds, 0 for not shut. */
export interface Counter {
  readonly count: number
  readonly lastAt: number
  readonly shutUntil: number
}

/**
 * The counter after one more try. Each try is counted before its password is looked at, so that tries made at once
 * are counted too. `worker/auth/limits.ts` says the same in SQL, in one statement.
 */
export function tried(seen: Counter | null, limit: Limit, now: number): Counter {
  const over = !seen || (seen.shutUntil > 0 ? seen.shutUntil <= now : seen.lastAt <= now - limit.within)
  const count = over ? 1 : seen.count + 1
  if (!over && seen.shutUntil > now) return { count, lastAt: seen.lastAt, shutUntil: seen.shutUntil }
  return { count, lastAt: now, shutUntil: count >= limit.most ? now + limit.shutFor : 0 }
}

/** Whether the try that made a counter what it is may go on. */
export function mayTry({ count }: Pick<Counter, 'count'>, { most }: Limit): boolean {
  return count <= most
}
