import { env } from 'cloudflare:workers'
import { describe, it } from 'vitest'
import type { PersonId } from '@app/shared/ids'
import { day, hour } from '@app/shared/time'
import { createApp } from '../../worker/app'
import { lockAfter, lockFor } from '../../worker/auth/sign-in'
import { hashPassword, verifyPassword } from '../../worker/auth/passwords'
import { openDirectory } from '../../worker/db/client'
import { accounts, sessions, signInFailures, signInLog, users } from '../../worker/db/directory'
import { eq } from '../../worker/db/operators'
import type { Env } from '../../worker/env'
import { scheduled } from '../../worker/platform/schedule'
import { anId } from './street'

/** The product's own app, cookies and all. */
const app = createApp()
const directory = openDirectory(env)
const password = 'a good long password'
const hashed = await hashPassword(password)

async function anAccount() {
  const id = anId<PersonId>('usr')
  const username = `u.${id.slice(-8)}`
  const at = new Date()
  await directory
    .insert(users)
    .values({ id, name: '测试', email: `${username}@test.invalid`, username, createdAt: at, updatedAt: at })
  await directory.insert(accounts).values({
    id: `acc-${id}`,
    accountId: id,
    providerId: 'credential',
    userId: id,
    password: hashed,
    createdAt: at,
    updatedAt: at,
  })
  return { id, username }
}

interface Ask {
  method?: string
  path?: string
  body?: unknown
  cookie?: string | null
  origin?: string
  host?: string
  now?: number
  headers?: Record<string, string>
}

async function ask({
  method = 'POST',
  path = '/api/session',
  body,
  cookie,
  host = 'https://zhiben.example',
  origin = host,
  now,
  headers,
}: Ask) {
  const bindings = (now === undefined ? env : { ...env, NOW: String(now) }) as Env
  const response = await app.fetch(
    new Request(`${host}${path}`, {
      method,
      headers: {
        origin,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(cookie && { cookie }),
        // Each test guesses from another address, so that the limiter of one cannot hide the lock of another.
        'cf-connecting-ip': `10.${Math.floor(Math.random() * 250)}.${Math.floor(Math.random() * 250)}.1`,
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
    bindings,
  )
  const set = response.headers.getSetCookie().find((one) => one.includes('zhiben'))
  return { status: response.status, set, cookie: set?.split(';')[0] ?? null, body: await response.text() }
}

const signIn = (username: string, word = password, more: Ask = {}) =>
  ask({ body: { username, password: word }, ...more })
const me = (cookie: string | null, more: Ask = {}) => ask({ method: 'GET', path: '/api/me', cookie, ...more })

describe('signing in', () => {
  it('gives a cookie that only this host over https ever sees', async ({ expect }) => {
    const { username, id } = await anAccount()
    const { status, set, cookie } = await signIn(username)
    expect(status).toBe(204)
    expect(set).toMatch(/^__Host-zhiben=[^;]{32,}/)
    for (const attribute of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']) expect(set).toContain(attribute)
    expect(set).not.toMatch(/Domain=/i)
    expect(JSON.parse((await me(cookie)).body)).toEqual({ id, name: '测试', username, noticeSeenAt: null, posts: [] })
    // On localhost browsers take neither the prefix nor Secure.
    const local = await signIn(username, password, { host: 'http://localhost:8787' })
    expect(local.set).toMatch(/^zhiben=/)
    expect(local.set).not.toMatch(/Secure/)
  })

  it('ignores case and blanks around a name, and nothing about a password', async ({ expect }) => {
    const { username } = await anAccount()
    expect((await signIn(` ${username.toUpperCase()} `)).status).toBe(204)
    expect((await signIn(username, password.toUpperCase())).status).toBe(401)
    expect((await signIn(username, `${password} `)).status).toBe(401)
  })

  it('says the same of a wrong password, an unknown name and a locked account', async ({ expect }) => {
    const { username } = await anAccount()
    const strip = ({ status, body, set }: Awaited<ReturnType<typeof ask>>) => ({
      status,
      set,
      body: body.replace(/urn:request:[\w-]+/, ''),
    })
    const wrong = strip(await signIn(username, 'wrong'))
    expect(wrong.status).toBe(401)
    expect(strip(await signIn('nobody.at.all', 'wrong'))).toEqual(wrong)
    for (let i = 0; i < lockAfter; i++) expect(strip(await signIn(username, 'wrong'))).toEqual(wrong)
    expect(strip(await signIn(username))).toEqual(wrong)
  })

  it('is locked after repeated failures, counted in the database, and opens again by itself', async ({ expect }) => {
    const { username } = await anAccount()
    const now = Date.now()
    for (let i = 0; i < lockAfter; i++) await signIn(username, 'wrong', { now: now + i })
    expect((await signIn(username, password, { now: now + 10 })).status).toBe(401)
    const [kept] = await directory.select().from(signInFailures).where(eq(signInFailures.username, username))
    expect(kept).toMatchObject({ failures: lockAfter, lockedUntil: now + lockAfter - 1 + lockFor })
    // Once it has opened, one more failure is a first one again.
    expect((await signIn(username, 'wrong', { now: now + lockFor + hour })).status).toBe(401)
    expect((await signIn(username, password, { now: now + lockFor + hour })).status).toBe(204)
    expect(await directory.select().from(signInFailures).where(eq(signInFailures.username, username))).toEqual([])
    const outcomes = (await directory.select().from(signInLog).where(eq(signInLog.username, username))).map(
      ({ outcome }) => outcome,
    )
    expect(outcomes.filter((o) => o === 'refused')).toHaveLength(lockAfter + 1)
    expect(outcomes).toContain('locked')
    expect(outcomes).toContain('signed-in')
  })

  it('checks no more than five guesses of many made one after another', async ({ expect }) => {
    const { username } = await anAccount()
    for (let i = 0; i < 20; i++) await signIn(username, `guess ${i}`, { headers: { 'x-forwarded-for': `1.2.3.${i}` } })
    const [kept] = await directory.select().from(signInFailures).where(eq(signInFailures.username, username))
    expect(kept?.failures).toBe(lockAfter)
  })

  it('is open to nobody who has no account: the library’s own doors are shut', async ({ expect }) => {
    for (const path of [
      'sign-up/email',
      'sign-in/email',
      'sign-in/username',
      'is-username-available',
      'get-session',
      'update-user',
      'list-sessions',
    ]) {
      for (const method of ['POST', 'GET']) {
        const { status, set } = await ask({
          method,
          path: `/api/auth/${path}`,
          ...(method === 'POST' && { body: { email: 'a@b.cn', password, name: 'x', username: 'xyz' } }),
        })
        expect(status, path).toBe(404)
        expect(set).toBe(undefined)
      }
    }
  })

  it('is refused from another origin', async ({ expect }) => {
    const { username } = await anAccount()
    for (const origin of ['https://evil.example', 'null', '']) {
      const { status, set } = await signIn(username, password, { origin })
      expect([status, set]).toEqual([403, undefined])
    }
  })
})

describe('a session', () => {
  it('is another one after each sign-in, and none after signing out', async ({ expect }) => {
    const { username, id } = await anAccount()
    const first = await signIn(username)
    const second = await signIn(username, password, { cookie: first.cookie })
    expect(second.cookie).not.toBe(first.cookie)
    expect((await me(second.cookie)).status).toBe(200)
    const out = await ask({ method: 'DELETE', cookie: second.cookie })
    expect(out.status).toBe(204)
    expect(out.set).toMatch(/Max-Age=0/i)
    expect((await me(second.cookie)).status).toBe(401)
    expect((await directory.select().from(sessions).where(eq(sessions.userId, id))).length).toBeLessThanOrEqual(1)
  })

  it('is worth nothing once tampered with, made up, or over', async ({ expect }) => {
    const { username } = await anAccount()
    const { cookie } = await signIn(username)
    const [name, value = ''] = (cookie ?? '').split('=')
    const token = decodeURIComponent(value).split('.')[0]
    for (const forged of [
      `${name}=${token}`,
      `${name}=${token}.${'A'.repeat(43)}%3D`,
      `${name}=x${value}`,
      `${name}=`,
      'zhiben=1',
      `zhiben=${value}`,
    ]) {
      expect((await me(forged)).status, forged).toBe(401)
    }
    expect((await me(cookie, { now: Date.now() + 6 * day })).status).toBe(200)
    expect((await me(cookie, { now: Date.now() + 8 * day })).status).toBe(401)
  })

  it('of every other device ends when the password is changed', async ({ expect }) => {
    const { username } = await anAccount()
    const [here, there] = [await signIn(username), await signIn(username)]
    const change = (json: object, cookie = here.cookie) =>
      ask({ method: 'PUT', path: '/api/session/password', cookie, body: json })
    expect((await change({ current: 'wrong', next: 'another good one' })).status).toBe(422)
    expect((await change({ current: password, next: 'short' })).body).toContain('密码至少 12 个字符')
    expect((await change({ current: password, next: 'another good one' }, null)).status).toBe(401)
    const changed = await change({ current: password, next: 'another good one' })
    expect(changed.status).toBe(204)
    expect((await me(there.cookie)).status).toBe(401)
    expect((await me(here.cookie)).status).toBe(401)
    expect((await me(changed.cookie)).status).toBe(200)
    expect((await signIn(username)).status).toBe(401)
    expect((await signIn(username, 'another good one')).status).toBe(204)
  })
})

describe('passwords', () => {
  it('are kept as a salted hash that tells its own parameters', async ({ expect }) => {
    const other = await hashPassword(password)
    expect(other).not.toBe(hashed)
    expect(other).toMatch(/^scrypt\$16384\$8\$5\$[\w-]{22}\$[\w-]{43}$/)
    expect(await verifyPassword(other, password)).toBe(true)
    expect(await verifyPassword(other, `${password}x`)).toBe(false)
    for (const rubbish of ['', 'x', 'scrypt$1', password]) expect(await verifyPassword(rubbish, password)).toBe(false)
  })

  it('leave no trace of old failures for ever', async ({ expect }) => {
    await signIn('never.heard.of', 'x', { now: Date.now() - 3 * day })
    await scheduled({ cron: '*/10 * * * *', scheduledTime: Date.now() }, env)
    expect(await directory.select().from(signInFailures).where(eq(signInFailures.username, 'never.heard.of'))).toEqual(
      [],
    )
  })
})
