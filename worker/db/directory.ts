import { foreignKey, index, integer, primaryKey, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core'
import { districtRoles, streetRoles } from '@app/shared/capabilities'
import type { DistrictId, PersonId, StreetId } from '@app/shared/ids'
import type { Reach } from '@app/shared/reach'
import type { LedgerName } from './client'

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
  /** When this person said to have read the privacy notice. */
  noticeSeenAt: integer(),
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
