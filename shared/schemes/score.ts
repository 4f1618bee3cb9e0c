import * as v from 'valibot'
import { StreetId } from '../ids'
import type { Fact } from './facts'
import { type Grade, IndicatorCode, type Scheme } from './schema'

/** One line of a street's score. `points` is of `weight`, both already rescaled to 100; null where not applicable. */
export const ScoreLine = v.object({
  code: IndicatorCode,
  numerator: v.number(),
  denominator: v.number(),
  weight: v.number(),
  points: v.nullable(v.number()),
})
export type ScoreLine = v.InferOutput<typeof ScoreLine>

export const StreetScore = v.object({
  streetId: StreetId,
  name: v.string(),
  total: v.number(),
  grade: v.picklist(['excellent', 'good', 'passed', 'failed']),
  /** Null: listed apart as not ranked (不参与排名). Equal totals share a rank, and the next is skipped. */
  rank: v.nullable(v.number()),
  /** Share of the scheme's weight that was not applicable, 0 to 1. */
  notApplicable: v.number(),
  lines: v.array(ScoreLine),
})
export type StreetScore = v.InferOutput<typeof StreetScore>

/** A street as it was called when it was scored. */
export interface ScoredStreet {
  readonly streetId: StreetId
  readonly slug: string
  readonly name: string
}

/** To cents, halves up; the only place where a score is rounded. */
export const toCents = (points: number) => Math.round(points * 100 + 1e-7) / 100

/**
 * The scores of all streets of a district in a period, best first, those without a rank last.
 * Points = weight × clamp(numerator / denominator). A line below its minimum sample is not applicable, and its weight
 * is spread over the others in proportion. Ties are 1, 1, 3; equal totals are shown in the order of their slugs.
 */
export function scoresOf(scheme: Scheme, streets: readonly ScoredStreet[], facts: readonly Fact[]): StreetScore[] {
  const sums = new Map<string, { n: number; d: number }>()
  for (const { street, indicator, n, d } of facts) {
    const sum = sums.get(`${street} ${indicator}`) ?? { n: 0, d: 0 }
    sums.set(`${street} ${indicator}`, { n: sum.n + n, d: sum.d + d })
  }
  const scored = streets.map((street) => ({ slug: street.slug, ...scoreOf(scheme, street, sums) }))
  scored.sort((a, b) => Number(isLeftOut(a)) - Number(isLeftOut(b)) || b.total - a.total || (a.slug < b.slug ? -1 : 1))
  return scored.map(({ slug: _, ...score }) => ({
    ...score,
    rank: isLeftOut(score) ? null : 1 + scored.filter((other) => !isLeftOut(other) && other.total > score.total).length,
  }))

  function isLeftOut({ notApplicable }: { notApplicable: number }): boolean {
    return notApplicable > scheme.mostNotApplicable
  }
}

function scoreOf(
  scheme: Scheme,
  { streetId, name }: ScoredStreet,
  sums: ReadonlyMap<string, { n: number; d: number }>,
) {
  const whole = scheme.indicators.reduce((sum, { weight }) => sum + weight, 0)
  const counted = scheme.indicators.map((indicator) => {
    const { n, d } = sums.get(`${streetId} ${indicator.code}`) ?? { n: 0, d: 0 }
    return { indicator, n, d, applies: d >= indicator.least }
  })
  const applicable = counted.reduce((sum, { indicator, applies }) => sum + (applies ? indicator.weight : 0), 0)
  const exact = counted.map(({ indicator, n, d, applies }) =>
    applies ? ((indicator.weight * 100) / applicable) * Math.min(1, Math.max(0, n / d)) : null,
  )
  const total = toCents(exact.reduce<number>((sum, points) => sum + (points ?? 0), 0))
  return {
    streetId,
    name,
    total,
    grade: gradeOf(scheme, total),
    notApplicable: toCents(1 - applicable / whole),
    lines: counted.map(({ indicator, n, d, applies }, at): ScoreLine => ({
      code: indicator.code,
      numerator: n,
      denominator: d,
      weight: toCents(applies ? (indicator.weight * 100) / applicable : (indicator.weight * 100) / whole),
      points: exact[at] === null || exact[at] === undefined ? null : toCents(exact[at]),
    })),
  }
}

export function gradeOf({ grades }: Scheme, total: number): Grade {
  if (total >= grades.excellent) return 'excellent'
  if (total >= grades.good) return 'good'
  return total >= grades.passed ? 'passed' : 'failed'
}
