import { asc, count, eq, sql } from 'drizzle-orm'
import { type Capability, can } from '@app/shared/capabilities'
import type { DistrictId, ImportId, PersonId, StreetId } from '@app/shared/ids'
import type { SetPasswordLink } from '@app/shared/accounts/schema'
import type { NewDistrict, Suspension } from '@app/shared/onboarding/schema'
import { keyOf } from '@app/shared/jobs'
import { Problem } from '@app/shared/problem'
import { type Db, ledgers, openDirectory, openLedger } from '../db/client'
import { districts, streets } from '../db/directory'
import { districtLog, jobs } from '../db/ledger'
import type { Visit } from '../auth/visit'
import type { Env } from '../env'
import { newId } from '../ids'
import { Imports } from '../platform/imports'
import { Moves } from '../platform/moves'
import { administratorsOf } from '../platform/administrators'
import { openDistrictFor, suspension } from '../platform/onboarding'
import { Seals } from './seals'
import { TenantSecurity } from './tenant-security'

/** The deployment as its operator sees it: tenants and their health, and nothing of what they hold. */
export class PlatformScope {
  readonly #env: Env
  readonly #directory: Db
  readonly #security: TenantSecurity
  readonly #operator: PersonId

  /** Streets that come with a package from another deployment. */
  readonly imports: Imports
  /** Streets on their way from one district to another. */
  readonly moves: Moves

  constructor(env: Env, operator: PersonId, visit: Visit) {
    this.#env = env
    this.#operator = operator
    this.#directory = openDirectory(env)
    this.imports = new Imports(env, operator)
    this.moves = new Moves(env, operator)
    this.#security = new TenantSecurity(visit, { ownerKind: 'platform', ownerId: 'platform' }, null, operator)
  }

  /** The operators' own accounts and policy, and the record of all. */
  security(capability: Capability): TenantSecurity {
    this.require(capability)
    return this.#security
  }

  require(capability: Capability): void {
    if (!can('operator', capability)) throw new Problem('forbidden')
  }

  requireUnsuspended(): void {}

  /** Every district with its streets, in the order of their names. */
  async tenants() {
    const [all, members] = await this.#directory.batch([
      this.#directory
        .select({
          id: districts.id,
          slug: districts.slug,
          name: districts.name,
          ledger: districts.ledger,
          demo: districts.demo,
          suspendedAt: districts.suspendedAt,
          suspendedWhy: districts.suspendedWhy,
        })
        .from(districts)
        .orderBy(asc(districts.slug)),
      this.#directory
        .select({
          id: streets.id,
          districtId: streets.districtId,
          slug: streets.slug,
          name: streets.name,
          suspendedAt: streets.suspendedAt,
          suspendedWhy: streets.suspendedWhy,
        })
        .from(streets)
        .orderBy(asc(streets.slug)),
    ])
    return all.map(({ id, ...district }) => ({
      id,
      ...district,
      streets: members.flatMap(({ districtId, ...street }) => (districtId === id ? [street] : [])),
    }))
  }

  /** Work that waits and work that failed, by district: counts and keys, never content. */
  async work() {
    const found = await Promise.all(
      [...ledgers(this.#env).keys()].map((name) =>
        openLedger(this.#env, name)
          .select({
            districtId: jobs.districtId,
            waiting: count(sql`case when ${jobs.state} = 'waiting' then 1 end`),
            failed: count(sql`case when ${jobs.state} = 'failed' then 1 end`),
            lastAt: sql<number>`max(${jobs.scheduledAt})`,
          })
          .from(jobs)
          .groupBy(jobs.districtId),
      ),
    )
    return found.flat()
  }

  /** The version that is sealed with now, and how far its rotation has come. */
  async keyRotation() {
    const version = new Seals(this.#env).newest
    const key = keyOf({ kind: 'rotate', version })
    const found = await Promise.all(
      [...ledgers(this.#env).keys()].map((name) =>
        openLedger(this.#env, name)
          .select({ districtId: jobs.districtId, state: jobs.state })
          .from(jobs)
          .where(eq(jobs.key, key)),
      ),
    )
    const states = found.flat()
    const count = (wanted: string) => states.filter(({ state }) => state === wanted).length
    return { version, waiting: count('waiting'), done: count('done'), failed: count('failed') }
  }

  /**
   * Has every district's personal columns sealed with the newest key: a job for each, with its line in the district's
   * log in the same batch. Asked again it starts only what failed or is new; suspended districts are sealed as well,
   * or their old key could never be thrown away.
   */
  async rotateKeys(now: number): Promise<void> {
    this.require('key.rotate')
    const actor = this.#operator
    const version = new Seals(this.#env).newest
    const key = keyOf({ kind: 'rotate', version })
    const all = await this.#directory
      .select({ id: districts.id, ledger: districts.ledger })
      .from(districts)
      .where(eq(districts.state, 'active'))
    const started: { districtId: DistrictId; key: string }[] = []
    for (const name of ledgers(this.#env).keys()) {
      const db = openLedger(this.#env, name)
      const statements = all.flatMap(({ id: districtId, ledger }) => {
        if (ledger !== name) return []
        started.push({ districtId, key })
        const again = { state: 'waiting' as const, scheduledAt: now, wokenAt: now, attempts: 1, error: null }
        return [
          db
            .insert(jobs)
            .values({ districtId, key, ...again })
            .onConflictDoUpdate({
              target: [jobs.districtId, jobs.key],
              set: again,
              setWhere: eq(jobs.state, 'failed'),
            }),
          db
            .insert(districtLog)
            .select(
              sql`select ${districtId}, ${newId('log', now)}, ${actor}, 'key.rotate', ${key}, null, ${now}, 1 where changes() > 0`,
            ),
        ]
      })
      const [first, ...others] = statements
      if (first) await db.batch([first, ...others])
    }
    // Only a wake-up: the sweeper finds what is lost of it.
    for (let at = 0; at < started.length; at += 100)
      await this.#env.JOBS.sendBatch(started.slice(at, at + 100).map((body) => ({ body }))).catch(() => undefined)
  }

  /** Makes a district and answers with its first administrator's link, shown once. Throws `invalid-input`, `already-there`. */
  async openDistrict(district: NewDistrict, now: number): Promise<SetPasswordLink> {
    this.require('tenant.manage')
    await openDistrictFor(this.#env, district, now)
    const security = this.#securityOf(district.id)
    await security.note('onboarded', district.admin.id, district.name)
    return security.firstLink(district.admin.id)
  }

  /** Who administers a district's accounts; nobody for a district that is not there. */
  administrators(districtId: DistrictId, now: number) {
    this.require('tenant.manage')
    return administratorsOf(this.#env, districtId, now)
  }

  /** A link for an administrator of a district who lost the first one, or the password; shown once. Throws `not-found`. */
  async administratorLink(districtId: DistrictId, personId: PersonId, now: number): Promise<SetPasswordLink> {
    await this.#requireAdministrator(districtId, personId, now)
    return this.#securityOf(districtId).link(personId)
  }

  /** Takes the second factor from an administrator of a district who lost it. Throws `not-found`. */
  async removeAdministratorFactor(districtId: DistrictId, personId: PersonId, now: number): Promise<void> {
    await this.#requireAdministrator(districtId, personId, now)
    await this.#securityOf(districtId).removeFactor(personId)
  }

  /**
   * A link for an administrator of a street that came with a package, where nobody's password has come along; shown
   * once. Throws `not-found` for anybody else, `already-there` for who has a password here.
   */
  async importedLink(importId: ImportId, personId: PersonId): Promise<SetPasswordLink> {
    this.require('tenant.import')
    const { streetId, administrators } = await this.imports.get(importId)
    if (!streetId || !administrators.some(({ id }) => id === personId)) throw new Problem('not-found')
    return this.#security.below({ ownerKind: 'street', ownerId: streetId }).firstLink(personId)
  }

  async #requireAdministrator(districtId: DistrictId, personId: PersonId, now: number): Promise<void> {
    const all = await this.administrators(districtId, now)
    if (!all.some(({ id }) => id === personId)) throw new Problem('not-found')
  }

  /** The district's people, as the operator deals with them: its own record tells of it too. */
  #securityOf(districtId: DistrictId): TenantSecurity {
    return this.#security.below({ ownerKind: 'district', ownerId: districtId })
  }

  /** Stops a tenant or lets it go on; who did it and why stands in the record. Throws `not-found`. */
  async suspend(
    tenant: { kind: 'district'; id: DistrictId } | { kind: 'street'; id: StreetId },
    asked: Suspension,
    now: number,
  ): Promise<void> {
    this.require('tenant.manage')
    const { suspended, why } = asked
    const deed = await suspension(this.#env, tenant, asked, now)
    const kind = suspended ? 'suspended' : 'resumed'
    await this.#security.note(kind, null, `${tenant.id}：${why}`, (directory) => [deed(directory)])
  }
}
