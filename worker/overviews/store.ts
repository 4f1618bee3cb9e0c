import type { DistrictFilter } from '@app/shared/hazards/filter'
import type { HazardRecord } from '@app/shared/hazards/schema'
import { nextDeeds } from '@app/shared/hazards/machine'
import { isOpen } from '@app/shared/hazards/words'
import { standingOf } from '@app/shared/hazards/effects'
import { can } from '@app/shared/capabilities'
import type { HazardId, PhotoId, StreetId } from '@app/shared/ids'
import type { DistrictHazards, Overview } from '@app/shared/overviews/schema'
import { compareText } from '@app/shared/order'
import { pageOf, readCursor, writeCursor } from '@app/shared/pages'
import { Problem } from '@app/shared/problem'
import { dayOf } from '@app/shared/time'
import {
  aliased,
  and,
  asc,
  afterRising,
  count,
  countOf,
  desc,
  eq,
  isNotOrdinary,
  isTrue,
  lt,
  afterFalling,
} from '../db/operators'
import { dutiesOf } from '../streets/store'
import { pleaShown } from '../hazards/store'
import type { DistrictScope } from '../tenancy/district-scope'

/** A district's list reads at most so many rows of the ledger for one page, all its streets together. */
const mostScanned = 180

/** What is open in each street, and how much of that is late or grave. */
export async function overview(scope: DistrictScope, now: number): Promise<Overview> {
  const { hazards: h, select } = scope.read('hazard.view')
  const open = select({
    streetId: h.streetId,
    open: count().as('all_open'),
    overdue: countOf(lt(h.dueOn, dayOf(now))).as('overdue'),
    suspected: countOf(eq(h.level, 'suspected')).as('suspected'),
    major: countOf(eq(h.level, 'major')).as('major'),
  })
    .from(h)
    .where(isTrue(h.open))
    .groupBy(h.streetId)
  // A member unit's person sees sectors of the streets, and not how these are staffed.
  const asked = can(scope.actor.role, 'score.view') ? scope.duties(dayOf(now)) : null
  const [found, duties] = asked
    ? await scope.together([...asked, open]).then((all) => [all[3], all] as const)
    : [await open, null]
  const none = { open: 0, overdue: 0, suspected: 0, major: 0 }
  return {
    streets: scope.district.streets.map(({ id, slug, name }) => ({
      ...none,
      ...found.find(({ streetId }) => streetId === id),
      duties: duties && shortfallOf(duties, id),
      streetId: id,
      slug,
      name,
    })),
  }
}

function shortfallOf(found: Parameters<typeof dutiesOf>[0], streetId: StreetId) {
  const { gaps, overloaded } = dutiesOf(found, streetId)
  return { gaps, overloaded }
}

/** One page of the district's hazards: suspected and major ones newest first, overdue ones longest overdue first. */
export async function listDistrictHazards(
  scope: DistrictScope,
  filter: DistrictFilter,
  now: number,
): Promise<DistrictHazards> {
  const { hazards: h, select } = scope.read('hazard.view')
  const streets = filter.streetId ? [scope.street(filter.streetId)] : scope.district.streets
  if (streets.length === 0) return { items: [], next: null }
  const cursor = filter.cursor === undefined ? null : readCursor(filter.cursor)
  if (filter.cursor !== undefined && !cursor) {
    throw new Problem('invalid-input', undefined, [{ pointer: '/cursor', detail: '翻页位置无效，请从第一页开始' }])
  }
  const { show } = filter
  const byDue = show === 'overdue'
  const scanned = Math.max(1, Math.min(filter.limit + 1, Math.floor(mostScanned / streets.length)))
  const columns = {
    streetId: h.streetId,
    id: h.id,
    number: h.number,
    category: h.category,
    sector: h.sector,
    level: h.level,
    state: h.state,
    round: h.round,
    dueOn: h.dueOn,
    receivedAt: h.receivedAt,
  }
  const queries = streets.map(({ id }) => {
    const here = eq(h.streetId, id)
    if (show === 'overdue') {
      return select(columns)
        .from(h)
        .where(
          and(
            here,
            isTrue(h.open),
            lt(h.dueOn, dayOf(now)),
            cursor ? afterRising([h.dueOn, h.id], [cursor.key, cursor.id]) : undefined,
          ),
        )
        .orderBy(asc(h.dueOn), asc(h.id))
        .limit(scanned)
    }
    const grave = show === 'open' ? eq(h.open, true) : and(isNotOrdinary(h.level), eq(h.level, show))
    return select(columns)
      .from(h)
      .where(and(here, grave, cursor ? afterFalling([h.receivedAt, h.id], [Number(cursor.key), cursor.id]) : undefined))
      .orderBy(desc(h.receivedAt), desc(h.id))
      .limit(scanned)
  })
  const found: DistrictHazards['items'][] = await scope.together(queries as never)
  type Card = DistrictHazards['items'][number]
  const order = byDue
    ? (a: Card, b: Card) => compareText(a.dueOn ?? '', b.dueOn ?? '') || compareText(a.id, b.id)
    : (a: Card, b: Card) => b.receivedAt - a.receivedAt || compareText(b.id, a.id)
  const { items, next } = pageOf(
    found.map((rows) => ({ rows, more: rows.length === scanned })),
    order,
    () => true,
    filter.limit,
  )
  return { items, next: next && writeCursor(byDue ? (next.dueOn ?? '') : next.receivedAt, next.id) }
}

/** One street's record in full, which that street can see was opened. People appear by their posts, not their names. */
export async function openHazard(
  scope: DistrictScope,
  record: { streetId: StreetId; hazardId: HazardId },
  now: number,
): Promise<HazardRecord> {
  const [[row], events, photos] = await scope.open(
    record,
    now,
    ({ hazards: h, hazardEvents: e, hazardPhotos: p, communities, grids, enterprises, overseers, select }) => [
      select({
        id: h.id,
        number: h.number,
        communityId: h.communityId,
        gridId: h.gridId,
        enterpriseId: h.enterpriseId,
        place: h.place,
        category: h.category,
        sector: h.sector,
        keyPlace: h.keyPlace,
        source: h.source,
        description: h.description,
        level: h.level,
        state: h.state,
        round: h.round,
        dueOn: h.dueOn,
        measures: h.measures,
        funds: h.funds,
        plan: h.plan,
        lapse: h.lapse,
        measure: h.measure,
        observedAt: h.observedAt,
        receivedAt: h.receivedAt,
        closedAt: h.closedAt,
        cover: h.cover,
        version: h.version,
        head: h.head,
        selfFound: h.selfFound,
        filedBy: h.filedBy,
        rectifiers: h.rectifiers,
        checkers: h.checkers,
        closedBy: h.closedBy,
        voidAskedBy: h.voidAskedBy,
        plea: h.plea,
        answered: h.answered,
        extensions: h.extensions,
        firstDueOn: h.firstDueOn,
        objections: h.objections,
        communityName: aliased(communities.name, 'community_name'),
        gridName: aliased(grids.name, 'grid_name'),
        enterpriseName: aliased(enterprises.name, 'enterprise_name'),
      })
        .from(h)
        .innerJoin(communities, eq(communities.id, h.communityId))
        .innerJoin(grids, eq(grids.id, h.gridId))
        .leftJoin(enterprises, eq(enterprises.id, h.enterpriseId)),
      select({
        seq: e.seq,
        round: e.round,
        deed: e.deed,
        by: e.actor,
        name: aliased(overseers.name, 'overseer_name'),
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
        .leftJoin(overseers, eq(overseers.id, e.actor))
        .orderBy(asc(e.seq)),
      select({ id: p.photoId, round: p.round, stage: p.stage, observedAt: p.observedAt, by: p.by })
        .from(p)
        .orderBy(asc(p.round), asc(p.observedAt)),
    ],
  )
  if (!row) throw new Problem('not-found')
  const { filedBy: _f, rectifiers: _r, checkers: _c, closedBy: _b, voidAskedBy, ...more } = row
  const { plea, answered: _a, extensions: _e, objections: _n, ...shown } = more
  const mayDetermine = can(scope.actor.role, 'hazard.determine')
  const named = { responsibleId: null, responsible: null }
  return {
    ...shown,
    ...named,
    streetId: record.streetId,
    voidAsked: voidAskedBy !== null && isOpen(row.state),
    plea: pleaShown(plea),
    photos,
    answering: null,
    inspection: null,
    selfcheck: null,
    extendableTo: null,
    due: null,
    deeds: events as HazardRecord['deeds'],
    next: nextDeeds(standingOf({ ...row, ...named, answerDueOn: null, answeredAt: null }), scope.actor.id).filter(
      (deed) => deed === 'determine' && mayDetermine,
    ),
  }
}

/** Whether a photo belongs to this record; looking at it counts as opening the record. */
export async function photoOfRecord(
  scope: DistrictScope,
  record: { streetId: StreetId; hazardId: HazardId },
  photoId: PhotoId,
  now: number,
): Promise<boolean> {
  const [found] = await scope.open(record, now, ({ hazardPhotos: p, select }) => [
    select({ id: p.photoId }).from(p).where(eq(p.photoId, photoId)).limit(1),
  ])
  return found.length > 0
}
