import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')

/** A product of a story's own, that it may stop and start again on the same data and port. */
export interface OwnProduct {
  readonly address: string
  /** All it has said since it was started. */
  readonly said: () => string
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
  readonly forget: () => Promise<void>
}

/** `env` are variables of its own, beside those that name its port and its data. */
export async function ownProduct(env: Readonly<Record<string, string>> = {}): Promise<OwnProduct> {
  const data = mkdtempSync(path.join(tmpdir(), 'zhiben-own-'))
  const port = await freePort()
  let running: ChildProcess | undefined
  let said = ''

  async function stop(): Promise<void> {
    if (!running || running.exitCode !== null) return
    running.kill('SIGTERM')
    await once(running, 'exit')
  }
  async function start(): Promise<void> {
    const child = spawn(process.execPath, [path.join(root, 'local/run.mjs'), 'start'], {
      cwd: root,
      env: { ...process.env, ...env, PORT: String(port), HOST: '127.0.0.1', ZHIBEN_DATA: data },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    running = child
    said = ''
    for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
      said += String(chunk)
      if (/已启动[\s\S]*按 Ctrl\+C/.test(said)) return void child.stdout.resume()
    }
    throw new Error(`The product ended before it was open: ${said}`)
  }
  return {
    address: `http://localhost:${port}`,
    said: () => said,
    start,
    stop,
    forget: async () => {
      await stop()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (!address || typeof address === 'string') throw new Error('No port')
  return address.port
}
