import { env } from 'cloudflare:workers'
import { describe, it } from 'vitest'
import type { EnterpriseId } from '@app/shared/ids'
import { codeStandsFor, joiningStandsFor, mostWaiting } from '@app/shared/joining/schema'
import type { Reach } from '@app/shared/reach'
import { day, hour } from '@app/shared/time'
import { forgetOldSignIns } from '../../worker/auth/sign-in'
import { openDirectory } from '../../worker/db/client'
import { invitedPosts, joiningCodes, joinings, posters, securityEvents, streetPosts } from '../../worker/db/directory'
import { enterprises } from '../../worker/db/ledger'
import { and, eq } from '../../worker/db/operators'
import { aJoining, join, posterOf, scanned } from './joined'
import { aStreet, app, send, type Street } from './street'
import { Visitor } from './visitor'

const directory = openDirectory(env)
/** Accounts cost a real hash each, and the machine may be busy. */
const patient = { timeout: 120_000 }
const password = '我家门前有三棵很大的榕树呀'

const at = (street: Street, enterpriseId: EnterpriseId, what: string) =>
  `/api/streets/${street.id}/enterprises/${enterpriseId}/${what}`
async function digits(street: Street, who: Parameters<typeof send>[0], role: string, now?: number) {
  const made = await send(who, 'POST', at(street, street.places.shop, 'joining-codes'), {
    body: { role },
    ...(now !== undefined && { now }),
  })
  if (made.status !== 201) throw new Error(await made.text())
  return (await made.json<{ code: string }>()).code
}
const account = (token: string, visitor = new Visitor()) =>
  visitor.ask('PUT', '/api/post-invitation/account', {
    body: { token, name: '示例人', username: `j.${Math.random().toString(36).slice(2, 10)}`, password },
  })
const scan = (code: string) => app.request(`/q/${code}`, {}, env)

async function aShop() {
  const street = await aStreet()
  const admin = await street.member('street-admin')
  const grid = await street.member('grid-worker', { within: 'grids', ids: [street.places.first] })
  const code = await posterOf(street, grid, street.places.shop)
  return { street, admin, grid, code, pass: scanned(code) }
}

describe('a poster', patient, () => {
  it('keeps its address, opens a small page without script, and hands on what changes every half hour', async ({
    expect,
  }) => {
    const { street, grid, code } = await aShop()
    expect(await posterOf(street, grid, street.places.shop)).toBe(code)
    const answer = await scan(code.toLowerCase())
    const page = await answer.text()
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(page).toContain('示例小店')
    expect(page).not.toMatch(/<script/)
    expect(page.length).toBeLessThan(20_000)
    const handed = /\/join#([^"]+)"/.exec(page)?.[1] ?? ''
    const now = Date.now()
    expect(handed).toBe(scanned(code, now))
    expect(scanned(code, now + codeStandsFor)).not.toBe(handed)
    const view = (pass: string, later = 0) =>
      new Visitor().ask('POST', '/api/joining/view', { body: { pass }, now: now + later })
    expect((await view(handed)).json).toMatchObject({ unit: '示例小店', hasPrincipal: false })
    expect((await view(handed, codeStandsFor)).status).toBe(200)
    expect((await view(handed, 2 * codeStandsFor)).status).toBe(404)
    expect((await view(`${code}.${handed.split('.')[1]}.${'0'.repeat(64)}`)).status).toBe(404)
    expect((await view(`${code}.99999999.${handed.split('.')[2]}`)).status).toBe(404)
  })

  it('leads nowhere once it is revoked, and the next one has another address', async ({ expect }) => {
    const { street, grid, code, pass } = await aShop()
    expect((await send(grid, 'DELETE', at(street, street.places.shop, 'poster'), { body: {} })).status).toBe(204)
    expect((await send(grid, 'DELETE', at(street, street.places.shop, 'poster'), { body: {} })).status).toBe(404)
    const gone = await scan(code)
    expect(gone.status).toBe(404)
    // Told like one that never was.
    expect(await gone.text()).toBe(await (await scan('ZZZZZZZZZZZZ')).text())
    expect((await join({ pass, role: 'enterprise-manager', name: '示例人' })).status).toBe(404)
    const next = await posterOf(street, grid, street.places.shop)
    expect(next).not.toBe(code)
    expect((await scan(next)).status).toBe(200)
    expect(await directory.select().from(posters).where(eq(posters.streetId, street.id))).toHaveLength(2)
  })

  it('is of a unit that is there, and within the reach of who makes it', async ({ expect }) => {
    const { street, grid, admin, code } = await aShop()
    expect((await send(grid, 'PUT', at(street, street.places.garage, 'poster'), { body: {} })).status).toBe(404)
    expect(
      (
        await send(grid, 'POST', at(street, street.places.garage, 'joining-codes'), {
          body: { role: 'enterprise-manager' },
        })
      ).status,
    ).toBe(404)
    const found = (who: typeof grid) => send(who, 'GET', `/api/streets/${street.id}/enterprises/posters/${code}`)
    expect(await (await found(grid)).json()).toEqual({ enterpriseId: street.places.shop })
    const far = await street.member('grid-worker', { within: 'grids', ids: [street.places.third] })
    expect((await found(far)).status).toBe(404)
    const elsewhere = await aStreet()
    const stranger = await elsewhere.member('street-admin')
    expect((await send(stranger, 'GET', `/api/streets/${elsewhere.id}/enterprises/posters/${code}`)).status).toBe(404)
    expect((await found(admin)).status).toBe(200)
    await street.db
      .update(enterprises)
      .set({ standing: 'closed' })
      .where(and(eq(enterprises.streetId, street.id), eq(enterprises.id, street.places.shop)))
    expect((await scan(code)).status).toBe(404)
  })

  it('is one, however many make it at once', async ({ expect }) => {
    const street = await aStreet()
    const admin = await street.member('street-admin')
    const made = await Promise.all(Array.from({ length: 6 }, () => posterOf(street, admin, street.places.shop)))
    expect(new Set(made).size).toBe(1)
    expect(await directory.select().from(posters).where(eq(posters.streetId, street.id))).toHaveLength(1)
  })
})

describe('six digits', patient, () => {
  it('let one person in, once, within half an hour, as what they were told for', async ({ expect }) => {
    const { street, grid, pass } = await aShop()
    const code = await digits(street, grid, 'enterprise-principal')
    expect(code).toMatch(/^\d{6}$/)
    const [kept] = await directory.select().from(joiningCodes).where(eq(joiningCodes.streetId, street.id))
    expect(JSON.stringify(kept)).not.toContain(code)
    const asked = { pass, role: 'enterprise-principal', name: '示例人', code }
    expect((await join({ ...asked, role: 'enterprise-manager' })).json.errors[0].pointer).toBe('/code')
    const twins = await Promise.all([join(asked), join(asked)])
    expect(twins.map(({ status }) => String(status)).sort()).toEqual(['201', '422'])
    const { token } = twins.find(({ status }) => status === 201)?.json ?? {}
    const visitor = new Visitor()
    const opened = await account(token, visitor)
    expect(opened.status, opened.text).toBe(200)
    expect((await visitor.me()).json.posts).toMatchObject([{ id: street.id, role: 'enterprise-principal' }])
    const own = await visitor.ask('GET', at(street, street.places.shop, '').replace(/\/$/, ''))
    expect(own.json.people).toMatchObject([{ name: '示例人', role: 'enterprise-principal' }])
    expect((await visitor.ask('GET', at(street, street.places.garage, '').replace(/\/$/, ''))).status).toBe(404)
    // Who manages the unit's digits is the street alone.
    expect(
      (
        await visitor.ask('POST', at(street, street.places.shop, 'joining-codes'), {
          body: { role: 'enterprise-manager' },
        })
      ).status,
    ).toBe(403)
    const [lines] = [await directory.select().from(securityEvents).where(eq(securityEvents.ownerId, street.id))]
    expect(lines.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['poster-issued', 'joining-code-made', 'joining-asked', 'post-accepted']),
    )
    expect(JSON.stringify(lines)).not.toContain(code)
  })

  it('are void once others are told, and over by time', async ({ expect }) => {
    const { street, grid, pass } = await aShop()
    const now = Date.now()
    const first = await digits(street, grid, 'enterprise-manager', now)
    const second = await digits(street, grid, 'enterprise-manager', now)
    const asked = { pass, role: 'enterprise-manager', name: '示例人' }
    if (first !== second) expect((await join({ ...asked, code: first }, { now })).status).toBe(422)
    expect((await join({ ...asked, code: second }, { now: now + codeStandsFor })).status).toBe(422)
    expect((await join({ ...asked, code: second }, { now: now + codeStandsFor - 1 })).status).toBe(201)
  })

  it('are guessed at five times, from ever other addresses, and not a sixth', async ({ expect }) => {
    const { street, grid, pass } = await aShop()
    const right = await digits(street, grid, 'enterprise-manager')
    const wrong = right === '000000' ? '000001' : '000000'
    const asked = { pass, role: 'enterprise-manager', name: '示例人' }
    for (let n = 0; n < 5; n++) expect((await join({ ...asked, code: wrong })).status).toBe(422)
    expect((await join({ ...asked, code: right })).status).toBe(429)
    // Whoever has none can still ask the street.
    expect((await join(asked)).json.state).toBe('waiting')
  })
})

describe('a request without digits', patient, () => {
  it('waits for the street, is approved once, and makes the account in the browser that asked', async ({ expect }) => {
    const { street, admin, grid, pass } = await aShop()
    const { token, state } = (await join({ pass, role: 'enterprise-manager', name: '示例人' })).json
    expect(state).toBe('waiting')
    const ask = (given: string) => new Visitor().ask('POST', '/api/joining/state', { body: { token: given } })
    expect((await ask(token)).json).toMatchObject({ state: 'waiting', unit: '示例小店' })
    expect((await ask('A'.repeat(43))).status).toBe(404)
    expect((await account(token)).status).toBe(404)
    expect((await send(grid, 'GET', `/api/streets/${street.id}/joinings`)).status).toBe(403)
    const listed = await (
      await send(admin, 'GET', `/api/streets/${street.id}/joinings`)
    ).json<{ items: { id: string }[] }>()
    expect(listed.items).toMatchObject([{ name: '示例人', unit: '示例小店', role: 'enterprise-manager' }])
    expect(JSON.stringify(listed)).not.toContain('token')
    const path = `/api/streets/${street.id}/joinings/${listed.items[0]?.id}/decision`
    const other = await aStreet()
    const stranger = await other.member('street-admin')
    expect((await send(stranger, 'PUT', path.replace(street.id, other.id), { body: { approved: true } })).status).toBe(
      404,
    )
    const deputy = await street.member('street-admin')
    const both = await Promise.all([
      send(admin, 'PUT', path, { body: { approved: true } }),
      send(deputy, 'PUT', path, { body: { approved: true } }),
    ])
    expect(both.map(({ status }) => String(status)).sort()).toEqual(['204', '409'])
    expect(await directory.select().from(invitedPosts).where(eq(invitedPosts.streetId, street.id))).toHaveLength(1)
    expect((await ask(token)).json.state).toBe('invited')
    expect((await account(token)).status).toBe(200)
    expect((await account(token)).status).toBe(404)
  })

  it('is refused with a reason that the one who asked reads', async ({ expect }) => {
    const { street, admin, pass } = await aShop()
    const { token } = (await join({ pass, role: 'enterprise-manager', name: '示例人' })).json
    const { items } = await (
      await send(admin, 'GET', `/api/streets/${street.id}/joinings`)
    ).json<{ items: { id: string }[] }>()
    const path = `/api/streets/${street.id}/joinings/${items[0]?.id}/decision`
    expect((await send(admin, 'PUT', path, { body: { approved: false } })).status).toBe(422)
    expect((await send(admin, 'PUT', path, { body: { approved: false, why: '本单位无此人' } })).status).toBe(204)
    expect((await send(admin, 'PUT', path, { body: { approved: true } })).status).toBe(409)
    const state = await new Visitor().ask('POST', '/api/joining/state', { body: { token } })
    expect(state.json).toMatchObject({ state: 'refused', why: '本单位无此人' })
    expect((await account(token)).status).toBe(404)
  })

  it('is one of five that wait for a unit, is over after a week, and forgotten a month later', async ({ expect }) => {
    const { street, admin, pass } = await aShop()
    for (let n = 0; n < mostWaiting; n++) await aJoining(street, admin, street.places.shop)
    expect((await join({ pass, role: 'enterprise-manager', name: '示例人' })).json.detail).toContain('5 份申请')
    const later = Date.now() + joiningStandsFor
    const seen = await send(admin, 'GET', `/api/streets/${street.id}/joinings`, { now: later })
    expect(await seen.json()).toEqual({ items: [] })
    await forgetOldSignIns(env, later + 29 * day)
    expect(await directory.select().from(joinings).where(eq(joinings.streetId, street.id))).toHaveLength(mostWaiting)
    await forgetOldSignIns(env, later + 30 * day + hour)
    expect(await directory.select().from(joinings).where(eq(joinings.streetId, street.id))).toHaveLength(0)
  })
})

describe('an enterprise’s principal', patient, () => {
  it('is one: no digits, no request and no appointment makes another while the post lasts', async ({ expect }) => {
    const { street, admin, grid, pass } = await aShop()
    const as: Reach = { within: 'enterprise', ids: [street.places.shop] }
    const code = await digits(street, grid, 'enterprise-principal')
    const first = (await join({ pass, role: 'enterprise-principal', name: '甲', code })).json.token
    const again = await digits(street, grid, 'enterprise-principal')
    const second = (await join({ pass, role: 'enterprise-principal', name: '乙', code: again })).json.token
    const waiting = (await join({ pass, role: 'enterprise-principal', name: '丙' })).json.token
    const opened = await Promise.all([account(first), account(second)])
    expect(opened.map(({ status }) => String(status)).sort()).toEqual(['200', '409'])
    expect(opened.find(({ status }) => status === 409)?.json.detail).toContain('只有一名主要负责人')
    const standing = await directory
      .select()
      .from(streetPosts)
      .where(and(eq(streetPosts.streetId, street.id), eq(streetPosts.role, 'enterprise-principal')))
    expect(standing).toHaveLength(1)
    expect(
      (
        await send(grid, 'POST', at(street, street.places.shop, 'joining-codes'), {
          body: { role: 'enterprise-principal' },
        })
      ).status,
    ).toBe(409)
    expect((await join({ pass, role: 'enterprise-principal', name: '丁' })).status).toBe(409)
    const { items } = await (
      await send(admin, 'GET', `/api/streets/${street.id}/joinings`)
    ).json<{ items: { id: string }[] }>()
    const decision = `/api/streets/${street.id}/joinings/${items[0]?.id}/decision`
    expect((await send(admin, 'PUT', decision, { body: { approved: true } })).status).toBe(409)
    expect((await account(waiting)).status).toBe(404)
    await expect(street.member('enterprise-principal', as)).rejects.toThrow()
    // Another unit has its own, and once the post has ended there may be a next.
    await street.member('enterprise-principal', { within: 'enterprise', ids: [street.places.garage] })
    await directory
      .update(streetPosts)
      .set({ state: 'ended' })
      .where(eq(streetPosts.id, standing[0]?.id as never))
    await street.member('enterprise-principal', as)
  })
})
