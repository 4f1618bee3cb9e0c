import { Hono } from 'hono'
import { readPosterCode } from '@app/shared/joining/schema'
import type { AppEnv } from '../http/context'
import { noticeList, nothingHere, publicStyle, withdrawnPage } from '../notices/page'
import { unitOfPoster } from '../platform/posters'
import { noPoster, posterPage } from './poster'
import { publicDistrict, publishedNotice, publishedNotices } from '../platform/published'

let policy: Promise<string> | undefined

/** Nothing runs and nothing is fetched but the page's own style, named by its hash. */
function contentPolicy(): Promise<string> {
  policy ??= crypto.subtle.digest('SHA-256', new TextEncoder().encode(publicStyle)).then((digest) => {
    const hash = btoa(String.fromCharCode(...new Uint8Array(digest)))
    return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
  })
  return policy
}

async function page(html: string, status: 200 | 404 = 200, kept = status === 200): Promise<Response> {
  return new Response(html, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': await contentPolicy(),
      'cache-control': kept ? 'public, max-age=60' : 'no-store',
    },
  })
}

/** What anyone may read, without signing in: a district's published notices, and where a unit's poster leads. */
export const publicRoutes = new Hono<AppEnv>()
  .get('/p/:slug', async (c) => {
    const district = await publicDistrict(c.env, c.req.param('slug'), c.var.now)
    if (!district) return page(nothingHere(), 404)
    const { notices, contacts } = await publishedNotices(c.env, district)
    return page(noticeList(district, notices, contacts))
  })
  .get('/p/:slug/:number', async (c) => {
    const district = await publicDistrict(c.env, c.req.param('slug'), c.var.now)
    const found = district && (await publishedNotice(c.env, district, c.req.param('number')))
    if (!found) return page(nothingHere(), 404)
    const { html, withdrawnAt, reason } = found
    return page(withdrawnAt === null || reason === null ? html : withdrawnPage(html, reason, withdrawnAt))
  })
  .get('/q/:code', async (c) => {
    const code = readPosterCode(c.req.param('code'))
    const found = code && (await unitOfPoster(c.env, code, c.var.now))
    if (!code || !found) return page(noPoster(), 404)
    // What it hands on is of this half-hour, and so kept by nobody on the way.
    return page(posterPage(c.env, code, found, c.var.now), 200, false)
  })
  .notFound(async () => page(nothingHere(), 404))
