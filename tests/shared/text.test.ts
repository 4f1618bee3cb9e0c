import fc from 'fast-check'
import * as v from 'valibot'
import { it } from 'vitest'
import { cut, text } from '@app/shared/text'
import { runs } from './runs'

const refusal = (typed: unknown, max = 10) => {
  const { issues } = v.safeParse(text(max), typed)
  return issues?.[0]?.message ?? null
}

it('takes what people write, trimmed and composed', ({ expect }) => {
  expect(v.parse(text(10), '  楼道\t堆物\r\n二行 ')).toBe('楼道\t堆物\n二行')
  expect(v.parse(text(1), 'e\u0301')).toBe('é')
  expect(v.parse(text(2), '👨‍👩‍👧‍👦好')).toBe('👨‍👩‍👧‍👦好')
})

it('refuses, in Chinese, what would corrupt an export or fill the ledger', ({ expect }) => {
  for (const typed of [
    'a\u0000b',
    'a\u0007',
    '\ud800',
    'x\ud83d',
    'a\u001b[0m',
    '\u2028',
    '',
    '   ',
    '一二三四五六七八九十甲',
    5,
    null,
    undefined,
    {},
    'x'.repeat(1e6),
  ]) {
    expect(refusal(typed), JSON.stringify(typed)?.slice(0, 40)).toMatch(/[\u4e00-\u9fff]/)
  }
})

it('keeps every text it takes the same when it meets it again', ({ expect }) => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (typed) => {
      const first = v.safeParse(text(20), typed)
      if (first.success) expect(v.parse(text(20), first.output)).toBe(first.output)
    }),
    { numRuns: runs(10_000) },
  )
})

it('cuts between characters as a reader sees them', ({ expect }) => {
  expect(cut('👨‍👩‍👧‍👦👨‍👩‍👧‍👦乐', 1)).toBe('👨‍👩‍👧‍👦…')
  expect(cut('乐华', 2)).toBe('乐华')
})
