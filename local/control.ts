import { randomBytes, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type IncomingMessage, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { controlFile } from './place'
import type { Product } from './product'
import { runSchedule } from './schedule-run'

/** How to reach the control door of a running product. */
interface Control {
  readonly url: string
  readonly token: string
  /** Where people reach the product. */
  readonly address: string
}

/**
 * Opens the door through which other commands on this machine ask the running product for what needs its bindings,
 * and says in the data folder where it is. Returns what closes it again.
 */
export async function openControl(product: Product, address: string): Promise<() => void> {
  const token = randomBytes(24).toString('base64url')
  const server = createServer((request, response) => {
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (!isAllowed(request, token)) return answer(404, {})
    if (request.method === 'GET') return answer(200, { address })
    if (request.url !== '/schedule') return answer(404, {})
    jsonOf(request)
      .then((body) => runSchedule(product, Number((body as { at?: unknown }).at)))
      .then(
        (outcome) => answer(outcome.failed.length > 0 ? 500 : 200, outcome),
        (error: unknown) => answer(500, { error: error instanceof Error ? error.message : String(error) }),
      )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // Safe: it listens on a port, not on a pipe.
  const { port } = server.address() as AddressInfo
  const control: Control = { url: `http://127.0.0.1:${port}`, token, address }
  writeFileSync(controlFile, JSON.stringify(control), { mode: 0o600 })
  // A file that was there keeps its mode when it is written anew.
  chmodSync(controlFile, 0o600)
  return () => {
    rmSync(controlFile, { force: true })
    server.closeAllConnections()
    server.close()
  }
}

/** Asks the product that runs on the data folder; throws when none does. */
export async function askControl(path: string, body?: object): Promise<{ status: number; body: unknown }> {
  // Safe: only `openControl` writes this file.
  const { url, token } = JSON.parse(readFileSync(controlFile, 'utf8')) as Control
  const response = await fetch(url + path, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${token}` },
    ...(body && { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: await response.json() }
}

/** Where the product that runs on this data folder can be reached, or null when none runs. */
export async function runningAt(): Promise<string | null> {
  try {
    const { status, body } = await askControl('/')
    return status === 200 ? (body as { address: string }).address : null
  } catch {
    return null
  }
}

function isAllowed({ headers }: IncomingMessage, token: string): boolean {
  const [given, wanted] = [Buffer.from(headers.authorization ?? ''), Buffer.from(`Bearer ${token}`)]
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

async function jsonOf(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return JSON.parse(text)
}
