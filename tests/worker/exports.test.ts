import { env } from 'cloudflare:workers'
import { describe, it } from 'vitest'
import { digestText } from '@app/shared/exports/manifest'
import type { ExportId, ImportId, PersonId, PhotoId } from '@app/shared/ids'
import { partsOf } from '@app/shared/tenants/imports'
import { day } from '@app/shared/time'
import { openDirectory, openLedger } from '../../worker/db/client'
import { accounts, slugs, streetImports, streetPosts, streets, users } from '../../worker/db/directory'
import { decisions, hazardEvents, hazards, streetExports, streetOwned } from '../../worker/db/ledger'
import { and, eq, inArray } from '../../worker/db/operators'
import { runExport } from '../../worker/platform/exports'
import { runImport } from '../../worker/platform/imports'
import { clearObjects, importKey, streetPrefix } from '../../worker/platform/packages'
import { countRows, deleteRows, readRows, streetTables } from '../../worker/platform/rows'
import { scheduled } from '../../worker/platform/schedule'
import { heldFor } from '../../worker/platform/units'
import { checksum, directoryOf, headerOf, joined } from '../../worker/platform/zip'
import { sha256 } from '../../worker/sha256'
import { aCrew, closed, filed } from './course'
import { aPassphrase, asked, downloaded, killedAt, made, quiet, unpacked } from './packages'
import { png } from './pictures'
import { aDistrict, anId, anOperator, aStreet, send } from './street'

const directory = openDirectory(env)

const same = (one: Uint8Array, other: Uint8Array | undefined) =>
  other !== undefined && one.length === other.length && one.every((byte, at) => byte === other[at])

async function aBusyStreet() {
  const district = await aDistrict('LEDGER_01')
  const street = await aStreet(district)
  const crew = await aCrew(street)
  for (let n = 0; n < 3; n++) await closed(street, crew)
  const photo = await street.photo(crew.grid)
  await filed(street, crew.grid, { photos: [photo as PhotoId] })
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
  const its = Object.values(crew) as PersonId[]
  await directory.batch([
    directory.delete(streetPosts).where(eq(streetPosts.streetId, street.id)),
    directory.delete(slugs).where(eq(slugs.id, street.id)),
    directory.delete(streets).where(eq(streets.id, street.id)),
    directory.delete(users).where(inArray(users.id, its)),
  ])
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
    const ledgerBefore = await Promise.all(
      streetTables().map(async (table) => readRows(street.db, table, street.id, { limit: 10_000 })),
    )
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
      expect(of(await readRows(now, table, street.id, { limit: 10_000 })), table.name).toEqual(
        of(ledgerBefore[n] ?? []),
      )
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
    const password = 'a first password'
    const invited = { body: { personId: crew.admin, password } }
    expect(
      (await send(operator, 'PUT', `${path}/administrator`, { body: { personId: crew.grid, password } })).status,
    ).toBe(404)
    expect((await send(operator, 'PUT', `${path}/administrator`, invited)).status).toBe(204)
    expect((await send(operator, 'PUT', `${path}/administrator`, invited)).status).toBe(409)
    const signedIn = await send(null, 'POST', '/api/session', { body: { username: crew.admin, password } })
    expect(signedIn.status).toBe(204)

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

    async function signedInAs(who: PersonId) {
      const at = new Date()
      await env.DIRECTORY.prepare(
        'insert or replace into sessions (id, token, user_id, expires_at, created_at, updated_at) values (?1, ?1, ?1, ?2, ?3, ?3)',
      )
        .bind(who, at.getTime() + day, at.getTime())
        .run()
      return who
    }
    async function beganBy(who: PersonId, body: object) {
      const token = await signedInAs(who)
      const response = await send(token, 'POST', `/api/streets/${street.id}/exports`, { body, bindings: quiet })
      expect(response.status).toBe(201)
    }
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
    expect(manifest.excluded.map(({ name }) => name)).toEqual(['answers', 'street_exports'])
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
    for (let at = 2; at < counted.calls(); at += 7) {
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
    expect(kills).toBeGreaterThan(10)
  }, 120_000)
})
