import { env } from 'cloudflare:workers'
import { describe, it } from 'vitest'
import type { PostId } from '@app/shared/ids'
import { day } from '@app/shared/time'
import { openDirectory } from '../../worker/db/client'
import { signInLimits, streetPosts } from '../../worker/db/directory'
import { answers, jobs } from '../../worker/db/ledger'
import { and, eq, like } from '../../worker/db/operators'
import type { Env } from '../../worker/env'
import { scheduled } from '../../worker/platform/schedule'
import { quiet } from './packages'
import { aDistrict, anId, aStreet, aUser } from './street'

const directory = openDirectory(env)

/** Bindings whose first ledger does not answer. */
const broken: Env = {
  ...quiet,
  LEDGER_01: new Proxy(env.LEDGER_01 as D1Database, {
    get: () => () => {
      throw new Error('This ledger is out of order')
    },
  }),
}

describe('the schedule', () => {
  it('does in one ledger what it cannot do in another, and says that it could not', async ({ expect }) => {
    const now = Date.now()
    const [here, there] = [await aStreet(await aDistrict('LEDGER_01')), await aStreet(await aDistrict('LEDGER_02'))]
    const limit = { key: `account:${here.id}`, count: 1, lastAt: now - 9 * day, shutUntil: 0 }
    await directory.insert(signInLimits).values(limit)
    for (const { db, id } of [here, there])
      await db
        .insert(answers)
        .values({ streetId: id, actor: 'usr_x', key: 'key', request: '', status: 200, body: '', at: now - 40 * day })
    const swept = scheduled({ cron: '*/10 * * * *', scheduledTime: now }, broken)
    await expect(swept).rejects.toThrow(AggregateError)
    await expect(swept).rejects.toThrow(/out of order/)
    const left = (street: typeof here) => street.db.select().from(answers).where(eq(answers.streetId, street.id))
    expect(await left(here)).toHaveLength(1)
    expect(await left(there)).toEqual([])
    // Nor does it keep the directory from being looked after.
    expect(await directory.select().from(signInLimits).where(eq(signInLimits.key, limit.key))).toEqual([])

    await expect(scheduled({ cron: '0 17 * * *', scheduledTime: now }, broken)).rejects.toThrow(AggregateError)
    const asked = ({ districtId, db }: typeof here) =>
      db
        .select()
        .from(jobs)
        .where(and(eq(jobs.districtId, districtId), like(jobs.key, 'retain/%')))
    expect([(await asked(here)).length, (await asked(there)).length]).toEqual([0, 1])
  })

  it('finishes the appointments of one street though another’s cannot be', async ({ expect }) => {
    const [here, there] = [await aStreet(await aDistrict('LEDGER_01')), await aStreet(await aDistrict('LEDGER_02'))]
    const ids: PostId[] = []
    for (const { id: streetId } of [here, there]) {
      const [id, userId] = [anId<PostId>('pst'), await aUser()]
      const post = { role: 'inspector', reach: { within: 'street' }, state: 'preparing', since: 1 } as const
      await directory.insert(streetPosts).values({ id, streetId, userId, ...post })
      ids.push(id)
    }
    await expect(scheduled({ cron: '*/10 * * * *', scheduledTime: Date.now() }, broken)).rejects.toThrow()
    const states = await Promise.all(
      ids.map(async (id) => (await directory.select().from(streetPosts).where(eq(streetPosts.id, id)))[0]?.state),
    )
    expect(states).toEqual(['preparing', 'active'])
  })
})
