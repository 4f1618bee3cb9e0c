import { env } from 'cloudflare:workers'
import { parseResponse } from 'hono/client'
import { describe, it } from 'vitest'
import { recomputed } from '@app/shared/draws/rules'
import type { DrawRecord, NewDraw } from '@app/shared/draws/schema'
import type { DrawId, EnterpriseId, PersonId } from '@app/shared/ids'
import { addDays, day, dayOf } from '@app/shared/time'
import { ledgers } from '../../worker/db/client'
import { auditLog, draws, enterprises } from '../../worker/db/ledger'
import { and, eq } from '../../worker/db/operators'
import { sha256 } from '../../worker/sha256'
import { aCrew } from './course'
import { aCheck } from './inspected'
import { aDistrict, anId, aStreet, clientFor, send } from './street'

const today = dayOf(Date.now())
const everything = { kind: null, sector: null, colour: null, communityId: null, uncheckedSince: null } as const

async function aDesk() {
  const street = await aStreet(await aDistrict())
  const crew = await aCrew(street)
  const param = { streetId: street.id }
  const as = (who: PersonId, now?: number) => clientFor(who, undefined, now).streets[':streetId']
  const asked = (change: Partial<NewDraw> = {}): NewDraw => ({
    id: anId<DrawId>('drw'),
    purpose: '第四季度双随机检查',
    from: everything,
    inspectors: [crew.inspector, crew.officer],
    excused: [],
    count: 2,
    perUnit: 2,
    until: addDays(today, 30),
    why: null,
    ...change,
  })
  const draw = async (change: Partial<NewDraw> = {}, who = crew.admin) =>
    parseResponse(as(who).draws.$post({ param, json: asked(change) }))
  const record = (id: DrawId, who = crew.admin, now?: number): Promise<DrawRecord> =>
    parseResponse(as(who, now).draws[':drawId'].$get({ param: { ...param, drawId: id } }))
  const day_ = async (who: PersonId, now?: number) => parseResponse(as(who, now).inspections.due.$get({ param }))
  const sign = (enterpriseId: EnterpriseId, who: PersonId, name: string, change: object = {}) =>
    parseResponse(
      as(who).inspections.$post({
        param,
        json: aCheck(enterpriseId, { kind: 'random', signature: { how: 'typed', name }, ...change }),
      }),
    )
  return { street, crew, param, as, asked, draw, record, dayOf: day_, sign }
}

describe('a draw', () => {
  it('keeps its seed and its pools, so that anybody draws the same again', async ({ expect }) => {
    const { street, crew, draw, record, as, param } = await aDesk()
    const why = '近亲属在其中一家单位任职'
    const { id } = await draw({
      inspectors: [crew.inspector, crew.officer],
      excused: [{ personId: crew.second, why }],
      count: 1,
    })
    const seen = await record(id)
    expect(seen).toMatchObject({ turn: 1, count: 1, by: crew.admin, excused: [crew.second] })
    expect(seen.words?.excused).toEqual({ [crew.second]: why })
    expect(seen.units).toEqual([street.places.shop, street.places.garage].toSorted())
    expect(seen.drawn[0]?.inspectors.toSorted()).toEqual([crew.inspector, crew.officer].toSorted())
    expect(seen.names[crew.inspector]).toBe('测试inspector')
    expect(seen.seed).toMatch(/^[0-9a-f]{32}$/)
    expect(await recomputed(seen, sha256)).toEqual({ same: true, sealed: true })
    const page = await parseResponse(as(crew.admin).draws.$get({ param, query: {} }))
    expect(page).toMatchObject({ items: [{ id, purpose: '第四季度双随机检查', by: '测试street-admin' }], next: null })
    const audited = await street.db
      .select({ capability: auditLog.capability })
      .from(auditLog)
      .where(and(eq(auditLog.streetId, street.id), eq(auditLog.subject, id)))
    expect(audited).toEqual([{ capability: 'draw.make' }])
  })

  it('stands as it was drawn: no statement changes it, or what it settled', async ({ expect }) => {
    const { street, draw, record } = await aDesk()
    const { id } = await draw()
    const then = await record(id)
    await street.db.update(enterprises).set({ name: '改名' }).where(eq(enterprises.streetId, street.id))
    expect(await record(id)).toEqual(then)
    const db = ledgers(env).get(street.ledger) as D1Database
    const changed = (sql: string) => db.prepare(sql).bind(id).run()
    for (const change of [`seed = 'x'`, `units = '[]'`, `drawn = '[]'`, `hash = 'x'`, `words = '{}'`])
      await expect(changed(`update draws set ${change} where id = ?1`), change).rejects.toThrow(/sealed/)
    await expect(changed('delete from draws where id = ?1')).rejects.toThrow(/only added/)
    await expect(changed('delete from draw_assignments where draw_id = ?1')).rejects.toThrow(/only added/)
    await expect(changed(`update draw_assignments set until = '2099-01-01' where draw_id = ?1`)).rejects.toThrow(
      /settled once/,
    )
  })

  it('is from whom it says, by kind, sector, colour, community and last check', async ({ expect }) => {
    const { street, crew, as, param, draw, record } = await aDesk()
    const { shop, garage, east, west } = street.places
    const set = (id: EnterpriseId, columns: Partial<typeof enterprises.$inferInsert>) =>
      street.db
        .update(enterprises)
        .set(columns)
        .where(and(eq(enterprises.streetId, street.id), eq(enterprises.id, id)))
    await set(shop, { colour: 'red', sectors: ['gas'], kind: 'individual', inspectedOn: addDays(today, -10) })
    const size = async (query: object) => (await parseResponse(as(crew.admin).draws.pool.$get({ param, query }))).units
    expect(await size({})).toBe(2)
    const before = addDays(today, -10)
    for (const query of [{ colour: 'red' }, { sector: 'gas' }, { kind: 'individual' }, { communityId: east }])
      expect(await size(query), JSON.stringify(query)).toBe(1)
    expect(await size({ uncheckedSince: before })).toBe(1)
    expect(await size({ uncheckedSince: addDays(before, 1) })).toBe(2)
    expect((await record((await draw({ from: { ...everything, communityId: west }, count: 1 })).id)).units).toEqual([
      garage,
    ])
    await set(garage, { standing: 'closed' })
    expect(await size({})).toBe(1)
    await set(shop, { mergedInto: garage })
    expect(await size({})).toBe(0)
  })

  it('is of inspectors who are there and reach the units', async ({ expect }) => {
    const { street, crew, as, param, draw } = await aDesk()
    const secretary = await street.member('community-secretary', {
      within: 'communities',
      ids: [street.places.east],
    })
    const poolIn = async (communityId?: string) => {
      const query = communityId ? { communityId } : {}
      const { inspectors } = await parseResponse(as(crew.admin).draws.pool.$get({ param, query }))
      return inspectors.map(({ id }) => id)
    }
    expect((await poolIn()).toSorted()).toEqual([crew.admin, crew.second, crew.inspector, crew.officer].toSorted())
    expect(await poolIn(street.places.east)).toContain(secretary)
    for (const stranger of [secretary, crew.grid, crew.principal, (await aDesk()).crew.inspector])
      await expect(draw({ inspectors: [crew.inspector, stranger] })).rejects.toMatchObject({
        slug: 'invalid-input',
        errors: [expect.objectContaining({ pointer: '/inspectors/1' })],
      })
    await draw({
      inspectors: [secretary],
      perUnit: 1,
      count: 1,
      from: { ...everything, communityId: street.places.east },
    })
  })

  it('is done again for the same purpose only with a reason, and gives up what the one before left', async ({
    expect,
  }) => {
    const { crew, draw, record, dayOf: dayFor } = await aDesk()
    const first = await draw()
    await expect(draw()).rejects.toMatchObject({ errors: [expect.objectContaining({ pointer: '/why' })] })
    expect((await dayFor(crew.inspector)).assigned.map(({ drawId }) => drawId)).toEqual([first.id, first.id])
    const again = await draw({ why: '一家单位已停业', count: 1 })
    expect(await record(again.id)).toMatchObject({ turn: 2, words: { why: '一家单位已停业' } })
    expect(Object.values((await record(first.id)).standings).map(({ standing }) => standing)).toEqual([
      'replaced',
      'replaced',
    ])
    expect((await dayFor(crew.inspector)).assigned.map(({ drawId }) => drawId)).toEqual([again.id])
    // A reason given for a first draw is none.
    expect((await record((await draw({ purpose: '另一事项', why: '多余' })).id)).words?.why).toBeNull()
  })

  it('of two at once for one purpose is one', async ({ expect }) => {
    const { street, crew, asked } = await aDesk()
    const tries = await Promise.all(
      [1, 2, 3, 4].map(async () => {
        const response = await send(crew.admin, 'POST', `/api/streets/${street.id}/draws`, { body: asked() })
        return response.status
      }),
    )
    expect(tries.filter((status) => status === 201)).toHaveLength(1)
    const kept = await street.db.select({ id: draws.id }).from(draws).where(eq(draws.streetId, street.id))
    expect(kept).toHaveLength(1)
  })

  it('is done by the office and read by those who check, never by a unit', async ({ expect }) => {
    const { crew, draw, record, as, param } = await aDesk()
    await expect(draw({}, crew.inspector)).rejects.toMatchObject({ slug: 'forbidden' })
    const { id } = await draw()
    expect((await record(id, crew.inspector)).id).toBe(id)
    // A unit must not learn that it was drawn.
    for (const who of [crew.principal, crew.grid]) {
      await expect(record(id, who)).rejects.toMatchObject({ slug: 'forbidden' })
      await expect(as(who).draws.$get({ param, query: {} })).rejects.toMatchObject({ slug: 'forbidden' })
      expect(JSON.stringify(await parseResponse(as(who).inspections.$get({ param, query: {} })))).not.toContain(id)
    }
    const stranger = await (await aStreet()).member('street-admin')
    await expect(record(id, stranger)).rejects.toMatchObject({ slug: 'not-found' })
  })
})

describe('a drawn unit', () => {
  it('is on the day of who was drawn until a random check of it is signed', async ({ expect }) => {
    const { street, crew, as, param, draw, record, dayOf: dayFor, sign } = await aDesk()
    const { shop, garage } = street.places
    const { id } = await draw()
    const mine = async (who: PersonId) => (await dayFor(who)).assigned
    expect(await mine(crew.inspector)).toHaveLength(2)
    const of = (await mine(crew.inspector)).find((one) => one.id === shop)
    expect(of).toMatchObject({ name: '示例小店', until: addDays(today, 30), others: [crew.officer], drawId: id })
    expect(await mine(crew.second)).toEqual([])
    const offersFor = async (who: PersonId) =>
      parseResponse(as(who).inspections.offers[':enterpriseId'].$get({ param: { ...param, enterpriseId: shop } }))
    expect((await offersFor(crew.inspector)).assigned).toEqual({ drawId: id, others: [crew.officer] })
    expect((await offersFor(crew.second)).assigned).toBeNull()
    // Another kind of check, or one of people who were not drawn, settles nothing.
    await sign(shop, crew.inspector, '测试inspector', { kind: 'patrol' })
    await sign(shop, crew.second, '测试street-admin')
    expect(await mine(crew.inspector)).toHaveLength(2)
    const checked = await sign(shop, crew.officer, '测试inspector')
    for (const who of [crew.inspector, crew.officer]) expect((await mine(who)).map((one) => one.id)).toEqual([garage])
    expect((await record(id)).standings).toEqual({
      [shop]: { standing: 'checked', inspectionId: checked.id },
      [garage]: { standing: 'open', inspectionId: null },
    })
  })

  it('leaves the day when the term is over, and then stands as not checked in time', async ({ expect }) => {
    const { crew, draw, record, dayOf: dayFor } = await aDesk()
    const { id } = await draw({ until: today, count: 1 })
    expect((await dayFor(crew.inspector)).assigned).toHaveLength(1)
    const tomorrow = Date.now() + day
    expect((await dayFor(crew.inspector, tomorrow)).assigned).toEqual([])
    expect(Object.values((await record(id, crew.admin, tomorrow)).standings)).toEqual([
      { standing: 'late', inspectionId: null },
    ])
  })
})
