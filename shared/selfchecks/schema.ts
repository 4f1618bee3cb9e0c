import * as v from 'valibot'
import { BasisLine } from '../checklists/basis-line'
import { Answers, ItemKey } from '../checklists/schema'
import { results } from '../checklists/words'
import { Kind } from '../enterprises/schema'
import { OwedItem as OwedFiling } from '../filings/schema'
import { Level, State } from '../hazards/schema'
import { Offers, TemplateRef, UnitThen } from '../inspections/schema'
import {
  CommunityId,
  EnterpriseId,
  GridId,
  HazardId,
  InspectionId,
  PersonId,
  PhotoId,
  SelfcheckId,
  TemplateId,
} from '../ids'
import { keysOf } from '../keys'
import { Day, Instant, Month } from '../time'
import { statement } from './words'

/** A unit's check of itself, confirmed by who did it: sending it makes the record, with its hazards, in one. */
export const NewSelfcheck = v.strictObject({
  id: SelfcheckId,
  template: TemplateRef,
  /** When it began, by the phone's clock. */
  observedAt: Instant,
  answers: Answers,
  /** The sentence that was confirmed, word for word. */
  statement: v.literal(statement, '请确认自查情况属实'),
})
export type NewSelfcheck = v.InferOutput<typeof NewSelfcheck>
export const Reported = v.object({ id: SelfcheckId, hazards: v.array(HazardId) })

const owedLine = {
  act: v.picklist(['do', 'read', 'wait', 'done']),
  title: v.string(),
  /** What it rests on, or where it stands. */
  detail: v.string(),
  dueOn: v.nullable(Day),
  late: v.boolean(),
}
/**
 * One line of what a unit has to do now. `act` says whose turn it is: `do` the unit's, `read` the street has answered,
 * `wait` the street's, `done` nothing is left of it. `id` names what the line leads to, by its kind.
 */
export const OwedItem = v.variant('kind', [
  v.object({ kind: v.picklist(['selfcheck', 'hazard']), id: v.string(), ...owedLine }),
  v.object({
    kind: v.literal('filing'),
    id: v.string(),
    ...owedLine,
    /** What is to be filed, for which period if any, and what is there of it already. */
    filing: v.pick(OwedFiling, ['kind', 'period', 'filingId']),
  }),
])
export type OwedItem = v.InferOutput<typeof OwedItem>

/** What a unit sees when it opens its phone. */
export const UnitHome = v.object({
  unit: v.object({ id: EnterpriseId, name: v.string() }),
  today: Day,
  items: v.array(OwedItem),
  /** There are more open hazards than are listed. */
  more: v.boolean(),
})
export type UnitHome = v.InferOutput<typeof UnitHome>

/** All that a phone needs to go through the checklist without a network. */
export const SelfcheckOffers = v.object({ ...Offers.entries })

export const SelfcheckPath = v.object({ selfcheckId: SelfcheckId })
export const UnitPath = v.object({ enterpriseId: EnterpriseId })
export const MonthPath = v.object({ month: Month })

/** A self-check in a list, the newest first. */
export const SelfcheckCard = v.object({
  id: SelfcheckId,
  enterpriseId: EnterpriseId,
  month: Month,
  observedAt: v.number(),
  receivedAt: v.number(),
  /** Null for one whom the street does not know by name. */
  name: v.nullable(v.string()),
  role: v.string(),
  findings: v.number(),
  settled: v.number(),
})
export type SelfcheckCard = v.InferOutput<typeof SelfcheckCard>
export const SelfcheckPage = v.object({ items: v.array(SelfcheckCard), next: v.nullable(v.string()) })
export type SelfcheckPage = v.InferOutput<typeof SelfcheckPage>

/** An item as it was asked and answered. */
export const SelfcheckLine = v.object({
  key: ItemKey,
  section: v.string(),
  text: v.string(),
  basis: v.array(BasisLine),
  result: v.picklist(keysOf(results)),
  words: v.nullable(v.string()),
  photos: v.array(PhotoId),
  after: v.array(PhotoId),
  hazard: v.nullable(
    v.object({ id: HazardId, number: v.string(), level: Level, state: State, dueOn: v.nullable(Day) }),
  ),
})

export const SelfcheckRecord = v.object({
  ...SelfcheckCard.entries,
  communityName: v.string(),
  gridName: v.string(),
  unit: UnitThen,
  template: v.object({ id: TemplateId, version: v.number(), title: v.string() }),
  by: PersonId,
  statement: v.string(),
  lines: v.array(SelfcheckLine),
  hash: v.string(),
})
export type SelfcheckRecord = v.InferOutput<typeof SelfcheckRecord>

/** A unit that owes a self-check for the month, and the first it sent. */
export const MonthLine = v.object({
  id: EnterpriseId,
  name: v.string(),
  kind: Kind,
  communityId: CommunityId,
  gridId: GridId,
  selfcheck: v.nullable(v.object({ id: SelfcheckId, receivedAt: v.number(), findings: v.number() })),
})
export type MonthLine = v.InferOutput<typeof MonthLine>
/** `owed` says whether the street asks for one at all. */
export const MonthPage = v.object({ owed: v.boolean(), items: v.array(MonthLine), next: v.nullable(EnterpriseId) })
export type MonthPage = v.InferOutput<typeof MonthPage>

const SignalLine = v.object({
  kind: v.picklist(['differs', 'repeats']),
  words: v.string(),
  selfchecks: v.array(SelfcheckId),
  inspections: v.array(InspectionId),
})
const Definitions = v.object({ differs: v.string(), repeats: v.string(), least: v.string() })
export const UnitSignals = v.object({ definitions: Definitions, visits: v.number(), signals: v.array(SignalLine) })
export type UnitSignals = v.InferOutput<typeof UnitSignals>

/** Units among those checked lately whose records differ; a page may be empty and still have a next one. */
export const SignalPage = v.object({
  definitions: Definitions,
  items: v.array(
    v.object({ id: EnterpriseId, name: v.string(), communityId: CommunityId, signals: v.array(SignalLine) }),
  ),
  next: v.nullable(v.string()),
})
export type SignalPage = v.InferOutput<typeof SignalPage>

/** What units found and put right themselves lately, and which of it is proposed to be looked at by somebody else. */
export const SamplePage = v.object({
  share: v.number(),
  seed: v.string(),
  since: Day,
  all: v.number(),
  items: v.array(
    v.object({
      id: HazardId,
      number: v.string(),
      enterpriseName: v.nullable(v.string()),
      description: v.string(),
      receivedAt: v.number(),
      verified: v.boolean(),
    }),
  ),
})
export type SamplePage = v.InferOutput<typeof SamplePage>
