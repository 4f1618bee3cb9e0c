/** The closed vocabularies of what an enterprise files of itself (企业材料) and how each is written on screen. */

/**
 * What can be filed. `statement`: written by anybody of the unit, confirmed by its principal alone, for a period.
 * `record`: kept as soon as it is filed. `permit`: applied for, decided and closed.
 */
export const kinds = {
  duties: { label: '七项职责履职报告', form: 'statement' },
  responsibility: { label: '全员安全生产责任制', form: 'statement' },
  commitment: { label: '安全生产承诺书', form: 'statement' },
  'principal-training': { label: '主要负责人培训', form: 'record' },
  training: { label: '员工培训', form: 'record' },
  drill: { label: '应急演练', form: 'record' },
  certificate: { label: '特种作业证', form: 'record' },
  permit: { label: '危险作业审批', form: 'permit' },
} as const satisfies Record<string, { label: string; form: 'statement' | 'record' | 'permit' }>
export type Kind = keyof typeof kinds
export type StatementKind = { [K in Kind]: (typeof kinds)[K]['form'] extends 'statement' ? K : never }[Kind]

/** A draft may still change; what was filed may not. A permit goes on from `applied`. */
export const states = {
  draft: '待主要负责人确认',
  filed: '已报送',
  applied: '待审批',
  approved: '已批准',
  refused: '未批准',
  closed: '已完工',
} as const
export type State = keyof typeof states

/**
 * The seven duties of a principal (clause 3.2-c; 《安全生产法》第二十一条), in this project's own summary: none of it is
 * quoted from the law.
 */
export const duties = {
  responsibility: '建立并落实全员安全生产责任制，加强标准化',
  rules: '组织制定规章制度和操作规程',
  training: '组织制定教育培训计划',
  spending: '保证安全投入有效',
  prevention: '组织建立双重预防机制（风险分级管控、隐患排查治理），督促检查，及时消除隐患',
  emergency: '组织制定应急预案',
  reporting: '及时、如实报告事故',
} as const
export type Duty = keyof typeof duties
export const dutiesBasis = '《安全生产法》第二十一条；以上为本系统概括，非法条原文'

export const trades = {
  electrical: '电工作业',
  welding: '焊接与热切割作业',
  height: '高处作业',
  refrigeration: '制冷与空调作业',
  'special-equipment': '特种设备作业',
  other: '其他特种作业',
} as const
export type Trade = keyof typeof trades

/** Dangerous work that is approved one by one (clause 3.1.4-c), and what is ticked before it begins. */
export const works = {
  hot: {
    label: '动火作业',
    measures: {
      cleared: '可燃物已清除或隔离',
      extinguishers: '灭火器材在场可用',
      gas: '可燃气体已排除',
      watch: '作业后留人看守',
    },
  },
  confined: {
    label: '有限空间作业',
    measures: {
      ventilated: '已通风',
      tested: '氧气和有毒有害气体检测合格',
      protected: '防护和救援器材在场',
      guarded: '空间外有人监护，不得盲目施救',
    },
  },
  height: {
    label: '高处作业',
    measures: {
      harness: '安全带已系挂',
      edge: '临边、洞口已防护',
      scaffold: '脚手架、梯具牢固',
      below: '下方已设警戒',
    },
  },
  power: {
    label: '临时用电作业',
    measures: {
      breaker: '装有漏电保护',
      cable: '线路完好、架空或防护',
      electrician: '由持证电工接拆',
    },
  },
  hoisting: {
    label: '吊装作业',
    measures: {
      equipment: '吊具、索具完好',
      weight: '重量已核对，不超载',
      cordon: '吊装区已警戒，无人停留',
    },
  },
  other: {
    label: '其他危险作业',
    measures: {
      briefed: '作业人员已交底',
      equipment: '防护用品齐全',
      cordon: '现场已警戒',
    },
  },
} as const satisfies Record<string, { label: string; measures: Record<string, string> }>
export type Work = keyof typeof works
export const measuresBasis = '措施清单为经验项，暂无条文依据；行业另有规定的从其规定'

export const drillKinds = { evacuation: '疏散逃生演练', plan: '综合或专项预案演练', scene: '现场处置演练' } as const

/** What was done to a permit after it was applied for. */
export const acts = { decision: '审批', closure: '完工' } as const
export type ActKind = keyof typeof acts

/** How an owed paper stands. */
export const owedStates = {
  missing: '未报',
  draft: '待确认',
  done: '已报',
  soon: '将到期',
  expired: '已过期',
  'to-decide': '待审批',
  'to-close': '待完工',
} as const
export type OwedState = keyof typeof owedStates
