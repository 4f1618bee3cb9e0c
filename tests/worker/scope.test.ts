import { env } from 'cloudflare:workers'
import { describe, it } from 'vitest'
import type { SeenHazard } from '../../worker/tenancy/writer'
import type { DeedDone } from '../../worker/tenancy/deed'
import type { HazardId, StreetId } from '@app/shared/ids'
import type { Reach } from '@app/shared/reach'
import { ledgers, openDirectory } from '../../worker/db/client'
import { streets } from '../../worker/db/directory'
import { auditLog, hazardEvents, hazards } from '../../worker/db/ledger'
import { and, eq } from '../../worker/db/operators'
import { fileHazard, getHazard } from '../../worker/hazards/store'
import type { StreetScope } from '../../worker/tenancy/street-scope'
import { aDistrict, anId, aStreet, type Street } from './street'

const done = (at: number): DeedDone => ({
  deed: 'assign',
  round: 1,
  times: { observedAt: at, receivedAt: at, at },
  said: '试写',
})

async function filedIn(street: Street, scope: StreetScope, change = {}): Promise<SeenHazard & { id: HazardId }> {
  const draft = await street.draft({ source: 'street-check', ...change })
  await fileHazard(scope, draft, Date.now())
  const { id, version, head } = await getHazard(street.scope(), draft.id, Date.now())
  return { id, version, head }
}

const rowOf = async (street: Street, id: HazardId) =>
  (
    await street.db
      .select()
      .from(hazards)
      .where(and(eq(hazards.streetId, street.id), eq(hazards.id, id)))
  )[0]

describe('a scope', () => {
  it('keeps nothing of a batch whose hazard has moved on', async ({ expect }) => {
    const street = await aStreet()
    const scope = street.scope()
    const seen = await filedIn(street, scope)
    await scope.write(done(1), (w) => [w.change(seen, { state: 'assigned' })])
    const late = scope.write(done(2), (w) => [w.change(seen, { state: 'closed' })])
    await expect(late).rejects.toMatchObject({ slug: 'stale' })
    expect(await rowOf(street, seen.id)).toMatchObject({ state: 'assigned', version: 2 })
    expect(await street.db.select().from(auditLog).where(eq(auditLog.subject, seen.id))).toHaveLength(2)
    expect(await street.db.select().from(hazardEvents).where(eq(hazardEvents.hazardId, seen.id))).toHaveLength(2)
  })

  it('seals a change onto the event before it, or not at all', async ({ expect }) => {
    const street = await aStreet()
    const scope = street.scope()
    const seen = await filedIn(street, scope)
    const change = scope.write(done(1), (w) => [w.change({ ...seen, head: '' }, { state: 'assigned' })])
    await expect(change).rejects.toMatchObject({ slug: 'stale' })
  })

  it('cannot touch another street’s row, even knowing its id, version and head', async ({ expect }) => {
    const district = await aDistrict()
    const [here, there] = [await aStreet(district), await aStreet(district)]
    const seen = await filedIn(there, there.scope())
    const before = await rowOf(there, seen.id)
    await expect(here.scope().write(done(1), (w) => [w.change(seen, { state: 'closed' })])).rejects.toMatchObject({
      slug: 'stale',
    })
    expect(await rowOf(there, seen.id)).toEqual(before)
  })

  it('keeps a street in its district’s ledger', async ({ expect }) => {
    const { id: districtId } = await aDistrict('LEDGER_01')
    const apart = openDirectory(env)
      .insert(streets)
      .values({
        id: anId<StreetId>('str'),
        districtId,
        ledger: 'LEDGER_02',
        slug: anId('slug'),
        name: '别处',
        shortName: '别',
      })
    await expect(apart).rejects.toMatchObject({ cause: { message: expect.stringContaining('FOREIGN KEY') } })
  })
})

describe.for(['communities', 'grids', 'enterprise'] as const)('within %s', (within) => {
  const reachOf = ({ places }: Street): Reach =>
    within === 'communities'
      ? { within, ids: [places.east] }
      : within === 'grids'
        ? { within, ids: [places.first] }
        : { within, ids: [places.shop] }
  const elsewhere = ({ places }: Street) => ({
    communityId: places.west,
    gridId: places.third,
    enterpriseId: places.garage,
  })

  it('sees its own rows and no others, and writes none outside', async ({ expect }) => {
    const street = await aStreet()
    const part = street.scope({ reach: reachOf(street) })
    const [mine, other] = [
      await filedIn(street, street.scope()),
      await filedIn(street, street.scope(), elsewhere(street)),
    ]
    const { hazards: h, hazardEvents: e, hazardRounds: r, auditLog: a, accessLog: l, select } = part.read('hazard.view')
    expect(await select({ id: h.id }).from(h)).toEqual([{ id: mine.id }])
    expect(await select({ id: e.hazardId }).from(e)).toEqual([{ id: mine.id }])
    expect(await select({ id: r.hazardId }).from(r)).toEqual([{ id: mine.id }])
    for (const log of [a, l]) expect(await select({ id: log.subject }).from(log)).toEqual([])

    await expect(part.write(done(1), (w) => [w.change(other, { state: 'closed' })])).rejects.toMatchObject({
      slug: 'stale',
    })
    // An enterprise files what it found itself, and so is refused for the place and not for the source.
    const source = within === 'enterprise' ? 'enterprise-check' : 'street-check'
    const draft = await street.draft({ ...elsewhere(street), source })
    // A foreign enterprise is not seen at all; a foreign grid is seen by all and refused.
    await expect(fileHazard(part, draft, 1)).rejects.toMatchObject({
      slug: 'invalid-input',
      errors: [{ pointer: '/enterpriseId' }],
    })
    await expect(fileHazard(part, { ...draft, enterpriseId: null }, 1)).rejects.toMatchObject({ slug: 'forbidden' })
    await part.write(done(2), (w) => [w.change(mine, { state: 'assigned' })])
    expect(await rowOf(street, mine.id)).toMatchObject({ state: 'assigned' })
    expect(await rowOf(street, draft.id)).toBe(undefined)
  })

  it('seeks by street first, whatever hangs on it', async ({ expect }) => {
    const street = await aStreet()
    const { hazards: h, hazardEvents: e, select } = street.scope({ reach: reachOf(street) }).read('hazard.view')
    const query = select({ place: h.place, deed: e.deed })
      .from(h)
      .leftJoin(e, eq(e.hazardId, h.id))
      .where(eq(h.open, true))
      .toSQL()
    const plan = await ledgers(env)
      .get(street.ledger)
      ?.prepare(`explain query plan ${query.sql}`)
      .bind(...query.params)
      .all()
    const detail = plan?.results.map((row) => String(row['detail'])).join('\n')
    expect(detail?.replaceAll(/SCAN (json_each\b|CONSTANT ROW).*/g, '')).not.toMatch(
      /SCAN|MATERIALIZE|CO-ROUTINE|AUTOMATIC/,
    )
    expect(detail).toMatch(/hazards.*street_id=\?/)
  })
})
