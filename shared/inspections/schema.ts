import * as v from 'valibot'
import { roles } from '../capabilities'
import { keysOf } from '../keys'
import { BasisLine } from '../checklists/basis-line'
import { Answers, ItemKey, Published } from '../checklists/schema'
import { results } from '../checklists/words'
import { Colour, Kind as UnitKind } from '../enterprises/schema'
import { Cursor } from '../pages'
import { Level, State } from '../hazards/schema'
import { keyPlaces, sectors } from '../hazards/words'
import {
  CommunityId,
  DrawId,
  EnterpriseId,
  GridId,
  HazardId,
  InspectionId,
  PersonId,
  PhotoId,
  TemplateId,
} from '../ids'
import { text } from '../text'
import { Day, Instant } from '../time'
import { kinds } from './words'

export const InspectionKind = v.picklist(keysOf(kinds), '请选择检查类型')

/** A checklist in the version that was gone through. */
export const TemplateRef = v.strictObject({ id: TemplateId, version: v.pipe(v.number(), v.integer(), v.minValue(1)) })
export type TemplateRef = v.InferOutput<typeof TemplateRef>

/** A signature: drawn, by the SHA-256 of the picture that was sent, or one's name typed where drawing is not possible. */
export const Signature = v.variant('how', [
  v.strictObject({ how: v.literal('drawn'), photo: PhotoId }),
  v.strictObject({ how: v.literal('typed'), name: text(30) }),
])
export type Signature = v.InferOutput<typeof Signature>

/** The unit's end of a record: its representative signs, or refuses, which is written down (AQF art.68). */
export const Ending = v.variant('how', [
  v.strictObject({ how: v.literal('signed'), name: text(30), signature: Signature, opinion: v.nullable(text(200)) }),
  v.strictObject({ how: v.literal('refused'), reason: text(200), witness: text(30) }),
])
export type Ending = v.InferOutput<typeof Ending>

/** Where the phone was on arrival, where that was given: WGS-84 degrees, right within so many metres. */
export const ArrivalPosition = v.strictObject({
  latitude: v.pipe(v.number(), v.minValue(-90), v.maxValue(90)),
  longitude: v.pipe(v.number(), v.minValue(-180), v.maxValue(180)),
  accuracy: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(100_000))),
})

/** Somebody of another unit who took part (联合检查): a name, since such people have no account here. */
export const Companion = v.strictObject({ unit: text(40), name: text(30) })
export type Companion = v.InferOutput<typeof Companion>

const signed = {
  id: InspectionId,
  kind: InspectionKind,
  template: TemplateRef,
  /** Who took part besides the one who signs; each of them is of this street. */
  others: v.pipe(
    v.array(PersonId),
    v.maxLength(8, '最多 8 名同行人员'),
    v.check((list) => new Set(list).size === list.length, '同行人员有重复'),
  ),
  // What a phone signed before these were asked for may still lie in its outbox.
  companions: v.optional(v.pipe(v.array(Companion), v.maxLength(12, '最多 12 名外单位人员')), []),
  /** When the check began, and when it was signed, by the phone's clock. */
  observedAt: Instant,
  signedAt: v.optional(v.nullable(Instant), null),
  position: v.nullable(ArrivalPosition),
  answers: Answers,
  /** Of the one who is signed in: nobody signs for another. */
  signature: Signature,
  ending: Ending,
}

/** A check that is over: signing it makes the record, with its hazards, in one. */
export const NewInspection = v.strictObject({ ...signed, enterpriseId: EnterpriseId })
export type NewInspection = v.InferOutput<typeof NewInspection>

/** A signed record corrected: another record, signed anew, in the place of the one before. */
export const Correction = v.strictObject({ ...signed, why: text(200) })
export type Correction = v.InferOutput<typeof Correction>

/** How a unit was written down on the day of the check: what decided which items were asked of it, and its name. */
export const UnitThen = v.object({
  name: v.string(),
  address: v.string(),
  creditCode: v.nullable(v.string()),
  kind: UnitKind,
  keyPlace: v.nullable(v.picklist(keysOf(keyPlaces))),
  sectors: v.array(v.picklist(keysOf(sectors))),
  crowded: v.boolean(),
  highRisk: v.nullable(v.string()),
})
export type UnitThen = v.InferOutput<typeof UnitThen>

export const InspectionPath = v.object({ inspectionId: InspectionId })
export const OffersPath = v.object({ enterpriseId: EnterpriseId })

const limit = v.optional(
  v.pipe(v.string(), v.regex(/^\d{1,3}$/), v.transform(Number), v.minValue(1), v.maxValue(100)),
  '30',
)

export const InspectionFilter = v.object({
  enterpriseId: v.optional(EnterpriseId),
  communityId: v.optional(CommunityId),
  gridId: v.optional(GridId),
  kind: v.optional(InspectionKind),
  /** How it ended on the unit's side. */
  ending: v.optional(v.picklist(['signed', 'refused'])),
  /** Who signed it. */
  by: v.optional(PersonId),
  findings: v.optional(v.picklist(['yes', 'no'])),
  /** The first and the last day on which it arrived. */
  from: v.optional(Day),
  to: v.optional(Day),
  cursor: v.optional(Cursor),
  limit,
})
export type InspectionFilter = v.InferOutput<typeof InspectionFilter>

/** A record in a list, the newest first; only the newest version of each. */
export const InspectionCard = v.object({
  id: InspectionId,
  enterpriseId: EnterpriseId,
  communityId: CommunityId,
  gridId: GridId,
  unitName: v.string(),
  kind: InspectionKind,
  observedAt: v.number(),
  receivedAt: v.number(),
  /** Null for one whom the street does not know by name. */
  inspector: v.nullable(v.string()),
  ending: v.picklist(['signed', 'refused']),
  /** Items that failed or were put right on the spot. */
  findings: v.number(),
  version: v.number(),
})
export type InspectionCard = v.InferOutput<typeof InspectionCard>
export const InspectionPage = v.object({ items: v.array(InspectionCard), next: v.nullable(v.string()) })
export type InspectionPage = v.InferOutput<typeof InspectionPage>

/** A checklist that is offered for a unit, with the bases of its items as they stand today, by the items' keys. */
export const Offer = v.object({ template: Published, basis: v.record(v.string(), v.array(BasisLine)) })
export type Offer = v.InferOutput<typeof Offer>

/** All that a phone needs to check a unit without a network. */
export const Offers = v.object({
  unit: v.object({ id: EnterpriseId, communityId: CommunityId, gridId: GridId, ...UnitThen.entries }),
  /** The latest day a hazard may be due, for the day it was asked. */
  due: v.object({ today: Day, most: Day }),
  offers: v.array(Offer),
  /** The last record of the unit, where there is one. */
  last: v.nullable(v.object({ id: InspectionId, on: Day })),
  /** That the reader was drawn for it, and who goes along. */
  assigned: v.nullable(v.object({ drawId: DrawId, others: v.array(PersonId) })),
})
export type Offers = v.InferOutput<typeof Offers>

/** Whom an inspector of the street may name as having taken part. */
export const Colleague = v.object({
  id: PersonId,
  name: v.string(),
  initials: v.string(),
  role: v.picklist(keysOf(roles)),
})
export type Colleague = v.InferOutput<typeof Colleague>
export const Colleagues = v.object({ items: v.array(Colleague) })

/** A unit whose turn it is, or will be. */
export const DueUnit = v.object({
  id: EnterpriseId,
  name: v.string(),
  address: v.string(),
  communityId: CommunityId,
  gridId: GridId,
  keyPlace: v.nullable(v.picklist(keysOf(keyPlaces))),
  colour: v.nullable(Colour),
  /** When it was last checked; null for never. */
  inspectedOn: v.nullable(Day),
  dueOn: Day,
})
export type DueUnit = v.InferOutput<typeof DueUnit>

/** A unit that the reader was drawn for (双随机), with who goes along, until it is checked or the day is past. */
export const AssignedUnit = v.object({
  id: EnterpriseId,
  drawId: DrawId,
  name: v.string(),
  address: v.string(),
  until: Day,
  others: v.array(PersonId),
})
export type AssignedUnit = v.InferOutput<typeof AssignedUnit>

/** The units in reach whose turn has come, the longest due first; `more` says that not all are shown. */
export const DueList = v.object({ items: v.array(DueUnit), more: v.boolean(), assigned: v.array(AssignedUnit) })
export type DueList = v.InferOutput<typeof DueList>

/** An item as it was asked and answered. */
export const RecordLine = v.object({
  key: ItemKey,
  section: v.string(),
  text: v.string(),
  method: v.string(),
  basis: v.array(BasisLine),
  result: v.picklist(keysOf(results)),
  /** How the finding was worded; null where there is none, or once erased. */
  words: v.nullable(v.string()),
  suspected: v.boolean(),
  dueOn: v.nullable(Day),
  photos: v.array(PhotoId),
  after: v.array(PhotoId),
  hazard: v.nullable(
    v.object({ id: HazardId, number: v.string(), level: Level, state: State, dueOn: v.nullable(Day) }),
  ),
})
export type RecordLine = v.InferOutput<typeof RecordLine>

/** One thing that a correction says otherwise than the version before it, in words. */
export const Change = v.object({ what: v.string(), before: v.string(), after: v.string() })
export type Change = v.InferOutput<typeof Change>

/** A record with all that was signed. */
export const InspectionRecord = v.object({
  id: InspectionId,
  kind: InspectionKind,
  enterpriseId: EnterpriseId,
  communityName: v.string(),
  gridName: v.string(),
  unit: UnitThen,
  template: v.object({ id: TemplateId, version: v.number(), title: v.string() }),
  inspectors: v.array(v.object({ id: PersonId, name: v.nullable(v.string()) })),
  /** Whether the reader is the one who signed, who alone may correct it. */
  own: v.boolean(),
  /** Empty also once erased. */
  companions: v.array(Companion),
  observedAt: v.number(),
  signedAt: v.nullable(v.number()),
  receivedAt: v.number(),
  position: v.nullable(ArrivalPosition),
  lines: v.array(RecordLine),
  /** Both null once the names in it were erased. */
  signature: v.nullable(Signature),
  ending: v.nullable(Ending),
  ended: v.picklist(['signed', 'refused']),
  version: v.number(),
  why: v.nullable(v.string()),
  /** The versions before and after this one. */
  supersedes: v.nullable(InspectionId),
  supersededBy: v.nullable(InspectionId),
  /** All its versions, the first one first, and what this one changed; null for a first version. */
  versions: v.array(v.object({ id: InspectionId, version: v.number(), receivedAt: v.number() })),
  changes: v.nullable(v.array(Change)),
  answers: Answers,
  hash: v.string(),
})
export type InspectionRecord = v.InferOutput<typeof InspectionRecord>

export const SignedInspection = v.object({ id: InspectionId, hazards: v.array(HazardId) })
