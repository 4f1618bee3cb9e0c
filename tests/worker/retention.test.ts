import { env } from 'cloudflare:workers'
import { describe, it } from 'vitest'
import { firstBroken } from '@app/shared/events/chain'
import { sealedOf } from '@app/shared/hazards/effects'
import type { HazardId } from '@app/shared/ids'
import { keyOf } from '@app/shared/jobs'
import { day, dayOf } from '@app/shared/time'
import { auditLog, hazardEvents, hazardPhotos, hazards, jobs, photos } from '../../worker/db/ledger'
import { and, asc, eq } from '../../worker/db/operators'
import { runJob } from '../../worker/jobs/run'
import { scheduled } from '../../worker/platform/schedule'
import { sha256 } from '../../worker/sha256'
import { aCrew, closed, filed } from './course'
import { aDistrict, aStreet, send, type Street } from './street'

const years = (n: number) => n * 365 * day
const now = Date.now()

async function retain(district: Awaited<ReturnType<typeof aDistrict>>, at: number): Promise<void> {
  const key = keyOf({ kind: 'retain', day: dayOf(at) })
  await district.db
    .insert(jobs)
    .values({ districtId: district.id, key, state: 'waiting', scheduledAt: at, wokenAt: at, attempts: 1 })
    .onConflictDoUpdate({ target: [jobs.districtId, jobs.key], set: { state: 'waiting' } })
  await runJob(env, { districtId: district.id, key })
}

const rowOf = async ({ db, id: streetId }: Street, id: HazardId) =>
  (
    await db
      .select()
      .from(hazards)
      .where(and(eq(hazards.streetId, streetId), eq(hazards.id, id)))
  )[0]

async function chainOf(street: Street, id: HazardId): Promise<number | null> {
  const events = await street.db
    .select()
    .from(hazardEvents)
    .where(and(eq(hazardEvents.streetId, street.id), eq(hazardEvents.hazardId, id)))
    .orderBy(asc(hazardEvents.seq))
  return firstBroken(events.map(sealedOf), (await rowOf(street, id))?.head ?? '', sha256)
}

describe('what is past its term', () => {
  it('loses its words and photos and keeps its number and its chain; nothing else is touched', async ({ expect }) => {
    const [district, elsewhere] = [await aDistrict(), await aDistrict()]
    const [street, neighbour, foreign] = [await aStreet(district), await aStreet(district), await aStreet(elsewhere)]
    const [crew, theirs, others] = [await aCrew(street), await aCrew(neighbour), await aCrew(foreign)]
    const long = now - years(4)
    const [old, held, recent] = [
      await closed(street, crew, { description: '过期标记甲' }, long),
      await closed(street, crew, { description: '保留标记乙' }, long),
      await closed(street, crew, { description: '近期标记丙' }, now - years(2)),
    ]
    const open = await filed(street, crew.grid, { description: '未销标记丁' }, long)
    const major = await closed(street, crew, { description: '重大标记戊' }, long)
    await street.db
      .update(hazards)
      .set({ level: 'major' })
      .where(and(eq(hazards.streetId, street.id), eq(hazards.id, major)))
    const [next, far] = [
      await closed(neighbour, theirs, { description: '邻街标记己' }, now - years(2)),
      await closed(foreign, others, { description: '外区标记庚' }, long),
    ]
    const [shared] = await street.db
      .select({ id: hazardPhotos.photoId })
      .from(hazardPhotos)
      .where(and(eq(hazardPhotos.streetId, street.id), eq(hazardPhotos.hazardId, old)))
    if (!shared) throw new Error('It has photos')
    await env.EVIDENCE.put(`streets/${street.id}/photos/${shared.id}`, 'x')
    await env.EVIDENCE.put(`streets/${street.id}/thumbs/${shared.id}`, 'x')

    const path = `/api/streets/${street.id}/holds`
    expect(
      (await send(crew.admin, 'PUT', `${path}/${held}`, { body: { why: '复议中', until: now + 10 * day } })).status,
    ).toBe(204)
    expect(await (await send(crew.admin, 'GET', path)).json()).toMatchObject({
      items: [{ hazardId: held, why: '复议中' }],
    })

    for (let i = 0; i < 3; i++) await retain(district, now)
    const before = await rowOf(street, old)
    expect(before).toMatchObject({
      number: expect.stringContaining('隐患'),
      state: 'closed',
      category: 'e-bike-charging',
      responsible: null,
      measures: null,
      cover: null,
    })
    const words = JSON.stringify([
      await street.db.select().from(hazards).where(eq(hazards.streetId, street.id)),
      await street.db.select().from(hazardEvents).where(eq(hazardEvents.streetId, street.id)),
    ])
    expect(words).not.toContain('过期标记甲')
    for (const kept of ['保留标记乙', '近期标记丙', '未销标记丁', '重大标记戊']) expect(words).toContain(kept)
    expect((await rowOf(neighbour, next))?.description).toBe('邻街标记己')
    expect((await rowOf(foreign, far))?.description).toBe('外区标记庚')
    for (const id of [old, held, recent, open, major]) expect(await chainOf(street, id)).toBe(null)
    // One line for the one that was erased, however often the job ran.
    const lines = await street.db
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.streetId, street.id), eq(auditLog.capability, 'job.run')))
    expect(lines.map(({ subject }) => subject)).toEqual([old])

    // Its photos go with the sweeper, objects first.
    await scheduled({ cron: '*/10 * * * *', scheduledTime: now }, env)
    const { objects } = await env.EVIDENCE.list({ prefix: `streets/${street.id}/` })
    expect(objects.map(({ key }) => key).filter((key) => key.includes(shared.id))).toEqual([])
    expect(
      await street.db
        .select()
        .from(photos)
        .where(and(eq(photos.streetId, street.id), eq(photos.id, shared.id))),
    ).toEqual([])

    // A hold that has run out holds no longer; a lifted one neither.
    await retain(district, now + 11 * day)
    expect((await rowOf(street, held))?.erasedAt).not.toBe(null)
    expect((await rowOf(street, major))?.erasedAt).toBe(null)
    await retain(district, now + years(7))
    expect((await rowOf(street, major))?.erasedAt).not.toBe(null)
    expect((await send(crew.admin, 'PUT', `${path}/${held}`, { body: { why: '太晚' } })).status).toBe(409)
    const record = await send(crew.admin, 'GET', `/api/streets/${street.id}/hazards/${old}`)
    expect(record.status).toBe(200)
  })

  it('stays where another record shows the same photo, and in a suspended street', async ({ expect }) => {
    const district = await aDistrict()
    const street = await aStreet(district)
    const crew = await aCrew(street)
    const photo = await street.photo()
    const old = await closed(street, crew, { photos: [photo] }, now - years(4))
    await filed(street, crew.grid, { photos: [photo] })
    await env.DIRECTORY.prepare('update streets set suspended_at = 1 where id = ?').bind(street.id).run()
    await retain(district, now)
    expect((await rowOf(street, old))?.erasedAt).toBe(null)
    await env.DIRECTORY.prepare('update streets set suspended_at = null where id = ?').bind(street.id).run()
    await retain(district, now)
    expect((await rowOf(street, old))?.erasedAt).not.toBe(null)
    const [kept] = await street.db
      .select()
      .from(photos)
      .where(and(eq(photos.streetId, street.id), eq(photos.id, photo)))
    expect(kept).toMatchObject({ bound: true })
  })

  it('is held by an administrator only, and let go again', async ({ expect }) => {
    const street = await aStreet()
    const crew = await aCrew(street)
    const id = await filed(street, crew.grid)
    const path = `/api/streets/${street.id}/holds/${id}`
    expect((await send(crew.inspector, 'PUT', path, { body: { why: '复议中' } })).status).toBe(403)
    expect((await send(crew.admin, 'DELETE', path)).status).toBe(409)
    expect((await send(crew.admin, 'PUT', path, { body: { why: '复议中' } })).status).toBe(204)
    expect((await send(crew.admin, 'DELETE', path)).status).toBe(204)
    const other = await aStreet()
    const foreign = await filed(other, (await aCrew(other)).grid)
    expect(
      (await send(crew.admin, 'PUT', `/api/streets/${street.id}/holds/${foreign}`, { body: { why: '别街' } })).status,
    ).toBe(404)
  })
})
