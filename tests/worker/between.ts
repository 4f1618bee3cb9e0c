import { env } from 'cloudflare:workers'
import type { Env } from '../../worker/env'

/** Bindings under which something happens just before the nth batch that a database is sent. */
export function before(n: number, name: 'DIRECTORY' | `LEDGER_${string}`, happens: () => unknown): Env {
  let batches = 0
  const database = new Proxy(env[name] as D1Database, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key)
      if (typeof value !== 'function') return value
      if (key !== 'batch') return value.bind(target)
      return async (...sent: unknown[]) => {
        if (++batches === n) await happens()
        return value.apply(target, sent) as unknown
      }
    },
  })
  return { ...env, [name]: database }
}
