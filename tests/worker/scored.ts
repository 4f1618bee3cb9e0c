import { env } from 'cloudflare:workers'
import { parseResponse } from 'hono/client'
import { keyOf } from '@app/shared/jobs'
import { addDays, cutoffOf, day, dayOf, type Month, periodOf } from '@app/shared/time'
import { jobs } from '../../worker/db/ledger'
import { runJob } from '../../worker/jobs/run'
import { aCrew, closed, courseOf, filed, type Crew } from './course'
import { aDistrict, aStreet, clientFor, type Street } from './street'

export const period = '2026-09' as Month
export const bounds = periodOf(period)
export const cutoffAt = cutoffOf(period, 3)

/** A street that did its work in September: so many hazards closed in time, and some left open and late. */
export async function worked(street: Street, crew: Crew, { inTime = 12, late = 0 } = {}): Promise<void> {
  for (let i = 0; i < inTime; i++) await closed(street, crew, {}, bounds.from + day + i * 60_000)
  for (let i = 0; i < late; i++) {
    const at = bounds.from + 2 * day + i * 60_000
    const id = await filed(street, crew.grid, {}, at)
    await courseOf(street, id, 1, at).assign(crew.admin, { dueOn: addDays(dayOf(at), 2) })
  }
}

/** Scores September as the schedule would, a little after its cut-off. */
export async function score(
  district: Awaited<ReturnType<typeof aDistrict>>,
  now = cutoffAt + 3_600_000,
): Promise<void> {
  const key = keyOf({ kind: 'score', period })
  const row = { districtId: district.id, key, state: 'waiting' as const, scheduledAt: now, wokenAt: now, attempts: 1 }
  await district.db.insert(jobs).values(row).onConflictDoNothing()
  await runJob(env, { districtId: district.id, key })
}

/** A district whose September is scored, with a notice drafted. */
export async function aScoredDistrict() {
  const district = await aDistrict()
  const street = await aStreet(district)
  await worked(street, await aCrew(street), { inTime: 11, late: 1 })
  await score(district)
  const writer = await district.overseer()
  const { notices } = clientFor(writer).districts[':districtId']
  const { id: noticeId } = await parseResponse(notices.$post({ param: { districtId: district.id }, json: { period } }))
  return { district, street, period, noticeId, writer }
}
