import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { day } from '@app/shared/time'
import { photoKeys } from '../demo/record'
import type { PhotoId } from '@app/shared/ids'
import { aPhoto, call, clerk, draft } from './client'
import type { Figure } from './figure'
import { databasesUnder, ledgersUnder } from './files'
import { fireSchedule, freePort, readyData, startServer } from './server'

const clients = 4
const [wanted, kills] = [500, 5]
const accounts = ['lehua.grid', 'lehua.mingzhe', 'lehua.inspector', 'lehua.admin']
const tenMinutes = 600_000
/** A product that is killed is back long before. */
const patience = 120_000

export const uploaded: Figure = {
  name: 'R2',
  figure:
    '500 acknowledged photos through 5 kill -9 of the whole process group: no row without its object, and a month later no object without a row, none swept that a record names',
  async try() {
    const [data, port] = [await readyData(), await freePort()]
    let server = await startServer(data, port)
    const { address } = server
    const crew = await Promise.all(accounts.map((username) => clerk(address, username)))
    const [first] = crew
    if (!first) throw new Error('There are no accounts')
    const streetId = first.street.id

    const started = performance.now()
    const done: PhotoId[] = []
    let [next, retried] = [0, 0]
    const client = async (_: unknown, at: number) => {
      const me = crew[at % crew.length]
      if (!me) return
      while (next < wanted) {
        const seed = ++next
        const since = Date.now()
        let id: PhotoId | null = null
        for (let tries = 1; id === null; tries++) {
          if (tries > 1) await sleep(50 + Math.random() * 100)
          if (tries === 2) retried++
          id = await aPhoto(address, me, seed).catch((error: unknown) => {
            if (Date.now() - since > patience) throw error
            return null
          })
        }
        done.push(id)
      }
    }
    const killer = async () => {
      const share = wanted / kills
      for (let n = 0; n < kills; n++) {
        const at = Math.floor((n + 0.1 + Math.random() * 0.8) * share)
        while (done.length < at) await sleep(2)
        await sleep(Math.random() * 40)
        await server.kill()
        server = await startServer(data, port)
      }
    }
    await Promise.all([killer(), ...Array.from({ length: clients }, client)])
    const seconds = (performance.now() - started) / 1000
    // Half of them become part of a record, as a phone files it; the rest are nobody's.
    const bound = done.filter((_, at) => at % 2 === 0)
    for (const [at, photo] of bound.entries()) {
      const path = `/api/streets/${streetId}/hazards`
      const answer = await call(address, first.cookie, 'POST', path, {
        body: JSON.stringify(draft(first, photo, `照片 第 ${at} 处`)),
      })
      if (answer.status !== 201) throw new Error(`Refused with ${answer.status}: ${answer.body}`)
    }
    await server.stop()
    const loaded = held(data, streetId)

    server = await startServer(data, port)
    // A sweep takes so many at a time, and the next is ten minutes later.
    const sweeps = Array.from(
      { length: 6 },
      (_, nth) => (Math.ceil((Date.now() + 32 * day) / tenMinutes) + nth) * tenMinutes,
    )
    let failed = 0
    for (const at of sweeps) {
      const outcome: Partial<Awaited<ReturnType<typeof fireSchedule>>> = await fireSchedule(data, at)
      if (outcome.failed?.length !== 0) failed++
    }
    await server.stop()
    const swept = held(data, streetId)

    const lost = done.filter((id) => !loaded.kept.has(id)).length
    const withoutObject = missing(loaded, streetId)
    const orphans = strays(swept, streetId)
    const sweptOfRecords = bound.filter((id) => !swept.kept.has(id)).length
    const left = done.filter((id) => !bound.includes(id) && swept.kept.has(id)).length
    let damaged = 0
    for (const database of databasesUnder(data))
      if (database.prepare('PRAGMA integrity_check').get()?.['integrity_check'] !== 'ok') damaged++
    return {
      held:
        lost + withoutObject + orphans + sweptOfRecords + left + missing(swept, streetId) + damaged + failed === 0 &&
        done.length === wanted,
      acknowledged: done.length,
      kills,
      retried,
      lost,
      rowsWithoutObject: withoutObject,
      // What a kill left half-way, which the sweep is for.
      halfWay: loaded.rows - loaded.kept.size,
      loaded: { rows: loaded.rows, objects: loaded.objects.size },
      swept: { rows: swept.rows, objects: swept.objects.size },
      objectsWithoutRow: orphans,
      sweptOfRecords,
      left,
      failedSweeps: failed,
      loadSeconds: Math.round(seconds * 10) / 10,
    }
  },
}

interface Held {
  /** Photos of the street that are said to be there whole. */
  readonly kept: ReadonlySet<string>
  readonly rows: number
  readonly objects: ReadonlySet<string>
}

/** What the files themselves say of a street's photos and of the objects in its folder; nothing waits for them. */
function held(data: string, streetId: string): Held {
  const kept = new Set<string>()
  let rows = 0
  for (const ledger of ledgersUnder(data))
    for (const row of ledger.prepare('SELECT id, state FROM photos WHERE street_id = ?').all(streetId)) {
      rows++
      if (row['state'] === 'kept') kept.add(String(row['id']))
    }
  const objects = new Set<string>()
  for (const bucket of bucketsUnder(data)) {
    const keys = bucket.prepare("SELECT key FROM _mf_objects WHERE key LIKE 'streets/' || ? || '/%'").all(streetId)
    for (const { key } of keys) objects.add(String(key))
  }
  return { kept, rows, objects }
}

const missing = ({ kept, objects }: Held, streetId: string) =>
  [...kept].filter((id) => {
    // Safe: it was a photo's id in the table.
    const { full, thumb } = photoKeys(streetId, id as PhotoId)
    return !objects.has(full) || !objects.has(thumb)
  }).length

function strays({ kept, objects }: Held, streetId: string): number {
  // Safe: likewise.
  const keys = new Set([...kept].flatMap((id) => Object.values(photoKeys(streetId, id as PhotoId))))
  return [...objects].filter((key) => /\/(?:photos|thumbs)\//.test(key) && !keys.has(key)).length
}

/** Where Miniflare keeps its index of each bucket. */
function* bucketsUnder(data: string): Generator<DatabaseSync> {
  const folder = join(data, 'r2')
  if (!existsSync(folder)) throw new Error('There is no bucket under the data folder')
  for (const { name, parentPath } of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!name.endsWith('.sqlite')) continue
    const database = new DatabaseSync(join(parentPath, name), { readOnly: true })
    try {
      if (database.prepare("SELECT 1 FROM sqlite_master WHERE name = '_mf_objects'").get()) yield database
    } finally {
      database.close()
    }
  }
}
