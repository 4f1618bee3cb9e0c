import { canonical } from '../events/chain'
import { compareText } from '../order'
import type { HazardId, StreetId } from '../ids'
import { type Day, dayOf, daysBetween, type Period } from '../time'
import type { IndicatorCode } from './schema'

/** One round of one hazard, as the ledger keeps it: what the facts of group C are read from. */
export interface RoundRow {
  readonly streetId: StreetId
  readonly hazardId: HazardId
  readonly number: string
  readonly round: number
  /** When the round began, credited: the filing of the first, the reopening of a later one. */
  readonly beganAt: number
  readonly beganReceivedAt: number
  readonly dueOn: Day | null
  readonly closedAt: number | null
  readonly closedReceivedAt: number | null
  readonly voidedReceivedAt: number | null
  /** When it ended as 自查自改: found and put right by the unit itself, which counts for and against nobody. */
  readonly settledReceivedAt: number | null
  /** When it was determined a major (认定); null for an ordinary one. */
  readonly majorReceivedAt: number | null
  /** When 责任, 时限 and 措施 were first all named, and when all five were. */
  readonly threeReceivedAt: number | null
  readonly fiveReceivedAt: number | null
}

/**
 * What one record contributes to one indicator of one street: `n` to the numerator, `d` to the denominator.
 * `value` explains it: days late for C1 and C2 (negative when early), null elsewhere.
 */
export type Fact = {
  readonly street: StreetId
  readonly indicator: IndicatorCode
  readonly record: HazardId
  readonly label: string
  readonly round: number
  readonly n: number
  readonly d: number
  readonly value: number | null
}

/**
 * The facts of a period as they were known at its cut-off: what arrived later does not exist. Rows that have nothing
 * to do with the period yield nothing, so that a query may be generous. Order of rows does not matter.
 */
export function factsOf(rows: readonly RoundRow[], period: Period, cutoffAt: number): Fact[] {
  return rows.flatMap((row) => factsOfRound(row, period, cutoffAt)).sort(byPlace)
}

function factsOfRound(row: RoundRow, period: Period, cutoffAt: number): Fact[] {
  const known = (receivedAt: number | null) => receivedAt !== null && receivedAt <= cutoffAt
  if (!known(row.beganReceivedAt) || row.beganAt >= period.until) return []
  if (known(row.voidedReceivedAt) || known(row.settledReceivedAt)) return []

  const closedAt = known(row.closedReceivedAt) ? row.closedAt : null
  const major = known(row.majorReceivedAt)
  const closedByEnd = closedAt !== null && closedAt < period.until
  const openInPeriod = closedAt === null || closedAt >= period.from
  const overdueAtEnd = row.dueOn !== null && row.dueOn <= period.lastDay && !closedByEnd
  const endDay = dayOf(period.until)
  const daysLate = (by: Day) => (row.dueOn === null ? null : daysBetween(row.dueOn, by))
  const complete = known(major ? row.fiveReceivedAt : row.threeReceivedAt)

  const facts: Fact[] = []
  const add = (indicator: IndicatorCode, n: number, d: number, value: number | null = null) =>
    facts.push({
      street: row.streetId,
      indicator,
      record: row.hazardId,
      label: row.number,
      round: row.round,
      n,
      d,
      value,
    })

  if (!major && row.dueOn !== null && row.dueOn >= period.firstDay && row.dueOn <= period.lastDay) {
    add(
      'C1',
      closedAt !== null && dayOf(closedAt) <= row.dueOn ? 1 : 0,
      1,
      daysLate(closedAt === null ? endDay : dayOf(closedAt)),
    )
  }
  if (openInPeriod) {
    add('C2', overdueAtEnd ? 0 : 1, 1, overdueAtEnd ? daysLate(endDay) : null)
    add('C3', complete ? 1 : 0, 1)
    if (major) add('C4', closedByEnd || (row.dueOn !== null && row.dueOn > period.lastDay) ? 1 : 0, 1)
  }
  if (closedByEnd && closedAt >= period.from) add('C5', 1, 1)
  if (row.round > 1 && row.beganAt >= period.from) add('C5', -1, 0)
  return facts
}

/** The order in which facts are frozen; total, so that equal facts give equal bytes. */
function byPlace(a: Fact, b: Fact): number {
  return (
    compareText(a.street, b.street) ||
    compareText(a.indicator, b.indicator) ||
    compareText(a.record, b.record) ||
    a.round - b.round ||
    b.n - a.n
  )
}

/** Facts as they are frozen: one canonical JSON document a line. */
export function freeze(facts: readonly Fact[]): string {
  return facts.map((fact) => `${canonical(fact)}\n`).join('')
}

export function thaw(frozen: string): Fact[] {
  // Safe: only `freeze` makes these texts, and their hash is checked by the reader.
  return frozen.split('\n').flatMap((line) => (line ? [JSON.parse(line) as Fact] : []))
}
