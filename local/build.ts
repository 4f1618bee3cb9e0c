import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { root } from './place'
import { config } from './product'

/** Builds the client and the worker's bundle where their sources changed since the last time, or the bundle alone. */
export async function build(what: 'all' | 'bundle'): Promise<void> {
  // The worker is bundled only where its assets' folder is.
  mkdirSync(resolve(root, config.assets.directory), { recursive: true })
  const tasks = what === 'all' ? ['//#client', '//#bundle'] : ['//#bundle', '--only']
  const args = ['run', ...tasks, '--output-logs=errors-only', '--no-update-notifier']
  // Under Windows the tools of node_modules are command files, which only a shell runs.
  const child = spawn('turbo', args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(String(chunk)))
  const stop = () => child.kill()
  process.once('exit', stop)
  const [code] = await once(child, 'close')
  process.off('exit', stop)
  if (code !== 0) throw new Error(`${said.join('')}构建失败，原因见上。`)
}
