import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm'
import { roles } from '@app/shared/capabilities'
import type { EnterpriseId, JoiningId, PersonId, StreetId } from '@app/shared/ids'
import {
  codeStandsFor,
  type JoiningCodeMade,
  type JoiningDecision,
  type JoiningsPage,
  type JoinRole,
  type Poster,
} from '@app/shared/joining/schema'
import { Problem } from '@app/shared/problem'
import { type Db, openDirectory } from '../db/client'
import { joiningCodes, joinings, posters } from '../db/directory'
import { mentions } from '../db/refusals'
import type { Env } from '../env'
import { digestOfCode, hasOne, letIn } from '../platform/joining'
import { newPosterCode, posterOf, principalStands } from '../platform/posters'
import { streetPosts } from '../db/directory'
import type { TenantSecurity } from './tenant-security'

/** A unit of the street that the actor reaches, as it is called. */
interface Unit {
  readonly id: EnterpriseId
  readonly name: string
}

/** So many requests are shown at a time; the next come up as these are decided. */
const mostShown = 100

/** How a street lets enterprises' people in: posters, six digits, and requests to be decided. */
export class Joinings {
  readonly #env: Env
  readonly #directory: Db
  readonly #streetId: StreetId
  readonly #actor: PersonId
  readonly #security: TenantSecurity

  constructor(env: Env, streetId: StreetId, actor: PersonId, security: TenantSecurity) {
    this.#env = env
    this.#directory = openDirectory(env)
    this.#streetId = streetId
    this.#actor = actor
    this.#security = security
  }

  async poster(enterpriseId: EnterpriseId): Promise<Poster> {
    return { poster: await posterOf(this.#directory, this.#streetId, enterpriseId) }
  }

  /** A unit's poster: the one that stands, or a new one. */
  async issue({ id, name }: Unit, now: number): Promise<Poster> {
    const standing = await this.poster(id)
    if (standing.poster) return standing
    const row = { code: newPosterCode(), streetId: this.#streetId, enterpriseId: id, by: this.#actor, at: now }
    try {
      await this.#security.note('poster-issued', null, name, (db) => [db.insert(posters).values(row)])
    } catch (error) {
      if (!mentions(error, /UNIQUE .*posters/)) throw error
    }
    return this.poster(id)
  }

  /** A poster that was lost or got into wrong hands leads nowhere from then on. Throws `not-found` where none stands. */
  async revoke({ id, name }: Unit, now: number): Promise<void> {
    if (!(await posterOf(this.#directory, this.#streetId, id))) throw new Problem('not-found')
    await this.#security.note('poster-revoked', null, name, (db) => [
      db
        .update(posters)
        .set({ revokedAt: now })
        .where(and(eq(posters.streetId, this.#streetId), eq(posters.enterpriseId, id), isNull(posters.revokedAt))),
    ])
  }

  /** The unit that a poster of this street is of; null for any other code. */
  async unitOf(code: string): Promise<EnterpriseId | null> {
    const [found] = await this.#directory
      .select({ id: posters.enterpriseId })
      .from(posters)
      .where(and(eq(posters.code, code), eq(posters.streetId, this.#streetId), isNull(posters.revokedAt)))
    return found?.id ?? null
  }

  /** Six digits for one person of a unit; earlier ones for the same post are void. Throws `rule-broken`. */
  async newCode({ id, name }: Unit, role: JoinRole, now: number): Promise<JoiningCodeMade> {
    if (role === 'enterprise-principal') await this.#requireNoPrincipal(id, now)
    // Of a million, each as likely: a draw beyond the last whole million would favour the first.
    const code = String(draw(1_000_000)).padStart(6, '0')
    const unit = { streetId: this.#streetId, enterpriseId: id }
    const digest = digestOfCode(this.#env, unit, role, code)
    const row = { ...unit, role, digest, by: this.#actor, at: now, expiresAt: now + codeStandsFor }
    await this.#security.note('joining-code-made', null, `${name}：${roles[role].label}`, (db) => [
      db
        .insert(joiningCodes)
        .values(row)
        .onConflictDoUpdate({
          target: [joiningCodes.streetId, joiningCodes.enterpriseId, joiningCodes.role],
          set: row,
        }),
    ])
    return { code, expiresAt: row.expiresAt }
  }

  /** Requests that wait, the longest waiting first. */
  async waiting(now: number): Promise<JoiningsPage['items']> {
    const t = joinings
    return this.#directory
      .select({
        id: t.id,
        enterpriseId: t.enterpriseId,
        unit: t.unit,
        role: t.role,
        name: t.name,
        at: t.at,
        expiresAt: t.expiresAt,
      })
      .from(t)
      .where(and(eq(t.streetId, this.#streetId), isNull(t.decidedAt), gt(t.expiresAt, now)))
      .orderBy(asc(t.at), asc(t.id))
      .limit(mostShown)
  }

  /**
   * Lets somebody in, or says why not; of two who decide at once the first has. Throws `not-found` for a request of
   * another street or that is over, `stale` for one that was decided otherwise, `rule-broken`.
   */
  async decide(id: JoiningId, decision: JoiningDecision, now: number): Promise<void> {
    const t = joinings
    const its = and(eq(t.streetId, this.#streetId), eq(t.id, id))
    const [one] = await this.#directory.select().from(t).where(its)
    if (!one) throw new Problem('not-found')
    const { enterpriseId, role, tokenHash, unit } = one
    const { approved } = decision
    if (one.decidedAt !== null) {
      if (one.decidedBy === this.#actor && one.approved === approved) return
      throw new Problem('stale', '这份申请已经办理过了，请刷新查看。')
    }
    if (one.expiresAt <= now) throw new Problem('not-found', '这份申请已过期，请对方重新扫码申请。')
    if (approved && role === 'enterprise-principal') await this.#requireNoPrincipal(enterpriseId, now)
    const why = decision.approved ? null : decision.why
    // Without the name: lines of the record outlive what is known of who asked.
    const detail = `${approved ? '同意' : '不同意'}：${unit}，${roles[role].label}`
    const mine = and(its, eq(t.decidedBy, this.#actor), eq(t.decidedAt, now))
    await this.#security.note('joining-decided', null, detail, (db) => [
      db
        .update(t)
        .set({ decidedAt: now, decidedBy: this.#actor, approved, why })
        .where(and(its, isNull(t.decidedAt))),
      ...(approved
        ? [
            letIn(
              db,
              { streetId: this.#streetId, enterpriseId, role, tokenHash, by: this.#actor, now },
              // Somebody else may have decided between the look and the deed.
              sql`exists (select 1 from ${t} where ${mine})`,
            ),
          ]
        : []),
    ])
    const [after] = await this.#directory.select({ by: t.decidedBy, at: t.decidedAt }).from(t).where(its)
    if (after?.by !== this.#actor || after.at !== now) throw new Problem('stale', '这份申请刚被别人办理，请刷新查看。')
  }

  async #requireNoPrincipal(enterpriseId: EnterpriseId, now: number): Promise<void> {
    const [one] = await this.#directory
      .select({ id: streetPosts.id })
      .from(streetPosts)
      .where(principalStands(this.#streetId, enterpriseId, now))
      .limit(1)
    if (one) throw hasOne()
  }
}

/** A whole number below `most`, each as likely as any other. */
function draw(most: number): number {
  const whole = Math.floor(2 ** 32 / most) * most
  for (;;) {
    const [drawn = whole] = crypto.getRandomValues(new Uint32Array(1))
    if (drawn < whole) return drawn % most
  }
}
