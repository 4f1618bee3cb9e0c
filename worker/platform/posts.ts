import { and, eq, isNull, lt, or, sql } from 'drizzle-orm'
import type { PersonId, StreetId } from '@app/shared/ids'
import type { NewPerson } from '@app/shared/people/schema'
import { Problem } from '@app/shared/problem'
import type { Role } from '@app/shared/capabilities'
import type { Reach } from '@app/shared/reach'
import { hashPassword } from '../auth/passwords'
import { type LedgerName, openDirectory, openLedger } from '../db/client'
import { accounts, districtPosts, operators, sessions, streetPosts, streets, users } from '../db/directory'
import { people } from '../db/ledger'
import type { Env } from '../env'
import type { Statement } from '../tenancy/desk'
import { valuesOf } from './rows'

interface Place {
  readonly streetId: StreetId
  readonly ledger: LedgerName
}

const minute = 60_000

/**
 * An account with a post in a street, told to the directory and to the ledger in steps that may each be repeated: the
 * post is `preparing` until the ledger knows the person, and opened last. `audit` goes with the ledger's row.
 * Throws `already-there` for an id that is somebody else's, `invalid-input` for a user name that is taken.
 */
export async function appoint(
  env: Env,
  { streetId, ledger }: Place,
  person: NewPerson,
  audit: Statement,
  now: number,
): Promise<void> {
  const directory = openDirectory(env)
  const { id, name, username, role, reach } = person
  const at = new Date(now)
  const found = await directory
    .select({ id: users.id, username: users.username, post: streetPosts.userId })
    .from(users)
    .leftJoin(streetPosts, and(eq(streetPosts.userId, users.id), eq(streetPosts.streetId, streetId)))
    .where(or(eq(users.username, username), eq(users.id, id)))
  // An id that is somebody's already is a repeated request of this street, or a hand stretched out for another's account.
  if (found.some((user) => user.id === id && (user.username !== username || !user.post)))
    throw new Problem('already-there')
  if (found.some((user) => user.id !== id)) throw usernameTaken()
  const password = await hashPassword(person.password)
  try {
    await directory.batch([
      directory
        .insert(users)
        .values({
          id,
          name,
          username,
          displayUsername: username,
          email: `${username}@zhiben.invalid`,
          createdAt: at,
          updatedAt: at,
        })
        .onConflictDoNothing({ target: users.id }),
      directory
        .insert(accounts)
        .values({ id, accountId: id, providerId: 'credential', userId: id, password, createdAt: at, updatedAt: at })
        .onConflictDoNothing(),
      directory
        .insert(streetPosts)
        .values({ streetId, userId: id, role, reach, state: 'preparing', since: now })
        .onConflictDoNothing(),
    ])
  } catch (error) {
    if (error instanceof Error && /UNIQUE .*users/.test(String(error.cause))) throw usernameTaken()
    throw error
  }
  await admit(env, { streetId, ledger }, { id, name, role, reach }, now, audit)
}

/** The ledger's part of an appointment, and then the opening of the post. */
async function admit(
  env: Env,
  { streetId, ledger }: Place,
  { id, name, role, reach }: { id: PersonId; name: string; role: Role; reach: Reach },
  now: number,
  audit?: Statement,
): Promise<void> {
  const enterpriseId = reach.within === 'enterprise' ? reach.ids[0] : null
  const db = openLedger(env, ledger)
  const known = db
    .insert(people)
    .values({ streetId, id, name, role, enterpriseId, since: now })
    // Known already by an earlier try: said again, so that the audit row has a change to stand on.
    .onConflictDoUpdate({ target: [people.streetId, people.id], set: { role, enterpriseId } })
  await (audit ? db.batch([known, audit]) : known)
  await openDirectory(env)
    .update(streetPosts)
    .set({ state: 'active' })
    .where(and(eq(streetPosts.streetId, streetId), eq(streetPosts.userId, id), eq(streetPosts.state, 'preparing')))
}

/** Finishes appointments that stopped half-way: all they need stands in the directory. */
export async function finishAppointments(env: Env, now: number): Promise<void> {
  const left = await openDirectory(env)
    .select({
      streetId: streetPosts.streetId,
      ledger: streets.ledger,
      id: streetPosts.userId,
      name: users.name,
      role: streetPosts.role,
      reach: streetPosts.reach,
    })
    .from(streetPosts)
    .innerJoin(streets, eq(streets.id, streetPosts.streetId))
    .innerJoin(users, eq(users.id, streetPosts.userId))
    .where(
      and(eq(streetPosts.state, 'preparing'), lt(streetPosts.since, now - 10 * minute), isNull(streets.movingSince)),
    )
    .limit(50)
  for (const { streetId, ledger, ...person } of left) await admit(env, { streetId, ledger }, person, now)
}

/** Another password for somebody with a post in this street, and an end to all their sessions. Throws `not-found`. */
export async function resetPassword(
  env: Env,
  { streetId, ledger }: Place,
  personId: PersonId,
  password: string,
  audit: Statement,
  now: number,
): Promise<void> {
  const directory = openDirectory(env)
  await known(env, { streetId, ledger }, personId, audit)
  const hash = await hashPassword(password)
  const at = new Date(now)
  const its = and(eq(accounts.userId, personId), eq(accounts.providerId, 'credential'))
  // Who came with the street from another deployment has no credentials yet.
  const credential = {
    id: personId,
    account_id: personId,
    provider_id: 'credential',
    user_id: personId,
    password: hash,
  }
  const first = sql`select ${valuesOf(accounts, { ...credential, created_at: now, updated_at: now })}
    where not exists (select 1 from ${accounts} where ${its})`
  await directory.batch([
    directory.update(accounts).set({ password: hash, updatedAt: at }).where(its),
    directory.insert(accounts).select(first),
    directory.delete(sessions).where(eq(sessions.userId, personId)),
  ])
}

/** The end of a post: shut in the directory first, from the next request on, and then noted in the ledger. */
export async function endPost(
  env: Env,
  { streetId, ledger }: Place,
  personId: PersonId,
  audit: Statement,
  now: number,
): Promise<void> {
  const ended = await openDirectory(env)
    .update(streetPosts)
    .set({ state: 'ended' })
    .where(and(eq(streetPosts.streetId, streetId), eq(streetPosts.userId, personId)))
    .returning({ userId: streetPosts.userId })
  if (ended.length === 0) throw new Problem('not-found')
  const db = openLedger(env, ledger)
  await db.batch([
    db
      .update(people)
      .set({ until: now })
      .where(and(eq(people.streetId, streetId), eq(people.id, personId))),
    audit,
  ])
}

/** Notes in the street's audit that somebody of it is dealt with; throws `not-found` for anybody else. */
async function known(env: Env, { streetId, ledger }: Place, personId: PersonId, audit: Statement): Promise<void> {
  const elsewhere = sql<number>`exists (select 1 from ${operators} where ${eq(operators.userId, personId)})
    or exists (select 1 from ${districtPosts} where ${eq(districtPosts.userId, personId)})
    or (select count(*) from ${streetPosts} where ${eq(streetPosts.userId, personId)}) > 1`
  const [post] = await openDirectory(env)
    .select({ state: streetPosts.state, elsewhere })
    .from(streetPosts)
    .where(and(eq(streetPosts.streetId, streetId), eq(streetPosts.userId, personId), eq(streetPosts.state, 'active')))
  if (!post) throw new Problem('not-found')
  // Whoever sets a password can sign in with it, and would come into every other unit too.
  if (post.elsewhere) throw new Problem('rule-broken', '此人在其他单位也有岗位，不能由本街道重置密码，请联系平台运维。')
  const db = openLedger(env, ledger)
  const touched = db
    .update(people)
    .set({ id: personId })
    .where(and(eq(people.streetId, streetId), eq(people.id, personId)))
  await db.batch([touched, audit])
}

function usernameTaken(): Problem {
  return new Problem('invalid-input', undefined, [{ pointer: '/username', detail: '这个用户名已经有人使用，请换一个' }])
}
