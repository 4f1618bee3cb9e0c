import { env } from 'cloudflare:workers'
import { hc } from 'hono/client'
import type { HazardDraft } from '@app/shared/hazards/schema'
import {
  type CommunityId,
  type DistrictId,
  type EnterpriseId,
  type GridId,
  type HazardId,
  type PersonId,
  type PhotoId,
  type PostId,
  type StreetId,
} from '@app/shared/ids'
import { Problem } from '@app/shared/problem'
import type { Reach } from '@app/shared/reach'
import { firstScheme } from '@app/shared/schemes/schema'
import type { Month } from '@app/shared/time'
import { type Api, createApp } from '../../worker/app'
import { type LedgerName, openDirectory, openLedger } from '../../worker/db/client'
import {
  districtPosts,
  districts,
  operators,
  sessions,
  slugs,
  streetPosts,
  streets,
  users,
} from '../../worker/db/directory'
import { communities, enterprises, grids, overseers, people, photos, posts, schemes } from '../../worker/db/ledger'
import { and, eq } from '../../worker/db/operators'
import type { Env } from '../../worker/env'
import { newId } from '../../worker/ids'
import { StreetScope } from '../../worker/tenancy/street-scope'

export const wholeStreet = { within: 'street' } as const
export type StreetRole = (typeof streetPosts.$inferInsert)['role']
export type DistrictRole = (typeof districtPosts.$inferInsert)['role']
export const origin = 'http://test'

/** The real app; only the cookie is replaced, by a header that holds the session's token. */
export const app = createApp(async (c) => c.req.header('x-test-session') ?? null)

/** An id like one that a phone makes. */
export const anId = <Id extends string>(prefix: string) => newId<Id>(prefix, Date.now())

/** One request as it comes over the wire, as one person; a change carries a key and comes from our own page. */
export function send(
  token: string | null,
  method: string,
  path: string,
  options: { body?: BodyInit | object; headers?: Record<string, string>; bindings?: Env; now?: number } = {},
): Promise<Response> {
  const { body, bindings = env, now } = options
  const raw =
    body === undefined ||
    typeof body === 'string' ||
    body instanceof ArrayBuffer ||
    body instanceof ReadableStream ||
    ArrayBuffer.isView(body)
  const headers = new Headers({
    ...(token && { 'x-test-session': token }),
    ...(method !== 'GET' && { origin, 'idempotency-key': crypto.randomUUID() }),
    ...(body !== undefined && !raw && { 'content-type': 'application/json' }),
    ...options.headers,
  })
  const request = new Request(`${origin}${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: raw ? (body as BodyInit) : JSON.stringify(body) }),
  })
  return Promise.resolve(app.fetch(request, at(bindings, now)))
}

const at = (bindings: Env, now?: number): Env => (now === undefined ? bindings : { ...bindings, NOW: String(now) })

/** A typed client that speaks as one person and rejects with a `Problem`, as the browser's does. */
export function clientFor(token: string | null, bindings: Env = env, now?: number) {
  return hc<Api>(origin, {
    fetch: async (input: RequestInfo | URL, init?: RequestInit) => {
      const headers = new Headers(init?.headers)
      if (token) headers.set('x-test-session', token)
      headers.set('origin', origin)
      if (!headers.has('idempotency-key')) headers.set('idempotency-key', crypto.randomUUID())
      const response = await app.request(
        input instanceof Request ? input.url : input.toString(),
        { ...init, headers },
        at(bindings, now),
      )
      if (!response.ok) throw Problem.fromDocument(await response.json())
      return response
    },
  }).api
}

const directory = openDirectory(env)
let made = 0

/** Someone who is signed in; the session's token is the person's own id. */
export async function aUser(name = '测试人员'): Promise<PersonId> {
  const id = anId<PersonId>('usr')
  const at = new Date()
  await directory.batch([
    directory
      .insert(users)
      .values({ id, name, email: `${id}@test.invalid`, username: id, createdAt: at, updatedAt: at }),
    directory.insert(sessions).values({
      id: `session-${id}`,
      token: id,
      userId: id,
      expiresAt: new Date(Date.now() + 3_600_000 * 24 * 400),
      createdAt: at,
      updatedAt: at,
      // Fresh enough for whatever asks again; `step-up.test.ts` tries the rest.
      verifiedAt: Date.now() + 3_600_000 * 24 * 400,
    }),
  ])
  return id
}

export async function anOperator(): Promise<PersonId> {
  const userId = await aUser()
  await directory.insert(operators).values({ userId })
  return userId
}

/** A fresh district, in one ledger and then the other, so that no test can count on there being one. */
export async function aDistrict(ledger: LedgerName = made++ % 2 ? 'LEDGER_02' : 'LEDGER_01') {
  const id = anId<DistrictId>('dis')
  const slug = `d${id.slice(-10)}`
  await directory.batch([
    directory.insert(slugs).values({ slug, kind: 'district', id }),
    directory.insert(districts).values({ id, ledger, slug, name: '测试区' }),
  ])
  const db = openLedger(env, ledger)
  await db
    .insert(schemes)
    .values({ districtId: id, version: 1, from: '2025-01' as Month, body: firstScheme('2025-01' as Month) })
  const overseer = async (role: DistrictRole = 'district-admin', sectors: string[] | null = null) => {
    const userId = await aUser('测试区级人员')
    await directory.insert(districtPosts).values({ districtId: id, userId, role, sectors, state: 'active', since: 0 })
    await db.insert(overseers).values({ districtId: id, id: userId, name: '测试区级人员', role })
    return userId
  }
  return {
    id,
    slug,
    ledger,
    db,
    overseer,
    join: async (role?: DistrictRole, bindings?: Env) =>
      clientFor(await overseer(role), bindings).districts[':districtId'],
  }
}

/** A fresh street, so that no test can see another's rows: two communities, three grids, two enterprises. */
export async function aStreet(of?: Awaited<ReturnType<typeof aDistrict>>) {
  const district = of ?? (await aDistrict())
  const { id: districtId, ledger, db } = district
  const id = anId<StreetId>('str')
  const slug = `s${id.slice(-10)}`
  await directory.batch([
    directory.insert(slugs).values({ slug, kind: 'street', id }),
    directory.insert(streets).values({ id, districtId, ledger, slug, name: `测试街道${slug}`, shortName: '测试' }),
  ])
  const [east, west] = [anId<CommunityId>('com'), anId<CommunityId>('com')]
  const [first, second, third] = [anId<GridId>('grd'), anId<GridId>('grd'), anId<GridId>('grd')]
  const [shop, garage] = [anId<EnterpriseId>('ent'), anId<EnterpriseId>('ent')]
  const streetId = id
  await db.batch([
    db.insert(communities).values([
      { streetId, id: east, name: '东社区', position: 1 },
      { streetId, id: west, name: '西社区', position: 2 },
    ]),
    db.insert(grids).values([
      { streetId, id: first, communityId: east, name: '东一网格', position: 1 },
      { streetId, id: second, communityId: east, name: '东二网格', position: 2 },
      { streetId, id: third, communityId: west, name: '西一网格', position: 3 },
    ]),
    db.insert(enterprises).values([
      {
        streetId,
        id: shop,
        communityId: east,
        gridId: first,
        name: '示例小店',
        address: '示例路 1 号',
        keyPlace: 'nine-small',
      },
      { streetId, id: garage, communityId: west, gridId: third, name: '示例车行', address: '示例路 9 号' },
    ]),
  ])
  const places = { east, west, first, second, third, shop, garage }

  /** A post for somebody who is signed in. */
  const post = async (userId: PersonId, role: StreetRole, reach: Reach = wholeStreet, since = 0) => {
    const postId = anId<PostId>('pst')
    const enterpriseId = reach.within === 'enterprise' ? reach.ids[0] : null
    await directory.insert(streetPosts).values({ id: postId, streetId, userId, role, reach, state: 'active', since })
    await db.batch([
      db
        .insert(people)
        .values({ streetId, id: userId, name: `测试${role}`, since })
        .onConflictDoNothing(),
      db.insert(posts).values({ streetId, id: postId, personId: userId, role, reach, enterpriseId, since }),
    ])
    return postId
  }
  /** The first post that somebody holds here. */
  const postOf = async (userId: PersonId): Promise<PostId> => {
    const [found] = await db
      .select({ id: posts.id })
      .from(posts)
      .where(and(eq(posts.streetId, streetId), eq(posts.personId, userId)))
    return found?.id ?? anId<PostId>('pst')
  }
  const member = async (role: StreetRole, reach: Reach = wholeStreet) => {
    const userId = await aUser()
    await post(userId, role, reach)
    return userId
  }
  /** A photo that was uploaded, without its object. */
  const photo = async (by: PersonId = 'usr_nobody0000' as PersonId) => {
    const photoId = Array.from(crypto.getRandomValues(new Uint8Array(32)), (b) => b.toString(16).padStart(2, '0')).join(
      '',
    ) as PhotoId
    await db
      .insert(photos)
      .values({ streetId, id: photoId, width: 4, height: 3, by, at: Date.now(), state: 'kept', bound: false })
    return photoId
  }
  /** A draft that any role but an enterprise's may file. */
  const draft = async (change: Partial<HazardDraft> = {}): Promise<HazardDraft> => ({
    id: anId<HazardId>('haz'),
    communityId: east,
    gridId: first,
    enterpriseId: shop,
    place: '三里 12 号楼道',
    category: 'e-bike-charging',
    sector: 'fire',
    keyPlace: 'e-bike',
    source: 'community-patrol',
    description: '飞线充电',
    level: 'ordinary',
    observedAt: Date.now(),
    ...change,
    photos: change.photos ?? [await photo()],
  })
  return {
    id,
    slug,
    district,
    districtId,
    ledger,
    db,
    places,
    member,
    post,
    postOf,
    photo,
    draft,
    join: async (role: StreetRole, reach?: Reach, bindings?: Env) =>
      clientFor(await member(role, reach), bindings).streets[':streetId'],
    /** The scope of one of its people, without a request around it. */
    scope: (actor: { id?: PersonId; role?: StreetRole; reach?: Reach } = {}, bindings: Env = env) =>
      new StreetScope(
        bindings,
        { streetId: id, districtId, ledger, name: '测试街道', shortName: '测试', suspended: false },
        { id: anId<PersonId>('usr'), role: 'street-admin', reach: wholeStreet, ...actor },
      ),
  }
}
export type Street = Awaited<ReturnType<typeof aStreet>>
