// Starts the product on fresh data folders and plays the stories of tests/e2e in a browser, two files at a time, each
// on a product of its own. `npm run e2e -- --grep 上报` plays those whose name contains the word, on one.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { findBrowser } from './browser.mjs'

const { values, positionals } = parseArgs({ options: { grep: { type: 'string' } }, allowPositionals: true })
const browser = findBrowser()
if (!browser) {
  console.error('没有找到 Chromium、Chrome 或 Edge。请安装其一，或用 CHROMIUM 指明路径。')
  process.exit(1)
}

const root = resolve(import.meta.dirname, '..')
const filter = values.grep === undefined ? [] : ['-t', values.grep]
const abreast = filter.length + positionals.length > 0 ? 1 : 2
const running = []
const folders = []
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => running.forEach((child) => child.kill('SIGTERM')))

let code = 1
try {
  // One after the other: the first makes the client that both serve.
  const addresses = []
  while (addresses.length < abreast) addresses.push(await aProduct())
  const reporters = ['--reporter=default', '--reporter=./local/plain-summary.mjs']
  const stories = spawn(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--config',
      'tests/e2e/vitest.config.ts',
      `--maxWorkers=${abreast}`,
      ...reporters,
      ...filter,
      ...positionals,
    ],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ZHIBEN_URLS: addresses.join(' '), CHROMIUM: browser },
    },
  )
  running.push(stories)
  ;[code] = await once(stories, 'exit')
} catch (error) {
  console.error(error)
} finally {
  for (const child of running) child.kill('SIGTERM')
  await Promise.all(running.map(over))
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
}
process.exit(code ?? 1)

async function over(child) {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

/** Starts a product on data of its own and resolves with its address once it says that it is open. */
async function aProduct() {
  const data = mkdtempSync(join(tmpdir(), 'zhiben-e2e-'))
  folders.push(data)
  const product = spawn(process.execPath, [join(root, 'local/run.mjs'), 'start'], {
    cwd: root,
    env: { ...process.env, PORT: String(await freePort()), HOST: '127.0.0.1', ZHIBEN_DATA: data, PUBLIC_ORIGIN: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.push(product)
  let said = ''
  for await (const chunk of product.stdout.iterator({ destroyOnReturn: false })) {
    process.stdout.write(chunk)
    said += chunk
    const opened = /已启动：(http\S+)/.exec(said)
    if (opened?.[1]) {
      // Whatever it still says must not fill its pipe.
      product.stdout.resume()
      return opened[1]
    }
  }
  throw new Error('The product ended before it was open')
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port: free } = probe.address()
  probe.close()
  await once(probe, 'close')
  return free
}
