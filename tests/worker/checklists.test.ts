import { parseResponse } from 'hono/client'
import { describe, expect, it } from 'vitest'
import type { Draft } from '@app/shared/checklists/drafts'
import type { ChecklistPage } from '@app/shared/checklists/listing'
import { principalTraining } from '@app/shared/checklists/locked'
import { nineSmall } from '@app/shared/checklists/shipped/nine-small'
import { ownRefOf } from '@app/shared/criteria/rules'
import type { CriteriaPage, CriterionHistory } from '@app/shared/criteria/schema'
import type { HazardRecord } from '@app/shared/hazards/schema'
import type { OwnCriterionId, PersonId, TemplateId } from '@app/shared/ids'
import type { InspectionRecord, NewInspection, Offers } from '@app/shared/inspections/schema'
import { dayOf } from '@app/shared/time'
import { auditLog, checklistVersions, enterprises, ownCriteria } from '../../worker/db/ledger'
import { and, eq } from '../../worker/db/operators'
import { before } from './between'
import { counting } from './counted'
import { aCrew } from './course'
import { aDraft, anItem, criterionWords, withItem } from './drafted'
import { aCheck, answer } from './inspected'
import { aStreet, anId, clientFor, send } from './street'

const today = dayOf(Date.now())

async function aDesk() {
  const street = await aStreet()
  const crew = await aCrew(street)
  await street.db
    .update(enterprises)
    .set({ keyPlace: 'nine-small' })
    .where(and(eq(enterprises.streetId, street.id), eq(enterprises.id, street.places.shop)))
  const at = `/api/streets/${street.id}`
  const of = (who: PersonId) => clientFor(who).streets[':streetId']
  const param = { streetId: street.id }
  const begin = async (copyOf: { id: TemplateId; version: number } | null = null, who = crew.admin) => {
    const id = anId<TemplateId>('tpl')
    await parseResponse(of(who).checklists.$post({ param, json: { id, title: '本街道检查表', copyOf } }))
    return id
  }
  const publish = (id: TemplateId, draft: Draft, edition = 1, who = crew.admin) =>
    parseResponse(
      of(who).checklists[':templateId'].publication.$put({
        param: { ...param, templateId: id },
        json: { edition, draft },
      }),
    )
  const save = (id: TemplateId, draft: Draft, edition = 1, who = crew.admin) =>
    parseResponse(
      of(who).checklists[':templateId'].draft.$put({ param: { ...param, templateId: id }, json: { edition, draft } }),
    )
  const retire = (id: TemplateId, edition: number) =>
    parseResponse(
      of(crew.admin).checklists[':templateId'].retirement.$put({
        param: { ...param, templateId: id },
        json: { edition },
      }),
    )
  const published = async (change: Partial<Draft> = {}) => {
    const id = await begin()
    await publish(id, aDraft(change))
    return id
  }
  const list = (who = crew.admin): Promise<ChecklistPage> => parseResponse(of(who).checklists.$get({ param }))
  const version = (id: TemplateId, number: number, who = crew.grid) =>
    parseResponse(
      of(who).checklists[':templateId'].versions[':version'].$get({
        param: { ...param, templateId: id, version: String(number) },
      }),
    )
  const offers = (who = crew.grid): Promise<Offers> =>
    parseResponse(
      of(who).inspections.offers[':enterpriseId'].$get({ param: { ...param, enterpriseId: street.places.shop } }),
    )
  const sign = (change: Partial<NewInspection>) => {
    const json = aCheck(street.places.shop, change)
    return parseResponse(of(crew.grid).inspections.$post({ param, json })).then(({ hazards }) => ({
      id: json.id,
      hazards,
    }))
  }
  const record = (id: NewInspection['id']): Promise<InspectionRecord> =>
    parseResponse(of(crew.admin).inspections[':inspectionId'].$get({ param: { ...param, inspectionId: id } }))
  const hazard = (id: HazardRecord['id']): Promise<HazardRecord> =>
    parseResponse(of(crew.admin).hazards[':hazardId'].$get({ param: { ...param, hazardId: id } }))
  const addCriterion = async (change = {}, who = crew.admin) => {
    const id = anId<OwnCriterionId>('crt')
    await parseResponse(of(who).criteria.$post({ param, json: { id, ...criterionWords(change) } }))
    return id
  }
  const criterion = (id: OwnCriterionId, who = crew.admin) => {
    const its = { ...param, criterionId: id }
    const route = of(who).criteria[':criterionId']
    return {
      change: (number: number, change = {}) =>
        parseResponse(route.$put({ param: its, json: { version: number, ...criterionWords(change) } })),
      verify: (number: number) =>
        parseResponse(route.verification.$put({ param: its, json: { version: number, lookedUp: '街道办档案室原件' } })),
      retire: (number: number, on = today) =>
        parseResponse(route.retirement.$put({ param: its, json: { version: number, on, why: '文件已废止' } })),
      history: (): Promise<CriterionHistory> => parseResponse(route.$get({ param: its })),
    }
  }
  const criteria = (query = {}, who = crew.grid): Promise<CriteriaPage> =>
    parseResponse(of(who).criteria.$get({ param, query }))
  return {
    street,
    crew,
    at,
    of,
    param,
    begin,
    publish,
    save,
    retire,
    published,
    list,
    version,
    offers,
    sign,
    record,
    hazard,
    addCriterion,
    criterion,
    criteria,
  }
}

const refused = (slug: string, ...pointers: string[]) => ({
  slug,
  ...(pointers.length > 0 && {
    errors: expect.arrayContaining(pointers.map((pointer) => expect.objectContaining({ pointer }))),
  }),
})

describe('a street’s own checklist', () => {
  it('is begun as a copy, published, and offered beside or instead of the one it was copied from', async ({
    expect,
  }) => {
    const { begin, publish, offers, list, version } = await aDesk()
    const id = await begin({ id: nineSmall.id, version: 1 })
    expect((await list()).own).toMatchObject([{ id, title: '本街道检查表', offered: null, latest: 0, pending: true }])
    expect((await offers()).offers.map(({ template }) => template.id)).toContain(nineSmall.id)
    const beside = aDraft({ replaces: null })
    expect(await publish(id, beside)).toEqual({ edition: 2, version: 1 })
    const all = async () => (await offers()).offers.map(({ template }) => `${template.id} ${template.version}`)
    expect(await all()).toEqual(expect.arrayContaining([`${id} 1`, `${nineSmall.id} 1`]))
    expect(await publish(id, { ...beside, replaces: nineSmall.id }, 2)).toEqual({ edition: 3, version: 2 })
    expect((await all())[0]).toBe(`${id} 2`)
    expect((await all()).join()).not.toContain(nineSmall.id)
    expect((await all()).join()).not.toContain(`${id} 1`)
    const page = await list()
    expect(page.own).toMatchObject([{ offered: { version: 2, items: 20, replaces: nineSmall.id }, pending: false }])
    expect(page.shipped.find((one) => one.id === nineSmall.id)?.replacedBy).toBe(id)
    const shown = await version(id, 2)
    expect(shown).toMatchObject({ own: true, offered: true, versions: [{ version: 2 }, { version: 1 }] })
    expect(await version(nineSmall.id, 1)).toMatchObject({ own: false, offered: false })
    expect((await version(id, 1)).offered).toBe(false)
  })

  it('leaves a check that was begun by an older version to be signed by it, and the record as it was', async ({
    expect,
  }) => {
    const { street, crew, published, publish, retire, offers, sign, record } = await aDesk()
    const old = withItem(aDraft({ replaces: nineSmall.id }), anItem('only-once'))
    const id = await published(old)
    const begun = (await offers()).offers[0]?.template
    expect(begun?.version).toBe(1)
    await publish(id, aDraft({ replaces: nineSmall.id }), 2)
    const template = { id, version: 1 }
    const failing = async () => [answer('only-once', [await street.photo(crew.grid)])]
    const first = await sign({ template, answers: await failing() })
    expect(first.hazards).toHaveLength(1)
    // What is no longer asked is no answer to the newer one.
    await expect(sign({ template: { id, version: 2 }, answers: await failing() })).rejects.toMatchObject(
      refused('invalid-input', '/answers/0/result'),
    )
    await retire(id, 3)
    const left = (await offers()).offers.map((offer) => offer.template.id)
    expect(left).toContain(nineSmall.id)
    expect(left).not.toContain(id)
    await sign({ template, answers: await failing() })
    const seen = await record(first.id)
    expect(seen.template).toEqual({ id, version: 1, title: '本街道九小场所检查表' })
    expect(seen.lines.find(({ key }) => key === 'only-once')).toMatchObject({ result: 'fail', text: '检查 only-once' })
    await expect(sign({ template: { id, version: 3 } })).rejects.toMatchObject(
      refused('invalid-input', '/template/version'),
    )
  })

  it('never changes once published, not even by the database’s own hand', async ({ expect }) => {
    const { street, published } = await aDesk()
    const id = await published()
    const its = and(eq(checklistVersions.streetId, street.id), eq(checklistVersions.id, id))
    const [row] = await street.db.select().from(checklistVersions).where(its)
    if (!row) throw new Error('It was not published')
    const change = (columns: Partial<typeof row>) => street.db.update(checklistVersions).set(columns).where(its)
    for (const columns of [
      { title: '别的' },
      { sections: [] },
      { replaces: nineSmall.id },
      { cited: [] as never, items: 1 },
    ])
      await expect(change(columns)).rejects.toThrow()
    await expect(street.db.delete(checklistVersions).where(its)).rejects.toThrow()
    await expect(street.db.insert(checklistVersions).values({ ...row, title: '别的' })).rejects.toThrow()
    await change({ current: false })
    await expect(change({ current: true })).rejects.toThrow()
    expect(await street.db.select().from(checklistVersions).where(its)).toEqual([{ ...row, current: false }])
  })

  it('keeps the item that none may lack, as the product words it', async ({ expect }) => {
    const { begin, publish } = await aDesk()
    const id = await begin()
    const without = (draft: Draft) => ({
      ...draft,
      sections: draft.sections.map((section) => ({ ...section, items: section.items.filter(({ locked }) => !locked) })),
    })
    const reworded = (change: object) => ({
      ...aDraft(),
      sections: aDraft().sections.map((section) => ({
        ...section,
        items: section.items.map((item) => (item.locked ? { ...item, ...change } : item)),
      })),
    })
    await expect(publish(id, without(aDraft()))).rejects.toMatchObject(refused('invalid-input', '/draft/sections'))
    for (const change of [{ text: '改过' }, { days: 1 }, { locked: false }, { basis: [] }])
      await expect(publish(id, reworded(change)), JSON.stringify(change)).rejects.toMatchObject(
        refused('invalid-input'),
      )
    await expect(publish(id, withItem(aDraft(), { ...principalTraining, key: 'not-locked' }))).rejects.toMatchObject(
      refused('invalid-input'),
    )
  })

  it('is not published incomplete, and says each lack beside its field', async ({ expect }) => {
    const { begin, publish, save, list, addCriterion, criterion } = await aDesk()
    const id = await begin()
    const elsewhere = await aDesk()
    const foreign = await elsewhere.addCriterion()
    const retired = await addCriterion()
    await criterion(retired).retire(1)
    const last = aDraft().sections[0]?.items.length ?? 0
    const at = (field: string) => `/draft/sections/0/items/${last}/${field}`
    const cases: [Draft, string][] = [
      [withItem(aDraft(), anItem('new-one', { text: '  ' })), at('text')],
      [withItem(aDraft(), anItem('new-one', { days: null })), at('days')],
      [withItem(aDraft(), anItem('new-one', { basis: [{ id: 'NO-SUCH/1', version: 1 }] })), at('basis')],
      [withItem(aDraft(), anItem('new-one', { basis: [ownRefOf({ id: foreign, version: 1 })] })), at('basis')],
      [withItem(aDraft(), anItem('new-one', { basis: [ownRefOf({ id: retired, version: 1 })] })), at('basis')],
      [
        withItem(aDraft(), anItem('new-one', { condition: { on: 'item', item: 'below-all', is: ['fail'] } })),
        at('condition'),
      ],
      [aDraft({ title: '' }), '/draft/title'],
      [aDraft({ kinds: [], keyPlaces: [], sectors: [] }), '/draft/kinds'],
      [aDraft({ sections: [...aDraft().sections, { title: '空的', items: [] }] }), '/draft/sections/5/items'],
      [aDraft({ replaces: id }), '/draft/replaces'],
    ]
    for (const [draft, pointer] of cases)
      await expect(publish(id, draft), pointer).rejects.toMatchObject(refused('invalid-input', pointer))
    // As a draft it may be kept all the same.
    expect(await save(id, cases[0]?.[0] as Draft)).toEqual({ edition: 2 })
    await publish(id, aDraft(), 2)
    await expect(publish(id, aDraft(), 3)).rejects.toMatchObject(refused('rule-broken'))
    expect((await list()).own[0]).toMatchObject({ latest: 1, pending: false })
  })

  it('is published once by two at a time, and saved over nobody’s words', async ({ expect }) => {
    const { street, crew, at, begin, save, publish, list } = await aDesk()
    const id = await begin()
    const path = `${at}/checklists/${id}/publication`
    const statuses = await Promise.all(
      [crew.admin, crew.second, crew.admin, crew.second].map(
        async (who) => (await send(who, 'PUT', path, { body: { edition: 1, draft: aDraft() } })).status,
      ),
    )
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409])
    const kept = await street.db
      .select({ version: checklistVersions.version, current: checklistVersions.current })
      .from(checklistVersions)
      .where(eq(checklistVersions.streetId, street.id))
    expect(kept).toEqual([{ version: 1, current: true }])
    await save(id, aDraft({ title: '甲的草稿' }), 2)
    await expect(save(id, aDraft({ title: '乙的草稿' }), 2, crew.second)).rejects.toMatchObject(refused('stale'))
    // Somebody saves between what another reads and what that one writes.
    const bindings = before(2, street.ledger, () => save(id, aDraft({ title: '甲又改' }), 3))
    const late = await send(crew.second, 'PUT', path, {
      body: { edition: 3, draft: aDraft({ title: '乙发布' }) },
      bindings,
    })
    expect(late.status).toBe(409)
    expect((await list()).own[0]).toMatchObject({ title: '甲又改', latest: 1, pending: true })
    await expect(publish(id, aDraft(), 3)).rejects.toMatchObject(refused('stale'))
  })

  it('is another street’s to nobody, and a draft to those who keep them', async ({ expect }) => {
    const here = await aDesk()
    const there = await aDesk()
    const id = await there.published()
    await expect(here.begin({ id, version: 1 })).rejects.toMatchObject(refused('invalid-input', '/copyOf'))
    await expect(here.version(id, 1)).rejects.toMatchObject(refused('not-found'))
    await expect(here.publish(id, aDraft(), 2)).rejects.toMatchObject(refused('not-found'))
    await expect(here.sign({ template: { id, version: 1 } })).rejects.toMatchObject(
      refused('invalid-input', '/template/version'),
    )
    for (const who of [here.crew.grid, here.crew.inspector, here.crew.principal]) {
      await expect(here.begin(null, who)).rejects.toMatchObject(refused('forbidden'))
      await expect(here.addCriterion({}, who)).rejects.toMatchObject(refused('forbidden'))
    }
    expect(JSON.stringify(await here.list())).not.toContain(id)
    const lines = await there.street.db
      .select({ subject: auditLog.subject })
      .from(auditLog)
      .where(and(eq(auditLog.streetId, there.street.id), eq(auditLog.capability, 'checklist.manage')))
    expect(lines).toEqual([{ subject: id }, { subject: id }])
  })

  it('is signed in three round trips', async ({ expect }) => {
    const { street, crew, at, published, addCriterion } = await aDesk()
    const own = await addCriterion()
    const id = await published(withItem(aDraft(), anItem('by-our-own', { basis: [ownRefOf({ id: own, version: 1 })] })))
    const { bindings, since } = counting()
    const body = aCheck(street.places.shop, {
      template: { id, version: 1 },
      answers: [answer('by-our-own', [await street.photo(crew.grid)])],
    })
    const signed = await since(async () => {
      expect((await send(crew.grid, 'POST', `${at}/inspections`, { body, bindings })).status).toBe(201)
    })
    expect(signed.trips).toBeLessThanOrEqual(3)
    const asked = await since(() =>
      send(crew.grid, 'GET', `${at}/inspections/offers/${street.places.shop}`, { bindings }),
    )
    expect(asked.trips).toBeLessThanOrEqual(2)
  })
})

describe('a criterion of the street’s own', () => {
  it('is found beside the national ones, not verified until somebody puts a name to it', async ({ expect }) => {
    const { crew, addCriterion, criterion, criteria } = await aDesk()
    const id = await addCriterion()
    const find = async () => (await criteria({ words: '夜间不得留人' })).items
    expect(await find()).toMatchObject([
      { ref: { id: `${id}/1`, version: 1 }, scope: 'street', seen: 'own', warnings: ['本级增补，未核实'] },
    ])
    await criterion(id, crew.second).verify(1)
    expect(await find()).toMatchObject([{ seen: 'own-verified' }])
    await expect(criterion(id).verify(1)).rejects.toMatchObject(refused('rule-broken'))
    // Other words are nobody's yet.
    await criterion(id).change(1, { text: '沿街店铺夜间不得留人住宿，有独立出口的除外' })
    expect(await find()).toMatchObject([{ ref: { version: 2 }, seen: 'own' }])
    const { versions } = await criterion(id).history()
    expect(versions).toMatchObject([
      { version: 2, verified: null, retired: null, by: '测试street-admin' },
      { version: 1, verified: { by: '测试street-admin', lookedUp: '街道办档案室原件' } },
    ])
    await criterion(id).retire(2)
    expect(await find()).toMatchObject([{ standing: 'retired' }])
    expect((await criteria({ words: '夜间不得留人', standing: 'in-force' })).items).toEqual([])
    await expect(criterion(id).change(2)).rejects.toMatchObject(refused('rule-broken'))
    expect((await criteria({ scope: 'national', limit: '100' })).total).toBeGreaterThan(200)
  })

  it('stays as it was worded where something was judged by it', async ({ expect }) => {
    const { street, crew, published, addCriterion, criterion, sign, record, hazard } = await aDesk()
    const own = await addCriterion()
    const id = await published(withItem(aDraft(), anItem('by-our-own', { basis: [ownRefOf({ id: own, version: 1 })] })))
    const { id: inspection, hazards } = await sign({
      template: { id, version: 1 },
      answers: [answer('by-our-own', [await street.photo(crew.grid)])],
    })
    await criterion(own).change(1, { title: '新名称（演示数据）', text: '改写以后' })
    await criterion(own).retire(2)
    const line = (await record(inspection)).lines.find(({ key }) => key === 'by-our-own')
    const judged = [
      {
        citation: '《示例街道消防工作规定（演示数据）》 （条款号未收录）',
        text: '沿街店铺夜间不得留人住宿',
        warnings: expect.arrayContaining(['本级增补，未核实', '此处为第 1 版，现为第 2 版']),
      },
    ]
    expect(line?.basis).toMatchObject(judged)
    const made = await hazard(hazards[0] as HazardRecord['id'])
    expect(made.inspection?.basis).toMatchObject(judged)
    expect(made.inspection?.basis[0]?.warnings.join()).toContain('已停用')
  })

  it('never changes, not even by the database’s own hand', async ({ expect }) => {
    const { street, addCriterion, criterion } = await aDesk()
    const id = await addCriterion()
    await criterion(id).verify(1)
    const its = and(eq(ownCriteria.streetId, street.id), eq(ownCriteria.id, id))
    const change = (columns: Partial<typeof ownCriteria.$inferInsert>) =>
      street.db.update(ownCriteria).set(columns).where(its)
    await expect(change({ words: criterionWords({ text: '别的' }) })).rejects.toThrow()
    await expect(change({ lookedUp: '别处' })).rejects.toThrow()
    await expect(change({ verifiedBy: null })).rejects.toThrow()
    await expect(street.db.delete(ownCriteria).where(its)).rejects.toThrow()
    await criterion(id).retire(1)
    await expect(change({ retiredOn: null })).rejects.toThrow()
  })

  it('is changed once by two at a time, and by nobody from elsewhere', async ({ expect }) => {
    const { street, crew, at, addCriterion, criterion } = await aDesk()
    const id = await addCriterion()
    const statuses = await Promise.all(
      [crew.admin, crew.second, crew.admin].map(
        async (who, n) =>
          (
            await send(who, 'PUT', `${at}/criteria/${id}`, {
              body: { version: 1, ...criterionWords({ text: `改写 ${n}` }) },
            })
          ).status,
      ),
    )
    expect(statuses.toSorted((a, b) => a - b)).toEqual([204, 409, 409])
    const kept = await street.db
      .select({ version: ownCriteria.version, latest: ownCriteria.latest })
      .from(ownCriteria)
      .where(and(eq(ownCriteria.streetId, street.id), eq(ownCriteria.id, id)))
    expect(kept).toEqual([
      { version: 1, latest: false },
      { version: 2, latest: true },
    ])
    const there = await aDesk()
    const theirs = there.criterion(id)
    for (const tried of [() => theirs.change(2), () => theirs.verify(2), () => theirs.retire(2), theirs.history])
      await expect(tried()).rejects.toMatchObject(refused('not-found'))
    // Somebody retires it between what another reads and what that one writes.
    const bindings = before(1, street.ledger, () => criterion(id).retire(2))
    const late = await send(crew.second, 'PUT', `${at}/criteria/${id}/verification`, {
      body: { version: 2, lookedUp: '某处' },
      bindings,
    })
    expect(late.status).toBe(409)
  })
})
