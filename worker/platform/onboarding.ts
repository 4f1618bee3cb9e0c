import { and, count, eq, isNull, or, sql } from 'drizzle-orm'
import type { DistrictId, PersonId, StreetId } from '@app/shared/ids'
import { planOf } from '@app/shared/onboarding/plan'
import type { NewDistrict, NewOverseer, NewStreet, StreetTrial, Suspension } from '@app/shared/onboarding/schema'
import type { UnitCard } from '@app/shared/organisation/schema'
import { sectorsOf } from '@app/shared/organisation/units'
import { type FieldError, Problem } from '@app/shared/problem'
import { firstScheme } from '@app/shared/schemes/schema'
import { monthOf } from '@app/shared/time'
import { type Db, type LedgerName, ledgers, openDirectory, openLedger } from '../db/client'
import { districtPosts, districts, slugs, streetPosts, streets, users } from '../db/directory'
import { communities, districtUnits, grids, overseers, schemes } from '../db/ledger'
import { insertWhere } from '../db/conditional'
import { among } from '../db/operators'
import { mentions } from '../db/refusals'
import type { Env } from '../env'
import { sha256 } from '../sha256'
import type { Statement } from '../tenancy/desk'
import { ledgerRows, postRow, userRow, usernameTaken } from './posts'
import { insertions, type Row } from './rows'
import { clearDistrict, clearStreet } from './unfinished'

interface Home {
  readonly districtId: DistrictId
  readonly ledger: LedgerName
}

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
  return (await triedStreet(env, home, street)).trial
}

async function triedStreet(env: Env, home: Home, street: NewStreet) {
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
  const trial: StreetTrial = {
    communities: plan.communities.length,
    grids: plan.communities.reduce((sum, community) => sum + community.grids.length, 0),
    there: !foreign && there?.state === 'active',
    errors: [...errors, ...taken, ...(foreign ? [{ pointer: '/id', detail: '这个编号已被使用，请刷新页面重试' }] : [])],
  }
  return { trial, there }
}

/** A place of one name in one street has one id, so that the same file again is the same rows. */
async function placeId(prefix: 'com' | 'grd', ...names: string[]): Promise<string> {
  return `${prefix}_${(await sha256(names.join('\n'))).slice(0, 25)}`
}

/** What stops an activation: somebody took the tenant away meanwhile, or was first. */
function requireOpened(opened: readonly unknown[]): void {
  if (opened.length === 0) throw new Problem('stale')
}

/**
 * Brings a street aboard: its name is taken in the directory, its places and its first administrator are written to the
 * ledger, and one write to the directory makes it visible. Killed anywhere it is repeated, from the beginning: what an
 * earlier try left, perhaps of another file or for another administrator, goes first. Throws `invalid-input` with all
 * that is wrong, `already-there` for a street that is aboard, or `stale` for the later of two at once.
 */
export async function onboardStreet(
  env: Env,
  home: Home,
  street: NewStreet,
  audit: Statement,
  now: number,
): Promise<void> {
  const { trial, there } = await triedStreet(env, home, street)
  if (trial.errors.length > 0) throw new Problem('invalid-input', undefined, trial.errors)
  if (trial.there) throw new Problem('already-there', '这个街道已经开通。')
  const { id: streetId, name, shortName, slug, statCode, admin } = street
  const { districtId, ledger } = home
  if (there) await clearStreet(env, { id: streetId, ledger })
  const directory = openDirectory(env)
  const post = postRow(
    { id: admin.postId, role: 'street-admin', reach: { within: 'street' }, unitId: null, title: null, until: null },
    now,
  )
  try {
    await directory.batch([
      directory.insert(slugs).values({ slug, kind: 'street', id: streetId }),
      directory
        .insert(streets)
        .values({ id: streetId, districtId, ledger, slug, name, shortName, statCode, state: 'preparing' }),
      directory.insert(users).values(userRow(admin, now)),
      directory.insert(streetPosts).values({ ...post, streetId, userId: admin.id, state: 'preparing' }),
    ])
  } catch (error) {
    throw collided(error)
  }

  const db = openLedger(env, ledger)
  const [inCommunities, inGrids]: [Row[], Row[]] = [[], []]
  for (const [at, community] of planOf(street.rows).plan.communities.entries()) {
    const id = await placeId('com', streetId, community.name)
    inCommunities.push([streetId, id, community.name, community.statCode, at + 1])
    for (const grid of community.grids) {
      const gridId = await placeId('grd', streetId, community.name, grid.name)
      inGrids.push([streetId, gridId, id, grid.name, grid.code, inGrids.length + 1])
    }
  }
  const [person, placed] = ledgerRows(db, streetId, admin, post)
  // One batch, so that there is a street with its line in the log, or neither.
  await db.batch([
    person,
    audit,
    placed,
    ...insertions(db, communities, ['street_id', 'id', 'name', 'stat_code', 'position'], inCommunities),
    ...insertions(db, grids, ['street_id', 'id', 'community_id', 'name', 'code', 'position'], inGrids),
  ])

  const [opened] = await directory.batch([
    directory
      .update(streets)
      .set({ state: 'active' })
      .where(and(eq(streets.id, streetId), eq(streets.districtId, districtId), eq(streets.state, 'preparing')))
      .returning({ id: streets.id }),
    directory
      .update(streetPosts)
      .set({ state: 'active' })
      .where(
        and(eq(streetPosts.id, admin.postId), eq(streetPosts.streetId, streetId), eq(streetPosts.state, 'preparing')),
      ),
  ])
  requireOpened(opened)
}

/** What a name that was taken at this very moment is answered with. */
function collided(error: unknown): unknown {
  if (mentions(error, /UNIQUE .*users/)) return usernameTaken()
  if (mentions(error, /UNIQUE .*(slugs|streets|districts)/)) return new Problem('stale')
  return error
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
 * this month on. Throws `invalid-input`, `already-there`, `stale`.
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
  if (there) await clearDistrict(env, { id: districtId, ledger: there.ledger })
  const ledger = wanted ?? (await emptiest(env, directory))
  try {
    await directory.batch([
      directory.insert(slugs).values({ slug, kind: 'district', id: districtId }),
      directory.insert(districts).values({ id: districtId, slug, name, ledger, state: 'preparing' }),
      directory.insert(users).values(userRow(admin, now)),
      directory.insert(districtPosts).values({
        districtId,
        userId: admin.id,
        role: 'district-admin',
        sectors: null,
        state: 'preparing',
        since: now,
      }),
    ])
  } catch (error) {
    throw collided(error)
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
  const [active] = await directory.batch([
    directory
      .update(districts)
      .set({ state: 'active' })
      .where(and(eq(districts.id, districtId), eq(districts.state, 'preparing')))
      .returning({ id: districts.id }),
    opened(directory, districtId, admin.id),
  ])
  requireOpened(active)
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

const sameSectors = (a: readonly string[] | null, b: readonly string[] | null) =>
  JSON.stringify(a?.toSorted() ?? null) === JSON.stringify(b?.toSorted() ?? null)

/** Holds while a member unit of the district is still as it was read. */
export const unitStands = (districtId: DistrictId, { id, leads, joins }: Pick<UnitCard, 'id' | 'leads' | 'joins'>) =>
  and(
    eq(districtUnits.districtId, districtId),
    eq(districtUnits.id, id),
    eq(districtUnits.leads, [...leads]),
    eq(districtUnits.joins, [...joins]),
    isNull(districtUnits.retiredOn),
  )

/**
 * An account in a district: told to the directory, then to the ledger with `audit`, and its post opened last. Somebody of
 * a member unit sees its sectors. Throws `already-there`, `invalid-input` for a user name that is taken, `rule-broken` for
 * who has another post here, or had one, and `stale` when the unit was changed or retired meanwhile.
 */
export async function appointOverseer(
  env: Env,
  { districtId, ledger }: Home,
  person: NewOverseer,
  unit: Pick<UnitCard, 'id' | 'leads' | 'joins'> | null,
  audit: Statement,
  now: number,
): Promise<void> {
  const directory = openDirectory(env)
  const { id, name, username, role } = person
  const sectors = unit && sectorsOf(unit)
  const found = await directory
    .select({
      id: users.id,
      username: users.username,
      post: districtPosts.state,
      role: districtPosts.role,
      sectors: districtPosts.sectors,
    })
    .from(users)
    .leftJoin(districtPosts, and(eq(districtPosts.userId, users.id), eq(districtPosts.districtId, districtId)))
    .where(or(eq(users.username, username), eq(users.id, id)))
  // What is there already may only be this very appointment from an earlier try.
  const isOther = (user: (typeof found)[number]) => user.username !== username || !user.post
  if (found.some((user) => user.id === id && isOther(user))) throw new Problem('already-there')
  if (found.some((user) => user.id !== id)) throw usernameTaken()
  const [own] = found
  if (own?.post === 'ended') throw new Problem('rule-broken', '此人在本区的岗位已停用，请恢复原岗位。')
  if (own?.post === 'active' && (own.role !== role || !sameSectors(own.sectors, sectors)))
    throw new Problem('rule-broken', '此人在本区已有另一岗位，请先停用原岗位。')
  try {
    await directory.batch([
      directory.insert(users).values(userRow(person, now)).onConflictDoNothing({ target: users.id }),
      directory
        .insert(districtPosts)
        .values({ districtId, userId: id, role, sectors, state: 'preparing', since: now })
        .onConflictDoUpdate({
          target: [districtPosts.districtId, districtPosts.userId],
          set: { role, sectors },
          setWhere: eq(districtPosts.state, 'preparing'),
        }),
    ])
  } catch (error) {
    if (mentions(error, /UNIQUE .*users/)) throw usernameTaken()
    throw error
  }
  const db = openLedger(env, ledger)
  const unitId = unit?.id ?? null
  const stands = unit ? sql`exists (select 1 from ${districtUnits} where ${unitStands(districtId, unit)})` : sql`true`
  try {
    await db.batch([
      insertWhere(db, overseers, { districtId, id, name, role, unitId, since: now }, stands).onConflictDoUpdate({
        target: [overseers.districtId, overseers.id],
        set: { role, unitId, until: null },
      }),
      audit,
    ])
  } catch (error) {
    // Nobody was entered, so the line of the log had nothing to tell of.
    if (mentions(error, /subject_changed/)) throw new Problem('stale')
    throw error
  }
  await opened(directory, districtId, id)
}

/** What some people of a member unit see of the district's streets from now on. */
export async function setSectors(
  env: Env,
  districtId: DistrictId,
  people: readonly PersonId[],
  sectors: string[],
): Promise<void> {
  if (people.length === 0) return
  await openDirectory(env)
    .update(districtPosts)
    .set({ sectors })
    .where(and(eq(districtPosts.districtId, districtId), among(districtPosts.userId, people)))
}

/**
 * The end of somebody's post in a district, in the directory first; asked again after it was cut off there, it tells the
 * ledger when that was. Throws `not-found`, also for a post whose end both know.
 */
export async function endOverseer(
  env: Env,
  { districtId, ledger }: Home,
  personId: PersonId,
  audit: Statement,
  now: number,
): Promise<void> {
  const directory = openDirectory(env)
  const its = and(eq(districtPosts.districtId, districtId), eq(districtPosts.userId, personId))
  const [, [post]] = await directory.batch([
    directory
      .update(districtPosts)
      .set({ state: 'ended', until: now })
      .where(and(its, eq(districtPosts.state, 'active'))),
    directory
      .select({ until: districtPosts.until })
      .from(districtPosts)
      .where(and(its, eq(districtPosts.state, 'ended'))),
  ])
  if (!post) throw new Problem('not-found')
  const db = openLedger(env, ledger)
  try {
    await db.batch([
      db
        .update(overseers)
        .set({ until: post.until ?? now })
        .where(and(eq(overseers.districtId, districtId), eq(overseers.id, personId), isNull(overseers.until))),
      audit,
    ])
  } catch (error) {
    // The ledger knew, so the line of the log had nothing to tell of.
    if (mentions(error, /subject_changed/)) throw new Problem('not-found')
    throw error
  }
}

/**
 * Gives the post back to somebody whose post in the district ended, in the same repeatable steps. Answers whether there
 * was anything to give back. Throws `not-found`.
 */
export async function restoreOverseer(
  env: Env,
  { districtId, ledger }: Home,
  { personId, sectors }: { personId: PersonId; sectors: string[] | null },
  audit: Statement,
  now: number,
): Promise<boolean> {
  const directory = openDirectory(env)
  const its = and(eq(districtPosts.districtId, districtId), eq(districtPosts.userId, personId))
  const [[post]] = await directory.batch([
    directory.select({ state: districtPosts.state }).from(districtPosts).where(its),
    directory
      .update(districtPosts)
      .set({ state: 'preparing', sectors, since: now, until: null })
      .where(and(its, eq(districtPosts.state, 'ended'))),
  ])
  if (!post) throw new Problem('not-found')
  if (post.state === 'active') return false
  const db = openLedger(env, ledger)
  await db.batch([
    db
      .update(overseers)
      .set({ until: null })
      .where(and(eq(overseers.districtId, districtId), eq(overseers.id, personId))),
    audit,
  ])
  await opened(directory, districtId, personId)
  return true
}

/** The statement that stops a tenant, which then reads and does not write, or lets it go on. Throws `not-found`. */
export async function suspension(
  env: Env,
  tenant: { kind: 'district'; id: DistrictId } | { kind: 'street'; id: StreetId },
  { suspended, why }: Suspension,
  now: number,
): Promise<(directory: Db) => Statement> {
  const table = tenant.kind === 'district' ? districts : streets
  const its = sql`${table.id} = ${tenant.id}`
  const [found] = await openDirectory(env).select({ id: table.id }).from(table).where(its)
  if (!found) throw new Problem('not-found')
  const change = suspended
    ? { suspendedAt: sql<number>`coalesce(${table.suspendedAt}, ${now})`, suspendedWhy: why }
    : { suspendedAt: null, suspendedWhy: null }
  return (directory) => directory.update(table).set(change).where(its)
}
