import fc from 'fast-check'
import { it } from 'vitest'
import { pageOf, readCursor, writeCursor } from '@app/shared/pages'
import { runs } from './runs'

it('pages through several lists and shows every wanted row once, in order', ({ expect }) => {
  const order = (a: number, b: number) => a - b
  fc.assert(
    fc.property(
      fc.array(fc.uniqueArray(fc.nat(400), { maxLength: 40 }), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 5 }),
      (drawn, limit, scan, nth) => {
        // Each row stands in one list only, as each hazard lies in one place.
        const lists = drawn.map((rows, at) => rows.map((row) => row * drawn.length + at).sort(order))
        const wanted = (row: number) => row % nth === 0
        const shown: number[] = []
        let after: number | null = -1
        for (let pages = 0; after !== null; pages++) {
          expect(pages).toBeLessThan(1000)
          const behind = after
          const scanned = lists.map((list) => {
            const rows = list.filter((row) => row > behind).slice(0, scan)
            return { rows, more: rows.length === scan }
          })
          const page: { items: number[]; next: number | null } = pageOf(scanned, order, wanted, limit)
          expect(page.items.length).toBeLessThanOrEqual(limit)
          shown.push(...page.items)
          after = page.next
        }
        expect(shown).toEqual(lists.flat().filter(wanted).sort(order))
      },
    ),
    { numRuns: runs(10_000) },
  )
})

it('reads back the cursors it writes, and nothing else', ({ expect }) => {
  expect(readCursor(writeCursor(1790000000000, 'haz_abc123'))).toEqual({ key: '1790000000000', id: 'haz_abc123' })
  expect(readCursor(writeCursor('2026-11-04', 'haz_abc123'))).toEqual({ key: '2026-11-04', id: 'haz_abc123' })
  for (const text of ['', '~', 'x', "1~a' or 1=1", '1~', '~a']) expect(readCursor(text), text).toBe(null)
})
