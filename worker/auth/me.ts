import { and, count, eq, isNull, sql } from 'drizzle-orm'
import { grantsOf } from '@app/shared/capabilities'
import type { Me, Post } from '@app/shared/people/schema'
import { Problem } from '@app/shared/problem'
import { openDirectory } from '../db/client'
import {
  blockedPosts,
  districtPosts,
  districts,
  operators,
  recoveryCodes,
  sessions,
  streetPosts,
  streets,
  users,
} from '../db/directory'
import { accountOf, accountQuery, mustHaveFactor } from './account'
import { sessionOf } from './sessions'
import type { Visit } from './visit'
import { heldAt } from '../tenancy/held'

/**
 * Who a session belongs to, with all posts, and what is left to be done before the work. Throws `unauthenticated`, also
 * for a session that still waits for its second factor: nobody is known by a password alone who has one.
 */
export async function whoIs({ env, now, device }: Visit, token: string | null): Promise<Me> {
  const session = await sessionOf(env, token, device, now)
  if (session.stage === 'second-factor') throw new Problem('unauthenticated')
  const directory = openDirectory(env)
  const live = eq(sessions.id, session.id)
  const blocked = (kind: 'street' | 'district', id: typeof streetPosts.streetId | typeof districtPosts.districtId) =>
    sql`not exists (select 1 from ${blockedPosts} where ${and(
      eq(blockedPosts.ownerKind, kind),
      sql`${blockedPosts.ownerId} = ${id}`,
      sql`${blockedPosts.userId} = ${sessions.userId}`,
    )})`
  const [[found], inStreets, inDistricts, [operator], [codes]] = await directory.batch([
    accountQuery(directory, eq(users.id, session.userId), null),
    directory
      .select({
        id: sql<typeof streets.$inferSelect.id>`${streets.id}`.as('street_id'),
        slug: sql<string>`${streets.slug}`.as('street_slug'),
        name: sql<string>`${streets.name}`.as('street_name'),
        districtName: sql<string>`${districts.name}`.as('district_name'),
        demo: sql<number>`${districts.demo}`.as('district_demo'),
        suspendedAt: sql<number | null>`coalesce(${streets.suspendedAt}, ${districts.suspendedAt})`.as('suspended_at'),
        suspendedWhy: sql<
          string | null
        >`iif(${streets.suspendedAt} is null, ${districts.suspendedWhy}, ${streets.suspendedWhy})`.as('suspended_why'),
        moving: streets.movingSince,
        postId: sql<typeof streetPosts.$inferSelect.id>`${streetPosts.id}`.as('post_id'),
        title: streetPosts.title,
        role: streetPosts.role,
        reach: streetPosts.reach,
      })
      .from(sessions)
      .innerJoin(streetPosts, and(eq(streetPosts.userId, sessions.userId), heldAt(streetPosts, now)))
      .innerJoin(streets, and(eq(streets.id, streetPosts.streetId), eq(streets.state, 'active')))
      .innerJoin(districts, eq(districts.id, streets.districtId))
      .where(and(live, blocked('street', streetPosts.streetId)))
      .orderBy(streetPosts.since, streetPosts.id),
    directory
      .select({
        id: sql<typeof districts.$inferSelect.id>`${districts.id}`.as('district_id'),
        slug: districts.slug,
        name: districts.name,
        demo: districts.demo,
        suspendedAt: districts.suspendedAt,
        suspendedWhy: districts.suspendedWhy,
        role: districtPosts.role,
      })
      .from(sessions)
      .innerJoin(districtPosts, and(eq(districtPosts.userId, sessions.userId), heldAt(districtPosts, now)))
      .innerJoin(districts, and(eq(districts.id, districtPosts.districtId), eq(districts.state, 'active')))
      .where(and(live, blocked('district', districtPosts.districtId))),
    directory
      .select({ id: operators.userId })
      .from(sessions)
      .innerJoin(operators, eq(operators.userId, sessions.userId))
      .where(live),
    directory
      .select({ left: count() })
      .from(recoveryCodes)
      .where(and(eq(recoveryCodes.userId, session.userId), isNull(recoveryCodes.usedAt))),
  ])
  if (!found) throw new Problem('unauthenticated')
  const account = accountOf(found)
  const posts: Post[] = [
    ...inStreets.map(({ demo, suspendedAt, suspendedWhy, moving, title, ...post }) => ({
      kind: 'street' as const,
      ...post,
      ...(title !== null && { title }),
      moving: moving !== null,
      demo: Boolean(demo),
      suspended: suspendedAt !== null || moving !== null,
      suspension: suspensionOf(suspendedAt, suspendedWhy),
      capabilities: [...grantsOf(post.role)],
    })),
    ...inDistricts.map(({ suspendedAt, suspendedWhy, ...post }) => ({
      kind: 'district' as const,
      ...post,
      suspended: suspendedAt !== null,
      suspension: suspensionOf(suspendedAt, suspendedWhy),
      capabilities: [...grantsOf(post.role)],
    })),
    ...(operator
      ? [
          {
            kind: 'platform' as const,
            name: '平台运维',
            slug: 'platform',
            demo: false,
            suspended: false,
            suspension: null,
            role: 'operator' as const,
            capabilities: [...grantsOf('operator')],
          },
        ]
      : []),
  ]
  const { id, name, username, noticeSeenAt, secondFactor } = account
  const secondFactorRequired = mustHaveFactor(account)
  const enrol = secondFactorRequired && session.secondFactorAt === null ? 'enrol' : null
  return {
    id,
    name,
    username,
    noticeSeenAt,
    posts,
    security: {
      next: session.stage === 'password' ? 'password' : enrol,
      secondFactor,
      secondFactorRequired,
      recoveryCodes: codes?.left ?? 0,
      session: { kind: session.kind, expiresAt: session.expiresAt.getTime(), idleFor: session.idleFor },
    },
  }
}

/** Keeps that whoever is signed in has read the privacy notice; the first time counts. Throws `unauthenticated`. */
export async function noticeSeen({ env, now, device }: Visit, token: string | null): Promise<void> {
  const { userId } = await sessionOf(env, token, device, now)
  await openDirectory(env)
    .update(users)
    .set({ noticeSeenAt: sql`coalesce(${users.noticeSeenAt}, ${now})` })
    .where(eq(users.id, userId))
}

const suspensionOf = (at: number | null, why: string | null) => (at === null ? null : { at, why })
