import { and, eq, isNull, notInArray, sql } from 'drizzle-orm'
import type { EnterpriseId, FilingId, GridId, PhotoId, StreetId } from '@app/shared/ids'
import type { Reach } from '@app/shared/reach'
import { insertWhere } from '../db/conditional'
import type { Db } from '../db/client'
import { enterprises, filingActs, filingPhotos, filings, photos } from '../db/ledger'
import { among } from '../db/operators'
import type { Statement } from './desk'
import { within } from './reach'

/** Statements of one deed; `audited` is the one that has to touch a row. */
export interface Filed {
  readonly first: readonly Statement[]
  readonly audited: Statement
  readonly others: readonly Statement[]
}

type Row = Omit<typeof filings.$inferInsert, 'streetId'>
type Act = Omit<typeof filingActs.$inferInsert, 'streetId'>
/** Columns of a draft that its next revision or its confirmation writes. */
export type Draft = Partial<Omit<Row, 'id' | 'enterpriseId' | 'communityId' | 'gridId' | 'kind' | 'draftedBy'>>

/** Builds statements upon what the units of one street file, and of it only what the actor reaches. */
export class Filer {
  readonly #db: Db
  readonly #stand: { readonly streetId: StreetId; readonly reach: Reach }

  constructor(db: Db, stand: { streetId: StreetId; reach: Reach }) {
    this.#db = db
    this.#stand = stand
  }

  /** A new paper, or a draft of one, of a unit that is active and lies where it was read. */
  add(row: Row, names: readonly PhotoId[], supersedes: FilingId | null): Filed {
    const { streetId } = this.#stand
    return {
      first: this.#superseded(supersedes),
      audited: insertWhere(this.#db, filings, { ...row, streetId }, this.#provided(row, supersedes)),
      others: this.#named(row.id, names),
    }
  }

  /** Writes a draft anew, or confirms it, provided that it is still the one that was read. */
  change(
    { id, revision }: { readonly id: FilingId; readonly revision: number },
    columns: Draft,
    names: readonly PhotoId[],
    supersedes: FilingId | null,
  ): Filed {
    const { streetId, reach } = this.#stand
    return {
      first: this.#superseded(supersedes),
      audited: this.#db
        .update(filings)
        .set(columns)
        .where(
          and(
            within('filings', streetId, reach),
            eq(filings.id, id),
            eq(filings.state, 'draft'),
            eq(filings.revision, revision),
          ),
        ),
      others: [
        this.#db
          .delete(filingPhotos)
          .where(
            and(
              eq(filingPhotos.streetId, streetId),
              eq(filingPhotos.filingId, id),
              notInArray(filingPhotos.photoId, [...names]),
            ),
          ),
        ...this.#named(id, names),
      ],
    }
  }

  /** Goes on with a permit that stands as it was read. */
  act(row: Act, from: 'applied' | 'approved', to: 'approved' | 'refused' | 'closed'): Filed {
    const { streetId, reach } = this.#stand
    return {
      first: [],
      audited: this.#db
        .update(filings)
        .set({ state: to })
        .where(and(within('filings', streetId, reach), eq(filings.id, row.filingId), eq(filings.state, from))),
      others: [this.#db.insert(filingActs).values({ ...row, streetId }), ...this.#named(row.filingId, row.photos)],
    }
  }

  #provided({ enterpriseId, gridId }: { enterpriseId: EnterpriseId; gridId: GridId }, supersedes: FilingId | null) {
    const { streetId, reach } = this.#stand
    const unit = and(
      within('enterprises', streetId, reach),
      eq(enterprises.id, enterpriseId),
      eq(enterprises.gridId, gridId),
      eq(enterprises.standing, 'active'),
      isNull(enterprises.mergedInto),
    )
    return and(
      sql`exists (select 1 from ${enterprises} where ${unit})`,
      supersedes === null
        ? undefined
        : sql`exists (select 1 from ${filings} where ${and(eq(filings.streetId, streetId), eq(filings.id, supersedes))})`,
    )
  }

  #superseded(id: FilingId | null): Statement[] {
    if (id === null) return []
    const { streetId, reach } = this.#stand
    return [
      this.#db
        .update(filings)
        .set({ latest: false })
        .where(and(within('filings', streetId, reach), eq(filings.id, id), eq(filings.latest, true))),
    ]
  }

  #named(filingId: FilingId, names: readonly PhotoId[]): Statement[] {
    if (names.length === 0) return []
    const { streetId } = this.#stand
    return [
      this.#db
        .insert(filingPhotos)
        .values(names.map((photoId) => ({ streetId, filingId, photoId })))
        .onConflictDoNothing(),
      this.#db
        .update(photos)
        .set({ bound: true })
        .where(and(eq(photos.streetId, streetId), among(photos.id, names), eq(photos.bound, false))),
    ]
  }
}
