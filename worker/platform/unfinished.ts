import { type SQL, and, eq, inArray, sql } from 'drizzle-orm'
import type { DistrictId, PersonId, StreetId } from '@app/shared/ids'
import { Problem } from '@app/shared/problem'
import { day } from '@app/shared/time'
import { type Db, type LedgerName, openDirectory, openLedger } from '../db/client'
import {
  accounts,
  districtPosts,
  districts,
  invitations,
  operators,
  slugs,
  streetPosts,
  streets,
  users,
} from '../db/directory'
import { jobs, overseers, schemes } from '../db/ledger'
import type { Env } from '../env'
import { deleteRows, streetTables } from './rows'
import { eachStep } from './steps'

// Tenants whose onboarding stopped half-way. They are taken away and not finished: what a street was to consist of
// stands in the request alone, and the link that lets the first administrator in is made for whoever asks, and shown
// once. While one is taken away it is `clearing`, so that no request can finish it meanwhile.

/** So long an onboarding that stopped keeps its name; whoever asks again before goes on with it. */
const keptFor = day
const atOnce = 500
const mostCleared = 20

/** The statement that takes away accounts that were made for nothing: no post, no password and no link is theirs. */
const withoutPosts = (directory: Db, ids: readonly PersonId[]) => {
  const nowhere = [streetPosts, districtPosts, operators, accounts, invitations].map(
    (table) => sql`not exists (select 1 from ${table} where ${table.userId} = ${users.id})`,
  )
  return directory.delete(users).where(and(inArray(users.id, [...ids]), ...nowhere))
}

/**
 * Takes away all of a street that is still being prepared: rows, administrator and name, from the ledger first and from
 * the directory in one write. Repeated it goes on. Throws `stale` where it is prepared no more, or `old` does not hold.
 */
export async function clearStreet(
  env: Env,
  { id, ledger }: { id: StreetId; ledger: LedgerName },
  old?: SQL,
): Promise<void> {
  const directory = openDirectory(env)
  const its = eq(streets.id, id)
  const marked = await directory
    .update(streets)
    .set({ state: 'clearing' })
    .where(and(its, sql`(${streets.state} = 'clearing' or ${and(eq(streets.state, 'preparing'), old)})`))
    .returning({ id: streets.id })
  if (marked.length === 0) throw new Problem('stale')
  const db = openLedger(env, ledger)
  for (const table of streetTables().reverse()) while ((await deleteRows(db, table, id, atOnce)) === atOnce) continue
  const held = eq(streetPosts.streetId, id)
  const people = await directory.select({ id: streetPosts.userId }).from(streetPosts).where(held)
  await directory.batch([
    directory.delete(streetPosts).where(held),
    withoutPosts(
      directory,
      people.map((person) => person.id),
    ),
    directory.delete(slugs).where(and(eq(slugs.kind, 'street'), eq(slugs.id, id))),
    directory.delete(streets).where(and(its, eq(streets.state, 'clearing'))),
  ])
}

/** The same for a district, which has no street before it is open. */
export async function clearDistrict(
  env: Env,
  { id, ledger }: { id: DistrictId; ledger: LedgerName },
  old?: SQL,
): Promise<void> {
  const directory = openDirectory(env)
  const its = eq(districts.id, id)
  const marked = await directory
    .update(districts)
    .set({ state: 'clearing' })
    .where(and(its, sql`(${districts.state} = 'clearing' or ${and(eq(districts.state, 'preparing'), old)})`))
    .returning({ id: districts.id })
  if (marked.length === 0) throw new Problem('stale')
  const db = openLedger(env, ledger)
  await db.batch([
    db.delete(schemes).where(eq(schemes.districtId, id)),
    db.delete(overseers).where(eq(overseers.districtId, id)),
    db.delete(jobs).where(eq(jobs.districtId, id)),
  ])
  const held = eq(districtPosts.districtId, id)
  const people = await directory.select({ id: districtPosts.userId }).from(districtPosts).where(held)
  await directory.batch([
    directory.delete(districtPosts).where(held),
    withoutPosts(
      directory,
      people.map((person) => person.id),
    ),
    directory.delete(slugs).where(and(eq(slugs.kind, 'district'), eq(slugs.id, id))),
    directory.delete(districts).where(and(its, eq(districts.state, 'clearing'))),
  ])
}

/** Takes away tenants that nobody has gone on with for a day, so that their names are free again. */
export async function clearUnfinished(env: Env, now: number): Promise<void> {
  const directory = openDirectory(env)
  const oldStreet = sql`not exists (select 1 from ${streetPosts} where ${streetPosts.streetId} = ${streets.id} and ${streetPosts.since} > ${now - keptFor})`
  const oldDistrict = sql`not exists (select 1 from ${districtPosts} where ${districtPosts.districtId} = ${districts.id} and ${districtPosts.since} > ${now - keptFor})`
  const left = ({ state }: typeof streets | typeof districts, old: SQL) =>
    sql`(${state} = 'clearing' or (${state} = 'preparing' and ${old}))`
  const [ofStreets, ofDistricts] = await directory.batch([
    directory
      .select({ id: streets.id, ledger: streets.ledger })
      .from(streets)
      .where(left(streets, oldStreet))
      .limit(mostCleared),
    directory
      .select({ id: districts.id, ledger: districts.ledger })
      .from(districts)
      .where(left(districts, oldDistrict))
      .limit(mostCleared),
  ])
  await eachStep([
    ...ofStreets.map((street) => () => clearStreet(env, street, oldStreet)),
    ...ofDistricts.map((district) => () => clearDistrict(env, district, oldDistrict)),
  ])
}
