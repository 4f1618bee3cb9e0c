import { sql } from 'drizzle-orm'
import {
  type SQLiteTable,
  check,
  foreignKey,
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'
import { type Role, roles } from '@app/shared/capabilities'
import type { Json } from '@app/shared/events/chain'
import { exportStates } from '@app/shared/exports/schema'
import { type Deed, deeds } from '@app/shared/hazards/machine'
import { categories, keyPlaces, levels, sectors, sources, stages, states } from '@app/shared/hazards/words'
import type {
  CommunityId,
  DistrictId,
  EnterpriseId,
  ExportId,
  GridId,
  HazardId,
  NoticeId,
  PersonId,
  PhotoId,
  StreetId,
} from '@app/shared/ids'
import { noticeStates, type NoticeWords } from '@app/shared/notices/schema'
import type { Place } from '@app/shared/reach'
import { type Scheme, gradeWords } from '@app/shared/schemes/schema'
import type { ScoreLine } from '@app/shared/schemes/score'
import type { Day, Month } from '@app/shared/time'

const keysOf = <K extends string>(words: Record<K, unknown>) => Object.keys(words) as [K, ...K[]]

// What a street owns. -------------------------------------------------------------------------------------------------

/** The street's own copy of who works there: records, events and lists refer to it, since nothing joins across databases. */
export const people = sqliteTable(
  'people',
  {
    streetId: text().$type<StreetId>().notNull(),
    id: text().$type<PersonId>().notNull(),
    name: text().notNull(),
    role: text({ enum: keysOf<Role>(roles) }).notNull(),
    enterpriseId: text().$type<EnterpriseId>(),
    since: integer().notNull(),
    until: integer(),
  },
  (t) => [primaryKey({ columns: [t.streetId, t.id] })],
)

export const communities = sqliteTable(
  'communities',
  {
    streetId: text().$type<StreetId>().notNull(),
    id: text().$type<CommunityId>().notNull(),
    name: text().notNull(),
    statCode: text(),
    position: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.streetId, t.id] })],
)

export const grids = sqliteTable(
  'grids',
  {
    streetId: text().$type<StreetId>().notNull(),
    id: text().$type<GridId>().notNull(),
    communityId: text().$type<CommunityId>().notNull(),
    name: text().notNull(),
    position: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.id] }),
    foreignKey({ columns: [t.streetId, t.communityId], foreignColumns: [communities.streetId, communities.id] }),
    unique('grids_with_community').on(t.streetId, t.communityId, t.id),
  ],
)

export const enterprises = sqliteTable(
  'enterprises',
  {
    streetId: text().$type<StreetId>().notNull(),
    id: text().$type<EnterpriseId>().notNull(),
    communityId: text().$type<CommunityId>().notNull(),
    gridId: text().$type<GridId>().notNull(),
    name: text().notNull(),
    address: text().notNull(),
    keyPlace: text({ enum: keysOf(keyPlaces) }),
    principalId: text().$type<PersonId>(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.id] }),
    foreignKey({
      columns: [t.streetId, t.communityId, t.gridId],
      foreignColumns: [grids.streetId, grids.communityId, grids.id],
    }),
    // What a hazard refers to, so that its enterprise and its grid belong together.
    unique('enterprises_with_grid').on(t.streetId, t.gridId, t.id),
    index('enterprises_by_community').on(t.streetId, t.communityId, t.name),
  ],
)

export const hazards = sqliteTable(
  'hazards',
  {
    streetId: text().$type<StreetId>().notNull(),
    id: text().$type<HazardId>().notNull(),
    number: text().notNull(),
    year: integer().notNull(),
    serial: integer().notNull(),
    communityId: text().$type<CommunityId>().notNull(),
    gridId: text().$type<GridId>().notNull(),
    enterpriseId: text().$type<EnterpriseId>(),
    place: text().notNull(),
    category: text({ enum: keysOf(categories) }).notNull(),
    sector: text({ enum: keysOf(sectors) }).notNull(),
    keyPlace: text({ enum: keysOf(keyPlaces) }),
    source: text({ enum: keysOf(sources) }).notNull(),
    selfFound: integer({ mode: 'boolean' }).notNull(),
    description: text().notNull(),
    level: text({ enum: keysOf(levels) }).notNull(),
    state: text({ enum: keysOf(states) }).notNull(),
    /** Follows the state, for the indexes: still to be done, or done with. */
    open: integer({ mode: 'boolean' }).notNull(),
    round: integer().notNull(),
    dueOn: text().$type<Day>(),
    responsibleId: text().$type<PersonId>(),
    responsible: text(),
    measures: text(),
    funds: text(),
    plan: text(),
    filedBy: text().$type<PersonId>().notNull(),
    rectifiers: text({ mode: 'json' }).$type<PersonId[]>().notNull(),
    checkers: text({ mode: 'json' }).$type<PersonId[]>().notNull(),
    closedBy: text().$type<PersonId>(),
    voidAskedBy: text().$type<PersonId>(),
    observedAt: integer().notNull(),
    receivedAt: integer().notNull(),
    closedAt: integer(),
    cover: text().$type<PhotoId>(),
    version: integer().notNull(),
    // Spares a read of the events before each change, and shows when their tail was cut off.
    head: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.id] }),
    foreignKey({
      columns: [t.streetId, t.communityId, t.gridId],
      foreignColumns: [grids.streetId, grids.communityId, grids.id],
    }),
    foreignKey({
      columns: [t.streetId, t.gridId, t.enterpriseId],
      foreignColumns: [enterprises.streetId, enterprises.gridId, enterprises.id],
    }),
    uniqueIndex('hazards_by_number').on(t.streetId, t.year, t.serial),
    // Each list has an index that ends in what breaks its ties, or every page would be sorted and read twice.
    index('hazards_by_time').on(t.streetId, t.open, t.receivedAt, t.id),
    index('hazards_by_community').on(t.streetId, t.communityId, t.open, t.receivedAt, t.id),
    index('hazards_by_grid').on(t.streetId, t.gridId, t.open, t.receivedAt, t.id),
    index('hazards_by_enterprise')
      .on(t.streetId, t.enterpriseId, t.open, t.receivedAt, t.id)
      .where(sql`enterprise_id is not null`),
    index('hazards_by_due')
      .on(t.streetId, t.dueOn, t.id)
      .where(sql`open = 1`),
    index('hazards_by_responsible')
      .on(t.streetId, t.responsibleId, t.dueOn, t.id)
      .where(sql`open = 1 and responsible_id is not null`),
    index('hazards_by_level')
      .on(t.streetId, t.level, t.receivedAt, t.id)
      .where(sql`level <> 'ordinary'`),
  ],
)

/** One pass through the loop: what scores are computed from. The row of an earlier round is never touched again. */
export const hazardRounds = sqliteTable(
  'hazard_rounds',
  {
    streetId: text().$type<StreetId>().notNull(),
    hazardId: text().$type<HazardId>().notNull(),
    round: integer().notNull(),
    beganAt: integer().notNull(),
    beganReceivedAt: integer().notNull(),
    dueOn: text().$type<Day>(),
    closedAt: integer(),
    closedReceivedAt: integer(),
    voidedReceivedAt: integer(),
    majorReceivedAt: integer(),
    threeReceivedAt: integer(),
    fiveReceivedAt: integer(),
    /** When it was closed or voided; null while it runs. */
    endedAt: integer(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.hazardId, t.round] }),
    foreignKey({ columns: [t.streetId, t.hazardId], foreignColumns: [hazards.streetId, hazards.id] }),
    index('hazard_rounds_by_end').on(t.streetId, t.endedAt),
  ],
)

/** What was done to each hazard, chained by hash. Two writers of the same `seq` collide, and the later batch is lost whole. */
export const hazardEvents = sqliteTable(
  'hazard_events',
  {
    streetId: text().$type<StreetId>().notNull(),
    hazardId: text().$type<HazardId>().notNull(),
    seq: integer().notNull(),
    round: integer().notNull(),
    deed: text({ enum: keysOf<Deed>(deeds) }).notNull(),
    actor: text().$type<PersonId>().notNull(),
    role: text({ enum: keysOf<Role>(roles) }).notNull(),
    observedAt: integer().notNull(),
    receivedAt: integer().notNull(),
    before: text({ mode: 'json' }).$type<Json>().notNull(),
    after: text({ mode: 'json' }).$type<Json>().notNull(),
    photos: text({ mode: 'json' }).$type<PhotoId[]>().notNull(),
    /** What the person said of the deed; null where nothing was said, or once erased. */
    said: text(),
    /** Free text and personal columns as the deed left them; only their salted digest is sealed. */
    texts: text({ mode: 'json' }).$type<Json>(),
    salt: text(),
    wordsDigest: text().notNull(),
    hash: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.hazardId, t.seq] }),
    foreignKey({ columns: [t.streetId, t.hazardId], foreignColumns: [hazards.streetId, hazards.id] }),
    // The day's events in order, for its anchor.
    index('hazard_events_by_time').on(t.streetId, t.receivedAt),
  ],
)

/** Photos that were uploaded. A row comes before its object, so that no object is ever without one. */
export const photos = sqliteTable(
  'photos',
  {
    streetId: text().$type<StreetId>().notNull(),
    id: text().$type<PhotoId>().notNull(),
    width: integer().notNull(),
    height: integer().notNull(),
    by: text().$type<PersonId>().notNull(),
    at: integer().notNull(),
    state: text({ enum: ['coming', 'kept'] }).notNull(),
    /** Part of a record, and so kept for as long as that is. */
    bound: integer({ mode: 'boolean' }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.id] }),
    index('photos_unbound')
      .on(t.streetId, t.at)
      .where(sql`bound = 0`),
  ],
)

export const hazardPhotos = sqliteTable(
  'hazard_photos',
  {
    streetId: text().$type<StreetId>().notNull(),
    hazardId: text().$type<HazardId>().notNull(),
    round: integer().notNull(),
    stage: text({ enum: keysOf(stages) }).notNull(),
    photoId: text().$type<PhotoId>().notNull(),
    by: text().$type<PersonId>().notNull(),
    observedAt: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.hazardId, t.round, t.stage, t.photoId] }),
    foreignKey({ columns: [t.streetId, t.hazardId], foreignColumns: [hazards.streetId, hazards.id] }),
    foreignKey({ columns: [t.streetId, t.photoId], foreignColumns: [photos.streetId, photos.id] }),
    // Who may see a photo is whoever may see a hazard it belongs to.
    index('hazard_photos_by_photo').on(t.streetId, t.photoId),
  ],
)

export const auditLog = sqliteTable(
  'audit_log',
  {
    streetId: text().$type<StreetId>().notNull(),
    id: text().notNull(),
    actor: text().notNull(),
    capability: text().notNull(),
    subject: text().notNull(),
    at: integer().notNull(),
    changed: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.id] }),
    // Fails, and so rolls the whole batch back, when the write it records touched no row.
    check('subject_changed', sql`${t.changed} > 0`),
  ],
)

/** Which of a street's records its district opened, one row per person, record and day; kept for the street to see. */
export const accessLog = sqliteTable(
  'access_log',
  {
    streetId: text().$type<StreetId>().notNull(),
    day: text().$type<Day>().notNull(),
    actor: text().$type<PersonId>().notNull(),
    subject: text().$type<HazardId>().notNull(),
    districtId: text().$type<DistrictId>().notNull(),
    times: integer().notNull(),
    lastAt: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.streetId, t.day, t.actor, t.subject] })],
)

/** Answers already given, by the key of the request, so that a retry gets its answer again and not its deed. */
export const answers = sqliteTable(
  'answers',
  {
    streetId: text().$type<StreetId>().notNull(),
    actor: text().notNull(),
    key: text().notNull(),
    request: text().notNull(),
    status: integer().notNull(),
    body: text().notNull(),
    at: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.streetId, t.actor, t.key] }), index('answers_by_time').on(t.streetId, t.at)],
)

/** The last number given out in a series and year. It moves in the deed's own batch, so no number is skipped or given twice. */
export const counters = sqliteTable(
  'counters',
  {
    streetId: text().$type<StreetId>().notNull(),
    series: text({ enum: ['hazard'] }).notNull(),
    year: integer().notNull(),
    last: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.streetId, t.series, t.year] })],
)

/** Each day's seal over the events that arrived in it, chained; what an owner of the database rewrites later shows against it. */
export const chainAnchors = sqliteTable(
  'chain_anchors',
  {
    streetId: text().$type<StreetId>().notNull(),
    day: text().$type<Day>().notNull(),
    events: integer().notNull(),
    previous: text().notNull(),
    digest: text().notNull(),
    at: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.streetId, t.day] })],
)

/** Packages that the street had made of itself. The row is the job's memory: what is done, and where to go on. */
export const streetExports = sqliteTable(
  'street_exports',
  {
    streetId: text().$type<StreetId>().notNull(),
    id: text().$type<ExportId>().notNull(),
    state: text({ enum: keysOf(exportStates) }).notNull(),
    by: text().$type<PersonId>().notNull(),
    at: integer().notNull(),
    /** Done so far; how many there are in all is known once the rows have been counted. */
    rows: integer().notNull().default(0),
    rowsInAll: integer().notNull().default(0),
    objects: integer().notNull().default(0),
    objectsInAll: integer().notNull().default(0),
    bytes: integer().notNull().default(0),
    /** Counts the units of work, so that of two runs at the same unit one is told that it is done. */
    step: integer().notNull().default(0),
    /** Until when a run has it to itself. */
    takenUntil: integer().notNull().default(0),
    work: text({ mode: 'json' }).$type<Json>(),
    /** Salt of the passphrase's derivation; travels in the manifest. */
    salt: text().notNull(),
    /** The key derived from the passphrase, wrapped with the deployment's; gone once the package is made. */
    wrappedKey: text(),
    /** The manifest's digest, once the package is whole. */
    digest: text(),
    readyAt: integer(),
    expiresAt: integer(),
    downloads: integer().notNull().default(0),
    error: text(),
    /** When its objects were taken away. */
    clearedAt: integer(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.id] }),
    // One at a time: two would only take turns at the same work.
    uniqueIndex('street_exports_making')
      .on(t.streetId)
      .where(sql`state = 'making'`),
    index('street_exports_kept')
      .on(t.streetId, t.expiresAt)
      .where(sql`cleared_at is null`),
  ],
)

// What a district owns. -----------------------------------------------------------------------------------------------

/** The district's own copy of who works there. */
export const overseers = sqliteTable(
  'overseers',
  {
    districtId: text().$type<DistrictId>().notNull(),
    id: text().$type<PersonId>().notNull(),
    name: text().notNull(),
    role: text({ enum: keysOf<Role>(roles) }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.districtId, t.id] })],
)

/** What a district decided about a street's hazard; written by `DistrictScope.decide` alone. */
export const decisions = sqliteTable(
  'decisions',
  {
    districtId: text().$type<DistrictId>().notNull(),
    streetId: text().$type<StreetId>().notNull(),
    hazardId: text().$type<HazardId>().notNull(),
    round: integer().notNull(),
    kind: text({ enum: ['determination'] }).notNull(),
    outcome: text({ enum: ['ordinary', 'major'] }).notNull(),
    words: text().notNull(),
    document: text(),
    by: text().$type<PersonId>().notNull(),
    at: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.streetId, t.hazardId, t.round, t.kind] }),
    index('decisions_by_time').on(t.districtId, t.at),
  ],
)

export const schemes = sqliteTable(
  'schemes',
  {
    districtId: text().$type<DistrictId>().notNull(),
    version: integer().notNull(),
    from: text().$type<Month>().notNull(),
    body: text({ mode: 'json' }).$type<Scheme>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.districtId, t.version] })],
)

/** Points of a period, made once. Its facts lie in R2 under `factsHash`. */
export const snapshots = sqliteTable(
  'snapshots',
  {
    districtId: text().$type<DistrictId>().notNull(),
    period: text().$type<Month>().notNull(),
    revision: integer().notNull(),
    schemeVersion: integer().notNull(),
    cutoffAt: integer().notNull(),
    factsHash: text().notNull(),
    factCount: integer().notNull(),
    scoresHash: text().notNull(),
    madeAt: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.districtId, t.period, t.revision] })],
)

export const streetScores = sqliteTable(
  'street_scores',
  {
    districtId: text().$type<DistrictId>().notNull(),
    period: text().$type<Month>().notNull(),
    revision: integer().notNull(),
    streetId: text().$type<StreetId>().notNull(),
    name: text().notNull(),
    /** Place in the table, those without a rank included. */
    position: integer().notNull(),
    total: real().notNull(),
    grade: text({ enum: keysOf(gradeWords) }).notNull(),
    rank: integer(),
    notApplicable: real().notNull(),
    lines: text({ mode: 'json' }).$type<ScoreLine[]>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.period, t.revision, t.streetId] }),
    foreignKey({
      columns: [t.districtId, t.period, t.revision],
      foreignColumns: [snapshots.districtId, snapshots.period, snapshots.revision],
    }),
  ],
)

export const notices = sqliteTable(
  'notices',
  {
    districtId: text().$type<DistrictId>().notNull(),
    id: text().$type<NoticeId>().notNull(),
    period: text().$type<Month>().notNull(),
    revision: integer().notNull(),
    state: text({ enum: keysOf(noticeStates) }).notNull(),
    number: text(),
    words: text({ mode: 'json' }).$type<NoticeWords>().notNull(),
    editors: text({ mode: 'json' }).$type<PersonId[]>().notNull(),
    editedAt: integer().notNull(),
    publishedBy: text().$type<PersonId>(),
    publishedAt: integer(),
    withdrawnAt: integer(),
    withdrawalReason: text(),
    /** The page as it was published; frozen from then on. */
    html: text(),
    version: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({
      columns: [t.districtId, t.period, t.revision],
      foreignColumns: [snapshots.districtId, snapshots.period, snapshots.revision],
    }),
    uniqueIndex('notices_by_number')
      .on(t.districtId, t.number)
      .where(sql`number is not null`),
    index('notices_by_time').on(t.districtId, t.editedAt, t.id),
    index('notices_by_publication')
      .on(t.districtId, t.publishedAt)
      .where(sql`published_at is not null`),
  ],
)

/** Who did what to the district's own records. */
export const districtLog = sqliteTable(
  'district_log',
  {
    districtId: text().$type<DistrictId>().notNull(),
    id: text().notNull(),
    actor: text().notNull(),
    capability: text().notNull(),
    subject: text().notNull(),
    why: text(),
    at: integer().notNull(),
    changed: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.districtId, t.id] }), check('district_subject_changed', sql`${t.changed} > 0`)],
)

export const districtAnswers = sqliteTable(
  'district_answers',
  {
    districtId: text().$type<DistrictId>().notNull(),
    actor: text().notNull(),
    key: text().notNull(),
    request: text().notNull(),
    status: integer().notNull(),
    body: text().notNull(),
    at: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.actor, t.key] }),
    index('district_answers_by_time').on(t.districtId, t.at),
  ],
)

/**
 * Work the schedule has left to do, one row under a key that says what (`score/2026-09`). The row is the truth and
 * the queue only a wake-up: a sweeper finds what the queue lost.
 */
export const jobs = sqliteTable(
  'jobs',
  {
    districtId: text().$type<DistrictId>().notNull(),
    key: text().notNull(),
    state: text({ enum: ['waiting', 'done', 'failed'] }).notNull(),
    /** The scheduled instant that asked for it; the job's `now`. */
    scheduledAt: integer().notNull(),
    wokenAt: integer().notNull(),
    attempts: integer().notNull(),
    error: text(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.key] }),
    index('jobs_waiting')
      .on(t.districtId, t.wokenAt)
      .where(sql`state = 'waiting'`),
  ],
)

// What each says of itself. -------------------------------------------------------------------------------------------

type ColumnName<T extends SQLiteTable> = keyof T['$inferSelect'] & string

/** What a street-owned table says of itself before a scope will serve it; `tables.test.ts` fails for one that does not. */
interface Declaration<T extends SQLiteTable, Hidden extends ColumnName<T>, Detail extends ColumnName<T>> {
  /**
   * What an actor's reach is compared with: columns of the row, or the row it hangs under.
   * `common`: shown whole to everybody with a post in the street. `whole street`: shown to nobody with a narrower
   * reach. `scope only`: never a relation at all.
   */
  reach:
    Record<Place, ColumnName<T>> | { through: 'hazards'; by: ColumnName<T> } | 'common' | 'whole street' | 'scope only'
  /** Columns about persons, which no district ever sees and no event holds but under a salted digest. */
  personal: readonly Hidden[]
  /** Columns a district sees only by opening the record, which the street can see it did. */
  detail: readonly Detail[]
  /** Why its rows are no data of the street's and stay behind when it is exported. Without this they travel. */
  stays?: string
}

function declare<T extends SQLiteTable, Hidden extends ColumnName<T> = never, Detail extends ColumnName<T> = never>(
  table: T,
  declaration: Declaration<T, Hidden, Detail>,
) {
  return { table, ...declaration, stays: declaration.stays }
}

export const streetOwned = {
  people: declare(people, { reach: 'common', personal: ['name'], detail: [] }),
  communities: declare(communities, { reach: 'common', personal: [], detail: [] }),
  grids: declare(grids, { reach: 'common', personal: [], detail: [] }),
  enterprises: declare(enterprises, {
    reach: { communities: 'communityId', grids: 'gridId', enterprise: 'id' },
    personal: ['principalId'],
    detail: ['name', 'address'],
  }),
  hazards: declare(hazards, {
    reach: { communities: 'communityId', grids: 'gridId', enterprise: 'enterpriseId' },
    personal: ['responsible', 'responsibleId'],
    detail: ['place', 'description', 'measures', 'funds', 'plan', 'enterpriseId', 'cover'],
  }),
  hazardRounds: declare(hazardRounds, { reach: { through: 'hazards', by: 'hazardId' }, personal: [], detail: [] }),
  hazardEvents: declare(hazardEvents, {
    reach: { through: 'hazards', by: 'hazardId' },
    personal: ['texts', 'salt'],
    detail: ['before', 'after', 'said', 'photos'],
  }),
  photos: declare(photos, { reach: 'scope only', personal: [], detail: [] }),
  hazardPhotos: declare(hazardPhotos, {
    reach: { through: 'hazards', by: 'hazardId' },
    personal: [],
    detail: ['photoId'],
  }),
  auditLog: declare(auditLog, { reach: 'whole street', personal: ['actor'], detail: [] }),
  accessLog: declare(accessLog, { reach: 'whole street', personal: ['actor'], detail: [] }),
  chainAnchors: declare(chainAnchors, { reach: 'whole street', personal: [], detail: [] }),
  answers: declare(answers, {
    reach: 'scope only',
    personal: [],
    detail: [],
    stays: 'answers to requests of this deployment, repeatable for thirty days',
  }),
  counters: declare(counters, { reach: 'scope only', personal: [], detail: [] }),
  streetExports: declare(streetExports, {
    reach: 'whole street',
    personal: ['by'],
    detail: [],
    stays: 'the making of packages, and keys of this deployment',
  }),
}
export type StreetOwned = keyof typeof streetOwned

/** District-owned tables whose rows about a street go with its export, to be read there and never to be taken in. */
export const appendices = { decisions }

/** District-owned tables; the last three are never relations, only the scope's own bookkeeping. */
export const districtOwned = {
  overseers,
  decisions,
  schemes,
  snapshots,
  streetScores,
  notices,
  jobs,
  districtLog,
  districtAnswers,
}
