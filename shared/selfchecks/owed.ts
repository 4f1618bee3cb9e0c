import type { Kind, Standing } from '../enterprises/words'
import { type FiledFacts, owedFilings, type OwingSettings, type OwingUnit, periodic, ruleOf } from '../filings/rules'
import type { OwedItem as OwedFiling } from '../filings/schema'
import { deeds, type Plea, type PleaAnswer } from '../hazards/machine'
import { categories, type Category, isOpen, type State } from '../hazards/words'
import type { HazardId, PersonId, SelfcheckId } from '../ids'
import { compareText } from '../order'
import { catalogue, type Settings } from '../settings/catalogue'
import { type Day, day, dayOf, monthOf, periodOf } from '../time'
import { owesSelfcheck } from './rules'
import type { OwedItem } from './schema'

/** A hazard of the unit as the list needs it. */
export interface HazardFact {
  readonly id: HazardId
  readonly number: string
  readonly state: State
  readonly category: Category
  readonly description: string
  readonly dueOn: Day | null
  /** Who asked for it to be voided, while that is undecided: nothing else is done to it till then. */
  readonly voidAskedBy: PersonId | null
  readonly plea: Plea | null
  readonly answered: PleaAnswer | null
  readonly answeredAt: number | null
}

/** All that decides what a unit owes now. What else a unit can owe brings its facts here and its source below. */
export interface OwedFacts {
  readonly unit: Pick<OwingUnit, 'highRisk' | 'crowded'> & { readonly kind: Kind; readonly standing: Standing }
  readonly settings: Pick<Settings, 'selfcheck.monthly'> & OwingSettings
  /** This month's self-check, where it was done. */
  readonly selfcheck: { readonly id: SelfcheckId; readonly at: number } | null
  readonly hazards: readonly HazardFact[]
  /** Since when the unit is in the register, and its papers that decide what it owes. */
  readonly filings: { readonly since: Day; readonly papers: readonly FiledFacts[] }
}

/** So long the street's answer to a plea is shown at the top. */
const shownFor = 14 * day

const order = { do: 0, read: 1, wait: 2, done: 3 } as const

/** What a unit has to do now, what is late first, then by the day it is due; what waits for others comes last. */
export function owed(facts: OwedFacts, now: number): OwedItem[] {
  return sources
    .flatMap((source) => source(facts, now))
    .sort(
      (a, b) =>
        order[a.act] - order[b.act] ||
        Number(b.late) - Number(a.late) ||
        Number(a.dueOn === null) - Number(b.dueOn === null) ||
        compareText(a.dueOn ?? '', b.dueOn ?? '') ||
        compareText(a.id, b.id),
    )
}

/** Each turns its part of the facts into lines. */
const sources: readonly ((facts: OwedFacts, now: number) => OwedItem[])[] = [
  selfcheckOf,
  filingsOf,
  hazardsOf,
  answersOf,
]

function selfcheckOf({ unit, settings, selfcheck }: OwedFacts, now: number): OwedItem[] {
  const month = monthOf(now)
  if (selfcheck) {
    const detail = `${dayOf(selfcheck.at)} 已完成`
    return [{ kind: 'selfcheck', id: selfcheck.id, act: 'done', title: '本月自查', detail, dueOn: null, late: false }]
  }
  if (!owesSelfcheck(unit, settings)) return []
  const { lastDay } = periodOf(month)
  const detail = '每月一次，由街道设定（依据待核实）'
  return [{ kind: 'selfcheck', id: month, act: 'do', title: '本月自查', detail, dueOn: lastDay, late: false }]
}

function filingsOf({ unit, settings, filings }: OwedFacts, now: number): OwedItem[] {
  const today = dayOf(now)
  return owedFilings({ ...unit, since: filings.since }, filings.papers, now, settings).map((item) => {
    const act = item.state === 'done' ? 'done' : 'do'
    return {
      kind: 'filing',
      id: item.key,
      act,
      title: item.label,
      detail: [stands[item.state], termOf(item.kind, unit, settings)].filter(Boolean).join('。'),
      dueOn: act === 'do' ? item.dueOn : null,
      late: act === 'do' && item.dueOn !== null && item.dueOn < today,
      filing: { kind: item.kind, period: item.period, filingId: item.filingId },
    }
  })
}

/** How a paper stands, where its being named does not say so. */
const stands: Partial<Record<OwedFiling['state'], string>> = {
  draft: '草稿已存，待主要负责人确认',
  done: '已报送',
  soon: '证书将到期，请换证后更新',
  expired: '证书已过期，请换证后更新或停用',
  'to-decide': '待本单位审批',
  'to-close': '作业时间已过，待登记完工',
}

/** How often something is owed and what that rests on; empty for what is owed by its own day. */
function termOf(kind: OwedFiling['kind'], unit: OwedFacts['unit'], settings: OwedFacts['settings']): string {
  const owed = periodic.find((one) => one === kind)
  if (!owed) return ''
  const rule = ruleOf(owed, unit, settings)
  const { basis, verified } = catalogue[rule]
  return `${settings[rule]}一次。依据：${basis}${verified ? '' : '（待核实）'}`
}

const waitsFor: Partial<Record<State, string>> = {
  filed: '待街道交办',
  rectified: '已报整改，待街道复查',
  checked: '复查通过，待街道销号',
}

function hazardsOf({ hazards }: OwedFacts, now: number): OwedItem[] {
  const today = dayOf(now)
  return hazards.flatMap(({ id, state, category, description, dueOn, voidAskedBy, plea }): OwedItem[] => {
    if (!isOpen(state)) return []
    const ours = state === 'assigned' && !voidAskedBy
    const voiding = voidAskedBy && '有人申请作废，待街道审核'
    const asked =
      plea && `${plea.kind === 'extension' ? '已申请延期' : '已提异议'}，街道应于 ${plea.answerDueOn} 前答复`
    return [
      {
        kind: 'hazard',
        id,
        act: ours ? 'do' : 'wait',
        title: `${categories[category].label}：${description}`,
        detail: voiding ?? asked ?? waitsFor[state] ?? '待本单位整改并填报',
        dueOn,
        late: ours && dueOn !== null && dueOn < today,
      },
    ]
  })
}

function answersOf({ hazards }: OwedFacts, now: number): OwedItem[] {
  return hazards.flatMap(({ id, number, answered, answeredAt, dueOn, state }): OwedItem[] => {
    if (!answered || answeredAt === null || now - answeredAt > shownFor) return []
    const granted = answered === 'grant-extension' && dueOn ? `，整改期限改为 ${dueOn}` : ''
    const stands = answered === 'refuse-extension' && dueOn ? `，整改期限仍为 ${dueOn}` : ''
    const end = answered === 'uphold' && state !== 'voided' ? '，正在办理作废' : ''
    return [
      {
        kind: 'hazard',
        id,
        act: 'read',
        title: `街道答复：${deeds[answered].label}${granted}${stands}${end}`,
        detail: `${number}，${dayOf(answeredAt)}`,
        dueOn: null,
        late: false,
      },
    ]
  })
}
