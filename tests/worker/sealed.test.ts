import { env } from 'cloudflare:workers'
import { describe, it } from 'vitest'
import { keyOf } from '@app/shared/jobs'
import type { PersonId, StreetId } from '@app/shared/ids'
import { auditLog, jobs, people } from '../../worker/db/ledger'
import { and, eq } from '../../worker/db/operators'
import type { Env } from '../../worker/env'
import { runJob } from '../../worker/jobs/run'
import { readKeys, Seals, versionOf } from '../../worker/tenancy/seals'
import { aCrew } from './course'
import { aDistrict, anId, anOperator, aStreet, send } from './street'

const keyAt = (version: number) => `${version}:${btoa(String.fromCharCode(...new Uint8Array(32).fill(version)))}`
const withKeys = (...versions: number[]): Env => ({ ...env, DATA_KEYS: versions.map(keyAt).join(',') })
const phone = '13812345678'

describe('a seal', () => {
  const cell = { streetId: 'str_a' as StreetId, column: 'people.phone', rowId: 'usr_a' } as const
  it('opens where it was made, and nowhere else', async ({ expect }) => {
    const seals = new Seals(withKeys(1))
    const sealed = await seals.seal(cell, phone)
    expect(sealed).toMatch(/^v1\.[\w-]{16}\.[\w-]+$/)
    expect(sealed).not.toContain('1381')
    expect(await seals.seal(cell, phone)).not.toBe(sealed)
    expect(await seals.open(cell, sealed)).toBe(phone)
    await expect(seals.open({ ...cell, rowId: 'usr_b' }, sealed)).rejects.toThrow()
    await expect(seals.open({ ...cell, streetId: 'str_b' as StreetId }, sealed)).rejects.toThrow()
    await expect(seals.open(cell, `${sealed.slice(0, -2)}AA`)).rejects.toThrow()
    await expect(seals.open(cell, sealed.replace('v1.', 'v2.'))).rejects.toThrow(/DATA_KEYS/)
    await expect(new Seals(withKeys(2)).open(cell, sealed)).rejects.toThrow(/DATA_KEYS/)
    expect(await new Seals(withKeys(3, 2, 1)).open(cell, sealed)).toBe(phone)
    expect(versionOf(await new Seals(withKeys(3, 1)).seal(cell, phone))).toBe(3)
  })

  it('refuses a list of keys that is none, without quoting it', ({ expect }) => {
    for (const list of [
      '',
      'secret',
      '1:c2hvcnQ=',
      `${keyAt(1)},${keyAt(2)}`,
      `${keyAt(1)},${keyAt(1)}`,
      `0:${keyAt(1)}`,
    ]) {
      expect(() => readKeys(list)).toThrow()
      try {
        readKeys(list)
      } catch (error) {
        expect(String(error)).not.toMatch(/secret|c2hvcnQ|AQEB/)
      }
    }
  })
})

async function aNumber(bindings?: Env) {
  const district = await aDistrict()
  const street = await aStreet(district)
  const crew = await aCrew(street)
  const at = (id: string) => `/api/streets/${street.id}/people/${id}`
  const set = await send(crew.admin, 'PUT', `${at(crew.grid)}/phone`, {
    body: { phone: '+86 138 1234 5678' },
    ...(bindings && { bindings }),
  })
  const row = async (id: PersonId = crew.grid) =>
    (
      await street.db
        .select()
        .from(people)
        .where(and(eq(people.streetId, street.id), eq(people.id, id)))
    )[0]
  const looks = async () =>
    (await street.db.select().from(auditLog).where(eq(auditLog.capability, 'contact.unmask'))).length
  return { district, street, crew, at, set, row, looks }
}

describe('a telephone number', () => {
  it('is kept sealed, listed masked, and seen one look at a time, each of them on record', async ({ expect }) => {
    const { street, crew, at, set, row, looks } = await aNumber()
    expect(set.status).toBe(204)
    expect(await row()).toMatchObject({ phoneMask: '138****5678', phoneSealed: expect.stringMatching(/^v1\./) })
    const list = await send(crew.principal, 'GET', `/api/streets/${street.id}/people`)
    expect(list.status).toBe(403)
    const seen = await (await send(crew.grid, 'GET', `/api/streets/${street.id}/people`)).text()
    expect(seen).toContain('138****5678')
    expect(seen).not.toMatch(/13812345678|v1\./)

    const [before, key] = [await looks(), crypto.randomUUID()]
    for (let i = 1; i <= 3; i++) {
      // Even under one key every look is a look: the number is never kept as an answer.
      const response = await send(crew.inspector, 'POST', `${at(crew.grid)}/phone-views`, {
        headers: { 'idempotency-key': key },
      })
      expect(await response.json()).toEqual({ phone })
      expect((await looks()) - before).toBe(i)
    }
    const { results } = await (env[street.ledger] as D1Database)
      .prepare(`select body from answers where body like '%13812345678%'`)
      .all()
    expect(results).toEqual([])

    for (const who of [crew.grid, crew.principal, await street.member('auditor')])
      expect((await send(who, 'POST', `${at(crew.grid)}/phone-views`)).status).toBe(403)
    for (const id of [crew.officer, anId('usr')])
      expect((await send(crew.admin, 'POST', `${at(id)}/phone-views`)).status).toBe(404)
    expect((await looks()) - before).toBe(3)
  })

  it('does not open for a neighbour, nor in another row', async ({ expect }) => {
    const { district, street, crew, at, row, looks } = await aNumber()
    const neighbour = await aStreet(district)
    const spy = await neighbour.member('street-admin')
    const before = await looks()
    expect((await send(spy, 'POST', `${at(crew.grid)}/phone-views`)).status).toBe(404)
    expect((await send(spy, 'POST', `/api/streets/${neighbour.id}/people/${crew.grid}/phone-views`)).status).toBe(404)
    expect(await looks()).toBe(before)
    const { phoneSealed = null } = (await row()) ?? {}
    await street.db
      .update(people)
      .set({ phoneSealed })
      .where(and(eq(people.streetId, street.id), eq(people.id, crew.officer)))
    const moved = await send(crew.admin, 'POST', `${at(crew.officer)}/phone-views`)
    expect(moved.status).toBe(500)
    expect(await moved.text()).not.toContain(phone)
  })

  it('is taken away, and refused where it is none', async ({ expect }) => {
    const { crew, at, row } = await aNumber()
    const put = (body: object, id: string = crew.grid) => send(crew.admin, 'PUT', `${at(id)}/phone`, { body })
    const refused = await put({ phone: '1234567890123' })
    expect(await refused.json()).toMatchObject({ errors: [{ pointer: '/phone' }] })
    expect((await put({ phone: null }, anId('usr'))).status).toBe(404)
    expect((await put({ phone: null })).status).toBe(204)
    expect(await row()).toMatchObject({ phoneMask: null, phoneSealed: null })
  })
})

describe('a change of keys', () => {
  it('seals everything again, once begun to the end, and lets the old key be thrown away', async ({ expect }) => {
    const old = withKeys(1)
    const { district, street, crew, row, at } = await aNumber(old)
    const other = await aStreet(district)
    const worker = await other.member('grid-worker', { within: 'grids', ids: [other.places.first] })
    await send(await other.member('street-admin'), 'PUT', `/api/streets/${other.id}/people/${worker}/phone`, {
      body: { phone: '13900000000' },
      bindings: old,
    })
    // More than one step's worth, in a suspended street too.
    const seals = new Seals(old)
    const many = await Promise.all(
      Array.from({ length: 230 }, async () => {
        const id = anId<PersonId>('usr')
        const cell = { streetId: street.id, column: 'people.phone', rowId: id } as const
        return {
          streetId: street.id,
          id,
          name: '众',
          role: 'inspector' as const,
          since: 0,
          phoneSealed: await seals.seal(cell, phone),
        }
      }),
    )
    for (let i = 0; i < many.length; i += 10) await street.db.insert(people).values(many.slice(i, i + 10))
    await env.DIRECTORY.prepare('update streets set suspended_at = 1 where id = ?').bind(other.id).run()

    const both = withKeys(2, 1)
    const sent: unknown[] = []
    const queue = { send: async (job: unknown) => void sent.push(job), sendBatch: async () => undefined }
    const bindings = { ...both, JOBS: queue } as unknown as Env
    const operator = await anOperator()
    expect((await send(operator, 'PUT', '/api/platform/key-rotation', { bindings })).status).toBe(204)
    const job = { districtId: district.id, key: keyOf({ kind: 'rotate', version: 2 }) }
    const state = async () =>
      (
        await district.db
          .select()
          .from(jobs)
          .where(and(eq(jobs.districtId, district.id), eq(jobs.key, job.key)))
      )[0]?.state
    let steps = 0
    // Two at once are as good as one.
    for (; (await state()) === 'waiting' && steps < 20; steps++)
      await Promise.all([runJob(bindings, job), runJob(bindings, job)])
    expect(await state()).toBe('done')
    expect(steps).toBeGreaterThan(2)
    expect(sent.length).toBeGreaterThan(1)

    const only = withKeys(2)
    expect((await row())?.phoneSealed).toMatch(/^v2\./)
    const views = `${at(crew.grid)}/phone-views`
    expect(await (await send(crew.admin, 'POST', views, { bindings: only })).json()).toEqual({ phone })
    const all = [
      ...(await street.db.select().from(people).where(eq(people.streetId, street.id))),
      ...(await street.db.select().from(people).where(eq(people.streetId, other.id))),
    ]
    const opened = all.flatMap(({ streetId, id, phoneSealed }) =>
      phoneSealed ? [new Seals(only).open({ streetId, column: 'people.phone', rowId: id }, phoneSealed)] : [],
    )
    expect((await Promise.all(opened)).every((plain) => plain === phone || plain === '13900000000')).toBe(true)
    expect(opened).toHaveLength(232)
    const status = await send(operator, 'GET', '/api/platform/key-rotation', { bindings: only })
    expect(await status.json()).toMatchObject({ version: 2 })
  })
})
