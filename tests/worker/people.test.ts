import { env } from 'cloudflare:workers'
import { parseResponse } from 'hono/client'
import { describe, it } from 'vitest'
import type { PersonId, PostId } from '@app/shared/ids'
import { openDirectory } from '../../worker/db/client'
import { securityEvents, sessions, streetPosts } from '../../worker/db/directory'
import { auditLog, people, posts } from '../../worker/db/ledger'
import { and, eq } from '../../worker/db/operators'
import type { Env } from '../../worker/env'
import { scheduled } from '../../worker/platform/schedule'
import { before } from './between'
import { quiet } from './packages'
import { anId, aStreet, clientFor, send } from './street'

const directory = openDirectory(env)

async function aDesk() {
  const street = await aStreet()
  const admin = await street.member('street-admin')
  const { people: of } = clientFor(admin).streets[':streetId']
  const param = { streetId: street.id }
  const person = (change: object = {}) => {
    const id = anId<PersonId>('usr')
    return {
      id,
      postId: anId<PostId>('pst'),
      name: '测试新人',
      username: `n${id.slice(-10)}`,
      password: 'a first password',
      role: 'grid-worker' as const,
      reach: { within: 'grids' as const, ids: [street.places.first] },
      ...change,
    }
  }
  const post = async (id: PersonId) =>
    (
      await directory
        .select()
        .from(streetPosts)
        .where(and(eq(streetPosts.userId, id), eq(streetPosts.streetId, street.id)))
    )[0]
  return { street, admin, of, param, person, post }
}

describe('an administrator', () => {
  it('makes an account that signs in to its post, once however often asked', async ({ expect }) => {
    const { street, of, param, person, post } = await aDesk()
    const json = person()
    for (let i = 0; i < 3; i++) expect(await parseResponse(of.$post({ param, json }))).toEqual({ id: json.id })
    expect(await post(json.id)).toMatchObject({ state: 'active', role: 'grid-worker' })
    expect(await street.db.select().from(people).where(eq(people.id, json.id))).toHaveLength(1)
    expect((await street.db.select().from(auditLog).where(eq(auditLog.subject, json.id))).length).toBeGreaterThan(0)
    const { items } = await parseResponse(of.$get({ param }))
    expect(items).toContainEqual({
      id: json.id,
      name: '测试新人',
      initials: 'csxr',
      active: true,
      posts: [expect.objectContaining({ id: json.postId, role: 'grid-worker', reach: json.reach, until: null })],
      phoneMask: null,
    })
    const signedIn = await send(null, 'POST', '/api/session', {
      body: { username: json.username, password: json.password },
    })
    expect([signedIn.status, await signedIn.json()]).toEqual([200, { next: 'password' }])
  })

  it('is told at the field what cannot be', async ({ expect }) => {
    const [{ of, param, person, street }, other] = [await aDesk(), await aStreet()]
    const taken = person()
    await of.$post({ param, json: taken })
    const refused = [
      [person({ username: taken.username }), '/username'],
      [person({ username: '张三' }), '/username'],
      [person({ password: 'short' }), '/password'],
      [person({ name: '' }), '/name'],
      [person({ reach: { within: 'street' } }), '/reach'],
      [person({ reach: { within: 'grids', ids: [] } }), '/reach'],
      [person({ reach: { within: 'grids', ids: [other.places.first] } }), '/reach'],
      [person({ role: 'street-admin' }), '/reach'],
    ] as const
    for (const [json, pointer] of refused) {
      await expect(of.$post({ param, json })).rejects.toMatchObject({ slug: 'invalid-input', errors: [{ pointer }] })
    }
    await expect(of.$post({ param, json: person({ role: 'district-admin' }) })).rejects.toMatchObject({
      slug: 'invalid-input',
    })
    expect((await street.db.select().from(people).where(eq(people.streetId, street.id))).length).toBe(2)
  })

  it('resets a password, which ends every session, and ends a post, which shuts the gate at once', async ({
    expect,
  }) => {
    const { street, admin, of, param } = await aDesk()
    const worker = await street.member('grid-worker', { within: 'grids', ids: [street.places.first] })
    const see = async () => (await send(worker, 'GET', `/api/streets/${street.id}/hazards`)).status
    expect(await see()).toBe(200)
    await of[':personId'].password.$put({
      param: { ...param, personId: worker },
      json: { password: 'another password' },
    })
    expect(await see()).toBe(401)
    expect(await directory.select().from(sessions).where(eq(sessions.userId, worker))).toEqual([])

    const second = await street.member('inspector')
    const postId = await street.postOf(second)
    // Ids of posts are a street's own: another may have the same.
    const elsewhere = await aStreet()
    const foreign = await elsewhere.member('inspector')
    const its = eq(streetPosts.streetId, elsewhere.id)
    await directory.update(streetPosts).set({ id: postId }).where(its)
    await of[':personId'].posts[':postId'].$delete({ param: { ...param, personId: second, postId } })
    expect(await directory.select().from(streetPosts).where(its)).toMatchObject([{ state: 'active', until: null }])
    expect((await send(second, 'GET', `/api/streets/${street.id}/hazards`)).status).toBe(404)
    expect((await parseResponse(of.$get({ param }))).items.find(({ id }) => id === second)).toMatchObject({
      active: false,
    })
    await expect(
      of[':personId'].posts[':postId'].$delete({
        param: { ...param, personId: admin, postId: await street.postOf(admin) },
      }),
    ).rejects.toMatchObject({
      slug: 'rule-broken',
    })
    const theirs = { ...param, personId: foreign, postId }
    await expect(of[':personId'].posts[':postId'].$delete({ param: theirs })).rejects.toMatchObject({
      slug: 'not-found',
    })
    expect((await send(foreign, 'GET', `/api/streets/${elsewhere.id}/hazards`)).status).toBe(200)
    for (const attempt of [
      async () =>
        of[':personId'].posts[':postId'].$delete({
          param: { ...param, personId: foreign, postId: await street.postOf(foreign) },
        }),
      () =>
        of[':personId'].password.$put({
          param: { ...param, personId: foreign },
          json: { password: 'another password' },
        }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ slug: 'not-found' })
    }
  })

  it('ends a post once, at the first time it is asked for, and tells the ledger what a cut-off request did not', async ({
    expect,
  }) => {
    const { street, admin, post } = await aDesk()
    const person = await street.member('inspector')
    const postId = await street.postOf(person)
    const path = `/api/streets/${street.id}/people/${person}/posts/${postId}`
    const [first, second] = [Date.now(), Date.now() + 60_000]
    const end = async (now: number) => (await send(admin, 'DELETE', path, { now })).status
    const told = async () => {
      const [one] = await street.db.select().from(posts).where(eq(posts.id, postId))
      const [who] = await street.db.select().from(people).where(eq(people.id, person))
      const lines = await street.db.select().from(auditLog).where(eq(auditLog.subject, person))
      return [one?.until, who?.until, lines.length]
    }
    const noted = () =>
      directory
        .select()
        .from(securityEvents)
        .where(and(eq(securityEvents.subject, person), eq(securityEvents.kind, 'post-ended')))
    // Cut off behind the directory: the gate is shut, and the ledger does not know why.
    const deaf = new Proxy(env[street.ledger] as D1Database, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name)
        if (name === 'batch') return () => Promise.reject(new Error('cut off'))
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    const scope = street.scope({ id: admin }, { ...env, [street.ledger]: deaf })
    await expect(scope.endPost(person, postId, first)).rejects.toThrow()
    expect(await post(person)).toMatchObject({ state: 'ended', until: first })
    expect(await told()).toEqual([null, null, 0])
    for (let i = 0; i < 3; i++) expect(await end(second + i)).toBe(204)
    expect(await post(person)).toMatchObject({ state: 'ended', until: first })
    expect(await told()).toEqual([first, first, 1])
    expect(await noted()).toHaveLength(1)

    // One that ran out by itself keeps its day as well.
    const other = await street.member('inspector')
    const over = await street.postOf(other)
    await directory.update(streetPosts).set({ until: 5 }).where(eq(streetPosts.id, over))
    await street.db.update(posts).set({ until: 5 }).where(eq(posts.id, over))
    expect((await send(admin, 'DELETE', path.replace(person, other).replace(postId, over))).status).toBe(204)
    expect(await street.db.select().from(posts).where(eq(posts.id, over))).toMatchObject([{ until: 5 }])
    expect(await street.db.select().from(people).where(eq(people.id, other))).toMatchObject([{ until: 5 }])
  })

  it('cannot take hold of another unit’s account, by its id or by its password', async ({ expect }) => {
    const { street, admin, of, param, person, post } = await aDesk()
    const other = await aStreet()
    const [stranger, overseer] = [await other.member('street-admin'), await street.district.overseer()]
    for (const id of [stranger, overseer]) {
      await expect(of.$post({ param, json: person({ id }) })).rejects.toMatchObject({ slug: 'already-there' })
      await expect(of.$post({ param, json: person({ id, username: id }) })).rejects.toMatchObject({
        status: expect.any(Number),
      })
      expect(await post(id)).toBe(undefined)
    }
    // Somebody who serves here and elsewhere too keeps a password that this street cannot set.
    const both = await street.member('inspector')
    await other.post(both, 'inspector')
    const reset = of[':personId'].password.$put({
      param: { ...param, personId: both },
      json: { password: 'another password' },
    })
    await expect(reset).rejects.toMatchObject({ slug: 'rule-broken' })
    const link = (who: PersonId) => send(admin, 'POST', `/api/streets/${street.id}/people/${who}/link`)
    expect((await link(both)).status).toBe(409)
    // Whoever has left the other street is this one's own again.
    const left = await street.member('inspector')
    const past = await other.post(left, 'inspector')
    await directory.update(streetPosts).set({ state: 'ended', until: 1 }).where(eq(streetPosts.id, past))
    expect((await link(left)).status).toBe(201)
    await of[':personId'].password.$put({ param: { ...param, personId: left }, json: { password: 'another password' } })
    expect(await directory.select().from(sessions).where(eq(sessions.userId, both))).toHaveLength(1)
  })

  it('makes no account with a post that is a colleague’s, and takes no other street’s from it', async ({ expect }) => {
    const { street, of, param, person, post } = await aDesk()
    const json = person({ postId: await street.postOf(await street.member('inspector')) })
    await expect(of.$post({ param, json })).rejects.toMatchObject({ slug: 'already-there' })
    expect(await post(json.id)).toBe(undefined)
    expect(await street.db.select().from(people).where(eq(people.id, json.id))).toEqual([])

    const other = await aStreet()
    const stranger = await other.member('inspector')
    const same = person({ postId: await other.postOf(stranger) })
    await of.$post({ param, json: same })
    expect(await post(same.id)).toMatchObject({ id: same.postId, state: 'active' })
    const theirs = await directory.select().from(streetPosts).where(eq(streetPosts.userId, stranger))
    expect(theirs).toMatchObject([{ id: same.postId, streetId: other.id, role: 'inspector', state: 'active' }])
  })

  it('never reaches further than the ledger tells, wherever a change of reach is cut off, and then reaches so far', async ({
    expect,
  }) => {
    const { street, admin, post } = await aDesk()
    const { first, second } = street.places
    const worker = await street.member('grid-worker', { within: 'grids', ids: [first] })
    const id = await street.postOf(worker)
    const change = (ids: (typeof first)[], bindings: Env) =>
      street.scope({ id: admin }, bindings).changeReach([{ id, reach: { within: 'grids', ids } }], {
        capability: 'people.manage',
        subject: worker,
        at: Date.now(),
      })
    const reaches = async () => {
      const [told] = await street.db.select().from(posts).where(eq(posts.id, id))
      return { gate: (await post(worker))?.reach, told: told?.reach }
    }
    const cut = (n: number, name: 'DIRECTORY' | `LEDGER_${string}`) =>
      before(n, name, () => {
        throw new Error('cut off')
      })
    const daily = () => scheduled({ cron: '0 17 * * *', scheduledTime: Date.now() }, quiet)
    const of = (...ids: string[]) => ({ within: 'grids', ids })
    // Before the ledger knows: what is lost is lost, what is gained is not there yet; and then all is as it was.
    await expect(change([second], cut(1, street.ledger))).rejects.toThrow()
    expect(await reaches()).toEqual({ gate: of(), told: of(first) })
    await daily()
    expect(await reaches()).toEqual({ gate: of(first), told: of(first) })
    // Behind it: what is gained is there with the next day at the latest.
    await change([first, second], cut(1, 'DIRECTORY'))
    expect(await reaches()).toEqual({ gate: of(first), told: of(first, second) })
    await daily()
    expect(await reaches()).toEqual({ gate: of(first, second), told: of(first, second) })
    await change([second], env)
    expect(await reaches()).toEqual({ gate: of(second), told: of(second) })
  })

  it('finds an appointment that stopped half-way finished by the sweeper', async ({ expect }) => {
    const { street, of, param, person, post } = await aDesk()
    const json = person()
    await of.$post({ param, json })
    // As if the ledger had never been told.
    await directory.update(streetPosts).set({ state: 'preparing' }).where(eq(streetPosts.userId, json.id))
    await street.db.delete(posts).where(eq(posts.personId, json.id))
    await street.db.delete(people).where(eq(people.id, json.id))
    expect((await send(json.id, 'GET', `/api/streets/${street.id}/hazards`)).status).toBe(401)
    await scheduled({ cron: '*/10 * * * *', scheduledTime: Date.now() + 3_600_000 }, env)
    expect(await post(json.id)).toMatchObject({ state: 'active' })
    expect(await street.db.select().from(people).where(eq(people.id, json.id))).toMatchObject([{ name: '测试新人' }])
  })
})
