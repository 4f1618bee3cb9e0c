// The worker with reload on one port, and the client with hot replacement in front of it on another.
import { type ChildProcess, spawn } from 'node:child_process'
import { dirname } from 'node:path'
import { closeLast, end, endWithParent } from './lifetime'
import { dataFolder, root } from './place'
import { prepare } from './prepare'

const apiPort = process.env['API_PORT'] ?? '8787'

endWithParent()
// Vite serves the client from its sources.
await prepare('bundle')
// Its own words are wanted here: errors of the worker, and what it logs.
const env = { ...process.env, API_PORT: apiPort, WRANGLER_LOG: 'log' }
const shell = process.platform === 'win32'
start(
  'wrangler',
  [
    'dev',
    '--ip',
    '127.0.0.1',
    '--port',
    apiPort,
    '--persist-to',
    dirname(dataFolder),
    '--show-interactive-dev-session=false',
  ],
  root,
)
start('vite', ['dev', '--clearScreen', 'false'], `${root}/web`)

function start(command: string, args: string[], cwd: string): void {
  const child: ChildProcess = spawn(command, args, { cwd, env, shell, stdio: ['ignore', 'inherit', 'inherit'] })
  child.once('exit', (code) => void end(code ?? 0))
  closeLast(() => child.kill('SIGTERM'))
}
