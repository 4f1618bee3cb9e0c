import { readFileSync } from 'node:fs'
import { it } from 'vitest'
import { breakages } from '../../local/breakages/list.mjs'

it('every deliberate breakage still finds what it breaks, and finds it once', ({ expect }) => {
  const lost = breakages.flatMap(({ name, file, edits }) => {
    const text = readFileSync(file, 'utf8')
    return edits.flatMap(([from]) => (text.split(from).length === 2 ? [] : [`${name}: ${from}`]))
  })
  expect(lost).toEqual([])
  expect(breakages.length).toBeGreaterThanOrEqual(39)
})
