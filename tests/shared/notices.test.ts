import { it } from 'vitest'
import { moveWords, noticeRefusal } from '@app/shared/notices/rules'
import type { PersonId } from '@app/shared/ids'

const [writer, editor, other] = ['usr_writer0000', 'usr_editor0000', 'usr_other00000'] as PersonId[]

it('is published by somebody who wrote none of it, once, and withdrawn only when published', ({ expect }) => {
  const draft = { state: 'draft' as const, editors: [writer, editor] as PersonId[] }
  for (const who of [writer, editor]) expect(noticeRefusal(draft, 'publish', who as PersonId)).toMatch('另一名')
  expect(noticeRefusal(draft, 'publish', other as PersonId)).toBe(null)
  expect(noticeRefusal(draft, 'withdraw', other as PersonId)).not.toBe(null)
  for (const state of ['published', 'withdrawn'] as const) {
    expect(noticeRefusal({ ...draft, state }, 'edit', other as PersonId)).not.toBe(null)
    expect(noticeRefusal({ ...draft, state }, 'publish', other as PersonId)).not.toBe(null)
  }
  expect(noticeRefusal({ ...draft, state: 'published' }, 'withdraw', writer as PersonId)).toBe(null)
})

it('says how a rank moved', ({ expect }) => {
  expect([moveWords(1, 3), moveWords(4, 3), moveWords(2, 2), moveWords(2, null), moveWords(null, 2)]).toEqual([
    '↑2',
    '↓1',
    '持平',
    '新',
    '—',
  ])
})
