import { env } from 'cloudflare:workers'
import { parseResponse } from 'hono/client'
import { describe, it } from 'vitest'
import type { Draft } from '@app/shared/checklists/drafts'
import { nineSmall } from '@app/shared/checklists/shipped/nine-small'
import type { NewFiling } from '@app/shared/filings/schema'
import type { HazardRecord } from '@app/shared/hazards/schema'
import type { HazardId, PersonId, PhotoId, TemplateId } from '@app/shared/ids'
import type { NewSelfcheck } from '@app/shared/selfchecks/schema'
import { statement } from '@app/shared/selfchecks/words'
import { addWorkingDays, defaultArrangement, readArrangement, type WorkingCalendar } from '@app/shared/calendar'
import { addDays, day, dayOf, monthOf } from '@app/shared/time'
import { ledgers, openDirectory } from '../../worker/db/client'
import { streetPosts } from '../../worker/db/directory'
import { enterprises, hazardRounds, hazards, photos, selfchecks, settings } from '../../worker/db/ledger'
import { and, eq } from '../../worker/db/operators'
import { before } from './between'
import { counting } from './counted'
import { aCrew, courseOf, filed } from './course'
import { aDraft, anItem, withItem } from './drafted'
import { aFiling, certificateBody, drillBody } from './filed'
import { aCheck, answer, aSelfcheck } from './inspected'
import { aDistrict, anId, aStreet, clientFor, send } from './street'

const today = dayOf(Date.now())
// Safe: it is read before it is anybody's default.
const calendar = readArrangement(defaultArrangement) as WorkingCalendar
const month = monthOf(Date.now())

async function aUnit() {
  const street = await aStreet(await aDistrict())
  const crew = await aCrew(street)
  const { shop } = street.places
  const manager = await street.member('enterprise-manager', { within: 'enterprise', ids: [shop] })
  const param = { streetId: street.id }
  const here = `/api/streets/${street.id}`
  const as = (who: PersonId, now?: number) => clientFor(who, undefined, now).streets[':streetId']
  const photo = () => street.photo(manager)
  const report = (change: Partial<NewSelfcheck> = {}, who = manager, now?: number) =>
    parseResponse(
      as(who, now).selfchecks.$post({ param, json: aSelfcheck({ observedAt: now ?? Date.now(), ...change }) }),
    )
  const home = (who = manager, now?: number) => parseResponse(as(who, now).selfchecks.home.$get({ param }))
  const hazard = (id: HazardId, who = crew.admin): Promise<HazardRecord> =>
    parseResponse(as(who).hazards[':hazardId'].$get({ param: { ...param, hazardId: id } }))
  const plead = (id: HazardId, now?: number) => {
    const path = { ...param, hazardId: id, round: '1' }
    const of = (who: PersonId) => as(who, now).hazards[':hazardId'].rounds[':round']
    return {
      ask: (until: string, who = manager) =>
        of(who)['extension-request'].$put({ param: path, json: { until, words: '配件未到货' } }),
      grant: (dueOn: string, who = crew.admin) =>
        of(who)['extension-decision'].$put({ param: path, json: { outcome: 'grant-extension', dueOn, words: '同意' } }),
      refuse: (who = crew.admin) =>
        of(who)['extension-decision'].$put({ param: path, json: { outcome: 'refuse-extension', words: '按期' } }),
      object: (photoIds: PhotoId[] = [], who = manager) =>
        of(who).objection.$put({ param: path, json: { words: '现场不存在该问题', photos: photoIds } }),
      answer: (outcome: 'uphold' | 'overrule', who = crew.admin) =>
        of(who)['objection-decision'].$put({ param: path, json: { outcome, words: '已核实' } }),
      verify: (outcome: 'verify' | 'refute', who = crew.inspector) =>
        of(who).verification.$put({ param: path, json: { outcome, words: '现场核验', photos: [] } }),
    }
  }
  const kept = async () => {
    const [rows, made] = await street.db.batch([
      street.db.select({ id: selfchecks.id }).from(selfchecks).where(eq(selfchecks.streetId, street.id)),
      street.db.select({ id: hazards.id }).from(hazards).where(eq(hazards.streetId, street.id)),
    ])
    return [rows.length, made.length]
  }
  return { street, crew, manager, shop, param, here, as, photo, report, home, hazard, plead, kept }
}

describe('a self-check', () => {
  it('makes the record and its hazards at once: what was put right ends as that, the rest is its unit’s', async ({
    expect,
  }) => {
    const { street, crew, manager, param, as, photo, report, hazard, home } = await aUnit()
    const { id, hazards: made } = await report({
      answers: [
        answer('exit-clear', [await photo()], { words: '后门堆了货' }),
        answer('emergency-light', [await photo()], { result: 'fixed', after: [await photo()] }),
      ],
    })
    expect(made).toHaveLength(2)
    const [own, settled] = await Promise.all(made.map((one) => hazard(one)))
    expect(own).toMatchObject({
      state: 'assigned',
      source: 'enterprise-check',
      selfFound: true,
      description: '后门堆了货',
      responsibleId: manager,
      dueOn: addDays(today, 1),
      selfcheck: { id },
    })
    expect(own?.selfcheck?.basis.length).toBeGreaterThan(0)
    expect(settled).toMatchObject({ state: 'settled', dueOn: null, selfFound: true })
    expect(settled?.photos.map(({ stage }) => stage).sort()).toEqual(['after', 'before'])
    const record = await parseResponse(
      as(crew.admin).selfchecks[':selfcheckId'].$get({ param: { ...param, selfcheckId: id } }),
    )
    expect(record).toMatchObject({ month, name: '测试enterprise-manager', statement, findings: 2, settled: 1 })
    expect(record.lines.filter(({ hazard: one }) => one).map(({ key, result }) => [key, result])).toEqual([
      ['exit-clear', 'fail'],
      ['emergency-light', 'fixed'],
    ])
    const bound = await street.db.select({ bound: photos.bound }).from(photos).where(eq(photos.streetId, street.id))
    expect(bound.every((one) => one.bound)).toBe(true)
    // Its unit reads what is left to do, and that this month's is done.
    const items = (await home()).items.filter(({ kind }) => kind !== 'filing')
    expect(items.map(({ kind, act, late }) => [kind, act, late])).toEqual([
      ['hazard', 'do', false],
      ['selfcheck', 'done', false],
    ])
    // Who found it may put it right, and the street looks at that as at any other.
    await courseOf(street, made[0] as HazardId).rectify(manager)
    await courseOf(street, made[0] as HazardId).recheck(crew.inspector)
    await courseOf(street, made[0] as HazardId).close(crew.admin)
  })

  it('keeps the version of the checklist that it was begun by, whatever is published meanwhile', async ({ expect }) => {
    const { crew, param, as, report, photo } = await aUnit()
    const id = anId<TemplateId>('tpl')
    const { checklists } = as(crew.admin)
    await parseResponse(checklists.$post({ param, json: { id, title: '本街道自查表', copyOf: null } }))
    const publish = (edition: number, draft: Draft) =>
      parseResponse(
        checklists[':templateId'].publication.$put({ param: { ...param, templateId: id }, json: { edition, draft } }),
      )
    await publish(1, withItem(aDraft(), anItem('only-once')))
    await publish(2, aDraft({ title: '新的' }))
    const answers = [answer('only-once', [await photo()])]
    const sent = await report({ template: { id, version: 1 }, answers })
    const record = await parseResponse(
      as(crew.admin).selfchecks[':selfcheckId'].$get({ param: { ...param, selfcheckId: sent.id } }),
    )
    expect(record.template).toEqual({ id, version: 1, title: '本街道九小场所检查表' })
    expect(record.lines.find(({ key }) => key === 'only-once')).toMatchObject({
      result: 'fail',
      text: '检查 only-once',
    })
    // It is sealed with the record: the newer one asks nothing of the kind.
    await expect(report({ template: { id, version: 2 }, answers })).rejects.toMatchObject({ slug: 'invalid-input' })
  })

  it('is refused for what is incomplete, and then keeps nothing', async ({ expect }) => {
    const { street, crew, manager, report, photo, kept, shop } = await aUnit()
    const cases: [Partial<NewSelfcheck>, string][] = [
      [{ answers: [answer('exit-clear', [])] }, '/answers/0/photos'],
      [{ answers: [answer('emergency-light', [await photo()], { result: 'fixed' })] }, '/answers/0/after'],
      [{ answers: [answer('no-such-item', [await photo()])] }, '/answers/0/result'],
      [{ statement: '大概没事' as never }, '/statement'],
      [{ template: { id: nineSmall.id, version: 9 } }, '/template/version'],
    ]
    for (const [change, pointer] of cases) {
      await expect(report(change), pointer).rejects.toMatchObject({
        slug: 'invalid-input',
        errors: expect.arrayContaining([expect.objectContaining({ pointer })]),
      })
    }
    await expect(report({ answers: [answer('exit-clear', ['c'.repeat(64) as never])] })).rejects.toMatchObject({
      slug: 'photos-missing',
    })
    for (const who of [crew.admin, crew.grid, crew.inspector])
      await expect(report({}, who)).rejects.toMatchObject({ slug: 'forbidden' })
    // A post that is held in the street and not in a unit reports for none.
    const loose = await street.member('enterprise-manager')
    await expect(report({}, loose)).rejects.toMatchObject({ slug: 'not-found' })
    await street.db
      .update(enterprises)
      .set({ standing: 'closed' })
      .where(and(eq(enterprises.streetId, street.id), eq(enterprises.id, shop)))
    await expect(report({}, manager)).rejects.toMatchObject({ slug: 'not-found' })
    expect(await kept()).toEqual([0, 0])
  })

  it('happens once, in three round trips, however often it is sent', async ({ expect }) => {
    const { manager, here, photo, kept } = await aUnit()
    const one = aSelfcheck({ answers: [answer('exit-clear', [await photo()]), answer('wiring', [await photo()])] })
    const { bindings, since } = counting()
    const key = crypto.randomUUID()
    const post = (with_: string) =>
      send(manager, 'POST', `${here}/selfchecks`, { body: one, headers: { 'idempotency-key': with_ }, bindings })
    let first = ''
    const { trips } = await since(async () => {
      const response = await post(key)
      expect(response.status).toBe(201)
      first = await response.text()
    })
    expect(trips).toBeLessThanOrEqual(3)
    expect(await (await post(key)).text()).toBe(first)
    expect((await post(crypto.randomUUID())).status).toBe(409)
    expect(await kept()).toEqual([1, 2])
  })

  it('is stale when the unit was moved meanwhile', async ({ expect }) => {
    const { street, manager, here, kept, shop } = await aUnit()
    const bindings = before(2, street.ledger, () =>
      street.db
        .update(enterprises)
        .set({ gridId: street.places.second })
        .where(and(eq(enterprises.streetId, street.id), eq(enterprises.id, shop))),
    )
    const response = await send(manager, 'POST', `${here}/selfchecks`, { body: aSelfcheck(), bindings })
    expect((await response.json<{ type: string }>()).type).toContain('stale')
    expect(await kept()).toEqual([0, 0])
  })

  it('stands as it was sent; no statement changes it', async ({ expect }) => {
    const { street, report, photo } = await aUnit()
    const { id } = await report({ answers: [answer('exit-clear', [await photo()])] })
    const db = ledgers(env).get(street.ledger) as D1Database
    for (const change of [`answers = '[]'`, 'findings = 0', `month = '2020-01'`, `statement = 'x'`, `words = '{}'`]) {
      await expect(db.prepare(`update selfchecks set ${change} where id = ?1`).bind(id).run()).rejects.toThrow(/signed/)
    }
    await expect(db.prepare('delete from selfchecks where id = ?1').bind(id).run()).rejects.toThrow()
    await db.prepare('update selfchecks set words = null, salt = null where id = ?1').bind(id).run()
  })
})

describe('what a unit put right itself', () => {
  it('counts for and against nobody, and is looked at once by somebody else', async ({ expect }) => {
    const { street, crew, manager, param, as, photo, report, hazard, plead } = await aUnit()
    const fixed = async (key: string) => answer(key, [await photo()], { result: 'fixed', after: [await photo()] })
    const { hazards: made } = await report({ answers: [await fixed('exit-clear'), await fixed('wiring')] })
    const [first, second] = made as [HazardId, HazardId]
    const rounds = await street.db
      .select({ endedAt: hazardRounds.endedAt, settled: hazardRounds.settledReceivedAt, closed: hazardRounds.closedAt })
      .from(hazardRounds)
      .where(eq(hazardRounds.streetId, street.id))
    expect(rounds.every(({ endedAt, settled, closed }) => endedAt && settled && closed === null)).toBe(true)

    await street.db
      .insert(settings)
      .values({ streetId: street.id, key: 'sample.share', value: 100, by: crew.admin, at: 1 })
    const sample = () => parseResponse(as(crew.inspector).selfchecks.sample.$get({ param }))
    expect((await sample()).items.map(({ verified }) => verified)).toEqual([false, false])
    await expect(plead(first).verify('verify', manager)).rejects.toMatchObject({ slug: 'forbidden' })
    await plead(first).verify('verify')
    await expect(plead(first).verify('verify', crew.officer)).rejects.toMatchObject({ slug: 'rule-broken' })
    await plead(second).verify('refute')
    expect(await hazard(first)).toMatchObject({ state: 'settled' })
    expect(await hazard(second)).toMatchObject({ state: 'filed', round: 1, dueOn: null })
    expect((await sample()).items).toMatchObject([{ id: first, verified: true }])
    // What was not so is put right like anything else.
    await courseOf(street, second).assign(crew.admin)
    await courseOf(street, second).rectify(manager)
  })
})

describe('an extension', () => {
  it('is asked before the day, granted by the street within its bounds, and keeps the first day', async ({
    expect,
  }) => {
    const { street, crew, manager, hazard, plead, home, param, as } = await aUnit()
    const id = await filed(street, crew.grid)
    await courseOf(street, id).assign(crew.admin)
    const due = addDays(today, 3)
    await expect(plead(id).ask(due)).rejects.toMatchObject({ slug: 'rule-broken' })
    await expect(plead(id).ask(addDays(due, 16))).rejects.toMatchObject({
      slug: 'invalid-input',
      errors: [{ pointer: '/until' }],
    })
    await expect(plead(id, Date.now() + 5 * day).ask(addDays(due, 5))).rejects.toMatchObject({ slug: 'rule-broken' })
    await plead(id).ask(addDays(due, 5))
    const answerDueOn = addWorkingDays(today, 3, calendar)
    expect(await hazard(id)).toMatchObject({ plea: { kind: 'extension', until: addDays(due, 5), answerDueOn } })
    const waiting = await parseResponse(as(crew.admin).hazards.$get({ param, query: { plea: 'yes' } }))
    expect(waiting.items.map((one) => one.id)).toEqual([id])
    const bench = await parseResponse(as(crew.admin).workbench.$get({ param }))
    expect(bench.counts.pleas).toBe(1)
    await expect(plead(id).grant(addDays(due, 5), crew.inspector)).rejects.toMatchObject({ slug: 'forbidden' })
    await expect(plead(id).grant(addDays(due, 30))).rejects.toMatchObject({ errors: [{ pointer: '/dueOn' }] })
    await plead(id).grant(addDays(due, 4))
    expect(await hazard(id)).toMatchObject({ plea: null, dueOn: addDays(due, 4), firstDueOn: due })
    expect((await home()).items.map(({ act, title }) => [act, title.slice(0, 9)])).toContainEqual([
      'read',
      '街道答复：同意延期',
    ])
    // No more often than the street allows; and `next` does not offer what would be refused.
    expect((await hazard(id, manager)).next).not.toContain('ask-extension')
    await expect(plead(id).ask(addDays(due, 6))).rejects.toMatchObject({ slug: 'rule-broken' })
    const [round] = await street.db
      .select({ dueOn: hazardRounds.dueOn })
      .from(hazardRounds)
      .where(and(eq(hazardRounds.streetId, street.id), eq(hazardRounds.hazardId, id)))
    expect(round?.dueOn).toBe(addDays(due, 4))
  })

  it('is refused with a reason, and the day stands', async ({ expect }) => {
    const { street, crew, hazard, plead } = await aUnit()
    const id = await filed(street, crew.grid)
    await courseOf(street, id).assign(crew.admin)
    await plead(id).ask(addDays(today, 6))
    await plead(id).refuse()
    const seen = await hazard(id)
    expect(seen).toMatchObject({ plea: null, dueOn: addDays(today, 3), firstDueOn: null })
    expect(seen.deeds.map(({ deed }) => deed)).toEqual(['file', 'assign', 'ask-extension', 'refuse-extension'])
  })
})

describe('an objection', () => {
  it('is owed an answer in working days as the street has arranged them', async ({ expect }) => {
    const { street, crew, param, as, hazard, plead } = await aUnit()
    const arrangement = `${addDays(today, 1)} 至 ${addDays(today, 9)} 放假`
    await as(crew.admin).settings[':key'].$put({
      param: { ...param, key: 'calendar.arrangement' },
      json: { value: arrangement },
    })
    const id = await filed(street, crew.grid)
    await courseOf(street, id).assign(crew.admin)
    await plead(id).object()
    // Safe: written here.
    const arranged = readArrangement(arrangement) as WorkingCalendar
    expect(await hazard(id)).toMatchObject({
      plea: { kind: 'objection', answerDueOn: addWorkingDays(addDays(today, 9), 5, arranged) },
    })
  })

  it('is answered by somebody who did not sign the finding; upheld, another one voids it', async ({ expect }) => {
    const { street, crew, manager, shop, param, as, photo, hazard, plead } = await aUnit()
    const inspected = await parseResponse(
      as(crew.admin).inspections.$post({
        param,
        json: aCheck(shop, {
          others: [crew.second],
          answers: [answer('exit-clear', [await street.photo(crew.admin)])],
          signature: { how: 'typed', name: '测试street-admin' },
        }),
      }),
    )
    const id = inspected.hazards[0] as HazardId
    await plead(id).object([await photo()])
    expect(await hazard(id)).toMatchObject({
      plea: { kind: 'objection', answerDueOn: addWorkingDays(today, 5, calendar) },
    })
    expect((await hazard(id)).photos.map(({ stage }) => stage)).toContain('objection')
    // Neither who signed nor who took part.
    for (const who of [crew.admin, crew.second]) {
      expect((await hazard(id, who)).next).not.toContain('uphold')
      await expect(plead(id).answer('uphold', who)).rejects.toMatchObject({ slug: 'rule-broken' })
    }
    const leader = await street.member('street-leader')
    expect((await hazard(id, leader)).next).toContain('uphold')
    await plead(id).answer('uphold', leader)
    expect(await hazard(id)).toMatchObject({ state: 'filed', voidAsked: true, plea: null })
    await courseOf(street, id).decideVoid(crew.admin, 'void')
    expect((await hazard(id, manager)).state).toBe('voided')
  })

  it('is overruled with a reason and not repeated; of a suspected major the street upholds none', async ({
    expect,
  }) => {
    const { street, crew, hazard, plead, home } = await aUnit()
    const id = await filed(street, crew.grid)
    await plead(id).object()
    await plead(id).answer('overrule')
    await expect(plead(id).object()).rejects.toMatchObject({ slug: 'rule-broken' })
    expect((await home()).items.some(({ act, title }) => act === 'read' && title.includes('异议不成立'))).toBe(true)
    const suspected = await filed(street, crew.grid, { level: 'suspected' })
    await plead(suspected).object()
    await expect(plead(suspected).answer('uphold')).rejects.toMatchObject({ slug: 'rule-broken' })
    expect((await hazard(suspected)).next).toContain('overrule')
  })
})

describe('what a unit sees first', () => {
  it('is also what it has to file, each leading to where it is done, until it is done; read in two round trips', async ({
    expect,
  }) => {
    const { street, crew, manager, shop, home, here } = await aUnit()
    const file = async (body: NewFiling['body']) =>
      expect((await send(manager, 'POST', `${here}/filings`, { body: aFiling(shop, body) })).status).toBe(201)
    const listed = async (who = manager) =>
      (await home(who)).items.flatMap((item) =>
        item.kind === 'filing' ? [[item.filing.kind, item.act, item.late, item.filing.filingId !== null]] : [],
      )
    const owed = [
      ['drill', 'do', false, false],
      ['duties', 'do', false, false],
      ['commitment', 'do', false, false],
      ['principal-training', 'do', false, false],
      ['responsibility', 'do', false, false],
    ]
    expect(new Set(await listed())).toEqual(new Set(owed))
    await file(certificateBody({ expiresOn: addDays(today, -3) }))
    await file(drillBody())
    // What ran out comes first, and what is done last.
    const now = await listed(crew.principal)
    expect(now[0]).toEqual(['certificate', 'do', true, true])
    expect(now.at(-1)).toEqual(['drill', 'done', false, true])
    expect(now).toHaveLength(6)
    // Nobody else’s: the next unit still owes its drill.
    const { garage } = street.places
    const neighbour = await street.member('enterprise-principal', { within: 'enterprise', ids: [garage] })
    expect(new Set(await listed(neighbour))).toEqual(new Set(owed))

    const { bindings, since } = counting()
    const { trips } = await since(async () => {
      expect((await send(manager, 'GET', `${here}/selfchecks/home`, { bindings })).status).toBe(200)
    })
    expect(trips).toBeLessThanOrEqual(2)
  })
})

describe('the street', () => {
  it('sees who owes this month’s self-check and who has done it', async ({ expect }) => {
    const { street, crew, param, as, report, shop } = await aUnit()
    const list = (query = {}) =>
      parseResponse(as(crew.admin).selfchecks.months[':month'].$get({ param: { ...param, month }, query }))
    expect((await list()).items.map(({ selfcheck }) => selfcheck)).toEqual([null, null])
    await report()
    expect((await list({ done: 'yes' })).items.map(({ id }) => id)).toEqual([shop])
    expect((await list({ done: 'no' })).items.map(({ id }) => id)).toEqual([street.places.garage])
    expect((await list({ communityId: street.places.east })).items.map(({ id }) => id)).toEqual([shop])
    const page = await list({ limit: '1' })
    expect(page.next).not.toBeNull()
    expect((await list({ limit: '1', cursor: page.next })).items).toHaveLength(1)
  })

  it('is shown where a unit’s word and what was found differ, and nothing before the least number of visits', async ({
    expect,
  }) => {
    const { street, crew, shop, param, as, report } = await aUnit()
    const at = (days: number) => Date.now() - days * day
    await report({}, undefined, at(30))
    const check = async (days: number, keys: readonly string[]) => {
      const answers = []
      for (const key of keys) answers.push(answer(key, [await street.photo(crew.grid)]))
      await parseResponse(
        as(crew.grid, at(days)).inspections.$post({ param, json: aCheck(shop, { answers, observedAt: at(days) }) }),
      )
    }
    const signals = () =>
      parseResponse(
        as(crew.admin).selfchecks.signals[':enterpriseId'].$get({ param: { ...param, enterpriseId: shop } }),
      )
    await check(20, ['exit-clear'])
    expect((await signals()).signals).toEqual([])
    await check(10, ['exit-clear', 'wiring'])
    const found = await signals()
    expect(found.visits).toBe(2)
    expect(found.signals.map(({ kind }) => kind)).toEqual(['differs', 'differs', 'repeats'])
    expect(found.definitions.differs).toContain('60 天')
    const everywhere = await parseResponse(as(crew.admin).selfchecks.signals.$get({ param, query: {} }))
    expect(everywhere.items).toMatchObject([{ id: shop, signals: [{}, {}, {}] }])
  })
})

describe('a principal', () => {
  it('sees the own unit and no other; an ex-manager nothing; a neighbour nothing', async ({ expect }) => {
    const { street, crew, manager, param, as, report, shop } = await aUnit()
    const { garage } = street.places
    const neighbour = await street.member('enterprise-principal', { within: 'enterprise', ids: [garage] })
    const { id } = await report()
    const read = (who: PersonId) => as(who).selfchecks[':selfcheckId'].$get({ param: { ...param, selfcheckId: id } })
    expect((await read(crew.principal)).status).toBe(200)
    await expect(read(neighbour)).rejects.toMatchObject({ slug: 'not-found' })
    const list = (who: PersonId, enterpriseId = shop) =>
      parseResponse(as(who).selfchecks.$get({ param, query: { enterpriseId } }))
    expect((await list(crew.principal)).items).toHaveLength(1)
    expect((await list(neighbour)).items).toEqual([])
    const owed = await parseResponse(
      as(neighbour).selfchecks.months[':month'].$get({ param: { ...param, month }, query: {} }),
    )
    expect(owed.items.map((one) => one.id)).toEqual([garage])
    for (const route of ['signals', `signals/${shop}`, 'sample'])
      expect((await send(manager, 'GET', `/api/streets/${street.id}/selfchecks/${route}`)).status).toBe(403)
    const foreign = await aStreet()
    const stranger = await foreign.member('enterprise-principal', { within: 'enterprise', ids: [foreign.places.shop] })
    await expect(read(stranger)).rejects.toMatchObject({ slug: 'not-found' })

    await openDirectory(env).update(streetPosts).set({ until: 1 }).where(eq(streetPosts.userId, manager))
    await expect(read(manager)).rejects.toMatchObject({ slug: 'not-found' })
    await expect(report()).rejects.toMatchObject({ slug: 'not-found' })
  })
})
