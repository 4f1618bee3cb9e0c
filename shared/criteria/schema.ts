import * as v from 'valibot'
import { oneOf } from '../keys'
import { sectors } from '../hazards/words'
import { OwnCriterionId } from '../ids'
import { text } from '../text'
import { Day } from '../time'
import { CriteriaFilter, DocumentId } from './filter'
import { carriedSightings, kinds, scopes, sightings, standings } from './words'

/** Where a row lies in its document: the figures of its article, such as `3-1` for 第三条(一). */
const Place = v.pipe(v.string(), v.regex(/^[0-9a-z][0-9a-z.-]{0,19}$/, '条款位置格式不正确'))

/** A document and the place in it, `MEM-ORDER-10-2023/3-1`; the same whatever becomes of the words. */
export const CriterionId = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z][\w.-]{1,59}\/[0-9a-z][0-9a-z.-]{0,19}$/, '条款编号格式不正确'),
)
export type CriterionId = v.InferOutput<typeof CriterionId>

/** From which day; only the year where the day is not known. Both compare with days as text. */
const Since = v.pipe(
  v.string('请填写施行日期'),
  v.maxLength(10, '应为日期（如 2026-01-31）或年份'),
  v.check((typed) => /^(19|20)\d{2}$/.test(typed) || v.is(Day, typed), '应为日期（如 2026-01-31）或年份'),
)

/** A row as it was worded when somebody cited it: what judged a hazard is kept so. */
export const CriterionRef = v.strictObject({
  id: CriterionId,
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
})
export type CriterionRef = v.InferOutput<typeof CriterionRef>

const Address = v.pipe(v.string(), v.maxLength(300), v.regex(/^https?:\/\/[^\s<>"]+$/, '网址格式不正确'))

/** A standard, law or paper that criteria lie in. */
export const Standard = v.strictObject({
  id: DocumentId,
  kind: oneOf(kinds),
  scope: oneOf(scopes),
  title: text(80),
  /** Its number, with a remark where that is not certain; null where it has none, or none is known. */
  number: v.nullable(text(60)),
  body: text(60),
  /** The issuing organ's own address, never a mirror's. */
  address: v.nullable(Address),
  /** Null where not even the year is known: it counts as in force. */
  since: v.nullable(Since),
  /** What takes its place, and when; unconfirmed where nobody has said that this one ends then: both are shown. */
  supersededBy: v.nullable(v.strictObject({ id: DocumentId, from: Since, confirmed: v.boolean() })),
  sector: oneOf(sectors),
  note: v.nullable(text(300)),
  /** From which day on whoever added it uses it no longer; the national ones are superseded instead. */
  retiredOn: v.optional(v.nullable(Day)),
})
export type Standard = v.InferOutput<typeof Standard>

/** A row as a file of the catalogue states it. */
export const Row = v.strictObject({
  at: Place,
  /** As the document counts it; null where that is not known. */
  article: v.nullable(text(30)),
  /** The sector in the document's own division, finer than ours. */
  sector: text(30),
  /** In our own words, never the document's. */
  text: text(300),
  seen: oneOf(carriedSightings),
  note: v.optional(text(100)),
})
export type Row = v.InferOutput<typeof Row>

/**
 * A document with its rows, oldest wording first: a row stated again further down is the next version of the one
 * above. Nothing is ever taken out or reworded in place.
 */
export const Document = v.strictObject({ standard: Standard, rows: v.array(Row) })
export type Document = v.InferOutput<typeof Document>

/** What a street adds (clause 3.4.1-b), each row with the paper that it is taken from as the person names it. */
export const CriterionWords = v.strictObject({
  kind: oneOf(kinds),
  title: text(80),
  number: v.nullable(text(60)),
  body: text(60),
  article: v.nullable(text(30)),
  address: v.nullable(Address),
  since: v.nullable(Since),
  sector: oneOf(sectors),
  /** In the street's own words, never the document's. */
  text: text(300),
  note: v.nullable(text(100)),
})
export type CriterionWords = v.InferOutput<typeof CriterionWords>

/** One version of what a street added. */
export interface OwnVersion {
  readonly id: OwnCriterionId
  readonly version: number
  readonly words: CriterionWords
  /** Somebody of the street looked these words up and put a name to it. */
  readonly verified: boolean
  readonly retiredOn: Day | null
}

const seenVersion = { version: v.pipe(v.number(), v.integer(), v.minValue(1)) }
export const CriterionPath = v.object({ criterionId: OwnCriterionId })
export const NewCriterion = v.strictObject({ id: OwnCriterionId, ...CriterionWords.entries })
export type NewCriterion = v.InferOutput<typeof NewCriterion>
export const CriterionChange = v.strictObject({ ...seenVersion, ...CriterionWords.entries })
export type CriterionChange = v.InferOutput<typeof CriterionChange>
/** That the words of a version are what the paper says, and where that was looked up. */
export const Verification = v.strictObject({ ...seenVersion, lookedUp: text(200) })
export type Verification = v.InferOutput<typeof Verification>
/** The first day on which it is used no longer. */
export const CriterionRetirement = v.strictObject({ ...seenVersion, on: Day, why: text(200) })
export type CriterionRetirement = v.InferOutput<typeof CriterionRetirement>

/** A row of the catalogue in one of its versions. */
export const Criterion = v.object({
  ...CriterionRef.entries,
  standard: DocumentId,
  article: v.nullable(v.string()),
  sector: v.string(),
  text: v.string(),
  seen: oneOf(sightings),
  note: v.nullable(v.string()),
})
export type Criterion = v.InferOutput<typeof Criterion>

const figure = (most: number) =>
  v.pipe(v.string(), v.regex(/^\d{1,4}$/), v.transform(Number), v.maxValue(most, '页数过大'))

/** One page of what was found, from the first or the row so many further down. */
export const CriteriaQuery = v.object({
  ...CriteriaFilter.entries,
  from: v.optional(figure(5000), '0'),
  limit: v.optional(v.pipe(figure(100), v.minValue(1)), '30'),
})
export type CriteriaQuery = v.InferOutput<typeof CriteriaQuery>

/** A row of the catalogue as it is shown on a day. */
export const CriterionCard = v.object({
  ref: CriterionRef,
  kind: oneOf(kinds),
  scope: oneOf(scopes),
  /** The document's title and number, as they are cited. */
  document: v.string(),
  body: v.string(),
  article: v.nullable(v.string()),
  sector: v.string(),
  text: v.string(),
  address: v.nullable(v.string()),
  since: v.nullable(v.string()),
  seen: oneOf(sightings),
  standing: oneOf(standings),
  warnings: v.array(v.string()),
})
export type CriterionCard = v.InferOutput<typeof CriterionCard>

/** `standards` are the documents to choose from, whatever was looked for. */
export const CriteriaPage = v.object({
  items: v.array(CriterionCard),
  total: v.number(),
  standards: v.array(v.object({ id: DocumentId, title: v.string() })),
})
export type CriteriaPage = v.InferOutput<typeof CriteriaPage>

/** A row of the street's own through all its versions, the newest first. Names are null of whom the street knows none. */
export const CriterionHistory = v.object({
  id: OwnCriterionId,
  versions: v.array(
    v.object({
      version: v.number(),
      words: CriterionWords,
      by: v.nullable(v.string()),
      at: v.number(),
      verified: v.nullable(v.object({ by: v.nullable(v.string()), at: v.number(), lookedUp: v.string() })),
      retired: v.nullable(v.object({ by: v.nullable(v.string()), on: Day, why: v.string() })),
    }),
  ),
})
export type CriterionHistory = v.InferOutput<typeof CriterionHistory>
