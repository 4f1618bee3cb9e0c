import { idFrom } from '@app/shared/ids'

/** An id for what is about to be made, so that a repeated request cannot make two. */
export function freshId<Id extends string>(prefix: string): Id {
  return idFrom<Id>(prefix, Date.now(), crypto.getRandomValues(new Uint8Array(16)))
}
