import { Cron } from 'croner'
import { config, type Product } from './product'

const patterns = config.triggers.crons
const cronOf = (pattern: string) => new Cron(pattern, { timezone: 'UTC', paused: true })

/** The crons of wrangler.toml that fall on the minute of this instant. */
export function cronsAt(at: number): string[] {
  const minute = new Date(Math.floor(at / 60_000) * 60_000)
  return patterns.filter((pattern) => cronOf(pattern).match(minute))
}

/** Calls the worker whenever one of its crons is due, as its host would, until the returned function is called. */
export function startClock(product: Product): () => void {
  const crons = patterns.map(
    (pattern) =>
      new Cron(pattern, { timezone: 'UTC', catch: report }, () =>
        product.scheduled(pattern, Math.floor(Date.now() / 60_000) * 60_000),
      ),
  )
  return () => crons.forEach((cron) => cron.stop())
}

/** Calls each cron once for the last instant it was due, since nothing fired while the product was not running. */
export async function catchUp(product: Product): Promise<void> {
  for (const pattern of patterns) {
    const [last] = cronOf(pattern).previousRuns(1)
    if (last) await product.scheduled(pattern, last.getTime()).catch(report)
  }
}

function report(error: unknown): void {
  console.error('定时任务失败：', error)
}
