import { and, eq, isNull, notInArray, sql } from 'drizzle-orm'
import { compactName, type Taken } from '@app/shared/enterprises/merging'
import type { ContactRole } from '@app/shared/enterprises/words'
import type { ContactId, EnterpriseId, MergeId, PersonId, RiskPointId, StreetId } from '@app/shared/ids'
import { maskPhone } from '@app/shared/people/masking'
import { Problem } from '@app/shared/problem'
import type { Place, Reach } from '@app/shared/reach'
import type { PointFields } from '@app/shared/risks/schema'
import type { PointDeed } from '@app/shared/risks/words'
import type { Day } from '@app/shared/time'
import type { Db } from '../db/client'
import { insertWhere } from '../db/conditional'
import {
  enterpriseChanges,
  enterpriseContacts,
  enterpriseMerges,
  enterprises,
  enterpriseSectors,
  grids,
  riskPointChanges,
  riskPoints,
  streetOwned,
} from '../db/ledger'
import { among } from '../db/operators'
import { initialsOf } from '../pinyin'
import type { Statement } from './desk'
import { within } from './reach'
import type { Seals } from './seals'

type Row = typeof enterprises.$inferInsert
/** What the registrar sets itself, and nobody else may. */
type Kept = 'streetId' | 'initials' | 'compactName' | 'version' | 'updatedAt' | 'mergedInto'
/** Columns of a unit that a line of its file changes. */
export type Columns = Partial<Omit<Row, Kept | 'id'>>
/** A line of a unit's file, but for whose it is, by whom and when. */
export type Line = Omit<typeof enterpriseChanges.$inferInsert, 'streetId' | 'enterpriseId' | 'version' | 'by' | 'at'>

/** A unit as it was read: what a change must still find. */
export interface SeenEnterprise {
  readonly id: EnterpriseId
  readonly version: number
}

/** Who answers in a unit. `phone` is set, taken away (null), or left as it is under that id. */
export interface ContactRow {
  readonly id: ContactId
  readonly role: ContactRole
  readonly name: string
  readonly phone?: string | null | undefined
}

/** A version of a risk point, but for by whom and when. */
export interface PointLine {
  readonly deed: PointDeed
  readonly why: string | null
}

/** One change of the register, and what it is about; the first statement is the one that has to touch a row. */
export interface Entry {
  readonly id: EnterpriseId | RiskPointId
  readonly statements: readonly [Statement, ...Statement[]]
}

/** Builds statements upon one street's register, and of it only what the actor reaches. */
export class Registrar {
  readonly #db: Db
  readonly #stand: { readonly streetId: StreetId; readonly reach: Reach; readonly by: PersonId; readonly at: number }
  readonly #seals: Seals

  constructor(db: Db, stand: { streetId: StreetId; reach: Reach; by: PersonId; at: number }, seals: Seals) {
    this.#db = db
    this.#stand = stand
    this.#seals = seals
  }

  /** A unit that is new, in a grid that stands. Throws `forbidden` when it would lie out of reach. */
  async enter(row: Omit<Row, Kept>, contacts: readonly ContactRow[], line: Line): Promise<Entry> {
    const { streetId, at } = this.#stand
    this.#requireReached(row)
    const version = 1
    return {
      id: row.id,
      statements: [
        insertWhere(
          this.#db,
          enterprises,
          {
            ...row,
            streetId,
            initials: initialsOf(row.name),
            compactName: compactName(row.name),
            version,
            updatedAt: at,
          },
          // It may have been retired since it was chosen.
          sql`exists (select 1 from ${grids} where ${and(eq(grids.streetId, streetId), eq(grids.id, row.gridId), isNull(grids.retiredOn))})`,
        ),
        this.#line(row.id, version, line),
        ...this.#sectors(row.id, row.name, row.sectors ?? []),
        ...(await this.#contacts(row.id, contacts, [])),
      ],
    }
  }

  /**
   * Changes a unit within reach, provided that it is still the version that was read. `contacts`, where given, are all
   * that it has from then on; `present` are the ids of those that it had.
   */
  async change(
    { id, version }: SeenEnterprise,
    columns: Columns,
    line: Line,
    people?: { readonly contacts: readonly ContactRow[]; readonly present: readonly ContactId[] },
  ): Promise<Entry> {
    const { streetId, reach, at } = this.#stand
    const next = version + 1
    const { communityId, gridId, name, sectors } = columns
    if (communityId && gridId) this.#requireReached({ id, communityId, gridId })
    return {
      id,
      statements: [
        this.#db
          .update(enterprises)
          .set({
            ...columns,
            ...(name !== undefined && { initials: initialsOf(name), compactName: compactName(name) }),
            version: next,
            updatedAt: at,
          })
          .where(and(within('enterprises', streetId, reach), eq(enterprises.id, id), eq(enterprises.version, version))),
        this.#line(id, next, line),
        ...(name !== undefined && sectors !== undefined
          ? [
              this.#db.delete(enterpriseSectors).where(this.#its(enterpriseSectors, id)),
              ...this.#sectors(id, name, sectors),
            ]
          : []),
        ...(people ? await this.#contacts(id, people.contacts, people.present) : []),
      ],
    }
  }

  /** A file that is put aside for another one; what was merged into it before goes along. */
  merge(seen: SeenEnterprise, into: EnterpriseId, line: Line): Entry {
    const { streetId, reach, at } = this.#stand
    return {
      id: seen.id,
      statements: [
        this.#db
          .update(enterprises)
          .set({ mergedInto: into, version: seen.version + 1, updatedAt: at })
          .where(
            and(
              within('enterprises', streetId, reach),
              eq(enterprises.id, seen.id),
              eq(enterprises.version, seen.version),
              isNull(enterprises.mergedInto),
            ),
          ),
        this.#line(seen.id, seen.version + 1, line),
        this.#db
          .update(enterprises)
          .set({ mergedInto: into })
          .where(and(eq(enterprises.streetId, streetId), eq(enterprises.mergedInto, seen.id))),
      ],
    }
  }

  /** Writes down what a merge took over, which is all that an undoing brings back. */
  noteMerge(merge: {
    id: MergeId
    enterpriseId: EnterpriseId
    intoId: EnterpriseId
    taken: Taken
    carried: EnterpriseId[]
    why: string
  }): Statement {
    const { streetId, by, at } = this.#stand
    return this.#db.insert(enterpriseMerges).values({ ...merge, streetId, by, at })
  }

  /** A file that stands for itself again, with those that had been merged into it. */
  separate(seen: SeenEnterprise, into: EnterpriseId, carried: readonly EnterpriseId[], line: Line): Entry {
    const { streetId, reach, at } = this.#stand
    return {
      id: seen.id,
      statements: [
        this.#db
          .update(enterprises)
          .set({ mergedInto: null, version: seen.version + 1, updatedAt: at })
          .where(
            and(
              within('enterprises', streetId, reach),
              eq(enterprises.id, seen.id),
              eq(enterprises.version, seen.version),
              eq(enterprises.mergedInto, into),
            ),
          ),
        this.#line(seen.id, seen.version + 1, line),
        this.#db
          .update(enterprises)
          .set({ mergedInto: seen.id })
          .where(
            and(eq(enterprises.streetId, streetId), eq(enterprises.mergedInto, into), among(enterprises.id, carried)),
          ),
      ],
    }
  }

  noteUndoing(id: MergeId, why: string): Statement {
    const { streetId, by, at } = this.#stand
    return this.#db
      .update(enterpriseMerges)
      .set({ undoneAt: at, undoneBy: by, undoneWhy: why })
      .where(
        and(eq(enterpriseMerges.streetId, streetId), eq(enterpriseMerges.id, id), isNull(enterpriseMerges.undoneAt)),
      )
  }

  /** A risk point of a unit within reach that stands for itself. */
  enterPoint(row: PointFields & { id: RiskPointId; enterpriseId: EnterpriseId }): Entry {
    const { streetId, reach, at } = this.#stand
    const unit = and(
      within('enterprises', streetId, reach),
      eq(enterprises.id, row.enterpriseId),
      isNull(enterprises.mergedInto),
    )
    return {
      id: row.id,
      statements: [
        insertWhere(
          this.#db,
          riskPoints,
          { ...row, streetId, version: 1, updatedAt: at },
          sql`exists (select 1 from ${enterprises} where ${unit})`,
        ),
        this.#pointLine(row.id, 1, row, { deed: 'entered', why: null }),
      ],
    }
  }

  /** Changes a risk point within reach, provided that it is still the version that was read. */
  changePoint(
    { id, version }: { id: RiskPointId; version: number },
    fields: PointFields,
    retiredOn: Day | null,
    line: PointLine,
  ): Entry {
    const { streetId, reach, at } = this.#stand
    const { name, accident, level, reason, measures } = fields
    return {
      id,
      statements: [
        this.#db
          .update(riskPoints)
          .set({ name, accident, level, reason, measures, retiredOn, version: version + 1, updatedAt: at })
          .where(and(within('riskPoints', streetId, reach), eq(riskPoints.id, id), eq(riskPoints.version, version))),
        this.#pointLine(id, version + 1, fields, line),
      ],
    }
  }

  #pointLine(
    pointId: RiskPointId,
    version: number,
    { name, accident, level, reason, measures }: PointFields,
    { deed, why }: PointLine,
  ): Statement {
    const { streetId, by, at } = this.#stand
    const words = { name, accident, reason, measures, why }
    return this.#db.insert(riskPointChanges).values({ streetId, pointId, version, deed, level, words, by, at })
  }

  #requireReached(row: Pick<Row, 'id' | 'communityId' | 'gridId'>): void {
    const { reach } = this.#stand
    if (reach.within === 'street') return
    // Safe: enterprises declare columns of their own.
    const columns = streetOwned.enterprises.reach as Record<Place, 'communityId' | 'gridId' | 'id'>
    const reached: readonly string[] = reach.ids
    if (!reached.includes(row[columns[reach.within]]))
      throw new Problem('forbidden', '所填社区或网格不在您负责的范围内。')
  }

  #its(table: typeof enterpriseSectors | typeof enterpriseContacts, id: EnterpriseId) {
    return and(eq(table.streetId, this.#stand.streetId), eq(table.enterpriseId, id))
  }

  #line(enterpriseId: EnterpriseId, version: number, line: Line): Statement {
    const { streetId, by, at } = this.#stand
    return this.#db.insert(enterpriseChanges).values({ ...line, streetId, enterpriseId, version, by, at })
  }

  #sectors(enterpriseId: EnterpriseId, name: string, sectors: NonNullable<Row['sectors']>): Statement[] {
    const { streetId } = this.#stand
    if (sectors.length === 0) return []
    return [
      this.#db.insert(enterpriseSectors).values(sectors.map((sector) => ({ streetId, sector, name, enterpriseId }))),
    ]
  }

  async #contacts(
    enterpriseId: EnterpriseId,
    contacts: readonly ContactRow[],
    present: readonly ContactId[],
  ): Promise<Statement[]> {
    const { streetId } = this.#stand
    const rows = await Promise.all(
      contacts.map(async ({ phone, ...contact }) => ({ ...contact, ...(await this.#sealed(contact.id, phone)) })),
    )
    const kept = rows.filter(({ id }) => present.includes(id))
    const fresh = rows.filter(({ id }) => !present.includes(id))
    const gone = notInArray(
      enterpriseContacts.id,
      kept.map(({ id }) => id),
    )
    return [
      ...(kept.length < present.length
        ? [this.#db.delete(enterpriseContacts).where(and(this.#its(enterpriseContacts, enterpriseId), gone))]
        : []),
      ...kept.map(({ id, ...columns }) =>
        this.#db
          .update(enterpriseContacts)
          .set(columns)
          .where(and(this.#its(enterpriseContacts, enterpriseId), eq(enterpriseContacts.id, id))),
      ),
      ...(fresh.length > 0
        ? [this.#db.insert(enterpriseContacts).values(fresh.map((row) => ({ ...row, streetId, enterpriseId })))]
        : []),
    ]
  }

  async #sealed(rowId: ContactId, phone: string | null | undefined) {
    if (phone === undefined) return {}
    if (phone === null) return { phoneSealed: null, phoneMask: null }
    const cell = { streetId: this.#stand.streetId, column: 'enterprise_contacts.phone', rowId } as const
    return { phoneSealed: await this.#seals.seal(cell, phone), phoneMask: maskPhone(phone) }
  }
}
