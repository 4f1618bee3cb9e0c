import { canonical } from '@app/shared/events/chain'
import type { StreetId } from '@app/shared/ids'
import { Problem } from '@app/shared/problem'
import { type Fact, factsOf, freeze, thaw } from '@app/shared/schemes/facts'
import type { IndicatorCode, Scheme } from '@app/shared/schemes/schema'
import { scoresOf, type StreetScore } from '@app/shared/schemes/score'
import type { FactsPage, OwnScore, Ranking, Snapshot } from '@app/shared/schemes/snapshot'
import { cutoffOf, type Month, periodOf } from '@app/shared/time'
import { type SQLWrapper, aliased, and, asc, desc, eq, greatest, gte, isNull, lt, lte, the } from '../db/operators'
import { sha256 } from '../sha256'
import type { DistrictScope } from '../tenancy/district-scope'
import type { StreetScope } from '../tenancy/street-scope'

/** At most so many records behind one number are sent at once; the whole lies in the frozen facts. */
const mostFacts = 500

/**
 * Scores a period once: its facts as of the cut-off, frozen; points by the scheme in force; the snapshot. Run twice, or
 * eight times at once, it leaves one snapshot and the same bytes. Throws when the cut-off has not passed.
 */
export async function scorePeriod(scope: DistrictScope, period: Month, key: string, now: number): Promise<void> {
  const { hazardRounds: r, hazards: h, schemes, snapshots, select } = scope.read('job.run')
  const [found, [made]] = await scope.together([
    select({ body: schemes.body })
      .from(schemes)
      .where(lte(schemes.from, period))
      .orderBy(desc(schemes.from), desc(schemes.version))
      .limit(1),
    select({ revision: snapshots.revision }).from(snapshots).where(eq(snapshots.period, period)).limit(1),
  ])
  const scheme = found[0]?.body
  // A district without rules for the period is not scored; nor is one that already was.
  if (!scheme || made) return scope.endJob(key, 'done', null)

  const bounds = periodOf(period)
  const cutoffAt = cutoffOf(period, scheme.graceDays)
  if (now < cutoffAt) throw new Error(`The cut-off of ${period} has not passed`)

  const columns = {
    streetId: aliased(r.streetId, 'street'),
    hazardId: aliased(r.hazardId, 'hazard'),
    number: h.number,
    round: aliased(r.round, 'nth'),
    beganAt: r.beganAt,
    beganReceivedAt: r.beganReceivedAt,
    dueOn: aliased(r.dueOn, 'due'),
    closedAt: aliased(r.closedAt, 'closed'),
    closedReceivedAt: r.closedReceivedAt,
    voidedReceivedAt: r.voidedReceivedAt,
    settledReceivedAt: r.settledReceivedAt,
    majorReceivedAt: r.majorReceivedAt,
    threeReceivedAt: r.threeReceivedAt,
    fiveReceivedAt: r.fiveReceivedAt,
  }
  const belongs = and(eq(h.streetId, r.streetId), eq(h.id, r.hazardId))
  // Two seeks into one index instead of an `or`: what still runs, and what ended since the period began.
  const [running, ended] = await scope.together([
    select(columns)
      .from(r)
      .innerJoin(h, belongs)
      .where(and(isNull(r.endedAt), lt(r.beganReceivedAt, cutoffAt))),
    select(columns).from(r).innerJoin(h, belongs).where(gte(r.endedAt, bounds.from)),
  ])
  const facts = factsOf([...running, ...ended], bounds, cutoffAt)
  const streets = scope.district.streets.map(({ id, slug, name }) => ({ streetId: id, slug, name }))
  const scores = scoresOf(scheme, streets, facts)
  const snapshot = {
    period,
    revision: 1,
    schemeVersion: scheme.version,
    cutoffAt,
    factsHash: await scope.evidence.freezeFacts(freeze(facts)),
    factCount: facts.length,
    scoresHash: await sha256(canonical(scores)),
    madeAt: now,
  }
  await scope.keepSnapshot(
    key,
    snapshot,
    scores.map((score, position) => ({ ...score, position })),
  )
}

type Snapshots = ReturnType<DistrictScope['read']>['snapshots']

const snapshotColumns = (s: Snapshots) => ({
  period: s.period,
  revision: s.revision,
  schemeVersion: s.schemeVersion,
  cutoffAt: s.cutoffAt,
  factsHash: s.factsHash,
  factCount: s.factCount,
  scoresHash: s.scoresHash,
  madeAt: s.madeAt,
})

type Reader = DistrictScope | StreetScope

/** The periods that have been scored, newest first, each in its latest revision. */
export async function listPeriods(scope: Reader): Promise<Snapshot[]> {
  const { snapshots: s, select } = scope.read('score.view')
  const found = await select(snapshotColumns(s)).from(s).orderBy(desc(s.period), desc(s.revision)).limit(120)
  return found.filter(({ period }, at) => found.findIndex((other) => other.period === period) === at)
}

/**
 * What a ranking is made of, as queries for one round trip: the snapshot, the schemes, its scores, and those of the
 * period scored before it. `period` is a month, or a query that yields one.
 */
export function rankingQueries(scope: DistrictScope, period: Month | SQLWrapper) {
  const { snapshots: s, schemes, streetScores: t, select } = scope.read('score.view')
  const columns = {
    period: t.period,
    revision: t.revision,
    streetId: t.streetId,
    name: t.name,
    total: t.total,
    grade: t.grade,
    rank: t.rank,
    notApplicable: t.notApplicable,
    lines: t.lines,
  }
  const before = select({ period: greatest(s.period).as('before') })
    .from(s)
    .where(lt(s.period, period))
  return [
    select(snapshotColumns(s)).from(s).where(eq(s.period, period)).orderBy(desc(s.revision)).limit(1),
    select({ version: schemes.version, body: schemes.body }).from(schemes),
    select(columns).from(t).where(eq(t.period, period)).orderBy(asc(t.position)),
    select(columns)
      .from(t)
      .where(eq(t.period, the(before))),
  ] as const
}

type Found<Q> = { readonly [K in keyof Q]: Q[K] extends PromiseLike<infer R> ? R : never }

/** The ranking that `rankingQueries` found. Throws `not-found` for a period not scored. */
export function rankingOf([found, bodies, rows, before]: Found<ReturnType<typeof rankingQueries>>): Ranking {
  const [snapshot] = found
  const scheme = snapshot && bodies.find(({ version }) => version === snapshot.schemeVersion)?.body
  if (!snapshot || !scheme) throw new Problem('not-found', '这一期还没有评分。')
  const latest = Math.max(...before.map(({ revision }) => revision))
  return {
    snapshot,
    scheme,
    scores: rows
      .filter(({ revision }) => revision === snapshot.revision)
      .map(({ period: _p, revision: _r, ...score }) => ({
        ...score,
        previousRank: before.find((b) => b.revision === latest && b.streetId === score.streetId)?.rank ?? null,
      })),
  }
}

/** The whole ranking of a period beside the ranks before it. Throws `not-found` for one not scored. */
export async function readRanking(scope: DistrictScope, period: Month): Promise<Ranking> {
  return rankingOf(await scope.together(rankingQueries(scope, period)))
}

/** A street's own score of a period. Throws `not-found` for one not scored. */
export async function readOwnScore(scope: StreetScope, period: Month): Promise<OwnScore> {
  const { snapshots: s, schemes, ownScores: t, select } = scope.read('score.view')
  const [found, bodies, rows] = await scope.together([
    select(snapshotColumns(s)).from(s).where(eq(s.period, period)).orderBy(desc(s.revision)).limit(1),
    select({ version: schemes.version, body: schemes.body }).from(schemes),
    select({
      period: t.period,
      revision: t.revision,
      streetId: t.streetId,
      name: t.name,
      total: t.total,
      grade: t.grade,
      rank: t.rank,
      notApplicable: t.notApplicable,
      lines: t.lines,
    })
      .from(t)
      .where(lte(t.period, period))
      .orderBy(desc(t.period), desc(t.revision))
      .limit(6),
  ])
  const [snapshot] = found
  const scheme: Scheme | undefined = snapshot && bodies.find(({ version }) => version === snapshot.schemeVersion)?.body
  const own = rows.find((row) => row.period === period)
  if (!snapshot || !scheme || !own) throw new Problem('not-found', '这一期还没有评分。')
  const { period: _p, revision: _r, ...score }: StreetScore & { period: Month; revision: number } = own
  const previousRank = rows.find((row) => row.period !== period)?.rank ?? null
  return { snapshot, scheme, score: { ...score, previousRank } }
}

/** The records behind one line of a score, from the frozen facts and never the live rows. */
export async function readFacts(
  scope: Reader,
  { period, streetId, indicator }: { period: Month; streetId: StreetId; indicator: IndicatorCode },
): Promise<FactsPage> {
  const { snapshots: s, select } = scope.read('score.view')
  const [snapshot] = await select({ factsHash: s.factsHash })
    .from(s)
    .where(eq(s.period, period))
    .orderBy(desc(s.revision))
    .limit(1)
  if (!snapshot) throw new Problem('not-found', '这一期还没有评分。')
  const all = thaw(await scope.evidence.frozenFacts(snapshot.factsHash))
  const facts = all.filter((fact) => fact.street === streetId && fact.indicator === indicator)
  // What counted against the street comes first: that is what people come to see.
  facts.sort((a, b) => a.n - b.n)
  return {
    facts: facts
      .slice(0, mostFacts)
      .map(({ record, label, round, n, d, value }: Fact) => ({ record, label, round, n, d, value })),
    total: facts.length,
  }
}
