import { env } from 'cloudflare:workers'
import { beforeEach, describe, it } from 'vitest'
import { type Job, keyOf, Work, workOf } from '@app/shared/jobs'
import type { DistrictId, ExportId, ImportId, MoveId, StreetId } from '@app/shared/ids'
import type { Month } from '@app/shared/time'
import { ledgers } from '../../../worker/db/client'
import { consume, runJob } from '../../../worker/jobs/run'
import { scheduled } from '../../../worker/platform/schedule'
import { type DistrictCode, marksIn } from './markers'
import { districtOf, eventDay, streetsOf } from './rows'
import { unbound } from './sight'
import { spying } from './spy'
import { changed, type Dump, dump, objects, restore } from './state'
import { anId } from '../street'
import { aWorld, type World } from './world'

const { bindings, during } = spying()
let world: World
let before: Dump
beforeEach(async () => {
  world ??= await aWorld()
  if (before) await restore(before)
  else before = await dump()
})

/** A piece of work of each kind there is; a new kind is one line here. */
const samples: Record<Work['kind'], Work> = {
  score: { kind: 'score', period: '2026-07' as Month },
  anchor: { kind: 'anchor', day: eventDay },
  retain: { kind: 'retain', day: eventDay },
  rotate: { kind: 'rotate', version: 1 },
  // Of these there is none under such an id; the street of a package is asked for as the district’s own below.
  export: { kind: 'export', streetId: anId<StreetId>('str'), exportId: anId<ExportId>('exp') },
  import: { kind: 'import', importId: anId<ImportId>('imp') },
  move: { kind: 'move', moveId: anId<MoveId>('mov') },
}

const unitsOf = (code: DistrictCode) => [code, ...streetsOf(code)].map((one) => ({ code: one, id: world.unitId(one) }))

/** Writes work down as the schedule does, in the ledger of this district and for it. */
async function leave(code: DistrictCode, key: string, districtId = world.unitId(code)) {
  const ledger = ledgers(env).get(code === 'da' ? 'LEDGER_01' : 'LEDGER_02')
  await ledger
    ?.prepare(
      "insert into jobs (district_id, key, state, scheduled_at, woken_at, attempts) values (?, ?, 'waiting', ?, 0, 1)",
    )
    .bind(districtId, key, Date.now())
    .run()
  before = await dump()
}

describe('a job', () => {
  it('of every kind there is has a sample here', ({ expect }) => {
    const kinds = Work.options.map(({ entries }) => entries.kind.literal)
    expect(Object.keys(samples).sort(), 'Add the new kind to `samples` in tests/worker/matrix/jobs.test.ts').toEqual(
      [...kinds].sort(),
    )
    for (const work of Object.values(samples)) expect(workOf(keyOf(work))).toEqual(work)
  })

  it.for(Object.values(samples).flatMap((work) => (['da', 'dx'] as const).map((code) => ({ work, code }))))(
    '$work.kind for $code touches $code and nothing else',
    async ({ work: sample, code }, { expect }) => {
      const original = before
      const streetId = world.unitId(streetsOf(code)[0] ?? code) as StreetId
      const work = sample.kind === 'export' ? { ...sample, streetId } : sample
      await leave(code, keyOf(work))
      const stored = await objects()
      const { asked, sent, logged } = await during(() =>
        runJob(bindings, { districtId: world.unitId(code) as DistrictId, key: keyOf(work) }),
      )
      const after = await dump()
      // It did something, so that what it left alone means something.
      expect(changed(before, after).length).toBeGreaterThan(0)
      expect(changed(before, after, unitsOf(code))).toEqual([])
      const may = new Set(unitsOf(code).map(({ id }) => id))
      expect(asked.filter(({ database }) => database !== 'DIRECTORY').flatMap((one) => unbound(one, may))).toEqual([])
      const others = (text: string) => marksIn(text).filter(({ tenant }) => districtOf(tenant) !== code)
      expect(others([...sent, ...logged].join())).toEqual([])
      for (const [key] of await objects()) {
        if (!stored.has(key)) expect(key).toMatch(new RegExp(`^districts/${world.unitId(code)}/`))
      }
      await restore(original, after)
      before = original
    },
  )

  it('that is forged changes nothing, whatever it names', async ({ expect }) => {
    const original = before
    const key = keyOf(samples.anchor)
    await leave('da', key)
    const [here, there] = [world.unitId('da'), world.unitId('dx')]
    const forged: unknown[] = [
      // Work of another district, of none, of a street, of a kind that there never was.
      { districtId: there, key },
      { districtId: world.unitId('sa'), key },
      { districtId: 'dis_absent00000000000', key },
      { districtId: `${here}' or 1=1 --`, key },
      { districtId: here, key: `anchor/${eventDay}/${world.unitId('sx')}` },
      { districtId: here, key: 'erase/2026-09' },
      { districtId: here, key: `score/${there}` },
      { districtId: here, key: '' },
      { districtId: here, key: 'x'.repeat(5000) },
      { districtId: [here, there], key },
      { key },
      { districtId: here },
      null,
      'dis',
      42,
      { districtId: there, streetId: world.unitId('sx') as StreetId, key },
    ]
    let [acknowledged, retried] = [0, 0]
    const messages = forged.map((body, at) => ({
      id: String(at),
      timestamp: new Date(),
      attempts: 1,
      body: body as Job,
      ack: () => void acknowledged++,
      retry: () => void retried++,
    }))
    const batch = { queue: 'zhiben-jobs', messages, ackAll() {}, retryAll() {} } as unknown as MessageBatch
    const { logged } = await during(() => consume(batch, bindings))
    expect(acknowledged + retried).toBe(forged.length)
    expect(changed(before, await dump())).toEqual([])
    expect(marksIn(logged.join()).filter(({ tenant }) => tenant !== 'da')).toEqual([])
    await restore(original)
    before = original
  })

  it('that makes a package of another district’s street is refused and does nothing', async ({ expect }) => {
    const original = before
    const theirs = { streetId: world.unitId('sx') as StreetId, exportId: world.idOf('ExportId', 'sx') as ExportId }
    const key = keyOf({ kind: 'export', ...theirs })
    await leave('da', key)
    const { asked } = await during(() =>
      expect(runJob(bindings, { districtId: world.unitId('da') as DistrictId, key })).rejects.toThrow(),
    )
    expect(changed(before, await dump())).toEqual([])
    expect(asked.filter(({ values }) => values.includes(theirs.streetId))).toEqual([])
    await restore(original)
    before = original
  })

  it('that another district’s row describes is not done in its name', async ({ expect }) => {
    const original = before
    const key = keyOf(samples.anchor)
    // A row of dx that lies in the ledger of da, as if somebody had written it there.
    await leave('da', key, world.unitId('dx'))
    await during(() => runJob(bindings, { districtId: world.unitId('da') as DistrictId, key }))
    await during(() => runJob(bindings, { districtId: world.unitId('dx') as DistrictId, key }))
    expect(changed(before, await dump())).toEqual([])
    await restore(original)
    before = original
  })
})

/**
 * Statements of the schedule that span streets or districts on purpose, by the beginning of their text; nothing else
 * may. A new one is a line here, and a reason.
 */
const spanning = [
  // Work that was lost or given up, of all districts of a ledger.
  'update "jobs" set',
  // Answers whose time is over.
  'delete from "answers" where "answers"."at" < ?',
  'delete from "district_answers" where "district_answers"."at" < ?',
  // Packages whose making was given up, whose time is over, or whose objects are still to be taken away.
  'update "street_exports" set "state" = ?, "wrapped_key" = ?, "error" = ? where ("street_exports"."state" = ? and exists',
  'update "street_exports" set "state" = ? where ("street_exports"."state" = ? and "street_exports"."expires_at" < ?)',
  'select "street_id", "id" from "street_exports" where ("street_exports"."cleared_at" is null',
  // Photos that nobody bound to a record.
  'select "street_id", "id" from "photos" where',
]

describe('the schedule', () => {
  it('spans streets only where it says so', async ({ expect }) => {
    const { asked } = await during(async () => {
      for (const cron of ['*/10 * * * *', '0 17 * * *']) await scheduled({ cron, scheduledTime: Date.now() }, bindings)
    })
    const every = new Set((['da', 'dx'] as const).flatMap(unitsOf).map(({ id }) => id))
    const ledger = asked.filter(({ database }) => database !== 'DIRECTORY')
    expect(ledger.length).toBeGreaterThan(5)
    const unnamed = ledger.filter((one) => unbound(one, every).length > 0).map(({ sql }) => sql)
    expect(unnamed.filter((sql) => !spanning.some((start) => sql.startsWith(start)))).toEqual([])
    for (const start of spanning)
      expect(
        unnamed.filter((sql) => sql.startsWith(start)),
        start,
      ).not.toEqual([])
  })
})
