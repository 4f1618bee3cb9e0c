import { unzipSync } from 'fflate'
import { describe, it } from 'vitest'
import {
  checksum,
  directoryOf,
  headerOf,
  joined,
  NoArchive,
  readDirectory,
  readEntry,
  type ZipEntry,
} from '../../worker/platform/zip'

type Bytes = Uint8Array<ArrayBuffer>
const utf8 = (text: string): Bytes => Uint8Array.from(new TextEncoder().encode(text))

function archive(files: Record<string, Bytes>) {
  const [parts, entries]: [Bytes[], ZipEntry[]] = [[], []]
  let at = 0
  for (const [path, bytes] of Object.entries(files)) {
    const entry = { path, size: bytes.length, crc: checksum(bytes), at }
    const header = headerOf(entry)
    parts.push(header, bytes)
    entries.push(entry)
    at += header.length + bytes.length
  }
  return { zip: joined([...parts, directoryOf(entries, at)]), entries, at }
}

const readerOf = (zip: Bytes) => (at: number, length: number) => Promise.resolve(zip.slice(at, at + length))

describe('an archive', () => {
  const files = { 'a/空.txt': utf8(''), 'b.jsonl': utf8('{"x":1}\n'), 'c/中文.bin': new Uint8Array(70_000).fill(9) }

  it('is read by a reader that shares nothing with it', ({ expect }) => {
    expect(unzipSync(archive(files).zip)).toEqual(files)
  })

  it('is read here as it was written, file by file', async ({ expect }) => {
    const { zip, entries } = archive(files)
    const found = await readDirectory(readerOf(zip), zip.length)
    expect(found).toEqual(entries)
    for (const entry of found)
      expect(await readEntry(readerOf(zip), entry)).toEqual(files[entry.path as keyof typeof files])
  })

  it('spells the same files in the same bytes', ({ expect }) => {
    expect(archive(files).zip).toEqual(archive(files).zip)
  })

  it('tells of 70,000 files and of files beyond four gigabytes in its large directory', async ({ expect }) => {
    const entries = Array.from({ length: 70_000 }, (_, n) => ({
      path: `objects/${n}`,
      size: 100_000,
      crc: n,
      at: n * 100_100,
    }))
    const at = 70_000 * 100_100
    const directory = directoryOf(entries, at)
    const size = at + directory.length
    // Only its end is there; nothing else is looked at.
    const read = (from: number, length: number) => Promise.resolve(directory.slice(from - at, from - at + length))
    const found = await readDirectory(read, size)
    expect(found).toHaveLength(70_000)
    expect(found.at(-1)).toEqual(entries.at(-1))
    expect(found.filter((entry, n) => entry.at !== entries[n]?.at)).toEqual([])
  })

  it('is refused when it is none, ends early, or points outside itself', async ({ expect }) => {
    const { zip, entries, at } = archive(files)
    const outside = joined([zip.slice(0, at), directoryOf([{ path: 'x', size: 1_000_000, crc: 0, at: 0 }], at)])
    const bad = [new Uint8Array(10), new Uint8Array(1_000), zip.slice(0, -1), zip.slice(100), outside]
    for (const bytes of bad)
      await expect(readDirectory(readerOf(bytes), bytes.length)).rejects.toBeInstanceOf(NoArchive)
    const damaged = zip.slice()
    const [, second] = entries
    if (!second) throw new Error('There are three')
    damaged[second.at + 38] = 0
    await expect(readEntry(readerOf(damaged), second)).rejects.toBeInstanceOf(NoArchive)
  })
})
