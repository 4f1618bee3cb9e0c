import { type Json, type SealedEvent, digestOfWords, type Digest, seal } from '../events/chain'
import type { CommunityId, GridId, HazardId, MeasureId, PersonId, PhotoId, StreetId } from '../ids'
import { type Act, type Deed, type Plea, type PleaAnswer, type Standing, after } from './machine'
import { isFullyImplemented } from './rules'
import { type Level, type State, isOpen } from './words'
import type { Lapse } from '../risks/words'
import type { Day } from '../time'

/** The columns of a hazard's row that deeds move. */
export interface Moved {
  level: Level
  state: State
  open: boolean
  round: number
  dueOn: Day | null
  responsibleId: PersonId | null
  responsible: string | null
  measures: string | null
  funds: string | null
  plan: string | null
  rectifiers: PersonId[]
  checkers: PersonId[]
  closedBy: PersonId | null
  voidAskedBy: PersonId | null
  closedAt: number | null
  plea: Plea | null
  /** Follows the plea, for the index: by when it is to be answered. */
  answerDueOn: Day | null
  answered: PleaAnswer | null
  answeredAt: number | null
  extensions: number
  firstDueOn: Day | null
  objections: number
  lapse: Lapse | null
  measureId: MeasureId | null
  /** The measure as it was worded when it was named. */
  measure: string | null
}

/** The columns that `relocate` moves, and no other deed. */
export interface Relocation {
  communityId: CommunityId
  gridId: GridId
}

/** What an assignment names besides its due date. */
export type Implementation = Pick<Moved, 'responsibleId' | 'responsible' | 'measures' | 'funds' | 'plan'>

/** The measure that a deed names besides how it failed. */
export type NamedMeasure = Pick<Moved, 'measureId' | 'measure'>

/** When a deed was observed, when it arrived, and the instant that counts (`timesOf`). */
export interface DeedTimes {
  readonly observedAt: number
  readonly receivedAt: number
  readonly at: number
}

/** What a deed does to the row of its round: a new row, or columns set, some of them only where nothing stands yet. */
export type RoundEffect =
  | {
      readonly kind: 'begin'
      readonly round: number
      readonly beganAt: number
      readonly beganReceivedAt: number
      readonly majorReceivedAt: number | null
      readonly dueOn?: Day
      readonly threeReceivedAt?: number
      /** Ended as it began (自查自改). */
      readonly settledReceivedAt?: number
      readonly endedAt?: number
    }
  | {
      readonly kind: 'set'
      readonly round: number
      readonly columns: Partial<
        Record<'closedAt' | 'closedReceivedAt' | 'voidedReceivedAt' | 'majorReceivedAt', number>
      > & {
        dueOn?: Day
        endedAt?: number | null
        settledReceivedAt?: null
      }
      readonly ifUnset: Partial<Record<'threeReceivedAt' | 'fiveReceivedAt', number>>
    }

/** The machine's part of a hazard's row. */
export function standingOf(
  row: Omit<Moved, 'open' | keyof NamedMeasure> & { selfFound: boolean; filedBy: PersonId },
): Standing {
  const { state, level, round, selfFound, filedBy, dueOn, rectifiers, checkers, closedBy, voidAskedBy } = row
  const { plea, answered, extensions, firstDueOn, objections, lapse } = row
  const rest = { plea, answered, extensions, firstDueOn, objections, lapse }
  return { state, level, round, selfFound, filedBy, dueOn, rectifiers, checkers, closedBy, voidAskedBy, ...rest }
}

/**
 * All that a deed changes: the hazard's row and its round's. `refusal` has already let it pass. Pure, and the one
 * place that says so, for the API and for whatever else writes a ledger.
 */
export function effectsOf(
  standing: Standing | null,
  act: Act,
  times: DeedTimes,
  implementation?: Implementation,
  named?: NamedMeasure,
): { columns: Partial<Moved>; round: RoundEffect | null } {
  const next = after(standing, act)
  const { state, level, round, dueOn, rectifiers, checkers, closedBy, voidAskedBy } = next
  const { lapse, plea, answered, extensions, firstDueOn, objections } = next
  const all = {
    state,
    level,
    round,
    dueOn,
    rectifiers: [...rectifiers],
    checkers: [...checkers],
    closedBy,
    voidAskedBy,
    lapse,
    open: isOpen(state),
    plea,
    answerDueOn: plea?.answerDueOn ?? null,
    answered,
    extensions,
    firstDueOn,
    objections,
  }
  const { at, receivedAt } = times
  if (!standing) {
    const settled = state === 'settled'
    // What was put right at once, or is about to be, had its responsible, its measure and its day.
    const three = act.deed === 'file' && (act.onTheSpot === true || state === 'assigned')
    return {
      columns: { ...all, measureId: null, measure: null, ...implementation, answeredAt: null },
      round: {
        kind: 'begin',
        round,
        beganAt: at,
        beganReceivedAt: receivedAt,
        majorReceivedAt: null,
        ...(dueOn !== null && { dueOn }),
        ...(three && { threeReceivedAt: receivedAt }),
        ...(settled && { settledReceivedAt: receivedAt, endedAt: receivedAt }),
      },
    }
  }
  const { plea: asked, state: before } = standing
  const columns: Partial<Moved> = changedOf(
    { ...standing, open: isOpen(before), answerDueOn: asked?.answerDueOn ?? null },
    all,
  )
  const set = (columns: Extract<RoundEffect, { kind: 'set' }>['columns'], ifUnset = {}): RoundEffect => ({
    kind: 'set',
    round,
    columns,
    ifUnset,
  })
  switch (act.deed) {
    case 'assign': {
      if (!implementation) throw new Error('An assignment names who is responsible, and for what')
      const named = { ...implementation, dueOn: act.dueOn }
      return {
        columns: { ...columns, ...implementation },
        round: set(
          { dueOn: act.dueOn },
          {
            ...(isFullyImplemented('ordinary', named) && { threeReceivedAt: receivedAt }),
            ...(isFullyImplemented('major', named) && { fiveReceivedAt: receivedAt }),
          },
        ),
      }
    }
    case 'close':
      return {
        columns: { ...columns, closedAt: at },
        round: set({ closedAt: at, closedReceivedAt: receivedAt, endedAt: receivedAt }),
      }
    case 'void':
      return { columns, round: set({ voidedReceivedAt: receivedAt, endedAt: receivedAt }) }
    case 'reopen':
      return {
        columns: { ...columns, closedAt: null, answeredAt: null, measureId: null, measure: null },
        round: {
          kind: 'begin',
          round,
          beganAt: at,
          beganReceivedAt: receivedAt,
          majorReceivedAt: level === 'major' ? receivedAt : null,
        },
      }
    case 'grant-extension':
      return { columns: { ...columns, answeredAt: receivedAt }, round: set({ dueOn: act.dueOn }) }
    case 'refuse-extension':
    case 'uphold':
    case 'overrule':
      return { columns: { ...columns, answeredAt: receivedAt }, round: null }
    case 'refute':
      return { columns, round: set({ endedAt: null, settledReceivedAt: null }) }
    case 'name-measure':
      if (!named) throw new Error('A naming names a measure')
      // Named again, it may be the same kind of failing of another measure.
      return { columns: { ...columns, ...named }, round: null }
    case 'determine':
      return { columns, round: act.level === 'major' ? set({ majorReceivedAt: receivedAt }) : null }
    default:
      return { columns, round: null }
  }
}

function changedOf<T extends object>(before: object, now: T): Partial<T> {
  const entries = Object.entries(now).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key as keyof typeof before]),
  )
  // Safe: a part of `now`.
  return Object.fromEntries(entries) as Partial<T>
}

/** Columns that hold what people wrote or who they are; an event seals only their salted digest. */
const textColumns: ReadonlySet<string> = new Set([
  'place',
  'description',
  'responsible',
  'measures',
  'funds',
  'plan',
  'measure',
])
/** What the row keeps for itself and an event has no need to tell. */
const untold: ReadonlySet<string> = new Set(['open', 'version', 'head', 'number', 'year', 'serial'])

/** A deed as its event tells it, still without its seal. */
export interface Told {
  readonly streetId: StreetId
  readonly hazardId: HazardId
  readonly seq: number
  readonly round: number
  readonly deed: Deed
  readonly actor: PersonId
  readonly role: string
  readonly times: DeedTimes
  /** Columns before and after; on `before` only those that changed are told. */
  readonly before: object
  readonly after: object
  readonly photos: readonly PhotoId[]
  readonly said: string | null
  readonly salt: string
}

/** The event that tells a deed, sealed onto the one before it. */
export async function tell(previous: string, deed: Told, digest: Digest) {
  const { times, said, salt, before, after, photos, ...rest } = deed
  const names = Object.keys(after).filter((name) => !untold.has(name))
  const pick = (from: object, wanted: (name: string) => boolean) =>
    // Safe: columns of a ledger hold text, numbers, truth, lists of these and null.
    Object.fromEntries(
      names.filter(wanted).flatMap((name) => (name in from ? [[name, from[name as keyof typeof from]]] : [])),
    ) as { [name: string]: Json }
  const texts = pick(after, (name) => textColumns.has(name))
  const wordsDigest = await digestOfWords(salt, { said, texts }, digest)
  const event = {
    ...rest,
    observedAt: times.observedAt,
    receivedAt: times.receivedAt,
    before: pick(before, (name) => !textColumns.has(name)),
    after: pick(after, (name) => !textColumns.has(name)),
    photos: [...photos],
    wordsDigest,
  }
  return { ...event, said, texts, salt, hash: await seal(previous, event, digest) }
}

/** A kept row of events as `firstBroken` reads it. */
export function sealedOf(row: Omit<SealedEvent, 'words'> & { said: string | null; texts: Json }): SealedEvent {
  const { said, texts, ...event } = row
  return { ...event, words: { said, texts } }
}
