import type { Standing } from '../enterprises/words'
import { canonical, type Digest, digestOfWords, type Json } from '../events/chain'
import type { FilingId, PersonId, PhotoId } from '../ids'
import type { FieldError } from '../problem'
import type { Settings } from '../settings/catalogue'
import { addDays, type Day, dayOf } from '../time'
import { type Cadence, daysOf, type FilingPeriod, periodAt, periodWords } from './periods'
import type { FilingBody, OwedItem, RecordBody, StatementBody } from './schema'
import { duties, type Kind, kinds, type State, trades, works } from './words'

// What is owed. --------------------------------------------------------------------------------------------------------

/** What of a unit decides what it owes. */
export interface OwingUnit {
  readonly standing: Standing
  /** Since when it is in the register. */
  readonly since: Day
  readonly highRisk: string | null
  readonly crowded: boolean
}

/** What of a paper decides whether it is what was owed; only the newest version of each, and drafts. */
export interface FiledFacts {
  readonly id: FilingId
  readonly kind: Kind
  readonly state: State
  readonly period: FilingPeriod | null
  readonly from: Day | null
  readonly until: Day | null
  /** What it is about in a few words. */
  readonly title: string | null
}

export type OwingSettings = Pick<
  Settings,
  | 'filing.duties'
  | 'filing.responsibility'
  | 'filing.commitment'
  | 'filing.principal-training'
  | 'filing.drill'
  | 'filing.drill-high-risk'
  | 'filing.drill-crowded'
  | 'filing.newcomers-at-once'
  | 'filing.expiring-days'
>

/** What is owed once a period, in the order it is shown. */
export const periodic = ['duties', 'responsibility', 'commitment', 'principal-training', 'drill'] as const
export type Periodic = (typeof periodic)[number]

const rank = { 每半年: 2, 每年: 1, 不要求: 0 } as const satisfies Record<Cadence, number>

/**
 * The setting that says how often a unit owes something; of several rules for drills the strictest holds (clauses
 * 3.3.2-a, 3.3.2-b; YJ art. 8).
 */
export function ruleOf(kind: Periodic, unit: Pick<OwingUnit, 'highRisk' | 'crowded'>, settings: OwingSettings) {
  if (kind !== 'drill') return `filing.${kind}` as const
  const rules = [
    'filing.drill' as const,
    ...(unit.highRisk === null ? [] : ['filing.drill-high-risk' as const]),
    ...(unit.crowded ? ['filing.drill-crowded' as const] : []),
  ]
  return rules.reduce((strictest, one) => (rank[settings[one]] > rank[settings[strictest]] ? one : strictest))
}

/** How often a unit owes something, by the setting that says so. */
export const cadenceOf = (
  kind: Periodic,
  unit: Pick<OwingUnit, 'highRisk' | 'crowded'>,
  settings: OwingSettings,
): Cadence => settings[ruleOf(kind, unit, settings)]

const isOpenEnded = (state: State) => state !== 'draft' && state !== 'refused'

/** Whether a paper is what is owed for a period: a statement for all of it, a record of a day in it. */
export function covers(filing: Pick<FiledFacts, 'kind' | 'state' | 'period' | 'from'>, period: FilingPeriod): boolean {
  if (!isOpenEnded(filing.state)) return false
  const owed = daysOf(period)
  if (filing.period === null) return filing.from !== null && filing.from >= owed.firstDay && filing.from <= owed.lastDay
  const its = daysOf(filing.period)
  return its.firstDay <= owed.firstDay && its.lastDay >= owed.lastDay
}

/** Whether somebody who came to the register on `since` owes the period yet: from the next whole one on, unless set. */
export function owes(since: Day, period: FilingPeriod, atOnce: boolean): boolean {
  const { firstDay, lastDay } = daysOf(period)
  return since <= (atOnce ? lastDay : firstDay)
}

/**
 * What a unit owes in the periods that run at `now`, done or not, then certificates in use that have run out or will
 * within the days that are set, and permits that wait for somebody. Nothing for a unit that is not active.
 */
export function owedFilings(
  unit: OwingUnit,
  filings: readonly FiledFacts[],
  now: number,
  settings: OwingSettings,
): OwedItem[] {
  if (unit.standing !== 'active') return []
  const today = dayOf(now)
  const once = periodic.flatMap((kind): OwedItem[] => {
    const period = periodAt(cadenceOf(kind, unit, settings), today)
    if (period === null || !owes(unit.since, period, settings['filing.newcomers-at-once'])) return []
    const own = filings.filter((filing) => filing.kind === kind)
    const done = own.find((filing) => covers(filing, period))
    const draft = own.find((filing) => filing.state === 'draft' && filing.period === period)
    const found = done ?? draft
    return [
      {
        key: `${kind}/${period}`,
        kind,
        label: `${kinds[kind].label}（${periodWords(period)}）`,
        period,
        dueOn: daysOf(period).lastDay,
        state: done ? 'done' : draft ? 'draft' : 'missing',
        filingId: found?.id ?? null,
        address: done ? `filings/${done.id}` : draft ? `filings/${draft.id}` : newAddress(kind, period),
      },
    ]
  })
  return [...once, ...filings.flatMap((filing) => runningOut(filing, today, settings) ?? [])]
}

const newAddress = (kind: Kind, period: FilingPeriod) =>
  kinds[kind].form === 'statement' ? `filings/new/${kind}?period=${period}` : `filings/new/${kind}`

function runningOut(filing: FiledFacts, today: Day, settings: OwingSettings): OwedItem | null {
  const { id, kind, state, until, title } = filing
  const item = (state: OwedItem['state']): OwedItem => ({
    key: `${kind}/${id}`,
    kind,
    label: title === null ? kinds[kind].label : `${kinds[kind].label}：${title}`,
    period: null,
    dueOn: until,
    state,
    filingId: id,
    address: `filings/${id}`,
  })
  if (kind === 'certificate' && until !== null) {
    if (until < today) return item('expired')
    return until <= addDays(today, settings['filing.expiring-days']) ? item('soon') : null
  }
  if (kind !== 'permit') return null
  if (state === 'applied') return item('to-decide')
  return state === 'approved' && until !== null && until < today ? item('to-close') : null
}

// What is written. -----------------------------------------------------------------------------------------------------

/** What a statement lacks before it may be confirmed, beside the fields of its body; empty when nothing is. */
export function missingIn(body: StatementBody): FieldError[] {
  switch (body.kind) {
    case 'duties':
      return Object.entries(body.duties).flatMap(([duty, { done, what }]) => [
        ...(done === null ? [{ pointer: `/body/duties/${duty}/done`, detail: '请选择是否已履行' }] : []),
        ...(what === ''
          ? [
              {
                pointer: `/body/duties/${duty}/what`,
                detail: done === false ? '请写明原因和打算' : '请写明做了哪些工作',
              },
            ]
          : []),
      ])
    case 'responsibility':
      return [
        ...(body.posts.length === 0 ? [{ pointer: '/body/posts', detail: '请填写岗位和职责' }] : []),
        ...body.posts.flatMap(({ post, duties: of }, at) => [
          ...(post === '' ? [{ pointer: `/body/posts/${at}/post`, detail: '请填写岗位' }] : []),
          ...(of === '' ? [{ pointer: `/body/posts/${at}/duties`, detail: '请填写职责' }] : []),
        ]),
        ...(body.signedOn === null ? [{ pointer: '/body/signedOn', detail: '请填写签订日期' }] : []),
        ...(body.photos.length === 0 ? [{ pointer: '/body/photos', detail: '请拍下已签字的责任书' }] : []),
      ]
    case 'commitment':
      return []
  }
}

/** What speaks against a record on the day it is filed, beside the fields of its body. */
export function recordErrors(body: RecordBody, today: Day): FieldError[] {
  switch (body.kind) {
    case 'principal-training':
    case 'training':
    case 'drill':
      return body.on > today ? [{ pointer: '/body/on', detail: '日期不能晚于今天' }] : []
    case 'permit': {
      const known = Object.keys(works[body.work].measures)
      const days = (body.until - body.from) / 86_400_000
      return [
        ...(body.measures.some((measure) => !known.includes(measure))
          ? [{ pointer: '/body/measures', detail: '安全措施与作业种类不符，请重新勾选' }]
          : []),
        ...(days > 7 ? [{ pointer: '/body/until', detail: '一次审批最长 7 天，时间更长的请分次办理' }] : []),
        ...(body.workers.some(({ name }) => name === body.guardian)
          ? [{ pointer: '/body/guardian', detail: '监护人不能是作业人' }]
          : []),
      ]
    }
    case 'certificate':
      return []
  }
}

/** A certificate that a permit may name. */
export interface HeldCertificate {
  readonly id: FilingId
  readonly holder: string
  readonly expiresOn: Day
}

/** What speaks against a permit for whoever decides on it: certificates that are missing or run out, measures not taken. */
export function permitWarnings(
  body: Extract<RecordBody, { kind: 'permit' }>,
  held: readonly HeldCertificate[],
): string[] {
  const last = dayOf(body.until)
  const people = body.workers.flatMap(({ name, certificate }) => {
    const named = held.find(({ id }) => id === certificate)
    if (!named) return [`${name}未选用在册的特种作业证`]
    if (named.holder !== name) return [`${name}选用的是${named.holder}的证书`]
    return named.expiresOn < last ? [`${name}的证书 ${named.expiresOn} 到期，早于作业结束`] : []
  })
  const open = Object.entries<string>(works[body.work].measures).flatMap(([key, words]) =>
    body.measures.includes(key) ? [] : [`未勾选：${words}`],
  )
  return [...people, ...open]
}

/** Why somebody may not decide on a permit, or null. Who applied may, where nobody else is there to. */
export function decisionRefusal(
  { state, appliedBy }: { readonly state: State; readonly appliedBy: PersonId },
  by: PersonId,
  staff: readonly PersonId[],
): string | null {
  if (state !== 'applied') return '这份审批已经办理过。'
  if (by === appliedBy && staff.some((one) => one !== by)) return '申请人不能审批自己的申请，请由本单位其他负责人审批。'
  return null
}

/** The days that a paper is about; a certificate that is out of use runs out no more. */
export function daysIn(body: FilingBody): { from: Day | null; until: Day | null } {
  switch (body.kind) {
    case 'duties':
    case 'responsibility':
    case 'commitment': {
      const { firstDay, lastDay } = daysOf(body.period)
      return { from: firstDay, until: lastDay }
    }
    case 'permit':
      return { from: dayOf(body.from), until: dayOf(body.until) }
    case 'certificate':
      return { from: null, until: body.inUse ? body.expiresOn : null }
    default:
      return { from: body.on, until: body.on }
  }
}

/** What a paper is about in a few words. */
export function titleOf(body: FilingBody): string {
  switch (body.kind) {
    case 'duties':
      return `已履行 ${Object.values(body.duties).filter(({ done }) => done).length} / ${Object.keys(duties).length} 项`
    case 'responsibility':
      return `${body.posts.length} 个岗位`
    case 'commitment':
      return periodWords(body.period)
    case 'certificate':
      return `${body.holder}，${trades[body.trade]}`
    case 'permit':
      return `${works[body.work].label}，${body.place}`
    default:
      return `${body.subject}，${body.people} 人`
  }
}

/** Every photo that a paper names, each once. */
export function photosOf(body: FilingBody): PhotoId[] {
  const named =
    body.kind === 'duties'
      ? Object.values(body.duties).flatMap(({ photos }) => photos)
      : body.kind === 'commitment'
        ? []
        : body.photos
  return [...new Set(named)]
}

/** How a certificate's number is shown: its last four characters. */
export const maskNumber = (number: string) => `****${number.slice(-4)}`

// What seals a paper. --------------------------------------------------------------------------------------------------

/** What people wrote: kept apart, so that it can be erased and the seal still holds. */
export interface FilingWords {
  readonly body: FilingBody
  /** The text that was committed to, as it stood on that day. */
  readonly commitment: string | null
  readonly signedAs: string | null
  readonly why: string | null
}

/** What was said when a permit was decided or closed. */
export interface ActWords {
  readonly words: string | null
}

/**
 * The hash that seals a paper onto the version before it, or an act onto its paper. `facts` is everything that is kept
 * but its words, which enter by their salted digest.
 */
export async function sealFiling(
  previous: string,
  facts: { readonly [name: string]: Json },
  words: FilingWords | ActWords,
  salt: string,
  digest: Digest,
): Promise<{ wordsDigest: string; hash: string }> {
  // Safe: words are text, numbers, null and objects of these.
  const wordsDigest = await digestOfWords(salt, words as unknown as Json, digest)
  return { wordsDigest, hash: await digest(previous + canonical({ ...facts, wordsDigest })) }
}
