import { env } from 'cloudflare:workers'
import { describe, it } from 'vitest'
import type { PersonId, PostId } from '@app/shared/ids'
import { openDirectory } from '../../worker/db/client'
import { sessions, streetPosts } from '../../worker/db/directory'
import { people } from '../../worker/db/ledger'
import { eq } from '../../worker/db/operators'
import { routesOf } from '../../worker/http/openapi'
import { anId, app, aStreet, send } from './street'
import { anAccount, password, signedIn } from './visitor'

const directory = openDirectory(env)
/** Each try costs a real hash, and the machine may be busy. */
const patient = { timeout: 180_000 }
const minute = 60_000

describe('what asks again who is there', patient, () => {
  it('is publishing, people, accounts, the policy, exports and all that is done to whole tenants', ({ expect }) => {
    const guarded = new Set<string>([
      'people.manage',
      'overseer.manage',
      'security.manage',
      'notice.publish',
      'notice.withdraw',
      'contact.unmask',
      'person.rights',
      'street.export',
      'street.onboard',
      'tenant.manage',
      'tenant.import',
      'tenant.move',
      'key.rotate',
    ])
    const free = new Set([
      // Only looks.
      'POST /api/districts/:districtId/streets/trials',
      // A part of a package that was registered, and is opened, under proof.
      'PUT /api/platform/imports/:importId/parts/:part',
    ])
    const changes = routesOf(app).filter(
      ({ method, declaration }) => method !== 'GET' && guarded.has(declaration.needs),
    )
    expect(changes.length).toBeGreaterThan(12)
    for (const { method, path, declaration } of changes) {
      const key = `${method} ${path}`
      expect(declaration.again ?? false, key).toBe(!free.has(key))
    }
  })

  it('says so before it looks at anything, does nothing, and does it once told, under the same key', async ({
    expect,
  }) => {
    const street = await aStreet()
    const { id, username } = await anAccount()
    await directory.insert(streetPosts).values({
      id: anId<PostId>('pst'),
      streetId: street.id,
      userId: id,
      role: 'street-admin',
      reach: { within: 'street' },
      state: 'active',
      since: 0,
    })
    const start = Date.now()
    const visitor = await signedIn(username, { now: start })
    const newcomer = anId<PersonId>('usr')
    const body = {
      id: newcomer,
      name: '测试新人',
      postId: anId<PostId>('pst'),
      username: `n${newcomer.slice(-10)}`,
      password: 'first words of mine',
      role: 'grid-worker',
      reach: { within: 'grids', ids: [street.places.first] },
    }
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const make = (now: number, sent: unknown = body) =>
      visitor.ask('POST', `/api/streets/${street.id}/people`, { body: sent, headers, now })
    const made = () => street.db.select().from(people).where(eq(people.id, newcomer))

    const late = start + 10 * minute
    expect((await make(late)).json).toMatchObject({ status: 403, type: 'urn:zhiben:problem:verify-again' })
    expect((await make(late, { rubbish: true })).json.type).toBe('urn:zhiben:problem:verify-again')
    expect(await made()).toEqual([])
    const verify = (given: object, now = late) => visitor.ask('PUT', '/api/session/verification', { body: given, now })
    expect((await verify({ password: 'wrong' })).status).toBe(422)
    expect((await verify({ code: '123456' })).status).toBe(422)
    expect((await verify({ password, code: '123456' })).status).toBe(422)
    expect((await make(late)).status).toBe(403)
    expect((await verify({ password })).status).toBe(204)
    expect((await make(late)).status).toBe(201)
    expect(await made()).toHaveLength(1)
    expect((await make(late + 10 * minute - 1)).status).toBe(201)
    expect((await make(late + 10 * minute)).status).toBe(403)
    // Nobody without the capability is asked: they are told that they may not.
    await directory.update(streetPosts).set({ role: 'inspector' }).where(eq(streetPosts.userId, id))
    expect((await make(late)).json.type).toBe('urn:zhiben:problem:forbidden')
  })

  it('asks as soon as the unit’s own setting says', async ({ expect }) => {
    const street = await aStreet()
    const admin = await street.member('street-admin')
    const { defaultPolicy } = await import('@app/shared/accounts/policy')
    const path = `/api/streets/${street.id}/security/policy`
    await send(admin, 'PUT', path, { body: { ...defaultPolicy, verifyAgain: 1 } })
    const now = Date.now()
    await directory.update(sessions).set({ verifiedAt: now }).where(eq(sessions.userId, admin))
    const put = (at: number) => send(admin, 'PUT', path, { body: defaultPolicy, now: at }).then((r) => r.status)
    expect(await put(now + minute)).toBe(403)
    expect(await put(now + minute - 1)).toBe(204)
  })
})
