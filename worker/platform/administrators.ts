import { type Column, and, asc, eq, inArray, isNotNull, isNull, max, sql } from 'drizzle-orm'
import { can, districtRoles, streetRoles } from '@app/shared/capabilities'
import type { DistrictId } from '@app/shared/ids'
import { openDirectory } from '../db/client'
import {
  accounts,
  blockedPosts,
  districtPosts,
  invitations,
  secondFactors,
  streetPosts,
  streets,
  users,
} from '../db/directory'
import type { Env } from '../env'
import { heldAt } from '../tenancy/held'

/** How an account stands for who may have to help it, besides whose it is. */
function standing(ownerKind: 'street' | 'district', ownerId: Column) {
  const blocked = and(
    eq(blockedPosts.ownerKind, ownerKind),
    sql`${blockedPosts.ownerId} = ${ownerId}`,
    sql`${blockedPosts.userId} = ${users.id}`,
  )
  const password = and(eq(accounts.providerId, 'credential'), isNotNull(accounts.password))
  return {
    id: users.id,
    name: users.name,
    username: users.username,
    hasPassword: sql<number>`exists (select 1 from ${accounts} where ${accounts.userId} = ${users.id} and ${password})`,
    blocked: sql<number>`exists (select 1 from ${blockedPosts} where ${blocked})`,
    linkUntil: sql<
      number | null
    >`(select ${max(invitations.expiresAt)} from ${invitations} where ${invitations.userId} = ${users.id} and ${isNull(invitations.usedAt)})`,
  }
}

/** Who administers the accounts of a district, by name; empty for a district that is not there. */
export async function administratorsOf(env: Env, districtId: DistrictId, now: number) {
  const confirmed = and(sql`${secondFactors.userId} = ${users.id}`, isNotNull(secondFactors.confirmedAt))
  const found = await openDirectory(env)
    .select({
      ...standing('district', districtPosts.districtId),
      secondFactor: sql<number>`exists (select 1 from ${secondFactors} where ${confirmed})`,
    })
    .from(districtPosts)
    .innerJoin(users, eq(users.id, districtPosts.userId))
    .where(
      and(
        eq(districtPosts.districtId, districtId),
        heldAt(districtPosts, now),
        inArray(
          districtPosts.role,
          districtRoles.filter((role) => can(role, 'overseer.manage')),
        ),
      ),
    )
    .orderBy(asc(users.name), asc(users.id))
  return found.map((one) => ({ ...told(one), secondFactor: Boolean(one.secondFactor) }))
}

/** Who administers the accounts of each of a district's streets, by street and name. */
export async function streetAdministratorsOf(env: Env, districtId: DistrictId, now: number) {
  const found = await openDirectory(env)
    .selectDistinct({ ...standing('street', streetPosts.streetId), streetId: streetPosts.streetId })
    .from(streets)
    .innerJoin(
      streetPosts,
      and(
        eq(streetPosts.streetId, streets.id),
        heldAt(streetPosts, now),
        inArray(
          streetPosts.role,
          streetRoles.filter((role) => can(role, 'people.manage')),
        ),
      ),
    )
    .innerJoin(users, eq(users.id, streetPosts.userId))
    .where(and(eq(streets.districtId, districtId), eq(streets.state, 'active')))
    .orderBy(asc(streetPosts.streetId), asc(users.name), asc(users.id))
  return found.map((one) => ({ ...told(one), streetId: one.streetId }))
}

const told = <One extends { hasPassword: number; blocked: number }>({ hasPassword, blocked, ...one }: One) => ({
  ...one,
  hasPassword: Boolean(hasPassword),
  blocked: Boolean(blocked),
})
