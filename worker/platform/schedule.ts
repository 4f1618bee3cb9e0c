import { and, eq, isNotNull, lt, ne, not, notInArray, or, sql } from 'drizzle-orm'
import { type Job, keyOf, type Work } from '@app/shared/jobs'
import { addDays, addMonths, cutoffOf, day, dayOf, monthOf } from '@app/shared/time'
import { forgetOldSignIns } from '../auth/sign-in'
import { type LedgerName, ledgers, openDirectory, openLedger } from '../db/client'
import { districts, streetMoves, streets } from '../db/directory'
import { answers, districtAnswers, jobs, photos } from '../db/ledger'
import { among } from '../db/operators'
import type { Env } from '../env'
import { Evidence } from '../tenancy/evidence'
import { sweepExports } from './exports'
import { sweepImports } from './imports'
import { sweepMoves } from './moves'
import { finishAppointments, settleReaches } from './posts'
import { eachStep } from './steps'
import { clearUnfinished } from './unfinished'

const batchLimit = 100
const minute = 60_000
/** A job that was woken so often without being done is given up, and shown to whoever runs the deployment. */
const mostAttempts = 8
/** How long an answer stays repeatable, and a photo without a record waits. */
const keptFor = 30 * day
/** Days after a month's end until it is scored; a scheme with a longer grace refuses and is tried again. */
const usualGrace = 3
/** Months that the daily run looks back over, so that a deployment which slept catches up. */
const monthsBack = 3

/** What the clock starts. It only writes jobs down and wakes the queue, so that no code below ever holds two districts at once. */
export async function scheduled(
  { cron, scheduledTime }: Pick<ScheduledController, 'cron' | 'scheduledTime'>,
  env: Env,
): Promise<void> {
  await (cron === '0 17 * * *' ? daily(env, scheduledTime) : sweep(env, scheduledTime))
}

/** The work that a day's run asks for: yesterday's anchors, the score of each month whose cut-off has passed, and the
 * erasing of what is past its term. */
export function workOfDay(now: number): Work[] {
  const months = Array.from({ length: monthsBack }, (_, back) => addMonths(monthOf(now), back - monthsBack))
  return [
    ...months
      .filter((period) => cutoffOf(period, usualGrace) <= now)
      .map((period) => ({ kind: 'score' as const, period })),
    { kind: 'anchor', day: addDays(dayOf(now), -1) },
    { kind: 'retain', day: dayOf(now) },
  ]
}

async function daily(env: Env, now: number): Promise<void> {
  const all = await openDirectory(env)
    .select({ districtId: districts.id, ledger: districts.ledger, suspendedAt: districts.suspendedAt })
    .from(districts)
    .where(eq(districts.state, 'active'))
  const keys = workOfDay(now).map(keyOf)
  // A suspended district's jobs stop; its run after resumption looks back.
  const working = all.filter(({ suspendedAt }) => suspendedAt === null)
  await eachStep([
    ...working.map(({ districtId, ledger }) => async () => {
      const row = { districtId, state: 'waiting' as const, scheduledAt: now, wokenAt: now, attempts: 1 }
      const added = await openLedger(env, ledger)
        .insert(jobs)
        .values(keys.map((key) => ({ ...row, key })))
        .onConflictDoNothing()
        .returning({ key: jobs.key })
      await wake(
        env,
        added.map(({ key }) => ({ districtId, key })),
      )
    }),
    () => settleReaches(env, now),
  ])
}

/** Wakes the queue for work it lost, gives up what never gets done, and clears away what is no longer kept. */
async function sweep(env: Env, now: number): Promise<void> {
  await eachStep([
    ...[...ledgers(env).keys()].flatMap((name) => [
      () => wakeLost(env, name, now),
      () => forgetAnswers(env, name, now),
      () => dropUnboundPhotos(env, name, now),
      () => sweepExports(env, openLedger(env, name), now),
    ]),
    () => sweepImports(env, now),
    () => sweepMoves(env, now),
    () => finishAppointments(env, now),
    () => clearUnfinished(env, now),
    () => forgetOldSignIns(env, now),
  ])
}

async function wakeLost(env: Env, name: LedgerName, now: number): Promise<void> {
  const ledger = openLedger(env, name)
  const lost = and(eq(jobs.state, 'waiting'), lt(jobs.wokenAt, now - 5 * minute))
  const [, left] = await ledger.batch([
    ledger
      .update(jobs)
      .set({ state: 'failed', error: sql`coalesce(${jobs.error}, '多次尝试未完成')` })
      .where(and(lost, sql`${jobs.attempts} >= ${mostAttempts}`)),
    ledger
      .update(jobs)
      .set({ attempts: sql`${jobs.attempts} + 1`, wokenAt: now })
      .where(lost)
      .returning({ districtId: jobs.districtId, key: jobs.key }),
  ])
  await wake(env, left)
}

async function forgetAnswers(env: Env, name: LedgerName, now: number): Promise<void> {
  const ledger = openLedger(env, name)
  await ledger.batch([
    ledger.delete(answers).where(lt(answers.at, now - keptFor)),
    ledger.delete(districtAnswers).where(lt(districtAnswers.at, now - keptFor)),
  ])
}

/** Photos that nobody made part of a record: objects first, then rows, so that none is left without its row. */
async function dropUnboundPhotos(env: Env, name: LedgerName, now: number): Promise<void> {
  const ledger = openLedger(env, name)
  // A ledger may still hold rows of a street that has moved away; its objects are those of the rows it works with now.
  const away = await openDirectory(env)
    .select({ id: streets.id })
    .from(streetMoves)
    .innerJoin(streets, eq(streets.id, streetMoves.streetId))
    .where(
      and(
        notInArray(streetMoves.state, ['released', 'cancelled']),
        or(ne(streets.ledger, name), isNotNull(streets.movingSince)),
      ),
    )
  const elsewhere = among(
    photos.streetId,
    away.map(({ id }) => id),
  )
  const abandoned = await ledger
    .select({ streetId: photos.streetId, id: photos.id })
    .from(photos)
    .where(and(sql`${photos.bound} = 0`, lt(photos.at, now - keptFor), not(elsewhere)))
    .limit(batchLimit)
  for (const { streetId, id } of abandoned) {
    const here = and(eq(photos.streetId, streetId), eq(photos.id, id), sql`${photos.bound} = 0`)
    // Taken out of reach before it goes: a record that binds it just now finds it missing, and is told so.
    const taken = await ledger.update(photos).set({ state: 'coming' }).where(here).returning({ id: photos.id })
    if (taken.length === 0) continue
    await new Evidence(env, { streetId, districtId: '' as never }).remove(id, streetId)
    await ledger.delete(photos).where(here)
  }
}

async function wake(env: Env, work: Job[]): Promise<void> {
  for (let i = 0; i < work.length; i += batchLimit) {
    // Only a wake-up: what is lost here the next sweep finds.
    await env.JOBS.sendBatch(work.slice(i, i + batchLimit).map((body) => ({ body }))).catch((error: unknown) =>
      console.warn(String(error)),
    )
  }
}
