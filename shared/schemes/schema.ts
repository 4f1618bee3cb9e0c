import * as v from 'valibot'
import { Month } from '../time'

/** The outcome facts that a scheme may name. What is not here cannot be scored: no logins, no tracks, no photo counts. */
export const indicatorCodes = ['C1', 'C2', 'C3', 'C4', 'C5'] as const
export const IndicatorCode = v.picklist(indicatorCodes)
export type IndicatorCode = v.InferOutput<typeof IndicatorCode>

export const Indicator = v.object({
  code: IndicatorCode,
  name: v.string(),
  /** Share of 100 points before rescaling. */
  weight: v.pipe(v.number(), v.minValue(0)),
  /** Below this denominator the indicator is not applicable (不适用) and its weight is spread over the others. */
  least: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** The rule in words, as it is printed. */
  words: v.string(),
  /** The clause of the notice it serves. */
  clause: v.string(),
})
export type Indicator = v.InferOutput<typeof Indicator>

/** The frozen rules of scoring (考核方案). Data, versioned; a period is scored by the version in force at its start. */
export const Scheme = v.object({
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  title: v.string(),
  every: v.literal('month'),
  from: Month,
  /** Days after a period's end for which late arrivals still count. */
  graceDays: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** Above this share of not applicable weight a street is listed without a rank. */
  mostNotApplicable: v.number(),
  /** Lowest totals of the grades 优秀, 良好 and 合格. */
  grades: v.object({ excellent: v.number(), good: v.number(), passed: v.number() }),
  indicators: v.array(Indicator),
})
export type Scheme = v.InferOutput<typeof Scheme>

export const gradeWords = { excellent: '优秀', good: '良好', passed: '合格', failed: '不合格' } as const
export type Grade = keyof typeof gradeWords

/** Group C (隐患闭环) of the default scheme, its weights as they stand there; scoring rescales them to 100. */
export function firstScheme(from: Month): Scheme {
  return {
    version: 1,
    title: '隐患闭环月度考核方案（第一版）',
    every: 'month',
    from,
    graceDays: 3,
    mostNotApplicable: 0.3,
    grades: { excellent: 90, good: 80, passed: 60 },
    indicators: [
      {
        code: 'C1',
        name: '一般隐患按期整改',
        weight: 8,
        least: 10,
        words: '本期到期的一般隐患中，在整改期限（含经批准的延期）内销号的比例。',
        clause: '3.1.2-d',
      },
      {
        code: 'C2',
        name: '逾期存量负担',
        weight: 4,
        least: 10,
        words: '1 减去期末逾期未销号数占本期内曾处于未销号状态的隐患数的比例。',
        clause: '3.1.2-d',
      },
      {
        code: 'C3',
        name: '五落实完整',
        weight: 3,
        least: 5,
        words: '本期未销号或销号的隐患中，要素齐全的比例：一般隐患须有责任、时限、措施，重大隐患须五项齐全。',
        clause: '3.4.2-d',
      },
      {
        code: 'C4',
        name: '重大隐患督办销号',
        weight: 5,
        least: 1,
        words: '本期内处于未销号状态的重大隐患中，期末已销号或仍在批准期限内的比例；没有重大隐患的不适用。',
        clause: '3.4.2',
      },
      {
        code: 'C5',
        name: '回头看与不反弹',
        weight: 4,
        least: 3,
        words: '1 减去本期重新打开数占本期销号数的比例。',
        clause: '3.4.2-b',
      },
    ],
  }
}
