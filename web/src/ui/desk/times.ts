import { dayOf } from '@app/shared/time'

/** An instant in China time, such as `2026-09-04 08:30`. */
export function minuteOf(instant: number): string {
  return `${dayOf(instant)} ${new Date(instant + 8 * 3_600_000).toISOString().slice(11, 16)}`
}

/** The same without its year, for columns that are narrow: `09-04 08:30`. */
export function shortMinuteOf(instant: number): string {
  return minuteOf(instant).slice(5)
}
