import fc from 'fast-check'
import * as v from 'valibot'
import { describe, it } from 'vitest'
import { activeDays, standingOn } from '@app/shared/enterprises/activity'
import { checkOf, CreditCode, wrongWithCode } from '@app/shared/enterprises/credit-code'
import { type Standing, standings } from '@app/shared/enterprises/words'
import { addDays, type Day, daysBetween } from '@app/shared/time'

const characters = '0123456789ABCDEFGHJKLMNPQRTUWXY'.split('')
const code = fc
  .array(fc.constantFrom(...characters), { minLength: 17, maxLength: 17 })
  .map((drawn) => drawn.join(''))
  .map((first17) => first17 + checkOf(first17))

describe('a unified social credit code', () => {
  it('is right only with the check character of GB 32100', ({ expect }) => {
    // An example that is printed often.
    expect(checkOf('91350100M000100Y4')).toBe('3')
    expect(wrongWithCode('91350100M000100Y43')).toBeNull()
  })

  it('shows each single character that was copied wrong', ({ expect }) => {
    fc.assert(
      fc.property(code, fc.nat(17), fc.constantFrom(...characters), (right, at, other) => {
        fc.pre(right[at] !== other)
        expect(wrongWithCode(right)).toBeNull()
        expect(wrongWithCode(right.slice(0, at) + other + right.slice(at + 1))).toMatch('校验位不符')
      }),
    )
  })

  it('shows two neighbours that changed places', ({ expect }) => {
    fc.assert(
      fc.property(code, fc.nat(16), (right, at) => {
        const turned = right.slice(0, at) + right.charAt(at + 1) + right.charAt(at) + right.slice(at + 2)
        fc.pre(turned !== right)
        expect(wrongWithCode(turned)).toMatch('校验位不符')
      }),
    )
  })

  it('is read in the spellings of forms and tables, and refused in words', ({ expect }) => {
    const read = (typed: string) => v.safeParse(CreditCode, typed)
    for (const typed of [
      '91350100m000100y43',
      ' 91350100 M000100Y43 ',
      '９１３５０１００Ｍ０００１００Ｙ４３',
      '91350100-M000100Y43',
    ])
      expect(read(typed).output).toBe('91350100M000100Y43')
    expect(read('91350100M000100Y4').issues?.[0].message).toBe('统一社会信用代码应为 18 位，现有 17 位')
    expect(read('91350100M000I00Y43').issues?.[0].message).toMatch('不含 I、O、S、V、Z')
    expect(read('91350100M000100Y44').issues?.[0].message).toMatch('校验位不符')
  })
})

const first = '2026-01-01' as Day
const history = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 1, max: 90 }),
      standing: fc.constantFrom(...(Object.keys(standings) as Standing[])),
    }),
    {
      maxLength: 8,
    },
  )
  .map((steps) => {
    let on = first
    return steps.map(({ gap, standing }) => {
      on = addDays(on, gap)
      return { on, standing }
    })
  })

describe('the days on which a unit was active', () => {
  it('are those, one by one, on which it stood so', ({ expect }) => {
    fc.assert(
      fc.property(
        history,
        fc.integer({ min: -30, max: 400 }),
        fc.integer({ min: 0, max: 200 }),
        (lines, start, length) => {
          const from = addDays(first, start)
          const until = addDays(from, length)
          let counted = 0
          for (let day = from; day < until; day = addDays(day, 1)) if (standingOn(lines, day) === 'active') counted++
          expect(activeDays(lines, from, until)).toBe(counted)
        },
      ),
    )
  })

  it('add up when a period is cut in two', ({ expect }) => {
    fc.assert(
      fc.property(history, fc.nat(300), fc.nat(300), (lines, one, two) => {
        const [cutAt, end] = [addDays(first, Math.min(one, two)), addDays(first, Math.max(one, two))]
        expect(activeDays(lines, first, cutAt) + activeDays(lines, cutAt, end)).toBe(activeDays(lines, first, end))
        expect(activeDays(lines, first, end)).toBeLessThanOrEqual(daysBetween(first, end))
      }),
    )
  })
})
