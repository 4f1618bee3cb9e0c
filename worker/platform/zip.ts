import { crc32 } from 'node:zlib'

// The part of APPNOTE.TXT 6.3 that stored files need, zip64 included. Written here and not taken from a library,
// because an archive is made over many runs of a job and no library goes on with one that another run began
// (decision 10). Dates are left at the format's first day: the same files are the same archive.

/** A stored file of an archive, and where it begins. */
export interface ZipEntry {
  readonly path: string
  readonly size: number
  readonly crc: number
  readonly at: number
}

type Bytes = Uint8Array<ArrayBuffer>

const utf8 = new TextEncoder()
/** 1980-01-01. */
const firstDay = 0x0021
const utf8Names = 0x0800
const [version, version64] = [20, 45]
const most32 = 0xffff_ffff
const most16 = 0xffff

export const checksum = (bytes: Bytes): number => crc32(bytes)

/** What stands before a file's bytes. */
export function headerOf({ path, size, crc }: Omit<ZipEntry, 'at'>): Bytes {
  const name = utf8.encode(path)
  const [bytes, view] = record(30 + name.length)
  view.setUint32(0, 0x04034b50, true)
  view.setUint16(4, version, true)
  view.setUint16(6, utf8Names, true)
  view.setUint16(12, firstDay, true)
  view.setUint32(14, crc, true)
  view.setUint32(18, size, true)
  view.setUint32(22, size, true)
  view.setUint16(26, name.length, true)
  bytes.set(name, 30)
  return bytes
}

/** What an archive ends with: its directory, which begins at `at`. */
export function directoryOf(entries: readonly ZipEntry[], at: number): Bytes {
  const parts = entries.map(inDirectory)
  const size = parts.reduce((sum, { length }) => sum + length, 0)
  const large = entries.length >= most16 || at >= most32 || size >= most32
  if (large) {
    const [bytes, view] = record(56 + 20)
    view.setUint32(0, 0x06064b50, true)
    view.setBigUint64(4, 44n, true)
    view.setUint16(12, version64, true)
    view.setUint16(14, version64, true)
    view.setBigUint64(24, BigInt(entries.length), true)
    view.setBigUint64(32, BigInt(entries.length), true)
    view.setBigUint64(40, BigInt(size), true)
    view.setBigUint64(48, BigInt(at), true)
    view.setUint32(56, 0x07064b50, true)
    view.setBigUint64(64, BigInt(at + size), true)
    view.setUint32(72, 1, true)
    parts.push(bytes)
  }
  const [end, view] = record(22)
  view.setUint32(0, 0x06054b50, true)
  view.setUint16(8, Math.min(entries.length, most16), true)
  view.setUint16(10, Math.min(entries.length, most16), true)
  view.setUint32(12, Math.min(size, most32), true)
  view.setUint32(16, Math.min(at, most32), true)
  parts.push(end)
  return joined(parts)
}

function inDirectory({ path, size, crc, at }: ZipEntry): Bytes {
  const name = utf8.encode(path)
  const far = at >= most32
  const [bytes, view] = record(46 + name.length + (far ? 12 : 0))
  view.setUint32(0, 0x02014b50, true)
  view.setUint16(4, far ? version64 : version, true)
  view.setUint16(6, far ? version64 : version, true)
  view.setUint16(8, utf8Names, true)
  view.setUint16(14, firstDay, true)
  view.setUint32(16, crc, true)
  view.setUint32(20, size, true)
  view.setUint32(24, size, true)
  view.setUint16(28, name.length, true)
  view.setUint16(30, far ? 12 : 0, true)
  view.setUint32(42, Math.min(at, most32), true)
  bytes.set(name, 46)
  if (far) {
    view.setUint16(46 + name.length, 1, true)
    view.setUint16(48 + name.length, 8, true)
    view.setBigUint64(50 + name.length, BigInt(at), true)
  }
  return bytes
}

/** Not an archive, or none that was written as above. */
export class NoArchive extends Error {
  override name = 'NoArchive'
}

/** Reads so many bytes from a place in the archive. */
export type Reader = (at: number, length: number) => Promise<Bytes>

/** The directory of an archive of `size` bytes. Throws `NoArchive`. */
export async function readDirectory(read: Reader, size: number): Promise<ZipEntry[]> {
  const tail = Math.min(size, 22 + 20 + 56 + 65_535)
  const end = await read(size - tail, tail)
  const view = viewOf(end)
  let last = end.length - 22
  while (last >= 0 && view.getUint32(last, true) !== 0x06054b50) last--
  if (last < 0) throw new NoArchive('It has no end')
  let [count, length, start] = [
    view.getUint16(last + 10, true),
    view.getUint32(last + 12, true),
    view.getUint32(last + 16, true),
  ]
  if (last >= 20 && view.getUint32(last - 20, true) === 0x07064b50) {
    const far = await read(Number(view.getBigUint64(last - 12, true)), 56)
    const farView = viewOf(far)
    if (farView.getUint32(0, true) !== 0x06064b50) throw new NoArchive('Its large end is not where it says')
    count = Number(farView.getBigUint64(32, true))
    length = Number(farView.getBigUint64(40, true))
    start = Number(farView.getBigUint64(48, true))
  }
  if (start + length > size) throw new NoArchive('Its directory lies outside it')
  const directory = await read(start, length)
  const entries = entriesOf(directory, count)
  for (const { at, size: bytes } of entries) if (at + 30 + bytes > start) throw new NoArchive('A file lies outside it')
  return entries
}

function entriesOf(directory: Bytes, count: number): ZipEntry[] {
  const view = viewOf(directory)
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const entries: ZipEntry[] = []
  let at = 0
  for (let n = 0; n < count; n++) {
    if (at + 46 > directory.length || view.getUint32(at, true) !== 0x02014b50)
      throw new NoArchive('Its directory ends early')
    if (view.getUint16(at + 10, true) !== 0) throw new NoArchive('Its files are compressed')
    const [name, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true)) as [
      number,
      number,
      number,
    ]
    const size = view.getUint32(at + 24, true)
    let where = view.getUint32(at + 42, true)
    if (size === most32 || view.getUint32(at + 20, true) !== size) throw new NoArchive('It holds a file too large')
    if (at + 46 + name + extra + comment > directory.length) throw new NoArchive('Its directory ends early')
    if (where === most32) {
      const field = at + 46 + name
      if (extra < 12 || view.getUint16(field, true) !== 1) throw new NoArchive('A file is nowhere')
      where = Number(view.getBigUint64(field + 4, true))
    }
    const path = text.decode(directory.subarray(at + 46, at + 46 + name))
    entries.push({ path, size, crc: view.getUint32(at + 16, true), at: where })
    at += 46 + name + extra + comment
  }
  return entries
}

/** The bytes of one file. Throws `NoArchive` when they are not those that the directory names. */
export async function readEntry(read: Reader, entry: ZipEntry): Promise<Bytes> {
  const { path, size, crc, at } = entry
  const header = headerOf(entry)
  const all = await read(at, header.length + size)
  const view = viewOf(all)
  // Written by us, a header has no field more; what stands there has to be this one to the letter.
  if (all.length !== header.length + size || view.getUint32(0, true) !== 0x04034b50 || view.getUint16(28, true) !== 0)
    throw new NoArchive(`${path} is not where it says`)
  const bytes = all.slice(header.length)
  if (checksum(bytes) !== crc) throw new NoArchive(`${path} is damaged`)
  return bytes
}

export function joined(parts: readonly Bytes[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

function record(length: number): [Bytes, DataView] {
  const bytes = new Uint8Array(length)
  return [bytes, viewOf(bytes)]
}

const viewOf = (bytes: Bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
