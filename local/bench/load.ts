import { type Socket, connect } from 'node:net'
import { once } from 'node:events'

/** A request as it goes over the wire. */
export interface Wanted {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** How a fixed number of requests went. */
export interface Load {
  /** Requests a second. */
  readonly rps: number
  /** Milliseconds within which half of them, and nine of ten, were answered. */
  readonly p50: number
  readonly p90: number
  /** Statuses other than the one that was wanted. */
  readonly others: number[]
}

/**
 * Sends so many requests over so many connections, each its next one as soon as its last was answered. Sockets and not
 * `fetch`, whose own work would be most of what a bare worker's figure shows.
 */
export async function load(
  origin: string,
  requests: readonly Wanted[],
  connections: number,
  status: number,
): Promise<Load> {
  const { hostname, port, host } = new URL(origin)
  const bytes = requests.map((request) => spelled(request, host))
  const took: number[] = []
  const others: number[] = []
  let next = 0
  const sockets = await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true })
      await once(socket, 'connect')
      return socket
    }),
  )
  const started = performance.now()
  await Promise.all(
    sockets.map(async (socket) => {
      for (let one = bytes[next++]; one !== undefined; one = bytes[next++]) {
        const sent = performance.now()
        const got = await answered(socket, one)
        took.push(performance.now() - sent)
        if (got !== status) others.push(got)
      }
      socket.destroy()
    }),
  )
  const seconds = (performance.now() - started) / 1000
  took.sort((a, b) => a - b)
  const within = (share: number) => Math.round((took[Math.floor(took.length * share)] ?? 0) * 10) / 10
  return { rps: took.length / seconds, p50: within(0.5), p90: within(0.9), others }
}

function spelled({ method, path, headers, body }: Wanted, host: string): Buffer {
  const all: Record<string, string> = { host, ...headers }
  if (body !== undefined) all['content-length'] = String(Buffer.byteLength(body))
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`)
}

/** Sends a request over a connection that waits for nothing else, and resolves with the status of its answer. */
function answered(socket: Socket, request: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    let got = Buffer.alloc(0)
    const done = (result: number | Error) => {
      socket.off('data', take).off('error', done).off('close', lost)
      if (typeof result === 'number') resolve(result)
      else reject(result)
    }
    const take = (part: Buffer) => {
      got = got.length === 0 ? part : Buffer.concat([got, part])
      const status = whole(got)
      if (status !== null) done(status)
    }
    const lost = () => done(new Error('The connection was closed before the answer came'))
    socket.on('data', take).on('error', done).on('close', lost)
    socket.write(request)
  })
}

/** The status of an answer that is there whole, or null. */
function whole(got: Buffer): number | null {
  const end = got.indexOf('\r\n\r\n')
  if (end < 0) return null
  const head = got.toString('latin1', 0, end)
  const status = Number(head.slice(9, 12))
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
  if (length !== undefined) return got.length >= end + 4 + Number(length) ? status : null
  if (!/\r\ntransfer-encoding: *chunked/i.test(head)) return status
  // Nothing follows an answer before the next request, so its last chunk is what the bytes end with.
  return got.toString('latin1', got.length - 5) === '0\r\n\r\n' ? status : null
}
