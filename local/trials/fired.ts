import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { addMonths, cutoffOf, day, monthOf, periodOf } from '@app/shared/time'
import { root } from '../place'
import type { Figure } from './figure'
import { ledgersUnder } from './files'
import { fireSchedule, freePort, readyData, startServer } from './server'

const minute = 60_000

/** One o'clock in the morning of China time, after the cut-off of the month that runs now. */
function nextClosing(): number {
  const cutoff = cutoffOf(monthOf(Date.now()), 3)
  // 17:00 of UTC, when the daily cron is due.
  return Math.ceil((cutoff - 17 * 60 * minute) / day) * day + 17 * 60 * minute
}

export const fired: Figure = {
  name: 'R5',
  figure:
    'the schedule of one instant fired once, eight times at once, again, and for the next day’s instant: one snapshot of a district and month, and the same digests',
  async try() {
    const at = nextClosing()
    const period = addMonths(monthOf(at), -1)
    const outcomes: string[] = []
    let [snapshots, anchors, failed] = [0, 0, 0]
    const tried = async (fires: ((data: string) => Promise<{ failed?: object[]; error?: string }[]>)[]) => {
      const data = await readyData()
      for (const fire of fires) {
        const server = await startServer(data, await freePort())
        for (const outcome of await fire(data)) if (outcome.error || outcome.failed?.length) failed++
        await server.stop()
        const seen = look(data, period)
        outcomes.push(seen.digest)
        snapshots = seen.snapshots
        anchors = seen.anchors
      }
      return data
    }
    const once = async (data: string) => [await fireSchedule(data, at)]
    const eight = (data: string) => Promise.all(Array.from({ length: 8 }, () => fireSchedule(data, at)))
    const nextDay = async (data: string) => [await fireSchedule(data, at + day)]
    await tried([once, once, nextDay])
    const data = await tried([eight, eight, nextDay])
    // The product's own recomputation, which shares nothing with the run but the rules.
    const verified = spawnSync(process.execPath, [resolve(root, 'local/run.mjs'), 'verify-snapshot'], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, ZHIBEN_DATA: data },
    })
    const different = new Set(outcomes).size
    return {
      held: different === 1 && failed === 0 && snapshots > 0 && verified.status === 0,
      at: new Date(at).toISOString(),
      period,
      ended: periodOf(period).until <= at,
      fires: 1 + 1 + 1 + 8 + 8 + 1,
      runs: outcomes.length,
      differentDigests: different,
      digest: outcomes[0]?.slice(0, 16),
      failed,
      snapshots,
      anchors,
      recomputed: verified.stdout.trim().split('\n').at(-1),
    }
  },
}

/** Everything that the period's scoring left, but for the moment it was done at. */
function look(data: string, period: string): { digest: string; snapshots: number; anchors: number } {
  const hash = createHash('sha256')
  const [kept, days] = [[] as string[], [] as unknown[]]
  for (const ledger of ledgersUnder(data)) {
    const select = [
      'SELECT district_id, period, revision, scheme_version, facts_hash, fact_count, scores_hash FROM snapshots',
      'SELECT * FROM street_scores',
    ]
    for (const sql of select) {
      const rows = ledger.prepare(`${sql} WHERE period = ?`).all(period)
      for (const row of rows) kept.push(JSON.stringify(row))
    }
    days.push(...ledger.prepare('SELECT street_id, day FROM chain_anchors').all())
  }
  for (const row of kept.sort()) hash.update(row)
  return {
    digest: hash.digest('hex'),
    snapshots: kept.filter((row) => row.includes('"scores_hash"')).length,
    anchors: days.length,
  }
}
