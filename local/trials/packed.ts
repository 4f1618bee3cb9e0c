import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { unzipSync } from 'fflate'
import { firstBroken } from '@app/shared/events/chain'
import { type Manifest, manifestPath } from '@app/shared/exports/manifest'
import { type ExportCard, passphraseOf } from '@app/shared/exports/schema'
import { sealedOf } from '@app/shared/hazards/effects'
import { idFrom } from '@app/shared/ids'
import { type ImportCard, importPartBytes, partsOf } from '@app/shared/tenants/imports'
import { keyOfPassphrase, openFile, packageKey } from '../../worker/platform/seal'
import { migrate } from '../databases'
import { demoPassword, demoPasswordHash } from '../demo/accounts'
import { openStorage } from '../product'
import { call } from './client'
import type { Figure } from './figure'
import { databasesUnder, ledgersUnder } from './files'
import { aFolder, freePort, readyData, startServer } from './server'

const digest = (text: string) => Promise.resolve(createHash('sha256').update(text).digest('hex'))
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const newId = (prefix: string) => idFrom(prefix, Date.now(), randomBytes(16))
const seconds = (since: number) => Math.round((performance.now() - since) / 100) / 10
/** What the administrator chooses in the second deployment; the demonstration's own would not do there. */
/** Much longer than any of it takes. */
const patience = 600_000

export const packed: Figure = {
  name: 'R15+R16',
  figure:
    'every street of the demonstration exported, taken in by an empty deployment and exported again: identical files, equal personal values, sound chains, 0 rows of others inside',
  async try() {
    // Every street of the demonstration leaves, by one administrator who is given a post in each.
    const here = await readyData()
    giveTheKeys(here)
    let server = await startServer(here, await freePort())
    const admin = await signIn(server.address, username)
    const streets = await streetsOf(server.address, admin)
    const numbers = new Map<string, string[]>()
    for (const { id } of streets) numbers.set(id, await numbered(server.address, admin, id))
    const began = performance.now()
    const first = new Map<string, Left>()
    for (const { id } of streets) first.set(id, await exported(server.address, admin, id))
    const exportSeconds = seconds(began)
    await server.stop()

    // Another deployment, of its own data and with nothing in it but a district and who runs it.
    const there = join(aFolder(), 'data')
    const districtId = await emptyDeployment(there)
    const keys = { DATA_KEYS: `9:${randomBytes(32).toString('base64')}` }
    server = await startServer(there, await freePort(), keys)
    const operator = await signIn(server.address, 'trial.operator')
    const arriving = performance.now()
    for (const { id, slug } of streets) await imported(server.address, operator, districtId, slug, left(first, id))
    const importSeconds = seconds(arriving)

    // Its administrator signs in there, and each street leaves again.
    const again = await signIn(server.address, username)
    const second = new Map<string, Left>()
    for (const { id } of streets) second.set(id, await exported(server.address, again, id))
    await server.stop()

    const sum = {
      streets: streets.length,
      rows: 0,
      photos: 0,
      objects: 0,
      files: 0,
      bytes: 0,
      exportSeconds,
      importSeconds,
      differences: 0,
      personalLines: 0,
      numbers: 0,
      numbersWrong: 0,
      hazards: 0,
      events: 0,
      brokenChains: 0,
      tablesCounted: 0,
      tablesWrong: 0,
      idsOfOthersTried: 0,
      idsOfOthersFound: 0,
    }
    const different: string[] = []
    for (const { id } of streets) {
      const [one, two] = [await unpacked(left(first, id)), await unpacked(left(second, id))]
      const { manifest } = one
      const [unlike, foreign, chains] = [differences(one, two), strangers(here, one), await chainsOf(one)]
      const kept = rowsKept(there, manifest)
      const given = numbers.get(id) ?? []
      const under = (folder: string) => manifest.files.filter(({ path }) => path.startsWith(folder)).length
      different.push(...unlike)
      sum.rows += manifest.tables.reduce((all, { rows }) => all + rows, 0)
      sum.photos += under('objects/photos/')
      sum.objects += under('objects/')
      sum.files += manifest.files.length
      sum.bytes += left(first, id).zip.length
      sum.differences += unlike.length
      sum.personalLines += [...one.opened.values()].reduce((all, text) => all + text.split('\n').length - 1, 0)
      sum.numbers += given.length
      sum.numbersWrong += numbersWrong(there, id, given, two)
      sum.hazards += chains.hazards
      sum.events += chains.events
      sum.brokenChains += chains.broken
      sum.tablesCounted += kept.tables
      sum.tablesWrong += kept.wrong
      sum.idsOfOthersTried += foreign.tried
      sum.idsOfOthersFound += foreign.found
    }
    const faults = sum.differences + sum.idsOfOthersFound + sum.brokenChains + sum.tablesWrong + sum.numbersWrong
    const [some] = first.values()
    return {
      held: faults === 0 && sum.hazards > 2_000 && sum.photos > 200 && sum.numbers > 100,
      ...sum,
      ...(different.length > 0 && { different: different.slice(0, 5) }),
      otherReader: some ? otherReader(some.zip) : null,
    }
  },
}

const username = 'lehua.admin'

function left(all: ReadonlyMap<string, Left>, id: string): Left {
  const found = all.get(id)
  if (!found) throw new Error(`There is no package of ${id}`)
  return found
}

/** Gives one administrator a post in every street, since the demonstration has accounts in two of them only. */
function giveTheKeys(data: string): void {
  for (const database of databasesUnder(data)) {
    if (!database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'street_posts'").get()) continue
    database
      .prepare(
        `INSERT INTO street_posts (id, street_id, user_id, role, reach, state, since)
         SELECT 'pst_' || substr(s.id, -14) || substr(u.id, -20), s.id, u.id, 'street-admin', '{"within":"street"}', 'active', 0 FROM streets s, users u
         WHERE u.username = ? AND NOT EXISTS (SELECT 1 FROM street_posts p WHERE p.street_id = s.id AND p.user_id = u.id)`,
      )
      .run(username)
  }
}

async function streetsOf(address: string, cookie: string): Promise<{ id: string; slug: string }[]> {
  const { posts } = await ask<{ posts: { kind: string; id: string; slug: string }[] }>(
    address,
    cookie,
    'GET',
    '/api/me',
  )
  return posts.filter(({ kind }) => kind === 'street')
}

interface Left {
  readonly zip: Uint8Array<ArrayBuffer>
  readonly passphrase: string
}

interface Unpacked {
  readonly manifest: Manifest
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly opened: ReadonlyMap<string, string>
}

async function signIn(address: string, username: string): Promise<string> {
  const { status, body, cookies } = await call(address, '', 'POST', '/api/session', {
    body: JSON.stringify({ username, password: demoPassword }),
  })
  if (status !== 200) throw new Error(`${username} could not sign in: ${status} ${body}`)
  return cookies.map((set) => set.split(';')[0]).join('; ')
}

/** Proves again who is there: the machine may be so slow that signing in is too long ago. */
const prove = (address: string, cookie: string) =>
  ask<void>(address, cookie, 'PUT', '/api/session/verification', { password: demoPassword })

/** Gives people of a street telephone numbers, which are kept under the deployment's own keys; answers them. */
async function numbered(address: string, cookie: string, streetId: string): Promise<string[]> {
  const here = `/api/streets/${streetId}/people`
  await prove(address, cookie)
  const { items } = await ask<{ items: { id: string; active: boolean }[] }>(address, cookie, 'GET', here)
  const some = items.filter(({ active }) => active).slice(0, 25)
  const numbers = some.map((_, at) => `139${streetId.replace(/\D/g, '').slice(-4).padStart(4, '0')}${1_000 + at}`)
  for (const [at, { id }] of some.entries())
    await ask(address, cookie, 'PUT', `${here}/${id}/phone`, { phone: numbers[at] })
  return numbers
}

/** How many of the numbers do not leave the second deployment as they were, or lie in it but under a key of its own. */
function numbersWrong(data: string, streetId: string, numbers: readonly string[], { opened }: Unpacked): number {
  const left = [...opened].filter(([path]) => path.startsWith('personal/people/')).map(([, text]) => text)
  let sealed = 0
  for (const ledger of ledgersUnder(data))
    sealed += ledger
      .prepare("SELECT id FROM people WHERE street_id = ? AND phone_sealed LIKE 'v9.%'")
      .all(streetId).length
  const missing = numbers.filter((number) => !left.join('').includes(`"phone_sealed":"${number}"`))
  return missing.length + Math.abs(numbers.length - sealed)
}

async function ask<T>(address: string, cookie: string, method: string, path: string, json?: object): Promise<T> {
  const { status, body } = await call(address, cookie, method, path, json ? { body: JSON.stringify(json) } : {})
  if (status >= 300) throw new Error(`${method} ${path} answered ${status}: ${body}`)
  // Safe: each caller names what the route's schema says.
  return (body ? JSON.parse(body) : undefined) as T
}

/** Has a street exported, and downloads the package. */
async function exported(address: string, cookie: string, streetId: string): Promise<Left> {
  const [id, passphrase] = [newId('exp'), passphraseOf(randomBytes(24))]
  const here = `/api/streets/${streetId}/exports`
  await prove(address, cookie)
  await ask(address, cookie, 'POST', here, { id, passphrase })
  await until(async () => {
    const { state, error } = await ask<ExportCard>(address, cookie, 'GET', `${here}/${id}`)
    if (state === 'failed') throw new Error(error ?? 'It failed')
    return state === 'ready'
  })
  const response = await fetch(`${address}${here}/${id}/file`, { headers: { cookie } })
  if (response.status !== 200) throw new Error(`The download was answered with ${response.status}`)
  return { zip: new Uint8Array(await response.arrayBuffer()), passphrase }
}

/** Has a package taken in, and gives its administrator a password where that person has none here yet. */
async function imported(
  address: string,
  cookie: string,
  districtId: string,
  slug: string,
  { zip, passphrase }: Left,
): Promise<void> {
  const id = newId('imp')
  const path = `/api/platform/imports/${id}`
  await prove(address, cookie)
  await ask(address, cookie, 'POST', '/api/platform/imports', { id, districtId, slug, size: zip.length })
  for (let part = 1; part <= partsOf(zip.length); part++) {
    const body = zip.slice((part - 1) * importPartBytes, part * importPartBytes)
    const { status } = await call(address, cookie, 'PUT', `${path}/parts/${part}`, {
      body,
      type: 'application/octet-stream',
      patience: 60_000,
    })
    if (status !== 204) throw new Error(`Part ${part} was answered with ${status}`)
  }
  await ask(address, cookie, 'PUT', `${path}/contents`, { passphrase })
  let card: ImportCard | undefined
  await until(async () => {
    card = await ask<ImportCard>(address, cookie, 'GET', path)
    if (card.state === 'failed') throw new Error(card.error ?? 'It failed')
    return card.state === 'done'
  })
  const person = card?.administrators.find((one) => one.username === username)
  if (!person) throw new Error('The administrator has not come along')
  if (person.hasPassword) return
  const link = await ask<{ path: string }>(address, cookie, 'POST', `${path}/administrators/${person.id}/link`)
  await ask(address, '', 'PUT', '/api/invitation', { token: link.path.split('#')[1], password: demoPassword })
}

async function until(done: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + patience
  while (!(await done())) {
    if (performance.now() > end) throw new Error('It is never done')
    await sleep(200)
  }
}

/** Opens a package with a reader that shares nothing with the one that wrote it. */
async function unpacked({ zip, passphrase }: Left): Promise<Unpacked> {
  const files = new Map(Object.entries(unzipSync(zip)))
  // Safe: the product has written it.
  const manifest = JSON.parse(new TextDecoder().decode(files.get(manifestPath))) as Manifest
  const key = await packageKey(await keyOfPassphrase(passphrase, manifest.key.salt))
  const opened = new Map<string, string>()
  for (const [path, bytes] of files) {
    if (path.startsWith('personal/')) opened.set(path, await openFile(key, path, Uint8Array.from(bytes)))
  }
  return { manifest, files, opened }
}

/** What is not the same in two packages: files, their personal halves once opened, and what the manifests say. */
function differences(one: Unpacked, two: Unpacked): string[] {
  const paths = [...new Set([...one.files.keys(), ...two.files.keys()])]
  const files = paths.filter((path) => {
    if (path === manifestPath) return false
    if (path.startsWith('personal/')) return one.opened.get(path) !== two.opened.get(path)
    const [a, b] = [one.files.get(path), two.files.get(path)]
    return !a || !b || Buffer.compare(a, b) !== 0
  })
  const bare = ({ manifest: { madeAt: _, key: _k, district: _d, street, files: all, ...rest } }: Unpacked) =>
    JSON.stringify({
      ...rest,
      street,
      all: all.map(({ sha256: sha, ...file }) => (file.path.startsWith('personal/') ? file : { ...file, sha })),
    })
  const damaged = [one, two].flatMap(({ manifest, files: of }) =>
    manifest.files.filter(({ path, sha256: sha }) => sha256(of.get(path) ?? new Uint8Array(0)) !== sha),
  )
  return [...files, ...(bare(one) === bare(two) ? [] : [manifestPath]), ...damaged.map(({ path }) => path)]
}

/** Looks in a package for any id that belongs to another street or district of the deployment it comes from. */
function strangers(data: string, { manifest, files, opened }: Unpacked): { tried: number; found: number } {
  const others = new Set<string>()
  const own = new Set<string>([manifest.street.id, manifest.district.id])
  for (const ledger of ledgersUnder(data)) {
    for (const table of ['communities', 'grids', 'enterprises', 'hazards', 'photos', 'audit_log']) {
      for (const row of ledger.prepare(`SELECT street_id, id FROM ${table}`).all()) {
        const id = String(row['id'])
        if (row['street_id'] === manifest.street.id) own.add(id)
        else others.add(id).add(String(row['street_id']))
      }
    }
    for (const row of ledger.prepare('SELECT street_id, id FROM people').all()) {
      if (row['street_id'] === manifest.street.id) own.add(String(row['id']))
      else others.add(String(row['id']))
    }
  }
  for (const database of databasesUnder(data)) {
    if (!database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'street_posts'").get()) continue
    for (const row of database.prepare('SELECT user_id FROM street_posts WHERE street_id = ?').all(manifest.street.id))
      own.add(String(row['user_id']))
  }
  for (const id of own) others.delete(id)
  const read = new Set<string>()
  const look = (text: string) => {
    for (const [id] of text.matchAll(/\b[a-z]{3}_[0-9a-z]{10,40}\b|\b[0-9a-f]{64}\b/g)) read.add(id)
  }
  for (const [path, bytes] of files) {
    look(path)
    if (/^(rows|appendix)\//.test(path)) look(new TextDecoder().decode(bytes))
  }
  for (const text of opened.values()) look(text)
  return { tried: others.size, found: [...others].filter((id) => read.has(id)).length }
}

/** Checks every chain of events that the package holds, with the words and salts of its sealed half. */
async function chainsOf({ files, opened }: Unpacked): Promise<{ hazards: number; events: number; broken: number }> {
  const rowsOf = (table: string) => {
    const paths = [...files.keys()].filter((path) => path.startsWith(`rows/${table}/`)).sort()
    return paths.flatMap((path) => {
      const sealed = opened.get(`${path.replace(/^rows/, 'personal')}.enc`)?.split('\n') ?? []
      const lines = new TextDecoder().decode(files.get(path)).split('\n').slice(0, -1)
      return lines.map((line, at) => ({
        ...(JSON.parse(line) as Record<string, string | number | null>),
        ...(sealed[at] ? (JSON.parse(sealed[at]) as Record<string, string | null>) : {}),
      }))
    })
  }
  const events = Map.groupBy(rowsOf('hazard_events'), ({ hazard_id: id }) => id)
  let [broken, count] = [0, 0]
  const hazards = rowsOf('hazards')
  for (const { id, head } of hazards) {
    const its = events.get(id ?? '') ?? []
    count += its.length
    const parsed = (value: string | number | null | undefined): unknown =>
      value === null || value === undefined ? null : JSON.parse(String(value))
    const sealed = its.map((row) =>
      // Safe: the table's columns are an event's fields.
      sealedOf({
        streetId: row['street_id'],
        hazardId: row['hazard_id'],
        seq: row['seq'],
        round: row['round'],
        deed: row['deed'],
        actor: row['actor'],
        role: row['role'],
        observedAt: row['observed_at'],
        receivedAt: row['received_at'],
        before: parsed(row['before']),
        after: parsed(row['after']),
        photos: parsed(row['photos']),
        said: row['said'],
        texts: parsed(row['texts']),
        salt: row['salt'],
        wordsDigest: row['words_digest'],
        hash: row['hash'],
      } as Parameters<typeof sealedOf>[0]),
    )
    if ((await firstBroken(sealed, String(head), digest)) !== null) broken++
  }
  return { hazards: hazards.length, events: count, broken }
}

/** Counts in the database files of the deployment that took the street in. */
function rowsKept(data: string, { street, tables }: Manifest): { tables: number; wrong: number } {
  let [seen, wrong] = [0, 0]
  for (const database of databasesUnder(data)) {
    for (const { name, rows } of tables) {
      if (!database.prepare('SELECT 1 FROM sqlite_master WHERE name = ?').get(name)) continue
      // Accounts belong to a deployment and not to a street.
      if (name === 'users') continue
      const found = database.prepare(`SELECT count(*) n FROM ${name} WHERE street_id = ?`).get(street.id)
      // Of two ledgers one has them all.
      if (Number(found?.['n']) === 0 && rows > 0) continue
      seen++
      // Its leaving once more has left two rows: that the package was asked for, and that it was taken.
      const more = name === 'audit_log' ? Number(found?.['n']) - rows - 2 : Number(found?.['n']) - rows
      if (more !== 0) wrong++
    }
  }
  return { tables: seen, wrong }
}

/** Whether another program of this machine finds the archive whole; null where there is none. */
function otherReader(zip: Uint8Array): string | null {
  const file = join(aFolder(), 'package.zip')
  writeFileSync(file, zip)
  const { status, stdout } = spawnSync('unzip', ['-tq', file], { encoding: 'utf8' })
  return status === 0 ? stdout.trim().replace(file, 'package.zip') : null
}

/** A data folder with its databases, one district, and somebody who runs it. Answers the district's id. */
async function emptyDeployment(data: string): Promise<string> {
  const storage = await openStorage(data)
  try {
    await migrate(storage)
    const [user, district, now] = [newId('usr'), newId('dis'), Date.now()]
    const run = (sql: string, ...values: (string | number)[]) =>
      storage.directory
        .prepare(sql)
        .bind(...values)
        .run()
    await run(
      'INSERT INTO users (id, name, email, email_verified, username, created_at, updated_at) VALUES (?1, ?2, ?3, 0, ?4, ?5, ?5)',
      user,
      '平台运维',
      'trial.operator@zhiben.invalid',
      'trial.operator',
      now,
    )
    await run(
      "INSERT INTO accounts (id, account_id, provider_id, user_id, password, created_at, updated_at) VALUES (?1, ?1, 'credential', ?1, ?2, ?3, ?3)",
      user,
      demoPasswordHash(randomBytes(16)),
      now,
    )
    await run('INSERT INTO operators (user_id) VALUES (?1)', user)
    await run("INSERT INTO slugs (slug, kind, id) VALUES ('trial', 'district', ?1)", district)
    await run(
      "INSERT INTO districts (id, slug, name, ledger, demo) VALUES (?1, 'trial', '演示区', 'LEDGER_02', 1)",
      district,
    )
    return district
  } finally {
    await storage.close()
  }
}
