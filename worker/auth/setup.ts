import { timingSafeEqual } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { PersonId } from '@app/shared/ids'
import { Problem } from '@app/shared/problem'
import { openDirectory } from '../db/client'
import { operators, sessions, setups, users } from '../db/directory'
import { mentions } from '../db/refusals'
import type { Env } from '../env'
import { newId } from '../ids'
import { userRow, usernameTaken } from '../platform/posts'
import { sha256 } from '../sha256'
import { newAccount } from './account'
import { firstPassword } from './credentials'
import { forgiven, ofAddress, tooOften, tryUnder } from './limits'
import { requireGoodPassword } from './new-password'
import { hashPassword } from './passwords'
import { record } from './record'
import { type Opened, newSession, rememberDevice } from './sessions'
import type { Visit } from './visit'

/** Whether this deployment still waits for its first operator. */
export async function setupIsOpen(env: Env): Promise<boolean> {
  if (!env.SETUP_TOKEN) return false
  const directory = openDirectory(env)
  const [done, any] = await directory.batch([
    directory.select({ id: setups.id }).from(setups).where(eq(setups.id, 1)),
    directory.select({ id: operators.userId }).from(operators).limit(1),
  ])
  return done.length === 0 && any.length === 0
}

/**
 * Makes the first operator of a deployment, once for ever: of two at once one is made. Throws `not-found` when there
 * is nothing to set up, or for a wrong token, in the same words.
 */
export async function setUp(
  visit: Visit,
  { token, name, username, password }: { token: string; name: string; username: string; password: string },
  device: string,
): Promise<Opened> {
  const { env, now } = visit
  const counters = [ofAddress(visit)]
  const tried = await tryUnder(visit, counters)
  if (!tried.allowed) throw tooOften(tried, now)
  const open = await setupIsOpen(env)
  const [wanted, given] = await Promise.all([sha256(env.SETUP_TOKEN ?? ''), sha256(token)])
  if (!open || !timingSafeEqual(Buffer.from(wanted), Buffer.from(given))) throw new Problem('not-found')

  const owner = { ownerKind: 'platform', ownerId: 'platform' } as const
  const posts = [{ owner, role: 'operator' as const, unit: '' }]
  requireGoodPassword(password, { username, name, posts, policies: [] }, '/password')
  const id = newId<PersonId>('usr', now)
  const hash = await hashPassword(password)
  const account = newAccount({ id, username, name, password: hash, posts, policies: [] }, now)
  const opened = await newSession(visit, account, 'desk', device, false)
  try {
    await record(visit, { kind: 'set-up', actor: id, username, owners: [owner] }, (directory) => [
      directory.insert(setups).values({ id: 1, userId: id, at: now }),
      directory.insert(users).values(userRow({ id, name, username }, now)),
      firstPassword(directory, id, { password: hash, oneTime: false }, now),
      directory.insert(operators).values({ userId: id }),
      ...forgiven(directory, counters),
      directory.insert(sessions).values(opened.row),
      rememberDevice(directory, id, device, now),
    ])
  } catch (error) {
    if (mentions(error, /UNIQUE .*setups\.id/)) throw new Problem('not-found')
    if (mentions(error, /UNIQUE .*users\./)) throw usernameTaken()
    throw error
  }
  return opened
}
