import * as v from 'valibot'
import { oneOf } from '../keys'
import { sectors } from '../hazards/words'
import { text } from '../text'
import { Day } from '../time'
import { kinds, scopes, sightings, standings } from './words'

/** Names a document for good, such as `MEM-ORDER-10-2023`; one of a district's or a street's own is an id of theirs. */
export const DocumentId = v.pipe(v.string(), v.regex(/^[A-Za-z][\w.-]{1,59}$/, '标准编号格式不正确'))

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
  seen: oneOf(sightings),
  note: v.optional(text(100)),
})
export type Row = v.InferOutput<typeof Row>

/**
 * A document with its rows, oldest wording first: a row stated again further down is the next version of the one
 * above. Nothing is ever taken out or reworded in place.
 */
export const Document = v.strictObject({ standard: Standard, rows: v.array(Row) })
export type Document = v.InferOutput<typeof Document>

/** What a district or a street adds (clause 3.4.1-b). It answers for the words itself, and names its paper. */
export const OwnDocument = v.pipe(
  v.strictObject({
    standard: v.strictObject({ ...Standard.entries, scope: v.picklist(['district', 'street'], '请从列表中选择') }),
    rows: v.pipe(v.array(Row), v.minLength(1, '请至少填写一条'), v.maxLength(300, '一份文件最多 300 条')),
  }),
  v.check(
    ({ standard, rows }) => standard.address !== null || rows.every(({ seen }) => seen !== 'official'),
    '没有发文机关网址的，不能标为已核实',
  ),
)

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

/** What a reader looks for; words are all to be found in the row or in its document. */
export const CriteriaFilter = v.object({
  words: v.optional(v.pipe(v.string(), v.maxLength(60))),
  kind: v.optional(oneOf(kinds)),
  sector: v.optional(oneOf(sectors)),
  standard: v.optional(DocumentId),
  standing: v.optional(oneOf(standings)),
})
export type CriteriaFilter = v.InferOutput<typeof CriteriaFilter>
