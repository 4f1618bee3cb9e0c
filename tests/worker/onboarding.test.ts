import { env } from 'cloudflare:workers'
import { describe, it } from 'vitest'
import type { CommunityId, DistrictId, GridId, HazardId, PersonId, PostId, StreetId, UnitId } from '@app/shared/ids'
import type { NewStreet } from '@app/shared/onboarding/schema'
import { openDirectory, openLedger } from '../../worker/db/client'
import { slugs, streets, users } from '../../worker/db/directory'
import { communities, districtLog, districtUnits, grids, people } from '../../worker/db/ledger'
import { eq } from '../../worker/db/operators'
import { DistrictScope } from '../../worker/tenancy/district-scope'
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
const placesOf = async (ledger: 'LEDGER_01' | 'LEDGER_02', id: StreetId) => {
  const db = openLedger(env, ledger)
  return [
    (await db.select().from(communities).where(eq(communities.streetId, id))).length,
    (await db.select().from(grids).where(eq(grids.streetId, id))).length,
    (await db.select().from(people).where(eq(people.streetId, id))).length,
  ]
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
    expect(await placesOf(district.ledger as 'LEDGER_01', street.id)).toEqual([0, 0, 0])
    // Nobody’s account is taken hold of by naming it, not even by id and name together.
    const grab = aNewStreet({
      admin: { id: someone?.id as PersonId, postId: anId<PostId>('pst'), name: '夺', username: 'taken.name' },
    })
    expect((await send(chief, 'POST', path, { body: grab })).status).toBe(422)
  })

  it('cut off at any step is not seen, and repeated is whole and the same', async ({ expect }) => {
    const district = await aDistrict()
    const chief = await district.overseer()
    const street = aNewStreet()
    const path = `/api/districts/${district.id}/streets`
    for (let step = 1; step <= 6; step++) {
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
        { ...env, DIRECTORY: faulty(env.DIRECTORY), [district.ledger]: faulty(env[district.ledger] as D1Database) },
        {
          districtId: district.id,
          slug: district.slug,
          name: '',
          demo: false,
          suspended: false,
          ledger: district.ledger,
          streets: [],
        },
        { id: chief, role: 'district-admin', sectors: null },
      )
      const seen = async () => (await directory.select().from(streets).where(eq(streets.id, street.id)))[0]?.state
      await scope.onboard(street, Date.now()).catch(() => null)
      if (step < 5) expect(await seen(), `step ${step}`).not.toBe('active')
    }
    // What the cut-off tries left behind is finished by the same request.
    const done = await send(chief, 'POST', path, { body: street })
    expect([201, 409], await done.clone().text()).toContain(done.status)
    expect(await placesOf(district.ledger as 'LEDGER_01', street.id)).toEqual([8, 16, 1])
    const again = await send(chief, 'POST', path, { body: street })
    expect(again.status).toBe(409)
    expect(await placesOf(district.ledger as 'LEDGER_01', street.id)).toEqual([8, 16, 1])
    expect(await directory.select().from(slugs).where(eq(slugs.slug, street.slug))).toHaveLength(1)
    const lines = await district.db.select().from(districtLog).where(eq(districtLog.subject, street.id))
    expect(lines.length).toBeGreaterThan(0)
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
    const other = await aDistrict()
    const stranger = await other.overseer()
    expect((await send(chief, 'DELETE', `${path}/${stranger}/post`)).status).toBe(404)
    expect((await send(chief, 'DELETE', `${path}/${chief}/post`)).status).toBe(409)
    expect((await send(chief, 'DELETE', `${path}/${member.id}/post`)).status).toBe(204)
    expect((await visitor.ask('GET', `/api/districts/${district.id}/overview`)).status).toBe(404)
  })
})
