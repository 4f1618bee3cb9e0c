import { type Column, type SQL, and, desc, eq, inArray, isNotNull, lt, or, sql } from 'drizzle-orm'
import type { Json } from '@app/shared/events/chain'
import type { DistrictId, MoveId, PersonId, StreetId } from '@app/shared/ids'
import { keyOf } from '@app/shared/jobs'
import { Problem } from '@app/shared/problem'
import { afterAct, type MoveCard, moveRefusal, type MoveState, type NewMove } from '@app/shared/tenants/moves'
import { addDays, dayOf } from '@app/shared/time'
import { type Db, openDirectory, openLedger } from '../db/client'
import { districts, streetMoves, streets } from '../db/directory'
import { jobs, streetExports } from '../db/ledger'
import { mentions } from '../db/refusals'
import type { Env } from '../env'
import { Seals } from '../tenancy/seals'
import { arm } from './armed'
import {
  type CarriedTable,
  countRows,
  deleteRows,
  digestRows,
  insertRows,
  readRows,
  type Row,
  streetTables,
} from './rows'
import { eachStep } from './steps'
import { type LongJob, type Outcome, runUnits } from './units'

const rowsPerUnit = 500
const unitsPerRun = 200
/** Requests that were let in before the street was held are answered by then. */
const settling = 30_000
/** How often a copy that differs is made again before somebody has to look. */
const mostAttempts = 3

const m = streetMoves
type MoveRow = typeof m.$inferSelect

/** How far the copying has come. */
type Work = {
  readonly phase: 'clear' | 'copy' | 'check' | 'catch-up'
  readonly attempt: number
  readonly table: number
  readonly after: Row | null
  readonly digests: readonly [source: string, target: string]
}
const firstWork: Work = { phase: 'clear', attempt: 1, table: 0, after: null, digests: ['', ''] }

/** What the operator may do about where a street is kept. Each may be asked again, and then changes nothing more. */
export class Moves {
  readonly #env: Env
  readonly #directory: Db
  readonly #by: PersonId

  constructor(env: Env, by: PersonId) {
    this.#env = env
    this.#directory = openDirectory(env)
    this.#by = by
  }

  /**
   * Sets a street on its way: from now on it only reads, until its rows are with the other district.
   * Throws `not-found`, `invalid-input` for a district that cannot take it, `rule-broken` while it is on its way already.
   */
  async begin(streetId: StreetId, { id, districtId }: NewMove, now: number): Promise<void> {
    const [[street], [to], [known]] = await this.#directory.batch([
      this.#directory
        .select({ districtId: streets.districtId, ledger: streets.ledger })
        .from(streets)
        .where(and(eq(streets.id, streetId), eq(streets.state, 'active'))),
      this.#directory
        .select({ ledger: districts.ledger, suspendedAt: districts.suspendedAt })
        .from(districts)
        .where(and(eq(districts.id, districtId), eq(districts.state, 'active'))),
      this.#directory.select().from(m).where(eq(m.id, id)),
    ])
    if (!street) throw new Problem('not-found')
    if (known) {
      if (known.streetId !== streetId || known.toDistrict !== districtId) throw new Problem('already-there')
      return this.#arm(known, now)
    }
    if (!to) throw refused('没有这个区')
    if (to.suspendedAt !== null) throw refused('这个区已暂停使用，不能迁入')
    if (districtId === street.districtId) throw refused('街道已经属于这个区')
    const [making] = await openLedger(this.#env, street.ledger)
      .select({ id: streetExports.id })
      .from(streetExports)
      .where(and(eq(streetExports.streetId, streetId), eq(streetExports.state, 'making')))
    if (making) throw new Problem('rule-broken', '街道正在生成数据包，请等它完成后再迁移。')
    const row = {
      id,
      streetId,
      state: 'preparing' as const,
      fromDistrict: street.districtId,
      fromLedger: street.ledger,
      toDistrict: districtId,
      toLedger: to.ledger,
      by: this.#by,
      at: now,
    }
    try {
      await this.#directory.batch([
        this.#directory.insert(m).values(row),
        this.#directory.update(streets).set({ movingSince: now }).where(eq(streets.id, streetId)),
      ])
    } catch (error) {
      if (mentions(error, /UNIQUE .*street_moves/))
        throw new Problem('rule-broken', '街道的上一次迁移还没有完成，请先释放原数据或撤销。')
      throw error
    }
    await this.#arm(row, now)
  }

  /** The street's last move, or null. Throws `not-found` for no street. */
  async last(streetId: StreetId): Promise<MoveCard | null> {
    const nameOf = (id: Column, as: string) =>
      sql<string>`(select ${districts.name} from ${districts} where ${districts.id} = ${id})`.as(as)
    const [[street], [found]] = await this.#directory.batch([
      this.#directory.select({ id: streets.id }).from(streets).where(eq(streets.id, streetId)),
      this.#directory
        .select({
          id: m.id,
          state: m.state,
          fromDistrict: m.fromDistrict,
          fromName: nameOf(m.fromDistrict, 'from_name'),
          fromLedger: m.fromLedger,
          toDistrict: m.toDistrict,
          toName: nameOf(m.toDistrict, 'to_name'),
          toLedger: m.toLedger,
          at: m.at,
          rows: m.rows,
          rowsInAll: m.rowsInAll,
          digest: m.digest,
          switchedAt: m.switchedAt,
          releasedAt: m.releasedAt,
          error: m.error,
        })
        .from(m)
        .where(eq(m.streetId, streetId))
        .orderBy(desc(m.at))
        .limit(1),
    ])
    if (!street) throw new Problem('not-found')
    if (!found) return null
    const { fromDistrict, fromName, fromLedger, toDistrict, toName, toLedger, ...card } = found
    return {
      ...card,
      from: { id: fromDistrict, name: fromName, ledger: fromLedger },
      to: { id: toDistrict, name: toName, ledger: toLedger },
    }
  }

  /** Calls a move off: the street works on where it was. Throws `not-found`, `rule-broken` once it has arrived. */
  async cancel(streetId: StreetId, now: number): Promise<void> {
    const row = await this.#open(streetId)
    if (row.state === 'cancelling') return this.#arm(row, now)
    refuse(row.state, 'cancel')
    // Whichever of this and the switch comes first leaves the other nothing to do.
    const stillHere = sql`exists (select 1 from ${m} where ${eq(m.id, row.id)} and ${eq(m.state, 'cancelling')})`
    const [cancelled] = await this.#directory.batch([
      this.#directory
        .update(m)
        .set({ state: 'cancelling', work: null })
        .where(and(eq(m.id, row.id), inArray(m.state, ['preparing', 'copied'])))
        .returning({ id: m.id }),
      this.#directory
        .update(streets)
        .set({ movingSince: null })
        .where(and(eq(streets.id, streetId), stillHere)),
    ])
    if (cancelled.length === 0) throw new Problem('stale')
    await this.#arm(row, now)
  }

  /** Has the rows that were left behind taken away. Throws `not-found`, `rule-broken` before the street has arrived. */
  async release(streetId: StreetId, now: number): Promise<void> {
    const row = await this.#open(streetId)
    if (row.state === 'releasing') return this.#arm(row, now)
    refuse(row.state, 'release')
    const released = await this.#directory
      .update(m)
      .set({ state: 'releasing', work: null })
      .where(and(eq(m.id, row.id), eq(m.state, 'switched')))
      .returning({ id: m.id })
    if (released.length === 0) throw new Problem('stale')
    await this.#arm(row, now)
  }

  async #open(streetId: StreetId): Promise<MoveRow> {
    const [row] = await this.#directory.select().from(m).where(eq(m.streetId, streetId)).orderBy(desc(m.at)).limit(1)
    if (!row) throw new Problem('not-found')
    return row
  }

  #arm({ id, fromLedger, fromDistrict }: Pick<MoveRow, 'id' | 'fromLedger' | 'fromDistrict'>, now: number) {
    return arm(this.#env, fromLedger, fromDistrict, keyOf({ kind: 'move', moveId: id }), now)
  }
}

const refused = (detail: string) => new Problem('invalid-input', undefined, [{ pointer: '/districtId', detail }])

function refuse(state: MoveState, act: 'cancel' | 'release'): void {
  const refusal = moveRefusal(state, act)
  if (refusal) throw new Problem('rule-broken', refusal)
}

/** Goes on with a move that this district's job names, for as many units as one run may take. */
export function runMove(
  env: Env,
  { moveId, districtId }: { moveId: MoveId; districtId: DistrictId },
  clock: () => number,
  most = unitsPerRun,
): Promise<Outcome> {
  return runUnits(new MoveJob(env, moveId, districtId), clock, most)
}

/** Moves with something for the job to do. */
const unfinished = or(
  inArray(m.state, ['preparing', 'copied', 'releasing', 'cancelling']),
  and(eq(m.state, 'switched'), isNotNull(m.work)),
)

class MoveJob implements LongJob<MoveRow> {
  readonly #env: Env
  readonly #directory: Db
  readonly #id: MoveId
  readonly #districtId: DistrictId

  constructor(env: Env, id: MoveId, districtId: DistrictId) {
    this.#env = env
    this.#directory = openDirectory(env)
    this.#id = id
    this.#districtId = districtId
  }

  async take(now: number, until: number): Promise<MoveRow | 'over' | null> {
    const [[row], [left]] = await this.#directory.batch([
      this.#directory
        .update(m)
        .set({ takenUntil: until })
        .where(and(this.#own(), unfinished, lt(m.takenUntil, now)))
        .returning(),
      this.#directory.select({ id: m.id }).from(m).where(and(this.#own(), unfinished)),
    ])
    return row ?? (left ? null : 'over')
  }

  async keep({ step, state }: MoveRow, change: Partial<MoveRow>, until: number): Promise<boolean> {
    const kept = await this.#directory
      .update(m)
      .set({ takenUntil: until, ...change, step: step + 1 })
      // The switch has written its state itself, together with the street's.
      .where(and(this.#own(), eq(m.step, step), eq(m.state, change.state === 'switched' ? 'switched' : state)))
      .returning({ id: m.id })
    return kept.length > 0
  }

  async free(): Promise<void> {
    await this.#directory.update(m).set({ takenUntil: 0 }).where(this.#own())
  }

  async unit(row: MoveRow, now: number): Promise<Partial<MoveRow> | 'later' | null> {
    // Safe: only this job writes it.
    const work = (row.work as Work | null) ?? firstWork
    switch (row.state) {
      case 'preparing':
        // In the same ledger nothing has to be copied: the street's rows are nobody's but its own.
        if (row.fromLedger === row.toLedger) return { state: step(row.state, 'copy'), work: null }
        return this.#prepare(row, work, now)
      case 'copied':
        return this.#switch(row, now)
      case 'switched':
        return row.work === null ? null : this.#catchUp(row, now)
      case 'releasing':
      case 'cancelling':
        return this.#clear(row, work, now)
      case 'released':
      case 'cancelled':
        return null
    }
  }

  async #prepare(row: MoveRow, work: Work, now: number): Promise<Partial<MoveRow> | 'later'> {
    const { streetId } = row
    const [source, target] = [openLedger(this.#env, row.fromLedger), openLedger(this.#env, row.toLedger)]
    const tables = streetTables()
    if (work.phase === 'clear') {
      const next = await cleared(target, tables, streetId, work)
      if (next) return { work: next satisfies Json }
      // What was let in before the street was held has to be through before anything is copied.
      if (now < row.at + settling) return 'later'
      const counts = await countRows(source, tables, streetId)
      return {
        work: { ...firstWork, attempt: work.attempt, phase: 'copy' } satisfies Json,
        rows: 0,
        rowsInAll: [...counts.values()].reduce((sum, n) => sum + n, 0),
      }
    }
    const table = tables[work.table]
    if (work.phase === 'copy') {
      if (!table) return { work: { ...firstWork, attempt: work.attempt, phase: 'check' } satisfies Json }
      const rows = await readRows(source, table, streetId, { after: work.after, limit: rowsPerUnit })
      const names = table.columns.map(({ name }) => name)
      await insertRows(target, table, names, rows)
      return { work: behind(work, rows) satisfies Json, rows: row.rows + rows.length }
    }
    if (table) {
      const page = { after: work.after, limit: rowsPerUnit }
      const sides = await Promise.all([
        readRows(source, table, streetId, page),
        readRows(target, table, streetId, page),
      ])
      const [here, there] = sides
      const digests = [
        await digestRows(work.digests[0], table, here),
        await digestRows(work.digests[1], table, there),
      ] as const
      // A difference shows at once; the rest need not be read.
      if (digests[0] !== digests[1]) return this.#differs(work)
      return { work: { ...behind(work, here), digests } satisfies Json }
    }
    return { state: step(row.state, 'copy'), digest: work.digests[0], work: null, error: null }
  }

  #differs({ attempt }: Work): Partial<MoveRow> {
    if (attempt >= mostAttempts) throw new Error('The copy differs from its source')
    return { work: { ...firstWork, attempt: attempt + 1 } satisfies Json, error: '两边数据不一致，正在重新复制。' }
  }

  /** One write: from now on the street is the other district's, in the other ledger, and works again. */
  async #switch(row: MoveRow, now: number): Promise<Partial<MoveRow>> {
    const { streetId, toDistrict, toLedger, fromLedger } = row
    const its = sql`exists (select 1 from ${m} where ${this.#own()} and ${eq(m.state, 'copied')})`
    const work = { ...firstWork, phase: 'catch-up' } as const satisfies Json
    await this.#directory.batch([
      this.#directory
        .update(streets)
        .set({ districtId: toDistrict, ledger: toLedger, movingSince: null })
        .where(and(eq(streets.id, streetId), eq(streets.ledger, fromLedger), its)),
      this.#directory
        .update(m)
        .set({ state: step('copied', 'switch'), switchedAt: now, work })
        .where(and(this.#own(), eq(m.state, 'copied'))),
    ])
    return { state: step('copied', 'switch'), switchedAt: now, work }
  }

  /**
   * What jobs passed over on the way is the new district's to do, whose own run of it may have been before: the days
   * that went by are sealed, what an older key sealed is sealed again, and a package that was begun at the last moment
   * is made.
   */
  async #catchUp(row: MoveRow, now: number): Promise<Partial<MoveRow>> {
    const { fromDistrict, fromLedger, toDistrict, toLedger, streetId } = row
    const here = (key: string) => arm(this.#env, toLedger, toDistrict, key, now)
    for (let day = addDays(dayOf(row.at), -1); day < dayOf(now); day = addDays(day, 1))
      await here(keyOf({ kind: 'anchor', day }))
    const source = openLedger(this.#env, fromLedger)
    const theirs = (key: string) => and(eq(jobs.districtId, fromDistrict), eq(jobs.key, key))
    const rotation = keyOf({ kind: 'rotate', version: new Seals(this.#env).newest })
    const [rotated] = await source.select({ key: jobs.key }).from(jobs).where(theirs(rotation))
    if (rotated) await here(rotation)
    const making = await openLedger(this.#env, toLedger)
      .select({ id: streetExports.id })
      .from(streetExports)
      .where(and(eq(streetExports.streetId, streetId), eq(streetExports.state, 'making')))
    for (const { id } of making) {
      const key = keyOf({ kind: 'export', streetId, exportId: id })
      // Given up there, it would count as given up here.
      await source.delete(jobs).where(theirs(key))
      await here(key)
    }
    return { work: null }
  }

  /** Takes away the rows of the side that is no longer, or not yet, the street's. */
  async #clear(row: MoveRow, work: Work, now: number): Promise<Partial<MoveRow>> {
    const ledger = row.state === 'releasing' ? row.fromLedger : row.toLedger
    if (row.fromLedger !== row.toLedger) {
      const [street] = await this.#directory
        .select({ ledger: streets.ledger })
        .from(streets)
        .where(eq(streets.id, row.streetId))
      // Whatever the row says: never the side that the directory sends people to.
      if (street?.ledger === ledger) throw new Error('These rows are the street’s')
      const next = await cleared(openLedger(this.#env, ledger), streetTables(), row.streetId, work)
      if (next) return { work: next satisfies Json }
    }
    const over = { state: step(row.state, 'clear'), work: null }
    return row.state === 'releasing' ? { ...over, releasedAt: now } : over
  }

  #own(): SQL | undefined {
    return and(eq(m.id, this.#id), eq(m.fromDistrict, this.#districtId))
  }
}

function step(state: MoveState, act: Parameters<typeof afterAct>[1]): MoveState {
  const next = afterAct(state, act)
  if (!next) throw new Error(`A move that is ${state} cannot ${act}`)
  return next
}

function behind(work: Work, rows: readonly Row[]): Work {
  return rows.length < rowsPerUnit
    ? { ...work, table: work.table + 1, after: null }
    : { ...work, after: rows.at(-1) ?? null }
}

/** Takes away the next rows, children before their parents; null when none are left. */
async function cleared(
  ledger: Db,
  tables: readonly CarriedTable[],
  streetId: StreetId,
  work: Work,
): Promise<Work | null> {
  const table = tables.toReversed()[work.table]
  if (!table) return null
  const gone = await deleteRows(ledger, table, streetId, rowsPerUnit)
  return gone < rowsPerUnit ? { ...work, table: work.table + 1 } : work
}

/** Wakes moves that nobody goes on with. */
export async function sweepMoves(env: Env, now: number): Promise<void> {
  const left = await openDirectory(env)
    .select({ id: m.id, fromLedger: m.fromLedger, fromDistrict: m.fromDistrict })
    .from(m)
    .where(and(unfinished, lt(m.takenUntil, now)))
    .limit(20)
  await eachStep(
    left.map(
      ({ id, fromLedger, fromDistrict }) =>
        () =>
          arm(env, fromLedger, fromDistrict, keyOf({ kind: 'move', moveId: id }), now, 'unless there'),
    ),
  )
}
