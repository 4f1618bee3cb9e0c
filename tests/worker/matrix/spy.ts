import { env } from 'cloudflare:workers'
import { ledgers } from '../../../worker/db/client'
import type { Env } from '../../../worker/env'

/** A statement as a database was given it. */
export interface Asked {
  readonly database: string
  readonly sql: string
  readonly values: readonly unknown[]
}

/** What one request asked of the bindings. */
export interface Seen {
  readonly asked: readonly Asked[]
  /** Keys of objects that were put or taken away. */
  readonly objects: readonly string[]
  /** Messages that were sent, as text. */
  readonly sent: readonly string[]
  /** What was logged. */
  readonly logged: readonly string[]
}

/** The test's bindings, telling what they were asked. Messages are kept and not delivered, so that nothing runs meanwhile. */
export function spying() {
  let asked: Asked[] = []
  let objects: string[] = []
  let sent: string[] = []
  let logged: string[] = []
  const databases = [['DIRECTORY', env.DIRECTORY] as const, ...ledgers(env)]
  const note = (database: string, sql: string, values: readonly unknown[]) => asked.push({ database, sql, values })
  const bindings = {
    ...env,
    ...Object.fromEntries(databases.map(([name, binding]) => [name, watched(name, binding, note)])),
    EVIDENCE: watchedBucket(env.EVIDENCE, (key) => objects.push(key)),
    JOBS: {
      send: (body: unknown) => Promise.resolve(sent.push(JSON.stringify(body))),
      sendBatch: (messages: Iterable<{ body: unknown }>) =>
        Promise.resolve(sent.push(...[...messages].map(({ body }) => JSON.stringify(body)))),
    },
    // Safe: what the Worker calls of each binding is here.
  } as unknown as Env

  /** Does something and says what it asked for meanwhile. */
  async function during<T>(deed: () => Promise<T>): Promise<Seen & { result: T }> {
    asked = []
    objects = []
    sent = []
    logged = []
    const say = { log: console.log, warn: console.warn, error: console.error }
    const keep = (...parts: unknown[]) => void logged.push(parts.map(String).join(' '))
    Object.assign(console, { log: keep, warn: keep, error: keep })
    try {
      return { result: await deed(), asked, objects, sent, logged }
    } finally {
      Object.assign(console, say)
    }
  }
  return { bindings, during }
}

type Note = (database: string, sql: string, values: readonly unknown[]) => void

/** Only what Drizzle calls; anything else is not there, and so fails loudly instead of going unseen. */
function watched(name: string, database: D1Database, note: Note): D1Database {
  const inner = new WeakMap<object, { statement: D1PreparedStatement; sql: string; values: readonly unknown[] }>()
  const wrap = (statement: D1PreparedStatement, sql: string, values: readonly unknown[]): D1PreparedStatement => {
    const outer = {
      bind: (...bound: unknown[]) => wrap(statement.bind(...bound), sql, bound),
      run: () => (note(name, sql, values), statement.run()),
      all: () => (note(name, sql, values), statement.all()),
      raw: () => (note(name, sql, values), statement.raw()),
      first: () => (note(name, sql, values), statement.first()),
    }
    inner.set(outer, { statement, sql, values })
    // Safe: all that Drizzle calls is here.
    return outer as unknown as D1PreparedStatement
  }
  return {
    prepare: (sql: string) => wrap(database.prepare(sql), sql, []),
    batch: (statements: D1PreparedStatement[]) => {
      const known = statements.map((one) => inner.get(one))
      for (const one of known) if (one) note(name, one.sql, one.values)
      return database.batch(known.map((one, at) => one?.statement ?? (statements[at] as D1PreparedStatement)))
    },
    // Safe: likewise.
  } as unknown as D1Database
}

function watchedBucket(bucket: R2Bucket, note: (key: string) => void): R2Bucket {
  return {
    get: bucket.get.bind(bucket),
    head: bucket.head.bind(bucket),
    list: bucket.list.bind(bucket),
    put: (key: string, ...rest: [never]) => (note(key), bucket.put(key, ...rest)),
    delete: (keys: string | string[]) => ([keys].flat().forEach(note), bucket.delete(keys)),
    createMultipartUpload: (key: string, ...rest: [never]) => (note(key), bucket.createMultipartUpload(key, ...rest)),
    resumeMultipartUpload: (key: string, upload: string) => (note(key), bucket.resumeMultipartUpload(key, upload)),
    // Safe: all methods of a bucket are here.
  } as unknown as R2Bucket
}

/** Whether a statement can change anything. */
export const writes = ({ sql }: Asked) =>
  !/^\s*(select|with)\b/i.test(sql) || /\b(insert into|update|delete from)\s/i.test(sql)
