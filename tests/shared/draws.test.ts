import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { roles } from '@app/shared/capabilities'
import {
  type DrawFacts,
  drawErrors,
  drawingOf,
  drawn,
  isDrawable,
  isInPool,
  type PoolPost,
  type PoolUnit,
  recomputed,
  sealDraw,
  standingOf,
} from '@app/shared/draws/rules'
import type { DrawFrom } from '@app/shared/draws/schema'
import type { EnterpriseId, PersonId } from '@app/shared/ids'
import { addDays, type Day } from '@app/shared/time'
import { runs } from './runs'

const today = '2026-11-28' as Day
const digest = async (words: string) => createHash('sha256').update(words).digest('hex')
const everything: DrawFrom = { kind: null, sector: null, colour: null, communityId: null, uncheckedSince: null }
// Safe: ids are opaque to the rules.
const ids = <Id>(prefix: string, count: number) =>
  Array.from({ length: count }, (_, at) => `${prefix}_${String(at).padStart(10, '0')}` as Id)

describe('a random draw', () => {
  it('is the same for the same seed, whatever the order, and draws each at most once', async ({ expect }) => {
    await fc.assert(
      fc.asyncProperty(
        fc.string(),
        fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 30 }),
        fc.nat(40),
        async (seed, all, count) => {
          const one = await drawn(seed, all, count, digest)
          expect(await drawn(seed, [...all].reverse(), count, digest)).toEqual(one)
          expect(new Set(one).size).toBe(Math.min(count, all.length))
          expect(one.every((id) => all.includes(id))).toBe(true)
          // Who drew more had drawn these first.
          expect((await drawn(seed, all, count + 1, digest)).slice(0, count)).toEqual(one)
        },
      ),
      { numRuns: runs(100) },
    )
  })

  it('sends as many different inspectors to each unit as asked, and burdens nobody above the rest', async ({
    expect,
  }) => {
    await fc.assert(
      fc.asyncProperty(
        fc.string(),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 4 }),
        async (seed, units, inspectors, perUnit) => {
          const pool = { units: ids<EnterpriseId>('ent', units), inspectors: ids<PersonId>('usr', inspectors) }
          const drawing = await drawingOf(seed, pool, { count: units, perUnit }, digest)
          expect(drawing.map(({ unit }) => unit).toSorted()).toEqual(pool.units)
          const times = new Map<PersonId, number>()
          for (const { inspectors: sent } of drawing) {
            expect(new Set(sent).size).toBe(Math.min(perUnit, inspectors))
            for (const id of sent) times.set(id, (times.get(id) ?? 0) + 1)
          }
          const burdens = pool.inspectors.map((id) => times.get(id) ?? 0)
          if (perUnit <= inspectors) expect(Math.max(...burdens) - Math.min(...burdens)).toBeLessThanOrEqual(1)
        },
      ),
      { numRuns: runs(60) },
    )
  })

  it('draws each unit about as often as any other', async ({ expect }) => {
    const pool = { units: ids<EnterpriseId>('ent', 10), inspectors: ids<PersonId>('usr', 2) }
    const times = new Map<string, number>()
    for (let nth = 0; nth < 1000; nth++)
      for (const { unit } of await drawingOf(`seed ${nth}`, pool, { count: 3, perUnit: 1 }, digest))
        times.set(unit, (times.get(unit) ?? 0) + 1)
    // 300 each, within six standard deviations of 14.5.
    for (const unit of pool.units) expect(Math.abs((times.get(unit) ?? 0) - 300)).toBeLessThan(87)
  })
})

describe('the pool', () => {
  const unit: PoolUnit = {
    kind: 'individual',
    sectors: ['fire', 'gas'],
    colour: 'red',
    communityId: 'com_east000000' as never,
    inspectedOn: addDays(today, -90),
  }
  it('is of units that fulfil everything asked for', ({ expect }) => {
    expect(isInPool(unit, everything)).toBe(true)
    const each: [Partial<DrawFrom>, Partial<DrawFrom>][] = [
      [{ kind: 'individual' }, { kind: 'enterprise' }],
      [{ sector: 'gas' }, { sector: 'housing' }],
      [{ colour: 'red' }, { colour: 'blue' }],
      [{ communityId: unit.communityId }, { communityId: 'com_west000000' as never }],
      [{ uncheckedSince: addDays(today, -89) }, { uncheckedSince: addDays(today, -90) }],
    ]
    for (const [fits, not] of each) {
      expect(isInPool(unit, { ...everything, ...fits }), JSON.stringify(fits)).toBe(true)
      expect(isInPool(unit, { ...everything, ...not }), JSON.stringify(not)).toBe(false)
    }
    expect(isInPool({ ...unit, inspectedOn: null }, { ...everything, uncheckedSince: today })).toBe(true)
  })

  it('is of inspectors in office who reach every unit that may be drawn', ({ expect }) => {
    const post: PoolPost = { role: 'inspector', reach: { within: 'street' }, since: 0, until: null }
    const east = { within: 'communities', ids: ['com_east000000' as never] } as const
    const inEast = { communityId: 'com_east000000' as never }
    expect(isDrawable(post, everything, 1)).toBe(true)
    expect(isDrawable({ ...post, until: 1 }, everything, 1)).toBe(false)
    expect(isDrawable({ ...post, since: 2 }, everything, 1)).toBe(false)
    expect(isDrawable({ ...post, role: 'enterprise-principal' }, everything, 1)).toBe(false)
    expect(
      isDrawable({ ...post, role: 'community-secretary', reach: { ...east, ids: [...east.ids] } }, inEast, 1),
    ).toBe(true)
    expect(isDrawable({ ...post, reach: { ...east, ids: [...east.ids] } }, everything, 1)).toBe(false)
    expect(Object.keys(roles)).toContain(post.role)
  })
})

describe('what may be drawn', () => {
  const [one, two, three] = ids<PersonId>('usr', 3) as [PersonId, PersonId, PersonId]
  const asked = { count: 2, perUnit: 2, inspectors: [one, two], excused: [], until: addDays(today, 30), why: null }
  const drawable = new Set([one, two, three])
  const pointers = (change: object, units = 2, before = false) =>
    drawErrors({ ...asked, ...change }, { units, drawable }, { before, today }).map(({ pointer }) => pointer)

  it('has enough units and inspectors, and a day to come', ({ expect }) => {
    expect(pointers({})).toEqual([])
    expect(pointers({ count: 3 })).toEqual(['/count'])
    expect(pointers({ perUnit: 3 })).toEqual(['/perUnit'])
    expect(pointers({ inspectors: [one, 'usr_gone000000' as PersonId] })).toEqual(['/inspectors/1'])
    expect(pointers({ until: addDays(today, -1) })).toEqual(['/until'])
    expect(pointers({ until: addDays(today, 181) })).toEqual(['/until'])
  })

  it('leaves out who is excused, and excuses nobody else', ({ expect }) => {
    expect(pointers({ excused: [{ personId: three, why: '亲属在辖区经营' }] })).toEqual([])
    expect(pointers({ excused: [{ personId: one, why: '亲属在辖区经营' }] })).toEqual(['/excused/0'])
    expect(pointers({ excused: [{ personId: 'usr_gone000000', why: '无关' }] })).toEqual(['/excused/0'])
  })

  it('is not drawn again for the same purpose without a reason', ({ expect }) => {
    expect(pointers({}, 2, true)).toEqual(['/why'])
    expect(pointers({ why: '两家已停业' }, 2, true)).toEqual([])
  })
})

it('tells how a drawn unit stands', ({ expect }) => {
  const of = (open: boolean, inspectionId: string | null, until: Day) =>
    standingOf({ open, inspectionId }, until, today)
  expect(of(true, null, today)).toBe('open')
  expect(of(true, null, addDays(today, -1))).toBe('late')
  expect(of(false, null, today)).toBe('replaced')
  expect(of(false, 'insp_0123456789', addDays(today, -1))).toBe('checked')
})

describe('a recorded draw', () => {
  async function recorded() {
    const pool = { units: ids<EnterpriseId>('ent', 9), inspectors: ids<PersonId>('usr', 3) }
    const how = { seed: '5eed', count: 4, perUnit: 2 }
    const drawing = await drawingOf(how.seed, pool, how, digest)
    const facts: DrawFacts = {
      streetId: 'str_0123456789',
      id: 'drw_0123456789',
      purpose: '第四季度双随机检查',
      turn: 1,
      from: everything,
      ...how,
      until: today,
      ...pool,
      excused: [],
      drawn: drawing.map(({ unit, inspectors }) => ({
        id: unit,
        name: '甲',
        address: '乙',
        inspectors: [...inspectors],
      })),
      by: pool.inspectors[0] as PersonId,
      at: 1,
    }
    return { ...facts, ...(await sealDraw(facts, { why: null, excused: {} }, 'salt', digest)) }
  }

  it('comes out the same again, and shows what was changed in it', async ({ expect }) => {
    const record = await recorded()
    expect(await recomputed(record, digest)).toEqual({ same: true, sealed: true })
    const [first, ...others] = record.drawn
    const changes: [Partial<DrawFacts>, boolean][] = [
      [{ seed: 'another' }, false],
      [{ units: record.units.slice(1) }, false],
      [{ inspectors: record.inspectors.slice(1) }, false],
      [{ drawn: others }, false],
      [
        { drawn: [{ ...(first as NonNullable<typeof first>), id: 'ent_another000' as EnterpriseId }, ...others] },
        false,
      ],
      // What the draw itself does not depend on, the seal does.
      [{ purpose: '另一事项' }, true],
      [{ until: addDays(today, 9) }, true],
      [{ excused: [record.by] }, true],
    ]
    for (const [change, same] of changes) {
      const again = await recomputed({ ...record, ...change }, digest)
      expect(again.sealed, JSON.stringify(change)).toBe(false)
      if (same) expect(again.same, JSON.stringify(change)).toBe(true)
      else if (!('units' in change) || !record.drawn.every(({ id }) => change.units?.includes(id)))
        expect(again.same, JSON.stringify(change)).toBe(false)
    }
  })
})
