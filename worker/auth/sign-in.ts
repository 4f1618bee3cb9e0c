import { and, eq, lt, sql } from 'drizzle-orm'
import { Problem } from '@app/shared/problem'
import { hour } from '@app/shared/time'
import { type Db, openDirectory } from '../db/client'
import { signInFailures, signInLog } from '../db/directory'
import type { Env } from '../env'
import { newId } from '../ids'
import { libraryOf, libraryPath } from './library'

/** After so many wrong passwords in a row an account is shut for a while, whoever guesses, known or unknown. */
export const lockAfter = 5
export const lockFor = hour / 4

/** One sentence for every wrong pair, so that nobody learns which user names there are. */
const wrongPair = `用户名或密码不正确。连续输错 ${lockAfter} 次，账号将锁定 15 分钟。`

export interface Asked {
  readonly env: Env
  readonly origin: string
  readonly headers: Headers
  readonly now: number
}

/** Signs in; answers with the headers that set the session's cookie. Throws `unauthenticated` or `rate-limited`. */
export async function signIn(
  asked: Asked,
  { username, password }: { username: string; password: string },
): Promise<Headers> {
  const directory = openDirectory(asked.env)
  const [seen] = await directory
    .select({ lockedUntil: signInFailures.lockedUntil })
    .from(signInFailures)
    .where(eq(signInFailures.username, username))
  if (seen && seen.lockedUntil > asked.now) {
    await note(directory, username, 'locked', asked.now)
    throw new Problem('unauthenticated', wrongPair)
  }
  const response = await send(asked, '/sign-in/username', { username, password, rememberMe: true })
  if (response.status === 429) throw new Problem('rate-limited', '登录过于频繁，请一分钟后再试。')
  if (!response.ok) {
    await directory.batch([failed(directory, username, asked.now), logged(directory, username, 'refused', asked.now)])
    throw new Problem('unauthenticated', wrongPair)
  }
  await directory.batch([
    directory.delete(signInFailures).where(eq(signInFailures.username, username)),
    logged(directory, username, 'signed-in', asked.now),
  ])
  return cookies(response)
}

/** Ends the session on the server and in the browser; without one there is nothing to end. */
export async function signOut(asked: Asked): Promise<Headers> {
  return cookies(await send(asked, '/sign-out', {}))
}

/**
 * Changes the password of who is signed in and ends all other sessions; this one goes on under a new token.
 * Throws `invalid-input` when the current password is wrong, which counts like a failed sign-in.
 */
export async function changePassword(
  asked: Asked,
  username: string,
  change: { current: string; next: string },
): Promise<Headers> {
  const directory = openDirectory(asked.env)
  const [seen] = await directory
    .select({ lockedUntil: signInFailures.lockedUntil })
    .from(signInFailures)
    .where(eq(signInFailures.username, username))
  const refused = new Problem('invalid-input', '当前密码不正确。', [{ pointer: '/current', detail: '当前密码不正确' }])
  if (seen && seen.lockedUntil > asked.now) throw refused
  const response = await send(asked, '/change-password', {
    currentPassword: change.current,
    newPassword: change.next,
    revokeOtherSessions: true,
  })
  if (response.status === 429) throw new Problem('rate-limited')
  if (!response.ok) {
    await failed(directory, username, asked.now)
    throw refused
  }
  await note(directory, username, 'password-changed', asked.now)
  return cookies(response)
}

/** Takes away failures that are long over, and the log's entries older than a year. */
export async function forgetOldSignIns(env: Env, now: number): Promise<void> {
  const directory = openDirectory(env)
  await directory.batch([
    directory
      .delete(signInFailures)
      .where(and(lt(signInFailures.lockedUntil, now), lt(signInFailures.lastAt, now - 24 * hour))),
    directory.delete(signInLog).where(lt(signInLog.at, now - 366 * 24 * hour)),
  ])
}

function failed(directory: Db, username: string, now: number) {
  const failures = sql`iif(${signInFailures.lockedUntil} > 0 and ${signInFailures.lockedUntil} <= ${now}, 1, ${signInFailures.failures} + 1)`
  return directory
    .insert(signInFailures)
    .values({ username, failures: 1, lastAt: now, lockedUntil: 0 })
    .onConflictDoUpdate({
      target: signInFailures.username,
      set: { failures, lastAt: now, lockedUntil: sql`iif(${failures} >= ${lockAfter}, ${now + lockFor}, 0)` },
    })
}

type Outcome = (typeof signInLog.$inferInsert)['outcome']

function logged(directory: Db, username: string, outcome: Outcome, at: number) {
  return directory.insert(signInLog).values({ id: newId('sig', at), username, outcome, at })
}

const note = (directory: Db, username: string, outcome: Outcome, at: number) => logged(directory, username, outcome, at)

function send({ env, origin, headers }: Asked, path: string, body: object): Promise<Response> {
  const own = new Headers({ 'content-type': 'application/json', origin })
  for (const name of ['cookie', 'user-agent']) {
    const value = headers.get(name)
    if (value) own.set(name, value)
  }
  // Cloudflare sets it; where nothing does, all guesses share one bucket.
  own.set('cf-connecting-ip', headers.get('cf-connecting-ip') ?? '127.0.0.1')
  return libraryOf(env, origin).handler(
    new Request(`${origin}${libraryPath}${path}`, { method: 'POST', headers: own, body: JSON.stringify(body) }),
  )
}

function cookies(response: Response): Headers {
  const kept = new Headers()
  for (const cookie of response.headers.getSetCookie()) kept.append('set-cookie', cookie)
  return kept
}
