import { type SQL, and, eq, gt, isNull, or, sql } from 'drizzle-orm'
import type { Context } from 'hono'
import { type SecurityPolicy, demandsFactor, isFresh, strictest, touchDue } from '@app/shared/accounts/policy'
import type { Role } from '@app/shared/capabilities'
import { Problem } from '@app/shared/problem'
import { policyJson } from '../auth/account'
import { deviceOf } from '../auth/identify'
import { openDirectory } from '../db/client'
import { blockedPosts, securityPolicies, sessions } from '../db/directory'
import type { Env } from '../env'

/** An owner whose gate is asked, and the district above it, whose policy binds there too. */
interface Asked {
  readonly kind: 'street' | 'district' | 'platform'
  readonly id: string
  /** The column that holds the district's id, for a street. */
  readonly above?: SQL
}

/** What a gate reads of a session in its one query, besides whose it is; `admitted` judges it. */
export function sessionColumns({ kind, id, above }: Asked) {
  const policies = or(
    and(eq(securityPolicies.ownerKind, kind), eq(securityPolicies.ownerId, id)),
    above && and(eq(securityPolicies.ownerKind, 'district'), sql`${securityPolicies.ownerId} = ${above}`),
  )
  return {
    userId: sessions.userId,
    sessionId: sessions.id,
    stage: sessions.stage,
    verifiedAt: sessions.verifiedAt,
    secondFactorAt: sessions.secondFactorAt,
    lastSeenAt: sessions.lastSeenAt,
    idleFor: sessions.idleFor,
    expiresAt: sessions.expiresAt,
    policies: sql<string>`(select json_group_array(json(${policyJson})) from ${securityPolicies} where ${policies})`.as(
      'policies',
    ),
    blocked: sql<number>`exists (select 1 from ${blockedPosts} where ${and(
      eq(blockedPosts.ownerKind, kind),
      eq(blockedPosts.ownerId, id),
      sql`${blockedPosts.userId} = ${sessions.userId}`,
    )})`.as('blocked'),
  }
}

/** The session a request comes with, if it still stands and comes from its own device. */
export async function liveSession(c: Context, token: string): Promise<SQL | undefined> {
  const now = c.get('now') as number
  return and(
    eq(sessions.token, token),
    gt(sessions.expiresAt, new Date(now)),
    or(
      isNull(sessions.idleFor),
      isNull(sessions.lastSeenAt),
      sql`${sessions.lastSeenAt} + ${sessions.idleFor} > ${now}`,
    ),
    or(isNull(sessions.deviceHash), eq(sessions.deviceHash, (await deviceOf(c)) ?? '')),
  )
}

type Found = { [K in keyof ReturnType<typeof sessionColumns>]: unknown } & {
  readonly sessionId: string
  readonly stage: (typeof sessions.$inferSelect)['stage']
  readonly verifiedAt: number | null
  readonly secondFactorAt: number | null
  readonly lastSeenAt: number | null
  readonly idleFor: number | null
  readonly expiresAt: Date
  readonly policies: string
}

/**
 * Judges a session that stands: whether all steps of signing in are done, for this role here, and whether it is fresh
 * enough for what asks again. Throws `unauthenticated` or `sign-in-unfinished`.
 */
export function admitted(c: Context, found: Found, role: Role): void {
  const now = c.get('now') as number
  // Safe: `sessionColumns` made it of `security_policies`.
  const policy = strictest(JSON.parse(found.policies) as SecurityPolicy[])
  if (found.stage === 'second-factor') throw new Problem('unauthenticated')
  if (found.stage === 'password') throw new Problem('sign-in-unfinished', '请先修改密码，再继续使用。')
  if (found.secondFactorAt === null && demandsFactor(policy, role))
    throw new Problem('sign-in-unfinished', '您的岗位须启用第二因素（动态验证码），请先完成设置。')
  c.set('fresh', isFresh(found.verifiedAt, policy, now))
  touch(c, found, now)
}

/** Writes down that a session is used: every few minutes at most, and not in the request's way. */
function touch(c: Context, { sessionId, lastSeenAt, idleFor, expiresAt }: Found, now: number): void {
  if (!touchDue({ lastSeenAt, idleFor, expiresAt: expiresAt.getTime() }, now)) return
  const written = openDirectory(c.env as Env)
    .update(sessions)
    .set({ lastSeenAt: now })
    .where(and(eq(sessions.id, sessionId), sql`${sessions.lastSeenAt} < ${now}`))
    .then(
      () => undefined,
      // The next request writes it.
      (error: unknown) => console.warn(String(error)),
    )
  later(c, written)
}

/** Lets work go on behind the answer. */
export function later(c: Context, work: Promise<unknown>): void {
  try {
    c.executionCtx.waitUntil(work)
  } catch {
    // Called without a runtime around it, as tests do: the work is under way all the same.
  }
}
