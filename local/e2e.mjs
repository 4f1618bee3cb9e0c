// Starts the product on a fresh data folder and plays the stories of tests/e2e in a browser.
// `npm run e2e -- --grep 上报` plays those whose name contains the word.
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
const data = mkdtempSync(join(tmpdir(), 'zhiben-e2e-'))
const port = await freePort()
const product = spawn(process.execPath, [join(root, 'local/run.mjs'), 'start'], {
  cwd: root,
  env: { ...process.env, PORT: String(port), HOST: '127.0.0.1', ZHIBEN_DATA: data, PUBLIC_ORIGIN: '' },
  stdio: ['ignore', 'pipe', 'inherit'],
})
const running = [product]
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => running.forEach((child) => child.kill('SIGTERM')))

let code = 1
try {
  const address = await ready()
  const filter = values.grep === undefined ? [] : ['-t', values.grep]
  // Vite claims BASE_URL for itself, so stories read ZHIBEN_URL.
  const reporters = ['--reporter=default', '--reporter=./local/plain-summary.mjs']
  const stories = spawn(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--config',
      'tests/e2e/vitest.config.ts',
      ...reporters,
      ...filter,
      ...positionals,
    ],
    {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        ZHIBEN_URL: address,
        BASE_URL: address,
        CHROMIUM: browser,
        CONTROL: join(data, 'control.json'),
        ZHIBEN_DATA: data,
      },
    },
  )
  running.push(stories)
  ;[code] = await once(stories, 'exit')
} catch (error) {
  console.error(error)
} finally {
  product.kill('SIGTERM')
  if (product.exitCode === null) await once(product, 'exit')
  rmSync(data, { recursive: true, force: true })
}
process.exit(code ?? 1)

/** Resolves with the product's address once it says that it is open. */
async function ready() {
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
