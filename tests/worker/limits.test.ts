import { env } from 'cloudflare:workers'
import { describe, it } from 'vitest'
import { accountLimit, addressLimit, deviceLimit } from '@app/shared/accounts/limits'
import { openDirectory } from '../../worker/db/client'
import { securityEvents, signInLimits } from '../../worker/db/directory'
import { eq, gte } from '../../worker/db/operators'
import { counting } from './counted'
import { Visitor, anAccount, password } from './visitor'

const directory = openDirectory(env)
/** Each try costs a real hash, and the machine may be busy. */
const patient = { timeout: 180_000 }
const start = Date.now()
const guesses = process.env['FULL_SIZE'] === '1' ? 1_000 : 200
const refusedOf = (username: string) =>
  directory
    .select()
    .from(securityEvents)
    .where(eq(securityEvents.username, username))
    .then((lines) => lines.filter(({ result }) => result === 'refused').length)

describe('guessing', patient, () => {
  it('at one account from ever other addresses reaches the hash five times (A10)', async ({ expect }) => {
    const { username } = await anAccount()
    const statuses: number[] = []
    for (let i = 0; i < guesses; i++) {
      const visitor = new Visitor({ address: `2001:db8:${i.toString(16)}:${i}::${i}` })
      const headers = { 'x-forwarded-for': `203.0.${i >> 8}.${i & 255}`, 'x-real-ip': `198.51.100.${i & 255}` }
      statuses.push((await visitor.signIn(username, `guess ${i}`, { now: start + i, headers })).status)
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(accountLimit.most)
    expect(statuses.filter((status) => status === 429)).toHaveLength(guesses - accountLimit.most)
    expect(await refusedOf(username)).toBe(accountLimit.most)
  })

  it('a hundred times at once reaches it no oftener', async ({ expect }) => {
    const { username } = await anAccount()
    const all = await Promise.all(
      Array.from({ length: 40 }, (_, i) => new Visitor().signIn(username, `guess ${i}`, { now: start })),
    )
    expect(all.filter(({ status }) => status === 401)).toHaveLength(accountLimit.most)
    expect(await refusedOf(username)).toBe(accountLimit.most)
  })

  it('within one /64 counts as one address, whatever forwarding headers say; another address is free', async ({
    expect,
  }) => {
    const names = await Promise.all(Array.from({ length: 100 }, () => anAccount()))
    const tried: number[] = []
    // Ten guesses at each of a hundred accounts, one round after the other.
    for (let round = 0; round < 2; round++) {
      for (const [i, { username }] of names.entries()) {
        const visitor = new Visitor({ address: `2001:db8:aa:1:${i.toString(16)}::${round}` })
        const headers = { 'x-forwarded-for': `203.0.113.${i}` }
        tried.push((await visitor.signIn(username, `guess ${round}`, { now: start, headers })).status)
      }
    }
    expect(tried.filter((status) => status === 401)).toHaveLength(addressLimit.most)
    expect(tried.slice(addressLimit.most).every((status) => status === 429)).toBe(true)
    const other = new Visitor({ address: '2001:db8:aa:2::1' })
    expect((await other.signIn(names[99]?.username ?? '', password, { now: start })).status).toBe(200)
    const same = new Visitor({ address: '2001:db8:aa:1:ffff::9' })
    const shut = await same.signIn(names[98]?.username ?? '', password, { now: start })
    expect([shut.status, shut.retryAfter]).toEqual([429, '900'])
  })

  it('does not shut out the owner on a device that signed in before, who has a small allowance of his own', async ({
    expect,
  }) => {
    const { username } = await anAccount()
    const owner = new Visitor()
    expect((await owner.signIn(username, password, { now: start })).status).toBe(200)
    for (let i = 0; i < 8; i++) await new Visitor().signIn(username, `guess ${i}`, { now: start })
    expect((await new Visitor().signIn(username, password, { now: start })).status).toBe(429)
    expect((await owner.signIn(username, password, { now: start })).status).toBe(200)
    // The address of a guesser beside him does not matter either.
    for (let i = 0; i < 40; i++) {
      await new Visitor({ address: owner.address }).signIn(`nobody.${i}`, 'x', { now: start })
    }
    expect((await owner.signIn(username, password, { now: start })).status).toBe(200)
    for (let i = 0; i < deviceLimit.most; i++) {
      expect((await owner.signIn(username, 'wrong', { now: start })).status).toBe(401)
    }
    expect((await owner.signIn(username, password, { now: start })).status).toBe(429)
    // A cookie that somebody made up is a new device.
    const forged = new Visitor()
    forged.cookies.set('__Host-zhiben-device', 'B'.repeat(43))
    expect((await forged.signIn(username, password, { now: start })).status).toBe(429)
  })

  it('is forgotten by a good sign-in and by time, and by nothing else', async ({ expect }) => {
    const { username } = await anAccount()
    const guess = (word: string, now: number) => new Visitor().signIn(username, word, { now })
    for (let i = 0; i < accountLimit.most - 1; i++) await guess('wrong', start)
    expect((await guess(password, start)).status).toBe(200)
    for (let i = 0; i < accountLimit.most; i++) expect((await guess('wrong', start)).status).toBe(401)
    const shut = await guess(password, start + 60_000)
    expect([shut.status, shut.retryAfter]).toEqual([429, '840'])
    const opens = start + accountLimit.shutFor
    expect((await guess(password, opens - 1)).status).toBe(429)
    // Once it has opened, a failure is a first one again.
    expect((await guess('wrong', opens)).status).toBe(401)
    expect((await guess(password, opens)).status).toBe(200)
    const kept = await directory
      .select()
      .from(signInLimits)
      .where(eq(signInLimits.key, `account:${username}`))
    expect(kept).toEqual([])
  })

  it('at step-up and at the current password counts as well', async ({ expect }) => {
    const { username } = await anAccount()
    const visitor = new Visitor()
    await visitor.signIn(username, password, { now: start })
    const again = (word: string) =>
      visitor.ask('PUT', '/api/session/verification', { body: { password: word }, now: start })
    for (let i = 0; i < deviceLimit.most; i++) expect((await again('wrong')).status).toBe(422)
    expect((await again(password)).status).toBe(429)
  })
})

describe('a wrong pair', patient, () => {
  it('tells nothing of whether there is such an account: same answer, same statements (A11)', async ({ expect }) => {
    const { username } = await anAccount()
    const invited = await anAccount({ password: null })
    const { bindings, since } = counting()
    const seen = async (name: string, times: number) => {
      const answers: object[] = []
      for (let i = 0; i < times; i++) {
        const visitor = new Visitor()
        let answer = {}
        const { trips } = await since(async () => {
          const { status, bytes, set, retryAfter } = await visitor.signIn(name, 'wrong', { now: start, bindings })
          answer = { status, bytes, set, retryAfter }
        })
        answers.push({ ...answer, trips })
      }
      return answers
    }
    const known = await seen(username, 7)
    expect(await seen('nobody.at.all', 7)).toEqual(known)
    expect(await seen(invited.username, 7)).toEqual(known)
    expect(known.map((answer) => (answer as { status: number }).status)).toEqual([401, 401, 401, 401, 401, 429, 429])
  })

  it('writes one line for each guess that was looked at, and one for the first that was not', async ({ expect }) => {
    const { username } = await anAccount()
    const before = Date.now()
    for (let i = 0; i < 9; i++) await new Visitor().signIn(username, 'wrong', { now: before })
    const lines = await directory.select().from(securityEvents).where(gte(securityEvents.at, before))
    const results = lines.filter((line) => line.username === username).map(({ result }) => result)
    expect(results).toEqual(['refused', 'refused', 'refused', 'refused', 'refused', 'limited'])
  })
})
