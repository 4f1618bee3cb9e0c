import { type Column, and, eq, sql } from 'drizzle-orm'
import type { BatchItem, BatchResponse } from 'drizzle-orm/batch'
import type { SelectedFields } from 'drizzle-orm/sqlite-core'
import { type Capability, type Role, can } from '@app/shared/capabilities'
import { deeds } from '@app/shared/hazards/machine'
import type { DistrictId, PersonId, PhotoId, StreetId } from '@app/shared/ids'
import type { NewPerson } from '@app/shared/people/schema'
import { Problem } from '@app/shared/problem'
import type { Reach } from '@app/shared/reach'
import { type Db, type LedgerName, openLedger } from '../db/client'
import {
  accessLog,
  answers,
  auditLog,
  chainAnchors,
  communities,
  enterprises,
  grids,
  hazardEvents,
  hazardPhotos,
  hazardRounds,
  hazards,
  overseers,
  people,
  photos,
  schemes,
  snapshots,
  streetScores,
} from '../db/ledger'
import { among } from '../db/operators'
import { requireGoodPassword } from '../auth/new-password'
import type { Visit } from '../auth/visit'
import type { Env } from '../env'
import { newId } from '../ids'
import { appoint, endPost, resetPassword } from '../platform/posts'
import { type DeedDone, deedStatements } from './deed'
import { Desk, type Statement } from './desk'
import { Evidence } from './evidence'
import { within } from './reach'
import { TenantSecurity, noVisit } from './tenant-security'
import type { Subject, Writer } from './writer'

/**
 * Each street-owned table, already narrowed to one street and one reach, and of the district's own tables the rows
 * about this street. Reads start here or not at all.
 */
function relationsOf(db: Db, { streetId, districtId }: Street, reach: Reach) {
  const its = ({ districtId: owner }: { districtId: Column }) => eq(owner, districtId)
  return {
    people: db
      .select()
      .from(people)
      .where(within('people', streetId, reach))
      .as('people'),
    communities: db
      .select()
      .from(communities)
      .where(within('communities', streetId, reach))
      .as('communities'),
    grids: db
      .select()
      .from(grids)
      .where(within('grids', streetId, reach))
      .as('grids'),
    enterprises: db
      .select()
      .from(enterprises)
      .where(within('enterprises', streetId, reach))
      .as('enterprises'),
    hazards: db
      .select()
      .from(hazards)
      .where(within('hazards', streetId, reach))
      .as('hazards'),
    hazardRounds: db
      .select()
      .from(hazardRounds)
      .where(within('hazardRounds', streetId, reach))
      .as('hazard_rounds'),
    hazardEvents: db
      .select()
      .from(hazardEvents)
      .where(within('hazardEvents', streetId, reach))
      .as('hazard_events'),
    hazardPhotos: db
      .select()
      .from(hazardPhotos)
      .where(within('hazardPhotos', streetId, reach))
      .as('hazard_photos'),
    auditLog: db
      .select()
      .from(auditLog)
      .where(within('auditLog', streetId, reach))
      .as('audit_log'),
    accessLog: db
      .select()
      .from(accessLog)
      .where(within('accessLog', streetId, reach))
      .as('access_log'),
    chainAnchors: db
      .select()
      .from(chainAnchors)
      .where(within('chainAnchors', streetId, reach))
      .as('chain_anchors'),
    overseers: db.select().from(overseers).where(its(overseers)).as('overseers'),
    schemes: db.select().from(schemes).where(its(schemes)).as('schemes'),
    snapshots: db.select().from(snapshots).where(its(snapshots)).as('snapshots'),
    ownScores: db
      .select()
      .from(streetScores)
      .where(and(its(streetScores), eq(streetScores.streetId, streetId)))
      .as('own_scores'),
  }
}

export type Relations = ReturnType<typeof relationsOf>

/** A street, and where it is kept. */
export interface Street {
  readonly streetId: StreetId
  readonly districtId: DistrictId
  readonly ledger: LedgerName
  readonly name: string
  readonly shortName: string
  readonly suspended: boolean
}

export interface Actor {
  readonly id: PersonId
  readonly role: Role
  readonly reach: Reach
}

/**
 * All that code below the tenancy layer can reach of the ledger: one street, as one actor.
 * It cannot be widened, and there is no way back from it to the database handle.
 */
export class StreetScope {
  readonly #db: Db
  readonly #env: Env
  readonly #street: Street
  readonly #actor: Actor
  readonly #relations: Relations
  readonly desk: Desk
  /** The street's photos, and its district's frozen facts. */
  readonly evidence: Evidence
  readonly #security: TenantSecurity

  constructor(env: Env, street: Street, actor: Actor, visit: Visit = noVisit(env)) {
    this.#db = openLedger(env, street.ledger)
    this.#env = env
    this.#street = street
    this.#actor = actor
    this.#relations = relationsOf(this.#db, street, actor.reach)
    this.desk = new Desk(this.#db, { table: answers, streetId: street.streetId, actor: actor.id })
    this.evidence = new Evidence(env, street)
    const owner = { ownerKind: 'street', ownerId: street.streetId } as const
    this.#security = new TenantSecurity(visit, owner, street.districtId, actor.id)
  }

  /** The accounts of the street's people, its policy, and the record of both. */
  security(capability: Capability): TenantSecurity {
    this.require(capability)
    this.desk.refuseAfterDeed()
    return this.#security
  }

  /** Who acts here, and how far. */
  get actor(): Actor {
    return this.#actor
  }

  get street(): Pick<Street, 'streetId' | 'name' | 'shortName'> {
    return this.#street
  }

  /** Notes that the actor tried what the post does not allow. */
  denied(what: string): Promise<void> {
    return this.#security.denied(what)
  }

  /** Throws `forbidden` when the actor's post does not hold the capability. */
  require(capability: Capability): void {
    if (!can(this.#actor.role, capability)) throw new Problem('forbidden')
  }

  /** Throws `suspended` for a street that may read but not write. */
  requireUnsuspended(): void {
    if (this.#street.suspended) throw new Problem('suspended')
  }

  /** The relations, and `select` to query them; columns are always named, never all. */
  read(capability: Capability) {
    this.require(capability)
    this.desk.refuseAfterDeed()
    return {
      ...this.#relations,
      select: <F extends SelectedFields>(fields: F) => this.#db.select(fields),
    }
  }

  /** Runs queries made from `read` in one round trip. Alias every column of a join: a batch shifts equal names. */
  together<const Q extends readonly [BatchItem<'sqlite'>, ...BatchItem<'sqlite'>[]]>(
    queries: Q,
  ): Promise<BatchResponse<Q>> {
    return this.#db.batch(queries as never)
  }

  /**
   * Does one deed as one atomic batch: the hazard's change, its audit row, its event, and what hangs on it.
   * Throws `stale`, and keeps nothing, when the hazard is no longer the version that was read.
   */
  async write(done: DeedDone, build: (w: Writer) => [Subject, ...Statement[]]): Promise<void> {
    this.require(deeds[done.deed].capability)
    this.requireUnsuspended()
    const stand = { ...this.#street, reach: this.#actor.reach }
    await this.desk.keep(await deedStatements(this.#db, stand, this.#actor, done, build))
  }

  /**
   * Makes an account with a post in this street. Directory and ledger are told in steps that may each be repeated, the
   * post being opened last. Throws `invalid-input` for a user name that is taken.
   */
  async appoint(person: NewPerson, now: number): Promise<void> {
    this.require('people.manage')
    this.requireUnsuspended()
    requireGoodPassword(person.password, { ...person, posts: [], policies: [] }, '/password')
    await appoint(this.#env, this.#street, person, this.#audited('people.manage', person.id, now), now)
    await this.#security.note('appointed', person.id)
  }

  /** Sets another first password for somebody of this street and ends all their sessions. Throws `not-found`. */
  async resetPassword(personId: PersonId, password: string, now: number): Promise<void> {
    this.require('people.manage')
    this.requireUnsuspended()
    requireGoodPassword(password, { username: '', name: '', posts: [], policies: [] }, '/password')
    await resetPassword(this.#env, this.#street, personId, password, this.#audited('people.manage', personId, now), now)
    await this.#security.note('password-reset', personId)
  }

  /** Ends somebody's post in this street, at once. Throws `not-found`. */
  async endPost(personId: PersonId, now: number): Promise<void> {
    this.require('people.manage')
    this.requireUnsuspended()
    await endPost(this.#env, this.#street, personId, this.#audited('people.manage', personId, now), now)
    await this.#security.note('post-ended', personId)
  }

  #audited(capability: Capability, subject: string, at: number): Statement {
    const { streetId } = this.#street
    const line = {
      streetId,
      id: newId('aud', at),
      actor: this.#actor.id,
      capability,
      subject,
      at,
      changed: sql`changes()`,
    }
    return this.#db.insert(auditLog).values(line)
  }

  /** A query for those of these photos that are held here, whole. */
  photosHeld(ids: readonly PhotoId[]) {
    return this.#db
      .select({ id: photos.id })
      .from(photos)
      .where(and(eq(photos.streetId, this.#street.streetId), among(photos.id, ids), eq(photos.state, 'kept')))
  }

  /** Whether this actor may see a photo: it belongs to a hazard within reach, or is his own upload. */
  async photoShown(id: PhotoId): Promise<boolean> {
    const { hazardPhotos: bound } = this.#relations
    const [records, own] = await this.#db.batch([
      this.#db.select({ id: bound.photoId }).from(bound).where(eq(bound.photoId, id)).limit(1),
      this.#db
        .select({ id: photos.id })
        .from(photos)
        .where(and(eq(photos.streetId, this.#street.streetId), eq(photos.id, id), eq(photos.by, this.#actor.id))),
    ])
    return records.length > 0 || own.length > 0
  }

  /**
   * Takes a photo in: its row first, then its object, then the row says it is kept, so that no object lies without
   * a row. The same photo again changes nothing. `store` puts the objects.
   */
  async keepPhoto(
    photo: { id: PhotoId; width: number; height: number; at: number },
    store: () => Promise<void>,
  ): Promise<void> {
    this.requireUnsuspended()
    const { streetId } = this.#street
    const row = { ...photo, streetId, by: this.#actor.id, state: 'coming' as const, bound: false }
    await this.#db.insert(photos).values(row).onConflictDoNothing()
    await store()
    await this.#db
      .update(photos)
      .set({ state: 'kept' })
      .where(and(eq(photos.streetId, streetId), eq(photos.id, photo.id), eq(photos.state, 'coming')))
  }
}
