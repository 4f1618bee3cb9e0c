import type { Client } from '@app/worker/client'
import { Problem } from '@app/shared/problem'
import { hc } from 'hono/client'
import { provedAgain } from './verify-again'
import { namedPost } from './post'

/** No answer came: there is no network, or the server is down. What was to be done was perhaps done. */
export class Unreachable extends Error {
  override name = 'Unreachable'
  constructor() {
    super('网络不通，请检查网络后重试。')
  }
}

/** Which of several posts in a street a request is made in. */
export const postHeader = 'x-post'

/** Sends a request; resolves with success, or rejects with the `Problem` it met or with `Unreachable`. */
export async function fetchOrThrow(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers)
  // A change has a key of its own, so that the one retry below cannot do it twice.
  if (init.method && init.method !== 'GET' && !headers.has('idempotency-key')) {
    headers.set('idempotency-key', crypto.randomUUID())
  }
  const [, streetId] =
    /\/api\/streets\/(str_[0-9a-z]+)(?:\/|$)/.exec(input instanceof Request ? input.url : String(input)) ?? []
  const post = streetId ? namedPost(streetId) : null
  if (post && !headers.has(postHeader)) headers.set(postHeader, post)
  const send = () => fetch(input, { ...init, headers })
  const answered = () =>
    send()
      .catch((error: unknown) => {
        if (init.signal?.aborted) throw error
        return send()
      })
      .catch((error: unknown) => {
        if (init.signal?.aborted) throw error
        throw new Unreachable()
      })
  const response = await answered()
  if (response.ok) return response
  const problem = await problemOf(response)
  // Asked on the screen, and then the same again under the same key.
  if (problem.slug === 'verify-again' && (await provedAgain())) {
    const second = await answered()
    if (second.ok) return second
    throw await problemOf(second)
  }
  if (problem.slug === 'sign-in-unfinished' && location.pathname !== '/sign-in') {
    location.assign(`/sign-in?on=1&back=${encodeURIComponent(location.pathname + location.search)}`)
  }
  throw problem
}

async function problemOf(response: Response): Promise<Problem> {
  return Problem.fromDocument(await response.json().catch(() => null))
}

/** Every call resolves with success or rejects with a `Problem`. */
const client = hc(location.origin, { fetch: fetchOrThrow }) as unknown as Client
export const api = client.api
export const street = client.api.streets[':streetId']
export const district = client.api.districts[':districtId']
