import * as v from 'valibot'
import type { Published } from '@app/shared/checklists/schema'
import type { SelfcheckId } from '@app/shared/ids'
import type { Offers } from '@app/shared/inspections/schema'
import { selfcheckErrors } from '@app/shared/selfchecks/rules'
import { NewSelfcheck } from '@app/shared/selfchecks/schema'
import { statement } from '@app/shared/selfchecks/words'
import { addDays, dayOf, daysBetween } from '@app/shared/time'
import type { Going } from '../../../checklist/going'
import { answersOf, type Part } from '../../../checklist/touched'

/** A self-check as far as it has come. */
export interface Reporting extends Going {
  readonly id: SelfcheckId | null
  readonly confirmed: boolean
}

/** One that nobody has begun: everything is right until somebody says otherwise. */
export const blankReporting: Reporting = {
  id: null,
  templateId: null,
  begun: null,
  observedAt: null,
  touched: {},
  confirmed: false,
}

/** The self-check as the API takes it, or what is wrong with it: by an item's key, or by `statement`. */
export function selfcheckOf(
  template: Published,
  { unit, due }: Offers,
  reporting: Reporting,
  photos: readonly Part[],
  { id, now }: { id: SelfcheckId; now: number },
): { ok: true; body: NewSelfcheck } | { ok: false; errors: Record<string, string> } {
  const answers = answersOf(template, reporting.touched, photos)
  const body = {
    id: reporting.id ?? id,
    template: { id: template.id, version: template.version },
    observedAt: reporting.observedAt ?? now,
    answers,
    statement: reporting.confirmed ? statement : '',
  }
  const errors: Record<string, string> = {}
  const say = (first: string, second: string, detail: string) => {
    errors[first === 'answers' ? (answers[Number(second)]?.item ?? first) : first] ??= detail
  }
  const parsed = v.safeParse(NewSelfcheck, body)
  if (!parsed.success) {
    for (const { path, message } of parsed.issues) {
      const [first = '', second = ''] = (path ?? []).map(({ key }) => String(key))
      say(first, second, message)
    }
  }
  // The server counts from the same day, as long as the phone's clock is believed.
  const today = dayOf(body.observedAt)
  const most = addDays(today, daysBetween(due.today, due.most))
  for (const { pointer, detail } of selfcheckErrors(template, unit, answers, { today, most })) {
    const [first = '', second = ''] = pointer.slice(1).split('/')
    say(first, second, detail)
  }
  return parsed.success && Object.keys(errors).length === 0 ? { ok: true, body: parsed.output } : { ok: false, errors }
}
