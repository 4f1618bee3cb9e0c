import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, primaryKey, sqliteTable, text, unique, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { keysOf } from '@app/shared/keys'
import { sessionKinds } from '@app/shared/accounts/policy'
import { results } from '@app/shared/accounts/schema'
import { securityKinds } from '@app/shared/accounts/words'
import { districtRoles, type Role, streetRoles } from '@app/shared/capabilities'
import type { Json } from '@app/shared/events/chain'
import type {
  DistrictId,
  EnterpriseId,
  ImportId,
  InvitationId,
  JoiningId,
  MoveId,
  PersonId,
  PostId,
  StreetId,
  UnitId,
} from '@app/shared/ids'
import { joinRoles } from '@app/shared/joining/schema'
import type { Reach } from '@app/shared/reach'
import { importStates } from '@app/shared/tenants/imports'
import { moveStates } from '@app/shared/tenants/moves'
import type { Day } from '@app/shared/time'
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
    /** `preparing`: its ledger does not know it yet, and no gate opens; `clearing`: taken away again unfinished. */
    state: text({ enum: ['preparing', 'active', 'clearing'] })
      .notNull()
      .default('active'),
    suspendedAt: integer(),
    /** As the operator gave it, shown to those who can only read meanwhile. */
    suspendedWhy: text(),
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
    /** `preparing`: its ledger is being filled, and no gate opens yet; `clearing`: taken away again unfinished. */
    state: text({ enum: ['preparing', 'active', 'clearing'] })
      .notNull()
      .default('active'),
    suspendedAt: integer(),
    suspendedWhy: text(),
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
    /** The SHA-256 of what the cookie holds: who reads this table cannot sign in with it. */
    token: text().notNull().unique(),
    userId: text()
      .$type<PersonId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The end, however much it is used. */
    expiresAt: integer({ mode: 'timestamp_ms' }).notNull(),
    ipAddress: text(),
    userAgent: text(),
    createdAt: integer({ mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    kind: text({ enum: sessionKinds }).notNull().default('desk'),
    /** What is still wanted before it opens any gate: a second factor, or a password of one's own. */
    stage: text({ enum: ['second-factor', 'password', 'full'] })
      .notNull()
      .default('full'),
    /** The SHA-256 of the device's cookie; a session that comes without its device is refused. */
    deviceHash: text(),
    /** In milliseconds. */
    idleFor: integer(),
    /** Written every few minutes at most. */
    lastSeenAt: integer(),
    /** When a password or second factor was last given in it. */
    verifiedAt: integer(),
    secondFactorAt: integer(),
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
    /** Set by somebody else: it opens nothing but the change to one's own. */
    oneTime: integer({ mode: 'boolean' }).notNull().default(false),
    createdAt: integer({ mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (t) => [index('accounts_by_user').on(t.userId)],
)

// The next four were the last release's. It may still write them while this one is being deployed, so they are dropped
// by the next; nothing here reads them but the clearing away of a sign-in log that has come of age.

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

export const signInFailures = sqliteTable('sign_in_failures', {
  username: text().primaryKey(),
  failures: integer().notNull(),
  lastAt: integer().notNull(),
  lockedUntil: integer().notNull(),
})

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

/** Tries to sign in, under `account:…`, `device:…`, `address:…` or `factor:…`; here, so that no restart forgets them. */
export const signInLimits = sqliteTable('sign_in_limits', {
  key: text().primaryKey(),
  count: integer().notNull(),
  lastAt: integer().notNull(),
  shutUntil: integer().notNull(),
})

/** Devices that a person signed in from, by the SHA-256 of the device's cookie. */
export const knownDevices = sqliteTable(
  'known_devices',
  {
    userId: text()
      .$type<PersonId>()
      .notNull()
      .references(() => users.id),
    deviceHash: text().notNull(),
    lastAt: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.deviceHash] })],
)

/** A person's second factor (TOTP); it counts once confirmed. */
export const secondFactors = sqliteTable('second_factors', {
  userId: text()
    .$type<PersonId>()
    .primaryKey()
    .references(() => users.id),
  /** Encrypted with a key of the deployment's secret, for this person alone. */
  secret: text().notNull(),
  confirmedAt: integer(),
  /** The 30-second step of the last code that was taken; none of it or before is taken again. */
  lastStep: integer().notNull().default(0),
})

/** Codes for who lost the second factor: keyed digests, each good once. */
export const recoveryCodes = sqliteTable(
  'recovery_codes',
  {
    userId: text()
      .$type<PersonId>()
      .notNull()
      .references(() => users.id),
    codeHash: text().notNull(),
    usedAt: integer(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.codeHash] })],
)

/** Who an account's rules, events and blocks belong to; the platform's id is `platform`. */
export const ownerKinds = ['street', 'district', 'platform'] as const

/** How an owner wants its people to sign in; without a row, the defaults hold. Spans in minutes. */
export const securityPolicies = sqliteTable(
  'security_policies',
  {
    ownerKind: text({ enum: ownerKinds }).notNull(),
    ownerId: text().notNull(),
    secondFactorRoles: text({ mode: 'json' }).$type<Role[]>().notNull(),
    deskIdle: integer().notNull(),
    deskTotal: integer().notNull(),
    phoneIdle: integer().notNull(),
    phoneTotal: integer().notNull(),
    verifyAgain: integer().notNull(),
    composedPasswords: integer({ mode: 'boolean' }).notNull(),
    changedAt: integer().notNull(),
    changedBy: text().$type<PersonId>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.ownerKind, t.ownerId] })],
)

/** People whom an owner does not let in for now, whatever posts they hold there. */
export const blockedPosts = sqliteTable(
  'blocked_posts',
  {
    ownerKind: text({ enum: ownerKinds }).notNull(),
    ownerId: text().notNull(),
    userId: text()
      .$type<PersonId>()
      .notNull()
      .references(() => users.id),
    at: integer().notNull(),
    by: text().$type<PersonId>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.ownerKind, t.ownerId, t.userId] })],
)

/** Links with which a person sets a password, each good once: only the SHA-256 of the token is here. */
export const invitations = sqliteTable(
  'invitations',
  {
    tokenHash: text().primaryKey(),
    userId: text()
      .$type<PersonId>()
      .notNull()
      .references(() => users.id),
    purpose: text({ enum: ['first', 'reset'] }).notNull(),
    at: integer().notNull(),
    by: text().$type<PersonId>().notNull(),
    expiresAt: integer().notNull(),
    usedAt: integer(),
  },
  (t) => [index('invitations_by_user').on(t.userId)],
)

/**
 * Invitations to a post of a street, each good once for whoever accepts it: only the SHA-256 of the token is here.
 * Until the post is there, whoever has taken one may take it again, so that what stopped half-way can be finished.
 */
export const invitedPosts = sqliteTable(
  'invited_posts',
  {
    streetId: text()
      .$type<StreetId>()
      .notNull()
      .references(() => streets.id),
    id: text().$type<InvitationId>().notNull(),
    tokenHash: text().notNull(),
    /** The id that the post will have. */
    postId: text().$type<PostId>().notNull(),
    role: text({ enum: streetRoles }).notNull(),
    reach: text({ mode: 'json' }).$type<Reach>().notNull(),
    title: text(),
    unitId: text().$type<UnitId>(),
    from: text().$type<Day>(),
    until: text().$type<Day>(),
    by: text().$type<PersonId>().notNull(),
    at: integer().notNull(),
    expiresAt: integer().notNull(),
    takenBy: text().$type<PersonId>(),
    withdrawnAt: integer(),
  },
  (t) => [primaryKey({ columns: [t.streetId, t.id] }), uniqueIndex('invited_posts_by_token').on(t.tokenHash)],
)

/**
 * 企业二维码: the stable address that a unit's poster bears, for as long as it is not revoked. Here and not in a ledger,
 * since who scans it names no street.
 */
export const posters = sqliteTable(
  'posters',
  {
    code: text().primaryKey(),
    streetId: text()
      .$type<StreetId>()
      .notNull()
      .references(() => streets.id),
    enterpriseId: text().$type<EnterpriseId>().notNull(),
    by: text().$type<PersonId>().notNull(),
    at: integer().notNull(),
    revokedAt: integer(),
  },
  (t) => [
    // One at a time; of two that are made at once the later finds the first.
    uniqueIndex('posters_standing')
      .on(t.streetId, t.enterpriseId)
      .where(sql`revoked_at is null`),
  ],
)

/** Six digits that let one person in as one of a unit's people, told by word of mouth: only a keyed digest is here. */
export const joiningCodes = sqliteTable(
  'joining_codes',
  {
    streetId: text()
      .$type<StreetId>()
      .notNull()
      .references(() => streets.id),
    enterpriseId: text().$type<EnterpriseId>().notNull(),
    role: text({ enum: joinRoles }).notNull(),
    digest: text().notNull(),
    by: text().$type<PersonId>().notNull(),
    at: integer().notNull(),
    expiresAt: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.streetId, t.enterpriseId, t.role] })],
)

/** Who asks to be let in without a code, until the street decides; the browser that asked holds the token. */
export const joinings = sqliteTable(
  'joinings',
  {
    streetId: text()
      .$type<StreetId>()
      .notNull()
      .references(() => streets.id),
    id: text().$type<JoiningId>().notNull(),
    enterpriseId: text().$type<EnterpriseId>().notNull(),
    /** What the unit was called then, as the street is shown it. */
    unit: text().notNull(),
    role: text({ enum: joinRoles }).notNull(),
    name: text().notNull(),
    tokenHash: text().notNull(),
    at: integer().notNull(),
    expiresAt: integer().notNull(),
    decidedAt: integer(),
    decidedBy: text().$type<PersonId>(),
    approved: integer({ mode: 'boolean' }),
    why: text(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.id] }),
    uniqueIndex('joinings_by_token').on(t.tokenHash),
    index('joinings_waiting')
      .on(t.streetId, t.at)
      .where(sql`decided_at is null`),
  ],
)

/** The making of the first operator: one row once it is done, and the door is shut for ever. */
export const setups = sqliteTable('setups', {
  /** Always 1, so that of two at once one collides. */
  id: integer().primaryKey(),
  userId: text().$type<PersonId>().notNull(),
  at: integer().notNull(),
})

/**
 * Who signed in or tried to, and who administered whose account: only ever appended to, each line sealed onto the one
 * before it, kept for twelve months. Triggers refuse any update, and any deletion of a younger line.
 */
export const securityEvents = sqliteTable(
  'security_events',
  {
    seq: integer().primaryKey(),
    at: integer().notNull(),
    kind: text({ enum: securityKinds }).notNull(),
    result: text({ enum: results }).notNull(),
    /** Who did it, where that is known. */
    actor: text().$type<PersonId>(),
    /** The user name that was given, or is the actor's. */
    username: text(),
    /** Whose account it was done to, where that is somebody else. */
    subject: text().$type<PersonId>(),
    /** Whose people these are; null for a user name that nobody has. */
    ownerKind: text({ enum: ownerKinds }),
    ownerId: text(),
    address: text(),
    /** The first characters of the device's hash, enough to tell devices apart. */
    device: text(),
    agent: text(),
    requestId: text().notNull(),
    /** What more there is to say, in the product's own words. */
    detail: text(),
    hash: text().notNull(),
  },
  (t) => [
    index('security_events_by_owner').on(t.ownerKind, t.ownerId, t.at),
    index('security_events_by_kind').on(t.ownerKind, t.ownerId, t.kind, t.at),
    index('security_events_by_username').on(t.ownerKind, t.ownerId, t.username, t.at),
  ],
)

/** Where the chain of `security_events` begins since older lines were cleared away: the last of those. */
export const securityAnchors = sqliteTable('security_anchors', {
  seq: integer().primaryKey(),
  hash: text().notNull(),
  at: integer().notNull(),
})

/**
 * One of a person's posts in a street: what they may do in it, and how far, from one instant to another. It is
 * `preparing` until the ledger knows it too, and only an `active` one opens the gate, while it lasts.
 */
export const streetPosts = sqliteTable(
  'street_posts',
  {
    /** One in its street, and so nothing that another street could stumble upon. */
    id: text().$type<PostId>().notNull(),
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
    /** The instant it ends, excluded; null while that is open. */
    until: integer(),
    // Kept here too, so that an appointment which stopped half-way can be finished from here alone.
    title: text(),
    unitId: text().$type<UnitId>(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.id] }),
    index('street_posts_by_user').on(t.userId, t.streetId),
    index('street_posts_preparing')
      .on(t.since)
      .where(sql`state = 'preparing'`),
    // 主要负责人 is one: a trigger refuses another while a post lasts, of two at once the later.
    index('street_posts_principals')
      .on(t.streetId, sql`reach ->> '$.ids[0]'`)
      .where(sql`role = 'enterprise-principal' and state <> 'ended'`),
  ],
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
    until: integer(),
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
