import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { root } from '../place'

/** Every folder and process of this run, gone when it ends however it ends. */
const folders: string[] = []
const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) signal(child, 'SIGKILL')
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => process.exit(130))

/** A new folder that goes when this process does. */
export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'zhiben-trials-'))
  folders.push(folder)
  return folder
}

let made: Promise<string> | undefined

/** A data folder with the demonstration in it, nobody else's to change: made once, and copied for each that asks. */
export async function readyData(): Promise<string> {
  made ??= (async () => {
    const data = join(aFolder(), 'data')
    const child = run(['--ready'], data)
    const [code] = await once(child, 'exit')
    if (code !== 0) throw new Error('The data folder could not be made ready')
    return data
  })()
  const copy = join(aFolder(), 'data')
  cpSync(await made, copy, { recursive: true })
  return copy
}

/** The product, open on a port of its own in a process group of its own. */
export interface Server {
  readonly address: string
  /** Ends the whole group as a power cut would. */
  kill(): Promise<void>
  /** Ends it in good order. */
  stop(): Promise<void>
}

/** `vars` take the place of bindings of the same name. */
export async function startServer(data: string, port: number, vars: Record<string, string> = {}): Promise<Server> {
  const child = run(['--serve', String(port), '--vars', JSON.stringify(vars)], data)
  await Promise.race([
    once(child.stdout ?? child, 'data'),
    once(child, 'exit').then(() => {
      throw new Error('The product ended before it was open')
    }),
  ])
  const ended = async (name: NodeJS.Signals) => {
    const exit = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null
    if (name === 'SIGKILL') signal(child, name)
    else child.kill(name)
    await exit
    // The runtime is a process of the same group, and may outlive its parent by a moment.
    signal(child, 'SIGKILL')
  }
  return {
    address: `http://127.0.0.1:${port}`,
    kill: () => ended('SIGKILL'),
    stop: () => ended('SIGTERM'),
  }
}

/** Fires the schedule of this instant against the product that runs on the data folder. */
export async function fireSchedule(data: string, at: number): Promise<{ done: string[]; failed: object[] }> {
  // Safe: the product writes this file and answers so.
  const { url, token } = JSON.parse(readFileSync(join(data, 'control.json'), 'utf8')) as Record<string, string>
  const response = await fetch(`${url}/schedule`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ at }),
  })
  return (await response.json()) as { done: string[]; failed: object[] }
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  // Safe: it listens on a port, not on a pipe.
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

function run(args: string[], data: string): ChildProcess {
  const child = spawn(process.execPath, [resolve(root, 'local/run.mjs'), 'trials', ...args], {
    cwd: root,
    // Group and session of its own, so that a kill of all of it can hit nothing else.
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ZHIBEN_DATA: data, PUBLIC_ORIGIN: '' },
  })
  child.stdout.on('data', () => {})
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, name)
  } catch {
    // The group is gone already.
  }
}
