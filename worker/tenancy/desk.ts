import { and, eq } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import { Problem } from '@app/shared/problem'
import { keyedDigest } from '../auth/secrets'
import type { Db } from '../db/client'
import { answers, districtAnswers } from '../db/ledger'
import { mentions } from '../db/refusals'
import type { Env } from '../env'
import { sha256 } from '../sha256'

export type Statement = BatchItem<'sqlite'>

/** An answer as it was sent. */
export interface Answer {
  readonly status: number
  readonly body: string
}

/** Where answers are kept: the street's or the district's, for one actor. */
export type Owner =
  | { readonly table: typeof answers; readonly streetId: string; readonly actor: string }
  | { readonly table: typeof districtAnswers; readonly districtId: string; readonly actor: string }

/** A deed that waits for its answer, and what is to be done once both are kept. */
interface Held {
  deed?: readonly Statement[]
  after?: () => Promise<unknown>
}

/** Where a scope's deeds are kept, each one batch, and each answered exactly once. */
export class Desk {
  readonly #db: Db
  readonly #env: Pick<Env, 'AUTH_SECRET'>
  readonly #owner: Owner
  /** There while a request with a key is answered: its deed waits here for the answer it is kept with. */
  #held: Held | null = null

  constructor(db: Db, env: Pick<Env, 'AUTH_SECRET'>, owner: Owner) {
    this.#db = db
    this.#env = env
    this.#owner = owner
  }

  /** A deed is the last thing a request does: its effect cannot be read back. */
  refuseAfterDeed(): void {
    if (this.#held?.deed) throw new Error('A deed is the last thing a request does: its effect cannot be read back')
  }

  /**
   * Keeps a deed whole or not at all; held back while a request with a key is being answered. `after` follows once it
   * is kept, such as the waking of a queue: what fails there a sweeper makes good.
   */
  async keep(statements: readonly Statement[], after?: () => Promise<unknown>): Promise<void> {
    if (this.#held) {
      if (this.#held.deed) throw new Error('A request does one deed')
      Object.assign(this.#held, { deed: statements, after })
      return
    }
    await this.#write(statements)
    await followed(after)
  }

  /**
   * Keeps one step of a deed that spans both kinds of database, at once. No answer is kept with it: such a deed is
   * made of steps that the same request, sent again, only repeats.
   */
  async step(statements: readonly Statement[]): Promise<void> {
    await this.#write(statements)
  }

  /**
   * Answers a request that carries a key exactly once.
   *
   * The deed that `handle` writes is held back until its answer is known; then both go to the ledger in one
   * batch, the answer under (owner, actor, key). So a deed is never kept without its answer, and of two twins
   * the second collides and loses its batch whole. Nothing is looked up beforehand: only when a request has
   * failed, be it by that collision or because the first twin's deed now stands in its way, is the earlier
   * answer fetched and given again. A first request therefore costs no round trip more.
   *
   * `request` tells requests apart. What is kept of it is a digest under a key of the deployment's: the body may hold a
   * password, which a plain digest would let anybody guess who reads the table.
   */
  async once(key: string, request: string, now: number, handle: () => Promise<Answer>): Promise<Answer> {
    const held: Held = (this.#held = {})
    const digest = keyedDigest(this.#env, 'answered request', request)
    try {
      const answer = await handle()
      if (held.deed) await this.#write([...held.deed, this.#remember({ key, request: digest, ...answer, at: now })])
      await followed(held.after)
      return answer
    } catch (error) {
      if (error instanceof Problem && ['forbidden', 'suspended', 'verify-again'].includes(error.slug)) throw error
      const earlier = await this.#earlier(key)
      if (!earlier) throw error
      // The release before this one kept a plain digest; its answers are repeatable for thirty days more.
      if (earlier.request !== digest && earlier.request !== (await sha256(request)))
        throw new Problem('key-reused', '同一提交编号对应了不同内容，请刷新页面后重新填写。')
      return { status: earlier.status, body: earlier.body }
    }
  }

  #remember(answer: { key: string; request: string; status: number; body: string; at: number }): Statement {
    const owner = this.#owner
    return 'streetId' in owner
      ? // Safe: the ids come from the gate, which knows their brand.
        this.#db.insert(owner.table).values({ streetId: owner.streetId as never, actor: owner.actor, ...answer })
      : this.#db.insert(owner.table).values({ districtId: owner.districtId as never, actor: owner.actor, ...answer })
  }

  async #earlier(key: string) {
    const owner = this.#owner
    const { table: t, actor } = owner
    const columns = { request: t.request, status: t.status, body: t.body }
    const [found] =
      'streetId' in owner
        ? await this.#db
            .select(columns)
            .from(owner.table)
            .where(and(eq(owner.table.streetId, owner.streetId as never), eq(t.actor, actor), eq(t.key, key)))
        : await this.#db
            .select(columns)
            .from(owner.table)
            .where(and(eq(owner.table.districtId, owner.districtId as never), eq(t.actor, actor), eq(t.key, key)))
    return found
  }

  async #write(statements: readonly Statement[]): Promise<void> {
    try {
      // Safe: a deed has statements.
      await this.#db.batch([...statements] as unknown as [Statement, ...Statement[]])
    } catch (error) {
      throw explained(error)
    }
  }
}

async function followed(after: (() => Promise<unknown>) | undefined): Promise<void> {
  await after?.().catch((error: unknown) => console.warn(String(error)))
}

/** What a refused batch means. Only names of our own are looked for in a database's message. */
function explained(error: unknown): unknown {
  // The event's `seq` collides, or the row's version has moved on: either way someone was first.
  if (
    mentions(
      error,
      /subject_changed|UNIQUE .*(hazard_events|inspections\.supersedes|filings\.(supersedes|period)|filing_acts|risk_point_changes|enterprise_merges\.enterprise_id|draws\.purpose)|UNIQUE .*(decisions|notices)/,
    )
  )
    return new Problem('stale')
  if (mentions(error, /UNIQUE .*street_exports\.id/)) return new Problem('already-there')
  if (mentions(error, /UNIQUE .*street_exports/))
    return new Problem('rule-broken', '已有一个数据包正在生成，请等它完成或先删除它。')
  if (
    mentions(
      error,
      /UNIQUE .*(hazards|inspections|draws|filings|selfchecks|enterprises|risk_points|enterprise_merges|communities|grids|charges|units|seats|posts|checklists|own_criteria)\.id/,
    )
  )
    return new Problem('already-there')
  // One within reach is named beforehand; another one is nobody's to name.
  if (mentions(error, /UNIQUE .*enterprises\.credit_code/))
    return new Problem('invalid-input', undefined, [
      { pointer: '/creditCode', detail: '本街道已有单位登记此代码；若不在您负责的范围内，请联系街道核对' },
    ])
  if (mentions(error, /UNIQUE .*(charges\.kind|seats\.seat)/))
    return new Problem('stale', '刚刚有人改过同一处的责任人或职务，请刷新后再办理。')
  // Places and photos are looked at before; who gets here raced with their removal.
  if (mentions(error, /FOREIGN KEY/)) return new Problem('stale')
  return error
}
