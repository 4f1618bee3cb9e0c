import { asc, desc, gt, lt, lte } from 'drizzle-orm'
import { type Anchor, beginning, sealLine } from '@app/shared/accounts/chain'
import type { Result } from '@app/shared/accounts/schema'
import type { SecurityKind } from '@app/shared/accounts/words'
import type { PersonId } from '@app/shared/ids'
import { day } from '@app/shared/time'
import { type Db, openDirectory } from '../db/client'
import { securityAnchors, securityEvents } from '../db/directory'
import { mentions } from '../db/refusals'
import type { Env } from '../env'
import { sha256 } from '../sha256'
import type { Statement } from '../tenancy/desk'
import { type Visit, cleaned } from './visit'

/** Whose people an event is about. */
export interface Owner {
  readonly ownerKind: 'street' | 'district' | 'platform'
  readonly ownerId: string
}

/** What happened, to be told once for each owner whose person it was. */
export interface Happened {
  readonly kind: SecurityKind
  readonly result?: Result
  readonly actor?: PersonId | null
  readonly username?: string | null
  readonly subject?: PersonId | null
  readonly owners?: readonly Owner[]
  readonly detail?: string | null
}

/** More posts than this tell no more. */
const mostOwners = 5
/** Writers who meet take turns; so many tries see a crowd of them through. */
const mostTries = 40

/**
 * Writes a line of the record, together with what it tells of: both are kept or neither. Each line is sealed onto the
 * one before it. Writers in other Workers may be first; then the whole batch is lost, and is tried behind theirs.
 * `deed` is asked again for each try. Answers with the results of its statements.
 */
export async function record(
  visit: Visit,
  happened: Happened,
  deed: (directory: Db) => readonly Statement[] = () => [],
): Promise<unknown[]> {
  const directory = openDirectory(visit.env)
  for (let tries = 1; ; tries++) {
    const lines = await sealed(await tail(directory), linesOf(visit, happened))
    try {
      // Safe: the insert is a statement, so there is one at least.
      return await directory.batch([...deed(directory), directory.insert(securityEvents).values(lines)] as never)
    } catch (error) {
      if (tries === mostTries || !mentions(error, /UNIQUE .*security_events\.seq/)) throw error
    }
  }
}

type Line = Omit<typeof securityEvents.$inferInsert, 'seq' | 'hash'>

function linesOf(visit: Visit, { kind, result = 'done', owners = [], ...who }: Happened): Line[] {
  const line = {
    at: visit.now,
    kind,
    result,
    actor: who.actor ?? null,
    username: who.username === undefined || who.username === null ? null : cleaned(who.username, 60),
    subject: who.subject ?? null,
    address: visit.address,
    device: visit.device?.slice(0, 12) ?? null,
    agent: visit.agent,
    requestId: visit.requestId,
    detail: who.detail ?? null,
  }
  const of = owners.length > 0 ? owners.slice(0, mostOwners) : [{ ownerKind: null, ownerId: null }]
  return of.map(({ ownerKind, ownerId }) => ({ ...line, ownerKind, ownerId }))
}

async function sealed(onto: Anchor, lines: readonly Line[]) {
  let { seq, hash } = onto
  const made: (typeof securityEvents.$inferInsert)[] = []
  for (const line of lines) {
    seq++
    // Safe: a line's columns are texts, numbers and nulls.
    hash = await sealLine(hash, { seq, ...line } as never, sha256)
    made.push({ seq, ...line, hash })
  }
  return made
}

async function tail(directory: Db): Promise<Anchor> {
  const [[last], [anchor]] = await directory.batch([
    directory
      .select({ seq: securityEvents.seq, hash: securityEvents.hash })
      .from(securityEvents)
      .orderBy(desc(securityEvents.seq))
      .limit(1),
    directory
      .select({ seq: securityAnchors.seq, hash: securityAnchors.hash })
      .from(securityAnchors)
      .orderBy(desc(securityAnchors.seq))
      .limit(1),
  ])
  return last ?? anchor ?? beginning
}

/** Lines older than this are cleared away; triggers keep younger ones. */
export const keptDays = 367
const mostCleared = 2_000

/** Clears away lines that have come of age, from the beginning on; the last of them is kept as where the chain begins. */
export async function clearOldEvents(env: Env, now: number): Promise<void> {
  const directory = openDirectory(env)
  const { seq, at } = securityEvents
  const [first] = await directory
    .select({ seq })
    .from(securityEvents)
    .where(gt(at, now - keptDays * day))
    .orderBy(asc(seq))
    .limit(1)
  const old = await directory
    .select({ seq, hash: securityEvents.hash })
    .from(securityEvents)
    .where(first && lt(seq, first.seq))
    .orderBy(asc(seq))
    .limit(mostCleared)
  const last = old.at(-1)
  if (!last) return
  await directory.batch([
    directory
      .insert(securityAnchors)
      .values({ ...last, at: now })
      .onConflictDoNothing(),
    directory.delete(securityEvents).where(lte(seq, last.seq)),
  ])
}
