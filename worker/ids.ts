import { idFrom } from '@app/shared/ids'

/** A sortable id such as `ntc_0mf3k…`, made now. */
export function newId<Id extends string = string>(prefix: string, now: number): Id {
  return idFrom<Id>(prefix, now, crypto.getRandomValues(new Uint8Array(16)))
}

/** 128 random bits in hexadecimal. */
export function newSalt(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
