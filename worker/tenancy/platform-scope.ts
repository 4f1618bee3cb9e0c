import { asc, count, sql } from 'drizzle-orm'
import { type Capability, can } from '@app/shared/capabilities'
import type { PersonId } from '@app/shared/ids'
import { Problem } from '@app/shared/problem'
import { type Db, ledgers, openDirectory, openLedger } from '../db/client'
import { districts, streets } from '../db/directory'
import { jobs } from '../db/ledger'
import type { Env } from '../env'
import { Imports } from '../platform/imports'
import { Moves } from '../platform/moves'

/** The deployment as its operator sees it: tenants and their health, and nothing of what they hold. */
export class PlatformScope {
  readonly #env: Env
  readonly #directory: Db

  /** Streets that come with a package from another deployment. */
  readonly imports: Imports
  /** Streets on their way from one district to another. */
  readonly moves: Moves

  constructor(env: Env, operator: PersonId) {
    this.#env = env
    this.#directory = openDirectory(env)
    this.imports = new Imports(env, operator)
    this.moves = new Moves(env, operator)
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
