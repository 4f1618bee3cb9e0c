import { parseResponse } from 'hono/client'
import { it } from 'vitest'
import type { HazardRecord } from '@app/shared/hazards/schema'
import { addDays, dayOf } from '@app/shared/time'
import { runs } from '../shared/runs'
import { aCrew, courseOf, filed } from './course'
import { aStreet, clientFor } from './street'

it('loses no update of two people who change one hazard a thousand times from sixteen windows', async ({ expect }) => {
  const street = await aStreet()
  const crew = await aCrew(street)
  const id = await filed(street, crew.grid)
  const course = courseOf(street, id)
  const today = dayOf(Date.now())
  const edits = runs(1_000)
  let [won, lost, next] = [0, 0, 0]
  const windows = Array.from({ length: 16 }, async (_, window) => {
    while (next < edits) {
      const n = next++
      const measures = `第${n}次`
      try {
        await course.assign(window % 2 ? crew.admin : crew.second, { measures, dueOn: addDays(today, 3) })
        won++
      } catch (error) {
        expect(error).toMatchObject({ slug: 'stale', status: 409 })
        lost++
      }
    }
  })
  await Promise.all(windows)
  expect(won + lost).toBe(edits)
  const one = clientFor(crew.admin).streets[':streetId'].hazards[':hazardId']
  const record = (await parseResponse(one.$get({ param: { streetId: street.id, hazardId: id } }))) as HazardRecord
  // Every change that was acknowledged is in the story, once, and none that was refused.
  expect(record.version).toBe(won + 1)
  expect(record.deeds.filter(({ deed }) => deed === 'assign')).toHaveLength(won)
  expect(won).toBeGreaterThan(0)
  expect(lost).toBeGreaterThan(0)
})
