import { createMiddleware } from 'hono/factory'
import * as v from 'valibot'
import { IdempotencyKey } from '@app/shared/ids'
import { Problem } from '@app/shared/problem'
import { sha256 } from '../sha256'
import type { DistrictEnv, StreetEnv } from './context'

/** Every request that changes something brings an `Idempotency-Key`; `Desk.once` says how it is honoured. */
export const once = createMiddleware<StreetEnv | DistrictEnv>(async (c, next) => {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
  const key = v.safeParse(IdempotencyKey, c.req.header('idempotency-key'))
  if (!key.success) throw new Problem('malformed', '请求缺少 Idempotency-Key，请刷新页面后再试。')

  // As bytes: a photo read as text here would reach the handler damaged.
  const request = `${c.req.method} ${c.req.path} ${await sha256(await c.req.arrayBuffer())}`
  const { status, body } = await c.var.scope.desk.once(key.output, request, c.var.now, async () => {
    await next()
    if (c.error) throw c.error
    return { status: c.res.status, body: await c.res.text() }
  })
  // Hono merges the headers of a response that is replaced; without this the old one's length would stay.
  c.res = undefined
  c.res = new Response(body || null, { status, headers: body ? { 'content-type': 'application/json' } : {} })
})
