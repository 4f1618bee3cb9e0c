import * as v from 'valibot'
import type { Role } from '../capabilities'
import { roles } from '../capabilities'
import { Standing } from '../enterprises/schema'
import { CommunityId, EnterpriseId, FilingId, GridId, PhotoId } from '../ids'
import { keysOf } from '../keys'
import { text } from '../text'
import { Day, Instant } from '../time'
import { FilingPeriod } from './periods'
import { acts, drillKinds, duties, kinds, owedStates, states, trades, works } from './words'

export const FilingKind = v.picklist(keysOf(kinds), '请选择材料种类')
export const FilingState = v.picklist(keysOf(states))
/** Of statements: what a draft lacks may still be empty. */
const draftText = (max: number) => v.union([v.literal(''), text(max)], `最多 ${max} 个字`)

const photos = (most: number) =>
  v.pipe(
    v.array(PhotoId),
    v.maxLength(most, `最多 ${most} 张照片`),
    v.check((list) => new Set(list).size === list.length, '照片有重复'),
  )
const count = (most: number) =>
  v.pipe(v.number('请填写数字'), v.integer('应为整数'), v.minValue(1, '至少 1'), v.maxValue(most, `最多 ${most}`))

// Statements. ----------------------------------------------------------------------------------------------------------

/** 七项职责: each of the seven, done or not, and what was done. */
const DutyAnswer = v.strictObject({ done: v.nullable(v.boolean()), what: draftText(500), photos: photos(3) })
export const DutiesBody = v.strictObject({
  kind: v.literal('duties'),
  period: FilingPeriod,
  duties: v.strictObject(
    // Safe: one for each of the seven.
    Object.fromEntries(Object.keys(duties).map((duty) => [duty, DutyAnswer])) as Record<
      keyof typeof duties,
      typeof DutyAnswer
    >,
  ),
})
/** 全员安全生产责任制: the posts of the unit with their duties, and the signed paper. */
export const ResponsibilityBody = v.strictObject({
  kind: v.literal('responsibility'),
  period: FilingPeriod,
  posts: v.pipe(
    v.array(v.strictObject({ post: draftText(40), duties: draftText(300) })),
    v.maxLength(60, '最多 60 个岗位'),
  ),
  signedOn: v.nullable(Day),
  photos: photos(9),
})
/** 承诺书: its text is the street's on the day it is confirmed. */
export const CommitmentBody = v.strictObject({ kind: v.literal('commitment'), period: FilingPeriod })
export const StatementBody = v.variant('kind', [DutiesBody, ResponsibilityBody, CommitmentBody])
export type StatementBody = v.InferOutput<typeof StatementBody>

// Records. -------------------------------------------------------------------------------------------------------------

const taught = {
  on: Day,
  subject: text(100),
  hours: v.pipe(v.number('请填写学时'), v.minValue(0.5, '至少 0.5 学时'), v.maxValue(200, '最多 200 学时')),
  people: count(5000),
  /** Who took part, where that is written down. */
  names: v.nullable(text(1000)),
  result: v.nullable(text(200)),
  photos: photos(9),
}
export const PrincipalTrainingBody = v.strictObject({ kind: v.literal('principal-training'), ...taught })
export const TrainingBody = v.strictObject({ kind: v.literal('training'), ...taught })
export const DrillBody = v.strictObject({
  kind: v.literal('drill'),
  drill: v.picklist(keysOf(drillKinds), '请选择演练种类'),
  on: Day,
  subject: text(100),
  people: count(5000),
  evaluation: text(500),
  photos: photos(9),
})
export const CertificateBody = v.strictObject({
  kind: v.literal('certificate'),
  holder: text(30),
  trade: v.picklist(keysOf(trades), '请选择作业种类'),
  /** Sealed when it arrives; left out to leave it as it was. */
  number: v.optional(
    v.nullable(
      v.pipe(
        v.string(),
        v.transform((typed) => typed.normalize('NFKC').replaceAll(/\s+/g, '').toUpperCase()),
        v.regex(/^[\dA-Z-]{6,40}$/, '证书编号应为 6 至 40 位字母或数字'),
      ),
    ),
  ),
  issuer: text(60),
  expiresOn: Day,
  /** False once the holder has left or the certificate is no longer used. */
  inUse: v.boolean(),
  photos: photos(4),
})
export const PermitBody = v.pipe(
  v.strictObject({
    kind: v.literal('permit'),
    work: v.picklist(keysOf(works), '请选择作业种类'),
    place: text(100),
    what: text(300),
    from: Instant,
    until: Instant,
    workers: v.pipe(
      v.array(v.strictObject({ name: text(30), certificate: v.nullable(FilingId) })),
      v.minLength(1, '请填写作业人'),
      v.maxLength(10, '最多 10 名作业人'),
    ),
    guardian: text(30),
    /** What was ticked, by the keys of the work's measures. */
    measures: v.pipe(v.array(v.pipe(v.string(), v.regex(/^[a-z-]{1,20}$/))), v.maxLength(10)),
    photos: photos(6),
  }),
  v.forward(
    v.check(({ from, until }) => until > from, '结束时间应晚于开始时间'),
    ['until'],
  ),
)
export const RecordBody = v.variant('kind', [
  PrincipalTrainingBody,
  TrainingBody,
  DrillBody,
  CertificateBody,
  PermitBody,
])
export type RecordBody = v.InferOutput<typeof RecordBody>
export type FilingBody = StatementBody | RecordBody

/** A draft of a statement, for the principal to confirm. `revision` is the one that was read, null for a new one. */
export const StatementDraft = v.strictObject({
  enterpriseId: EnterpriseId,
  revision: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))),
  body: StatementBody,
  /** Why another one takes the place of what was confirmed for the period. */
  why: v.nullable(text(200)),
})
export type StatementDraft = v.InferOutput<typeof StatementDraft>

/** The principal's confirmation of the draft as it was read; typing one's name stands for the signature. */
export const Confirmation = v.strictObject({ revision: v.pipe(v.number(), v.integer()), name: text(30) })
export type Confirmation = v.InferOutput<typeof Confirmation>

/** A record, or an application for a permit. The id is made where it is written. */
export const NewFiling = v.strictObject({
  id: FilingId,
  enterpriseId: EnterpriseId,
  body: RecordBody,
  /** The record that it takes the place of, and why. */
  supersedes: v.nullable(FilingId),
  why: v.nullable(text(200)),
})
export type NewFiling = v.InferOutput<typeof NewFiling>

export const Decision = v.strictObject({
  outcome: v.picklist(['approved', 'refused'], '请选择是否批准'),
  words: v.nullable(text(200)),
})
export type Decision = v.InferOutput<typeof Decision>
export const WorkClosure = v.strictObject({ words: text(200), photos: photos(6) })
export type WorkClosure = v.InferOutput<typeof WorkClosure>

export const FilingPath = v.object({ filingId: FilingId })
export const OwingPath = v.object({ enterpriseId: EnterpriseId })

// What is shown. -------------------------------------------------------------------------------------------------------

export const FilingCard = v.object({
  id: FilingId,
  enterpriseId: EnterpriseId,
  communityId: CommunityId,
  gridId: GridId,
  unitName: v.string(),
  kind: FilingKind,
  state: FilingState,
  period: v.nullable(FilingPeriod),
  /** The days it is about; `until` is the expiry of a certificate in use. */
  from: v.nullable(Day),
  until: v.nullable(Day),
  /** What it is about in a few words; null once its words were erased. */
  title: v.nullable(v.string()),
  version: v.number(),
  at: v.number(),
})
export type FilingCard = v.InferOutput<typeof FilingCard>
export const FilingPage = v.object({ items: v.array(FilingCard), next: v.nullable(v.string()) })
export type FilingPage = v.InferOutput<typeof FilingPage>

/** One thing that a unit owes now, has filed, or that runs out. */
export const OwedItem = v.object({
  /** Apart from all others of the unit. */
  key: v.string(),
  kind: FilingKind,
  label: v.string(),
  /** Null for what runs out and for permits. */
  period: v.nullable(FilingPeriod),
  dueOn: v.nullable(Day),
  state: v.picklist(keysOf(owedStates)),
  /** What was filed or drafted, or runs out; null for what is missing. */
  filingId: v.nullable(FilingId),
  /** Where it is done or shown, below the unit's own street on the phone. */
  address: v.string(),
})
export type OwedItem = v.InferOutput<typeof OwedItem>

/** All that a unit's own phone needs to file something. */
export const Owing = v.object({
  unit: v.object({ id: EnterpriseId, name: v.string(), standing: Standing }),
  items: v.array(OwedItem),
  /** The text that a commitment is confirmed with today. */
  commitment: v.string(),
  /** Days before its end from which on a certificate is named. */
  expiringDays: v.number(),
  /** Certificates in use, to be named in a permit. */
  certificates: v.array(v.object({ id: FilingId, holder: v.string(), trade: v.string(), expiresOn: Day })),
})
export type Owing = v.InferOutput<typeof Owing>

export const BoardLine = v.object({
  id: EnterpriseId,
  name: v.string(),
  communityId: CommunityId,
  gridId: GridId,
  items: v.array(OwedItem),
})
export type BoardLine = v.InferOutput<typeof BoardLine>
export const BoardPage = v.object({ items: v.array(BoardLine), next: v.nullable(EnterpriseId) })
export type BoardPage = v.InferOutput<typeof BoardPage>

const Person = v.object({ name: v.nullable(v.string()), role: v.picklist(keysOf<Role>(roles)) })

export const FilingRecord = v.object({
  id: FilingId,
  enterpriseId: EnterpriseId,
  unitName: v.string(),
  kind: FilingKind,
  state: FilingState,
  period: v.nullable(FilingPeriod),
  from: v.nullable(Day),
  until: v.nullable(Day),
  /** Null once erased. A certificate's number is left out; `numberMask` is how it is shown. */
  body: v.nullable(v.union([StatementBody, RecordBody])),
  /** The text that was committed to. */
  commitment: v.nullable(v.string()),
  /** The name that was typed to confirm it. */
  signedAs: v.nullable(v.string()),
  numberMask: v.nullable(v.string()),
  draftedBy: Person,
  by: Person,
  at: v.number(),
  revision: v.number(),
  version: v.number(),
  why: v.nullable(v.string()),
  supersedes: v.nullable(FilingId),
  supersededBy: v.nullable(FilingId),
  /** Null for a draft. */
  hash: v.nullable(v.string()),
  acts: v.array(
    v.object({
      act: v.picklist(keysOf(acts)),
      by: v.nullable(v.string()),
      at: v.number(),
      outcome: v.nullable(v.picklist(['approved', 'refused'])),
      words: v.nullable(v.string()),
      photos: v.array(PhotoId),
    }),
  ),
  /** What speaks against a permit as it stands. */
  warnings: v.array(v.string()),
  /** What the reader may do with it now. */
  may: v.array(v.picklist(['edit', 'confirm', 'correct', 'decide', 'close', 'unmask'])),
})
export type FilingRecord = v.InferOutput<typeof FilingRecord>

export const FilingMade = v.object({ id: FilingId })
export const NumberSeen = v.object({ number: v.string() })
