import { parseResponse } from 'hono/client'
import { describe, it } from 'vitest'
import type { HazardId, PersonId } from '@app/shared/ids'
import { accessLog, auditLog, decisions, hazardEvents } from '../../worker/db/ledger'
import { eq } from '../../worker/db/operators'
import { aCrew, closed, courseOf, filed } from './course'
import { aDistrict, aStreet, clientFor, send } from './street'

async function aDesk() {
  const district = await aDistrict()
  const [street, other] = [await aStreet(district), await aStreet(district)]
  const crew = await aCrew(street)
  const of = (who: PersonId) => clientFor(who).districts[':districtId']
  return { district, street, other, crew, of, overseer: await district.overseer() }
}

describe('a district', () => {
  it('sees of all its streets what is grave or late, and no person and no words', async ({ expect }) => {
    const { district, street, other, crew, of, overseer } = await aDesk()
    const elsewhere = await aStreet()
    const crews = [await aCrew(other), await aCrew(elsewhere)]
    const mine = await filed(street, crew.grid, { level: 'suspected' })
    const theirs = await filed(other, (crews[0] as typeof crew).grid, { level: 'suspected' })
    await filed(elsewhere, (crews[1] as typeof crew).grid, { level: 'suspected' })
    await filed(street, crew.grid)
    const param = { districtId: district.id }
    const listed = await parseResponse(of(overseer).hazards.$get({ param, query: { show: 'suspected' } }))
    expect(listed.items.map(({ id }) => id).sort()).toEqual([mine, theirs].sort())
    expect(JSON.stringify(listed)).not.toMatch(/飞线|三里|张三|测试grid/)
    expect(
      (await parseResponse(of(overseer).hazards.$get({ param, query: { show: 'suspected', streetId: other.id } })))
        .items,
    ).toHaveLength(1)
    expect((await send(overseer, 'GET', `/api/districts/${district.id}/hazards?streetId=${elsewhere.id}`)).status).toBe(
      404,
    )
    const { streets } = await parseResponse(of(overseer).overview.$get({ param }))
    expect(streets.map(({ streetId, open, suspected }) => [streetId, open, suspected])).toEqual(
      expect.arrayContaining([
        [street.id, 2, 1],
        [other.id, 1, 1],
      ]),
    )
    expect(streets).toHaveLength(2)
  })

  it('opens a record by its posts and not its people, and the street sees that it did', async ({ expect }) => {
    const { district, street, crew, of, overseer } = await aDesk()
    const id = await closed(street, crew)
    const param = { districtId: district.id, streetId: street.id, hazardId: id }
    for (let i = 0; i < 3; i++) await of(overseer).hazards[':streetId'][':hazardId'].$get({ param })
    const record = await parseResponse(of(overseer).hazards[':streetId'][':hazardId'].$get({ param }))
    expect(record).toMatchObject({
      description: '飞线充电',
      place: '三里 12 号楼道',
      responsible: null,
      responsibleId: null,
      state: 'closed',
    })
    expect(record.deeds.map(({ name, role }) => [name, role])).toEqual([
      [null, 'grid-worker'],
      [null, 'street-admin'],
      [null, 'enterprise-principal'],
      [null, 'inspector'],
      [null, 'street-admin'],
    ])
    expect(JSON.stringify(record)).not.toMatch(/张三|测试grid|测试street/)
    const log = await street.db.select().from(accessLog).where(eq(accessLog.streetId, street.id))
    expect(log).toMatchObject([{ actor: overseer, subject: id, times: 4, districtId: district.id }])
    const { items } = await parseResponse(
      clientFor(crew.admin).streets[':streetId'].workbench.access.$get({ param: { streetId: street.id } }),
    )
    expect(items).toMatchObject([
      { subject: id, times: 4, name: '测试区级人员', number: expect.stringContaining('隐患') },
    ])
    // A record that is not there leaves no line.
    const absent = { ...param, hazardId: 'haz_0000000000000000000000000' as HazardId }
    await expect(of(overseer).hazards[':streetId'][':hazardId'].$get({ param: absent })).rejects.toMatchObject({
      slug: 'not-found',
    })
    expect(await street.db.select().from(accessLog).where(eq(accessLog.streetId, street.id))).toHaveLength(1)
  })

  it('determines a suspected major once, in a row of its own, an event in the chain and a line in the street’s audit', async ({
    expect,
  }) => {
    const { district, street, crew, of, overseer } = await aDesk()
    const id = await filed(street, crew.grid, { level: 'suspected' })
    const param = { districtId: district.id, streetId: street.id, hazardId: id, round: '1' }
    const determine = (who: PersonId, level: 'ordinary' | 'major') =>
      of(who).hazards[':streetId'][':hazardId'].rounds[':round'].determination.$put({
        param,
        json: { level, words: '经现场核查', document: null },
      })
    const second = await district.overseer()
    const tries = await Promise.allSettled([
      determine(overseer, 'major'),
      determine(second, 'ordinary'),
      determine(second, 'major'),
    ])
    const lost = tries.flatMap((t) => (t.status === 'rejected' ? [t.reason] : []))
    expect(lost).toHaveLength(2)
    for (const reason of lost) expect(['stale', 'rule-broken']).toContain(reason.slug)
    expect(await street.db.select().from(decisions).where(eq(decisions.hazardId, id))).toHaveLength(1)
    const events = await street.db.select().from(hazardEvents).where(eq(hazardEvents.hazardId, id))
    expect(events.map(({ deed }) => deed)).toEqual(['file', 'determine'])
    expect(
      (await street.db.select().from(auditLog).where(eq(auditLog.subject, id))).map(({ capability }) => capability),
    ).toEqual(['hazard.file', 'hazard.determine'])
    await expect(
      of(await district.overseer('district-observer')).hazards[':streetId'][':hazardId'].rounds[
        ':round'
      ].determination.$put({ param, json: { level: 'major', words: '越权' } }),
    ).rejects.toMatchObject({ slug: 'forbidden' })
    // An ordinary one is not the district's to raise.
    const plain = await filed(street, crew.grid)
    await expect(
      of(overseer).hazards[':streetId'][':hazardId'].rounds[':round'].determination.$put({
        param: { ...param, hazardId: plain },
        json: { level: 'major', words: '直接认定' },
      }),
    ).rejects.toMatchObject({ slug: 'rule-broken' })
  })

  it('shows a member unit its own sectors, in lists, records and decisions alike', async ({ expect }) => {
    const { district, street, crew, of } = await aDesk()
    const gas = await district.overseer('district-admin', ['gas'])
    const fire = await filed(street, crew.grid, { level: 'suspected', sector: 'fire' })
    const own = await filed(street, crew.grid, { level: 'suspected', sector: 'gas' })
    const param = { districtId: district.id }
    expect(
      (await parseResponse(of(gas).hazards.$get({ param, query: { show: 'suspected' } }))).items.map(({ id }) => id),
    ).toEqual([own])
    const record = (hazardId: HazardId) =>
      of(gas).hazards[':streetId'][':hazardId'].$get({ param: { ...param, streetId: street.id, hazardId } })
    expect((await record(own)).status).toBe(200)
    await expect(record(fire)).rejects.toMatchObject({ slug: 'not-found' })
    expect(await street.db.select().from(accessLog).where(eq(accessLog.subject, fire))).toEqual([])
    const decide = (hazardId: HazardId) =>
      of(gas).hazards[':streetId'][':hazardId'].rounds[':round'].determination.$put({
        param: { ...param, streetId: street.id, hazardId, round: '1' },
        json: { level: 'major', words: '认定' },
      })
    await expect(decide(fire)).rejects.toMatchObject({ slug: 'not-found' })
    await decide(own)
    expect(
      (await parseResponse(of(gas).overview.$get({ param }))).streets.find(({ streetId }) => streetId === street.id),
    ).toMatchObject({ open: 1 })
  })

  it('keeps a foreign street’s record from everybody, whatever address it is asked under', async ({ expect }) => {
    const { district, street, crew, overseer } = await aDesk()
    const foreign = await aStreet()
    const strangers = await aCrew(foreign)
    const id = await closed(foreign, strangers)
    for (const path of [
      `/api/districts/${district.id}/hazards/${foreign.id}/${id}`,
      `/api/districts/${district.id}/hazards/${street.id}/${id}`,
    ]) {
      expect((await send(overseer, 'GET', path)).status).toBe(404)
    }
    expect((await send(crew.admin, 'GET', `/api/streets/${street.id}/hazards/${id}`)).status).toBe(404)
    await expect(courseOf(street, id).reopen(crew.inspector)).rejects.toMatchObject({ slug: 'not-found' })
  })
})
