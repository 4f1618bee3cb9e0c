import { env } from 'cloudflare:workers'
import { parseResponse } from 'hono/client'
import { describe, it } from 'vitest'
import { checkOf } from '@app/shared/enterprises/credit-code'
import type { EnterpriseEdit, EnterpriseFile, NewEnterprise } from '@app/shared/enterprises/schema'
import type { EnterpriseId, GridId, PersonId } from '@app/shared/ids'
import type { Problem } from '@app/shared/problem'
import { addDays, dayOf, yearOf } from '@app/shared/time'
import { auditLog, enterpriseChanges, enterpriseContacts, enterpriseSectors, enterprises } from '../../worker/db/ledger'
import { and, asc, eq } from '../../worker/db/operators'
import { Seals } from '../../worker/tenancy/seals'
import { before } from './between'
import { aCrew, filed } from './course'
import { anId, aStreet, clientFor, send, type Street } from './street'

const today = dayOf(Date.now())
const codes = (function* () {
  for (let n = 10_000; ; n++) {
    const first = `91440800MA5${n}X`.slice(0, 17).padEnd(17, '0')
    yield first + checkOf(first)
  }
})()
const aCode = (): string => codes.next().value as string

async function aDesk(of?: Street) {
  const street = of ?? (await aStreet())
  const crew = await aCrew(street)
  const secretary = await street.member('community-secretary', { within: 'communities', ids: [street.places.east] })
  const as = (who: PersonId) => clientFor(who).streets[':streetId'].enterprises
  const param = { streetId: street.id }
  const draft = (change: Partial<NewEnterprise> = {}) => ({
    id: anId<EnterpriseId>('ent'),
    activeSince: addDays(today, -30),
    name: '示例餐饮店',
    creditCode: aCode(),
    kind: 'enterprise' as const,
    keyPlace: null,
    sectors: ['gas' as const],
    highRisk: null,
    crowded: false,
    size: 'micro' as const,
    staff: 6,
    floorArea: 80,
    communityId: street.places.east,
    gridId: street.places.first,
    address: '示例路 3 号',
    position: { latitude: 21.19, longitude: 110.4, source: 'phone' as const, accuracy: 12.5 },
    principal: { name: '张三', phone: '13812345678' },
    managers: [{ name: '李四', phone: null }],
    ...change,
  })
  const enter = async (change: Partial<NewEnterprise> = {}, who = crew.admin) => {
    const json = draft(change)
    await as(who).$post({ param, json })
    return json.id
  }
  const file = (id: EnterpriseId, who = crew.admin): Promise<EnterpriseFile> =>
    parseResponse(as(who)[':enterpriseId'].$get({ param: { ...param, enterpriseId: id } }))
  const edit = async (id: EnterpriseId, change: Partial<EnterpriseEdit> = {}, who = crew.admin) => {
    const json = { ...editOf(await file(id)), ...change }
    return as(who)[':enterpriseId'].$put({ param: { ...param, enterpriseId: id }, json })
  }
  const list = (query: object, who = crew.admin) => parseResponse(as(who).$get({ param, query }))
  return { street, crew, secretary, as, param, draft, enter, file, edit, list, here: `/api/streets/${street.id}` }
}

/** A file as the form sends it back when nothing was touched. */
function editOf(file: EnterpriseFile): EnterpriseEdit {
  const { name, kind, keyPlace, sectors, highRisk, crowded, size, staff, floorArea } = file
  const { communityId, gridId, address, position, version, contacts, creditCode } = file
  const people = contacts.map(({ id, role, name: called }) => ({ role, id, name: called }))
  const [principal = null] = people.filter(({ role }) => role === 'principal').map(({ role: _, ...one }) => one)
  const managers = people.filter(({ role }) => role === 'manager').map(({ role: _, ...one }) => one)
  const plain = { name, kind, keyPlace, sectors, highRisk, crowded, size, staff, floorArea }
  const places = { communityId, gridId, address, position }
  // Safe: a code that was kept has been checked.
  return { ...plain, ...places, creditCode: creditCode as EnterpriseEdit['creditCode'], version, principal, managers }
}

const problem = (slug: string, pointer?: string, detail?: string) => ({
  slug,
  ...(pointer && { errors: [expect_(pointer, detail)] }),
})
const expect_ = (pointer: string, detail?: string) => (detail === undefined ? { pointer } : { pointer, detail })

describe('a unit', () => {
  it('is entered once, by form, with its file, its line of audit and its contacts sealed', async ({ expect }) => {
    const { street, crew, as, param, draft, file, here } = await aDesk()
    const json = draft()
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const post = () => send(crew.admin, 'POST', `${here}/enterprises`, { body: json, headers })
    expect((await post()).status).toBe(204)
    // Sent again, it is answered again and done once; under another key it is there already.
    expect((await post()).status).toBe(204)
    await expect(as(crew.admin).$post({ param, json: { ...json, creditCode: null } })).rejects.toMatchObject({
      slug: 'already-there',
    })

    const found = await file(json.id)
    expect(found).toMatchObject({
      name: '示例餐饮店',
      creditCode: json.creditCode,
      sectors: ['gas'],
      standing: 'active',
      colour: null,
      communityName: '东社区',
      gridName: '东一网格',
      position: json.position,
      version: 1,
      contacts: [
        { role: 'principal', name: '张三', phoneMask: '138****5678' },
        { role: 'manager', name: '李四', phoneMask: null },
      ],
      standings: [{ on: json.activeSince, standing: 'active', why: null }],
      hazards: { open: 0, closed: 0 },
      changes: [{ version: 1, deed: 'entered', by: '测试street-admin' }],
    })
    const thisYear = Math.min(
      31,
      Number((Date.parse(today) - Date.parse(`${yearOf(Date.now())}-01-01`)) / 86_400_000) + 1,
    )
    expect(found.activeDays).toBe(thisYear)

    const rows = await street.db.select().from(enterpriseContacts).where(eq(enterpriseContacts.enterpriseId, json.id))
    expect(JSON.stringify(rows)).not.toContain('13812345678')
    const lines = await street.db.select().from(auditLog).where(eq(auditLog.subject, json.id))
    expect(lines).toMatchObject([{ capability: 'enterprise.manage', actor: crew.admin }])
  })

  it('is refused with the field named in Chinese', async ({ expect }) => {
    const { street, crew, as, param, draft, enter } = await aDesk()
    const refused = async (change: object) => {
      const error = await as(crew.admin)
        .$post({ param, json: { ...draft(), ...change } })
        .then(
          () => null,
          (thrown: Problem) => thrown,
        )
      expect(error).toMatchObject({ slug: 'invalid-input' })
      return error?.errors?.map(({ pointer, detail }) => `${pointer} ${detail}`)
    }
    expect(await refused({ name: ' ' })).toEqual(['/name 请填写'])
    expect(await refused({ creditCode: '91440800MA5100000Z' })).toEqual([
      '/creditCode 统一社会信用代码只用数字和大写字母，不含 I、O、S、V、Z',
    ])
    expect(await refused({ kind: 'palace' })).toEqual(['/kind 请选择类别'])
    expect(await refused({ sectors: [] })).toEqual(['/sectors 请至少选择一个行业领域'])
    expect(await refused({ staff: 1.5 })).toEqual(['/staff 从业人数应为 0 至 1000000 的整数'])
    expect(await refused({ activeSince: addDays(today, 1) })).toEqual(['/activeSince 日期不能晚于今天'])
    expect(await refused({ gridId: street.places.third })).toEqual(['/gridId 请选择所选社区内未撤销的网格'])
    expect(await refused({ gridId: anId<GridId>('grd') })).toEqual(['/gridId 请选择所选社区内未撤销的网格'])
    expect(await refused({ principal: { name: '张三', phone: '12' } })).toEqual([
      '/principal/phone 请填写手机号、带区号的座机号或短号',
    ])
    const code = aCode() as NewEnterprise['creditCode']
    await enter({ creditCode: code, name: '先来的店' })
    expect(await refused({ creditCode: code })).toEqual(['/creditCode “先来的店”已登记此代码，请核对是否为同一家单位'])
  })

  it('has a code of its own in the street, and who has it is told to those alone who reach it', async ({ expect }) => {
    const [one, other] = [await aDesk(), await aDesk()]
    const code = aCode() as NewEnterprise['creditCode']
    const { third, west } = one.street.places
    await one.enter({ creditCode: code, communityId: west, gridId: third, name: '西边的店' })
    const error = await one.enter({ creditCode: code }, one.secretary).then(
      () => null,
      (thrown: Problem) => thrown,
    )
    expect(error).toMatchObject({ slug: 'invalid-input', errors: [{ pointer: '/creditCode' }] })
    expect(JSON.stringify(error?.errors)).not.toContain('西边的店')
    // Another street's unit of the same code is nothing to this one.
    await other.enter({ creditCode: code })
    // Places without one are many.
    await one.enter({ creditCode: null })
    await one.enter({ creditCode: null })
  })

  it('is edited by the version that was read; what is not touched is no change', async ({ expect }) => {
    const { street, crew, as, param, enter, file, edit, here } = await aDesk()
    const id = await enter()
    const read = await file(id)
    await edit(id, { name: '改名后的店', sectors: ['fire', 'gas'], principal: null })
    const after = await file(id)
    expect(after).toMatchObject({ name: '改名后的店', version: 2, sectors: ['fire', 'gas'] })
    expect(after.contacts.map(({ name }) => name)).toEqual(['李四'])
    expect(after.changes[0]).toMatchObject({ deed: 'edited', fields: ['name', 'sectors', 'principal'] })
    const sectors = await street.db.select().from(enterpriseSectors).where(eq(enterpriseSectors.enterpriseId, id))
    expect(sectors.map(({ sector, name }) => `${sector} ${name}`).sort()).toEqual(['fire 改名后的店', 'gas 改名后的店'])

    const put = { param: { ...param, enterpriseId: id }, json: editOf(read) }
    await expect(as(crew.admin)[':enterpriseId'].$put(put)).rejects.toMatchObject({ slug: 'stale' })
    await edit(id)
    expect((await file(id)).version).toBe(2)

    // Of two that write at the same instant the later is told.
    const late = await send(crew.admin, 'PUT', `${here}/enterprises/${id}`, {
      body: { ...editOf(await file(id)), address: '示例路 4 号' },
      bindings: before(2, street.ledger, () => edit(id, { address: '示例路 5 号' })),
    })
    expect(late.status).toBe(409)
    expect(await file(id)).toMatchObject({ address: '示例路 5 号', version: 3 })
  })

  it('keeps a contact’s number until another is given, and shows it whole one audited look at a time', async ({
    expect,
  }) => {
    const { street, crew, secretary, enter, file, edit, here } = await aDesk()
    const id = await enter()
    const [principal] = (await file(id)).contacts
    if (!principal) throw new Error('No principal')
    await edit(id, { principal: { id: principal.id, name: '张三丰' } })
    expect((await file(id)).contacts[0]).toMatchObject({ id: principal.id, name: '张三丰', phoneMask: '138****5678' })

    const views = `${here}/enterprises/contacts/${principal.id}/phone-views`
    for (const who of [crew.admin, crew.inspector])
      expect(await (await send(who, 'POST', views)).json()).toEqual({ phone: '13812345678' })
    for (const who of [crew.grid, crew.principal, secretary]) expect((await send(who, 'POST', views)).status).toBe(403)
    const elsewhere = await street.member('inspector', { within: 'grids', ids: [street.places.third] })
    expect((await send(elsewhere, 'POST', views)).status).toBe(404)
    const neighbour = await (await aStreet()).member('street-admin')
    expect((await send(neighbour, 'POST', views)).status).toBe(404)
    const looks = await street.db.select().from(auditLog).where(eq(auditLog.subject, principal.id))
    expect(looks.map(({ capability, actor }) => [capability, actor])).toEqual([
      ['contact.unmask', crew.admin],
      ['contact.unmask', crew.inspector],
    ])

    await edit(id, { principal: { id: principal.id, name: '张三丰', phone: '0759-2345678' } })
    const [row] = await street.db
      .select({ phoneSealed: enterpriseContacts.phoneSealed })
      .from(enterpriseContacts)
      .where(eq(enterpriseContacts.id, principal.id))
    const cell = { streetId: street.id, column: 'enterprise_contacts.phone', rowId: principal.id } as const
    expect(await new Seals(env).open(cell, row?.phoneSealed ?? '')).toBe('0759-2345678')
    await edit(id, { principal: { id: principal.id, name: '张三丰', phone: null } })
    expect((await send(crew.admin, 'POST', views)).status).toBe(404)

    // Another unit's contact cannot be taken over.
    const other = await enter()
    await expect(edit(other, { principal: { id: principal.id, name: '张三丰' } })).rejects.toMatchObject({
      slug: 'invalid-input',
      errors: [{ pointer: '/principal' }],
    })
  })

  it('loses the contact that is a person whose data are erased, and no other of that name', async ({ expect }) => {
    const { street, crew, enter, file, edit, here } = await aDesk()
    const { shop } = street.places
    const called = '测试enterprise-principal'
    const other = await enter({ principal: { name: called, phone: '13812345678' } })
    await edit(shop, { sectors: ['fire'], principal: { name: called, phone: '13812345678' } })
    const person = `${here}/people/${crew.principal}`
    const post = await street.postOf(crew.principal)
    expect((await send(crew.admin, 'DELETE', `${person}/posts/${post}`)).status).toBe(204)
    expect((await send(crew.admin, 'POST', `${person}/erasure`)).status).toBe(204)
    expect((await file(shop)).contacts).toEqual([])
    expect((await file(other)).contacts[0]).toMatchObject({ name: called })
  })

  it('stands otherwise from a day on, and its past is never rewritten', async ({ expect }) => {
    const { street, crew, as, param, enter, file, list } = await aDesk()
    const since = addDays(today, -10)
    const id = await enter({ activeSince: since })
    const change = (version: number, standing: 'suspended' | 'active' | 'closed', on = today) =>
      as(crew.inspector)[':enterpriseId'].standings.$post({
        param: { ...param, enterpriseId: id },
        json: { version, on, standing, why: '停业整顿' },
      })
    await expect(change(1, 'suspended', addDays(today, 1))).rejects.toMatchObject(problem('invalid-input', '/on'))
    await expect(change(1, 'suspended', addDays(since, -1))).rejects.toMatchObject(problem('invalid-input', '/on'))
    await expect(change(1, 'active')).rejects.toMatchObject(problem('invalid-input', '/standing'))
    await change(1, 'suspended', addDays(today, -4))
    await expect(change(1, 'closed')).rejects.toMatchObject({ slug: 'stale' })
    await expect(change(2, 'closed', addDays(today, -5))).rejects.toMatchObject(problem('invalid-input', '/on'))
    await change(2, 'closed')
    const found = await file(id)
    expect(found.standings.map(({ standing, on }) => [standing, on])).toEqual([
      ['active', since],
      ['suspended', addDays(today, -4)],
      ['closed', today],
    ])
    if (since >= `${yearOf(Date.now())}-01-01`) expect(found.activeDays).toBe(6)
    // It is in the register, and offered to nobody who files a hazard.
    expect((await list({ standing: 'closed' })).items.map((one) => one.id)).toEqual([id])
    const offered = await parseResponse(
      clientFor(crew.admin).streets[':streetId'].places.enterprises.$get({
        param,
        query: { gridId: street.places.first },
      }),
    )
    expect(offered.items.map((one) => one.id)).toEqual([street.places.shop])
  })

  it('has a colour with its reason and its history', async ({ expect }) => {
    const { crew, as, param, enter, file } = await aDesk()
    const id = await enter()
    const change = (version: number, colour: 'red' | 'blue', who = crew.admin) =>
      as(who)[':enterpriseId'].colours.$post({
        param: { ...param, enterpriseId: id },
        json: { version, colour, why: '使用瓶装液化气' },
      })
    await change(1, 'red')
    await expect(change(2, 'red')).rejects.toMatchObject(problem('invalid-input', '/colour'))
    await expect(change(1, 'blue')).rejects.toMatchObject({ slug: 'stale' })
    await expect(change(2, 'blue', crew.grid)).rejects.toMatchObject({ slug: 'forbidden' })
    await change(2, 'blue', crew.inspector)
    const { colour, changes } = await file(id)
    expect(colour).toBe('blue')
    expect(changes.map((one) => [one.deed, one.colour, one.why])).toEqual([
      ['colour', 'blue', '使用瓶装液化气'],
      ['colour', 'red', '使用瓶装液化气'],
      ['entered', null, null],
    ])
  })

  it('is seen and changed within reach only, and by its own people seen alone', async ({ expect }) => {
    const { street, crew, secretary, as, param, enter, file, edit, list } = await aDesk()
    const { shop, garage, second, third, west } = street.places
    const near = await enter({ gridId: second, name: '隔壁网格的店' })
    const far = await enter({ communityId: west, gridId: third, name: '另一社区的店' })
    const own = await enter({ name: '本网格的店' }, crew.grid)
    const names = async (who: PersonId) => (await list({}, who)).items.map((one) => one.id)
    expect((await names(crew.admin)).sort()).toEqual([shop, garage, near, far, own].sort())
    expect((await names(secretary)).sort()).toEqual([shop, near, own].sort())
    expect((await names(crew.grid)).sort()).toEqual([shop, own].sort())
    expect(await names(crew.principal)).toEqual([shop])
    for (const [who, id] of [
      [secretary, far],
      [crew.grid, near],
      [crew.principal, own],
    ] as const) {
      await expect(file(id, who)).rejects.toMatchObject({ slug: 'not-found' })
      await expect(edit(id, { name: '占为己有' }, who)).rejects.toMatchObject({
        slug: who === crew.principal ? 'forbidden' : 'not-found',
      })
    }
    await edit(own, { name: '本网格的老店' }, crew.grid)
    await edit(near, { name: '隔壁的老店' }, secretary)
    // Neither entered nor moved where one has nothing to say.
    await expect(enter({ gridId: second }, crew.grid)).rejects.toMatchObject({ slug: 'forbidden' })
    await expect(edit(own, { gridId: second }, crew.grid)).rejects.toMatchObject({ slug: 'forbidden' })
    const neighbour = await aDesk()
    await expect(neighbour.file(own)).rejects.toMatchObject({ slug: 'not-found' })
    await expect(as(await street.member('auditor')).$get({ param, query: {} })).rejects.toMatchObject({
      slug: 'forbidden',
    })
  })

  it('goes to another grid by itself only while nothing is open in it, and with its hazards by the street', async ({
    expect,
  }) => {
    const { street, crew, param, enter, file, edit } = await aDesk()
    const { first, second } = street.places
    const id = await enter()
    await filed(street, crew.grid, { enterpriseId: id })
    expect((await file(id)).hazards).toEqual({ open: 1, closed: 0 })
    await expect(edit(id, { gridId: second })).rejects.toMatchObject(problem('invalid-input', '/gridId'))
    await clientFor(crew.admin).streets[':streetId'].places.grids[':gridId'].moves.$post({
      param: { ...param, gridId: first },
      json: { to: second, what: { kind: 'some', enterprises: [id], hazards: [] }, why: '网格拆分' },
    })
    expect(await file(id)).toMatchObject({
      gridId: second,
      version: 2,
      changes: [{ deed: 'relocated', why: '网格拆分' }, { deed: 'entered' }],
    })
    const free = await enter()
    await edit(free, { gridId: second })
    expect((await file(free)).gridName).toBe('东二网格')
  })

  it('that was there before the register has a history too', async ({ expect }) => {
    const { street, file, edit } = await aDesk()
    const { shop } = street.places
    await edit(shop, { sectors: ['fire'] })
    expect(await file(shop)).toMatchObject({ version: 2, sectors: ['fire'] })
  })
})

describe('the register', () => {
  it('is searched by name, initials, code and address, and filtered', async ({ expect }) => {
    const { street, crew, secretary, enter, as, param, list } = await aDesk()
    const { second } = street.places
    const code = aCode()
    const ids = {
      noodles: await enter({
        name: '兰州拉面馆',
        creditCode: code as NewEnterprise['creditCode'],
        address: '海滨路 88 号',
      }),
      depot: await enter({
        name: '危化品仓库',
        kind: 'institution',
        sectors: ['chemicals', 'fire'],
        highRisk: '储存危险化学品',
        gridId: second,
      }),
      mall: await enter({ name: '商场', kind: 'gathering', crowded: true, sectors: ['other'] }),
    }
    await as(crew.admin)[':enterpriseId'].colours.$post({
      param: { ...param, enterpriseId: ids.depot },
      json: { version: 1, colour: 'red', why: '储存危险化学品' },
    })
    const find = async (query: object, who?: PersonId) => (await list(query, who)).items.map(({ name }) => name)
    expect(await find({ q: '拉面' })).toEqual(['兰州拉面馆'])
    expect(await find({ q: 'lzlm' })).toEqual(['兰州拉面馆'])
    expect(await find({ q: code.slice(4, 12).toLowerCase() })).toContain('兰州拉面馆')
    expect(await find({ q: ' ８８ ' })).toEqual(['兰州拉面馆'])
    expect(await find({ q: '%' })).toEqual([])
    expect(await find({ kind: 'gathering' })).toEqual(['商场'])
    expect(await find({ sector: 'fire' })).toEqual(['危化品仓库'])
    expect(await find({ sector: 'fire' }, secretary)).toEqual(['危化品仓库'])
    expect(await find({ highRisk: 'yes' })).toEqual(['危化品仓库'])
    expect(await find({ crowded: 'yes' })).toEqual(['商场'])
    expect(await find({ colour: 'red' })).toEqual(['危化品仓库'])
    expect(await find({ colour: 'red', crowded: 'yes' })).toEqual([])
    expect(await find({ gridId: second })).toEqual(['危化品仓库'])
    expect(await find({ communityId: street.places.east, sector: 'other' })).toEqual(['商场'])
    expect(await find({ q: '仓库', kind: 'gathering' })).toEqual([])
  })

  it('is read page by page, in the order of names, each unit once', async ({ expect }) => {
    const { street, crew, secretary, list } = await aDesk()
    const { east, first, second } = street.places
    const rows = Array.from({ length: 170 }, (_, at) => ({
      streetId: street.id,
      id: anId<EnterpriseId>('ent'),
      communityId: east,
      gridId: at % 3 === 0 ? second : first,
      name: `单位${String(at % 40).padStart(3, '0')}`,
      address: '示例路',
      sectors: ['fire' as const],
    }))
    for (let at = 0; at < rows.length; at += 5)
      await street.db.batch([
        street.db.insert(enterprises).values(rows.slice(at, at + 3)),
        street.db.insert(enterprises).values(rows.slice(at + 3, at + 5)),
      ])
    await street.db.batch(
      rows.map(({ id, name }) =>
        street.db.insert(enterpriseSectors).values({ streetId: street.id, sector: 'fire', name, enterpriseId: id }),
      ) as never,
    )
    const severalGrids = await street.member('grid-worker', { within: 'grids', ids: [first, second] })
    for (const [who, query] of [
      [crew.admin, {}],
      [crew.admin, { sector: 'fire' }],
      [crew.admin, { q: '单位' }],
      [secretary, {}],
      [severalGrids, {}],
    ] as const) {
      const seen: { id: string; name: string }[] = []
      let cursor: EnterpriseId | null = null
      do {
        const page: Awaited<ReturnType<typeof list>> = await list({ ...query, ...(cursor && { cursor }) }, who)
        expect(page.items.length).toBeLessThanOrEqual(50)
        seen.push(...page.items)
        cursor = page.next
      } while (cursor)
      const own = seen.filter(({ name }) => name.startsWith('单位'))
      expect(new Set(own.map(({ id }) => id)).size).toBe(170)
      expect(own).toHaveLength(170)
      expect(seen.map(({ name }) => name)).toEqual(seen.map(({ name }) => name).sort())
    }
  })
})

it('a file’s lines are one a version, under its unit', async ({ expect }) => {
  const { street, crew, enter, edit } = await aDesk()
  const id = await enter()
  await edit(id, { staff: 7 }, crew.inspector)
  const lines = await street.db
    .select()
    .from(enterpriseChanges)
    .where(and(eq(enterpriseChanges.streetId, street.id), eq(enterpriseChanges.enterpriseId, id)))
    .orderBy(asc(enterpriseChanges.version))
  expect(lines.map(({ version, deed, fields, by }) => [version, deed, fields, by])).toEqual([
    [1, 'entered', [], crew.admin],
    [2, 'edited', ['staff'], crew.inspector],
  ])
})
