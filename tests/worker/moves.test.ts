import { env } from 'cloudflare:workers'
import { describe, it } from 'vitest'
import { firstBroken } from '@app/shared/events/chain'
import { sealedOf } from '@app/shared/hazards/effects'
import type { ExportId, MoveId, PersonId } from '@app/shared/ids'
import { keyOf, type Work } from '@app/shared/jobs'
import { dayOf } from '@app/shared/time'
import { openDirectory } from '../../worker/db/client'
import { slugs, streetMoves, streets } from '../../worker/db/directory'
import { decisions, hazardEvents, hazards, jobs, people, photos, streetExports } from '../../worker/db/ledger'
import { and, eq, like } from '../../worker/db/operators'
import { runJob } from '../../worker/jobs/run'
import { runMove } from '../../worker/platform/moves'
import { countRows, insertRows, readRows, streetTables } from '../../worker/platform/rows'
import { scheduled } from '../../worker/platform/schedule'
import { heldFor } from '../../worker/platform/units'
import { sha256 } from '../../worker/sha256'
import { Seals } from '../../worker/tenancy/seals'
import { aCrew, closed, filed } from './course'
import { killedAt, quiet } from './packages'
import { aDistrict, anId, anOperator, aStreet, send, type Street } from './street'

const directory = openDirectory(env)
const minute = 60_000

async function aStreetToMove(of: 'LEDGER_01' | 'LEDGER_02' = 'LEDGER_01', to: 'LEDGER_01' | 'LEDGER_02' = 'LEDGER_02') {
  const [here, there] = [await aDistrict(of), await aDistrict(to)]
  const street = await aStreet(here)
  const crew = await aCrew(street)
  await closed(street, crew)
  const suspected = await filed(street, crew.grid, { level: 'suspected' })
  const overseer = await here.overseer()
  const record = `/api/districts/${here.id}/hazards/${street.id}/${suspected}`
  await send(overseer, 'PUT', `${record}/rounds/1/determination`, {
    body: { level: 'ordinary', words: '不属于重大', document: null },
  })
  const operator = await anOperator()
  const path = `/api/platform/streets/${street.id}/move`
  const id = anId<MoveId>('mov')
  const ask = (method: string, at = path, body?: object) =>
    send(operator, method, at, { bindings: quiet, ...(body && { body }) })
  const begin = () => ask('PUT', path, { id, districtId: there.id })
  const run = (now = Date.now() + minute, bindings = quiet) =>
    runMove(bindings, { moveId: id, districtId: here.id }, () => now, 500)
  const kept = async () => {
    const [row] = await directory.select().from(streets).where(eq(streets.id, street.id))
    return row
  }
  return { here, there, street, crew, overseer, record, operator, path, id, ask, begin, run, kept }
}

const total = async (db: Street['db'], id: Street['id']) =>
  [...(await countRows(db, streetTables(), id)).values()].reduce((sum, n) => sum + n, 0)

const everything = async (db: Street['db'], id: Street['id']) =>
  JSON.stringify(await Promise.all(streetTables().map((table) => readRows(db, table, id, { limit: 10_000 }))))

async function soundChains({ db, id }: { db: Street['db']; id: Street['id'] }) {
  const heads = await db.select({ id: hazards.id, head: hazards.head }).from(hazards).where(eq(hazards.streetId, id))
  for (const one of heads) {
    const events = await db
      .select()
      .from(hazardEvents)
      .where(and(eq(hazardEvents.streetId, id), eq(hazardEvents.hazardId, one.id)))
      .orderBy(hazardEvents.seq)
    if ((await firstBroken(events.map(sealedOf), one.head, sha256)) !== null) return false
  }
  return heads.length > 0
}

describe('a street on its way to another district', () => {
  it('only reads, arrives whole with its chains, and leaves its old rows until they are released', async ({
    expect,
  }) => {
    const { here, there, street, crew, overseer, record, path, ask, begin, run, kept } = await aStreetToMove()
    const before = await everything(street.db, street.id)
    expect((await begin()).status).toBe(200)
    expect((await begin()).status).toBe(200)

    // Nothing of it may change while it is copied, not even who looked at it.
    const file = async (who: PersonId) => {
      const draft = await street.draft({ source: 'street-check' })
      const [photo] = draft.photos
      const [row] = await here.db
        .select()
        .from(photos)
        .where(eq(photos.id, photo ?? ('' as never)))
      if (row) await there.db.insert(photos).values(row)
      return send(who, 'POST', `/api/streets/${street.id}/hazards`, { body: draft })
    }
    const refused = await file(crew.admin)
    expect(refused.status).toBe(403)
    expect(await refused.json()).toMatchObject({ detail: expect.stringContaining('迁移') })
    expect((await send(crew.admin, 'GET', `/api/streets/${street.id}/hazards`)).status).toBe(200)
    expect((await send(overseer, 'GET', record)).status).toBe(403)
    expect((await ask('PUT', `${path}/release`)).status).toBe(409)

    // Requests that were let in before are given time.
    expect(await run(Date.now())).toBe('later')
    expect(await run()).toBe('over')
    expect(await kept()).toMatchObject({ districtId: there.id, ledger: 'LEDGER_02', movingSince: null })
    const { move } = await (
      await ask('GET')
    ).json<{ move: { state: string; rows: number; rowsInAll: number; digest: string } }>()
    expect(move).toMatchObject({ state: 'switched', digest: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(move.rows).toBe(move.rowsInAll)

    // It works where it is now, as the same people, for another district.
    expect((await file(crew.admin)).status).toBe(201)
    const [over, past] = [await there.overseer(), overseer]
    expect((await send(over, 'GET', record.replace(here.id, there.id))).status).toBe(200)
    expect((await send(past, 'GET', record)).status).toBe(404)
    expect(await soundChains({ db: there.db, id: street.id })).toBe(true)
    // What the district decided stays its own.
    expect(await there.db.select().from(decisions).where(eq(decisions.streetId, street.id))).toEqual([])
    expect(await here.db.select().from(decisions).where(eq(decisions.streetId, street.id))).toHaveLength(1)
    // The new district seals the days on which the street was held.
    const anchors = await there.db
      .select()
      .from(jobs)
      .where(and(eq(jobs.districtId, there.id), like(jobs.key, 'anchor/%')))
    expect(anchors.length).toBeGreaterThan(0)

    // The old rows lie as they were, and cannot set the street out again.
    expect(await everything(here.db, street.id)).toContain(before.slice(1, 200))
    expect((await ask('PUT', path, { id: anId<MoveId>('mov'), districtId: here.id })).status).toBe(409)
    expect((await ask('DELETE')).status).toBe(409)
    expect((await ask('PUT', `${path}/release`)).status).toBe(200)
    expect((await ask('PUT', `${path}/release`)).status).toBe(200)
    expect(await run()).toBe('over')
    expect(await total(here.db, street.id)).toBe(0)
    expect(await total(there.db, street.id)).toBeGreaterThan(20)
    expect(await run()).toBe('over')
  })

  it('is passed over by the jobs of its old district, and what they left is done by the new one', async ({
    expect,
  }) => {
    const { here, there, street, crew, begin, run, ask, path } = await aStreetToMove()
    const beside = await aStreet(here)
    const { DATA_KEYS } = env
    const [, base64 = ''] = /^1:(.+)$/.exec(DATA_KEYS) ?? []
    const bindings = { ...quiet, DATA_KEYS: `2:${base64.toLowerCase()},1:${base64}` }
    const seals = new Seals(env)
    const person = async (of: Street) => {
      const id = await of.member('inspector')
      const phoneSealed = await seals.seal({ streetId: of.id, column: 'people.phone', rowId: id }, '13800000000')
      await of.db.update(people).set({ phoneSealed }).where(eq(people.id, id))
      return id
    }
    const [mine, another] = [await person(street), await person(beside)]
    const cipher = async (db: Street['db'], of: Street, id: PersonId) =>
      (
        await db
          .select()
          .from(people)
          .where(and(eq(people.streetId, of.id), eq(people.id, id)))
      )[0]?.phoneSealed
    const exported = anId<ExportId>('exp')
    const made = { streetId: street.id, by: crew.admin, at: 0, salt: 'x' }
    await here.db.insert(streetExports).values({ ...made, id: exported, state: 'ready', expiresAt: Date.now() * 2 })
    await begin()
    // Asked for at the very moment the street was set on its way.
    const late = anId<ExportId>('exp')
    await here.db.insert(streetExports).values({ ...made, id: late, state: 'making' })

    const before = await everything(street.db, street.id)
    const now = Date.now()
    const works: Work[] = [
      { kind: 'rotate', version: 2 },
      { kind: 'retain', day: dayOf(now + 9_000 * 24 * 60 * minute) },
      { kind: 'anchor', day: dayOf(now) },
      { kind: 'export', streetId: street.id, exportId: late },
    ]
    const row = { districtId: here.id, state: 'waiting' as const, scheduledAt: now, wokenAt: now, attempts: 1 }
    await here.db.insert(jobs).values(works.map((work) => ({ ...row, key: keyOf(work) })))
    for (const work of works) await runJob(bindings, { districtId: here.id, key: keyOf(work) })
    const states = async (of: typeof here) =>
      new Map((await of.db.select().from(jobs).where(eq(jobs.districtId, of.id))).map(({ key, state }) => [key, state]))
    for (const work of works) expect((await states(here)).get(keyOf(work)), work.kind).toBe('waiting')
    expect(await cipher(here.db, beside, another)).toMatch(/^v2\./)
    // Nor do people leave a line in what is being copied, by taking a package or somebody's copy.
    for (const at of [`exports/${exported}/file`, `people/${mine}/copy`]) {
      const refused = await send(crew.admin, 'GET', `/api/streets/${street.id}/${at}`)
      expect([refused.status, (await refused.json<{ detail: string }>()).detail], at).toEqual([
        403,
        expect.stringContaining('迁移'),
      ])
    }
    expect(await everything(street.db, street.id)).toBe(before)

    expect(await run(Date.now() + minute, bindings)).toBe('over')
    const rotation = keyOf({ kind: 'rotate', version: 2 })
    const packed = keyOf({ kind: 'export', streetId: street.id, exportId: late })
    expect([(await states(there)).get(rotation), (await states(there)).get(packed)]).toEqual(['waiting', 'waiting'])
    expect((await states(here)).get(packed)).toBe(undefined)
    await runJob(bindings, { districtId: there.id, key: rotation })
    expect(await cipher(there.db, street, mine)).toMatch(/^v2\./)
    await runJob(bindings, { districtId: here.id, key: rotation })
    expect((await states(here)).get(rotation)).toBe('done')
    await ask('PUT', `${path}/release`)
    expect(await run(Date.now() + minute, bindings)).toBe('over')
  })

  it('may go to a district of the same ledger without a row being touched', async ({ expect }) => {
    const { there, street, begin, ask, path, run, kept } = await aStreetToMove('LEDGER_01', 'LEDGER_01')
    const before = await everything(street.db, street.id)
    await begin()
    expect(await run()).toBe('over')
    expect(await kept()).toMatchObject({ districtId: there.id, ledger: 'LEDGER_01', movingSince: null })
    await ask('PUT', `${path}/release`)
    expect(await run()).toBe('over')
    expect(await everything(street.db, street.id)).toBe(before)
    expect(await (await ask('GET')).json()).toMatchObject({ move: { state: 'released' } })
  })

  it('stays where it was when it is called off, and leaves nothing on the way', async ({ expect }) => {
    const { here, there, street, crew, begin, ask, run, kept } = await aStreetToMove()
    const before = await everything(street.db, street.id)
    await begin()
    const until = killedAt(100)
    await expect(run(Date.now() + minute, until.bindings)).rejects.toThrow()
    expect(await total(there.db, street.id)).toBeGreaterThan(0)
    expect((await ask('DELETE')).status).toBe(200)
    expect(await kept()).toMatchObject({ districtId: here.id, ledger: 'LEDGER_01', movingSince: null })
    const filedAgain = await send(crew.admin, 'POST', `/api/streets/${street.id}/hazards`, {
      body: await street.draft({ source: 'street-check' }),
    })
    expect(filedAgain.status).toBe(201)
    expect(await run(Date.now() + 2 * heldFor)).toBe('over')
    expect(await total(there.db, street.id)).toBe(0)
    expect(await everything(here.db, street.id)).not.toBe(before)
    expect(await (await ask('GET')).json()).toMatchObject({ move: { state: 'cancelled' } })
  })

  it('arrives the same wherever the job was cut off, and is never in two places', async ({ expect }) => {
    const counted = killedAt(Number.MAX_SAFE_INTEGER)
    const whole = await aStreetToMove()
    await whole.begin()
    expect(await whole.run(Date.now() + minute, counted.bindings)).toBe('over')
    const calls = counted.calls()
    expect(calls).toBeGreaterThan(100)
    let kills = 0
    const one = await aStreetToMove()
    const before = await everything(one.street.db, one.street.id)
    for (let at = 2; at < calls; at += 11) {
      // The same street goes there and back again.
      const back = kills % 2 === 1
      const [from, to] = back ? [one.there, one.here] : [one.here, one.there]
      const id = anId<MoveId>('mov')
      const begun = await one.ask('PUT', one.path, { id, districtId: to.id })
      expect(begun.status, await begun.text()).toBe(200)
      const run = (now: number, bindings = quiet) =>
        runMove(bindings, { moveId: id, districtId: from.id }, () => now, 500)
      await expect(run(Date.now() + minute, killedAt(at).bindings), String(at)).rejects.toThrow()
      const { ledger } = (await one.kept()) ?? {}
      // Wherever the directory points, the street is whole.
      expect(await everything(ledger === 'LEDGER_01' ? one.here.db : one.there.db, one.street.id), String(at)).toBe(
        before,
      )
      expect(await run(Date.now() + 2 * heldFor)).toBe('over')
      expect((await one.kept())?.districtId, String(at)).toBe(to.id)
      expect(await everything(to.db, one.street.id), String(at)).toBe(before)
      await one.ask('PUT', `${one.path}/release`)
      const releasing = killedAt(10 + (at % 40))
      await run(Date.now() + minute, releasing.bindings).catch(() => undefined)
      expect(await everything(to.db, one.street.id), String(at)).toBe(before)
      expect(await run(Date.now() + 3 * heldFor)).toBe('over')
      expect(await total(from.db, one.street.id), String(at)).toBe(0)
      kills++
    }
    expect(kills).toBeGreaterThan(8)
  }, 120_000)

  it('leaves rows as they are that were copied before the job could write so down', async ({ expect }) => {
    const { here, there, street, begin, run } = await aStreetToMove()
    await begin()
    const refused: string[] = []
    for (const table of streetTables()) {
      const names = table.columns.map(({ name }) => name)
      const rows = await readRows(here.db, table, street.id, { limit: 10_000 })
      for (const time of ['first', 'second'])
        await insertRows(there.db, table, names, rows).catch(() => refused.push(`${table.name} ${time}`))
    }
    expect(refused).toEqual([])
    expect(await everything(there.db, street.id)).toBe(await everything(here.db, street.id))
    expect(await run()).toBe('over')
  })

  it('is copied anew when something changed behind its back', async ({ expect }) => {
    const { here, there, street, begin, run } = await aStreetToMove()
    await begin()
    const half = killedAt(70)
    await expect(run(Date.now() + minute, half.bindings)).rejects.toThrow()
    await there.db.update(hazards).set({ place: '改动' }).where(eq(hazards.streetId, street.id))
    expect(await run(Date.now() + 2 * heldFor)).toBe('over')
    expect(await everything(there.db, street.id)).toBe(await everything(here.db, street.id))
  })

  it('keeps its pictures though old rows of them lie where it came from', async ({ expect }) => {
    const { here, there, street, begin, run, ask, path } = await aStreetToMove()
    const photo = await street.photo()
    await env.EVIDENCE.put(`streets/${street.id}/photos/${photo}`, 'a picture')
    await begin()
    expect(await run()).toBe('over')
    // Bound where the street works now; the old row does not know.
    await there.db.update(photos).set({ bound: true }).where(eq(photos.id, photo))
    const later = Date.now() + 40 * 24 * 60 * minute
    await scheduled({ cron: '*/10 * * * *', scheduledTime: later }, env)
    expect(await env.EVIDENCE.head(`streets/${street.id}/photos/${photo}`)).not.toBeNull()
    await ask('PUT', `${path}/release`)
    await run()
    expect(await here.db.select().from(photos).where(eq(photos.id, photo))).toEqual([])
    expect(await env.EVIDENCE.head(`streets/${street.id}/photos/${photo}`)).not.toBeNull()
  })

  it('goes nowhere that is not there, or where it is already, and answers nobody but operators', async ({ expect }) => {
    const { here, street, ask, path, crew, overseer, id } = await aStreetToMove()
    const to = (districtId: string) => ask('PUT', path, { id, districtId })
    expect((await to(anId('dis'))).status).toBe(422)
    expect((await to(here.id)).status).toBe(422)
    expect((await ask('PUT', `/api/platform/streets/${anId('str')}/move`, { id, districtId: here.id })).status).toBe(
      404,
    )
    expect((await ask('DELETE')).status).toBe(404)
    for (const who of [crew.admin, overseer]) {
      expect((await send(who, 'PUT', path, { body: { id, districtId: here.id } })).status).toBe(404)
    }
    expect(await directory.select().from(streetMoves).where(eq(streetMoves.streetId, street.id))).toEqual([])
    expect(await directory.select().from(slugs).where(eq(slugs.id, street.id))).toHaveLength(1)
  })
})
