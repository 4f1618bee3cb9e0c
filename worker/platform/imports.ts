import { type SQL, and, asc, desc, eq, inArray, isNotNull, isNull, lt, ne, notInArray, sql } from 'drizzle-orm'
import * as v from 'valibot'
import { can, streetRoles } from '@app/shared/capabilities'
import { canonical, type Json } from '@app/shared/events/chain'
import { digestText, isSealed, Manifest, manifestPath, type PackageTable } from '@app/shared/exports/manifest'
import type { DistrictId, ImportId, PersonId } from '@app/shared/ids'
import { keyOf } from '@app/shared/jobs'
import { Problem } from '@app/shared/problem'
import { type ImportCard, type NewImport, partLength, partsOf } from '@app/shared/tenants/imports'
import { type Db, type LedgerName, openDirectory, openLedger } from '../db/client'
import { accounts, districts, importParts, slugs, streetImports, streetPosts, streets, users } from '../db/directory'
import { among } from '../db/operators'
import { mentions } from '../db/refusals'
import type { Env } from '../env'
import { sha256 } from '../sha256'
import { Seals } from '../tenancy/seals'
import { arm } from './armed'
import { clearObjects, importKey, keyOfPath, metadataOf, streetPrefix } from './packages'
import {
  countRows,
  deleteRows,
  directoryTables,
  insertions,
  insertRows,
  migrationsOf,
  resealed,
  type Row,
  streetTables,
  type Value,
  valuesOf,
} from './rows'
import { keyOfPassphrase, openFile, packageKey, unwrapKey, wrapKey } from './seal'
import { type LongJob, type Outcome, runUnits } from './units'
import { NoArchive, readDirectory, readEntry, type Reader, type ZipEntry } from './zip'

/** What one unit reads at most. */
const bytesPerUnit = 32 * 1024 * 1024
const filesPerUnit = 150
const unitsPerRun = 24
const rowsPerDeletion = 1_000

type ImportRow = typeof streetImports.$inferSelect

/** How far the taking in has come: files checked, tables' files copied, objects put. */
type Work = { readonly phase: 'checking' | 'rows' | 'objects' | 'street'; readonly next: number }

/** Why a package cannot be taken in; said to the operator, and nothing is kept of it. */
class Unfit extends Error {
  override name = 'Unfit'
}

/** A package as it lies here. */
interface Package {
  readonly manifest: Manifest
  /** Files in the order of their paths, each with where it lies. */
  readonly files: readonly { readonly file: Manifest['files'][number]; readonly entry: ZipEntry }[]
  read(path: string): Promise<Uint8Array<ArrayBuffer>>
}

/** What the operator may do with packages from elsewhere. Each may be asked again, and then changes nothing more. */
export class Imports {
  readonly #env: Env
  readonly #directory: Db
  readonly #by: PersonId

  constructor(env: Env, by: PersonId) {
    this.#env = env
    this.#directory = openDirectory(env)
    this.#by = by
  }

  /** Makes room for a package. Throws `invalid-input` for an address that is taken, or a district that is not there. */
  async begin({ id, districtId, slug, size }: NewImport, now: number): Promise<void> {
    const [[known], [district], [taken]] = await this.#directory.batch([
      this.#directory
        .select({ size: streetImports.size, slug: streetImports.slug, districtId: streetImports.districtId })
        .from(streetImports)
        .where(eq(streetImports.id, id)),
      this.#directory.select({ id: districts.id }).from(districts).where(eq(districts.id, districtId)),
      this.#directory.select({ slug: slugs.slug }).from(slugs).where(eq(slugs.slug, slug)),
    ])
    if (known) {
      if (known.size === size && known.slug === slug && known.districtId === districtId) return
      throw new Problem('already-there')
    }
    if (!district) throw refused('/districtId', '没有这个区')
    if (taken) throw refused('/slug', '这个网址名已经有人使用，请换一个')
    const upload = await this.#env.EVIDENCE.createMultipartUpload(importKey(id), {
      httpMetadata: { contentType: 'application/zip' },
    })
    await this.#directory
      .insert(streetImports)
      .values({ id, districtId, slug, size, state: 'uploading', by: this.#by, at: now, upload: upload.uploadId })
  }

  /** Takes one part of the package; the same again takes its place. Throws `invalid-input` for one of a wrong length. */
  async takePart(id: ImportId, part: number, body: ArrayBuffer): Promise<void> {
    const row = await this.#row(id)
    if (row.state !== 'uploading') throw new Problem('rule-broken', '数据包已经上传完毕。')
    if (part > partsOf(row.size)) throw new Problem('not-found')
    if (body.byteLength !== partLength(row.size, part))
      throw refused('', '这一段的长度与登记的文件大小不符，请重新上传')
    const { etag } = await this.#env.EVIDENCE.resumeMultipartUpload(importKey(id), row.upload).uploadPart(part, body)
    const kept = { importId: id, part, etag, bytes: body.byteLength }
    await this.#directory
      .insert(importParts)
      .values(kept)
      .onConflictDoUpdate({ target: [importParts.importId, importParts.part], set: { etag, bytes: kept.bytes } })
  }

  /**
   * Ends the upload, opens the package and has it checked and taken in. Throws `rule-broken` while parts are missing,
   * for a file that is no package, or for a street that is here already; `invalid-input` for a wrong passphrase.
   */
  async open(id: ImportId, passphrase: string, now: number): Promise<void> {
    const row = await this.#row(id)
    const ledger = await this.#ledger(row.districtId)
    const key = keyOf({ kind: 'import', importId: id })
    if (row.state !== 'uploading') {
      if (row.state === 'checking' || row.state === 'copying') return arm(this.#env, ledger, row.districtId, key, now)
      throw new Problem('rule-broken', '这次导入已经结束。')
    }
    await this.#end(row)
    const lying = await openPackage(this.#env, id).catch((error: unknown) => {
      throw error instanceof Unfit ? new Problem('rule-broken', error.message) : error
    })
    const { manifest, files } = lying
    const bytes = await keyOfPassphrase(passphrase, manifest.key.salt, manifest.key.iterations)
    const sealed = files.find(({ file }) => isSealed(file.path))
    if (sealed) {
      const opening = openFile(await packageKey(bytes), sealed.file.path, await lying.read(sealed.file.path))
      await opening.catch(() => {
        throw refused('/passphrase', '口令不对，请核对后重新填写')
      })
    }
    const { id: streetId, name } = manifest.street
    const [[here], [coming]] = await this.#directory.batch([
      this.#directory.select({ id: streets.id }).from(streets).where(eq(streets.id, streetId)),
      this.#directory
        .select({ id: streetImports.id })
        .from(streetImports)
        .where(and(eq(streetImports.streetId, streetId), ne(streetImports.id, id), unfinished)),
    ])
    if (here) throw new Problem('rule-broken', `${name}已经在本系统中，不能再次导入。`)
    if (coming) throw new Problem('rule-broken', `${name}正在另一次导入中，请等它结束。`)
    const wrappedKey = await wrapKey(this.#env.AUTH_SECRET, id, bytes)
    await this.#directory
      .update(streetImports)
      .set({ state: 'checking', streetId, name, wrappedKey, filesInAll: files.length })
      .where(and(eq(streetImports.id, id), eq(streetImports.state, 'uploading')))
    await arm(this.#env, ledger, row.districtId, key, now)
  }

  /** Gives an import up; what it has left is taken away. Throws `rule-broken` for a street that is here already. */
  async cancel(id: ImportId, now: number): Promise<void> {
    const row = await this.#row(id)
    if (row.state === 'cancelled') return
    const cancelled = await this.#directory
      .update(streetImports)
      .set({ state: 'cancelled', wrappedKey: null })
      .where(and(eq(streetImports.id, id), ne(streetImports.state, 'done')))
      .returning({ id: streetImports.id })
    if (cancelled.length === 0) throw new Problem('rule-broken', '街道已经导入，不能取消。')
    await arm(
      this.#env,
      await this.#ledger(row.districtId),
      row.districtId,
      keyOf({ kind: 'import', importId: id }),
      now,
    )
  }

  /** The last imports, newest first. */
  async list() {
    const found = await this.#directory.select(columns).from(streetImports).orderBy(desc(streetImports.at)).limit(20)
    return found
  }

  /** One import, with the parts that have come, and the street's administrators once it is here. Throws `not-found`. */
  async get(id: ImportId): Promise<ImportCard> {
    const managing = streetRoles.filter((role) => can(role, 'people.manage'))
    const street = sql`(select ${streetImports.streetId} from ${streetImports} where ${eq(streetImports.id, id)} and ${eq(streetImports.state, 'done')})`
    const [[card], parts, administrators] = await this.#directory.batch([
      this.#directory.select(columns).from(streetImports).where(eq(streetImports.id, id)),
      this.#directory
        .select({ part: importParts.part })
        .from(importParts)
        .where(eq(importParts.importId, id))
        .orderBy(asc(importParts.part)),
      this.#directory
        .select({
          id: users.id,
          name: users.name,
          username: users.username,
          hasPassword:
            sql<number>`exists (select 1 from ${accounts} where ${and(eq(accounts.userId, users.id), isNotNull(accounts.password))})`.as(
              'has_password',
            ),
        })
        .from(streetPosts)
        .innerJoin(users, eq(users.id, streetPosts.userId))
        .where(
          and(eq(streetPosts.streetId, street), eq(streetPosts.state, 'active'), inArray(streetPosts.role, managing)),
        ),
    ])
    if (!card) throw new Problem('not-found')
    return {
      ...card,
      parts: parts.map(({ part }) => part),
      administrators: administrators.map((person) => ({ ...person, hasPassword: Boolean(person.hasPassword) })),
    }
  }

  /** Puts the parts together, unless that is done. */
  async #end({ id, size, upload }: ImportRow): Promise<void> {
    if (await this.#env.EVIDENCE.head(importKey(id))) return
    const parts = await this.#directory
      .select({ partNumber: importParts.part, etag: importParts.etag })
      .from(importParts)
      .where(eq(importParts.importId, id))
      .orderBy(asc(importParts.part))
    const missing = partsOf(size) - parts.length
    if (missing > 0) throw new Problem('rule-broken', `还有 ${missing} 段没有上传，请继续上传。`)
    await this.#env.EVIDENCE.resumeMultipartUpload(importKey(id), upload).complete(parts)
  }

  async #row(id: ImportId): Promise<ImportRow> {
    const [row] = await this.#directory.select().from(streetImports).where(eq(streetImports.id, id))
    if (!row) throw new Problem('not-found')
    return row
  }

  async #ledger(districtId: DistrictId): Promise<LedgerName> {
    const [found] = await this.#directory
      .select({ ledger: districts.ledger })
      .from(districts)
      .where(eq(districts.id, districtId))
    if (!found) throw new Problem('not-found')
    return found.ledger
  }
}

const i = streetImports
const columns = {
  id: i.id,
  districtId: i.districtId,
  slug: i.slug,
  state: i.state,
  at: i.at,
  size: i.size,
  streetId: i.streetId,
  name: i.name,
  files: i.files,
  filesInAll: i.filesInAll,
  rows: i.rows,
  objects: i.objects,
  doneAt: i.doneAt,
  error: i.error,
}
/** Something of it may still lie in a ledger that is no street's. */
const unfinished = and(ne(i.state, 'done'), ne(i.state, 'uploading'), isNull(i.clearedAt))

const refused = (pointer: string, detail: string) => new Problem('invalid-input', undefined, [{ pointer, detail }])

/** Goes on with an import that this district's job names, for as many units as one run may take. */
export function runImport(
  env: Env,
  { importId, districtId }: { importId: ImportId; districtId: DistrictId },
  clock: () => number,
  most = unitsPerRun,
): Promise<Outcome> {
  return runUnits(new ImportJob(env, importId, districtId), clock, most)
}

class ImportJob implements LongJob<ImportRow> {
  readonly #env: Env
  readonly #directory: Db
  readonly #id: ImportId
  readonly #districtId: DistrictId
  #ledger: LedgerName | null = null
  #package: Package | null = null

  constructor(env: Env, id: ImportId, districtId: DistrictId) {
    this.#env = env
    this.#directory = openDirectory(env)
    this.#id = id
    this.#districtId = districtId
  }

  async take(now: number, until: number): Promise<ImportRow | 'over' | null> {
    const [[row], [left]] = await this.#directory.batch([
      this.#directory
        .update(i)
        .set({ takenUntil: until })
        .where(and(this.#own(), ne(i.state, 'uploading'), isNull(i.clearedAt), lt(i.takenUntil, now)))
        .returning(),
      this.#directory
        .select({ id: i.id })
        .from(i)
        .where(and(this.#own(), isNull(i.clearedAt))),
    ])
    return row ?? (left ? null : 'over')
  }

  async keep({ step, state }: ImportRow, change: Partial<ImportRow>, until: number): Promise<boolean> {
    const kept = await this.#directory
      .update(i)
      .set({ takenUntil: until, ...change, step: step + 1 })
      .where(and(this.#own(), eq(i.state, change.state === 'done' ? 'done' : state), eq(i.step, step)))
      .returning({ id: i.id })
    return kept.length > 0
  }

  async free(): Promise<void> {
    await this.#directory.update(i).set({ takenUntil: 0 }).where(this.#own())
  }

  async unit(row: ImportRow, now: number): Promise<Partial<ImportRow> | null> {
    if (row.clearedAt !== null) return null
    if (row.state === 'done') {
      // A change of keys that ran while the street was nobody's has passed it over.
      const key = keyOf({ kind: 'rotate', version: new Seals(this.#env).newest })
      await arm(this.#env, await this.#home(), this.#districtId, key, now)
      return this.#clearPackage(now)
    }
    if (row.state === 'failed' || row.state === 'cancelled') return this.#clear(row, now)
    // Safe: only this job writes it.
    const work = (row.work as Work | null) ?? { phase: 'checking', next: 0 }
    try {
      switch (work.phase) {
        case 'checking':
          return await this.#check(row, work.next)
        case 'rows':
          return await this.#copy(row, work.next)
        case 'objects':
          return await this.#put(row, work.next)
        case 'street':
          return await this.#found(row, now)
      }
    } catch (error) {
      if (!(error instanceof Unfit || error instanceof NoArchive)) throw error
      const words = error instanceof Unfit ? error.message : '数据包已损坏，请重新导出或重新上传。'
      return { state: 'failed', wrappedKey: null, error: words }
    }
  }

  /** Looks at the next files: each is what the manifest says, and its rows are this street's and nobody else's. */
  async #check(row: ImportRow, next: number): Promise<Partial<ImportRow>> {
    const lying = await this.#lying()
    if (next === 0) await this.#fit(lying)
    const key = await this.#key(row)
    let [at, bytes] = [next, 0]
    for (; at < lying.files.length && at < next + filesPerUnit && bytes < bytesPerUnit; at++) {
      const one = lying.files[at]
      if (!one) break
      const { path, sha256: sha } = one.file
      const content = await lying.read(path)
      bytes += content.length
      if (content.length !== one.file.bytes || (await sha256(content.buffer)) !== sha) {
        throw new Unfit(`数据包中的 ${path} 与清单不符，请重新导出。`)
      }
      if (/^(rows|personal)\//.test(path)) {
        const table = tableOf(lying.manifest, path)
        const text = isSealed(path) ? await openFile(key, path, content) : textOf(content)
        const lines = linesOf(text, path)
        const names = isSealed(path) ? table.personal : table.columns
        if (lines.length !== one.file.rows) throw new Unfit(`数据包中的 ${path} 行数与清单不符。`)
        for (const line of lines) {
          if (canonical(Object.keys(line).sort()) !== canonical([...names].sort()))
            throw new Unfit(`数据包中的 ${path} 列与清单不符。`)
          if (table.opened.some((name) => typeof (line[name] ?? '') !== 'string'))
            throw new Unfit(`数据包中的 ${path} 含有无法加密保存的内容。`)
          if ('street_id' in line && line['street_id'] !== lying.manifest.street.id)
            throw new Unfit(`数据包中的 ${path} 含有其他街道的数据，不能导入。`)
        }
      }
    }
    const done = at >= lying.files.length
    return {
      ...(done && { state: 'copying' as const }),
      files: at,
      work: (done ? { phase: 'rows', next: 0 } : { phase: 'checking', next: at }) satisfies Work satisfies Json,
    }
  }

  /** Whether this deployment can hold what the package brings, and whether there is room for it. */
  async #fit({ manifest, files }: Package): Promise<void> {
    if ((await sha256(digestText(manifest.files))) !== manifest.digest) throw new Unfit('数据包的清单与其摘要不符。')
    const ledger = await this.#target()
    const here = new Map(carriedTables().map((table) => [table.name, table]))
    for (const { name, columns, personal, opened } of manifest.tables) {
      const known = name === 'users' ? userColumns : here.get(name)?.columns.map((column) => column.name)
      const strange = columns.filter((column) => !known?.includes(column))
      if (!known || strange.length > 0) {
        const last = (await migrationsOf(ledger)).at(-1) ?? ''
        throw new Unfit(
          `数据包来自另一版本的系统（其中的 ${known ? `${name}.${strange.join('、')}` : name} 本系统没有；本系统为 ${last}），请先升级。`,
        )
      }
      if (personal.some((column) => !columns.includes(column))) throw new Unfit('数据包的清单前后不一致。')
      const sealed = here.get(name)?.sealed.flatMap((one) => (columns.includes(one.name) ? [one.name] : [])) ?? []
      if (canonical([...opened].sort()) !== canonical(sealed.sort()) || sealed.some((one) => !personal.includes(one)))
        throw new Unfit(`数据包与本系统对 ${name} 中哪些列加密保存的约定不同，不能导入。`)
    }
    const listed = new Map(files.map(({ file }) => [file.path, file]))
    for (const { file } of files) {
      const { path } = file
      if (path.startsWith('objects/exports/')) throw new Unfit('数据包中含有不属于街道的文件。')
      if (!/^(rows|personal)\//.test(path)) continue
      const { personal } = tableOf(manifest, path)
      const twin = isSealed(path)
        ? path.replace(/^personal\//, 'rows/').replace(/\.enc$/, '')
        : `${path.replace(/^rows\//, 'personal/')}.enc`
      if ((isSealed(path) || personal.length > 0) && listed.get(twin)?.rows !== file.rows) {
        throw new Unfit(`数据包中的 ${path} 缺少与之对应的文件。`)
      }
    }
    const there = await countRows(ledger, streetTables(), manifest.street.id)
    if ([...there.values()].some((n) => n > 0))
      throw new Unfit('本系统中还留有此街道的数据，请联系开发人员清理后再导入。')
  }

  /** Copies the next file of rows into the ledger, in one batch. */
  async #copy(row: ImportRow, next: number): Promise<Partial<ImportRow>> {
    const lying = await this.#lying()
    const tables = streetTables()
    const order = new Map(tables.map(({ name }, at) => [name, at]))
    const waiting = lying.files
      .filter(({ file }) => file.path.startsWith('rows/') && order.has(nameOf(file.path)))
      // Parents first; the sort is stable, and paths come in order.
      .sort((a, b) => (order.get(nameOf(a.file.path)) ?? 0) - (order.get(nameOf(b.file.path)) ?? 0))
    const one = waiting[next]
    if (!one) {
      const counts = await countRows(await this.#target(), tables, lying.manifest.street.id)
      for (const { name, rows } of lying.manifest.tables) {
        if (counts.has(name) && counts.get(name) !== rows) throw new Unfit(`${name} 导入后的行数与清单不符。`)
      }
      return { work: { phase: 'objects', next: 0 } satisfies Work satisfies Json }
    }
    const table = tables[order.get(nameOf(one.file.path)) ?? 0]
    if (!table) throw new Error('There is no such table')
    const { names, rows } = await this.#rows(row, lying, one.file.path)
    const seals = new Seals(this.#env)
    const { id: streetId } = lying.manifest.street
    const kept = await resealed(table.sealed, streetId, names, rows, (cell, text) => seals.seal(cell, text))
    await insertRows(await this.#target(), table, names, kept)
    return { work: { phase: 'rows', next: next + 1 } satisfies Work satisfies Json, rows: row.rows + rows.length }
  }

  /** Puts the next objects where the street's objects lie, with what lay beside them. */
  async #put(row: ImportRow, next: number): Promise<Partial<ImportRow>> {
    const lying = await this.#lying()
    const objects = lying.files.filter(({ file }) => /^(objects|appendix)\//.test(file.path))
    let [at, bytes] = [next, 0]
    for (; at < objects.length && at < next + filesPerUnit && bytes < bytesPerUnit; at++) {
      const one = objects[at]
      if (!one) break
      const content = await lying.read(one.file.path)
      bytes += content.length
      const rows = one.file.rows === undefined ? {} : { custom: { rows: String(one.file.rows) } }
      await this.#env.EVIDENCE.put(keyOfPath(lying.manifest.street.id, one.file.path), content, {
        ...metadataOf({ ...one.file, ...rows }),
      })
    }
    const done = at >= objects.length
    return {
      objects: row.objects + (at - next),
      work: (done ? { phase: 'street', next: 0 } : { phase: 'objects', next: at }) satisfies Work satisfies Json,
    }
  }

  /** Makes it a street: with its people and posts, in one write to the directory, which is the first that anyone sees. */
  async #found(row: ImportRow, now: number): Promise<Partial<ImportRow>> {
    const lying = await this.#lying()
    const { street } = lying.manifest
    const directory = this.#directory
    const pathsOf = (table: string) =>
      lying.files.map(({ file }) => file.path).filter((path) => path.startsWith(`rows/${table}/`))
    const people = await this.#everyone(row, lying, pathsOf('users'))
    const posts = await Promise.all(
      directoryTables().flatMap((table) =>
        pathsOf(table.name).map(async (path) => ({ table, ...(await this.#rows(row, lying, path)) })),
      ),
    )
    const taken = await directory
      .select({ id: users.id, username: users.username })
      .from(users)
      .where(
        among(
          users.username,
          people.map(({ username }) => username),
        ),
      )
    const at = now
    const newcomers: Row[] = people.map(({ id, name, username, display }) => {
      // Somebody else has this user name here; the account is that person's, and the newcomer gets another name.
      const other = taken.some((one) => one.username === username && one.id !== id)
      const free = other ? `${username}.${id.slice(-6)}` : username
      return [id, name, `${free}@zhiben.invalid`, 0, free, display, at, at]
    })
    const still = sql`exists (select 1 from ${i} where ${this.#own()} and ${eq(i.state, 'copying')})`
    const { id, name, shortName, statCode } = street
    const known = {
      id,
      district_id: sql`${districts.id}`,
      ledger: sql`${districts.ledger}`,
      slug: row.slug,
      name,
      short_name: shortName,
      stat_code: statCode,
    }
    const its = sql`select ${valuesOf(streets, known)} from ${districts} where ${eq(districts.id, this.#districtId)} and ${still}`
    try {
      await directory.batch([
        directory.insert(streets).select(its),
        directory.insert(slugs).values({ slug: row.slug, kind: 'street', id }),
        ...insertions(
          directory,
          users,
          ['id', 'name', 'email', 'email_verified', 'username', 'display_username', 'created_at', 'updated_at'],
          newcomers,
        ),
        ...posts.flatMap(({ table, names, rows }) => insertions(directory, table.table, names, rows)),
        directory
          .update(i)
          .set({ state: 'done', wrappedKey: null, work: null, doneAt: now })
          .where(and(this.#own(), eq(i.state, 'copying'))),
      ])
    } catch (error) {
      if (mentions(error, /UNIQUE .*(slugs|streets\.slug)/)) {
        throw new Unfit('这个网址名已经有人使用，请换一个网址名重新导入。', { cause: error })
      }
      throw error
    }
    return { state: 'done', wrappedKey: null, work: null, doneAt: now }
  }

  /** Takes away what an import that came to nothing has left: rows, objects and the package. */
  async #clear(row: ImportRow, now: number): Promise<Partial<ImportRow>> {
    const { streetId } = row
    if (streetId) {
      const [street] = await this.#directory.select({ id: streets.id }).from(streets).where(eq(streets.id, streetId))
      // Never what is a street's: then it came from elsewhere, and is none of this import's.
      if (!street && row.work !== null) {
        const ledger = await this.#target()
        for (const table of streetTables().reverse()) {
          while ((await deleteRows(ledger, table, streetId, rowsPerDeletion)) === rowsPerDeletion) continue
        }
        if (!(await clearObjects(this.#env, streetPrefix(streetId)))) return { work: row.work }
      }
    }
    await this.#env.EVIDENCE.resumeMultipartUpload(importKey(this.#id), row.upload)
      .abort()
      .catch(() => undefined)
    return this.#clearPackage(now)
  }

  async #clearPackage(now: number): Promise<Partial<ImportRow>> {
    await this.#env.EVIDENCE.delete(importKey(this.#id))
    await this.#directory.delete(importParts).where(eq(importParts.importId, this.#id))
    return { clearedAt: now, wrappedKey: null }
  }

  /** A file of rows, its sealed half put back, and the names of its columns. */
  async #rows(row: ImportRow, lying: Package, path: string): Promise<{ names: string[]; rows: Row[] }> {
    const table = tableOf(lying.manifest, path)
    const plain = linesOf(textOf(await lying.read(path)), path)
    const sealedPath = `${path.replace(/^rows\//, 'personal/')}.enc`
    const sealed =
      table.personal.length > 0
        ? linesOf(await openFile(await this.#key(row), sealedPath, await lying.read(sealedPath)), sealedPath)
        : []
    const names = [...table.columns]
    const rows = plain.map((line, at) => {
      const whole = { ...line, ...sealed[at] }
      return names.map((name) => whole[name] ?? null)
    })
    return { names, rows }
  }

  async #everyone(row: ImportRow, lying: Package, paths: readonly string[]) {
    const found = await Promise.all(paths.map((path) => this.#rows(row, lying, path)))
    return found.flatMap(({ names, rows }) =>
      rows.map((values) => {
        const of = (name: string) => values[names.indexOf(name)] ?? null
        return {
          // Safe: `users` holds ids of people; whether an account opens anything is settled by its posts.
          id: String(of('id')) as PersonId,
          name: String(of('name')),
          username: String(of('username')),
          display: of('display_username'),
        }
      }),
    )
  }

  async #key({ wrappedKey }: ImportRow): Promise<CryptoKey> {
    if (!wrappedKey) throw new Error('The key of this package is gone')
    return unwrapKey(this.#env.AUTH_SECRET, this.#id, wrappedKey)
  }

  async #lying(): Promise<Package> {
    return (this.#package ??= await openPackage(this.#env, this.#id))
  }

  async #target(): Promise<Db> {
    return openLedger(this.#env, await this.#home())
  }

  async #home(): Promise<LedgerName> {
    if (this.#ledger) return this.#ledger
    const [district] = await this.#directory
      .select({ ledger: districts.ledger })
      .from(districts)
      .where(eq(districts.id, this.#districtId))
    if (!district) throw new Error('The district is gone')
    return (this.#ledger = district.ledger)
  }

  #own(): SQL | undefined {
    return and(eq(i.id, this.#id), eq(i.districtId, this.#districtId))
  }
}

const userColumns = ['id', 'name', 'username', 'display_username']

/** What a package may bring, but for `users`, of whom only names travel. */
const carriedTables = () => [...streetTables().filter(({ stays }) => stays === undefined), ...directoryTables()]

const nameOf = (path: string) => path.split('/')[1] ?? ''

function tableOf({ tables }: Manifest, path: string): PackageTable {
  const table = tables.find(({ name }) => name === nameOf(path))
  if (!table) throw new Unfit(`数据包的清单没有说明 ${path}。`)
  return table
}

function textOf(bytes: Uint8Array<ArrayBuffer>): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
}

const Line = v.record(v.string(), v.union([v.string(), v.number(), v.null()]))

function linesOf(text: string, path: string): Record<string, Value>[] {
  if (text !== '' && !text.endsWith('\n')) throw new Unfit(`数据包中的 ${path} 不完整。`)
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      try {
        return v.parse(Line, JSON.parse(line))
      } catch (error) {
        throw new Unfit(`数据包中的 ${path} 无法读取。`, { cause: error })
      }
    })
}

/** Opens what lies under an import's id. Throws `Unfit` for what is no package of a version that is known here. */
async function openPackage(env: Env, id: ImportId): Promise<Package> {
  const head = await env.EVIDENCE.head(importKey(id))
  if (!head) throw new Error('The package is gone')
  const read: Reader = async (offset, length) => {
    const object = await env.EVIDENCE.get(importKey(id), { range: { offset, length } })
    if (!object) throw new Error('The package is gone')
    return new Uint8Array(await object.arrayBuffer())
  }
  try {
    const entries = new Map((await readDirectory(read, head.size)).map((entry) => [entry.path, entry]))
    const own = entries.get(manifestPath)
    if (!own) throw new Unfit('这不是导出的数据包。')
    const manifest = v.parse(Manifest, JSON.parse(textOf(await readEntry(read, own))))
    entries.delete(manifestPath)
    const files = manifest.files.map((file) => {
      const entry = entries.get(file.path)
      if (!entry) throw new Unfit(`数据包中缺少 ${file.path}。`)
      entries.delete(file.path)
      return { file, entry }
    })
    const [more] = entries.keys()
    if (more !== undefined) throw new Unfit(`数据包中的 ${more} 不在清单中。`)
    const byName = new Map(files.map(({ file, entry }) => [file.path, entry]))
    return {
      manifest,
      files,
      async read(path) {
        const entry = byName.get(path)
        if (!entry) throw new Unfit(`数据包中缺少 ${path}。`)
        return readEntry(read, entry)
      },
    }
  } catch (error) {
    if (error instanceof NoArchive || error instanceof v.ValiError || error instanceof SyntaxError)
      throw new Unfit('这不是导出的数据包，或者文件已损坏。', { cause: error })
    throw error
  }
}

/** Wakes imports that nobody goes on with, and gives up uploads that were begun long ago. */
export async function sweepImports(env: Env, now: number): Promise<void> {
  const directory = openDirectory(env)
  await directory
    .update(i)
    .set({ state: 'cancelled' })
    .where(and(eq(i.state, 'uploading'), lt(i.at, now - uploadsKeptFor)))
  const left = await directory
    .select({ id: i.id, districtId: i.districtId, ledger: districts.ledger })
    .from(i)
    .innerJoin(districts, eq(districts.id, i.districtId))
    .where(and(isNull(i.clearedAt), notInArray(i.state, ['uploading']), lt(i.takenUntil, now)))
    .limit(20)
  for (const { id, districtId, ledger } of left)
    await arm(env, ledger, districtId, keyOf({ kind: 'import', importId: id }), now, 'unless there')
}

const uploadsKeptFor = 7 * 24 * 3_600_000
