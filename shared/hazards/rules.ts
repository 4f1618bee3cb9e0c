import type { FieldError } from '../problem'
import type { Reach } from '../reach'
import { addDays, creditedAt, type Day, dayOf } from '../time'
import type { Assignment } from './schema'
import { categories, type Category, type Level, type Source } from './words'

/** Whether an actor with this reach may name this source: an enterprise finds its own, and only an enterprise does. */
export function sourceRefusal(source: Source, reach: Reach): string | null {
  const own = reach.within === 'enterprise'
  if (own && source !== 'enterprise-check') return '企业只能填报“企业自查”。'
  if (!own && source === 'enterprise-check') return '“企业自查”由企业账号填报。'
  return null
}

/**
 * What of an assignment cannot be right on the day it is made. `before` is the due day that stands already: who is to
 * put right what is late may change, the day it was due does not.
 */
export function assignmentErrors({ dueOn }: Pick<Assignment, 'dueOn'>, today: Day, before: Day | null): FieldError[] {
  if (dueOn < today && dueOn !== before) return [{ pointer: '/dueOn', detail: '整改期限不能早于今天' }]
  if (dueOn > addDays(today, 365)) return [{ pointer: '/dueOn', detail: '整改期限不能超过一年' }]
  return []
}

/** A due date to start from, by what is usual for the category; shown, and changed as the person sees fit. */
export function usualDueDay(category: Category, now: number): Day {
  return addDays(dayOf(now), categories[category].days)
}

/**
 * Whether the implementations that a hazard's level demands are all named: 责任, 时限 and 措施 for an ordinary one,
 * 资金 and 预案 besides for a major (五落实; indicator C3).
 */
export function isFullyImplemented(
  level: Level,
  named: { responsible: unknown; dueOn: unknown; measures: unknown; funds: unknown; plan: unknown },
): boolean {
  const three = named.responsible && named.dueOn && named.measures
  return Boolean(level === 'major' ? three && named.funds && named.plan : three)
}

/** The two times of a deed, and the one that counts. */
export function timesOf(observedAt: number | undefined, receivedAt: number) {
  const observed = observedAt ?? receivedAt
  return { observedAt: observed, receivedAt, at: creditedAt(observed, receivedAt) }
}
