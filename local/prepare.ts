import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Day, dayOf, hour, startOfDay } from '@app/shared/time'
import { build } from './build'
import { migrate } from './databases'
import { closingsOf, demoOf } from './demo/demo'
import { demoIsComplete, demoIsLoaded, drawPictures, loadRows } from './demo/load'
import { publishLastNotice } from './demo/notice'
import { closeLast } from './lifetime'
import { dataFolder } from './place'
import { openProduct, openStorage, type Product } from './product'
import { runSchedule } from './schedule-run'

/** `ZHIBEN_DEMO=none` starts a deployment as it is on its first day: no accounts, no data. */
export const withoutDemo = process.env['ZHIBEN_DEMO'] === 'none'

/** Makes ready what is needed before the product may be opened: its build, databases, and once the demonstration's data. */
export async function prepare(what: 'all' | 'bundle'): Promise<void> {
  const [, { loaded, complete }] = await Promise.all([build(what), migrated()])
  if (complete || withoutDemo) return
  const started = performance.now()
  console.log('首次启动，正在载入演示数据……')
  const today = loadingDay(loaded)
  const [demo, opened] = await Promise.all([demoOf(today), openProduct(dataFolder)])
  await using(opened, async (product) => {
    if (!loaded) await loadRows(product, demo)
    const closings = closingsOf(startOfDay(today) + 2 * hour)
    // Scoring mostly waits for the queue; the pictures need the time.
    await Promise.all([drawPictures(product, demo), score(product, closings)])
    const last = closings.at(-1)
    if (last) await publishLastNotice(product.innerUrl, last)
  })
  console.log(`演示数据已载入（${((performance.now() - started) / 1000).toFixed(1)} 秒）`)
}

/** The product itself scores the months that are over: none of that is invented here. */
async function score(product: Product, closings: readonly number[]): Promise<void> {
  for (const at of closings) {
    const { failed } = await runSchedule(product, at)
    if (failed.length > 0) throw new Error(`演示数据计分失败：${JSON.stringify(failed)}`)
  }
}

/** The day the demonstration is of; a load that was broken off behind its rows goes on with its own. */
function loadingDay(loaded: boolean): Day {
  const file = resolve(dataFolder, 'demo-day')
  try {
    // Safe: written below.
    if (loaded) return readFileSync(file, 'utf8') as Day
  } catch {
    // Somebody tidied up: only pictures of records that are not there would be drawn.
  }
  const today = dayOf(Date.now())
  writeFileSync(file, today)
  return today
}

async function migrated(): Promise<{ loaded: boolean; complete: boolean }> {
  return using(await openStorage(dataFolder), async (storage) => {
    await migrate(storage)
    return { loaded: await demoIsLoaded(storage), complete: await demoIsComplete(storage) }
  })
}

async function using<T>(product: Product, work: (product: Product) => Promise<T>): Promise<T> {
  let closed: Promise<void> | undefined
  const close = () => (closed ??= product.close())
  closeLast(close)
  try {
    return await work(product)
  } finally {
    await close()
  }
}
