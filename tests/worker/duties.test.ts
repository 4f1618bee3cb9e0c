import fc from 'fast-check'
import { it } from 'vitest'
import type { ChargeId, CommunityId, GridId, PersonId } from '@app/shared/ids'
import { type Charge, type ChargedPlace, gapsOn, overloadedOn } from '@app/shared/organisation/charges'
import { addDays, dayOf } from '@app/shared/time'
import { charges, communities, grids, people } from '../../worker/db/ledger'
import { and, eq, isNull } from '../../worker/db/operators'
import { aDistrict, anId, aStreet, clientFor, send } from './street'

const today = dayOf(Date.now())
/** What the database keeps: of a place and kind one that is open, and one that begins on a day. */
const kept = <C extends { place: number; kind: string; from: string; until: string | null }>(held: readonly C[]) =>
  held.filter(
    (one, at) =>
      !held
        .slice(0, at)
        .some(
          ({ place, kind, from, until }) =>
            place === one.place && kind === one.kind && (from === one.from || (until === null && one.until === null)),
        ),
  )
const aDay = fc.integer({ min: -3, max: 3 }).map((days) => addDays(today, days))

it('counts gaps and burdens for each street as the rule does', { timeout: 120_000 }, async ({ expect }) => {
  const district = await aDistrict()
  const observer = await district.overseer('district-observer')
  const tried = fc.asyncProperty(
    fc.array(
      fc.record({
        place: fc.nat({ max: 9 }),
        kind: fc.constantFrom('leader' as const, 'cadre' as const),
        person: fc.nat({ max: 2 }),
        from: aDay,
        until: fc.option(aDay),
      }),
      { maxLength: 24 },
    ),
    fc.array(fc.option(aDay), { minLength: 10, maxLength: 10 }),
    async (held, retired) => {
      const street = await aStreet(district)
      const { id: streetId, db } = street
      // Its own places are out of the way, with the day they went.
      await db
        .update(communities)
        .set({ retiredOn: today })
        .where(and(eq(communities.streetId, streetId), isNull(communities.retiredOn)))
      await db.update(grids).set({ retiredOn: today }).where(eq(grids.streetId, streetId))
      const cells = retired.map((retiredOn, at): ChargedPlace & { communityId: CommunityId } =>
        at < 4
          ? { id: anId<CommunityId>('com'), kind: 'community', retiredOn, communityId: street.places.east }
          : { id: anId<GridId>('grd'), kind: 'grid', retiredOn, communityId: street.places.east },
      )
      for (const { id, kind, retiredOn, communityId } of cells) {
        const row = { streetId, name: id, position: 1, retiredOn }
        if (kind === 'community') await db.insert(communities).values({ ...row, id: id as CommunityId })
        else await db.insert(grids).values({ ...row, id: id as GridId, communityId })
      }
      const who = [anId<PersonId>('usr'), anId<PersonId>('usr'), anId<PersonId>('usr')] as const
      await db.insert(people).values(who.map((id) => ({ streetId, id, name: id, since: 0 })))
      const made = kept(held).map(({ place, person, ...rest }): Charge & { id: ChargeId } => ({
        ...rest,
        id: anId<ChargeId>('chg'),
        placeId: cells[place]?.id ?? street.places.east,
        personId: who[person] ?? who[0],
      }))
      for (const charge of made) await db.insert(charges).values({ ...charge, streetId })

      const expected = { gaps: gapsOn(cells, made, today).length, overloaded: overloadedOn(made, today).length }
      const { items } = await (
        await send(observer, 'GET', `/api/districts/${district.id}/streets`)
      ).json<{
        items: { id: string; communities: number; grids: number; gaps: number; overloaded: number }[]
      }>()
      const standing = cells.filter(({ retiredOn }) => retiredOn === null || today < retiredOn)
      expect(items.find(({ id }) => id === streetId)).toMatchObject({
        ...expected,
        communities: standing.filter(({ kind }) => kind === 'community').length,
        grids: standing.filter(({ kind }) => kind === 'grid').length,
      })
      const overview = await clientFor(observer).districts[':districtId'].overview.$get({
        param: { districtId: district.id },
      })
      const { streets } = await overview.json()
      expect(streets.find((one) => one.streetId === streetId)?.duties).toEqual(expected)
    },
  )
  await fc.assert(tried, { numRuns: 25 })
})

it('is nothing to who sees some sectors only', async ({ expect }) => {
  const district = await aDistrict()
  await aStreet(district)
  const member = await district.overseer('district-unit', ['gas'])
  const answer = await send(member, 'GET', `/api/districts/${district.id}/overview`)
  expect(await answer.json()).toMatchObject({ streets: [{ duties: null }] })
})
