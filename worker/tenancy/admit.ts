import { and, eq, sql } from 'drizzle-orm'
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import * as v from 'valibot'
import { DistrictId, type PersonId, StreetId } from '@app/shared/ids'
import { Problem } from '@app/shared/problem'
import { visitOf } from '../auth/visit'
import { openDirectory } from '../db/client'
import { districtPosts, districts, operators, sessions, streetPosts, streets } from '../db/directory'
import type { Env } from '../env'
import { mountedAt } from '../http/mounted-at'
import type { DistrictEnv, PlatformEnv, StreetEnv } from '../http/context'
import { heldAt } from './held'
import { type District, DistrictScope, type MemberStreet } from './district-scope'
import { PlatformScope } from './platform-scope'
import { admitted, later, liveSession, sessionColumns } from './session'
import { StreetScope } from './street-scope'

/** The session token a request carries, its signature checked; the gate asks the directory whose it is. */
export type Identify = (c: Context) => Promise<string | null>

/** Which of several posts in one street a request is made in; without it, the one held longest. */
export const postHeader = 'x-post'

/**
 * The one gate into a street. Mounted once, above every street route. Session, post, reach and ledger are
 * one query. A stranger gets `not-found`, the same answer as for a street that does not exist.
 */
export function admitToStreet(identify: Identify) {
  return createMiddleware<StreetEnv & { Bindings: Env }>(async (c, next) => {
    const { token, id } = await asked(c, identify, StreetId, 'streetId')
    const { now } = c.var
    const chosen = c.req.header(postHeader)
    const [found] = await openDirectory(c.env)
      .select({
        ...sessionColumns({ kind: 'street', id, above: sql`${streets.districtId}` }),
        districtId: streets.districtId,
        ledger: streets.ledger,
        name: streets.name,
        shortName: streets.shortName,
        suspended: sql<number>`coalesce(${streets.suspendedAt}, ${districts.suspendedAt})`,
        movingSince: streets.movingSince,
        role: streetPosts.role,
        reach: streetPosts.reach,
      })
      .from(sessions)
      .leftJoin(
        streetPosts,
        and(
          eq(streetPosts.userId, sessions.userId),
          eq(streetPosts.streetId, id),
          heldAt(streetPosts, now),
          // A post that is not this person's, or not here, is no post.
          chosen === undefined ? undefined : sql`${streetPosts.id} = ${chosen}`,
        ),
      )
      .leftJoin(streets, and(eq(streets.id, streetPosts.streetId), eq(streets.state, 'active')))
      .leftJoin(districts, eq(districts.id, streets.districtId))
      .where(await liveSession(c, token))
      .orderBy(streetPosts.since, streetPosts.id)
      .limit(1)
    if (!found) throw new Problem('unauthenticated')
    const { userId, districtId, ledger, name, shortName, suspended, movingSince, role, reach } = found
    if (!districtId || !ledger || !name || !shortName || !role || !reach || found.blocked)
      throw new Problem('not-found')
    admitted(c, found, role)

    const [isSuspended, moving] = [suspended !== null, movingSince !== null]
    const street = { streetId: id, districtId, ledger, name, shortName, suspended: isSuspended, moving }
    c.set('scope', new StreetScope(c.env, street, { id: userId, role, reach }, await visitOf(c)))
    await next()
    tellDenied(c, c.var.scope)
  })
}

/** The one gate into a district, made like the one into a street. */
export function admitToDistrict(identify: Identify) {
  return createMiddleware<DistrictEnv & { Bindings: Env }>(async (c, next) => {
    const { token, id } = await asked(c, identify, DistrictId, 'districtId')
    const [found] = await openDirectory(c.env)
      .select({
        ...sessionColumns({ kind: 'district', id }),
        ...districtColumns(id),
        role: districtPosts.role,
        sectors: districtPosts.sectors,
      })
      .from(sessions)
      .leftJoin(
        districtPosts,
        and(
          eq(districtPosts.userId, sessions.userId),
          eq(districtPosts.districtId, id),
          heldAt(districtPosts, c.var.now),
        ),
      )
      .leftJoin(districts, and(eq(districts.id, districtPosts.districtId), eq(districts.state, 'active')))
      .where(await liveSession(c, token))
    if (!found) throw new Problem('unauthenticated')
    const { userId, role, sectors, ...rest } = found
    if (!rest.ledger || !role || found.blocked) throw new Problem('not-found')
    admitted(c, found, role)

    c.set('scope', new DistrictScope(c.env, districtOf(id, rest), { id: userId, role, sectors }, await visitOf(c)))
    await next()
    tellDenied(c, c.var.scope)
  })
}

/** The gate for those who run the deployment; to everybody else there is nothing here. */
export function admitToPlatform(identify: Identify) {
  return createMiddleware<PlatformEnv & { Bindings: Env }>(async (c, next) => {
    const token = await identify(c)
    if (!token) throw new Problem('unauthenticated')
    const [found] = await openDirectory(c.env)
      .select({ ...sessionColumns({ kind: 'platform', id: 'platform' }), operator: operators.userId })
      .from(sessions)
      .leftJoin(operators, eq(operators.userId, sessions.userId))
      .where(await liveSession(c, token))
    if (!found) throw new Problem('unauthenticated')
    if (!found.operator) throw new Problem('not-found')
    admitted(c, found, 'operator')
    c.set('scope', new PlatformScope(c.env, found.operator, await visitOf(c)))
    await next()
  })
}

/** Behind an answer that refused for want of a capability: a line of the record, so that trying doors is seen. */
function tellDenied(c: Context, scope: StreetScope | DistrictScope): void {
  if (!(c.error instanceof Problem) || c.error.slug !== 'forbidden') return
  later(
    c,
    scope.denied(`${c.req.method} ${mountedAt(c)}`).catch((error: unknown) => console.warn(String(error))),
  )
}

/** Opens the district that a message names, for a job, which has no session. Throws `not-found` for none. */
export async function openDistrict(env: Env, districtId: DistrictId): Promise<DistrictScope> {
  const [found] = await openDirectory(env)
    .select(districtColumns(districtId))
    .from(districts)
    .where(eq(districts.id, districtId))
  if (!found) throw new Problem('not-found')
  return new DistrictScope(env, districtOf(districtId, found), clock)
}

/** Who the schedule is in what it writes. */
const clock = { id: 'usr_clock000000' as PersonId, role: 'clock', sectors: null } as const

function districtColumns(id: DistrictId) {
  return {
    slug: districts.slug,
    name: districts.name,
    demo: districts.demo,
    suspendedAt: districts.suspendedAt,
    ledger: districts.ledger,
    streets:
      sql`(select json_group_array(json_object('id', ${streets.id}, 'slug', ${streets.slug}, 'name', ${streets.name},
      'shortName', ${streets.shortName}, 'statCode', ${streets.statCode}, 'state', ${streets.state}, 'suspendedAt', ${streets.suspendedAt}, 'suspendedWhy', ${streets.suspendedWhy},
      'moving', json(iif(${streets.movingSince} is null, 'false', 'true'))))
      from ${streets} where ${eq(streets.districtId, id)})`
        .mapWith((streets: string) => JSON.parse(streets) as KnownStreet[])
        .as('streets'),
  }
}

type Columns = { [K in keyof ReturnType<typeof districtColumns>]: unknown }

type KnownStreet = MemberStreet & { readonly state: string }

function districtOf(districtId: DistrictId, { suspendedAt, streets: known, ...columns }: Columns): District {
  // Safe: a district that was found has all its columns.
  const all = known as KnownStreet[]
  const [streets, preparing] = [true, false].map((entered) =>
    all.filter(({ state }) => (state === 'active') === entered).map(({ state: _, ...street }) => street),
  )
  return { districtId, suspended: suspendedAt !== null, ...columns, streets, preparing } as District
}

async function asked<S extends v.GenericSchema<unknown, string>>(
  c: Context,
  identify: Identify,
  schema: S,
  name: string,
) {
  const token = await identify(c)
  if (!token) throw new Problem('unauthenticated')
  const id = v.safeParse(schema, c.req.param(name))
  // Without a session no address answers differently from another; whether this one is live is not looked up.
  if (!id.success) throw new Problem('not-found')
  return { token, id: id.output }
}
