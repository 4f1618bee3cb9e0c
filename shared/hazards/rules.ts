import type { FieldError } from '../problem'
import type { Reach } from '../reach'
import type { Settings } from '../settings/catalogue'
import { addDays, creditedAt, type Day } from '../time'
import type { Level, Source } from './words'

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
export function assignmentErrors(
  { dueOn }: { dueOn: Day },
  today: Day,
  before: Day | null,
  most: Day = addDays(today, 365),
): FieldError[] {
  if (dueOn === before) return []
  if (dueOn < today) return [{ pointer: '/dueOn', detail: '整改期限不能早于今天' }]
  if (dueOn > most) return [{ pointer: '/dueOn', detail: `整改期限最晚到 ${most}` }]
  return []
}

/**
 * The due date that the street gives a hazard of this level where nobody names another, and the latest it allows. One
 * that is only suspected to be major is treated as an ordinary one: nobody waits longer for it.
 */
export function dueDaysOf(
  level: Level,
  settings: Pick<Settings, 'due.ordinary' | 'due.ordinary-most' | 'due.major'>,
  today: Day,
): { usual: Day; most: Day } {
  if (level === 'major') return { usual: addDays(today, settings['due.major']), most: addDays(today, 365) }
  const most = settings['due.ordinary-most']
  return { usual: addDays(today, Math.min(settings['due.ordinary'], most)), most: addDays(today, most) }
}

/** Up to when what falls due is shown as near, the farthest day of reminder; null where none is set. */
export function soonUntil(settings: Pick<Settings, 'remind.before'>, today: Day): Day | null {
  const farthest = Math.max(0, ...settings['remind.before'])
  return farthest > 0 ? addDays(today, farthest) : null
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

type ExtensionSettings = Pick<Settings, 'extension.most' | 'extension.days'>

/** Whether a unit may still ask to have one of its hazards put off: before the day it is due, and not too often. */
export function extensionRefusal(
  { dueOn, extensions }: { readonly dueOn: Day | null; readonly extensions: number },
  settings: ExtensionSettings,
  today: Day,
): string | null {
  if (extensions >= settings['extension.most'])
    return settings['extension.most'] === 0
      ? '本街道不办理延期。'
      : `每条隐患最多延期 ${settings['extension.most']} 次。`
  return dueOn !== null && dueOn < today ? '整改期限已过，不能再申请延期，请尽快整改并填报。' : null
}

/** What cannot be right about the day to which a hazard is to be put off. `dueOn` is the day that stands. */
export function extensionErrors(
  pointer: '/until' | '/dueOn',
  until: Day,
  dueOn: Day,
  settings: ExtensionSettings,
  today: Day,
): FieldError[] {
  const most = addDays(dueOn, settings['extension.days'])
  if (until <= dueOn) return [{ pointer, detail: `新期限应晚于原期限 ${dueOn}` }]
  if (until < today) return [{ pointer, detail: '新期限不能早于今天' }]
  return until > most ? [{ pointer, detail: `最晚可延至 ${most}` }] : []
}

/** The two times of a deed, and the one that counts. */
export function timesOf(observedAt: number | undefined, receivedAt: number) {
  const observed = observedAt ?? receivedAt
  return { observedAt: observed, receivedAt, at: creditedAt(observed, receivedAt) }
}
