import { readFileSync } from 'node:fs'
import path from 'node:path'
import { it } from 'vitest'

const headers = readFileSync(path.resolve(import.meta.dirname, '../../web/public/_headers'), 'utf8')
const policy = /Content-Security-Policy: (.*)/.exec(headers)?.[1] ?? ''
const directives = new Map(policy.split('; ').map((one) => [one.split(' ')[0], one.split(' ').slice(1).join(' ')]))

it('sends the client with a policy that runs its own scripts and nothing else', ({ expect }) => {
  expect(directives.get('default-src')).toBe("'none'")
  expect(directives.get('script-src')).toBe("'self'")
  for (const name of ['base-uri', 'object-src', 'frame-ancestors']) expect(directives.get(name), name).toBe("'none'")
  expect(directives.get('form-action')).toBe("'self'")
  expect(directives.get('connect-src')).toBe("'self'")
  // antd writes its styles at run time; nothing else may be unsafe.
  expect([...directives].filter(([name, value]) => name !== 'style-src' && /unsafe|\*|https?:/.test(value))).toEqual([])
})

it('sends it with the headers that keep a page safe', ({ expect }) => {
  expect(headers).toMatch(/Strict-Transport-Security: max-age=63072000; includeSubDomains/)
  expect(headers).toMatch(/X-Content-Type-Options: nosniff/)
  expect(headers).toMatch(/Referrer-Policy: same-origin/)
})
