import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '..')

const products = new Set()
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => products.forEach((one) => one.kill('SIGTERM')))

/** A product of its own on a fresh data folder with the demonstration in it, as `npm start` runs it. */
export async function openStage() {
  const data = mkdtempSync(join(tmpdir(), 'zhiben-stage-'))
  const product = spawn(process.execPath, [join(root, 'local/run.mjs'), 'start'], {
    cwd: root,
    env: { ...process.env, PORT: String(await freePort()), HOST: '127.0.0.1', ZHIBEN_DATA: data, PUBLIC_ORIGIN: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  products.add(product)
  return { data, product, address: await ready(product) }
}

/** Ends the product and takes its data away. */
export async function closeStage({ product, data }) {
  product.kill('SIGTERM')
  if (product.exitCode === null) await once(product, 'exit')
  rmSync(data, { recursive: true, force: true })
}

/** Resolves with the product's address once it says that it is open. */
async function ready(product) {
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
