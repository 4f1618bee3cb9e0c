import { asc, count, sql } from 'drizzle-orm'
import { type Capability, can } from '@app/shared/capabilities'
import { Problem } from '@app/shared/problem'
import { type Db, ledgers, openDirectory, openLedger } from '../db/client'
import { districts, streets } from '../db/directory'
import { jobs } from '../db/ledger'
import type { PersonId } from '@app/shared/ids'
import type { Visit } from '../auth/visit'
import type { Env } from '../env'
import { TenantSecurity } from './tenant-security'

/** The deployment as its operator sees it: tenants and their health, and nothing of what they hold. */
export class PlatformScope {
  readonly #env: Env
  readonly #directory: Db
  readonly #security: TenantSecurity

  constructor(env: Env, operator: PersonId, visit: Visit) {
    this.#env = env
    this.#directory = openDirectory(env)
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
}
