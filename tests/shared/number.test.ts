import { it } from 'vitest'
import { hazardNumber, readHazardNumber } from '@app/shared/hazards/number'

it('spells a number and reads it back however it is typed', ({ expect }) => {
  expect(hazardNumber('乐华', 2026, 12)).toBe('乐华隐患〔2026〕00012')
  for (const typed of [
    '乐华隐患〔2026〕00012',
    '〔2026〕12',
    '[2026]12',
    '2026-12',
    '2026 00012',
    '２０２６－１２',
    '2026〕12号',
  ]) {
    expect(readHazardNumber(typed), typed).toEqual({ year: 2026, serial: 12 })
  }
  for (const typed of ['', '12', '乐华', '2026', "2026' or 1=1 --"]) expect(readHazardNumber(typed), typed).toBe(null)
})
