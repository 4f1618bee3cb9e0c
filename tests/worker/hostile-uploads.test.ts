import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { photos } from '../../worker/db/ledger'
import { eq } from '../../worker/db/operators'
import { corpus, damaged, good, goodOnes, leftIn, type Sent } from '../shared/hostile-pictures'
import { runs } from '../shared/runs'
import { aCrew } from './course'
import { idOf } from './pictures'
import { aDistrict, aStreet, send } from './street'

async function aDesk() {
  const street = await aStreet(await aDistrict())
  const { grid } = await aCrew(street)
  const put = async (bytes: Uint8Array<ArrayBuffer>, { id, type, chunked, headers }: Partial<Sent> = {}) => {
    const named = id ?? (await idOf(bytes))
    // A stream has no length to declare.
    const body = chunked ? (new Response(bytes).body as ReadableStream) : bytes
    const response = await send(grid, 'PUT', `/api/streets/${street.id}/photos/${named}`, {
      body,
      headers: { 'content-type': type ?? 'image/jpeg', ...headers },
    })
    return { id: named, status: response.status, text: await response.text() }
  }
  const get = (id: string, size: string) =>
    send(grid, 'GET', `/api/streets/${street.id}/photos/${id}?size=${size}`, {
      headers: { accept: 'text/html', range: 'bytes=0-' },
    })
  const kept = async () => [
    ...(await street.db.select().from(photos).where(eq(photos.streetId, street.id))).map(({ id }) => id),
    ...(await env.EVIDENCE.list({ prefix: `streets/${street.id}/` })).objects.map(({ key }) => key),
  ]
  return { put, get, kept }
}

describe(`each of ${corpus.length} hostile and odd files`, () => {
  it('is enough of them', ({ expect }) => {
    expect(corpus.length).toBeGreaterThanOrEqual(37)
    expect(new Set(corpus.map(({ what }) => what)).size).toBe(corpus.length)
  })

  it('is answered as it should be, and of what is kept nothing but the picture is left', async ({ expect }) => {
    const { put, get, kept } = await aDesk()
    for (const sent of corpus) {
      const before = await kept()
      const { id, status, text } = await put(await sent.make(), sent)
      expect(status, `${sent.what}: ${text}`).toBe(sent.status)
      if (status !== 201) {
        expect(text, sent.what).toMatch(/[\u4e00-\u9fff]/)
        expect(text, sent.what).not.toMatch(/stack|sharp|vips|Error:|<script/)
        expect(await kept(), sent.what).toEqual(before)
        continue
      }
      const [width, height] = sent.size ?? []
      expect(JSON.parse(text), sent.what).toEqual({ id, width, height })
      for (const size of ['full', 'thumb']) {
        const response = await get(id, size)
        expect([response.status, Object.fromEntries(response.headers)], sent.what).toEqual([
          200,
          expect.objectContaining({
            'content-type': 'image/jpeg',
            'x-content-type-options': 'nosniff',
            'content-disposition': 'inline; filename="photo.jpg"',
            'content-security-policy': "default-src 'none'; sandbox",
          }),
        ])
        expect(leftIn(new Uint8Array(await response.arrayBuffer())), `${sent.what}, ${size}`).toEqual([])
      }
    }
  })
})

it('is told apart from a picture that still says who took it and where, by the same eyes', ({ expect }) => {
  expect(leftIn(good('jpegSecret'))).toEqual(['e1', 'e1', 'Secret', 'Exif', '<script', 'x:xmp'])
})

it('answers any damage to a good picture with a picture or a refusal', { timeout: 600_000 }, async ({ expect }) => {
  const { put, get } = await aDesk()
  const answers: Record<number, number> = {}
  const harm = fc.record({
    of: fc.constantFrom(...goodOnes),
    seed: fc.integer(),
    // A single bit as well, which the decoder may well not notice.
    share: fc.oneof(fc.constant(0), fc.double({ min: 0.001, max: 0.05, noNaN: true })),
  })
  await fc.assert(
    fc.asyncProperty(harm, async ({ of, seed, share }) => {
      const { id, status, text } = await put(damaged(good(of), seed, share))
      answers[status] = (answers[status] ?? 0) + 1
      expect([201, 413, 415], text).toContain(status)
      if (status === 201) expect(leftIn(new Uint8Array(await (await get(id, 'full')).arrayBuffer()))).toEqual([])
    }),
    { numRuns: runs(2000, 50), seed: 13, endOnFailure: true },
  )
  if (process.env['FULL_SIZE'] === '1') console.log(`BUDGET ${JSON.stringify({ answers })}`)
  expect((await put(good('jpeg'))).status).toBe(201)
})
