import { env } from 'cloudflare:workers'
import { describe, it } from 'vitest'
import { photos } from '../../worker/db/ledger'
import { eq } from '../../worker/db/operators'
import { runs } from '../shared/runs'
import { aCrew } from './course'
import { oddPictures } from './odd-pictures'
import { chunk, idOf, inserted, jpegWithExif, joined, png } from './pictures'
import { aDistrict, aStreet, send } from './street'

type Bytes = Uint8Array<ArrayBuffer>
const ascii = (text: string) => joined(new TextEncoder().encode(text))
const script = '<script>alert("MARKER")</script>'
/** What must not be left in anything that is kept, of what the corpus puts into pictures. */
const traces = /MARKER|<script|Exif|SecretCamera|GPS|%PDF|ICC_PROFILE|xpacket/

async function aDesk() {
  const street = await aStreet(await aDistrict())
  const crew = await aCrew(street)
  const at = (id: string) => `/api/streets/${street.id}/photos/${id}`
  const put = async (bytes: Bytes, { id, type = 'image/jpeg' }: { id?: string; type?: string } = {}) => {
    const path = at(id ?? (await idOf(bytes)))
    const response = await send(crew.grid, 'PUT', path, { body: bytes, headers: { 'content-type': type } })
    return { path, status: response.status, text: await response.text() }
  }
  const rows = () => street.db.select({ id: photos.id }).from(photos).where(eq(photos.streetId, street.id))
  const objects = async () => (await env.EVIDENCE.list({ prefix: `streets/${street.id}/` })).objects.length
  return { put, rows, objects, get: (path: string, size: string) => send(crew.grid, 'GET', `${path}?size=${size}`) }
}

interface Case {
  readonly what: string
  readonly bytes: Bytes
  readonly status: 201 | 404 | 413 | 415 | 422
  readonly id?: string
  readonly type?: string
}

/** A JPEG with a segment of one's own after its first bytes. */
const withSegment = (jpeg: Bytes, marker: number, data: Bytes) =>
  joined(jpeg.subarray(0, 2), [0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 255], data, jpeg.subarray(2))

async function corpus(): Promise<Case[]> {
  const jpeg = await jpegWithExif(3)
  const good = await png(200, 150, 7)
  const zip = ascii('PK\x03\x04 MARKER')
  const box = (brand: string) => joined([0, 0, 0, 24], ascii(`ftyp${brand}\0\0\0\0mif1${brand}`), new Uint8Array(64))
  const kept: Omit<Case, 'status'>[] = [
    { what: 'a JPEG whose EXIF names camera, owner and place', bytes: jpeg },
    { what: 'a progressive JPEG', bytes: oddPictures.progressive },
    { what: 'a grey JPEG', bytes: oddPictures.grey },
    { what: 'a JPEG in CMYK', bytes: oddPictures.cmyk },
    { what: 'a JPEG with a colour profile', bytes: oddPictures.p3 },
    { what: 'a JPEG with a script for its comment', bytes: withSegment(jpeg, 0xfe, ascii(script)) },
    {
      what: 'a JPEG with a packet of XMP',
      bytes: withSegment(jpeg, 0xe1, ascii(`http://ns.adobe.com/xap/1.0/\0<?xpacket?>${script}`)),
    },
    { what: 'a JPEG with a page after its end', bytes: joined(jpeg, ascii(`<html>${script}`)) },
    { what: 'a JPEG with an archive after its end', bytes: joined(jpeg, zip) },
    { what: 'a JPEG with a PDF after its end', bytes: joined(jpeg, ascii('%PDF-1.7 MARKER')) },
    { what: 'a PNG with a palette', bytes: oddPictures.palette, type: 'image/png' },
    { what: 'an interlaced PNG', bytes: oddPictures.interlaced, type: 'image/png' },
    { what: 'a transparent PNG', bytes: oddPictures.transparent, type: 'image/png' },
    { what: 'a PNG with 16 bits a colour', bytes: await png(20, 12, 5, [20, 12], 16), type: 'image/png' },
    { what: 'a PNG with a script for its title', bytes: inserted(good, chunk('tEXt', ascii(`Title\0${script}`))) },
    { what: 'a PNG that says it is animated', bytes: inserted(good, chunk('acTL', [0, 0, 0, 1, 0, 0, 0, 0])) },
    { what: 'a PNG named and sent as a JPEG', bytes: good },
    { what: 'a picture of one pixel', bytes: await png(1, 1) },
  ]
  const refused: Case[] = [
    { what: 'nothing', bytes: joined(), status: 415 },
    { what: 'a page named .jpg', bytes: ascii(`<!doctype html>${script}`), status: 415 },
    {
      what: 'an SVG with a script',
      bytes: ascii(`<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`),
      status: 415,
    },
    { what: 'a GIF', bytes: oddPictures.gif, status: 415 },
    { what: 'a GIF that is a script', bytes: ascii(`GIF89a/*${'\0'.repeat(20)}*/=1;alert("MARKER")`), status: 415 },
    { what: 'a TIFF', bytes: oddPictures.tiff, status: 415 },
    { what: 'an AVIF', bytes: oddPictures.avif, status: 415 },
    { what: 'a HEIC, as an iPhone keeps it', bytes: box('heic'), status: 415 },
    { what: 'a BMP', bytes: joined(ascii('BM'), new Uint8Array(80)), status: 415 },
    { what: 'a PDF', bytes: ascii('%PDF-1.7\n1 0 obj<<>>endobj'), status: 415 },
    { what: 'an archive', bytes: zip, status: 415 },
    { what: 'a program', bytes: joined([0x4d, 0x5a, 0x90, 0], new Uint8Array(200)), status: 415 },
    { what: 'a JPEG’s first bytes and a script', bytes: joined([0xff, 0xd8, 0xff, 0xe0], ascii(script)), status: 415 },
    { what: 'the first three fifths of a JPEG', bytes: jpeg.slice(0, Math.floor(jpeg.length * 0.6)), status: 415 },
    { what: 'a PNG without its end', bytes: good.slice(0, -40), status: 415 },
    { what: 'a PNG of no width', bytes: await png(8, 8, 1, [0, 8]), status: 415 },
    { what: 'a RIFF that is a sound', bytes: joined(ascii('RIFF\x24\0\0\0WAVEfmt '), new Uint8Array(40)), status: 415 },
    // The platform itself will not look at so many pixels; ours would say 413.
    { what: 'a PNG that claims 30,000 × 30,000', bytes: await png(8, 8, 1, [30_000, 30_000]), status: 415 },
    { what: 'a PNG that claims 12,001 × 100', bytes: await png(8, 8, 1, [12_001, 100]), status: 413 },
    { what: 'a picture of 40 megapixels', bytes: await png(8000, 5000), status: 413 },
    { what: 'a byte more than may be sent', bytes: new Uint8Array(10 * 1024 * 1024 + 1), status: 413 },
    { what: 'another picture than its address says', bytes: good, id: await idOf(jpeg), status: 422 },
    { what: 'an address that leads out of the folder', bytes: good, id: '..%2F..%2Fphotos', status: 404 },
  ]
  return [...kept.map((one) => ({ ...one, status: 201 as const })), ...refused]
}

describe('A12: hostile and odd files', () => {
  it('are kept as plain pictures, or refused in words and leave nothing', async ({ expect }) => {
    const desk = await aDesk()
    const cases = await corpus()
    expect(cases.length).toBeGreaterThanOrEqual(37)
    const kept = new Set<string>()
    for (const { what, bytes, status, ...rest } of cases) {
      const answer = await desk.put(bytes, rest)
      expect([what, answer.status, answer.text]).toEqual([what, status, answer.text])
      if (status === 201) kept.add(answer.path)
      else {
        expect(answer.text, what).toMatch(/[\u4e00-\u9fff]/)
        expect(answer.text, what).not.toMatch(/stack|sharp|Error:|MARKER/)
      }
    }
    expect((await desk.rows()).length).toBe(kept.size)
    expect(await desk.objects()).toBe(2 * kept.size)
    for (const path of kept)
      for (const size of ['full', 'thumb']) {
        const response = await desk.get(path, size)
        expect(Object.fromEntries(response.headers)).toMatchObject({
          'content-type': 'image/jpeg',
          'x-content-type-options': 'nosniff',
          'content-disposition': 'inline; filename="photo.jpg"',
          'content-security-policy': "default-src 'none'; sandbox",
        })
        const text = new TextDecoder('latin1').decode(await response.arrayBuffer())
        expect(text.startsWith('\xff\xd8\xff')).toBe(true)
        expect(text).not.toMatch(traces)
      }
  })
})

describe('A13: damaged pictures', () => {
  it('are never answered with a failure, and the next good one is kept', async ({ expect }) => {
    const desk = await aDesk()
    const good = [
      await jpegWithExif(1),
      await jpegWithExif(4),
      await png(60, 40, 3),
      oddPictures.progressive,
      oddPictures.p3,
    ]
    // The same damage every time: mulberry32.
    let state = 20_261_129
    const random = () => {
      state = (state + 0x6d2b79f5) | 0
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
    }
    const answered = new Map<number, number>()
    for (let nth = 0; nth < runs(2_000, 60); nth++) {
      const bytes = joined(good[nth % good.length] ?? [])
      // From one bit in a thousand to one in twenty, as a bad network or card leaves them.
      const share = 0.001 * 50 ** random()
      for (let at = 0; at < bytes.length; at++)
        if (random() < share * 8) bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8))
      const { status } = await desk.put(bytes)
      answered.set(status, (answered.get(status) ?? 0) + 1)
    }
    expect([...answered.keys()].filter((status) => ![201, 413, 415].includes(status))).toEqual([])
    expect(answered.get(415)).toBeGreaterThan(0)
    expect((await desk.put(await png(30, 30, 9))).status).toBe(201)
  })
})
