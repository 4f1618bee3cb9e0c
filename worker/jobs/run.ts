import * as v from 'valibot'
import { canonical } from '@app/shared/events/chain'
import type { StreetId } from '@app/shared/ids'
import { Job, workOf } from '@app/shared/jobs'
import { type Day, startOfDay, addDays } from '@app/shared/time'
import { scorePeriod } from '../assessments/store'
import { eq } from '../db/operators'
import type { Env } from '../env'
import { runExport } from '../platform/exports'
import { runImport } from '../platform/imports'
import { runMove } from '../platform/moves'
import type { Outcome } from '../platform/units'
import { sha256 } from '../sha256'
import { openDistrict } from '../tenancy/admit'
import type { DistrictScope, MemberStreet } from '../tenancy/district-scope'

/** Does each message's one step in the scope it names. What fails is retried alone, and ends in the dead-letter queue. */
export async function consume(batch: MessageBatch, env: Env): Promise<void> {
  for (const message of batch.messages) {
    try {
      await runJob(env, v.parse(Job, message.body))
      message.ack()
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
      console.error(JSON.stringify({ message: message.id, attempt: message.attempts, error: cause }))
      message.retry()
    }
  }
}

/** One piece of work, which its row in the ledger describes; done already, it is not done again. */
export async function runJob(env: Env, { districtId, key }: Job): Promise<void> {
  const scope = await openDistrict(env, districtId)
  const { jobs, select } = scope.read('job.run')
  const [job] = await select({ state: jobs.state, scheduledAt: jobs.scheduledAt }).from(jobs).where(eq(jobs.key, key))
  if (job?.state !== 'waiting') return
  const work = workOf(key)
  const clock = () => (env.NOW === undefined ? Date.now() : Number(env.NOW))
  switch (work.kind) {
    case 'score':
      return scorePeriod(scope, work.period, key, job.scheduledAt)
    case 'anchor':
      return inEach(env, scope, key, clock, ({ id }) => anchorDay(scope, id, work.day, job.scheduledAt))
    case 'retain':
      return inEach(env, scope, key, clock, ({ id, suspendedAt }) =>
        // A suspended street is left as it is; what is due is due when it goes on.
        suspendedAt !== null ? Promise.resolve(0) : scope.erasePastTerm(id, startOfDay(work.day), atOnce),
      )
    case 'rotate':
      // A newer key than the job was made for seals as well.
      return inEach(env, scope, key, clock, ({ id }) => scope.reseal(id, atOnce))
    case 'export':
      // A message can name any street, but only one of its own district is opened. One on its way is waited for.
      if (scope.street(work.streetId).moving) return goOn(env, scope, key, clock(), 'later', waitForMove)
      return goOn(env, scope, key, clock(), await runExport(env, work, clock))
    case 'import':
      return goOn(env, scope, key, clock(), await runImport(env, { ...work, districtId }, clock))
    case 'move':
      return goOn(env, scope, key, clock(), await runMove(env, { ...work, districtId }, clock))
  }
}

/** What follows upon a run of a long job: its end, or another wake-up. */
async function goOn(
  env: Env,
  scope: DistrictScope,
  key: string,
  now: number,
  outcome: Outcome,
  wait = 30,
): Promise<void> {
  if (outcome === 'over') return scope.endJob(key, 'done', null)
  // Whoever has it goes on with it.
  if (outcome === 'taken') return
  await scope.goOnWithJob(key, now)
  const { districtId } = scope.district
  await env.JOBS.send({ districtId, key }, { delaySeconds: outcome === 'later' ? wait : 0 })
}

/** So many rows of a street a step touches before it asks to be woken again. */
const atOnce = 100

/** So long a job waits that passed over a street on its way elsewhere, in seconds. */
const waitForMove = 240
/** A move begins to copy half a minute after it was begun: what took a street for settled has to be over by then. */
const patience = 20_000

/**
 * Does one bounded step in each street of the district; while one of them had as much to do as fits, there is another.
 * A street on its way elsewhere is passed over, and the job waits for it: by then it is done here, or by the district
 * it has gone to.
 */
async function inEach(
  env: Env,
  scope: DistrictScope,
  key: string,
  clock: () => number,
  step: (street: MemberStreet) => Promise<number>,
): Promise<void> {
  const began = clock()
  let outcome: Outcome = scope.district.streets.some(({ moving }) => moving) ? 'later' : 'over'
  for (const street of scope.district.streets) {
    if (street.moving) continue
    if (clock() > began + patience) outcome = 'more'
    else if ((await step(street)) >= atOnce) outcome = 'more'
  }
  return goOn(env, scope, key, clock(), outcome, waitForMove)
}

/** Seals a day's events of a street: one digest over the day before and this day's heads. Done whole, however many. */
async function anchorDay(scope: DistrictScope, streetId: StreetId, day: Day, now: number): Promise<number> {
  const { events, previous } = await scope.dayOfEvents(streetId, day, startOfDay(day), startOfDay(addDays(day, 1)))
  if (events.length === 0) return 0
  const digest = await sha256(previous + canonical(events))
  await scope.keepAnchor({ streetId, day, events: events.length, previous, digest, at: now })
  return 0
}
