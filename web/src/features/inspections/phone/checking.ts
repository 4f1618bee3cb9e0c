import * as v from 'valibot'
import type { Answer, Published } from '@app/shared/checklists/schema'
import type { InspectionId, PersonId, PhotoId } from '@app/shared/ids'
import { signingErrors } from '@app/shared/inspections/rules'
import {
  type Companion,
  Correction,
  type InspectionRecord,
  NewInspection,
  type Offers,
} from '@app/shared/inspections/schema'
import type { InspectionKind } from '@app/shared/inspections/words'
import { addDays, dayOf, daysBetween } from '@app/shared/time'
import type { Going } from '../../../checklist/going'
import { answersOf, idsOf, type Part, photoPart } from '../../../checklist/touched'

/** A check as far as it has come. */
export interface Checking extends Going {
  readonly id: InspectionId | null
  /** Null for what is usual: a random check of a unit that one was drawn for, a patrol of any other. */
  readonly kind: InspectionKind | null
  /** Who else of the street took part; null for who was drawn along. */
  readonly others: readonly PersonId[] | null
  /** Those of other units. */
  readonly companions: readonly Companion[]
  readonly position: Position | null
  /** Names typed in place of a drawn signature; null while it is to be drawn. */
  readonly typed: { readonly inspector: string | null; readonly unit: string | null }
  readonly ending: 'signed' | 'refused'
  readonly representative: string
  readonly opinion: string
  readonly reason: string
  readonly witness: string
  /** Why a signed record is corrected. */
  readonly why: string
  /** Photos that the server has from the record that is corrected. */
  readonly kept: readonly PhotoId[]
}

/** Where the phone was on arrival. */
export type Position = NonNullable<NewInspection['position']>

/** A check that nobody has begun: everything is right until somebody says otherwise. */
export const blankChecking: Checking = {
  id: null,
  kind: null,
  others: null,
  companions: [],
  position: null,
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
  why: '',
  kept: [],
}

const signatureOf = (typed: string | null, drawn: PhotoId | undefined) =>
  typed === null ? { how: 'drawn', photo: drawn } : { how: 'typed', name: typed }

/** What kind of check it is, said or usual. */
export const kindOf = ({ kind }: Checking, { assigned }: Offers): InspectionKind =>
  kind ?? (assigned ? 'random' : 'patrol')

/** Who of the street took part, said or drawn. */
export const othersOf = ({ others }: Checking, { assigned }: Offers): readonly PersonId[] =>
  others ?? assigned?.others ?? []

/** A signed record made a form again, to be corrected; both sides sign anew. */
export function correctingOf(record: InspectionRecord): Checking {
  const { ending } = record
  return {
    ...blankChecking,
    kind: record.kind,
    others: record.inspectors.slice(1).map(({ id }) => id),
    companions: record.companions,
    position: record.position,
    templateId: record.template.id,
    observedAt: record.observedAt,
    touched: Object.fromEntries(
      record.answers.map(({ item, result, words, suspected, dueOn }) => [item, { result, words, suspected, dueOn }]),
    ),
    ending: record.ended,
    representative: ending?.how === 'signed' ? ending.name : '',
    opinion: ending?.how === 'signed' ? (ending.opinion ?? '') : '',
    reason: ending?.how === 'refused' ? ending.reason : '',
    witness: ending?.how === 'refused' ? ending.witness : '',
    kept: keptPhotos(record).map(({ id }) => id),
  }
}

/** The photos of a record's items, each with the part of the form it belongs to. */
export const keptPhotos = ({ answers }: Pick<InspectionRecord, 'answers'>) =>
  answers.flatMap(({ item, photos, after }) => [
    ...photos.map((id) => ({ id, part: photoPart(item, 'photos') })),
    ...after.map((id) => ({ id, part: photoPart(item, 'after') })),
  ])

interface Signing {
  readonly id: InspectionId
  readonly now: number
  readonly inspector: string
}
type Made<Body> = { ok: true; body: Body } | { ok: false; errors: Record<string, string> }

/**
 * The check as the API takes it, or what is wrong with it: by an item's key, or by `signature`, `representative`,
 * `unit`, `reason`, `witness`, `companions`.
 */
export function inspectionOf(
  template: Published,
  offers: Offers,
  checking: Checking,
  photos: readonly Part[],
  signing: Signing,
): Made<NewInspection> {
  const body = { ...bodyOf(template, offers, checking, photos, signing), enterpriseId: offers.unit.id }
  return judged(NewInspection, body, { template, offers, checking, signing, known: new Set() })
}

/** Likewise a correction of a record; items of `known` have their hazards, and so their days, already. */
export function correctionOf(
  template: Published,
  offers: Offers,
  checking: Checking,
  photos: readonly Part[],
  signing: Signing,
  known: ReadonlySet<string>,
): Made<Correction> {
  const body = { ...bodyOf(template, offers, checking, photos, signing), why: checking.why }
  return judged(Correction, body, { template, offers, checking, signing, known })
}

function bodyOf(
  template: Published,
  offers: Offers,
  checking: Checking,
  photos: readonly Part[],
  { id, now }: Signing,
) {
  const { ending, typed, representative, opinion, reason, witness } = checking
  const [own] = idsOf(photos, 'signature')
  const [theirs] = idsOf(photos, 'unit')
  return {
    id: checking.id ?? id,
    kind: kindOf(checking, offers),
    template: { id: template.id, version: template.version },
    others: othersOf(checking, offers),
    companions: checking.companions,
    observedAt: checking.observedAt ?? now,
    signedAt: Math.max(now, checking.observedAt ?? now),
    position: checking.position,
    answers: answersOf(template, checking.touched, photos),
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
}

/** A body as its schema and the rules of signing judge it, with what is wrong under the form's own fields. */
function judged<S extends typeof NewInspection | typeof Correction>(
  schema: S,
  body: { readonly answers: readonly Answer[] },
  {
    template,
    offers: { unit, due },
    checking,
    signing: { now, inspector },
    known,
  }: {
    readonly template: Published
    readonly offers: Offers
    readonly checking: Checking
    readonly signing: Signing
    readonly known: ReadonlySet<string>
  },
): Made<v.InferOutput<S>> {
  const errors: Record<string, string> = {}
  const say = (path: readonly string[], detail: string) => {
    const [first = '', second = '', third] = path
    const field =
      first === 'answers'
        ? (body.answers[Number(second)]?.item ?? first)
        : first !== 'ending'
          ? first
          : second === 'name'
            ? 'representative'
            : second === 'signature'
              ? third === 'name' && checking.typed.unit === null
                ? 'representative'
                : 'unit'
              : second
    errors[field] ??= detail
  }
  const parsed = v.safeParse(schema, body)
  if (!parsed.success) {
    for (const { path, message } of parsed.issues) {
      const keys = (path ?? []).map(({ key }) => String(key))
      const unsigned = keys[0] === 'signature' || (keys[0] === 'ending' && keys[1] === 'signature')
      say(keys, unsigned ? '请签字，或输入姓名' : message)
    }
  }
  // The server counts from the same day, as long as the phone's clock is believed.
  const today = dayOf(checking.observedAt ?? now)
  const most = addDays(today, daysBetween(due.today, due.most))
  if (parsed.success) {
    const { output } = parsed
    const answers = output.answers.map((one) => (known.has(one.item) ? { ...one, dueOn: null } : one))
    for (const { pointer, detail } of signingErrors(template, unit, { ...output, answers }, inspector, { today, most }))
      say(pointer.slice(1).split('/'), detail)
  }
  return parsed.success && Object.keys(errors).length === 0 ? { ok: true, body: parsed.output } : { ok: false, errors }
}
