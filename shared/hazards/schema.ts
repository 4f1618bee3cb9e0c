import * as v from 'valibot'
import { keysOf, oneOf } from '../keys'
import { BasisLine } from '../checklists/basis-line'
import {
  CommunityId,
  EnterpriseId,
  GridId,
  HazardId,
  InspectionId,
  PersonId,
  PhotoId,
  SelfcheckId,
  StreetId,
} from '../ids'
import { kinds as inspectionKinds } from '../inspections/words'
import { lapses } from '../risks/words'
import { text } from '../text'
import { Day, Instant } from '../time'
import { categories, keyPlaces, levels, sectors, sources, stages, states } from './words'

export const Level = oneOf(levels)
export const State = oneOf(states)
export const Stage = oneOf(stages)

/** Photos of a deed, by the SHA-256 they were sent under. */
const photos = (least: number) =>
  v.pipe(
    v.array(PhotoId),
    v.minLength(least, '请至少拍一张照片'),
    v.maxLength(9, '最多 9 张照片'),
    v.check((ids) => new Set(ids).size === ids.length, '有重复的照片'),
  )

/** Time by the device's clock; `creditedAt` decides whether it counts. */
const observedAt = v.optional(Instant)

export const HazardDraft = v.strictObject({
  id: HazardId,
  communityId: CommunityId,
  gridId: GridId,
  enterpriseId: v.nullable(EnterpriseId),
  place: text(100),
  category: oneOf(categories),
  sector: oneOf(sectors),
  keyPlace: v.nullable(oneOf(keyPlaces)),
  source: oneOf(sources),
  description: text(500),
  /** 重大 is only ever the outcome of a determination. */
  level: v.picklist(['ordinary', 'suspected'], '只能上报一般或疑似重大隐患'),
  observedAt: Instant,
  photos: photos(1),
})
export type HazardDraft = v.InferOutput<typeof HazardDraft>

/** Who is answerable for the rectification: someone who signs in here, or a person named. */
export const Assignment = v.strictObject({
  responsibleId: v.nullable(PersonId),
  responsible: text(40),
  /** Left out, it is what the street usually gives a hazard of that level. */
  dueOn: v.optional(Day),
  /** What should be done (整改要求、措施). */
  measures: text(500),
  /** 资金 and 预案, which a major's five implementations need besides. */
  funds: v.optional(v.nullable(text(200)), null),
  plan: v.optional(v.nullable(text(500)), null),
  observedAt,
})
export type Assignment = v.InferOutput<typeof Assignment>

export const Rectification = v.strictObject({ words: text(500), photos: photos(1), observedAt })
export type Rectification = v.InferOutput<typeof Rectification>

export const Recheck = v.strictObject({
  outcome: v.picklist(['pass', 'return'], '请选择复查结论'),
  words: text(500),
  photos: v.optional(photos(0), []),
  observedAt,
})
export type Recheck = v.InferOutput<typeof Recheck>

/** The words that justify a deed: closing opinion, reason for reopening or voiding. */
export const Reason = v.strictObject({ words: text(500), observedAt })
export type Reason = v.InferOutput<typeof Reason>

/** What became of a proposal to void. */
export const VoidDecision = v.strictObject({ outcome: v.picklist(['void', 'keep']), words: text(500), observedAt })
export type VoidDecision = v.InferOutput<typeof VoidDecision>

/** Until when a unit asks to have, and why. */
export const ExtensionRequest = v.strictObject({ until: Day, words: text(500), observedAt })
export type ExtensionRequest = v.InferOutput<typeof ExtensionRequest>

/** What became of it: put off to a day that the street gives, or not. */
export const ExtensionDecision = v.variant('outcome', [
  v.strictObject({ outcome: v.literal('grant-extension'), dueOn: Day, words: text(500), observedAt }),
  v.strictObject({ outcome: v.literal('refuse-extension'), words: text(500), observedAt }),
])
export type ExtensionDecision = v.InferOutput<typeof ExtensionDecision>

/** Why a unit holds a finding to be wrong, with pictures where it has some. */
export const Objection = v.strictObject({ words: text(500), photos: v.optional(photos(0), []), observedAt })
export type Objection = v.InferOutput<typeof Objection>

export const ObjectionDecision = v.strictObject({
  outcome: v.picklist(['uphold', 'overrule'], '请选择答复结论'),
  words: text(500),
  observedAt,
})
export type ObjectionDecision = v.InferOutput<typeof ObjectionDecision>

/** What somebody else found of what a unit put right itself (抽查核验). */
export const Verification = v.strictObject({
  outcome: v.picklist(['verify', 'refute'], '请选择核验结论'),
  words: text(500),
  photos: v.optional(photos(0), []),
  observedAt,
})
export type Verification = v.InferOutput<typeof Verification>

/** The district's finding on a suspected major (认定), with the document it rests on where there is one. */
export const Determination = v.strictObject({
  level: v.picklist(['ordinary', 'major'], '请选择认定结论'),
  words: text(500),
  document: v.optional(v.nullable(text(60)), null),
})
export type Determination = v.InferOutput<typeof Determination>

export const HazardPath = v.object({ hazardId: HazardId })

const round = v.pipe(v.string(), v.regex(/^[1-9]\d{0,3}$/), v.transform(Number))
/** Deeds name their round, so that a late retry cannot hit the next one. */
export const RoundPath = v.object({ hazardId: HazardId, round })

/** A hazard as a district names it. */
export const RecordPath = v.object({ streetId: StreetId, hazardId: HazardId })
export type RecordPath = v.InferOutput<typeof RecordPath>
export const RecordRoundPath = v.object({ streetId: StreetId, hazardId: HazardId, round })

/** A hazard in a list. Times are epoch milliseconds, days are of China time. */
export const HazardCard = v.object({
  id: HazardId,
  number: v.string(),
  communityId: CommunityId,
  gridId: GridId,
  enterpriseId: v.nullable(EnterpriseId),
  place: v.string(),
  category: oneOf(categories),
  sector: oneOf(sectors),
  description: v.string(),
  level: Level,
  state: State,
  round: v.number(),
  dueOn: v.nullable(Day),
  responsible: v.nullable(v.string()),
  observedAt: v.number(),
  receivedAt: v.number(),
  closedAt: v.nullable(v.number()),
  voidAsked: v.boolean(),
  /** What its unit asks for, until when, and by when the street owes its answer. */
  plea: v.nullable(
    v.object({ kind: v.picklist(['extension', 'objection']), until: v.nullable(Day), answerDueOn: Day }),
  ),
  cover: v.nullable(PhotoId),
})
export type HazardCard = v.InferOutput<typeof HazardCard>

export const HazardPage = v.object({ items: v.array(HazardCard), next: v.nullable(v.string()) })
export type HazardPage = v.InferOutput<typeof HazardPage>

/** One deed in a hazard's story. */
export const Deed = v.object({
  seq: v.number(),
  round: v.number(),
  deed: v.string(),
  by: PersonId,
  /** Null where the reader may not know it: a district sees posts, not names. */
  name: v.nullable(v.string()),
  role: v.string(),
  observedAt: v.number(),
  receivedAt: v.number(),
  words: v.nullable(v.string()),
  before: v.record(v.string(), v.unknown()),
  after: v.record(v.string(), v.unknown()),
  photos: v.array(PhotoId),
  hash: v.string(),
})
export type Deed = v.InferOutput<typeof Deed>

export const HazardPhoto = v.object({
  id: PhotoId,
  round: v.number(),
  stage: Stage,
  observedAt: v.number(),
  by: PersonId,
})
export type HazardPhoto = v.InferOutput<typeof HazardPhoto>

/** A hazard with its whole story. */
const Answering = v.object({ leader: v.nullable(v.string()), cadre: v.nullable(v.string()) })

export const HazardRecord = v.object({
  ...HazardCard.entries,
  streetId: StreetId,
  source: oneOf(sources),
  keyPlace: v.nullable(oneOf(keyPlaces)),
  measures: v.nullable(v.string()),
  funds: v.nullable(v.string()),
  plan: v.nullable(v.string()),
  /** How the control measure that let it arise came to fail, and its words as they were then. */
  lapse: v.nullable(oneOf(lapses)),
  measure: v.nullable(v.string()),
  responsibleId: v.nullable(PersonId),
  communityName: v.string(),
  gridName: v.string(),
  enterpriseName: v.nullable(v.string()),
  /** 双包: who answers for the place today, and who did on the day it was found; a district is told no names. */
  answering: v.nullable(v.object({ now: Answering, found: Answering })),
  /** By when the street usually wants one of this level put right, and the latest it allows; a district is told neither. */
  due: v.nullable(v.object({ usual: Day, most: Day })),
  /** The check it was found on, and what it was judged by there; null for one found otherwise, and for a district. */
  inspection: v.nullable(
    v.object({
      id: InspectionId,
      kind: v.picklist(keysOf(inspectionKinds)),
      at: v.number(),
      basis: v.array(BasisLine),
    }),
  ),
  /** The self-check it was found on, and what it was judged by there; likewise. */
  selfcheck: v.nullable(v.object({ id: SelfcheckId, at: v.number(), basis: v.array(BasisLine) })),
  /** Found by the unit itself. */
  selfFound: v.boolean(),
  /** Since it was put off: the day it was due at first. */
  firstDueOn: v.nullable(Day),
  /** The latest day to which it may be put off; null where a district reads, or nothing is due. */
  extendableTo: v.nullable(Day),
  photos: v.array(HazardPhoto),
  deeds: v.array(Deed),
  /** Deeds that the reader may do now, capability and separation of duties both asked. */
  next: v.array(v.string()),
  version: v.number(),
  head: v.string(),
})
export type HazardRecord = v.InferOutput<typeof HazardRecord>

/** A hazard as a district lists it: no person, no free text beyond what names it. */
export const DistrictCard = v.object({
  streetId: StreetId,
  id: HazardId,
  number: v.string(),
  category: oneOf(categories),
  sector: oneOf(sectors),
  level: Level,
  state: State,
  round: v.number(),
  dueOn: v.nullable(Day),
  receivedAt: v.number(),
})
export type DistrictCard = v.InferOutput<typeof DistrictCard>

export const Filed = v.object({ id: HazardId })
