import { parseResponse } from 'hono/client'
import { describe, it } from 'vitest'
import { checkOf } from '@app/shared/enterprises/credit-code'
import type { EnterpriseId, MeasureId, MergeId, PersonId, RiskPointId } from '@app/shared/ids'
import { undoDays } from '@app/shared/enterprises/merging'
import { day } from '@app/shared/time'
import {
  auditLog,
  enterpriseChanges,
  enterpriseContacts,
  enterprises,
  enterpriseSectors,
  hazardEvents,
  hazards,
  inspections,
  posts,
  riskPoints,
} from '../../worker/db/ledger'
import { and, eq } from '../../worker/db/operators'
import { aCheck } from './inspected'
import { aCrew, filed } from './course'
import { anId, aStreet, clientFor, send, type Street } from './street'

const at = (who: PersonId, now?: number) => clientFor(who, undefined, now).streets[':streetId']

const unit = (street: Street, change: object = {}) => ({
  id: anId<EnterpriseId>('ent'),
  activeSince: '2026-01-01',
  name: '乐华 五金（店）',
  creditCode: null,
  kind: 'individual' as const,
  keyPlace: null,
  sectors: ['gas' as const],
  highRisk: null,
  crowded: false,
  size: null,
  staff: null,
  floorArea: null,
  communityId: street.places.east,
  gridId: street.places.first,
  address: '示例路 3 号',
  position: null,
  principal: { name: '张三', phone: '13800000000' },
  managers: [],
  ...change,
})
const codeOf = (digits: string) => `${digits}${checkOf(digits)}`
const [code, otherCode] = [codeOf('91440800MA4UW8RY1'), codeOf('91440800MA4UW8RY2')]

/** Two files of one unit: the second knows more, and things hang under both. */
async function twoFiles() {
  const street = await aStreet()
  const crew = await aCrew(street)
  const streetId = street.id
  const stays = unit(street)
  const goes = unit(street, {
    name: '乐华五金店',
    creditCode: code,
    keyPlace: 'nine-small',
    sectors: ['fire', 'gas'],
    highRisk: '使用瓶装液化气',
    crowded: true,
    staff: 9,
    gridId: street.places.first,
  })
  for (const body of [stays, goes]) {
    const response = await send(crew.admin, 'POST', `/api/streets/${streetId}/enterprises`, { body })
    if (response.status !== 204) throw new Error(await response.text())
  }
  const own = await street.member('enterprise-principal', { within: 'enterprise', ids: [goes.id] })
  const hazardId = await filed(street, crew.grid, { enterpriseId: goes.id })
  const check = aCheck(goes.id)
  const signed = await send(crew.grid, 'POST', `/api/streets/${streetId}/inspections`, { body: check })
  if (signed.status !== 201) throw new Error(await signed.text())
  await at(crew.admin).risks.$post({
    param: { streetId },
    json: {
      id: anId<RiskPointId>('rsk'),
      enterpriseId: goes.id,
      name: '后厨',
      accident: '燃气泄漏',
      level: 'red',
      reason: '使用瓶装液化气',
      measures: [{ id: anId<MeasureId>('msr'), words: '每日检漏', owner: '张三', days: 1 }],
    },
  })
  const id = anId<MergeId>('mrg')
  const merge = async (who: PersonId, now?: number) => {
    const versions = await street.db
      .select({ id: enterprises.id, version: enterprises.version })
      .from(enterprises)
      .where(eq(enterprises.streetId, streetId))
    const seen = (one: EnterpriseId) => ({ id: one, version: versions.find((row) => row.id === one)?.version ?? 0 })
    await at(who, now).merges.$post({
      param: { streetId },
      json: { id, goes: seen(goes.id), stays: seen(stays.id), why: '同一家店重复建档' },
    })
  }
  const undo = (who: PersonId, now?: number) =>
    at(who, now).merges[':mergeId'].undoing.$put({ param: { streetId, mergeId: id }, json: { why: '核实为两家' } })
  return { street, crew, stays, goes, own, hazardId, check, id, merge, undo }
}

/** All that could be touched, without what a change always moves. */
async function snapshot({ db, id }: Street) {
  const [units, sectors, contacts, filedHazards, events, checks, points, held] = await Promise.all([
    db.select().from(enterprises).where(eq(enterprises.streetId, id)),
    db.select().from(enterpriseSectors).where(eq(enterpriseSectors.streetId, id)),
    db.select().from(enterpriseContacts).where(eq(enterpriseContacts.streetId, id)),
    db.select().from(hazards).where(eq(hazards.streetId, id)),
    db.select().from(hazardEvents).where(eq(hazardEvents.streetId, id)),
    db.select().from(inspections).where(eq(inspections.streetId, id)),
    db.select().from(riskPoints).where(eq(riskPoints.streetId, id)),
    db.select().from(posts).where(eq(posts.streetId, id)),
  ])
  return {
    units: units.map(({ version: _, updatedAt: _at, ...row }) => row),
    sectors,
    contacts,
    filedHazards,
    events,
    checks,
    points,
    held,
  }
}

describe('two files of one unit', () => {
  it('are found by name and address, however these are written', async ({ expect }) => {
    const { street, crew, stays, goes } = await twoFiles()
    const param = { streetId: street.id, enterpriseId: stays.id }
    const { items } = await parseResponse(at(crew.admin).merges.duplicates[':enterpriseId'].$get({ param }))
    expect(items).toMatchObject([{ id: goes.id, like: ['name', 'address'] }])
    const { groups } = await parseResponse(at(crew.admin).merges.duplicates.$get({ param }))
    expect(groups.map(({ items: files }) => files.map(({ id }) => id).sort())).toEqual([[stays.id, goes.id].sort()])
  })

  it('are read as one, and nothing that hangs under either is written anew', async ({ expect }) => {
    const { street, crew, stays, goes, own, hazardId, check, merge } = await twoFiles()
    const before = await snapshot(street)
    await merge(crew.admin)
    const after = await snapshot(street)
    for (const name of ['contacts', 'filedHazards', 'events', 'checks', 'points', 'held'] as const)
      expect(after[name], name).toEqual(before[name])

    const streetId = street.id
    const file = await parseResponse(
      at(crew.admin).enterprises[':enterpriseId'].$get({ param: { streetId, enterpriseId: stays.id } }),
    )
    expect(file).toMatchObject({
      creditCode: code,
      keyPlace: 'nine-small',
      highRisk: '使用瓶装液化气',
      crowded: true,
      staff: 9,
      sectors: ['gas', 'fire'],
      hazards: { open: 1 },
      people: [{ id: own }],
      mergedInto: null,
      merges: [{ enterpriseId: goes.id, name: '乐华五金店', undoneAt: null }],
    })
    expect(file.changes[0]).toMatchObject({ deed: 'absorbed', why: '并入“乐华五金店”。同一家店重复建档' })
    const listed = await parseResponse(at(crew.admin).enterprises.$get({ param: { streetId }, query: {} }))
    expect(listed.items.map(({ id }) => id)).not.toContain(goes.id)
    // The unit's own person keeps the post and sees the file that is kept, with what lies under either.
    for (const who of [crew.admin, own]) {
      const query = { enterpriseId: stays.id }
      const found = await parseResponse(at(who).hazards.$get({ param: { streetId }, query }))
      expect(found.items.map(({ id }) => id)).toEqual([hazardId])
      const checks = await parseResponse(at(who).inspections.$get({ param: { streetId }, query }))
      expect(checks.items.map(({ id }) => id)).toEqual([check.id])
      const points = await parseResponse(at(who).risks.$get({ param: { streetId }, query }))
      expect(points.items).toHaveLength(1)
      const units = await parseResponse(at(own).enterprises.$get({ param: { streetId }, query: {} }))
      expect(units.items.map(({ id }) => id)).toEqual([stays.id])
    }
    const audited = await street.db
      .select({ subject: auditLog.subject })
      .from(auditLog)
      .where(and(eq(auditLog.streetId, streetId), eq(auditLog.capability, 'enterprise.merge')))
    expect(audited.map(({ subject }) => subject).sort()).toEqual([stays.id, goes.id].sort())
  })

  it('come apart exactly as they were, once, and within the days that are given', async ({ expect }) => {
    const { street, crew, stays, merge, undo } = await twoFiles()
    const before = await snapshot(street)
    await merge(crew.admin)
    expect(await snapshot(street)).not.toEqual(before)
    await expect(undo(crew.grid)).rejects.toMatchObject({ slug: 'forbidden' })
    await expect(undo(crew.admin, Date.now() + undoDays * day + 60_000)).rejects.toMatchObject({ slug: 'rule-broken' })
    await undo(crew.admin)
    expect(await snapshot(street)).toEqual(before)
    await expect(undo(crew.admin)).rejects.toMatchObject({ slug: 'rule-broken' })
    const story = await street.db
      .select({ deed: enterpriseChanges.deed })
      .from(enterpriseChanges)
      .where(and(eq(enterpriseChanges.streetId, street.id), eq(enterpriseChanges.enterpriseId, stays.id)))
    expect(story.map(({ deed }) => deed)).toEqual(['entered', 'absorbed', 'separated'])
  })

  it('give a code free, which an undoing does not take from whoever has it by then', async ({ expect }) => {
    const { street, crew, stays, merge, undo } = await twoFiles()
    await street.db
      .update(enterprises)
      .set({ creditCode: otherCode as never })
      .where(and(eq(enterprises.streetId, street.id), eq(enterprises.id, stays.id)))
    await merge(crew.admin)
    const other = unit(street, { creditCode: code, name: '另一家' })
    const path = `/api/streets/${street.id}/enterprises`
    expect((await send(crew.admin, 'POST', path, { body: other })).status).toBe(204)
    await expect(undo(crew.admin)).rejects.toMatchObject({ detail: expect.stringContaining('另一家') })
  })

  it('take what was merged before along, and come apart the last first', async ({ expect }) => {
    const { street, crew, stays, goes, hazardId, merge, undo } = await twoFiles()
    await merge(crew.admin)
    const third = unit(street, { name: '乐华五金（总店）' })
    await send(crew.admin, 'POST', `/api/streets/${street.id}/enterprises`, { body: third })
    const streetId = street.id
    const id = anId<MergeId>('mrg')
    const json = {
      id,
      goes: { id: stays.id, version: 2 },
      stays: { id: third.id, version: 1 },
      why: '总店与分店为一家',
    }
    await at(crew.admin).merges.$post({ param: { streetId }, json })
    const query = { enterpriseId: third.id }
    const found = await parseResponse(at(crew.admin).hazards.$get({ param: { streetId }, query }))
    expect(found.items.map((one) => one.id)).toEqual([hazardId])
    await expect(undo(crew.admin)).rejects.toMatchObject({ detail: expect.stringContaining('先撤销') })
    await at(crew.admin).merges[':mergeId'].undoing.$put({
      param: { streetId, mergeId: id },
      json: { why: '并非一家' },
    })
    const rows = await street.db
      .select({ id: enterprises.id, into: enterprises.mergedInto })
      .from(enterprises)
      .where(eq(enterprises.streetId, streetId))
    const into = new Map(rows.map((row) => [row.id, row.into]))
    expect([stays, goes, third].map((one) => into.get(one.id))).toEqual([null, stays.id, null])
    await undo(crew.admin)
  })
})
