import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { SessionKind } from '@app/shared/accounts/policy'
import type { SetPasswordLink } from '@app/shared/accounts/schema'
import type { PersonId } from '@app/shared/ids'
import { Problem } from '@app/shared/problem'
import { hour } from '@app/shared/time'
import { type Db, openDirectory } from '../db/client'
import { invitations, sessions, users } from '../db/directory'
import { sha256 } from '../sha256'
import { findAccount, ownersOf } from './account'
import { setPassword } from './credentials'
import { forgiven, ofAddress, tooOften, tryUnder } from './limits'
import { requireGoodPassword } from './new-password'
import { hashPassword } from './passwords'
import { record } from './record'
import { newToken } from './secrets'
import { type Opened, endSessions, newSession, rememberDevice } from './sessions'
import type { Visit } from './visit'

/** How long a link is good: a first password may take a day to reach its owner, a reset is done while one waits. */
const goodFor = { first: 24 * hour, reset: hour / 6 } as const

/** What a link is made for. */
export interface Invitation {
  readonly userId: PersonId
  /** `first` for an account that has no password yet. */
  readonly purpose: keyof typeof goodFor
  /** Who makes it. */
  readonly by: PersonId
  readonly now: number
}

/** A link that sets a password, and the statements that make it good and all earlier ones of that person void. */
export async function newInvitation({ userId, purpose, by, now }: Invitation) {
  const token = newToken()
  const tokenHash = await sha256(token)
  const expiresAt = now + goodFor[purpose]
  // In the fragment, which no browser sends and no log sees.
  const link: SetPasswordLink = { path: `/set-password#${token}`, expiresAt }
  return {
    link,
    statements: (directory: Db) =>
      [
        directory.delete(invitations).where(and(eq(invitations.userId, userId), isNull(invitations.usedAt))),
        directory.insert(invitations).values({ tokenHash, userId, purpose, by, at: now, expiresAt }),
      ] as const,
  }
}

/** The same for a link that never was, was used, or is over. */
const useless = () => new Problem('not-found', '链接无效、已使用或已过期，请联系管理员重新生成。')

/** Sets the password that a link allows, once, and signs in. Throws `not-found`, `invalid-input` or `rate-limited`. */
export async function useInvitation(
  visit: Visit,
  { token, password }: { token: string; password: string },
  from: SessionKind,
  device: string,
): Promise<Opened> {
  const { now } = visit
  const directory = openDirectory(visit.env)
  const counters = [ofAddress(visit)]
  const tried = await tryUnder(visit, counters)
  if (!tried.allowed) throw tooOften(tried, now)
  const good = and(
    eq(invitations.tokenHash, await sha256(token)),
    isNull(invitations.usedAt),
    gt(invitations.expiresAt, now),
  )
  const theirs = sql`${users.id} = (select ${invitations.userId} from ${invitations} where ${good})`
  const account = await findAccount(directory, theirs, visit.device)
  if (!account) {
    await record(visit, { kind: 'link-used', result: 'refused' })
    throw useless()
  }
  requireGoodPassword(password, account, '/password')
  const hash = await hashPassword(password)
  const [used] = await directory.update(invitations).set({ usedAt: now }).where(good).returning()
  if (!used) throw useless()
  const renewed = { ...account, password: hash, oneTime: false, passwordAt: now }
  const opened = await newSession(visit, renewed, from, device, false)
  const { id, username } = account
  await record(visit, { kind: 'link-used', actor: id, username, owners: ownersOf(account) }, (db) => [
    ...forgiven(db, counters),
    ...setPassword(db, id, { password: hash, oneTime: false }, now),
    endSessions(db, id),
    db.insert(sessions).values(opened.row),
    ...(opened.row.stage === 'second-factor' ? [] : [rememberDevice(db, id, device, now)]),
  ])
  return opened
}
