import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { seal } from '@app/shared/events/chain'
import type { HazardId, PersonId } from '@app/shared/ids'
import { keyOf } from '@app/shared/jobs'
import { addDays, day, dayOf } from '@app/shared/time'
import { ledgers } from '../../worker/db/client'
import { hazardEvents, hazards, jobs } from '../../worker/db/ledger'
import { and, asc, eq } from '../../worker/db/operators'
import { runJob } from '../../worker/jobs/run'
import { sha256 } from '../../worker/sha256'
import { runs } from '../shared/runs'
import { aCrew, closed, courseOf } from './course'
import { firstBadDay, firstBadRecord } from './independent-verifier'
import { asOwner } from './owner'
import { aDistrict, aStreet } from './street'

type Row = Record<string, unknown>

/** A street whose hazards went a long way, with each day anchored. */
async function aHistory() {
  const district = await aDistrict()
  const street = await aStreet(district)
  const crew = await aCrew(street)
  const began = Date.now() - 5 * day
  const ids: HazardId[] = []
  for (let i = 0; i < 4; i++) {
    const id = await closed(street, crew, {}, began + i * day)
    await courseOf(street, id, 1, began + i * day + 1).reopen(crew.inspector)
    await courseOf(street, id, 2, began + i * day + 2).assign(crew.admin)
    ids.push(id)
  }
  for (let i = 0; i < 4; i++) {
    const on = addDays(dayOf(began), i)
    const key = keyOf({ kind: 'anchor', day: on })
    await district.db
      .insert(jobs)
      .values({ districtId: district.id, key, state: 'waiting', scheduledAt: began, wokenAt: began, attempts: 1 })
    await runJob(env, { districtId: district.id, key })
  }
  const db = ledgers(env).get(district.ledger) as D1Database
  const events = async () =>
    (
      await db
        .prepare('select * from hazard_events where street_id = ? order by hazard_id, seq')
        .bind(street.id)
        .all<Row>()
    ).results
  const heads = async () =>
    new Map(
      (
        await db
          .prepare('select id, head from hazards where street_id = ?')
          .bind(street.id)
          .all<{ id: string; head: string }>()
      ).results.map(({ id, head }) => [id, head]),
    )
  const anchors = async () =>
    (await db.prepare('select * from chain_anchors where street_id = ? order by day').bind(street.id).all<Row>())
      .results
  /** The first record that does not fit, by hazard; the days are asked apart. */
  const bad = async () => {
    const [all, known] = [await events(), await heads()]
    return ids.flatMap((id) => {
      const seq = firstBadRecord(
        all.filter((row) => row['hazard_id'] === id),
        known.get(id) ?? '',
      )
      return seq === null ? [] : [{ id, seq }]
    })
  }
  return { db, street, ids, events, heads, anchors, bad }
}

const columns = [
  'round',
  'deed',
  'actor',
  'role',
  'observed_at',
  'received_at',
  'before',
  'after',
  'photos',
  'said',
  'texts',
  'salt',
  'words_digest',
  'hash',
]
const other = (value: unknown, column: string, seed: number): unknown => {
  if (typeof value === 'number') return value + 1 + seed
  if (column === 'said' || column === 'salt') return `改${seed}`
  if (column === 'photos') return JSON.stringify([`${seed}`.padStart(64, '0')])
  if (['before', 'after', 'texts'].includes(column)) return JSON.stringify({ forged: seed })
  return `${String(value)}${seed}`
}

const tamper = fc.record({
  kind: fc.constantFrom('edit', 'delete', 'insert', 'swap', 'truncate'),
  hazard: fc.nat(3),
  at: fc.integer({ min: 1, max: 7 }),
  second: fc.integer({ min: 1, max: 7 }),
  column: fc.constantFrom(...columns),
  seed: fc.nat(1_000),
})

describe('whoever owns the database', () => {
  it(
    'tampers with no event that is not found, and the first bad one is named',
    { timeout: 600_000 },
    async ({ expect }) => {
      const { db, ids, events, bad, anchors } = await aHistory()
      expect(await bad()).toEqual([])
      expect(firstBadDay(await events(), await anchors())).toBe(null)
      const sound = await events()
      const insert = (row: Row) => {
        const names = Object.keys(row)
        return db
          .prepare(
            `insert into hazard_events (${names.map((n) => `"${n}"`).join(', ')}) values (${names.map(() => '?').join(', ')})`,
          )
          .bind(...Object.values(row))
      }
      await asOwner(db, async () => {
        await fc.assert(
          fc.asyncProperty(tamper, async ({ kind, hazard, at, second, column, seed }) => {
            const id = ids[hazard] as HazardId
            const mine = sound.filter((row) => row['hazard_id'] === id)
            const row = mine[at - 1] as Row
            const its = db.prepare('delete from hazard_events where hazard_id = ?').bind(id)
            let after: Row[]
            let first = at
            if (kind === 'edit') {
              after = mine.map((one) => (one === row ? { ...one, [column]: other(one[column], column, seed) } : one))
            } else if (kind === 'delete') {
              after = mine.filter((one) => one !== row)
            } else if (kind === 'truncate') {
              after = mine.slice(0, at - 1)
            } else if (kind === 'swap') {
              if (at === second) return
              first = Math.min(at, second)
              after = mine.map((one) =>
                one['seq'] === at
                  ? { ...(mine[second - 1] as Row), seq: at }
                  : one['seq'] === second
                    ? { ...row, seq: second }
                    : one,
              )
            } else {
              // One more in the middle, everything behind it moved up; its hash even fits what stands before it not at all.
              const moved = mine.map((one) =>
                Number(one['seq']) >= at ? { ...one, seq: Number(one['seq']) + 1 } : one,
              )
              after = [...moved, { ...row, seq: at, actor: `usr_forged${String(seed).padStart(6, '0')}` }]
            }
            await db.batch([its, ...after.map(insert)])
            const found = await bad()
            await db.batch([its, ...mine.map(insert)])
            expect(found, JSON.stringify({ kind, at, second, column })).toEqual([{ id, seq: first }])
          }),
          { numRuns: runs(1_000, 100) },
        )
      })
      expect(await events()).toEqual(sound)
    },
  )

  it('cannot even seal a whole tail again without the day’s anchor showing it', async ({ expect }) => {
    const { db, street, ids, events, bad, anchors } = await aHistory()
    const id = ids[1] as HazardId
    const rows = await street.db
      .select()
      .from(hazardEvents)
      .where(and(eq(hazardEvents.streetId, street.id), eq(hazardEvents.hazardId, id)))
      .orderBy(asc(hazardEvents.seq))
    // Who owns the database has the writer's code as well.
    let previous = rows[1]?.hash ?? ''
    await asOwner(db, async () => {
      for (const row of rows.slice(2)) {
        const forged = { ...row, actor: row.seq === 3 ? ('usr_forged00000' as PersonId) : row.actor }
        const { hash: _, said: _s, texts: _t, salt: _a, ...told } = forged
        previous = await seal(previous, told, sha256)
        await street.db
          .update(hazardEvents)
          .set({ ...forged, hash: previous })
          .where(
            and(eq(hazardEvents.streetId, street.id), eq(hazardEvents.hazardId, id), eq(hazardEvents.seq, row.seq)),
          )
      }
      await street.db
        .update(hazards)
        .set({ head: previous })
        .where(and(eq(hazards.streetId, street.id), eq(hazards.id, id)))
    })
    expect(await bad()).toEqual([])
    expect(firstBadDay(await events(), await anchors())).toBe(dayOf(rows[0]?.receivedAt ?? 0))
  })
})
