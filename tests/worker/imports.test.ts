import { env } from 'cloudflare:workers'
import { parseResponse } from 'hono/client'
import { describe, it } from 'vitest'
import { type Mapping, mostRows } from '@app/shared/enterprises/columns'
import { checkOf, type CreditCode } from '@app/shared/enterprises/credit-code'
import type { Held, ImportLine } from '@app/shared/enterprises/matching'
import type { EnterpriseId, GridId, PersonId } from '@app/shared/ids'
import type { Problem } from '@app/shared/problem'
import { type Day, dayOf } from '@app/shared/time'
import {
  auditLog,
  enterpriseChanges,
  enterpriseContacts,
  enterprises,
  enterpriseSectors,
  hazards,
} from '../../worker/db/ledger'
import { and, asc, eq } from '../../worker/db/operators'
import { before } from './between'
import { counting } from './counted'
import { aCrew, filed } from './course'
import { anId, aStreet, clientFor, send } from './street'

const today = dayOf(Date.now())
let drawn = 20_000
const aCode = (): CreditCode => {
  const first17 = `92440800MA5${++drawn}`.padEnd(17, '0')
  return (first17 + checkOf(first17)) as CreditCode
}
type New = Extract<ImportLine, { kind: 'new' }>
type Change = Extract<ImportLine, { kind: 'change' }>

async function aDesk() {
  const street = await aStreet()
  const crew = await aCrew(street)
  const param = { streetId: street.id }
  const as = (who: PersonId) => clientFor(who).streets[':streetId'].imports.enterprises
  const { east, first } = street.places
  const fresh = (line: number, change: Partial<New['unit']> = {}): New => ({
    kind: 'new',
    line,
    unit: {
      id: anId<EnterpriseId>('ent'),
      activeSince: '2024-05-06' as Day,
      name: `示例${line}店`,
      creditCode: aCode(),
      kind: 'individual',
      keyPlace: null,
      sectors: ['gas'],
      highRisk: null,
      crowded: false,
      size: null,
      staff: 3,
      floorArea: null,
      communityId: east,
      gridId: first,
      address: `示例路${line}号`,
      position: null,
      principal: { name: '张三', phone: '13800000000' },
      managers: [{ name: '李四', phone: '13900000000' }],
      colour: null,
      standing: 'active',
      ...change,
    },
  })
  const take = (lines: ImportLine[], who = crew.admin, headers: Record<string, string> = {}) =>
    parseResponse(as(who).chunks.$post({ param, json: { lines } }, { headers }))
  const held = async (who = crew.admin): Promise<Held[]> => {
    const all: Held[] = []
    for (let cursor: EnterpriseId | null | undefined; cursor !== null;) {
      const page = await parseResponse(as(who).register.$get({ param, query: cursor ? { cursor } : {} }))
      all.push(...page.items)
      cursor = page.next
    }
    return all
  }
  const one = async (id: EnterpriseId): Promise<Held> => {
    const found = (await held()).find((unit) => unit.id === id)
    if (!found) throw new Error('gone')
    return found
  }
  const change = ({ id, version }: Held, line: number, changes: Change['changes']): Change => ({
    kind: 'change',
    line,
    id,
    version,
    changes,
  })
  return { street, crew, param, as, fresh, take, held, one, change, here: `/api/streets/${street.id}` }
}

describe('lines of a file', () => {
  it('become units with all that belongs to them, each with its line in the file and the audit log', async ({
    expect,
  }) => {
    const { street, fresh, take, one } = await aDesk()
    const open = fresh(2, { colour: 'orange' })
    const shut = fresh(3, { standing: 'closed', creditCode: null, principal: null, managers: [] })
    await take([open, shut])
    expect(await one(open.unit.id)).toMatchObject({
      ...open.unit,
      version: 1,
      principal: { name: '张三', phone: '138****0000' },
      managers: [{ name: '李四', phone: '139****0000' }],
    })
    expect(await one(shut.unit.id)).toMatchObject({ standing: 'closed', version: 2 })
    const lines = await street.db
      .select({ deed: enterpriseChanges.deed, on: enterpriseChanges.on, standing: enterpriseChanges.standing })
      .from(enterpriseChanges)
      .where(and(eq(enterpriseChanges.streetId, street.id), eq(enterpriseChanges.enterpriseId, shut.unit.id)))
      .orderBy(asc(enterpriseChanges.version))
    // How it stands is what the table says of today; before that, nobody knows.
    expect(lines).toEqual([
      { deed: 'entered', on: '2024-05-06', standing: 'active' },
      { deed: 'standing', on: today, standing: 'closed' },
    ])
    const audited = await street.db
      .select({ of: auditLog.subject })
      .from(auditLog)
      .where(and(eq(auditLog.streetId, street.id), eq(auditLog.capability, 'enterprise.manage')))
    expect(audited.map(({ of }) => of).toSorted()).toEqual([open.unit.id, shut.unit.id, shut.unit.id].toSorted())
    const sectors = await street.db
      .select({ of: enterpriseSectors.enterpriseId })
      .from(enterpriseSectors)
      .where(and(eq(enterpriseSectors.streetId, street.id), eq(enterpriseSectors.sector, 'gas')))
    expect(sectors.length).toBe(2)
  })

  it('change what they say and leave the rest, numbers included', async ({ expect }) => {
    const { street, fresh, take, one, change } = await aDesk()
    const made = fresh(2)
    await take([made])
    const was = await one(made.unit.id)
    const sealed = () =>
      street.db
        .select({ id: enterpriseContacts.id, sealed: enterpriseContacts.phoneSealed })
        .from(enterpriseContacts)
        .where(and(eq(enterpriseContacts.streetId, street.id), eq(enterpriseContacts.enterpriseId, made.unit.id)))
        .orderBy(asc(enterpriseContacts.id))
    const numbers = await sealed()
    await take([change(was, 5, { staff: 30, name: '新名店', colour: 'red', standing: 'suspended' })])
    expect(await sealed()).toEqual(numbers)
    expect(await one(made.unit.id)).toMatchObject({
      ...was,
      name: '新名店',
      staff: 30,
      colour: 'red',
      standing: 'suspended',
      version: 4,
    })
    const [manager] = was.managers
    const now = await one(made.unit.id)
    await take([
      change(now, 5, {
        managers: [
          { id: manager?.id, name: '李四' },
          { name: '王五', phone: null },
        ],
      }),
    ])
    expect(await one(made.unit.id)).toMatchObject({
      principal: was.principal,
      managers: [manager, { name: '王五', phone: null }],
    })
    // The same once more finds nothing to write.
    await take([change(await one(made.unit.id), 5, { staff: 30, colour: 'red' })])
    expect((await one(made.unit.id)).version).toBe(5)
  })

  it('are kept once, however often they are sent', async ({ expect }) => {
    const { fresh, take, held } = await aDesk()
    const before = (await held()).length
    const lines = [fresh(2), fresh(3)]
    const key = { 'idempotency-key': 'a'.repeat(64) }
    await take(lines, undefined, key)
    await take(lines, undefined, key)
    await Promise.all([take(lines, undefined, key), take(lines, undefined, key)])
    // Under another key they are named as what they are.
    await expect(take(lines)).rejects.toMatchObject({
      slug: 'invalid-input',
      errors: [
        { pointer: '/lines/0', detail: expect.stringContaining('已经导入过') as string },
        { pointer: '/lines/1', detail: expect.stringContaining('已经导入过') as string },
      ],
    })
    expect((await held()).length).toBe(before + 2)
  })

  it('are refused all together, and each that is wrong is named', async ({ expect }) => {
    const { street, crew, fresh, take, held, one, change } = await aDesk()
    const [made, busy] = [fresh(2), fresh(3)]
    await take([made, busy])
    const hazard = await filed(street, crew.inspector)
    await street.db.update(hazards).set({ enterpriseId: busy.unit.id }).where(eq(hazards.id, hazard))
    const count = (await held()).length
    const stale = { ...(await one(made.unit.id)), version: 9 }
    const lines = [
      fresh(2),
      fresh(3, { creditCode: made.unit.creditCode }),
      fresh(4, { gridId: street.places.third }),
      fresh(5, { gridId: 'grd_nowhere0000' as GridId }),
      fresh(6, { activeSince: '2099-01-01' as Day }),
      change(stale, 7, { staff: 1 }),
      change({ ...stale, id: anId<EnterpriseId>('ent') }, 8, { staff: 1 }),
      change(await one(busy.unit.id), 9, { gridId: street.places.second, communityId: street.places.east }),
    ]
    const refused = await take(lines).catch((error: Problem) => error)
    expect(refused).toMatchObject({ slug: 'invalid-input' })
    expect((refused as Problem).errors?.map(({ pointer }) => pointer)).toEqual([
      '/lines/1/creditCode',
      '/lines/2/gridId',
      '/lines/3/gridId',
      '/lines/4/activeSince',
      '/lines/5',
      '/lines/6',
      '/lines/7/gridId',
    ])
    expect((await held()).length).toBe(count)
  })

  it('are all kept or none, when somebody was first in between', async ({ expect }) => {
    const { street, crew, fresh, take, held, one, change, here } = await aDesk()
    const made = fresh(2)
    await take([made])
    const was = await one(made.unit.id)
    const count = (await held()).length
    const lines = [fresh(3), change(was, 4, { staff: 30 })]
    const bindings = before(2, street.ledger, () => take([change(was, 4, { staff: 7 })]))
    const response = await send(crew.admin, 'POST', `${here}/imports/enterprises/chunks`, { body: { lines }, bindings })
    expect(response.status).toBe(409)
    expect(await one(made.unit.id)).toMatchObject({ staff: 7 })
    expect((await held()).length).toBe(count)
  })

  it('come fifty at a time within what one request may ask of a database', async ({ expect }) => {
    const { crew, fresh, here, held, change } = await aDesk()
    const people = (at: number) =>
      Array.from({ length: 5 }, (_, n) => ({ name: `第${n}人`, phone: `1380000${at}${n}`.padEnd(11, '0') }))
    const lines = Array.from({ length: 50 }, (_, at) => fresh(at + 2, { managers: people(at), standing: 'suspended' }))
    const { bindings, since } = counting()
    const post = (body: object) => send(crew.admin, 'POST', `${here}/imports/enterprises/chunks`, { body, bindings })
    expect((await since(async () => post({ lines }))).trips).toBe(3)
    const ids = new Set(lines.map(({ unit }) => unit.id))
    const all = (await held()).filter(({ id }) => ids.has(id))
    const changes = all.map((unit, at) =>
      change(unit, at + 2, {
        name: `改名${at}店`,
        standing: 'active',
        colour: 'red',
        principal: { name: '赵六', phone: null },
        managers: unit.managers.map(({ id }, n) => ({ id, name: `改${n}`, phone: null })),
      }),
    )
    expect((await since(async () => post({ lines: changes }))).trips).toBe(3)
    const tooMany = await post({ lines: [...lines, fresh(60)] })
    expect(tooMany.status).toBe(422)
  })

  it('are taken by who answers for the whole street, and rates where they rate', async ({ expect }) => {
    const { street, crew, fresh, take, held } = await aDesk()
    const secretary = await street.member('community-secretary', { within: 'communities', ids: [street.places.east] })
    const west = fresh(2, { communityId: street.places.west, gridId: street.places.third })
    await take([west, fresh(3)])
    for (const who of [secretary, crew.grid]) {
      await expect(take([fresh(4)], who)).rejects.toMatchObject({ slug: 'rule-broken' })
      // Of what is handed out they see what they reach.
      const seen = await held(who)
      expect(seen.length).toBeGreaterThan(0)
      expect(seen.map(({ id }) => id)).not.toContain(west.unit.id)
    }
    await expect(take([fresh(2)], crew.principal)).rejects.toMatchObject({ slug: 'forbidden' })
  })
})

describe('how a street’s tables are read', () => {
  const mapping: Mapping = {
    headings: { 门头: 'name', 序号: null },
    fixed: { kind: '企业' },
    words: { sectors: { 餐饮: 'gas' } },
  }

  it('is kept for the next file, and no neighbour’s', async ({ expect }) => {
    const [here, there] = [await aDesk(), await aDesk()]
    const of = async ({ as, crew, param }: typeof here) =>
      (await parseResponse(as(crew.admin).mapping.$get({ param }))).mapping
    expect(await of(here)).toBeNull()
    await here.as(here.crew.admin).mapping.$put({ param: here.param, json: mapping })
    const second = { ...mapping, fixed: {} }
    await here.as(here.crew.admin).mapping.$put({ param: here.param, json: second })
    expect(await of(here)).toEqual(second)
    expect(await of(there)).toBeNull()
  })

  it('names fields and words that there are', async ({ expect }) => {
    const { as, crew, param } = await aDesk()
    const put = (json: object) => as(crew.admin).mapping.$put({ param, json: json as Mapping })
    await expect(put({ ...mapping, headings: { 门头: 'nothing' } })).rejects.toMatchObject({ slug: 'invalid-input' })
    await expect(put({ ...mapping, words: { staff: {} } })).rejects.toMatchObject({ slug: 'invalid-input' })
  })
})

it('hands out all that a street has, page by page, and leaves merged units out', async ({ expect }) => {
  const { street, held, fresh, take } = await aDesk()
  const [kept, gone] = [fresh(2), fresh(3)]
  await take([kept, gone])
  await street.db.update(enterprises).set({ mergedInto: kept.unit.id }).where(eq(enterprises.id, gone.unit.id))
  await (env[street.ledger] as D1Database)
    .prepare(
      `insert into enterprises(street_id, id, community_id, grid_id, name, address)
       with recursive n(i) as (select 1 union all select i + 1 from n where i < 2100)
       select ?1, printf('ent_page%06d', i), ?2, ?3, printf('单位%d', i), '路' from n`,
    )
    .bind(street.id, street.places.east, street.places.first)
    .run()
  const all = await held()
  expect(all.filter(({ id }) => id.startsWith('ent_page')).length).toBe(2100)
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  expect(all.map(({ id }) => id)).toContain(kept.unit.id)
  expect(all.map(({ id }) => id)).not.toContain(gone.unit.id)
  expect(all.length).toBeLessThan(mostRows)
})
