import { env } from 'cloudflare:workers'
import type { PhotoId } from '@app/shared/ids'
import { sha256 } from '../../worker/sha256'

// Bytes of one's own making: the tests' pictures come from no camera and no file.

const crcTable = Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c >>> 0
})
const crc = (bytes: Uint8Array) => ~bytes.reduce((c, byte) => (crcTable[(c ^ byte) & 0xff] ?? 0) ^ (c >>> 8), -1) >>> 0

export function joined(...parts: (Uint8Array | number[])[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

const be32 = (n: number) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]
const ascii = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0))

async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Response(bytes).body as ReadableStream<Uint8Array>
  return new Uint8Array(await new Response(stream.pipeThrough(new CompressionStream('deflate'))).arrayBuffer())
}

function chunk(type: string, data: Uint8Array | number[]): Uint8Array {
  const body = joined(ascii(type), data)
  return joined(be32(data.length), body, be32(crc(body)))
}

/** A PNG of this size whose pixels depend on `seed`; `declared` may claim another size than its data has. */
export async function png(
  width: number,
  height: number,
  seed = 1,
  declared = [width, height],
): Promise<Uint8Array<ArrayBuffer>> {
  const row = Uint8Array.from({ length: 1 + width * 3 }, (_, i) => (i === 0 ? 0 : (i * seed) & 255))
  const rows = joined(...Array.from({ length: height }, () => row))
  const header = joined(be32(declared[0] ?? 0), be32(declared[1] ?? 0), [8, 2, 0, 0, 0])
  return joined(
    [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10],
    chunk('IHDR', header),
    chunk('IDAT', await deflated(rows)),
    chunk('IEND', []),
  )
}

/** A JPEG made of a PNG by the platform, with EXIF that names a camera, its owner and a place put into it. */
export async function jpegWithExif(seed = 1): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Response(await png(64, 48, seed)).body as ReadableStream<Uint8Array>
  const drawn = await env.IMAGES.input(stream).output({ format: 'image/jpeg' })
  const plain = new Uint8Array(await drawn.response().arrayBuffer())
  const le16 = (n: number) => [n & 255, n >> 8]
  const le32 = (n: number) => [n & 255, (n >> 8) & 255, (n >> 16) & 255, n >>> 24]
  const entry = (tag: number, type: number, count: number, value: number[]) => [
    ...le16(tag),
    ...le16(type),
    ...le32(count),
    ...value,
  ]
  const text = ascii('SecretCamera\0')
  const gpsAt = 8 + 2 + 2 * 12 + 4 + text.length + 1
  const tiff = [
    ...ascii('II'),
    42,
    0,
    ...le32(8),
    ...le16(2),
    ...entry(0x010f, 2, text.length, le32(8 + 2 + 2 * 12 + 4)),
    ...entry(0x8825, 4, 1, le32(gpsAt)),
    ...le32(0),
    ...text,
    0,
    ...le16(2),
    ...entry(1, 2, 2, [...ascii('N'), 0, 0, 0]),
    ...entry(2, 5, 3, le32(gpsAt + 2 + 2 * 12 + 4)),
    ...le32(0),
    ...[21, 1, 16, 1, 30, 1].flatMap(le32),
  ]
  const exif = [...ascii('Exif\0\0'), ...tiff]
  const length = exif.length + 2
  return joined(plain.subarray(0, 2), [0xff, 0xe1, length >> 8, length & 255], exif, plain.subarray(2))
}

export async function idOf(bytes: Uint8Array<ArrayBuffer>): Promise<PhotoId> {
  return (await sha256(bytes.buffer)) as PhotoId
}
