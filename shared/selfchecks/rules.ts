import { askedOf, type CheckedUnit, type DueDays, missingOf } from '../checklists/answering'
import type { Answer, Published } from '../checklists/schema'
import { hasPrincipal } from '../checklists/locked'
import { canonical, type Digest, digestOfWords, type Json } from '../events/chain'
import type { Kind, Standing } from '../enterprises/words'
import type { HazardId, PhotoId, SelfcheckId } from '../ids'
import type { FieldError } from '../problem'
import type { Settings } from '../settings/catalogue'
import { type Month, monthOf } from '../time'

/** What was written in the items where otherwise than the item says, by their keys: kept apart, so that it can be erased. */
export interface SelfcheckWords {
  readonly said: { readonly [item: string]: string }
}

/** Whether a unit owes a check of itself each month: one in business that somebody runs, where the street asks for it. */
export function owesSelfcheck(
  unit: { readonly kind: Kind; readonly standing: Standing },
  settings: Pick<Settings, 'selfcheck.monthly'>,
): boolean {
  return settings['selfcheck.monthly'] && unit.standing === 'active' && hasPrincipal(unit.kind)
}

/** The month that a self-check is for, by the instant that counts (`timesOf`). */
export const monthFor = (at: number): Month => monthOf(at)

/** All that stands between a checklist and its being sent, beside the fields of the request it is about. */
export function selfcheckErrors(
  template: Pick<Published, 'sections'>,
  unit: CheckedUnit,
  answers: readonly Answer[],
  due: DueDays,
): FieldError[] {
  return missingOf(template, unit, answers, due).map(({ item, field, detail }) => ({
    pointer: `/answers/${answers.findIndex((answer) => answer.item === item)}/${field}`,
    detail,
  }))
}

/** The answers with the pictures that belong to a hazard, and no others: nothing else keeps a picture. */
export function withoutIdlePhotos(answers: readonly Answer[]): Answer[] {
  return answers.map((answer) => ({
    ...answer,
    photos: answer.result === 'fail' || answer.result === 'fixed' ? answer.photos : [],
    after: answer.result === 'fixed' ? answer.after : [],
  }))
}

/** Every picture that the answers name, each once. */
export const photosIn = (answers: readonly Answer[]): PhotoId[] => [
  ...new Set(answers.flatMap(({ photos, after }) => [...photos, ...after])),
]

/** The items that were asked and said to be right. */
export function fineItems(
  template: Pick<Published, 'sections'>,
  unit: CheckedUnit,
  answers: readonly Answer[],
): Set<string> {
  return new Set(askedOf(template, unit, answers).flatMap(({ item, result }) => (result === 'pass' ? [item.key] : [])))
}

/** The hash that seals a self-check: everything kept of it but its words, which enter by their salted digest. */
export async function sealSelfcheck(
  facts: { readonly id: SelfcheckId; readonly [name: string]: Json },
  words: SelfcheckWords,
  salt: string,
  digest: Digest,
): Promise<{ wordsDigest: string; hash: string }> {
  const wordsDigest = await digestOfWords(salt, { said: { ...words.said } }, digest)
  return { wordsDigest, hash: await digest(canonical({ ...facts, wordsDigest })) }
}

/**
 * Whether a hazard that its unit found and put right itself (自查自改) is proposed to be looked at by somebody else
 * (抽查核验): by the SHA-256 of the seed with its id, which the unit cannot choose, below so many in a hundred. The same
 * seed gives the same sample to whoever does it again.
 */
export async function isSampled(seed: string, id: HazardId, share: number, digest: Digest): Promise<boolean> {
  const ticket = Number.parseInt((await digest(`${seed}/${id}`)).slice(0, 8), 16)
  return ticket / 0x1_0000_0000 < share / 100
}

/** What the sample of a month is drawn with; shown beside it. */
export const sampleSeed = (streetId: string, month: Month) => `${streetId}/${month}`
