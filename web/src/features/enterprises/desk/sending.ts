import type { EnterpriseId } from '@app/shared/ids'
import type { Row } from '@app/shared/enterprises/import'
import {
  type Choice,
  chunksOf,
  identityOf,
  type ImportChunk,
  type ImportLine,
  lineToWrite,
  type Verdict,
} from '@app/shared/enterprises/matching'
import { Problem } from '@app/shared/problem'
import type { Day } from '@app/shared/time'
import { digest } from '../../../ui/desk/digest'
import { wordsOf } from '../../../ui/states'

/** What became of a line. */
export type Outcome = { readonly kind: 'made' | 'changed' } | { readonly kind: 'failed'; readonly why: string }

/** What lines come to as requests. A new unit's id is made of what it is known again by: a repeat makes no second. */
export async function linesToWrite(
  streetId: string,
  rows: readonly Row[],
  verdicts: readonly Verdict[],
  choices: ReadonlyMap<number, Choice>,
  today: Day,
): Promise<ImportLine[]> {
  const lines = await Promise.all(
    rows.map(async (row, at) => {
      const verdict = verdicts[at]
      if (verdict?.kind !== 'new' && verdict?.kind !== 'changed') return null
      const choice = choices.get(row.line)
      const identity = `${identityOf(row.values) ?? row.line}${choice?.target === 'new' ? ' again' : ''}`
      const fresh = verdict.kind === 'new' ? await digest(`${streetId} ${identity}`) : ''
      // Safe: hexadecimal digits are what ids are made of.
      return lineToWrite(row, verdict, choice, { id: `ent_${fresh.slice(0, 32)}` as EnterpriseId, today })
    }),
  )
  return lines.filter((line) => line !== null)
}

/**
 * Sends lines in requests, one after the other, and says of each what became of it. Lines that are refused are named
 * and the others of their request sent once more. Throws what stops all of it, such as `Unreachable`; the same lines
 * can then be sent again.
 */
export async function sendLines(
  lines: readonly ImportLine[],
  send: (chunk: ImportChunk) => Promise<void>,
  tell: (outcomes: ReadonlyMap<number, Outcome>) => void,
  stopped: () => boolean,
): Promise<void> {
  for (const chunk of chunksOf(lines)) {
    let waiting = chunk
    while (waiting.lines.length > 0) {
      if (stopped()) return
      const refused = await send(waiting).then(
        () => null,
        (error: unknown) => refusedOf(error, waiting.lines),
      )
      const outcomes = new Map<number, Outcome>()
      for (const { line, kind } of waiting.lines) {
        const why = refused?.get(line)
        if (why !== undefined) outcomes.set(line, { kind: 'failed', why })
        else if (!refused) outcomes.set(line, { kind: kind === 'new' ? 'made' : 'changed' })
      }
      tell(outcomes)
      if (!refused) break
      waiting = { lines: waiting.lines.filter(({ line }) => !refused.has(line)) }
    }
  }
}

/** Which lines a problem stands against; all of them where it names none. Throws what concerns more than these. */
function refusedOf(error: unknown, lines: readonly ImportLine[]): ReadonlyMap<number, string> {
  if (!(error instanceof Problem) || !['invalid-input', 'stale', 'already-there'].includes(error.slug)) throw error
  const named = new Map<number, string>()
  for (const { pointer, detail } of error.errors ?? []) {
    const [, at] = /^\/lines\/(\d+)/.exec(pointer) ?? []
    const line = at === undefined ? undefined : lines[Number(at)]?.line
    if (line !== undefined) named.set(line, named.has(line) ? `${named.get(line)}；${detail}` : detail)
  }
  if (named.size > 0) return named
  return new Map(lines.map(({ line }) => [line, wordsOf(error)]))
}
