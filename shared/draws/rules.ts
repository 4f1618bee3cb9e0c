import { can, type Role } from '../capabilities'
import { canonical, type Digest, digestOfWords, type Json } from '../events/chain'
import type { Colour, Kind } from '../enterprises/words'
import type { Sector } from '../hazards/words'
import type { CommunityId, EnterpriseId, PersonId } from '../ids'
import type { FieldError } from '../problem'
import type { Reach } from '../reach'
import { addDays, type Day } from '../time'
import type { DrawFrom, DrawnUnit, NewDraw } from './schema'

/**
 * `count` of the ids, by the SHA-256 of the recorded seed with each of them, the smallest first. The same seed and the
 * same ids, in whatever order, give the same draw, so that anybody can do it again.
 */
export async function drawn<Id extends string>(
  seed: string,
  ids: readonly Id[],
  count: number,
  digest: Digest,
): Promise<Id[]> {
  const tickets = await Promise.all(
    [...new Set(ids)].map(async (id) => ({ id, ticket: await digest(`${seed}/${id}`) })),
  )
  return tickets
    .sort((a, b) => (a.ticket < b.ticket ? -1 : 1))
    .slice(0, count)
    .map(({ id }) => id)
}

/** Which unit goes to whom. */
export interface Drawing {
  readonly unit: EnterpriseId
  readonly inspectors: readonly PersonId[]
}

/**
 * A random draw (双随机) of `count` units with `perUnit` inspectors each. Both are put in a random order by the seed;
 * inspectors are then dealt round and round, so that nobody gets more than one unit more than anybody else.
 */
export async function drawingOf(
  seed: string,
  pool: { readonly units: readonly EnterpriseId[]; readonly inspectors: readonly PersonId[] },
  { count, perUnit }: { readonly count: number; readonly perUnit: number },
  digest: Digest,
): Promise<Drawing[]> {
  const units = await drawn(`${seed}/units`, pool.units, count, digest)
  const order = await drawn(`${seed}/inspectors`, pool.inspectors, pool.inspectors.length, digest)
  return units.map((unit, at) => ({
    unit,
    inspectors: Array.from({ length: Math.min(perUnit, order.length) }, (_, nth) => at * perUnit + nth).flatMap(
      (dealt) => order[dealt % order.length] ?? [],
    ),
  }))
}

/** What of a unit decides whether it is in the pool. */
export interface PoolUnit {
  readonly kind: Kind
  readonly sectors: readonly Sector[]
  readonly colour: Colour | null
  readonly communityId: CommunityId
  readonly inspectedOn: Day | null
}

/** Whether a unit in business is in the pool that was asked for. */
export function isInPool(unit: PoolUnit, from: DrawFrom): boolean {
  return (
    (from.kind === null || unit.kind === from.kind) &&
    (from.sector === null || unit.sectors.includes(from.sector)) &&
    (from.colour === null || unit.colour === from.colour) &&
    (from.communityId === null || unit.communityId === from.communityId) &&
    (from.uncheckedSince === null || unit.inspectedOn === null || unit.inspectedOn < from.uncheckedSince)
  )
}

/** What of a post decides whether its holder may be drawn. */
export interface PoolPost {
  readonly role: Role
  readonly reach: Reach
  readonly since: number
  readonly until: number | null
}

/** Whether who holds this post may check every unit that is drawn from there. */
export function isDrawable(post: PoolPost, { communityId }: Pick<DrawFrom, 'communityId'>, now: number): boolean {
  const held = post.since <= now && (post.until === null || post.until > now)
  const reaches =
    post.reach.within === 'street' ||
    (post.reach.within === 'communities' && communityId !== null && post.reach.ids.includes(communityId))
  return held && reaches && can(post.role, 'inspection.sign')
}

/** Drawn units are to be checked within so many days. */
export const longestTerm = 180

/**
 * All that stands against a draw, beside the fields it is about; empty when it may be done. `before` says that units
 * were drawn for the same purpose already: whoever draws until the result suits, must say why.
 */
export function drawErrors(
  asked: Pick<NewDraw, 'count' | 'perUnit' | 'inspectors' | 'excused' | 'until' | 'why'>,
  pool: { readonly units: number; readonly drawable: ReadonlySet<PersonId> },
  { before, today }: { readonly before: boolean; readonly today: Day },
): FieldError[] {
  const errors: FieldError[] = []
  const say = (pointer: string, detail: string) => errors.push({ pointer, detail })
  if (asked.count > pool.units) say('/count', `符合条件的单位只有 ${pool.units} 家，不够抽取`)
  if (asked.perUnit > asked.inspectors.length) say('/perUnit', `检查人员只有 ${asked.inspectors.length} 人，不够派`)
  for (const [at, id] of asked.inspectors.entries())
    if (!pool.drawable.has(id)) say(`/inspectors/${at}`, '不在岗，或负责范围不包括要抽取的单位')
  for (const [at, { personId }] of asked.excused.entries()) {
    if (asked.inspectors.includes(personId)) say(`/excused/${at}`, '已登记回避的人员不能参加抽取')
    else if (!pool.drawable.has(personId)) say(`/excused/${at}`, '不在检查人员库中，无需登记回避')
  }
  if (asked.until < today || asked.until > addDays(today, longestTerm))
    say('/until', `完成期限应在今天起 ${longestTerm} 天内`)
  if (before && asked.why === null) say('/why', '已为同一事项抽取过；重新抽取须说明理由')
  return errors
}

/** How a drawn unit stands: to be checked, checked, not checked in time, or given up for another draw. */
export function standingOf(
  { open, inspectionId }: { readonly open: boolean; readonly inspectionId: string | null },
  until: Day,
  today: Day,
): 'open' | 'checked' | 'late' | 'replaced' {
  if (inspectionId !== null) return 'checked'
  if (!open) return 'replaced'
  return until < today ? 'late' : 'open'
}

// What seals a draw. ---------------------------------------------------------------------------------------------------

/** What people wrote: kept apart, so that it can be erased and the seal still holds. */
export interface DrawWords {
  /** Why it was drawn again for one purpose; null for a first draw. */
  readonly why: string | null
  /** Why each of the excused stays out, by the person's id. */
  readonly excused: { readonly [person: string]: string }
}

/** All that is kept of a draw but its words. */
export type DrawFacts = {
  readonly streetId: string
  readonly id: string
  readonly purpose: string
  readonly turn: number
  readonly from: DrawFrom
  readonly seed: string
  readonly count: number
  readonly perUnit: number
  readonly until: Day
  readonly units: readonly EnterpriseId[]
  readonly inspectors: readonly PersonId[]
  readonly excused: readonly PersonId[]
  readonly drawn: readonly DrawnUnit[]
  readonly by: PersonId
  readonly at: number
}

/** The hash that seals a draw; words enter it by their salted digest. */
export async function sealDraw(
  facts: DrawFacts,
  words: DrawWords,
  salt: string,
  digest: Digest,
): Promise<{ wordsDigest: string; hash: string }> {
  // Safe: words are text, null and objects of these.
  const wordsDigest = await digestOfWords(salt, words as unknown as Json, digest)
  return { wordsDigest, hash: await hashOf(facts, wordsDigest, digest) }
}

const hashOf = (facts: DrawFacts, wordsDigest: string, digest: Digest) => digest(canonical({ ...facts, wordsDigest }))

/** Draws again from what was recorded: whether the same comes out, and whether the record is the one that was sealed. */
export async function recomputed(
  record: DrawFacts & { readonly hash: string; readonly wordsDigest: string },
  digest: Digest,
): Promise<{ same: boolean; sealed: boolean }> {
  const { streetId, id, purpose, turn, from, seed, count, perUnit, until } = record
  const { units, inspectors, excused, drawn: before, by, at } = record
  const facts = { streetId, id, purpose, turn, from, seed, count, perUnit, until }
  const again = await drawingOf(seed, record, record, digest)
  const drawing = before.map((one) => ({ unit: one.id, inspectors: one.inspectors }))
  return {
    same: canonical(again.map(({ unit, inspectors: sent }) => ({ unit, inspectors: sent }))) === canonical(drawing),
    sealed:
      (await hashOf({ ...facts, units, inspectors, excused, drawn: before, by, at }, record.wordsDigest, digest)) ===
      record.hash,
  }
}
