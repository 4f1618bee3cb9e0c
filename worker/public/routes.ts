import { Hono } from 'hono'
import type { AppEnv } from '../http/context'
import { noticeList, nothingHere, publicStyle, withdrawnPage } from '../notices/page'
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

async function page(html: string, status: 200 | 404 = 200): Promise<Response> {
  return new Response(html, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': await contentPolicy(),
      'cache-control': status === 200 ? 'public, max-age=60' : 'no-store',
    },
  })
}

/** What anyone may read, without signing in: a district's published notices. */
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
  .notFound(async () => page(nothingHere(), 404))
