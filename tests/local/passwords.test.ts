import { readFileSync } from 'node:fs'
import path from 'node:path'
import { it } from 'vitest'
import { commonSource } from '../../local/passwords/source'

it('the lists of common passwords are what their source makes of them', ({ expect }) => {
  const kept = readFileSync(path.resolve(import.meta.dirname, '../../worker/auth/common-passwords.ts'), 'utf8')
  expect(kept).toBe(commonSource())
})
