import { type Column, type SQL, and, count, eq, getTableColumns, gt, isNull, lte, or, sql } from 'drizzle-orm'
import type { BatchItem, BatchResponse } from 'drizzle-orm/batch'
import type { SQLiteTable, SelectedFields } from 'drizzle-orm/sqlite-core'
import type { SetPasswordLink } from '@app/shared/accounts/schema'
import { type Capability, type Role, can } from '@app/shared/capabilities'
import { effectsOf, standingOf } from '@app/shared/hazards/effects'
import { type Act, refusal } from '@app/shared/hazards/machine'
import { timesOf } from '@app/shared/hazards/rules'
import type { Determination } from '@app/shared/hazards/schema'
import type { DistrictId, HazardId, NoticeId, PersonId, StreetId, UnitId } from '@app/shared/ids'
import { linkRefusal } from '@app/shared/onboarding/administrators'
import type { NewOverseer, NewStreet, StreetTrial } from '@app/shared/onboarding/schema'
import { overloadFrom } from '@app/shared/organisation/charges'
import type { NewUnit, UnitCard, UnitWords } from '@app/shared/organisation/schema'
import { sectorsOf } from '@app/shared/organisation/units'
import type { ChargeKind } from '@app/shared/organisation/words'
import { Problem } from '@app/shared/problem'
import { type Day, dayOf } from '@app/shared/time'
import { type Db, type LedgerName, openLedger } from '../db/client'
import {
  accessLog,
  auditLog,
  chainAnchors,
  charges,
  communities,
  decisions,
  districtAnswers,
  districtLog,
  districtUnits,
  enterprises,
  grids,
  hazardEvents,
  hazardPhotos,
  hazardRounds,
  hazards,
  jobs,
  notices,
  overseers,
  people,
  schemes,
  snapshots,
  streetOwned as owned,
  streetScores,
} from '../db/ledger'
import { aliased, among } from '../db/operators'
import type { Visit } from '../auth/visit'
import type { Env } from '../env'
import { newId } from '../ids'
import { streetAdministratorsOf } from '../platform/administrators'
import {
  appointOverseer,
  endOverseer,
  onboardStreet,
  restoreOverseer,
  setSectors,
  tryStreet,
  unitStands,
} from '../platform/onboarding'
import { deedStatements } from './deed'
import { Desk, type Statement } from './desk'
import { Evidence } from './evidence'
import { TenantSecurity, noVisit } from './tenant-security'
import { Seals } from './seals'
import { eraseRecord, pastTerm, resealSome } from './upkeep'

/** A street of the district, as the directory names it. */
export interface MemberStreet {
  readonly id: StreetId
  readonly slug: string
  readonly name: string
  readonly shortName: string
  readonly statCode: string | null
  /** Since when it reads and does not write, and why; null while it does both. */
  readonly suspendedAt: number | null
  readonly suspendedWhy: string | null
  /** It is being copied to another district: nothing of it may change, not even who looked at it. */
  readonly moving?: boolean
}

/** A district, its streets, and the ledger that holds them all. */
export interface District {
  readonly districtId: DistrictId
  readonly slug: string
  readonly name: string
  readonly demo: boolean
  readonly suspended: boolean
  readonly ledger: LedgerName
  readonly streets: readonly MemberStreet[]
  /** Streets that are still being brought aboard: nobody acts there, and nothing of them is read. */
  readonly preparing?: readonly MemberStreet[]
}

/** Who looks: `sectors` is the reach of a member unit's person, null for all of them. */
export interface Overseer {
  readonly id: PersonId
  readonly role: Role
  readonly sectors: readonly string[] | null
}

/** A member unit as it was read. */
type MemberUnit = Pick<UnitCard, 'id' | 'leads' | 'joins'>

/** Queries whose columns are always named, never all. */
function selectOn(db: Db) {
  return <F extends SelectedFields>(fields: F) => db.select(fields)
}
type Select = ReturnType<typeof selectOn>

function without<T extends SQLiteTable, K extends string>(table: T, ...hidden: (readonly K[])[]) {
  const shown = Object.entries(getTableColumns(table)).filter(([name]) => !hidden.flat().includes(name as K))
  // Safe: only the named columns were taken away.
  return Object.fromEntries(shown) as Omit<T['_']['columns'], K>
}

/** What a district sees at a glance of all its streets (no person, no detail), and what is its own. */
function listed(db: Db, { districtId, streets }: District, sectors: Overseer['sectors']) {
  const { hazards: h } = owned
  const ids = streets.map(({ id }) => id)
  const reached = sectors ? among(hazards.sector, sectors) : undefined
  const mine = ({ streetId }: { streetId: Column }) => among(streetId, ids)
  const its = ({ districtId: owner }: { districtId: Column }) => eq(owner, districtId)
  return {
    hazards: db
      .select(without(hazards, h.personal, h.detail))
      .from(hazards)
      .where(and(mine(hazards), reached))
      .as('hazards'),
    hazardRounds: db.select().from(hazardRounds).where(mine(hazardRounds)).as('hazard_rounds'),
    overseers: db.select().from(overseers).where(its(overseers)).as('overseers'),
    decisions: db.select().from(decisions).where(its(decisions)).as('decisions'),
    schemes: db.select().from(schemes).where(its(schemes)).as('schemes'),
    snapshots: db.select().from(snapshots).where(its(snapshots)).as('snapshots'),
    streetScores: db.select().from(streetScores).where(its(streetScores)).as('street_scores'),
    notices: db.select().from(notices).where(its(notices)).as('notices'),
    jobs: db.select().from(jobs).where(its(jobs)).as('jobs'),
    districtUnits: db.select().from(districtUnits).where(its(districtUnits)).as('district_units'),
    people: db.select({ streetId: people.streetId, until: people.until }).from(people).where(mine(people)).as('people'),
    districtLog: db.select().from(districtLog).where(its(districtLog)).as('district_log'),
  }
}

/** What it sees of one record that it opens: no person. */
function opened(db: Db, street: StreetId, record: HazardId, sectors: Overseer['sectors']) {
  const { hazards: h, hazardEvents: e, enterprises: n } = owned
  const reached = sectors ? among(hazards.sector, sectors) : undefined
  const its = ({ streetId }: { streetId: Column }, id: Column) => and(eq(streetId, street), eq(id, record))
  // Its story is shown only with it.
  const shown = (table: { streetId: Column }, id: Column): SQL | undefined =>
    and(
      its(table, id),
      reached && sql`exists (select 1 from ${hazards} where ${and(its(hazards, hazards.id), reached)})`,
    )
  return {
    hazards: db
      .select(without(hazards, h.personal))
      .from(hazards)
      .where(and(its(hazards, hazards.id), reached))
      .as('hazards'),
    hazardEvents: db
      .select(without(hazardEvents, e.personal))
      .from(hazardEvents)
      .where(shown(hazardEvents, hazardEvents.hazardId))
      .as('hazard_events'),
    hazardPhotos: db.select().from(hazardPhotos).where(shown(hazardPhotos, hazardPhotos.hazardId)).as('hazard_photos'),
    communities: db.select().from(communities).where(eq(communities.streetId, street)).as('communities'),
    grids: db.select().from(grids).where(eq(grids.streetId, street)).as('grids'),
    enterprises: db
      .select(without(enterprises, n.personal))
      .from(enterprises)
      .where(eq(enterprises.streetId, street))
      .as('enterprises'),
  }
}

type Notice = typeof notices.$inferInsert

/** One district, as one overseer: it reads its streets, and writes only what is the district's own. */
export class DistrictScope {
  readonly #db: Db
  readonly #env: Env
  readonly #district: District
  readonly #overseer: Overseer
  readonly desk: Desk
  readonly evidence: Evidence
  readonly #security: TenantSecurity

  constructor(env: Env, district: District, overseer: Overseer, visit: Visit = noVisit(env)) {
    this.#db = openLedger(env, district.ledger)
    this.#env = env
    this.#district = district
    this.#overseer = overseer
    this.desk = new Desk(this.#db, env, {
      table: districtAnswers,
      districtId: district.districtId,
      actor: overseer.id,
    })
    this.evidence = new Evidence(env, district)
    const owner = { ownerKind: 'district', ownerId: district.districtId } as const
    this.#security = new TenantSecurity(visit, owner, null, overseer.id)
  }

  /** The accounts of the district's own people, its policy, and the record of both. */
  security(capability: Capability): TenantSecurity {
    this.require(capability)
    this.desk.refuseAfterDeed()
    return this.#security
  }

  get actor(): Overseer {
    return this.#overseer
  }

  get district(): Pick<District, 'districtId' | 'slug' | 'name' | 'demo' | 'streets' | 'preparing'> {
    return this.#district
  }

  /** Notes that the actor tried what the post does not allow. */
  denied(what: string): Promise<void> {
    return this.#security.denied(what)
  }

  /** Throws `forbidden` when the overseer's post does not hold the capability. */
  require(capability: Capability): void {
    if (!can(this.#overseer.role, capability)) throw new Problem('forbidden')
  }

  /** Throws `suspended` for a district that may read but not write. */
  requireUnsuspended(): void {
    if (this.#district.suspended) throw new Problem('suspended')
  }

  /** A street of this district; throws `not-found` for any other. */
  street(id: StreetId): MemberStreet {
    const street = this.#district.streets.find((one) => one.id === id)
    if (!street) throw new Problem('not-found')
    return street
  }

  /** The same, of which something is to be kept. Throws `suspended` while it is on its way elsewhere. */
  #settled(id: StreetId): MemberStreet {
    const street = this.street(id)
    if (street.moving) throw new Problem('suspended', `${street.name}正在迁移，暂时不能办理，请稍后再试。`)
    return street
  }

  /** The relations of all the district's streets, and `select` to query them. */
  read(capability: Capability) {
    this.require(capability)
    this.desk.refuseAfterDeed()
    return { ...listed(this.#db, this.#district, this.#overseer.sectors), select: selectOn(this.#db) }
  }

  /**
   * 双包 on a day, as counts for each street, to be run together: communities that stand and those that a leader answers
   * for, grids and cadres likewise, and how many people answer for too many. Who it is is nothing to the district.
   */
  duties(on: Day) {
    this.require('score.view')
    this.desk.refuseAfterDeed()
    const db = this.#db
    const ids = this.#district.streets.map(({ id }) => id)
    const lasting = and(lte(charges.from, on), or(isNull(charges.until), gt(charges.until, on)))
    const places = (places: typeof communities | typeof grids, kind: ChargeKind) =>
      db
        .select({
          streetId: aliased(places.streetId, 'street'),
          standing: sql<number>`count(distinct ${places.id})`.as('standing'),
          held: sql<number>`count(distinct ${charges.placeId})`.as('held'),
        })
        .from(places)
        .leftJoin(
          charges,
          and(eq(charges.streetId, places.streetId), eq(charges.placeId, places.id), eq(charges.kind, kind), lasting),
        )
        .where(and(among(places.streetId, ids), or(isNull(places.retiredOn), gt(places.retiredOn, on))))
        .groupBy(places.streetId)
    const burdens = db
      .select({ streetId: charges.streetId, kind: charges.kind, places: count().as('places') })
      .from(charges)
      .where(and(among(charges.streetId, ids), lasting))
      .groupBy(charges.streetId, charges.personId, charges.kind)
      .as('burdens')
    const most = (kind: ChargeKind) => and(eq(burdens.kind, kind), gt(burdens.places, overloadFrom[kind]))
    return [
      places(communities, 'leader'),
      places(grids, 'cadre'),
      db
        .select({ streetId: burdens.streetId, overloaded: count().as('overloaded') })
        .from(burdens)
        .where(or(most('leader'), most('cadre')))
        .groupBy(burdens.streetId),
    ] as const
  }

  /** Runs queries made from `read` in one round trip. Alias every column of a join: a batch shifts equal names. */
  together<const Q extends readonly [BatchItem<'sqlite'>, ...BatchItem<'sqlite'>[]]>(
    queries: Q,
  ): Promise<BatchResponse<Q>> {
    return this.#db.batch(queries as never)
  }

  /**
   * Opens one record of a street. The street's access log gets its line in the same batch,
   * so that nothing can be read unseen. Throws `not-found` for a street of another district.
   */
  async open<const Q extends readonly [BatchItem<'sqlite'>, ...BatchItem<'sqlite'>[]]>(
    record: { streetId: StreetId; hazardId: HazardId },
    now: number,
    build: (one: ReturnType<typeof opened> & { select: Select; overseers: Listed['overseers'] }) => Q,
  ): Promise<BatchResponse<Q>> {
    this.require('hazard.inspect')
    const { districtId } = this.#district
    const { id: streetId } = this.#settled(record.streetId)
    const { id: actor, sectors } = this.#overseer
    const all = listed(this.#db, this.#district, sectors)
    const one = opened(this.#db, streetId, record.hazardId, sectors)
    const queries = build({ ...one, overseers: all.overseers, select: selectOn(this.#db) })
    // Only a record that is there leaves a line, and only one row a day: the second look counts up.
    const line = sql`select ${streetId}, ${dayOf(now)}, ${actor}, ${hazards.id}, ${districtId}, 1, ${now} from ${hazards}
      where ${and(eq(hazards.streetId, streetId), eq(hazards.id, record.hazardId), sectors ? among(hazards.sector, sectors) : undefined)}`
    const { streetId: s, day, actor: a, subject } = accessLog
    const log = this.#db
      .insert(accessLog)
      .select(line)
      .onConflictDoUpdate({ target: [s, day, a, subject], set: { times: sql`${accessLog.times} + 1`, lastAt: now } })
    const [, ...found] = await this.#db.batch([log, ...queries] as unknown as [Statement, ...Statement[]])
    // Safe: the results of a batch are those of its statements, in order.
    return found as unknown as BatchResponse<Q>
  }

  /**
   * Decides about a street's hazard: one batch inserts the decision, moves the hazard by the same pure machine and
   * version check as the street's own deeds, and appends an event to the hazard's chain. It touches no other column
   * of the street's row. Throws `not-found`, `rule-broken`, or `stale` when somebody was first.
   */
  async decide(
    { streetId, hazardId, round }: { streetId: StreetId; hazardId: HazardId; round: number },
    { level, words, document }: Determination,
    now: number,
  ): Promise<void> {
    this.require('hazard.determine')
    this.requireUnsuspended()
    const { districtId } = this.#district
    const { shortName } = this.#settled(streetId)
    const { id: by, sectors } = this.#overseer
    const [seen] = await this.#db
      .select(getTableColumns(hazards))
      .from(hazards)
      .where(
        and(
          eq(hazards.streetId, streetId),
          eq(hazards.id, hazardId),
          sectors ? among(hazards.sector, sectors) : undefined,
        ),
      )
    if (!seen) throw new Problem('not-found')
    const act: Act = { deed: 'determine', by, level }
    const standing = standingOf(seen)
    if (round !== standing.round) throw new Problem('rule-broken', '该隐患已进入新的轮次，请刷新后再试。')
    const refused = refusal(standing, act)
    if (refused) throw new Problem('rule-broken', refused)

    const times = timesOf(undefined, now)
    const { columns, round: effect } = effectsOf(standing, act, times)
    const stand = { streetId, shortName, reach: { within: 'street' } } as const
    const statements = await deedStatements(
      this.#db,
      stand,
      this.#overseer,
      { deed: 'determine', round, times, said: words },
      (w) => [w.change(seen, columns), ...(effect ? [w.round(hazardId, effect)] : [])],
    )
    const decision = {
      districtId,
      streetId,
      hazardId,
      round,
      kind: 'determination' as const,
      outcome: level,
      words,
      document,
      by,
      at: now,
    }
    await this.desk.keep([...statements, this.#db.insert(decisions).values(decision)])
  }

  /** What onboarding a street would make, and all that is in its way; nothing is made. */
  async tryStreet(street: NewStreet): Promise<StreetTrial> {
    this.require('street.onboard')
    return tryStreet(this.#env, this.#district, street)
  }

  /** Brings a street aboard and answers with its first administrator's link, shown once. Throws `invalid-input`, `already-there`. */
  async onboard(street: NewStreet, now: number): Promise<SetPasswordLink> {
    this.require('street.onboard')
    this.requireUnsuspended()
    await onboardStreet(this.#env, this.#district, street, this.#logged('street.onboard', street.id, null, now), now)
    const security = this.#securityOf(street.id)
    await security.note('onboarded', street.admin.id, street.name)
    return security.firstLink(street.admin.id)
  }

  /** Who administers the accounts of each of the district's streets. */
  streetAdministrators(now: number) {
    this.require('street.onboard')
    return streetAdministratorsOf(this.#env, this.#district.districtId, now)
  }

  /**
   * A link for a street's administrator whom nobody of the street can help, shown once; the street's own record tells of
   * it. Throws `not-found`, `rule-broken`.
   */
  async administratorLink(streetId: StreetId, personId: PersonId, now: number): Promise<SetPasswordLink> {
    this.requireUnsuspended()
    const all = (await this.streetAdministrators(now)).filter((one) => one.streetId === streetId)
    if (!all.some(({ id }) => id === personId)) throw new Problem('not-found')
    const refused = linkRefusal(all, personId)
    if (refused) throw new Problem('rule-broken', refused)
    return this.#securityOf(streetId).link(personId)
  }

  /** A street's people, as the district deals with them: the street's own record tells of it too. */
  #securityOf(streetId: StreetId): TenantSecurity {
    return this.#security.below({ ownerKind: 'street', ownerId: streetId })
  }

  /**
   * Makes an account with a post in this district, of a member unit or of none, and answers with its link. Throws
   * `invalid-input`, `already-there`, or `stale` when the unit is no longer as it was read.
   */
  async appoint(person: NewOverseer, unit: MemberUnit | null, now: number): Promise<SetPasswordLink> {
    this.require('overseer.manage')
    this.requireUnsuspended()
    const audit = this.#logged('overseer.manage', person.id, null, now)
    await appointOverseer(this.#env, this.#district, person, unit, audit, now)
    await this.#security.note('appointed', person.id)
    return this.#security.firstLink(person.id)
  }

  /** Ends somebody's post in this district, at once. Throws `not-found`, or `rule-broken` for one's own. */
  async endPost(personId: PersonId, now: number): Promise<void> {
    this.require('overseer.manage')
    this.requireUnsuspended()
    if (personId === this.#overseer.id) throw new Problem('rule-broken', '不能停用自己的岗位，请由另一名管理员操作。')
    const audit = this.#logged('overseer.manage', personId, null, now)
    await endOverseer(this.#env, this.#district, personId, audit, now)
    await this.#security.note('post-ended', personId)
  }

  /** Gives somebody whose post here ended that post back. Throws `not-found`. */
  async restorePost(personId: PersonId, sectors: string[] | null, now: number): Promise<void> {
    this.require('overseer.manage')
    this.requireUnsuspended()
    const audit = this.#logged('overseer.manage', personId, null, now)
    const restored = await restoreOverseer(this.#env, this.#district, { personId, sectors }, audit, now)
    if (restored) await this.#security.note('appointed', personId, '恢复岗位')
  }

  /** Enters a member unit in the district's register. Throws `already-there`. */
  async addUnit(unit: NewUnit, now: number): Promise<void> {
    const { districtId } = this.#district
    await this.#write('unit.manage', unit.id, null, now, this.#db.insert(districtUnits).values({ ...unit, districtId }))
  }

  /**
   * Changes a member unit, provided that it is still as it was read, and what its people see. The directory takes from
   * them what the unit loses before the ledger says so, and gives them what it gains only after; cut off anywhere they
   * see too little and never too much, and the same again puts it right.
   */
  async changeUnit(seen: MemberUnit, words: UnitWords, people: readonly PersonId[], now: number): Promise<void> {
    this.require('unit.manage')
    this.requireUnsuspended()
    const { districtId } = this.#district
    const [had, has] = [sectorsOf(seen), sectorsOf(words)]
    const stays = had.filter((sector) => has.includes(sector))
    if (stays.length < had.length) await setSectors(this.#env, districtId, people, stays)
    const change = this.#db.update(districtUnits).set(words).where(unitStands(districtId, seen))
    await this.desk.step([change, this.#logged('unit.manage', seen.id, null, now)])
    await setSectors(this.#env, districtId, people, has)
  }

  /** Takes a member unit out of the register, provided that nobody holds a post for it; throws `stale` otherwise. */
  async retireUnit(id: UnitId, now: number): Promise<void> {
    const { districtId } = this.#district
    const held = sql`exists (select 1 from ${overseers} where ${and(
      eq(overseers.districtId, districtId),
      eq(overseers.unitId, id),
      isNull(overseers.until),
    )})`
    const { districtId: its, id: one, retiredOn } = districtUnits
    const change = this.#db
      .update(districtUnits)
      .set({ retiredOn: dayOf(now) })
      .where(and(eq(its, districtId), eq(one, id), isNull(retiredOn), sql`not ${held}`))
    await this.#write('unit.manage', id, null, now, change)
  }

  /** A new notice, with its line in the district's log. */
  async addNotice(notice: Omit<Notice, 'districtId'>, why: string, now: number): Promise<void> {
    const { districtId } = this.#district
    await this.#write('notice.draft', notice.id, why, now, this.#db.insert(notices).values({ ...notice, districtId }))
  }

  /** Changes a notice, provided it is still the version that was read; throws `stale` otherwise. */
  async changeNotice(
    capability: Capability,
    seen: { id: NoticeId; version: number },
    columns: Partial<Omit<Notice, 'districtId' | 'id' | 'version'>>,
    why: string,
    now: number,
  ): Promise<void> {
    const { districtId } = this.#district
    const change = this.#db
      .update(notices)
      .set({ ...columns, version: seen.version + 1 })
      .where(and(eq(notices.districtId, districtId), eq(notices.id, seen.id), eq(notices.version, seen.version)))
    await this.#write(capability, seen.id, why, now, change)
  }

  async #write(
    capability: Capability,
    subject: string,
    why: string | null,
    at: number,
    change: Statement,
  ): Promise<void> {
    this.require(capability)
    this.requireUnsuspended()
    await this.desk.keep([change, this.#logged(capability, subject, why, at)])
  }

  #logged(capability: Capability, subject: string, why: string | null, at: number): Statement {
    const { districtId } = this.#district
    const id = newId('log', at)
    const line = { districtId, id, actor: this.#overseer.id, capability, subject, why, at, changed: sql`changes()` }
    return this.#db.insert(districtLog).values(line)
  }

  /**
   * Keeps a period's snapshot with its scores, and takes that work off the list. The first to come is kept and
   * every later one changes nothing, so that any number of runs, at once or cut off, leave the same rows.
   */
  async keepSnapshot(
    key: string,
    snapshot: Omit<typeof snapshots.$inferInsert, 'districtId'>,
    scores: readonly Omit<typeof streetScores.$inferInsert, 'districtId' | 'period' | 'revision'>[],
  ): Promise<void> {
    this.require('job.run')
    const { districtId } = this.#district
    const { period, revision } = snapshot
    await this.#db.batch([
      this.#db
        .insert(snapshots)
        .values({ ...snapshot, districtId })
        .onConflictDoNothing(),
      ...scores.map((score) =>
        this.#db
          .insert(streetScores)
          .values({ ...score, districtId, period, revision })
          .onConflictDoNothing(),
      ),
      this.#ended(key, 'done', null),
    ])
  }

  /** Seals a day's events of one street onto the day before; once made, an anchor is never made again. */
  async keepAnchor(anchor: Omit<typeof chainAnchors.$inferInsert, 'streetId'> & { streetId: StreetId }): Promise<void> {
    this.require('job.run')
    this.#settled(anchor.streetId)
    await this.#db.insert(chainAnchors).values(anchor).onConflictDoNothing()
  }

  /** A day's events of one street in the order they arrived, and the anchor of the last day before it that has one. */
  async dayOfEvents(streetId: StreetId, day: typeof chainAnchors.$inferSelect.day, from: number, until: number) {
    this.require('job.run')
    // Tried again later: by then it is kept here, or by the district it has gone to.
    this.#settled(streetId)
    const e = hazardEvents
    const [events, [last]] = await this.#db.batch([
      this.#db
        .select({ hazardId: e.hazardId, seq: e.seq, hash: e.hash })
        .from(e)
        .where(and(eq(e.streetId, streetId), sql`${e.receivedAt} >= ${from} and ${e.receivedAt} < ${until}`))
        .orderBy(e.receivedAt, e.hazardId, e.seq),
      this.#db
        .select({ digest: chainAnchors.digest })
        .from(chainAnchors)
        .where(and(eq(chainAnchors.streetId, streetId), sql`${chainAnchors.day} < ${day}`))
        .orderBy(sql`${chainAnchors.day} desc`)
        .limit(1),
    ])
    return { events, previous: last?.digest ?? '' }
  }

  /**
   * Erases words and photos of up to `most` hazards of one street that are past their term; answers how many it did.
   * One that somebody put a hold on just now is left alone.
   */
  async erasePastTerm(streetId: StreetId, now: number, most: number): Promise<number> {
    this.require('job.run')
    this.#settled(streetId)
    const { districtId } = this.#district
    let done = 0
    for (const hazardId of await pastTerm(this.#db, streetId, now, most)) {
      const line = {
        streetId,
        id: newId('aud', now),
        actor: this.#overseer.id,
        capability: 'job.run',
        subject: hazardId,
        at: now,
        changed: sql`changes()`,
      }
      const statements = eraseRecord(
        this.#db,
        { districtId, streetId, hazardId },
        this.#db.insert(auditLog).values(line),
        now,
      )
      try {
        await this.desk.keep(statements)
        done++
      } catch (error) {
        if (!(error instanceof Problem && error.slug === 'stale')) throw error
      }
    }
    return done
  }

  /** Seals up to `most` personal columns of one street again that an older key sealed; answers how many it found. */
  async reseal(streetId: StreetId, most: number): Promise<number> {
    this.require('job.run')
    this.#settled(streetId)
    return resealSome(this.#db, new Seals(this.#env), streetId, most)
  }

  /** Notes that a long job is still on its way, so that no sweep takes it for lost. */
  async goOnWithJob(key: string, now: number): Promise<void> {
    this.require('job.run')
    await this.#db
      .update(jobs)
      .set({ wokenAt: now, attempts: 1 })
      .where(and(eq(jobs.districtId, this.#district.districtId), eq(jobs.key, key), eq(jobs.state, 'waiting')))
  }

  /** Takes a job off the list: done, or given up with what went wrong. */
  async endJob(key: string, state: 'done' | 'failed', error: string | null): Promise<void> {
    this.require('job.run')
    await this.#ended(key, state, error)
  }

  #ended(key: string, state: 'done' | 'failed', error: string | null) {
    return this.#db
      .update(jobs)
      .set({ state, error })
      .where(and(eq(jobs.districtId, this.#district.districtId), eq(jobs.key, key)))
  }
}

export type Listed = ReturnType<typeof listed>
