/**
 * Looks a street's events over, and its days' anchors, without a line of the code that wrote them: from the rows as they
 * lie in the database, by what `docs/decisions/0002` says of them.
 */
import { createHash } from 'node:crypto'

type Row = Record<string, unknown>

const sha = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')

function spell(value: unknown): string {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return JSON.stringify(value)
  if (Array.isArray(value)) return '[' + value.map((one) => spell(one)).join(',') + ']'
  const names = Object.keys(value as object)
  names.sort((a, b) => (a === b ? 0 : a < b ? -1 : 1))
  return '{' + names.map((name) => JSON.stringify(name) + ':' + spell((value as Row)[name])).join(',') + '}'
}

function json(text: unknown): unknown {
  if (text === null) return null
  try {
    return JSON.parse(String(text))
  } catch {
    return undefined
  }
}

function sealOf(row: Row, before: string): string | null {
  const parts = { before: json(row['before']), after: json(row['after']), photos: json(row['photos']) }
  if (Object.values(parts).includes(undefined)) return null
  const told = {
    streetId: row['street_id'],
    hazardId: row['hazard_id'],
    seq: row['seq'],
    round: row['round'],
    deed: row['deed'],
    actor: row['actor'],
    role: row['role'],
    observedAt: row['observed_at'],
    receivedAt: row['received_at'],
    ...parts,
    wordsDigest: row['words_digest'],
  }
  return sha(before + spell(told))
}

function wordsHold(row: Row): boolean {
  const { said, texts, salt } = row
  if (salt === null) return said === null && texts === null
  const words = json(texts)
  return words !== undefined && row['words_digest'] === sha(String(salt) + spell({ said, texts: words }))
}

/** The number of the first record of one hazard that does not fit, or null. `rows` as they lie, by number. */
export function firstBadRecord(rows: readonly Row[], head: string): number | null {
  let last = ''
  let expected = 1
  for (const row of rows) {
    if (row['seq'] !== expected || !wordsHold(row) || sealOf(row, last) !== row['hash']) return expected
    last = String(row['hash'])
    expected += 1
  }
  return last === head ? null : expected
}

/** The first day whose anchor does not fit the events that arrived in it, or null. Days are of UTC+8. */
export function firstBadDay(rows: readonly Row[], anchors: readonly Row[]): string | null {
  const dayOf = (row: Row) => new Date(Number(row['received_at']) + 28_800_000).toISOString().slice(0, 10)
  let last = ''
  for (const anchor of anchors) {
    const events = rows
      .filter((row) => dayOf(row) === anchor['day'])
      .map((row) => ({
        at: Number(row['received_at']),
        hazardId: String(row['hazard_id']),
        seq: Number(row['seq']),
        hash: row['hash'],
      }))
      .sort((a, b) => a.at - b.at || (a.hazardId < b.hazardId ? -1 : a.hazardId > b.hazardId ? 1 : a.seq - b.seq))
      .map(({ hazardId, seq, hash }) => ({ hazardId, seq, hash }))
    const digest = sha(last + spell(events))
    if (anchor['previous'] !== last || anchor['digest'] !== digest) return String(anchor['day'])
    last = digest
  }
  return null
}
