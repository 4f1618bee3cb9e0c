import type { Context } from 'hono'
import { addressBucket } from '@app/shared/accounts/address'
import type { Env } from '../env'
import { deviceOf } from './identify'

/** A request as signing in and the record of it see it. */
export interface Visit {
  readonly env: Env
  readonly now: number
  readonly requestId: string
  /** As Cloudflare names it; no header that a client could make up is asked. */
  readonly address: string | null
  /** What its tries are counted under. */
  readonly bucket: string
  readonly agent: string | null
  /** The SHA-256 of the device's cookie. */
  readonly device: string | null
}

export async function visitOf(c: Context): Promise<Visit> {
  const address = c.req.header('cf-connecting-ip') ?? null
  return {
    env: c.env as Env,
    now: c.get('now') as number,
    requestId: c.get('requestId'),
    address: address === null ? null : cleaned(address, 60),
    bucket: addressBucket(address),
    agent: cleaned(c.req.header('user-agent') ?? '', 200) || null,
    device: await deviceOf(c),
  }
}

/** What a client sends is whatever it likes: no control characters get into the record, and nothing endless. */
export function cleaned(header: string, most: number): string {
  return header
    .replaceAll(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, ' ')
    .toWellFormed()
    .slice(0, most)
    .toWellFormed()
}
