import { type Column, and, eq, gt, ne, sql } from 'drizzle-orm'
import type { BatchItem, BatchResponse } from 'drizzle-orm/batch'
import type { SelectedFields } from 'drizzle-orm/sqlite-core'
import { type Capability, type Role, can } from '@app/shared/capabilities'
import type { NewExport } from '@app/shared/exports/schema'
import { deeds } from '@app/shared/hazards/machine'
import type { DistrictId, ExportId, PersonId, PhotoId, StreetId } from '@app/shared/ids'
import { keyOf } from '@app/shared/jobs'
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
  jobs,
  overseers,
  people,
  photos,
  schemes,
  snapshots,
  streetExports,
  streetScores,
} from '../db/ledger'
import { among } from '../db/operators'
import type { Env } from '../env'
import { newId } from '../ids'
import { clearExport } from '../platform/exports'
import { packageKey as packageAt } from '../platform/packages'
import { appoint, endPost, resetPassword } from '../platform/posts'
import { keyOfPassphrase, newPackageSalt, wrapKey } from '../platform/seal'
import { type DeedDone, deedStatements } from './deed'
import { Desk, type Statement } from './desk'
import { Evidence } from './evidence'
import { within } from './reach'
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
    streetExports: db
      .select()
      .from(streetExports)
      .where(within('streetExports', streetId, reach))
      .as('street_exports'),
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
  /** It is being copied to another district; until it arrives it only reads. */
  readonly moving?: boolean
}

export interface Actor {
  readonly id: PersonId
  readonly role: Role
  readonly reach: Reach
}

/** A package to be read: when it was asked for, how long it is, and its bytes. */
export interface Package {
  readonly at: number
  readonly size: number
  readonly etag: string
  readonly open: (range: R2Range | null) => Promise<R2ObjectBody | null>
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

  constructor(env: Env, street: Street, actor: Actor) {
    this.#db = openLedger(env, street.ledger)
    this.#env = env
    this.#street = street
    this.#actor = actor
    this.#relations = relationsOf(this.#db, street, actor.reach)
    this.desk = new Desk(this.#db, { table: answers, streetId: street.streetId, actor: actor.id })
    this.evidence = new Evidence(env, street)
  }

  /** Who acts here, and how far. */
  get actor(): Actor {
    return this.#actor
  }

  get street(): Pick<Street, 'streetId' | 'name' | 'shortName'> {
    return this.#street
  }

  /** Throws `forbidden` when the actor's post does not hold the capability. */
  require(capability: Capability): void {
    if (!can(this.#actor.role, capability)) throw new Problem('forbidden')
  }

  /** Throws `suspended` for a street that may read but not write. */
  requireUnsuspended(): void {
    if (this.#street.moving) throw new Problem('suspended', '本街道正在迁移，暂时只能查看，请稍后再办理。')
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
    await appoint(this.#env, this.#street, person, this.#audited('people.manage', person.id, now), now)
  }

  /** Sets another first password for somebody of this street and ends all their sessions. Throws `not-found`. */
  async resetPassword(personId: PersonId, password: string, now: number): Promise<void> {
    this.require('people.manage')
    this.requireUnsuspended()
    await resetPassword(this.#env, this.#street, personId, password, this.#audited('people.manage', personId, now), now)
  }

  /** Ends somebody's post in this street, at once. Throws `not-found`. */
  async endPost(personId: PersonId, now: number): Promise<void> {
    this.require('people.manage')
    this.requireUnsuspended()
    await endPost(this.#env, this.#street, personId, this.#audited('people.manage', personId, now), now)
  }

  /**
   * Has a package of the whole street made. The passphrase itself is kept nowhere: what the job needs is derived from
   * it and wrapped, until the package is made. Throws `rule-broken` while another one is being made.
   */
  async beginExport({ id, passphrase }: NewExport, now: number): Promise<void> {
    this.require('street.export')
    this.requireUnsuspended()
    const { streetId, districtId } = this.#street
    const salt = newPackageSalt()
    const wrappedKey = await wrapKey(this.#env.AUTH_SECRET, id, await keyOfPassphrase(passphrase, salt))
    const made = { streetId, id, state: 'making' as const, by: this.#actor.id, at: now, salt, wrappedKey }
    const key = keyOf({ kind: 'export', streetId, exportId: id })
    const job = { districtId, key, state: 'waiting' as const, scheduledAt: now, wokenAt: now, attempts: 1 }
    await this.desk.keep(
      [
        this.#db.insert(streetExports).values(made),
        this.#audited('street.export', id, now),
        this.#db.insert(jobs).values(job).onConflictDoNothing(),
      ],
      () => this.#env.JOBS.send({ districtId, key }),
    )
  }

  /** Takes a package away, ready or not; what it lies in goes at once, or with the next sweep while it is being made. */
  async removeExport(id: ExportId, now: number): Promise<void> {
    this.require('street.export')
    this.requireUnsuspended()
    const { streetId } = this.#street
    const its = and(eq(streetExports.streetId, streetId), eq(streetExports.id, id), ne(streetExports.state, 'gone'))
    await this.desk.keep(
      [
        this.#db.update(streetExports).set({ state: 'gone', wrappedKey: null }).where(its),
        this.#audited('street.export', id, now),
      ],
      () => clearExport(this.#env, this.#db, { streetId, id }, now),
    )
  }

  /** A package that is ready, to be read in whole or in part; the street sees that somebody began to take it. */
  async takeExport(id: ExportId, now: number): Promise<Package> {
    this.require('street.export')
    const { streetId } = this.#street
    const its = and(eq(streetExports.streetId, streetId), eq(streetExports.id, id), eq(streetExports.state, 'ready'))
    const line = sql`select ${streetId}, ${newId('aud', now)}, ${this.#actor.id}, 'street.export', ${id}, ${now}, 1 where changes() > 0`
    const [[found]] = await this.#db.batch([
      this.#db
        .update(streetExports)
        .set({ downloads: sql`${streetExports.downloads} + 1` })
        .where(and(its, gt(streetExports.expiresAt, now)))
        .returning({ at: streetExports.at }),
      this.#db.insert(auditLog).select(line),
    ])
    const key = packageAt(streetId, id)
    const head = found && (await this.#env.EVIDENCE.head(key))
    if (!head) throw new Problem('not-found')
    const open = (range: R2Range | null) => this.#env.EVIDENCE.get(key, range ? { range } : {})
    return { at: found.at, size: head.size, etag: head.httpEtag, open }
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
