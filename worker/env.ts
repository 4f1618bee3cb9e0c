import type { LedgerName } from './db/client'
import type { Job } from '@app/shared/jobs'

/** Bindings declared in wrangler.toml. */
export interface Env {
  DIRECTORY: D1Database
  [ledger: LedgerName]: D1Database
  EVIDENCE: R2Bucket
  JOBS: Queue<Job>
  IMAGES: ImagesBinding
  AUTH_SECRET: string
  /** Makes the first operator at /setup, once; of no use afterwards. */
  SETUP_TOKEN?: string
  /** `2:<base64>,1:<base64>`: what personal columns are sealed with, newest first (`worker/tenancy/seals.ts`). */
  DATA_KEYS: string
  /** The one origin that may send changes, where a proxy stands in front; without it, the request's own. */
  PUBLIC_ORIGIN?: string
  /** Epoch milliseconds that stand in for the clock; only tests set it. */
  NOW?: string
}
