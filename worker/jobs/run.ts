import * as v from 'valibot'
import { canonical } from '@app/shared/events/chain'
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
      return anchorDay(scope, work.day, key, job.scheduledAt)
    case 'retain':
      return inEach(env, scope, key, clock(), ({ id, suspended }) =>
        // A suspended street is left as it is; what is due is due when it goes on.
        suspended ? Promise.resolve(0) : scope.erasePastTerm(id, startOfDay(work.day), atOnce),
      )
    case 'rotate':
      // A newer key than the job was made for seals as well.
      return inEach(env, scope, key, clock(), ({ id }) => scope.reseal(id, atOnce))
    case 'export':
      // A message can name any street, but only one of its own district is opened.
      scope.street(work.streetId)
      return goOn(env, scope, key, clock(), await runExport(env, work, clock))
    case 'import':
      return goOn(env, scope, key, clock(), await runImport(env, { ...work, districtId }, clock))
    case 'move':
      return goOn(env, scope, key, clock(), await runMove(env, { ...work, districtId }, clock))
  }
}

/** What follows upon a run of a long job: its end, or another wake-up. */
async function goOn(env: Env, scope: DistrictScope, key: string, now: number, outcome: Outcome): Promise<void> {
  if (outcome === 'over') return scope.endJob(key, 'done', null)
  // Whoever has it goes on with it.
  if (outcome === 'taken') return
  await scope.goOnWithJob(key, now)
  const { districtId } = scope.district
  await env.JOBS.send({ districtId, key }, { delaySeconds: outcome === 'later' ? 30 : 0 })
}

/** So many rows of a street a step touches before it asks to be woken again. */
const atOnce = 100

/** Does one bounded step in each street of the district; while one of them had as much to do as fits, there is another. */
async function inEach(
  env: Env,
  scope: DistrictScope,
  key: string,
  now: number,
  step: (street: MemberStreet) => Promise<number>,
): Promise<void> {
  let more = false
  for (const street of scope.district.streets) if ((await step(street)) >= atOnce) more = true
  return goOn(env, scope, key, now, more ? 'more' : 'over')
}

/** Seals a day's events of every street of the district: one digest over the day before and this day's heads. */
async function anchorDay(scope: DistrictScope, day: Day, key: string, now: number): Promise<void> {
  for (const { id: streetId } of scope.district.streets) {
    const { events, previous } = await scope.dayOfEvents(streetId, day, startOfDay(day), startOfDay(addDays(day, 1)))
    if (events.length === 0) continue
    const digest = await sha256(previous + canonical(events))
    await scope.keepAnchor({ streetId, day, events: events.length, previous, digest, at: now })
  }
  await scope.endJob(key, 'done', null)
}
