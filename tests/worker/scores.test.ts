import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { parseResponse } from 'hono/client'
import { describe, it } from 'vitest'
import { canonical } from '@app/shared/events/chain'
import { keyOf } from '@app/shared/jobs'
import { thaw } from '@app/shared/schemes/facts'
import { firstScheme } from '@app/shared/schemes/schema'
import { scoresOf } from '@app/shared/schemes/score'
import { addDays, day, dayOf, type Month } from '@app/shared/time'
import { ledgers } from '../../worker/db/client'
import { chainAnchors, hazardEvents, jobs, snapshots, streetScores } from '../../worker/db/ledger'
import { and, asc, eq } from '../../worker/db/operators'
import worker from '../../worker/index'
import { consume, runJob } from '../../worker/jobs/run'
import { scheduled, workOfDay } from '../../worker/platform/schedule'
import { sha256 } from '../../worker/sha256'
import { openDistrict } from '../../worker/tenancy/admit'
import { counting } from './counted'
import { aCrew, courseOf, filed } from './course'
import { asOwner } from './owner'
import { bounds, cutoffAt, period, score, worked } from './scored'
import { aDistrict, aStreet, clientFor } from './street'

async function aWorkedDistrict() {
  const district = await aDistrict()
  const [good, late] = [await aStreet(district), await aStreet(district)]
  const [crewOfGood, crewOfLate] = [await aCrew(good), await aCrew(late)]
  await worked(good, crewOfGood, { inTime: 12 })
  await worked(late, crewOfLate, { inTime: 9, late: 3 })
  const kept = async () => ({
    snapshots: await district.db.select().from(snapshots).where(eq(snapshots.districtId, district.id)),
    scores: await district.db
      .select()
      .from(streetScores)
      .where(eq(streetScores.districtId, district.id))
      .orderBy(asc(streetScores.position)),
  })
  return { district, good, late, crewOfGood, kept }
}

describe('scoring a month', () => {
  it('gives each street its points, and the facts behind them, frozen', async ({ expect }) => {
    const { district, good, late, crewOfGood, kept } = await aWorkedDistrict()
    await score(district)
    const {
      snapshots: [snapshot],
      scores,
    } = await kept()
    expect(scores.map(({ streetId, rank }) => [streetId, rank])).toEqual([
      [good.id, 1],
      [late.id, 2],
    ])
    expect(scores[0]).toMatchObject({ total: 100, grade: 'excellent' })

    const overseer = clientFor(await district.overseer('district-observer')).districts[':districtId']
    const param = { districtId: district.id, period }
    const ranking = await parseResponse(overseer.rankings[':period'].$get({ param }))
    expect(ranking.scores.map(({ name, rank, previousRank }) => [name.slice(0, 4), rank, previousRank])).toEqual([
      ['测试街道', 1, null],
      ['测试街道', 2, null],
    ])
    const line = ranking.scores[1]?.lines.find(({ code }) => code === 'C1')
    expect(line).toMatchObject({ numerator: 9, denominator: 12 })
    const facts = await parseResponse(
      overseer.rankings[':period'].streets[':streetId'].facts[':indicator'].$get({
        param: { ...param, streetId: late.id, indicator: 'C1' },
      }),
    )
    expect(facts.total).toBe(12)
    expect(facts.facts.slice(0, 3).map(({ n }) => n)).toEqual([0, 0, 0])
    expect(facts.facts[0]?.label).toMatch(/^测试隐患/)

    // A street sees its own, and nobody else's.
    const own = clientFor(crewOfGood.admin).streets[':streetId'].scores
    expect((await parseResponse(own[':period'].$get({ param: { streetId: good.id, period } }))).score).toMatchObject({
      streetId: good.id,
      total: 100,
      rank: 1,
    })
    expect(
      (
        await parseResponse(
          own[':period'].facts[':indicator'].$get({ param: { streetId: good.id, period, indicator: 'C1' } }),
        )
      ).total,
    ).toBe(12)
    await expect(own[':period'].$get({ param: { streetId: late.id, period } })).rejects.toMatchObject({
      slug: 'not-found',
    })

    // Recomputed from the frozen facts: the same bytes, three times.
    const scope = await openDistrict(env, district.id)
    const frozen = thaw(await scope.evidence.frozenFacts(snapshot?.factsHash ?? ''))
    const streets = scope.district.streets.map(({ id, slug, name }) => ({ streetId: id, slug, name }))
    for (let i = 0; i < 3; i++) {
      expect(await sha256(canonical(scoresOf(firstScheme('2025-01' as Month), streets, frozen)))).toBe(
        snapshot?.scoresHash,
      )
    }
  })

  it('leaves one snapshot and the same bytes, run once, twice, eight times at once, or again the next day', async ({
    expect,
  }) => {
    const { district, kept } = await aWorkedDistrict()
    const key = keyOf({ kind: 'score', period })
    const wait = (state: 'waiting' = 'waiting') =>
      district.db
        .update(jobs)
        .set({ state })
        .where(and(eq(jobs.districtId, district.id), eq(jobs.key, key)))
    await score(district)
    const first = await kept()
    expect(first.snapshots).toHaveLength(1)
    await wait()
    await Promise.all(Array.from({ length: 8 }, () => runJob(env, { districtId: district.id, key })))
    expect(await kept()).toEqual(first)

    const twin = await aDistrict()
    await wait()
    await score(twin)
    await Promise.all(
      Array.from({ length: 8 }, () => scheduled({ cron: '0 17 * * *', scheduledTime: cutoffAt + 3_600_000 }, env)),
    )
    expect(await kept()).toEqual(first)
    const objects = await env.EVIDENCE.list({ prefix: `districts/${district.id}/` })
    expect(objects.objects).toHaveLength(1)
  })

  it('is the same whether it runs at once or after more has happened', async ({ expect }) => {
    const { district, good, crewOfGood, kept } = await aWorkedDistrict()
    const at = bounds.from + 5 * day
    const id = await filed(good, crewOfGood.grid, {}, at)
    const course = courseOf(good, id, 1, at)
    await course.assign(crewOfGood.admin)
    await course.rectify(crewOfGood.principal)
    await course.recheck(crewOfGood.inspector)
    // Closed after the cut-off: that it was done is not known to September.
    await courseOf(good, id, 1, cutoffAt + day).close(crewOfGood.admin)
    await score(district, cutoffAt + 2 * day)
    const { scores } = await kept()
    const own = scores.find(({ streetId }) => streetId === good.id)
    expect(own?.lines.find(({ code }) => code === 'C1')).toMatchObject({ numerator: 12, denominator: 13 })
    // And what is done to its records later changes nothing of it.
    await courseOf(good, id, 1, cutoffAt + 3 * day).reopen(crewOfGood.inspector)
    expect((await kept()).scores).toEqual(scores)
  })

  it('reads in proportion to the month and not to history', async ({ expect }) => {
    const { district, good } = await aWorkedDistrict()
    const { hundredThousand } = await import('./large')
    await hundredThousand(good)
    const { bindings, since } = counting()
    const key = keyOf({ kind: 'score', period })
    await district.db
      .insert(jobs)
      .values({ districtId: district.id, key, state: 'waiting', scheduledAt: cutoffAt, wokenAt: 0, attempts: 1 })
    const { rowsRead, trips } = await since(() => runJob(bindings, { districtId: district.id, key }))
    const [snapshot] = await district.db.select().from(snapshots).where(eq(snapshots.districtId, district.id))
    expect(snapshot?.factCount).toBeGreaterThan(60)
    expect(rowsRead).toBeLessThanOrEqual(4 * (snapshot?.factCount ?? 0))
    expect(trips).toBeLessThanOrEqual(5)
  })
})

describe('the schedule', () => {
  it('asks for a month only once its cut-off has passed, and looks back over those that were missed', ({ expect }) => {
    const at = (time: string) => workOfDay(Date.parse(time)).map(keyOf)
    expect(at('2026-11-04T01:00:00+08:00')).toEqual([
      'score/2026-08',
      'score/2026-09',
      'score/2026-10',
      'anchor/2026-11-03',
      'retain/2026-11-04',
    ])
    expect(at('2026-11-03T01:00:00+08:00')).toEqual([
      'score/2026-08',
      'score/2026-09',
      'anchor/2026-11-02',
      'retain/2026-11-03',
    ])
    expect(at('2027-01-04T01:00:00+08:00')).toContain('score/2026-12')
  })

  it('puts a row down for each piece of work before it wakes the queue, and the sweeper finds what the queue lost', async ({
    expect,
  }) => {
    const { district, kept } = await aWorkedDistrict()
    const now = cutoffAt + 3_600_000
    const mute = { ...env, JOBS: { sendBatch: () => Promise.reject(new Error('lost')) } as unknown as typeof env.JOBS }
    await scheduled({ cron: '0 17 * * *', scheduledTime: now }, mute)
    const rows = () => district.db.select().from(jobs).where(eq(jobs.districtId, district.id))
    expect((await rows()).every(({ state }) => state === 'waiting')).toBe(true)
    expect((await kept()).snapshots).toEqual([])

    const sent: unknown[] = []
    const ear = {
      ...env,
      JOBS: {
        sendBatch: async (batch: { body: unknown }[]) => void sent.push(...batch.map(({ body }) => body)),
      } as unknown as typeof env.JOBS,
    }
    const sweep = (at: number) => scheduled({ cron: '*/10 * * * *', scheduledTime: at }, ear)
    await sweep(now + 60_000)
    expect(sent).toEqual([])
    await sweep(now + 600_000)
    const mine = sent.filter((body) => (body as { districtId: string }).districtId === district.id)
    expect(mine.length).toBe((await rows()).length)

    const batch = createMessageBatch(
      'zhiben-jobs',
      [...mine, { rubbish: true }, { districtId: district.id, key: 'score/none' }].map((body, i) => ({
        id: `m${i}`,
        timestamp: new Date(),
        attempts: 1,
        body,
      })),
    )
    await consume(batch, env)
    const result = await getQueueResult(batch, createExecutionContext())
    // What cannot be read is retried alone; what names no work is nothing to do.
    expect(result.retryMessages.map(({ msgId }) => msgId)).toEqual([`m${mine.length}`])
    expect((await kept()).snapshots.map(({ period: of }) => of)).toEqual(['2026-07', '2026-08', period])
    expect((await rows()).every(({ state }) => state === 'done')).toBe(true)
  })

  it('gives up in the end what never gets done, and says so', async ({ expect }) => {
    const district = await aDistrict()
    await district.db.insert(jobs).values({
      districtId: district.id,
      key: 'score/2026-01',
      state: 'waiting',
      scheduledAt: 0,
      wokenAt: 0,
      attempts: 1,
    })
    const quiet = { ...env, JOBS: { sendBatch: async () => undefined } as unknown as typeof env.JOBS }
    for (let i = 1; i < 12; i++) await scheduled({ cron: '*/10 * * * *', scheduledTime: i * 600_000 }, quiet)
    const [row] = await district.db.select().from(jobs).where(eq(jobs.districtId, district.id))
    expect(row).toMatchObject({ state: 'failed', attempts: 8, error: expect.stringMatching(/[\u4e00-\u9fff]/) })
  })

  it('comes to a snapshot through the real queue', async ({ expect }) => {
    const { district, kept } = await aWorkedDistrict()
    await worker.scheduled({ cron: '0 17 * * *', scheduledTime: cutoffAt + 3_600_000 }, env)
    for (let i = 0; i < 100 && (await kept()).snapshots.length < 3; i++)
      await new Promise((done) => setTimeout(done, 50))
    expect((await kept()).snapshots).toMatchObject([
      { period: '2026-07' },
      { period: '2026-08' },
      { districtId: district.id, period },
    ])
  })

  it('skips a suspended district, whose next run after resumption looks back', async ({ expect }) => {
    const { district, kept } = await aWorkedDistrict()
    await env.DIRECTORY.prepare('update districts set suspended_at = 1 where id = ?').bind(district.id).run()
    await scheduled({ cron: '0 17 * * *', scheduledTime: cutoffAt + 3_600_000 }, env)
    expect(await district.db.select().from(jobs).where(eq(jobs.districtId, district.id))).toEqual([])
    expect((await kept()).snapshots).toEqual([])
  })
})

describe('the anchors', () => {
  it('seal each day’s events onto the day before, once', async ({ expect }) => {
    const district = await aDistrict()
    const street = await aStreet(district)
    const crew = await aCrew(street)
    const [first, second] = [bounds.from + day, bounds.from + 3 * day]
    await filed(street, crew.grid, {}, first)
    await filed(street, crew.grid, {}, second)
    const anchor = async (at: number) => {
      const key = keyOf({ kind: 'anchor', day: dayOf(at) })
      await district.db
        .insert(jobs)
        .values({ districtId: district.id, key, state: 'waiting', scheduledAt: at, wokenAt: at, attempts: 1 })
        .onConflictDoUpdate({ target: [jobs.districtId, jobs.key], set: { state: 'waiting' } })
      await runJob(env, { districtId: district.id, key })
    }
    for (const at of [first, first, second]) await anchor(at)
    const rows = await district.db
      .select()
      .from(chainAnchors)
      .where(eq(chainAnchors.streetId, street.id))
      .orderBy(asc(chainAnchors.day))
    expect(rows.map(({ day: on, events, previous }) => [on, events, previous])).toEqual([
      [dayOf(first), 1, ''],
      [dayOf(second), 1, rows[0]?.digest],
    ])
    // Rewriting an event afterwards shows against the day's seal, which is not made again.
    await asOwner(ledgers(env).get(district.ledger) as D1Database, () =>
      district.db.update(hazardEvents).set({ hash: 'forged' }).where(eq(hazardEvents.streetId, street.id)),
    )
    await anchor(first)
    expect(
      await district.db
        .select()
        .from(chainAnchors)
        .where(eq(chainAnchors.streetId, street.id))
        .orderBy(asc(chainAnchors.day)),
    ).toEqual(rows)
    expect(addDays(dayOf(first), 2)).toBe(dayOf(second))
  })
})
