import { env } from 'cloudflare:workers'
import { describe, it, vi } from 'vitest'
import { ledgers } from '../../worker/db/client'
import { auditLog, districtLog } from '../../worker/db/ledger'
import { eq } from '../../worker/db/operators'
import { routesOf } from '../../worker/http/openapi'
import { aCrew, closed } from './course'
import { exampleOf, examples, tryOut } from './examples'
import { aDistrict, anOperator, app, aStreet, send } from './street'

const changing = routesOf(app).filter(
  ({ method, path }) => method !== 'GET' && /^\/api\/(streets|districts)\//.test(path),
)
const unaudited = new Set([
  // No deed until a record takes it in: its own row says who sent it and when, and the record's audit row that it counts.
  'PUT /api/streets/:streetId/photos/:photoId',
  // Changes nothing: it only looks (onboarding.test.ts).
  'POST /api/districts/:districtId/streets/trials',
])
/**
 * What is done to accounts and to how people sign in changes no row of a ledger, but of the directory: an account may
 * serve several streets, and no batch spans two databases. So the line stands where the change does, in the directory's
 * sealed record of security events, under the street or district that did it, and in the same batch.
 */
const accounts = new Set([
  'DELETE /api/streets/:streetId/people/:personId/lock',
  'DELETE /api/streets/:streetId/people/:personId/sessions',
  'PUT /api/streets/:streetId/people/:personId/sign-in',
  'DELETE /api/streets/:streetId/people/:personId/second-factor',
  'POST /api/streets/:streetId/people/:personId/link',
  'POST /api/streets/:streetId/people/invitations',
  'DELETE /api/streets/:streetId/people/invitations/:invitationId',
  'PUT /api/streets/:streetId/enterprises/:enterpriseId/poster',
  'DELETE /api/streets/:streetId/enterprises/:enterpriseId/poster',
  'POST /api/streets/:streetId/enterprises/:enterpriseId/joining-codes',
  'PUT /api/streets/:streetId/joinings/:joiningId/decision',
  'PUT /api/streets/:streetId/security/policy',
  'PUT /api/districts/:districtId/security/policy',
  'DELETE /api/districts/:districtId/people/:personId/lock',
  'DELETE /api/districts/:districtId/people/:personId/sessions',
  'PUT /api/districts/:districtId/people/:personId/sign-in',
  'DELETE /api/districts/:districtId/people/:personId/second-factor',
  'POST /api/districts/:districtId/people/:personId/link',
  'POST /api/districts/:districtId/streets/:streetId/administrators/:personId/link',
])

const rawOf = (ledger: string) => {
  const db = [...ledgers(env)].find(([name]) => name === ledger)?.[1]
  if (!db) throw new Error(`No ledger ${ledger}`)
  return db
}

/** Every row of a database, to see that nothing changed. */
async function digestOf(db: D1Database): Promise<string> {
  const { results } = await db
    .prepare(
      `select name from sqlite_master where type = 'table' and name not like '\\_%' escape '\\' and name not like 'sqlite%'`,
    )
    .all<{ name: string }>()
  const rows = await db.batch(results.map(({ name }) => db.prepare(`select * from "${name}"`)))
  // By all columns, however many there are.
  return JSON.stringify(rows.map(({ results: all }) => all.map((row) => JSON.stringify(row)).sort()))
}

interface Line {
  readonly id: string
  readonly actor: string
  readonly subject: string | null
  readonly owner: string | null
}

describe('every route that changes something', () => {
  it(
    'leaves exactly one line of audit for each deed, and without that line changes nothing',
    { timeout: 240_000 },
    async ({ expect }) => {
      const { district, made } = await examples()
      const keys = changing.map(({ method, path }) => `${method} ${path}`)
      expect(keys.filter((key) => !made[key])).toEqual([])
      expect(Object.keys(made).filter((key) => !keys.includes(key))).toEqual([])
      expect([...unaudited, ...accounts].filter((key) => !keys.includes(key))).toEqual([])

      const ledger = rawOf(district.ledger)
      const logs = {
        ledger: {
          databases: [ledger],
          tables: ['audit_log', 'district_log'],
          lines: `select id, actor, subject, street_id as owner from audit_log
            union all select id, actor, subject, district_id as owner from district_log`,
        },
        directory: {
          databases: [env.DIRECTORY, ledger],
          tables: ['security_events'],
          lines: 'select seq as id, actor, subject, owner_id as owner from security_events',
        },
      }
      const kept = async (kind: keyof typeof logs) => {
        const [db] = logs[kind].databases
        return (await (db as D1Database).prepare(logs[kind].lines).all<Line>()).results
      }
      const fresh = async (kind: keyof typeof logs, before: readonly Line[]) => {
        const known = new Set(before.map(({ id }) => id))
        return (await kept(kind)).filter(({ id }) => !known.has(id))
      }
      let tried = 0
      for (const [key, make] of Object.entries(made)) {
        const method = key.split(' ')[0] ?? ''
        const kind = accounts.has(key) ? 'directory' : 'ledger'
        const example = await make()
        const before = { ledger: await kept('ledger'), directory: await kept('directory') }
        const response = await tryOut(method, example)
        expect(response.status, `${key} ${await response.clone().text()}`).toBeLessThan(300)
        const lines = await fresh(kind, before[kind])
        // A request that is several deeds leaves a line for each: one for each hazard that it changes, which has an
        // event of its own, and one more for all the rest together. No other leaves more than one.
        if (example.about)
          expect(lines.map(({ subject }) => String(subject)).sort(), key).toEqual([...example.about].sort())
        else expect(lines, key).toHaveLength(unaudited.has(key) ? 0 : 1)
        for (const { actor, owner } of lines) {
          expect(actor, key).toBe(example.who)
          expect(example.path.split('/'), key).toContain(owner)
        }
        if (kind === 'directory') expect(await fresh('ledger', before.ledger), key).toEqual([])
        if (unaudited.has(key)) continue

        const again = await make()
        const { databases, tables } = logs[kind]
        const [db] = databases as [D1Database]
        const untouched = await Promise.all(databases.map((one) => digestOf(one)))
        await db.batch(
          tables.map((table) =>
            db.prepare(
              `create trigger "broken_${table}" before insert on "${table}" begin select raise(abort, 'broken'); end`,
            ),
          ),
        )
        // Each of these failures is an incident, and would be shouted.
        const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined)
        try {
          const failed = await tryOut(method, again)
          expect(failed.status, key).toBe(500)
          expect(await failed.text()).not.toMatch(/broken|SQL|insert/i)
        } finally {
          quiet.mockRestore()
          await db.batch(tables.map((table) => db.prepare(`drop trigger "broken_${table}"`)))
        }
        expect(await Promise.all(databases.map((one) => digestOf(one))), key).toEqual(untouched)
        tried++
      }
      expect(tried).toBe(keys.length - unaudited.size)
    },
  )

  it('tells a district that its keys are changed', async ({ expect }) => {
    const district = await aDistrict()
    expect((await send(await anOperator(), 'PUT', '/api/platform/key-rotation')).status).toBe(204)
    expect((await send(await anOperator(), 'PUT', '/api/platform/key-rotation')).status).toBe(204)
    const found = await district.db.select().from(districtLog).where(eq(districtLog.districtId, district.id))
    expect(found.map(({ capability, subject }) => [capability, subject])).toEqual([['key.rotate', 'rotate/1']])
  })
})

describe('what was logged', () => {
  it('is neither changed nor deleted by anybody', async ({ expect }) => {
    const { district, street, made } = await examples()
    await closed(street, await aCrew(street))
    await tryOut('POST', await exampleOf(made, 'POST /api/districts/:districtId/notices'))
    const db = rawOf(district.ledger)
    for (const sql of [
      'update audit_log set actor = actor',
      `update audit_log set at = 0 where street_id = '${street.id}'`,
      'delete from audit_log',
      'replace into audit_log select * from audit_log limit 1',
      'insert or replace into hazard_events select * from hazard_events limit 1',
      'update district_log set why = null',
      'delete from district_log',
      `update hazard_events set hash = 'x'`,
      `update hazard_events set said = '改过' where street_id = '${street.id}'`,
      `update hazard_events set actor = 'usr_x', said = null, texts = null, salt = null`,
      'update hazard_events set said = null',
      'delete from hazard_events',
    ]) {
      const before = await digestOf(db)
      await expect(db.prepare(sql).run(), sql).rejects.toThrow(/appended to|sealed/)
      expect(await digestOf(db), sql).toBe(before)
    }
    await db
      .prepare(`update hazard_events set said = null, texts = null, salt = null where street_id = '${street.id}'`)
      .run()
  })

  it('is shown to those who may look, page by page, filtered, and to nobody else', async ({ expect }) => {
    const street = await aStreet()
    const crew = await aCrew(street)
    for (let i = 0; i < 20; i++) await closed(street, crew)
    const auditor = await street.member('auditor')
    const page = async (query: string) =>
      (await send(auditor, 'GET', `/api/streets/${street.id}/audit${query}`)).json<{
        items: { id: string; actor: string; capability: string; name: string | null; subject: string }[]
        next: string | null
      }>()
    const all: string[] = []
    for (let next: string | null = ''; next !== null;) {
      const found: Awaited<ReturnType<typeof page>> = await page(next && `?cursor=${encodeURIComponent(next)}`)
      all.push(...found.items.map(({ id }) => id))
      next = found.next
    }
    const kept = await street.db.select({ id: auditLog.id }).from(auditLog).where(eq(auditLog.streetId, street.id))
    expect(all).toEqual(
      kept
        .map(({ id }) => id)
        .sort()
        .reverse(),
    )
    expect(all).toHaveLength(100)
    const closings = await page(`?capability=hazard.close&actor=${crew.admin}`)
    expect(closings.items.every(({ actor, capability }) => actor === crew.admin && capability === 'hazard.close')).toBe(
      true,
    )
    expect(closings.items).toHaveLength(20)
    expect(closings.items[0]?.name).toBe('测试street-admin')
    expect((await page('?from=2020-01-01&to=2020-01-02')).items).toEqual([])
    expect((await page('?from=2020-01-01')).items).toHaveLength(50)
    for (const who of [crew.inspector, crew.grid, crew.principal])
      expect((await send(who, 'GET', `/api/streets/${street.id}/audit`)).status).toBe(403)
    for (const path of ['hazards', 'scores'])
      expect((await send(auditor, 'GET', `/api/streets/${street.id}/${path}`)).status).toBe(403)
  })

  it('shows a district its own log', async ({ expect }) => {
    const { district, made } = await examples()
    await tryOut('POST', await exampleOf(made, 'POST /api/districts/:districtId/notices'))
    const response = await send(await district.overseer('auditor'), 'GET', `/api/districts/${district.id}/audit`)
    expect(await response.json()).toMatchObject({ items: [{ capability: 'notice.draft', name: '测试区级人员' }] })
  })
})
