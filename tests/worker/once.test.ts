import { env } from 'cloudflare:workers'
import { parseResponse } from 'hono/client'
import { describe, it } from 'vitest'
import { and, eq } from 'drizzle-orm'
import fc from 'fast-check'
import type { PersonId } from '@app/shared/ids'
import { day } from '@app/shared/time'
import { answers, hazards } from '../../worker/db/ledger'
import { scheduled } from '../../worker/platform/schedule'
import { sha256 } from '../../worker/sha256'
import { runs } from '../shared/runs'
import { aCrew, filed } from './course'
import { asked } from './packages'
import { aStreet, clientFor, send, type Street } from './street'

async function aDesk() {
  const street = await aStreet()
  const crew = await aCrew(street)
  const post = async (key: string, body: object, who: PersonId = crew.grid) => {
    const response = await send(who, 'POST', `/api/streets/${street.id}/hazards`, {
      body,
      headers: { 'idempotency-key': key },
    })
    return { status: response.status, body: await response.text() }
  }
  return { street, crew, post, kept: () => countOf(street, crew.admin) }
}

async function countOf(street: Street, who: PersonId): Promise<number> {
  const { hazards } = clientFor(who).streets[':streetId']
  return (await parseResponse(hazards.$get({ param: { streetId: street.id }, query: { limit: '200' } }))).items.length
}

describe('a request with a key', () => {
  it('gets its answer again, and is done once', async ({ expect }) => {
    const { street, post, kept } = await aDesk()
    const draft = await street.draft()
    const [first, again] = [await post('key-00001', draft), await post('key-00001', draft)]
    expect(first).toEqual({ status: 201, body: JSON.stringify({ id: draft.id }) })
    expect(again).toEqual(first)
    expect(await kept()).toBe(1)
  })

  it('is done once although it comes fifty times at once, and every answer is the same', async ({ expect }) => {
    const { street, post, kept } = await aDesk()
    const draft = await street.draft()
    const answers = await Promise.all(Array.from({ length: 50 }, () => post('key-00001', draft)))
    expect(new Set(answers.map(({ status, body }) => `${status} ${body}`))).toEqual(
      new Set([`201 ${JSON.stringify({ id: draft.id })}`]),
    )
    expect(await kept()).toBe(1)
  })

  it('gets its answer again although its own deed now stands in its way', async ({ expect }) => {
    const { street, crew } = await aDesk()
    const id = await filed(street, crew.grid)
    const propose = async (key: string, who = crew.inspector) => {
      const path = `/api/streets/${street.id}/hazards/${id}/rounds/1/void-proposal`
      return (await send(who, 'PUT', path, { body: { words: '重复' }, headers: { 'idempotency-key': key } })).status
    }
    expect(await propose('key-00001')).toBe(204)
    expect(await propose('key-00001')).toBe(204)
    expect(await propose('key-00002')).toBe(409)
    expect(await propose('key-00001', crew.officer)).toBe(409)
  })

  it('is refused with another body, and for want of a key', async ({ expect }) => {
    const { street, post, kept } = await aDesk()
    const draft = await street.draft()
    await post('key-00001', draft)
    expect(await post('key-00001', { ...draft, description: '另一处' })).toMatchObject({
      status: 422,
      body: expect.stringContaining('key-reused'),
    })
    expect(await post('', await street.draft())).toMatchObject({ status: 400 })
    expect(await kept()).toBe(1)
  })

  it('leaves no digest of its body that could be guessed at, and knows the plain ones of the release before', async ({
    expect,
  }) => {
    const { street, crew, post } = await aDesk()
    const { id, passphrase } = await asked(street.id, crew.admin).then(({ response: _, ...one }) => one)
    const path = `/api/streets/${street.id}`
    const plain = async (at: string, body: object) => sha256(`POST ${at} ${await sha256(JSON.stringify(body))}`)
    const its = () => street.db.select().from(answers).where(eq(answers.streetId, street.id))
    const [kept] = await its()
    expect(kept?.request).toMatch(/^[0-9a-f]{64}$/)
    expect(kept?.request).not.toBe(await plain(`${path}/exports`, { id, passphrase }))

    const draft = await street.draft()
    const first = await post('key-00001', draft)
    await street.db
      .update(answers)
      .set({ request: await plain(`${path}/hazards`, draft) })
      .where(and(eq(answers.streetId, street.id), eq(answers.key, 'key-00001')))
    expect(await post('key-00001', draft)).toEqual(first)
    expect(await post('key-00001', { ...draft, description: '另一处' })).toMatchObject({ status: 422 })
  })

  it('is another person’s own, and after a refusal still unused', async ({ expect }) => {
    const { street, crew, post, kept } = await aDesk()
    const draft = await street.draft()
    expect(await post('key-00001', { ...draft, description: ' ' })).toMatchObject({ status: 422 })
    expect(await post('key-00001', draft)).toMatchObject({ status: 201 })
    expect(await post('key-00001', { ...(await street.draft()), source: 'street-check' }, crew.admin)).toMatchObject({
      status: 201,
    })
    expect(await kept()).toBe(2)
  })

  it('is not filed twice under the id made on the phone, even when its key has been forgotten', async ({ expect }) => {
    const { street, post, kept } = await aDesk()
    const draft = await street.draft()
    await post('key-00001', draft)
    expect(await post('key-00002', draft)).toMatchObject({
      status: 409,
      body: expect.stringContaining('already-there'),
    })
    expect(await kept()).toBe(1)
  })

  it('is remembered for thirty days, and then forgotten by the sweeper', async ({ expect }) => {
    const { street, post } = await aDesk()
    const draft = await street.draft()
    await post('key-00001', draft)
    const sweep = (at: number) => scheduled({ cron: '*/10 * * * *', scheduledTime: at }, env)
    const remembered = () => street.db.select({ key: answers.key }).from(answers).where(eq(answers.streetId, street.id))
    await sweep(Date.now() + 29 * day)
    expect(await remembered()).toEqual([{ key: 'key-00001' }])
    await sweep(Date.now() + 31 * day)
    expect(await remembered()).toEqual([])
    // What it did is still done, and not done again.
    expect(await post('key-00001', draft)).toMatchObject({
      status: 409,
      body: expect.stringContaining('already-there'),
    })
  })

  it('keeps one row for each key and person, in any order and mixture of requests', async ({ expect }) => {
    const { street, crew, post } = await aDesk()
    const who = [crew.grid, await street.member('grid-worker', { within: 'grids', ids: [street.places.first] })]
    let [n, again, kept] = [0, 0, 0]
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ key: fc.nat(1), draft: fc.nat(2), who: fc.nat(1) }), { minLength: 1, maxLength: 6 }),
        async (tries) => {
          // Keys and drafts of its own, or every later run would only find what the first ones left.
          const run = crypto.randomUUID()
          const photo = await street.photo()
          const drafts = await Promise.all(Array.from({ length: 3 }, () => street.draft({ photos: [photo] })))
          const first = new Map<string, string>()
          const answers = new Map<string, string>()
          const filedIds = new Set<string>()
          for (const one of tries) {
            const draft = drafts[one.draft]
            const person = who[one.who]
            if (!draft || !person) continue
            const { status, body } = await post(`${run}-${one.key}`, draft, person)
            const name = `${one.who} ${one.key}`
            n++
            const before = first.get(name)
            if (before === undefined) {
              if (filedIds.has(draft.id)) expect(status).toBe(409)
              else {
                expect(status).toBe(201)
                filedIds.add(draft.id)
                first.set(name, draft.id)
                answers.set(name, body)
              }
            } else if (before === draft.id) {
              expect({ status, body }).toEqual({ status: 201, body: answers.get(name) })
              again++
            } else expect(status).toBe(422)
          }
          kept += filedIds.size
        },
      ),
      { numRuns: runs(2_000, 40) },
    )
    expect(n).toBeGreaterThan(20)
    expect(again).toBeGreaterThan(0)
    expect(await street.db.$count(hazards, eq(hazards.streetId, street.id))).toBe(kept)
  })
})
