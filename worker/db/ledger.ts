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
import { keysOf } from '@app/shared/keys'
import { type Role, roles } from '@app/shared/capabilities'
import type { Mapping } from '@app/shared/enterprises/columns'
import type { Draft } from '@app/shared/checklists/drafts'
import type { Answer, Template } from '@app/shared/checklists/schema'
import type { CriterionRef, CriterionWords } from '@app/shared/criteria/schema'
import type { Taken } from '@app/shared/enterprises/merging'
import type { CreditCode } from '@app/shared/enterprises/credit-code'
import type { Json } from '@app/shared/events/chain'
import { exportStates } from '@app/shared/exports/schema'
import {
  changeDeeds,
  colours,
  contactRoles,
  kinds,
  positionSources,
  sizes,
  standings,
} from '@app/shared/enterprises/words'
import type { FilingPeriod } from '@app/shared/filings/periods'
import type { ActWords, FilingWords } from '@app/shared/filings/rules'
import { acts as filingActWords, kinds as filingKinds, states as filingStates } from '@app/shared/filings/words'
import { type Deed, deeds, type Plea, type PleaAnswer } from '@app/shared/hazards/machine'
import { categories, keyPlaces, levels, type Sector, sectors, sources, stages, states } from '@app/shared/hazards/words'
import type { DrawWords } from '@app/shared/draws/rules'
import type { DrawFrom, DrawnUnit } from '@app/shared/draws/schema'
import type { RecordWords } from '@app/shared/inspections/rules'
import type { UnitThen } from '@app/shared/inspections/schema'
import { kinds as inspectionKinds } from '@app/shared/inspections/words'
import type {
  CommunityId,
  ContactId,
  DistrictId,
  DrawId,
  EnterpriseId,
  ExportId,
  FilingId,
  GridId,
  HazardId,
  ChargeId,
  InspectionId,
  MeasureId,
  MergeId,
  NoticeId,
  OwnCriterionId,
  PersonId,
  PhotoId,
  PostId,
  RiskPointId,
  SeatId,
  SelfcheckId,
  StreetId,
  TemplateId,
  UnitId,
} from '@app/shared/ids'
import { noticeStates, type NoticeWords } from '@app/shared/notices/schema'
import { seatWords } from '@app/shared/organisation/words'
import type { Place, Reach } from '@app/shared/reach'
import type { Measure, PointVersion } from '@app/shared/risks/schema'
import { lapses, pointDeeds } from '@app/shared/risks/words'
import { type Scheme, gradeWords } from '@app/shared/schemes/schema'
import type { ScoreLine } from '@app/shared/schemes/score'
import type { SelfcheckWords } from '@app/shared/selfchecks/rules'
import type { SettingKey, SettingValue } from '@app/shared/settings/catalogue'
import type { Day, Month } from '@app/shared/time'

// What a street owns. -------------------------------------------------------------------------------------------------

/** The street's own copy of who works there: records, events and lists refer to it, since nothing joins across databases. */
export const people = sqliteTable(
  'people',
  {
    streetId: text().$type<StreetId>().notNull(),
    id: text().$type<PersonId>().notNull(),
    name: text().notNull(),
    /** Initials of the name's pinyin (`张三` → `zs`), to be searched by. */
    initials: text().notNull().default(''),
    since: integer().notNull(),
    /** When the last post here ended; null while one lasts. */
    until: integer(),
    /** The telephone number under the street's key (`worker/tenancy/seals.ts`), and how lists show it. */
    phoneSealed: text(),
    phoneMask: text(),
    /** When this person's data were erased at their wish; the id stays, as a pseudonym. */
    erasedAt: integer(),
  },
  (t) => [primaryKey({ columns: [t.streetId, t.id] })],
)

/** A person's posts as the street keeps them: what `DIRECTORY` lets in, with what it has no need to know. */
export const posts = sqliteTable(
  'posts',
  {
    streetId: text().$type<StreetId>().notNull(),
    id: text().$type<PostId>().notNull(),
    personId: text().$type<PersonId>().notNull(),
    role: text({ enum: keysOf<Role>(roles) }).notNull(),
    reach: text({ mode: 'json' }).$type<Reach>().notNull(),
    enterpriseId: text().$type<EnterpriseId>(),
    unitId: text().$type<UnitId>(),
    /** What the street calls it: 应急办主任, 党工委副书记. */
    title: text(),
    since: integer().notNull(),
    until: integer(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.id] }),
    foreignKey({ columns: [t.streetId, t.personId], foreignColumns: [people.streetId, people.id] }),
    index('posts_by_person').on(t.streetId, t.personId),
    index('posts_by_enterprise')
      .on(t.streetId, t.enterpriseId)
      .where(sql`enterprise_id is not null`),
  ],
)

/**
 * A community keeps its id for as long as it is one. A grid that passes to another community, or a place that is
 * merged or split, is retired and another begins, so that what is past stays where it was.
 */
export const communities = sqliteTable(
  'communities',
  {
    streetId: text().$type<StreetId>().notNull(),
    id: text().$type<CommunityId>().notNull(),
    name: text().notNull(),
    statCode: text(),
    position: integer().notNull(),
    /** The first day it is no longer one; null while it is. */
    retiredOn: text().$type<Day>(),
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
    code: text(),
    position: integer().notNull(),
    retiredOn: text().$type<Day>(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.id] }),
    foreignKey({ columns: [t.streetId, t.communityId], foreignColumns: [communities.streetId, communities.id] }),
    unique('grids_with_community').on(t.streetId, t.communityId, t.id),
  ],
)

/** What became of places, and what they were called: one row each time one is added, renamed, emptied or retired. */
export const placeChanges = sqliteTable(
  'place_changes',
  {
    streetId: text().$type<StreetId>().notNull(),
    id: text().notNull(),
    placeId: text().$type<CommunityId | GridId>().notNull(),
    kind: text({ enum: ['added', 'renamed', 'moved', 'retired'] }).notNull(),
    /** Its name before, where it was renamed. */
    oldName: text(),
    /** Its name from then on. */
    name: text().notNull(),
    /** Where its hazards and enterprises went, and how many of each. */
    toId: text().$type<CommunityId | GridId>(),
    hazards: integer().notNull().default(0),
    enterprises: integer().notNull().default(0),
    on: text().$type<Day>().notNull(),
    by: text().$type<PersonId>().notNull(),
    why: text(),
    at: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.streetId, t.id] }), index('place_changes_by_place').on(t.streetId, t.placeId, t.id)],
)

/** 双包: who answers for a community (a leader) or a grid (a cadre), from one day to another. */
export const charges = sqliteTable(
  'charges',
  {
    streetId: text().$type<StreetId>().notNull(),
    id: text().$type<ChargeId>().notNull(),
    placeId: text().$type<CommunityId | GridId>().notNull(),
    kind: text({ enum: ['leader', 'cadre'] }).notNull(),
    personId: text().$type<PersonId>().notNull(),
    from: text().$type<Day>().notNull(),
    /** The first day it is no longer theirs; null while that is open. */
    until: text().$type<Day>(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.id] }),
    foreignKey({ columns: [t.streetId, t.personId], foreignColumns: [people.streetId, people.id] }),
    index('charges_by_place').on(t.streetId, t.placeId, t.from),
    index('charges_by_person').on(t.streetId, t.personId, t.from),
    // A place is one person's at a time. Whoever takes it ends what stands first; of two at once the later is refused.
    uniqueIndex('charges_open')
      .on(t.streetId, t.placeId, t.kind)
      .where(sql`until is null`),
    uniqueIndex('charges_begun')
      .on(t.streetId, t.placeId, t.kind, t.from)
      .where(sql`until is null or until > "from"`),
  ],
)

/** 成员单位 of the street, with the sectors they lead and join (管行业必须管安全, clause 2.2-a). */
export const units = sqliteTable(
  'units',
  {
    streetId: text().$type<StreetId>().notNull(),
    id: text().$type<UnitId>().notNull(),
    name: text().notNull(),
    leads: text({ mode: 'json' }).$type<Sector[]>().notNull(),
    joins: text({ mode: 'json' }).$type<Sector[]>().notNull(),
    /** What the duty rests on, in the street's own words. */
    basis: text(),
    retiredOn: text().$type<Day>(),
  },
  (t) => [primaryKey({ columns: [t.streetId, t.id] })],
)

/** 领导小组 with the posts of clause 4.1-a, from one day to another. */
export const seats = sqliteTable(
  'seats',
  {
    streetId: text().$type<StreetId>().notNull(),
    id: text().$type<SeatId>().notNull(),
    seat: text({ enum: keysOf(seatWords) }).notNull(),
    personId: text().$type<PersonId>(),
    /** Whoever has no account is named. */
    name: text().notNull(),
    title: text().notNull(),
    from: text().$type<Day>().notNull(),
    until: text().$type<Day>(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.id] }),
    index('seats_by_day').on(t.streetId, t.from),
    // `singleSeats`, spelled out: likewise.
    uniqueIndex('seats_single')
      .on(t.streetId, t.seat)
      .where(sql`until is null and seat in ('head', 'executive-deputy')`),
  ],
)

/** What the street has set otherwise than the default. */
export const settings = sqliteTable(
  'settings',
  {
    streetId: text().$type<StreetId>().notNull(),
    key: text().$type<SettingKey>().notNull(),
    value: text({ mode: 'json' }).$type<SettingValue>().notNull(),
    by: text().$type<PersonId>().notNull(),
    at: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.streetId, t.key] })],
)

/** What the street adds to the criteria catalogue, a row a version: the words never change, what became of them does once. */
export const ownCriteria = sqliteTable(
  'own_criteria',
  {
    streetId: text().$type<StreetId>().notNull(),
    id: text().$type<OwnCriterionId>().notNull(),
    version: integer().notNull(),
    words: text({ mode: 'json' }).$type<CriterionWords>().notNull(),
    latest: integer({ mode: 'boolean' }).notNull(),
    by: text().$type<PersonId>().notNull(),
    at: integer().notNull(),
    /** Who looked these words up, and where; null while nobody has. */
    verifiedBy: text().$type<PersonId>(),
    verifiedAt: integer(),
    lookedUp: text(),
    /** The first day on which it is used no longer. */
    retiredOn: text().$type<Day>(),
    retiredBy: text().$type<PersonId>(),
    retiredWhy: text(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.id, t.version] }),
    index('own_criteria_latest')
      .on(t.streetId, t.id)
      .where(sql`latest = 1`),
  ],
)

/** The checklists that the street writes itself, as they are written. */
export const checklists = sqliteTable(
  'checklists',
  {
    streetId: text().$type<StreetId>().notNull(),
    id: text().$type<TemplateId>().notNull(),
    /** The draft's. */
    title: text().notNull(),
    draft: text({ mode: 'json' }).$type<Draft>().notNull(),
    /** The street's own criteria that the draft's items rest on. */
    cited: text({ mode: 'json' }).$type<OwnCriterionId[]>().notNull(),
    /** Counts the changes of this row. */
    edition: integer().notNull(),
    /** The newest version that was published, and the edition it left; 0 for none. */
    latest: integer().notNull(),
    publishedEdition: integer().notNull(),
    retiredOn: text().$type<Day>(),
    by: text().$type<PersonId>().notNull(),
    at: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.streetId, t.id] })],
)

/** Their versions as they were published, which never change; `current` is the one that checks begin with. */
export const checklistVersions = sqliteTable(
  'checklist_versions',
  {
    streetId: text().$type<StreetId>().notNull(),
    id: text().$type<TemplateId>().notNull(),
    version: integer().notNull(),
    title: text().notNull(),
    kinds: text({ mode: 'json' }).$type<Template['kinds']>().notNull(),
    keyPlaces: text({ mode: 'json' }).$type<Template['keyPlaces']>().notNull(),
    sectors: text({ mode: 'json' }).$type<Template['sectors']>().notNull(),
    sections: text({ mode: 'json' }).$type<Template['sections']>().notNull(),
    items: integer().notNull(),
    /** The checklist that comes with the product which this one is offered instead of. */
    replaces: text().$type<TemplateId>(),
    /** The street's own criteria that its items rest on. */
    cited: text({ mode: 'json' }).$type<OwnCriterionId[]>().notNull(),
    current: integer({ mode: 'boolean' }).notNull(),
    publishedOn: text().$type<Day>().notNull(),
    by: text().$type<PersonId>().notNull(),
    at: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.id, t.version] }),
    foreignKey({ columns: [t.streetId, t.id], foreignColumns: [checklists.streetId, checklists.id] }),
    index('checklist_versions_current')
      .on(t.streetId, t.id)
      .where(sql`current = 1`),
  ],
)

/** How the street's own tables are read and written, once somebody has said what their columns are. */
export const importMappings = sqliteTable(
  'import_mappings',
  {
    streetId: text().$type<StreetId>().notNull(),
    what: text({ enum: ['enterprises'] }).notNull(),
    mapping: text({ mode: 'json' }).$type<Mapping>().notNull(),
    by: text().$type<PersonId>().notNull(),
    at: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.streetId, t.what] })],
)

/**
 * 企业材料: what a unit files of itself. A draft may change; what was filed is sealed, a permit goes on in `filingActs`,
 * and a correction takes a paper's place. It lies where its unit lies, which a trigger sees to when that moves.
 */
export const filings = sqliteTable(
  'filings',
  {
    streetId: text().$type<StreetId>().notNull(),
    id: text().$type<FilingId>().notNull(),
    enterpriseId: text().$type<EnterpriseId>().notNull(),
    communityId: text().$type<CommunityId>().notNull(),
    gridId: text().$type<GridId>().notNull(),
    kind: text({ enum: keysOf(filingKinds) }).notNull(),
    state: text({ enum: keysOf(filingStates) }).notNull(),
    /** Of a statement. */
    period: text().$type<FilingPeriod>(),
    /** The days it is about; `until` is the expiry of a certificate that is in use. */
    from: text().$type<Day>(),
    until: text().$type<Day>(),
    /** All that was written; null once erased. Only its salted digest is sealed. */
    words: text({ mode: 'json' }).$type<FilingWords>(),
    salt: text(),
    wordsDigest: text(),
    /** A certificate's number, as in `people`. */
    numberSealed: text(),
    numberMask: text(),
    draftedBy: text().$type<PersonId>().notNull(),
    draftedRole: text({ enum: keysOf<Role>(roles) }).notNull(),
    /** Who filed or confirmed it; the last writer of a draft. */
    by: text().$type<PersonId>().notNull(),
    role: text({ enum: keysOf<Role>(roles) }).notNull(),
    at: integer().notNull(),
    /** Counts the changes of a draft. */
    revision: integer().notNull(),
    /** 1 for the first; a correction is the next one, and names the paper in whose place it stands. */
    version: integer().notNull(),
    supersedes: text().$type<FilingId>(),
    /** Whether it counts: filed, and nothing took its place. */
    latest: integer({ mode: 'boolean' }).notNull(),
    hash: text(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.id] }),
    foreignKey({ columns: [t.streetId, t.enterpriseId], foreignColumns: [enterprises.streetId, enterprises.id] }),
    foreignKey({
      columns: [t.streetId, t.communityId, t.gridId],
      foreignColumns: [grids.streetId, grids.communityId, grids.id],
    }),
    // Of two corrections of one paper the later collides; so do two drafts, and two statements, of one period.
    uniqueIndex('filings_by_superseded')
      .on(t.streetId, t.supersedes)
      .where(sql`supersedes is not null and state <> 'draft'`),
    uniqueIndex('filings_drafts')
      .on(t.streetId, t.enterpriseId, t.kind, t.period)
      .where(sql`state = 'draft'`),
    uniqueIndex('filings_statements')
      .on(t.streetId, t.enterpriseId, t.kind, t.period)
      .where(sql`latest = 1 and period is not null`),
    index('filings_by_time')
      .on(t.streetId, t.at, t.id)
      .where(sql`latest = 1`),
    index('filings_by_kind')
      .on(t.streetId, t.kind, t.at, t.id)
      .where(sql`latest = 1`),
    index('filings_by_community')
      .on(t.streetId, t.communityId, t.at, t.id)
      .where(sql`latest = 1`),
    index('filings_by_grid')
      .on(t.streetId, t.gridId, t.at, t.id)
      .where(sql`latest = 1`),
    index('filings_by_enterprise')
      .on(t.streetId, t.enterpriseId, t.at, t.id)
      .where(sql`latest = 1`),
    // What a unit owes: the papers of one kind that are about days from one on.
    index('filings_by_unit')
      .on(t.streetId, t.enterpriseId, t.kind, t.until)
      .where(sql`latest = 1`),
    // Certificates, those that run out first before the others.
    index('filings_running_out')
      .on(t.streetId, t.until, t.id)
      .where(sql`latest = 1 and kind = 'certificate' and until is not null`),
    index('filings_running_out_in_community')
      .on(t.streetId, t.communityId, t.until, t.id)
      .where(sql`latest = 1 and kind = 'certificate' and until is not null`),
    index('filings_running_out_in_grid')
      .on(t.streetId, t.gridId, t.until, t.id)
      .where(sql`latest = 1 and kind = 'certificate' and until is not null`),
  ],
)

/** What was done to a permit after it was applied for, each once, sealed onto the paper. */
export const filingActs = sqliteTable(
  'filing_acts',
  {
    streetId: text().$type<StreetId>().notNull(),
    filingId: text().$type<FilingId>().notNull(),
    act: text({ enum: keysOf(filingActWords) }).notNull(),
    outcome: text({ enum: ['approved', 'refused'] }),
    by: text().$type<PersonId>().notNull(),
    role: text({ enum: keysOf<Role>(roles) }).notNull(),
    at: integer().notNull(),
    photos: text({ mode: 'json' }).$type<PhotoId[]>().notNull(),
    /** What was said; null once erased. */
    words: text({ mode: 'json' }).$type<ActWords>(),
    salt: text(),
    wordsDigest: text().notNull(),
    hash: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.filingId, t.act] }),
    foreignKey({ columns: [t.streetId, t.filingId], foreignColumns: [filings.streetId, filings.id] }),
  ],
)

/** Every picture that a paper or an act names: who may see one is whoever may see the paper. */
export const filingPhotos = sqliteTable(
  'filing_photos',
  {
    streetId: text().$type<StreetId>().notNull(),
    filingId: text().$type<FilingId>().notNull(),
    photoId: text().$type<PhotoId>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.filingId, t.photoId] }),
    foreignKey({ columns: [t.streetId, t.filingId], foreignColumns: [filings.streetId, filings.id] }),
    foreignKey({ columns: [t.streetId, t.photoId], foreignColumns: [photos.streetId, photos.id] }),
    index('filing_photos_by_photo').on(t.streetId, t.photoId),
  ],
)

/** 一企一档: every unit and key place under watch. What became of one lies in `enterpriseChanges`, a line a version. */
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
    /** Initials of the name's pinyin, to be searched by; empty for one that was entered before there were any. */
    initials: text().notNull().default(''),
    creditCode: text().$type<CreditCode>(),
    kind: text({ enum: keysOf(kinds) })
      .notNull()
      .default('enterprise'),
    /** Empty for one that was entered before they were asked for. */
    sectors: text({ mode: 'json' }).$type<Sector[]>().notNull().default([]),
    /** Why it counts as high-risk; null for one that does not. */
    highRisk: text(),
    crowded: integer({ mode: 'boolean' }).notNull().default(false),
    size: text({ enum: keysOf(sizes) }),
    staff: integer(),
    /** Square metres. */
    floorArea: integer(),
    /** WGS-84 degrees, and within how many metres they are right. */
    latitude: real(),
    longitude: real(),
    positionSource: text({ enum: keysOf(positionSources) }),
    positionAccuracy: real(),
    /** As its newest lines say. */
    standing: text({ enum: keysOf(standings) })
      .notNull()
      .default('active'),
    colour: text({ enum: keysOf(colours) }),
    /** The day of its last signed check; null for one that was never checked. */
    inspectedOn: text().$type<Day>(),
    /** The unit that it turned out to be; it is then in no list. */
    mergedInto: text().$type<EnterpriseId>(),
    version: integer().notNull().default(1),
    updatedAt: integer().notNull().default(0),
    /** The name as duplicates are looked for by it (`compactName`); empty for one that was entered before. */
    compactName: text().notNull().default(''),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.id] }),
    foreignKey({
      columns: [t.streetId, t.communityId, t.gridId],
      foreignColumns: [grids.streetId, grids.communityId, grids.id],
    }),
    uniqueIndex('enterprises_by_code')
      .on(t.streetId, t.creditCode)
      .where(sql`credit_code is not null and merged_into is null`),
    // A list is driven by the one filter that narrows most, in the order of names.
    index('enterprises_by_name').on(t.streetId, t.name, t.id),
    index('enterprises_by_grid').on(t.streetId, t.gridId, t.name, t.id),
    index('enterprises_by_community').on(t.streetId, t.communityId, t.name, t.id),
    index('enterprises_by_kind').on(t.streetId, t.kind, t.name, t.id),
    index('enterprises_by_colour')
      .on(t.streetId, t.colour, t.name, t.id)
      .where(sql`colour is not null`),
    index('enterprises_by_standing')
      .on(t.streetId, t.standing, t.name, t.id)
      .where(sql`standing <> 'active'`),
    index('enterprises_high_risk')
      .on(t.streetId, t.name, t.id)
      .where(sql`high_risk is not null`),
    // Whose turn it is: one colour at a time, the longest unchecked first.
    index('enterprises_by_turn')
      .on(t.streetId, t.colour, t.inspectedOn, t.id)
      .where(sql`standing = 'active'`),
    index('enterprises_by_turn_in_community')
      .on(t.streetId, t.communityId, t.colour, t.inspectedOn, t.id)
      .where(sql`standing = 'active'`),
    index('enterprises_by_turn_in_grid')
      .on(t.streetId, t.gridId, t.colour, t.inspectedOn, t.id)
      .where(sql`standing = 'active'`),
    // What may be the same unit once more; all that is asked of it stands in the index.
    index('enterprises_by_compact_name')
      .on(t.streetId, t.communityId, t.compactName, t.mergedInto, t.id)
      .where(sql`compact_name <> ''`),
    index('enterprises_by_address').on(t.streetId, t.communityId, t.address, t.mergedInto, t.id),
    index('enterprises_by_merging')
      .on(t.streetId, t.mergedInto, t.id)
      .where(sql`merged_into is not null`),
    index('enterprises_crowded')
      .on(t.streetId, t.name, t.id)
      .where(sql`crowded = 1`),
  ],
)

/** The sectors of every unit once more, each beside its name: what a list of one sector is read from in its order. */
export const enterpriseSectors = sqliteTable(
  'enterprise_sectors',
  {
    streetId: text().$type<StreetId>().notNull(),
    sector: text({ enum: keysOf(sectors) }).notNull(),
    name: text().notNull(),
    enterpriseId: text().$type<EnterpriseId>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.sector, t.name, t.enterpriseId] }),
    foreignKey({ columns: [t.streetId, t.enterpriseId], foreignColumns: [enterprises.streetId, enterprises.id] }),
  ],
)

/** What became of a unit, one line a version, never rewritten: its standing from a day on, its colours with their reasons. */
export const enterpriseChanges = sqliteTable(
  'enterprise_changes',
  {
    streetId: text().$type<StreetId>().notNull(),
    enterpriseId: text().$type<EnterpriseId>().notNull(),
    version: integer().notNull(),
    deed: text({ enum: keysOf(changeDeeds) }).notNull(),
    /** What was written anew, by the names of `EnterpriseFields`. */
    fields: text({ mode: 'json' }).$type<string[]>().notNull().default([]),
    /** From which day on it stands as `standing` says; both null where that did not change. */
    on: text().$type<Day>(),
    standing: text({ enum: keysOf(standings) }),
    colour: text({ enum: keysOf(colours) }),
    why: text(),
    /** A person's id, or `clock`. */
    by: text().notNull(),
    at: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.enterpriseId, t.version] }),
    foreignKey({ columns: [t.streetId, t.enterpriseId], foreignColumns: [enterprises.streetId, enterprises.id] }),
  ],
)

/** Who answers in a unit, with an account or without: its principal and its safety managers. */
export const enterpriseContacts = sqliteTable(
  'enterprise_contacts',
  {
    streetId: text().$type<StreetId>().notNull(),
    id: text().$type<ContactId>().notNull(),
    enterpriseId: text().$type<EnterpriseId>().notNull(),
    role: text({ enum: keysOf(contactRoles) }).notNull(),
    name: text().notNull(),
    /** As in `people`. */
    phoneSealed: text(),
    phoneMask: text(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.id] }),
    foreignKey({ columns: [t.streetId, t.enterpriseId], foreignColumns: [enterprises.streetId, enterprises.id] }),
    index('enterprise_contacts_by_enterprise').on(t.streetId, t.enterpriseId, t.id),
  ],
)

/**
 * 风险清单: what can come to harm in a unit, of which of the four levels, and what holds it in check. What became of
 * one lies in `riskPointChanges`, a line a version.
 */
export const riskPoints = sqliteTable(
  'risk_points',
  {
    streetId: text().$type<StreetId>().notNull(),
    id: text().$type<RiskPointId>().notNull(),
    enterpriseId: text().$type<EnterpriseId>().notNull(),
    name: text().notNull(),
    accident: text().notNull(),
    level: text({ enum: keysOf(colours) }).notNull(),
    reason: text().notNull(),
    measures: text({ mode: 'json' }).$type<Measure[]>().notNull(),
    /** The first day it is no longer listed; null while it is. */
    retiredOn: text().$type<Day>(),
    version: integer().notNull(),
    updatedAt: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.id] }),
    foreignKey({ columns: [t.streetId, t.enterpriseId], foreignColumns: [enterprises.streetId, enterprises.id] }),
    index('risk_points_by_enterprise').on(t.streetId, t.enterpriseId, t.id),
  ],
)

/** What a risk point said in each of its versions; only its words, which may name somebody, can ever be erased. */
export const riskPointChanges = sqliteTable(
  'risk_point_changes',
  {
    streetId: text().$type<StreetId>().notNull(),
    pointId: text().$type<RiskPointId>().notNull(),
    version: integer().notNull(),
    deed: text({ enum: keysOf(pointDeeds) }).notNull(),
    level: text({ enum: keysOf(colours) }).notNull(),
    words: text({ mode: 'json' }).$type<NonNullable<PointVersion['words']>>(),
    by: text().$type<PersonId>().notNull(),
    at: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.pointId, t.version] }),
    foreignKey({ columns: [t.streetId, t.pointId], foreignColumns: [riskPoints.streetId, riskPoints.id] }),
  ],
)

/**
 * Files that were put together: `enterpriseId` turned out to be `intoId`. What hangs under either stays where it lies
 * and is read through both, so that an undoing has nothing to bring back but what is written down here.
 */
export const enterpriseMerges = sqliteTable(
  'enterprise_merges',
  {
    streetId: text().$type<StreetId>().notNull(),
    id: text().$type<MergeId>().notNull(),
    enterpriseId: text().$type<EnterpriseId>().notNull(),
    intoId: text().$type<EnterpriseId>().notNull(),
    /** What the file that stays took over, by its columns, as it was before and became. */
    taken: text({ mode: 'json' }).$type<Taken>().notNull(),
    /** Files that had been merged into this one before, and went along. */
    carried: text({ mode: 'json' }).$type<EnterpriseId[]>().notNull(),
    why: text().notNull(),
    by: text().$type<PersonId>().notNull(),
    at: integer().notNull(),
    undoneWhy: text(),
    undoneBy: text().$type<PersonId>(),
    undoneAt: integer(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.id] }),
    foreignKey({ columns: [t.streetId, t.enterpriseId], foreignColumns: [enterprises.streetId, enterprises.id] }),
    foreignKey({ columns: [t.streetId, t.intoId], foreignColumns: [enterprises.streetId, enterprises.id] }),
    // A file is merged into one other at a time; of two that merge it the later is refused.
    uniqueIndex('enterprise_merges_standing')
      .on(t.streetId, t.enterpriseId)
      .where(sql`undone_at is null`),
    index('enterprise_merges_by_into').on(t.streetId, t.intoId, t.id),
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
    /** What its unit asks of the street; null where nothing waits for an answer. */
    plea: text({ mode: 'json' }).$type<Plea>(),
    /** Follows the plea, for the index. */
    answerDueOn: text().$type<Day>(),
    answered: text().$type<PleaAnswer>(),
    answeredAt: integer(),
    extensions: integer().notNull().default(0),
    /** The day it was due before it was put off for the first time. */
    firstDueOn: text().$type<Day>(),
    objections: integer().notNull().default(0),
    cover: text().$type<PhotoId>(),
    version: integer().notNull(),
    // Spares a read of the events before each change, and shows when their tail was cut off.
    head: text().notNull(),
    /** When its words and photos were erased, their term being over. */
    erasedAt: integer(),
    /** The control measure that was missing or failed, as it was worded when it was named; null until then. */
    lapse: text({ enum: keysOf(lapses) }),
    measureId: text().$type<MeasureId>(),
    measure: text(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.id] }),
    foreignKey({
      columns: [t.streetId, t.communityId, t.gridId],
      foreignColumns: [grids.streetId, grids.communityId, grids.id],
    }),
    // The enterprise alone: it may move to another grid, and a closed hazard stays where it was.
    foreignKey({ columns: [t.streetId, t.enterpriseId], foreignColumns: [enterprises.streetId, enterprises.id] }),
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
    index('hazards_by_answer')
      .on(t.streetId, t.answerDueOn, t.id)
      .where(sql`answer_due_on is not null`),
    index('hazards_settled')
      .on(t.streetId, t.receivedAt, t.id)
      .where(sql`state = 'settled'`),
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
    /** When it ended as 自查自改; null for every other. */
    settledReceivedAt: integer(),
    /** When it was closed, voided or settled; null while it runs. */
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

/** Records that are kept past their term, for a dispute or an inquiry. Who lifted one stands in the audit log. */
export const holds = sqliteTable(
  'holds',
  {
    streetId: text().$type<StreetId>().notNull(),
    hazardId: text().$type<HazardId>().notNull(),
    why: text().notNull(),
    by: text().$type<PersonId>().notNull(),
    at: integer().notNull(),
    /** Null: until somebody lifts it. */
    until: integer(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.hazardId] }),
    foreignKey({ columns: [t.streetId, t.hazardId], foreignColumns: [hazards.streetId, hazards.id] }),
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

/**
 * 自查: what a unit found when it went through its checklist itself. Signed once; from then on only its words may be
 * erased. It stays where the unit lay on that day.
 */
export const selfchecks = sqliteTable(
  'selfchecks',
  {
    streetId: text().$type<StreetId>().notNull(),
    id: text().$type<SelfcheckId>().notNull(),
    enterpriseId: text().$type<EnterpriseId>().notNull(),
    communityId: text().$type<CommunityId>().notNull(),
    gridId: text().$type<GridId>().notNull(),
    /** The month it is for. */
    month: text().$type<Month>().notNull(),
    /** How the unit was written down that day. */
    unit: text({ mode: 'json' }).$type<UnitThen>().notNull(),
    templateId: text().$type<TemplateId>().notNull(),
    templateVersion: integer().notNull(),
    /** Who did it and confirmed it, in which post. */
    by: text().$type<PersonId>().notNull(),
    role: text({ enum: keysOf<Role>(roles) }).notNull(),
    observedAt: integer().notNull(),
    receivedAt: integer().notNull(),
    /** What was touched on the checklist, without what was written in it. */
    answers: text({ mode: 'json' }).$type<Answer[]>().notNull(),
    /** Items that failed, and of them those that were put right at once. */
    findings: integer().notNull(),
    settled: integer().notNull(),
    /** The sentence that was confirmed. */
    statement: text().notNull(),
    /** What was written in the items; null once erased. Only its salted digest is sealed. */
    words: text({ mode: 'json' }).$type<SelfcheckWords>(),
    salt: text(),
    wordsDigest: text().notNull(),
    hash: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.id] }),
    foreignKey({ columns: [t.streetId, t.enterpriseId], foreignColumns: [enterprises.streetId, enterprises.id] }),
    foreignKey({
      columns: [t.streetId, t.communityId, t.gridId],
      foreignColumns: [grids.streetId, grids.communityId, grids.id],
    }),
    index('selfchecks_by_enterprise').on(t.streetId, t.enterpriseId, t.receivedAt, t.id),
    index('selfchecks_by_month').on(t.streetId, t.month, t.enterpriseId),
  ],
)

/** Which hazard an item of a self-check made, and what it was judged by, in the versions that these rows had. */
export const selfcheckFindings = sqliteTable(
  'selfcheck_findings',
  {
    streetId: text().$type<StreetId>().notNull(),
    selfcheckId: text().$type<SelfcheckId>().notNull(),
    item: text().notNull(),
    hazardId: text().$type<HazardId>().notNull(),
    basis: text({ mode: 'json' }).$type<readonly CriterionRef[]>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.selfcheckId, t.item] }),
    foreignKey({ columns: [t.streetId, t.selfcheckId], foreignColumns: [selfchecks.streetId, selfchecks.id] }),
    foreignKey({ columns: [t.streetId, t.hazardId], foreignColumns: [hazards.streetId, hazards.id] }),
    index('selfcheck_findings_by_hazard').on(t.streetId, t.hazardId, t.selfcheckId),
  ],
)

/**
 * 检查记录: signed, and from then on only its words may be erased and a correction take its place. It stays where the
 * unit lay on that day.
 */
export const inspections = sqliteTable(
  'inspections',
  {
    streetId: text().$type<StreetId>().notNull(),
    id: text().$type<InspectionId>().notNull(),
    kind: text({ enum: keysOf(inspectionKinds) }).notNull(),
    enterpriseId: text().$type<EnterpriseId>().notNull(),
    communityId: text().$type<CommunityId>().notNull(),
    gridId: text().$type<GridId>().notNull(),
    /** How the unit was written down that day. */
    unit: text({ mode: 'json' }).$type<UnitThen>().notNull(),
    templateId: text().$type<TemplateId>().notNull(),
    templateVersion: integer().notNull(),
    /** Who signed, in which post, and who took part besides. */
    by: text().$type<PersonId>().notNull(),
    role: text({ enum: keysOf<Role>(roles) }).notNull(),
    others: text({ mode: 'json' }).$type<PersonId[]>().notNull(),
    /** When it began and when it was signed, by the phone's clock; the latter null for one from before it was asked for. */
    observedAt: integer().notNull(),
    signedAt: integer(),
    receivedAt: integer().notNull(),
    /** WGS-84 degrees on arrival, and within how many metres they are right. */
    latitude: real(),
    longitude: real(),
    accuracy: real(),
    /** What was touched on the checklist, without what was written in it. */
    answers: text({ mode: 'json' }).$type<Answer[]>().notNull(),
    findings: integer().notNull(),
    ending: text({ enum: ['signed', 'refused'] }).notNull(),
    /** Both signatures, names and free text; null once erased. Only their salted digest is sealed. */
    words: text({ mode: 'json' }).$type<RecordWords>(),
    salt: text(),
    wordsDigest: text().notNull(),
    /** 1 for the first; a correction is the next one, and names the record in whose place it stands. */
    version: integer().notNull(),
    supersedes: text().$type<InspectionId>(),
    latest: integer({ mode: 'boolean' }).notNull(),
    hash: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.id] }),
    foreignKey({ columns: [t.streetId, t.enterpriseId], foreignColumns: [enterprises.streetId, enterprises.id] }),
    foreignKey({
      columns: [t.streetId, t.communityId, t.gridId],
      foreignColumns: [grids.streetId, grids.communityId, grids.id],
    }),
    // Of two corrections of one record the later collides.
    uniqueIndex('inspections_by_superseded')
      .on(t.streetId, t.supersedes)
      .where(sql`supersedes is not null`),
    index('inspections_by_time')
      .on(t.streetId, t.receivedAt, t.id)
      .where(sql`latest = 1`),
    index('inspections_by_community')
      .on(t.streetId, t.communityId, t.receivedAt, t.id)
      .where(sql`latest = 1`),
    index('inspections_by_grid')
      .on(t.streetId, t.gridId, t.receivedAt, t.id)
      .where(sql`latest = 1`),
    index('inspections_by_enterprise')
      .on(t.streetId, t.enterpriseId, t.receivedAt, t.id)
      .where(sql`latest = 1`),
    // Whose words may be past their term.
    index('inspections_worded')
      .on(t.streetId, t.receivedAt)
      .where(sql`salt is not null`),
  ],
)

/** Which hazard an item of a record made, and what it was judged by, in the versions that these rows had. */
export const inspectionFindings = sqliteTable(
  'inspection_findings',
  {
    streetId: text().$type<StreetId>().notNull(),
    inspectionId: text().$type<InspectionId>().notNull(),
    item: text().notNull(),
    hazardId: text().$type<HazardId>().notNull(),
    basis: text({ mode: 'json' }).$type<readonly CriterionRef[]>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.inspectionId, t.item] }),
    foreignKey({ columns: [t.streetId, t.inspectionId], foreignColumns: [inspections.streetId, inspections.id] }),
    foreignKey({ columns: [t.streetId, t.hazardId], foreignColumns: [hazards.streetId, hazards.id] }),
    index('inspection_findings_by_hazard').on(t.streetId, t.hazardId, t.inspectionId),
  ],
)

/** Every picture that a record names, signatures included: who may see one is whoever may see the record. */
export const inspectionPhotos = sqliteTable(
  'inspection_photos',
  {
    streetId: text().$type<StreetId>().notNull(),
    inspectionId: text().$type<InspectionId>().notNull(),
    photoId: text().$type<PhotoId>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.inspectionId, t.photoId] }),
    foreignKey({ columns: [t.streetId, t.inspectionId], foreignColumns: [inspections.streetId, inspections.id] }),
    foreignKey({ columns: [t.streetId, t.photoId], foreignColumns: [photos.streetId, photos.id] }),
    index('inspection_photos_by_photo').on(t.streetId, t.photoId),
  ],
)

/** 双随机: a draw as it was done, with all that is needed to do it again; only its words may be erased. */
export const draws = sqliteTable(
  'draws',
  {
    streetId: text().$type<StreetId>().notNull(),
    id: text().$type<DrawId>().notNull(),
    purpose: text().notNull(),
    /** 1 for the first draw of its purpose. */
    turn: integer().notNull(),
    from: text({ mode: 'json' }).$type<DrawFrom>().notNull(),
    seed: text().notNull(),
    count: integer().notNull(),
    perUnit: integer().notNull(),
    until: text().$type<Day>().notNull(),
    /** From whom was drawn, in the order of ids, and who was excused beforehand. */
    units: text({ mode: 'json' }).$type<EnterpriseId[]>().notNull(),
    inspectors: text({ mode: 'json' }).$type<PersonId[]>().notNull(),
    excused: text({ mode: 'json' }).$type<PersonId[]>().notNull(),
    drawn: text({ mode: 'json' }).$type<DrawnUnit[]>().notNull(),
    by: text().$type<PersonId>().notNull(),
    at: integer().notNull(),
    /** Reasons that people wrote; null once erased. Only their salted digest is sealed. */
    words: text({ mode: 'json' }).$type<DrawWords>(),
    salt: text(),
    wordsDigest: text().notNull(),
    hash: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.id] }),
    // Of two draws for one purpose at once the later collides.
    uniqueIndex('draws_by_purpose').on(t.streetId, t.purpose, t.turn),
    index('draws_by_time').on(t.streetId, t.at, t.id),
  ],
)

/** Who was drawn for which unit: on the person's day until the unit is checked, the day is past, or it is drawn again. */
export const drawAssignments = sqliteTable(
  'draw_assignments',
  {
    streetId: text().$type<StreetId>().notNull(),
    drawId: text().$type<DrawId>().notNull(),
    enterpriseId: text().$type<EnterpriseId>().notNull(),
    personId: text().$type<PersonId>().notNull(),
    /** Who goes along. */
    others: text({ mode: 'json' }).$type<PersonId[]>().notNull(),
    until: text().$type<Day>().notNull(),
    open: integer({ mode: 'boolean' }).notNull(),
    /** The check that settled it. */
    inspectionId: text().$type<InspectionId>(),
  },
  (t) => [
    primaryKey({ columns: [t.streetId, t.drawId, t.enterpriseId, t.personId] }),
    foreignKey({ columns: [t.streetId, t.drawId], foreignColumns: [draws.streetId, draws.id] }),
    foreignKey({ columns: [t.streetId, t.enterpriseId], foreignColumns: [enterprises.streetId, enterprises.id] }),
    index('draw_assignments_by_person')
      .on(t.streetId, t.personId, t.until)
      .where(sql`open = 1`),
    index('draw_assignments_by_enterprise')
      .on(t.streetId, t.enterpriseId)
      .where(sql`open = 1`),
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

/**
 * A street whose rows are just being taken out of this ledger, after a move or a failed import: a row of it lives for one
 * batch, and while it does the triggers let the street's logs and events be deleted.
 */
export const leavings = sqliteTable('leavings', { streetId: text().$type<StreetId>().notNull() }, (t) => [
  primaryKey({ columns: [t.streetId] }),
])

// What a district owns. -----------------------------------------------------------------------------------------------

/** The district's own copy of who works there. */
export const overseers = sqliteTable(
  'overseers',
  {
    districtId: text().$type<DistrictId>().notNull(),
    id: text().$type<PersonId>().notNull(),
    name: text().notNull(),
    role: text({ enum: keysOf<Role>(roles) }).notNull(),
    unitId: text().$type<UnitId>(),
    since: integer().notNull().default(0),
    until: integer(),
  },
  (t) => [primaryKey({ columns: [t.districtId, t.id] })],
)

/** 成员单位 of the district; a person of one sees the sectors it leads or joins. */
export const districtUnits = sqliteTable(
  'district_units',
  {
    districtId: text().$type<DistrictId>().notNull(),
    id: text().$type<UnitId>().notNull(),
    name: text().notNull(),
    leads: text({ mode: 'json' }).$type<Sector[]>().notNull(),
    joins: text({ mode: 'json' }).$type<Sector[]>().notNull(),
    basis: text(),
    retiredOn: text().$type<Day>(),
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
    | Record<Place, ColumnName<T>>
    | {
        through: 'hazards' | 'enterprises' | 'filings' | 'selfchecks' | 'inspections' | 'riskPoints'
        by: ColumnName<T>
      }
    | 'common'
    | 'whole street'
    | 'scope only'
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
  people: declare(people, { reach: 'common', personal: ['name', 'initials', 'phoneSealed', 'phoneMask'], detail: [] }),
  posts: declare(posts, { reach: 'common', personal: ['personId', 'title'], detail: [] }),
  communities: declare(communities, { reach: 'common', personal: [], detail: [] }),
  grids: declare(grids, { reach: 'common', personal: [], detail: [] }),
  placeChanges: declare(placeChanges, { reach: 'common', personal: ['by'], detail: ['why'] }),
  charges: declare(charges, { reach: 'common', personal: ['personId'], detail: [] }),
  units: declare(units, { reach: 'common', personal: [], detail: [] }),
  seats: declare(seats, { reach: 'common', personal: ['personId', 'name', 'title'], detail: [] }),
  settings: declare(settings, { reach: 'common', personal: ['by'], detail: [] }),
  ownCriteria: declare(ownCriteria, {
    reach: 'common',
    personal: ['by', 'verifiedBy', 'retiredBy'],
    detail: ['lookedUp', 'retiredWhy'],
  }),
  checklists: declare(checklists, { reach: 'common', personal: ['by'], detail: ['draft'] }),
  checklistVersions: declare(checklistVersions, { reach: 'common', personal: ['by'], detail: [] }),
  importMappings: declare(importMappings, { reach: 'common', personal: ['by'], detail: [] }),
  filings: declare(filings, {
    reach: { communities: 'communityId', grids: 'gridId', enterprise: 'enterpriseId' },
    personal: ['words', 'salt', 'numberSealed', 'numberMask', 'draftedBy', 'by'],
    detail: ['enterpriseId'],
  }),
  filingActs: declare(filingActs, {
    reach: { through: 'filings', by: 'filingId' },
    personal: ['by', 'words', 'salt'],
    detail: ['photos'],
  }),
  filingPhotos: declare(filingPhotos, {
    reach: { through: 'filings', by: 'filingId' },
    personal: [],
    detail: ['photoId'],
  }),
  enterprises: declare(enterprises, {
    reach: { communities: 'communityId', grids: 'gridId', enterprise: 'id' },
    personal: ['principalId'],
    detail: ['name', 'address', 'initials', 'creditCode', 'highRisk', 'latitude', 'longitude', 'compactName'],
  }),
  enterpriseSectors: declare(enterpriseSectors, {
    reach: { through: 'enterprises', by: 'enterpriseId' },
    personal: [],
    detail: ['name'],
  }),
  enterpriseChanges: declare(enterpriseChanges, {
    reach: { through: 'enterprises', by: 'enterpriseId' },
    personal: ['by'],
    detail: ['why'],
  }),
  enterpriseContacts: declare(enterpriseContacts, {
    reach: { through: 'enterprises', by: 'enterpriseId' },
    personal: ['name', 'phoneSealed', 'phoneMask'],
    detail: [],
  }),
  riskPoints: declare(riskPoints, {
    reach: { through: 'enterprises', by: 'enterpriseId' },
    personal: ['measures'],
    detail: ['enterpriseId', 'name', 'accident', 'reason'],
  }),
  riskPointChanges: declare(riskPointChanges, {
    reach: { through: 'riskPoints', by: 'pointId' },
    personal: ['words', 'by'],
    detail: [],
  }),
  enterpriseMerges: declare(enterpriseMerges, {
    reach: { through: 'enterprises', by: 'intoId' },
    personal: ['by', 'undoneBy'],
    detail: ['enterpriseId', 'intoId', 'taken', 'carried', 'why', 'undoneWhy'],
  }),
  hazards: declare(hazards, {
    reach: { communities: 'communityId', grids: 'gridId', enterprise: 'enterpriseId' },
    personal: ['responsible', 'responsibleId'],
    detail: ['place', 'description', 'measures', 'funds', 'plan', 'enterpriseId', 'cover', 'measureId', 'measure'],
  }),
  hazardRounds: declare(hazardRounds, { reach: { through: 'hazards', by: 'hazardId' }, personal: [], detail: [] }),
  hazardEvents: declare(hazardEvents, {
    reach: { through: 'hazards', by: 'hazardId' },
    personal: ['texts', 'salt'],
    detail: ['before', 'after', 'said', 'photos'],
  }),
  holds: declare(holds, { reach: { through: 'hazards', by: 'hazardId' }, personal: ['by', 'why'], detail: [] }),
  photos: declare(photos, { reach: 'scope only', personal: [], detail: [] }),
  hazardPhotos: declare(hazardPhotos, {
    reach: { through: 'hazards', by: 'hazardId' },
    personal: [],
    detail: ['photoId'],
  }),
  selfchecks: declare(selfchecks, {
    reach: { communities: 'communityId', grids: 'gridId', enterprise: 'enterpriseId' },
    personal: ['by', 'words', 'salt'],
    detail: ['enterpriseId', 'unit', 'answers'],
  }),
  selfcheckFindings: declare(selfcheckFindings, {
    reach: { through: 'selfchecks', by: 'selfcheckId' },
    personal: [],
    detail: [],
  }),
  inspections: declare(inspections, {
    reach: { communities: 'communityId', grids: 'gridId', enterprise: 'enterpriseId' },
    personal: ['by', 'others', 'words', 'salt', 'latitude', 'longitude', 'accuracy'],
    detail: ['enterpriseId', 'unit', 'answers'],
  }),
  inspectionFindings: declare(inspectionFindings, {
    reach: { through: 'inspections', by: 'inspectionId' },
    personal: [],
    detail: [],
  }),
  inspectionPhotos: declare(inspectionPhotos, {
    reach: { through: 'inspections', by: 'inspectionId' },
    personal: [],
    detail: ['photoId'],
  }),
  draws: declare(draws, {
    // Shown whole to who may look: what was drawn outside one's reach was drawn all the same.
    reach: 'common',
    personal: ['inspectors', 'excused', 'drawn', 'by', 'words', 'salt'],
    detail: ['units', 'purpose'],
  }),
  drawAssignments: declare(drawAssignments, {
    reach: { through: 'enterprises', by: 'enterpriseId' },
    personal: ['personId', 'others'],
    detail: ['enterpriseId'],
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
  leavings: declare(leavings, {
    reach: 'scope only',
    personal: [],
    detail: [],
    stays: 'never outlives the batch that writes it',
  }),
}
export type StreetOwned = keyof typeof streetOwned

/** Every column that is kept under the street's key, by the name its ciphers are bound to: never rename one. */
export const sealedColumns = {
  'people.phone': { name: 'people', table: people, sealed: people.phoneSealed, column: 'phoneSealed' },
  'enterprise_contacts.phone': {
    name: 'enterpriseContacts',
    table: enterpriseContacts,
    sealed: enterpriseContacts.phoneSealed,
    column: 'phoneSealed',
  },
  'filings.number': { name: 'filings', table: filings, sealed: filings.numberSealed, column: 'numberSealed' },
} as const
export type SealedColumn = keyof typeof sealedColumns

/** District-owned tables whose rows about a street go with its export, to be read there and never to be taken in. */
export const appendices = { decisions }

/** District-owned tables; the last is never a relation, only the scope's own bookkeeping. */
export const districtOwned = {
  overseers,
  districtUnits,
  decisions,
  schemes,
  snapshots,
  streetScores,
  notices,
  jobs,
  districtLog,
  districtAnswers,
}
