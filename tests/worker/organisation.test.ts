import { parseResponse } from 'hono/client'
import { describe, it } from 'vitest'
import type { ChargeId, CommunityId, GridId, PersonId, PostId, SeatId, UnitId } from '@app/shared/ids'
import { firstBroken } from '@app/shared/events/chain'
import { sealedOf } from '@app/shared/hazards/effects'
import { addDays, type Day, dayOf } from '@app/shared/time'
import {
  auditLog,
  charges,
  communities,
  enterprises,
  grids,
  hazardEvents,
  hazards,
  placeChanges,
} from '../../worker/db/ledger'
import { and, asc, eq } from '../../worker/db/operators'
import type { Env } from '../../worker/env'
import { sha256 } from '../../worker/sha256'
import { before } from './between'
import { aCrew, filed } from './course'
import { anId, aStreet, clientFor, send, type Street } from './street'

const today = dayOf(Date.now())

async function aDesk(street?: Street) {
  const here = street ?? (await aStreet())
  const admin = await here.member('street-admin')
  const api = clientFor(admin).streets[':streetId']
  return { street: here, admin, api, param: { streetId: here.id } }
}

const hazardOf = async (street: Street, id: string) =>
  (
    await street.db
      .select()
      .from(hazards)
      .where(and(eq(hazards.streetId, street.id), eq(hazards.id, id as never)))
  )[0]

async function soundChain(street: Street, id: string): Promise<boolean> {
  const row = await hazardOf(street, id)
  const events = await street.db
    .select()
    .from(hazardEvents)
    .where(and(eq(hazardEvents.streetId, street.id), eq(hazardEvents.hazardId, id as never)))
    .orderBy(asc(hazardEvents.seq))
  return (await firstBroken(events.map(sealedOf), row?.head ?? '', sha256)) === null
}

describe('places', () => {
  it('are added, renamed and told of, and two of one name are refused', async ({ expect }) => {
    const { street, api, param } = await aDesk()
    const id = anId<CommunityId>('com')
    await api.places.communities.$post({ param, json: { id, name: '新社区', statCode: '440803071009' } })
    await expect(
      api.places.communities.$post({ param, json: { id: anId<CommunityId>('com'), name: '新社区' } }),
    ).rejects.toMatchObject({ slug: 'invalid-input', errors: [{ pointer: '/name' }] })
    await expect(api.places.communities.$post({ param, json: { id, name: '又一社区' } })).rejects.toMatchObject({
      slug: 'already-there',
    })
    await api.places.communities[':communityId'].name.$put({
      param: { ...param, communityId: id },
      json: { name: '更名社区', why: '区划调整' },
    })
    const { items } = await parseResponse(api.places[':placeId'].history.$get({ param: { ...param, placeId: id } }))
    expect(items.map(({ kind, name, oldName }) => [kind, name, oldName])).toEqual([
      ['renamed', '更名社区', '新社区'],
      ['added', '新社区', null],
    ])
    const tree = await parseResponse(api.places.tree.$get({ param }))
    expect(tree.communities.find((one) => one.id === id)).toMatchObject({ name: '更名社区', grids: [] })
    const lines = await street.db.select().from(auditLog).where(eq(auditLog.subject, id))
    expect(lines.map(({ capability }) => capability)).toEqual(['place.manage', 'place.manage'])
  })

  it('merge: what is open and the enterprises go along, what is closed stays, nothing is orphaned', async ({
    expect,
  }) => {
    const { street, api, param } = await aDesk()
    const { first, second, shop, east } = street.places
    const crew = await aCrew(street)
    const [open, closed] = [await filed(street, crew.grid), await filed(street, crew.grid)]
    await street.db
      .update(hazards)
      .set({ state: 'closed', open: false })
      .where(and(eq(hazards.streetId, street.id), eq(hazards.id, closed)))
    const retire = () =>
      api.places.grids[':gridId'].retirement.$put({
        param: { ...param, gridId: first },
        json: { to: second, why: '网格合并' },
      })
    await expect(retire()).rejects.toMatchObject({
      slug: 'rule-broken',
      detail: expect.stringContaining('1 条未办结隐患'),
    })

    const move = () =>
      api.places.grids[':gridId'].moves.$post({
        param: { ...param, gridId: first },
        json: { to: second, what: { kind: 'all' }, why: '网格合并' },
      })
    expect(await parseResponse(move())).toEqual({ hazards: 1, enterprises: 1, left: 0 })
    // Repeated, it finds nothing left to do.
    expect(await parseResponse(move())).toEqual({ hazards: 0, enterprises: 0, left: 0 })
    await retire()

    expect(await hazardOf(street, open)).toMatchObject({ gridId: second, communityId: east, state: 'filed' })
    expect(await hazardOf(street, closed)).toMatchObject({ gridId: first })
    expect(await soundChain(street, open)).toBe(true)
    const places = await parseResponse(api.places.$get({ param }))
    expect(places.grids.map(({ id }) => id)).not.toContain(first)
    const own = await parseResponse(api.places.enterprises.$get({ param, query: { gridId: second } }))
    expect(own.items.map(({ id }) => id)).toContain(shop)

    // Who worked in the old grid works in the new one from the next request on, and still sees what is past.
    const seen = await send(crew.grid, 'GET', `/api/streets/${street.id}/hazards?gridId=${second}`)
    expect((await seen.json<{ items: { id: string }[] }>()).items.map(({ id }) => id)).toEqual([open])
    const past = await send(crew.grid, 'GET', `/api/streets/${street.id}/hazards/${closed}`)
    expect(past.status).toBe(200)
    // Nothing is filed under what is retired.
    await expect(
      api.hazards.$post({
        param,
        json: await street.draft({ gridId: first, enterpriseId: null, source: 'street-check' }),
      }),
    ).rejects.toMatchObject({ slug: 'invalid-input', errors: [{ pointer: '/gridId' }] })
  })

  it('keep what is filed, moved or added at the very moment they are retired from being orphaned', async ({
    expect,
  }) => {
    const { street, admin, api, param } = await aDesk()
    const { first, second, third, east, west } = street.places
    const here = `/api/streets/${street.id}`
    const ask = (method: string, path: string, body: object, bindings?: Env) =>
      send(admin, method, here + path, { body, ...(bindings && { bindings }) })
    const racing = async (method: string, path: string, body: object, happens: () => Promise<unknown>) => {
      const answer = await ask(method, path, body, before(2, street.ledger, happens))
      return [answer.status, (await answer.json<{ type: string }>()).type]
    }
    const stale = [409, 'urn:zhiben:problem:stale']
    const retired = async (table: typeof grids | typeof communities, id: GridId | CommunityId, on: Day | null) =>
      street.db
        .update(table)
        .set({ retiredOn: on })
        .where(eq(table.id, id as never))
    const standing = async (id: GridId) =>
      (await street.db.select().from(grids).where(eq(grids.id, id)))[0]?.retiredOn === null
    const draft = (gridId: GridId) => street.draft({ gridId, enterpriseId: null, source: 'street-check' })

    // Somebody files while the grid is retired, and the other way round.
    const late = await draft(second)
    const filing = () => ask('POST', '/hazards', late)
    expect(await racing('PUT', `/places/grids/${second}/retirement`, { why: '合并' }, filing)).toEqual(stale)
    expect(await standing(second)).toBe(true)
    expect(await hazardOf(street, late.id)).toMatchObject({ open: true, gridId: second })
    const lost = await draft(first)
    expect(await racing('POST', '/hazards', lost, () => retired(grids, first, today))).toEqual(stale)
    expect(await hazardOf(street, lost.id)).toBe(undefined)

    // What was to be moved stays where it is when its new place goes.
    const move = { to: third, what: { kind: 'all' }, why: '合并' }
    expect(await racing('POST', `/places/grids/${second}/moves`, move, () => retired(grids, third, today))).toEqual(
      stale,
    )
    expect(await hazardOf(street, late.id)).toMatchObject({ gridId: second })
    // A grid comes into no community that goes, and a community with a grid does not go.
    const added = { id: anId<GridId>('grd'), communityId: west, name: '西二网格' }
    expect(await racing('POST', '/places/grids', added, () => retired(communities, west, today))).toEqual(stale)
    await retired(communities, west, null)
    await street.db
      .update(enterprises)
      .set({ communityId: east, gridId: first })
      .where(eq(enterprises.communityId, west))
    const adding = () => ask('POST', '/places/grids', added)
    expect(await racing('PUT', `/places/communities/${west}/retirement`, { why: '合并' }, adding)).toEqual(stale)

    // Of two that give one name the later is told; so it is where nobody races.
    const named = { name: '同名网格', why: '更名' }
    const renaming = () => ask('PUT', `/places/grids/${second}/name`, named)
    const other = { id: anId<GridId>('grd'), communityId: east, name: '东四网格' }
    await api.places.grids.$post({ param, json: other })
    expect(await racing('PUT', `/places/grids/${other.id}/name`, named, renaming)).toEqual(stale)
    await expect(
      api.places.grids[':gridId'].name.$put({ param: { ...param, gridId: other.id }, json: named }),
    ).rejects.toMatchObject({ slug: 'invalid-input', errors: [{ pointer: '/name' }] })
    await expect(
      api.places.communities[':communityId'].name.$put({
        param: { ...param, communityId: east },
        json: { name: '西社区', why: '更名' },
      }),
    ).rejects.toMatchObject({ slug: 'invalid-input', errors: [{ pointer: '/name' }] })
  })

  it('split: what is named goes, an enterprise with its open hazards', async ({ expect }) => {
    const { street, api, param } = await aDesk()
    const { first, east, shop } = street.places
    const crew = await aCrew(street)
    const [mine, loose] = [await filed(street, crew.grid), await filed(street, crew.grid, { enterpriseId: null })]
    const id = anId<GridId>('grd')
    await api.places.grids.$post({ param, json: { id, communityId: east, name: '东三网格' } })
    const moved = api.places.grids[':gridId'].moves.$post({
      param: { ...param, gridId: first },
      json: { to: id, what: { kind: 'some', enterprises: [shop], hazards: [] }, why: '网格拆分' },
    })
    expect(await parseResponse(moved)).toEqual({ hazards: 1, enterprises: 1, left: 0 })
    expect(await hazardOf(street, mine)).toMatchObject({ gridId: id })
    expect(await hazardOf(street, loose)).toMatchObject({ gridId: first })
    // A stranger's enterprise is not found here.
    const other = await aStreet(street.district)
    await expect(
      api.places.grids[':gridId'].moves.$post({
        param: { ...param, gridId: first },
        json: { to: id, what: { kind: 'some', enterprises: [other.places.shop], hazards: [] }, why: '试' },
      }),
    ).rejects.toMatchObject({ slug: 'invalid-input' })
    await expect(
      api.places.grids[':gridId'].moves.$post({
        param: { ...param, gridId: first },
        json: { to: other.places.first, what: { kind: 'all' }, why: '试' },
      }),
    ).rejects.toMatchObject({ slug: 'invalid-input', errors: [{ pointer: '/to' }] })
    await expect(
      api.places.grids[':gridId'].name.$put({
        param: { ...param, gridId: other.places.first },
        json: { name: '夺', why: '试' },
      }),
    ).rejects.toMatchObject({ slug: 'not-found' })
  })

  it('a community goes only when its grids have gone, and strands nobody', async ({ expect }) => {
    const { street, api, param } = await aDesk()
    const { west, third, second, east, garage } = street.places
    const secretary = await street.member('community-secretary', { within: 'communities', ids: [west] })
    const gone = (json: { to?: CommunityId; why: string }) =>
      api.places.communities[':communityId'].retirement.$put({ param: { ...param, communityId: west }, json })
    await expect(gone({ why: '合并' })).rejects.toMatchObject({ detail: expect.stringContaining('未撤销的网格') })
    await api.places.grids[':gridId'].moves.$post({
      param: { ...param, gridId: third },
      json: { to: second, what: { kind: 'all' }, why: '合并' },
    })
    await api.places.grids[':gridId'].retirement.$put({ param: { ...param, gridId: third }, json: { why: '合并' } })
    await expect(gone({ why: '合并' })).rejects.toMatchObject({
      slug: 'rule-broken',
      detail: expect.stringContaining('只负责'),
    })
    await gone({ to: east, why: '合并' })
    const places = await send(secretary, 'GET', `/api/streets/${street.id}/places/enterprises`)
    expect((await places.json<{ items: { id: string }[] }>()).items.map(({ id }) => id)).toContain(garage)
    expect(await street.db.select().from(communities).where(eq(communities.id, west))).toMatchObject([
      { retiredOn: today },
    ])
    const told = await street.db.select().from(placeChanges).where(eq(placeChanges.placeId, west))
    expect(told).toMatchObject([{ kind: 'retired', toId: east }])
  })
})

describe('双包', () => {
  it('gives a place to one person at a time and keeps the past', async ({ expect }) => {
    const { street, api, param } = await aDesk()
    const { east, first } = street.places
    const [one, two] = [await street.member('street-leader'), await street.member('street-leader')]
    const cadre = await street.member('inspector')
    const take = (personId: PersonId, change: object = {}) =>
      api.organisation.charges.$post({
        param,
        json: {
          id: anId<ChargeId>('chg'),
          placeId: east,
          kind: 'leader',
          personId,
          from: addDays(today, -30),
          ...change,
        },
      })
    await take(one)
    await take(two, { from: today })
    const { items } = await parseResponse(api.organisation.charges.$get({ param, query: {} }))
    expect(items.map(({ personId }) => personId)).toEqual([two])
    const past = await parseResponse(api.organisation.charges.$get({ param, query: { on: addDays(today, -1) } }))
    expect(past.items.map(({ personId }) => personId)).toEqual([one])
    const all = await parseResponse(api.organisation.charges.$get({ param, query: { placeId: east } }))
    expect(all.items).toHaveLength(2)
    // A cadre takes no community, a leader no grid, a stranger nothing.
    await expect(take(cadre)).rejects.toMatchObject({ errors: [{ pointer: '/personId' }] })
    await expect(take(one, { placeId: first })).rejects.toMatchObject({ errors: [{ pointer: '/placeId' }] })
    const other = await aStreet(street.district)
    await expect(take(await other.member('street-leader'))).rejects.toMatchObject({
      errors: [{ pointer: '/personId' }],
    })
    await expect(take(one, { placeId: other.places.east })).rejects.toMatchObject({ slug: 'invalid-input' })

    const [last] = items
    await api.organisation.charges[':chargeId'].end.$put({
      param: { ...param, chargeId: last?.id ?? '' },
      json: { on: today },
    })
    expect((await parseResponse(api.organisation.charges.$get({ param, query: {} }))).items).toEqual([])
  })

  it('is given once by equal requests that come at once, however long it is to last', async ({ expect }) => {
    const { street, api, param } = await aDesk()
    const leaders = await Promise.all([street.member('street-leader'), street.member('street-leader')])
    const taken = async (change: object) => {
      const tries = Array.from({ length: 6 }, (_, at) =>
        api.organisation.charges
          .$post({
            param,
            json: {
              id: anId<ChargeId>('chg'),
              placeId: street.places.east,
              kind: 'leader',
              personId: leaders[at % 2] as PersonId,
              from: today,
              ...change,
            },
          })
          .then(
            () => 'taken',
            (problem: unknown) => problem,
          ),
      )
      const done = await Promise.all(tries)
      const refused = done.filter((one) => one !== 'taken')
      for (const problem of refused) expect(problem).toMatchObject({ status: 409 })
      return done.length - refused.length
    }
    // Whoever reads only when another has written takes the place from that one, as always.
    expect(await taken({})).toBeLessThan(6)
    expect(await taken({ from: addDays(today, 9), until: addDays(today, 20) })).toBeLessThan(6)
    const kept = await street.db
      .select()
      .from(charges)
      .where(eq(charges.streetId, street.id))
      .orderBy(asc(charges.from))
    const standing = kept.filter(({ from, until }) => until === null || until > from)
    expect(standing.map(({ from, until }) => [from, until])).toEqual([
      [today, addDays(today, 9)],
      [addDays(today, 9), addDays(today, 20)],
    ])
  })

  it('is shown on the workbench where nobody answers', async ({ expect }) => {
    const { street, api, param } = await aDesk()
    const bench = async () => (await parseResponse(api.workbench.$get({ param }))).charges
    expect(await bench()).toEqual({ communities: 2, grids: 3, overloaded: 0 })
    const leader = await street.member('street-leader')
    await api.organisation.charges.$post({
      param,
      json: { id: anId<ChargeId>('chg'), placeId: street.places.east, kind: 'leader', personId: leader, from: today },
    })
    expect(await bench()).toEqual({ communities: 1, grids: 3, overloaded: 0 })
  })

  it('is shown with each hazard, as of today and of the day it was found', async ({ expect }) => {
    const { street, api, param } = await aDesk()
    const crew = await aCrew(street)
    const hazardId = await filed(street, crew.grid)
    const leader = await street.member('street-leader')
    await api.organisation.charges.$post({
      param,
      json: {
        id: anId<ChargeId>('chg'),
        placeId: street.places.east,
        kind: 'leader',
        personId: leader,
        from: addDays(today, -5),
      },
    })
    const record = await parseResponse(api.hazards[':hazardId'].$get({ param: { ...param, hazardId } }))
    expect(record.answering?.now).toEqual({ leader: '测试street-leader', cadre: null })
    expect(record.answering?.found).toEqual({ leader: '测试street-leader', cadre: null })
  })
})

describe('the leading group and the units', () => {
  it('has one head at a time', async ({ expect }) => {
    const { api, param } = await aDesk()
    const seat = (seat: 'head' | 'member', name: string) =>
      api.organisation.seats.$post({ param, json: { id: anId<SeatId>('sea'), seat, name, title: '书记', from: today } })
    await seat('head', '甲')
    await seat('member', '乙')
    await seat('head', '丙')
    const { items } = await parseResponse(api.organisation.seats.$get({ param, query: {} }))
    expect(items.map(({ name }) => name).sort()).toEqual(['丙', '乙'])
    const [first] = items
    await api.organisation.seats[':seatId'].end.$put({
      param: { ...param, seatId: first?.id ?? '' },
      json: { on: today },
    })
    expect((await parseResponse(api.organisation.seats.$get({ param, query: {} }))).items).toHaveLength(1)

    // Of several who are seated at once one is, and the others are told.
    const tries = await Promise.allSettled(Array.from({ length: 6 }, (_, at) => seat('head', `人${at}`)))
    const refused = tries.filter(({ status }) => status === 'rejected')
    expect(refused.length).toBeGreaterThan(0)
    for (const { reason } of refused as PromiseRejectedResult[]) expect(reason).toMatchObject({ slug: 'stale' })
    const seated = await parseResponse(api.organisation.seats.$get({ param, query: {} }))
    expect(seated.items.filter((one) => one.seat === 'head')).toHaveLength(1)
  })

  it('keeps one lead for one matter, also of two who are entered at once', async ({ expect }) => {
    const { street, admin, api, param } = await aDesk()
    const path = `/api/streets/${street.id}/organisation/units`
    const unit = (name: string, leads: string[]) => ({ id: anId<UnitId>('unt'), name, leads, joins: [] })
    const enter = (body: object) => send(admin, 'POST', path, { body })
    const [one, two] = [unit('教育办', ['education']), unit('文教办', ['education'])]
    const racing = (method: string, at: string, body: object, happens: () => unknown) =>
      send(admin, method, at, { body, bindings: before(1, street.ledger, happens) })
    expect((await racing('POST', path, two, () => enter(one))).status).toBe(409)
    await enter({ ...two, leads: [] })
    const { id: _, ...words } = { ...two, leads: ['housing'] }
    const other = () => enter(unit('住建办', ['housing', 'construction']))
    expect((await racing('PUT', `${path}/${two.id}`, words, other)).status).toBe(409)
    for (const standing of (await parseResponse(api.organisation.units.$get({ param }))).items)
      await api.organisation.units[':unitId'].$delete({ param: { ...param, unitId: standing.id } })
    const id = anId<UnitId>('unt')
    await api.organisation.units.$post({ param, json: { id, name: '应急办', leads: ['fire'], joins: ['gas'] } })
    await expect(
      api.organisation.units.$post({
        param,
        json: { id: anId<UnitId>('unt'), name: '城建办', leads: ['fire'], joins: [] },
      }),
    ).rejects.toMatchObject({ errors: [{ pointer: '/leads' }] })
    await api.organisation.units[':unitId'].$put({
      param: { ...param, unitId: id },
      json: { name: '应急管理办', leads: ['gas'], joins: [], basis: '街道分工文件' },
    })
    await api.organisation.units[':unitId'].$delete({ param: { ...param, unitId: id } })
    const { items } = await parseResponse(api.organisation.units.$get({ param }))
    expect(items.find((one) => one.id === id)).toMatchObject({ name: '应急管理办', leads: ['gas'], retiredOn: today })
    await expect(api.organisation.units[':unitId'].$delete({ param: { ...param, unitId: id } })).rejects.toMatchObject({
      slug: 'not-found',
    })
  })
})

describe('settings', () => {
  it('are set with who and when, and refused where they cannot be', async ({ expect }) => {
    const { admin, api, param } = await aDesk()
    const set = (key: 'due.ordinary' | 'remind.before', value: number | number[] | string) =>
      api.settings[':key'].$put({ param: { ...param, key }, json: { value } })
    await set('due.ordinary', 5)
    await set('due.ordinary', 6)
    await set('remind.before', [2, 0])
    await expect(set('due.ordinary', 500)).rejects.toMatchObject({
      errors: [{ pointer: '/value', detail: '最多 30 天' }],
    })
    await expect(set('due.ordinary', '七')).rejects.toMatchObject({ slug: 'invalid-input' })
    const { items } = await parseResponse(api.settings.$get({ param }))
    expect(items).toMatchObject([
      { key: 'due.ordinary', value: 6, by: admin },
      { key: 'remind.before', value: [2, 0] },
    ])
  })
})

describe('leaving a post', () => {
  it('gives over what is open first, each hazard by an event of its own', async ({ expect }) => {
    const { street, admin, api, param } = await aDesk()
    const crew = await aCrew(street)
    const hazardId = await filed(street, crew.grid)
    const [leaving, staying] = [await street.member('inspector'), await street.member('inspector')]
    await api.hazards[':hazardId'].rounds[':round'].assignment.$put({
      param: { ...param, hazardId, round: '1' },
      json: { responsibleId: leaving, responsible: '测试inspector', dueOn: addDays(today, 3), measures: '拆除' },
    })
    await api.organisation.charges.$post({
      param,
      json: { id: anId<ChargeId>('chg'), placeId: street.places.first, kind: 'cadre', personId: leaving, from: today },
    })
    const path = { ...param, personId: leaving }
    const open = await parseResponse(api.people[':personId'].open.$get({ param: path }))
    expect(open).toMatchObject({ hazards: [{ id: hazardId }], charges: [{ placeName: '东一网格' }], seats: [] })
    const { items } = await parseResponse(api.people.$get({ param }))
    const postId = items.find(({ id }) => id === leaving)?.posts[0]?.id ?? ''
    const end = () => api.people[':personId'].posts[':postId'].$delete({ param: { ...path, postId } })
    await expect(end()).rejects.toMatchObject({
      slug: 'rule-broken',
      detail: expect.stringContaining('未办结隐患 1 条'),
    })

    const handed = { hazards: [hazardId], charges: open.charges.map(({ id }) => id), words: '工作调动' }
    await expect(
      api.people[':personId'].handover.$put({ param: path, json: { ...handed, to: leaving } }),
    ).rejects.toMatchObject({ errors: [{ pointer: '/to' }] })
    const stranger = await (await aStreet(street.district)).member('inspector')
    await expect(
      api.people[':personId'].handover.$put({ param: path, json: { ...handed, to: stranger } }),
    ).rejects.toMatchObject({ errors: [{ pointer: '/to' }] })
    // 包网格 goes only to whose post may hold it.
    const unfit = await street.member('grid-worker', { within: 'grids', ids: [street.places.first] })
    await expect(
      api.people[':personId'].handover.$put({ param: path, json: { ...handed, to: unfit } }),
    ).rejects.toMatchObject({ errors: [{ pointer: '/to' }] })
    await api.people[':personId'].handover.$put({ param: path, json: { ...handed, to: staying } })
    expect(await hazardOf(street, hazardId)).toMatchObject({ responsibleId: staying, state: 'assigned', version: 3 })
    expect(await soundChain(street, hazardId)).toBe(true)
    const now = await street.db.select().from(charges).where(eq(charges.streetId, street.id))
    expect(now).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ personId: leaving, until: today }),
        expect.objectContaining({ personId: staying, until: null }),
      ]),
    )
    await end()
    expect((await send(leaving, 'GET', `/api/streets/${street.id}/hazards`)).status).toBe(404)
    expect(admin).not.toBe(leaving)
  })
})

describe('several posts', () => {
  it('are acted in one at a time, and nobody acts in another’s', async ({ expect }) => {
    const { street, api, param } = await aDesk()
    const { third, shop } = street.places
    const person = await street.member('grid-worker', { within: 'grids', ids: [third] })
    const id = anId<PostId>('pst')
    await api.people[':personId'].posts.$post({
      param: { ...param, personId: person },
      json: { id, role: 'enterprise-principal', reach: { within: 'enterprise', ids: [shop] } },
    })
    const me = await (await send(person, 'GET', '/api/me')).json<{ posts: { postId: PostId; role: string }[] }>()
    expect(me.posts.map(({ role }) => role)).toEqual(['grid-worker', 'enterprise-principal'])
    const see = async (post?: string) => {
      const response = await send(person, 'GET', `/api/streets/${street.id}/places/enterprises`, {
        headers: post ? { 'x-post': post } : {},
      })
      return response.ok
        ? (await response.json<{ items: { id: string }[] }>()).items.map((one) => one.id)
        : response.status
    }
    expect(await see()).toEqual([street.places.garage])
    expect(await see(id)).toEqual([shop])
    // Another's post, another street's, or none at all: there is nothing here.
    const other = await aStreet(street.district)
    const foreign = await other.post(person, 'street-admin')
    const colleague = await street.post(await street.member('inspector'), 'street-admin')
    for (const post of [foreign, colleague, 'pst_0000000000', '', "x' or 1=1"]) expect(await see(post || ' ')).toBe(404)
  })

  it('begin and end with their days', async ({ expect }) => {
    const { street, api, param } = await aDesk()
    const person = await street.member('grid-worker', { within: 'grids', ids: [street.places.first] })
    const [from, until] = [addDays(today, 5), addDays(today, 9)]
    const id = anId<PostId>('pst')
    await api.people[':personId'].posts.$post({
      param: { ...param, personId: person },
      json: { id, role: 'inspector', reach: { within: 'street' }, from, until, title: '挂职' },
    })
    const at = async (days: number) =>
      (
        await send(person, 'GET', `/api/streets/${street.id}/workbench`, {
          headers: { 'x-post': id },
          now: Date.now() + days * 86_400_000,
        })
      ).status
    expect([await at(0), await at(5.9), await at(10)]).toEqual([404, 200, 404])
    await expect(
      api.people[':personId'].posts.$post({
        param: { ...param, personId: person },
        json: { id: anId<PostId>('pst'), role: 'inspector', reach: { within: 'street' }, from, until: from },
      }),
    ).rejects.toMatchObject({ errors: [{ pointer: '/until' }] })
    // A stranger gets no post here, and an id that is another's post is no new one.
    const other = await aStreet(street.district)
    const stranger = await other.member('inspector')
    const json = { id: anId<PostId>('pst'), role: 'inspector', reach: { within: 'street' } } as const
    await expect(
      api.people[':personId'].posts.$post({ param: { ...param, personId: stranger }, json }),
    ).rejects.toMatchObject({ slug: 'not-found' })
    const taken = await street.postOf(await street.member('inspector'))
    await expect(
      api.people[':personId'].posts.$post({ param: { ...param, personId: person }, json: { ...json, id: taken } }),
    ).rejects.toMatchObject({ slug: 'already-there' })
  })
})
