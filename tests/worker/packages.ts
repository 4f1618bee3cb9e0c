import { env } from 'cloudflare:workers'
import { manifestPath, Manifest } from '@app/shared/exports/manifest'
import { passphraseOf } from '@app/shared/exports/schema'
import type { ExportId, PersonId, StreetId } from '@app/shared/ids'
import * as v from 'valibot'
import type { Env } from '../../worker/env'
import { runExport } from '../../worker/platform/exports'
import { keyOfPassphrase, openFile, packageKey } from '../../worker/platform/seal'
import { readDirectory, readEntry } from '../../worker/platform/zip'
import { anId, send } from './street'

export const aPassphrase = () => passphraseOf(crypto.getRandomValues(new Uint8Array(24)))

/** Asks for a package without waking the queue, so that a test itself says when its job runs. */
export const quiet: Env = {
  ...env,
  JOBS: { send: async () => {}, sendBatch: async () => {} } as unknown as Env['JOBS'],
}

/** Asks for a package as this person; the job does not run yet. */
export async function asked(streetId: StreetId, admin: PersonId) {
  const [id, passphrase] = [anId<ExportId>('exp'), aPassphrase()]
  const response = await send(admin, 'POST', `/api/streets/${streetId}/exports`, {
    body: { id, passphrase },
    bindings: quiet,
  })
  return { id, passphrase, response }
}

/** Runs the job to its end. */
export async function made(streetId: StreetId, exportId: ExportId, bindings: Env = env): Promise<void> {
  for (let n = 0; n < 200; n++) {
    const outcome = await runExport(bindings, { streetId, exportId }, () => Date.now(), 7)
    if (outcome === 'over') return
  }
  throw new Error('The package is never done')
}

/** A package's files by path, the sealed ones opened; and what its manifest says. */
export async function unpacked(zip: Uint8Array<ArrayBuffer>, passphrase: string) {
  const read = (at: number, length: number) => Promise.resolve(zip.slice(at, at + length))
  const entries = await readDirectory(read, zip.length)
  const files = new Map<string, Uint8Array<ArrayBuffer>>()
  for (const entry of entries) files.set(entry.path, await readEntry(read, entry))
  const manifest = v.parse(Manifest, JSON.parse(new TextDecoder().decode(files.get(manifestPath))))
  const key = await packageKey(await keyOfPassphrase(passphrase, manifest.key.salt))
  const opened = new Map<string, string>()
  for (const [path, bytes] of files)
    if (path.startsWith('personal/')) opened.set(path, await openFile(key, path, bytes))
  return { entries, files, manifest, opened }
}

/** The whole package as it is downloaded. */
export async function downloaded(streetId: StreetId, id: ExportId, who: PersonId): Promise<Uint8Array<ArrayBuffer>> {
  const response = await send(who, 'GET', `/api/streets/${streetId}/exports/${id}/file`)
  if (response.status !== 200) throw new Error(`The download was answered with ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}

/** Every bound resource counts, and from the `least`th call on throws, as if the process were killed there. */
export function killedAt(least: number): { bindings: Env; calls: () => number } {
  let calls = 0
  const struck = () => {
    if (++calls >= least) throw new Error('Killed')
  }
  const watched = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(of, name) {
        const value: unknown = Reflect.get(of, name)
        if (typeof value !== 'function') return value
        return (...given: unknown[]) => {
          // Statements are only prepared here; what counts is what is sent.
          if (name === 'prepare') return statement(Reflect.apply(value, of, given) as D1PreparedStatement)
          if (name === 'batch') given = [(given[0] as object[]).map((one) => inner.get(one) ?? one)]
          if (name === 'resumeMultipartUpload') return watched(Reflect.apply(value, of, given) as object)
          struck()
          const result: unknown = Reflect.apply(value, of, given)
          return name === 'createMultipartUpload'
            ? (result as Promise<object>).then((upload) => watched(upload))
            : result
        }
      },
    })
  const inner = new WeakMap<object, D1PreparedStatement>()
  const statement = (of: D1PreparedStatement): D1PreparedStatement => {
    const outer = new Proxy(of, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name)
        if (typeof value !== 'function') return value
        return (...given: unknown[]) => {
          if (name === 'bind') return statement(Reflect.apply(value, target, given) as D1PreparedStatement)
          struck()
          return Reflect.apply(value, target, given) as unknown
        }
      },
    })
    inner.set(outer, of)
    return outer
  }
  const names = Object.keys(env).filter(
    (name) => name === 'DIRECTORY' || name.startsWith('LEDGER_') || name === 'EVIDENCE',
  )
  const wrapped = Object.fromEntries(names.map((name) => [name, watched(env[name as keyof typeof env] as object)]))
  return { bindings: { ...quiet, ...wrapped }, calls: () => calls }
}
