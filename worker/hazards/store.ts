import { can } from '@app/shared/capabilities'
import { type Implementation, effectsOf, standingOf } from '@app/shared/hazards/effects'
import {
  type Act,
  type Deed,
  deeds,
  isOverdue,
  nextDeeds,
  type Plea,
  refusal,
  type Standing,
} from '@app/shared/hazards/machine'
import { readHazardNumber } from '@app/shared/hazards/number'
import {
  assignmentErrors,
  dueDaysOf,
  extensionErrors,
  extensionRefusal,
  sourceRefusal,
  timesOf,
} from '@app/shared/hazards/rules'
import type {
  Assignment,
  ExtensionDecision,
  ExtensionRequest,
  HazardCard,
  HazardDraft,
  HazardPage,
  HazardRecord,
  Objection,
  ObjectionDecision,
  Reason,
  Recheck,
  Rectification,
  Verification,
  VoidDecision,
} from '@app/shared/hazards/schema'
import type { HazardFilter } from '@app/shared/hazards/filter'
import { isOpen, type Level, type Stage } from '@app/shared/hazards/words'
import type { EnterpriseId, HazardId, PersonId, PhotoId } from '@app/shared/ids'
import { answersFor } from '@app/shared/organisation/charges'
import type { InspectedHazard } from '@app/shared/inspections/rules'
import { compareText } from '@app/shared/order'
import { pageOf, readCursor, writeCursor } from '@app/shared/pages'
import { type FieldError, Problem } from '@app/shared/problem'
import { listedMeasures, namedMeasure } from '@app/shared/risks/rules'
import type { MeasureNaming } from '@app/shared/risks/schema'
import { type Settings, settingsOf } from '@app/shared/settings/catalogue'
import { addWorkingDays, readArrangement } from '@app/shared/calendar'
import { addDays, dayOf, type Day } from '@app/shared/time'
import {
  aliased,
  and,
  asc,
  citedIn,
  afterRising,
  anyOf,
  desc,
  eq,
  gt,
  isNotNull,
  isNotOrdinary,
  isTrue,
  lt,
  lte,
  afterFalling,
  or,
  placesOf,
  the,
} from '../db/operators'
import { citationsOf } from '../checklists/store'
import { catalogueWith, ownColumns } from '../criteria/store'
import { pointsOf } from '../risks/store'
import { requireHeld } from '../photos/store'
import { settingsSet } from '../settings/store'
import type { Statement } from '../tenancy/desk'
import type { Relations, StreetScope } from '../tenancy/street-scope'
import type { Subject, Writer } from '../tenancy/writer'

/** A list reads at most so many rows of the ledger for one page, whatever it is filtered by. */
const mostScanned = 150

const cardColumns = (h: Relations['hazards']) => ({
  id: h.id,
  number: h.number,
  communityId: h.communityId,
  gridId: h.gridId,
  enterpriseId: h.enterpriseId,
  place: h.place,
  category: h.category,
  sector: h.sector,
  description: h.description,
  level: h.level,
  state: h.state,
  round: h.round,
  dueOn: h.dueOn,
  responsible: h.responsible,
  observedAt: h.observedAt,
  receivedAt: h.receivedAt,
  closedAt: h.closedAt,
  voidAskedBy: h.voidAskedBy,
  plea: h.plea,
  cover: h.cover,
})

/** What a deed upon a hazard has to have read of it. */
export const standingColumns = (h: Relations['hazards']) => ({
  id: h.id,
  version: h.version,
  head: h.head,
  state: h.state,
  open: h.open,
  level: h.level,
  round: h.round,
  selfFound: h.selfFound,
  filedBy: h.filedBy,
  dueOn: h.dueOn,
  responsibleId: h.responsibleId,
  responsible: h.responsible,
  measures: h.measures,
  funds: h.funds,
  plan: h.plan,
  rectifiers: h.rectifiers,
  checkers: h.checkers,
  closedBy: h.closedBy,
  voidAskedBy: h.voidAskedBy,
  closedAt: h.closedAt,
  plea: h.plea,
  answerDueOn: h.answerDueOn,
  answered: h.answered,
  answeredAt: h.answeredAt,
  extensions: h.extensions,
  firstDueOn: h.firstDueOn,
  objections: h.objections,
  communityId: h.communityId,
  gridId: h.gridId,
  lapse: h.lapse,
  measureId: h.measureId,
  measure: h.measure,
})

type CardRow = Omit<HazardCard, 'voidAsked' | 'plea'> & { voidAskedBy: PersonId | null; plea: Plea | null }

function cardOf({ voidAskedBy, plea, ...row }: CardRow): HazardCard {
  return { ...row, voidAsked: voidAskedBy !== null && isOpen(row.state), plea: pleaShown(plea) }
}

/** A plea as everybody reads it, without who made it: that, its event tells. */
export function pleaShown(plea: Plea | null): HazardCard['plea'] {
  return plea && { kind: plea.kind, until: plea.until, answerDueOn: plea.answerDueOn }
}

/**
 * One page of the ledger. Each filter that narrows a lot drives an index; the others are applied to what that yields,
 * of which a page reads no more than `mostScanned`, so that a page may come short and say that there is more.
 */
export async function listHazards(scope: StreetScope, filter: HazardFilter, now: number): Promise<HazardPage> {
  const { hazards: h, select } = scope.read('hazard.view')
  const today = dayOf(now)
  const { actor } = scope

  if (filter.number !== undefined) {
    const sought = readHazardNumber(filter.number)
    if (!sought) return { items: [], next: null }
    const found = await select(cardColumns(h))
      .from(h)
      .where(and(eq(h.year, sought.year), eq(h.serial, sought.serial)))
    return { items: found.map(cardOf), next: null }
  }

  const byAnswer = filter.plea === 'yes'
  const byDue =
    byAnswer ||
    filter.mine === 'yes' ||
    filter.overdue !== undefined ||
    (filter.sort === 'due' && filter.open === 'yes')
  const cursor = filter.cursor === undefined ? null : readCursor(filter.cursor)
  if (filter.cursor !== undefined && !cursor) {
    throw new Problem('invalid-input', undefined, [{ pointer: '/cursor', detail: '翻页位置无效，请从第一页开始' }])
  }

  const drives = byDue ? [undefined] : driversOf(scope, filter)
  if (drives.length === 0) return { items: [], next: null }
  const narrowed = byDue || hasResidual(filter)
  const scanned = Math.max(
    1,
    Math.min(narrowed ? mostScanned : filter.limit + 1, Math.floor(mostScanned / drives.length)),
  )
  const queries = drives.map((drive) => {
    if (byAnswer) {
      return select(cardColumns(h))
        .from(h)
        .where(
          and(
            isNotNull(h.answerDueOn),
            cursor ? afterRising([h.answerDueOn, h.id], [cursor.key, cursor.id]) : undefined,
          ),
        )
        .orderBy(asc(h.answerDueOn), asc(h.id))
        .limit(scanned)
    }
    if (byDue) {
      const due =
        filter.overdue === 'yes'
          ? lt(h.dueOn, today)
          : filter.overdue === 'today'
            ? eq(h.dueOn, today)
            : filter.overdue === 'soon'
              ? and(gt(h.dueOn, today), filter.dueBy ? lte(h.dueOn, filter.dueBy) : undefined)
              : isNotNull(h.dueOn)
      return select(cardColumns(h))
        .from(h)
        .where(
          and(
            isTrue(h.open),
            filter.mine === 'yes' ? and(isNotNull(h.responsibleId), eq(h.responsibleId, actor.id)) : undefined,
            due,
            cursor ? afterRising([h.dueOn, h.id], [cursor.key, cursor.id]) : undefined,
          ),
        )
        .orderBy(asc(h.dueOn), asc(h.id))
        .limit(scanned)
    }
    return select(cardColumns(h))
      .from(h)
      .where(and(drive, cursor ? afterFalling([h.receivedAt, h.id], [Number(cursor.key), cursor.id]) : undefined))
      .orderBy(desc(h.receivedAt), desc(h.id))
      .limit(scanned)
  })
  const { files, found } = await withFiles(scope, filter.enterpriseId, queries)
  const wanted = (row: CardRow) => isWanted(row, filter, files, today)
  const dayFor = (row: CardRow) => (byAnswer ? row.plea?.answerDueOn : row.dueOn) ?? ''
  const order = byDue
    ? (a: CardRow, b: CardRow) => compareText(dayFor(a), dayFor(b)) || compareText(a.id, b.id)
    : (a: CardRow, b: CardRow) => b.receivedAt - a.receivedAt || compareText(b.id, a.id)
  const { items, next } = pageOf(
    found.map((rows) => ({ rows, more: rows.length === scanned })),
    order,
    wanted,
    filter.limit,
  )
  return {
    items: items.map(cardOf),
    next: next && writeCursor(byDue ? dayFor(next) : next.receivedAt, next.id),
  }
}

/** The conditions that each drive one index. */
function driversOf(scope: StreetScope, filter: HazardFilter) {
  const { hazards: h } = scope.read('hazard.view')
  const { reach } = scope.actor
  const open = eq(h.open, filter.open === 'yes')
  if (filter.level && filter.level !== 'ordinary') return [and(isNotOrdinary(h.level), eq(h.level, filter.level))]
  const unit = filter.enterpriseId ?? (reach.within === 'enterprise' && reach.ids[0])
  if (unit) return scope.filesOf(unit).map((file) => and(eq(h.enterpriseId, file), open))
  if (filter.gridId) return [and(eq(h.gridId, filter.gridId), open)]
  if (filter.communityId) return [and(eq(h.communityId, filter.communityId), open)]
  return placesOf(reach, { enterprise: h.enterpriseId, grid: h.gridId, community: h.communityId }).map((place) =>
    place ? and(place, open) : open,
  )
}

function hasResidual(filter: HazardFilter): boolean {
  const { state, level, communityId, gridId, enterpriseId, category } = filter
  return Boolean(state || level || category) || [communityId, gridId, enterpriseId].filter(Boolean).length > 1
}

/** Runs the queries of a list, and tells which files the unit has that it is narrowed to. */
async function withFiles(
  scope: StreetScope,
  unit: EnterpriseId | undefined,
  queries: readonly unknown[],
): Promise<{ files: ReadonlySet<EnterpriseId> | null; found: CardRow[][] }> {
  if (!unit) return { files: null, found: await scope.together(queries as never) }
  const { enterprises: e, select } = scope.read('hazard.view')
  const its = select({ id: e.id })
    .from(e)
    .where(anyOf(e.id, scope.filesOf(unit)))
  // Safe: the results of a batch are those of its statements, in order.
  const [files, ...found] = (await scope.together([its, ...queries] as never)) as unknown as [
    { id: EnterpriseId }[],
    ...CardRow[][],
  ]
  return { files: new Set([unit, ...files.map(({ id }) => id)]), found }
}

function isWanted(row: CardRow, filter: HazardFilter, files: ReadonlySet<EnterpriseId> | null, today: Day): boolean {
  return (
    isOpen(row.state) === (filter.open === 'yes') &&
    (!filter.state || row.state === filter.state) &&
    (!filter.level || row.level === filter.level) &&
    (!filter.category || row.category === filter.category) &&
    (!filter.communityId || row.communityId === filter.communityId) &&
    (!filter.gridId || row.gridId === filter.gridId) &&
    (!files || (row.enterpriseId !== null && files.has(row.enterpriseId))) &&
    (filter.overdue !== 'yes' || isOverdue(row, today)) &&
    (filter.overdue !== 'today' || row.dueOn === today) &&
    (filter.overdue !== 'soon' || isNear(row.dueOn, today, filter.dueBy))
  )
}

const isNear = (dueOn: Day | null, today: Day, by: Day | undefined) =>
  dueOn !== null && dueOn > today && (by === undefined || dueOn <= by)

/** A hazard with its whole story and what the reader may do next. Throws `not-found`. */
export async function getHazard(scope: StreetScope, id: HazardId, now: number): Promise<HazardRecord> {
  const {
    hazards: h,
    hazardEvents: e,
    hazardPhotos: p,
    people,
    communities,
    grids,
    enterprises,
    charges: c,
    inspections: i,
    inspectionFindings: f,
    selfchecks: sc,
    selfcheckFindings: sf,
    ownCriteria: o,
    select,
  } = scope.read('hazard.view')
  const [[row], [names], events, photos, charges, set, [found], [reported], own, ownOfReport] = await scope.together([
    select({ ...standingColumns(h), ...cardColumns(h), source: h.source, keyPlace: h.keyPlace })
      .from(h)
      .where(eq(h.id, id)),
    select({
      community: aliased(communities.name, 'community'),
      grid: aliased(grids.name, 'grid'),
      enterprise: aliased(enterprises.name, 'enterprise'),
    })
      .from(h)
      .innerJoin(communities, eq(communities.id, h.communityId))
      .innerJoin(grids, eq(grids.id, h.gridId))
      .leftJoin(enterprises, eq(enterprises.id, h.enterpriseId))
      .where(eq(h.id, id)),
    select({
      seq: e.seq,
      round: e.round,
      deed: e.deed,
      by: e.actor,
      name: aliased(people.name, 'person_name'),
      role: aliased(e.role, 'event_role'),
      observedAt: e.observedAt,
      receivedAt: e.receivedAt,
      words: e.said,
      before: e.before,
      after: e.after,
      photos: e.photos,
      hash: e.hash,
    })
      .from(e)
      .leftJoin(people, eq(people.id, e.actor))
      .where(eq(e.hazardId, id))
      .orderBy(asc(e.seq)),
    select({ id: p.photoId, round: p.round, stage: p.stage, observedAt: p.observedAt, by: p.by })
      .from(p)
      .where(eq(p.hazardId, id))
      .orderBy(asc(p.round), asc(p.observedAt)),
    select({
      placeId: c.placeId,
      kind: c.kind,
      personId: c.personId,
      name: aliased(people.name, 'answering_name'),
      from: c.from,
      until: c.until,
    })
      .from(h)
      .innerJoin(c, or(eq(c.placeId, h.communityId), eq(c.placeId, h.gridId)))
      .innerJoin(people, eq(people.id, c.personId))
      .where(eq(h.id, id)),
    settingsSet(scope),
    select({ id: i.id, kind: i.kind, observedAt: i.observedAt, by: i.by, others: i.others, basis: f.basis })
      .from(f)
      .innerJoin(i, eq(i.id, f.inspectionId))
      .where(and(eq(f.hazardId, id), isTrue(i.latest)))
      .limit(1),
    select({ id: sc.id, observedAt: sc.observedAt, basis: sf.basis })
      .from(sf)
      .innerJoin(sc, eq(sc.id, sf.selfcheckId))
      .where(eq(sf.hazardId, id))
      .limit(1),
    select(ownColumns(o)).from(f).innerJoin(o, citedIn(o.id, f.basis)).where(eq(f.hazardId, id)).limit(40),
    select(ownColumns(o)).from(sf).innerJoin(o, citedIn(o.id, sf.basis)).where(eq(sf.hazardId, id)).limit(40),
  ])
  if (!row || !names) throw new Problem('not-found')
  const { actor, street } = scope
  const answering = (on: Day) => ({
    leader: answersFor(charges, row.communityId, on)?.name ?? null,
    cadre: answersFor(charges, row.gridId, on)?.name ?? null,
  })
  const { selfFound, filedBy: _f, open: _o, rectifiers: _r, checkers: _c, closedBy: _b, ...more } = row
  const { answerDueOn: _d, answered: _a, answeredAt: _t, extensions, objections: _n, measureId: _m, ...shown } = more
  const settings = settingsOf(set)
  const today = dayOf(now)
  const extendable = extensionRefusal({ dueOn: row.dueOn, extensions }, settings, today) === null
  return {
    ...cardOf(shown),
    streetId: street.streetId,
    source: row.source,
    keyPlace: row.keyPlace,
    measures: row.measures,
    funds: row.funds,
    plan: row.plan,
    lapse: row.lapse,
    measure: row.measure,
    responsibleId: row.responsibleId,
    communityName: names.community,
    gridName: names.grid,
    enterpriseName: names.enterprise,
    answering: { now: answering(dayOf(now)), found: answering(dayOf(row.observedAt)) },
    inspection: found
      ? {
          id: found.id,
          kind: found.kind,
          at: found.observedAt,
          basis: citationsOf(found.basis, catalogueWith(own), dayOf(found.observedAt)),
        }
      : null,
    selfcheck: reported
      ? {
          id: reported.id,
          at: reported.observedAt,
          basis: citationsOf(reported.basis, catalogueWith(ownOfReport), dayOf(reported.observedAt)),
        }
      : null,
    selfFound,
    firstDueOn: row.firstDueOn,
    extendableTo: row.dueOn && addDays(row.dueOn, settings['extension.days']),
    due: dueDaysOf(row.level, settings, today),
    photos,
    deeds: events as HazardRecord['deeds'],
    next: nextDeeds(standingOf(row), actor.id).filter(
      (deed) =>
        deed !== 'determine' &&
        can(actor.role, deeds[deed].capability) &&
        (deed !== 'ask-extension' || extendable) &&
        (!isAnswerToObjection(deed) || !signedBy(found, actor.id)),
    ),
    version: row.version,
    head: row.head,
  }
}

const isAnswerToObjection = (deed: Deed) => deed === 'uphold' || deed === 'overrule'

/** Whether somebody signed the check that a hazard was found on, or took part in it. */
const signedBy = (
  found: { readonly by: PersonId; readonly others: readonly PersonId[] } | undefined,
  person: PersonId,
) => found !== undefined && (found.by === person || found.others.includes(person))

/** Files a hazard with the next number of the street's year. Throws `invalid-input`, `photos-missing`, `already-there`. */
export async function fileHazard(scope: StreetScope, draft: HazardDraft, now: number): Promise<void> {
  const { grids, enterprises, select } = scope.read('hazard.file')
  const { actor } = scope
  const refused = sourceRefusal(draft.source, actor.reach)
  if (refused) throw new Problem('invalid-input', undefined, [{ pointer: '/source', detail: refused }])

  const [[grid], [unit], held] = await scope.together([
    select({ communityId: grids.communityId, retiredOn: grids.retiredOn })
      .from(grids)
      .where(eq(grids.id, draft.gridId)),
    select({ gridId: enterprises.gridId })
      .from(enterprises)
      .where(eq(enterprises.id, draft.enterpriseId ?? ('' as never))),
    scope.photosHeld(draft.photos),
  ])
  const errors: FieldError[] = []
  if (grid && grid.retiredOn !== null) errors.push({ pointer: '/gridId', detail: '该网格已撤销，请选择现有网格' })
  else if (grid?.communityId !== draft.communityId) errors.push({ pointer: '/gridId', detail: '网格不在所选社区内' })
  if (draft.enterpriseId && unit?.gridId !== draft.gridId) {
    errors.push({ pointer: '/enterpriseId', detail: '单位不在所选网格内' })
  }
  if (errors.length > 0) throw new Problem('invalid-input', undefined, errors)
  requireHeld(draft.photos, held)

  const times = timesOf(draft.observedAt, now)
  const act: Act = {
    deed: 'file',
    by: actor.id,
    level: draft.level,
    selfFound: draft.source === 'enterprise-check',
  }
  const { columns, round } = effectsOf(null, act, times)
  const { id, photos, ...what } = draft
  await scope.write({ deed: 'file', round: 1, times, said: null, photos }, (w) => [
    w.begin({
      ...what,
      // Safe: filing moves every column that the machine owns.
      ...(columns as Required<typeof columns>),
      id,
      // Of a unit's own files the one that the post was given for; it is read through all of them.
      enterpriseId: unit && actor.reach.within === 'enterprise' ? actor.reach.ids[0] : what.enterpriseId,
      selfFound: act.selfFound,
      filedBy: actor.id,
      observedAt: times.observedAt,
      receivedAt: now,
      cover: photos[0] ?? null,
    }),
    ...(round ? [w.round(id, round)] : []),
    ...w.bind(id, { round: 1, stage: 'before', ids: photos, by: actor.id, observedAt: times.observedAt }),
  ])
}

/** The deed that files what a check found: with the photos of it, and of what was put right at once. */
export function filingOf(
  { id, draft: { photos, ...what }, after }: Pick<InspectedHazard, 'draft' | 'after'> & { readonly id: HazardId },
  act: Extract<Act, { deed: 'file' }>,
  times: ReturnType<typeof timesOf>,
  implementation?: Parameters<typeof effectsOf>[3],
) {
  const { columns, round } = effectsOf(null, act, times, implementation)
  const taken = { round: 1, by: act.by, observedAt: times.observedAt }
  return {
    done: { deed: 'file', round: 1, times, said: null, photos: [...photos, ...after] } as const,
    build: (w: Writer): [Subject, ...Statement[]] => [
      w.begin({
        ...what,
        // Safe: filing moves every column that the machine owns.
        ...(columns as Required<typeof columns>),
        id,
        selfFound: act.selfFound,
        filedBy: act.by,
        observedAt: times.observedAt,
        receivedAt: times.receivedAt,
        cover: photos[0] ?? null,
      }),
      ...(round ? [w.round(id, round)] : []),
      ...w.bind(id, { ...taken, stage: 'before', ids: photos }),
      ...w.bind(id, { ...taken, stage: 'after', ids: after }),
    ],
  }
}

export interface RoundOf {
  readonly hazardId: HazardId
  readonly round: number
}

interface Doing {
  readonly deed: Exclude<Deed, 'file' | 'determine'>
  readonly naming?: MeasureNaming
  /**
   * By when, for an assignment; without it the day that stands, or what the street usually gives. For an extension, the
   * day that is asked for or given.
   */
  readonly dueOn?: Day | undefined
  readonly said: string | null
  readonly observedAt: number | undefined
  readonly implementation?: Implementation
  readonly photos?: { readonly stage: Stage; readonly ids: readonly PhotoId[] }
}

/** Does one deed upon the current round, if the machine lets it pass: read, decide, write what was read. */
async function act(scope: StreetScope, { hazardId, round }: RoundOf, now: number, doing: Doing): Promise<void> {
  const { hazards: h, people, inspections: i, inspectionFindings: f, select } = scope.read(deeds[doing.deed].capability)
  const { stage, ids } = doing.photos ?? { stage: 'after' as const, ids: [] }
  const responsibleId = doing.implementation?.responsibleId ?? null
  const [[seen], held, [responsible], set, [found], ...points] = await scope.together([
    select(standingColumns(h)).from(h).where(eq(h.id, hazardId)),
    scope.photosHeld(ids),
    select({ id: people.id, until: people.until })
      .from(people)
      .where(eq(people.id, responsibleId ?? ('' as never))),
    settingsSet(scope),
    select({ by: i.by, others: i.others })
      .from(f)
      .innerJoin(i, eq(i.id, f.inspectionId))
      .where(and(eq(f.hazardId, isAnswerToObjection(doing.deed) ? hazardId : ('' as never)), isTrue(i.latest)))
      .limit(1),
    ...pointsFor(scope, doing.naming ? hazardId : null),
  ])
  if (!seen) throw new Problem('not-found')
  if (responsibleId && (!responsible || responsible.until !== null)) {
    throw new Problem('invalid-input', undefined, [
      { pointer: '/responsibleId', detail: '责任人不在本街道，请重新选择' },
    ])
  }
  const standing = standingOf(seen)
  if (round !== standing.round) throw new Problem('rule-broken', '该隐患已进入新的轮次，请刷新后再试。')
  const { deed } = doing
  const by = scope.actor.id
  const settings = settingsOf(set)
  const today = dayOf(now)
  const asked = actOf(doing, by, standing, settings, today)
  const refused =
    refusal(standing, asked) ??
    (deed === 'ask-extension' ? extensionRefusal(standing, settings, today) : null) ??
    (isAnswerToObjection(deed) && signedBy(found, by) ? '参加了这次检查的人不能答复对它的异议，请由他人答复。' : null)
  if (refused) throw new Problem('rule-broken', refused)
  const errors = dayErrors(asked, standing.dueOn, settings, today, standing.level)
  const named = doing.naming && namedMeasure(doing.naming, listedMeasures(points.flat()))
  errors.push(...(named?.errors ?? []))
  if (errors.length > 0) throw new Problem('invalid-input', undefined, errors)
  requireHeld(ids, held)

  const times = timesOf(doing.observedAt, now)
  const effects = effectsOf(
    standing,
    asked,
    times,
    doing.implementation,
    named?.errors === null ? { measureId: named.measureId, measure: named.words } : undefined,
  )
  // A reopening's event and photos belong to the round that it begins.
  const at = effects.columns.round ?? round
  await scope.write({ deed, round: at, times, said: doing.said, photos: ids }, (w) => [
    w.change(seen, effects.columns),
    ...(effects.round ? [w.round(hazardId, effects.round)] : []),
    ...w.bind(hazardId, { round: at, stage, ids, by, observedAt: times.observedAt }),
  ])
}

/** Queries for the risk points of the unit of a hazard, whose measures it can name; none where it names none. */
function pointsFor(scope: StreetScope, hazardId: HazardId | null) {
  if (hazardId === null) return []
  const { hazards: h, select } = scope.read('hazard.view')
  return pointsOf(scope, the(select({ unit: h.enterpriseId }).from(h).where(eq(h.id, hazardId))))
}

/** Names the control measure that was missing or failed. Throws `invalid-input` for one the unit does not list. */
export async function nameMeasure(
  scope: StreetScope,
  path: RoundOf,
  { observedAt, ...naming }: MeasureNaming,
  now: number,
): Promise<void> {
  await act(scope, path, now, { deed: 'name-measure', said: naming.words, observedAt, naming })
}

/** By when somebody asked is owed an answer, in working days as the street's arrangement has them. */
function answerBy(today: Day, key: 'extension.answer' | 'objection.answer', settings: Settings): Day {
  const calendar = readArrangement(settings['calendar.arrangement'])
  if ('wrong' in calendar) throw new Error('An arrangement was read before it was kept')
  return addWorkingDays(today, settings[key], calendar)
}

/** The deed as the machine sees it: what it leaves out is what stands, or what the street usually gives. */
function actOf({ deed, dueOn, naming }: Doing, by: PersonId, standing: Standing, settings: Settings, today: Day): Act {
  // Safe: the schema of each of these asks for its day.
  const given = dueOn as Day
  switch (deed) {
    case 'assign':
      return { deed, by, dueOn: dueOn ?? standing.dueOn ?? dueDaysOf(standing.level, settings, today).usual }
    case 'ask-extension':
      return { deed, by, until: given, answerDueOn: answerBy(today, 'extension.answer', settings) }
    case 'object':
      return { deed, by, answerDueOn: answerBy(today, 'objection.answer', settings) }
    case 'grant-extension':
      return { deed, by, dueOn: given }
    case 'name-measure':
      if (!naming) throw new Error('A naming names a measure')
      return { deed, by, lapse: naming.lapse }
    default:
      return { deed, by }
  }
}

/** What cannot be right about the day that a deed names. */
function dayErrors(act: Act, before: Day | null, settings: Settings, today: Day, level: Level): FieldError[] {
  if (act.deed === 'assign') return assignmentErrors(act, today, before, dueDaysOf(level, settings, today).most)
  if (before === null) return []
  if (act.deed === 'ask-extension') return extensionErrors('/until', act.until, before, settings, today)
  return act.deed === 'grant-extension' ? extensionErrors('/dueOn', act.dueOn, before, settings, today) : []
}

/** Names who puts it right, how, and by when. Throws `invalid-input` for a day that cannot be, or a stranger's name. */
export async function assign(scope: StreetScope, path: RoundOf, assignment: Assignment, now: number): Promise<void> {
  const { dueOn, observedAt, ...implementation } = assignment
  await act(scope, path, now, {
    deed: 'assign',
    dueOn,
    said: null,
    observedAt,
    implementation,
  })
}

export async function rectify(scope: StreetScope, path: RoundOf, done: Rectification, now: number): Promise<void> {
  await act(scope, path, now, {
    deed: 'rectify',
    said: done.words,
    observedAt: done.observedAt,
    photos: { stage: 'after', ids: done.photos },
  })
}

export async function recheck(scope: StreetScope, path: RoundOf, done: Recheck, now: number): Promise<void> {
  await act(scope, path, now, {
    deed: done.outcome,
    said: done.words,
    observedAt: done.observedAt,
    photos: { stage: 'recheck', ids: done.photos },
  })
}

type Plain = 'close' | 'reopen' | 'propose-void'

/** A deed that needs nothing but the words that justify it. */
export async function deedWithReason(
  scope: StreetScope,
  path: RoundOf,
  deed: Plain,
  reason: Reason,
  now: number,
): Promise<void> {
  await act(scope, path, now, { deed, said: reason.words, observedAt: reason.observedAt })
}

export async function decideVoid(
  scope: StreetScope,
  path: RoundOf,
  decision: VoidDecision,
  now: number,
): Promise<void> {
  await act(scope, path, now, {
    deed: decision.outcome,
    said: decision.words,
    observedAt: decision.observedAt,
  })
}

/** Asks to have a hazard put off, before the day it is due. Throws `rule-broken`, `invalid-input`. */
export async function askExtension(
  scope: StreetScope,
  path: RoundOf,
  { until, words, observedAt }: ExtensionRequest,
  now: number,
): Promise<void> {
  await act(scope, path, now, { deed: 'ask-extension', dueOn: until, said: words, observedAt })
}

/** Puts a hazard off, or does not. Throws as `askExtension` does. */
export async function decideExtension(
  scope: StreetScope,
  path: RoundOf,
  decision: ExtensionDecision,
  now: number,
): Promise<void> {
  const { outcome, words, observedAt } = decision
  const dueOn = decision.outcome === 'grant-extension' ? decision.dueOn : undefined
  await act(scope, path, now, { deed: outcome, dueOn, said: words, observedAt })
}

export async function objectTo(scope: StreetScope, path: RoundOf, done: Objection, now: number): Promise<void> {
  await act(scope, path, now, {
    deed: 'object',
    said: done.words,
    observedAt: done.observedAt,
    photos: { stage: 'objection', ids: done.photos },
  })
}

export async function decideObjection(
  scope: StreetScope,
  path: RoundOf,
  { outcome, words, observedAt }: ObjectionDecision,
  now: number,
): Promise<void> {
  await act(scope, path, now, { deed: outcome, said: words, observedAt })
}

/** Looks at what a unit put right itself (抽查核验). */
export async function verify(scope: StreetScope, path: RoundOf, done: Verification, now: number): Promise<void> {
  await act(scope, path, now, {
    deed: done.outcome,
    said: done.words,
    observedAt: done.observedAt,
    photos: { stage: 'recheck', ids: done.photos },
  })
}
