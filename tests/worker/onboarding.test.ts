import { env } from 'cloudflare:workers'
import { describe, it } from 'vitest'
import type { CommunityId, DistrictId, GridId, HazardId, PersonId, PostId, StreetId, UnitId } from '@app/shared/ids'
import type { NewStreet } from '@app/shared/onboarding/schema'
import { type Day, hour } from '@app/shared/time'
import { type LedgerName, openDirectory, openLedger } from '../../worker/db/client'
import {
  districtPosts,
  districts,
  secondFactors,
  securityEvents,
  slugs,
  streetPosts,
  streets,
  users,
} from '../../worker/db/directory'
import { communities, districtLog, districtUnits, grids, overseers, people, schemes } from '../../worker/db/ledger'
import { and, eq } from '../../worker/db/operators'
import { openDistrictFor } from '../../worker/platform/onboarding'
import { scheduled } from '../../worker/platform/schedule'
import { clearUnfinished } from '../../worker/platform/unfinished'
import { DistrictScope } from '../../worker/tenancy/district-scope'
import { killedAt } from './packages'
import { aDistrict, anId, anOperator, aStreet, send } from './street'
import { Visitor } from './visitor'

const directory = openDirectory(env)
const some = () => Math.random().toString(36).slice(2, 10)
const password = '我家门前有三棵很大的榕树呀'

const aPerson = () => ({ id: anId<PersonId>('usr'), name: '首任管理员', username: `u${some()}` })
const aNewStreet = (change: Partial<NewStreet> = {}): NewStreet => ({
  id: anId<StreetId>('str'),
  name: '新街道',
  shortName: '新街',
  slug: `s${some()}`,
  statCode: null,
  rows: Array.from({ length: 8 }, (_, at) => [
    { community: `第${at + 1}社区`, grid: '', code: '' },
    { community: `第${at + 1}社区`, grid: '一网格', code: `G${at}-1` },
    { community: `第${at + 1}社区`, grid: '二网格', code: '' },
  ]).flat(),
  admin: { ...aPerson(), postId: anId<PostId>('pst') },
  ...change,
})
const placesOf = async (ledger: LedgerName, id: StreetId) => {
  const db = openLedger(env, ledger)
  return [
    (await db.select().from(communities).where(eq(communities.streetId, id))).length,
    (await db.select().from(grids).where(eq(grids.streetId, id))).length,
    (await db.select().from(people).where(eq(people.streetId, id))).length,
  ]
}

/** Brings a street aboard, killed at its nth batch; says whether it came through. */
async function onboardedUpTo(
  step: number,
  { id: districtId, slug, ledger }: Awaited<ReturnType<typeof aDistrict>>,
  chief: PersonId,
  street: NewStreet,
): Promise<boolean> {
  let batches = 0
  const faulty = <D extends D1Database>(database: D): D =>
    new Proxy(database, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name)
        if (typeof value !== 'function') return value
        if (name !== 'batch') return value.bind(target)
        return (...sent: unknown[]) => {
          if (++batches >= step) throw new Error('cut off')
          return value.apply(target, sent)
        }
      },
    })
  const scope = new DistrictScope(
    { ...env, DIRECTORY: faulty(env.DIRECTORY), [ledger]: faulty(env[ledger] as D1Database) },
    { districtId, slug, name: '', demo: false, suspended: false, ledger, streets: [] },
    { id: chief, role: 'district-admin', sectors: null },
  )
  await scope.onboard(street, Date.now()).catch(() => null)
  return (await directory.select().from(streets).where(eq(streets.id, street.id)))[0]?.state === 'active'
}

/** Follows a link as its owner does: sets a password, and is signed in. */
async function follow(link: { path: string }): Promise<Visitor> {
  const visitor = new Visitor()
  const token = link.path.split('#')[1]
  expect200(await visitor.ask('PUT', '/api/invitation', { body: { token, password } }))
  return visitor
}
function expect200({ status, text }: { status: number; text: string }): void {
  if (status !== 200) throw new Error(text)
}

describe('a deployment', () => {
  it('comes aboard from its operator to the first hazard of a grid worker', async ({ expect }) => {
    const operator = await anOperator()
    const admin = aPerson()
    const district = { id: anId<DistrictId>('dis'), name: '试验区', slug: `d${some()}`, admin }
    const made = await send(operator, 'POST', '/api/platform/districts', { body: district })
    expect(made.status).toBe(201)
    const chief = await follow((await made.json<{ link: { path: string } }>()).link)
    const there = `/api/districts/${district.id}`

    const street = aNewStreet()
    const trial = await chief.ask('POST', `${there}/streets/trials`, { body: street })
    expect(trial.json).toEqual({ communities: 8, grids: 16, there: false, errors: [] })
    expect(await directory.select().from(streets).where(eq(streets.id, street.id))).toEqual([])
    const aboard = await chief.ask('POST', `${there}/streets`, { body: street })
    expect(aboard.status).toBe(201)
    const office = await follow(aboard.json.link)
    const here = `/api/streets/${street.id}`
    const { json: places } = await office.ask('GET', `${here}/places`)
    expect([places.communities.length, places.grids.length]).toEqual([8, 16])

    const worker = {
      ...aPerson(),
      postId: anId<PostId>('pst'),
      role: 'grid-worker',
      password: '先给的一个密码请马上改掉它',
    }
    const [grid] = places.grids as { id: GridId; communityId: CommunityId }[]
    const hired = await office.ask('POST', `${here}/people`, {
      body: { ...worker, reach: { within: 'grids', ids: [grid?.id] } },
    })
    expect(hired.status).toBe(201)
    const phone = new Visitor()
    await phone.signIn(worker.username, worker.password)
    expect(
      (await phone.ask('PUT', '/api/session/password', { body: { current: worker.password, next: password } })).status,
    ).toBe(200)
    const filed = await phone.ask('POST', `${here}/hazards`, {
      body: {
        id: anId<HazardId>('haz'),
        communityId: grid?.communityId,
        gridId: grid?.id,
        enterpriseId: null,
        place: '三号楼楼道',
        category: 'e-bike-charging',
        sector: 'fire',
        keyPlace: 'e-bike',
        source: 'community-patrol',
        description: '飞线充电',
        level: 'ordinary',
        observedAt: Date.now(),
        photos: [],
      },
    })
    // Without a photo it is refused by its own rule and by no other: the worker stands where hazards are filed.
    expect([filed.status, filed.json.errors?.[0]?.pointer]).toEqual([422, '/photos'])

    const listed = await chief.ask('GET', `${there}/streets`)
    expect(listed.json.items).toMatchObject([
      { id: street.id, state: 'active', communities: 8, grids: 16, people: 2, gaps: 24 },
    ])
  })
})

describe('a street', () => {
  it('is told all that is wrong at once, and nothing is made', async ({ expect }) => {
    const district = await aDistrict()
    const chief = await district.overseer()
    const other = await aStreet()
    const [someone] = await directory
      .select()
      .from(users)
      .where(eq(users.id, await other.member('street-admin')))
    const street = aNewStreet({
      slug: other.slug,
      rows: [
        { community: '', grid: '一', code: '' },
        { community: '甲', grid: '', code: 'x' },
      ],
      admin: { ...aPerson(), postId: anId<PostId>('pst'), username: 'taken.name' },
    })
    await directory
      .update(users)
      .set({ username: 'taken.name' })
      .where(eq(users.id, someone?.id as PersonId))
    const path = `/api/districts/${district.id}/streets`
    const trial = await send(chief, 'POST', `${path}/trials`, { body: street })
    const pointers = ['/rows/0/community', '/rows/1/code', '/slug', '/admin/username']
    const { errors } = await trial.json<{ errors: { pointer: string }[] }>()
    expect(errors.map(({ pointer }) => pointer)).toEqual(pointers)
    const refused = await send(chief, 'POST', path, { body: street })
    expect(refused.status).toBe(422)
    expect(await directory.select().from(streets).where(eq(streets.id, street.id))).toEqual([])
    expect(await placesOf(district.ledger, street.id)).toEqual([0, 0, 0])
    // Nobody’s account is taken hold of by naming it, not even by id and name together.
    const grab = aNewStreet({
      admin: { id: someone?.id as PersonId, postId: anId<PostId>('pst'), name: '夺', username: 'taken.name' },
    })
    expect((await send(chief, 'POST', path, { body: grab })).status).toBe(422)
  })

  it('cut off at any step is not seen, and repeated is whole and the same', async ({ expect }) => {
    const district = await aDistrict()
    const chief = await district.overseer()
    const path = `/api/districts/${district.id}/streets`
    let step = 1
    for (; step < 20; step++) {
      const street = aNewStreet()
      const done = await onboardedUpTo(step, district, chief, street)
      const [seen] = await directory.select().from(streets).where(eq(streets.id, street.id))
      if (done) break
      expect(seen?.state, `step ${step}`).not.toBe('active')
      // What it left behind is finished by the same request, and where words were changed by then it is they that count.
      const changed = {
        ...street,
        rows: street.rows.slice(3),
        name: '改名街道',
        admin: { ...street.admin, name: '改' },
      }
      const again = step % 2 === 0 ? changed : street
      const repeated = await send(chief, 'POST', path, { body: again })
      expect(repeated.status, await repeated.clone().text()).toBe(201)
      const places = step % 2 === 0 ? [7, 14, 1] : [8, 16, 1]
      expect(await placesOf(district.ledger, street.id)).toEqual(places)
      const [kept] = await directory.select().from(streets).where(eq(streets.id, street.id))
      expect(kept).toMatchObject({ state: 'active', name: again.name })
      expect((await send(chief, 'POST', path, { body: again })).status).toBe(409)
      expect(await placesOf(district.ledger, street.id)).toEqual(places)
      expect(await directory.select().from(slugs).where(eq(slugs.slug, street.slug))).toHaveLength(1)
      const lines = await district.db.select().from(districtLog).where(eq(districtLog.subject, street.id))
      expect(lines.length).toBeGreaterThan(0)
    }
    expect(step).toBeGreaterThan(4)
    expect(step).toBeLessThan(20)
  })

  it('of which nobody goes on is taken away after a day, and its names are free', async ({ expect }) => {
    const district = await aDistrict()
    const chief = await district.overseer()
    const path = `/api/districts/${district.id}/streets`
    const sweep = (at: number) => scheduled({ cron: '*/10 * * * *', scheduledTime: at }, env)
    const left: NewStreet[] = []
    for (let step = 1; step < 20; step++) {
      const street = aNewStreet()
      if (await onboardedUpTo(step, district, chief, street)) break
      left.push(street)
    }
    expect(left.length).toBeGreaterThan(3)
    const traces = async ({ id, slug, admin }: NewStreet) => [
      ...(await directory.select().from(streets).where(eq(streets.id, id))),
      ...(await directory.select().from(slugs).where(eq(slugs.slug, slug))),
      ...(await directory.select().from(users).where(eq(users.username, admin.username))),
      ...(await directory.select().from(streetPosts).where(eq(streetPosts.streetId, id))),
      ...(await placesOf(district.ledger, id)).filter(Boolean),
    ]
    const before = await Promise.all(left.map(traces))
    expect(before.some((rows) => rows.length > 6)).toBe(true)
    await sweep(Date.now() + 23 * hour)
    expect(await Promise.all(left.map(traces))).toEqual(before)
    const standing = aNewStreet()
    expect((await send(chief, 'POST', path, { body: standing })).status).toBe(201)
    const whole = await traces(standing)
    await sweep(Date.now() + 25 * hour)
    expect((await Promise.all(left.map(traces))).flat()).toEqual([])
    expect(await traces(standing)).toEqual(whole)
    for (const { slug, admin } of left) {
      const anew = aNewStreet({ slug, admin: { ...aPerson(), postId: anId<PostId>('pst'), username: admin.username } })
      expect((await send(chief, 'POST', path, { body: anew })).status).toBe(201)
    }
  })

  it('and a district are taken away whole, wherever that is cut off', async ({ expect }) => {
    const now = Date.now()
    const operator = await anOperator()
    for (let at = 1; at < 60; at += 2) {
      const [admin, id, slug] = [aPerson(), anId<DistrictId>('dis'), `d${some()}`]
      const district = { id, name: '试验区', slug, ledger: 'LEDGER_02', admin }
      const cut = killedAt(at % 4 === 1 ? 4 : 5)
      await openDistrictFor(cut.bindings, district, now - 2 * 24 * hour).catch(() => null)
      const clearing = killedAt(at)
      await clearUnfinished(clearing.bindings, now).catch(() => null)
      await clearUnfinished(env, now)
      const db = openLedger(env, 'LEDGER_02')
      expect(await directory.select().from(districts).where(eq(districts.id, id)), String(at)).toEqual([])
      expect(await db.select().from(schemes).where(eq(schemes.districtId, id)), String(at)).toEqual([])
      expect(await db.select().from(overseers).where(eq(overseers.districtId, id)), String(at)).toEqual([])
      const made = await send(operator, 'POST', '/api/platform/districts', { body: district })
      expect(made.status, String(at)).toBe(201)
      if (clearing.calls() < at) break
    }
  })

  it('of a thousand places is written in a few statements', async ({ expect }) => {
    const district = await aDistrict()
    const chief = await district.overseer()
    const rows = Array.from({ length: 1_000 }, (_, at) => ({
      community: `第${at % 40}社区`,
      grid: `第${at}网格`,
      code: '',
    }))
    const street = aNewStreet({ rows })
    let statements = 0
    const counted = new Proxy(env[district.ledger] as D1Database, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name)
        if (typeof value !== 'function') return value
        return (...sent: unknown[]) => {
          if (name === 'batch') statements += (sent[0] as unknown[]).length
          return value.apply(target, sent)
        }
      },
    })
    const made = await send(chief, 'POST', `/api/districts/${district.id}/streets`, {
      body: street,
      bindings: { ...env, [district.ledger]: counted },
    })
    expect(made.status, await made.clone().text()).toBe(201)
    expect(statements).toBeGreaterThan(0)
    expect(statements).toBeLessThan(10)
    expect(await placesOf(district.ledger, street.id)).toEqual([40, 1_000, 1])
  })

  it('and its district are suspended and go on by the operator, and lose nothing', async ({ expect }) => {
    const street = await aStreet()
    const [operator, admin] = [await anOperator(), await street.member('street-admin')]
    const settings = () =>
      send(admin, 'PUT', `/api/streets/${street.id}/settings/due.ordinary`, { body: { value: 5 } }).then(
        (r) => r.status,
      )
    const set = (what: string, suspended: boolean) =>
      send(operator, 'PUT', `/api/platform/${what}/suspension`, { body: { suspended, why: '合同到期' } }).then(
        (r) => r.status,
      )
    const stand = async () => (await (await send(admin, 'GET', '/api/me')).json<{ posts: object[] }>()).posts[0]
    const listed = async (what: string) => {
      const { districts } = await (
        await send(operator, 'GET', '/api/platform/tenants')
      ).json<{ districts: { id: string; streets: { id: string }[] }[] }>()
      return districts.flatMap((one) => [one, ...one.streets]).find(({ id }) => what.endsWith(`/${id}`))
    }
    for (const what of [`streets/${street.id}`, `districts/${street.districtId}`]) {
      expect(await settings()).toBe(204)
      expect(await set(what, true)).toBe(204)
      expect(await settings()).toBe(403)
      expect((await send(admin, 'GET', `/api/streets/${street.id}/hazards`)).status).toBe(200)
      // Since when and why is told to whom it stops, and to who keeps the list.
      const stopped = { suspendedAt: expect.any(Number), suspendedWhy: '合同到期' }
      expect(await stand()).toMatchObject({ suspended: true, suspension: { at: expect.any(Number), why: '合同到期' } })
      expect(await listed(what)).toMatchObject(stopped)
      expect(await set(what, false)).toBe(204)
      expect(await stand()).toMatchObject({ suspended: false, suspension: null })
      expect(await listed(what)).toMatchObject({ suspendedAt: null, suspendedWhy: null })
    }
    expect(await settings()).toBe(204)
    expect(await set(`streets/${anId('str')}`, true)).toBe(404)
    // Its line in the record goes with it: where that cannot be written nothing is suspended.
    const mute = new Proxy(env.DIRECTORY, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name)
        if (name === 'batch') return () => Promise.reject(new Error('cut off'))
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    const cut = await send(operator, 'PUT', `/api/platform/streets/${street.id}/suspension`, {
      body: { suspended: true, why: '合同到期' },
      bindings: { ...env, DIRECTORY: mute },
    })
    expect(cut.status).toBe(500)
    expect(await settings()).toBe(204)
  })
})

describe('a district’s people', () => {
  it('are appointed by link, those of a member unit for its sectors, and leave at once', async ({ expect }) => {
    const district = await aDistrict()
    const chief = await district.overseer()
    const path = `/api/districts/${district.id}/people`
    const unitId = anId<UnitId>('unt')
    await district.db
      .insert(districtUnits)
      .values({ districtId: district.id, id: unitId, name: '燃气主管部门', leads: ['gas'], joins: ['fire'] })
    const member = { ...aPerson(), role: 'district-unit', unitId }
    expect((await send(chief, 'POST', path, { body: { ...member, unitId: null } })).status).toBe(422)
    const made = await send(chief, 'POST', path, { body: member })
    expect(made.status).toBe(201)
    const visitor = await follow((await made.json<{ link: { path: string } }>()).link)
    const { json } = await visitor.me()
    expect(json.posts).toMatchObject([{ kind: 'district', role: 'district-unit' }])
    // The link is not made again once a password stands: it would take the account from its owner.
    expect((await send(chief, 'POST', path, { body: member })).status).toBe(409)
    // Nor does appointing somebody who has a post here make another of it, in the ledger or anywhere.
    const kept = () => district.db.select().from(overseers).where(eq(overseers.id, member.id))
    const before = await kept()
    const promoted = await send(chief, 'POST', path, { body: { ...member, role: 'district-admin', unitId: null } })
    expect([promoted.status, (await promoted.json<{ detail: string }>()).detail]).toEqual([
      409,
      '此人在本区已有另一岗位，请先停用原岗位。',
    ])
    expect(await kept()).toEqual(before)
    const other = await aDistrict()
    const stranger = await other.overseer()
    expect((await send(chief, 'DELETE', `${path}/${stranger}/post`)).status).toBe(404)
    expect((await send(chief, 'DELETE', `${path}/${chief}/post`)).status).toBe(409)
    // Cut off after the directory, the end is told to the ledger by the same again, as it was.
    const its = eq(districtPosts.userId, member.id)
    const cut = Date.now() - hour
    await directory.update(districtPosts).set({ state: 'ended', until: cut }).where(its)
    expect((await send(chief, 'DELETE', `${path}/${member.id}/post`)).status).toBe(204)
    const left = await kept()
    expect(left).toMatchObject([{ until: cut }])
    expect((await send(chief, 'DELETE', `${path}/${member.id}/post`)).status).toBe(404)
    expect((await send(chief, 'POST', path, { body: member })).status).toBe(409)
    expect(await kept()).toEqual(left)
    expect((await visitor.ask('GET', `/api/districts/${district.id}/overview`)).status).toBe(404)
  })

  it('are helped by an administrator of theirs, and come back to a post that ended', async ({ expect }) => {
    const district = await aDistrict()
    const chief = await district.overseer()
    const path = `/api/districts/${district.id}/people`
    const member = { ...aPerson(), role: 'district-observer' }
    const made = await send(chief, 'POST', path, { body: member })
    const visitor = await follow((await made.json<{ link: { path: string } }>()).link)
    const own = `${path}/${member.id}`
    const state = async () => (await send(chief, 'GET', `${own}/account`)).json()
    expect(await state()).toMatchObject({ username: member.username, hasPassword: true, sessions: 1, blocked: false })

    const reset = await send(chief, 'POST', `${own}/link`)
    expect(reset.status).toBe(201)
    await follow(await reset.json())
    expect((await visitor.me()).status).toBe(401)
    expect((await send(chief, 'PUT', `${own}/sign-in`, { body: { allowed: false } })).status).toBe(204)
    expect(await state()).toMatchObject({ blocked: true, sessions: 0 })
    expect((await send(chief, 'PUT', `${own}/sign-in`, { body: { allowed: true } })).status).toBe(204)
    for (const what of ['lock', 'sessions', 'second-factor'])
      expect((await send(chief, 'DELETE', `${own}/${what}`)).status).toBe(204)

    const back = new Visitor()
    await back.signIn(member.username, password)
    const overview = () => back.ask('GET', `/api/districts/${district.id}/overview`).then(({ status }) => status)
    expect(await overview()).toBe(200)
    expect((await send(chief, 'DELETE', `${own}/post`)).status).toBe(204)
    expect(await overview()).toBe(404)
    expect((await send(chief, 'GET', `${own}/account`)).status).toBe(404)
    // Appointed again under the same id, the ledger would know a post that the gate does not.
    expect((await send(chief, 'POST', path, { body: { ...member, role: 'district-admin' } })).status).toBe(409)
    expect((await send(chief, 'PUT', `${own}/post`)).status).toBe(204)
    expect(await overview()).toBe(200)
    const { items } = await (await send(chief, 'GET', path)).json<{ items: { id: string; until: number | null }[] }>()
    expect(items.find(({ id }) => id === member.id)).toMatchObject({ role: 'district-observer', until: null })
    // What stands is left as it is.
    expect((await send(chief, 'PUT', `${own}/post`)).status).toBe(204)

    const other = await aDistrict()
    const stranger = await other.overseer()
    for (const [method, what] of [
      ['GET', 'account'],
      ['POST', 'link'],
      ['PUT', 'post'],
    ] as const)
      expect((await send(chief, method, `${path}/${stranger}/${what}`)).status, what).toBe(404)
  })

  it('of a member unit come back to what it leads now, and not once it is no more', async ({ expect }) => {
    const district = await aDistrict()
    const chief = await district.overseer()
    const unitId = anId<UnitId>('unt')
    const its = { districtId: district.id, id: unitId }
    await district.db.insert(districtUnits).values({ ...its, name: '燃气主管部门', leads: ['gas'], joins: [] })
    const path = `/api/districts/${district.id}/people`
    const member = { ...aPerson(), role: 'district-unit', unitId }
    expect((await send(chief, 'POST', path, { body: member })).status).toBe(201)
    const post = (method: string) => send(chief, method, `${path}/${member.id}/post`).then(({ status }) => status)
    const sectors = async () =>
      (await directory.select().from(districtPosts).where(eq(districtPosts.userId, member.id)))[0]?.sectors
    expect([await post('DELETE'), await sectors()]).toEqual([204, ['gas']])
    await district.db
      .update(districtUnits)
      .set({ leads: ['gas', 'fire'] })
      .where(eq(districtUnits.id, unitId))
    expect([await post('PUT'), await sectors()]).toEqual([204, ['gas', 'fire']])
    expect(await post('DELETE')).toBe(204)
    await district.db
      .update(districtUnits)
      .set({ retiredOn: '2026-01-01' as Day })
      .where(eq(districtUnits.id, unitId))
    expect(await post('PUT')).toBe(409)
  })
})

describe('an administrator who cannot get in', () => {
  const lines = (owner: string, subject: PersonId) =>
    directory
      .select({ kind: securityEvents.kind, actor: securityEvents.actor, detail: securityEvents.detail })
      .from(securityEvents)
      .where(and(eq(securityEvents.ownerId, owner), eq(securityEvents.subject, subject)))

  it('of a district is helped by the operator, and the district sees it', async ({ expect }) => {
    const operator = await anOperator()
    const admin = aPerson()
    const district = { id: anId<DistrictId>('dis'), name: '试验区', slug: `d${some()}`, admin }
    const at = `/api/platform/districts/${district.id}/administrators`
    const made = await send(operator, 'POST', '/api/platform/districts', { body: district })
    const lost = (await made.json<{ link: { path: string } }>()).link
    const list = async () => (await (await send(operator, 'GET', at)).json<{ items: object[] }>()).items
    expect(await list()).toEqual([
      {
        ...admin,
        hasPassword: false,
        secondFactor: false,
        blocked: false,
        linkUntil: expect.any(Number),
      },
    ])
    expect(await lines(district.id, admin.id)).toMatchObject([
      { kind: 'onboarded', actor: operator },
      { kind: 'link-made', actor: operator, detail: '由平台运维办理' },
    ])

    const again = await send(operator, 'POST', `${at}/${admin.id}/link`)
    expect(again.status).toBe(201)
    const { path } = await again.json<{ path: string }>()
    const token = lost.path.split('#')[1]
    expect((await new Visitor().ask('PUT', '/api/invitation', { body: { token, password } })).status).toBe(404)
    const chief = await follow({ path })
    await directory.insert(secondFactors).values({ userId: admin.id, secret: 'sealed', confirmedAt: 1 })
    expect(await list()).toMatchObject([{ hasPassword: true, secondFactor: true, linkUntil: null }])
    expect((await send(operator, 'DELETE', `${at}/${admin.id}/second-factor`)).status).toBe(204)
    expect(await list()).toMatchObject([{ secondFactor: false }])
    expect((await chief.me()).status).toBe(401)
    const told = ['onboarded', 'link-made', 'link-made', 'factor-removed']
    for (const owner of [district.id, 'platform'])
      expect((await lines(owner, admin.id)).map(({ kind }) => kind)).toEqual(told)

    const other = await aDistrict()
    const [stranger, observer] = [await other.overseer(), await other.overseer('district-observer')]
    expect((await send(operator, 'POST', `${at}/${stranger}/link`)).status).toBe(404)
    const theirs = `/api/platform/districts/${other.id}/administrators`
    expect((await send(operator, 'POST', `${theirs}/${observer}/link`)).status).toBe(404)
    expect((await send(operator, 'DELETE', `${theirs}/${observer}/second-factor`)).status).toBe(404)
    // Others send who serves in two units to the operator; every unit of theirs is told.
    const street = await aStreet()
    await street.post(stranger, 'inspector')
    expect((await send(operator, 'POST', `${theirs}/${stranger}/link`)).status).toBe(201)
    for (const owner of [other.id, street.id])
      expect(await lines(owner, stranger), owner).toMatchObject([{ kind: 'link-made', actor: operator }])
  })

  it('of a street is helped by its district while nobody of the street can, and the street sees it', async ({
    expect,
  }) => {
    const district = await aDistrict()
    const chief = await district.overseer()
    const street = aNewStreet()
    const at = `/api/districts/${district.id}/streets`
    expect((await send(chief, 'POST', at, { body: street })).status).toBe(201)
    const { admin } = street
    const own = { id: admin.id, name: admin.name, username: admin.username, streetId: street.id, blocked: false }
    const list = async () =>
      (await (await send(chief, 'GET', `${at}/administrators`)).json<{ items: object[] }>()).items
    expect(await list()).toEqual([{ ...own, hasPassword: false, linkUntil: expect.any(Number) }])
    const link = (id: PersonId, streetId = street.id) =>
      send(chief, 'POST', `${at}/${streetId}/administrators/${id}/link`)
    const first = await link(admin.id)
    expect(first.status).toBe(201)
    const office = await follow(await first.json())
    expect(await list()).toEqual([{ ...own, hasPassword: true, linkUntil: null }])

    // The only one who administers it: the district may reset the password.
    const reset = await link(admin.id)
    expect(reset.status).toBe(201)
    await follow(await reset.json())
    expect((await office.me()).status).toBe(401)
    const back = new Visitor()
    await back.signIn(admin.username, password)
    const seen = await back.ask('GET', `/api/streets/${street.id}/security/events?kind=link-made`)
    expect(seen.json.items).toMatchObject(
      Array.from({ length: 3 }, () => ({ actor: chief, subject: admin.id, detail: '由区级管理员办理' })),
    )
    expect((await lines(district.id, admin.id)).filter(({ kind }) => kind === 'link-made')).toHaveLength(3)

    // With a colleague who can get in it is the street's own matter, and for one who cannot it is not.
    const colleague = { ...aPerson(), postId: anId<PostId>('pst'), role: 'street-admin', reach: { within: 'street' } }
    const hired = await back.ask('POST', `/api/streets/${street.id}/people`, {
      body: { ...colleague, password: '先给的一个密码请马上改掉它' },
    })
    expect(hired.status).toBe(201)
    const refused = await link(admin.id)
    expect(refused.status).toBe(409)
    expect(await refused.text()).toContain(colleague.name)
    const people = `/api/streets/${street.id}/people/${colleague.id}`
    expect((await back.ask('PUT', `${people}/sign-in`, { body: { allowed: false } })).status).toBe(204)
    expect((await link(admin.id)).status).toBe(201)

    const [near, far] = [await aStreet(district), await aStreet()]
    expect((await link(await near.member('inspector'), near.id)).status).toBe(404)
    expect((await link(await near.member('street-admin'))).status).toBe(404)
    expect((await link(await far.member('street-admin'), far.id)).status).toBe(404)
    const observer = await district.overseer('district-observer')
    expect((await send(observer, 'GET', `${at}/administrators`)).status).toBe(403)
  })
})
