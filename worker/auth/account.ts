import { type SQL, and, eq, inArray, or, sql } from 'drizzle-orm'
import { type SecurityPolicy, demandsFactor, strictest } from '@app/shared/accounts/policy'
import type { Role } from '@app/shared/capabilities'
import type { PersonId } from '@app/shared/ids'
import type { Db } from '../db/client'
import {
  accounts,
  districtPosts,
  knownDevices,
  operators,
  secondFactors,
  securityPolicies,
  streetPosts,
  streets,
  users,
} from '../db/directory'
import type { Owner } from './record'

/** An account with all that decides how it may sign in. */
export interface Account {
  readonly id: PersonId
  readonly username: string
  readonly name: string
  /** The hash; null for somebody who was invited and has not set one. */
  readonly password: string | null
  readonly oneTime: boolean
  readonly passwordAt: number
  readonly secondFactor: boolean
  /** When the privacy notice was read; null until then. */
  readonly noticeSeenAt: number | null
  /** The device that asks signed in to this account before. */
  readonly deviceKnown: boolean
  readonly posts: readonly { owner: Owner; role: Role; unit: string }[]
  readonly policies: readonly SecurityPolicy[]
}

/** An account that is being made, by who sets its password now. */
export function newAccount(
  person: Pick<Account, 'id' | 'username' | 'name' | 'posts' | 'policies'> & { password: string },
  now: number,
): Account {
  const blank = { oneTime: false, secondFactor: false, noticeSeenAt: null, deviceKnown: false }
  return { ...person, ...blank, passwordAt: now }
}

/** A policy as SQLite hands it over in JSON. */
export const policyJson = sql`json_object('secondFactorRoles', json(${securityPolicies.secondFactorRoles}),
  'deskIdle', ${securityPolicies.deskIdle}, 'deskTotal', ${securityPolicies.deskTotal},
  'phoneIdle', ${securityPolicies.phoneIdle}, 'phoneTotal', ${securityPolicies.phoneTotal},
  'verifyAgain', ${securityPolicies.verifyAgain},
  'composedPasswords', json(iif(${securityPolicies.composedPasswords}, 'true', 'false')))`

/** The account that fulfils a condition over `users`, in one statement; so many whether there is one or not. */
export async function findAccount(directory: Db, where: SQL, device: string | null): Promise<Account | null> {
  const [found] = await accountQuery(directory, where, device)
  return found ? accountOf(found) : null
}

/** That statement, to be sent along with others; what it finds `accountOf` reads. */
export function accountQuery(directory: Db, where: SQL, device: string | null) {
  const ofUser = (column: SQL | typeof streetPosts.userId | typeof districtPosts.userId) => sql`${column} = ${users.id}`
  const inStreets = sql`select ${streetPosts.streetId} from ${streetPosts} where ${and(ofUser(streetPosts.userId), eq(streetPosts.state, 'active'))}`
  const ofDistricts = sql`select ${districtPosts.districtId} from ${districtPosts} where ${and(ofUser(districtPosts.userId), eq(districtPosts.state, 'active'))}`
  const aboveStreets = sql`select ${streets.districtId} from ${streets} where ${inArray(streets.id, sql`(${inStreets})`)}`
  const runs = sql`exists (select 1 from ${operators} where ${operators.userId} = ${users.id})`
  const posts = sql`(select json_group_array(json(post)) from (
    select json_object('owner', json_object('ownerKind', 'street', 'ownerId', ${streetPosts.streetId}),
      'role', ${streetPosts.role}, 'unit', ${streets.slug}) as post
      from ${streetPosts} join ${streets} on ${eq(streets.id, streetPosts.streetId)}
      where ${and(ofUser(streetPosts.userId), eq(streetPosts.state, 'active'))}
    union all
    select json_object('owner', json_object('ownerKind', 'district', 'ownerId', ${districtPosts.districtId}),
      'role', ${districtPosts.role}, 'unit', '') from ${districtPosts}
      where ${and(ofUser(districtPosts.userId), eq(districtPosts.state, 'active'))}
    union all
    select json_object('owner', json_object('ownerKind', 'platform', 'ownerId', 'platform'),
      'role', 'operator', 'unit', '') where ${runs}))`
  const policies = sql`(select json_group_array(json(${policyJson})) from ${securityPolicies} where ${or(
    and(eq(securityPolicies.ownerKind, 'street'), sql`${securityPolicies.ownerId} in (${inStreets})`),
    and(
      eq(securityPolicies.ownerKind, 'district'),
      sql`(${securityPolicies.ownerId} in (${ofDistricts}) or ${securityPolicies.ownerId} in (${aboveStreets}))`,
    ),
    and(eq(securityPolicies.ownerKind, 'platform'), runs),
  )})`
  return directory
    .select({
      id: users.id,
      username: users.username,
      name: users.name,
      noticeSeenAt: users.noticeSeenAt,
      password: accounts.password,
      oneTime: accounts.oneTime,
      passwordAt: accounts.updatedAt,
      secondFactor:
        sql<number>`exists (select 1 from ${secondFactors} where ${secondFactors.userId} = ${users.id} and ${secondFactors.confirmedAt} is not null)`.as(
          'second_factor',
        ),
      deviceKnown:
        sql<number>`exists (select 1 from ${knownDevices} where ${knownDevices.userId} = ${users.id} and ${eq(knownDevices.deviceHash, device ?? '')})`.as(
          'device_known',
        ),
      posts: sql<string>`${posts}`.as('posts'),
      policies: sql<string>`${policies}`.as('policies'),
    })
    .from(users)
    .leftJoin(accounts, and(eq(accounts.userId, users.id), eq(accounts.providerId, 'credential')))
    .where(where)
    .limit(1)
}

export function accountOf(found: Awaited<ReturnType<typeof accountQuery>>[number]): Account {
  return {
    ...found,
    oneTime: found.oneTime ?? false,
    passwordAt: found.passwordAt?.getTime() ?? 0,
    secondFactor: Boolean(found.secondFactor),
    deviceKnown: Boolean(found.deviceKnown),
    // Safe: made just above.
    posts: JSON.parse(found.posts) as Account['posts'],
    policies: JSON.parse(found.policies) as SecurityPolicy[],
  }
}

export const ownersOf = (account: Pick<Account, 'posts'> | null): Owner[] => {
  const all = new Map((account?.posts ?? []).map(({ owner }) => [`${owner.ownerKind} ${owner.ownerId}`, owner]))
  return [...all.values()]
}

export const rolesOf = ({ posts }: Pick<Account, 'posts'>): Role[] => posts.map(({ role }) => role)

/** What binds an account, all its posts considered. */
export const policyOf = ({ policies }: Pick<Account, 'policies'>): SecurityPolicy => strictest(policies)

/** Some post of the account may not be without a second factor. */
export function mustHaveFactor(account: Pick<Account, 'policies' | 'posts'>): boolean {
  const policy = policyOf(account)
  return rolesOf(account).some((role) => demandsFactor(policy, role))
}
