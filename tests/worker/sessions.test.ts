import type { PostId } from '@app/shared/ids'
import { env } from 'cloudflare:workers'
import { describe, it } from 'vitest'
import { day, hour } from '@app/shared/time'
import { hashPassword, verifyPassword } from '../../worker/auth/passwords'
import { openDirectory } from '../../worker/db/client'
import { districtPosts, sessions, signInLimits, streetPosts } from '../../worker/db/directory'
import { eq } from '../../worker/db/operators'
import { scheduled } from '../../worker/platform/schedule'
import { anId, aDistrict, aStreet, send } from './street'
import { Visitor, anAccount, password, signedIn } from './visitor'

const directory = openDirectory(env)
/** Each try costs a real hash, and the machine may be busy. */
const patient = { timeout: 180_000 }
const minute = 60_000

describe('signing in', patient, () => {
  it('gives a cookie that only this host over https ever sees', async ({ expect }) => {
    const { username, id } = await anAccount()
    const visitor = new Visitor()
    const { status, set, json } = await visitor.signIn(username)
    expect([status, json]).toEqual([200, { next: null }])
    expect(set.map((one) => one.split('=')[0])).toEqual(['__Host-zhiben-device', '__Host-zhiben'])
    for (const one of set) {
      for (const attribute of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']) expect(one).toContain(attribute)
      expect(one).not.toMatch(/Domain=/i)
    }
    expect((await visitor.me()).json).toMatchObject({
      id,
      name: '测试',
      username,
      posts: [],
      security: { next: null, secondFactor: false, session: { kind: 'desk', idleFor: 30 * minute } },
    })
    // On localhost browsers take neither the prefix nor Secure.
    const local = await new Visitor({ host: 'http://localhost:8787' }).signIn(username)
    expect(local.set.map((one) => one.split('=')[0])).toEqual(['zhiben-device', 'zhiben'])
    expect(local.set.join()).not.toMatch(/Secure/)
  })

  it('ignores case and blanks around a name, and nothing about a password', async ({ expect }) => {
    const { username } = await anAccount()
    expect((await new Visitor().signIn(` ${username.toUpperCase()} `)).status).toBe(200)
    expect((await new Visitor().signIn(username, password.toUpperCase())).status).toBe(401)
    expect((await new Visitor().signIn(username, `${password} `)).status).toBe(401)
  })

  it('is open to nobody who has no account, nor by any door but its own', async ({ expect }) => {
    for (const path of ['sign-up/email', 'sign-in/email', 'sign-in/username', 'get-session', 'two-factor/enable']) {
      for (const method of ['POST', 'GET']) {
        const { status, set } = await new Visitor().ask(
          method,
          `/api/auth/${path}`,
          method === 'POST' ? { body: {} } : {},
        )
        expect([status, set], path).toEqual([404, []])
      }
    }
  })

  it('is refused from another origin, or in any form but JSON from our own pages', async ({ expect }) => {
    const { username } = await anAccount()
    const before = await directory.select().from(sessions)
    for (const origin of ['https://evil.example', 'null', '']) {
      const { status, set } = await new Visitor().signIn(username, password, { headers: { origin } })
      expect([status, set]).toEqual([403, []])
    }
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const { status, set } = await new Visitor().signIn(username, password, { headers: { 'content-type': type } })
      expect([status, set], type).toEqual([400, []])
    }
    expect(await directory.select().from(sessions)).toEqual(before)
  })
})

describe('a session', patient, () => {
  it('is another one after each sign-in, and none after signing out', async ({ expect }) => {
    const { username } = await anAccount()
    const visitor = await signedIn(username)
    const before = visitor.copy()
    await visitor.signIn(username)
    expect(visitor.session).not.toBe(before.session)
    expect((await visitor.me()).status).toBe(200)
    // Whatever was planted in this browser is worth nothing once somebody signs in with it.
    expect((await before.me()).status).toBe(401)
    const kept = visitor.copy()
    const out = await visitor.ask('DELETE', '/api/session')
    expect(out.status).toBe(204)
    expect(out.set.join()).toMatch(/Max-Age=0/i)
    expect((await kept.me()).status).toBe(401)
  })

  it('lies in the database as a digest that opens nothing', async ({ expect }) => {
    const { username, id } = await anAccount()
    const visitor = await signedIn(username)
    const [row] = await directory.select().from(sessions).where(eq(sessions.userId, id))
    expect(row?.token).toMatch(/^[0-9a-f]{64}$/)
    const token = decodeURIComponent(visitor.session ?? '').split('.')[0] ?? ''
    expect(JSON.stringify(row)).not.toContain(token)
    visitor.cookies.set('__Host-zhiben', row?.token ?? '')
    expect((await visitor.me()).status).toBe(401)
  })

  it('is worth nothing once tampered with or made up', async ({ expect }) => {
    const { username } = await anAccount()
    const visitor = await signedIn(username)
    const value = visitor.session ?? ''
    const token = decodeURIComponent(value).split('.')[0] ?? ''
    for (const forged of [token, `${token}.${'A'.repeat(43)}%3D`, `x${value}`, '1', `${value}x`]) {
      const other = visitor.copy()
      other.cookies.set('__Host-zhiben', forged)
      expect((await other.me()).status, forged).toBe(401)
    }
    expect((await visitor.me()).status).toBe(200)
  })

  it('is refused without its device, wherever it is presented', async ({ expect }) => {
    const street = await aStreet()
    const { id, username } = await anAccount()
    await directory
      .insert(streetPosts)
      .values({ id: anId<PostId>('pst'), streetId: street.id, userId: id, ...post('grid-worker') })
    const visitor = await signedIn(username, { from: 'phone' })
    const stolen = visitor.copy()
    stolen.forgetDevice()
    const elsewhere = visitor.copy()
    elsewhere.cookies.set('__Host-zhiben-device', 'A'.repeat(43))
    for (const path of ['/api/me', '/api/sessions', `/api/streets/${street.id}/hazards`]) {
      expect((await visitor.ask('GET', path)).status).toBe(200)
      for (const thief of [stolen, elsewhere]) expect((await thief.ask('GET', path)).status, path).toBe(401)
    }
  })

  it('at a desk ends after 30 idle minutes and twelve hours, a field phone’s after 14 and 90 days', async ({
    expect,
  }) => {
    const street = await aStreet()
    const district = street.district
    const [field, desk, both] = [await anAccount(), await anAccount(), await anAccount()]
    await directory.insert(streetPosts).values([
      { id: anId<PostId>('pst'), streetId: street.id, userId: field.id, ...post('grid-worker') },
      { id: anId<PostId>('pst'), streetId: street.id, userId: desk.id, ...post('street-admin') },
      { id: anId<PostId>('pst'), streetId: street.id, userId: both.id, ...post('community-secretary') },
    ])
    await directory
      .insert(districtPosts)
      .values({ districtId: district.id, userId: both.id, role: 'district-observer', state: 'active', since: 0 })
    const start = Date.now()
    const cases = [
      [field, 'phone', 'phone', 14 * day, 90 * day],
      [field, 'desk', 'desk', 30 * minute, 12 * hour],
      [desk, 'phone', 'desk', 30 * minute, 12 * hour],
      // One post at a desk is enough for a desk's session.
      [both, 'phone', 'desk', 30 * minute, 12 * hour],
    ] as const
    for (const [{ username, id }, from, kind, idle, total] of cases) {
      const visitor = await signedIn(username, { from, now: start })
      const see = (now: number) =>
        visitor.ask('GET', `/api/streets/${street.id}/hazards`, { now }).then((r) => r.status)
      const { session } = (await visitor.me({ now: start })).json.security
      expect(session).toEqual({ kind, expiresAt: start + total, idleFor: idle })
      expect(await see(start + idle - 1)).toBe(200)
      // Being used is written down behind the answer.
      await new Promise((resolve) => setTimeout(resolve, 20))
      expect(await see(start + 2 * idle - 2)).toBe(200)
      await new Promise((resolve) => setTimeout(resolve, 20))
      expect(await see(start + 3 * idle)).toBe(401)
      // In steady use it ends all the same.
      await directory
        .update(sessions)
        .set({ lastSeenAt: start + total })
        .where(eq(sessions.userId, id))
      expect(await see(start + total - 1)).toBe(200)
      expect(await see(start + total)).toBe(401)
      expect((await visitor.me({ now: start + total })).status).toBe(401)
    }
  })

  it('writes that it is used no more than once in three minutes', async ({ expect }) => {
    const street = await aStreet()
    const { id, username } = await anAccount()
    await directory
      .insert(streetPosts)
      .values({ id: anId<PostId>('pst'), streetId: street.id, userId: id, ...post('inspector') })
    const start = Date.now()
    const visitor = await signedIn(username, { now: start })
    const seen = async (now: number) => {
      await visitor.ask('GET', `/api/streets/${street.id}/hazards`, { now })
      await new Promise((resolve) => setTimeout(resolve, 20))
      const [row] = await directory.select().from(sessions).where(eq(sessions.userId, id))
      return (row?.lastSeenAt ?? 0) - start
    }
    expect(await seen(start + 3 * minute - 1)).toBe(0)
    expect(await seen(start + 3 * minute)).toBe(3 * minute)
    expect(await seen(start + 4 * minute)).toBe(3 * minute)
    expect(await seen(start + 7 * minute)).toBe(7 * minute)
  })

  it('of every device ends when the password is changed; this one goes on as another', async ({ expect }) => {
    const { username } = await anAccount()
    const [here, there] = [await signedIn(username), await signedIn(username)]
    const change = (body: object, by = here) => by.ask('PUT', '/api/session/password', { body })
    expect((await change({ current: 'wrong', next: 'quite other words here' })).status).toBe(422)
    expect((await change({ current: password, next: 'short' })).text).toContain('密码至少 12 个字符')
    expect((await change({ current: password, next: 'qwertyuiop123456' })).text).toContain('/next')
    expect((await change({ current: password, next: password })).text).toContain('不能与当前密码相同')
    expect((await change({ current: password, next: 'quite other words here' }, new Visitor())).status).toBe(401)
    const before = here.copy()
    expect((await change({ current: password, next: 'quite other words here' })).status).toBe(200)
    expect((await there.me()).status).toBe(401)
    expect((await before.me()).status).toBe(401)
    expect((await here.me()).status).toBe(200)
    expect((await new Visitor().signIn(username)).status).toBe(401)
    expect((await new Visitor().signIn(username, 'quite other words here')).status).toBe(200)
  })

  it('is listed to its owner and ended from another device, and nobody else’s is', async ({ expect }) => {
    const [{ username }, stranger] = [await anAccount(), await anAccount()]
    const [here, there, foreign] = [
      await signedIn(username),
      await signedIn(username),
      await signedIn(stranger.username),
    ]
    const list = async (by: Visitor) => (await by.ask('GET', '/api/sessions')).json.items
    const items = await list(here)
    expect(items).toHaveLength(2)
    expect(items.filter(({ current }: { current: boolean }) => current)).toHaveLength(1)
    const other = items.find(({ current }: { current: boolean }) => !current)
    expect(other).toMatchObject({ address: there.address, agent: 'Mozilla/5.0 (Test)', kind: 'desk' })
    expect((await foreign.ask('DELETE', `/api/sessions/${other.id}`)).status).toBe(404)
    expect((await there.me()).status).toBe(200)
    expect((await here.ask('DELETE', `/api/sessions/${other.id}`)).status).toBe(204)
    expect((await there.me()).status).toBe(401)
    const third = await signedIn(username)
    expect((await here.ask('DELETE', '/api/sessions')).status).toBe(204)
    expect([(await third.me()).status, (await here.me()).status]).toEqual([401, 200])
  })

  it('with a password that somebody else set opens nothing until it is one’s own', async ({ expect }) => {
    const street = await aStreet()
    const { id, username } = await anAccount({ oneTime: true })
    await directory
      .insert(streetPosts)
      .values({ id: anId<PostId>('pst'), streetId: street.id, userId: id, ...post('grid-worker') })
    const visitor = new Visitor()
    expect((await visitor.signIn(username)).json).toEqual({ next: 'password' })
    const gate = () => visitor.ask('GET', `/api/streets/${street.id}/hazards`)
    expect((await gate()).json).toMatchObject({ status: 403, type: 'urn:zhiben:problem:sign-in-unfinished' })
    expect((await visitor.me()).json.security.next).toBe('password')
    expect((await visitor.ask('POST', '/api/session/factor')).status).toBe(403)
    const body = { current: password, next: 'my very own words' }
    expect((await visitor.ask('PUT', '/api/session/password', { body })).json).toEqual({ next: null })
    expect((await gate()).status).toBe(200)
    expect((await new Visitor().signIn(username, body.next)).json).toEqual({ next: null })
  })
})

describe('what was taken away is gone at the next request (T9)', patient, () => {
  it('a post, an account’s sign-in, a session, a street', async ({ expect }) => {
    const street = await aStreet()
    const { id, username } = await anAccount()
    await street.post(id, 'inspector')
    const visitor = await signedIn(username)
    const path = `/api/streets/${street.id}/people`
    const gate = async () => (await visitor.ask('GET', path)).status
    const admin = await street.member('street-admin')
    const put = (allowed: boolean) => send(admin, 'PUT', `${path}/${id}/sign-in`, { body: { allowed } })
    expect(await gate()).toBe(200)

    expect((await put(false)).status).toBe(204)
    expect(await gate()).toBe(401)
    await visitor.signIn(username)
    expect(await gate()).toBe(404)
    expect((await visitor.me()).json.posts).toEqual([])
    expect((await put(true)).status).toBe(204)
    expect(await gate()).toBe(200)

    await send(admin, 'DELETE', `${path}/${id}/sessions`)
    expect(await gate()).toBe(401)
    await visitor.signIn(username)
    expect(await gate()).toBe(200)

    // A changed role holds from the next request on.
    const manage = () => visitor.ask('GET', `${path}/${admin}/account`).then((r) => r.status)
    expect(await manage()).toBe(403)
    await directory.update(streetPosts).set({ role: 'street-admin' }).where(eq(streetPosts.userId, id))
    expect(await manage()).toBe(200)
    await directory.update(streetPosts).set({ role: 'inspector' }).where(eq(streetPosts.userId, id))
    expect(await manage()).toBe(403)

    await send(admin, 'DELETE', `${path}/${id}/posts/${await street.postOf(id)}`)
    expect(await gate()).toBe(404)
  })
})

describe('passwords', patient, () => {
  it('are kept as a salted hash that tells its own parameters', async ({ expect }) => {
    const [one, other] = [await hashPassword(password), await hashPassword(password)]
    expect(other).not.toBe(one)
    expect(other).toMatch(/^scrypt\$16384\$8\$5\$[\w-]{22}\$[\w-]{43}$/)
    expect(await verifyPassword(other, password)).toBe(true)
    expect(await verifyPassword(other, `${password}x`)).toBe(false)
    for (const rubbish of ['', 'x', 'scrypt$1', password]) expect(await verifyPassword(rubbish, password)).toBe(false)
  })

  it('leave no trace of old failures for ever', async ({ expect }) => {
    await new Visitor().signIn('never.heard.of', 'x', { now: Date.now() - 3 * day })
    const kept = () => directory.select().from(signInLimits).where(eq(signInLimits.key, 'account:never.heard.of'))
    expect(await kept()).toHaveLength(1)
    await scheduled({ cron: '*/10 * * * *', scheduledTime: Date.now() }, env)
    expect(await kept()).toEqual([])
  })
})

it('a district’s gate knows the same sessions', async ({ expect }) => {
  const district = await aDistrict()
  const { id, username } = await anAccount()
  await directory
    .insert(districtPosts)
    .values({ districtId: district.id, userId: id, role: 'district-admin', state: 'active', since: 0 })
  const visitor = await signedIn(username)
  const gate = () => visitor.ask('GET', `/api/districts/${district.id}/hazards`).then((r) => r.status)
  expect(await gate()).toBe(200)
  await visitor.ask('DELETE', '/api/sessions')
  expect(await gate()).toBe(200)
  const [kept] = [visitor.copy()]
  await visitor.ask('DELETE', '/api/session')
  expect((await kept.ask('GET', `/api/districts/${district.id}/hazards`)).status).toBe(401)
})

function post(role: 'grid-worker' | 'street-admin' | 'inspector' | 'community-secretary') {
  return { role, reach: { within: 'street' as const }, state: 'active' as const, since: 0 }
}
