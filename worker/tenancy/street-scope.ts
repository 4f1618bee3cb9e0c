import {
  type Column,
  type SQL,
  type SQLWrapper,
  aliasedTable,
  and,
  eq,
  getTableColumns,
  gt,
  isNotNull,
  isNull,
  ne,
  sql,
} from 'drizzle-orm'
import type { BatchItem, BatchResponse } from 'drizzle-orm/batch'
import type { SelectedFields } from 'drizzle-orm/sqlite-core'
import { mostMerged } from '@app/shared/enterprises/merging'
import type { SetPasswordLink } from '@app/shared/accounts/schema'
import { type Capability, type Role, can, roles } from '@app/shared/capabilities'
import type { NewExport } from '@app/shared/exports/schema'
import { maskNumber } from '@app/shared/filings/rules'
import { deeds } from '@app/shared/hazards/machine'
import type {
  ContactId,
  DistrictId,
  EnterpriseId,
  ExportId,
  FilingId,
  HazardId,
  InspectionId,
  InvitationId,
  PersonId,
  PhotoId,
  PostId,
  StreetId,
} from '@app/shared/ids'
import { keyOf } from '@app/shared/jobs'
import type { NewInvitation } from '@app/shared/people/invitations'
import { maskPhone } from '@app/shared/people/masking'
import type { NewPerson, NewPost } from '@app/shared/people/schema'
import { Problem } from '@app/shared/problem'
import type { Reach } from '@app/shared/reach'
import { type Db, type LedgerName, openLedger } from '../db/client'
import {
  accessLog,
  answers,
  auditLog,
  chainAnchors,
  charges,
  checklists,
  checklistVersions,
  communities,
  drawAssignments,
  draws,
  enterpriseChanges,
  enterpriseContacts,
  enterpriseMerges,
  enterpriseSectors,
  enterprises,
  filingActs,
  filingPhotos,
  filings,
  grids,
  hazardEvents,
  hazardPhotos,
  hazardRounds,
  hazards,
  holds,
  importMappings,
  inspectionFindings,
  inspectionPhotos,
  inspections,
  jobs,
  overseers,
  ownCriteria,
  people,
  photos,
  placeChanges,
  posts,
  riskPointChanges,
  riskPoints,
  schemes,
  seats,
  selfcheckFindings,
  selfchecks,
  settings,
  sealedColumns,
  type SealedColumn,
  snapshots,
  streetExports,
  streetScores,
  units,
} from '../db/ledger'
import { among } from '../db/operators'
import { requireGoodPassword } from '../auth/new-password'
import type { Visit } from '../auth/visit'
import type { Env } from '../env'
import { newId } from '../ids'
import { initialsOf } from '../pinyin'
import { eraseAccount, renameAccount } from '../platform/persons'
import { clearExport } from '../platform/exports'
import { invitedPostsOf, isStanding, newInvitedPost, withdrawn } from '../platform/invited-posts'
import { packageKey as packageAt } from '../platform/packages'
import { addPost, appoint, endPost, narrowReach, resetPassword, setReach } from '../platform/posts'
import { keyOfPassphrase, newPackageSalt, wrapKey } from '../platform/seal'
import { Clerk } from './clerk'
import { type DeedDone, deedStatements } from './deed'
import { Desk, type Statement } from './desk'
import { Evidence } from './evidence'
import { Joinings } from './joinings'
import { type Filed, Filer } from './filer'
import { erasure } from './personal'
import { within } from './reach'
import { type Entry, Registrar } from './registrar'
import { Seals } from './seals'
import { type SelfcheckRecord, selfcheckStatements } from './selfchecked'
import { type SignedRecord, signedStatements } from './signed'
import { TenantSecurity, noVisit } from './tenant-security'
import type { Subject, Writer } from './writer'

/**
 * Each street-owned table, already narrowed to one street and one reach, and of the district's own tables the rows
 * about this street. Reads start here or not at all.
 */
const { phoneSealed: _, ...shownOfPeople } = getTableColumns(people)
const { phoneSealed: _c, ...shownOfContacts } = getTableColumns(enterpriseContacts)
const { numberSealed: _n, ...shownOfFilings } = getTableColumns(filings)

function relationsOf(db: Db, { streetId, districtId }: Street, reach: Reach) {
  const its = ({ districtId: owner }: { districtId: Column }) => eq(owner, districtId)
  return {
    people: db
      // What is sealed is in no relation; only `unmask` opens it.
      .select(shownOfPeople)
      .from(people)
      .where(within('people', streetId, reach))
      .as('people'),
    posts: db
      .select()
      .from(posts)
      .where(within('posts', streetId, reach))
      .as('posts'),
    placeChanges: db
      .select()
      .from(placeChanges)
      .where(within('placeChanges', streetId, reach))
      .as('place_changes'),
    charges: db
      .select()
      .from(charges)
      .where(within('charges', streetId, reach))
      .as('charges'),
    units: db
      .select()
      .from(units)
      .where(within('units', streetId, reach))
      .as('units'),
    seats: db
      .select()
      .from(seats)
      .where(within('seats', streetId, reach))
      .as('seats'),
    settings: db
      .select()
      .from(settings)
      .where(within('settings', streetId, reach))
      .as('settings'),
    ownCriteria: db
      .select()
      .from(ownCriteria)
      .where(within('ownCriteria', streetId, reach))
      .as('own_criteria'),
    checklists: db
      .select()
      .from(checklists)
      .where(within('checklists', streetId, reach))
      .as('checklists'),
    checklistVersions: db
      .select()
      .from(checklistVersions)
      .where(within('checklistVersions', streetId, reach))
      .as('checklist_versions'),
    importMappings: db
      .select()
      .from(importMappings)
      .where(within('importMappings', streetId, reach))
      .as('import_mappings'),
    filings: db
      .select(shownOfFilings)
      .from(filings)
      .where(within('filings', streetId, reach))
      .as('filings'),
    filingActs: db
      .select()
      .from(filingActs)
      .where(within('filingActs', streetId, reach))
      .as('filing_acts'),
    filingPhotos: db
      .select()
      .from(filingPhotos)
      .where(within('filingPhotos', streetId, reach))
      .as('filing_photos'),
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
    enterpriseSectors: db
      .select()
      .from(enterpriseSectors)
      .where(within('enterpriseSectors', streetId, reach))
      .as('enterprise_sectors'),
    enterpriseChanges: db
      .select()
      .from(enterpriseChanges)
      .where(within('enterpriseChanges', streetId, reach))
      .as('enterprise_changes'),
    enterpriseContacts: db
      .select(shownOfContacts)
      .from(enterpriseContacts)
      .where(within('enterpriseContacts', streetId, reach))
      .as('enterprise_contacts'),
    riskPoints: db
      .select()
      .from(riskPoints)
      .where(within('riskPoints', streetId, reach))
      .as('risk_points'),
    riskPointChanges: db
      .select()
      .from(riskPointChanges)
      .where(within('riskPointChanges', streetId, reach))
      .as('risk_point_changes'),
    enterpriseMerges: db
      .select()
      .from(enterpriseMerges)
      .where(within('enterpriseMerges', streetId, reach))
      .as('enterprise_merges'),
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
    selfchecks: db
      .select()
      .from(selfchecks)
      .where(within('selfchecks', streetId, reach))
      .as('selfchecks'),
    selfcheckFindings: db
      .select()
      .from(selfcheckFindings)
      .where(within('selfcheckFindings', streetId, reach))
      .as('selfcheck_findings'),
    inspections: db
      .select()
      .from(inspections)
      .where(within('inspections', streetId, reach))
      .as('inspections'),
    inspectionFindings: db
      .select()
      .from(inspectionFindings)
      .where(within('inspectionFindings', streetId, reach))
      .as('inspection_findings'),
    inspectionPhotos: db
      .select()
      .from(inspectionPhotos)
      .where(within('inspectionPhotos', streetId, reach))
      .as('inspection_photos'),
    draws: db
      .select()
      .from(draws)
      .where(within('draws', streetId, reach))
      .as('draws'),
    drawAssignments: db
      .select()
      .from(drawAssignments)
      .where(within('drawAssignments', streetId, reach))
      .as('draw_assignments'),
    holds: db
      .select()
      .from(holds)
      .where(within('holds', streetId, reach))
      .as('holds'),
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
  readonly #security: TenantSecurity

  constructor(env: Env, street: Street, actor: Actor, visit: Visit = noVisit(env)) {
    this.#db = openLedger(env, street.ledger)
    this.#env = env
    this.#street = street
    this.#actor = actor
    this.#relations = relationsOf(this.#db, street, actor.reach)
    this.desk = new Desk(this.#db, env, { table: answers, streetId: street.streetId, actor: actor.id })
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

  /** How the street lets enterprises' people in. */
  joinings(capability: Capability): Joinings {
    this.require(capability)
    this.desk.refuseAfterDeed()
    return new Joinings(this.#env, this.#street.streetId, this.#actor.id, this.#security)
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
    this.#requireSettled()
    if (this.#street.suspended) throw new Problem('suspended')
  }

  /** The same for one on its way elsewhere alone: of what is copied, not even who looked at it may change. */
  #requireSettled(): void {
    if (this.#street.moving) throw new Problem('suspended', '本街道正在迁移，暂时只能查看，请稍后再办理。')
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

  /**
   * The ids of all files of one unit, each as an expression of one value: the file that stands, and those that were merged
   * into it. What hangs under any of them is the unit's. Each is compared with `=`, one query a file, since an index is
   * chosen for several at once only by luck. They narrow nothing: relations do.
   */
  filesOf(id: EnterpriseId | SQL): SQL[] {
    const { streetId } = this.#street
    const f = aliasedTable(enterprises, 'files')
    const standing = sql`(select coalesce(${f.mergedInto}, ${f.id}) from ${enterprises} as files where ${f.streetId} = ${streetId} and ${f.id} = ${id})`
    const merged = Array.from(
      { length: mostMerged },
      (_, at) =>
        sql`(select ${f.id} from ${enterprises} as files where ${f.streetId} = ${streetId} and ${f.mergedInto} = ${standing} order by ${f.id} limit 1 offset ${at})`,
    )
    return [standing, ...merged]
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
   * Does several deeds of one kind as one batch, each with its own event and audit row, and what else belongs to it.
   * Throws `stale`, and keeps nothing, when one of the hazards has moved on.
   */
  async writeAll(
    deedsDone: readonly { readonly done: DeedDone; readonly build: (w: Writer) => [Subject, ...Statement[]] }[],
    plainly?: { readonly capability: Capability; readonly subject: string; readonly at: number } & {
      readonly build: (c: Clerk) => readonly [Statement, ...Statement[]]
    },
  ): Promise<void> {
    for (const { done } of deedsDone) this.require(deeds[done.deed].capability)
    this.requireUnsuspended()
    const stand = { ...this.#street, reach: this.#actor.reach }
    const told = await Promise.all(
      deedsDone.map(({ done, build }) => deedStatements(this.#db, stand, this.#actor, done, build)),
    )
    const rest = plainly ? this.#plainly(plainly.capability, plainly.subject, plainly.at, plainly.build) : []
    await this.desk.keep([...told.flat(), ...rest])
  }

  /**
   * One change of plain rows as one atomic batch with its line in the audit log. The first statement is the one that
   * has to touch a row: where it does not, somebody was first, nothing is kept, and `stale` is thrown.
   */
  async change(
    capability: Capability,
    { subject, at }: { subject: string; at: number },
    build: (c: Clerk) => readonly [Statement, ...Statement[]],
  ): Promise<void> {
    await this.desk.keep(this.#plainly(capability, subject, at, build))
  }

  /**
   * Changes of the register as one atomic batch, each with its line in the audit log; of more than one, a single unit
   * that was changed meanwhile, or is out of reach, makes all of them `stale`.
   */
  async register(
    capability: Capability,
    at: number,
    build: (r: Registrar) => Promise<readonly [Entry, ...Entry[]]>,
  ): Promise<void> {
    this.require(capability)
    this.requireUnsuspended()
    const { streetId } = this.#street
    const stand = { streetId, reach: this.#actor.reach, by: this.#actor.id, at }
    const entries = await build(new Registrar(this.#db, stand, new Seals(this.#env)))
    await this.desk.keep(
      entries.flatMap(({ id, statements: [first, ...others] }) => [
        first,
        this.#audited(capability, id, at),
        ...others,
      ]),
    )
  }

  /**
   * Signs a check as one atomic batch: the record, the hazards that it made with their events, and which made which,
   * each deed with its line in the audit log. Throws `stale`, and keeps nothing, when the unit lies elsewhere by now or
   * the record to be corrected has been.
   */
  async sign(
    record: SignedRecord,
    deedsDone: readonly { readonly done: DeedDone; readonly build: (w: Writer) => [Subject, ...Statement[]] }[],
  ): Promise<void> {
    this.require(record.corrected === null ? 'inspection.sign' : 'inspection.correct')
    for (const { done } of deedsDone) this.require(deeds[done.deed].capability)
    this.requireUnsuspended()
    const stand = { ...this.#street, reach: this.#actor.reach }
    const { row, corrected } = record
    const { before, after } = signedStatements(this.#db, stand, record)
    const told = await Promise.all(
      deedsDone.map(({ done, build }) => deedStatements(this.#db, stand, this.#actor, done, build)),
    )
    const audited = this.#audited(corrected === null ? 'inspection.sign' : 'inspection.correct', row.id, row.receivedAt)
    await this.desk.keep([...before, audited, ...told.flat(), ...after])
  }

  /**
   * Keeps what a unit files of itself as one atomic batch with its line in the audit log. Throws `stale`, and keeps
   * nothing, when the unit, the draft or the paper is no longer what was read.
   */
  async file(
    capability: Extract<Capability, `filing.${string}`>,
    { subject, at }: { subject: FilingId; at: number },
    build: (f: Filer) => Filed,
  ): Promise<void> {
    this.require(capability)
    this.requireUnsuspended()
    const { streetId } = this.#street
    const { first, others, audited } = build(new Filer(this.#db, { streetId, reach: this.#actor.reach }))
    await this.desk.keep([...first, audited, this.#audited(capability, subject, at), ...others])
  }

  /** A certificate's number under the street's key, and how it is shown. */
  async sealNumber(rowId: FilingId, number: string): Promise<{ numberSealed: string; numberMask: string }> {
    const cell = { streetId: this.#street.streetId, column: 'filings.number', rowId } as const
    return { numberSealed: await new Seals(this.#env).seal(cell, number), numberMask: maskNumber(number) }
  }

  /**
   * Keeps a unit's check of itself as one atomic batch with the hazards that it made, each with its event and its line
   * in the audit log. Throws `stale`, and keeps nothing, when the unit lies elsewhere by now.
   */
  async report(
    record: SelfcheckRecord,
    deedsDone: readonly { readonly done: DeedDone; readonly build: (w: Writer) => [Subject, ...Statement[]] }[],
  ): Promise<void> {
    this.require('selfcheck.sign')
    for (const { done } of deedsDone) this.require(deeds[done.deed].capability)
    this.requireUnsuspended()
    const stand = { ...this.#street, reach: this.#actor.reach }
    const { first, others } = selfcheckStatements(this.#db, stand, record)
    const told = await Promise.all(
      deedsDone.map(({ done, build }) => deedStatements(this.#db, stand, this.#actor, done, build)),
    )
    const audited = this.#audited('selfcheck.sign', record.row.id, record.row.receivedAt)
    await this.desk.keep([first, audited, ...told.flat(), ...others])
  }

  #plainly(
    capability: Capability,
    subject: string,
    at: number,
    build: (c: Clerk) => readonly [Statement, ...Statement[]],
  ): Statement[] {
    this.require(capability)
    this.requireUnsuspended()
    // Plain rows have no reach of their own to be held to.
    if (this.#actor.reach.within !== 'street') throw new Problem('forbidden')
    const [first, ...others] = build(new Clerk(this.#db, this.#street.streetId))
    return [first, this.#audited(capability, subject, at), ...others]
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

  /** One more post for somebody of this street, in the same steps. Throws `not-found`, `already-there`. */
  async addPost(personId: PersonId, post: NewPost, now: number): Promise<void> {
    this.require('people.manage')
    this.requireUnsuspended()
    await addPost(this.#env, this.#street, personId, post, this.#audited('people.manage', personId, now), now)
    await this.#security.note('appointed', personId)
  }

  /** Invites whoever gets the link, which is shown once, to a post of this street. Throws `already-there`. */
  async invite(invitation: NewInvitation, now: number): Promise<SetPasswordLink> {
    this.require('people.manage')
    this.requireUnsuspended()
    const { streetId } = this.#street
    const { link, statements } = await newInvitedPost(this.#env, streetId, invitation, this.#actor.id, now)
    await this.#security.note('post-invited', null, roles[invitation.role].label, statements)
    return link
  }

  /** The invitations that stand, the newest first. */
  invitations(now: number) {
    this.require('people.manage')
    return invitedPostsOf(this.#env, this.#street.streetId, now)
  }

  /** Withdraws an invitation, whose link is of no use from then on. Throws `not-found` for one that does not stand. */
  async withdrawInvitation(id: InvitationId, now: number): Promise<void> {
    this.require('people.manage')
    this.requireUnsuspended()
    const { streetId } = this.#street
    if (!(await isStanding(this.#env, streetId, id, now))) throw new Problem('not-found')
    await this.#security.note('invitation-withdrawn', null, null, (directory) => [
      withdrawn(directory, streetId, id, now),
    ])
  }

  /**
   * How far posts reach from the next request on. What they lose they lose at once, in the directory, which opens the
   * gate; what they gain they have once the ledger tells of it. Throws `not-found`.
   */
  async changeReach(
    changes: readonly { id: PostId; reach: Reach }[],
    { capability, subject, at }: { capability: Capability; subject: string; at: number },
    build: (c: Clerk) => readonly Statement[] = () => [],
  ): Promise<void> {
    this.require(capability)
    this.requireUnsuspended()
    if (this.#actor.reach.within !== 'street') throw new Problem('forbidden')
    const { streetId } = this.#street
    if (changes.length > 0) await narrowReach(this.#env, streetId, changes)
    const clerk = new Clerk(this.#db, streetId)
    const told = changes.map(({ id, reach }) =>
      clerk.change('posts', id, { reach, enterpriseId: reach.within === 'enterprise' ? reach.ids[0] : null }),
    )
    const [first, ...others] = [...build(clerk), ...told]
    if (!first) return
    await this.desk.keep([first, this.#audited(capability, subject, at), ...others], () =>
      setReach(this.#env, streetId, changes),
    )
  }

  /** Sets another first password for somebody of this street and ends all their sessions. Throws `not-found`. */
  async resetPassword(personId: PersonId, password: string, now: number): Promise<void> {
    this.require('people.manage')
    this.requireUnsuspended()
    requireGoodPassword(password, { username: '', name: '', posts: [], policies: [] }, '/password')
    await resetPassword(this.#env, this.#street, personId, password, this.#audited('people.manage', personId, now), now)
    await this.#security.note('password-reset', personId)
  }

  /** Ends a post in this street, at once; one that has ended stays as it is. Throws `not-found`. */
  async endPost(personId: PersonId, postId: PostId, now: number): Promise<void> {
    this.require('people.manage')
    this.requireUnsuspended()
    const audit = this.#audited('people.manage', personId, now)
    if (await endPost(this.#env, this.#street, { personId, postId }, audit, now))
      await this.#security.note('post-ended', personId)
  }

  /** Sets or takes away somebody's telephone number; only its seal and its mask are kept. */
  async setPhone(personId: PersonId, phone: string | null, now: number): Promise<void> {
    this.require('people.manage')
    this.requireUnsuspended()
    const { streetId } = this.#street
    const cell = { streetId, column: 'people.phone', rowId: personId } as const
    const phoneSealed = phone === null ? null : await new Seals(this.#env).seal(cell, phone)
    const change = this.#db
      .update(people)
      .set({ phoneSealed, phoneMask: phone === null ? null : maskPhone(phone) })
      .where(and(eq(people.streetId, streetId), eq(people.id, personId), isNull(people.erasedAt)))
    await this.desk.keep([change, this.#audited('people.manage', personId, now)])
  }

  /**
   * What is sealed in one cell, or null for an empty or absent one. Each look is one line of the audit log, written in
   * the batch that reads, so that nothing is seen unseen. It is never kept as an answer: a repeated request looks again.
   */
  async unmask(
    capability: Capability,
    column: SealedColumn,
    rowId: PersonId | ContactId | FilingId,
    at: number,
  ): Promise<string | null> {
    this.require(capability)
    this.requireUnsuspended()
    const { streetId } = this.#street
    const { name, table, sealed } = sealedColumns[column]
    const its = and(within(name, streetId, this.#actor.reach), eq(table.id, rowId), isNotNull(sealed))
    const line = sql`select ${streetId}, ${newId('aud', at)}, ${this.#actor.id}, ${capability}, ${table.id}, ${at}, 1
      from ${table} where ${its}`
    const [, [found]] = await this.#db.batch([
      this.#db.insert(auditLog).select(line),
      this.#db.select({ sealed }).from(table).where(its),
    ])
    return found?.sealed ? new Seals(this.#env).open({ streetId, column, rowId }, found.sealed) : null
  }

  /**
   * Reads all that is held about one person, with its line of the audit log in the same batch. Only who is there leaves
   * a line. The last result is the person's sealed number, opened. Throws `suspended` while the street is on its way.
   */
  async copyOf<const Q extends readonly [BatchItem<'sqlite'>, ...BatchItem<'sqlite'>[]]>(
    personId: PersonId,
    at: number,
    queries: Q,
  ): Promise<{ found: BatchResponse<Q>; phone: string | null }> {
    this.require('person.rights')
    this.#requireSettled()
    const { streetId } = this.#street
    const its = and(eq(people.streetId, streetId), eq(people.id, personId))
    const line = sql`select ${streetId}, ${newId('aud', at)}, ${this.#actor.id}, 'person.rights', ${people.id}, ${at}, 1
      from ${people} where ${its}`
    const [, [person], ...found] = await this.#db.batch([
      this.#db.insert(auditLog).select(line),
      this.#db.select({ sealed: people.phoneSealed }).from(people).where(its),
      ...(queries as unknown as [Statement]),
    ])
    const cell = { streetId, column: 'people.phone', rowId: personId } as const
    const phone = person?.sealed ? await new Seals(this.#env).open(cell, person.sealed) : null
    // Safe: the results of a batch are those of its statements, in order.
    return { found: found as unknown as BatchResponse<Q>, phone }
  }

  /** Puts right what somebody of this street is called, in the ledger and, where nobody else is concerned, in the account. */
  async correctName(personId: PersonId, name: string, now: number): Promise<void> {
    this.require('person.rights')
    this.requireUnsuspended()
    const { streetId } = this.#street
    await renameAccount(this.#env, streetId, personId, name)
    const change = this.#db
      .update(people)
      .set({ name, initials: initialsOf(name) })
      .where(and(eq(people.streetId, streetId), eq(people.id, personId), isNull(people.erasedAt)))
    await this.desk.keep([change, this.#audited('person.rights', personId, now)])
  }

  /**
   * Erases what is known of somebody but the id, which stays as a pseudonym: account first, then the street's rows, in
   * one batch. Whether it may be done is asked before. Throws `forbidden` for a reach that does not see all of them.
   */
  async erase(person: { id: PersonId; name: string }, now: number): Promise<void> {
    this.require('person.rights')
    this.requireUnsuspended()
    if (this.#actor.reach.within !== 'street') throw new Problem('forbidden')
    const { streetId } = this.#street
    await eraseAccount(this.#env, streetId, person.id)
    await this.desk.keep(erasure(this.#db, streetId, person, this.#audited('person.rights', person.id, now), now))
  }

  /** Keeps a hazard's words and photos past their term, or no longer (null). Throws `stale` for one that is not there. */
  async hold(hazardId: HazardId, hold: { why: string; until: number | null } | null, now: number): Promise<void> {
    this.require('retention.hold')
    this.requireUnsuspended()
    const { streetId } = this.#street
    const row = { streetId, hazardId, by: this.#actor.id, at: now }
    const change = hold
      ? this.#db
          .insert(holds)
          .values({ ...row, ...hold })
          .onConflictDoUpdate({ target: [holds.streetId, holds.hazardId], set: { ...row, ...hold } })
      : this.#db.delete(holds).where(and(within('holds', streetId, this.#actor.reach), eq(holds.hazardId, hazardId)))
    await this.desk.keep([change, this.#audited('retention.hold', hazardId, now)])
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

  /**
   * A package that is ready, to be read in whole or in part; the street sees that somebody began to take it. Throws
   * `suspended` while the street is on its way.
   */
  async takeExport(id: ExportId, now: number): Promise<Package> {
    this.require('street.export')
    this.#requireSettled()
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

  /** The versions of one signed record, whichever of them is named, as a condition on their ids. */
  versionsOf(id: InspectionId, of: SQLWrapper): SQL {
    const { streetId } = this.#street
    return sql`${of} in (with recursive version(id) as (
      select ${id}
      union select before.supersedes from inspections before join version on before.street_id = ${streetId} and before.id = version.id
        where before.supersedes is not null
      union select after.id from inspections after join version on after.street_id = ${streetId} and after.supersedes = version.id
    ) select id from version)`
  }

  /** A query for those of these photos that are held here, whole. */
  photosHeld(ids: readonly PhotoId[]) {
    return this.#db
      .select({ id: photos.id })
      .from(photos)
      .where(and(eq(photos.streetId, this.#street.streetId), among(photos.id, ids), eq(photos.state, 'kept')))
  }

  /** Whether this actor may see a photo: it belongs to a hazard, a check or a paper within reach, or is his own upload. */
  async photoShown(id: PhotoId): Promise<boolean> {
    const { hazardPhotos: bound, inspectionPhotos: signed, filingPhotos: filed } = this.#relations
    const [ofHazards, ofChecks, ofFilings, own] = await this.#db.batch([
      this.#db.select({ id: bound.photoId }).from(bound).where(eq(bound.photoId, id)).limit(1),
      this.#db.select({ id: signed.photoId }).from(signed).where(eq(signed.photoId, id)).limit(1),
      this.#db.select({ id: filed.photoId }).from(filed).where(eq(filed.photoId, id)).limit(1),
      this.#db
        .select({ id: photos.id })
        .from(photos)
        .where(and(eq(photos.streetId, this.#street.streetId), eq(photos.id, id), eq(photos.by, this.#actor.id))),
    ])
    return [ofHazards, ofChecks, ofFilings, own].some((found) => found.length > 0)
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
