import { type Digest, type Json, canonical } from '../events/chain'

/** One line of the record of signing in and administration, as it is sealed; `seq` has no gaps. */
export type SecurityLine = { readonly seq: number; readonly hash: string } & { readonly [column: string]: Json }

/** The last line that was cleared away for its age, or the beginning. */
export interface Anchor {
  readonly seq: number
  readonly hash: string
}

export const beginning: Anchor = { seq: 0, hash: '' }

/** The hash that seals a line onto the one before it. */
export function sealLine(previous: string, line: { readonly [column: string]: Json }, digest: Digest): Promise<string> {
  return digest(previous + canonical(line))
}

/**
 * The `seq` of the first line that does not fit onto the one before it, or null when all do. `lines` in order, from
 * behind `from`; a line that was changed, taken out, put in or moved is found, and so is everything missing before it.
 */
export async function firstLoose(lines: readonly SecurityLine[], from: Anchor, digest: Digest): Promise<number | null> {
  let { seq: last, hash: previous } = from
  for (const { hash, ...line } of lines) {
    const { seq } = line
    if (seq !== last + 1 || hash !== (await sealLine(previous, line, digest))) return last + 1
    last = seq
    previous = hash
  }
  return null
}
