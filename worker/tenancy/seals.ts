import type { StreetId } from '@app/shared/ids'
import type { SealedColumn } from '../db/ledger'

/** Where a cipher belongs; it opens nowhere else. */
export interface Cell {
  readonly streetId: StreetId
  readonly column: SealedColumn
  readonly rowId: string
}

interface Key {
  readonly version: number
  readonly secret: Uint8Array<ArrayBuffer>
}

/** The deployment's keys, newest first. Throws, without quoting it, for a list that is none. */
export function readKeys(list: string): readonly [Key, ...Key[]] {
  const keys = list.split(',').map((part): Key => {
    const [, version, base64] = /^\s*([1-9]\d{0,5}):([\w+/=-]{40,})\s*$/.exec(part) ?? []
    if (!version || !base64) throw new Error('DATA_KEYS is no list of version:base64')
    const secret = Uint8Array.from(atob(base64.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
    if (secret.length < 32) throw new Error('A key of DATA_KEYS has fewer than 32 bytes')
    return { version: Number(version), secret }
  })
  const [newest, ...older] = keys
  if (!newest || older.some(({ version }, at) => version >= (keys[at]?.version ?? 0)))
    throw new Error('DATA_KEYS does not fall from its newest version')
  return [newest, ...older]
}

/** The version that a cipher was sealed with; 0 for a text that is none. */
export function versionOf(sealed: string): number {
  return Number(/^v([1-9]\d{0,5})\./.exec(sealed)?.[1] ?? 0)
}

/**
 * Seals personal columns: AES-256-GCM under a key of the street's own, which HKDF-SHA-256 derives from the
 * deployment's. A cipher reads `v<version>.<nonce>.<data>`. Street, column and row are bound to it, so that one that is
 * copied to another row or street does not open.
 */
export class Seals {
  readonly #keys: readonly [Key, ...Key[]]
  readonly #derived = new Map<string, Promise<CryptoKey>>()

  constructor({ DATA_KEYS }: { DATA_KEYS: string }) {
    this.#keys = readKeys(DATA_KEYS)
  }

  /** What is sealed from now on is sealed with this version. */
  get newest(): number {
    return this.#keys[0].version
  }

  async seal(cell: Cell, plain: string): Promise<string> {
    const nonce = crypto.getRandomValues(new Uint8Array(12))
    const key = await this.#keyOf(this.#keys[0], cell.streetId)
    const data = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv: nonce, additionalData: bound(cell) },
      key,
      new TextEncoder().encode(plain),
    )
    return `v${this.newest}.${written(nonce)}.${written(new Uint8Array(data))}`
  }

  /** What is under a seal. Throws when it was made for another cell, was damaged, or its key is gone. */
  async open(cell: Cell, sealed: string): Promise<string> {
    const [, nonce, data] = sealed.split('.')
    const key = this.#keys.find(({ version }) => version === versionOf(sealed))
    if (!nonce || !data) throw new Error(`${cell.column} holds something that is no seal`)
    if (!key) throw new Error(`The key of version ${versionOf(sealed)} is not among DATA_KEYS`)
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: read(nonce), additionalData: bound(cell) },
      await this.#keyOf(key, cell.streetId),
      read(data),
    )
    return new TextDecoder().decode(plain)
  }

  #keyOf({ version, secret }: Key, streetId: StreetId): Promise<CryptoKey> {
    const name = `${version} ${streetId}`
    const known = this.#derived.get(name)
    if (known) return known
    const derived = crypto.subtle
      .importKey('raw', secret, 'HKDF', false, ['deriveKey'])
      .then((root) =>
        crypto.subtle.deriveKey(
          { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: new TextEncoder().encode(streetId) },
          root,
          { name: 'AES-GCM', length: 256 },
          false,
          ['encrypt', 'decrypt'],
        ),
      )
    this.#derived.set(name, derived)
    return derived
  }
}

function bound({ streetId, column, rowId }: Cell): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(new TextEncoder().encode(JSON.stringify([streetId, column, rowId])))
}

function written(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

function read(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
}
