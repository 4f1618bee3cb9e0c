import { type SQL, and, eq, getTableColumns, isNull, ne, or, sql } from 'drizzle-orm'
import type { CommunityId, DrawId, EnterpriseId, GridId, PersonId, StreetId, UnitId } from '@app/shared/ids'
import type { Day } from '@app/shared/time'
import type { Db } from '../db/client'
import { insertWhere } from '../db/conditional'
import {
  communities,
  drawAssignments,
  enterpriseChanges,
  enterprises,
  grids,
  hazards,
  importMappings,
  streetOwned,
  units,
} from '../db/ledger'
import { among } from '../db/operators'
import type { Statement } from './desk'

/** Street-owned tables of plain rows: no events hang on them, and a change is one row and its line in the audit log. */
const plain = [
  'people',
  'posts',
  'communities',
  'grids',
  'placeChanges',
  'charges',
  'units',
  'seats',
  'settings',
  'ownCriteria',
  'checklists',
  'checklistVersions',
  'draws',
] as const
export type Plain = (typeof plain)[number]

type Row<T extends Plain> = (typeof streetOwned)[T]['table']['$inferInsert']
type Columns<T extends Plain> = Partial<Omit<Row<T>, 'streetId' | 'id'>>

/** A place as a condition names it. */
type Place =
  { readonly kind: 'communities'; readonly id: CommunityId } | { readonly kind: 'grids'; readonly id: GridId }

/**
 * Builds statements upon the plain tables of one street; it cannot be told which. A statement may depend on a condition
 * that is looked at in the batch itself, where nobody can come between: what does not hold then touches no row.
 */
export class Clerk {
  readonly #db: Db
  readonly #streetId: StreetId

  constructor(db: Db, streetId: StreetId) {
    this.#db = db
    this.#streetId = streetId
  }

  add<T extends Plain>(name: T, row: Omit<Row<T>, 'streetId'>, provided?: SQL): Statement {
    const { table } = streetOwned[name]
    // Safe: the row lacks nothing but its street, which is put in here.
    const whole = { ...row, streetId: this.#streetId } as never
    return provided ? insertWhere(this.#db, table, whole, provided) : this.#db.insert(table).values(whole)
  }

  /** Holds while a place stands. */
  stands({ kind, id }: Place): SQL {
    const table = kind === 'grids' ? grids : communities
    const its = and(eq(table.streetId, this.#streetId), sql`${table.id} = ${id}`, isNull(table.retiredOn))
    return sql`exists (select 1 from ${table} where ${its})`
  }

  /** Holds while nothing open, no enterprise and no grid that stands lies in a place. */
  empty({ kind, id }: Place): SQL {
    const inside = ({ communityId, gridId }: typeof hazards | typeof enterprises) =>
      kind === 'grids' ? eq(gridId, id) : eq(communityId, id)
    const [h, e] = [eq(hazards.streetId, this.#streetId), eq(enterprises.streetId, this.#streetId)]
    const its = and(
      eq(grids.streetId, this.#streetId),
      kind === 'grids' ? sql`false` : eq(grids.communityId, id),
      isNull(grids.retiredOn),
    )
    return sql`(not exists (select 1 from ${hazards} where ${and(h, inside(hazards), eq(hazards.open, true))})
      and not exists (select 1 from ${enterprises} where ${and(e, inside(enterprises))})
      and not exists (select 1 from ${grids} where ${its}))`
  }

  /** Holds while no other community that stands, or no other grid of the same one, bears a name. */
  nameFree(name: string, place: Place, communityId?: CommunityId): SQL {
    const table = place.kind === 'grids' ? grids : communities
    const others = and(
      eq(table.streetId, this.#streetId),
      sql`${table.id} <> ${place.id}`,
      eq(table.name, name),
      isNull(table.retiredOn),
      communityId && eq(grids.communityId, communityId),
    )
    return sql`not exists (select 1 from ${table} where ${others})`
  }

  /** Holds while no other unit bears a name or leads one of these sectors: one matter has one lead. */
  leadFree({ id, name, leads }: { id: UnitId; name: string; leads: readonly string[] }): SQL {
    const lead = sql`exists (select 1 from json_each(${units.leads}) where ${among(sql`json_each.value`, leads)})`
    const others = and(
      eq(units.streetId, this.#streetId),
      ne(units.id, id),
      isNull(units.retiredOn),
      or(eq(units.name, name), lead),
    )
    return sql`not exists (select 1 from ${units} where ${others})`
  }

  /** Changes the row of that id, as long as it is what `seen` says: of two that change it, the later finds it gone. */
  change<T extends Exclude<Plain, 'settings' | 'draws'>>(
    name: T,
    id: string,
    columns: Columns<T>,
    seen: Partial<Row<T>> = {},
    provided?: SQL,
  ): Statement {
    return this.#update(name, { ...seen, id }, columns, provided)
  }

  /** Changes every row whose columns are these. */
  changeAll<T extends Plain>(name: T, where: Partial<Row<T>>, columns: Columns<T>): Statement {
    return this.#update(name, where, columns)
  }

  /** Takes a unit from one grid to another, with its line in the file; one that is no longer there stays where it is. */
  relocate(
    id: EnterpriseId,
    from: GridId,
    to: { communityId: CommunityId; gridId: GridId },
    { by, why, at }: { by: PersonId; why: string; at: number },
  ): Statement[] {
    const streetId = this.#streetId
    const its = and(eq(enterprises.streetId, streetId), eq(enterprises.id, id))
    const line = sql`select ${streetId}, ${id}, ${enterprises.version}, 'relocated', '["communityId","gridId"]', null, null, null, ${why}, ${by}, ${at}
      from ${enterprises} where ${and(its, sql`changes() > 0`)}`
    return [
      this.#db
        .update(enterprises)
        .set({ ...to, version: sql`${enterprises.version} + 1`, updatedAt: at })
        .where(and(its, eq(enterprises.gridId, from))),
      this.#db.insert(enterpriseChanges).select(line),
    ]
  }

  /** Sets a setting, whether or not it was set before. */
  set(row: Omit<Row<'settings'>, 'streetId'>): Statement {
    const { table } = streetOwned.settings
    const { key: _, ...rest } = row
    return this.#db
      .insert(table)
      .values({ ...row, streetId: this.#streetId })
      .onConflictDoUpdate({ target: [table.streetId, table.key], set: rest })
  }

  /** Keeps how a table is read, in place of how it was. */
  map(row: Omit<typeof importMappings.$inferInsert, 'streetId'>): Statement {
    const { what: _, ...rest } = row
    return this.#db
      .insert(importMappings)
      .values({ ...row, streetId: this.#streetId })
      .onConflictDoUpdate({ target: [importMappings.streetId, importMappings.what], set: rest })
  }

  /** Sends those who were drawn: any number of rows in one statement. */
  assign(
    drawId: DrawId,
    until: Day,
    sent: readonly { enterpriseId: EnterpriseId; personId: PersonId; others: readonly PersonId[] }[],
  ): Statement {
    const rows = sql`select ${this.#streetId}, ${drawId}, json_extract(value, '$.enterpriseId'), json_extract(value, '$.personId'),
      json_extract(value, '$.others'), ${until}, 1, null from json_each(${JSON.stringify(sent)})`
    return this.#db.insert(drawAssignments).select(rows)
  }

  /** Gives up what of a draw was not checked yet. */
  giveUp(drawId: DrawId): Statement {
    const { streetId, drawId: of, open } = drawAssignments
    return this.#db
      .update(drawAssignments)
      .set({ open: false })
      .where(and(eq(streetId, this.#streetId), eq(of, drawId), eq(open, true)))
  }

  #update(name: Plain, where: object, columns: object, provided?: SQL): Statement {
    const { table } = streetOwned[name]
    const own = getTableColumns(table)
    const conditions = Object.entries(where).map(([key, value]): SQL | undefined => {
      // Safe: a row's keys are its table's columns.
      const column = own[key as keyof typeof own]
      return value === null ? isNull(column) : eq(column, value as never)
    })
    return this.#db
      .update(table)
      .set(columns)
      .where(and(eq(table.streetId, this.#streetId), ...conditions, provided))
  }
}
