import { type SQL, and, count, desc, eq, gte, isNotNull, lt, or, sql } from 'drizzle-orm'
import { accountLimit } from '@app/shared/accounts/limits'
import { type SecurityPolicy, defaultPolicy, strictest } from '@app/shared/accounts/policy'
import type { AccountState, SecurityEventFilter, SetPasswordLink } from '@app/shared/accounts/schema'
import type { SecurityKind } from '@app/shared/accounts/words'
import type { PersonId } from '@app/shared/ids'
import { pageOf } from '@app/shared/pages'
import { Problem } from '@app/shared/problem'
import { findAccount, ownersOf } from '../auth/account'
import { withoutFactor } from '../auth/factor'
import { newInvitation } from '../auth/invitations'
import { type Owner, record } from '../auth/record'
import { endSessions } from '../auth/sessions'
import { tryUnder } from '../auth/limits'
import type { Visit } from '../auth/visit'
import { type Db, openDirectory } from '../db/client'
import {
  accounts,
  blockedPosts,
  districtPosts,
  operators,
  secondFactors,
  securityEvents,
  securityPolicies,
  sessions,
  signInLimits,
  streetPosts,
  streets,
  users,
} from '../db/directory'
import type { Env } from '../env'
import { servesElsewhere } from '../platform/persons'

/** The visit of work that nobody came for. */
export function noVisit(env: Env): Visit {
  return { env, now: 0, requestId: 'none', address: null, bucket: 'unknown', agent: null, device: null }
}

/** How many lines a look over all owners at once may read to find some that fit. */
const mostScanned = 500

/** Who it was, where that is nobody of the owner's own. */
const fromAbove = { street: '', district: '由区级管理员办理', platform: '由平台运维办理' } as const

/**
 * The accounts of one owner's people, as its administrators and auditors deal with them: this street's or district's
 * people and events, and no others. Everything done here stands in the record, in the batch that does it.
 */
export class TenantSecurity {
  readonly #visit: Visit
  readonly #directory: Db
  readonly #owner: Owner
  readonly #districtId: string | null
  readonly #actor: PersonId
  /** Who acts here from above; its record tells of it as well. */
  readonly #above: Owner | null

  /** `above` is the owner whose administrator the actor is, where that is another. */
  constructor(visit: Visit, owner: Owner, districtId: string | null, actor: PersonId, above: Owner | null = null) {
    this.#visit = visit
    this.#directory = openDirectory(visit.env)
    this.#owner = owner
    this.#districtId = districtId
    this.#actor = actor
    this.#above = above
  }

  /** The accounts of a tenant below this owner: what is done to them stands in the records of both. */
  below(owner: Owner): TenantSecurity {
    return new TenantSecurity(this.#visit, owner, null, this.#actor, this.#owner)
  }

  /** How an account stands. Throws `not-found` for anybody who has no post here. */
  async account(id: PersonId): Promise<AccountState> {
    const { now } = this.#visit
    const one = sql<number>`exists (select 1 from ${secondFactors} where ${and(eq(secondFactors.userId, id), isNotNull(secondFactors.confirmedAt))})`
    const [found] = await this.#directory
      .select({
        username: users.username,
        lockedUntil: sql<
          number | null
        >`(select ${signInLimits.shutUntil} from ${signInLimits} where ${signInLimits.key} = 'account:' || ${users.username} and ${signInLimits.shutUntil} > ${now} and ${signInLimits.count} >= ${accountLimit.most})`,
        blocked: sql<number>`exists (select 1 from ${blockedPosts} where ${and(this.#blockOf(id))})`,
        secondFactor: one,
        password: accounts.password,
        oneTime: accounts.oneTime,
        sessions: sql<number>`(select ${count()} from ${sessions} where ${and(eq(sessions.userId, id), sql`${sessions.expiresAt} > ${now}`)})`,
        elsewhere: servesElsewhere(id, this.#owner, now),
      })
      .from(users)
      .leftJoin(accounts, and(eq(accounts.userId, users.id), eq(accounts.providerId, 'credential')))
      .where(and(eq(users.id, id), this.#isOurs(id)))
    if (!found) throw new Problem('not-found')
    return {
      username: found.username,
      lockedUntil: found.lockedUntil,
      blocked: Boolean(found.blocked),
      secondFactor: Boolean(found.secondFactor),
      hasPassword: found.password !== null,
      mustChangePassword: found.oneTime ?? false,
      sessions: found.sessions,
      elsewhere: Boolean(found.elsewhere),
    }
  }

  /** Forgets an account's wrong passwords, so that it opens at once. */
  async unlock(id: PersonId): Promise<void> {
    const { username } = await this.account(id)
    const from = `device:${username}:`
    await this.#keep('unlocked', id, (directory) => [
      directory
        .delete(signInLimits)
        .where(
          or(
            eq(signInLimits.key, `account:${username}`),
            eq(signInLimits.key, `factor:${id}`),
            and(gte(signInLimits.key, from), lt(signInLimits.key, `${from}~`)),
          ),
        ),
    ])
  }

  /** Ends all of a person's sign-ins, from the next request on. */
  async endSessions(id: PersonId): Promise<void> {
    await this.account(id)
    await this.#keep('session-ended', id, (directory) => [endSessions(directory, id)])
  }

  /** Lets a person in here again, or not for now, whatever posts they hold; where else they serve, nothing changes. */
  async allow(id: PersonId, allowed: boolean): Promise<void> {
    if (id === this.#actor) throw new Problem('rule-broken', '不能停止自己的登录，请由另一名管理员操作。')
    await this.account(id)
    const { now } = this.#visit
    await this.#keep(allowed ? 'unblocked' : 'blocked', id, (directory) =>
      allowed
        ? [directory.delete(blockedPosts).where(this.#blockOf(id))]
        : [
            directory
              .insert(blockedPosts)
              .values({ ...this.#owner, userId: id, at: now, by: this.#actor })
              .onConflictDoNothing(),
            endSessions(directory, id),
          ],
    )
  }

  /**
   * A link with which a person sets a password: to be shown once. Throws `rule-broken` for who serves elsewhere too,
   * but for an operator, who is asked then.
   */
  async link(id: PersonId): Promise<SetPasswordLink> {
    const account = await this.account(id)
    const owners = await this.#ownersFor(id, account)
    const { now } = this.#visit
    const purpose = account.hasPassword ? 'reset' : 'first'
    const { link, statements } = await newInvitation({ userId: id, purpose, by: this.#actor, now })
    await this.#keep('link-made', id, statements, owners)
    return link
  }

  /**
   * The link of somebody who was just appointed. Throws `already-there` for who has a password: asked for by mistake,
   * it would take the account out of its owner's hands.
   */
  async firstLink(id: PersonId): Promise<SetPasswordLink> {
    const { hasPassword } = await this.account(id)
    if (hasPassword) throw new Problem('already-there', '此人已经设置过密码，不再生成链接。')
    return this.link(id)
  }

  /** Takes the second factor from somebody who lost it together with the codes, and ends their sign-ins. Throws like `link`. */
  async removeFactor(id: PersonId): Promise<void> {
    const owners = await this.#ownersFor(id, await this.account(id))
    await this.#keep(
      'factor-removed',
      id,
      (directory) => [...withoutFactor(directory, id), endSessions(directory, id)],
      owners,
    )
  }

  /** Whose records tell of another way into somebody's account: everybody's whose people they are. */
  async #ownersFor(id: PersonId, { elsewhere }: AccountState): Promise<readonly Owner[]> {
    if (!elsewhere) return this.#owners
    if (this.#above?.ownerKind !== 'platform') throw anothersToo()
    const others = ownersOf(await findAccount(this.#directory, eq(users.id, id), null))
    const isNew = (one: Owner) => !this.#owners.some((own) => own.ownerId === one.ownerId)
    return [...this.#owners, ...others.filter(isNew)]
  }

  /** The owner's own policy and, for a street, what holds together with its district's. */
  async policy() {
    const { ownerKind, ownerId } = this.#owner
    const own = and(eq(securityPolicies.ownerKind, ownerKind), eq(securityPolicies.ownerId, ownerId))
    const above =
      ownerKind === 'street'
        ? and(eq(securityPolicies.ownerKind, 'district'), eq(securityPolicies.ownerId, this.#districtId ?? ''))
        : undefined
    const found = await this.#directory.select().from(securityPolicies).where(or(own, above))
    const shown = found.map(({ ownerKind: kind, ownerId: _, changedAt: _a, changedBy: _b, ...policy }) => ({
      kind,
      policy,
    }))
    const mine = shown.find(({ kind }) => kind === ownerKind)?.policy
    return {
      policy: (mine ?? defaultPolicy) as SecurityPolicy,
      effective: strictest(shown.map(({ policy }) => policy as SecurityPolicy)),
      isDefault: mine === undefined,
    }
  }

  /** Sets the owner's policy. Sign-ins that stand are shortened to it at once, and never lengthened. */
  async setPolicy(policy: SecurityPolicy): Promise<void> {
    const { now } = this.#visit
    const row = { ...policy, changedAt: now, changedBy: this.#actor }
    const minute = 60_000
    await this.#keep('policy-changed', null, (directory) => [
      directory
        .insert(securityPolicies)
        .values({ ...this.#owner, ...row })
        .onConflictDoUpdate({ target: [securityPolicies.ownerKind, securityPolicies.ownerId], set: row }),
      ...(['desk', 'phone'] as const).map((kind) =>
        directory
          .update(sessions)
          .set({
            idleFor: sql`min(coalesce(${sessions.idleFor}, 9e15), ${policy[`${kind}Idle`] * minute})`,
            expiresAt: sql`min(${sessions.expiresAt}, ${sessions.createdAt} + ${policy[`${kind}Total`] * minute})`,
          })
          .where(and(eq(sessions.kind, kind), sql`${sessions.userId} in (${this.#everyone()})`)),
      ),
    ])
  }

  /** Lines of the record, the newest first: this owner's, or for the platform all there are. */
  async events({ kind, username, from, until, cursor, limit = 50 }: SecurityEventFilter) {
    const t = securityEvents
    const all = this.#owner.ownerKind === 'platform'
    const [at, seq] = cursor?.split('~').map(Number) ?? []
    const fits = and(kind && eq(t.kind, kind), username ? eq(t.username, username) : undefined)
    const page = await this.#directory
      .select()
      .from(t)
      .where(
        and(
          all ? undefined : and(eq(t.ownerKind, this.#owner.ownerKind), eq(t.ownerId, this.#owner.ownerId)),
          all ? undefined : fits,
          from === undefined ? undefined : gte(t.at, from),
          until === undefined ? undefined : lt(t.at, until),
          // All owners' lines have no index but their number, which is the order they came in.
          seq === undefined ? undefined : all ? lt(t.seq, seq) : sql`(${t.at}, ${t.seq}) < (${at}, ${seq})`,
        ),
      )
      .orderBy(...(all ? [desc(t.seq)] : [desc(t.at), desc(t.seq)]))
      .limit(all ? mostScanned : limit + 1)
    const wanted = (line: typeof t.$inferSelect) =>
      !all || ((!kind || line.kind === kind) && (!username || line.username === username))
    const order = (a: typeof t.$inferSelect, b: typeof t.$inferSelect) =>
      all ? b.seq - a.seq : b.at - a.at || b.seq - a.seq
    const more = page.length === (all ? mostScanned : limit + 1)
    const { items, next } = pageOf([{ rows: page, more }], order, wanted, limit)
    return { items, next: next ? `${next.at}~${next.seq}` : null }
  }

  /** Writes a line about what is done elsewhere to somebody's account or posts, together with `deed` in the directory. */
  async note(
    kind: SecurityKind,
    subject: PersonId | null,
    detail: string | null = null,
    deed?: Parameters<typeof record>[2],
  ): Promise<void> {
    await record(this.#visit, { kind, actor: this.#actor, subject, owners: this.#owners, detail }, deed)
  }

  /**
   * Notes that somebody of this owner tried what their post does not allow; the same door once in ten minutes. `what` is
   * a route as it is mounted, and holds no id and nothing that was sent.
   */
  async denied(what: string): Promise<void> {
    const { ownerKind, ownerId } = this.#owner
    const key = `denied:${this.#actor}:${ownerKind}:${ownerId}:${what}`
    const limit = { most: 1, shutFor: 10 * 60_000, within: 10 * 60_000 }
    const { allowed } = await tryUnder(this.#visit, [{ key, limit }])
    if (!allowed) return
    await record(this.#visit, {
      kind: 'denied',
      result: 'refused',
      actor: this.#actor,
      owners: [this.#owner],
      detail: what,
    })
  }

  async #keep(
    kind: SecurityKind,
    subject: PersonId | null,
    deed: Parameters<typeof record>[2],
    owners = this.#owners,
  ): Promise<void> {
    const detail = this.#above && fromAbove[this.#above.ownerKind]
    await record(this.#visit, { kind, actor: this.#actor, subject, owners, detail }, deed)
  }

  get #owners(): readonly Owner[] {
    return this.#above ? [this.#owner, this.#above] : [this.#owner]
  }

  #blockOf(id: PersonId) {
    const { ownerKind, ownerId } = this.#owner
    return and(eq(blockedPosts.ownerKind, ownerKind), eq(blockedPosts.ownerId, ownerId), eq(blockedPosts.userId, id))
  }

  /** A query for everyone with a post of this owner, and of a district's streets. */
  #everyone(): SQL {
    const { ownerKind, ownerId } = this.#owner
    if (ownerKind === 'platform') return sql`select ${operators.userId} from ${operators}`
    if (ownerKind === 'street')
      return sql`select ${streetPosts.userId} from ${streetPosts} where ${sql`${streetPosts.streetId} = ${ownerId}`}`
    return sql`select ${districtPosts.userId} from ${districtPosts} where ${sql`${districtPosts.districtId} = ${ownerId}`}
      union select ${streetPosts.userId} from ${streetPosts} join ${streets} on ${eq(streets.id, streetPosts.streetId)}
      where ${sql`${streets.districtId} = ${ownerId}`}`
  }

  #isOurs(id: PersonId): SQL {
    const { ownerKind, ownerId } = this.#owner
    if (ownerKind === 'platform') return sql`exists (select 1 from ${operators} where ${eq(operators.userId, id)})`
    return ownerKind === 'street'
      ? sql`exists (select 1 from ${streetPosts} where ${and(sql`${streetPosts.streetId} = ${ownerId}`, eq(streetPosts.userId, id), eq(streetPosts.state, 'active'))})`
      : sql`exists (select 1 from ${districtPosts} where ${and(sql`${districtPosts.districtId} = ${ownerId}`, eq(districtPosts.userId, id), eq(districtPosts.state, 'active'))})`
  }
}

/** Who resets a password comes in wherever it opens; another unit's people are its own to let out first. */
const anothersToo = () =>
  new Problem('rule-broken', '此人在其他单位也有岗位，不能由本单位代为重置：先由那个单位停用其岗位，重置后再恢复。')
