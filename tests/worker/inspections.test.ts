import { env } from 'cloudflare:workers'
import { parseResponse } from 'hono/client'
import { describe, it } from 'vitest'
import type { HazardRecord } from '@app/shared/hazards/schema'
import type { HazardId, InspectionId, PersonId } from '@app/shared/ids'
import type { InspectionPage, InspectionRecord, NewInspection } from '@app/shared/inspections/schema'
import { addDays, dayOf } from '@app/shared/time'
import { ledgers } from '../../worker/db/client'
import { auditLog, enterprises, hazards, inspectionFindings, inspections, photos } from '../../worker/db/ledger'
import { and, eq } from '../../worker/db/operators'
import { before } from './between'
import { counting } from './counted'
import { aCrew, courseOf } from './course'
import { aCheck, answer } from './inspected'
import { aDistrict, aStreet, clientFor, send } from './street'

const today = dayOf(Date.now())

async function aRound() {
  const street = await aStreet(await aDistrict())
  const crew = await aCrew(street)
  const here = `/api/streets/${street.id}`
  const as = (who: PersonId) => clientFor(who).streets[':streetId'].inspections
  const param = { streetId: street.id }
  const { shop } = street.places
  const photo = () => street.photo(crew.grid)
  const sign = async (change: Partial<NewInspection> = {}, who = crew.grid) => {
    const json = aCheck(shop, change)
    return parseResponse(as(who).$post({ param, json }))
  }
  const failing = async () => [
    answer('exit-clear', [await photo()], { words: '后门被货架堵住' }),
    answer('exit-count', [await photo()], { suspected: true }),
  ]
  const record = (id: InspectionId, who = crew.admin): Promise<InspectionRecord> =>
    parseResponse(as(who)[':inspectionId'].$get({ param: { ...param, inspectionId: id } }))
  const list = (query = {}, who = crew.admin): Promise<InspectionPage> => parseResponse(as(who).$get({ param, query }))
  const hazard = (id: HazardId): Promise<HazardRecord> =>
    parseResponse(
      clientFor(crew.admin).streets[':streetId'].hazards[':hazardId'].$get({ param: { ...param, hazardId: id } }),
    )
  const kept = async () => {
    const [rows, made] = await street.db.batch([
      street.db.select({ id: inspections.id }).from(inspections).where(eq(inspections.streetId, street.id)),
      street.db.select({ id: hazards.id }).from(hazards).where(eq(hazards.streetId, street.id)),
    ])
    return [rows.length, made.length]
  }
  return { street, crew, here, as, param, shop, photo, sign, failing, record, list, hazard, kept }
}

describe('signing', () => {
  it('makes the record and a hazard of each failing item at once, each with its basis', async ({ expect }) => {
    const { street, crew, sign, failing, record, hazard, photo } = await aRound()
    const fixed = answer('emergency-light', [await photo()], { result: 'fixed', after: [await photo()] })
    const drawn = await photo()
    const { id, hazards: made } = await sign({
      answers: [...(await failing()), fixed],
      signature: { how: 'drawn', photo: drawn },
      others: [crew.inspector],
    })
    expect(made).toHaveLength(3)
    const seen = await record(id)
    expect(seen).toMatchObject({
      kind: 'patrol',
      unit: { name: '示例小店' },
      inspectors: [{ name: '测试grid-worker' }, { name: '测试inspector' }],
      signature: { how: 'drawn', photo: drawn },
      ended: 'signed',
      version: 1,
      own: false,
    })
    const failed = seen.lines.filter(({ hazard: one }) => one !== null)
    expect(failed.map(({ key, result, hazard: one }) => [key, result, one?.level, one?.state, one?.dueOn])).toEqual([
      ['exit-clear', 'fail', 'ordinary', 'filed', addDays(today, 1)],
      ['exit-count', 'fail', 'suspected', 'filed', addDays(today, 7)],
      ['emergency-light', 'fixed', 'ordinary', 'rectified', today],
    ])
    // All else was asked and says that it was right, the locked item among it.
    expect(seen.lines.filter(({ result }) => result === 'pass').map(({ key }) => key)).toContain('principal-training')
    const [first, second, third] = await Promise.all(made.map(hazard))
    expect(first).toMatchObject({ description: '后门被货架堵住', source: 'community-patrol', inspection: { id } })
    expect(second?.inspection?.basis[0]?.warnings.join()).toContain('已被替代')
    expect(second?.next).not.toContain('determine')
    expect(third?.state).toBe('rectified')
    expect(third?.photos.map(({ stage }) => stage).sort()).toEqual(['after', 'before'])
    const [number, next] = [first, second].map((one) => Number(one?.number.slice(-5)))
    expect(next).toBe((number ?? 0) + 1)
    // What was put right on the spot still needs another's eyes; what was suspected, the district's.
    await courseOf(street, third?.id as HazardId).recheck(crew.inspector)
    await expect(courseOf(street, second?.id as HazardId).close(crew.admin)).rejects.toMatchObject({
      slug: 'rule-broken',
    })
    const [unit] = await street.db
      .select({ on: enterprises.inspectedOn })
      .from(enterprises)
      .where(and(eq(enterprises.streetId, street.id), eq(enterprises.id, street.places.shop)))
    expect(unit?.on).toBe(today)
    const bound = await street.db.select({ bound: photos.bound }).from(photos).where(eq(photos.streetId, street.id))
    expect(bound.every((one) => one.bound)).toBe(true)
  })

  it('lets the office give no later day than the unit was told', async ({ expect }) => {
    const { street, crew, sign, failing, record } = await aRound()
    const { id, hazards: made } = await sign({ answers: await failing() })
    const [first] = made
    const course = courseOf(street, first as HazardId)
    await expect(course.assign(crew.admin, { dueOn: addDays(today, 2) })).rejects.toMatchObject({ slug: 'rule-broken' })
    await course.assign(crew.admin, { dueOn: today })
    // What was signed keeps the day that it was signed with.
    const line = (await record(id)).lines.find(({ key }) => key === 'exit-clear')
    expect([line?.dueOn, line?.hazard?.dueOn]).toEqual([addDays(today, 1), today])
  })

  it('is refused for what is incomplete, and then keeps nothing', async ({ expect }) => {
    const { crew, sign, photo, failing, kept, record } = await aRound()
    const ending = (how: object) => ({ ending: how as NewInspection['ending'] })
    const cases: [Partial<NewInspection>, string][] = [
      [{ answers: [answer('exit-clear', [])] }, '/answers/0/photos'],
      [{ answers: [answer('exit-count', [await photo()])] }, '/answers/0/suspected'],
      [{ answers: [answer('emergency-light', [await photo()], { result: 'fixed' })] }, '/answers/0/after'],
      [{ answers: [answer('principal-training', [], { result: 'na' })] }, '/answers/0/result'],
      [{ answers: [answer('exit-clear', [await photo()], { dueOn: addDays(today, -1) })] }, '/answers/0/dueOn'],
      [{ answers: [answer('exit-clear', [await photo()], { dueOn: addDays(today, 60) })] }, '/answers/0/dueOn'],
      [{ answers: [answer('no-such-item', [await photo()])] }, '/answers/0/result'],
      [{ signature: { how: 'typed', name: '别人' } }, '/signature/name'],
      [{ others: [crew.grid] }, '/others/0'],
      [ending({ how: 'refused', reason: '负责人不在场' }), '/ending/witness'],
      [ending({ how: 'refused', reason: '', witness: '李四' }), '/ending/reason'],
      [ending({ how: 'refused', reason: '不认可', witness: '测试grid-worker' }), '/ending/witness'],
      [ending({ how: 'signed', name: '张三', opinion: null }), '/ending/signature'],
      [
        ending({ how: 'signed', name: '张三', signature: { how: 'typed', name: '李四' }, opinion: null }),
        '/ending/signature/name',
      ],
      [{ template: { id: 'tpl_nobodysown000000' as never, version: 1 } }, '/template/version'],
      [{ template: { ...aCheck('' as never).template, version: 2 } }, '/template/version'],
    ]
    for (const [change, pointer] of cases) {
      await expect(sign(change), pointer).rejects.toMatchObject({
        slug: 'invalid-input',
        errors: expect.arrayContaining([expect.objectContaining({ pointer })]),
      })
    }
    await expect(sign({ answers: [answer('exit-clear', ['c'.repeat(64) as never])] })).rejects.toMatchObject({
      slug: 'photos-missing',
    })
    expect(await kept()).toEqual([0, 0])
    const { id } = await sign({
      answers: await failing(),
      ...ending({ how: 'refused', reason: '负责人不在场', witness: '李四' }),
    })
    expect(await record(id)).toMatchObject({
      ended: 'refused',
      ending: { how: 'refused', reason: '负责人不在场', witness: '李四' },
    })
  })

  it('is for units in reach, of this street, that are there', async ({ expect }) => {
    const { street, crew, sign, kept } = await aRound()
    const elsewhere = await aStreet()
    for (const enterpriseId of [street.places.garage, elsewhere.places.shop]) {
      await expect(sign({ enterpriseId })).rejects.toMatchObject({ slug: 'not-found' })
    }
    await street.db
      .update(enterprises)
      .set({ standing: 'closed' })
      .where(and(eq(enterprises.streetId, street.id), eq(enterprises.id, street.places.shop)))
    await expect(sign()).rejects.toMatchObject({ slug: 'not-found' })
    const stranger = await elsewhere.member('inspector')
    await expect(sign({}, stranger)).rejects.toMatchObject({ slug: 'not-found' })
    await expect(sign({}, crew.principal)).rejects.toMatchObject({ slug: 'forbidden' })
    expect(await kept()).toEqual([0, 0])
  })

  it('happens once, however often it is sent and from wherever', async ({ expect }) => {
    const { crew, here, shop, failing, kept } = await aRound()
    const body = aCheck(shop, { answers: await failing() })
    const post = (key: string) =>
      send(crew.grid, 'POST', `${here}/inspections`, { body, headers: { 'idempotency-key': key } })
    const key = crypto.randomUUID()
    const first = await (await post(key)).text()
    expect(await (await post(key)).text()).toBe(first)
    // The key may be forgotten; the id is not.
    expect((await post(crypto.randomUUID())).status).toBe(409)
    expect(await kept()).toEqual([1, 2])
    const twin = { ...body, ...aCheck(shop, { answers: await failing() }) }
    const statuses = await Promise.all(
      Array.from(
        { length: 6 },
        async () => (await send(crew.grid, 'POST', `${here}/inspections`, { body: twin })).status,
      ),
    )
    expect(statuses.filter((status) => status === 201)).toHaveLength(1)
    expect(await kept()).toEqual([2, 4])
  })

  it('is stale when the unit was moved while it was signed', async ({ expect }) => {
    const { street, crew, here, shop, kept } = await aRound()
    const bindings = before(2, street.ledger, () =>
      street.db
        .update(enterprises)
        .set({ gridId: street.places.second })
        .where(and(eq(enterprises.streetId, street.id), eq(enterprises.id, shop))),
    )
    const response = await send(crew.grid, 'POST', `${here}/inspections`, { body: aCheck(shop), bindings })
    expect((await response.json<{ type: string }>()).type).toContain('stale')
    expect(await kept()).toEqual([0, 0])
  })

  it('takes three round trips, however many hazards it makes', async ({ expect }) => {
    const { crew, here, shop, photo } = await aRound()
    const { bindings, since } = counting()
    const keys = [
      'exit-clear',
      'window-bars',
      'emergency-light',
      'living',
      'storage',
      'extinguisher',
      'wiring',
      'breaker',
    ]
    const answers: ReturnType<typeof answer>[] = []
    for (const key of keys) answers.push(answer(key, [await photo()]))
    const { trips } = await since(async () => {
      const body = aCheck(shop, { answers })
      expect((await send(crew.grid, 'POST', `${here}/inspections`, { body, bindings })).status).toBe(201)
    })
    expect(trips).toBeLessThanOrEqual(3)
  })
})

describe('a signed record', () => {
  it('stands as it was signed, whatever becomes of the unit, and no statement changes it', async ({ expect }) => {
    const { street, sign, record } = await aRound()
    const { id } = await sign()
    const then = await record(id)
    await street.db
      .update(enterprises)
      .set({ name: '改名小店', keyPlace: null, crowded: true })
      .where(and(eq(enterprises.streetId, street.id), eq(enterprises.id, street.places.shop)))
    expect(await record(id)).toEqual(then)
    const db = ledgers(env).get(street.ledger) as D1Database
    for (const change of [`answers = '[1]'`, `ending = 'refused'`, `hash = 'x'`, 'observed_at = 1', `words = '{}'`]) {
      await expect(db.prepare(`update inspections set ${change} where id = ?1`).bind(id).run()).rejects.toThrow(
        /signed/,
      )
    }
    await expect(db.prepare('delete from inspections where id = ?1').bind(id).run()).rejects.toThrow(/only added/)
  })

  it('is corrected by who signed it, as another version; hazards are made once', async ({ expect }) => {
    const { crew, as, param, sign, failing, record, list, kept, photo, street } = await aRound()
    const answers = await failing()
    const { id } = await sign({ answers })
    const correct = (of: InspectionId, change: Partial<NewInspection> = {}, who = crew.grid) => {
      const { enterpriseId: _, ...json } = aCheck('' as never, change)
      const path = { ...param, inspectionId: of }
      return parseResponse(
        as(who)[':inspectionId'].corrections.$post({ param: path, json: { ...json, why: '漏写一项' } }),
      )
    }
    await expect(
      correct(id, { signature: { how: 'typed', name: '测试inspector' } }, crew.inspector),
    ).rejects.toMatchObject({
      slug: 'rule-broken',
    })
    const again = [...answers.slice(0, 1), answer('wiring', [await photo()])]
    const second = await correct(id, { answers: again })
    expect(second.hazards).toHaveLength(1)
    expect(await kept()).toEqual([2, 3])
    const now = await record(second.id)
    expect(now).toMatchObject({ version: 2, supersedes: id, supersededBy: null, why: '漏写一项' })
    expect(now.lines.filter(({ hazard }) => hazard).map(({ key }) => key)).toEqual(['exit-clear', 'wiring'])
    expect(await record(id)).toMatchObject({ version: 1, supersededBy: second.id })
    expect((await list()).items.map((one) => one.id)).toEqual([second.id])
    await expect(correct(id, {})).rejects.toMatchObject({ slug: 'stale' })
    const tries = await Promise.allSettled([1, 2, 3, 4].map(() => correct(second.id)))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const findings = await street.db
      .select({ item: inspectionFindings.item })
      .from(inspectionFindings)
      .where(eq(inspectionFindings.streetId, street.id))
    expect(findings.map(({ item }) => item).sort()).toEqual(['exit-clear', 'exit-clear', 'exit-count', 'wiring'])
    const audited = await street.db
      .select({ capability: auditLog.capability })
      .from(auditLog)
      .where(and(eq(auditLog.streetId, street.id), eq(auditLog.subject, second.id)))
    expect(audited).toEqual([{ capability: 'inspection.correct' }])
  })

  it('is seen in reach alone, page by page', async ({ expect }) => {
    const { street, crew, sign, list, record } = await aRound()
    const ids: InspectionId[] = []
    for (let n = 0; n < 3; n++) ids.unshift((await sign()).id)
    const admin = { how: 'typed', name: '测试street-admin' } as const
    const far = await sign({ enterpriseId: street.places.garage, signature: admin, kind: 'special' }, crew.admin)
    const first = await list({ limit: '2' })
    expect(first.items[0]).toMatchObject({ id: far.id, unitName: '示例车行', findings: 0, ending: 'signed' })
    const rest = await list({ limit: '3', cursor: first.next })
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual([far.id, ...ids])
    expect((await list({ kind: 'special' })).items.map(({ id }) => id)).toEqual([far.id])
    expect((await list({}, crew.grid)).items.map(({ id }) => id)).toEqual(ids)
    expect((await list({}, crew.principal)).items.map(({ id }) => id)).toEqual(ids)
    await expect(record(far.id, crew.grid)).rejects.toMatchObject({ slug: 'not-found' })
  })
})

describe('who took part', () => {
  it('is named from the street and from other units, with when it was signed', async ({ expect }) => {
    const { crew, as, param, sign, record } = await aRound()
    const { items } = await parseResponse(as(crew.grid).colleagues.$get({ param }))
    expect(items.map(({ id }) => id)).toContain(crew.inspector)
    // Neither the one who signs, nor those of enterprises.
    for (const id of [crew.grid, crew.principal]) expect(items.map((one) => one.id)).not.toContain(id)
    await expect(sign({ kind: 'joint' })).rejects.toMatchObject({
      errors: [expect.objectContaining({ pointer: '/companions' })],
    })
    const observedAt = Date.now() - 60_000
    const companions = [{ unit: '示例市场监管所', name: '李四' }]
    const { id } = await sign({ kind: 'joint', companions, others: [crew.inspector], observedAt, signedAt: Date.now() })
    const seen = await record(id)
    expect(seen).toMatchObject({ kind: 'joint', companions, observedAt })
    expect(seen.signedAt).toBeGreaterThan(observedAt)
    expect(seen.inspectors.map(({ id: who }) => who)).toEqual([crew.grid, crew.inspector])
    await expect(sign({ observedAt, signedAt: observedAt - 1 })).rejects.toMatchObject({
      errors: [expect.objectContaining({ pointer: '/signedAt' })],
    })
  })
})

describe('a correction', () => {
  it('shows its versions and what it changed, and is no check of its own', async ({ expect }) => {
    const { street, crew, as, param, sign, failing, record } = await aRound()
    const answers = await failing()
    const { id } = await sign({ answers })
    const path = { ...param, inspectionId: id }
    const { offers, unit } = await parseResponse(as(crew.grid)[':inspectionId'].correction.$get({ param: path }))
    expect([offers.map(({ template }) => template.id), unit.name]).toEqual([
      [aCheck('' as never).template.id],
      '示例小店',
    ])
    const unitRow = and(eq(enterprises.streetId, street.id), eq(enterprises.id, street.places.shop))
    const longAgo = addDays(today, -100)
    await street.db.update(enterprises).set({ inspectedOn: longAgo }).where(unitRow)
    const correct = async (of: InspectionId, change: Partial<NewInspection>, why: string) => {
      const { enterpriseId: _, ...json } = aCheck('' as never, change)
      return parseResponse(
        as(crew.grid)[':inspectionId'].corrections.$post({
          param: { ...param, inspectionId: of },
          json: { ...json, why },
        }),
      )
    }
    const second = await correct(id, { answers: answers.slice(1), kind: 'special' }, '一项写错')
    const third = await correct(
      second.id,
      { answers: answers.slice(1), kind: 'special', others: [crew.inspector] },
      '漏写同行',
    )
    const [first, middle, last] = [await record(id), await record(second.id), await record(third.id)]
    for (const one of [first, middle, last])
      expect(one.versions.map((each) => [each.id, each.version])).toEqual([
        [id, 1],
        [second.id, 2],
        [third.id, 3],
      ])
    expect(first).toMatchObject({ changes: null, supersededBy: second.id })
    expect(middle.changes?.map(({ what }) => what)).toEqual(['检查类型', expect.stringMatching(/./)])
    expect(middle.changes?.[1]).toMatchObject({ before: expect.stringContaining('后门被货架堵住'), after: '合格' })
    expect(last.changes).toEqual([{ what: '同行人员', before: '无', after: '测试inspector' }])
    expect(last).toMatchObject({ why: '漏写同行', supersededBy: null })
    const [row] = await street.db.select({ on: enterprises.inspectedOn }).from(enterprises).where(unitRow)
    expect(row?.on).toBe(longAgo)
  })
})

describe('the list', () => {
  it('is narrowed by who, when, findings and how it ended', async ({ expect }) => {
    const { street, crew, sign, failing, list } = await aRound()
    const plain = await sign()
    const found = await sign({ answers: await failing() })
    const admin = { how: 'typed', name: '测试street-admin' } as const
    const refused = { how: 'refused', reason: '不认可', witness: '李四' } as const
    const other = await sign({ signature: admin, ending: refused, enterpriseId: street.places.garage }, crew.admin)
    const ids = async (query: object) => (await list(query)).items.map(({ id }) => id)
    expect(await ids({ findings: 'yes' })).toEqual([found.id])
    expect(await ids({ findings: 'no' })).toEqual([other.id, plain.id])
    expect(await ids({ by: crew.grid })).toEqual([found.id, plain.id])
    expect(await ids({ ending: 'refused' })).toEqual([other.id])
    expect(await ids({ from: today, to: today })).toHaveLength(3)
    expect(await ids({ to: addDays(today, -1) })).toEqual([])
    expect(await ids({ from: addDays(today, 1) })).toEqual([])
    expect(await ids({ enterpriseId: street.places.garage })).toEqual([other.id])
  })
})

describe('whose turn it is', () => {
  it('is told by colour and the last check, in reach', async ({ expect }) => {
    const { street, crew, as, param, sign } = await aRound()
    const due = async (who: PersonId) => parseResponse(as(who).due.$get({ param }))
    const paint = (id: string, colour: 'red' | null, inspectedOn: ReturnType<typeof addDays>) =>
      street.db
        .update(enterprises)
        .set({ colour, inspectedOn })
        .where(and(eq(enterprises.streetId, street.id), eq(enterprises.id, id as never)))
    expect((await due(crew.admin)).items.map(({ name }) => name).sort()).toEqual(['示例小店', '示例车行'])
    expect((await due(crew.grid)).items.map(({ name }) => name)).toEqual(['示例小店'])
    await sign()
    expect((await due(crew.grid)).items).toEqual([])
    await paint(street.places.shop, 'red', addDays(today, -31))
    await paint(street.places.garage, null, addDays(today, -31))
    expect(await due(crew.admin)).toMatchObject({
      items: [{ name: '示例小店', dueOn: addDays(today, -1), inspectedOn: addDays(today, -31) }],
      more: false,
    })
  })

  it('comes with the checklists of the unit, and what must be said of their bases', async ({ expect }) => {
    const { crew, as, param, shop, street } = await aRound()
    const { offers, unit, due } = await parseResponse(
      as(crew.grid).offers[':enterpriseId'].$get({ param: { ...param, enterpriseId: shop } }),
    )
    expect(unit.name).toBe('示例小店')
    expect(due.today).toBe(today)
    const nine = offers.find(({ template }) => template.id === aCheck(shop).template.id)
    expect(nine?.basis['exit-clear']).toEqual([
      { citation: '经验项，暂无条文依据', text: null, address: null, warnings: [] },
    ])
    expect(nine?.basis['exit-count']?.[0]?.warnings.join()).toContain('已被替代')
    const out = as(crew.grid).offers[':enterpriseId'].$get({
      param: { ...param, enterpriseId: street.places.garage },
    })
    await expect(out).rejects.toMatchObject({ slug: 'not-found' })
  })
})
