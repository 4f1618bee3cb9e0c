// Pictures, and what only looks like one, as somebody who means harm or a strange telephone might send them. Made byte
// by byte; what only an encoder can make is in worker/fixtures/pictures.json (sharp 0.35.5: 24 × 16 pixels and less).
import fixtures from '../worker/fixtures/pictures.json'

type Bytes = Uint8Array<ArrayBuffer>
export type Good = keyof typeof fixtures

const latin = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 255)
const utf8 = (text: string) => Uint8Array.from(new TextEncoder().encode(text))
const be16 = (n: number) => [(n >>> 8) & 255, n & 255]
const be32 = (n: number) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]
const le32 = (n: number) => be32(n).toReversed()

function joined(...parts: (Uint8Array | readonly number[])[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** One of the pictures that an encoder made. */
export const good = (name: Good): Bytes => Uint8Array.from(atob(fixtures[name]), (letter) => letter.charCodeAt(0))

const crcTable = Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c >>> 0
})
function chunk(type: string, data: Uint8Array | readonly number[]): Bytes {
  const body = joined(latin(type), data)
  const sum = ~body.reduce((c, byte) => (crcTable[(c ^ byte) & 255] ?? 0) ^ (c >>> 8), -1) >>> 0
  return joined(be32(data.length), body, be32(sum))
}

async function deflated(parts: Iterable<Bytes>): Promise<Bytes> {
  const through = new CompressionStream('deflate')
  const writer = through.writable.getWriter()
  const write = async () => {
    for (const part of parts) await writer.write(part)
    await writer.close()
  }
  const [bytes] = await Promise.all([new Response(through.readable).arrayBuffer(), write()])
  return new Uint8Array(bytes)
}

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]
/** A PNG of so many pixels, all black, one bit each: any size in few bytes, and true to what its header says. */
async function blackPng(width: number, height: number, more: readonly Bytes[] = []): Promise<Bytes> {
  const row = 1 + Math.ceil(width / 8)
  const rows = function* () {
    const many = new Uint8Array(row * 100)
    for (let left = height; left > 0; left -= 100) yield left >= 100 ? many : many.subarray(0, row * left)
  }
  const header = joined(be32(width), be32(height), [1, 0, 0, 0, 0])
  const data = chunk('IDAT', await deflated(rows()))
  return joined(pngSignature, chunk('IHDR', header), ...more, data, chunk('IEND', []))
}

/** Puts chunks into a PNG right behind its header. */
const pngWith = (png: Bytes, ...chunks: Bytes[]) => joined(png.subarray(0, 33), ...chunks, png.subarray(33))
/** Puts a segment into a JPEG right behind its first mark. */
const jpegWith = (jpeg: Bytes, marker: number, data: Uint8Array) =>
  joined(jpeg.subarray(0, 2), [0xff, marker], be16(data.length + 2), data, jpeg.subarray(2))

/** A JPEG whose header says another size; `at` is found by the mark of its frame. */
function jpegClaiming(jpeg: Bytes, width: number, height: number): Bytes {
  const copy = jpeg.slice()
  const at = copy.findIndex((byte, on) => byte === 0xff && (copy[on + 1] === 0xc0 || copy[on + 1] === 0xc2))
  copy.set([...be16(height), ...be16(width)], at + 5)
  return copy
}

const script = '<script>alert(document.domain)</script>'
const page = `<!doctype html><html><body>${script}</body></html>`
const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">${script}</svg>`

/** A zip of one stored file, as small as it can be. */
function zip(name: string, text: string): Bytes {
  const [file, data] = [latin(name), latin(text)]
  const facts = [...new Uint8Array(12), ...le32(data.length)]
  const sizes = [...le32(data.length), ...le32(file.length).slice(0, 2), 0, 0]
  const local = joined(latin('PK\x03\x04'), [20, 0], facts, sizes, file, data)
  const central = joined(latin('PK\x01\x02'), [20, 0, 20, 0], facts, sizes, new Uint8Array(14), file)
  return joined(
    local,
    central,
    latin('PK\x05\x06'),
    [0, 0, 0, 0, 1, 0, 1, 0],
    le32(central.length),
    le32(local.length),
    [0, 0],
  )
}

/** An APNG of two frames, made of a PNG by putting its parts twice. */
function apng(png: Bytes): Bytes {
  const control = (sequence: number) =>
    chunk('fcTL', [...be32(sequence), ...be32(24), ...be32(16), ...be32(0), ...be32(0), 0, 1, 0, 10, 0, 0])
  const end = png.length - 12
  return joined(
    png.subarray(0, 33),
    chunk('acTL', [...be32(2), ...be32(0)]),
    control(0),
    png.subarray(33, end),
    control(1),
    chunk('fdAT', [...be32(2), ...png.subarray(41, end - 4)]),
    png.subarray(end),
  )
}

const bmp = joined(
  latin('BM'),
  le32(58),
  le32(0),
  le32(54),
  le32(40),
  le32(1),
  le32(1),
  [1, 0, 24, 0],
  le32(0),
  le32(4),
  le32(0),
  le32(0),
  le32(0),
  le32(0),
  [255, 0, 0, 0],
)
const heic = joined(be32(24), latin('ftypheic'), be32(0), latin('mif1heic'), be32(8), latin('mdat'))

/** What somebody sends, and how it must be answered; only a picture is kept, and of these so many pixels. */
export interface Sent {
  readonly what: string
  readonly make: () => Bytes | Promise<Bytes>
  readonly status: 201 | 404 | 413 | 415 | 422
  /** Of what is kept. */
  readonly size?: readonly [width: number, height: number]
  readonly type?: string
  /** In place of the SHA-256 in its address, where the two differ. */
  readonly id?: string
  /** It comes in parts, without a length. */
  readonly chunked?: true
  readonly headers?: Readonly<Record<string, string>>
}

const [jpeg, png] = [() => good('jpeg'), () => good('pngAlpha')]
const whole = [24, 16] as const

/** What is sent, with what must come of each. */
export const corpus: readonly Sent[] = [
  // Good ones, strange as some are.
  { what: 'a baseline JPEG', make: jpeg, status: 201, size: whole },
  { what: 'a progressive JPEG', make: () => good('jpegProgressive'), status: 201, size: whole },
  { what: 'a grey JPEG', make: () => good('jpegGray'), status: 201, size: whole },
  { what: 'a CMYK JPEG', make: () => good('jpegCmyk'), status: 201, size: whole },
  { what: 'a JPEG with a colour profile', make: () => good('jpegIcc'), status: 201, size: [8, 8] },
  { what: 'a JPEG lying on its side', make: () => good('jpegTurned'), status: 201, size: [16, 24] },
  { what: 'a JPEG with place, serial number, owner and XMP', make: () => good('jpegSecret'), status: 201, size: whole },
  { what: 'a PNG of 16 bits', make: () => good('png16'), status: 201, size: whole },
  { what: 'a PNG with a palette', make: () => good('pngPalette'), status: 201, size: whole },
  { what: 'a PNG one can see through', make: png, status: 201, size: whole },
  { what: 'a PNG that moves', make: () => apng(png()), status: 201, size: whole },
  { what: 'a WebP', make: () => good('webp'), status: 201, size: whole },
  { what: 'a WebP without loss', make: () => good('webpLossless'), status: 201, size: [12, 8] },
  { what: 'a WebP that moves', make: () => good('webpAnimated'), status: 201, size: [12, 8] },
  { what: 'a PNG of one pixel', make: () => blackPng(1, 1), status: 201, size: [1, 1] },
  { what: 'a PNG of 12,000 × 1', make: () => blackPng(12_000, 1), status: 201, size: [1600, 1] },
  { what: 'a JPEG called a PNG', make: jpeg, status: 201, size: whole, type: 'image/png' },
  { what: 'a JPEG that comes in parts without a length', make: jpeg, status: 201, size: whole, chunked: true },
  // Pictures that are something else besides, of which only the picture may be left.
  { what: 'a JPEG with a web page behind it', make: () => joined(jpeg(), latin(page)), status: 201, size: whole },
  {
    what: 'a JPEG with an archive behind it',
    make: () => joined(jpeg(), zip('a.html', page)),
    status: 201,
    size: whole,
  },
  {
    what: 'a JPEG with a script as its comment',
    make: () => jpegWith(jpeg(), 0xfe, latin(page)),
    status: 201,
    size: whole,
  },
  {
    what: 'a JPEG that is a script (polyglot)',
    make: () => jpegWith(jpeg(), 0xfe, latin(`*/=alert(1);/*${script}`)),
    status: 201,
    size: whole,
  },
  {
    what: 'a PNG with a script as its text',
    make: () => pngWith(png(), chunk('tEXt', latin(`Comment\0${page}`))),
    status: 201,
    size: whole,
  },
  {
    what: 'a PNG with place and owner',
    make: () => pngWith(png(), chunk('eXIf', good('jpegSecret').subarray(30, 400))),
    status: 201,
    size: whole,
  },
  { what: 'a PNG with a web page behind it', make: () => joined(png(), latin(page)), status: 201, size: whole },
  { what: 'a WebP with a web page behind it', make: () => joined(good('webp'), latin(page)), status: 201, size: whole },
  // Not what may be sent, whatever it is called.
  { what: 'nothing', make: () => new Uint8Array(0), status: 415 },
  { what: 'one byte', make: () => joined([0xff]), status: 415 },
  { what: 'zeros', make: () => new Uint8Array(5000), status: 415 },
  { what: 'a GIF', make: () => good('gifAnimated'), status: 415 },
  { what: 'a GIF that is a script (polyglot)', make: () => latin('GIF89a/*\0\0\0\0\0*/=1;alert(1)//;'), status: 415 },
  { what: 'an SVG with a script', make: () => latin(svg), status: 415 },
  { what: 'an SVG behind a byte order mark', make: () => utf8(`\ufeff<?xml version="1.0"?>${svg}`), status: 415 },
  { what: 'a web page called .jpg', make: () => latin(page), status: 415 },
  { what: 'an AVIF', make: () => good('avif'), status: 415 },
  { what: 'a HEIC', make: () => heic, status: 415 },
  { what: 'a BMP', make: () => bmp, status: 415 },
  { what: 'a TIFF', make: () => good('tiff'), status: 415 },
  {
    what: 'a PDF',
    make: () => latin('%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF'),
    status: 415,
  },
  { what: 'an archive', make: () => zip('photo.jpg', page), status: 415 },
  { what: 'a program', make: () => joined(latin('MZ'), new Uint8Array(500)), status: 415 },
  { what: 'a shell script', make: () => latin('#!/bin/sh\nid\n'), status: 415 },
  {
    what: 'a form with a file in it',
    make: () =>
      joined(
        latin('--x\r\nContent-Disposition: form-data; name="f"; filename="../../a.jpg"\r\n\r\n'),
        jpeg(),
        latin('\r\n--x--'),
      ),
    status: 415,
    type: 'multipart/form-data; boundary=x',
  },
  // Begins as it should and goes on otherwise.
  { what: 'a JPEG’s first bytes and a web page', make: () => joined([0xff, 0xd8, 0xff], latin(page)), status: 415 },
  { what: 'a PNG’s first bytes and nothing', make: () => joined(pngSignature), status: 415 },
  {
    what: 'a WebP’s first bytes and a script',
    make: () => joined(latin('RIFF'), le32(40), latin('WEBPVP8 '), latin(script)),
    status: 415,
  },
  { what: 'a JPEG cut short', make: () => jpeg().slice(0, 400), status: 415 },
  { what: 'a PNG cut short', make: () => png().slice(0, 400), status: 415 },
  { what: 'a WebP cut short', make: () => good('webp').slice(0, 150), status: 415 },
  {
    what: 'a WebP whose length is a lie',
    make: () => joined(latin('RIFF'), be32(0xffffffff), good('webp').subarray(8)),
    status: 415,
  },
  // More than may be.
  { what: 'a PNG of 30,000 × 30,000 in 109 kB', make: () => blackPng(30_000, 30_000), status: 413 },
  { what: 'a PNG of 12,001 × 1', make: () => blackPng(12_001, 1), status: 413 },
  { what: 'a JPEG that claims 65,500 × 65,500', make: () => jpegClaiming(jpeg(), 65_500, 65_500), status: 413 },
  {
    what: 'a PNG with a text that unpacks to 100 MB',
    make: async () => {
      const million = new Uint8Array(1_000_000)
      const text = await deflated(Array.from({ length: 100 }, () => million))
      return pngWith(png(), chunk('zTXt', joined(latin('Comment\0\0'), text)))
    },
    status: 201,
    size: whole,
  },
  { what: 'more bytes than may be', make: () => new Uint8Array(10 * 1024 * 1024 + 1), status: 413 },
  {
    what: 'more bytes than may be, in parts',
    make: () => new Uint8Array(10 * 1024 * 1024 + 1),
    status: 413,
    chunked: true,
  },
  // Names and headers.
  { what: 'a name that climbs', make: jpeg, status: 404, id: '..%2f..%2f..%2fetc%2fpasswd' },
  { what: 'a name with a zero in it', make: jpeg, status: 404, id: `${'a'.repeat(63)}%00` },
  { what: 'a name written from right to left', make: jpeg, status: 404, id: encodeURIComponent('\u202egpj.exe') },
  { what: 'a name with a line break', make: jpeg, status: 404, id: `${'a'.repeat(60)}%0d%0aSet-Cookie:x` },
  { what: 'the name of another picture', make: jpeg, status: 422, id: 'b'.repeat(64) },
  { what: 'two types at once', make: jpeg, status: 201, size: whole, type: 'image/jpeg, text/html' },
  { what: 'a type of its own', make: jpeg, status: 201, size: whole, type: 'text/html; charset=utf-7' },
  {
    what: 'a file name in a header',
    make: jpeg,
    status: 201,
    size: whole,
    headers: {
      'content-disposition': 'attachment; filename="../../x.html"',
      'content-encoding': 'identity',
      'x-file-name': 'x.html',
    },
  },
]

/** Pictures that are damaged in every way. */
export const goodOnes = ['jpegSecret', 'jpegProgressive', 'pngAlpha', 'png16', 'webp'] as const satisfies Good[]

/** A copy with this share of its bits turned over, at least one; the same seed turns the same ones. */
export function damaged(bytes: Bytes, seed: number, share: number): Bytes {
  const copy = bytes.slice()
  let state = seed >>> 0
  const random = (below: number) => {
    // Numerical Recipes' generator: any will do here that is the same everywhere.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  for (let left = Math.max(1, Math.round(share * bytes.length * 8)); left > 0; left--) {
    const at = random(copy.length)
    copy[at] = (copy[at] ?? 0) ^ (1 << random(8))
  }
  return copy
}

/**
 * What is in a JPEG besides a picture: segments that can carry words, whatever lies behind its end, and words that
 * the corpus hides. Nothing for one that is only a picture.
 */
export function leftIn(bytes: Uint8Array): string[] {
  const found: string[] = []
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return ['no JPEG']
  let at = 2
  while (at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda) {
    const marker = bytes[at + 1] ?? 0
    // Tables, frame and JFIF's own header; a colour profile is no word of anybody.
    const plain = [0xc0, 0xc2, 0xc4, 0xdb, 0xdd, 0xe0, 0xe2].includes(marker)
    if (!plain) found.push(marker.toString(16))
    at += 2 + (bytes[at + 2] ?? 0) * 256 + (bytes[at + 3] ?? 0)
  }
  if (bytes[at + 1] !== 0xda) found.push('no scan')
  if (bytes.at(-2) !== 0xff || bytes.at(-1) !== 0xd9) found.push('more behind its end')
  const text = String.fromCharCode(...bytes)
  for (const word of ['Secret', 'Exif', 'GPS', '<script', 'alert(', 'x:xmp', 'PK\x03\x04', 'PNG'])
    if (text.includes(word)) found.push(word)
  return found
}
