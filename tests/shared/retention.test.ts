import fc from 'fast-check'
import { it } from 'vitest'
import { auditDays, isDue, leastAuditDays, termEnd, terms } from '@app/shared/retention'
import { day } from '@app/shared/time'
import { levels, states } from '@app/shared/hazards/words'
import { runs } from './runs'

const some = <K extends string>(words: Record<K, unknown>) => fc.constantFrom(...(Object.keys(words) as K[]))
const ended = fc.record({
  state: some(states),
  level: some(levels),
  endedAt: fc.option(fc.integer({ min: 1e12, max: 2e12 })),
})

it('erases nothing that is open, held, or within its term, and everything else', ({ expect }) => {
  fc.assert(
    fc.property(
      ended,
      fc.option(fc.record({ until: fc.option(fc.integer({ min: 1e12, max: 3e12 })) })),
      fc.integer({ min: 1e12, max: 3e12 }),
      (one, hold, now) => {
        const due = isDue(one, hold, now)
        const open = !['closed', 'voided', 'settled'].includes(one.state)
        const years = one.level === 'ordinary' ? 3 : 10
        const past = one.endedAt !== null && now - one.endedAt >= years * 365 * day
        const held = hold !== null && (hold.until === null || hold.until > now)
        expect(due).toBe(!open && past && !held)
        if (due) expect(termEnd(one)).toBeLessThanOrEqual(now)
      },
    ),
    { numRuns: runs(10_000) },
  )
})

it('keeps logs no shorter than six months, whatever is set', ({ expect }) => {
  expect(auditDays(30)).toBe(leastAuditDays)
  expect(auditDays(terms.audit.days)).toBe(terms.audit.days)
  expect(terms.audit.days).toBeGreaterThanOrEqual(365)
})
