import { env } from 'cloudflare:workers'
import { describe, it } from 'vitest'
import type { PersonId, PostId } from '@app/shared/ids'
import { day } from '@app/shared/time'
import { clearOldEvents, record } from '../../worker/auth/record'
import { openDirectory } from '../../worker/db/client'
import { securityAnchors, securityEvents, signInLimits, streetPosts } from '../../worker/db/directory'
import { eq, like } from '../../worker/db/operators'
import { noVisit } from '../../worker/tenancy/tenant-security'
import { brokenEvent } from './broken-event'
import { anId, anOperator, aStreet, send } from './street'
import { Visitor, anAccount, password, signedIn } from './visitor'

const directory = openDirectory(env)
/** Each try costs a real hash, and the machine may be busy. */
const patient = { timeout: 180_000 }
const all = () => directory.select().from(securityEvents)
const visit = (now = Date.now()) => ({ ...noVisit(env), now })

describe('the record of signing in and administration', patient, () => {
  it('has one chain however many write at once, with no gap', async ({ expect }) => {
    const before = await all()
    await Promise.all(
      Array.from({ length: 24 }, (_, i) => record(visit(), { kind: 'signed-in', username: `crowd.${i}` })),
    )
    const after = await all()
    expect(after).toHaveLength(before.length + 24)
    expect(after.map(({ seq }) => seq)).toEqual(after.map((_, i) => (after[0]?.seq ?? 1) + i))
    expect(await brokenEvent()).toBe(null)
  })

  it('keeps a deed and its line together or neither', async ({ expect }) => {
    const before = await all()
    const twice = { seq: 0, hash: '', at: 0 }
    const failing = record(visit(), { kind: 'unlocked' }, (db) => [
      db.insert(securityAnchors).values({ ...twice, seq: 999_999 }),
      db.insert(securityAnchors).values({ ...twice, seq: 999_999 }),
    ])
    await expect(failing).rejects.toThrow()
    expect(await all()).toEqual(before)
    expect(await directory.select().from(securityAnchors)).toEqual([])
  })

  it('is only appended to: the database itself refuses to change it, or to drop what is younger than a year', async ({
    expect,
  }) => {
    await record(visit(), { kind: 'signed-in', username: 'somebody' })
    await expect(env.DIRECTORY.prepare("update security_events set username = 'x'").run()).rejects.toThrow(/appended/)
    await expect(env.DIRECTORY.prepare('delete from security_events').run()).rejects.toThrow(/twelve months/)
    // Replacing deletes what is there without a word to the trigger above.
    const before = await all()
    const columns = 'seq, at, kind, result, request_id, hash'
    const replaced = `insert or replace into security_events (${columns}) select seq, 0, kind, result, 'x', hash from security_events`
    await expect(env.DIRECTORY.prepare(replaced).run()).rejects.toThrow(/appended/)
    expect(await all()).toEqual(before)
    expect(await brokenEvent()).toBe(null)
  })

  it('shows what somebody changed behind its back', async ({ expect }) => {
    for (let i = 0; i < 3; i++) await record(visit(), { kind: 'signed-in', username: `chain.${i}` })
    const [, line] = (await all()).slice(-3)
    const seq = line?.seq ?? 0
    // As an owner of the database would, triggers out of the way.
    const trigger = await env.DIRECTORY.prepare(
      "select name, sql from sqlite_master where type = 'trigger' and name like 'security_events_%'",
    ).all<{ name: string; sql: string }>()
    for (const { name } of trigger.results) await env.DIRECTORY.prepare(`drop trigger ${name}`).run()
    const set = (username: string | null) =>
      env.DIRECTORY.prepare('update security_events set username = ? where seq = ?').bind(username, seq).run()
    await set('somebody else')
    expect(await brokenEvent()).toBe(seq)
    await set('chain.1')
    expect(await brokenEvent()).toBe(null)
    await directory.delete(securityEvents).where(eq(securityEvents.seq, seq))
    expect(await brokenEvent()).toBe(seq)
    if (line) await directory.insert(securityEvents).values(line)
    expect(await brokenEvent()).toBe(null)
    for (const { sql } of trigger.results) await env.DIRECTORY.prepare(sql).run()
  })

  it('clears away what has come of age and still verifies from where it begins', async ({ expect }) => {
    const now = Date.now()
    const [young] = [await all()]
    // A clock in the future lets everything written so far come of age; the database's own clock does not.
    await expect(clearOldEvents(env, now + 800 * day)).rejects.toThrow()
    expect(await all()).toEqual(young)
    const trigger = await env.DIRECTORY.prepare(
      "select sql from sqlite_master where name = 'security_events_stay'",
    ).first<{ sql: string }>()
    await env.DIRECTORY.prepare('drop trigger security_events_stay').run()
    await record(visit(now + 790 * day), { kind: 'signed-in', username: 'young' })
    await clearOldEvents(env, now + 800 * day)
    await env.DIRECTORY.prepare(trigger?.sql ?? '').run()
    expect((await all()).map(({ username }) => username)).toEqual(['young'])
    expect(await directory.select().from(securityAnchors)).toMatchObject([{ seq: young.at(-1)?.seq }])
    expect(await brokenEvent()).toBe(null)
    await record(visit(now + 800 * day), { kind: 'signed-in', username: 'younger' })
    expect(await brokenEvent()).toBe(null)
  })

  it('is read by auditors of the unit whose people it is about, and by operators whole', async ({ expect }) => {
    const [here, there] = [await aStreet(), await aStreet()]
    const { id, username } = await anAccount()
    const post = { userId: id, role: 'inspector', reach: { within: 'street' }, state: 'active', since: 0 } as const
    await directory.insert(streetPosts).values({ id: anId<PostId>('pst'), streetId: here.id, ...post })
    await new Visitor().signIn(username, 'wrong')
    const visitor = await signedIn(username)
    await visitor.ask('DELETE', '/api/session')
    const read = async (token: PersonId, path: string, query = '') =>
      (await send(token, 'GET', `${path}/security/events${query}`)).json<{
        items: { kind: string; result: string; username: string; seq: number; address: string }[]
        next: string | null
      }>()
    const path = `/api/streets/${here.id}`
    const admin = await here.member('street-admin')
    const { items, next } = await read(admin, path)
    expect(items.map(({ kind, result }) => `${kind} ${result}`)).toEqual([
      'signed-out done',
      'signed-in done',
      'signed-in refused',
    ])
    expect(items[0]).toMatchObject({ username, address: visitor.address })
    expect(next).toBe(null)
    expect((await read(admin, path, '?kind=signed-out')).items).toHaveLength(1)
    expect((await read(admin, path, `?username=${username}`)).items).toHaveLength(3)
    expect((await read(admin, path, '?username=nobody')).items).toEqual([])
    const one = await read(admin, path, '?limit=2')
    expect(one.items).toHaveLength(2)
    const two = await read(admin, path, `?limit=2&cursor=${one.next}`)
    expect([...one.items, ...two.items]).toEqual(items)

    const foreign = await read(await there.member('street-admin'), `/api/streets/${there.id}`)
    expect(foreign.items).toEqual([])
    expect((await send(await here.member('inspector'), 'GET', `${path}/security/events`)).status).toBe(403)
    const operator = await anOperator()
    await new Visitor().signIn('nobody.whom.anyone.knows', 'x')
    const whole = await read(operator, '/api/platform', '?limit=200')
    expect(whole.items.map((line) => line.username)).toContain('nobody.whom.anyone.knows')
    expect(whole.items.map((line) => line.username)).toContain(username)
    expect((await read(operator, '/api/platform', '?username=nobody.whom.anyone.knows')).items).toHaveLength(1)
    expect(await brokenEvent()).toBe(null)
  })

  it('tells who administered whom, from where and with what request', async ({ expect }) => {
    const street = await aStreet()
    const [admin, person] = [await street.member('street-admin'), await street.member('inspector')]
    const path = `/api/streets/${street.id}/people/${person}`
    const headers = { 'cf-connecting-ip': '192.0.2.7', 'user-agent': 'Auditor <b>' }
    await send(admin, 'DELETE', `${path}/sessions`, { headers })
    await send(admin, 'DELETE', `${path}/posts/${await street.postOf(person)}`, { headers })
    const lines = (await all()).filter(({ subject }) => subject === person)
    expect(lines).toMatchObject([
      { kind: 'session-ended', actor: admin, ownerKind: 'street', ownerId: street.id, address: '192.0.2.7' },
      { kind: 'post-ended', actor: admin, ownerKind: 'street', ownerId: street.id, address: '192.0.2.7' },
    ])
    for (const { requestId } of lines) expect(requestId).toMatch(/^[\w-]{20,}$/)
  })

  it('tells who tried what the post does not allow, once in ten minutes for one door', async ({ expect }) => {
    const street = await aStreet()
    const inspector = await street.member('inspector')
    for (let i = 0; i < 3; i++) await send(inspector, 'GET', `/api/streets/${street.id}/security/events`)
    const told = async () => (await all()).filter(({ actor, kind }) => actor === inspector && kind === 'denied')
    await expect.poll(told).toHaveLength(1)
    expect(await told()).toMatchObject([
      { result: 'refused', ownerId: street.id, detail: 'GET /api/streets/:streetId/security/events' },
    ])
    // Neither the record nor the counter holds what was sent: one door is one door, whatever is asked for behind it.
    const grid = await street.member('grid-worker')
    for (const id of ['usr_0000000000aaaaaaaaaaaaaaa', 'usr_0000000000bbbbbbbbbbbbbbb', '%E5%BC%A0%E4%B8%89'])
      expect((await send(grid, 'DELETE', `/api/streets/${street.id}/people/${id}/sessions`)).status).toBe(403)
    const tried = async () => (await all()).filter(({ actor, kind }) => actor === grid && kind === 'denied')
    await expect.poll(tried).toHaveLength(1)
    expect(await tried()).toMatchObject([{ detail: 'DELETE /api/streets/:streetId/people/:personId/sessions' }])
    const counters = await directory
      .select()
      .from(signInLimits)
      .where(like(signInLimits.key, `denied:${grid}:%`))
    expect(counters.map(({ key }) => key)).toEqual([
      `denied:${grid}:street:${street.id}:DELETE /api/streets/:streetId/people/:personId/sessions`,
    ])
  })

  it('and all else that is logged hold no password, token or code (A23)', async ({ expect }) => {
    const written: string[] = []
    const real = { log: console.log, warn: console.warn, error: console.error }
    for (const name of ['log', 'warn', 'error'] as const)
      console[name] = (...words: unknown[]) => void written.push(words.map(String).join(' '))
    const secrets = [password, 'a quite secret guess', 'my next secret phrase', '135790']
    const { username } = await anAccount()
    const visitor = new Visitor()
    try {
      await visitor.signIn(username, secrets[1])
      await visitor.signIn(`${username}\u0000\u202e`, secrets[1])
      await visitor.signIn(username)
      const { json } = await visitor.ask('POST', '/api/session/factor')
      secrets.push(json.key, visitor.session?.split('.')[0] ?? 'x', visitor.cookies.get('__Host-zhiben-device') ?? 'x')
      await visitor.ask('PUT', '/api/session/factor', { body: { code: secrets[3] } })
      await visitor.ask('PUT', '/api/session/password', { body: { current: password, next: secrets[2] } })
      await visitor.ask('PUT', '/api/invitation', { body: { token: 'T'.repeat(43), password: secrets[1] } })
      secrets.push('T'.repeat(43))
    } finally {
      Object.assign(console, real)
    }
    const lines = JSON.stringify(await all()) + written.join('\n')
    for (const secret of secrets) expect(lines.includes(secret), secret).toBe(false)
    // oxlint-disable-next-line no-control-regex -- it is what must not be there
    const control = /[\u0000-\u001f\u007f-\u009f\u202e]/
    for (const line of await all()) expect(Object.values(line).join('')).not.toMatch(control)
    const kinds = (await all())
      .filter((line) => line.username === username)
      .map(({ kind, result }) => `${kind} ${result}`)
    expect(kinds).toEqual(
      expect.arrayContaining(['signed-in refused', 'signed-in done', 'second-factor refused', 'password-changed done']),
    )
  })
})
