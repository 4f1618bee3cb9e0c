import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, primaryKey, sqliteTable, text, unique, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { districtRoles, streetRoles } from '@app/shared/capabilities'
import type { Json } from '@app/shared/events/chain'
import type { DistrictId, ImportId, MoveId, PersonId, StreetId } from '@app/shared/ids'
import type { Reach } from '@app/shared/reach'
import { importStates } from '@app/shared/tenants/imports'
import { moveStates } from '@app/shared/tenants/moves'
import type { LedgerName } from './client'

const keysOf = <K extends string>(words: Record<K, unknown>) => Object.keys(words) as [K, ...K[]]

export const districts = sqliteTable(
  'districts',
  {
    id: text().$type<DistrictId>().primaryKey(),
    slug: text().notNull().unique(),
    name: text().notNull(),
    ledger: text().$type<LedgerName>().notNull(),
    /** Its data is invented. */
    demo: integer({ mode: 'boolean' }).notNull().default(false),
    suspendedAt: integer(),
  },
  (t) => [unique('districts_with_ledger').on(t.id, t.ledger)],
)

export const streets = sqliteTable(
  'streets',
  {
    id: text().$type<StreetId>().primaryKey(),
    districtId: text().$type<DistrictId>().notNull(),
    ledger: text().$type<LedgerName>().notNull(),
    slug: text().notNull().unique(),
    name: text().notNull(),
    /** `乐华`, as it begins the numbers of its hazards. */
    shortName: text().notNull(),
    /** The statistical code where it has one; never a key. */
    statCode: text(),
    suspendedAt: integer(),
    /** Its rows are being copied to where it moves; until it arrives it reads and does not write. */
    movingSince: integer(),
  },
  (t) => [
    // The ledger is part of the reference, so a street cannot be kept apart from its district.
    foreignKey({ columns: [t.districtId, t.ledger], foreignColumns: [districts.id, districts.ledger] }),
    index('streets_by_district').on(t.districtId),
  ],
)

/** The one namespace that districts and streets share in public addresses. */
export const slugs = sqliteTable('slugs', {
  slug: text().primaryKey(),
  kind: text({ enum: ['district', 'street'] }).notNull(),
  id: text().notNull(),
})

// The next five belong to the sign-in library; their columns are what it expects.

export const users = sqliteTable('users', {
  id: text().$type<PersonId>().primaryKey(),
  name: text().notNull(),
  email: text().notNull().unique(),
  emailVerified: integer({ mode: 'boolean' }).notNull().default(false),
  image: text(),
  username: text().notNull().unique(),
  displayUsername: text(),
  createdAt: integer({ mode: 'timestamp_ms' }).notNull(),
  updatedAt: integer({ mode: 'timestamp_ms' }).notNull(),
})

export const sessions = sqliteTable(
  'sessions',
  {
    id: text().primaryKey(),
    token: text().notNull().unique(),
    userId: text()
      .$type<PersonId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    expiresAt: integer({ mode: 'timestamp_ms' }).notNull(),
    ipAddress: text(),
    userAgent: text(),
    createdAt: integer({ mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (t) => [index('sessions_by_user').on(t.userId)],
)

export const accounts = sqliteTable(
  'accounts',
  {
    id: text().primaryKey(),
    accountId: text().notNull(),
    providerId: text().notNull(),
    userId: text()
      .$type<PersonId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    accessToken: text(),
    refreshToken: text(),
    idToken: text(),
    accessTokenExpiresAt: integer({ mode: 'timestamp_ms' }),
    refreshTokenExpiresAt: integer({ mode: 'timestamp_ms' }),
    scope: text(),
    password: text(),
    createdAt: integer({ mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (t) => [index('accounts_by_user').on(t.userId)],
)

export const verifications = sqliteTable('verifications', {
  id: text().primaryKey(),
  identifier: text().notNull(),
  value: text().notNull(),
  expiresAt: integer({ mode: 'timestamp_ms' }).notNull(),
  createdAt: integer({ mode: 'timestamp_ms' }).notNull(),
  updatedAt: integer({ mode: 'timestamp_ms' }).notNull(),
})

export const rateLimits = sqliteTable('rate_limits', {
  id: text().primaryKey(),
  key: text().notNull().unique(),
  count: integer().notNull(),
  lastRequest: integer().notNull(),
})

/** Failed sign-ins of a user name since the last good one, known or unknown alike; counted here, so that no restart forgets. */
export const signInFailures = sqliteTable('sign_in_failures', {
  username: text().primaryKey(),
  failures: integer().notNull(),
  lastAt: integer().notNull(),
  lockedUntil: integer().notNull(),
})

/** Who signed in, or failed to; 12 months are kept. */
export const signInLog = sqliteTable(
  'sign_in_log',
  {
    id: text().primaryKey(),
    username: text().notNull(),
    outcome: text({ enum: ['signed-in', 'refused', 'locked', 'signed-out', 'password-changed'] }).notNull(),
    at: integer().notNull(),
  },
  (t) => [index('sign_in_log_by_time').on(t.at)],
)

/**
 * A person's post in a street: what they may do there, and how far. It is `preparing` until the ledger knows the
 * person too, and only an `active` one opens the gate.
 */
export const streetPosts = sqliteTable(
  'street_posts',
  {
    streetId: text()
      .$type<StreetId>()
      .notNull()
      .references(() => streets.id),
    userId: text()
      .$type<PersonId>()
      .notNull()
      .references(() => users.id),
    role: text({ enum: streetRoles }).notNull(),
    reach: text({ mode: 'json' }).$type<Reach>().notNull(),
    state: text({ enum: ['preparing', 'active', 'ended'] }).notNull(),
    since: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.streetId, t.userId] }), index('street_posts_by_user').on(t.userId)],
)

export const districtPosts = sqliteTable(
  'district_posts',
  {
    districtId: text()
      .$type<DistrictId>()
      .notNull()
      .references(() => districts.id),
    userId: text()
      .$type<PersonId>()
      .notNull()
      .references(() => users.id),
    role: text({ enum: districtRoles }).notNull(),
    /** The sectors a member unit's person sees; null for all of them. */
    sectors: text({ mode: 'json' }).$type<string[]>(),
    state: text({ enum: ['preparing', 'active', 'ended'] }).notNull(),
    since: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.districtId, t.userId] }), index('district_posts_by_user').on(t.userId)],
)

/** Who runs the deployment: sees tenants and their health, never a ledger. */
export const operators = sqliteTable('operators', {
  userId: text()
    .$type<PersonId>()
    .primaryKey()
    .references(() => users.id),
})

/** A street on its way from one district to another. The row is the job's memory, and says who may go on. */
export const streetMoves = sqliteTable(
  'street_moves',
  {
    id: text().$type<MoveId>().primaryKey(),
    streetId: text()
      .$type<StreetId>()
      .notNull()
      .references(() => streets.id),
    state: text({ enum: keysOf(moveStates) }).notNull(),
    fromDistrict: text()
      .$type<DistrictId>()
      .notNull()
      .references(() => districts.id),
    fromLedger: text().$type<LedgerName>().notNull(),
    toDistrict: text()
      .$type<DistrictId>()
      .notNull()
      .references(() => districts.id),
    toLedger: text().$type<LedgerName>().notNull(),
    by: text().$type<PersonId>().notNull(),
    at: integer().notNull(),
    /** Rows copied so far, and how many there are. */
    rows: integer().notNull().default(0),
    rowsInAll: integer().notNull().default(0),
    step: integer().notNull().default(0),
    takenUntil: integer().notNull().default(0),
    work: text({ mode: 'json' }).$type<Json>(),
    /** Digest over every table of both sides, equal when it was switched. */
    digest: text(),
    switchedAt: integer(),
    releasedAt: integer(),
    error: text(),
  },
  (t) => [
    // Until its old rows are released a street cannot set out again.
    uniqueIndex('street_moves_open')
      .on(t.streetId)
      .where(sql`state not in ('released', 'cancelled')`),
    index('street_moves_by_street').on(t.streetId, t.at),
  ],
)

/** A street that comes with a package from another deployment. It is nobody's until the last write makes it a street. */
export const streetImports = sqliteTable(
  'street_imports',
  {
    id: text().$type<ImportId>().primaryKey(),
    districtId: text()
      .$type<DistrictId>()
      .notNull()
      .references(() => districts.id),
    slug: text().notNull(),
    state: text({ enum: keysOf(importStates) }).notNull(),
    by: text().$type<PersonId>().notNull(),
    at: integer().notNull(),
    size: integer().notNull(),
    /** The upload of parts to its object, and what became of each: number and etag. */
    upload: text().notNull(),
    /** Known once the package's manifest was read. */
    streetId: text().$type<StreetId>(),
    name: text(),
    files: integer().notNull().default(0),
    filesInAll: integer().notNull().default(0),
    rows: integer().notNull().default(0),
    objects: integer().notNull().default(0),
    bytes: integer().notNull().default(0),
    step: integer().notNull().default(0),
    takenUntil: integer().notNull().default(0),
    work: text({ mode: 'json' }).$type<Json>(),
    wrappedKey: text(),
    doneAt: integer(),
    error: text(),
    clearedAt: integer(),
  },
  (t) => [
    uniqueIndex('street_imports_open')
      .on(t.streetId)
      .where(sql`state <> 'done' and cleared_at is null`),
    index('street_imports_by_time').on(t.at),
  ],
)

/** Parts of a package that have arrived; the same part again takes the place of the first. */
export const importParts = sqliteTable(
  'import_parts',
  {
    importId: text()
      .$type<ImportId>()
      .notNull()
      .references(() => streetImports.id),
    part: integer().notNull(),
    etag: text().notNull(),
    bytes: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.importId, t.part] })],
)

/** What of the directory belongs to a street and travels with it; credentials, sessions and logs never do. */
export const travelling = { streetPosts }
