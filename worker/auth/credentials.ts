import { and, eq, sql } from 'drizzle-orm'
import type { PersonId } from '@app/shared/ids'
import type { Db } from '../db/client'
import { insertWhere } from '../db/conditional'
import { accounts } from '../db/directory'

/** A password's hash, and whether it opens nothing but the change to one of one's own. */
interface Credential {
  readonly password: string
  readonly oneTime: boolean
}

const of = (userId: PersonId) => and(eq(accounts.userId, userId), eq(accounts.providerId, 'credential'))

/** The statement that gives an account its first password; one that has a password keeps it. */
export function firstPassword(directory: Db, userId: PersonId, { password, oneTime }: Credential, now: number) {
  const at = new Date(now)
  const row = { id: userId, accountId: userId, providerId: 'credential', userId, password, oneTime }
  return insertWhere(
    directory,
    accounts,
    { ...row, createdAt: at, updatedAt: at },
    sql`not exists (select 1 from ${accounts} where ${of(userId)})`,
  )
}

/** The statements that set an account's password, whether or not it has one. */
export function setPassword(directory: Db, userId: PersonId, { password, oneTime }: Credential, now: number) {
  return [
    directory
      .update(accounts)
      .set({ password, oneTime, updatedAt: new Date(now) })
      .where(of(userId)),
    firstPassword(directory, userId, { password, oneTime }, now),
  ] as const
}
