import * as v from 'valibot'
import { askedOf } from '@app/shared/checklists/answering'
import type { Published } from '@app/shared/checklists/schema'
import type { InspectionId, PhotoId } from '@app/shared/ids'
import { signingErrors } from '@app/shared/inspections/rules'
import { NewInspection, type Offer, type Offers } from '@app/shared/inspections/schema'
import type { InspectionKind } from '@app/shared/inspections/words'
import { addDays, dayOf, daysBetween } from '@app/shared/time'
import { answersOf, idsOf, type Part, type Touched } from '../../../checklist/touched'

/** A check as far as it has come. */
export interface Checking {
  readonly id: InspectionId | null
  readonly kind: InspectionKind
  /** Null for the first checklist that is offered. */
  readonly templateId: string | null
  /** The checklist that it was begun by: what is published meanwhile is for the next check. */
  readonly begun: Offer | null
  /** When it began, by the phone's clock: the first thing that was touched. */
  readonly observedAt: number | null
  readonly touched: { readonly [item: string]: Touched }
  /** Names typed in place of a drawn signature; null while it is to be drawn. */
  readonly typed: { readonly inspector: string | null; readonly unit: string | null }
  readonly ending: 'signed' | 'refused'
  readonly representative: string
  readonly opinion: string
  readonly reason: string
  readonly witness: string
}

/** A check that nobody has begun: everything is right until somebody says otherwise. */
export const blankChecking: Checking = {
  id: null,
  kind: 'patrol',
  templateId: null,
  begun: null,
  observedAt: null,
  touched: {},
  typed: { inspector: null, unit: null },
  ending: 'signed',
  representative: '',
  opinion: '',
  reason: '',
  witness: '',
}

/** The checklist that a check goes by: the one it was begun by, or else the one that was chosen, or the first. */
export const goneBy = ({ begun, templateId }: Checking, { offers }: Offers): Offer | undefined =>
  begun ?? offers.find(({ template }) => template.id === templateId) ?? offers[0]

/** What is asked, given what was touched so far. */
export const shownItems = (template: Published, { unit }: Offers, checking: Checking) =>
  askedOf(template, unit, answersOf(template, checking.touched, []))

const signatureOf = (typed: string | null, drawn: PhotoId | undefined) =>
  typed === null ? { how: 'drawn', photo: drawn } : { how: 'typed', name: typed }

/**
 * The check as the API takes it, or what is wrong with it: by an item's key, or by `signature`, `representative`,
 * `unit`, `reason`, `witness`.
 */
export function inspectionOf(
  template: Published,
  { unit, due }: Offers,
  checking: Checking,
  photos: readonly Part[],
  { id, now, inspector }: { id: InspectionId; now: number; inspector: string },
): { ok: true; body: NewInspection } | { ok: false; errors: Record<string, string> } {
  const answers = answersOf(template, checking.touched, photos)
  const { ending, typed, representative, opinion, reason, witness } = checking
  const [own] = idsOf(photos, 'signature')
  const [theirs] = idsOf(photos, 'unit')
  const body = {
    id: checking.id ?? id,
    enterpriseId: unit.id,
    kind: checking.kind,
    template: { id: template.id, version: template.version },
    others: [],
    observedAt: checking.observedAt ?? now,
    position: null,
    answers,
    signature: signatureOf(typed.inspector, own),
    ending:
      ending === 'signed'
        ? {
            how: 'signed',
            name: representative,
            signature: signatureOf(typed.unit, theirs),
            opinion: opinion.trim() || null,
          }
        : { how: 'refused', reason, witness },
  }
  const errors: Record<string, string> = {}
  const say = (path: readonly string[], detail: string) => {
    const [first = '', second = '', third] = path
    const field =
      first === 'answers'
        ? (answers[Number(second)]?.item ?? first)
        : first !== 'ending'
          ? first
          : second === 'name'
            ? 'representative'
            : second === 'signature'
              ? third === 'name' && typed.unit === null
                ? 'representative'
                : 'unit'
              : second
    errors[field] ??= detail
  }
  const parsed = v.safeParse(NewInspection, body)
  if (!parsed.success) {
    for (const { path, message } of parsed.issues) {
      const [first, second] = (path ?? []).map(({ key }) => String(key))
      const unsigned = first === 'signature' || (first === 'ending' && second === 'signature')
      say(
        (path ?? []).map(({ key }) => String(key)),
        unsigned ? '请签字，或输入姓名' : message,
      )
    }
  }
  // The server counts from the same day, as long as the phone's clock is believed.
  const today = dayOf(checking.observedAt ?? now)
  const most = addDays(today, daysBetween(due.today, due.most))
  if (parsed.success) {
    for (const { pointer, detail } of signingErrors(template, unit, parsed.output, inspector, { today, most }))
      say(pointer.slice(1).split('/'), detail)
  }
  return parsed.success && Object.keys(errors).length === 0 ? { ok: true, body: parsed.output } : { ok: false, errors }
}
