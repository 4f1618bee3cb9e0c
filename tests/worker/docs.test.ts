import { it } from 'vitest'
import { routesOf } from '../../worker/http/openapi'
import { app, send } from './street'

it('describes every route to a reader, in one small page that runs nothing', async ({ expect }) => {
  const response = await send(null, 'GET', '/api/docs')
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
  const policy = response.headers.get('content-security-policy') ?? ''
  expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]+'; base-uri 'none'/)
  const page = await response.text()
  expect(page).not.toMatch(/<script|javascript:|\son\w+=|\bsrc=|style=|undefined|\[object/)
  const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? ''
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style))
  expect(policy).toContain(btoa(String.fromCharCode(...new Uint8Array(digest))))
  for (const { method, path, declaration } of routesOf(app)) {
    const address = path.replaceAll(/:(\w+)/g, '{$1}')
    expect(page, path).toContain(`<span class="m">${method}</span><code>${address}</code>`)
    expect(page, path).toContain(declaration.summary)
  }
  // Made once: the next reader gets the same.
  expect(await (await send(null, 'GET', '/api/docs')).text()).toBe(page)
  // What a field takes is said in Chinese.
  expect(page).toMatch(/description[\s\S]{0,80}必填|description<\/code><\/td>\s*<td>是<\/td>/)
  expect(page).toContain('最多')
  const packed = await new Response(new Response(page).body?.pipeThrough(new CompressionStream('gzip'))).arrayBuffer()
  expect(packed.byteLength).toBeLessThan(60 * 1024)
})
