import { env } from 'cloudflare:workers'
import { parseResponse } from 'hono/client'
import { describe, it } from 'vitest'
import { firstBroken } from '@app/shared/events/chain'
import { sealedOf } from '@app/shared/hazards/effects'
import type { HazardRecord } from '@app/shared/hazards/schema'
import type { HazardId, PersonId } from '@app/shared/ids'
import { ledgers } from '../../worker/db/client'
import { asc, eq } from '../../worker/db/operators'
import { hazardEvents } from '../../worker/db/ledger'
import { sha256 } from '../../worker/sha256'
import { aCrew, closed, courseOf, filed } from './course'
import { asOwner } from './owner'
import { aDistrict, aStreet, clientFor, type Street } from './street'

async function read(street: Street, who: PersonId, hazardId: HazardId): Promise<HazardRecord> {
  const one = clientFor(who).streets[':streetId'].hazards[':hazardId']
  return await parseResponse(one.$get({ param: { streetId: street.id, hazardId } }))
}

describe('the loop', () => {
  it('takes a hazard from the phone to its closing, and tells the whole story', async ({ expect }) => {
    const street = await aStreet()
    const crew = await aCrew(street)
    const id = await closed(street, crew)
    const record = await read(street, crew.admin, id)
    expect(record).toMatchObject({
      number: expect.stringMatching(/^测试隐患〔\d{4}〕00001$/),
      state: 'closed',
      round: 1,
    })
    expect(record.deeds.map(({ deed, by }) => [deed, by])).toEqual([
      ['file', crew.grid],
      ['assign', crew.admin],
      ['rectify', crew.principal],
      ['pass', crew.inspector],
      ['close', crew.admin],
    ])
    expect(record.deeds[0]).toMatchObject({
      name: '测试grid-worker',
      role: 'grid-worker',
      photos: [expect.any(String)],
    })
    expect(record.photos.map(({ stage }) => stage)).toEqual(['before', 'after'])
    expect(record.closedAt).toBeGreaterThan(0)
    expect(record.next).toEqual([])
  })

  it('keeps a chain that holds, and finds the first event tampered with or cut off', async ({ expect }) => {
    const street = await aStreet()
    const crew = await aCrew(street)
    const id = await closed(street, crew)
    const { head } = await read(street, crew.admin, id)
    const events = async () =>
      (
        await street.db.select().from(hazardEvents).where(eq(hazardEvents.hazardId, id)).orderBy(asc(hazardEvents.seq))
      ).map(sealedOf)
    const sound = await events()
    expect(await firstBroken(sound, head, sha256)).toBe(null)
    expect(await firstBroken(sound.slice(0, -1), head, sha256)).toBe(5)
    expect(JSON.stringify(sound.map(({ words: _, ...event }) => event))).not.toMatch(/张三|三里|飞线|同意销号/)

    await asOwner(ledgers(env).get(street.ledger) as D1Database, () =>
      street.db.update(hazardEvents).set({ said: '改过' }).where(eq(hazardEvents.hazardId, id)),
    )
    expect(await firstBroken(await events(), head, sha256)).toBe(1)
    // Erased words leave the chain whole: only their digest was ever sealed.
    await street.db
      .update(hazardEvents)
      .set({ said: null, texts: null, salt: null })
      .where(eq(hazardEvents.hazardId, id))
    expect(await firstBroken(await events(), head, sha256)).toBe(null)
  })

  it('starts a new round when reopened, and leaves the old one as it was', async ({ expect }) => {
    const street = await aStreet()
    const crew = await aCrew(street)
    const id = await closed(street, crew)
    await expect(courseOf(street, id).reopen(crew.grid)).rejects.toMatchObject({ slug: 'forbidden' })
    await expect(courseOf(street, id).reopen(crew.admin)).rejects.toMatchObject({
      slug: 'rule-broken',
      detail: expect.stringContaining('销号人'),
    })
    await courseOf(street, id).reopen(crew.inspector)
    expect(await read(street, crew.admin, id)).toMatchObject({ state: 'filed', round: 2, dueOn: null, closedAt: null })
    // A late retry that names the old round does nothing to the new one.
    await expect(courseOf(street, id, 1).assign(crew.admin)).rejects.toMatchObject({ slug: 'rule-broken' })
    await courseOf(street, id, 2).assign(crew.admin)
    expect(await read(street, crew.admin, id)).toMatchObject({ state: 'assigned', round: 2 })
  })

  it('is voided by two people, or kept', async ({ expect }) => {
    const street = await aStreet()
    const crew = await aCrew(street)
    const id = await filed(street, crew.grid)
    const course = courseOf(street, id)
    await course.proposeVoid(crew.admin)
    await expect(course.assign(crew.admin)).rejects.toMatchObject({ slug: 'rule-broken' })
    await expect(course.decideVoid(crew.admin, 'void')).rejects.toMatchObject({
      detail: expect.stringContaining('由他人审核'),
    })
    await course.decideVoid(crew.second, 'keep')
    await course.assign(crew.admin)
    await course.proposeVoid(crew.inspector)
    await course.decideVoid(crew.admin, 'void')
    expect(await read(street, crew.admin, id)).toMatchObject({ state: 'voided', voidAsked: false, next: [] })
  })

  it('makes a major only by the district, and closes it by three people who did not put it right', async ({
    expect,
  }) => {
    const district = await aDistrict()
    const street = await aStreet(district)
    const crew = await aCrew(street)
    const id = await filed(street, crew.grid, { level: 'suspected' })
    const course = courseOf(street, id)
    await course.assign(crew.admin)
    await course.rectify(crew.principal)
    await expect(course.recheck(crew.inspector)).rejects.toMatchObject({ detail: expect.stringContaining('认定') })

    const overseer = await district.overseer()
    const param = { districtId: district.id, streetId: street.id, hazardId: id, round: '1' }
    const determination =
      clientFor(overseer).districts[':districtId'].hazards[':streetId'][':hazardId'].rounds[':round'].determination
    await determination.$put({ param, json: { level: 'major', words: '符合判定情形', document: '测安办〔2026〕1号' } })
    await expect(determination.$put({ param, json: { level: 'ordinary', words: '再次' } })).rejects.toMatchObject({
      slug: 'rule-broken',
    })

    // Clause 1.1-a: which control measure let it arise.
    await expect(course.recheck(crew.inspector)).rejects.toMatchObject({ detail: expect.stringContaining('管控措施') })
    await course.nameMeasure(crew.inspector)
    await course.recheck(crew.inspector)
    await expect(course.recheck(crew.inspector)).rejects.toMatchObject({ slug: 'rule-broken' })
    await expect(course.close(crew.second)).rejects.toMatchObject({ slug: 'rule-broken' })
    await course.recheck(crew.admin)
    await expect(course.close(crew.admin)).rejects.toMatchObject({ detail: expect.stringContaining('复查人不能销号') })
    await course.close(crew.second)
    const record = await read(street, crew.admin, id)
    expect(record).toMatchObject({ level: 'major', state: 'closed' })
    expect(record.deeds.find(({ deed }) => deed === 'determine')).toMatchObject({
      by: overseer,
      role: 'district-admin',
      name: null,
    })
  })
})

describe('races', () => {
  it('lets one of two people win, and tells the other that somebody was first', async ({ expect }) => {
    const street = await aStreet()
    const crew = await aCrew(street)
    const id = await filed(street, crew.grid)
    const course = courseOf(street, id)
    const tries = await Promise.allSettled(
      [crew.admin, crew.second, crew.admin, crew.second].map((who) => course.assign(who)),
    )
    const lost = tries.flatMap((t) => (t.status === 'rejected' ? [t.reason] : []))
    expect(tries.filter((t) => t.status === 'fulfilled').length).toBeGreaterThanOrEqual(1)
    for (const reason of lost) expect(reason).toMatchObject({ slug: 'stale', status: 409 })
    const { deeds, version } = await read(street, crew.admin, id)
    expect(deeds).toHaveLength(version)
    expect(deeds).toHaveLength(1 + tries.length - lost.length)
  })

  it('numbers without a gap or a double however many file at once', async ({ expect }) => {
    const street = await aStreet()
    const crew = await aCrew(street)
    const drafts = await Promise.all(Array.from({ length: 20 }, () => street.draft()))
    const { hazards } = clientFor(crew.grid).streets[':streetId']
    const param = { streetId: street.id }
    // A refused one in between takes no number with it.
    const wrong = await street.draft({ gridId: street.places.third })
    await Promise.allSettled([...drafts, wrong].map((json) => hazards.$post({ param, json })))
    const { items } = await parseResponse(hazards.$get({ param, query: { limit: '50' } }))
    const serials = items.map(({ number }) => Number(number.slice(-5))).sort((a, b) => a - b)
    expect(serials).toEqual(Array.from({ length: 20 }, (_, at) => at + 1))
  })
})

describe('the list', () => {
  it('shows each reach its own and nothing else, filters and pages', async ({ expect }) => {
    const street = await aStreet()
    const crew = await aCrew(street)
    const { first, second, third, east, west, shop, garage } = street.places
    await filed(street, crew.admin, { gridId: first, source: 'street-check' })
    await filed(street, crew.admin, { gridId: second, enterpriseId: null, source: 'street-check', category: 'wiring' })
    await filed(street, crew.admin, { gridId: third, communityId: west, enterpriseId: garage, source: 'street-check' })
    const param = { streetId: street.id }
    const listed = async (who: PersonId, query: Record<string, string> = {}) =>
      (await parseResponse(clientFor(who).streets[':streetId'].hazards.$get({ param, query }))).items.map(
        ({ gridId }) => gridId,
      )
    const reaching = (ids: (typeof first)[]) => street.member('grid-worker', { within: 'grids', ids })

    expect(await listed(crew.admin)).toEqual([third, second, first])
    expect(await listed(crew.grid)).toEqual([first])
    expect(await listed(await reaching([first, third]))).toEqual([third, first])
    expect(await listed(await reaching([]))).toEqual([])
    expect(await listed(await street.member('community-secretary', { within: 'communities', ids: [east] }))).toEqual([
      second,
      first,
    ])
    expect(await listed(crew.principal)).toEqual([first])
    expect(await listed(crew.admin, { communityId: west })).toEqual([third])
    expect(await listed(crew.admin, { enterpriseId: shop })).toEqual([first])
    expect(await listed(crew.admin, { category: 'wiring' })).toEqual([second])
    expect(await listed(crew.admin, { number: '2' })).toEqual([])
    expect(await listed(crew.admin, { number: `〔${new Date().getFullYear()}〕2` })).toEqual([second])
    expect(await listed(crew.admin, { open: 'no' })).toEqual([])
    // Nor does a filter widen a reach.
    expect(await listed(crew.grid, { gridId: third })).toEqual([])
    expect(await listed(crew.grid, { number: `${new Date().getFullYear()}-3` })).toEqual([])

    const pages: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: { items: { id: string }[]; next: string | null } = await parseResponse(
        clientFor(crew.admin).streets[':streetId'].hazards.$get({
          param,
          query: { limit: '1', ...(cursor && { cursor }) },
        }),
      )
      pages.push(...page.items.map(({ id }) => id))
      cursor = page.next
    }
    expect(new Set(pages).size).toBe(3)
    expect(pages).toHaveLength(3)
  })
})
