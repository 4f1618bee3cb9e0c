import { env } from 'cloudflare:workers'
import { describe, it } from 'vitest'
import type { PersonId, UnitId } from '@app/shared/ids'
import type { UnitWords } from '@app/shared/organisation/schema'
import { dayOf } from '@app/shared/time'
import { openDirectory } from '../../worker/db/client'
import { districtPosts, sessions } from '../../worker/db/directory'
import { districtLog, districtUnits, overseers } from '../../worker/db/ledger'
import { and, eq } from '../../worker/db/operators'
import { DistrictScope } from '../../worker/tenancy/district-scope'
import { aCrew, filed } from './course'
import { aDistrict, anId, aStreet, clientFor, send } from './street'

const directory = openDirectory(env)
type Words = Omit<UnitWords, 'basis'>

/** A district with a unit for gas and fire, one of its people, and a hazard of each of three sectors. */
async function aRegister() {
  const district = await aDistrict()
  const street = await aStreet(district)
  const crew = await aCrew(street)
  const chief = await district.overseer()
  const path = `/api/districts/${district.id}`
  const id = anId<UnitId>('unt')
  const ask = async (method: string, rest: string, body?: object) => {
    const response = await send(chief, method, `${path}${rest}`, body ? { body } : {})
    return {
      status: response.status,
      ...(await response.json<{ detail?: string; errors?: object[] }>().catch(() => ({}))),
    }
  }
  const keep = (words: Words) => ask('PUT', `/units/${id}`, words)
  const made = await ask('POST', '/units', { id, name: '燃气主管部门', leads: ['gas'], joins: ['fire'] })
  if (made.status !== 204) throw new Error(made.detail)
  const member = {
    id: anId<PersonId>('usr'),
    name: '燃气科员',
    username: `g${anId('x').slice(-10)}`,
    role: 'district-unit',
  }
  const appointed = await ask('POST', '/people', { ...member, unitId: id })
  if (appointed.status !== 201) throw new Error(appointed.detail)
  for (const sector of ['gas', 'fire', 'construction'] as const) await filed(street, crew.grid, { sector })
  const reached = async () => {
    const [post] = await directory
      .select()
      .from(districtPosts)
      .where(and(eq(districtPosts.districtId, district.id), eq(districtPosts.userId, member.id)))
    return post?.sectors
  }
  const kept = async () => (await district.db.select().from(districtUnits).where(eq(districtUnits.id, id)))[0]
  return { district, chief, path, id, ask, keep, member, reached, kept }
}

describe('成员单位 of a district', () => {
  it('are registered with one lead for one matter, each change with its line in the log', async ({ expect }) => {
    const { district, chief, id, ask, keep } = await aRegister()
    const other = anId<UnitId>('unt')
    expect(await ask('POST', '/units', { id: other, name: '另一部门', leads: ['gas'], joins: [] })).toMatchObject({
      status: 422,
      errors: [{ pointer: '/leads' }],
    })
    expect((await ask('POST', '/units', { id, name: '又一部门', leads: [], joins: [] })).status).toBe(409)
    expect((await ask('PUT', `/units/${other}`, { name: '无', leads: [], joins: [] })).status).toBe(404)
    expect((await keep({ name: '城管部门', leads: ['gas'], joins: [] })).status).toBe(204)
    const listed = await send(chief, 'GET', `/api/districts/${district.id}/units`)
    expect(await listed.json()).toMatchObject({ items: [{ id, name: '城管部门', leads: ['gas'], retiredOn: null }] })
    const lines = await district.db.select().from(districtLog).where(eq(districtLog.subject, id))
    expect(lines.map(({ capability, actor }) => [capability, actor])).toEqual([
      ['unit.manage', chief],
      ['unit.manage', chief],
    ])
  })

  it('decide what their people see, and change it at once', async ({ expect }) => {
    const { district, keep, member, reached } = await aRegister()
    const other = await aRegister()
    const { hazards } = clientFor(member.id).districts[':districtId']
    // As if the link had been followed.
    await directory.insert(sessions).values({
      id: `session-${member.id}`,
      token: member.id,
      userId: member.id,
      expiresAt: new Date(Date.now() + 3_600_000),
      createdAt: new Date(),
      updatedAt: new Date(),
    })
    const seen = async () => {
      const page = await hazards.$get({ param: { districtId: district.id }, query: { show: 'open' } })
      return (await page.json()).items.map(({ sector }) => sector).sort()
    }
    expect(await seen()).toEqual(['fire', 'gas'])
    await keep({ name: '燃气主管部门', leads: ['construction'], joins: ['gas'] })
    expect(await reached()).toEqual(['construction', 'gas'])
    expect(await seen()).toEqual(['construction', 'gas'])
    await keep({ name: '燃气主管部门', leads: [], joins: [] })
    expect(await seen()).toEqual([])
    expect(await other.reached()).toEqual(['gas', 'fire'])
  })

  it('cut off anywhere show too little and never too much, and the same again puts it right', async ({ expect }) => {
    const { district, chief, path, id, keep, reached, kept } = await aRegister()
    const words: Words = { name: '燃气主管部门', leads: ['construction'], joins: ['gas'] }
    const cut = (step: number) => {
      let writes = 0
      const faulty = (database: D1Database): D1Database =>
        new Proxy(database, {
          get: (target, name) => {
            const value: unknown = Reflect.get(target, name)
            if (typeof value !== 'function') return value
            return (...sent: unknown[]) => {
              const writing = name === 'prepare' && /^update "district_(posts|units)"/.test(String(sent[0]))
              if (writing && ++writes >= step) throw new Error('cut off')
              return value.apply(target, sent)
            }
          },
        })
      return { ...env, DIRECTORY: faulty(env.DIRECTORY), [district.ledger]: faulty(env[district.ledger] as D1Database) }
    }
    const steps: unknown[] = []
    for (const step of [1, 2, 3]) {
      await keep({ name: '燃气主管部门', leads: ['gas'], joins: ['fire'] })
      const failed = await send(chief, 'PUT', `${path}/units/${id}`, { body: words, bindings: cut(step) })
      steps.push([failed.status, (await kept())?.leads, await reached()])
      expect((await keep(words)).status).toBe(204)
      expect(await reached()).toEqual(['construction', 'gas'])
    }
    expect(steps).toEqual([
      [500, ['gas'], ['gas', 'fire']],
      [500, ['gas'], ['gas']],
      [500, ['construction'], ['gas']],
    ])
  })

  it('stay while somebody holds a post for them, and nobody comes to one that has gone', async ({ expect }) => {
    const { district, chief, id, ask, member, kept } = await aRegister()
    expect(await ask('DELETE', `/units/${id}`)).toMatchObject({
      status: 409,
      detail: expect.stringContaining('燃气科员'),
    })
    // Not even where they came after it was looked at.
    const scope = {
      districtId: district.id,
      slug: '',
      name: '',
      demo: false,
      suspended: false,
      ledger: district.ledger,
    }
    const desk = () =>
      new DistrictScope(env, { ...scope, streets: [] }, { id: chief, role: 'district-admin', sectors: null })
    await expect(desk().retireUnit(id, Date.now())).rejects.toMatchObject({ slug: 'stale' })
    expect((await ask('DELETE', `/people/${member.id}/post`)).status).toBe(204)
    expect((await ask('DELETE', `/units/${id}`)).status).toBe(204)
    expect((await kept())?.retiredOn).toBe(dayOf(Date.now()))
    expect((await ask('DELETE', `/units/${id}`)).status).toBe(404)

    const late = {
      id: anId<PersonId>('usr'),
      name: '后来者',
      username: `l${anId('x').slice(-10)}`,
      role: 'district-unit',
    } as const
    expect(await ask('POST', '/people', { ...late, unitId: id })).toMatchObject({ errors: [{ pointer: '/unitId' }] })
    const read = { id, leads: ['gas' as const], joins: ['fire' as const] }
    await expect(desk().appoint({ ...late, unitId: id }, read, Date.now())).rejects.toMatchObject({ slug: 'stale' })
    expect(await district.db.select().from(overseers).where(eq(overseers.id, late.id))).toEqual([])
  })
})
