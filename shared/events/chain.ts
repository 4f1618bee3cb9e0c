export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/**
 * One deed upon one hazard, as it is sealed: never changed, never removed. It names people by id only. What people
 * wrote is not in it but under `wordsDigest`, the SHA-256 of a salt and the words, so that words can be erased and
 * the chain still holds.
 */
export type HazardEvent = {
  readonly streetId: string
  readonly hazardId: string
  /** 1 for the first; always the version of the hazard that this deed made. */
  readonly seq: number
  readonly round: number
  readonly deed: string
  readonly actor: string
  readonly role: string
  readonly observedAt: number
  readonly receivedAt: number
  readonly before: Json
  readonly after: Json
  readonly photos: Json
  readonly wordsDigest: string
}

/** An event as it is kept; `words` and `salt` are null once erased. */
export type SealedEvent = HazardEvent & {
  readonly words: Json
  readonly salt: string | null
  readonly hash: string
}

/** SHA-256 of a text's UTF-8 bytes in hexadecimal; handed in, because the platform's is not the same everywhere. */
export type Digest = (text: string) => Promise<string>

/** The one spelling of a value: keys in code unit order, no blanks, so that equal values have equal hashes. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(',')}}`
}

/** The digest under which a deed's words enter its event. */
export function digestOfWords(salt: string, words: Json, digest: Digest): Promise<string> {
  return digest(salt + canonical(words))
}

/** The hash that seals an event onto the one before it (`''` before the first). */
export function seal(previous: string, event: HazardEvent, digest: Digest): Promise<string> {
  return digest(previous + canonical(event))
}

/**
 * The `seq` of the first event that does not fit, or `null` when all do. `head` is the hash kept on the
 * hazard itself: when the events are sound but the last of them were cut off, the missing `seq` is named.
 */
export async function firstBroken(
  events: readonly SealedEvent[],
  head: string,
  digest: Digest,
): Promise<number | null> {
  let previous = ''
  for (const [index, { hash, words, salt, ...event }] of events.entries()) {
    // Erased words are gone: something that stands in their place was put there.
    const wordsFit = salt === null ? isErased(words) : event.wordsDigest === (await digestOfWords(salt, words, digest))
    if (event.seq !== index + 1 || !wordsFit || hash !== (await seal(previous, event, digest))) return index + 1
    previous = hash
  }
  return previous === head ? null : events.length + 1
}

/** Whether of a deed's words nothing is left. */
function isErased(words: Json): boolean {
  return words === null || (typeof words === 'object' && Object.values(words).every((part: unknown) => part === null))
}
