import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { getTableColumns, getTableName, is } from 'drizzle-orm'
import { SQLiteTable, getTableConfig } from 'drizzle-orm/sqlite-core'
import { type Role, districtRoles, streetRoles } from '@app/shared/capabilities'
import { reachesOf } from '@app/shared/people/rules'
import { freeze } from '@app/shared/schemes/facts'
import { type LedgerName, ledgers, openDirectory, openLedger } from '../../../worker/db/client'
import * as directory from '../../../worker/db/directory'
import { districtOwned, streetOwned } from '../../../worker/db/ledger'
import { packageKey } from '../../../worker/platform/packages'
import { Evidence } from '../../../worker/tenancy/evidence'
import { Seals } from '../../../worker/tenancy/seals'
import { sha256 } from '../../../worker/sha256'
import { type IdKind, ids } from './ids'
import {
  type Code,
  type DistrictCode,
  districtCodes,
  mark,
  marksIn,
  spelled,
  type StreetCode,
  streetCodes,
  variants,
} from './markers'
import { dated, districtOf, districtVariants, empty, factsFor, special, type Spot, streetsOf, unmarked } from './rows'

type Row = Record<string, unknown>

export const streetTables: Record<string, SQLiteTable> = Object.fromEntries(
  Object.entries(streetOwned).map(([name, { table }]) => [name, table]),
)
export const districtTables: Record<string, SQLiteTable> = districtOwned
export const directoryTables: Record<string, SQLiteTable> = Object.fromEntries(
  Object.entries(directory as object).filter((entry): entry is [string, SQLiteTable] => is(entry[1], SQLiteTable)),
)
const nameOf = new Map<SQLiteTable, string>(
  [streetTables, districtTables, directoryTables].flatMap((tables) =>
    Object.entries(tables).map(([name, table]) => [table, name] as const),
  ),
)
const ledgerOf: Record<DistrictCode, LedgerName> = { da: 'LEDGER_01', dx: 'LEDGER_02' }

/** Places that several variants share: `mid` lies in the grid of `in`, `near` in its community. */
const shared: Record<string, Record<string, string>> = {
  communities: { mid: 'in', near: 'in' },
  grids: { mid: 'in' },
}

/** Somebody who asks. */
export interface Actor {
  readonly name: string
  readonly token: string | null
  /** The unit of an active post. */
  readonly at?: Code
  readonly role?: Role
  /** Which variants of the unit's rows are within reach; all of them where it is not said. */
  readonly reach?: readonly string[]
  readonly operator?: true
}

/** Two streets of one district and one of another district in the other ledger, filled to the last column, and people. */
export async function aWorld() {
  // Its ids are always the same, so nothing may be left of another.
  await reset()
  await applyD1Migrations(env.DIRECTORY, env.TEST_MIGRATIONS.directory)
  for (const binding of ledgers(env).values()) await applyD1Migrations(binding, env.TEST_MIGRATIONS.ledger)
  const rows = new Map<string, Row>()
  const order: { database: LedgerName | 'DIRECTORY'; table: SQLiteTable; row: Row }[] = []
  const factsHashes = new Map<DistrictCode, string>()
  const unitId = (code: Code) =>
    code.startsWith('s') ? `str_${mark(code, 'streets', 'id', 'in')}` : `dis_${mark(code, 'districts', 'id', 'in')}`

  const seals = new Seals(env)
  const phones = new Map<string, string>()
  for (const code of streetCodes) {
    for (const variant of variants) {
      for (const [name, column, prefix] of [
        ['people', 'people.phone', 'usr'],
        ['enterpriseContacts', 'enterprise_contacts.phone', 'con'],
        ['filings', 'filings.number', 'fil'],
      ] as const) {
        const cell = { streetId: unitId(code) as never, column, rowId: `${prefix}_${mark(code, name, 'id', variant)}` }
        phones.set(`${name} ${code} ${variant}`, await seals.seal(cell, mark(code, name, 'phone', variant)))
      }
    }
  }

  const spot = (tenant: Code, variant: string): Spot => {
    const district = districtOf(tenant)
    return {
      tenant,
      variant,
      districtId: unitId(district),
      streetId: unitId(tenant.startsWith('s') ? tenant : (streetsOf(district)[0] as Code)),
      street: (code) => unitId(code as Code),
      of: (table, column = 'id') =>
        String(make(streetTables[table] ?? (districtTables[table] as SQLiteTable), tenant, variant)[column]),
      phone: (name) => phones.get(`${name} ${tenant} ${variant}`) ?? '',
      factsHash: factsHashes.get(district) ?? '',
    }
  }

  /** A tenant's row of a table, made when it is first asked for, after those that it refers to. */
  function make(table: SQLiteTable, tenant: Code, asked: string, given: Row = {}): Row {
    const name = nameOf.get(table) ?? getTableName(table)
    const known = shared[name]?.[asked] ?? asked
    const variant = name in districtTables && !districtVariants[name] && !['in', 'out'].includes(known) ? 'in' : known
    const key = `${name} ${tenant} ${variant}`
    const made = rows.get(key)
    if (made) return made
    const referred = new Map<string, unknown>()
    for (const foreign of getTableConfig(table).foreignKeys) {
      const { columns, foreignTable, foreignColumns } = foreign.reference()
      if (foreignTable === table || foreignTable === directory.streets || foreignTable === directory.districts) continue
      if (columns.every((column) => keyOf(table, column) in given)) continue
      const owner = nameOf.get(foreignTable) ?? ''
      const to = owner in streetTables && tenant.startsWith('d') ? (streetsOf(districtOf(tenant))[0] as Code) : tenant
      const row = make(foreignTable, owner in districtTables ? districtOf(to) : to, variant)
      columns.forEach((column, at) => referred.set(keyOf(table, column), row[keyOf(foreignTable, foreignColumns[at])]))
    }
    const here = spot(tenant, variant)
    const row = Object.fromEntries(
      Object.entries(getTableColumns(table)).map(([column, definition]) => {
        const own = `${name}.${column}`
        if (column in given) return [column, given[column]]
        if (own in special) return [column, special[own]?.(here)]
        if (referred.has(column)) return [column, referred.get(column)]
        if (column === 'streetId') return [column, here.streetId]
        if (column === 'districtId') return [column, here.districtId]
        const { dataType, notNull, enumValues } = definition
        const text = mark(tenant, name, column, variant)
        const kind = Object.values(ids).find(
          (one) => (one.table === table || one.ofDistricts === table) && one.column === column,
        )
        if (kind) return [column, kind.prefix ? `${kind.prefix}_${text}` : text]
        if (dataType === 'string' && enumValues?.length) return [column, enumValues[0]]
        if (dataType === 'string' && dated.test(column)) return [column, dateFor(column, variant)]
        if (dataType === 'string') return [column, text]
        if (dataType === 'json') return [column, [text]]
        if (!notNull) return [column, null]
        if (dataType === 'boolean') return [column, false]
        if (dataType === 'date') return [column, new Date()]
        return [column, /(^a|A)t$|^since$/.test(column) ? Date.now() - 60_000 : 1]
      }),
    )
    rows.set(key, row)
    const database = name in directoryTables ? 'DIRECTORY' : ledgerOf[districtOf(tenant)]
    order.push({ database, table, row })
    return row
  }

  // Units.
  for (const code of districtCodes) {
    const slug = mark(code, 'districts', 'slug', 'in')
    make(directory.districts, code, 'in', { id: unitId(code), slug, ledger: ledgerOf[code], suspendedAt: null })
    make(directory.slugs, code, 'in', { slug, kind: 'district', id: unitId(code) })
  }
  for (const code of streetCodes) {
    const district = districtOf(code)
    const slug = mark(code, 'streets', 'slug', 'in')
    const own = { id: unitId(code), districtId: unitId(district), slug, ledger: ledgerOf[district], suspendedAt: null }
    make(directory.streets, code, 'in', own)
    make(directory.slugs, code, 'in', { slug, kind: 'street', id: unitId(code) })
  }
  // What they own.
  for (const code of streetCodes) {
    for (const [name, table] of Object.entries(streetTables)) {
      if (name in empty) continue
      for (const variant of variants) make(table, code, variant)
    }
  }
  for (const code of districtCodes) {
    const streets = streetsOf(code).map((street) => ({
      code: street,
      id: unitId(street),
      hazards: ['in', 'out'].map((variant) =>
        String(make(streetTables['hazards'] as SQLiteTable, street, variant)['id']),
      ),
    }))
    const facts = freeze(factsFor(streets))
    factsHashes.set(code, await sha256(facts))
    await new Evidence(env, { districtId: unitId(code) as never }).freezeFacts(facts)
    for (const [name, table] of Object.entries(districtTables)) {
      for (const variant of districtVariants[name]?.(streetsOf(code)) ?? ['in', 'out']) make(table, code, variant)
    }
  }
  // Photos, as bytes that tell whose they are.
  const pictures = streetCodes.flatMap((code) =>
    variants.flatMap((variant) => ['photos', 'thumbs'].map((size) => ({ code, variant, size }))),
  )
  await Promise.all(
    pictures.map(({ code, variant, size }) => {
      const id = String(make(streetTables['photos'] as SQLiteTable, code, variant)['id'])
      const bytes = mark(code, 'photos', size, variant)
      const key = `streets/${unitId(code)}/${size}/${id}`
      return env.EVIDENCE.put(key, bytes, { httpMetadata: { contentType: 'image/jpeg' } })
    }),
  )
  // Packages, likewise.
  const packages = new Map<string, string>()
  for (const code of streetCodes) {
    for (const variant of variants) {
      const id = String(make(streetTables['streetExports'] as SQLiteTable, code, variant)['id'])
      const key = packageKey(unitId(code) as never, id as never)
      packages.set(key, mark(code, 'streetExports', 'package', variant))
      await env.EVIDENCE.put(key, mark(code, 'streetExports', 'package', variant))
    }
  }

  // People.
  const actors: Actor[] = []
  const user = (code: Code, variant: string, id = `usr_${mark(code, 'users', 'id', variant)}`) => {
    make(directory.users, code, variant, { id })
    make(directory.sessions, code, variant, { token: id, userId: id, expiresAt: new Date(Date.now() + 4e10) })
    make(directory.accounts, code, variant, { userId: id, providerId: 'credential' })
    return id
  }
  const letter = (at: number) => String.fromCharCode(97 + at)
  const reachIn = (code: StreetCode, within: string) => {
    const id = (table: string) => String(make(streetTables[table] as SQLiteTable, code, 'in')['id'])
    if (within === 'communities') return { json: { within, ids: [id('communities')] }, reach: ['in', 'mid', 'near'] }
    if (within === 'grids') return { json: { within, ids: [id('grids')] }, reach: ['in', 'mid'] }
    if (within === 'enterprise') return { json: { within, ids: [id('enterprises')] }, reach: ['in'] }
    return { json: { within: 'street' } }
  }
  for (const code of streetCodes) {
    for (const variant of variants) {
      const id = user(code, variant, String(make(streetTables['people'] as SQLiteTable, code, variant)['id']))
      make(directory.streetPosts, code, variant, {
        userId: id,
        role: 'inspector',
        reach: { within: 'street' },
        state: 'active',
      })
    }
    for (const [at, role] of streetRoles.entries()) {
      for (const [nth, within] of reachesOf(role).entries()) {
        const variant = `r${letter(at)}${letter(nth)}`
        const { json, reach } = reachIn(code, within)
        const token = user(code, variant)
        make(directory.streetPosts, code, variant, { userId: token, role, reach: json, state: 'active' })
        const told = within === reachesOf(role)[0] ? '' : ` of some ${within}`
        actors.push({ name: `${role}${told} of ${code}`, token, at: code, role, ...(reach && { reach }) })
      }
      for (const state of ['ended', 'preparing'] as const) {
        const variant = `${state.slice(0, 1)}${letter(at)}`
        const token = user(code, variant)
        make(directory.streetPosts, code, variant, { userId: token, role, reach: { within: 'street' }, state })
        actors.push({ name: `${role} of ${code}, post ${state}`, token })
      }
    }
  }
  for (const code of districtCodes) {
    for (const variant of ['in', 'out']) {
      const id = user(code, variant, String(make(districtTables['overseers'] as SQLiteTable, code, variant)['id']))
      make(directory.districtPosts, code, variant, {
        userId: id,
        role: 'district-admin',
        sectors: null,
        state: 'active',
      })
    }
    for (const [at, role] of districtRoles.entries()) {
      const posts = [
        ['r', 'active', null],
        ['s', 'active', ['gas']],
        ['e', 'ended', null],
        ['p', 'preparing', null],
      ] as const
      for (const [prefix, state, sectors] of posts) {
        const variant = `${prefix}${letter(at)}`
        const token = user(code, variant)
        make(directory.districtPosts, code, variant, { userId: token, role, sectors, state })
        const active = state === 'active' && { at: code, role, ...(sectors && { reach: ['in', 'mid'] }) }
        const told = sectors ? ' for gas only' : state === 'active' ? '' : `, post ${state}`
        actors.push({ name: `${role} of ${code}${told}`, token, ...active })
      }
    }
  }
  const [operator, nobodys] = [user('sb', 'oo'), user('sb', 'nn')]
  make(directory.operators, 'sb', 'oo', { userId: operator })
  const over = user('sa', 'xx')
  make(directory.streetPosts, 'sa', 'xx', {
    userId: over,
    role: 'street-admin',
    reach: { within: 'street' },
    state: 'active',
  })
  const session = rows.get('sessions sa xx')
  if (session) session['expiresAt'] = new Date(0)
  actors.push(
    { name: 'nobody', token: null },
    { name: 'a made-up session', token: 'made-up' },
    { name: 'a session that is over', token: over },
    { name: 'someone without a post', token: nobodys },
    { name: 'operator', token: operator, operator: true, role: 'operator' },
  )
  // Whatever else of the directory belongs to a unit.
  for (const [name, table] of Object.entries(directoryTables)) {
    // The mark of a deployment that was set up is no unit's.
    if (name === 'setups') continue
    if ([...rows.keys()].some((key) => key.startsWith(`${name} `))) continue
    const columns = getTableColumns(table)
    const codes: readonly Code[] =
      'streetId' in columns
        ? streetCodes
        : 'districtId' in columns
          ? districtCodes
          : 'ownerId' in columns || 'userId' in columns
            ? [...streetCodes, ...districtCodes]
            : []
    for (const code of codes) {
      make(table, code, 'in', {
        ...('userId' in columns && { userId: user(code, 'uu') }),
        ...('ownerId' in columns && { ownerKind: code.startsWith('s') ? 'street' : 'district', ownerId: unitId(code) }),
      })
    }
  }

  for (const database of new Set(order.map((one) => one.database))) {
    const db = database === 'DIRECTORY' ? openDirectory(env) : openLedger(env, database)
    const own = order.filter((one) => one.database === database)
    for (let from = 0; from < own.length; from += 60) {
      const some = own.slice(from, from + 60)
      const insert = ({ table, row }: (typeof own)[number]) => db.insert(table).values(row)
      // Safe: there is at least one.
      const all = some.map(insert) as unknown as Parameters<typeof db.batch>[0]
      await db.batch(all).catch(async (refused: unknown) => {
        // One by one, to name the one that it was.
        for (const one of some) await insert(one).catch((error: unknown) => Promise.reject(unfilled(one, error)))
        throw refused
      })
    }
  }

  /** The id of a brand among a unit's rows; a district is asked for its first street's where streets own it. */
  function idOf(brand: string, code: Code, variant = 'in'): string {
    const kind = ids[brand] as IdKind
    const table = (code.startsWith('d') && kind.ofDistricts) || kind.table
    const name = nameOf.get(table) ?? ''
    if (kind.table === directory.districts) return unitId(districtOf(code))
    const street = code.startsWith('s') ? code : (streetsOf(code as DistrictCode)[0] as Code)
    if (kind.table === directory.streets) return unitId(street)
    const owner = name in districtTables ? districtOf(code) : name in streetTables ? street : code
    const row =
      rows.get(`${name} ${owner} ${shared[name]?.[variant] ?? variant}`) ??
      rows.get(`${name} ${owner} in`) ??
      rows.get(`${name} ${districtOf(code)} in`) ??
      // What of the directory hangs on a person has no `in`.
      [...rows].find(([key]) => key.startsWith(`${name} ${owner} `))?.[1]
    if (!row) throw new Error(`The world has no row of ${name} for ${code}, so ids.ts cannot take ids from it`)
    return String(row[kind.column])
  }

  /** The id of the session that somebody asks with. */
  const sessionOf = ({ token }: Actor) =>
    [...rows].find(([key, row]) => key.startsWith('sessions ') && row['token'] === token)?.[1]['id'] as
      string | undefined

  return { actors, idOf, packages, sessionOf, unitId, rows, missing: missingMarks(rows) }
}
export type World = Awaited<ReturnType<typeof aWorld>>

const keyOf = (table: SQLiteTable, column: unknown) =>
  Object.entries(getTableColumns(table)).find(([, one]) => one === column)?.[0] ?? ''

const dateFor = (column: string, variant: string) => {
  const at = Math.max(0, ['in', 'out', 'mid', 'near'].indexOf(variant))
  return /period|month|from/i.test(column) ? `2026-0${9 - at}` : `2026-09-1${at}`
}

function unfilled({ table, row }: { table: SQLiteTable; row: Row }, error: unknown): Error {
  const name = nameOf.get(table) ?? getTableName(table)
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
  return new Error(
    `The matrix could not fill ${name} from its definition (${cause}). Say in tests/worker/matrix/rows.ts what its columns take:  '${name}.column': ({ variant, of }) => …,  It tried ${JSON.stringify(row)}`,
    { cause: error },
  )
}

/** Columns of text, of tables that a street or a district owns, in which some tenant has no marker. */
function missingMarks(rows: ReadonlyMap<string, Row>): string[] {
  return [
    ...Object.entries(streetTables).map((entry) => [...entry, streetCodes] as const),
    ...Object.entries(districtTables).map((entry) => [...entry, districtCodes] as const),
  ].flatMap(([name, table, codes]) =>
    Object.entries(getTableColumns(table)).flatMap(([column, { dataType, enumValues }]) => {
      if (!['string', 'json'].includes(dataType) || enumValues?.length) return []
      if (dated.test(column) || `${name}.${column}` in unmarked) return []
      return codes.flatMap((code) => {
        const own = [...rows].filter(([key]) => key.startsWith(`${name} ${code} `))
        const marked = own.some(([, row]) =>
          marksIn(JSON.stringify(row[column] ?? '')).some(
            ({ tenant }) =>
              tenant === code || districtOf(code) === tenant || streetsOf(districtOf(code)).includes(tenant as never),
          ),
        )
        return marked
          ? []
          : [
              `${name}.${column} holds no marker of ${code}. Let special['${name}.${column}'] in tests/worker/matrix/rows.ts write mark(tenant, '${name}', '${column}', variant), or say in \`unmarked\` there why none can stand in it.`,
            ]
      })
    }),
  )
}

/** The declaration behind a marker, by table as markers spell it. */
export const declarations = new Map(
  Object.entries(streetOwned).map(([name, declaration]) => [spelled(name), declaration] as const),
)
