import { eq, lt } from 'drizzle-orm'
import { isFresh } from '@app/shared/accounts/policy'
import type { Verification } from '@app/shared/accounts/schema'
import type { SignIn } from '@app/shared/people/schema'
import { Problem } from '@app/shared/problem'
import { day } from '@app/shared/time'
import { openDirectory } from '../db/client'
import { secondFactors, sessions, signInLog, users } from '../db/directory'
import type { Env } from '../env'
import { type Account, findAccount, ownersOf, policyOf } from './account'
import { setPassword } from './credentials'
import { newCodes, newFactor, takeCode, withoutFactor } from './factor'
import {
  type Counted,
  clearOldLimits,
  forgiven,
  ofAccount,
  ofAddress,
  ofDevice,
  ofFactor,
  tooOften,
  tryUnder,
} from './limits'
import { clearOldJoinings } from '../platform/joining'
import { requireGoodPassword } from './new-password'
import { hashPassword, nobodysHash, verifyPassword } from './passwords'
import { clearOldEvents, record } from './record'
import { type Opened, type SessionRow, endSessions, newSession, rememberDevice } from './sessions'
import type { Visit } from './visit'

/** One sentence for every wrong pair, so that nobody learns which user names there are. */
const wrongPair = '用户名或密码不正确。连续输错 5 次，将锁定 15 分钟。'
const wrongCode = () =>
  new Problem('invalid-input', '验证码不正确或已经用过。', [
    { pointer: '/code', detail: '验证码不正确或已经用过，请等下一个' },
  ])

/**
 * Signs in as far as a password goes. The try is counted before the password is looked at. A known and an unknown name
 * cost the same statements, the same hash, and get the same answer. The session that the browser came with, `previous`,
 * ends: nobody's sign-in goes on in one that somebody else may have planted. Throws `unauthenticated` or `rate-limited`.
 */
export async function signIn(
  visit: Visit,
  { username, password, from }: SignIn,
  device: string,
  previous: string | null,
): Promise<Opened> {
  const account = await findAccount(openDirectory(visit.env), eq(users.username, username), visit.device)
  const counters = countersOf(visit, username, account)
  const told = { kind: 'signed-in' as const, actor: account?.id ?? null, username, owners: ownersOf(account) }
  const tried = await tryUnder(visit, counters)
  if (!tried.allowed) {
    // Once is enough: what follows within the quarter of an hour tells nothing more.
    if (tried.first) await record(visit, { ...told, result: 'limited' })
    throw tooOften(tried, visit.now)
  }
  const right = await verifyPassword(account?.password ?? nobodysHash, password)
  if (!right || !account?.password) {
    await record(visit, { ...told, result: 'refused' })
    throw new Problem('unauthenticated', wrongPair)
  }
  const opened = await newSession(visit, account, from, device, false)
  const { row } = opened
  await record(
    { ...visit, device },
    { ...told, detail: opened.next === 'second-factor' ? '密码正确，等待第二因素' : null },
    (directory) => [
      ...forgiven(directory, counters),
      ...(previous ? [directory.delete(sessions).where(eq(sessions.token, previous))] : []),
      directory.insert(sessions).values(row),
      ...(row.stage === 'second-factor' ? [] : [rememberDevice(directory, account.id, device, visit.now)]),
    ],
  )
  return opened
}

/** Whoever signed in from this device before is not shut out by strangers; everybody else is counted by name and address. */
function countersOf(visit: Visit, username: string, account: Account | null): Counted[] {
  return account?.deviceKnown && visit.device
    ? [ofDevice(username, visit.device)]
    : [ofAccount(username), ofAddress(visit)]
}

/** Ends the session on the server; without one there is nothing to end. */
export async function signOut(visit: Visit, token: string | null): Promise<void> {
  if (!token) return
  const directory = openDirectory(visit.env)
  const [ended] = await directory
    .delete(sessions)
    .where(eq(sessions.token, token))
    .returning({ userId: sessions.userId })
  if (!ended) return
  const account = await findAccount(directory, eq(users.id, ended.userId), null)
  await record(visit, { kind: 'signed-out', ...whoOf(account) })
}

/** Gives the second factor to a session that waits for it; it goes on under another token. */
export async function giveFactor(visit: Visit, waiting: SessionRow, code: string): Promise<Opened> {
  if (waiting.stage !== 'second-factor') throw new Problem('rule-broken', '当前登录不需要第二因素。')
  const account = await accountOf(visit, waiting)
  await takeCounted(visit, account, code)
  const opened = await newSession(visit, account, waiting.kind, waiting.deviceHash ?? '', true)
  await record(visit, { kind: 'second-factor', ...whoOf(account), detail: codeKind(code) }, (directory) => [
    directory.delete(sessions).where(eq(sessions.id, waiting.id)),
    directory.insert(sessions).values(opened.row),
    ...forgiven(directory, [ofFactor(account.id)]),
    rememberDevice(directory, account.id, waiting.deviceHash ?? '', visit.now),
  ])
  return opened
}

/** Proves again who is there, for what asks for it. Throws `invalid-input`, or `rate-limited`. */
export async function verifyAgain(visit: Visit, session: SessionRow, given: Verification): Promise<void> {
  requireStage(session, 'full')
  const account = await accountOf(visit, session)
  if ('code' in given) await takeCounted(visit, account, given.code)
  else await requirePassword(visit, account, given.password, '/password')
  await record(visit, { kind: 'verified-again', ...whoOf(account) }, (directory) => [
    directory.update(sessions).set({ verifiedAt: visit.now }).where(eq(sessions.id, session.id)),
    ...('code' in given ? forgiven(directory, [ofFactor(account.id)]) : []),
  ])
}

/**
 * Changes the password of who is signed in and ends all their sessions; this one goes on under another token. Throws
 * `invalid-input` when the current password is wrong, which counts like a failed sign-in, or the next will not do.
 */
export async function changePassword(
  visit: Visit,
  session: SessionRow,
  { current, next }: { current: string; next: string },
): Promise<Opened> {
  if (session.stage === 'second-factor') throw new Problem('unauthenticated')
  const account = await accountOf(visit, session)
  await requirePassword(visit, account, current, '/current')
  if (next === current)
    throw new Problem('invalid-input', undefined, [{ pointer: '/next', detail: '新密码不能与当前密码相同' }])
  requireGoodPassword(next, account, '/next')
  const renewed = { ...account, oneTime: false, passwordAt: visit.now }
  const opened = await newSession(
    visit,
    renewed,
    session.kind,
    session.deviceHash ?? '',
    session.secondFactorAt !== null,
  )
  const password = await hashPassword(next)
  await record(visit, { kind: 'password-changed', ...whoOf(account) }, (directory) => [
    ...setPassword(directory, account.id, { password, oneTime: false }, visit.now),
    endSessions(directory, account.id),
    directory.insert(sessions).values(opened.row),
  ])
  return opened
}

/** Begins a second factor: its secret, shown this once, waits for a first code. Throws `verify-again`. */
export async function beginFactor(visit: Visit, session: SessionRow): Promise<{ uri: string; key: string }> {
  requireStage(session, 'full')
  const account = await accountOf(visit, session)
  if (!isFresh(session.verifiedAt, policyOf(account), visit.now)) throw new Problem('verify-again')
  const { sealed, uri, key } = await newFactor(visit.env, account.id, account.username)
  const [kept] = await openDirectory(visit.env)
    .insert(secondFactors)
    .values({ userId: account.id, secret: sealed })
    .onConflictDoUpdate({
      target: secondFactors.userId,
      set: { secret: sealed, lastStep: 0 },
      setWhere: eq(secondFactors.lastStep, 0),
    })
    .returning({ userId: secondFactors.userId })
  if (!kept) throw new Problem('rule-broken', '第二因素已经启用。如要换一部手机，请先停用再重新启用。')
  return { uri, key }
}

/** Takes a first code, which makes the factor count: recovery codes are shown this once, and other sessions end. */
export async function confirmFactor(
  visit: Visit,
  session: SessionRow,
  code: string,
): Promise<{ codes: string[]; opened: Opened }> {
  requireStage(session, 'full')
  const account = await accountOf(visit, session)
  await takeCounted(visit, account, code, true)
  const { codes, statements } = newCodes(visit.env, account.id)
  const opened = await newSession(
    visit,
    { ...account, secondFactor: true },
    session.kind,
    session.deviceHash ?? '',
    true,
  )
  await record(visit, { kind: 'factor-enrolled', ...whoOf(account) }, (directory) => [
    ...statements(directory),
    endSessions(directory, account.id),
    directory.insert(sessions).values(opened.row),
    ...forgiven(directory, [ofFactor(account.id)]),
  ])
  return { codes, opened }
}

/** Other recovery codes in the place of all earlier ones. Asks for the password. */
export async function renewCodes(visit: Visit, session: SessionRow, password: string): Promise<string[]> {
  requireStage(session, 'full')
  const account = await accountOf(visit, session)
  await requirePassword(visit, account, password, '/password')
  if (!account.secondFactor) throw new Problem('rule-broken', '还没有启用第二因素。')
  const { codes, statements } = newCodes(visit.env, account.id)
  await record(visit, { kind: 'codes-renewed', ...whoOf(account) }, statements)
  return codes
}

/** Takes the second factor away. Asks for the password; where a unit demands one, another is to be set up at once. */
export async function removeFactor(visit: Visit, session: SessionRow, password: string): Promise<void> {
  requireStage(session, 'full')
  const account = await accountOf(visit, session)
  await requirePassword(visit, account, password, '/password')
  await record(visit, { kind: 'factor-removed', ...whoOf(account) }, (directory) => [
    ...withoutFactor(directory, account.id),
    directory.update(sessions).set({ secondFactorAt: null }).where(eq(sessions.userId, account.id)),
  ])
}

/** Takes away counters that are long over, and lines of the record that have come of age. */
export async function forgetOldSignIns(env: Env, now: number): Promise<void> {
  const directory = openDirectory(env)
  // The schedule may be run ahead for an instant to come; people are signed in by the clock on the wall.
  const over = Math.min(now, Date.now()) - day
  await directory.batch([
    clearOldLimits(directory, now),
    ...clearOldJoinings(directory, now),
    directory.delete(signInLog).where(lt(signInLog.at, now - 366 * day)),
    directory.delete(sessions).where(lt(sessions.expiresAt, new Date(over))),
  ])
  await clearOldEvents(env, now)
}

/** Whose session it is. */
export async function accountOf(visit: Visit, session: SessionRow): Promise<Account> {
  const account = await findAccount(openDirectory(visit.env), eq(users.id, session.userId), visit.device)
  if (!account) throw new Problem('unauthenticated')
  return account
}

/** Throws unless a session got so far. */
function requireStage({ stage }: SessionRow, least: 'full'): void {
  if (stage === 'second-factor') throw new Problem('unauthenticated')
  if (stage !== least) throw new Problem('sign-in-unfinished', '请先修改密码。')
}

async function requirePassword(visit: Visit, account: Account, password: string, pointer: string): Promise<void> {
  const counters = [visit.device ? ofDevice(account.username, visit.device) : ofAccount(account.username)]
  const tried = await tryUnder(visit, counters)
  if (!tried.allowed) throw tooOften(tried, visit.now)
  if (!(await verifyPassword(account.password ?? nobodysHash, password))) {
    await record(visit, { kind: 'verified-again', result: 'refused', ...whoOf(account) })
    const detail = pointer === '/current' ? '当前密码不正确' : '密码不正确'
    throw new Problem('invalid-input', `${detail}。`, [{ pointer, detail }])
  }
  const directory = openDirectory(visit.env)
  // Safe: there is one counter.
  await directory.batch(forgiven(directory, counters) as never)
}

async function takeCounted(visit: Visit, account: Account, code: string, pending = false): Promise<void> {
  const tried = await tryUnder(visit, [ofFactor(account.id)])
  const told = { kind: 'second-factor' as const, ...whoOf(account), detail: codeKind(code) }
  if (!tried.allowed) {
    if (tried.first) await record(visit, { ...told, result: 'limited' })
    throw tooOften(tried, visit.now)
  }
  if (await takeCode(visit.env, account.id, code, visit.now, pending)) return
  await record(visit, { ...told, result: 'refused' })
  throw wrongCode()
}

const codeKind = (code: string) => (code.length > 6 ? '恢复码' : '动态码')

const whoOf = (account: Account | null) => ({
  actor: account?.id ?? null,
  username: account?.username ?? null,
  owners: ownersOf(account),
})
