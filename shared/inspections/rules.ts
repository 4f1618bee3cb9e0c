import { askedOf, type CheckedUnit, type DueDays, type Finding, findingsOf, missingOf } from '../checklists/answering'
import type { Answer, Published } from '../checklists/schema'
import type { CriterionRef } from '../criteria/schema'
import { canonical, type Digest, digestOfWords, type Json } from '../events/chain'
import type { Colour } from '../enterprises/words'
import type { HazardDraft } from '../hazards/schema'
import type { CommunityId, EnterpriseId, GridId, HazardId, InspectionId, PhotoId } from '../ids'
import type { FieldError } from '../problem'
import type { Role } from '../capabilities'
import type { Settings } from '../settings/catalogue'
import { cut } from '../text'
import { addDays, type Day } from '../time'
import type { Companion, Ending, NewInspection, Signature, UnitThen } from './schema'
import { sourceFor } from './words'

/**
 * All that stands between a checklist and a final record, beside the fields of the request it is about; empty when it
 * may be signed. The unit's end is complete by its schema: it signs, or the refusal has its reason and a witness. What
 * is typed for the inspector is the inspector's own name (null where the street knows none), since nobody signs for
 * another.
 */
export function signingErrors(
  template: Pick<Published, 'sections'>,
  unit: CheckedUnit,
  asked: { answers: readonly Answer[]; signature: Signature; ending: Ending } & Partial<
    Pick<NewInspection, 'kind' | 'others' | 'companions' | 'observedAt' | 'signedAt'>
  >,
  inspector: string | null,
  due: DueDays,
): FieldError[] {
  const { answers, signature, ending } = asked
  const errors: FieldError[] = missingOf(template, unit, answers, due).map(({ item, field, detail }) => {
    const at = answers.findIndex((answer) => answer.item === item)
    return { pointer: `/answers/${at}/${field}`, detail }
  })
  const along = (asked.others?.length ?? 0) + (asked.companions?.length ?? 0)
  if (asked.kind === 'joint' && along === 0)
    errors.push({ pointer: '/companions', detail: '联合检查须写明同行人员或参加单位' })
  const { observedAt, signedAt = null } = asked
  if (signedAt !== null && observedAt !== undefined && signedAt < observedAt)
    errors.push({ pointer: '/signedAt', detail: '签字时间不能早于到场时间' })
  if (signature.how === 'typed' && signature.name !== inspector)
    errors.push({ pointer: '/signature/name', detail: '请输入您本人的姓名；检查人不能代签' })
  if (ending.how === 'refused' && ending.witness === inspector)
    errors.push({ pointer: '/ending/witness', detail: '见证人应是检查人以外的人' })
  if (ending.how === 'signed' && ending.signature.how === 'typed' && ending.signature.name !== ending.name)
    errors.push({ pointer: '/ending/signature/name', detail: '所输入的姓名应与现场负责人一致' })
  return errors
}

/** Every photo that a record names, each once: of its items, and of signatures that were drawn. */
export function photosOf({
  answers,
  signature,
  ending,
}: {
  readonly answers: readonly Answer[]
  readonly signature: Signature
  readonly ending: Ending
}): PhotoId[] {
  const drawn = [signature, ...(ending.how === 'signed' ? [ending.signature] : [])].flatMap((one) =>
    one.how === 'drawn' ? [one.photo] : [],
  )
  return [...new Set([...answers.flatMap(({ photos, after }) => [...photos, ...after]), ...drawn])]
}

/** Where a unit lies and what it is, as a check finds it. */
export type InspectedUnit = UnitThen & {
  readonly id: EnterpriseId
  readonly communityId: CommunityId
  readonly gridId: GridId
}

/** A hazard as a check files it: what the ledger takes, and what of it the check alone knows. */
export interface InspectedHazard {
  readonly item: string
  readonly basis: readonly CriterionRef[]
  readonly dueOn: Day
  readonly onTheSpot: boolean
  readonly after: readonly PhotoId[]
  readonly draft: Omit<HazardDraft, 'id' | 'observedAt'>
}

/**
 * The hazards that a signed check makes, one for each finding in order, but for items that have theirs from the version
 * of the record that is corrected. One that may be a major is filed as suspected, which those with the power determine.
 */
export function hazardsOf(
  template: Pick<Published, 'sections'>,
  unit: InspectedUnit,
  answers: readonly Answer[],
  role: Role,
  due: DueDays,
  known: ReadonlyMap<string, HazardId> = new Map(),
): InspectedHazard[] {
  return findingsOf(template, unit, answers, due).flatMap((finding) =>
    known.has(finding.item) ? [] : [hazardOf(finding, unit, role)],
  )
}

function hazardOf(finding: Finding, unit: InspectedUnit, role: Role): InspectedHazard {
  const { item, basis, dueOn, onTheSpot, after, description, category, sector, level, photos } = finding
  const { id: enterpriseId, communityId, gridId, keyPlace } = unit
  return {
    item,
    basis,
    dueOn,
    onTheSpot,
    after,
    draft: {
      communityId,
      gridId,
      enterpriseId,
      place: cut(`${unit.name}（${unit.address}）`, 99),
      category,
      sector,
      keyPlace,
      source: sourceFor(role),
      description,
      level,
      photos: [...photos],
    },
  }
}

/** How many items failed or were put right on the spot. */
export function findingCount(template: Pick<Published, 'sections'>, unit: CheckedUnit, answers: readonly Answer[]) {
  return askedOf(template, unit, answers).filter(({ result }) => result === 'fail' || result === 'fixed').length
}

// Whose turn it is. ----------------------------------------------------------------------------------------------------

const intervals = {
  red: 'inspect.red',
  orange: 'inspect.orange',
  yellow: 'inspect.yellow',
  blue: 'inspect.blue',
} as const satisfies Record<Colour, keyof Settings>

type Intervals = Pick<Settings, (typeof intervals)[Colour] | 'inspect.uncoloured'>

/** How many days may pass between two checks of a unit of this colour. */
export function intervalOf(colour: Colour | null, settings: Intervals): number {
  return settings[colour === null ? 'inspect.uncoloured' : intervals[colour]]
}

/** When a unit's turn comes; one that was never checked is due today. */
export function turnOf(
  { colour, inspectedOn }: { readonly colour: Colour | null; readonly inspectedOn: Day | null },
  settings: Intervals,
  today: Day,
): Day {
  return inspectedOn === null ? today : addDays(inspectedOn, intervalOf(colour, settings))
}

// What seals a record. -------------------------------------------------------------------------------------------------

/** What people wrote and who the unit's people are: kept apart, so that it can be erased and the seal still holds. */
export interface RecordWords {
  readonly signature: Signature
  readonly ending: Ending
  /** How findings were worded where otherwise than the item does, by the items' keys. */
  readonly said: { readonly [item: string]: string }
  readonly why: string | null
  /** Those of other units; absent where there were none to name. */
  readonly companions?: readonly Companion[]
}

/** Answers without what was written in them, which goes to the words. */
export function withoutWords(answers: readonly Answer[]): { answers: Answer[]; said: Record<string, string> } {
  return {
    answers: answers.map((answer) => ({ ...answer, words: null })),
    said: Object.fromEntries(answers.flatMap(({ item, words }) => (words === null ? [] : [[item, words]]))),
  }
}

/** The answers as they were given; without their words once these are erased. */
export function withWords(answers: readonly Answer[], words: RecordWords | null): Answer[] {
  return answers.map((answer) => ({ ...answer, words: words?.said[answer.item] ?? null }))
}

/**
 * The hash that seals a signed record onto the version before it (`''` for the first). `facts` is everything that is
 * kept of it but its words, which enter by their salted digest.
 */
export async function sealRecord(
  previous: string,
  facts: { readonly id: InspectionId; readonly [name: string]: Json },
  words: RecordWords,
  salt: string,
  digest: Digest,
): Promise<{ wordsDigest: string; hash: string }> {
  // Safe: words are text, null and objects of these.
  const wordsDigest = await digestOfWords(salt, words as unknown as Json, digest)
  return { wordsDigest, hash: await digest(previous + canonical({ ...facts, wordsDigest })) }
}
