import { type SQL, and, eq, ne, sql } from 'drizzle-orm'
import type { PersonId, StreetId } from '@app/shared/ids'
import { anonymousName } from '@app/shared/people/rights'
import type { Owner } from '../auth/record'
import { openDirectory } from '../db/client'
import { accounts, districtPosts, operators, sessions, streetPosts, users } from '../db/directory'
import type { Env } from '../env'

/** Nobody but this street has, or had, to do with the account; what is another's too, one street does not change. */
const ownedBy = (streetId: StreetId, personId: PersonId) =>
  and(
    sql`exists (select 1 from ${streetPosts} where ${and(eq(streetPosts.userId, personId), eq(streetPosts.streetId, streetId))})`,
    sql`not exists (select 1 from ${streetPosts} where ${and(
      eq(streetPosts.userId, personId),
      ne(streetPosts.streetId, streetId),
      ne(streetPosts.state, 'ended'),
    )})`,
    sql`not exists (select 1 from ${districtPosts} where ${and(eq(districtPosts.userId, personId), ne(districtPosts.state, 'ended'))})`,
    sql`not exists (select 1 from ${operators} where ${eq(operators.userId, personId)})`,
  )

/**
 * Whether a person serves, or is about to serve, somewhere else than with this owner: whoever sets their password would
 * come in there too. A post that is over is none.
 */
export function servesElsewhere(personId: PersonId, { ownerKind, ownerId }: Owner, now: number): SQL<number> {
  const stands = (post: typeof streetPosts | typeof districtPosts) =>
    and(eq(post.userId, personId), ne(post.state, 'ended'), sql`(${post.until} is null or ${post.until} > ${now})`)
  return sql<number>`(exists (select 1 from ${operators} where ${and(eq(operators.userId, personId), sql`${ownerKind} <> 'platform'`)})
    or exists (select 1 from ${districtPosts} where ${and(stands(districtPosts), sql`${districtPosts.districtId} <> ${ownerId}`)})
    or exists (select 1 from ${streetPosts} where ${and(stands(streetPosts), sql`${streetPosts.streetId} <> ${ownerId}`)}))`
}

/** Puts right what an account is called; one that serves elsewhere too keeps its name there. */
export async function renameAccount(env: Env, streetId: StreetId, personId: PersonId, name: string): Promise<void> {
  await openDirectory(env)
    .update(users)
    .set({ name })
    .where(and(eq(users.id, personId), ownedBy(streetId, personId)))
}

/**
 * Takes name, user name, password and sessions of an account away; one that serves elsewhere too stays. What this
 * street called the person's posts goes in any case: words of its own, which the ledger forgets as well.
 */
export async function eraseAccount(env: Env, streetId: StreetId, personId: PersonId): Promise<void> {
  const directory = openDirectory(env)
  const owned = ownedBy(streetId, personId)
  const username = `erased.${personId.slice(-16)}`
  await directory.batch([
    directory.delete(sessions).where(and(eq(sessions.userId, personId), owned)),
    directory.delete(accounts).where(and(eq(accounts.userId, personId), owned)),
    directory
      .update(streetPosts)
      .set({ title: null })
      .where(and(eq(streetPosts.userId, personId), eq(streetPosts.streetId, streetId))),
    directory
      .update(users)
      .set({
        name: anonymousName(personId),
        username,
        displayUsername: null,
        email: `${username}@zhiben.invalid`,
        image: null,
      })
      .where(and(eq(users.id, personId), owned)),
  ])
}
