import { parseResponse } from 'hono/client'
import { describe, it } from 'vitest'
import type { MeasureId, PersonId, RiskPointId } from '@app/shared/ids'
import { auditLog, hazardEvents, riskPointChanges, riskPoints } from '../../worker/db/ledger'
import { and, eq } from '../../worker/db/operators'
import { aCrew, courseOf, filed } from './course'
import { anId, aStreet, clientFor, type Street } from './street'

const aPoint = (enterpriseId: Street['places']['shop'], change: object = {}) => ({
  id: anId<RiskPointId>('rsk'),
  enterpriseId,
  name: '一楼配电间',
  accident: '线路过热引发火灾',
  level: 'orange' as const,
  reason: '负荷高、线路老化',
  measures: [{ id: anId<MeasureId>('msr'), words: '每周检查线路', owner: '王安全', days: 7 }],
  ...change,
})
const risksOf = (who: PersonId) => clientFor(who).streets[':streetId'].risks

describe('a unit’s risk list', () => {
  it('takes points, changes and retires them, and tells each version as it was', async ({ expect }) => {
    const street = await aStreet()
    const { admin, principal } = await aCrew(street)
    const [risks, streetId] = [risksOf(admin), street.id]
    const { shop } = street.places
    const { enterpriseId, ...point } = aPoint(shop)
    await risks.$post({ param: { streetId }, json: { enterpriseId, ...point } })
    const param = { streetId, pointId: point.id }
    const { id, ...fields } = point
    await risks[':pointId'].$put({
      param,
      json: { ...fields, level: 'red', reason: '又加了两台设备', version: 1, why: '负荷增加' },
    })
    const retire = (version: number, standing: 'retired' | 'active') =>
      risks[':pointId'].standing.$put({ param, json: { version, standing, why: '设备调整' } })
    await retire(2, 'retired')
    await expect(retire(3, 'retired')).rejects.toMatchObject({ slug: 'rule-broken' })
    await expect(risks[':pointId'].$put({ param, json: { ...fields, version: 3, why: '改' } })).rejects.toMatchObject({
      slug: 'rule-broken',
    })
    await expect(retire(2, 'active')).rejects.toMatchObject({ slug: 'stale' })
    await retire(3, 'active')

    // The unit's own principal reads the list.
    const { items } = await parseResponse(
      risksOf(principal).$get({ param: { streetId }, query: { enterpriseId: shop } }),
    )
    expect(items).toMatchObject([{ id, level: 'red', retiredOn: null, version: 4, measures: fields.measures }])
    const told = await parseResponse(risks[':pointId'].versions.$get({ param }))
    expect(told.items.map(({ deed, level, words }) => [deed, level, words?.reason, words?.why])).toEqual([
      ['restored', 'red', '又加了两台设备', '设备调整'],
      ['retired', 'red', '又加了两台设备', '设备调整'],
      ['edited', 'red', '又加了两台设备', '负荷增加'],
      ['entered', 'orange', '负荷高、线路老化', null],
    ])
    const audited = await street.db
      .select({ capability: auditLog.capability })
      .from(auditLog)
      .where(and(eq(auditLog.streetId, streetId), eq(auditLog.subject, id)))
    expect(audited).toEqual(Array.from({ length: 4 }, () => ({ capability: 'risk.manage' })))
    await expect(
      street.db
        .update(riskPointChanges)
        .set({ level: 'blue' })
        .where(and(eq(riskPointChanges.streetId, streetId), eq(riskPointChanges.pointId, id))),
    ).rejects.toThrow()
  })

  it('is seen by nobody out of reach, and kept by none of them', async ({ expect }) => {
    const [street, other] = [await aStreet(), await aStreet()]
    const { admin } = await aCrew(street)
    const stranger = await other.member('street-admin')
    const elsewhere = await street.member('community-secretary', { within: 'communities', ids: [street.places.west] })
    const point = aPoint(street.places.shop)
    const streetId = street.id
    await risksOf(admin).$post({ param: { streetId }, json: point })
    for (const who of [stranger, elsewhere]) {
      const query = { enterpriseId: point.enterpriseId }
      await expect(risksOf(who).$get({ param: { streetId }, query })).rejects.toMatchObject({ slug: 'not-found' })
      await expect(
        risksOf(who)[':pointId'].versions.$get({ param: { streetId, pointId: point.id } }),
      ).rejects.toMatchObject({ slug: 'not-found' })
      await expect(
        risksOf(who)[':pointId'].standing.$put({
          param: { streetId, pointId: point.id },
          json: { version: 1, standing: 'retired', why: '越权' },
        }),
      ).rejects.toMatchObject({ slug: 'not-found' })
      await expect(risksOf(who).$post({ param: { streetId }, json: aPoint(street.places.shop) })).rejects.toMatchObject(
        { slug: 'not-found' },
      )
    }
    expect(
      await street.db.select({ version: riskPoints.version }).from(riskPoints).where(eq(riskPoints.streetId, streetId)),
    ).toEqual([{ version: 1 }])
  })
})

describe('the measure that failed', () => {
  it('is one of the list where the unit has one, in its words of that day', async ({ expect }) => {
    const street = await aStreet()
    const { admin, grid, inspector } = await aCrew(street)
    const point = aPoint(street.places.shop)
    await risksOf(admin).$post({ param: { streetId: street.id }, json: point })
    const id = await filed(street, grid)
    const course = courseOf(street, id)
    const failed = { lapse: 'failed' as const }
    await expect(course.nameMeasure(inspector, failed)).rejects.toMatchObject({ slug: 'invalid-input' })
    await expect(
      course.nameMeasure(inspector, { ...failed, measureId: anId('msr'), measure: null }),
    ).rejects.toMatchObject({ errors: [{ pointer: '/measureId' }] })
    await expect(course.nameMeasure(grid)).rejects.toMatchObject({ slug: 'forbidden' })
    await course.nameMeasure(inspector, { ...failed, measureId: point.measures[0]?.id, measure: null })
    const record = await parseResponse(
      clientFor(admin).streets[':streetId'].hazards[':hazardId'].$get({ param: { streetId: street.id, hazardId: id } }),
    )
    expect(record).toMatchObject({ lapse: 'failed', measure: '一楼配电间：每周检查线路' })
    const [event] = await street.db
      .select({ before: hazardEvents.before, after: hazardEvents.after, texts: hazardEvents.texts })
      .from(hazardEvents)
      .where(
        and(eq(hazardEvents.streetId, street.id), eq(hazardEvents.hazardId, id), eq(hazardEvents.deed, 'name-measure')),
      )
    // What people wrote enters the chain by its digest alone.
    expect(event?.after).toEqual({ lapse: 'failed', measureId: point.measures[0]?.id })
    expect(event?.texts).toEqual({ measure: '一楼配电间：每周检查线路' })
  })
})
