import { askedOf, findingsOf } from '@app/shared/checklists/answering'
import type { Published } from '@app/shared/checklists/schema'
import { hasPrincipal } from '@app/shared/checklists/locked'
import type { Act } from '@app/shared/hazards/machine'
import { dueDaysOf, timesOf } from '@app/shared/hazards/rules'
import type { EnterpriseId, HazardId, InspectionId, PersonId, SelfcheckId } from '@app/shared/ids'
import { hazardsOf, type InspectedHazard, withoutWords } from '@app/shared/inspections/rules'
import type { Offers } from '@app/shared/inspections/schema'
import { compareText } from '@app/shared/order'
import { pageOf, readCursor, writeCursor } from '@app/shared/pages'
import { Problem } from '@app/shared/problem'
import { owed } from '@app/shared/selfchecks/owed'
import {
  fineItems,
  isSampled,
  monthFor,
  owesSelfcheck,
  photosIn,
  sampleSeed,
  sealSelfcheck,
  selfcheckErrors,
  withoutIdlePhotos,
} from '@app/shared/selfchecks/rules'
import type { MonthFilter, SelfcheckFilter } from '@app/shared/selfchecks/filter'
import type {
  MonthLine,
  MonthPage,
  NewSelfcheck,
  SamplePage,
  SelfcheckPage,
  SelfcheckRecord,
  SignalPage,
  UnitHome,
  UnitSignals,
} from '@app/shared/selfchecks/schema'
import { definitionsOf, lookedBack, type Said, signalsOf, type Visit } from '@app/shared/selfchecks/signals'
import { settingsOf } from '@app/shared/settings/catalogue'
import { cut } from '@app/shared/text'
import { addDays, day, dayOf, type Month, monthOf, startOfDay } from '@app/shared/time'
import { carriedAs, citationsOf, offeredQueries, offerOf, offersOf, versionColumns } from '../checklists/store'
import { catalogueWith, ownColumns } from '../criteria/store'
import {
  afterFalling,
  afterRising,
  aliased,
  and,
  asc,
  citedIn,
  desc,
  eq,
  gte,
  inArray,
  isActive,
  isNotNull,
  isNull,
  isSettled,
  isTrue,
  listedIn,
  ne,
  placesOf,
  the,
} from '../db/operators'
import { owingFacts, owingQueries } from '../filings/store'
import { filingOf } from '../hazards/store'
import { newId, newSalt } from '../ids'
import { requireHeld } from '../photos/store'
import { settingsSet } from '../settings/store'
import { sha256 } from '../sha256'
import type { Relations, StreetScope } from '../tenancy/street-scope'

/** So many of a unit's open hazards are listed, and of those that ended so many are looked through for answers. */
const [mostOpen, mostEnded] = [60, 20]
/** A page of a month reads so many units at most. */
const mostUnits = 22
/** What is compared of one unit: its latest visits, and what it said of itself. */
const [mostVisits, mostSaid] = [12, 12]
/** Of the street's own checklists so many versions are looked into for what was said to be fine. */
const mostTemplates = 40
/** So many visits a page of differences begins with. */
const mostBegun = 20
/** How far back 自查自改 is drawn from, and how many at most. */
const [sampledBack, mostSettled] = [31, 60]

/** The unit that somebody reports for. Throws `not-found` for a post that is not held in one. */
function ownUnit(scope: StreetScope): EnterpriseId {
  const { reach } = scope.actor
  if (reach.within !== 'enterprise') throw new Problem('not-found', '您的岗位不在任何一家企业，请联系街道。')
  return reach.ids[0]
}

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

/** What a unit has to do now (现在要做什么). Throws `not-found` for one that is no longer on the register. */
export async function openHome(scope: StreetScope, now: number): Promise<UnitHome> {
  const { enterprises: e, selfchecks: s, hazards: h, select } = scope.read('selfcheck.sign')
  const id = ownUnit(scope)
  const hazards = (open: boolean, most: number) =>
    select({
      id: h.id,
      number: h.number,
      state: h.state,
      category: h.category,
      description: h.description,
      dueOn: h.dueOn,
      voidAskedBy: h.voidAskedBy,
      plea: h.plea,
      answered: h.answered,
      answeredAt: h.answeredAt,
    })
      .from(h)
      .where(and(eq(h.enterpriseId, id), eq(h.open, open)))
      .orderBy(desc(h.receivedAt), desc(h.id))
      .limit(most)
  const [[unit], set, [done], open, ended, ...filed] = await scope.together([
    select({
      id: e.id,
      name: e.name,
      kind: e.kind,
      standing: e.standing,
      highRisk: e.highRisk,
      crowded: e.crowded,
    })
      .from(e)
      .where(and(eq(e.id, id), isNull(e.mergedInto))),
    settingsSet(scope),
    select({ id: s.id, at: s.receivedAt })
      .from(s)
      .where(and(eq(s.month, monthOf(now)), eq(s.enterpriseId, id)))
      .limit(1),
    hazards(true, mostOpen + 1),
    hazards(false, mostEnded),
    ...owingQueries(scope, id, now),
  ])
  if (!unit) throw new Problem('not-found', '没有找到本单位的档案，请联系街道。')
  const facts = {
    unit,
    settings: settingsOf(set),
    selfcheck: done ?? null,
    hazards: [...open.slice(0, mostOpen), ...ended],
    filings: owingFacts(filed),
  }
  return {
    unit: { id: unit.id, name: unit.name },
    today: dayOf(now),
    items: owed(facts, now),
    more: open.length > mostOpen,
  }
}

/** The checklists of one's own unit, as a check by the street has them. Throws `not-found`. */
export async function selfcheckOffers(scope: StreetScope, now: number): Promise<Offers> {
  const { enterprises: e, select } = scope.read('selfcheck.sign')
  const [[unit], set, own, ownCriteria] = await scope.together([
    select(unitColumns(e))
      .from(e)
      .where(and(eq(e.id, ownUnit(scope)), isNull(e.mergedInto))),
    settingsSet(scope),
    ...offeredQueries(scope),
  ])
  if (!unit) throw new Problem('not-found', '没有找到本单位的档案，请联系街道。')
  const today = dayOf(now)
  const catalogue = catalogueWith(ownCriteria)
  return {
    unit,
    due: { today, most: dueDaysOf('ordinary', settingsOf(set), today).most },
    offers: offersOf(own, unit).map((template) => offerOf(template, catalogue, today)),
    last: null,
    assigned: null,
  }
}

/**
 * Keeps a unit's check of itself with the hazards it made, in one. What was put right at once ends as that (自查自改);
 * the rest its unit sets about by itself. Throws `not-found`, `invalid-input`, `photos-missing`, `already-there`.
 */
export async function report(scope: StreetScope, asked: NewSelfcheck, now: number): Promise<HazardId[]> {
  const { enterprises: e, people: p, checklistVersions: c, select } = scope.read('selfcheck.sign')
  const { actor } = scope
  const given = withoutIdlePhotos(asked.answers)
  const named = photosIn(given)
  const [[unit], set, [self], [ownTemplate], held] = await scope.together([
    select(unitColumns(e))
      .from(e)
      .where(and(eq(e.id, ownUnit(scope)), isNull(e.mergedInto), isActive(e.standing))),
    settingsSet(scope),
    select({ name: p.name }).from(p).where(eq(p.id, actor.id)),
    // Whichever version it was begun by, offered still or not.
    select(versionColumns(c))
      .from(c)
      .where(and(eq(c.id, asked.template.id), eq(c.version, asked.template.version))),
    scope.photosHeld(named),
  ])
  if (!unit) throw new Problem('not-found', '没有找到本单位的档案，或它已不在营，请联系街道。')
  const template = carriedAs(asked.template) ?? ownTemplate
  if (!template)
    throw new Problem('invalid-input', undefined, [
      { pointer: '/template/version', detail: '没有这一版检查表，请刷新后重试' },
    ])
  const times = timesOf(asked.observedAt, now)
  const on = dayOf(times.at)
  const due = { today: on, most: dueDaysOf('ordinary', settingsOf(set), on).most }
  const errors = selfcheckErrors(template, unit, given, due)
  if (errors.length > 0) throw new Problem('invalid-input', undefined, errors)
  requireHeld(named, held)

  const fresh = hazardsOf(template, unit, given, actor.role, due).map((hazard) => ({
    ...hazard,
    id: newId<HazardId>('haz', now),
  }))
  const days = new Map(findingsOf(template, unit, given, due).map(({ item, dueOn }) => [item, dueOn]))
  const { answers, said } = withoutWords(
    given.map((answer) => ({ ...answer, dueOn: answer.dueOn ?? days.get(answer.item) ?? null })),
  )
  const { id: enterpriseId, communityId, gridId, ...unitThen } = unit
  const facts = {
    id: asked.id,
    enterpriseId,
    communityId,
    gridId,
    month: monthFor(times.at),
    unit: unitThen,
    templateId: template.id,
    templateVersion: template.version,
    by: actor.id,
    role: actor.role,
    observedAt: times.observedAt,
    receivedAt: now,
    answers,
    findings: fresh.length,
    settled: fresh.filter(({ onTheSpot }) => onTheSpot).length,
    statement: asked.statement,
  }
  const words = { said }
  const salt = newSalt()
  const sealed = await sealSelfcheck({ streetId: scope.street.streetId, ...facts }, words, salt, sha256)
  await scope.report(
    {
      row: { ...facts, words, salt, ...sealed },
      findings: fresh.map(({ item, basis, id: hazardId }) => ({ item, basis, hazardId })),
    },
    fresh.map((hazard) => filing(hazard, self?.name ?? unit.name, actor.id, times)),
  )
  return fresh.map(({ id }) => id)
}

/** The deed that files what a unit found itself, with who of it answers for that. */
function filing(
  { id, draft, dueOn, onTheSpot, after }: InspectedHazard & { id: HazardId },
  name: string,
  by: PersonId,
  times: ReturnType<typeof timesOf>,
) {
  const act: Act = {
    deed: 'file',
    by,
    level: draft.level,
    selfFound: true,
    onTheSpot,
    undertaken: !onTheSpot,
    // What was put right at once was never due.
    ...(!onTheSpot && { dueOn }),
  }
  const implementation = {
    responsibleId: by,
    responsible: cut(name, 39),
    measures: onTheSpot ? '自查时自行整改' : '自查发现，由本单位整改',
    funds: null,
    plan: null,
  }
  return filingOf({ id, draft, after }, act, times, implementation)
}

/** A unit's self-checks, the newest first. */
export async function listSelfchecks(scope: StreetScope, filter: SelfcheckFilter): Promise<SelfcheckPage> {
  const { selfchecks: s, people: p, select } = scope.read('selfcheck.view')
  const cursor = filter.cursor === undefined ? null : readCursor(filter.cursor)
  if (filter.cursor !== undefined && !cursor) throw badCursor()
  const rows = await select({
    id: s.id,
    enterpriseId: s.enterpriseId,
    month: s.month,
    observedAt: s.observedAt,
    receivedAt: s.receivedAt,
    name: aliased(p.name, 'person_name'),
    role: s.role,
    findings: s.findings,
    settled: s.settled,
  })
    .from(s)
    .leftJoin(p, eq(p.id, s.by))
    .where(
      and(
        eq(s.enterpriseId, filter.enterpriseId),
        cursor ? afterFalling([s.receivedAt, s.id], [Number(cursor.key), cursor.id]) : undefined,
      ),
    )
    .orderBy(desc(s.receivedAt), desc(s.id))
    .limit(filter.limit + 1)
  const items = rows.slice(0, filter.limit)
  const last = rows.length > filter.limit ? items.at(-1) : undefined
  return { items, next: last ? writeCursor(last.receivedAt, last.id) : null }
}

const badCursor = () =>
  new Problem('invalid-input', undefined, [{ pointer: '/cursor', detail: '翻页位置无效，请从第一页开始' }])

/** A self-check with all that was said, its hazards as they stand now. Throws `not-found`. */
export async function getSelfcheck(scope: StreetScope, id: SelfcheckId): Promise<SelfcheckRecord> {
  const {
    selfchecks: s,
    selfcheckFindings: f,
    hazards: h,
    people: p,
    communities,
    grids,
    checklistVersions: c,
    ownCriteria: o,
    select,
  } = scope.read('selfcheck.view')
  const byTemplate = and(eq(c.id, s.templateId), eq(c.version, s.templateVersion))
  const [[row], [names], findings, [ownTemplate], ofTemplate, ofFindings] = await scope.together([
    select({
      id: s.id,
      enterpriseId: s.enterpriseId,
      month: s.month,
      unit: s.unit,
      templateId: s.templateId,
      templateVersion: s.templateVersion,
      by: s.by,
      role: s.role,
      observedAt: s.observedAt,
      receivedAt: s.receivedAt,
      answers: s.answers,
      findings: s.findings,
      settled: s.settled,
      statement: s.statement,
      words: s.words,
      hash: s.hash,
    })
      .from(s)
      .where(eq(s.id, id)),
    select({
      community: aliased(communities.name, 'community'),
      grid: aliased(grids.name, 'grid'),
      person: aliased(p.name, 'person'),
    })
      .from(s)
      .innerJoin(communities, eq(communities.id, s.communityId))
      .innerJoin(grids, eq(grids.id, s.gridId))
      .leftJoin(p, eq(p.id, s.by))
      .where(eq(s.id, id)),
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
      .where(eq(f.selfcheckId, id)),
    select(versionColumns(c)).from(s).innerJoin(c, byTemplate).where(eq(s.id, id)),
    select(ownColumns(o)).from(s).innerJoin(c, byTemplate).innerJoin(o, listedIn(o.id, c.cited)).where(eq(s.id, id)),
    select(ownColumns(o)).from(f).innerJoin(o, citedIn(o.id, f.basis)).where(eq(f.selfcheckId, id)),
  ])
  const template = row && (carriedAs({ id: row.templateId, version: row.templateVersion }) ?? ownTemplate)
  if (!row || !names || !template) throw new Problem('not-found')
  const { templateId, templateVersion, answers, words, unit, ...shown } = row
  const made = new Map(findings.map(({ item, ...finding }) => [item, finding]))
  const titles = new Map(template.sections.flatMap(({ title, items }) => items.map(({ key }) => [key, title] as const)))
  const on = dayOf(row.observedAt)
  const catalogue = catalogueWith([...ofTemplate, ...ofFindings])
  return {
    ...shown,
    name: names.person,
    communityName: names.community,
    gridName: names.grid,
    unit,
    template: { id: templateId, version: templateVersion, title: template.title },
    lines: askedOf(template, unit, answers).map(({ item, answer, result }) => {
      const failed = result === 'fail' || result === 'fixed'
      const { basis = item.basis, ...hazard } = made.get(item.key) ?? {}
      return {
        key: item.key,
        section: titles.get(item.key) ?? '',
        text: item.text,
        basis: citationsOf(basis, catalogue, on),
        result,
        words: failed && words !== null ? (words.said[item.key] ?? item.wording) : null,
        photos: failed ? (answer?.photos ?? []) : [],
        after: failed ? (answer?.after ?? []) : [],
        hazard: 'id' in hazard ? hazard : null,
      }
    }),
  }
}

/**
 * The units that owe a self-check for a month, in the order of their names, with what they sent. Units are taken as
 * they stand today.
 */
export async function listMonth(scope: StreetScope, month: Month, filter: MonthFilter): Promise<MonthPage> {
  const { enterprises: e, selfchecks: s, select } = scope.read('selfcheck.view')
  const { reach } = scope.actor
  const places = filter.gridId
    ? [eq(e.gridId, filter.gridId)]
    : filter.communityId
      ? [eq(e.communityId, filter.communityId)]
      : placesOf(reach, { enterprise: e.id, grid: e.gridId, community: e.communityId })
  if (places.length === 0) return { owed: true, items: [], next: null }
  const last = filter.cursor
  const scanned = Math.max(1, Math.min(filter.limit + 1, Math.floor(mostUnits / places.length)))
  const wanted = (place: (typeof places)[number]) =>
    and(
      place ?? isNotNull(e.name),
      isActive(e.standing),
      isNull(e.mergedInto),
      last && afterRising([e.name, e.id], [the(select({ name: e.name }).from(e).where(eq(e.id, last))), last]),
    )
  const units = places.map((place) =>
    select({ id: e.id, name: e.name, kind: e.kind, standing: e.standing, communityId: e.communityId, gridId: e.gridId })
      .from(e)
      .where(wanted(place))
      .orderBy(asc(e.name), asc(e.id))
      .limit(scanned),
  )
  const sent = places.map((place) =>
    select({ id: s.id, enterpriseId: s.enterpriseId, receivedAt: s.receivedAt, findings: s.findings })
      .from(s)
      .where(
        and(
          eq(s.month, month),
          inArray(
            s.enterpriseId,
            select({ id: e.id }).from(e).where(wanted(place)).orderBy(asc(e.name), asc(e.id)).limit(scanned),
          ),
        ),
      )
      .limit(4 * scanned),
  )
  const [set, ...found] = await scope.together([settingsSet(scope), ...units, ...sent])
  const settings = settingsOf(set)
  // Safe: as many lists of units as there are places come first, then what these sent.
  const lists = found.slice(0, places.length) as Awaited<(typeof units)[number]>[]
  const done = (found.slice(places.length) as Awaited<(typeof sent)[number]>[]).flat()
  const first = new Map(
    done.sort((a, b) => b.receivedAt - a.receivedAt).map(({ enterpriseId, ...one }) => [enterpriseId, one]),
  )
  const { items, next } = pageOf(
    lists.map((rows) => ({
      rows: rows.map((row): MonthLine & { owes: boolean } => {
        const { standing: _, ...shown } = row
        return { ...shown, owes: hasPrincipal(row.kind), selfcheck: first.get(row.id) ?? null }
      }),
      more: rows.length === scanned,
    })),
    (a, b) => compareText(a.name, b.name) || compareText(a.id, b.id),
    (row) =>
      row.owes &&
      (!filter.kind || row.kind === filter.kind) &&
      (!filter.communityId || row.communityId === filter.communityId) &&
      (!filter.done || (row.selfcheck !== null) === (filter.done === 'yes')),
    filter.limit,
  )
  return {
    owed: owesSelfcheck({ kind: 'enterprise', standing: 'active' }, settings),
    items: items.map(({ owes: _, ...line }) => line),
    next: next && next.id,
  }
}

// What units said and what was found. ----------------------------------------------------------------------------------

/** What the comparison reads of visits: their findings, one line each, but those that were voided. */
const findingColumns = ({ inspectionFindings: f, hazards: h }: Relations) => ({
  inspectionId: f.inspectionId,
  item: f.item,
  category: h.category,
})

const visitColumns = (i: Relations['inspections']) => ({
  id: i.id,
  enterpriseId: i.enterpriseId,
  communityId: i.communityId,
  unit: i.unit,
  at: i.observedAt,
  receivedAt: i.receivedAt,
  templateId: i.templateId,
})

const saidColumns = (s: Relations['selfchecks']) => ({
  id: s.id,
  enterpriseId: s.enterpriseId,
  at: s.observedAt,
  unit: s.unit,
  templateId: s.templateId,
  templateVersion: s.templateVersion,
  answers: s.answers,
  findings: s.findings,
})

type VisitRow = Pick<Visit, 'id' | 'at' | 'templateId'>
type FindingRow = Visit['findings'][number] & { readonly inspectionId: InspectionId }
type SaidRow = Pick<Said, 'id' | 'at'> & {
  readonly unit: SelfcheckRecord['unit']
  readonly templateId: SelfcheckRecord['template']['id']
  readonly templateVersion: number
  readonly answers: Parameters<typeof fineItems>[2]
  readonly findings: number
}

const visitOf = ({ id, at, templateId }: VisitRow, findings: readonly FindingRow[]): Visit => ({
  id,
  at,
  templateId,
  findings: findings.filter(({ inspectionId }) => inspectionId === id),
})

/** The street's own checklists that self-checks were made by, in every version. */
const saidTemplates = (
  { checklistVersions: c, selfchecks: s, select }: ReturnType<StreetScope['read']>,
  which: ReturnType<typeof and>,
  most: number,
) =>
  select(versionColumns(c))
    .from(c)
    .where(
      inArray(
        c.id,
        select({ id: s.templateId }).from(s).where(which).orderBy(desc(s.receivedAt), desc(s.id)).limit(most),
      ),
    )
    .limit(mostTemplates)

function saidOf(
  { id, at, unit, templateId, templateVersion, answers, findings }: SaidRow,
  own: readonly Published[],
): Said {
  const template =
    carriedAs({ id: templateId, version: templateVersion }) ??
    own.find((one) => one.id === templateId && one.version === templateVersion)
  return {
    id,
    at,
    templateId,
    allFine: findings === 0,
    fine: template ? fineItems(template, unit, answers) : new Set(),
  }
}

/** Where a unit's own word and what was found there differ, with what that means. */
export async function unitSignals(scope: StreetScope, id: EnterpriseId, now: number): Promise<UnitSignals> {
  scope.require('selfcheck.compare')
  const relations = scope.read('selfcheck.view')
  const { enterprises: e, inspections: i, inspectionFindings: f, hazards: h, selfchecks: s, select } = relations
  const lately = and(eq(i.enterpriseId, id), isTrue(i.latest), gte(i.receivedAt, now - lookedBack))
  const [set, [unit], visits, findings, said, own] = await scope.together([
    settingsSet(scope),
    select({ id: e.id }).from(e).where(eq(e.id, id)),
    select(visitColumns(i)).from(i).where(lately).orderBy(desc(i.receivedAt), desc(i.id)).limit(mostVisits),
    select(findingColumns(relations))
      .from(f)
      .innerJoin(h, eq(h.id, f.hazardId))
      .where(
        and(
          inArray(
            f.inspectionId,
            select({ id: i.id }).from(i).where(lately).orderBy(desc(i.receivedAt), desc(i.id)).limit(mostVisits),
          ),
          ne(h.state, 'voided'),
        ),
      )
      .limit(8 * mostVisits),
    select(saidColumns(s))
      .from(s)
      .where(eq(s.enterpriseId, id))
      .orderBy(desc(s.receivedAt), desc(s.id))
      .limit(mostSaid),
    saidTemplates(relations, eq(s.enterpriseId, id), mostSaid),
  ])
  if (!unit) throw new Problem('not-found')
  const settings = settingsOf(set)
  const facts = { visits: visits.map((visit) => visitOf(visit, findings)), said: said.map((one) => saidOf(one, own)) }
  return {
    definitions: definitionsOf(settings),
    visits: visits.length,
    signals: asSent(signalsOf(facts, settings, now)),
  }
}

const asSent = (signals: ReturnType<typeof signalsOf>) =>
  signals.map((one) => ({ ...one, selfchecks: [...one.selfchecks], inspections: [...one.inspections] }))

/** The same of the units that were checked lately, the latest first. */
export async function listSignals(
  scope: StreetScope,
  cursorText: string | undefined,
  now: number,
): Promise<SignalPage> {
  scope.require('selfcheck.compare')
  const relations = scope.read('selfcheck.view')
  const { inspections: i, inspectionFindings: f, hazards: h, selfchecks: s, select } = relations
  const cursor = cursorText === undefined ? null : readCursor(cursorText)
  if (cursorText !== undefined && !cursor) throw badCursor()
  const begun = and(
    isTrue(i.latest),
    gte(i.receivedAt, now - lookedBack),
    cursor ? afterFalling([i.receivedAt, i.id], [Number(cursor.key), cursor.id]) : undefined,
  )
  const theirs = () =>
    select({ id: i.enterpriseId }).from(i).where(begun).orderBy(desc(i.receivedAt), desc(i.id)).limit(mostBegun)
  const saidThere = and(inArray(s.enterpriseId, theirs()), gte(s.receivedAt, now - lookedBack - 60 * day))
  const lately = and(inArray(i.enterpriseId, theirs()), isTrue(i.latest), gte(i.receivedAt, now - lookedBack))
  const [set, first, visits, findings, said, own] = await scope.together([
    settingsSet(scope),
    select(visitColumns(i)).from(i).where(begun).orderBy(desc(i.receivedAt), desc(i.id)).limit(mostBegun),
    select(visitColumns(i))
      .from(i)
      .where(lately)
      .limit(mostBegun * mostVisits),
    select(findingColumns(relations))
      .from(f)
      .innerJoin(h, eq(h.id, f.hazardId))
      .where(
        and(
          inArray(
            f.inspectionId,
            select({ id: i.id })
              .from(i)
              .where(lately)
              .limit(mostBegun * mostVisits),
          ),
          ne(h.state, 'voided'),
        ),
      )
      .limit(4 * mostBegun * mostVisits),
    select(saidColumns(s))
      .from(s)
      .where(saidThere)
      .limit(mostBegun * mostSaid),
    saidTemplates(relations, saidThere, mostBegun * mostSaid),
  ])
  const settings = settingsOf(set)
  const items = [...new Map(first.map((visit) => [visit.enterpriseId, visit])).values()].flatMap((visit) => {
    const { enterpriseId: id } = visit
    const facts = {
      visits: visits.filter((one) => one.enterpriseId === id).map((one) => visitOf(one, findings)),
      said: said.filter((one) => one.enterpriseId === id).map((one) => saidOf(one, own)),
    }
    const signals = asSent(signalsOf(facts, settings, now))
    return signals.length > 0 ? [{ id, name: visit.unit.name, communityId: visit.communityId, signals }] : []
  })
  const last = first.length === mostBegun ? first.at(-1) : undefined
  return { definitions: definitionsOf(settings), items, next: last ? writeCursor(last.receivedAt, last.id) : null }
}

/** What is proposed to be looked at by somebody else of what units put right themselves (抽查核验). */
export async function listSample(scope: StreetScope, now: number): Promise<SamplePage> {
  const { hazards: h, enterprises: e, select } = scope.read('hazard.recheck')
  const since = addDays(dayOf(now), -sampledBack)
  const [set, found] = await scope.together([
    settingsSet(scope),
    select({
      id: h.id,
      number: h.number,
      enterpriseName: aliased(e.name, 'enterprise_name'),
      description: h.description,
      receivedAt: h.receivedAt,
      checkers: h.checkers,
    })
      .from(h)
      .leftJoin(e, eq(e.id, h.enterpriseId))
      .where(and(isSettled(h.state), gte(h.receivedAt, startOfDay(since))))
      .orderBy(desc(h.receivedAt), desc(h.id))
      .limit(mostSettled),
  ])
  const share = settingsOf(set)['sample.share']
  const { streetId } = scope.street
  const drawn = await Promise.all(
    found.map(({ id, receivedAt }) => isSampled(sampleSeed(streetId, monthOf(receivedAt)), id, share, sha256)),
  )
  return {
    share,
    seed: sampleSeed(streetId, monthOf(now)),
    since,
    all: found.length,
    items: found.flatMap(({ checkers, ...one }, at) => (drawn[at] ? [{ ...one, verified: checkers.length > 0 }] : [])),
  }
}
