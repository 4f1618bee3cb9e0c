import { and, asc, count, eq, isNotNull, or, sql } from 'drizzle-orm'
import type { SetPasswordLink } from '@app/shared/accounts/schema'
import type { DistrictId, PersonId, StreetId } from '@app/shared/ids'
import { planOf } from '@app/shared/onboarding/plan'
import type { NewDistrict, NewOverseer, NewStreet, StreetTrial, Suspension } from '@app/shared/onboarding/schema'
import { type FieldError, Problem } from '@app/shared/problem'
import { firstScheme } from '@app/shared/schemes/schema'
import { monthOf } from '@app/shared/time'
import { invite } from '../auth/invitations'
import { type Db, type LedgerName, ledgers, openDirectory, openLedger } from '../db/client'
import { accounts, districtPosts, districts, slugs, streetPosts, streets, users } from '../db/directory'
import { communities, grids, overseers, schemes } from '../db/ledger'
import type { Env } from '../env'
import { sha256 } from '../sha256'
import type { Statement } from '../tenancy/desk'
import { ledgerRows, postRow, userRow, usernameTaken } from './posts'

interface Home {
  readonly districtId: DistrictId
  readonly ledger: LedgerName
}

/** So many rows of places go to the ledger in one batch. */
const atOnce = 400

/** What stands in the directory under the names that a new tenant and its first person want. */
async function standing(
  directory: Db,
  tenant: { id: string; slug: string },
  person: { id: PersonId; username: string },
): Promise<FieldError[]> {
  // An account that is there already is this very onboarding's from an earlier try, or a hand stretched out for another's.
  const own = sql<number>`exists (select 1 from ${streetPosts} where ${and(eq(streetPosts.userId, person.id), sql`${streetPosts.streetId} = ${tenant.id}`)})
    or exists (select 1 from ${districtPosts} where ${and(eq(districtPosts.userId, person.id), sql`${districtPosts.districtId} = ${tenant.id}`)})`
  const [bySlug, people] = await directory.batch([
    directory.select({ id: slugs.id }).from(slugs).where(eq(slugs.slug, tenant.slug)),
    directory
      .select({ id: users.id, username: users.username, own })
      .from(users)
      .where(or(eq(users.username, person.username), eq(users.id, person.id))),
  ])
  const errors: FieldError[] = []
  if (bySlug.some(({ id }) => id !== tenant.id))
    errors.push({ pointer: '/slug', detail: '这个地址已经有人使用，请换一个' })
  const others = people.some(({ id, username, own }) => id !== person.id || username !== person.username || !own)
  if (others) errors.push({ pointer: '/admin/username', detail: '这个用户名已经有人使用，请换一个' })
  return errors
}

/** Looks at a new street without making anything: what would be made, and everything that is in its way, at once. */
export async function tryStreet(env: Env, home: Home, street: NewStreet): Promise<StreetTrial> {
  const { plan, errors } = planOf(street.rows)
  const directory = openDirectory(env)
  const [taken, [there]] = await Promise.all([
    standing(directory, street, street.admin),
    directory
      .select({ districtId: streets.districtId, slug: streets.slug, state: streets.state })
      .from(streets)
      .where(eq(streets.id, street.id)),
  ])
  const foreign = there && (there.districtId !== home.districtId || there.slug !== street.slug)
  return {
    communities: plan.communities.length,
    grids: plan.communities.reduce((sum, community) => sum + community.grids.length, 0),
    there: there?.state === 'active',
    errors: [...errors, ...taken, ...(foreign ? [{ pointer: '/id', detail: '这个编号已被使用，请刷新页面重试' }] : [])],
  }
}

/** A place of one name in one street has one id, so that the same file again is the same rows. */
async function placeId<Id extends string>(prefix: string, ...names: string[]): Promise<Id> {
  // Safe: the caller names the brand that belongs to its prefix.
  return `${prefix}_${(await sha256(names.join('\n'))).slice(0, 25)}` as Id
}

/**
 * Brings a street aboard: its name is taken in the directory, its places and its first administrator are written to the
 * ledger, and one write to the directory makes it visible. Killed anywhere it is repeated, and done again it changes
 * nothing. Throws `invalid-input` with all that is wrong, or `already-there` for a street that is aboard.
 */
export async function onboardStreet(
  env: Env,
  home: Home,
  street: NewStreet,
  audit: Statement,
  now: number,
): Promise<void> {
  const trial = await tryStreet(env, home, street)
  if (trial.errors.length > 0) throw new Problem('invalid-input', undefined, trial.errors)
  if (trial.there) throw new Problem('already-there', '这个街道已经开通。')
  const { id: streetId, name, shortName, slug, statCode, admin } = street
  const { districtId, ledger } = home
  const directory = openDirectory(env)
  const post = postRow(
    { id: admin.postId, role: 'street-admin', reach: { within: 'street' }, unitId: null, title: null, until: null },
    now,
  )
  try {
    await directory.batch([
      directory.insert(slugs).values({ slug, kind: 'street', id: streetId }).onConflictDoNothing(),
      directory
        .insert(streets)
        .values({ id: streetId, districtId, ledger, slug, name, shortName, statCode, state: 'preparing' })
        .onConflictDoUpdate({
          target: streets.id,
          set: { name, shortName, statCode },
          setWhere: sql`${streets.districtId} = ${districtId} and ${streets.state} = 'preparing'`,
        }),
      directory.insert(users).values(userRow(admin, now)).onConflictDoNothing({ target: users.id }),
      directory
        .insert(streetPosts)
        .values({ ...post, streetId, userId: admin.id, state: 'preparing' })
        .onConflictDoNothing(),
    ])
  } catch (error) {
    if (error instanceof Error && /UNIQUE .*users/.test(String(error.cause))) throw usernameTaken()
    if (error instanceof Error && /UNIQUE .*streets/.test(String(error.cause))) throw new Problem('stale')
    throw error
  }

  const db = openLedger(env, ledger)
  const rows: Statement[] = []
  let position = 0
  for (const [at, community] of planOf(street.rows).plan.communities.entries()) {
    const communityId = await placeId<(typeof communities.$inferInsert)['id']>('com', streetId, community.name)
    rows.push(
      db
        .insert(communities)
        .values({ streetId, id: communityId, name: community.name, statCode: community.statCode, position: at + 1 })
        .onConflictDoNothing(),
    )
    for (const grid of community.grids) {
      const id = await placeId<(typeof grids.$inferInsert)['id']>('grd', streetId, community.name, grid.name)
      position++
      rows.push(
        db
          .insert(grids)
          .values({ streetId, id, communityId, name: grid.name, code: grid.code, position })
          .onConflictDoNothing(),
      )
    }
  }
  for (let at = 0; at < rows.length; at += atOnce) {
    const [first, ...others] = rows.slice(at, at + atOnce)
    if (first) await db.batch([first, ...others])
  }
  const [person, placed] = ledgerRows(db, streetId, admin, post)
  await db.batch([person, audit, placed])

  await directory.batch([
    directory
      .update(streets)
      .set({ state: 'active' })
      .where(and(eq(streets.id, streetId), eq(streets.districtId, districtId), eq(streets.state, 'preparing'))),
    directory
      .update(streetPosts)
      .set({ state: 'active' })
      .where(
        and(eq(streetPosts.id, admin.postId), eq(streetPosts.streetId, streetId), eq(streetPosts.state, 'preparing')),
      ),
  ])
}

/** The ledger with the fewest districts. */
async function emptiest(env: Env, directory: Db): Promise<LedgerName> {
  const kept = await directory
    .select({ ledger: districts.ledger, n: count() })
    .from(districts)
    .groupBy(districts.ledger)
  const load = (name: LedgerName) => kept.find(({ ledger }) => ledger === name)?.n ?? 0
  const [least] = [...ledgers(env).keys()].toSorted((a, b) => load(a) - load(b) || (a < b ? -1 : 1))
  if (!least) throw new Error('wrangler.toml binds no ledger')
  return least
}

/**
 * Makes a district with its first administrator, in the same repeatable steps; its first scheme of scoring holds from
 * this month on. Throws `invalid-input`, `already-there`.
 */
export async function openDistrictFor(env: Env, district: NewDistrict, now: number): Promise<void> {
  const directory = openDirectory(env)
  const { id: districtId, name, slug, admin } = district
  const [errors, [there]] = await Promise.all([
    standing(directory, district, admin),
    directory
      .select({ state: districts.state, ledger: districts.ledger, slug: districts.slug })
      .from(districts)
      .where(eq(districts.id, districtId)),
  ])
  const wanted = district.ledger as LedgerName | undefined
  if (wanted && !ledgers(env).has(wanted)) errors.push({ pointer: '/ledger', detail: '没有这个数据库' })
  if (errors.length > 0) throw new Problem('invalid-input', undefined, errors)
  if (there && (there.state === 'active' || there.slug !== slug)) throw new Problem('already-there', '这个区已经开通。')
  const ledger = there?.ledger ?? wanted ?? (await emptiest(env, directory))
  try {
    await directory.batch([
      directory.insert(slugs).values({ slug, kind: 'district', id: districtId }).onConflictDoNothing(),
      directory
        .insert(districts)
        .values({ id: districtId, slug, name, ledger, state: 'preparing' })
        .onConflictDoNothing(),
      directory.insert(users).values(userRow(admin, now)).onConflictDoNothing({ target: users.id }),
      directory
        .insert(districtPosts)
        .values({ districtId, userId: admin.id, role: 'district-admin', sectors: null, state: 'preparing', since: now })
        .onConflictDoNothing(),
    ])
  } catch (error) {
    if (error instanceof Error && /UNIQUE .*users/.test(String(error.cause))) throw usernameTaken()
    throw error
  }
  const db = openLedger(env, ledger)
  const scheme = firstScheme(monthOf(now))
  await db.batch([
    db
      .insert(schemes)
      .values({ districtId, version: scheme.version, from: scheme.from, body: scheme })
      .onConflictDoNothing(),
    db
      .insert(overseers)
      .values({ districtId, id: admin.id, name: admin.name, role: 'district-admin', since: now })
      .onConflictDoNothing(),
  ])
  await directory.batch([
    directory
      .update(districts)
      .set({ state: 'active' })
      .where(and(eq(districts.id, districtId), eq(districts.state, 'preparing'))),
    opened(directory, districtId, admin.id),
  ])
}

const opened = (directory: Db, districtId: DistrictId, userId: PersonId) =>
  directory
    .update(districtPosts)
    .set({ state: 'active' })
    .where(
      and(
        eq(districtPosts.districtId, districtId),
        eq(districtPosts.userId, userId),
        eq(districtPosts.state, 'preparing'),
      ),
    )

/** An account in a district: told to the directory, then to the ledger with `audit`, and its post opened last. */
export async function appointOverseer(
  env: Env,
  { districtId, ledger }: Home,
  person: NewOverseer & { sectors: string[] | null },
  audit: Statement,
  now: number,
): Promise<void> {
  const directory = openDirectory(env)
  const { id, name, username, role, unitId, sectors } = person
  const found = await directory
    .select({ id: users.id, username: users.username, post: districtPosts.state })
    .from(users)
    .leftJoin(districtPosts, and(eq(districtPosts.userId, users.id), eq(districtPosts.districtId, districtId)))
    .where(or(eq(users.username, username), eq(users.id, id)))
  if (found.some((user) => user.id === id && (user.username !== username || !user.post)))
    throw new Problem('already-there')
  if (found.some((user) => user.id !== id)) throw usernameTaken()
  try {
    await directory.batch([
      directory.insert(users).values(userRow(person, now)).onConflictDoNothing({ target: users.id }),
      directory
        .insert(districtPosts)
        .values({ districtId, userId: id, role, sectors, state: 'preparing', since: now })
        .onConflictDoNothing(),
    ])
  } catch (error) {
    if (error instanceof Error && /UNIQUE .*users/.test(String(error.cause))) throw usernameTaken()
    throw error
  }
  const db = openLedger(env, ledger)
  await db.batch([
    db
      .insert(overseers)
      .values({ districtId, id, name, role, unitId, since: now })
      .onConflictDoUpdate({ target: [overseers.districtId, overseers.id], set: { role, unitId, until: null } }),
    audit,
  ])
  await opened(directory, districtId, id)
}

/** The end of somebody's post in a district, in the directory first. Throws `not-found`. */
export async function endOverseer(
  env: Env,
  { districtId, ledger }: Home,
  personId: PersonId,
  audit: Statement,
  now: number,
): Promise<void> {
  const ended = await openDirectory(env)
    .update(districtPosts)
    .set({ state: 'ended', until: now })
    .where(
      and(
        eq(districtPosts.districtId, districtId),
        eq(districtPosts.userId, personId),
        eq(districtPosts.state, 'active'),
      ),
    )
    .returning({ id: districtPosts.userId })
  if (ended.length === 0) throw new Problem('not-found')
  const db = openLedger(env, ledger)
  await db.batch([
    db
      .update(overseers)
      .set({ until: now })
      .where(and(eq(overseers.districtId, districtId), eq(overseers.id, personId))),
    audit,
  ])
}

/** Stops a tenant, which then reads and does not write, or lets it go on. Throws `not-found`. */
export async function suspend(
  env: Env,
  tenant: { kind: 'district'; id: DistrictId } | { kind: 'street'; id: StreetId },
  { suspended, why }: Suspension,
  now: number,
): Promise<void> {
  const directory = openDirectory(env)
  const change = suspended
    ? { suspendedAt: sql<number>`coalesce(suspended_at, ${now})`, suspendedWhy: why }
    : { suspendedAt: null, suspendedWhy: null }
  const found =
    tenant.kind === 'district'
      ? await directory.update(districts).set(change).where(eq(districts.id, tenant.id)).returning({ id: districts.id })
      : await directory.update(streets).set(change).where(eq(streets.id, tenant.id)).returning({ id: streets.id })
  if (found.length === 0) throw new Problem('not-found')
}

/**
 * A link with which somebody who was just appointed sets a first password. Throws `already-there` for who has one: a
 * link would take the account out of its owner's hands.
 */
export async function firstLink(env: Env, userId: PersonId, by: PersonId, now: number): Promise<SetPasswordLink> {
  const [has] = await openDirectory(env)
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.userId, userId), isNotNull(accounts.password)))
  if (has) throw new Problem('already-there', '此人已经设置过密码，不再生成链接。')
  return invite(env, { userId, purpose: 'first', by, now })
}

/** The district's streets as the directory knows them, those that are still being prepared included. */
export function streetsIn(env: Env, districtId: DistrictId) {
  return openDirectory(env)
    .select({
      id: streets.id,
      slug: streets.slug,
      name: streets.name,
      shortName: streets.shortName,
      statCode: streets.statCode,
      state: streets.state,
      suspendedAt: streets.suspendedAt,
      suspendedWhy: streets.suspendedWhy,
      movingSince: streets.movingSince,
    })
    .from(streets)
    .where(eq(streets.districtId, districtId))
    .orderBy(asc(streets.slug))
}
