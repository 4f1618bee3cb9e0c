import { mkdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Log, LogLevel, Miniflare, convertV4MiniflareOptions } from 'miniflare'
import { unstable_getMiniflareWorkerOptions, unstable_readConfig } from 'wrangler'
import { root } from './place'

const configPath = resolve(root, 'wrangler.toml')
/** What these commands read of wrangler.toml. */
interface Config {
  readonly compatibility_date: string
  readonly assets: { readonly directory: string }
  readonly d1_databases: readonly {
    readonly binding: string
    readonly database_id: string
    readonly database_name: string
    readonly migrations_dir: string
  }[]
  readonly r2_buckets: readonly { readonly binding: string; readonly bucket_name: string }[]
  readonly triggers: { readonly crons: readonly string[] }
}

// Safe: wrangler checks what it reads, and all of this is in there.
export const config = unstable_readConfig({ config: configPath }, { hideWarnings: true }) as Config

/** Where `npm run bundle` leaves the worker as it would be deployed. */
export const bundle = resolve(root, 'dist/worker/index.js')

/** What a command of this folder works with: the bindings of wrangler.toml, and a handle on the worker behind them. */
export interface Product {
  readonly directory: Database
  readonly ledgers: ReadonlyMap<string, Database>
  readonly evidence: Bucket
  /** Calls the worker as its cron would. Throws when it fails. */
  scheduled(cron: string, at: number): Promise<void>
  /** Where the product answers this machine alone, whether or not it is open to others. */
  readonly innerUrl: string
  close(): Promise<void>
}
export type Database = Awaited<ReturnType<Miniflare['getD1Database']>>
export type Bucket = Awaited<ReturnType<Miniflare['getR2Bucket']>>

/** Opens databases and objects alone, without the worker; another process may have them open too. */
export function openStorage(data: string): Promise<Product> {
  const { d1_databases, r2_buckets, compatibility_date } = config
  return open(data, {
    name: 'storage',
    modules: true,
    script: 'export default {}',
    compatibilityDate: compatibility_date,
    d1Databases: Object.fromEntries(d1_databases.map(({ binding, database_id }) => [binding, { id: database_id }])),
    r2Buckets: Object.fromEntries(r2_buckets.map(({ binding, bucket_name }) => [binding, bucket_name])),
  })
}

/**
 * Opens the whole product from the bundle; with `door`, also to whoever can reach that host and port. `vars` are
 * bindings besides those of wrangler.toml and .dev.vars.
 */
export function openProduct(
  data: string,
  door?: { host: string; port: number },
  vars: Readonly<Record<string, string>> = {},
): Promise<Product> {
  mkdirSync(resolve(root, config.assets.directory), { recursive: true })
  const { workerOptions } = unstable_getMiniflareWorkerOptions(configPath)
  // Safe: the parts of it that matter here; the bundle is one module, so rules for others do not apply.
  const {
    modulesRules: _,
    rootPath: __,
    bindings,
    ...options
  } = workerOptions as { bindings?: object } & Record<string, unknown>
  const origin = process.env['PUBLIC_ORIGIN']
  const product = {
    ...options,
    name: 'product',
    modules: true,
    scriptPath: bundle,
    bindings: { ...bindings, ...vars, ...(origin && { PUBLIC_ORIGIN: origin }) },
  }
  const front = {
    name: 'door',
    modules: true,
    script: readFileSync(resolve(import.meta.dirname, 'door.mjs'), 'utf8'),
    compatibilityDate: config.compatibility_date,
    bindings: { BEHIND_PROXY: Boolean(origin) },
    serviceBindings: { PRODUCT: 'product' },
    unsafeDirectSockets: door ? [door] : [],
  }
  return open(data, product, front)
}

type Worker = Extract<Parameters<typeof convertV4MiniflareOptions>[0], { workers: unknown }>['workers'][number]

async function open(data: string, worker: Worker, ...others: Worker[]): Promise<Product> {
  const options = convertV4MiniflareOptions({
    host: '127.0.0.1',
    port: 0,
    cf: false,
    log: new Log(LogLevel.WARN),
    workers: [worker, ...others],
  })
  options.resourcePersistencePath = data
  options.logRequests = false
  const miniflare = new Miniflare(options)
  try {
    const url = await miniflare.ready
    const bindings = config.d1_databases.map(({ binding }) => binding)
    const databases = await Promise.all(
      bindings.map(async (binding) => [binding, await miniflare.getD1Database(binding, worker.name)] as const),
    )
    const [bucket] = config.r2_buckets
    if (!bucket) throw new Error('wrangler.toml binds no bucket')
    const { DIRECTORY: directory, ...ledgers } = Object.fromEntries(databases)
    if (!directory) throw new Error('wrangler.toml binds no DIRECTORY')
    return {
      directory,
      ledgers: new Map(Object.entries(ledgers)),
      evidence: await miniflare.getR2Bucket(bucket.binding, worker.name),
      async scheduled(cron, at) {
        const handle = await miniflare.getWorker(worker.name)
        const { outcome } = await handle.scheduled({ cron, scheduledTime: new Date(at) })
        if (outcome !== 'ok')
          throw new Error(`The worker failed at ${cron} of ${new Date(at).toISOString()}: ${outcome}`)
      },
      innerUrl: url.origin,
      close: () => miniflare.dispose(),
    }
  } catch (error) {
    await miniflare.dispose()
    throw error
  }
}
