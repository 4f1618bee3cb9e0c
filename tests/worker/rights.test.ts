import { env } from 'cloudflare:workers'
import { describe, it } from 'vitest'
import { firstBroken } from '@app/shared/events/chain'
import { sealedOf } from '@app/shared/hazards/effects'
import type { PersonId, PostId, SeatId } from '@app/shared/ids'
import { dayOf } from '@app/shared/time'
import { ledgers, openDirectory } from '../../worker/db/client'
import { sessions, streetPosts, users } from '../../worker/db/directory'
import { auditLog, hazardEvents, hazards, people, posts, seats } from '../../worker/db/ledger'
import { and, asc, eq } from '../../worker/db/operators'
import { initialsOf } from '../../worker/pinyin'
import { sha256 } from '../../worker/sha256'
import { aCrew, courseOf, filed } from './course'
import { asked, downloaded, made, unpacked } from './packages'
import { aDistrict, anId, aStreet, send, wholeStreet } from './street'

const directory = openDirectory(env)
const phone = '13987654321'

/** Somebody whose name and number stand wherever a name can stand, in every spelling that the product has for it. */
async function aMarked(marker: string) {
  const district = await aDistrict()
  const street = await aStreet(district)
  const crew = await aCrew(street)
  const who = await street.member('enterprise-manager', { within: 'enterprise', ids: [street.places.shop] })
  await directory.update(users).set({ name: marker }).where(eq(users.id, who))
  await street.db
    .update(people)
    .set({ name: marker, initials: initialsOf(marker) })
    .where(and(eq(people.streetId, street.id), eq(people.id, who)))
  const here = `/api/streets/${street.id}`
  const at = (rest: string) => `${here}/people/${who}/${rest}`
  /** As the administrator, and loud when it was refused. */
  const manage = async (method: string, path: string, body?: object) => {
    const response = await send(crew.admin, method, path, { ...(body && { body }) })
    if (response.status >= 300) throw new Error(`${method} ${path}: ${await response.text()}`)
  }
  await manage('PUT', at('phone'), { phone })
  const second = { id: anId<PostId>('pst'), role: 'inspector', reach: wholeStreet, title: `代${marker}巡查` }
  await manage('POST', at('posts'), second)
  const seat = { id: anId<SeatId>('sea'), seat: 'member', personId: who, name: marker, title: `${marker}副组长` }
  await manage('POST', `${here}/organisation/seats`, { ...seat, from: dayOf(Date.now()) })
  // Somebody entered the name once more without saying whose it is.
  const loose = { id: anId<SeatId>('sea'), seat: 'member', personId: null, name: marker, title: `${marker}组员` }
  await manage('POST', `${here}/organisation/seats`, { ...loose, from: dayOf(Date.now()) })
  const mine = await filed(street, crew.grid, { description: `店主${marker}在场`, place: `${marker}店门口` })
  const course = courseOf(street, mine)
  await course.assign(crew.admin, { responsibleId: who, responsible: `${marker}（店主）`, measures: `由${marker}清理` })
  const other = await filed(street, crew.grid, { description: `见${marker}处` })
  await courseOf(street, other).assign(crew.admin, { responsible: '李四' })
  await send(crew.admin, 'PUT', `${here}/holds/${other}`, { body: { why: `${marker}申请复议` } })
  const finish = async () => {
    await course.rectify(who)
    await course.recheck(crew.inspector)
    await course.close(crew.admin)
  }
  /** Ends the seat and both posts; only with the last post does the person leave. */
  const leave = async () => {
    await manage('PUT', `${here}/organisation/seats/${seat.id}/end`, { on: dayOf(Date.now()) })
    for (const postId of [second.id, await street.postOf(who)]) await manage('DELETE', at(`posts/${postId}`))
  }
  return { district, street, crew, who, here, at, mine, other, seat, second, finish, leave }
}

/** How often a text stands anywhere in a database, and where. */
async function found(db: D1Database, text: string): Promise<string[]> {
  const { results } = await db
    .prepare(
      `select name from sqlite_master where type = 'table' and name not like '\\_%' escape '\\' and name not like 'sqlite%'`,
    )
    .all<{ name: string }>()
  const rows = await db.batch(results.map(({ name }) => db.prepare(`select * from "${name}"`)))
  return rows.flatMap(({ results: all }, i) =>
    all.filter((row) => JSON.stringify(row).includes(text)).map(() => results[i]?.name ?? ''),
  )
}

describe('somebody’s data', () => {
  it('are copied whole, with a line on record, by who may', async ({ expect }) => {
    const { street, crew, who, at, mine, finish } = await aMarked('查阅标记人')
    await finish()
    const response = await send(crew.admin, 'GET', at('copy'))
    expect(await response.json()).toMatchObject({
      person: { id: who, name: '查阅标记人', phone, until: null },
      responsibleFor: [{ id: mine, responsible: '查阅标记人（店主）' }],
      deeds: [{ hazardId: mine, deed: 'rectify', words: '已整改' }],
      photos: [{ id: expect.any(String) }],
      audit: expect.arrayContaining([expect.objectContaining({ actor: who, capability: 'hazard.rectify' })]),
      whole: true,
    })
    const lines = await street.db
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.streetId, street.id), eq(auditLog.capability, 'person.rights')))
    expect(lines).toMatchObject([{ actor: crew.admin, subject: who }])
    expect((await send(crew.inspector, 'GET', at('copy'))).status).toBe(403)
    const neighbour = await aStreet()
    const spy = await neighbour.member('street-admin')
    expect((await send(spy, 'GET', `/api/streets/${neighbour.id}/people/${who}/copy`)).status).toBe(404)
  })

  it('are put right in the ledger and in the account, but not in an account that serves elsewhere too', async ({
    expect,
  }) => {
    const { street, crew, who, here, at } = await aMarked('更正标记人')
    const put = (id: string, name: string) => send(crew.admin, 'PUT', `${here}/people/${id}/name`, { body: { name } })
    expect((await put(who, '改正后')).status).toBe(204)
    expect((await directory.select().from(users).where(eq(users.id, who)))[0]?.name).toBe('改正后')
    const other = await aStreet()
    await other.post(who, 'inspector')
    expect((await put(who, '再改')).status).toBe(204)
    expect((await directory.select().from(users).where(eq(users.id, who)))[0]?.name).toBe('改正后')
    const [row] = await street.db
      .select()
      .from(people)
      .where(and(eq(people.streetId, street.id), eq(people.id, who)))
    expect(row?.name).toBe('再改')
    const stranger = await other.member('inspector')
    expect((await put(stranger, '外人')).status).toBe(404)
    expect((await directory.select().from(users).where(eq(users.id, stranger)))[0]?.name).toBe('测试人员')
    expect(at('name')).toContain(who)
  })

  it('are erased so that nothing names the person, and every chain still holds', async ({ expect }) => {
    const marker = '删除标记人'
    const { district, street, crew, who, at, mine, other, seat, second, finish, leave } = await aMarked(marker)
    const db = ledgers(env).get(district.ledger) as D1Database
    expect((await found(db, marker)).length).toBeGreaterThan(5)
    expect(await found(db, marker)).toEqual(expect.arrayContaining(['people', 'posts', 'seats', 'hazards', 'holds']))
    expect(await found(env.DIRECTORY, marker)).toEqual(expect.arrayContaining(['users', 'street_posts']))
    const person = async () =>
      (
        await street.db
          .select()
          .from(people)
          .where(and(eq(people.streetId, street.id), eq(people.id, who)))
      )[0]
    expect((await person())?.initials).toBe('scbjr')

    // Not while something is open under that name, nor while the post is held.
    const early = await send(crew.admin, 'POST', at('erasure'))
    expect(early.status).toBe(409)
    expect(await early.text()).toMatch(/未办结.*〔\d{4}〕/)
    await finish()
    expect(await (await send(crew.admin, 'POST', at('erasure'))).text()).toContain('先停用其岗位')
    expect((await person())?.until).toBe(null)
    await leave()
    expect((await person())?.until).toBeGreaterThan(0)
    expect((await send(crew.inspector, 'POST', at('erasure'))).status).toBe(403)
    expect((await send(crew.admin, 'POST', at('erasure'))).status).toBe(204)

    expect(await found(db, marker)).toEqual([])
    expect(await found(env.DIRECTORY, marker)).toEqual([])
    expect(await found(db, phone)).toEqual([])
    expect(await person()).toMatchObject({ initials: '', phoneSealed: null, phoneMask: null })
    // Posts and seats stay, told apart, with nothing that names the person.
    const inLedger = await street.db
      .select({ id: posts.id, title: posts.title })
      .from(posts)
      .where(and(eq(posts.streetId, street.id), eq(posts.personId, who)))
    expect(inLedger).toHaveLength(2)
    expect(inLedger).toContainEqual({ id: second.id, title: null })
    const atGate = await directory.select().from(streetPosts).where(eq(streetPosts.userId, who))
    expect(atGate.map(({ title, state }) => [title, state])).toEqual([
      [null, 'ended'],
      [null, 'ended'],
    ])
    const sat = await street.db
      .select()
      .from(seats)
      .where(and(eq(seats.streetId, street.id), eq(seats.id, seat.id)))
    expect(sat).toMatchObject([{ personId: who, name: expect.stringMatching(/^已注销人员/), title: '（已注销）' }])
    const { objects } = await env.EVIDENCE.list({
      prefix: `streets/${street.id}/`,
      include: ['customMetadata', 'httpMetadata'],
    })
    expect(JSON.stringify(objects)).not.toContain(marker)
    for (const path of ['people', 'hazards?open=no', `hazards/${mine}`, `hazards/${other}`, 'audit'])
      expect(await (await send(crew.admin, 'GET', `/api/streets/${street.id}/${path}`)).text(), path).not.toContain(
        marker,
      )
    // Nor does the street take the name along, or lay it by.
    const { id: exportId, passphrase } = await asked(street.id, crew.admin)
    await made(street.id, exportId)
    const { files, opened } = await unpacked(await downloaded(street.id, exportId, crew.admin), passphrase)
    const packed = [...[...files.values()].map((bytes) => new TextDecoder().decode(bytes)), ...opened.values()].join()
    expect(packed).toContain('已注销人员')
    for (const gone of [marker, phone]) expect(packed).not.toContain(gone)

    // The pseudonym stays: who did what can still be told apart.
    const lines = await street.db
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.streetId, street.id), eq(auditLog.actor, who)))
    expect(lines.map(({ capability }) => capability)).toEqual(['hazard.rectify'])
    expect(await directory.select().from(sessions).where(eq(sessions.userId, who))).toEqual([])
    for (const id of [mine, other]) {
      const events = await street.db
        .select()
        .from(hazardEvents)
        .where(and(eq(hazardEvents.streetId, street.id), eq(hazardEvents.hazardId, id)))
        .orderBy(asc(hazardEvents.seq))
      const [row] = await street.db
        .select()
        .from(hazards)
        .where(and(eq(hazards.streetId, street.id), eq(hazards.id, id)))
      expect(await firstBroken(events.map(sealedOf), row?.head ?? '', sha256)).toBe(null)
      // What others said of other things stays.
      expect(JSON.stringify(row)).toMatch(/（已注销）/)
    }
    expect((await send(crew.admin, 'POST', at('erasure'))).status).toBe(409)
    expect((await send(crew.admin, 'PUT', at('phone'), { body: { phone } })).status).toBe(409)
    expect(
      (await send(crew.admin, 'POST', `/api/streets/${street.id}/people/${anId<PersonId>('usr')}/erasure`)).status,
    ).toBe(404)
  }, 60_000)

  it('of a namesake elsewhere are not touched', async ({ expect }) => {
    const marker = '同名标记人'
    const [here, there] = [await aMarked(marker), await aMarked(marker)]
    const kept = () =>
      Promise.all([
        there.street.db.select().from(hazards).where(eq(hazards.streetId, there.street.id)),
        there.street.db.select().from(seats).where(eq(seats.streetId, there.street.id)),
        there.street.db.select().from(posts).where(eq(posts.streetId, there.street.id)),
        directory.select().from(streetPosts).where(eq(streetPosts.streetId, there.street.id)),
      ])
    const before = await kept()
    await here.finish()
    await here.leave()
    expect((await send(here.crew.admin, 'POST', here.at('erasure'))).status).toBe(204)
    expect(await kept()).toEqual(before)
    expect((await directory.select().from(users).where(eq(users.id, there.who)))[0]?.name).toBe(marker)
  })
})

describe('the notice of what is kept', () => {
  it('is noted as read once, by whoever is signed in', async ({ expect }) => {
    const street = await aStreet()
    const who = await street.member('grid-worker', { within: 'grids', ids: [street.places.first] })
    const me = async () =>
      (await (await send(who, 'GET', '/api/me')).json<{ noticeSeenAt: number | null }>()).noticeSeenAt
    expect(await me()).toBe(null)
    expect((await send(null, 'PUT', '/api/me/notice')).status).toBe(401)
    expect((await send('made-up', 'PUT', '/api/me/notice')).status).toBe(401)
    expect((await send(who, 'PUT', '/api/me/notice', { now: Date.now() })).status).toBe(204)
    const first = await me()
    expect(first).toBeGreaterThan(0)
    expect((await send(who, 'PUT', '/api/me/notice', { now: Date.now() + 1_000 })).status).toBe(204)
    expect(await me()).toBe(first)
  })
})
