import { and, eq } from 'drizzle-orm'
import { Problem } from '@app/shared/problem'
import { openDirectory } from '../db/client'
import { sessions } from '../db/directory'
import { ownersOf } from './account'
import { record } from './record'
import { type SessionRow, endSessions, listSessions } from './sessions'
import { accountOf } from './sign-in'
import type { Visit } from './visit'

/** One's own sign-ins; throws `unauthenticated` before the second factor was given. */
export async function ownSessions(visit: Visit, session: SessionRow) {
  requireKnown(session)
  return listSessions(visit.env, session, visit.now)
}

/** Ends one of one's own sign-ins, on whatever device. Throws `not-found` for anybody else's. */
export async function endOwnSession(visit: Visit, session: SessionRow, id: string): Promise<void> {
  requireKnown(session)
  const its = and(eq(sessions.userId, session.userId), eq(sessions.id, id))
  const [found] = await openDirectory(visit.env).select({ id: sessions.id }).from(sessions).where(its)
  if (!found) throw new Problem('not-found')
  await told(visit, session, (directory) => [directory.delete(sessions).where(its)])
}

/** Ends all of one's own sign-ins but this one. */
export async function endOwnSessions(visit: Visit, session: SessionRow): Promise<void> {
  requireKnown(session)
  await told(visit, session, (directory) => [endSessions(directory, session.userId, session.id)])
}

async function told(visit: Visit, session: SessionRow, deed: Parameters<typeof record>[2]): Promise<void> {
  const account = await accountOf(visit, session)
  const { id, username } = account
  await record(visit, { kind: 'session-ended', actor: id, username, owners: ownersOf(account) }, deed)
}

function requireKnown({ stage }: SessionRow): void {
  if (stage === 'second-factor') throw new Problem('unauthenticated')
}
