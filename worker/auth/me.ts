import { and, eq, gt, sql } from 'drizzle-orm'
import { grantsOf } from '@app/shared/capabilities'
import type { Me, Post } from '@app/shared/people/schema'
import { Problem } from '@app/shared/problem'
import { openDirectory } from '../db/client'
import { districtPosts, districts, operators, sessions, streetPosts, streets, users } from '../db/directory'
import type { Env } from '../env'

/** Who a session belongs to, with all posts; one round trip. Throws `unauthenticated`. */
export async function whoIs(env: Env, token: string, now: number): Promise<Me> {
  const directory = openDirectory(env)
  const live = and(eq(sessions.token, token), gt(sessions.expiresAt, new Date(now)))
  const [[user], inStreets, inDistricts, [operator]] = await directory.batch([
    directory
      .select({ id: users.id, name: users.name, username: users.username })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(live),
    directory
      .select({
        id: sql<typeof streets.$inferSelect.id>`${streets.id}`.as('street_id'),
        slug: sql<string>`${streets.slug}`.as('street_slug'),
        name: sql<string>`${streets.name}`.as('street_name'),
        districtName: sql<string>`${districts.name}`.as('district_name'),
        demo: sql<number>`${districts.demo}`.as('district_demo'),
        suspended: sql<
          number | null
        >`coalesce(${streets.movingSince}, ${streets.suspendedAt}, ${districts.suspendedAt})`.as('suspended'),
        moving: streets.movingSince,
        role: streetPosts.role,
        reach: streetPosts.reach,
      })
      .from(sessions)
      .innerJoin(streetPosts, and(eq(streetPosts.userId, sessions.userId), eq(streetPosts.state, 'active')))
      .innerJoin(streets, eq(streets.id, streetPosts.streetId))
      .innerJoin(districts, eq(districts.id, streets.districtId))
      .where(live),
    directory
      .select({
        id: sql<typeof districts.$inferSelect.id>`${districts.id}`.as('district_id'),
        slug: districts.slug,
        name: districts.name,
        demo: districts.demo,
        suspended: districts.suspendedAt,
        role: districtPosts.role,
      })
      .from(sessions)
      .innerJoin(districtPosts, and(eq(districtPosts.userId, sessions.userId), eq(districtPosts.state, 'active')))
      .innerJoin(districts, eq(districts.id, districtPosts.districtId))
      .where(live),
    directory
      .select({ id: operators.userId })
      .from(sessions)
      .innerJoin(operators, eq(operators.userId, sessions.userId))
      .where(live),
  ])
  if (!user) throw new Problem('unauthenticated')
  const posts: Post[] = [
    ...inStreets.map(({ demo, suspended, moving, ...post }) => ({
      kind: 'street' as const,
      ...post,
      moving: moving !== null,
      demo: Boolean(demo),
      suspended: suspended !== null,
      capabilities: [...grantsOf(post.role)],
    })),
    ...inDistricts.map(({ suspended, ...post }) => ({
      kind: 'district' as const,
      ...post,
      suspended: suspended !== null,
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
            role: 'operator' as const,
            capabilities: [...grantsOf('operator')],
          },
        ]
      : []),
  ]
  return { ...user, posts }
}
