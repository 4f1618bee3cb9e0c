import { readFileSync } from 'node:fs'
import path from 'node:path'
import { is } from 'drizzle-orm'
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { it } from 'vitest'
import type { DistrictId, HazardId, PersonId, StreetId } from '@app/shared/ids'
import * as directory from '../../worker/db/directory'
import * as ledger from '../../worker/db/ledger'
import { DistrictScope } from '../../worker/tenancy/district-scope'
import { StreetScope } from '../../worker/tenancy/street-scope'

const tablesOf = (schema: object) =>
  Object.entries(schema).filter((entry): entry is [string, SQLiteTable] => is(entry[1], SQLiteTable))
const streetOwned: Record<string, (typeof ledger.streetOwned)[ledger.StreetOwned]> = ledger.streetOwned
const districtOwned: Record<string, SQLiteTable> = ledger.districtOwned
const tables = tablesOf(ledger).map(([name, table]) => ({
  name,
  table,
  owner: name in streetOwned ? 'streetId' : 'districtId',
}))

it.for(tables)('$name puts its $owner first in every key', ({ name, table, owner }, { expect }) => {
  expect(name in streetOwned).not.toBe(name in districtOwned)
  const { primaryKeys, indexes, foreignKeys, uniqueConstraints } = getTableConfig(table)
  const keys = [
    ...primaryKeys.map((k) => k.columns),
    ...indexes.map((i) => i.config.columns),
    ...uniqueConstraints.map((u) => u.columns),
  ]
  for (const [first] of keys) expect(first).toHaveProperty('name', owner)
  for (const key of foreignKeys) expect(key.reference().columns[0]).toHaveProperty('name', owner)
  expect(primaryKeys).toHaveLength(1)
})

it.for(tables.filter(({ owner }) => owner === 'streetId'))(
  '$name declares its reach and its personal columns',
  ({ name, table }, { expect }) => {
    expect(streetOwned[name]).toMatchObject({ table, reach: expect.anything(), personal: expect.any(Array) })
  },
)

it('lets nothing that is kept sealed leave a street but among its personal columns', ({ expect }) => {
  for (const { table, column } of Object.values(ledger.sealedColumns)) {
    const owned = Object.values(streetOwned).find((one) => one.table === table)
    expect(owned?.personal).toContain(column)
  }
})

const env = { LEDGER_01: {} } as never
const street = {
  streetId: 'str_x' as StreetId,
  districtId: 'dis_x' as DistrictId,
  ledger: 'LEDGER_01',
  name: '',
  shortName: '',
  suspended: false,
} as const
const district = {
  districtId: street.districtId,
  slug: '',
  name: '',
  demo: false,
  suspended: false,
  ledger: 'LEDGER_01',
  streets: [
    { id: street.streetId, slug: '', name: '', shortName: '', statCode: null, suspendedAt: null, suspendedWhy: null },
  ],
} as const
const someone = 'usr_x' as PersonId

it('gives every street-owned table a relation narrowed to the street, but those only the scope may touch', ({
  expect,
}) => {
  const scope = new StreetScope(env, street, { id: someone, role: 'street-admin', reach: { within: 'street' } })
  const {
    select: _,
    overseers: _v,
    schemes: _s,
    snapshots: _n,
    ownScores: _o,
    ...relations
  } = scope.read('hazard.view')
  const readable = Object.keys(streetOwned).filter((name) => streetOwned[name]?.reach !== 'scope only')
  expect(Object.keys(relations).sort()).toEqual(readable.sort())
})

it('shows a district nothing personal, and no detail in lists', async ({ expect }) => {
  const scope = new DistrictScope(env, district, { id: someone, role: 'district-admin', sectors: null })
  const { select: _, ...listed } = scope.read('hazard.view')
  const opened = await new Promise<object>((seen) => {
    scope
      .open(
        { streetId: street.streetId, hazardId: 'haz_x' as HazardId },
        0,
        ({ select: _s, overseers: _o, ...one }) => {
          seen(one)
          throw new Error('Seen; there is no ledger here to ask')
        },
      )
      .catch(() => null)
  })
  let hidden = 0
  for (const [relations, kinds] of [
    [opened, ['personal']],
    [listed, ['personal', 'detail']],
  ] as const) {
    for (const [name, relation] of Object.entries(relations)) {
      const refused: string[] = kinds.flatMap((kind) => streetOwned[name]?.[kind] ?? [])
      hidden += refused.length
      const shown = Object.keys((relation as { _: { selectedFields: object } })._.selectedFields)
      expect(
        shown.filter((column) => refused.includes(column)),
        name,
      ).toEqual([])
    }
  }
  expect(hidden).toBeGreaterThan(8)
})

it('keeps who may sign in in the directory, and what they do in the ledgers', ({ expect }) => {
  const names = (schema: object) => tablesOf(schema).map(([, table]) => getTableConfig(table).name)
  expect(names(directory).filter((name) => names(ledger).includes(name))).toEqual([])
})

it('gives names that start with LEDGER_ to ledgers only, and at least two', ({ expect }) => {
  const toml = readFileSync(path.resolve(import.meta.dirname, '../../wrangler.toml'), 'utf8')
  const blocks = [
    ...toml.matchAll(/\[\[d1_databases\]\]\nbinding = "(LEDGER_\w+)"[^[]*migrations_dir = "migrations\/ledger"/g),
  ]
  expect(blocks.length).toBeGreaterThanOrEqual(2)
  expect(toml.match(/"LEDGER_/g)).toHaveLength(blocks.length)
})
