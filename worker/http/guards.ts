import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { Problem } from '@app/shared/problem'
import { photoBounds } from '@app/shared/photos/rules'
import type { AppEnv } from './context'

/** The one clock: the request's `now`, which tests set by a binding. */
export const clock = createMiddleware<AppEnv>(async (c, next) => {
  c.set('now', c.env.NOW === undefined ? Date.now() : Number(c.env.NOW))
  await next()
})

/** What every answer of the Worker carries, whatever became of the request. */
export const secureHeaders = createMiddleware<AppEnv>(async (c, next) => {
  await next()
  const defaults = {
    'strict-transport-security': 'max-age=63072000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(self), geolocation=(self), microphone=()',
    // A handler that may be cached, or that shows something, says so itself.
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  }
  for (const [name, value] of Object.entries(defaults)) {
    if (!c.res.headers.has(name)) c.res.headers.set(name, value)
  }
})

/** A change comes from our own pages: a browser names the origin, and anything else has to. */
export function sameOrigin(originOf: (c: Context) => string) {
  return createMiddleware<AppEnv>(async (c, next) => {
    if (!['GET', 'HEAD', 'OPTIONS'].includes(c.req.method) && c.req.header('origin') !== originOf(c)) {
      throw new Problem('foreign-origin')
    }
    await next()
  })
}

/** No body is longer than a photo may be; one without a declared length is measured as it comes. */
export const boundedBody = createMiddleware<AppEnv>(async (c, next) => {
  const most = photoBounds.bytes
  const { body } = c.req.raw
  if (Number(c.req.header('content-length') ?? 0) > most) throw new Problem('too-large')
  if (body && c.req.header('content-length') === undefined) {
    const parts: Uint8Array[] = []
    let length = 0
    for await (const part of body as unknown as AsyncIterable<Uint8Array>) {
      length += part.byteLength
      if (length > most) throw new Problem('too-large')
      parts.push(part)
    }
    c.req.raw = new Request(c.req.raw.url, { method: c.req.method, headers: c.req.raw.headers, body: new Blob(parts) })
  }
  await next()
})
