import type { PostId } from '@app/shared/ids'
import { env } from 'cloudflare:workers'
import { Secret, TOTP } from 'otpauth'
import { describe, it } from 'vitest'
import { day } from '@app/shared/time'
import { takeCode } from '../../worker/auth/factor'
import { openDirectory } from '../../worker/db/client'
import { recoveryCodes, secondFactors, sessions, streetPosts } from '../../worker/db/directory'
import { eq } from '../../worker/db/operators'
import { anId, aStreet, send } from './street'
import { Visitor, anAccount, password, signedIn } from './visitor'

const directory = openDirectory(env)
/** Each try costs a real hash, and the machine may be busy. */
const patient = { timeout: 180_000 }
const minute = 60_000
const start = Date.now()

/** What an authenticator shows for a key at an instant. */
const codeAt = (key: string, timestamp: number) => new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp })

/** An account with a second factor, enrolled at `start`. */
async function enrolled() {
  const account = await anAccount()
  const visitor = await signedIn(account.username, { now: start })
  const { json: enrolment } = await visitor.ask('POST', '/api/session/factor', { now: start })
  const key = enrolment.key as string
  const { json } = await visitor.ask('PUT', '/api/session/factor', { body: { code: codeAt(key, start) }, now: start })
  return { ...account, visitor, key, codes: json.codes as string[] }
}

const give = (visitor: Visitor, code: string, now: number) =>
  visitor.ask('PUT', '/api/session/second-factor', { body: { code }, now })

describe('a second factor', patient, () => {
  it('is enrolled by a first code, shows ten codes once, and moves this session while it ends the others', async ({
    expect,
  }) => {
    const { id, username } = await anAccount()
    const [visitor, other] = [await signedIn(username, { now: start }), await signedIn(username, { now: start })]
    const { status, json } = await visitor.ask('POST', '/api/session/factor', { now: start })
    expect(status).toBe(201)
    expect(json.uri).toMatch(/^otpauth:\/\/totp\/.*secret=[A-Z2-7]{32}&/)
    const [kept] = await directory.select().from(secondFactors).where(eq(secondFactors.userId, id))
    expect(kept?.secret).toMatch(/^v1\./)
    expect(JSON.stringify(kept)).not.toContain(json.key)
    // Until it is confirmed nobody is asked for it.
    expect((await new Visitor().signIn(username, password, { now: start })).json).toEqual({ next: null })
    const wrong = await visitor.ask('PUT', '/api/session/factor', { body: { code: '000000' }, now: start })
    expect(wrong.status).toBe(422)
    const before = visitor.copy()
    const code = codeAt(json.key, start)
    const done = await visitor.ask('PUT', '/api/session/factor', { body: { code }, now: start })
    expect(done.json.codes).toHaveLength(10)
    expect(new Set(done.json.codes).size).toBe(10)
    const hashes = await directory.select().from(recoveryCodes).where(eq(recoveryCodes.userId, id))
    for (const one of done.json.codes) expect(JSON.stringify(hashes)).not.toContain(one.replaceAll('-', ''))
    expect((await visitor.me({ now: start })).json.security).toMatchObject({ secondFactor: true, recoveryCodes: 10 })
    for (const old of [before, other]) expect((await old.me({ now: start })).status).toBe(401)
    expect((await visitor.ask('POST', '/api/session/factor', { now: start })).status).toBe(409)
  })

  it('leaves a session of the password alone good for nothing but the code', async ({ expect }) => {
    const street = await aStreet()
    const { id, username, key } = await enrolled()
    await directory.insert(streetPosts).values({
      id: anId<PostId>('pst'),
      streetId: street.id,
      userId: id,
      role: 'inspector',
      reach: { within: 'street' },
      state: 'active',
      since: 0,
    })
    const visitor = new Visitor()
    expect((await visitor.signIn(username, password, { now: start })).json).toEqual({ next: 'second-factor' })
    for (const [method, path] of [
      ['GET', '/api/me'],
      ['GET', '/api/sessions'],
      ['DELETE', '/api/sessions'],
      ['POST', '/api/session/factor'],
      ['GET', `/api/streets/${street.id}/hazards`],
    ] as const) {
      expect((await visitor.ask(method, path, { now: start })).status, path).toBe(401)
    }
    for (const [path, body] of [
      ['/api/session/password', { current: password, next: 'quite other words here' }],
      ['/api/session/verification', { password }],
      ['/api/session/factor/removal', { password }],
      ['/api/session/factor/codes', { password }],
    ] as const) {
      expect((await visitor.ask('PUT', path, { body, now: start })).status, path).toBe(401)
    }
    const waiting = visitor.copy()
    const now = start + minute
    expect((await give(visitor, codeAt(key, now), now)).json).toEqual({ next: null })
    expect(visitor.session).not.toBe(waiting.session)
    expect((await visitor.ask('GET', `/api/streets/${street.id}/hazards`, { now })).status).toBe(200)
    expect((await give(waiting, codeAt(key, now + minute), now + minute)).status).toBe(401)
  })

  it('waits ten minutes and no longer', async ({ expect }) => {
    const { username, key } = await enrolled()
    const visitor = new Visitor()
    await visitor.signIn(username, password, { now: start })
    const late = start + 10 * minute
    expect((await give(visitor, codeAt(key, late), late)).status).toBe(401)
  })

  it('takes each code once, not one before it, and of twins one', async ({ expect }) => {
    const { id, username, key } = await enrolled()
    const now = start + 5 * minute
    const [one, two, three] = [new Visitor(), new Visitor(), new Visitor()]
    for (const visitor of [one, two, three]) await visitor.signIn(username, password, { now })
    const code = codeAt(key, now)
    const twins = await Promise.all([give(one, code, now), give(two, code, now)])
    expect(twins.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 422])
    expect((await give(three, code, now)).status).toBe(422)
    expect((await give(three, codeAt(key, now - 30_000), now)).status).toBe(422)
    // A clock one step ahead is taken, and then nothing up to that step.
    expect((await give(three, codeAt(key, now + 30_000), now)).status).toBe(200)
    expect(await takeCode(env, id, codeAt(key, now + 30_000), now + 30_000)).toBe(false)
    expect(await takeCode(env, id, codeAt(key, now + 60_000), now + 60_000)).toBe(true)
  })

  it('is shut after five wrong codes, wherever they come from', async ({ expect }) => {
    const { username, key } = await enrolled()
    const now = start + 20 * minute
    for (let i = 0; i < 5; i++) {
      const visitor = new Visitor()
      await visitor.signIn(username, password, { now })
      expect((await give(visitor, '000000', now)).status).toBe(422)
    }
    const visitor = new Visitor()
    await visitor.signIn(username, password, { now })
    const shut = await give(visitor, codeAt(key, now), now)
    expect([shut.status, shut.retryAfter]).toEqual([429, '900'])
    const later = now + 15 * minute
    await visitor.signIn(username, password, { now: later })
    expect((await give(visitor, codeAt(key, later), later)).status).toBe(200)
  })

  it('is stood in for by a recovery code, once, however it is typed', async ({ expect }) => {
    const { username, codes } = await enrolled()
    const [first = '', second = ''] = codes
    const now = start + minute
    const visitor = new Visitor()
    await visitor.signIn(username, password, { now })
    expect((await give(visitor, ` ${first.toUpperCase()} `, now)).status).toBe(200)
    expect((await visitor.me({ now })).json.security.recoveryCodes).toBe(9)
    const again = new Visitor()
    await again.signIn(username, password, { now })
    expect((await give(again, first, now)).status).toBe(422)
    const renewed = await visitor.ask('PUT', '/api/session/factor/codes', { body: { password }, now })
    expect(renewed.json.codes).toHaveLength(10)
    expect((await give(again, second, now)).status).toBe(422)
    expect((await give(again, renewed.json.codes[0], now)).status).toBe(200)
  })

  it('of one person opens nothing of another’s', async ({ expect }) => {
    const [mine, theirs] = [await enrolled(), await enrolled()]
    const now = start + minute
    const visitor = new Visitor()
    await visitor.signIn(mine.username, password, { now })
    expect((await give(visitor, theirs.codes[0] ?? '', now)).status).toBe(422)
    expect((await give(visitor, codeAt(theirs.key, now), now)).status).toBe(422)
    // The secret is sealed for its owner: moved to another row it opens for nobody.
    const [row] = await directory.select().from(secondFactors).where(eq(secondFactors.userId, theirs.id))
    await directory
      .update(secondFactors)
      .set({ secret: row?.secret ?? '' })
      .where(eq(secondFactors.userId, mine.id))
    await expect(takeCode(env, mine.id, codeAt(theirs.key, now), now)).rejects.toThrow()
  })

  it('is taken away with the password, and by an administrator when the phone is lost', async ({ expect }) => {
    const street = await aStreet()
    const { id, username, visitor } = await enrolled()
    const remove = (body: object) => visitor.ask('PUT', '/api/session/factor/removal', { body, now: start })
    expect((await remove({ password: 'wrong' })).status).toBe(422)
    expect((await remove({ password })).status).toBe(204)
    expect((await new Visitor().signIn(username, password, { now: start })).json).toEqual({ next: null })

    const lost = await enrolled()
    await directory.insert(streetPosts).values({
      id: anId<PostId>('pst'),
      streetId: street.id,
      userId: lost.id,
      role: 'grid-worker',
      reach: { within: 'street' },
      state: 'active',
      since: 0,
    })
    const admin = await street.member('street-admin')
    const path = `/api/streets/${street.id}/people`
    expect((await send(admin, 'DELETE', `${path}/${id}/second-factor`)).status).toBe(404)
    expect((await send(admin, 'DELETE', `${path}/${lost.id}/second-factor`)).status).toBe(204)
    expect((await lost.visitor.me({ now: start })).status).toBe(401)
    expect((await new Visitor().signIn(lost.username, password, { now: start })).json).toEqual({ next: null })
  })
})

describe('a unit that asks for a second factor', patient, () => {
  it('lets nobody of those roles further than enrolling, at once and within one query', async ({ expect }) => {
    const street = await aStreet()
    const { id, username } = await anAccount()
    await directory.insert(streetPosts).values({
      id: anId<PostId>('pst'),
      streetId: street.id,
      userId: id,
      role: 'inspector',
      reach: { within: 'street' },
      state: 'active',
      since: 0,
    })
    const visitor = await signedIn(username, { now: start })
    const gate = (by = visitor, now = start) => by.ask('GET', `/api/streets/${street.id}/hazards`, { now })
    expect((await gate()).status).toBe(200)

    const overseer = await street.district.overseer()
    const { defaultPolicy } = await import('@app/shared/accounts/policy')
    const policy = { ...defaultPolicy, secondFactorRoles: ['inspector', 'district-admin'] }
    const set = await send(overseer, 'PUT', `/api/districts/${street.districtId}/security/policy`, { body: policy })
    expect(set.status).toBe(204)
    // It binds whoever set it as well.
    expect((await send(overseer, 'GET', `/api/districts/${street.districtId}/hazards`)).status).toBe(403)

    expect((await gate()).json).toMatchObject({ status: 403, type: 'urn:zhiben:problem:sign-in-unfinished' })
    expect((await visitor.me({ now: start })).json.security).toMatchObject({
      next: 'enrol',
      secondFactorRequired: true,
    })
    const admin = await street.member('street-admin')
    expect((await send(admin, 'GET', `/api/streets/${street.id}/hazards`)).status).toBe(200)
    expect((await new Visitor().signIn(username, password, { now: start })).json).toEqual({ next: 'enrol' })

    const { json } = await visitor.ask('POST', '/api/session/factor', { now: start })
    await visitor.ask('PUT', '/api/session/factor', { body: { code: codeAt(json.key, start) }, now: start })
    expect((await gate()).status).toBe(200)
    expect((await visitor.me({ now: start })).json.security.next).toBe(null)
  })

  it('shortens the sign-ins that stand, at once, and lengthens none', async ({ expect }) => {
    const street = await aStreet()
    const { id, username } = await anAccount()
    await directory.insert(streetPosts).values({
      id: anId<PostId>('pst'),
      streetId: street.id,
      userId: id,
      role: 'inspector',
      reach: { within: 'street' },
      state: 'active',
      since: 0,
    })
    const visitor = await signedIn(username, { now: start })
    const { defaultPolicy } = await import('@app/shared/accounts/policy')
    const admin = await street.member('street-admin')
    const path = `/api/streets/${street.id}/security/policy`
    const put = (change: object) => send(admin, 'PUT', path, { body: { ...defaultPolicy, ...change } })
    expect((await put({ deskIdle: 10, deskTotal: 60 })).status).toBe(204)
    const spans = async () => {
      const { session } = (await visitor.me({ now: start })).json.security
      return [session.idleFor / minute, (session.expiresAt - start) / minute]
    }
    expect(await spans()).toEqual([10, 60])
    expect((await put({ deskIdle: 60, deskTotal: 600 })).status).toBe(204)
    expect(await spans()).toEqual([10, 60])
    expect((await put({ deskIdle: 1 })).status).toBe(422)
    expect((await put({ secondFactorRoles: ['emperor'] })).status).toBe(422)
    const shown = await (await send(admin, 'GET', path)).json()
    expect(shown).toMatchObject({ policy: { deskIdle: 60 }, effective: { deskIdle: 60 }, isDefault: false })
    const stranger = await aStreet()
    expect(
      await (
        await send(await stranger.member('street-admin'), 'GET', `/api/streets/${stranger.id}/security/policy`)
      ).json(),
    ).toMatchObject({ isDefault: true })
  })

  it('with 等保 practice asks for composition, and for another password every 90 days', async ({ expect }) => {
    const street = await aStreet()
    const { id, username } = await anAccount()
    await directory.insert(streetPosts).values({
      id: anId<PostId>('pst'),
      streetId: street.id,
      userId: id,
      role: 'inspector',
      reach: { within: 'street' },
      state: 'active',
      since: 0,
    })
    const { defaultPolicy } = await import('@app/shared/accounts/policy')
    const admin = await street.member('street-admin')
    const body = { ...defaultPolicy, composedPasswords: true }
    await send(admin, 'PUT', `/api/streets/${street.id}/security/policy`, { body })
    const visitor = new Visitor()
    expect((await visitor.signIn(username, password, { now: start + 91 * day })).json).toEqual({ next: 'password' })
    const change = (next: string) =>
      visitor.ask('PUT', '/api/session/password', { body: { current: password, next }, now: start + 91 * day })
    expect((await change('quite other words here')).text).toContain('至少三类')
    expect((await change('Quite other words 7')).json).toEqual({ next: null })
    const [row] = await directory.select().from(sessions).where(eq(sessions.userId, id))
    expect(row?.stage).toBe('full')
  })
})
