import fc from 'fast-check'
import { describe, it } from 'vitest'
import { canonical } from '@app/shared/events/chain'
import type { HazardId, StreetId } from '@app/shared/ids'
import { factsOf, freeze, type RoundRow, thaw } from '@app/shared/schemes/facts'
import { firstScheme, type Scheme } from '@app/shared/schemes/schema'
import { scoresOf, toCents } from '@app/shared/schemes/score'
import { addDays, cutoffOf, day, type Day, dayOf, type Month, periodOf } from '@app/shared/time'
import { runs } from './runs'

const month = '2026-10' as Month
const period = periodOf(month)
const cutoffAt = cutoffOf(month, 3)
const scheme = firstScheme('2026-01' as Month)
const streets = ['str_a', 'str_b', 'str_c'].map((id) => ({ streetId: id as StreetId, slug: id, name: id }))

let made = 0
const row = (change: Partial<RoundRow> = {}): RoundRow => ({
  streetId: 'str_a' as StreetId,
  hazardId: `haz_${String(made++).padStart(8, '0')}` as HazardId,
  number: `测试隐患〔2026〕${made}`,
  round: 1,
  beganAt: period.from + day,
  beganReceivedAt: period.from + day,
  dueOn: '2026-10-10' as Day,
  closedAt: null,
  closedReceivedAt: null,
  voidedReceivedAt: null,
  settledReceivedAt: null,
  majorReceivedAt: null,
  threeReceivedAt: period.from + day,
  fiveReceivedAt: null,
  ...change,
})
const closedAt = (at: number, receivedAt = at) => ({ closedAt: at, closedReceivedAt: receivedAt })
const at = (time: string) => Date.parse(`${time}+08:00`)
const said = (rows: RoundRow[]) =>
  factsOf(rows, period, cutoffAt).map(({ indicator, n, d, value }) => `${indicator} ${n}/${d} ${value}`)

describe('the facts of a month', () => {
  it.for([
    [
      'closed on its due day',
      closedAt(at('2026-10-10T23:59:59')),
      ['C1 1/1 0', 'C2 1/1 null', 'C3 1/1 null', 'C5 1/1 null'],
    ],
    [
      'closed the day after',
      closedAt(at('2026-10-11T00:00:00')),
      ['C1 0/1 1', 'C2 1/1 null', 'C3 1/1 null', 'C5 1/1 null'],
    ],
    ['never closed', {}, ['C1 0/1 22', 'C2 0/1 22', 'C3 1/1 null']],
    [
      'closed before the cut-off, but after the month',
      closedAt(at('2026-11-02T10:00:00')),
      ['C1 0/1 23', 'C2 0/1 22', 'C3 1/1 null'],
    ],
    [
      'closed on a phone in time, arrived before the cut-off',
      closedAt(at('2026-10-10T10:00:00'), at('2026-11-03T23:00:00')),
      ['C1 1/1 0', 'C2 1/1 null', 'C3 1/1 null', 'C5 1/1 null'],
    ],
    [
      'arrived after the cut-off',
      closedAt(at('2026-10-10T10:00:00'), cutoffAt + 1),
      ['C1 0/1 22', 'C2 0/1 22', 'C3 1/1 null'],
    ],
    ['due next month', { dueOn: '2026-11-01' as Day }, ['C2 1/1 null', 'C3 1/1 null']],
    ['due on the last day, still open', { dueOn: '2026-10-31' as Day }, ['C1 0/1 1', 'C2 0/1 1', 'C3 1/1 null']],
    ['not yet assigned', { dueOn: null, threeReceivedAt: null }, ['C2 1/1 null', 'C3 0/1 null']],
    ['voided', { voidedReceivedAt: period.from + 2 * day }, []],
    ['found and put right by its own unit', { settledReceivedAt: period.from + 2 * day }, []],
    ['voided after the cut-off', { voidedReceivedAt: cutoffAt + 1 }, ['C1 0/1 22', 'C2 0/1 22', 'C3 1/1 null']],
    ['begun after the month', { beganAt: period.until, beganReceivedAt: period.until }, []],
    [
      'closed before the month',
      { beganAt: period.from - 9 * day, dueOn: '2026-09-25' as Day, ...closedAt(period.from - day) },
      [],
    ],
    [
      'a major within its limit',
      { majorReceivedAt: period.from + day, dueOn: '2026-12-01' as Day },
      ['C2 1/1 null', 'C3 0/1 null', 'C4 1/1 null'],
    ],
    [
      'a major past it',
      { majorReceivedAt: period.from + day, fiveReceivedAt: period.from + day },
      ['C2 0/1 22', 'C3 1/1 null', 'C4 0/1 null'],
    ],
    [
      'determined after the cut-off',
      { majorReceivedAt: cutoffAt + 1, dueOn: '2026-12-01' as Day },
      ['C2 1/1 null', 'C3 1/1 null'],
    ],
    [
      'reopened in the month',
      { round: 2, dueOn: null, threeReceivedAt: null },
      ['C2 1/1 null', 'C3 0/1 null', 'C5 -1/0 null'],
    ],
  ] as const)('of one %s', ([, change, facts], { expect }) => {
    expect(said([row(change)])).toEqual(facts)
  })
})

const aRow = fc
  .record({
    street: fc.constantFrom(...streets.map(({ streetId }) => streetId)),
    began: fc.integer({ min: -60, max: 35 }),
    due: fc.option(fc.integer({ min: -5, max: 70 })),
    closed: fc.option(fc.integer({ min: 0, max: 80 })),
    late: fc.integer({ min: 0, max: 2 }),
    round: fc.integer({ min: 1, max: 2 }),
    voided: fc.option(fc.integer({ min: 0, max: 60 }), { freq: 8 }),
    major: fc.boolean(),
    complete: fc.boolean(),
  })
  .map(({ street, began, due, closed, late, round, voided, major, complete }) => {
    const beganAt = period.from + began * day + 5
    const named = beganAt + 100
    return row({
      streetId: street,
      beganAt,
      beganReceivedAt: beganAt,
      round,
      dueOn: due === null ? null : addDays(dayOf(beganAt), due + 5),
      ...(closed !== null && voided === null && closedAt(beganAt + closed * day, beganAt + (closed + late) * day)),
      voidedReceivedAt: voided === null ? null : beganAt + voided * day,
      majorReceivedAt: major ? named : null,
      threeReceivedAt: complete ? named : null,
      fiveReceivedAt: complete && major ? named : null,
    })
  })

describe('scores', () => {
  /** The same rules once more, plainly and slowly, by somebody who read only the scheme's words. */
  function oracle(rows: RoundRow[], rules: Scheme, street: StreetId) {
    const known = rows.filter(
      (r) =>
        r.streetId === street &&
        r.beganReceivedAt <= cutoffAt &&
        r.beganAt < period.until &&
        !(r.voidedReceivedAt !== null && r.voidedReceivedAt <= cutoffAt),
    )
    const shut = (r: RoundRow) => (r.closedReceivedAt !== null && r.closedReceivedAt <= cutoffAt ? r.closedAt : null)
    const isMajor = (r: RoundRow) => r.majorReceivedAt !== null && r.majorReceivedAt <= cutoffAt
    const live = known.filter((r) => shut(r) === null || (shut(r) as number) >= period.from)
    const shutInMonth = known.filter(
      (r) => shut(r) !== null && (shut(r) as number) >= period.from && (shut(r) as number) < period.until,
    )
    const late = live.filter(
      (r) => r.dueOn !== null && r.dueOn <= period.lastDay && !(shut(r) !== null && (shut(r) as number) < period.until),
    )
    const dueInMonth = known.filter(
      (r) => !isMajor(r) && r.dueOn !== null && r.dueOn >= period.firstDay && r.dueOn <= period.lastDay,
    )
    const majors = live.filter(isMajor)
    const complete = live.filter((r) => {
      const named = isMajor(r) ? r.fiveReceivedAt : r.threeReceivedAt
      return named !== null && named <= cutoffAt
    })
    const again = known.filter((r) => r.round > 1 && r.beganAt >= period.from)
    const share: Record<string, [number, number]> = {
      C1: [
        dueInMonth.filter((r) => shut(r) !== null && dayOf(shut(r) as number) <= (r.dueOn as Day)).length,
        dueInMonth.length,
      ],
      C2: [live.length - late.length, live.length],
      C3: [complete.length, live.length],
      C4: [
        majors.filter((r) => !late.includes(r) && (r.dueOn !== null || (shut(r) ?? Infinity) < period.until)).length,
        majors.length,
      ],
      C5: [shutInMonth.length - again.length, shutInMonth.length],
    }
    const counted = rules.indicators.filter(({ code, least }) => (share[code]?.[1] ?? 0) >= least)
    const weights = counted.reduce((sum, { weight }) => sum + weight, 0)
    const sum = counted.reduce((total, { code, weight }) => {
      const [n, d] = share[code] ?? [0, 1]
      return total + (weight / weights) * Math.min(1, Math.max(0, n / d)) * 100
    }, 0)
    return {
      share,
      total: counted.length === 0 ? 0 : toCents(sum),
      left: 1 - weights / rules.indicators.reduce((w, i) => w + i.weight, 0),
    }
  }
  const rules: Scheme = {
    ...scheme,
    indicators: scheme.indicators.map((one) => ({ ...one, least: Math.min(one.least, 2) })),
  }

  it('agree to the cent with an independent reckoning on random districts', ({ expect }) => {
    fc.assert(
      fc.property(fc.array(aRow, { maxLength: 60 }), (rows) => {
        const scores = scoresOf(rules, streets, factsOf(rows, period, cutoffAt))
        for (const { streetId, total, lines, notApplicable, rank } of scores) {
          const expected = oracle(rows, rules, streetId)
          for (const { code, numerator, denominator } of lines)
            expect([numerator, denominator], code).toEqual(expected.share[code])
          expect(Math.abs(total - expected.total)).toBeLessThan(0.011)
          expect(notApplicable).toBe(toCents(expected.left))
          expect(rank === null).toBe(toCents(expected.left) > rules.mostNotApplicable)
        }
      }),
      { numRuns: runs(10_000) },
    )
  })

  it('are the same bytes whatever the order of entry, and out of the frozen facts again', ({ expect }) => {
    fc.assert(
      fc.property(fc.array(aRow, { maxLength: 40 }), fc.nat(), (rows, seed) => {
        const shuffled = rows
          .map((one, i) => ({ one, key: (i * 7919 + seed) % 104729 }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one)
        const frozen = freeze(factsOf(rows, period, cutoffAt))
        expect(freeze(factsOf(shuffled, period, cutoffAt))).toBe(frozen)
        const again = canonical(scoresOf(rules, [...streets].reverse(), thaw(frozen)))
        expect(again).toBe(canonical(scoresOf(rules, streets, factsOf(shuffled, period, cutoffAt))))
      }),
      { numRuns: runs(2_000) },
    )
  })

  it('are never lowered by one more hazard found and closed on time', ({ expect }) => {
    fc.assert(
      fc.property(fc.array(aRow, { minLength: 10, maxLength: 50 }), (rows) => {
        const mine = { streetId: 'str_a' as StreetId }
        const found = row({ ...mine, dueOn: '2026-10-20' as Day, ...closedAt(period.from + 3 * day) })
        const lines = (all: RoundRow[]) =>
          scoresOf(rules, streets, factsOf(all, period, cutoffAt)).find(({ streetId }) => streetId === mine.streetId)
            ?.lines ?? []
        const [before, after] = [lines(rows), lines([...rows, found])]
        for (const [i, { denominator, numerator }] of before.entries()) {
          const now = after[i]
          if (denominator > 0 && now)
            expect(now.numerator / now.denominator).toBeGreaterThanOrEqual(numerator / denominator)
        }
      }),
      { numRuns: runs(2_000) },
    )
  })

  it('rescale the five weights to a hundred, and spread those that do not apply', ({ expect }) => {
    const full = scoresOf(rules, streets.slice(0, 1), [])
    expect(full[0]?.lines.map(({ weight }) => weight)).toEqual([33.33, 16.67, 12.5, 20.83, 16.67])
    expect(full[0]).toMatchObject({ total: 0, rank: null, notApplicable: 1 })
    // Closed in time, no major: C4 does not apply and its 20.83 is spread.
    const good = Array.from({ length: 12 }, () => row(closedAt(period.from + 2 * day)))
    const [score] = scoresOf(scheme, streets.slice(0, 1), factsOf(good, period, cutoffAt))
    expect(score).toMatchObject({ total: 100, grade: 'excellent', rank: 1, notApplicable: 0.21 })
    expect(score?.lines.find(({ code }) => code === 'C4')).toMatchObject({ points: null, denominator: 0 })
  })

  it('share a rank when equal, and the next is skipped', ({ expect }) => {
    const of = (streetId: string, late: number) =>
      Array.from({ length: 12 }, (_, i) =>
        row({
          streetId: streetId as StreetId,
          ...closedAt(i < late ? at('2026-10-12T09:00:00') : period.from + 2 * day),
        }),
      )
    const scores = scoresOf(
      scheme,
      streets,
      factsOf([...of('str_b', 0), ...of('str_a', 0), ...of('str_c', 4)], period, cutoffAt),
    )
    expect(scores.map(({ streetId, rank }) => [streetId, rank])).toEqual([
      ['str_a', 1],
      ['str_b', 1],
      ['str_c', 3],
    ])
  })
})
