import fc from 'fast-check'
import { describe, it } from 'vitest'
import type { CommunityId, GridId, PersonId, UnitId } from '@app/shared/ids'
import {
  answersFor,
  type Charge,
  chargeErrors,
  gapsOn,
  lasts,
  overloadedOn,
  taken,
} from '@app/shared/organisation/charges'
import { leaderless, unitErrors } from '@app/shared/organisation/units'
import { catalogue, parsedSetting, settingKeys, settingsOf } from '@app/shared/settings/catalogue'
import { addDays, type Day } from '@app/shared/time'

const first = '2026-01-01' as Day
const aDay = fc.integer({ min: 0, max: 60 }).map((days) => addDays(first, days))
const places = ['com_east000000', 'com_west000000'] as unknown as CommunityId[]
const people = ['usr_anna000000', 'usr_bert000000', 'usr_carl000000'] as unknown as PersonId[]
const aTaking = fc.record({
  placeId: fc.constantFrom(...places),
  kind: fc.constant('leader' as const),
  personId: fc.constantFrom(...people),
  from: aDay,
})

/** Applies takings as the store does: what reaches into the new one ends, what comes later bounds it. */
function afterAll(takings: readonly Omit<Charge, 'until'>[]): Charge[] {
  return takings.reduce<Charge[]>((charges, taking) => {
    const { ended, until } = taken(charges, taking)
    return [
      ...charges.map((charge) => (ended.includes(charge) ? { ...charge, until: taking.from } : charge)),
      { ...taking, until },
    ]
  }, [])
}

describe('双包', () => {
  it('gives a place to one person at a time, from the first day on without a gap', ({ expect }) => {
    fc.assert(
      fc.property(fc.array(aTaking, { minLength: 1, maxLength: 12 }), aDay, (takings, on) => {
        const charges = afterAll(takings)
        for (const placeId of places) {
          const now = charges.filter((charge) => charge.placeId === placeId && lasts(charge, on))
          const began = takings.some((taking) => taking.placeId === placeId && taking.from <= on)
          expect(now.length).toBe(began ? 1 : 0)
          expect(answersFor(charges, placeId, on)).toEqual(now[0] ?? null)
        }
        const standing = places.map((id) => ({ id, kind: 'community' as const, retiredOn: null }))
        const gaps = gapsOn(standing, charges, on).map(({ id }) => id)
        expect(gaps).toEqual(places.filter((id) => answersFor(charges, id, on) === null))
      }),
    )
  })

  it('answers for the past as it was: a later taking changes no earlier day', ({ expect }) => {
    fc.assert(
      fc.property(fc.array(aTaking, { minLength: 1, maxLength: 8 }), aTaking, (takings, last) => {
        const [before, since] = [afterAll(takings), afterAll([...takings, last])]
        for (let day = first; day < last.from; day = addDays(day, 1)) {
          for (const placeId of places)
            expect(answersFor(since, placeId, day)?.personId).toBe(answersFor(before, placeId, day)?.personId)
        }
      }),
    )
  })

  it('names who has too much, and refuses what cannot be', ({ expect }) => {
    const grids = Array.from({ length: 5 }, (_, at) => `grd_grid0000${at}` as unknown as GridId)
    const charges = grids.map((placeId) => ({
      placeId,
      kind: 'cadre' as const,
      personId: people[0] as PersonId,
      from: first,
      until: null,
    }))
    expect(overloadedOn(charges, first)).toEqual([{ personId: people[0], kind: 'cadre', places: 5 }])
    expect(overloadedOn(charges.slice(1), first)).toEqual([])
    const charge = { kind: 'leader' as const, from: first, until: null }
    expect(chargeErrors(charge, { kind: 'community', retiredOn: null })).toEqual([])
    expect(chargeErrors(charge, null)).toHaveLength(1)
    expect(chargeErrors(charge, { kind: 'grid', retiredOn: null })).toHaveLength(1)
    expect(chargeErrors(charge, { kind: 'community', retiredOn: first })).toHaveLength(1)
    expect(chargeErrors({ ...charge, until: first }, { kind: 'community', retiredOn: null })).toHaveLength(1)
  })
})

describe('成员单位', () => {
  it('lets one unit lead a sector, and names the sectors without one', ({ expect }) => {
    const unit = (id: string, leads: 'fire'[], joins: 'fire'[] = []) => ({
      id: id as unknown as UnitId,
      name: id,
      leads,
      joins,
      retiredOn: null,
    })
    const lead = unit('a', ['fire'])
    expect(unitErrors(unit('b', ['fire']), [lead])).toMatchObject([{ pointer: '/leads' }])
    expect(unitErrors(unit('b', ['fire']), [{ ...lead, retiredOn: first }])).toEqual([])
    expect(unitErrors(unit('b', ['fire'], ['fire']), [])).toMatchObject([{ pointer: '/joins' }])
    expect(unitErrors({ ...unit('b', []), name: 'a' }, [lead])).toMatchObject([{ pointer: '/name' }])
    expect(leaderless([lead])).not.toContain('fire')
    expect(leaderless([])).toContain('fire')
  })
})

describe('设置', () => {
  it('takes its own defaults, and says where a default comes from', ({ expect }) => {
    for (const key of settingKeys) {
      expect(parsedSetting(key, catalogue[key].default), key).toEqual({ value: catalogue[key].default })
      expect(catalogue[key].basis.length, key).toBeGreaterThan(3)
    }
    expect(settingsOf([{ key: 'due.ordinary', value: 5 }])).toMatchObject({ 'due.ordinary': 5, 'due.major': 90 })
  })

  it('refuses anything else in Chinese', ({ expect }) => {
    fc.assert(
      fc.property(fc.constantFrom(...settingKeys), fc.jsonValue(), (key, value) => {
        const parsed = parsedSetting(key, value)
        if ('wrong' in parsed) expect(parsed.wrong).toMatch(/[\u4e00-\u9fff]/)
        else expect(parsedSetting(key, parsed.value)).toEqual(parsed)
      }),
    )
  })
})
