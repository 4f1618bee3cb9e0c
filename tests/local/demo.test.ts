import { createHash } from 'node:crypto'
import { getTableName } from 'drizzle-orm'
import * as v from 'valibot'
import { describe, it } from 'vitest'
import { can } from '@app/shared/capabilities'
import { firstBroken } from '@app/shared/events/chain'
import { sealedOf, standingOf } from '@app/shared/hazards/effects'
import { type Act, after, deeds, refusal, type Standing } from '@app/shared/hazards/machine'
import { readHazardNumber } from '@app/shared/hazards/number'
import { InspectionId } from '@app/shared/ids'
import { factsOf, type RoundRow } from '@app/shared/schemes/facts'
import { firstScheme } from '@app/shared/schemes/schema'
import { scoresOf } from '@app/shared/schemes/score'
import { signalsOf } from '@app/shared/selfchecks/signals'
import { settingsOf } from '@app/shared/settings/catalogue'
import { addMonths, cutoffOf, type Day, hour, monthOf, periodOf, startOfDay } from '@app/shared/time'
import { closingsOf, type Demo, demoOf } from '../../local/demo/demo'
import type { District, Street } from '../../local/demo/places'
import type { HazardRows } from '../../local/demo/record'
import type { inspectionFindings, inspections, selfchecks } from '../../worker/db/ledger'

const digest = (text: string) => Promise.resolve(createHash('sha256').update(text).digest('hex'))

/** An ordinary day, one just after new year, one before a month's cut-off, and the first of March. */
const days = ['2026-11-23', '2027-01-02', '2026-11-03', '2027-03-01'] as Day[]

describe.each(days)('the demonstration of %s', (today) => {
  const made = demoOf(today)

  it('is the same when it is made again', { timeout: 30_000 }, async ({ expect }) => {
    const hashOf = ({ directory, ledgers, pictures }: Demo) =>
      digest(JSON.stringify([[...ledgers], directory, pictures].map((part) => JSON.stringify(part, withoutTables))))
    expect(await hashOf(await demoOf(today))).toBe(await hashOf(await made))
  })

  it('has about two thousand hazards in every state and of every level', async ({ expect }) => {
    const all = hazardsOf(await made)
    expect(all.length).toBeGreaterThan(1800)
    expect(all.length).toBeLessThan(2500)
    const states = new Set(all.map(({ hazard }) => hazard.state))
    const levels = new Set(all.map(({ hazard }) => hazard.level))
    expect(states).toEqual(new Set(['filed', 'assigned', 'rectified', 'checked', 'closed', 'voided']))
    expect(levels).toEqual(new Set(['ordinary', 'suspected', 'major']))
    expect(all.some(({ hazard }) => hazard.round > 1)).toBe(true)
    const done = all.filter(({ hazard }) => hazard.state === 'closed')
    expect(done.length / all.length).toBeGreaterThan(0.8)
  })

  it('was done by people who may, deed by deed, and replays to its rows', async ({ expect }) => {
    const faults = hazardsOf(await made).flatMap(({ hazard, events }) => {
      let standing = null as Standing | null
      for (const { deed, actor, role, after: told } of events) {
        // An event tells only what changed; assigned again, a hazard may keep its day.
        const act = { dueOn: standing?.dueOn, ...(told as object), deed, by: actor } as Act
        if (!can(role, deeds[deed].capability)) return [`${hazard.number}: ${role} may not ${deed}`]
        const refused = refusal(standing, act)
        if (refused) return [`${hazard.number}: ${refused}`]
        standing = after(standing, act)
      }
      const replayed =
        JSON.stringify(standing) === JSON.stringify(standingOf(hazard as Parameters<typeof standingOf>[0]))
      const counted = events.length === hazard.version && events.at(-1)?.hash === hazard.head
      return replayed && counted ? [] : [`${hazard.number}: its events make another row`]
    })
    expect(faults).toEqual([])
  })

  it('has whole chains of events', async ({ expect }) => {
    const broken = hazardsOf(await made).map(({ hazard, events }) => {
      const sealed = events.map((event) => sealedOf(event as Parameters<typeof sealedOf>[0]))
      return firstBroken(sealed, hazard.head, digest)
    })
    expect((await Promise.all(broken)).filter((seq) => seq !== null)).toEqual([])
  })

  it('happened by day, in order, and before the day it is of', async ({ expect }) => {
    const hourOf = (instant: number) => (instant / hour + 8) % 24
    const faults = hazardsOf(await made).filter(
      ({ hazard, events }) =>
        hazard.receivedAt !== events[0]?.receivedAt ||
        events.some(
          ({ observedAt, receivedAt }, at) =>
            observedAt > receivedAt ||
            receivedAt <= (events[at - 1]?.receivedAt ?? 0) ||
            receivedAt >= startOfDay(today) ||
            hourOf(receivedAt) < 8.5 ||
            hourOf(receivedAt) > 18.1,
        ),
    )
    expect(faults.map(({ hazard }) => hazard.number)).toEqual([])
  })

  it('gives out its numbers without a gap, in the order of arrival', async ({ expect }) => {
    for (const [street, rows] of (await made).hazards) {
      for (const year of new Set(rows.map(({ hazard }) => hazard.year))) {
        const numbered = rows.filter(({ hazard }) => hazard.year === year)
        expect(numbered.map(({ hazard }) => hazard.serial)).toEqual(numbered.map((_, at) => at + 1))
        expect(numbered.map(({ hazard }) => readHazardNumber(hazard.number))).toEqual(
          numbered.map(({ hazard }) => ({ year, serial: hazard.serial })),
        )
        expect(numbered.every(({ hazard }) => hazard.number.startsWith(`${street.shortName}隐患`))).toBe(true)
      }
    }
  })

  it('ranks the six streets apart in the last three months, and leaves out the one with too little', async ({
    expect,
  }) => {
    const demo = await made
    const closings = closingsOf(startOfDay(today) + 2 * hour)
    expect(closings.length).toBe(3)
    for (const closedAt of closings) {
      const [zone, other] = demo.districts.map((district) => scoresFor(demo, district, closedAt))
      expect(zone?.map(({ rank }) => rank)).not.toContain(null)
      expect(zone?.every(({ notApplicable }) => notApplicable === 0)).toBe(true)
      const totals = zone?.map(({ total }) => total) ?? []
      expect(Math.max(...totals)).toBeGreaterThan(90)
      expect(Math.max(...totals) - Math.min(...totals)).toBeGreaterThan(10)
      expect(new Set(totals).size).toBeGreaterThanOrEqual(5)
      expect(other?.map(({ name, rank }) => [name, rank])).toEqual([
        ['示例东街道', 1],
        ['示例西街道', null],
      ])
    }
  })

  it('has something on the desk of everyone who can sign in to 乐华', async ({ expect }) => {
    const [street, rows] = streetOf(await made, 'lehua')
    const open = rows.map(({ hazard }) => hazard).filter(({ open: isOpen }) => isOpen)
    const [shop] = street.enterprises
    const mine = open.filter(({ responsibleId }) => responsibleId === shop?.principal?.id)
    expect(mine.some(({ dueOn }) => dueOn === today)).toBe(true)
    expect(mine.some(({ dueOn }) => dueOn && dueOn > today)).toBe(true)
    expect(mine.some(({ dueOn, state }) => dueOn && dueOn < today && state === 'assigned')).toBe(true)
    const here = open.filter(({ gridId }) => gridId === street.grids[0]?.id)
    expect(new Set(here.map(({ state }) => state))).toEqual(new Set(['filed', 'assigned', 'rectified', 'checked']))
    expect(here.some(({ responsibleId }) => responsibleId === street.grids[0]?.worker.id)).toBe(true)
    expect(here.some(({ voidAskedBy }) => voidAskedBy)).toBe(true)
    expect(here.some(({ level, checkers }) => level === 'major' && checkers.length === 1)).toBe(true)
    expect(open.filter(({ level }) => level === 'suspected').length).toBeGreaterThanOrEqual(3)
  })

  it('has pictures of the latest hazards, each another', async ({ expect }) => {
    const { pictures, hazards } = await made
    expect(new Set(pictures.map(({ id }) => id)).size).toBe(pictures.length)
    const rows = [...hazards.values()].flat().toSorted((a, b) => b.hazard.receivedAt - a.hazard.receivedAt)
    expect(
      rows
        .slice(0, 150)
        .every(({ hazard, hazardPhotos }) => hazardPhotos.some(({ photoId }) => photoId === hazard.cover)),
    ).toBe(true)
    const checked = new Set(rowsOf<Found>(await made, 'inspection_findings').map(({ hazardId }) => hazardId))
    const older = rows.slice(150).filter(({ hazard }) => !checked.has(hazard.id))
    expect(older.every(({ hazard, photos }) => hazard.cover === null && photos.length === 0)).toBe(true)
    const told = rows.flatMap(({ events }) => events.flatMap(({ photos }) => photos))
    expect(told).toEqual(rows.flatMap(({ hazardPhotos }) => hazardPhotos.map(({ photoId }) => photoId)))
  })

  it('has signed checks whose findings are its hazards, with their pictures', async ({ expect }) => {
    const demo = await made
    const checks = new Map(rowsOf<Check>(demo, 'inspections').map((check) => [check.id, check]))
    const found = rowsOf<Found>(demo, 'inspection_findings')
    const pictures = new Set(rowsOf<{ photoId: string }>(demo, 'inspection_photos').map(({ photoId }) => photoId))
    const hazards = new Map(hazardsOf(demo).map((rows) => [rows.hazard.id, rows]))
    const faults = found.filter(({ inspectionId, item, hazardId }) => {
      const check = checks.get(inspectionId)
      const made = hazards.get(hazardId)
      const answer = check?.answers.find((one) => one.item === item)
      const [filed] = made?.events ?? []
      return !(
        made?.hazard.enterpriseId === check?.enterpriseId &&
        made?.hazard.receivedAt === check?.receivedAt &&
        filed?.actor === check?.by &&
        check?.words?.said[item] === made?.hazard.description &&
        answer?.photos.every((photo) => pictures.has(photo) && made?.photos.some(({ id }) => id === photo)) &&
        answer.photos.length > 0
      )
    })
    expect(faults).toEqual([])
    expect([...checks.keys()].filter((id) => !v.is(InspectionId, id))).toEqual([])
    expect(found.length).toBeGreaterThan(60)
    expect([...checks.values()].filter(({ findings }) => findings === 0).length).toBeGreaterThan(200)
    expect([...checks.values()].every(({ receivedAt }) => receivedAt < startOfDay(today))).toBe(true)
  })

  it('has differences between what units said and what was found there', async ({ expect }) => {
    const demo = await made
    const [{ id: streetId }] = streetOf(demo, 'lehua')
    const checks = rowsOf<Check>(demo, 'inspections').filter((one) => one.streetId === streetId)
    const found = rowsOf<Found>(demo, 'inspection_findings')
    const categoryOf = new Map(hazardsOf(demo).map(({ hazard }) => [hazard.id, hazard.category]))
    const said = rowsOf<typeof selfchecks.$inferSelect>(demo, 'selfchecks')
    const signals = [...new Set(checks.map(({ enterpriseId }) => enterpriseId))].flatMap((enterpriseId) =>
      signalsOf(
        {
          visits: checks
            .filter((one) => one.enterpriseId === enterpriseId)
            .map(({ id, receivedAt: at, templateId }) => ({
              id,
              at,
              templateId,
              findings: found.flatMap(({ inspectionId, item, hazardId }) => {
                const category = categoryOf.get(hazardId)
                return inspectionId === id && category ? [{ item, category }] : []
              }),
            })),
          said: said
            .filter((one) => one.enterpriseId === enterpriseId)
            .map(({ id, receivedAt: at, templateId }) => ({
              id,
              at,
              templateId,
              allFine: true,
              fine: new Set<string>(),
            })),
        },
        settingsOf([]),
        startOfDay(today),
      ),
    )
    expect(new Set(signals.map(({ kind }) => kind))).toEqual(new Set(['differs', 'repeats']))
  })

  it('holds nothing that looks like a telephone or an identity number', async ({ expect }) => {
    const { directory, ledgers } = await made
    const texts = JSON.stringify([directory, [...ledgers]], (key, value: unknown) =>
      // Times and salts are digits too.
      typeof value === 'number' || /^(salt|hash|head|wordsDigest|password|table)$|[iI]d$/.test(key) ? undefined : value,
    )
    expect(texts.match(/(?<![\da-f])1[3-9]\d{9}(?![\da-f])/g)).toBeNull()
    expect(texts.match(/(?<![\da-f])\d{17}[\dXx](?![\da-f])/g)).toBeNull()
  })
})

function hazardsOf({ hazards }: Demo): HazardRows[] {
  return [...hazards.values()].flat()
}

type Check = typeof inspections.$inferSelect
type Found = typeof inspectionFindings.$inferSelect

/** Everything that the ledgers get of one table. */
function rowsOf<T>({ ledgers }: Demo, name: string): T[] {
  return [...ledgers.values()].flatMap((tables) =>
    // Safe: the caller names the table whose rows these are.
    tables.filter(({ table }) => getTableName(table) === name).flatMap(({ rows }) => rows as T[]),
  )
}

function streetOf({ hazards }: Demo, slug: string): [Street, readonly HazardRows[]] {
  const found = [...hazards].find(([street]) => street.slug === slug)
  if (!found) throw new Error(`No ${slug}`)
  return found
}

function scoresFor({ hazards }: Demo, { streets }: District, closedAt: number) {
  const month = addMonths(monthOf(closedAt), -1)
  const rows = streets.flatMap((street) =>
    (hazards.get(street) ?? []).flatMap(({ hazard, rounds }) =>
      rounds.map((round) => ({ ...round, number: hazard.number })),
    ),
  ) as RoundRow[]
  const facts = factsOf(rows, periodOf(month), cutoffOf(month, 3))
  return scoresOf(
    firstScheme(month),
    streets.map(({ id, slug, name }) => ({ streetId: id, slug, name })),
    facts,
  )
}

/** A table knows itself in circles. */
function withoutTables(key: string, value: unknown): unknown {
  return key === 'table' ? undefined : value
}
