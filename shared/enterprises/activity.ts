import { type Day, daysBetween } from '../time'
import type { Standing } from './words'

/** From this day on a unit stands so, until the next. */
export interface StandingFrom {
  readonly on: Day
  readonly standing: Standing
}

/**
 * On how many days of a period (`until` excluded) a unit was active; before its first line it was not there at all.
 * The lines lie in the order of their days.
 */
export function activeDays(history: readonly StandingFrom[], from: Day, until: Day): number {
  let days = 0
  for (const [at, { on, standing }] of history.entries()) {
    if (standing !== 'active') continue
    const next = history[at + 1]?.on ?? until
    const begin = on > from ? on : from
    const end = next < until ? next : until
    if (begin < end) days += daysBetween(begin, end)
  }
  return days
}

/** How a unit stands on a day; null before it was entered. */
export function standingOn(history: readonly StandingFrom[], day: Day): Standing | null {
  return history.findLast(({ on }) => on <= day)?.standing ?? null
}
