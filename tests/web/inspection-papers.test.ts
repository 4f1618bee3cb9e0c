import { it } from 'vitest'
import type { RecordLine } from '@app/shared/inspections/schema'
import { citationsOf, dueOf, findingsIn, sectionsOf } from '../../web/src/features/inspections/desk/findings'

const line: RecordLine = {
  key: 'exit',
  section: '疏散',
  text: '疏散通道畅通',
  method: '看',
  basis: [],
  result: 'fail',
  words: '堵塞',
  suspected: false,
  dueOn: null,
  photos: [],
  after: [],
  hazard: null,
}
const basis = { text: null, address: null, warnings: [] as string[] }

it('finds what failed and what was put right on the spot, in the order of the checklist', ({ expect }) => {
  const lines = (['pass', 'fail', 'na', 'fixed'] as const).map((result) => ({ ...line, key: result, result }))
  expect(findingsIn({ lines }).map(({ key }) => key)).toEqual(['fail', 'fixed'])
})

it('keeps the sections in their order, each once', ({ expect }) => {
  const lines = ['疏散', '用电', '疏散'].map((section, at) => ({ ...line, key: `item-${at}`, section }))
  expect(sectionsOf({ lines }).map(({ title, lines: within }) => [title, within.length])).toEqual([
    ['疏散', 2],
    ['用电', 1],
  ])
})

it('says by when: as the inspector wrote, or as the hazard has it', ({ expect }) => {
  const hazard = { id: 'haz_0123456789', number: '隐患1', level: 'ordinary', state: 'filed', dueOn: '2026-12-20' }
  // Safe: ids and days of the right form.
  const made = hazard as RecordLine['hazard']
  expect(dueOf({ ...line, hazard: made, dueOn: '2026-12-10' as RecordLine['dueOn'] })).toBe('2026-12-10')
  expect(dueOf({ ...line, hazard: made })).toBe('2026-12-20')
  expect(dueOf(line)).toBeNull()
})

it('writes beside a row what must be said of it', ({ expect }) => {
  expect(
    citationsOf([
      { ...basis, citation: '甲 1' },
      { ...basis, citation: '乙 2', warnings: ['待核实', '已被替代'] },
    ]),
  ).toBe('甲 1；乙 2（待核实；已被替代）')
})
