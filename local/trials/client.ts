import { createHash, randomBytes } from 'node:crypto'
import { crc32, deflateSync } from 'node:zlib'
import type { HazardDraft } from '@app/shared/hazards/schema'
import { type HazardId, idFrom, type PhotoId } from '@app/shared/ids'
import type { Me, Post } from '@app/shared/people/schema'
import type { EnterpriseCard, Places } from '@app/shared/places/schema'
import { demoPassword } from '../demo/accounts'

type StreetPost = Extract<Post, { kind: 'street' }>

/** Someone who is signed in to a street of the demonstration. */
export interface Clerk {
  readonly cookie: string
  readonly street: StreetPost
  readonly grid: Places['grids'][number]
  readonly shop: EnterpriseCard | null
}

/** What the product answered. */
export interface Answer {
  readonly status: number
  readonly body: string
}

/** Asks the product; throws where no answer comes within `patience` milliseconds. */
export async function call(
  address: string,
  cookie: string,
  method: string,
  path: string,
  options: { body?: string | Uint8Array<ArrayBuffer>; key?: string; type?: string; patience?: number } = {},
): Promise<Answer & { cookies: string[] }> {
  const { body, key = randomBytes(12).toString('base64url'), type = 'application/json', patience = 15_000 } = options
  const response = await fetch(address + path, {
    method,
    headers: { cookie, origin: address, 'idempotency-key': key, ...(body !== undefined && { 'content-type': type }) },
    signal: AbortSignal.timeout(Math.ceil(patience)),
    ...(body !== undefined && { body }),
  })
  return { status: response.status, body: await response.text(), cookies: response.headers.getSetCookie() }
}

/** Signs in as a demonstration account of a street. */
export async function clerk(address: string, username: string): Promise<Clerk> {
  const { cookies } = await call(address, '', 'POST', '/api/session', {
    body: JSON.stringify({ username, password: demoPassword }),
  })
  const cookie = cookies.map((set) => set.split(';')[0]).join('; ')
  const read = async (path: string): Promise<unknown> => {
    const { status, body } = await call(address, cookie, 'GET', path)
    if (status !== 200) throw new Error(`${username}: ${path} answered ${status}`)
    return JSON.parse(body)
  }
  // Safe: these are the answers' schemas.
  const { posts } = (await read('/api/me')) as Me
  const street = posts.find((post): post is StreetPost => post.kind === 'street')
  if (!street) throw new Error(`${username} has no post in a street`)
  const here = `/api/streets/${street.id}/places`
  const { grids } = (await read(here)) as Places
  const [grid] = grids
  if (!grid) throw new Error(`${username} reaches no grid`)
  const { items } = (await read(`${here}/enterprises?gridId=${grid.id}`)) as { items: EnterpriseCard[] }
  return { cookie, street, grid, shop: items[0] ?? null }
}

/** A hazard as a phone would file it; `place` says which of a trial's it is. */
export function draft({ grid, shop }: Clerk, photo: PhotoId, place: string): HazardDraft {
  const now = Date.now()
  return {
    id: idFrom<HazardId>('haz', now, randomBytes(16)),
    communityId: grid.communityId,
    gridId: grid.id,
    enterpriseId: shop?.id ?? null,
    place,
    category: 'e-bike-charging',
    sector: 'fire',
    keyPlace: null,
    source: 'community-patrol',
    description: '飞线充电，演示数据',
    level: 'ordinary',
    observedAt: now,
    photos: [photo],
  }
}

/** Uploads a small picture; another seed makes another. Throws where it is not acknowledged. */
export async function aPhoto(address: string, { cookie, street }: Clerk, seed = 1): Promise<PhotoId> {
  const bytes = png(64, 48, seed)
  // Safe: a photo's id is the SHA-256 of what was sent.
  const id = createHash('sha256').update(bytes).digest('hex') as PhotoId
  const path = `/api/streets/${street.id}/photos/${id}`
  const { status, body } = await call(address, cookie, 'PUT', path, { body: bytes, type: 'image/png' })
  if (status !== 201) throw new Error(`The photo was answered with ${status}: ${body}`)
  return id
}

function png(width: number, height: number, seed: number): Uint8Array<ArrayBuffer> {
  const rows = Buffer.alloc((1 + width * 3) * height)
  for (let at = 0; at < rows.length; at++) rows[at] = at % (1 + width * 3) === 0 ? 0 : (at * seed + (seed >> 8)) & 255
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
  const parts = [signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]
  return new Uint8Array(Buffer.concat(parts))
}
