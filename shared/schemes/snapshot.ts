import * as v from 'valibot'
import { HazardId, StreetId } from '../ids'
import { Month } from '../time'
import { IndicatorCode, Scheme } from './schema'
import { StreetScore } from './score'

export const Revision = v.pipe(v.number(), v.integer(), v.minValue(1))

/** Points of one period, never changed once made; a correction is another revision. */
export const Snapshot = v.object({
  period: Month,
  revision: Revision,
  schemeVersion: v.number(),
  cutoffAt: v.number(),
  /** SHA-256 of the frozen facts, which are kept under it. */
  factsHash: v.string(),
  factCount: v.number(),
  /** SHA-256 of the scores in their canonical spelling; printed on the notice. */
  scoresHash: v.string(),
  madeAt: v.number(),
})
export type Snapshot = v.InferOutput<typeof Snapshot>

export const SnapshotPath = v.object({ period: Month })

/** A district's ranking of one period, beside the ranks of the one before. */
export const Ranking = v.object({
  snapshot: Snapshot,
  scheme: Scheme,
  scores: v.array(v.object({ ...StreetScore.entries, previousRank: v.nullable(v.number()) })),
})
export type Ranking = v.InferOutput<typeof Ranking>

/** A street's own score of one period. */
export const OwnScore = v.object({
  snapshot: Snapshot,
  scheme: Scheme,
  score: v.object({ ...StreetScore.entries, previousRank: v.nullable(v.number()) }),
})
export type OwnScore = v.InferOutput<typeof OwnScore>

export const Periods = v.object({ periods: v.array(Snapshot) })

/** The records behind one line of a score, as they were frozen. */
export const FactsPath = v.object({ period: Month, indicator: IndicatorCode })
export const StreetFactsPath = v.object({ period: Month, streetId: StreetId, indicator: IndicatorCode })
export const FactsPage = v.object({
  facts: v.array(
    v.object({
      record: HazardId,
      label: v.string(),
      round: v.number(),
      n: v.number(),
      d: v.number(),
      value: v.nullable(v.number()),
    }),
  ),
  total: v.number(),
})
export type FactsPage = v.InferOutput<typeof FactsPage>
