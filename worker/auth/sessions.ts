import { and, desc, eq, gt, ne } from 'drizzle-orm'
import {
  type NextStep,
  type SessionKind,
  composedPasswordDays,
  isLive,
  sessionKind,
  sessionSpans,
} from '@app/shared/accounts/policy'
import type { PersonId } from '@app/shared/ids'
import { Problem } from '@app/shared/problem'
import { day } from '@app/shared/time'
import { type Db, openDirectory } from '../db/client'
import { knownDevices, sessions } from '../db/directory'
import type { Env } from '../env'
import { newId } from '../ids'
import { sha256 } from '../sha256'
import { type Account, mustHaveFactor, policyOf, rolesOf } from './account'
import { newToken } from './secrets'
import type { Visit } from './visit'

const minute = 60_000
/** So long a right password waits for its second factor. */
const factorWait = 10 * minute

/** A session as it is handed out: the token goes into the cookie and nowhere else. */
export interface Opened {
  readonly token: string
  readonly expiresAt: number
  readonly next: NextStep | null
  readonly row: typeof sessions.$inferInsert
}

/** A new session for an account whose password was right; `proved` says whether its second factor was given as well. */
export async function newSession(
  visit: Visit,
  account: Account,
  from: SessionKind,
  device: string,
  proved: boolean,
): Promise<Opened> {
  const { now } = visit
  const policy = policyOf(account)
  const kind = sessionKind(from, rolesOf(account))
  const spans = sessionSpans(kind, policy)
  const next = nextStep(account, proved, now)
  const expiresAt = now + (next === 'second-factor' ? factorWait : spans.total)
  const token = newToken()
  const row = {
    id: newId('ses', now),
    token: await sha256(token),
    userId: account.id,
    expiresAt: new Date(expiresAt),
    ipAddress: visit.address,
    userAgent: visit.agent,
    createdAt: new Date(now),
    updatedAt: new Date(now),
    kind,
    stage: next === 'second-factor' || next === 'password' ? next : ('full' as const),
    deviceHash: device,
    idleFor: spans.idle,
    lastSeenAt: now,
    verifiedAt: next === 'second-factor' ? null : now,
    secondFactorAt: proved ? now : null,
  }
  return { token, expiresAt, next, row }
}

function nextStep(account: Account, proved: boolean, now: number): NextStep | null {
  if (account.secondFactor && !proved) return 'second-factor'
  const composed = policyOf(account).composedPasswords
  if (account.oneTime || (composed && account.passwordAt < now - composedPasswordDays * day)) return 'password'
  return mustHaveFactor(account) && !account.secondFactor ? 'enrol' : null
}

/** Remembers that a person signed in from a device. */
export function rememberDevice(directory: Db, userId: PersonId, deviceHash: string, lastAt: number) {
  return directory
    .insert(knownDevices)
    .values({ userId, deviceHash, lastAt })
    .onConflictDoUpdate({ target: [knownDevices.userId, knownDevices.deviceHash], set: { lastAt } })
}

export type SessionRow = typeof sessions.$inferSelect

/** The session a request comes with, whatever its stage; throws `unauthenticated` for none that stands. */
export async function sessionOf(
  env: Env,
  token: string | null,
  device: string | null,
  now: number,
): Promise<SessionRow> {
  if (!token) throw new Problem('unauthenticated')
  const [found] = await openDirectory(env).select().from(sessions).where(eq(sessions.token, token))
  if (!found || !stands(found, device, now)) throw new Problem('unauthenticated')
  return found
}

function stands(
  { expiresAt, lastSeenAt, idleFor, deviceHash }: SessionRow,
  device: string | null,
  now: number,
): boolean {
  return (
    isLive({ expiresAt: expiresAt.getTime(), lastSeenAt, idleFor }, now) &&
    (deviceHash === null || deviceHash === device)
  )
}

/** One's own sign-ins that stand, the newest first. */
export async function listSessions(env: Env, own: SessionRow, now: number) {
  const found = await openDirectory(env)
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, own.userId), eq(sessions.stage, 'full'), gt(sessions.expiresAt, new Date(now))))
    .orderBy(desc(sessions.createdAt))
    .limit(50)
  return found
    .filter((one) => isLive({ ...one, expiresAt: one.expiresAt.getTime() }, now))
    .map(({ id, kind, ipAddress, userAgent, createdAt, lastSeenAt, expiresAt }) => ({
      id,
      kind,
      current: id === own.id,
      address: ipAddress,
      agent: userAgent,
      at: createdAt.getTime(),
      lastSeenAt,
      expiresAt: expiresAt.getTime(),
    }))
}

/** All of a person's sessions but one, if one is named, end. */
export function endSessions(directory: Db, userId: PersonId, but?: string) {
  return directory
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), but === undefined ? undefined : ne(sessions.id, but)))
}
