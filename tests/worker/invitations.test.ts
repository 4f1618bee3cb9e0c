import { env } from 'cloudflare:workers'
import { describe, it } from 'vitest'
import type { PersonId, PostId } from '@app/shared/ids'
import { hour } from '@app/shared/time'
import { type Invitation, newInvitation } from '../../worker/auth/invitations'
import { openDirectory } from '../../worker/db/client'
import { accounts, invitations, operators, setups, signInLimits, streetPosts, users } from '../../worker/db/directory'
import { eq } from '../../worker/db/operators'
import type { Env } from '../../worker/env'
import { counting } from './counted'
import { anId, aStreet, send } from './street'
import { Visitor, anAccount, password, signedIn } from './visitor'

const directory = openDirectory(env)
/** Each try costs a real hash, and the machine may be busy. */
const patient = { timeout: 180_000 }
const by = 'usr_administrator' as PersonId
const fresh = 'a phrase of my own'
/** A link without anybody who asks for it. */
async function invite(invitation: Invitation) {
  const { link, statements } = await newInvitation(invitation)
  await directory.batch(statements(directory))
  return link
}
const tokenOf = (path: string) => path.split('#')[1] ?? ''
const triesOf = async (address: string) =>
  (
    await directory
      .select()
      .from(signInLimits)
      .where(eq(signInLimits.key, `address:${address}`))
  )[0]
const use = (token: string, now: number, more: { word?: string; visitor?: Visitor; bindings?: Env } = {}) =>
  (more.visitor ?? new Visitor()).ask('PUT', '/api/invitation', {
    body: { token, password: more.word ?? fresh },
    now,
    ...(more.bindings && { bindings: more.bindings }),
  })

describe('a link that sets a password', patient, () => {
  it('signs in whoever follows it, once, and is kept as a digest', async ({ expect }) => {
    const now = Date.now()
    const { id, username } = await anAccount({ password: null })
    expect((await new Visitor().signIn(username, '')).status).toBe(422)
    const { path, expiresAt } = await invite({ userId: id, purpose: 'first', by, now })
    expect(path).toMatch(/^\/set-password#[\w-]{43}$/)
    expect(expiresAt).toBe(now + 24 * hour)
    const [kept] = await directory.select().from(invitations).where(eq(invitations.userId, id))
    expect(kept?.tokenHash).toMatch(/^[0-9a-f]{64}$/)
    expect(JSON.stringify(kept)).not.toContain(tokenOf(path))
    expect((await use(tokenOf(path), now, { word: 'password123456' })).json.errors[0].pointer).toBe('/password')
    const visitor = new Visitor()
    const used = await use(tokenOf(path), now, { visitor })
    expect([used.status, used.json]).toEqual([200, { next: null }])
    expect((await visitor.me({ now })).json.username).toBe(username)
    expect((await use(tokenOf(path), now)).status).toBe(404)
    expect((await new Visitor().signIn(username, fresh)).status).toBe(200)
  })

  it('makes the account’s password where there was no row of one yet', async ({ expect }) => {
    const now = Date.now()
    const id = anId<PersonId>('usr')
    const at = new Date(now)
    const username = `r.${id.slice(-8)}`
    await directory
      .insert(users)
      .values({ id, name: '测试', email: `${username}@test.invalid`, username, createdAt: at, updatedAt: at })
    const { path } = await invite({ userId: id, purpose: 'first', by, now })
    expect((await use(tokenOf(path), now)).status).toBe(200)
    expect(await directory.select().from(accounts).where(eq(accounts.userId, id))).toHaveLength(1)
    expect((await new Visitor().signIn(username, fresh)).status).toBe(200)
  })

  it('that is good costs its address nothing, so that an office may follow as many as it has people', async ({
    expect,
  }) => {
    const now = Date.now()
    const { id } = await anAccount({ password: null })
    const visitor = new Visitor()
    const tries = async () => (await triesOf(visitor.address))?.count
    expect((await use('A'.repeat(43), now, { visitor })).status).toBe(404)
    expect(await tries()).toBe(1)
    const { path } = await invite({ userId: id, purpose: 'first', by, now })
    expect((await use(tokenOf(path), now, { visitor })).status).toBe(200)
    expect(await tries()).toBe(1)
  })

  it('is good for one of two who follow it at once, void once another is made, and over by time', async ({
    expect,
  }) => {
    const now = Date.now()
    const { id, username } = await anAccount()
    const standing = await signedIn(username)
    const make = (purpose: 'first' | 'reset') => invite({ userId: id, purpose, by, now })
    const [void1, link] = [await make('reset'), await make('reset')]
    expect(link.expiresAt).toBe(now + 10 * 60_000)
    expect((await use(tokenOf(void1.path), now)).status).toBe(404)
    expect((await use(tokenOf(link.path), link.expiresAt)).status).toBe(404)
    const twins = await Promise.all([use(tokenOf(link.path), now), use(tokenOf(link.path), now)])
    expect(twins.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 404])
    // Whoever was signed in with the old password is not any more.
    expect((await standing.me()).status).toBe(401)
  })

  it('says the same, in as many statements, whether it never was, was used or is over (A11)', async ({ expect }) => {
    const now = Date.now()
    const [used, over] = [await anAccount(), await anAccount()]
    const [first, second] = [
      await invite({ userId: used.id, purpose: 'reset', by, now }),
      await invite({ userId: over.id, purpose: 'reset', by, now: now - hour }),
    ]
    await use(tokenOf(first.path), now)
    const { bindings, since } = counting()
    const answers: object[] = []
    for (const token of ['A'.repeat(43), tokenOf(first.path), tokenOf(second.path)]) {
      let answer = {}
      const { trips } = await since(async () => {
        const { status, bytes, set } = await use(token, now, { bindings })
        answer = { status, bytes, set }
      })
      answers.push({ ...answer, trips })
    }
    expect(answers[0]).toMatchObject({ status: 404, set: [] })
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])
  })

  it('is made by an administrator for people of the street alone, and not for who serves elsewhere', async ({
    expect,
  }) => {
    const [street, other] = [await aStreet(), await aStreet()]
    const admin = await street.member('street-admin')
    const at = (id: PersonId) => `/api/streets/${street.id}/people/${id}/link`
    const { id, username } = await anAccount()
    const post = { userId: id, role: 'inspector', reach: { within: 'street' }, state: 'active', since: 0 } as const
    await directory.insert(streetPosts).values({ id: anId<PostId>('pst'), streetId: street.id, ...post })
    const made = await send(admin, 'POST', at(id))
    expect(made.status).toBe(201)
    const { path } = await made.json<{ path: string }>()
    expect((await use(tokenOf(path), Date.now())).status).toBe(200)
    expect((await new Visitor().signIn(username, fresh)).status).toBe(200)

    expect((await send(admin, 'POST', at(await other.member('inspector')))).status).toBe(404)
    expect((await send(await street.member('inspector'), 'POST', at(id))).status).toBe(403)
    await directory.insert(streetPosts).values({ id: anId<PostId>('pst'), streetId: other.id, ...post })
    expect((await send(admin, 'POST', at(id))).status).toBe(409)
    expect((await send(admin, 'DELETE', `/api/streets/${street.id}/people/${id}/second-factor`)).status).toBe(409)
  })
})

describe('the first operator', patient, () => {
  const token = 'the-one-time-token-of-this-test'
  const bindings = { SETUP_TOKEN: token }
  const body = (change: object = {}) => ({
    token,
    name: '运维',
    username: 'first.operator',
    password: fresh,
    ...change,
  })
  const door = (more: object = {}) => new Visitor().ask('GET', '/api/setup', { bindings, ...more })
  const make = (change: object = {}, visitor = new Visitor()) =>
    visitor.ask('PUT', '/api/setup', { body: body(change), bindings })

  it('is made once, by who has the token; then the door answers 404 for ever', async ({ expect }) => {
    await directory.delete(operators)
    expect((await new Visitor().ask('GET', '/api/setup')).status).toBe(404)
    expect((await door()).status).toBe(204)
    const wrong = await make({ token: 'another' })
    expect(wrong.status).toBe(404)
    expect((await make({ password: 'first.operator1' })).status).toBe(422)
    expect((await make({ username: 'X' })).status).toBe(422)

    const [one, two] = [new Visitor(), new Visitor()]
    const twins = await Promise.all([make({}, one), make({ username: 'second.operator' }, two)])
    expect(twins.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 404])
    expect(await directory.select().from(operators)).toHaveLength(1)
    const first = twins[0]?.status === 200 ? one : two
    expect((await triesOf(first.address))?.count).toBe(0)
    expect((await first.ask('GET', '/api/platform/tenants')).status).toBe(200)

    expect((await door()).status).toBe(404)
    const late = await make({ username: 'third.operator' })
    expect([late.status, late.bytes]).toEqual([404, wrong.bytes])
    // Even when there is no operator any more.
    await directory.delete(operators)
    expect((await door()).status).toBe(404)
    expect((await make({ username: 'third.operator' })).status).toBe(404)
    expect(await directory.select().from(setups)).toHaveLength(1)
  })

  it('is not asked for where there is one already', async ({ expect }) => {
    await directory.delete(setups)
    const { id } = await anAccount()
    await directory.insert(operators).values({ userId: id })
    expect((await door()).status).toBe(404)
    expect((await make({ username: 'third.operator' })).status).toBe(404)
  })
})

describe('an administrator', patient, () => {
  it('sees how an account stands, unlocks it and ends its sign-ins', async ({ expect }) => {
    const street = await aStreet()
    const admin = await street.member('street-admin')
    const { id, username } = await anAccount()
    const post = { userId: id, role: 'inspector', reach: { within: 'street' }, state: 'active', since: 0 } as const
    await directory.insert(streetPosts).values({ id: anId<PostId>('pst'), streetId: street.id, ...post })
    const path = `/api/streets/${street.id}/people/${id}`
    const state = async () => (await send(admin, 'GET', `${path}/account`)).json()
    const visitor = await signedIn(username)
    for (let i = 0; i < 6; i++) await new Visitor().signIn(username, 'wrong')
    expect(await state()).toEqual({
      username,
      lockedUntil: expect.any(Number),
      blocked: false,
      secondFactor: false,
      hasPassword: true,
      mustChangePassword: false,
      sessions: 1,
      elsewhere: false,
    })
    expect((await new Visitor().signIn(username)).status).toBe(429)
    expect((await send(admin, 'DELETE', `${path}/lock`)).status).toBe(204)
    expect((await new Visitor().signIn(username)).status).toBe(200)
    expect((await send(admin, 'DELETE', `${path}/sessions`)).status).toBe(204)
    expect((await visitor.me()).status).toBe(401)
    expect(await state()).toMatchObject({ lockedUntil: null, sessions: 0 })
    expect(
      (await send(admin, 'PUT', `/api/streets/${street.id}/people/${admin}/sign-in`, { body: { allowed: false } }))
        .status,
    ).toBe(409)
    expect(password).not.toBe(fresh)
  })
})
