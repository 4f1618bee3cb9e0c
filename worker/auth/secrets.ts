import { createHmac, hkdfSync } from 'node:crypto'
import type { Env } from '../env'

/** A key of its own for each use, so that no two uses can stand in for each other. */
function keyFor(env: Pick<Env, 'AUTH_SECRET'>, use: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(hkdfSync('sha256', env.AUTH_SECRET, 'zhiben', use, 32))
}

/** 256 random bits, as a cookie and a link carry them. */
export function newToken(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')
}

/** A digest that nobody can make without the deployment's secret, in hexadecimal. */
export function keyedDigest(env: Pick<Env, 'AUTH_SECRET'>, use: string, text: string): string {
  return createHmac('sha256', keyFor(env, use)).update(text).digest('hex')
}

async function cipherKey(env: Pick<Env, 'AUTH_SECRET'>, use: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', keyFor(env, use), 'AES-GCM', false, ['encrypt', 'decrypt'])
}

/** `v1.nonce.ciphertext` (AES-256-GCM); it opens again only for the same `about`. */
export async function encrypt(env: Env, use: string, about: string, text: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const algorithm = { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(about) }
  const sealed = await crypto.subtle.encrypt(algorithm, await cipherKey(env, use), new TextEncoder().encode(text))
  return `v1.${Buffer.from(iv).toString('base64url')}.${Buffer.from(sealed).toString('base64url')}`
}

/** Opens what `encrypt` made. Throws when it was changed, or made for something else or under another secret. */
export async function decrypt(env: Env, use: string, about: string, sealed: string): Promise<string> {
  const [version, iv = '', body = ''] = sealed.split('.')
  if (version !== 'v1') throw new Error('Not a sealed text of this product')
  const algorithm = {
    name: 'AES-GCM',
    iv: Buffer.from(iv, 'base64url'),
    additionalData: new TextEncoder().encode(about),
  }
  const open = await crypto.subtle.decrypt(algorithm, await cipherKey(env, use), Buffer.from(body, 'base64url'))
  return new TextDecoder().decode(open)
}
