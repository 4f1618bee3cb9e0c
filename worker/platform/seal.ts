import type { ExportId, ImportId } from '@app/shared/ids'

/** As many as workerd does at most; the passphrase itself has 120 bits, so that nothing rests on their number. */
export const derivationRounds = 100_000

const utf8 = { encode: (text: string) => Uint8Array.from(new TextEncoder().encode(text)) }
const nonceBytes = 12

export const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))

/** 16 random bytes in base64. */
export const newPackageSalt = (): string => toBase64(crypto.getRandomValues(new Uint8Array(16)))

/** The 32 bytes that a package's personal files are sealed with. */
export async function keyOfPassphrase(
  passphrase: string,
  salt: string,
  rounds = derivationRounds,
): Promise<Uint8Array<ArrayBuffer>> {
  const typed = await crypto.subtle.importKey('raw', utf8.encode(passphrase), 'PBKDF2', false, ['deriveBits'])
  const parameters = { name: 'PBKDF2', hash: 'SHA-256', salt: fromBase64(salt), iterations: rounds }
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, typed, 256))
}

/** Wraps a package's key for the time that its job runs: only this deployment, and only for this job, can unwrap it. */
export async function wrapKey(secret: string, job: ExportId | ImportId, key: Uint8Array<ArrayBuffer>): Promise<string> {
  return toBase64(await sealed(await wrapping(secret), job, key))
}

export async function unwrapKey(secret: string, job: ExportId | ImportId, wrapped: string): Promise<CryptoKey> {
  return packageKey(await opened(await wrapping(secret), job, fromBase64(wrapped)))
}

export function packageKey(bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

async function wrapping(secret: string): Promise<CryptoKey> {
  const root = await crypto.subtle.importKey('raw', utf8.encode(secret), 'HKDF', false, ['deriveKey'])
  const parameters = {
    name: 'HKDF',
    hash: 'SHA-256',
    salt: new Uint8Array(0),
    info: utf8.encode('zhiben package keys'),
  }
  return crypto.subtle.deriveKey(parameters, root, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

/** Twelve random bytes, then the text under AES-256-GCM with its path bound to it: no file can stand in for another. */
export function sealFile(key: CryptoKey, path: string, text: string): Promise<Uint8Array<ArrayBuffer>> {
  return sealed(key, path, utf8.encode(text))
}

/** Throws when the key is another one, or the file was changed or moved. */
export async function openFile(key: CryptoKey, path: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await opened(key, path, bytes))
}

async function sealed(key: CryptoKey, about: string, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes))
  const box = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: utf8.encode(about) },
    key,
    bytes,
  )
  const all = new Uint8Array(nonceBytes + box.byteLength)
  all.set(nonce)
  all.set(new Uint8Array(box), nonceBytes)
  return all
}

async function opened(key: CryptoKey, about: string, all: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const parameters = { name: 'AES-GCM', iv: all.slice(0, nonceBytes), additionalData: utf8.encode(about) }
  return new Uint8Array(await crypto.subtle.decrypt(parameters, key, all.slice(nonceBytes)))
}
