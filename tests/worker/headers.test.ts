import { it } from 'vitest'
import { routesOf } from '../../worker/http/openapi'
import { aDistrict, anOperator, app, aStreet, send } from './street'

it('takes a change from its own pages only, on every route that changes something', async ({ expect }) => {
  const district = await aDistrict()
  const street = await aStreet(district)
  const tokens = [await street.member('street-admin'), await district.overseer(), await anOperator(), null]
  const changing = routesOf(app).filter(({ method }) => method !== 'GET')
  expect(changing.length).toBeGreaterThan(15)
  for (const { method, path } of changing) {
    const url = path.replace(':streetId', street.id).replace(':districtId', district.id)
    for (const token of tokens) {
      for (const origin of ['https://evil.example', 'null', '']) {
        const response = await send(token, method, url, { body: {}, headers: { origin } })
        expect(response.status, `${method} ${path} from ${origin}`).toBe(403)
        expect(await response.json()).toMatchObject({ type: 'urn:zhiben:problem:foreign-origin' })
      }
    }
  }
})

it('sends the headers that keep a page and a session safe on every answer, errors included', async ({ expect }) => {
  const district = await aDistrict()
  const street = await aStreet(district)
  const tokens = [null, await street.member('street-admin'), await district.overseer()]
  const paths = routesOf(app).map(({ method, path }) => ({
    method,
    path: path.replace(':streetId', street.id).replace(':districtId', district.id),
  }))
  const more = ['/p/x', `/p/${district.slug}`, '/p/x/y', '/q/x', '/api/openapi.json', '/api/none', '/cdn-cgi/x'].map(
    (path) => ({ method: 'GET', path }),
  )
  for (const { method, path } of [...paths, ...more]) {
    for (const token of tokens) {
      const response = await send(token, method, path, method === 'GET' ? {} : { body: {} })
      const headers = Object.fromEntries(response.headers)
      const where = `${method} ${path} ${response.status}`
      expect(response.status, where).toBeLessThan(500)
      expect(headers['strict-transport-security'], where).toMatch(
        /max-age=(3153600\d|[4-9]\d{7,}|\d{9,}); includeSubDomains/,
      )
      expect(headers['x-content-type-options'], where).toBe('nosniff')
      expect(headers['referrer-policy'], where).toMatch(/same-origin|no-referrer/)
      expect(headers['content-security-policy'], where).toMatch(/default-src 'none'/)
      expect(headers['content-security-policy'], where).not.toMatch(/unsafe/)
      if (path.startsWith('/api') && path !== '/api/openapi.json')
        expect(headers['cache-control'], where).toBe('no-store')
      if (response.status !== 204) expect(headers['content-type'], where).toMatch(/charset=utf-8$|^application\/json/i)
    }
  }
})
