import fc from 'fast-check'
import { it } from 'vitest'
import {
  addDays,
  addMonths,
  creditedAt,
  cutoffOf,
  day,
  type Day,
  dayOf,
  daysBetween,
  hour,
  monthOf,
  periodOf,
  startOfDay,
  toleratedDelay,
  yearOf,
} from '@app/shared/time'
import { runs } from './runs'

const instant = fc.integer({ min: Date.UTC(2001, 0), max: Date.UTC(2099, 0) })
/** An independent calendar: the platform's, asked for Shanghai. */
const shanghai = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })

it('says which day, month and year it is in China, as the platform’s calendar does', ({ expect }) => {
  fc.assert(
    fc.property(instant, (at) => {
      const day = shanghai.format(at)
      expect(dayOf(at)).toBe(day)
      expect(monthOf(at)).toBe(day.slice(0, 7))
      expect(yearOf(at)).toBe(Number(day.slice(0, 4)))
    }),
    { numRuns: runs(50_000) },
  )
})

it('gives months that meet without a gap and hold their days', ({ expect }) => {
  fc.assert(
    fc.property(instant, (at) => {
      const month = monthOf(at)
      const { from, until, firstDay, lastDay } = periodOf(month)
      expect(at).toBeGreaterThanOrEqual(from)
      expect(at).toBeLessThan(until)
      expect(periodOf(addMonths(month, 1)).from).toBe(until)
      expect(addMonths(addMonths(month, 7), -7)).toBe(month)
      expect([dayOf(from), dayOf(until - 1)]).toEqual([firstDay, lastDay])
      expect(dayOf(from - 1).slice(0, 7)).not.toBe(month)
      expect(cutoffOf(month, 3)).toBe(until + 3 * day)
    }),
    { numRuns: runs(5_000) },
  )
})

it('adds days across months, years and leap days', ({ expect }) => {
  expect(addDays('2024-02-28' as Day, 1)).toBe('2024-02-29')
  expect(addDays('2026-02-28' as Day, 1)).toBe('2026-03-01')
  expect(addDays('2026-12-31' as Day, 1)).toBe('2027-01-01')
  fc.assert(
    fc.property(instant, fc.integer({ min: -800, max: 800 }), (at, days) => {
      const from = dayOf(at)
      expect(daysBetween(from, addDays(from, days))).toBe(days)
      expect(dayOf(startOfDay(from))).toBe(from)
    }),
    { numRuns: runs(5_000) },
  )
})

it('turns a day at midnight in China, not in Greenwich', ({ expect }) => {
  const midnight = Date.parse('2026-11-04T00:00:00+08:00')
  expect([dayOf(midnight - 1), dayOf(midnight)]).toEqual(['2026-11-03', '2026-11-04'])
})

it('credits the time a deed was seen only when it is not after its arrival, nor long before', ({ expect }) => {
  const received = Date.UTC(2026, 5, 1)
  expect(creditedAt(received - hour, received)).toBe(received - hour)
  expect(creditedAt(received - toleratedDelay, received)).toBe(received - toleratedDelay)
  expect(creditedAt(received - toleratedDelay - 1, received)).toBe(received)
  expect(creditedAt(received + 1, received)).toBe(received)
})
