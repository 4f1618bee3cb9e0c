import { and, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import { canonical } from '@app/shared/events/chain'
import type { PersonId, PostId, StreetId } from '@app/shared/ids'
import type { NewPerson, NewPost } from '@app/shared/people/schema'
import { Problem } from '@app/shared/problem'
import { common, type Reach } from '@app/shared/reach'
import { startOfDay } from '@app/shared/time'
import { firstPassword, setPassword } from '../auth/credentials'
import { hashPassword } from '../auth/passwords'
import { endSessions } from '../auth/sessions'
import { type Db, type LedgerName, ledgers, openDirectory, openLedger } from '../db/client'
import { streetPosts, streets, users } from '../db/directory'
import { people, posts } from '../db/ledger'
import { among } from '../db/operators'
import { mentions } from '../db/refusals'
import type { Env } from '../env'
import { initialsOf } from '../pinyin'
import type { Statement } from '../tenancy/desk'
import { servesElsewhere } from './persons'
import { eachStep } from './steps'

interface Place {
  readonly streetId: StreetId
  readonly ledger: LedgerName
}

const minute = 60_000

/** A post as the directory keeps it: with all that the ledger is told of it. */
export type KeptPost = Omit<typeof streetPosts.$inferSelect, 'streetId' | 'userId' | 'state'>

/** The row of a new post. One whose first day is today begins at once, and not this morning. */
export function postRow(post: NewPost, now: number): KeptPost {
  const { id, role, reach, unitId, title, from, until } = post
  const begins = from === undefined ? now : startOfDay(from)
  return {
    id,
    role,
    reach,
    unitId,
    title,
    since: begins <= now ? now : begins,
    until: until === null ? null : startOfDay(until),
  }
}

/** The row of an account; who signs in needs a password or an invitation besides. */
export function userRow({ id, name, username }: Pick<NewPerson, 'id' | 'name' | 'username'>, now: number) {
  const at = new Date(now)
  return {
    id,
    name,
    username,
    displayUsername: username,
    email: `${username}@zhiben.invalid`,
    createdAt: at,
    updatedAt: at,
  }
}

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
  const { id, name, username, postId } = person
  const found = await directory
    .select({ id: users.id, username: users.username, post: streetPosts.id })
    .from(users)
    .leftJoin(streetPosts, and(eq(streetPosts.userId, users.id), eq(streetPosts.streetId, streetId)))
    .where(or(eq(users.username, username), eq(users.id, id)))
  // An id that is somebody's already is a repeated request of this street, or a hand stretched out for another's account.
  if (found.some((user) => user.id === id && (user.username !== username || !user.post)))
    throw new Problem('already-there')
  if (found.some((user) => user.id !== id)) throw usernameTaken()
  await refuseTakenPost(directory, { id: postId, streetId, personId: id })
  const password = await hashPassword(person.password)
  const post = postRow({ ...person, id: postId }, now)
  try {
    await directory.batch([
      directory.insert(users).values(userRow(person, now)).onConflictDoNothing({ target: users.id }),
      firstPassword(directory, id, { password, oneTime: true }, now),
      prepared(directory, streetId, id, post),
    ])
  } catch (error) {
    if (mentions(error, /UNIQUE .*users/)) throw usernameTaken()
    throw onePrincipal(error)
  }
  await finishAppointment(env, { streetId, ledger }, { id, name }, post, audit)
}

/** One more post for somebody of the street. Throws `not-found` for a stranger, `already-there` for a post's id that is taken. */
export async function addPost(
  env: Env,
  place: Place,
  personId: PersonId,
  post: NewPost,
  audit: Statement,
  now: number,
): Promise<void> {
  const { streetId, ledger } = place
  const directory = openDirectory(env)
  const [own] = await directory
    .select({ name: users.name })
    .from(streetPosts)
    .innerJoin(users, eq(users.id, streetPosts.userId))
    .where(and(eq(streetPosts.streetId, streetId), eq(streetPosts.userId, personId)))
    .limit(1)
  if (!own) throw new Problem('not-found')
  await refuseTakenPost(directory, { id: post.id, streetId, personId })
  const row = postRow(post, now)
  try {
    await prepared(directory, streetId, personId, row)
  } catch (error) {
    throw onePrincipal(error)
  }
  await finishAppointment(env, { streetId, ledger }, { id: personId, name: own.name }, row, audit)
}

/** Throws `already-there` for a post's id that is a colleague's: it would be passed over in silence. */
async function refuseTakenPost(
  directory: Db,
  { id, streetId, personId }: { id: PostId; streetId: StreetId; personId: PersonId },
): Promise<void> {
  const [taken] = await directory
    .select({ userId: streetPosts.userId })
    .from(streetPosts)
    .where(and(eq(streetPosts.streetId, streetId), eq(streetPosts.id, id)))
  if (taken && taken.userId !== personId) throw new Problem('already-there')
}

/** The statement that keeps a post whose ledger does not know it yet. */
export function prepared(directory: Db, streetId: StreetId, userId: PersonId, post: KeptPost) {
  return directory
    .insert(streetPosts)
    .values({ ...post, streetId, userId, state: 'preparing' })
    .onConflictDoNothing({ target: [streetPosts.streetId, streetPosts.id] })
}

/** What the ledger is told of a person and a post; said again, it changes nothing but a name that was corrected. */
export function ledgerRows(
  db: Db,
  streetId: StreetId,
  { id: personId, name }: { id: PersonId; name: string },
  post: KeptPost,
): [Statement, Statement] {
  const { id, role, reach, unitId, title, since, until } = post
  const enterpriseId = reach.within === 'enterprise' ? reach.ids[0] : null
  return [
    db
      .insert(people)
      .values({ streetId, id: personId, name, initials: initialsOf(name), since })
      // Known already by an earlier try or post: said again, so that the audit row has a change to stand on.
      .onConflictDoUpdate({ target: [people.streetId, people.id], set: { until: null } }),
    db
      .insert(posts)
      .values({ streetId, id, personId, role, reach, enterpriseId, unitId, title, since, until })
      .onConflictDoNothing(),
  ]
}

/** The ledger's part of an appointment, and then the opening of the post. */
export async function finishAppointment(
  env: Env,
  { streetId, ledger }: Place,
  person: { id: PersonId; name: string },
  post: KeptPost,
  audit?: Statement,
): Promise<void> {
  const db = openLedger(env, ledger)
  const [known, placed] = ledgerRows(db, streetId, person, post)
  await db.batch(audit ? [known, audit, placed] : [known, placed])
  await openDirectory(env)
    .update(streetPosts)
    .set({ state: 'active' })
    .where(and(eq(streetPosts.id, post.id), eq(streetPosts.streetId, streetId), eq(streetPosts.state, 'preparing')))
}

/** Finishes appointments that stopped half-way: all they need stands in the directory. */
export async function finishAppointments(env: Env, now: number): Promise<void> {
  const left = await openDirectory(env)
    .select({ post: streetPosts, ledger: streets.ledger, name: users.name })
    .from(streetPosts)
    .innerJoin(streets, and(eq(streets.id, streetPosts.streetId), eq(streets.state, 'active')))
    .innerJoin(users, eq(users.id, streetPosts.userId))
    .where(
      and(
        sql`${streetPosts.state} = 'preparing'`,
        lt(streetPosts.since, now - 10 * minute),
        isNull(streets.movingSince),
      ),
    )
    .limit(50)
  await eachStep(
    left.map(
      ({ post, ledger, name }) =>
        () =>
          finishAppointment(env, { streetId: post.streetId, ledger }, { id: post.userId, name }, post),
    ),
  )
}

interface NewReach {
  readonly id: PostId
  readonly reach: Reach
}

const sameReach = (one: Reach, other: Reach) => canonical(one) === canonical(other)

/**
 * The first step of giving posts of the street other reaches: each keeps what it has in common with the new one, so that
 * the gate never opens wider than the ledger tells, wherever what follows is cut off. Throws `not-found` for a post that
 * is not this street's.
 */
export async function narrowReach(env: Env, streetId: StreetId, changes: readonly NewReach[]): Promise<void> {
  const directory = openDirectory(env)
  const ids = changes.map(({ id }) => id)
  const own = await directory
    .select({ id: streetPosts.id, reach: streetPosts.reach })
    .from(streetPosts)
    .where(and(eq(streetPosts.streetId, streetId), inArray(streetPosts.id, ids), eq(streetPosts.state, 'active')))
  if (own.length < new Set(ids).size) throw new Problem('not-found')
  const narrower = changes.flatMap(({ id, reach }) => {
    const before = own.find((post) => post.id === id)?.reach ?? reach
    const both = common(before, reach)
    return sameReach(before, both) ? [] : [{ id, reach: both }]
  })
  await setReach(env, streetId, narrower)
}

/** The last step, behind the ledger: the new reaches are in force from the next request on. */
export async function setReach(env: Env, streetId: StreetId, changes: readonly NewReach[]): Promise<void> {
  const directory = openDirectory(env)
  const [first, ...others] = changes.map(({ id, reach }) =>
    directory
      .update(streetPosts)
      .set({ reach })
      .where(and(eq(streetPosts.streetId, streetId), eq(streetPosts.id, id))),
  )
  if (first) await directory.batch([first, ...others])
}

/** So many streets' posts are compared at a time: a run may ask the databases a bounded number of times. */
const streetsAtOnce = 50

/** Gives posts the reach that the ledger tells, where a change of it was cut off half-way. */
export async function settleReaches(env: Env, now: number): Promise<void> {
  const directory = openDirectory(env)
  const all = await directory
    .select({ id: streets.id, ledger: streets.ledger })
    .from(streets)
    .where(and(eq(streets.state, 'active'), isNull(streets.movingSince)))
  const some = [...ledgers(env).keys()].flatMap((ledger) => {
    const its = all.flatMap((street) => (street.ledger === ledger ? [street.id] : []))
    return Array.from({ length: Math.ceil(its.length / streetsAtOnce) }, (_, nth) => ({
      ledger,
      ids: its.slice(nth * streetsAtOnce, (nth + 1) * streetsAtOnce),
    }))
  })
  await eachStep(
    some.map(({ ledger, ids }) => async () => {
      const [held, told] = await Promise.all([
        directory
          .select({
            streetId: streetPosts.streetId,
            id: streetPosts.id,
            reach: streetPosts.reach,
            as: sql<string>`${streetPosts.reach}`,
          })
          .from(streetPosts)
          .where(and(among(streetPosts.streetId, ids), eq(streetPosts.state, 'active'))),
        openLedger(env, ledger)
          .select({ streetId: posts.streetId, id: posts.id, reach: posts.reach })
          .from(posts)
          .where(and(among(posts.streetId, ids), sql`(${posts.until} is null or ${posts.until} > ${now})`)),
      ])
      const reachOf = new Map(told.map(({ streetId, id, reach }) => [`${streetId} ${id}`, reach]))
      for (const { streetId, id, reach, as } of held) {
        const settled = reachOf.get(`${streetId} ${id}`)
        if (!settled || sameReach(settled, reach)) continue
        await directory
          .update(streetPosts)
          .set({ reach: settled })
          // As it was read: a change that is under way settles it itself.
          .where(and(eq(streetPosts.streetId, streetId), eq(streetPosts.id, id), sql`${streetPosts.reach} = ${as}`))
      }
    }),
  )
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
  await known(env, { streetId, ledger }, personId, audit, now)
  const hash = await hashPassword(password)
  await directory.batch([
    ...setPassword(directory, personId, { password: hash, oneTime: true }, now),
    endSessions(directory, personId),
  ])
}

/**
 * The end of a post: shut in the directory first, from the next request on, and then noted in the ledger. One that has
 * ended keeps its end; asked again, what the ledger was not told is told. Says whether that was anything.
 */
export async function endPost(
  env: Env,
  { streetId, ledger }: Place,
  { personId, postId }: { personId: PersonId; postId: PostId },
  audit: Statement,
  now: number,
): Promise<boolean> {
  const [ended] = await openDirectory(env)
    .update(streetPosts)
    .set({ state: 'ended', until: sql`min(coalesce(${streetPosts.until}, ${now}), ${now})` })
    .where(and(eq(streetPosts.id, postId), eq(streetPosts.streetId, streetId), eq(streetPosts.userId, personId)))
    .returning({ until: streetPosts.until })
  if (!ended) throw new Problem('not-found')
  const { until } = ended
  const db = openLedger(env, ledger)
  const theirs = and(eq(posts.streetId, streetId), eq(posts.personId, personId))
  const gone = and(
    eq(people.streetId, streetId),
    eq(people.id, personId),
    isNull(people.until),
    sql`not exists (select 1 from ${posts} where ${theirs} and ${posts.id} <> ${postId} and (${posts.until} is null or ${posts.until} > ${now}))`,
  )
  try {
    await db.batch([
      db
        .update(posts)
        .set({ until })
        .where(
          and(
            theirs,
            eq(posts.id, postId),
            sql`(${posts.until} is not ${until} or exists (select 1 from ${people} where ${gone}))`,
          ),
        ),
      // Fails where the ledger knew already, and with it the whole batch.
      audit,
      db
        .update(people)
        .set({ until: sql`(select max(${posts.until}) from ${posts} where ${theirs})` })
        .where(gone),
    ])
    return true
  } catch (error) {
    if (mentions(error, /subject_changed/)) return false
    throw error
  }
}

/** Notes in the street's audit that somebody of it is dealt with; throws `not-found` for anybody else. */
async function known(
  env: Env,
  { streetId, ledger }: Place,
  personId: PersonId,
  audit: Statement,
  now: number,
): Promise<void> {
  const elsewhere = servesElsewhere(personId, { ownerKind: 'street', ownerId: streetId }, now)
  const [post] = await openDirectory(env)
    .select({ state: streetPosts.state, elsewhere })
    .from(streetPosts)
    .where(and(eq(streetPosts.streetId, streetId), eq(streetPosts.userId, personId), eq(streetPosts.state, 'active')))
    .limit(1)
  if (!post) throw new Problem('not-found')
  // Whoever sets a password can sign in with it, and would come into every other unit too.
  if (post.elsewhere)
    throw new Problem(
      'rule-broken',
      '此人在其他单位也有岗位，不能由本街道重置密码：先由那个单位停用其岗位，重置后再恢复。',
    )
  const db = openLedger(env, ledger)
  const touched = db
    .update(people)
    .set({ id: personId })
    .where(and(eq(people.streetId, streetId), eq(people.id, personId)))
  await db.batch([touched, audit])
}

/** What an appointment failed by: that an enterprise has its one principal already is for people to know. */
export function onePrincipal(error: unknown): unknown {
  if (!mentions(error, /street_posts_principal/)) return error
  return new Problem(
    'rule-broken',
    '这家单位已有主要负责人账号：一家单位只有一名主要负责人。换人的，请先停用原负责人的岗位。',
  )
}

export function usernameTaken(): Problem {
  return new Problem('invalid-input', undefined, [{ pointer: '/username', detail: '这个用户名已经有人使用，请换一个' }])
}
