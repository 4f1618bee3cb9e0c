import { getTableColumns, getTableName, is } from 'drizzle-orm'
import { type SQLiteTable, SQLiteColumn, getTableConfig } from 'drizzle-orm/sqlite-core'
import { streetOwned } from '../../../worker/db/ledger'
import type { Mounted } from '../../../worker/http/openapi'
import { type Mark, spelled, wordOf } from './markers'
import { districtOf, streetsOf } from './rows'
import { type Actor, declarations, directoryTables, districtTables, streetTables } from './world'
import type { Asked } from './spy'

/** Of a district's own tables those that its streets may see something of; of `streetScores` each only its own. */
const seenByStreets = new Set(['overseers', 'schemes', 'snapshots', 'streetScores'].map(spelled))
/** Tables of the directory that no answer ever shows anything of. */
const secret = new Set(
  [
    'sessions',
    'accounts',
    'verifications',
    'signInFailures',
    'signInLog',
    'rateLimits',
    'signInLimits',
    'knownDevices',
    'secondFactors',
    'recoveryCodes',
    'invitations',
    'joiningCodes',
    'setups',
    'securityAnchors',
  ].map(spelled),
)
/** Tables of the directory that a unit sees its own rows of, and nobody above it or beside it. */
const ownOnly = new Set(
  ['securityEvents', 'securityPolicies', 'blockedPosts', 'invitedPosts', 'posters', 'joinings'].map(spelled),
)
/** How streets come and go is the operator’s matter alone. */
const operatorOnly = new Set(['streetMoves', 'streetImports', 'importParts'].map(spelled))
/** Of one’s own session what its owner is shown, by `GET /api/sessions`. */
const ownSession = new Set(['id', 'ipaddress', 'useragent'])
/** Routes whose answer holds what they themselves have just made, a new one each time; with the reason. */
export const tellsItself: Record<string, string> = {
  'GET /api/streets/:streetId/people/:personId/copy':
    'The copy holds all that the log says of the person, the making of this copy included.',
  'POST /api/districts/:districtId/streets': 'The link of the first administrator is made of chance.',
  'POST /api/districts/:districtId/people': 'Likewise.',
  'POST /api/streets/:streetId/people/invitations': 'Likewise.',
  'POST /api/streets/:streetId/enterprises/:enterpriseId/joining-codes': 'Six digits are made of chance.',
  'PUT /api/streets/:streetId/enterprises/:enterpriseId/poster': 'Its code is made of chance.',
}
/** The id and the instants of such a line, and the token of a link. */
export const itsOwn =
  /aud_0[0-9a-z]{24}|(?<="(?:at|madeAt|expiresAt)":)\d{13}|(?<=\/(?:set-password|accept)#)[\w-]{43}/g
/** Routes that answer 404 to everybody who may ask, with the reason. */
export const shutDoors: Record<string, string> = {
  'GET /api/setup': 'The deployment has its operator; whether it waits for one is all that this tells.',
  'PUT /api/setup': 'Likewise.',
  'PUT /api/invitation': 'Nobody has a link that opens; one that does not is told like none.',
  'POST /api/post-invitation/view': 'Likewise.',
  'PUT /api/post-invitation/account': 'Likewise.',
  'POST /api/me/posts': 'Likewise.',
  'POST /api/joining/view': 'A pass is proved by the deployment’s secret, and nobody has one.',
  'POST /api/joining': 'Likewise.',
  'POST /api/joining/state': 'Only digests of tokens are kept, so none is known.',
}
/**
 * What the operator’s own statements may ask of a ledger though no post of his is there, by their beginnings: the
 * jobs that carry his work, their lines in the districts’ logs, and whether a package is being made of a street that
 * is to move.
 */
const operators = [
  /from "jobs"/,
  /^insert into "jobs" \(/,
  /^insert into "district_log" select \?, \?, \?, 'key\.rotate'/,
  /^select "id" from "street_exports" where \("street_exports"\."street_id" = \? and "street_exports"\."state" = \?\)$/,
]
export const operatorAsks = (sql: string) => operators.some((one) => one.test(sql))
const inDirectory = new Set(Object.keys(directoryTables).map(spelled))
/**
 * Facts behind a score are shown whole to whoever may see the score, a narrow reach or not: they are what a total is
 * checked against. They name a record by its id and number and say nothing of it; opening it is another matter.
 */
const factsTable = 'facts'
const isFacts = ({ path }: Pick<Mounted, 'path'>) => path.includes('/facts/')

/** Columns that a district sees in no list, by `table.column` as markers spell them; of a reference, what it refers to. */
const hiddenInLists = new Set(
  Object.entries(streetOwned).flatMap(([name, { table, personal, detail }]) =>
    ([...personal, ...detail] as string[]).flatMap((column) => [
      `${spelled(name)}.${spelled(column)}`,
      ...referredBy(table, column),
    ]),
  ),
)

function referredBy(table: SQLiteTable, column: string): string[] {
  const own: unknown = getTableColumns(table)[column]
  return getTableConfig(table).foreignKeys.flatMap((foreign) => {
    const { columns, foreignTable, foreignColumns } = foreign.reference()
    const to = foreignColumns[columns.findIndex((one) => one === own)]
    return is(to, SQLiteColumn) ? [`${spelled(getTableName(foreignTable))}.${spelled(to.name)}`] : []
  })
}

/** A route that opens one record of a street, and not a list: the address names the street and then the record. */
const opens = ({ path }: Pick<Mounted, 'path'>) => /:streetId\/.*:\w+Id/.test(path)

/** Whether a row of the directory is this person’s own: tokens name whose they are. */
const isHis = ({ tenant, variant }: Mark, { token }: Actor) =>
  token?.includes(`mk${tenant}0users0id0${variant}0`) ?? false

/** Routes that open what is sealed of a person, each leaving a line that says so. */
const unseals = ({ path }: Pick<Mounted, 'path'>) =>
  /\/(people\/:personId|contacts\/:contactId)\/(phone-views|copy)$/.test(path)

/** Why this actor may not see this marker in an answer of this route; null when he may. Made from the declarations. */
export function leakOf(found: Mark, actor: Actor, route: Pick<Mounted, 'path'>): string | null {
  const { tenant, table, column, variant } = found
  const seen = wordOf(found)
  const ofStreet = tenant.startsWith('s')
  const family = actor.at !== undefined && districtOf(actor.at) === districtOf(tenant)
  const own = actor.at === tenant
  const overIt = family && ofStreet && actor.at?.startsWith('d')

  if (table === 'sessions' && ownSession.has(column) && route.path === '/api/sessions' && isHis(found, actor))
    return null
  if (secret.has(table)) return `${seen}, which nobody may see`
  if (inDirectory.has(table)) {
    if (table === 'users' && isHis(found, actor)) return null
    if (operatorOnly.has(table)) return actor.operator ? null : `${seen}, which is the operator’s`
    if (ownOnly.has(table)) return own || actor.operator ? null : seen
    if (actor.operator || own || overIt || (family && ['districts', 'slugs'].includes(table) && !ofStreet)) return null
    return seen
  }
  if (!route.path.startsWith('/api')) {
    const published = table === 'notices' && variant === 'out'
    // Whom a street names to be asked is there for everybody to read.
    const named = table === 'settings' && column === 'value'
    return published || named ? null : `${seen}, on a public page`
  }
  // A person's id is the directory's as well, where the operator helps a district's administrators.
  if (actor.operator && table === 'overseers' && column === 'id') return null
  if (!family) return seen
  if (!ofStreet) {
    if (own) return table === spelled('districtAnswers') ? `${seen}, which only the desk reads` : null
    if (!seenByStreets.has(table)) return `${seen}, which is the district’s own`
    return table === spelled('streetScores') && variant !== actor.at ? `${seen}, another street’s` : null
  }
  if (!own && !overIt) return seen
  if (table === factsTable || (isFacts(route) && table === 'hazards' && column === 'id')) return null

  // The number in full is behind the seal: nobody’s but those who open it, one person at a time.
  const sealed = ['people', 'enterprisecontacts'].includes(table) && column === 'phone'
  if (sealed && !(own && unseals(route))) return `${seen}, which is sealed`
  const { reach, personal } = declarations.get(table) ?? { reach: 'scope only', personal: [] }
  // Photos are relations of nobody, but what hangs on a record shows their ids, and their bytes.
  const photo = table === 'photos' && ['id', 'photos', 'thumbs'].includes(column)
  if (reach === 'scope only' && !photo) return `${seen}, which only the scope reads`
  const beyond = actor.reach !== undefined && !actor.reach.includes(variant)
  if (reach !== 'common' && beyond) return `${seen}, out of reach`
  if (!own) {
    if (reach === 'whole street') return `${seen}, which is the street’s own`
    if ((personal as readonly string[]).map(spelled).includes(column)) return `${seen}, which is personal`
    if (!opens(route) && hiddenInLists.has(`${table}.${column}`)) return `${seen}, which is detail, in a list`
  } else if (reach === 'whole street' && actor.reach) return `${seen}, which is for those with the whole street`
  return null
}

// Statements. ---------------------------------------------------------------------------------------------------------

const sqlNames = (tables: Record<string, SQLiteTable>) => Object.values(tables).map((table) => getTableName(table))
const owners = [
  { key: 'street_id', names: sqlNames(streetTables) },
  { key: 'district_id', names: sqlNames(districtTables) },
] as const

/** Where a statement names the owner of what it touches: positions of values, and complaints that need no value. */
interface Shape {
  readonly owners: readonly { readonly key: string; readonly position: number; readonly list: boolean }[]
  readonly complaints: readonly string[]
}
const shapes = new Map<string, Shape>()

/** Being none of some streets binds nothing to one. */
const negated = /not ("\w+"\.)?"(street_id|district_id)" (= \?|in \(select value from json_each\(\?\)\))/g

function shapeOf(asked: string): Shape {
  const sql = asked.replaceAll(negated, 'not ?')
  const known = shapes.get(sql)
  if (known) return known
  const named: { key: string; position: number; list: boolean }[] = []
  const complaints: string[] = []
  const positionOf = (index: number) => sql.slice(0, index).split('?').length - 1
  for (const { key, names } of owners) {
    const bound = new RegExp(`"${key}" (?:= \\?|in (\\(select value from json_each\\(\\?\\)\\)))`, 'g')
    for (const match of sql.matchAll(bound))
      named.push({ key, position: positionOf(match.index), list: match[1] !== undefined })
    for (const name of names) {
      const reads = [...sql.matchAll(new RegExp(`\\b(from|join|update) "${name}"(?! \\()`, 'gi'))].length
      if (reads > 0) {
        const own = new RegExp(
          `("${name}"\\.)?"${key}" (= \\?|in \\(select value)|"${name}"\\."${key}" =|= "${name}"\\."${key}"`,
          'g',
        )
        const times = [...sql.matchAll(own)].length
        if (times < reads) complaints.push(`names ${name} ${reads} times and its ${key} ${times} times`)
      }
      const into = new RegExp(`insert into "${name}" \\(([^)]*)\\) values \\(`, 'i').exec(sql)
      if (!into) continue
      const at = (into[1] ?? '').split(', ').indexOf(`"${key}"`)
      const before = sql.slice(into.index + into[0].length).split(', ')
      if (!before[at]?.startsWith('?')) complaints.push(`inserts into ${name} without a value for ${key}`)
      named.push({ key, position: before.slice(0, at).filter((one) => one === '?').length, list: false })
    }
  }
  const shape = { owners: named, complaints }
  shapes.set(sql, shape)
  return shape
}

/**
 * What of a ledger’s statement is not bound to the actor’s own unit: a table that it names without its owner’s id, or
 * an owner’s id that is another’s. `may` are the ids of streets and districts it may name.
 */
export function unbound({ sql, values }: Asked, may: ReadonlySet<string>): string[] {
  const { owners: named, complaints } = shapeOf(sql)
  const others = named.flatMap(({ key, position, list }) => {
    const value = values[position]
    const found = list ? (JSON.parse(String(value)) as unknown[]) : [value]
    return found.filter((one) => !may.has(String(one))).map((one) => `binds ${key} to ${String(one)}`)
  })
  return [...complaints, ...others]
}

/** Streets and districts that an actor's statements may name. */
export function unitsOf(actor: Actor) {
  const { at } = actor
  if (at === undefined) return []
  return at.startsWith('d') ? [at, ...streetsOf(districtOf(at))] : [at, districtOf(at)]
}
