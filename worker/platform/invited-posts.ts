import { and, desc, eq, gt, isNull, or, sql } from 'drizzle-orm'
import type { SessionKind, SecurityPolicy } from '@app/shared/accounts/policy'
import type { SetPasswordLink } from '@app/shared/accounts/schema'
import { roles } from '@app/shared/capabilities'
import type { InvitationId, PersonId, PostId, StreetId } from '@app/shared/ids'
import type { Invited, InvitedAccount, NewInvitation } from '@app/shared/people/invitations'
import { Problem } from '@app/shared/problem'
import { hour } from '@app/shared/time'
import { type Account, newAccount, ownersOf } from '../auth/account'
import { firstPassword } from '../auth/credentials'
import { forgiven, ofAddress, tooOften, tryUnder } from '../auth/limits'
import { requireGoodPassword } from '../auth/new-password'
import { hashPassword } from '../auth/passwords'
import { type Owner, record } from '../auth/record'
import { newToken } from '../auth/secrets'
import { type Opened, type SessionRow, newSession, rememberDevice } from '../auth/sessions'
import { accountOf } from '../auth/sign-in'
import type { Visit } from '../auth/visit'
import { type Db, openDirectory, openLedger } from '../db/client'
import { districts, invitedPosts, securityPolicies, sessions, streetPosts, streets, users } from '../db/directory'
import { auditLog } from '../db/ledger'
import { mentions } from '../db/refusals'
import type { Env } from '../env'
import { newId } from '../ids'
import { sha256 } from '../sha256'
import { finishAppointment, onePrincipal, postRow, prepared, userRow, usernameTaken } from './posts'

const t = invitedPosts

/** It stands: nobody accepted it, it was not withdrawn, and it is not over. */
const stands = (now: number) => and(isNull(t.takenBy), isNull(t.withdrawnAt), gt(t.expiresAt, now))

/**
 * A link to a post of the street, and the statement that makes it good. The same invitation again gets another link,
 * and the earlier one is void. Throws `already-there` for one that was accepted or withdrawn.
 */
export async function newInvitedPost(
  env: Env,
  streetId: StreetId,
  { id, hours, from, ...post }: NewInvitation,
  by: PersonId,
  now: number,
): Promise<{ link: SetPasswordLink; statements: (directory: Db) => readonly [ReturnType<typeof kept>] }> {
  const [known] = await openDirectory(env)
    .select({ takenBy: t.takenBy, withdrawnAt: t.withdrawnAt })
    .from(t)
    .where(and(eq(t.streetId, streetId), eq(t.id, id)))
  if (known && (known.takenBy !== null || known.withdrawnAt !== null)) throw new Problem('already-there')
  const token = newToken()
  const expiresAt = now + hours * hour
  const row = {
    ...post,
    streetId,
    id,
    postId: newId<PostId>('pst', now),
    from: from ?? null,
    tokenHash: await sha256(token),
    by,
    at: now,
    expiresAt,
  }
  // In the fragment, which no browser sends and no log sees.
  return { link: { path: `/accept#${token}`, expiresAt }, statements: (directory) => [kept(directory, row)] }
}

function kept(directory: Db, row: typeof invitedPosts.$inferInsert) {
  const { streetId: _s, id: _i, postId: _p, ...changed } = row
  return directory
    .insert(t)
    .values(row)
    .onConflictDoUpdate({ target: [t.streetId, t.id], set: changed, setWhere: isNull(t.takenBy) })
}

/** The street's invitations that stand, the newest first. */
export function invitedPostsOf(env: Env, streetId: StreetId, now: number) {
  return openDirectory(env)
    .select({
      id: t.id,
      role: t.role,
      reach: t.reach,
      title: t.title,
      from: t.from,
      until: t.until,
      at: t.at,
      expiresAt: t.expiresAt,
    })
    .from(t)
    .where(and(eq(t.streetId, streetId), stands(now)))
    .orderBy(desc(t.at), desc(t.id))
    .limit(100)
}

/** The statement that withdraws an invitation that stands; it returns a row where there was one. */
export const withdrawn = (directory: Db, streetId: StreetId, id: InvitationId, now: number) =>
  directory
    .update(t)
    .set({ withdrawnAt: now })
    .where(and(eq(t.streetId, streetId), eq(t.id, id), stands(now)))

/** Whether an invitation of the street stands. */
export async function isStanding(env: Env, streetId: StreetId, id: InvitationId, now: number): Promise<boolean> {
  const [found] = await openDirectory(env)
    .select({ id: t.id })
    .from(t)
    .where(and(eq(t.streetId, streetId), eq(t.id, id), stands(now)))
  return found !== undefined
}

/** The same for an invitation that never was, was accepted or withdrawn, or is over. */
const useless = () => new Problem('not-found', '邀请无效、已使用、已撤回或已过期，请联系邀请您的街道重新生成。')

/** What a token's invitation says, for `taker` also the one that was begun to be accepted. Throws `not-found`, `rate-limited`. */
async function found(visit: Visit, token: string, taker: PersonId | null) {
  const { env, now } = visit
  const tried = await tryUnder(visit, [ofAddress(visit)])
  if (!tried.allowed) throw tooOften(tried, now)
  const directory = openDirectory(env)
  const [one] = await directory
    .select({
      invitation: t,
      street: streets.name,
      slug: streets.slug,
      ledger: streets.ledger,
      district: districts.name,
      districtId: streets.districtId,
      shut: sql<number | null>`coalesce(${streets.movingSince}, ${streets.suspendedAt}, ${districts.suspendedAt})`,
    })
    .from(t)
    .innerJoin(streets, and(eq(streets.id, t.streetId), eq(streets.state, 'active')))
    .innerJoin(districts, eq(districts.id, streets.districtId))
    .where(
      and(
        eq(t.tokenHash, await sha256(token)),
        isNull(t.withdrawnAt),
        gt(t.expiresAt, now),
        or(isNull(t.takenBy), eq(t.takenBy, taker ?? ('' as PersonId))),
      ),
    )
  if (!one) {
    await record(visit, { kind: 'post-accepted', result: 'refused', actor: taker })
    throw useless()
  }
  await directory.batch(forgiven(directory, [ofAddress(visit)]) as never)
  if (one.shut !== null) throw new Problem('suspended', `${one.street}现在只能查看，请稍后再接受邀请。`)
  return one
}

/** What somebody is invited to by the link that they hold. Throws `not-found`. */
export async function invitedTo(visit: Visit, token: string): Promise<Invited> {
  const { invitation, street, district } = await found(visit, token, null)
  const { role, title, from, until, expiresAt } = invitation
  return { street, district, role, title, from, until, expiresAt }
}

type Found = Awaited<ReturnType<typeof found>>

/** Takes an invitation for somebody: of two at once one gets it. Throws `not-found` for the other. */
async function take({ env, now }: Visit, { streetId, id }: Found['invitation'], taker: PersonId): Promise<void> {
  const taken = await openDirectory(env)
    .update(t)
    .set({ takenBy: taker })
    .where(
      and(
        eq(t.streetId, streetId),
        eq(t.id, id),
        isNull(t.withdrawnAt),
        gt(t.expiresAt, now),
        or(isNull(t.takenBy), eq(t.takenBy, taker)),
      ),
    )
    .returning({ id: t.id })
  if (taken.length === 0) throw useless()
}

/** The steps of an appointment, the first of them with `more` and its lines in the records of all whose person it is. */
async function appointed(
  visit: Visit,
  { invitation, street, ledger }: Found,
  person: Pick<Account, 'id' | 'name' | 'username' | 'posts'>,
  more: (directory: Db) => Parameters<Db['batch']>[0][number][],
): Promise<void> {
  const { env, now } = visit
  const { streetId, postId, role, from, by, ...rest } = invitation
  const post = postRow({ ...rest, role, id: postId, from: from ?? undefined }, now)
  const own: Owner = { ownerKind: 'street', ownerId: streetId }
  const owners = [own, ...ownersOf(person).filter(({ ownerId }) => ownerId !== streetId)]
  const { id, name, username } = person
  const detail = `${street}：${roles[role].label}`
  await record(visit, { kind: 'post-accepted', actor: id, username, subject: id, owners, detail }, (directory) => [
    ...more(directory),
    prepared(directory, streetId, id, post),
  ])
  // Whoever invited has appointed; whoever accepted says so in the record of accounts.
  const line = { streetId, id: newId('aud', now), actor: by, capability: 'people.manage', subject: id, at: now }
  const audit = openLedger(env, ledger)
    .insert(auditLog)
    .values({ ...line, changed: sql`changes()` })
  await finishAppointment(env, { streetId, ledger }, { id, name }, post, audit)
}

/**
 * Accepts an invitation for who is signed in: the post is theirs besides all others. Asked again by them, it answers the
 * same. Throws `not-found`, or `rule-broken` for who runs the deployment.
 */
export async function acceptInvitation(visit: Visit, session: SessionRow, token: string): Promise<{ postId: PostId }> {
  if (session.stage !== 'full') throw new Problem('sign-in-unfinished')
  const account = await accountOf(visit, session)
  const one = await found(visit, token, account.id)
  const { postId, streetId } = one.invitation
  if (account.posts.some(({ owner }) => owner.ownerKind === 'platform'))
    throw new Problem('rule-broken', '平台运维账号不能兼任街道岗位，请另建账号接受。')
  await take(visit, one.invitation, account.id)
  const [there] = await openDirectory(visit.env)
    .select({ state: streetPosts.state })
    .from(streetPosts)
    .where(and(eq(streetPosts.streetId, streetId), eq(streetPosts.id, postId)))
  if (there && there.state !== 'preparing') return { postId }
  try {
    await appointed(visit, one, account, () => [])
  } catch (error) {
    throw onePrincipal(error)
  }
  return { postId }
}

/**
 * Makes an account with the post of an invitation as its first, and signs in. Throws `not-found`, or `invalid-input` for
 * a user name that is taken or a password that will not do.
 */
export async function openInvitedAccount(
  visit: Visit,
  { token, name, username, password }: InvitedAccount,
  from: SessionKind,
  device: string,
): Promise<Opened> {
  const { env, now } = visit
  const one = await found(visit, token, null)
  const { role, streetId } = one.invitation
  const directory = openDirectory(env)
  const of = (kind: Owner['ownerKind'], ownerId: string) =>
    and(eq(securityPolicies.ownerKind, kind), eq(securityPolicies.ownerId, ownerId))
  const [policies, known] = await directory.batch([
    directory
      .select()
      .from(securityPolicies)
      .where(or(of('street', streetId), of('district', one.districtId))),
    directory.select({ id: users.id }).from(users).where(eq(users.username, username)),
  ])
  const posts = [{ owner: { ownerKind: 'street', ownerId: streetId } as const, role, unit: one.slug }]
  // Safe: a policy's row holds a policy.
  const person = { username, name, posts, policies: policies as unknown as SecurityPolicy[] }
  requireGoodPassword(password, person, '/password')
  if (known.length > 0) throw usernameTaken()
  const id = newId<PersonId>('usr', now)
  const hash = await hashPassword(password)
  const account = newAccount({ ...person, id, password: hash }, now)
  await take(visit, one.invitation, id)
  const opened = await newSession(visit, account, from, device, false)
  try {
    await appointed(visit, one, account, (db) => [
      db.insert(users).values(userRow(account, now)),
      firstPassword(db, id, { password: hash, oneTime: false }, now),
      db.insert(sessions).values(opened.row),
      rememberDevice(db, id, device, now),
    ])
  } catch (error) {
    const taken = mentions(error, /UNIQUE .*users/)
    const refused = taken ? usernameTaken() : onePrincipal(error)
    if (refused === error) throw error
    // Somebody has just taken the name or the post, and so nobody has taken the invitation.
    await directory
      .update(t)
      .set({ takenBy: null })
      .where(and(eq(t.streetId, streetId), eq(t.takenBy, id)))
    throw refused
  }
  return opened
}
