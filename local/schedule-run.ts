import { setTimeout as sleep } from 'node:timers/promises'
import { cronsAt } from './clock'
import type { Product } from './product'

interface JobRow {
  district_id: string
  key: string
  state: string
  scheduled_at: number
  attempts: number
  error: string | null
}

/** What became of the work that an instant asked for. */
export interface ScheduleOutcome {
  readonly crons: string[]
  readonly done: string[]
  readonly failed: { key: string; error: string | null }[]
}

const patience = 120_000

/**
 * Calls every cron that falls on this instant (epoch milliseconds) and waits until no ledger has work left to do.
 * Throws when no cron falls on it, when the worker fails, or when work is still waiting after two minutes.
 */
export async function runSchedule(product: Product, at: number): Promise<ScheduleOutcome> {
  const crons = cronsAt(at)
  if (crons.length === 0) throw new Error('没有定时任务落在这一分钟')
  const before = new Map((await jobsOf(product)).map((job) => [nameOf(job), JSON.stringify(job)]))
  for (const cron of crons) await product.scheduled(cron, at)

  const deadline = Date.now() + patience
  for (;;) {
    const jobs = await jobsOf(product)
    const waiting = jobs.filter(({ state }) => state === 'waiting')
    if (waiting.length === 0) {
      const asked = jobs.filter((job) => job.scheduled_at === at || before.get(nameOf(job)) !== JSON.stringify(job))
      return {
        crons,
        done: asked.filter(({ state }) => state === 'done').map(nameOf),
        failed: asked.filter(({ state }) => state === 'failed').map((job) => ({ key: nameOf(job), error: job.error })),
      }
    }
    if (Date.now() > deadline) throw new Error(`两分钟后仍有任务未完成：${waiting.map(nameOf).join('、')}`)
    await sleep(100)
  }
}

const nameOf = ({ district_id, key }: JobRow) => `${district_id} ${key}`

async function jobsOf({ ledgers }: Product): Promise<JobRow[]> {
  const select = 'SELECT district_id, key, state, scheduled_at, attempts, error FROM jobs'
  const pages = await Promise.all(Array.from(ledgers.values(), (ledger) => ledger.prepare(select).all<JobRow>()))
  return pages.flatMap(({ results }) => results)
}
