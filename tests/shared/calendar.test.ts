import fc from 'fast-check'
import { describe, it } from 'vitest'
import {
  addWorkingDays,
  defaultArrangement,
  isWorkingDay,
  readArrangement,
  type WorkingCalendar,
} from '@app/shared/calendar'
import { parsedSetting } from '@app/shared/settings/catalogue'
import { addDays, type Day, daysBetween } from '@app/shared/time'
import { runs } from './runs'

const read = (text: string): WorkingCalendar => {
  const calendar = readArrangement(text)
  if ('wrong' in calendar) throw new Error(calendar.wrong)
  return calendar
}
const none = read('')
const of2026 = read(defaultArrangement)

describe('working days', () => {
  it('are weekdays where nothing is arranged', ({ expect }) => {
    // A Wednesday.
    expect(addWorkingDays('2026-11-18' as Day, 3, none)).toBe('2026-11-23')
    expect(addWorkingDays('2026-11-21' as Day, 1, none)).toBe('2026-11-23')
  })

  it('leave out holidays and count the weekends that are worked for them', ({ expect }) => {
    // 1 to 7 October are free, Saturday the 10th is worked.
    expect(addWorkingDays('2026-09-30' as Day, 1, of2026)).toBe('2026-10-08')
    expect(addWorkingDays('2026-09-30' as Day, 3, of2026)).toBe('2026-10-10')
    expect(addWorkingDays('2026-09-30' as Day, 3, none)).toBe('2026-10-05')
    expect(of2026.years).toEqual(new Set(['2026']))
  })

  it('are as many as were asked for, the last of them one, from any day and by any arrangement', ({ expect }) => {
    const someDay = fc.nat(2_000).map((nth) => addDays('2026-01-01' as Day, nth))
    const days = fc.uniqueArray(someDay, { maxLength: 40 })
    fc.assert(
      fc.property(someDay, fc.integer({ min: 1, max: 30 }), days, days, (start, count, off, on) => {
        const calendar = { off: new Set(off), on: new Set(on) }
        const end = addWorkingDays(start, count, calendar)
        let counted = 0
        for (let at = addDays(start, 1); at <= end; at = addDays(at, 1)) if (isWorkingDay(at, calendar)) counted++
        expect(counted).toBe(count)
        expect(isWorkingDay(end, calendar)).toBe(true)
        expect(daysBetween(start, end)).toBeGreaterThanOrEqual(count)
      }),
      { numRuns: runs(300) },
    )
  })
})

describe('an arrangement', () => {
  it('is read in the ways people write it, the later line holding', ({ expect }) => {
    const calendar = read('２０２７-０１-０１ 到 2027-01-03 休\n\n 2027-01-03 上班 \n2027-02-06~2027-02-07 放假')
    expect([...calendar.off]).toEqual(['2027-01-01', '2027-01-02', '2027-02-06', '2027-02-07'])
    expect([...calendar.on]).toEqual(['2027-01-03'])
  })

  it('says which line cannot be read, and why', ({ expect }) => {
    const wrong = (text: string) => {
      const calendar = readArrangement(text)
      return 'wrong' in calendar ? calendar.wrong : null
    }
    expect(wrong('2027-01-01 放假\n元旦 放假')).toMatch(/^第 2 行看不懂/)
    expect(wrong('2027-02-30 放假')).toBe('第 1 行有不存在的日期')
    expect(wrong('2027-01-03 至 2027-01-01 放假')).toBe('第 1 行结束早于开始')
    expect(wrong('2026-10-01 至 2027-10-07 放假')).toMatch(/超过 31 天/)
  })

  it('is kept only when it can be read', ({ expect }) => {
    expect(parsedSetting('calendar.arrangement', '2027-01-01 放假')).toEqual({ value: '2027-01-01 放假' })
    expect(parsedSetting('calendar.arrangement', '')).toEqual({ value: '' })
    expect(parsedSetting('calendar.arrangement', '2027年元旦放假')).toMatchObject({
      wrong: expect.stringMatching(/^第 1 行/) as string,
    })
  })
})
