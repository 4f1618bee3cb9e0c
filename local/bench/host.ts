import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Log, LogLevel, Miniflare, convertV4MiniflareOptions } from 'miniflare'
import { unstable_getMiniflareWorkerOptions } from 'wrangler'
import { root } from '../place'
import { bundle, config } from '../product'
import { freePort } from '../trials/server'

type Worker = Extract<Parameters<typeof convertV4MiniflareOptions>[0], { workers: unknown }>['workers'][number]

/** One runtime with three workers, each on a port of its own, over the same databases. */
export interface Host {
  /** Answers `hello` and asks nothing of anybody: what the machine and the set-up cost. */
  readonly bare: string
  /** The deploy bundle, as it would be deployed. */
  readonly product: string
  /** The same, which says in `x-counted` what a request asked of the databases. */
  readonly counted: string
  /** Runs a statement on the database that is bound under that name. */
  run(binding: string, sql: string, ...values: unknown[]): Promise<void>
  close(): Promise<void>
}

export async function openHost(data: string): Promise<Host> {
  const { workerOptions } = unstable_getMiniflareWorkerOptions(resolve(root, 'wrangler.toml'))
  // Safe: the parts of it that matter here; the bundle is one module, so rules for others do not apply.
  const { modulesRules: _, rootPath: __, ...options } = workerOptions as Record<string, unknown>
  // Only one worker may take from a queue.
  const { queueConsumers: ___, ...withoutQueue } = options
  const [bare, product, counted] = [await freePort(), await freePort(), await freePort()]
  const at = (port: number) => ({ unsafeDirectSockets: [{ host: '127.0.0.1', port }] })
  const modules = [
    {
      type: 'ESModule',
      path: 'counted.mjs',
      contents: readFileSync(resolve(import.meta.dirname, 'counted.mjs'), 'utf8'),
    },
    { type: 'ESModule', path: 'index.js', contents: readFileSync(bundle, 'utf8') },
  ]
  const hello = 'export default { fetch: () => new Response("hello") }'
  const workers = [
    { ...options, name: 'product', modules: true, scriptPath: bundle, ...at(product) },
    { ...withoutQueue, name: 'counted', modules, ...at(counted) },
    { name: 'bare', modules: true, script: hello, compatibilityDate: config.compatibility_date, ...at(bare) },
  ] as Worker[]
  const all = convertV4MiniflareOptions({
    host: '127.0.0.1',
    port: 0,
    cf: false,
    log: new Log(LogLevel.WARN),
    workers,
  })
  all.resourcePersistencePath = data
  all.logRequests = false
  const miniflare = new Miniflare(all)
  await miniflare.ready
  return {
    bare: `http://127.0.0.1:${bare}`,
    product: `http://127.0.0.1:${product}`,
    counted: `http://127.0.0.1:${counted}`,
    async run(binding, sql, ...values) {
      const database = await miniflare.getD1Database(binding, 'product')
      await database
        .prepare(sql)
        .bind(...values)
        .run()
    },
    close: () => miniflare.dispose(),
  }
}
