import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, it } from 'vitest'
import { addDays, dayOf } from '@app/shared/time'
import { ledgers } from '../../worker/db/client'
import directoryRows from './fixtures/release-0.directory.sql?raw'
import ledgerRows from './fixtures/release-0.ledger-01.sql?raw'
import { firstBadRecord } from './independent-verifier'
import { send } from './street'

type Row = Record<string, unknown>

/** How many migrations the last release had, whose rows the fixtures are. */
const released = 1

/** Columns that a later migration took from a table of that release, because their values stand elsewhere since. */
const movedAway: Readonly<Record<string, readonly string[]>> = {
  // To `posts`, of which a person may hold several.
  people: ['role', 'enterprise_id'],
}

const rowsOf = (sql: string) => sql.split('\n').filter((line) => line.startsWith('INSERT'))
const byText = (a: Row, b: Row) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)
const ledger = env.LEDGER_01 as D1Database

async function contents(db: D1Database, columns?: Map<string, string[]>): Promise<Map<string, Row[]>> {
  const { results } = await db
    .prepare(
      `select name from sqlite_master where type = 'table' and name not like '\\_%' escape '\\' and name not like 'sqlite%' and name <> 'd1_migrations'`,
    )
    .all<{ name: string }>()
  const found = new Map<string, Row[]>()
  for (const { name } of results) {
    if (columns && !columns.has(name)) continue
    const named =
      columns
        ?.get(name)
        ?.map((one) => `"${one}"`)
        .join(', ') ?? '*'
    found.set(name, (await db.prepare(`select ${named} from "${name}"`).all<Row>()).results.sort(byText))
  }
  return found
}

describe('a place or seat that equal requests gave twice', () => {
  it('is its last holder’s alone, and the others’ until then', async ({ expect }) => {
    await reset()
    const before = env.TEST_MIGRATIONS.ledger.findIndex(({ name }) => name.startsWith('0002'))
    await applyD1Migrations(ledger, env.TEST_MIGRATIONS.ledger.slice(0, before))
    const charge = (id: string, from: string, until: string | null, place = 'com_a', kind = 'leader') =>
      ledger
        .prepare('insert into charges values (?, ?, ?, ?, ?, ?, ?)')
        .bind('str_x', id, place, kind, 'usr_x', from, until)
    const seat = (id: string, name: string, from: string, until: string | null = null) =>
      ledger
        .prepare('insert into seats values (?, ?, ?, ?, ?, ?, ?, ?)')
        .bind('str_x', id, name, null, '某', '某', from, until)
    await ledger.batch([
      ledger.prepare("insert into people(street_id, id, name, since) values ('str_x', 'usr_x', '某', 0)"),
      charge('c', '2026-03-01', null),
      charge('a', '2026-01-01', null),
      charge('b', '2026-02-01', null),
      charge('b2', '2026-02-01', null),
      charge('d', '2025-01-01', '2026-01-01'),
      charge('e', '2026-01-01', null, 'com_b'),
      charge('f', '2026-01-01', null, 'grd_a', 'cadre'),
      seat('h1', 'head', '2026-01-01'),
      seat('h2', 'head', '2026-01-01'),
      seat('m1', 'member', '2026-01-01'),
      seat('m2', 'member', '2026-01-01'),
    ])
    await applyD1Migrations(ledger, env.TEST_MIGRATIONS.ledger)
    const found = async (table: string) =>
      (await ledger.prepare(`select id, until from ${table} order by id`).all<Row>()).results.map(
        ({ id, until }) => `${String(id)} ${String(until)}`,
      )
    expect(await found('charges')).toEqual([
      'a 2026-02-01',
      'b 2026-02-01',
      'b2 2026-03-01',
      'c null',
      'd 2026-01-01',
      'e null',
      'f null',
    ])
    expect(await found('seats')).toEqual(['h1 2026-01-01', 'h2 null', 'm1 null', 'm2 null'])
  })
})

describe('the last release’s rows', () => {
  it('come through every later migration whole, their chains hold, and old clients are still answered', async ({
    expect,
  }) => {
    // The file's own databases, back at that release.
    await reset()
    const { directory: directoryMigrations, ledger: ledgerMigrations } = env.TEST_MIGRATIONS
    expect(ledgerMigrations.length).toBeGreaterThan(released)
    await applyD1Migrations(env.DIRECTORY, directoryMigrations.slice(0, released))
    for (const db of ledgers(env).values()) await applyD1Migrations(db, ledgerMigrations.slice(0, released))
    for (const [db, sql] of [
      [env.DIRECTORY, directoryRows],
      [ledger, ledgerRows],
    ] as const)
      await db.batch(rowsOf(sql).map((line) => db.prepare(line)))

    // The fixture's principal had not been tied to an enterprise; that release could, and its posts must keep it.
    await ledger
      .prepare(
        `update people set enterprise_id = (select id from enterprises where street_id = people.street_id order by id limit 1) where role = 'enterprise-principal'`,
      )
      .run()

    const stays = (name: string) => (column: string) => !movedAway[name]?.includes(column)
    const shape = (rows: Map<string, Row[]>) =>
      new Map(
        [...rows].flatMap(([name, [first]]) =>
          first ? [[name, Object.keys(first).filter(stays(name))] as const] : [],
        ),
      )
    const staying = (name: string, rows: readonly Row[]) =>
      rows
        .map((row): Row => Object.fromEntries(Object.entries(row).filter(([column]) => stays(name)(column))))
        .sort(byText)
    const before = { directory: await contents(env.DIRECTORY), ledger: await contents(ledger) }
    expect([...before.ledger.values()].reduce((sum, rows) => sum + rows.length, 0)).toBeGreaterThan(60)

    await applyD1Migrations(env.DIRECTORY, directoryMigrations)
    for (const db of ledgers(env).values()) await applyD1Migrations(db, ledgerMigrations)

    // Every old table is there with its rows, and every old column with its values, or where these are now.
    for (const [kind, db] of [
      ['directory', env.DIRECTORY],
      ['ledger', ledger],
    ] as const) {
      const now = await contents(db, shape(before[kind]))
      for (const [name, rows] of before[kind])
        if (rows.length > 0) expect(now.get(name), name).toEqual(staying(name, rows))
    }
    const columnsOf = async (table: string) =>
      (await ledger.prepare(`pragma table_info("${table}")`).all<{ name: string }>()).results.map(({ name }) => name)
    for (const [table, columns] of Object.entries(movedAway)) {
      const left = await columnsOf(table)
      expect(
        columns.filter((column) => left.includes(column)),
        table,
      ).toEqual([])
    }
    const held = before.ledger.get('people') ?? []
    expect(held.length).toBeGreaterThan(3)
    expect(held.some((row) => row['enterprise_id'] !== null)).toBe(true)
    const posts = await ledger.prepare('select * from posts').all<Row>()
    const gates = await env.DIRECTORY.prepare('select * from street_posts').all<Row>()
    expect(posts.results).toHaveLength(held.length)
    for (const { id, street_id, role, enterprise_id, since, until } of held) {
      const post = posts.results.filter((row) => row['person_id'] === id && row['street_id'] === street_id)
      expect(post).toMatchObject([{ role, enterprise_id, since, until }])
      if (enterprise_id !== null)
        expect(JSON.parse(String(post[0]?.['reach']))).toEqual({ within: 'enterprise', ids: [enterprise_id] })
      // The gate opens for the post of the same id.
      const gate = gates.results.filter((row) => row['id'] === post[0]?.['id'])
      expect(gate).toMatchObject([{ user_id: id, street_id, role, state: 'active' }])
    }
    expect(gates.results).toHaveLength(held.length)
    const problems = await ledger.prepare('pragma foreign_key_check').all()
    expect(problems.results).toEqual([])

    const { results: hazards } = await ledger
      .prepare('select id, street_id, head from hazards')
      .all<{ id: string; street_id: string; head: string }>()
    for (const { id, head } of hazards) {
      const { results } = await ledger
        .prepare('select * from hazard_events where hazard_id = ? order by seq')
        .bind(id)
        .all<Row>()
      expect(results.length).toBeGreaterThan(0)
      expect(firstBadRecord(results, head), id).toBe(null)
    }
    // What guards them stands.
    await expect(ledger.prepare('delete from audit_log').run()).rejects.toThrow(/appended/)

    // What a page of that release asks for, in its words; somebody who is signed in stays so.
    const people = before.ledger.get('people') ?? []
    const person = (role: string) => people.find((row) => row['role'] === role)?.['id'] as never
    const [admin, grid] = [person('street-admin'), person('grid-worker')]
    const streetId = String(hazards[0]?.street_id)
    const district = String(before.directory.get('districts')?.[0]?.['id'])
    const overseer = before.ledger.get('overseers')?.[0]?.['id'] as never
    const here = `/api/streets/${streetId}`
    for (const [who, path] of [
      [admin, '/api/me'],
      [admin, `${here}/hazards`],
      [admin, `${here}/hazards?open=no`],
      [grid, `${here}/hazards`],
      [admin, `${here}/workbench`],
      [admin, `${here}/people`],
      [admin, `${here}/places`],
      [admin, `${here}/scores/2026-09`],
      ...hazards.map(({ id }) => [admin, `${here}/hazards/${id}`] as const),
      [overseer, `/api/districts/${district}/overview`],
      [overseer, `/api/districts/${district}/rankings/2026-09`],
      [overseer, `/api/districts/${district}/notices`],
    ] as const)
      expect((await send(who, 'GET', path)).status, path).toBe(200)

    const { results: places } = await ledger.prepare('select community_id, id from grids order by position').all<Row>()
    const { results: photos } = await ledger.prepare('select id from photos').all<{ id: string }>()
    const draft = {
      id: 'haz_0000000000abcdefghijklmno',
      communityId: places[0]?.['community_id'],
      gridId: places[0]?.['id'],
      enterpriseId: null,
      place: '老版本提交',
      category: 'wiring',
      sector: 'fire',
      keyPlace: null,
      source: 'community-patrol',
      description: '断网后补传',
      level: 'ordinary',
      observedAt: Date.now(),
      photos: [photos[0]?.id],
    }
    const key = crypto.randomUUID()
    for (let i = 0; i < 2; i++) {
      const response = await send(grid, 'POST', `${here}/hazards`, { body: draft, headers: { 'idempotency-key': key } })
      expect(response.status, await response.clone().text()).toBe(201)
    }
    const assignment = {
      responsibleId: null,
      responsible: '张三',
      dueOn: addDays(dayOf(Date.now()), 3),
      measures: '整改',
    }
    const assigned = await send(admin, 'PUT', `${here}/hazards/${draft.id}/rounds/1/assignment`, { body: assignment })
    expect(assigned.status, await assigned.clone().text()).toBeLessThan(300)
  })
})
