import { randomBytes } from 'node:crypto'
import { deflateSync, crc32 } from 'node:zlib'

/** A PNG of 800 × 600 to be picked as a photo, another for each seed. */
export function picture(seed: number): { name: string; mimeType: string; buffer: Buffer } {
  const [width, height] = [800, 600]
  const rows = Buffer.alloc((1 + width * 3) * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * (1 + width * 3) + 1 + x * 3
      const tile = ((x >> 5) + (y >> 5) + seed) % 5
      rows[at] = (tile * 40 + seed * 31) & 255
      rows[at + 1] = (y + seed * 17) & 255
      rows[at + 2] = (x + seed * 7) & 255
    }
  }
  return packed(`photo-${seed}.png`, width, height, rows)
}

/** A PNG of more than 5 MB, all noise: nothing makes it small but fewer pixels and less of each. */
export function largePicture(): { name: string; mimeType: string; buffer: Buffer } {
  const [width, height] = [1600, 1200]
  const rows = randomBytes((1 + width * 3) * height)
  for (let y = 0; y < height; y++) rows[y * (1 + width * 3)] = 0
  return packed('large.png', width, height, rows)
}

function packed(name: string, width: number, height: number, rows: Buffer) {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])
  const buffer = Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
  return { name, mimeType: 'image/png', buffer }
}
