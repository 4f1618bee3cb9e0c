import { env } from 'cloudflare:workers'
import { parseResponse } from 'hono/client'
import { describe, it } from 'vitest'
import type { FilingPage, FilingRecord, NewFiling, Owing, StatementDraft } from '@app/shared/filings/schema'
import { works } from '@app/shared/filings/words'
import type { EnterpriseId, FilingId, PersonId } from '@app/shared/ids'
import type { Reach } from '@app/shared/reach'
import { addDays, dayOf } from '@app/shared/time'
import { ledgers } from '../../worker/db/client'
import { auditLog, enterpriseChanges, enterprises, filings } from '../../worker/db/ledger'
import { and, eq } from '../../worker/db/operators'
import { counting } from './counted'
import { aCrew } from './course'
import {
  aFiling,
  aStatement,
  certificateBody,
  commitmentBody,
  drillBody,
  dutiesBody,
  permitBody,
  thisHalf,
  thisYear,
} from './filed'
import { aStreet, anId, clientFor, send } from './street'

const today = dayOf(Date.now())

async function aUnit() {
  const street = await aStreet()
  const crew = await aCrew(street)
  const { shop } = street.places
  const within: Reach = { within: 'enterprise', ids: [shop] }
  const manager = await street.member('enterprise-manager', within)
  const here = `/api/streets/${street.id}/filings`
  const param = { streetId: street.id }
  const as = (who: PersonId) => clientFor(who).streets[':streetId'].filings
  const file = async (body: NewFiling['body'] = drillBody(), change: Partial<NewFiling> = {}, who = manager) =>
    (await parseResponse(as(who).$post({ param, json: aFiling(shop, body, change) }))).id
  const draft = async (
    body: StatementDraft['body'] = dutiesBody(),
    change: Partial<StatementDraft> & { id?: FilingId } = {},
    who = manager,
  ) => {
    const { id = anId<FilingId>('fil'), ...rest } = change
    await as(who)[':filingId'].draft.$put({ param: { ...param, filingId: id }, json: aStatement(shop, body, rest) })
    return id
  }
  const confirm = (id: FilingId, change: { revision?: number; name?: string } = {}, who = crew.principal) =>
    as(who)[':filingId'].confirmation.$put({
      param: { ...param, filingId: id },
      json: { revision: 1, name: '测试enterprise-principal', ...change },
    })
  const record = (id: FilingId, who: PersonId = crew.principal): Promise<FilingRecord> =>
    parseResponse(as(who)[':filingId'].$get({ param: { ...param, filingId: id } }))
  const list = (query = {}, who = crew.admin): Promise<FilingPage> => parseResponse(as(who).$get({ param, query }))
  const owing = (who: PersonId = manager, enterpriseId: EnterpriseId = shop): Promise<Owing> =>
    parseResponse(as(who).owed[':enterpriseId'].$get({ param: { ...param, enterpriseId } }))
  const stateOf = async (kind: string) => (await owing()).items.find((item) => item.kind === kind)?.state
  const decide = (
    id: FilingId,
    who: PersonId,
    outcome: 'approved' | 'refused' = 'approved',
    words: string | null = null,
  ) => as(who)[':filingId'].decision.$put({ param: { ...param, filingId: id }, json: { outcome, words } })
  return { street, crew, shop, manager, here, param, as, file, draft, confirm, record, list, owing, stateOf, decide }
}

describe('a statement', () => {
  it('is drafted by a manager, confirmed by the principal alone, and is frozen then', async ({ expect }) => {
    const { street, crew, manager, draft, confirm, record, stateOf } = await aUnit()
    const photo = await street.photo(manager)
    expect(await stateOf('duties')).toBe('missing')
    const id = await draft(dutiesBody([photo]))
    expect(await stateOf('duties')).toBe('draft')
    expect((await record(id, manager)).may).toEqual(['edit'])
    expect((await record(id)).may).toEqual(['edit', 'confirm'])
    await expect(confirm(id, {}, manager)).rejects.toMatchObject({ slug: 'forbidden' })
    await expect(confirm(id, {}, crew.admin)).rejects.toMatchObject({ slug: 'forbidden' })
    await expect(confirm(id, { name: '别人' })).rejects.toMatchObject({ slug: 'invalid-input' })
    await confirm(id)
    expect(await stateOf('duties')).toBe('done')
    const kept = await record(id, crew.admin)
    expect(kept).toMatchObject({
      state: 'filed',
      signedAs: '测试enterprise-principal',
      draftedBy: { name: '测试enterprise-manager', role: 'enterprise-manager' },
      by: { role: 'enterprise-principal' },
      version: 1,
      may: [],
    })
    expect(kept.hash).toMatch(/^[0-9a-f]{64}$/)
    // The street sees the evidence by the paper that names it.
    const scope = street.scope({ role: 'inspector' })
    expect(await scope.photoShown(photo)).toBe(true)
    await expect(draft(dutiesBody(), { id, revision: 2 })).rejects.toMatchObject({ slug: 'stale' })
    const db = ledgers(env).get(street.ledger) as D1Database
    for (const change of [
      `words = '{}'`,
      `state = 'draft'`,
      `kind = 'drill'`,
      'at = 1',
      `"until" = null`,
      `hash = 'x'`,
      `number_mask = '1'`,
    ])
      await expect(db.prepare(`update filings set ${change} where id = ?1`).bind(id).run(), change).rejects.toThrow(
        /sealed/,
      )
    await expect(db.prepare('delete from filings where id = ?1').bind(id).run()).rejects.toThrow(/only added/)
    const audited = await street.db
      .select({ capability: auditLog.capability })
      .from(auditLog)
      .where(and(eq(auditLog.streetId, street.id), eq(auditLog.subject, id)))
    expect(audited.map(({ capability }) => capability)).toEqual(['filing.write', 'filing.confirm'])
  })

  it('lacks nothing when it is confirmed', async ({ expect }) => {
    const { draft, confirm } = await aUnit()
    const body = dutiesBody([], '')
    body.duties.rules = { done: null, what: '有', photos: [] }
    const id = await draft(body)
    await expect(confirm(id)).rejects.toMatchObject({
      slug: 'invalid-input',
      errors: expect.arrayContaining([
        expect.objectContaining({ pointer: '/body/duties/rules/done' }),
        expect.objectContaining({ pointer: '/body/duties/spending/what' }),
      ]),
    })
    const other = await draft({ kind: 'responsibility', period: thisYear(), posts: [], signedOn: null, photos: [] })
    await expect(confirm(other)).rejects.toMatchObject({
      errors: expect.arrayContaining([expect.objectContaining({ pointer: '/body/posts' })]),
    })
  })

  it('is confirmed once as it was read, of whoever comes at the same time', async ({ expect }) => {
    const { draft, confirm, record } = await aUnit()
    const id = await draft()
    await draft(dutiesBody([], '改过'), { id, revision: 1 })
    await expect(draft(dutiesBody(), { id, revision: 1 })).rejects.toMatchObject({ slug: 'stale' })
    await expect(confirm(id, { revision: 1 })).rejects.toMatchObject({ slug: 'stale' })
    // Another draft for the same period collides with the first.
    await expect(draft()).rejects.toMatchObject({ slug: 'stale' })
    const tries = await Promise.allSettled([1, 2, 3, 4].map(() => confirm(id, { revision: 2 })))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await record(id)).version).toBe(1)
  })

  it('is corrected by another one with its reason, which takes its place', async ({ expect }) => {
    const { draft, confirm, record, list } = await aUnit()
    const first = await draft(commitmentBody())
    await confirm(first)
    await expect(draft(commitmentBody())).rejects.toMatchObject({ errors: [{ pointer: '/why' }] })
    const second = await draft(commitmentBody(), { why: '负责人变更' })
    await confirm(second)
    expect(await record(second)).toMatchObject({ version: 2, supersedes: first, why: '负责人变更' })
    expect((await record(second)).commitment).toContain('主要负责人')
    expect(await record(first)).toMatchObject({ supersededBy: second })
    expect((await list()).items.map(({ id }) => id)).toEqual([second])
  })

  it('is for the period that runs or the one before, of a unit that is active', async ({ expect }) => {
    const { street, shop, draft, owing } = await aUnit()
    await expect(draft({ ...dutiesBody(), period: '2019H1' as never })).rejects.toMatchObject({
      errors: [{ pointer: '/body/period' }],
    })
    await street.db
      .update(enterprises)
      .set({ standing: 'suspended' })
      .where(and(eq(enterprises.streetId, street.id), eq(enterprises.id, shop)))
    await expect(draft()).rejects.toMatchObject({ slug: 'rule-broken' })
    expect((await owing()).items).toEqual([])
  })
})

describe('a record', () => {
  it('is kept once, however often it is sent', async ({ expect }) => {
    const { manager, shop, here, list, stateOf } = await aUnit()
    const body = aFiling(shop)
    const post = (key: string) => send(manager, 'POST', here, { body, headers: { 'idempotency-key': key } })
    const key = crypto.randomUUID()
    const first = await (await post(key)).text()
    expect(await (await post(key)).text()).toBe(first)
    expect((await post(crypto.randomUUID())).status).toBe(409)
    const twin = aFiling(shop)
    const statuses = await Promise.all(
      Array.from({ length: 6 }, async () => (await send(manager, 'POST', here, { body: twin })).status),
    )
    expect(statuses.filter((status) => status === 201)).toHaveLength(1)
    expect((await list({}, manager)).items).toHaveLength(2)
    expect(await stateOf('drill')).toBe('done')
  })

  it('is corrected once, as another version of its own kind', async ({ expect }) => {
    const { file, record, list } = await aUnit()
    const first = await file()
    await expect(file(drillBody(), { supersedes: first })).rejects.toMatchObject({ errors: [{ pointer: '/why' }] })
    await expect(file(certificateBody(), { supersedes: first, why: '换' })).rejects.toMatchObject({
      slug: 'invalid-input',
    })
    const tries = await Promise.allSettled(
      [1, 2, 3].map(() => file(drillBody({ people: 15 }), { supersedes: first, why: '人数有误' })),
    )
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const [now] = (await list()).items
    expect(await record(now?.id as FilingId)).toMatchObject({ version: 2, supersedes: first })
    await expect(file(drillBody(), { supersedes: first, why: '再改' })).rejects.toMatchObject({ slug: 'stale' })
  })

  it('refuses what is too much, not yet, or not held', async ({ expect }) => {
    const { manager, shop, here, file, list } = await aUnit()
    await expect(file(drillBody({ on: addDays(today, 1) }))).rejects.toMatchObject({
      errors: [{ pointer: '/body/on' }],
    })
    await expect(file(drillBody({ evaluation: '长'.repeat(501) }))).rejects.toMatchObject({ slug: 'invalid-input' })
    await expect(file(drillBody({ photos: ['d'.repeat(64) as never] }))).rejects.toMatchObject({
      slug: 'photos-missing',
    })
    const huge = { ...aFiling(shop), why: 'x'.repeat(140_000) }
    expect((await send(manager, 'POST', here, { body: huge })).status).toBe(413)
    const control = aFiling(shop, drillBody({ subject: '坏\u0000字符' }))
    expect((await send(manager, 'POST', here, { body: control })).status).toBe(422)
    expect((await list()).items).toEqual([])
  })
})

describe('a certificate', () => {
  it('is shown without its number, which is opened by those who may and leaves a line', async ({ expect }) => {
    const { street, crew, manager, here, file, record } = await aUnit()
    const id = await file(certificateBody())
    const number = 'T000000198001010000'
    const shown = await record(id, crew.admin)
    expect(shown.numberMask).toBe('****0000')
    expect(JSON.stringify(shown)).not.toContain(number)
    const [row] = await street.db.select().from(filings).where(eq(filings.id, id))
    expect(JSON.stringify(row)).not.toContain(number)
    const seen = await send(crew.admin, 'POST', `${here}/${id}/number-views`)
    expect(await seen.json()).toEqual({ number })
    expect((await send(manager, 'POST', `${here}/${id}/number-views`)).status).toBe(403)
    const looks = await street.db
      .select({ subject: auditLog.subject })
      .from(auditLog)
      .where(and(eq(auditLog.streetId, street.id), eq(auditLog.capability, 'contact.unmask')))
    expect(looks).toEqual([{ subject: id }])
  })

  it('is named on both sides when it runs out, and no more once it is out of use', async ({ expect }) => {
    const { crew, file, owing, list, record } = await aUnit()
    const soon = await file(certificateBody({ expiresOn: addDays(today, 10) }))
    const over = await file(certificateBody({ expiresOn: addDays(today, -1), holder: '过期电工' }))
    await file(certificateBody({ expiresOn: addDays(today, 31) }))
    const named = async () =>
      (await owing()).items.filter(({ kind }) => kind === 'certificate').map(({ filingId, state }) => [filingId, state])
    expect(new Map((await named()) as [FilingId, string][])).toEqual(
      new Map([
        [soon, 'soon'],
        [over, 'expired'],
      ]),
    )
    expect((await list({ expiring: 'yes' }, crew.inspector)).items.map(({ id }) => id)).toEqual([over, soon])
    expect((await list({ expiring: 'yes' }, crew.grid)).items.map(({ id }) => id)).toEqual([over, soon])
    const left = certificateBody({ expiresOn: addDays(today, -1), holder: '过期电工', inUse: false })
    const next = await file(left, { supersedes: over, why: '已离职' })
    expect((await record(next)).until).toBeNull()
    expect(await named()).toEqual([[soon, 'soon']])
    // Out of use, it covers nobody's work.
    expect((await owing()).certificates).toHaveLength(2)
  })
})

describe('a permit', () => {
  it('is decided by somebody else of the unit, with what speaks against it, and closed', async ({ expect }) => {
    const { street, crew, manager, as, param, file, record, decide, stateOf } = await aUnit()
    const certificate = await file(certificateBody({ expiresOn: addDays(today, -2) }))
    const id = await file(permitBody({ workers: [{ name: '演示焊工', certificate }] }))
    expect(await stateOf('permit')).toBe('to-decide')
    const asked = await record(id)
    expect(asked.warnings.join()).toContain('到期')
    expect(asked.warnings.join()).toContain(works.hot.measures.gas)
    expect((await record(id, manager)).may).toEqual([])
    await expect(decide(id, manager)).rejects.toMatchObject({ slug: 'rule-broken' })
    await expect(decide(id, crew.admin)).rejects.toMatchObject({ slug: 'forbidden' })
    await expect(decide(id, crew.principal, 'refused')).rejects.toMatchObject({ slug: 'invalid-input' })
    const tries = await Promise.allSettled([1, 2, 3].map(() => decide(id, crew.principal)))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const close = async () =>
      as(manager)[':filingId'].closure.$put({
        param: { ...param, filingId: id },
        json: { words: '已清理，无明火', photos: [await street.photo(manager)] },
      })
    await close()
    await expect(close()).rejects.toMatchObject({ slug: 'rule-broken' })
    const over = await record(id, crew.admin)
    expect(over).toMatchObject({ state: 'closed', warnings: [] })
    expect(over.acts.map(({ act, outcome, by }) => [act, outcome, by])).toEqual([
      ['decision', 'approved', '测试enterprise-principal'],
      ['closure', null, '测试enterprise-manager'],
    ])
    const db = ledgers(env).get(street.ledger) as D1Database
    await expect(db.prepare(`update filing_acts set outcome = 'refused'`).run()).rejects.toThrow(/sealed/)
    await expect(db.prepare(`update filings set state = 'applied' where id = ?1`).bind(id).run()).rejects.toThrow(
      /sealed/,
    )
  })

  it('may be decided by who applied where nobody else is there', async ({ expect }) => {
    const { street, crew, manager, as, param, decide, file } = await aUnit()
    const within: Reach = { within: 'enterprise', ids: [street.places.garage] }
    const alone = await street.member('enterprise-principal', within)
    const json = aFiling(street.places.garage, permitBody())
    await as(alone).$post({ param, json })
    await decide(json.id, alone)
    // Somebody whose post has ended is nobody else.
    const id = await file(permitBody(), {}, crew.principal)
    await expect(decide(id, crew.principal)).rejects.toMatchObject({ slug: 'rule-broken' })
    const path = `/api/streets/${street.id}/people/${manager}/posts/${await street.postOf(manager)}`
    expect((await send(crew.admin, 'DELETE', path)).status).toBeLessThan(300)
    await decide(id, crew.principal)
    expect((await send(manager, 'GET', `/api/streets/${street.id}/filings`)).status).toBe(404)
  })
})

describe('who sees what', () => {
  it('answers 404 to another unit, another street, and somebody whose post has ended', async ({ expect }) => {
    const { street, crew, file, draft, record, list, owing, shop, here, param, as } = await aUnit()
    const [id, pending] = [await file(), await draft()]
    const foreign = await street.member('enterprise-principal', { within: 'enterprise', ids: [street.places.garage] })
    const stranger = await (await aStreet()).member('street-admin')
    for (const who of [foreign, stranger]) {
      await expect(record(id, who)).rejects.toMatchObject({ slug: 'not-found' })
      await expect(owing(who)).rejects.toMatchObject({ slug: 'not-found' })
    }
    expect((await list({}, foreign)).items).toEqual([])
    const confirmation = { revision: 1, name: '测试enterprise-principal' }
    await expect(
      as(foreign)[':filingId'].confirmation.$put({ param: { ...param, filingId: pending }, json: confirmation }),
    ).rejects.toMatchObject({ slug: 'not-found' })
    await expect(as(foreign).$post({ param, json: aFiling(shop) })).rejects.toMatchObject({ slug: 'not-found' })
    await expect(
      as(foreign).$post({ param, json: aFiling(street.places.garage, drillBody(), { supersedes: id, why: '更正' }) }),
    ).rejects.toMatchObject({ slug: 'not-found' })
    const outside = await street.member('grid-worker', { within: 'grids', ids: [street.places.third] })
    await expect(record(id, outside)).rejects.toMatchObject({ slug: 'not-found' })
    expect((await send(crew.grid, 'POST', here, { body: aFiling(shop) })).status).toBe(403)
    // Drafts are of the unit and its street alike, but in no list.
    expect((await list({}, crew.admin)).items.map((one) => one.id)).toEqual([id])
  })

  it('goes with the unit when that moves to another grid', async ({ expect }) => {
    const { street, crew, shop, file, record, list } = await aUnit()
    const id = await file()
    const other = await street.member('grid-worker', { within: 'grids', ids: [street.places.second] })
    await expect(record(id, other)).rejects.toMatchObject({ slug: 'not-found' })
    await street.db
      .update(enterprises)
      .set({ gridId: street.places.second })
      .where(and(eq(enterprises.streetId, street.id), eq(enterprises.id, shop)))
    expect((await list({}, other)).items.map((one) => one.id)).toEqual([id])
    await expect(record(id, crew.grid)).rejects.toMatchObject({ slug: 'not-found' })
  })

  it('shows the street whose papers are missing, page by page and by kind', async ({ expect }) => {
    const { street, crew, as, param, shop, draft, confirm } = await aUnit()
    const id = await draft()
    await confirm(id)
    const board = async (query = {}, who: PersonId = crew.admin) =>
      (await parseResponse(as(who).board.$get({ param, query }))).items.map(({ name, items }) => [
        name,
        items.map(({ kind, state }) => `${kind} ${state}`).join(),
      ])
    expect(await board({ kind: 'duties' })).toEqual([
      ['示例小店', 'duties done'],
      ['示例车行', 'duties missing'],
    ])
    expect(await board({ kind: 'duties', state: 'missing' })).toEqual([['示例车行', 'duties missing']])
    expect(await board({ kind: 'duties', cursor: shop })).toEqual([['示例车行', 'duties missing']])
    expect(await board({ kind: 'duties' }, crew.grid)).toEqual([['示例小店', 'duties done']])
    expect(await board({ kind: 'duties', communityId: street.places.west })).toEqual([['示例车行', 'duties missing']])
    const several = await street.member('grid-worker', {
      within: 'grids',
      ids: [street.places.first, street.places.second, street.places.third],
    })
    expect(await board({ kind: 'duties' }, several)).toHaveLength(2)
    // One that came in the midst of the period owes from the next whole one on.
    await street.db.insert(enterpriseChanges).values({
      streetId: street.id,
      enterpriseId: street.places.garage,
      version: 1,
      deed: 'entered',
      on: today,
      standing: 'active',
      by: 'clock',
      at: 0,
    })
    const first = today.slice(5) === '01-01' || today.slice(5) === '07-01'
    expect(await board({ kind: 'duties', state: 'missing' })).toHaveLength(first ? 1 : 0)
    expect(thisHalf()).toMatch(/H[12]$/)
  })

  it('is read in two round trips and written in three', async ({ expect }) => {
    const { crew, manager, here, shop, draft } = await aUnit()
    const { bindings, since } = counting()
    const trips = async (who: PersonId, method: string, path: string, body?: object) => {
      const count = await since(async () => {
        const response = await send(who, method, path, { ...(body && { body }), bindings })
        expect(response.status, path).toBeLessThan(300)
      })
      return count.trips
    }
    for (const path of [here, `${here}/board`, `${here}/owed/${shop}`])
      expect(await trips(crew.admin, 'GET', path), path).toBeLessThanOrEqual(2)
    expect(await trips(manager, 'POST', here, aFiling(shop))).toBeLessThanOrEqual(3)
    const id = await draft()
    expect(await trips(crew.principal, 'GET', `${here}/${id}`)).toBeLessThanOrEqual(2)
    const body = { revision: 1, name: '测试enterprise-principal' }
    expect(await trips(crew.principal, 'PUT', `${here}/${id}/confirmation`, body)).toBeLessThanOrEqual(3)
  })
})
