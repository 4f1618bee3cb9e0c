import * as v from 'valibot'
import { canonical } from '@app/shared/events/chain'
import { Job, workOf } from '@app/shared/jobs'
import { type Day, startOfDay, addDays } from '@app/shared/time'
import { scorePeriod } from '../assessments/store'
import { eq } from '../db/operators'
import type { Env } from '../env'
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
  switch (work.kind) {
    case 'score':
      return scorePeriod(scope, work.period, key, job.scheduledAt)
    case 'anchor':
      return anchorDay(scope, work.day, key, job.scheduledAt)
    case 'retain':
      return goOn(env, scope, { districtId, key }, ({ id, suspended }) =>
        // A suspended street is left as it is; what is due is due when it goes on.
        suspended ? Promise.resolve(0) : scope.erasePastTerm(id, startOfDay(work.day), atOnce),
      )
    case 'rotate':
      // A newer key than the job was made for seals as well.
      return goOn(env, scope, { districtId, key }, ({ id }) => scope.reseal(id, atOnce))
  }
}

/** So many rows of a street a step touches before it asks to be woken again. */
const atOnce = 100

/** Does one bounded step in each street of the district; while one of them had as much to do as fits, there is another. */
async function goOn(env: Env, scope: DistrictScope, job: Job, step: (street: MemberStreet) => Promise<number>) {
  let more = false
  for (const street of scope.district.streets) if ((await step(street)) >= atOnce) more = true
  if (!more) return scope.endJob(job.key, 'done', null)
  await scope.continueJob(job.key)
  // Only a wake-up: one that is lost the sweeper makes up for.
  await env.JOBS.send(job)
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
