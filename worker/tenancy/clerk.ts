import { type SQL, and, eq, getTableColumns, isNull } from 'drizzle-orm'
import type { StreetId } from '@app/shared/ids'
import type { Db } from '../db/client'
import { streetOwned } from '../db/ledger'
import type { Statement } from './desk'

/** Street-owned tables of plain rows: no events hang on them, and a change is one row and its line in the audit log. */
const plain = [
  'people',
  'posts',
  'communities',
  'grids',
  'placeChanges',
  'enterprises',
  'charges',
  'units',
  'seats',
  'settings',
] as const
export type Plain = (typeof plain)[number]

type Row<T extends Plain> = (typeof streetOwned)[T]['table']['$inferInsert']
type Columns<T extends Plain> = Partial<Omit<Row<T>, 'streetId' | 'id'>>

/** Builds statements upon the plain tables of one street; it cannot be told which. */
export class Clerk {
  readonly #db: Db
  readonly #streetId: StreetId

  constructor(db: Db, streetId: StreetId) {
    this.#db = db
    this.#streetId = streetId
  }

  add<T extends Plain>(name: T, row: Omit<Row<T>, 'streetId'>): Statement {
    const { table } = streetOwned[name]
    // Safe: the row lacks nothing but its street, which is put in here.
    return this.#db.insert(table).values({ ...row, streetId: this.#streetId } as never)
  }

  /** Changes the row of that id, as long as it is what `seen` says: of two that change it, the later finds it gone. */
  change<T extends Exclude<Plain, 'settings'>>(
    name: T,
    id: string,
    columns: Columns<T>,
    seen: Partial<Row<T>> = {},
  ): Statement {
    return this.#update(name, { ...seen, id }, columns)
  }

  /** Changes every row whose columns are these. */
  changeAll<T extends Plain>(name: T, where: Partial<Row<T>>, columns: Columns<T>): Statement {
    return this.#update(name, where, columns)
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

  #update(name: Plain, where: object, columns: object): Statement {
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
      .where(and(eq(table.streetId, this.#streetId), ...conditions))
  }
}
