// What it takes to keep a photo: one of 5 MB as a camera makes it, and one as a phone sends it; one by one and three at a
// time. Local Images are drawn by sharp in Node, so that only orders of magnitude carry over to Cloudflare's.
import { createHash, randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import { call, type Clerk, clerk } from '../trials/client'
import type { Host } from './host'

type Sharp = (
  pixels: Buffer,
  options: { raw: { width: number; height: number; channels: 3 } },
) => { blur(sigma: number): { jpeg(options: { quality: number }): { toBuffer(): Promise<Buffer> } } }
// Safe: the part of the library that is used here.
const sharp = createRequire(import.meta.resolve('miniflare'))('sharp') as Sharp
const times = 9

export async function photos({ product }: Host): Promise<boolean> {
  const grid = await clerk(product, 'lehua.grid')
  for (const [name, width, height, quality] of [
    ['5 MB, 12 megapixels', 4000, 3000, 92],
    ['as a phone sends it', 1600, 1200, 62],
  ] as const) {
    const all = await Promise.all(Array.from({ length: 2 * times }, () => noise(width, height, quality)))
    const one: number[] = []
    for (const bytes of all.slice(0, times)) one.push(await keep(product, grid, bytes))
    const three: number[] = []
    for (let at = times; at < all.length; at += 3)
      three.push(...(await Promise.all(all.slice(at, at + 3).map((bytes) => keep(product, grid, bytes)))))
    const median = (took: number[]) => Math.round(took.toSorted((a, b) => a - b)[Math.floor(took.length / 2)] ?? 0)
    const kilobytes = Math.round((all[0]?.length ?? 0) / 1024)
    console.log(JSON.stringify({ name, kilobytes, oneByOneMs: median(one), threeAtATimeMs: median(three) }))
  }
  return true
}

/** A picture that is as hard to pack as a street at noon: noise, softened. */
async function noise(width: number, height: number, quality: number): Promise<Buffer> {
  const pixels = randomBytes(width * height * 3)
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .blur(1.1)
    .jpeg({ quality })
    .toBuffer()
}

async function keep(product: string, { cookie, street }: Clerk, bytes: Buffer): Promise<number> {
  const id = createHash('sha256').update(bytes).digest('hex')
  const began = performance.now()
  const body = new Uint8Array(bytes)
  const { status } = await call(product, cookie, 'PUT', `/api/streets/${street.id}/photos/${id}`, {
    body,
    type: 'image/jpeg',
  })
  if (status !== 201) throw new Error(`A photo was answered with ${status}`)
  return performance.now() - began
}
