import { createHash, randomBytes } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { firstBroken } from '@app/shared/events/chain'
import { sealedOf } from '@app/shared/hazards/effects'
import type { HazardDraft } from '@app/shared/hazards/schema'
import type { PhotoId } from '@app/shared/ids'
import { aPhoto, call, clerk, type Clerk, draft } from './client'
import type { Figure } from './figure'
import { databasesUnder, ledgersUnder } from './files'
import { freePort, readyData, startServer } from './server'

const clients = 8
/** The share of tries that a client breaks off by itself, as a phone that loses its network. */
const cuts = 0.05
const accounts = ['lehua.grid', 'lehua.mingzhe', 'lehua.inspector', 'lehua.admin']
const digest = (text: string) => Promise.resolve(createHash('sha256').update(text).digest('hex'))

/** A hazard that a client was told is filed. */
interface Acknowledged {
  readonly draft: HazardDraft
  /** When the try that was answered went out; earlier ones went unanswered. */
  readonly sentAt: number
  readonly tries: number
  /** How often the client itself hung up before the answer came. */
  readonly cut: number
}

export const killed: Figure = {
  name: 'R1',
  figure:
    '2,000 acknowledged creates by 8 clients through 5 kill -9 of the whole process group: 0 lost, 0 duplicated, numbers without a gap, chains sound, integrity_check ok, under 120 s',
  async try() {
    const [data, port] = [await readyData(), await freePort()]
    let server = await startServer(data, port)
    const { address } = server
    const crew = await Promise.all(accounts.map((username) => clerk(address, username)))
    const [first] = crew
    if (!first) throw new Error('There are no accounts')
    const photo = await aPhoto(address, first)
    const restart = async () => {
      await server.kill()
      server = await startServer(data, port)
    }

    const started = performance.now()
    const done = await file({
      address,
      crew,
      photo,
      wanted: 2_000,
      kills: 5,
      restart,
      stable: true,
      cuts: 0.05,
      name: '键',
    })
    const seconds = (performance.now() - started) / 1000
    await server.stop()
    const kept = await look(data, first.street.id, done)

    // The same without ids and keys that outlive a try must double something, or the trial proved nothing. A kill only
    // sometimes falls between a commit and its answer, so that a few are given the chance.
    const control = { acknowledged: 0, kills: 0, duplicates: 0, duplicatesByKills: 0 }
    for (let round = 0; control.duplicatesByKills === 0 && round < 3; round++) {
      const name = `无${round}`
      server = await startServer(data, port)
      const filed = await file({ address, crew, photo, wanted: 400, kills: 5, restart, stable: false, cuts, name })
      await server.stop()
      const hungUp = new Set(filed.filter(({ cut }) => cut > 0).map(({ draft: { place } }) => place))
      const doubled = doubledPlaces(data, first.street.id, name)
      control.acknowledged += filed.length
      control.kills += 5
      control.duplicates += doubled.reduce((sum, { more }) => sum + more, 0)
      control.duplicatesByKills += doubled.filter(({ place }) => !hungUp.has(place)).length
    }

    const { lost, duplicated, duplicatedNumbers, gaps, brokenChains, halfDone, damagedFiles } = kept
    const faults = lost + duplicated + duplicatedNumbers + gaps + brokenChains + halfDone + damagedFiles
    return {
      held: faults === 0 && control.duplicates > 0 && seconds < 120,
      acknowledged: done.length,
      kills: 5,
      ...kept,
      hungUp: done.reduce((sum, { cut }) => sum + cut, 0),
      retried: done.filter(({ tries }) => tries > 1).length,
      loadSeconds: Math.round(seconds * 10) / 10,
      controlAcknowledged: control.acknowledged,
      controlKills: control.kills,
      controlDuplicates: control.duplicates,
      controlDuplicatesByKills: control.duplicatesByKills,
    }
  },
}

interface Load {
  readonly address: string
  readonly crew: readonly Clerk[]
  readonly photo: PhotoId
  readonly wanted: number
  readonly kills: number
  readonly restart: () => Promise<void>
  /** Whether id and key are made once for each hazard, as the product's client does, or anew for each try. */
  readonly stable: boolean
  readonly cuts: number
  readonly name: string
}

/** Files hazards from all clients, each tried until it is acknowledged, and kills the product in between. */
async function file({
  address,
  crew,
  photo,
  wanted,
  kills,
  restart,
  stable,
  cuts,
  name,
}: Load): Promise<Acknowledged[]> {
  const done: Acknowledged[] = []
  let next = 0
  const client = async (_: unknown, at: number) => {
    const me = crew[at % crew.length]
    if (!me) return
    while (next < wanted) {
      const place = `${name} 第 ${next++} 处`
      let hazard = draft(me, photo, place)
      let key = aKey()
      let cut = 0
      for (let tries = 1; ; tries++) {
        const sentAt = Date.now()
        const patience = Math.random() < cuts ? Math.random() * 60 : undefined
        const answer = await call(address, me.cookie, 'POST', `/api/streets/${me.street.id}/hazards`, {
          body: JSON.stringify(hazard),
          key,
          ...(patience !== undefined && { patience }),
        }).catch((error: unknown) => {
          if (patience !== undefined && error instanceof DOMException) cut++
          return null
        })
        if (answer?.status === 201) {
          done.push({ draft: hazard, sentAt, tries, cut })
          break
        }
        if (answer && answer.status < 500) throw new Error(`Refused with ${answer.status}: ${answer.body}`)
        await sleep(50 + Math.random() * 100)
        if (!stable) [hazard, key] = [draft(me, photo, place), aKey()]
      }
    }
  }
  const killer = async () => {
    // Somewhere within each equal share of the work.
    const share = wanted / kills
    for (let n = 0; n < kills; n++) {
      const at = Math.floor((n + 0.1 + Math.random() * 0.8) * share)
      while (done.length < at) await sleep(2)
      await sleep(Math.random() * 20)
      await restart()
    }
  }
  await Promise.all([killer(), ...Array.from({ length: clients }, client)])
  return done
}

const aKey = () => randomBytes(12).toString('base64url')

interface HazardRow {
  id: string
  head: string
  received_at: number
  events: number
  rounds: number
  photos: number
  audited: number
}

/** Counts in the files themselves, which nothing has open, what became of what was acknowledged. */
async function look(data: string, streetId: string, done: readonly Acknowledged[]) {
  let damagedFiles = 0
  let files = 0
  for (const database of databasesUnder(data)) {
    files++
    if (database.prepare('PRAGMA integrity_check').get()?.['integrity_check'] !== 'ok') damagedFiles++
  }
  const rows = new Map<string, HazardRow>()
  let [duplicated, duplicatedNumbers, gaps, brokenChains, halfDone, stored] = [0, 0, 0, 0, 0, 0]
  for (const ledger of ledgersUnder(data)) {
    const { rows: all, places } = countsOf(ledger, streetId, '键')
    duplicated += all - places
    stored += all
    const numbers = ledger.prepare(
      `SELECT year, count(*) n, count(DISTINCT serial) serials, count(DISTINCT number) numbers, min(serial) first, max(serial) last,
        (SELECT last FROM counters c WHERE c.street_id = h.street_id AND c.year = h.year) counted
       FROM hazards h WHERE street_id = ? GROUP BY year`,
    )
    for (const row of numbers.all(streetId)) {
      // Safe: all of them are counts.
      const { n, serials, numbers: different, first, last, counted } = row as Record<string, number>
      duplicatedNumbers += Number(n) - Number(serials) + (Number(n) - Number(different))
      gaps += Number(last) - Number(first) + 1 - Number(serials)
      if (first !== 1 || last !== counted) gaps++
    }
    const found = ledger
      .prepare(
        `SELECT id, head, received_at,
          (SELECT count(*) FROM hazard_events e WHERE e.street_id = h.street_id AND e.hazard_id = h.id) events,
          (SELECT count(*) FROM hazard_rounds r WHERE r.street_id = h.street_id AND r.hazard_id = h.id) rounds,
          (SELECT count(*) FROM hazard_photos p WHERE p.street_id = h.street_id AND p.hazard_id = h.id) photos,
          (SELECT count(*) FROM audit_log a WHERE a.street_id = h.street_id AND a.subject = h.id) audited
         FROM hazards h WHERE street_id = ? AND place LIKE '键 %'`,
      )
      .all(streetId) as unknown as HazardRow[]
    for (const row of found) {
      rows.set(row.id, row)
      if ([row.events, row.rounds, row.photos, row.audited].some((n) => n !== 1)) halfDone++
      if ((await brokenAt(ledger, streetId, row)) !== null) brokenChains++
    }
  }
  const kept = done.flatMap(({ draft: { id }, sentAt, tries }) => {
    const row = rows.get(id)
    return row ? [{ row, sentAt, tries }] : []
  })
  return {
    stored,
    lost: done.length - kept.length,
    duplicated,
    duplicatedNumbers,
    gaps,
    brokenChains,
    halfDone,
    files,
    damagedFiles,
    // Kept by a try that went unanswered, and answered again: what would have been doubled.
    answeredAgain: kept.filter(({ row, sentAt, tries }) => tries > 1 && row.received_at < sentAt).length,
  }
}

async function brokenAt(ledger: DatabaseSync, streetId: string, { id, head }: HazardRow): Promise<number | null> {
  const events = ledger
    .prepare('SELECT * FROM hazard_events WHERE street_id = ? AND hazard_id = ? ORDER BY seq')
    .all(streetId, id)
  const sealed = events.map((row) => {
    const parsed = (name: string): unknown => (row[name] === null ? null : JSON.parse(String(row[name])))
    // Safe: the table's columns are an event's fields.
    return sealedOf({
      streetId: row['street_id'],
      hazardId: row['hazard_id'],
      seq: row['seq'],
      round: row['round'],
      deed: row['deed'],
      actor: row['actor'],
      role: row['role'],
      observedAt: row['observed_at'],
      receivedAt: row['received_at'],
      before: parsed('before'),
      after: parsed('after'),
      photos: parsed('photos'),
      said: row['said'],
      texts: parsed('texts'),
      salt: row['salt'],
      wordsDigest: row['words_digest'],
      hash: row['hash'],
    } as Parameters<typeof sealedOf>[0])
  })
  return firstBroken(sealed, head, digest)
}

/** What clients meant to file once and is there more than once, and how often more. */
function doubledPlaces(data: string, streetId: string, name: string): { place: string; more: number }[] {
  const select =
    "SELECT place, count(*) - 1 more FROM hazards WHERE street_id = ? AND place LIKE ? || ' %' GROUP BY place HAVING more > 0"
  const rows = Array.from(ledgersUnder(data), (ledger) => ledger.prepare(select).all(streetId, name)).flat()
  return rows.map((row) => ({ place: String(row['place']), more: Number(row['more']) }))
}

/** How many rows were made for how many different hazards that clients meant to file. */
function countsOf(ledger: DatabaseSync, streetId: string, name: string) {
  const counts = ledger
    .prepare(
      "SELECT count(*) n, count(DISTINCT place) places FROM hazards WHERE street_id = ? AND place LIKE ? || ' %'",
    )
    .get(streetId, name)
  return { rows: Number(counts?.['n']), places: Number(counts?.['places']) }
}
