import { env } from 'cloudflare:workers'
import { describe, it } from 'vitest'
import type { PhotoId } from '@app/shared/ids'
import { day } from '@app/shared/time'
import { hazardPhotos, photos } from '../../worker/db/ledger'
import { eq } from '../../worker/db/operators'
import { scheduled } from '../../worker/platform/schedule'
import { aCrew, filed } from './course'
import { idOf, joined, jpegWithExif, png } from './pictures'
import { aDistrict, aStreet, send } from './street'

const bytesOf = (text: string) => joined(new TextEncoder().encode(text))

async function aDesk() {
  const district = await aDistrict()
  const street = await aStreet(district)
  const crew = await aCrew(street)
  const put = async (bytes: Uint8Array<ArrayBuffer>, change: { id?: string; type?: string; who?: string } = {}) => {
    const id = change.id ?? (await idOf(bytes))
    const response = await send(change.who ?? crew.grid, 'PUT', `/api/streets/${street.id}/photos/${id}`, {
      body: bytes,
      headers: { 'content-type': change.type ?? 'image/jpeg' },
    })
    return { id: id as PhotoId, status: response.status, body: await response.json<Record<string, unknown>>() }
  }
  const rows = () => street.db.select().from(photos).where(eq(photos.streetId, street.id))
  const objects = async () =>
    (await env.EVIDENCE.list({ prefix: `streets/${street.id}/` })).objects.map(({ key }) => key)
  return { district, street, crew, put, rows, objects }
}

describe('an upload', () => {
  it('is kept as a picture and nothing else: upright, bounded, with a thumbnail, and no trace of who or where', async ({
    expect,
  }) => {
    const { street, crew, put, objects } = await aDesk()
    const sent = await jpegWithExif()
    expect(new TextDecoder('latin1').decode(sent)).toContain('SecretCamera')
    const { id, status, body } = await put(sent)
    expect({ status, body }).toEqual({ status: 201, body: { id, width: 64, height: 48 } })
    expect(await objects()).toEqual([`streets/${street.id}/photos/${id}`, `streets/${street.id}/thumbs/${id}`])
    for (const size of ['full', 'thumb']) {
      const response = await send(crew.grid, 'GET', `/api/streets/${street.id}/photos/${id}?size=${size}`)
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'image/jpeg',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cache-control': 'private, max-age=31536000, immutable',
      })
      const kept = new Uint8Array(await response.arrayBuffer())
      const text = new TextDecoder('latin1').decode(kept)
      expect([...kept.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff])
      expect(text).not.toMatch(/SecretCamera|Exif|GPS/)
    }
  })

  it('takes PNG and WebP for what they are, and scales down what is too wide', async ({ expect }) => {
    const { put } = await aDesk()
    const wide = await put(await png(2400, 1200), { type: 'image/png' })
    expect(wide).toMatchObject({ status: 201, body: { width: 1600, height: 800 } })
    const drawn = await env.IMAGES.input(new Response(await png(30, 20)).body as ReadableStream<Uint8Array>).output({
      format: 'image/webp',
    })
    expect(await put(new Uint8Array(await drawn.response().arrayBuffer()))).toMatchObject({
      status: 201,
      body: { width: 30 },
    })
  })

  it('is one object however often it is sent', async ({ expect }) => {
    const { crew, put, rows, objects } = await aDesk()
    const picture = await png(40, 30)
    const sent = await Promise.all([put(picture), put(picture), put(picture, { who: crew.admin })])
    expect(new Set(sent.map(({ status, body }) => `${status} ${JSON.stringify(body)}`)).size).toBe(1)
    expect(await rows()).toMatchObject([{ state: 'kept', bound: false }])
    expect(await objects()).toHaveLength(2)
  })

  it('is refused for what it is, whatever it is called, and leaves nothing behind', async ({ expect }) => {
    const { put, rows, objects } = await aDesk()
    const good = await png(200, 150, 7)
    const jpeg = await jpegWithExif(3)
    const text = bytesOf('<script>alert(1)</script> this is no picture at all')
    const bad: [string, Uint8Array<ArrayBuffer>, number, string?][] = [
      ['a text file named .jpg', text, 415],
      ['an SVG with a script', bytesOf('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 415],
      ['a GIF', joined([0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 1, 0, 1, 0, 0, 0, 0, 0x3b]), 415],
      ['nothing', new Uint8Array(0), 415],
      ['a JPEG’s first bytes and rubbish', joined([0xff, 0xd8, 0xff], text), 415],
      ['a truncated JPEG', jpeg.slice(0, Math.floor(jpeg.length * 0.6)), 415],
      ['a truncated PNG', good.slice(0, good.length - 40), 415],
      ['a 40-megapixel picture', await png(8000, 5000), 413],
      ['a PNG that claims 30,000 × 30,000', await png(8, 8, 1, [30_000, 30_000]), 413],
      ['a PNG that claims 12,001 × 100', await png(8, 8, 1, [12_001, 100]), 413],
      ['a body over the limit', new Uint8Array(10 * 1024 * 1024 + 1), 413],
      ['another picture than its address says', good, 422, await idOf(jpeg)],
      ['an address that is no hash', good, 404, 'ABC'],
    ]
    for (const [what, bytes, status, id] of bad) {
      const answer = await put(bytes, id === undefined ? {} : { id })
      expect(answer.status, what).toBe(status)
      expect(JSON.stringify(answer.body), what).toMatch(/[\u4e00-\u9fff]/)
      expect(JSON.stringify(answer.body), what).not.toMatch(/stack|sharp|Error:/)
    }
    expect(await rows()).toEqual([])
    expect(await objects()).toEqual([])
  })
})

describe('a kept photo', () => {
  it('belongs to the record that names it, and is seen by whoever sees that', async ({ expect }) => {
    const { district, street, crew, put, rows } = await aDesk()
    const { id } = await put(await png(20, 20))
    const path = `/api/streets/${street.id}/photos/${id}`
    const { third, first } = street.places
    const elsewhere = await street.member('grid-worker', { within: 'grids', ids: [third] })
    const colleague = await street.member('grid-worker', { within: 'grids', ids: [first] })
    // Before it is part of a record it is its uploader's own.
    expect((await send(crew.grid, 'GET', path)).status).toBe(200)
    expect((await send(colleague, 'GET', path)).status).toBe(404)
    const hazardId = await filed(street, crew.grid, { photos: [id] })
    expect(await rows()).toMatchObject([{ bound: true }])
    expect((await send(colleague, 'GET', path)).status).toBe(200)
    expect((await send(crew.principal, 'GET', path)).status).toBe(200)
    expect((await send(elsewhere, 'GET', path)).status).toBe(404)

    const overseer = await district.overseer()
    const record = `/api/districts/${district.id}/hazards/${street.id}/${hazardId}/photos`
    expect((await send(overseer, 'GET', `${record}/${id}`)).status).toBe(200)
    expect((await send(overseer, 'GET', `${record}/${'b'.repeat(64)}`)).status).toBe(404)

    const other = await aStreet(district)
    const stranger = await other.member('street-admin')
    expect((await send(stranger, 'GET', `/api/streets/${other.id}/photos/${id}`)).status).toBe(404)
    const foreign = await other.draft({ photos: [id], source: 'street-check' })
    const refused = await send(stranger, 'POST', `/api/streets/${other.id}/hazards`, { body: foreign })
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({
      type: 'urn:zhiben:problem:photos-missing',
      errors: [{ pointer: '/photos/0', detail: id }],
    })
  })

  it('is swept after thirty days when no record names it, and never when one does', async ({ expect }) => {
    const { street, crew, put, rows, objects } = await aDesk()
    const [loose, bound] = [await put(await png(20, 20, 3)), await put(await png(20, 20, 5))]
    await filed(street, crew.grid, { photos: [bound.id] })
    const sweep = (at: number) => scheduled({ cron: '*/10 * * * *', scheduledTime: at }, env)
    await sweep(Date.now() + 29 * day)
    expect(await rows()).toHaveLength(2)
    await sweep(Date.now() + 31 * day)
    expect(await rows()).toMatchObject([{ id: bound.id }])
    expect(await objects()).toEqual([
      `streets/${street.id}/photos/${bound.id}`,
      `streets/${street.id}/thumbs/${bound.id}`,
    ])
    expect((await street.db.select().from(hazardPhotos).where(eq(hazardPhotos.photoId, loose.id))).length).toBe(0)
  })
})
