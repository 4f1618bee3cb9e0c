import { env } from 'cloudflare:workers'
import { describe, it } from 'vitest'
import { digestText, type Manifest } from '@app/shared/exports/manifest'
import type { ExportId, ImportId, PersonId } from '@app/shared/ids'
import { partsOf } from '@app/shared/tenants/imports'
import { day } from '@app/shared/time'
import { type Db, ledgers, openDirectory, openLedger } from '../../worker/db/client'
import { accounts, securityEvents, slugs, streetImports, streetPosts, streets, users } from '../../worker/db/directory'
import { auditLog, decisions, jobs, people, streetExports, streetOwned } from '../../worker/db/ledger'
import { and, eq, inArray } from '../../worker/db/operators'
import type { Env } from '../../worker/env'
import { runExport } from '../../worker/platform/exports'
import { runImport } from '../../worker/platform/imports'
import { clearObjects, importKey, streetPrefix } from '../../worker/platform/packages'
import { type CarriedTable, countRows, deleteRows, readRows, resealed, streetTables } from '../../worker/platform/rows'
import { scheduled } from '../../worker/platform/schedule'
import { heldFor } from '../../worker/platform/units'
import { checksum, directoryOf, headerOf, joined, type ZipEntry } from '../../worker/platform/zip'
import { sha256 } from '../../worker/sha256'
import { Seals } from '../../worker/tenancy/seals'
import { aCrew, closed, filed } from './course'
import { aPassphrase, asked, downloaded, killedAt, made, quiet, unpacked } from './packages'
import { png } from './pictures'
import { aDistrict, anId, anOperator, aStreet, send } from './street'

const directory = openDirectory(env)
const phone = '13812345678'
/** Another deployment, which keeps personal columns under keys of its own. */
const elsewhere: Env = { ...quiet, DATA_KEYS: `7:${btoa(String.fromCharCode(...new Uint8Array(32).fill(7)))}` }

const same = (one: Uint8Array, other: Uint8Array | undefined) =>
  other !== undefined && one.length === other.length && one.every((byte, at) => byte === other[at])

async function aBusyStreet() {
  const district = await aDistrict('LEDGER_01')
  const street = await aStreet(district)
  const crew = await aCrew(street)
  await closed(street, crew)
  const known = await send(crew.admin, 'PUT', `/api/streets/${street.id}/people/${crew.grid}/phone`, {
    body: { phone },
  })
  if (known.status !== 204) throw new Error(await known.text())
  const photo = await street.photo(crew.grid)
  await filed(street, crew.grid, { photos: [photo] })
  for (const folder of ['photos', 'thumbs']) {
    await env.EVIDENCE.put(`streets/${street.id}/${folder}/${photo}`, await png(20, 20, folder.length), {
      httpMetadata: { contentType: 'image/jpeg' },
      customMetadata: { kept: folder },
    })
  }
  const suspected = await filed(street, crew.grid, { level: 'suspected' })
  const overseer = await district.overseer()
  const path = `/api/districts/${district.id}/hazards/${street.id}/${suspected}/rounds/1/determination`
  const decided = await send(overseer, 'PUT', path, {
    body: { level: 'ordinary', words: '不属于重大', document: null },
  })
  if (decided.status >= 300) throw new Error(await decided.text())
  return { district, street, crew, photo, suspected }
}

/** Everything that the street is, out of its deployment, as if it had never been there. */
async function wiped({ street, crew }: Awaited<ReturnType<typeof aBusyStreet>>) {
  for (const table of streetTables().reverse()) await deleteRows(street.db, table, street.id, 10_000)
  await clearObjects(env, streetPrefix(street.id))
  const its = Object.values(crew)
  await directory.batch([
    directory.delete(streetPosts).where(eq(streetPosts.streetId, street.id)),
    directory.delete(slugs).where(eq(slugs.id, street.id)),
    directory.delete(streets).where(eq(streets.id, street.id)),
    directory.delete(users).where(inArray(users.id, its)),
  ])
}

/** Signs somebody in who came with a package, and has no password yet. */
async function signedInAs(who: PersonId) {
  const at = Date.now()
  await env.DIRECTORY.prepare(
    'insert or replace into sessions (id, token, user_id, expires_at, created_at, updated_at, verified_at) values (?1, ?1, ?1, ?2, ?3, ?3, ?3)',
  )
    .bind(who, at + day, at)
    .run()
  return who
}

/** Brings a package here and has it opened; answers its import and the answer. */
async function brought(zip: Uint8Array<ArrayBuffer>, passphrase: string) {
  const [operator, target] = [await anOperator(), await aDistrict('LEDGER_02')]
  const id = anId<ImportId>('imp')
  const slug = `i${id.slice(-10)}`
  const path = `/api/platform/imports/${id}`
  const begun = await send(operator, 'POST', '/api/platform/imports', {
    body: { id, districtId: target.id, slug, size: zip.length },
  })
  if (begun.status !== 201) throw new Error(await begun.text())
  for (let part = 1; part <= partsOf(zip.length); part++) {
    const body = zip.slice((part - 1) * 8 * 1024 * 1024, part * 8 * 1024 * 1024)
    const taken = await send(operator, 'PUT', `${path}/parts/${part}`, { body })
    if (taken.status !== 204) throw new Error(await taken.text())
  }
  const open = (typed = passphrase) =>
    send(operator, 'PUT', `${path}/contents`, { body: { passphrase: typed }, bindings: quiet })
  const card = async () => (await send(operator, 'GET', path)).json<Record<string, unknown>>()
  const run = async (bindings = quiet) => {
    for (let n = 0; n < 200; n++) {
      const outcome = await runImport(bindings, { importId: id, districtId: target.id }, () => Date.now(), 5)
      if (outcome === 'over') return
    }
    throw new Error('The import is never done')
  }
  return { operator, target, id, slug, path, open, card, run }
}

describe('a package', () => {
  it('leaves, comes to another ledger, and leaves again as the same', async ({ expect }) => {
    const here = await aBusyStreet()
    const { street, crew, photo, district } = here
    const first = await asked(street.id, crew.admin)
    expect(first.response.status).toBe(201)
    await made(street.id, first.id)
    const zip = await downloaded(street.id, first.id, crew.admin)
    const one = await unpacked(zip, first.passphrase)
    expect(one.entries).toHaveLength(one.files.size)
    expect(one.files.size).toBe(one.manifest.files.length + 1)
    const object = await env.EVIDENCE.head(`streets/${street.id}/photos/${photo}`)
    // No seal is made twice alike: what is under it is compared.
    const rowsOf = async (ledger: Db, table: CarriedTable) => {
      const rows = await readRows(ledger, table, street.id, { limit: 10_000 })
      const names = table.columns.map(({ name }) => name)
      return resealed(table.sealed, street.id, names, rows, (cell, cipher) => new Seals(env).open(cell, cipher))
    }
    const ledgerBefore = await Promise.all(streetTables().map((table) => rowsOf(street.db, table)))
    expect(JSON.stringify(ledgerBefore)).toContain(phone)
    await wiped(here)

    const { target, slug, open, card, run, path, operator } = await brought(zip, first.passphrase)
    expect((await open(aPassphrase())).status).toBe(422)
    expect((await open()).status).toBe(204)
    await run()
    expect(await card()).toMatchObject({ state: 'done', streetId: street.id, error: null })

    // Rows, objects with what lay beside them, and where it is found.
    const now = openLedger(env, target.ledger)
    for (const [n, table] of streetTables().entries()) {
      const stays = Object.values(streetOwned).find((owned) => owned.table === table.table)?.stays
      if (stays !== undefined) continue
      const of = (rows: readonly (readonly unknown[])[]) => rows.filter((row) => !row.includes('street.export'))
      expect(of(await rowsOf(now, table)), table.name).toEqual(of(ledgerBefore[n] ?? []))
    }
    expect(await env.EVIDENCE.head(`streets/${street.id}/photos/${photo}`)).toMatchObject({
      size: object?.size,
      httpMetadata: { contentType: 'image/jpeg' },
      customMetadata: { kept: 'photos' },
    })
    expect(await directory.select().from(streets).where(eq(streets.id, street.id))).toMatchObject([
      { slug, districtId: target.id, ledger: 'LEDGER_02' },
    ])
    // The package is not kept here.
    expect(await env.EVIDENCE.head(importKey(path.split('/').at(-1) as ImportId))).toBeNull()

    // People came as people and posts, and sign in once somebody has given them a password.
    expect(await directory.select().from(accounts).where(eq(accounts.userId, crew.admin))).toEqual([])
    const password = 'a phrase of my own'
    const link = (id: PersonId) => send(operator, 'POST', `${path}/administrators/${id}/link`)
    expect((await link(crew.grid)).status).toBe(404)
    const given = await link(crew.admin)
    expect(given.status).toBe(201)
    const token = (await given.json<{ path: string }>()).path.split('#')[1]
    expect((await send(null, 'PUT', '/api/invitation', { body: { token, password } })).status).toBe(200)
    expect((await link(crew.admin)).status).toBe(409)
    // The street's own record says so.
    const told = and(eq(securityEvents.ownerId, street.id), eq(securityEvents.kind, 'link-made'))
    expect(await directory.select().from(securityEvents).where(told)).toMatchObject([
      { actor: operator, subject: crew.admin, detail: '由平台运维办理' },
    ])
    const signedIn = await send(null, 'POST', '/api/session', { body: { username: crew.admin, password } })
    expect(signedIn.status).toBe(200)

    // And again: the same files, the same persons.
    const second = { id: anId<ExportId>('exp'), passphrase: aPassphrase() }
    await beganBy(crew.admin, second)
    await made(street.id, second.id)
    const two = await unpacked(await downloaded(street.id, second.id, await signedInAs(crew.admin)), second.passphrase)
    expect(two.manifest.digest).toBe(one.manifest.digest)
    expect([...two.files.keys()].sort()).toEqual([...one.files.keys()].sort())
    for (const [name, bytes] of one.files) {
      if (name.startsWith('personal/') || name === 'manifest.json') continue
      expect(same(bytes, two.files.get(name)), name).toBe(true)
    }
    expect([...two.opened]).toEqual([...one.opened])
    expect(one.opened.size).toBeGreaterThan(4)
    const bare = ({
      madeAt: _,
      key: _k,
      district: _d,
      street: { slug: _s, ...kept },
      files,
      ...rest
    }: typeof one.manifest) => ({
      ...rest,
      street: kept,
      files: files.map(({ sha256: sha, ...file }) => (file.path.startsWith('personal/') ? file : { ...file, sha })),
    })
    expect(bare(two.manifest)).toEqual(bare(one.manifest))
    // What the first district decided is still to be read, and is nobody's decision here.
    expect(one.files.has(`appendix/${district.id}/decisions/00001.jsonl`)).toBe(true)
    expect(await now.select().from(decisions).where(eq(decisions.streetId, street.id))).toEqual([])

    async function beganBy(who: PersonId, body: object) {
      const token = await signedInAs(who)
      const response = await send(token, 'POST', `/api/streets/${street.id}/exports`, { body, bindings: quiet })
      expect(response.status).toBe(201)
    }
  }, 60_000)

  it('opens what is kept under keys of its own, which come to be those of where it goes', async ({ expect }) => {
    const here = await aBusyStreet()
    const { street, crew } = here
    const first = await asked(street.id, crew.admin)
    await made(street.id, first.id)
    const zip = await downloaded(street.id, first.id, crew.admin)
    const one = await unpacked(zip, first.passphrase)
    const mine = one.opened.get('personal/people/00001.jsonl.enc') ?? ''
    expect(mine).toContain(`"phone_sealed":"${phone}"`)
    expect(mine).not.toContain('"v1.')
    expect(new TextDecoder('latin1').decode(zip)).not.toContain(phone)
    expect(one.manifest.tables.flatMap(({ name, opened }) => opened.map((column) => `${name}.${column}`))).toEqual([
      'people.phone_sealed',
      'filings.number_sealed',
      'enterprise_contacts.phone_sealed',
    ])
    await wiped(here)

    const { target, open, card, run } = await brought(zip, first.passphrase)
    await open()
    await run(elsewhere)
    expect(await card()).toMatchObject({ state: 'done', error: null })
    const now = openLedger(env, target.ledger)
    const [row] = await now
      .select()
      .from(people)
      .where(and(eq(people.streetId, street.id), eq(people.id, crew.grid)))
    expect(row).toMatchObject({ phoneMask: '138****5678', phoneSealed: expect.stringMatching(/^v7\./) })
    const cell = { streetId: street.id, column: 'people.phone', rowId: crew.grid } as const
    expect(await new Seals(elsewhere).open(cell, row?.phoneSealed ?? '')).toBe(phone)
    await expect(new Seals(env).open(cell, row?.phoneSealed ?? '')).rejects.toThrow(/DATA_KEYS/)
    // A change of keys that went by while the street was on its way is made up for.
    const its = and(eq(jobs.districtId, target.id), eq(jobs.key, 'rotate/7'))
    expect(await now.select({ state: jobs.state }).from(jobs).where(its)).toEqual([{ state: 'waiting' }])

    const second = await asked(street.id, await signedInAs(crew.admin))
    await made(street.id, second.id, elsewhere)
    const two = await unpacked(await downloaded(street.id, second.id, crew.admin), second.passphrase)
    expect(two.manifest.digest).toBe(one.manifest.digest)
    expect([...two.opened]).toEqual([...one.opened])
  }, 60_000)

  it('is not made with a number left out that does not open', async ({ expect }) => {
    const { street, crew } = await aBusyStreet()
    const { id } = await asked(street.id, crew.admin)
    await made(street.id, id, elsewhere)
    const found = await (await send(crew.admin, 'GET', `/api/streets/${street.id}/exports/${id}`)).json()
    expect(found).toMatchObject({ state: 'failed', error: expect.stringContaining('无法解密') })
  })

  it('holds one street and nothing of any other', async ({ expect }) => {
    const here = await aBusyStreet()
    const neighbour = await aStreet(here.district)
    const theirs = await aCrew(neighbour)
    await closed(neighbour, theirs, { place: '邻街道的秘密地点', description: '邻街道的秘密' })
    await env.EVIDENCE.put(`streets/${neighbour.id}/photos/${'c'.repeat(64)}`, 'theirs')
    const { id, passphrase } = await asked(here.street.id, here.crew.admin)
    await made(here.street.id, id)
    const { files, opened } = await unpacked(await downloaded(here.street.id, id, here.crew.admin), passphrase)
    const all =
      [...files].map(([path, bytes]) => path + new TextDecoder('latin1').decode(bytes)).join('') +
      [...opened.values()].join('')
    const text = [...files].map(([, bytes]) => new TextDecoder().decode(bytes)).join('') + [...opened.values()].join('')
    for (const marker of [neighbour.id, ...Object.values(theirs), ...Object.values(neighbour.places), 'c'.repeat(64)])
      expect(all.includes(marker), marker).toBe(false)
    expect(text).not.toContain('邻街道的秘密')
    for (const [path, bytes] of files) {
      if (!path.startsWith('rows/') || path.startsWith('rows/users/')) continue
      for (const line of new TextDecoder().decode(bytes).trim().split('\n'))
        expect(JSON.parse(line), path).toMatchObject({ street_id: here.street.id })
    }
    // Personal values stand in no plain file.
    const plain = [...files]
      .filter(([path]) => !path.startsWith('personal/'))
      .map(([, bytes]) => new TextDecoder().decode(bytes))
    expect(plain.join('')).not.toContain('张三')
    expect([...opened.values()].join('')).toContain('张三')
  })

  it('carries every table of the street, or says why one stays', async ({ expect }) => {
    const { street, crew } = await aBusyStreet()
    const { id, passphrase } = await asked(street.id, crew.admin)
    await made(street.id, id)
    const { manifest, files } = await unpacked(await downloaded(street.id, id, crew.admin), passphrase)
    const counts = await countRows(street.db, streetTables(), street.id)
    for (const { name, stays } of streetTables()) {
      const carried = manifest.tables.find((table) => table.name === name)
      expect((carried === undefined) !== (stays === undefined), name).toBe(true)
      if (!carried) {
        expect(manifest.excluded).toContainEqual({ name, why: stays })
        continue
      }
      const own = name === 'audit_log' ? 2 : 0
      expect(carried.rows, name).toBe((counts.get(name) ?? 0) - own)
    }
    expect(manifest.excluded.map(({ name }) => name)).toEqual(['answers', 'street_exports', 'leavings'])
    expect(manifest.digest).toBe(await sha256(digestText(manifest.files)))
    for (const { path, bytes, sha256: sha } of manifest.files) {
      const file = files.get(path)
      expect([file?.length, await sha256(file?.buffer ?? '')], path).toEqual([bytes, sha])
    }
  })

  it('ends in the same bytes wherever its making was cut off', async ({ expect }) => {
    const { street, crew } = await aBusyStreet()
    const run = (id: ExportId, now: number, bindings = quiet) =>
      runExport(bindings, { streetId: street.id, exportId: id }, () => now, 100)
    const clean = await asked(street.id, crew.admin)
    const counted = killedAt(Number.MAX_SAFE_INTEGER)
    expect(await run(clean.id, Date.now(), counted.bindings)).toBe('over')
    const whole = await unpacked(await downloaded(street.id, clean.id, crew.admin), clean.passphrase)
    expect(counted.calls()).toBeGreaterThan(80)
    let kills = 0
    for (let at = 2; at < counted.calls(); at += 11) {
      const { id, passphrase } = await asked(street.id, crew.admin)
      const now = Date.now()
      await expect(run(id, now, killedAt(at).bindings), String(at)).rejects.toThrow()
      // Killed after it took the job, it holds on to it until its time is over.
      const held = await run(id, now)
      if (at > 3) expect(['taken', 'over'], String(at)).toContain(held)
      expect(await run(id, now + heldFor + 1), String(at)).toBe('over')
      const again = await unpacked(await downloaded(street.id, id, crew.admin), passphrase)
      expect([...again.files.keys()], String(at)).toEqual([...whole.files.keys()])
      // Audit rows of earlier packages are part of the street by now.
      const theirs = (path: string) => /^(personal|manifest|rows\/audit_log)/.test(path)
      for (const [path, bytes] of whole.files) {
        if (!theirs(path)) expect(same(bytes, again.files.get(path)), `${at} ${path}`).toBe(true)
      }
      for (const [path, text] of whole.opened)
        if (!path.includes('audit_log')) expect(again.opened.get(path)).toBe(text)
      kills++
    }
    expect(kills).toBeGreaterThan(6)
  }, 120_000)
})

describe('a download', () => {
  it('goes on where it was broken off, and leaves its trace', async ({ expect }) => {
    const { street, crew } = await aBusyStreet()
    const { id } = await asked(street.id, crew.admin)
    const path = `/api/streets/${street.id}/exports/${id}/file`
    expect((await send(crew.admin, 'GET', path)).status).toBe(404)
    await made(street.id, id)
    const whole = await downloaded(street.id, id, crew.admin)
    const ask = async (range: string, more: Record<string, string> = {}) => {
      const response = await send(crew.admin, 'GET', path, { headers: { range, ...more } })
      return { response, bytes: new Uint8Array(await response.arrayBuffer()) }
    }
    const size = whole.length
    for (const [range, from, to] of [
      ['bytes=0-99', 0, 100],
      ['bytes=100-', 100, size],
      ['bytes=-50', size - 50, size],
      [`bytes=10-${size + 5}`, 10, size],
    ] as const) {
      const { response, bytes } = await ask(range)
      expect(response.status, range).toBe(206)
      expect(response.headers.get('content-range'), range).toBe(`bytes ${from}-${to - 1}/${size}`)
      expect(same(bytes, whole.subarray(from, to)), range).toBe(true)
    }
    for (const range of ['bytes=5-2', 'bytes=a-b', 'bytes=0-1,4-5', 'lines=1-2']) {
      expect((await ask(range)).response.status, range).toBe(200)
    }
    expect((await ask(`bytes=${size}-`)).response.status).toBe(416)
    expect((await ask('bytes=0-9', { 'if-range': '"another"' })).response.status).toBe(200)
    const [row] = await street.db
      .select()
      .from(streetExports)
      .where(and(eq(streetExports.streetId, street.id), eq(streetExports.id, id)))
    expect(row).toMatchObject({ state: 'ready', wrappedKey: null, work: null })
    expect(row?.downloads).toBeGreaterThan(8)
    const audit = await street.db.select().from(auditLog).where(eq(auditLog.subject, id))
    expect(audit.length).toBe(1 + (row?.downloads ?? 0))
  })

  it('is the administrator’s alone, for seven days', async ({ expect }) => {
    const { street, crew, district } = await aBusyStreet()
    const { id } = await asked(street.id, crew.admin)
    await made(street.id, id)
    const [base, other] = [`/api/streets/${street.id}/exports`, await aStreet(district)]
    const [stranger, overseer] = [await other.member('street-admin'), await district.overseer()]
    for (const path of [base, `${base}/${id}`, `${base}/${id}/file`]) {
      for (const who of [crew.inspector, crew.grid, crew.principal])
        expect((await send(who, 'GET', path)).status, path).toBe(403)
      for (const who of [stranger, overseer, await anOperator()])
        expect((await send(who, 'GET', path)).status).toBe(404)
    }
    // Of another street it is not there either.
    expect((await send(stranger, 'GET', `/api/streets/${other.id}/exports/${id}/file`)).status).toBe(404)
    expect((await send(stranger, 'DELETE', `/api/streets/${other.id}/exports/${id}`)).status).toBe(404)

    const sweep = (at: number) => scheduled({ cron: '*/10 * * * *', scheduledTime: at }, env)
    await sweep(Date.now() + 6 * day)
    expect((await send(crew.admin, 'GET', `${base}/${id}/file`)).status).toBe(200)
    // Some at a time; those of other tests are over too.
    for (let n = 0; n < 4; n++) await sweep(Date.now() + 8 * day)
    expect((await send(crew.admin, 'GET', `${base}/${id}/file`)).status).toBe(404)
    expect((await env.EVIDENCE.list({ prefix: `streets/${street.id}/exports/` })).objects).toEqual([])
    expect(await (await send(crew.admin, 'GET', `${base}/${id}`)).json()).toMatchObject({ state: 'gone' })
  })

  it('is deleted for good, also while it is being made', async ({ expect }) => {
    const { street, crew } = await aBusyStreet()
    const base = `/api/streets/${street.id}/exports`
    const { id } = await asked(street.id, crew.admin)
    // One at a time.
    expect((await asked(street.id, crew.admin)).response.status).toBe(409)
    await runExport(quiet, { streetId: street.id, exportId: id }, () => Date.now(), 25)
    expect((await send(crew.admin, 'DELETE', `${base}/${id}`)).status).toBe(204)
    expect((await send(crew.admin, 'DELETE', `${base}/${id}`)).status).toBe(409)
    expect(await runExport(quiet, { streetId: street.id, exportId: id }, () => Date.now())).toBe('over')
    expect((await env.EVIDENCE.list({ prefix: `streets/${street.id}/exports/` })).objects).toEqual([])
    const next = await asked(street.id, crew.admin)
    expect(next.response.status).toBe(201)
    await made(street.id, next.id)
    expect((await downloaded(street.id, next.id, crew.admin)).length).toBeGreaterThan(1_000)
  })

  it('keeps the passphrase nowhere, and refuses a weak one', async ({ expect }) => {
    const { street, crew } = await aBusyStreet()
    const { id, passphrase, response } = await asked(street.id, crew.admin)
    expect(await response.text()).not.toContain(passphrase)
    const bare = passphrase.replaceAll('-', '')
    for (const db of [env.DIRECTORY, ...ledgers(env).values()]) {
      const { results } = await db
        .prepare("select name from sqlite_master where type = 'table' and name not like '\\_cf%' escape '\\'")
        .all<{ name: string }>()
      for (const { name } of results) {
        if (/^(sqlite_|d1_)/.test(name)) continue
        const text = JSON.stringify((await db.prepare(`select * from "${name}"`).all()).results)
        expect(text.includes(passphrase) || text.includes(bare), name).toBe(false)
      }
    }
    for (const weak of ['', '123456', 'AAAA-BBBB', 'UUUU-UUUU-UUUU-UUUU-UUUU-UUUU']) {
      const refused = await send(crew.admin, 'POST', `/api/streets/${street.id}/exports`, {
        body: { id: anId<ExportId>('exp'), passphrase: weak },
      })
      expect(refused.status, weak).toBe(422)
      expect(await refused.json(), weak).toMatchObject({ errors: [{ pointer: '/passphrase' }] })
    }
    await made(street.id, id)
  })

  it('is of one moment: what changes while rows are read is read again', async ({ expect }) => {
    const { street, crew } = await aBusyStreet()
    const { id, passphrase } = await asked(street.id, crew.admin)
    await runExport(quiet, { streetId: street.id, exportId: id }, () => Date.now(), 10)
    const late = await filed(street, crew.grid, { place: '途中新增' })
    await made(street.id, id)
    const { opened, files } = await unpacked(await downloaded(street.id, id, crew.admin), passphrase)
    const text = (path: string) => new TextDecoder().decode(files.get(path))
    expect(text('rows/hazards/00001.jsonl')).toContain(late)
    expect(text('rows/hazard_events/00001.jsonl')).toContain(late)
    expect(opened.get('personal/hazard_events/00001.jsonl.enc')).toContain('途中新增')
  })
})

/** A package with one file of it changed and everything that speaks of it set right again, as a forger would. */
async function forged(
  zip: Uint8Array<ArrayBuffer>,
  passphrase: string,
  change: (path: string, text: string) => string,
  tell: (manifest: Manifest) => Manifest = (manifest) => manifest,
) {
  const { files, manifest } = await unpacked(zip, passphrase)
  const parts: Uint8Array<ArrayBuffer>[] = []
  const entries: ZipEntry[] = []
  let at = 0
  const add = (path: string, bytes: Uint8Array<ArrayBuffer>) => {
    const entry = { path, size: bytes.length, crc: checksum(bytes), at }
    const header = headerOf(entry)
    parts.push(header, bytes)
    entries.push(entry)
    at += header.length + bytes.length
  }
  const listed = []
  for (const file of manifest.files) {
    const bytes = files.get(file.path) ?? new Uint8Array(0)
    const text = file.path.startsWith('rows/') ? change(file.path, new TextDecoder().decode(bytes)) : null
    const now = text === null ? bytes : Uint8Array.from(new TextEncoder().encode(text))
    add(file.path, now)
    listed.push({ ...file, bytes: now.length, sha256: await sha256(now.buffer) })
  }
  const told = tell({ ...manifest, files: listed, digest: await sha256(digestText(listed)) })
  add('manifest.json', Uint8Array.from(new TextEncoder().encode(JSON.stringify(told))))
  return joined([...parts, directoryOf(entries, at)])
}

describe('a package that comes', () => {
  async function aPackage() {
    const here = await aBusyStreet()
    const { id, passphrase } = await asked(here.street.id, here.crew.admin)
    await made(here.street.id, id)
    const zip = await downloaded(here.street.id, id, here.crew.admin)
    return { here, zip, passphrase }
  }
  const rowsHere = async (street: { id: Parameters<typeof countRows>[2] }) => {
    const counts = await Promise.all(
      (['LEDGER_01', 'LEDGER_02'] as const).map((name) => countRows(openLedger(env, name), streetTables(), street.id)),
    )
    return counts.flatMap((one) => [...one.values()]).reduce((sum, n) => sum + n, 0)
  }

  it('is refused where its street is already, and as anything but a package', async ({ expect }) => {
    const { zip, passphrase } = await aPackage()
    const again = await brought(zip, passphrase)
    const refused = await again.open()
    expect(refused.status).toBe(409)
    expect(await refused.json()).toMatchObject({ detail: expect.stringContaining('已经在本系统中') })
    for (const rubbish of [new Uint8Array(500).fill(7), zip.slice(0, zip.length - 30), zip.slice(40)]) {
      const one = await brought(rubbish, passphrase)
      expect((await one.open()).status).toBe(409)
      expect(await one.card()).toMatchObject({ state: 'uploading', streetId: null })
    }
  })

  it('writes nothing when one byte of it is another, or a row is of another street', async ({ expect }) => {
    const { here, zip, passphrase } = await aPackage()
    await wiped(here)
    const { entries } = await unpacked(zip, passphrase)
    const photo = entries.find(({ path }) => path.startsWith('objects/photos/'))
    const damaged = zip.slice()
    const where = (photo?.at ?? 0) + 30 + (photo?.path.length ?? 0) + 5
    damaged[where] = (damaged[where] ?? 0) ^ 1
    const other = anId('str')
    const bad: [Uint8Array<ArrayBuffer>, RegExp][] = [
      [damaged, /损坏/],
      [
        await forged(zip, passphrase, (path, text) =>
          path.startsWith('rows/grids/') ? text.replace(here.street.id, other) : text,
        ),
        /其他街道/,
      ],
      [
        await forged(zip, passphrase, (path, text) =>
          path.startsWith('rows/grids/') ? text.replaceAll('"name"', '"title"') : text,
        ),
        /列与清单不符/,
      ],
      [
        await forged(zip, passphrase, (path, text) =>
          path.startsWith('rows/hazards/') ? text.slice(0, text.indexOf('\n') + 1) : text,
        ),
        /行数与清单不符/,
      ],
      [
        await forged(
          zip,
          passphrase,
          (_, text) => text,
          (told) => ({ ...told, tables: told.tables.map((table) => ({ ...table, opened: [] })) }),
        ),
        /加密保存的约定不同/,
      ],
    ]
    for (const [bytes, words] of bad) {
      const one = await brought(bytes, passphrase)
      expect((await one.open()).status, String(words)).toBe(204)
      await one.run()
      expect(await one.card(), String(words)).toMatchObject({ state: 'failed', error: expect.stringMatching(words) })
      expect(await rowsHere(here.street), String(words)).toBe(0)
      expect(await directory.select().from(streets).where(eq(streets.id, here.street.id))).toEqual([])
      expect((await env.EVIDENCE.list({ prefix: streetPrefix(here.street.id) })).objects).toEqual([])
    }
    // And then the sound one is let in.
    const sound = await brought(zip, passphrase)
    expect((await sound.open()).status).toBe(204)
    await sound.run()
    expect(await sound.card()).toMatchObject({ state: 'done' })
  }, 60_000)

  it('is nobody’s street until all of it is there, wherever its import was cut off', async ({ expect }) => {
    const { here, zip, passphrase } = await aPackage()
    await wiped(here)
    let kills = 0
    for (let at = 2; ; at += 41) {
      const one = await brought(zip, passphrase)
      await one.open()
      const run = (now: number, bindings = quiet) =>
        runImport(bindings, { importId: one.id, districtId: one.target.id }, () => now, 200)
      const killed = await run(Date.now(), killedAt(at).bindings).then(
        () => false,
        () => true,
      )
      const [street] = await directory.select().from(streets).where(eq(streets.id, here.street.id))
      if (!street) expect(await one.card(), String(at)).not.toMatchObject({ state: 'done' })
      expect(await run(Date.now() + 2 * heldFor), String(at)).toBe('over')
      expect(await one.card(), String(at)).toMatchObject({ state: 'done', error: null })
      expect(await rowsHere(here.street), String(at)).toBeGreaterThan(40)
      if (!killed) break
      kills++
      // Away with it, for the next.
      for (const table of streetTables().reverse())
        await deleteRows(openLedger(env, 'LEDGER_02'), table, here.street.id, 10_000)
      await wiped(here)
    }
    expect(kills).toBeGreaterThan(2)
  }, 120_000)

  it('leaves nothing behind when it is called off half-way, and can be brought again', async ({ expect }) => {
    const { here, zip, passphrase } = await aPackage()
    await wiped(here)
    const one = await brought(zip, passphrase)
    await one.open()
    const run = (most: number) =>
      runImport(quiet, { importId: one.id, districtId: one.target.id }, () => Date.now(), most)
    await run(12)
    expect(await rowsHere(here.street)).toBeGreaterThan(0)
    // Nobody else brings the same street meanwhile.
    const twin = await brought(zip, passphrase)
    expect((await twin.open()).status).toBe(409)
    expect((await send(one.operator, 'DELETE', one.path)).status).toBe(204)
    expect((await send(one.operator, 'DELETE', one.path)).status).toBe(204)
    await one.run()
    expect(await rowsHere(here.street)).toBe(0)
    expect(await env.EVIDENCE.head(importKey(one.id))).toBeNull()
    expect((await env.EVIDENCE.list({ prefix: streetPrefix(here.street.id) })).objects).toEqual([])
    expect((await twin.open()).status).toBe(204)
    await twin.run()
    expect(await twin.card()).toMatchObject({ state: 'done' })
    expect((await send(one.operator, 'DELETE', twin.path)).status).toBe(409)
    expect(await directory.select().from(streetImports).where(eq(streetImports.id, one.id))).toMatchObject([
      { state: 'cancelled', wrappedKey: null },
    ])
  })

  it('is taken in parts that have the length they should', async ({ expect }) => {
    const [operator, district] = [await anOperator(), await aDistrict()]
    const id = anId<ImportId>('imp')
    const begin = (body: object) => send(operator, 'POST', '/api/platform/imports', { body })
    const asking = { id, districtId: district.id, slug: `p${id.slice(-8)}`, size: 9 * 1024 * 1024 }
    expect((await begin(asking)).status).toBe(201)
    expect((await begin(asking)).status).toBe(201)
    expect((await begin({ ...asking, size: 100 })).status).toBe(409)
    const put = (part: number | string, bytes: number) =>
      send(operator, 'PUT', `/api/platform/imports/${id}/parts/${part}`, { body: new Uint8Array(bytes) })
    expect((await put(1, 100)).status).toBe(422)
    expect((await put(2, 8 * 1024 * 1024)).status).toBe(422)
    for (const part of [0, 3, 'x', '1e3']) expect((await put(part, 100)).status, String(part)).toBe(404)
    expect((await put(2, 1024 * 1024)).status).toBe(204)
    const contents = await send(operator, 'PUT', `/api/platform/imports/${id}/contents`, {
      body: { passphrase: aPassphrase() },
    })
    expect(await contents.json()).toMatchObject({ detail: expect.stringContaining('还有 1 段') })
    for (const slug of [district.slug, 'A b', 'x']) {
      const refused = await begin({ ...asking, id: anId<ImportId>('imp'), slug })
      expect(await refused.json(), slug).toMatchObject({ errors: [{ pointer: '/slug' }] })
    }
  })
})
