import { type SQL, and, eq, inArray, lt, sql } from 'drizzle-orm'
import { canonical, type Json } from '@app/shared/events/chain'
import {
  byPath,
  digestText,
  type Manifest,
  manifestPath,
  packageFormat,
  type PackageFile,
  packageVersion,
} from '@app/shared/exports/manifest'
import { exportKeptDays } from '@app/shared/exports/schema'
import type { DistrictId, ExportId, StreetId } from '@app/shared/ids'
import { keyOf } from '@app/shared/jobs'
import { day } from '@app/shared/time'
import { type Db, type LedgerName, openDirectory, openLedger } from '../db/client'
import { districts, streetPosts, streets, users } from '../db/directory'
import { auditLog, jobs, streetExports } from '../db/ledger'
import type { Env } from '../env'
import { sha256 } from '../sha256'
import { Seals } from '../tenancy/seals'
import { besides, clearObjects, exportPrefix, objectsOf, packageKey, pathOfObject, streetPrefix } from './packages'
import {
  appendixTables,
  type CarriedTable,
  countRows,
  directoryTables,
  lineOf,
  migrationsOf,
  readRows,
  resealed,
  type Row,
  sealedLineOf,
  shapeOf,
  type Shape,
  streetTables,
} from './rows'
import { derivationRounds, sealFile, unwrapKey } from './seal'
import { type LongJob, type Outcome, runUnits } from './units'
import { checksum, directoryOf, headerOf, joined, type ZipEntry } from './zip'

/** Rows in one file of a package. */
const rowsPerFile = 500
/** R2 wants the parts of an upload equal, and at least 5 MiB long. */
const partBytes = 8 * 1024 * 1024
/** Objects read by one unit at most: a consumer may ask for a bounded number of them. */
const objectsPerUnit = 200
/** Units of one run of the consumer: some hundred megabytes at most. */
const unitsPerRun = 24
/** How often the rows are read again because the street went on working while they were. */
const mostAttempts = 8

type ExportRow = typeof streetExports.$inferSelect

/** How far the making of a package has come. */
type Work = {
  readonly attempt: number
  /** Rows first; then the archive, of what was staged and of the street's objects. */
  readonly phase: 'rows' | 'staged' | 'objects'
  /** When this attempt began to read, and what told then whether the street goes on working. */
  readonly since: number
  readonly pulse: string
  readonly table: number
  readonly after: Row | null
  readonly file: number
  readonly upload: string | null
  /** The unit of packing, parts uploaded, and the last key that was packed. */
  readonly unit: number
  readonly parts: number
  readonly last: string | null
  /** Bytes of the archive so far. */
  readonly at: number
}

const firstWork: Work = {
  attempt: 1,
  phase: 'rows',
  since: 0,
  pulse: '',
  table: 0,
  after: null,
  file: 0,
  upload: null,
  unit: 0,
  parts: 0,
  last: null,
  at: 0,
}

/** A file that has been packed. */
interface Packed {
  readonly file: PackageFile
  readonly entry: ZipEntry
}

/** What a unit of packing leaves beside the archive. */
interface PackedUnit {
  readonly packed: readonly Packed[]
  readonly parts: readonly R2UploadedPart[]
}

/** What is known of an archive just before it is ended. */
type Ended = { readonly digest: string; readonly objects: number }

interface Home {
  readonly name: string
  readonly shortName: string
  readonly slug: string
  readonly statCode: string | null
  readonly districtId: DistrictId
  readonly districtName: string
  readonly ledger: LedgerName
}

/** Something that rows are read from. */
interface Source extends Shape {
  readonly name: string
  readonly folder: string
  readonly key: readonly string[]
  readonly sealed: CarriedTable['sealed']
  read(after: Row | null, limit: number): Promise<Row[]>
}

/**
 * Goes on with a package, for as many units as one run may take. Every unit may be repeated: what was staged is staged
 * again, and from then on the archive is made of what lies there and never changes, so that it ends in the same bytes
 * wherever it was cut off.
 */
export function runExport(
  env: Env,
  { streetId, exportId }: { streetId: StreetId; exportId: ExportId },
  clock: () => number,
  most = unitsPerRun,
): Promise<Outcome> {
  return runUnits(new ExportJob(env, streetId, exportId), clock, most)
}

class ExportJob implements LongJob<ExportRow> {
  readonly #env: Env
  readonly #directory: Db
  readonly #streetId: StreetId
  readonly #id: ExportId
  #found: { home: Home; ledger: Db } | null = null

  constructor(env: Env, streetId: StreetId, id: ExportId) {
    this.#env = env
    this.#directory = openDirectory(env)
    this.#streetId = streetId
    this.#id = id
  }

  async take(now: number, until: number): Promise<ExportRow | 'over' | null> {
    const { ledger } = await this.#at()
    const [[row], [left]] = await ledger.batch([
      ledger
        .update(streetExports)
        .set({ takenUntil: until })
        .where(and(this.#own(), eq(streetExports.state, 'making'), lt(streetExports.takenUntil, now)))
        .returning(),
      ledger
        .select({ id: streetExports.id })
        .from(streetExports)
        .where(and(this.#own(), eq(streetExports.state, 'making'))),
    ])
    return row ?? (left ? null : 'over')
  }

  async keep({ step }: ExportRow, change: Partial<ExportRow>, until: number): Promise<boolean> {
    const { ledger } = await this.#at()
    const kept = await ledger
      .update(streetExports)
      .set({ takenUntil: until, ...change, step: step + 1 })
      .where(and(this.#own(), eq(streetExports.state, 'making'), eq(streetExports.step, step)))
      .returning({ id: streetExports.id })
    return kept.length > 0
  }

  async free(): Promise<void> {
    const { ledger } = await this.#at()
    await ledger.update(streetExports).set({ takenUntil: 0 }).where(this.#own())
  }

  async unit(row: ExportRow, now: number): Promise<Partial<ExportRow> | null> {
    if (row.state !== 'making') return null
    // Safe: only this job writes it.
    const work = (row.work as Work | null) ?? firstWork
    if (work.phase !== 'rows') return this.#pack(row, work, now)
    return work.since === 0 ? this.#begin(row, work, now) : this.#stage(row, work)
  }

  /** Counts what there is, and notes what tells whether it changes while it is read. */
  async #begin(_row: ExportRow, work: Work, now: number): Promise<Partial<ExportRow>> {
    const { pulse, counts } = await this.#pulse()
    const rows = [...counts.values()].reduce((sum, n) => sum + n, 0)
    return {
      work: { ...work, since: now, pulse } satisfies Json,
      rows: 0,
      rowsInAll: rows,
      objects: 0,
      // A picture and its small one.
      objectsInAll: 2 * (counts.get('photos') ?? 0),
    }
  }

  /** Stages the next file of rows; behind the last, looks whether the street stood still. */
  async #stage(row: ExportRow, work: Work): Promise<Partial<ExportRow>> {
    const sources = await this.#sources()
    const source = sources[work.table]
    if (!source) return this.#settle(work)
    const rows = await source.read(work.after, rowsPerFile)
    if (rows.length > 0) {
      const name = String(work.file + 1).padStart(5, '0')
      await this.#put(work, `${source.folder}/${source.name}/${name}.jsonl`, textOf(rows, source, lineOf), rows.length)
      if (source.personal.length > 0) {
        if (!row.wrappedKey) throw new Error('The key of this package is gone')
        const path = `personal/${source.name}/${name}.jsonl.enc`
        const key = await unwrapKey(this.#env.AUTH_SECRET, this.#id, row.wrappedKey)
        const opened = await this.#opened(source, rows)
        if (!opened) {
          return {
            state: 'failed',
            wrappedKey: null,
            error: '有加密的个人信息无法解密，可能是密钥已被撤下，请联系运维人员检查后再导出。',
          }
        }
        await this.#put(work, path, await sealFile(key, path, textOf(opened, source, sealedLineOf)), rows.length)
      }
    }
    const next =
      rows.length < rowsPerFile
        ? { table: work.table + 1, after: null, file: 0 }
        : { after: rows.at(-1) ?? null, file: work.file + 1 }
    return { work: { ...work, ...next } satisfies Json, rows: row.rows + rows.length }
  }

  /** Rows without this deployment's own seals, which no other could open; null when one of them does not open here. */
  async #opened({ sealed, columns }: Source, rows: readonly Row[]): Promise<readonly Row[] | null> {
    const seals = new Seals(this.#env)
    try {
      return await resealed(sealed, this.#streetId, columns, rows, (cell, cipher) => seals.open(cell, cipher))
    } catch (error) {
      console.error(JSON.stringify({ export: this.#id, error: String(error) }))
      return null
    }
  }

  /** All rows are staged: were they of one moment? Then the archive begins; otherwise they are read again. */
  async #settle(work: Work): Promise<Partial<ExportRow>> {
    const { pulse } = await this.#pulse()
    if (pulse === work.pulse) {
      const upload = await this.#env.EVIDENCE.createMultipartUpload(packageKey(this.#streetId, this.#id), {
        httpMetadata: { contentType: 'application/zip' },
      })
      return { work: { ...work, phase: 'staged', upload: upload.uploadId } satisfies Json }
    }
    if (work.attempt >= mostAttempts) {
      return {
        state: 'failed',
        wrappedKey: null,
        error: '导出期间街道一直在办理业务，没有读到同一时刻的数据。请在业务较少的时候再导出。',
      }
    }
    return { work: { ...firstWork, attempt: work.attempt + 1 } satisfies Json }
  }

  /** Packs the next files, and uploads what fills a part; behind the last object ends the archive. */
  async #pack(row: ExportRow, work: Work, now: number): Promise<Partial<ExportRow>> {
    const there = await this.#env.EVIDENCE.head(packageKey(this.#streetId, this.#id))
    // A run before this one ended the archive, and could not say so.
    if (there) return this.#ready(there.size, now)
    const upload = this.#env.EVIDENCE.resumeMultipartUpload(packageKey(this.#streetId, this.#id), work.upload ?? '')

    const waiting = work.unit === 0 ? [] : [await this.#bytes(`${this.#base()}carry/${padded(work.unit)}`)]
    let length = waiting.reduce((sum, { length }) => sum + length, 0)
    let { at } = work
    const packed: Packed[] = []
    const pack = (path: string, bytes: Uint8Array<ArrayBuffer>, sha: string, more: Partial<PackageFile>) => {
      const entry = { path, size: bytes.length, crc: checksum(bytes), at }
      const header = headerOf(entry)
      waiting.push(header, bytes)
      length += header.length + bytes.length
      at += header.length + bytes.length
      packed.push({ file: { path, bytes: bytes.length, sha256: sha, ...more }, entry })
    }

    const { list, prefix } = await this.#next(work)
    let last = work.last
    for (const object of list) {
      const { key } = object
      const bytes = await this.#bytes(key)
      const path = work.phase === 'staged' ? key.slice(prefix.length) : pathOfObject(this.#streetId, key)
      const { rows, ...custom } = object.customMetadata ?? {}
      const more =
        /^(rows|personal|appendix)\//.test(path) && rows !== undefined && Object.keys(custom).length === 0
          ? { rows: Number(rows) }
          : besides(object)
      pack(path, bytes, await sha256(bytes.buffer), more)
      last = key
      if (length >= partBytes) break
    }
    const through = last === (list.at(-1)?.key ?? last) && list.length < objectsPerUnit
    const [phase, ended] =
      through && work.phase === 'staged' ? (['objects', false] as const) : ([work.phase, through] as const)

    let digest: string | null = null
    if (ended) {
      const all = [...(await this.#packedBefore(work.unit)).flatMap((unit) => unit.packed), ...packed]
      const manifest = await this.#manifest(row, all.map(({ file }) => file).sort(byPath))
      ;({ digest } = manifest)
      // Safe: a manifest is made of texts, numbers and lists of them.
      const bytes = utf8(`${canonical(manifest as unknown as Json)}\n`)
      pack(manifestPath, bytes, await sha256(bytes.buffer), {})
      const directory = directoryOf(
        [...all, ...packed.slice(-1)].map(({ entry }) => entry),
        at,
      )
      waiting.push(directory)
      length += directory.length
    }

    const whole = joined(waiting)
    const parts: R2UploadedPart[] = []
    let from = 0
    const least = ended ? 1 : partBytes
    while (whole.length - from >= least) {
      const part = whole.subarray(from, from + partBytes)
      parts.push(await upload.uploadPart(work.parts + parts.length + 1, part))
      from += part.length
    }
    const unit: PackedUnit = { packed, parts }
    await this.#env.EVIDENCE.put(`${this.#base()}packed/${padded(work.unit)}.json`, JSON.stringify(unit))
    const objects = row.objects + (work.phase === 'objects' ? list.findIndex(({ key }) => key === last) + 1 : 0)
    if (ended && digest !== null) {
      await this.#env.EVIDENCE.put(`${this.#base()}digest`, JSON.stringify({ digest, objects } satisfies Ended))
      const before = (await this.#packedBefore(work.unit)).flatMap((one) => one.parts)
      const { size } = await upload.complete([...before, ...parts])
      return this.#ready(size, now)
    }
    await this.#env.EVIDENCE.put(`${this.#base()}carry/${padded(work.unit + 1)}`, whole.subarray(from))
    return {
      work: {
        ...work,
        phase,
        unit: work.unit + 1,
        parts: work.parts + parts.length,
        last: phase === work.phase ? last : null,
        at,
      } satisfies Json,
      objects,
      bytes: at,
    }
  }

  async #ready(size: number, now: number): Promise<Partial<ExportRow>> {
    // Safe: written before the archive was ended.
    const { digest, objects } = JSON.parse(
      new TextDecoder().decode(await this.#bytes(`${this.#base()}digest`)),
    ) as Ended
    // What it was made of is in it now. Only then is it ready: a run that is cut off here finds the archive, and is back.
    for (const part of ['staged/', 'carry/', 'packed/']) {
      while (!(await clearObjects(this.#env, this.#base() + part))) continue
    }
    return {
      state: 'ready',
      work: null,
      wrappedKey: null,
      bytes: size,
      digest,
      objects,
      objectsInAll: objects,
      readyAt: now,
      expiresAt: now + exportKeptDays * day,
    }
  }

  /** The next keys to pack, fewer than asked for only at the end of their phase. */
  async #next({ phase, attempt, last, since }: Work): Promise<{ list: R2Object[]; prefix: string }> {
    const prefix = this.#staged(attempt)
    if (phase === 'objects') {
      const found = await objectsOf(this.#env, this.#streetId, last, objectsPerUnit)
      // What came after the rows were read has no row among them.
      const old = found.filter(({ uploaded }) => uploaded.getTime() <= since)
      return { list: old.length === found.length ? found : await this.#old(found, old, since), prefix }
    }
    const list: R2Object[] = []
    let startAfter = last ?? undefined
    for (;;) {
      const page = await this.#env.EVIDENCE.list({
        prefix,
        limit: objectsPerUnit - list.length,
        include: ['customMetadata'],
        ...(startAfter !== undefined && { startAfter }),
      })
      list.push(...page.objects)
      startAfter = page.objects.at(-1)?.key
      if (!page.truncated || list.length >= objectsPerUnit) return { list, prefix }
    }
  }

  /** Fills a list up whose newcomers were left out, so that only its end makes it short. */
  async #old(found: R2Object[], old: R2Object[], since: number): Promise<R2Object[]> {
    let page = found
    const kept = [...old]
    while (page.length === objectsPerUnit && kept.length < objectsPerUnit) {
      page = await objectsOf(this.#env, this.#streetId, page.at(-1)?.key ?? null, objectsPerUnit)
      kept.push(...page.filter(({ uploaded }) => uploaded.getTime() <= since))
    }
    return kept.slice(0, objectsPerUnit)
  }

  async #packedBefore(unit: number): Promise<PackedUnit[]> {
    const units: PackedUnit[] = []
    for (let n = 0; n < unit; n++) {
      const bytes = await this.#bytes(`${this.#base()}packed/${padded(n)}.json`)
      // Safe: written above.
      units.push(JSON.parse(new TextDecoder().decode(bytes)) as PackedUnit)
    }
    return units
  }

  async #manifest({ at, salt }: ExportRow, files: PackageFile[]): Promise<Manifest> {
    const { home, ledger } = await this.#at()
    const sources = await this.#sources()
    const rowsOf = ({ name, folder }: Source) =>
      files.filter(({ path }) => path.startsWith(`${folder}/${name}/`)).reduce((sum, { rows = 0 }) => sum + rows, 0)
    return {
      format: packageFormat,
      version: packageVersion,
      madeAt: at,
      street: {
        id: this.#streetId,
        name: home.name,
        shortName: home.shortName,
        slug: home.slug,
        statCode: home.statCode,
      },
      district: { id: home.districtId, name: home.districtName },
      migrations: await migrationsOf(ledger),
      key: { derivation: 'PBKDF2-HMAC-SHA-256', iterations: derivationRounds, salt, cipher: 'AES-256-GCM' },
      tables: sources
        .filter(({ folder }) => folder === 'rows')
        .map((source) => ({
          name: source.name,
          columns: [...source.columns],
          key: [...source.key],
          personal: [...source.personal],
          opened: source.sealed.map(({ name }) => name),
          rows: rowsOf(source),
        })),
      excluded: streetTables().flatMap(({ name, stays }) => (stays === undefined ? [] : [{ name, why: stays }])),
      files,
      digest: await sha256(digestText(files)),
    }
  }

  /** What rows are read from, in the order of reading. */
  async #sources(): Promise<Source[]> {
    const { home, ledger } = await this.#at()
    const streetId = this.#streetId
    const of = (db: Db, folder: string, where?: (table: CarriedTable) => SQL | undefined) => (table: CarriedTable) => ({
      ...shapeOf(table),
      name: table.name,
      folder,
      key: table.key.map(({ at }) => table.columns[at]?.name ?? ''),
      sealed: table.sealed,
      read: (after: Row | null, limit: number) =>
        readRows(db, table, streetId, { after, limit, where: where?.(table) }),
    })
    // That this package was asked for is no part of what the street is.
    const withoutThis = ({ table }: CarriedTable) =>
      table === auditLog ? sql`${auditLog.subject} <> ${this.#id}` : undefined
    return [
      ...leaving().map(of(ledger, 'rows', withoutThis)),
      ...directoryTables().map(of(this.#directory, 'rows')),
      {
        name: 'users',
        folder: 'rows',
        columns: ['id', 'name', 'username', 'display_username'],
        personal: ['name', 'username', 'display_username'],
        key: ['id'],
        sealed: [],
        read: (after, limit) => readUsers(this.#directory, streetId, String(after?.[0] ?? ''), limit),
      },
      ...appendixTables().map(of(ledger, await this.#appendix(home))),
    ]
  }

  /** Where this district's decisions go: beside those that the street has brought with it from an earlier deployment. */
  async #appendix({ districtId }: Home): Promise<string> {
    const brought = `${streetPrefix(this.#streetId)}appendix/${districtId}/`
    const { objects } = await this.#env.EVIDENCE.list({ prefix: brought, limit: 1 })
    return `appendix/${districtId}${objects.length > 0 ? `.${this.#id}` : ''}`
  }

  /** Changes whenever the street's people do something: each deed leaves an audit row. */
  async #pulse(): Promise<{ pulse: string; counts: Map<string, number> }> {
    const { ledger } = await this.#at()
    const counts = await countRows(ledger, leaving(), this.#streetId)
    const [last = []] = await ledger.values<[string | null]>(
      sql`select max(${auditLog.id}) from ${auditLog} where ${eq(auditLog.streetId, this.#streetId)}`,
    )
    return { pulse: canonical({ counts: Object.fromEntries(counts), last: last[0] ?? '' }), counts }
  }

  async #put(work: Work, path: string, body: string | Uint8Array<ArrayBuffer>, rows: number): Promise<void> {
    await this.#env.EVIDENCE.put(this.#staged(work.attempt) + path, body, { customMetadata: { rows: String(rows) } })
  }

  async #bytes(key: string): Promise<Uint8Array<ArrayBuffer>> {
    const object = await this.#env.EVIDENCE.get(key)
    if (!object) throw new Error(`${key} is gone`)
    return new Uint8Array(await object.arrayBuffer())
  }

  #base(): string {
    return exportPrefix(this.#streetId, this.#id)
  }

  #staged(attempt: number): string {
    return `${this.#base()}staged/${padded(attempt)}/`
  }

  #own(): SQL | undefined {
    return and(eq(streetExports.streetId, this.#streetId), eq(streetExports.id, this.#id))
  }

  async #at(): Promise<{ home: Home; ledger: Db }> {
    if (this.#found) return this.#found
    const [home] = await this.#directory
      .select({
        name: sql<string>`${streets.name}`.as('street_name'),
        shortName: streets.shortName,
        slug: sql<string>`${streets.slug}`.as('street_slug'),
        statCode: streets.statCode,
        ledger: sql<LedgerName>`${streets.ledger}`.as('street_ledger'),
        districtId: streets.districtId,
        districtName: sql<string>`${districts.name}`.as('district_name'),
      })
      .from(streets)
      .innerJoin(districts, eq(districts.id, streets.districtId))
      .where(eq(streets.id, this.#streetId))
    if (!home) throw new Error(`There is no street ${this.#streetId}`)
    return (this.#found = { home, ledger: openLedger(this.#env, home.ledger) })
  }
}

/** The street's tables that leave with it. */
const leaving = () => streetTables().filter(({ stays }) => stays === undefined)

const utf8 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(new TextEncoder().encode(text))
const padded = (n: number) => String(n).padStart(6, '0')

function textOf(rows: readonly Row[], source: Source, line: (shape: Shape, row: Row) => string): string {
  return rows.map((row) => `${line(source, row)}\n`).join('')
}

/** Those with a post in the street, without anything they sign in with. */
function readUsers(directory: Db, streetId: StreetId, after: string, limit: number): Promise<Row[]> {
  return directory.values<string[]>(
    sql`select ${users.id}, ${users.name}, ${users.username}, ${users.displayUsername} from ${users}
      where ${users.id} in (select ${streetPosts.userId} from ${streetPosts} where ${eq(streetPosts.streetId, streetId)})
        and ${users.id} > ${after}
      order by ${users.id} limit ${limit}`,
  )
}

/**
 * Takes away a package that is no more, with all it is made of, and notes it. Says whether that was all of it: while a
 * run has it, it is left to the next sweep.
 */
export async function clearExport(
  env: Env,
  ledger: Db,
  { streetId, id }: { streetId: StreetId; id: ExportId },
  now: number,
): Promise<boolean> {
  const e = streetExports
  const its = and(eq(e.streetId, streetId), eq(e.id, id), lt(e.takenUntil, now), inArray(e.state, ['gone', 'failed']))
  const [row] = await ledger.select({ work: e.work }).from(e).where(its)
  if (!row) return false
  // Safe: only the job writes it.
  const upload = (row.work as Work | null)?.upload
  if (upload) {
    // Ended already, or given up by the store itself: then nothing is left of it.
    await env.EVIDENCE.resumeMultipartUpload(packageKey(streetId, id), upload)
      .abort()
      .catch(() => undefined)
  }
  if (!(await clearObjects(env, exportPrefix(streetId, id)))) return false
  await ledger.update(e).set({ clearedAt: now, work: null }).where(its)
  return true
}

/** Gives up packages whose job was given up, ends those whose time is over, and takes away what is left of them. */
export async function sweepExports(env: Env, ledger: Db, now: number): Promise<void> {
  const e = streetExports
  const prefix = keyOf({ kind: 'export', streetId: '' as StreetId, exportId: '' as ExportId }).slice(0, -1)
  const givenUp = sql`exists (select 1 from ${jobs} where ${jobs.key} = ${prefix} || ${e.streetId} || '/' || ${e.id} and ${jobs.state} = 'failed')`
  await ledger.batch([
    ledger
      .update(e)
      .set({ state: 'failed', wrappedKey: null, error: '多次尝试没有完成，请重新导出。' })
      .where(and(eq(e.state, 'making'), givenUp)),
    ledger
      .update(e)
      .set({ state: 'gone' })
      .where(and(eq(e.state, 'ready'), lt(e.expiresAt, now))),
  ])
  const over = await ledger
    .select({ streetId: e.streetId, id: e.id })
    .from(e)
    .where(and(sql`${e.clearedAt} is null`, inArray(e.state, ['gone', 'failed'])))
    .limit(20)
  for (const one of over) await clearExport(env, ledger, one, now)
}
