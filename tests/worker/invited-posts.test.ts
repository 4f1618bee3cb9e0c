import { env } from 'cloudflare:workers'
import { describe, it, vi } from 'vitest'
import { defaultPolicy } from '@app/shared/accounts/policy'
import type { InvitationId, PersonId } from '@app/shared/ids'
import { addDays, dayOf, hour, startOfDay } from '@app/shared/time'
import { openDirectory } from '../../worker/db/client'
import { invitedPosts, operators, securityEvents, streetPosts, users } from '../../worker/db/directory'
import { auditLog, people, posts } from '../../worker/db/ledger'
import { and, eq } from '../../worker/db/operators'
import type { Env } from '../../worker/env'
import { finishAppointments } from '../../worker/platform/posts'
import { counting } from './counted'
import { anId, aStreet, send, type Street } from './street'
import { Visitor, anAccount, signedIn } from './visitor'

const directory = openDirectory(env)
/** Each try costs a real hash, and the machine may be busy. */
const patient = { timeout: 180_000 }
const password = '我家门前有三棵很大的榕树呀'

/** A street's link to a post, and its token. */
async function invited(street: Street, admin: PersonId, change: object = {}, now?: number) {
  const id = anId<InvitationId>('inv')
  const reach = { within: 'grids', ids: [street.places.first] }
  const body = { id, role: 'grid-worker', title: '兼职网格员', reach, hours: 24, ...change }
  const made = await send(admin, 'POST', `/api/streets/${street.id}/people/invitations`, {
    body,
    ...(now !== undefined && { now }),
  })
  if (made.status !== 201) throw new Error(await made.text())
  const { path, expiresAt } = await made.json<{ path: string; expiresAt: number }>()
  return { id, path, expiresAt, token: path.split('#')[1] ?? '' }
}
const view = (token: string, more: { now?: number; bindings?: Env; visitor?: Visitor } = {}) =>
  (more.visitor ?? new Visitor()).ask('POST', '/api/post-invitation/view', { ...more, body: { token } })
const accept = (visitor: Visitor, token: string, now?: number) =>
  visitor.ask('POST', '/api/me/posts', { body: { token }, ...(now !== undefined && { now }) })
const open = (token: string, change: object = {}, visitor = new Visitor()) =>
  visitor.ask('PUT', '/api/post-invitation/account', {
    body: { token, name: '新来的人', username: `n.${Math.random().toString(36).slice(2, 10)}`, password, ...change },
  })

describe('an invitation to a post', patient, () => {
  it('gives somebody of another street a second post, by the steps of any other, told in the records of both', async ({
    expect,
  }) => {
    const [here, there] = [await aStreet(), await aStreet()]
    const admin = await here.member('street-admin')
    const { id, username } = await anAccount()
    await there.post(id, 'inspector')
    const { path, token, expiresAt } = await invited(here, admin)
    expect(path).toMatch(/^\/accept#[\w-]{43}$/)
    expect(expiresAt - Date.now()).toBeGreaterThan(23 * hour)
    const [kept] = await directory.select().from(invitedPosts).where(eq(invitedPosts.streetId, here.id))
    expect(JSON.stringify(kept)).not.toContain(token)

    const offer = { street: expect.stringContaining('测试街道'), district: '测试区', role: 'grid-worker' }
    expect((await view(token)).json).toMatchObject({ ...offer, title: '兼职网格员', from: null, until: null })
    const visitor = await signedIn(username)
    expect((await accept(new Visitor(), token)).status).toBe(401)
    const accepted = await accept(visitor, token)
    expect(accepted.status, accepted.text).toBe(200)
    expect((await visitor.me()).json.posts).toMatchObject([
      { id: there.id, role: 'inspector' },
      { id: here.id, postId: accepted.json.postId, role: 'grid-worker', title: '兼职网格员' },
    ])
    expect((await visitor.ask('GET', `/api/streets/${here.id}/hazards`)).status).toBe(200)
    expect((await visitor.ask('GET', `/api/streets/${there.id}/hazards`)).status).toBe(200)
    expect(
      await here.db
        .select()
        .from(people)
        .where(and(eq(people.streetId, here.id), eq(people.id, id))),
    ).toMatchObject([{ name: '测试' }])
    expect(await here.db.select().from(posts).where(eq(posts.personId, id))).toMatchObject([
      { id: accepted.json.postId, role: 'grid-worker', reach: { within: 'grids', ids: [here.places.first] } },
    ])
    const line = and(eq(auditLog.streetId, here.id), eq(auditLog.subject, id))
    expect(await here.db.select().from(auditLog).where(line)).toMatchObject([
      { actor: admin, capability: 'people.manage' },
    ])
    for (const owner of [here.id, there.id]) {
      const told = and(eq(securityEvents.ownerId, owner), eq(securityEvents.kind, 'post-accepted'))
      expect(await directory.select().from(securityEvents).where(told), owner).toMatchObject([
        { actor: id, subject: id, result: 'done', detail: expect.stringContaining('网格员') },
      ])
    }
    // From now on neither street alone may reset the password.
    expect((await send(admin, 'POST', `/api/streets/${here.id}/people/${id}/link`)).status).toBe(409)

    // Whoever accepted it is told the same again, and nobody else anything.
    expect((await accept(visitor, token)).json).toEqual(accepted.json)
    expect(await directory.select().from(streetPosts).where(eq(streetPosts.streetId, here.id))).toHaveLength(2)
    const other = await anAccount()
    expect((await accept(await signedIn(other.username), token)).status).toBe(404)
    expect((await view(token)).status).toBe(404)
  })

  it('makes an account of one’s own for who has none, and signs in', async ({ expect }) => {
    const street = await aStreet()
    const admin = await street.member('street-admin')
    const { token } = await invited(street, admin)
    const [taken] = await directory.select().from(users).limit(1)
    const pointer = async (change: object) => (await open(token, change)).json.errors?.[0]?.pointer
    expect(await pointer({ username: taken?.username })).toBe('/username')
    expect(await pointer({ username: 'X' })).toBe('/username')
    expect(await pointer({ password: 'password123456' })).toBe('/password')
    expect(await pointer({ name: '' })).toBe('/name')
    const visitor = new Visitor()
    const username = `n.${Math.random().toString(36).slice(2, 10)}`
    const made = await open(token, { username }, visitor)
    expect([made.status, made.json]).toEqual([200, { next: null }])
    expect((await visitor.me()).json).toMatchObject({
      name: '新来的人',
      username,
      posts: [{ id: street.id, role: 'grid-worker' }],
    })
    expect((await visitor.ask('GET', `/api/streets/${street.id}/hazards`)).status).toBe(200)
    expect((await new Visitor().signIn(username, password)).status).toBe(200)
    expect((await open(token)).status).toBe(404)
  })

  it('holds a new account to what the street asks of passwords and second factors', async ({ expect }) => {
    const street = await aStreet()
    const admin = await street.member('street-admin')
    const body = { ...defaultPolicy, composedPasswords: true, secondFactorRoles: ['grid-worker'] }
    expect((await send(admin, 'PUT', `/api/streets/${street.id}/security/policy`, { body })).status).toBe(204)
    const { token } = await invited(street, admin)
    expect((await open(token)).json.errors?.[0]?.pointer).toBe('/password')
    const made = await open(token, { password: '三棵很大的榕树-Oak-77' })
    expect([made.status, made.json]).toEqual([200, { next: 'enrol' }])
  })

  it('goes to one of two who accept at once', async ({ expect }) => {
    const street = await aStreet()
    const { token } = await invited(street, await street.member('street-admin'))
    const [one, two] = [await anAccount(), await anAccount()]
    const visitors = [await signedIn(one.username), await signedIn(two.username)]
    const answers = await Promise.all(visitors.map((visitor) => accept(visitor, token)))
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 404])
    expect(await directory.select().from(streetPosts).where(eq(streetPosts.streetId, street.id))).toHaveLength(2)
  })

  it('says the same, in as many statements, whether it never was, was used, withdrawn or is over', async ({
    expect,
  }) => {
    const street = await aStreet()
    const admin = await street.member('street-admin')
    const now = Date.now()
    const [used, withdrawn, over] = [
      await invited(street, admin),
      await invited(street, admin),
      await invited(street, admin, { hours: 72 }, now - 73 * hour),
    ]
    expect((await open(used.token)).status).toBe(200)
    const list = async () =>
      (await send(admin, 'GET', `/api/streets/${street.id}/people/invitations`)).json<{ items: object[] }>()
    expect((await list()).items).toMatchObject([{ id: withdrawn.id, role: 'grid-worker', title: '兼职网格员' }])
    const path = `/api/streets/${street.id}/people/invitations`
    expect((await send(admin, 'DELETE', `${path}/${withdrawn.id}`)).status).toBe(204)
    for (const { id } of [used, withdrawn, over])
      expect((await send(admin, 'DELETE', `${path}/${id}`)).status).toBe(404)
    expect((await list()).items).toEqual([])
    const other = await aStreet()
    const theirs = await invited(other, await other.member('street-admin'))
    expect((await send(admin, 'DELETE', `${path}/${theirs.id}`)).status).toBe(404)

    const { username } = await anAccount()
    const visitor = await signedIn(username)
    const { bindings, since } = counting()
    const ways: ((token: string) => Promise<{ status: number; bytes: string; set: string[] }>)[] = [
      (token) => view(token, { bindings }),
      (token) => visitor.ask('POST', '/api/me/posts', { body: { token }, bindings }),
      (token) =>
        new Visitor().ask('PUT', '/api/post-invitation/account', {
          body: { token, name: '新来的人', username: 'nobody.yet', password },
          bindings,
        }),
    ]
    for (const way of ways) {
      const answers: object[] = []
      for (const token of ['A'.repeat(43), used.token, withdrawn.token, over.token]) {
        let answer = {}
        const { trips } = await since(async () => {
          const { status, bytes, set } = await way(token)
          answer = { status, bytes, set }
        })
        answers.push({ ...answer, trips })
      }
      expect(answers[0]).toMatchObject({ status: 404, set: [] })
      for (const answer of answers.slice(1)) expect(answer).toEqual(answers[0])
    }
  })

  it('is the street’s to make: for its own places and units, with days that can be', async ({ expect }) => {
    const [street, other] = [await aStreet(), await aStreet()]
    const admin = await street.member('street-admin')
    const today = dayOf(Date.now())
    const tried = async (change: object) => {
      const reach = { within: 'grids', ids: [street.places.first] }
      const body = { id: anId('inv'), role: 'grid-worker', reach, hours: 24, ...change }
      const refused = await send(admin, 'POST', `/api/streets/${street.id}/people/invitations`, { body })
      return [refused.status, (await refused.json<{ errors?: { pointer: string }[] }>()).errors?.[0]?.pointer]
    }
    expect(await tried({ reach: { within: 'grids', ids: [other.places.first] } })).toEqual([422, '/reach'])
    expect(await tried({ role: 'street-admin' })).toEqual([422, '/reach'])
    expect(await tried({ role: 'operator' })).toEqual([422, '/role'])
    expect(await tried({ hours: 100 })).toEqual([422, '/hours'])
    expect(await tried({ from: addDays(today, -1) })).toEqual([422, '/from'])
    expect(await tried({ unitId: anId('unt') })).toEqual([422, '/unitId'])

    // The same again, after a lost answer, is the same invitation with another link.
    const first = await invited(street, admin)
    const second = await invited(street, admin, { id: first.id })
    expect([(await view(first.token)).status, (await view(second.token)).status]).toEqual([404, 200])
    expect((await open(second.token)).status).toBe(200)
    await expect(invited(street, admin, { id: first.id })).rejects.toThrow('already-there')

    // A post that begins later opens nothing before.
    const later = addDays(today, 2)
    const { token } = await invited(street, admin, { from: later })
    const { username } = await anAccount()
    const visitor = await signedIn(username)
    expect((await accept(visitor, token)).status).toBe(200)
    const hazards = (now: number) => visitor.ask('GET', `/api/streets/${street.id}/hazards`, { now })
    expect((await hazards(Date.now())).status).toBe(404)
    await visitor.signIn(username, undefined, { now: startOfDay(later) })
    expect((await hazards(startOfDay(later) + 1)).status).toBe(200)
  })

  it('waits while the street is suspended, and is none for who runs the deployment', async ({ expect }) => {
    const street = await aStreet()
    const { token } = await invited(street, await street.member('street-admin'))
    const suspend = (at: number | null) =>
      env.DIRECTORY.prepare('update streets set suspended_at = ? where id = ?').bind(at, street.id).run()
    await suspend(1)
    expect((await view(token)).json.type).toBe('urn:zhiben:problem:suspended')
    await suspend(null)
    const { id, username } = await anAccount()
    await directory.insert(operators).values({ userId: id })
    const visitor = await signedIn(username)
    expect((await accept(visitor, token)).status).toBe(409)
    expect((await view(token)).status).toBe(200)
  })

  it('that was cut off is finished by whoever accepts it again, or by the sweeper', async ({ expect }) => {
    const street = await aStreet()
    const { token } = await invited(street, await street.member('street-admin'))
    const { username } = await anAccount()
    const visitor = await signedIn(username)
    const name = street.ledger
    const cut = new Proxy(env[name] as D1Database, {
      get: (target, key) =>
        key === 'batch'
          ? () => Promise.reject(new Error('cut off'))
          : (Reflect.get(target, key) as () => unknown).bind(target),
    })
    // It is an incident, and would be shouted.
    const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const refused = await visitor.ask('POST', '/api/me/posts', { body: { token }, bindings: { [name]: cut } })
    quiet.mockRestore()
    expect(refused.status).toBe(500)
    const state = async () =>
      (await directory.select().from(streetPosts).where(eq(streetPosts.streetId, street.id))).map((one) => one.state)
    expect((await state()).sort()).toEqual(['active', 'preparing'])
    expect((await accept(visitor, token)).status).toBe(200)
    expect(await state()).toEqual(['active', 'active'])
    await directory.update(streetPosts).set({ state: 'preparing' }).where(eq(streetPosts.title, '兼职网格员'))
    await finishAppointments(env, Date.now() + hour)
    expect(await state()).toEqual(['active', 'active'])
  })
})
