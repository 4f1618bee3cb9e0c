import { and, eq, isNull, sql } from 'drizzle-orm'
import { hazardNumber } from '@app/shared/hazards/number'
import type { Moved, Relocation, RoundEffect } from '@app/shared/hazards/effects'
import type { Stage } from '@app/shared/hazards/words'
import type { HazardId, PersonId, PhotoId, StreetId } from '@app/shared/ids'
import { Problem } from '@app/shared/problem'
import type { Place, Reach } from '@app/shared/reach'
import { yearOf } from '@app/shared/time'
import type { Db } from '../db/client'
import { insertWhere } from '../db/conditional'
import { counters, grids, hazardPhotos, hazardRounds, hazards, photos, streetOwned } from '../db/ledger'
import { among } from '../db/operators'
import type { Statement } from './desk'
import { within } from './reach'

/** What the writer sets itself, and nobody else may. */
type Kept = 'streetId' | 'version' | 'head' | 'number' | 'year' | 'serial'
export type NewHazard = Omit<typeof hazards.$inferInsert, Kept>

/** A hazard as it was read, down to the version that a change of it must still find. */
export interface SeenHazard {
  readonly id: HazardId
  readonly version: number
  readonly head: string
}

/** What a deed is about: one hazard and how it changes, still without the hash that its event will have. */
export interface Subject {
  readonly id: HazardId
  readonly seq: number
  readonly previous: string
  readonly before: object
  readonly after: object
  /** The last of them is the one whose effect the audit row asks for. */
  statements(head: string): Statement[]
}

/** Where a writer stands; it cannot write elsewhere. */
export interface Standpoint {
  readonly streetId: StreetId
  readonly shortName: string
  readonly reach: Reach
}

/** Builds statements that touch one street, and of it only what the actor reaches. */
export class Writer {
  readonly #db: Db
  readonly #stand: Standpoint

  constructor(db: Db, stand: Standpoint) {
    this.#db = db
    this.#stand = stand
  }

  /**
   * A new hazard with the next number of its year, in a grid that stands. Throws `forbidden` when it would lie out of
   * reach.
   */
  begin(row: NewHazard): Subject {
    const { streetId, shortName, reach } = this.#stand
    if (reach.within !== 'street') {
      // Safe: hazards declare columns of their own.
      const columns = streetOwned.hazards.reach as Record<Place, 'communityId' | 'gridId' | 'enterpriseId'>
      const place = row[columns[reach.within]]
      const reached: readonly unknown[] = reach.ids
      if (!reached.includes(place)) throw new Problem('forbidden', '所填位置不在您负责的范围内。')
    }
    const year = yearOf(row.receivedAt)
    const series = 'hazard'
    const last = sql<number>`(select ${counters.last} from ${counters} where ${and(
      eq(counters.streetId, streetId),
      eq(counters.series, series),
      eq(counters.year, year),
    )})`
    // The number is spelled by the rule; only its digits come from the counter.
    const [before, after] = hazardNumber(shortName, year, 0).split('00000')
    const number = sql<string>`printf('%s%05d%s', ${before}, ${last}, ${after})`
    return {
      id: row.id,
      seq: 1,
      previous: '',
      before: {},
      after: row,
      statements: (head) => [
        this.#db
          .insert(counters)
          .values({ streetId, series, year, last: 1 })
          .onConflictDoUpdate({
            target: [counters.streetId, counters.series, counters.year],
            set: { last: sql`${counters.last} + 1` },
          }),
        insertWhere(
          this.#db,
          hazards,
          { ...row, streetId, year, serial: last, number, version: 1, head },
          // It may have been retired since it was chosen, and nothing open is to lie in it then.
          sql`exists (select 1 from ${grids} where ${and(eq(grids.streetId, streetId), eq(grids.id, row.gridId), isNull(grids.retiredOn))})`,
        ),
      ],
    }
  }

  /** Changes one hazard, provided it is within reach and still the version that was read. */
  change(seen: SeenHazard & Partial<Moved & Relocation>, columns: Partial<Moved> | Relocation): Subject {
    const { streetId, reach } = this.#stand
    const seq = seen.version + 1
    return {
      id: seen.id,
      seq,
      previous: seen.head,
      before: Object.fromEntries(Object.keys(columns).map((name) => [name, seen[name as keyof (Moved & Relocation)]])),
      after: columns,
      statements: (head) => [
        this.#db
          .update(hazards)
          .set({ ...columns, version: seq, head })
          .where(
            and(
              within('hazards', streetId, reach),
              eq(hazards.id, seen.id),
              eq(hazards.version, seen.version),
              eq(hazards.head, seen.head),
            ),
          ),
      ],
    }
  }

  /** What the subject's deed does to the row of its round. */
  round(hazardId: HazardId, effect: RoundEffect): Statement {
    const { streetId } = this.#stand
    const r = hazardRounds
    if (effect.kind === 'begin') {
      const { kind: _, ...row } = effect
      return this.#db.insert(r).values({ ...row, streetId, hazardId })
    }
    const firstTime = Object.entries(effect.ifUnset).map(([name, at]) => {
      // Safe: `ifUnset` names columns of this table.
      const column = r[name as keyof typeof effect.ifUnset]
      return [name, sql`coalesce(${column}, ${at})`] as const
    })
    return this.#db
      .update(r)
      .set({ ...effect.columns, ...Object.fromEntries(firstTime) })
      .where(and(eq(r.streetId, streetId), eq(r.hazardId, hazardId), eq(r.round, effect.round)))
  }

  /** Makes uploaded photos part of the subject; they are kept from then on for as long as it is. */
  bind(
    hazardId: HazardId,
    taken: { round: number; stage: Stage; ids: readonly PhotoId[]; by: PersonId; observedAt: number },
  ): Statement[] {
    const { streetId } = this.#stand
    const { ids, ...rest } = taken
    if (ids.length === 0) return []
    return [
      this.#db.insert(hazardPhotos).values(ids.map((photoId) => ({ streetId, hazardId, photoId, ...rest }))),
      this.#db
        .update(photos)
        .set({ bound: true })
        .where(and(eq(photos.streetId, streetId), among(photos.id, ids), eq(photos.bound, false))),
    ]
  }
}
