import { can } from '@app/shared/capabilities'
import { askedOf, findingsOf } from '@app/shared/checklists/answering'
import type { Answer, Published } from '@app/shared/checklists/schema'
import { colours } from '@app/shared/enterprises/words'
import type { Catalogue } from '@app/shared/criteria/rules'
import type { CriterionRef } from '@app/shared/criteria/schema'
import type { Act } from '@app/shared/hazards/machine'
import { dueDaysOf, timesOf } from '@app/shared/hazards/rules'
import type { EnterpriseId, HazardId, InspectionId, PersonId, PhotoId, TemplateId } from '@app/shared/ids'
import { changesOf, type Version } from '@app/shared/inspections/changes'
import {
  findingCount,
  hazardsOf,
  type InspectedHazard,
  type InspectedUnit,
  photosOf,
  type RecordWords,
  sealRecord,
  signingErrors,
  turnOf,
  withoutWords,
  withWords,
} from '@app/shared/inspections/rules'
import type {
  Colleague,
  Correction,
  DueList,
  DueUnit,
  InspectionFilter,
  InspectionPage,
  InspectionRecord,
  NewInspection,
  Offers,
  RecordLine,
  TemplateRef,
} from '@app/shared/inspections/schema'
import { compareText } from '@app/shared/order'
import { pageOf, readCursor, writeCursor } from '@app/shared/pages'
import { Problem } from '@app/shared/problem'
import { type Settings, settingsOf } from '@app/shared/settings/catalogue'
import { cut } from '@app/shared/text'
import { addDays, type Day, dayOf, startOfDay } from '@app/shared/time'
import {
  afterFalling,
  aliased,
  among,
  and,
  asc,
  citedIn,
  desc,
  eq,
  gt,
  gte,
  isActive,
  isNull,
  isTrue,
  listedIn,
  lt,
  or,
  placesOf,
  the,
} from '../db/operators'
import { filingOf } from '../hazards/store'
import { newId, newSalt } from '../ids'
import { requireHeld } from '../photos/store'
import { settingsSet } from '../settings/store'
import { sha256 } from '../sha256'
import type { Relations, StreetScope } from '../tenancy/street-scope'
import { carriedAs, citationsOf, offeredQueries, offerOf, offersOf, versionColumns } from '../checklists/store'
import { catalogueWith, ownColumns } from '../criteria/store'

/** A list of what is due shows so many units, and reads at most so many in all. */
const mostDue = 50
/** So many units that somebody was drawn for are shown at a time. */
const mostAssigned = 20
/** A street has at most some hundreds of posts. */
const mostColleagues = 1000
/** A page of records reads at most so many, whatever it is filtered by. */
const mostScanned = 60
/** So many units are read to find those whose turn has come. */
const mostUnits = 100

const unitColumns = (e: Relations['enterprises']) => ({
  id: e.id,
  communityId: e.communityId,
  gridId: e.gridId,
  name: e.name,
  address: e.address,
  creditCode: e.creditCode,
  kind: e.kind,
  keyPlace: e.keyPlace,
  sectors: e.sectors,
  crowded: e.crowded,
  highRisk: e.highRisk,
})

/**
 * Units in reach whose turn has come, the longest due first. Each colour has its own interval, so that each is read in
 * the order of its last check, place by place, and the lists are merged by the day that the rule gives.
 */
export async function listDue(scope: StreetScope, now: number): Promise<DueList> {
  const { enterprises: e, drawAssignments: a, select } = scope.read('inspection.view')
  const today = dayOf(now)
  const places = placesOf(scope.actor.reach, { enterprise: e.id, grid: e.gridId, community: e.communityId })
  // Safe: the keys of an object written out in this project.
  const painted = [...(Object.keys(colours) as (keyof typeof colours)[]), null]
  const drives = places.flatMap((place) =>
    painted.map((colour) =>
      and(place, isActive(e.standing), colour === null ? isNull(e.colour) : eq(e.colour, colour)),
    ),
  )
  const scanned = Math.max(1, Math.min(mostDue + 1, Math.floor(mostUnits / Math.max(1, drives.length))))
  const [set, assigned, ...found] = await scope.together([
    settingsSet(scope),
    select({
      id: aliased(e.id, 'unit_id'),
      drawId: a.drawId,
      name: e.name,
      address: e.address,
      until: a.until,
      others: a.others,
    })
      .from(a)
      .innerJoin(e, eq(e.id, a.enterpriseId))
      .where(
        and(
          eq(a.personId, scope.actor.id),
          isTrue(a.open),
          gte(a.until, today),
          isActive(e.standing),
          isNull(e.mergedInto),
        ),
      )
      .orderBy(asc(a.until), asc(a.enterpriseId))
      .limit(mostAssigned),
    ...drives.map((drive) =>
      select({
        id: e.id,
        name: e.name,
        address: e.address,
        communityId: e.communityId,
        gridId: e.gridId,
        keyPlace: e.keyPlace,
        colour: e.colour,
        inspectedOn: e.inspectedOn,
      })
        .from(e)
        .where(and(drive, isNull(e.mergedInto)))
        .orderBy(asc(e.inspectedOn), asc(e.id))
        .limit(scanned),
    ),
  ])
  const settings = settingsOf(set)
  const lists = found.map((rows) => ({
    rows: rows.map((row): DueUnit => ({ ...row, dueOn: turnOf(row, settings, today) })),
    more: rows.length === scanned,
  }))
  const longest = (one: DueUnit) => one.inspectedOn ?? ''
  const { items, next } = pageOf(
    lists,
    // Never checked comes first; then by the day, and of one day by the id.
    (a, b) =>
      Number(a.inspectedOn !== null) - Number(b.inspectedOn !== null) ||
      compareText(a.dueOn, b.dueOn) ||
      compareText(longest(a), longest(b)) ||
      compareText(a.id, b.id),
    ({ dueOn }) => dueOn <= today,
    mostDue,
  )
  return { items, more: next !== null && turnOf(next, settings, today) <= today, assigned }
}

/** The checklists for a unit with what they rest on, and all else that a check needs on the phone. Throws `not-found`. */
export async function offersFor(scope: StreetScope, id: EnterpriseId, now: number): Promise<Offers> {
  const { enterprises: e, inspections: i, drawAssignments: a, select } = scope.read('inspection.sign')
  const today = dayOf(now)
  const [[unit], set, [assigned], own, ownCriteria, ...records] = await scope.together([
    select(unitColumns(e))
      .from(e)
      .where(and(eq(e.id, id), isNull(e.mergedInto))),
    settingsSet(scope),
    select({ drawId: a.drawId, others: a.others })
      .from(a)
      .where(and(eq(a.personId, scope.actor.id), isTrue(a.open), gte(a.until, today), eq(a.enterpriseId, id)))
      .orderBy(asc(a.until))
      .limit(1),
    ...offeredQueries(scope),
    // The newest of each of its files: together they would lose the order of the index.
    ...scope.filesOf(id).map((file) =>
      select({ id: i.id, observedAt: i.observedAt, receivedAt: i.receivedAt })
        .from(i)
        .where(and(eq(i.enterpriseId, file), isTrue(i.latest)))
        .orderBy(desc(i.receivedAt), desc(i.id))
        .limit(1),
    ),
  ])
  const [last] = records.flat().sort((a, b) => b.receivedAt - a.receivedAt)
  if (!unit) throw new Problem('not-found')
  const catalogue = catalogueWith(ownCriteria)
  return {
    unit,
    due: { today, most: dueDaysOf('ordinary', settingsOf(set), today).most },
    offers: offersOf(own, unit).map((template) => offerOf(template, catalogue, today)),
    last: last ? { id: last.id, on: dayOf(last.observedAt) } : null,
    assigned: assigned ?? null,
  }
}

/** The checklist of a signed record in the version that was gone through, to correct it by. Throws `not-found`. */
export async function correctionOf(scope: StreetScope, id: InspectionId, now: number): Promise<Offers> {
  const { inspections: i, checklistVersions: c, ownCriteria: o, select } = scope.read('inspection.correct')
  const byTemplate = and(eq(c.id, i.templateId), eq(c.version, i.templateVersion))
  const [[row], set, [ownTemplate], ownCriteria] = await scope.together([
    select({
      enterpriseId: i.enterpriseId,
      communityId: i.communityId,
      gridId: i.gridId,
      unit: i.unit,
      templateId: i.templateId,
      templateVersion: i.templateVersion,
    })
      .from(i)
      .where(eq(i.id, id)),
    settingsSet(scope),
    select(versionColumns(c)).from(i).innerJoin(c, byTemplate).where(eq(i.id, id)),
    select(ownColumns(o)).from(i).innerJoin(c, byTemplate).innerJoin(o, listedIn(o.id, c.cited)).where(eq(i.id, id)),
  ])
  const template = row && (carriedAs({ id: row.templateId, version: row.templateVersion }) ?? ownTemplate)
  if (!row || !template) throw new Problem('not-found')
  const today = dayOf(now)
  const { enterpriseId, communityId, gridId } = row
  return {
    unit: { ...row.unit, id: enterpriseId, communityId, gridId },
    due: { today, most: dueDaysOf('ordinary', settingsOf(set), today).most },
    offers: [offerOf(template, catalogueWith(ownCriteria), today)],
    last: null,
    assigned: null,
  }
}

/** Everybody in office who may be named as having taken part in a check, by name. */
export async function listColleagues(scope: StreetScope, now: number): Promise<Colleague[]> {
  const { people: p, posts, select } = scope.read('inspection.sign')
  const held = await select({
    id: aliased(p.id, 'person_id'),
    name: p.name,
    initials: p.initials,
    role: posts.role,
  })
    .from(posts)
    .innerJoin(p, eq(p.id, posts.personId))
    .where(and(isNull(p.until), or(isNull(posts.until), gt(posts.until, now))))
    .orderBy(asc(p.name), asc(p.id))
    .limit(mostColleagues)
  const able = held.filter(({ role }) => can(role, 'inspection.sign'))
  return [...new Map(able.map((one) => [one.id, one])).values()].filter(({ id }) => id !== scope.actor.id)
}

/** One page of the signed records, the newest first; a page may come short and still have a next one. */
export async function listInspections(scope: StreetScope, filter: InspectionFilter): Promise<InspectionPage> {
  const { inspections: i, people: p, select } = scope.read('inspection.view')
  const cursor = filter.cursor === undefined ? null : readCursor(filter.cursor)
  if (filter.cursor !== undefined && !cursor) {
    throw new Problem('invalid-input', undefined, [{ pointer: '/cursor', detail: '翻页位置无效，请从第一页开始' }])
  }
  const { enterpriseId, communityId, gridId, kind, ending, by, findings, from, to, limit } = filter
  const { reach } = scope.actor
  const unit = enterpriseId ?? (reach.within === 'enterprise' && reach.ids[0])
  const drives = unit
    ? scope.filesOf(unit).map((file) => eq(i.enterpriseId, file))
    : gridId
      ? [eq(i.gridId, gridId)]
      : communityId
        ? [eq(i.communityId, communityId)]
        : placesOf(reach, { enterprise: i.enterpriseId, grid: i.gridId, community: i.communityId })
  const narrowed =
    Boolean(kind || ending || by || findings) || [enterpriseId, communityId, gridId].filter(Boolean).length > 1
  const scanned = Math.max(1, Math.min(narrowed ? mostScanned : limit + 1, Math.floor(mostScanned / drives.length)))
  if (drives.length === 0) return { items: [], next: null }
  const queries = drives.map((drive) =>
    select({
      id: i.id,
      enterpriseId: i.enterpriseId,
      communityId: i.communityId,
      gridId: i.gridId,
      unit: i.unit,
      kind: i.kind,
      observedAt: i.observedAt,
      receivedAt: i.receivedAt,
      by: i.by,
      inspector: aliased(p.name, 'inspector_name'),
      ending: i.ending,
      findings: i.findings,
      version: i.version,
    })
      .from(i)
      .leftJoin(p, eq(p.id, i.by))
      .where(
        and(
          drive,
          isTrue(i.latest),
          from && gte(i.receivedAt, startOfDay(from)),
          to && lt(i.receivedAt, startOfDay(addDays(to, 1))),
          cursor ? afterFalling([i.receivedAt, i.id], [Number(cursor.key), cursor.id]) : undefined,
        ),
      )
      .orderBy(desc(i.receivedAt), desc(i.id))
      .limit(scanned),
  )
  const [first, ...others] = queries
  // Safe: there is a place to look in.
  const found = await scope.together([first as NonNullable<typeof first>, ...others])
  const { items, next } = pageOf(
    found.map((rows) => ({ rows, more: rows.length === scanned })),
    (a, b) => b.receivedAt - a.receivedAt || compareText(b.id, a.id),
    (row) =>
      (!kind || row.kind === kind) &&
      (!ending || row.ending === ending) &&
      (!by || row.by === by) &&
      (!findings || row.findings > 0 === (findings === 'yes')) &&
      (!communityId || row.communityId === communityId) &&
      (!gridId || row.gridId === gridId),
    limit,
  )
  return {
    items: items.map(({ unit, by: _, ...shown }) => ({ ...shown, unitName: unit.name })),
    next: next && writeCursor(next.receivedAt, next.id),
  }
}

/** A signed record with all that was said, its hazards as they stand now. Throws `not-found`. */
export async function getInspection(scope: StreetScope, id: InspectionId): Promise<InspectionRecord> {
  const {
    inspections: i,
    inspectionFindings: f,
    hazards: h,
    people: p,
    communities,
    grids,
    checklistVersions: c,
    ownCriteria: o,
    select,
  } = scope.read('inspection.view')
  const byTemplate = and(eq(c.id, i.templateId), eq(c.version, i.templateVersion))
  const earlierOf = select({ id: i.supersedes }).from(i).where(eq(i.id, id))
  const both = or(eq(i.id, id), eq(i.id, the(earlierOf)))
  const [[row], findings, versions, everybody, [earlier], ownTemplates, ofTemplate, ofFindings] = await scope.together([
    select({
      id: aliased(i.id, 'inspection_id'),
      communityName: aliased(communities.name, 'community_name'),
      gridName: aliased(grids.name, 'grid_name'),
      signer: aliased(p.name, 'signer_name'),
      kind: i.kind,
      enterpriseId: i.enterpriseId,
      unit: i.unit,
      templateId: i.templateId,
      templateVersion: i.templateVersion,
      by: i.by,
      others: i.others,
      observedAt: i.observedAt,
      signedAt: i.signedAt,
      receivedAt: i.receivedAt,
      latitude: i.latitude,
      longitude: i.longitude,
      accuracy: i.accuracy,
      answers: i.answers,
      ending: i.ending,
      words: i.words,
      version: i.version,
      supersedes: i.supersedes,
      hash: i.hash,
    })
      .from(i)
      .innerJoin(communities, eq(communities.id, i.communityId))
      .innerJoin(grids, eq(grids.id, i.gridId))
      .leftJoin(p, eq(p.id, i.by))
      .where(eq(i.id, id)),
    select({
      item: f.item,
      basis: f.basis,
      id: aliased(h.id, 'hazard_id'),
      number: h.number,
      level: h.level,
      state: h.state,
      dueOn: h.dueOn,
    })
      .from(f)
      .innerJoin(h, eq(h.id, f.hazardId))
      .where(eq(f.inspectionId, id)),
    select({ id: i.id, version: i.version, receivedAt: i.receivedAt, supersedes: i.supersedes })
      .from(i)
      .where(scope.versionsOf(id, i.id))
      .orderBy(asc(i.version)),
    select({ id: aliased(p.id, 'person_id'), name: aliased(p.name, 'person_name') })
      .from(i)
      .innerJoin(p, listedIn(p.id, i.others))
      .where(both),
    // Only for what this version changed.
    select({
      kind: i.kind,
      others: i.others,
      unit: i.unit,
      templateId: i.templateId,
      templateVersion: i.templateVersion,
      observedAt: i.observedAt,
      answers: i.answers,
      ending: i.ending,
      words: i.words,
    })
      .from(i)
      .where(eq(i.id, the(earlierOf))),
    select(versionColumns(c)).from(i).innerJoin(c, byTemplate).where(both),
    select(ownColumns(o)).from(i).innerJoin(c, byTemplate).innerJoin(o, listedIn(o.id, c.cited)).where(both),
    select(ownColumns(o)).from(f).innerJoin(o, citedIn(o.id, f.basis)).where(eq(f.inspectionId, id)),
  ])
  const templateOf = ({ templateId, templateVersion: version }: { templateId: TemplateId; templateVersion: number }) =>
    carriedAs({ id: templateId, version }) ??
    ownTemplates.find((one) => one.id === templateId && one.version === version)
  const catalogue = catalogueWith([...ofTemplate, ...ofFindings])
  const template = row && templateOf(row)
  if (!row || !template) throw new Problem('not-found')
  const nameOf = new Map<PersonId, string | null>(everybody.map(({ id: person, name }) => [person, name]))
  nameOf.set(row.by, row.signer)
  const on = dayOf(row.observedAt)
  const made = new Map(findings.map((finding) => [finding.item, finding]))
  const answers = withWords(row.answers, row.words)
  const lines = linesOf(template, row.unit, answers, {
    erased: row.words === null,
    on,
    madeBy: (item) => made.get(item),
    catalogue,
  })
  const version = versionOf(row, lines)
  const previous = earlier && templateOf(earlier)
  return {
    id: row.id,
    kind: row.kind,
    enterpriseId: row.enterpriseId,
    communityName: row.communityName,
    gridName: row.gridName,
    unit: row.unit,
    template: { id: row.templateId, version: row.templateVersion, title: template.title },
    inspectors: [row.by, ...row.others].map((person) => ({ id: person, name: nameOf.get(person) ?? null })),
    own: row.by === scope.actor.id,
    companions: [...version.companions],
    observedAt: row.observedAt,
    signedAt: row.signedAt,
    receivedAt: row.receivedAt,
    position:
      row.latitude === null || row.longitude === null
        ? null
        : { latitude: row.latitude, longitude: row.longitude, accuracy: row.accuracy },
    lines,
    signature: row.words?.signature ?? null,
    ending: row.words?.ending ?? null,
    ended: row.ending,
    version: row.version,
    why: row.words?.why ?? null,
    supersedes: row.supersedes,
    supersededBy: versions.find(({ supersedes }) => supersedes === id)?.id ?? null,
    versions: versions.map(({ supersedes: _, ...one }) => one),
    changes:
      earlier && previous
        ? changesOf(
            versionOf(
              earlier,
              linesOf(previous, earlier.unit, withWords(earlier.answers, earlier.words), {
                erased: earlier.words === null,
                on: dayOf(earlier.observedAt),
                madeBy: () => undefined,
                catalogue,
              }),
            ),
            version,
            (person) => nameOf.get(person as PersonId) ?? '不在册人员',
          )
        : null,
    answers,
    hash: row.hash,
  }
}

/** What of a kept row is compared from version to version. */
const versionOf = (
  row: {
    readonly kind: Version['kind']
    readonly others: readonly PersonId[]
    readonly ending: 'signed' | 'refused'
    readonly words: RecordWords | null
  },
  lines: readonly RecordLine[],
): Version => ({
  kind: row.kind,
  others: row.others,
  companions: row.words?.companions ?? [],
  lines,
  ending: row.words?.ending ?? null,
  ended: row.ending,
})

interface Made {
  readonly id: HazardId
  readonly number: string
  readonly level: NonNullable<RecordLine['hazard']>['level']
  readonly state: NonNullable<RecordLine['hazard']>['state']
  readonly dueOn: Day | null
  readonly basis: readonly CriterionRef[]
}

/** Every item that was asked, in the order of the checklist, as it was answered and judged on that day. */
function linesOf(
  template: Published,
  unit: InspectionRecord['unit'],
  answers: readonly Answer[],
  {
    erased,
    on,
    madeBy,
    catalogue,
  }: { erased: boolean; on: Day; madeBy: (item: string) => Made | undefined; catalogue: Catalogue },
): RecordLine[] {
  const titles = new Map(template.sections.flatMap(({ title, items }) => items.map(({ key }) => [key, title] as const)))
  return askedOf(template, unit, answers).map(({ item, answer, result }) => {
    const failed = result === 'fail' || result === 'fixed'
    const made = madeBy(item.key)
    return {
      key: item.key,
      section: titles.get(item.key) ?? '',
      text: item.text,
      method: item.method,
      basis: citationsOf(made?.basis ?? item.basis, catalogue, on),
      result,
      words: failed && !erased ? (answer?.words ?? item.wording) : null,
      suspected: answer?.suspected === true,
      dueOn: answer?.dueOn ?? null,
      photos: failed ? (answer?.photos ?? []) : [],
      after: failed ? (answer?.after ?? []) : [],
      hazard: made
        ? { id: made.id, number: made.number, level: made.level, state: made.state, dueOn: made.dueOn }
        : null,
    }
  })
}

/** What a check is signed upon, read in one round trip. */
async function groundsOf(
  scope: StreetScope,
  capability: 'inspection.sign' | 'inspection.correct',
  asked: {
    enterpriseId: EnterpriseId
    others: readonly PersonId[]
    photos: readonly PhotoId[]
    template: TemplateRef
    corrects: InspectionId | null
  },
) {
  const {
    enterprises: e,
    inspections: i,
    inspectionFindings: f,
    people: p,
    checklistVersions: c,
    select,
  } = scope.read(capability)
  const corrects = asked.corrects ?? ('' as InspectionId)
  const [[unit], [before], known, people, set, [ownTemplate], held] = await scope.together([
    select(unitColumns(e))
      .from(e)
      .where(and(eq(e.id, asked.enterpriseId), isNull(e.mergedInto), isActive(e.standing))),
    select({
      id: i.id,
      by: i.by,
      enterpriseId: i.enterpriseId,
      communityId: i.communityId,
      gridId: i.gridId,
      unit: i.unit,
      version: i.version,
      latest: i.latest,
      hash: i.hash,
      templateId: i.templateId,
    })
      .from(i)
      .where(eq(i.id, corrects)),
    select({ item: f.item, hazardId: f.hazardId, basis: f.basis }).from(f).where(eq(f.inspectionId, corrects)),
    select({ id: p.id, name: p.name, until: p.until })
      .from(p)
      .where(among(p.id, [scope.actor.id, ...asked.others])),
    settingsSet(scope),
    // Whichever version the check was begun by, offered still or not.
    select(versionColumns(c))
      .from(c)
      .where(and(eq(c.id, asked.template.id), eq(c.version, asked.template.version))),
    scope.photosHeld(asked.photos),
  ])
  const template = carriedAs(asked.template) ?? ownTemplate ?? null
  return { unit, before, known, people, settings: settingsOf(set), template, held }
}

/** Signs a check: keeps its record and files its hazards. Throws `not-found`, `invalid-input`, `photos-missing`, `already-there`. */
export async function signInspection(scope: StreetScope, asked: NewInspection, now: number): Promise<HazardId[]> {
  const { enterpriseId, ...rest } = asked
  const grounds = await groundsOf(scope, 'inspection.sign', {
    enterpriseId,
    others: rest.others,
    photos: photosOf(rest),
    template: rest.template,
    corrects: null,
  })
  if (!grounds.unit) throw new Problem('not-found', '没有找到这家单位，或它已不在营。')
  return keep(scope, rest, now, { ...grounds, unit: grounds.unit, earlier: null })
}

/**
 * Puts another signed record in the place of one's own. Items that failed before keep the hazards they made, which go
 * their own way whatever the correction says; what fails only now makes new ones. Throws as signing does, `rule-broken`
 * for a record that is another's, `stale` for one that was corrected before.
 */
export async function correctInspection(
  scope: StreetScope,
  id: InspectionId,
  { why, ...rest }: Correction,
  now: number,
): Promise<HazardId[]> {
  const grounds = await groundsOf(scope, 'inspection.correct', {
    enterpriseId: '' as EnterpriseId,
    others: rest.others,
    photos: photosOf(rest),
    template: rest.template,
    corrects: id,
  })
  const { before } = grounds
  if (!before) throw new Problem('not-found')
  if (before.by !== scope.actor.id) throw new Problem('rule-broken', '只有在这份记录上签字的检查人本人可以更正。')
  if (!before.latest) throw new Problem('stale', '这份记录已被更正过，请在最新的一版上更正。')
  if (before.templateId !== rest.template.id)
    throw new Problem('invalid-input', undefined, [
      { pointer: '/template/id', detail: '更正须用原来的检查表；换用其他检查表请另做一次检查' },
    ])
  const { unit: then, enterpriseId, communityId, gridId } = before
  const unit = { ...then, id: enterpriseId, communityId, gridId }
  return keep(scope, rest, now, { ...grounds, unit, earlier: { ...before, why } })
}

interface Grounds {
  readonly unit: InspectedUnit
  readonly known: readonly { item: string; hazardId: HazardId; basis: readonly CriterionRef[] }[]
  readonly people: readonly { id: PersonId; name: string; until: number | null }[]
  readonly settings: Settings
  /** Null for a version that there is not. */
  readonly template: Published | null
  readonly held: readonly { id: PhotoId }[]
  /** The record that is corrected, and why; null for a first one. */
  readonly earlier: { id: InspectionId; version: number; hash: string; why: string } | null
}

/** Keeps a record with its hazards, or says what is missing. */
async function keep(
  scope: StreetScope,
  asked: Omit<NewInspection, 'enterpriseId'>,
  now: number,
  { unit, known, people, settings, template, held, earlier }: Grounds,
): Promise<HazardId[]> {
  const { actor } = scope
  if (!template)
    throw new Problem('invalid-input', undefined, [
      { pointer: '/template/version', detail: '没有这一版检查表，请刷新后重试' },
    ])
  const times = timesOf(asked.observedAt, now)
  // The days count from the check, as long as what its phone says of its time is believed.
  const on = dayOf(times.at)
  const due = { today: on, most: dueDaysOf('ordinary', settings, on).most }
  const self = people.find(({ id }) => id === actor.id)
  // What an earlier version found has its day already, however long ago that is.
  const found = new Set(known.map(({ item }) => item))
  const judged = asked.answers.map((answer) => (found.has(answer.item) ? { ...answer, dueOn: null } : answer))
  const errors = signingErrors(template, unit, { ...asked, answers: judged }, self?.name ?? null, due)
  for (const [at, other] of asked.others.entries()) {
    if (other === actor.id || !people.some(({ id, until }) => id === other && until === null))
      errors.push({ pointer: `/others/${at}`, detail: '同行人员不在本街道，或就是签字人本人' })
  }
  if (errors.length > 0) throw new Problem('invalid-input', undefined, errors)
  const photos = photosOf(asked)
  requireHeld(photos, held)

  const kept = new Map(known.map(({ item, hazardId }) => [item, hazardId]))
  const fresh = hazardsOf(template, unit, asked.answers, actor.role, due, kept).map((hazard) => ({
    ...hazard,
    id: newId<HazardId>('haz', now),
  }))
  // The day that was signed for is sealed, given or not: the hazard's own may be put off later, the paper's may not.
  const days = new Map(findingsOf(template, unit, asked.answers, due).map(({ item, dueOn }) => [item, dueOn]))
  const { answers, said } = withoutWords(
    asked.answers.map((answer) => ({ ...answer, dueOn: answer.dueOn ?? days.get(answer.item) ?? null })),
  )
  const { id: enterpriseId, communityId, gridId, ...unitThen } = unit
  const facts = {
    id: asked.id,
    kind: asked.kind,
    enterpriseId,
    communityId,
    gridId,
    unit: unitThen,
    templateId: template.id,
    templateVersion: template.version,
    by: actor.id,
    role: actor.role,
    others: asked.others,
    observedAt: times.observedAt,
    signedAt: asked.signedAt,
    receivedAt: now,
    latitude: asked.position?.latitude ?? null,
    longitude: asked.position?.longitude ?? null,
    accuracy: asked.position?.accuracy ?? null,
    answers,
    findings: findingCount(template, unit, asked.answers),
    ending: asked.ending.how,
    version: (earlier?.version ?? 0) + 1,
    supersedes: earlier?.id ?? null,
  }
  const words = {
    signature: asked.signature,
    ending: asked.ending,
    said,
    why: earlier?.why ?? null,
    companions: asked.companions,
  }
  const salt = newSalt()
  const sealed = await sealRecord(
    earlier?.hash ?? '',
    { streetId: scope.street.streetId, ...facts },
    words,
    salt,
    sha256,
  )
  const failing = new Set(
    askedOf(template, unit, asked.answers).flatMap(({ item, result }) =>
      result === 'fail' || result === 'fixed' ? [item.key] : [],
    ),
  )
  await scope.sign(
    {
      row: { ...facts, words, salt, ...sealed },
      corrected: earlier?.id ?? null,
      findings: [
        ...known.filter(({ item }) => failing.has(item)),
        ...fresh.map(({ item, basis, id: hazardId }) => ({ item, basis, hazardId })),
      ],
      photos,
      on: earlier ? null : on,
    },
    fresh.map((hazard) => filing(hazard, unit.name, actor.id, times)),
  )
  return fresh.map(({ id }) => id)
}

/** The deed that files what a check found; put right on the spot, it waits for its re-check at once. */
function filing(
  { id, draft, dueOn, onTheSpot, after }: InspectedHazard & { id: HazardId },
  responsible: string,
  by: PersonId,
  times: ReturnType<typeof timesOf>,
) {
  const act: Act = { deed: 'file', by, level: draft.level, selfFound: false, dueOn, onTheSpot }
  const implementation = onTheSpot
    ? { responsibleId: null, responsible: cut(responsible, 39), measures: '检查时当场整改', funds: null, plan: null }
    : undefined
  return filingOf({ id, draft, after }, act, times, implementation)
}
