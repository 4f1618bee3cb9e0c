import * as v from 'valibot'

/** A calendar day of China time (UTC+8, no summer time), such as `2026-09-04`. Days compare as text. */
export const Day = v.pipe(
  v.string('请选择日期'),
  v.check((typed) => /^\d{4}-\d{2}-\d{2}$/.test(typed) && isDay(typed), '没有这一天，日期格式应为 2026-01-31'),
  v.brand('Day'),
)
export type Day = v.InferOutput<typeof Day>

/** A month of China time, such as `2026-09`. */
export const Month = v.pipe(v.string(), v.regex(/^\d{4}-(0[1-9]|1[0-2])$/, '月份格式应为 2026-01'), v.brand('Month'))
export type Month = v.InferOutput<typeof Month>

/** An instant in epoch milliseconds, within the years that this product can meet. */
export const Instant = v.pipe(
  v.number('时间应为毫秒数'),
  v.integer('时间应为毫秒数'),
  v.minValue(Date.UTC(2000, 0), '时间过早'),
  v.maxValue(Date.UTC(2100, 0), '时间过晚'),
)

export const hour = 3_600_000
export const day = 24 * hour
const chinaOffset = 8 * hour

function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

/** The day an instant falls on. */
export function dayOf(instant: number): Day {
  // Safe: the first ten characters of an ISO instant are a day.
  return new Date(instant + chinaOffset).toISOString().slice(0, 10) as Day
}

/** The month an instant falls in. */
export function monthOf(instant: number): Month {
  return dayOf(instant).slice(0, 7) as Month
}

/** The year an instant falls in. */
export function yearOf(instant: number): number {
  return Number(dayOf(instant).slice(0, 4))
}

/** The instant a day starts at. */
export function startOfDay(of: Day): number {
  return Date.parse(`${of}T00:00:00Z`) - chinaOffset
}

/** The day so many days later (or earlier, for a negative number). */
export function addDays(to: Day, days: number): Day {
  return dayOf(startOfDay(to) + days * day)
}

/** How many days `later` lies after `earlier`; negative when it lies before. */
export function daysBetween(earlier: Day, later: Day): number {
  return Math.round((startOfDay(later) - startOfDay(earlier)) / day)
}

/** A stretch of time whose end is excluded, in instants and in days. */
export interface Period {
  readonly from: number
  readonly until: number
  readonly firstDay: Day
  readonly lastDay: Day
}

/** The stretch that a month is. */
export function periodOf(month: Month): Period {
  const from = Date.parse(`${month}-01T00:00:00Z`) - chinaOffset
  const until = periodStart(addMonths(month, 1))
  return { from, until, firstDay: dayOf(from), lastDay: dayOf(until - 1) }
}

const periodStart = (month: Month) => Date.parse(`${month}-01T00:00:00Z`) - chinaOffset

/** The month so many months later (or earlier). */
export function addMonths(to: Month, months: number): Month {
  const [year = 0, number = 1] = to.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + months)).toISOString().slice(0, 7) as Month
}

/**
 * The last instant at which what belongs to a month is still taken in: some days after its end, so that what
 * was done without a network still counts (design: 3 days, a setting).
 */
export function cutoffOf(month: Month, graceDays: number): number {
  return periodOf(month).until + graceDays * day
}

/** How far before its arrival a deed may have been observed and still count from then (a setting; 72 hours). */
export const toleratedDelay = 72 * hour
/** From what difference on a record shows both times. */
export const notableDelay = 10 * 60_000

/**
 * The instant that counts for deadlines and scores: when the deed was observed, by the device's clock, unless that
 * is after its arrival or longer before it than is tolerated; then its arrival.
 */
export function creditedAt(observedAt: number, receivedAt: number, tolerated = toleratedDelay): number {
  return observedAt <= receivedAt && receivedAt - observedAt <= tolerated ? observedAt : receivedAt
}
