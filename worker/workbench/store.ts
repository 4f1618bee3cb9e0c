import type { Workbench } from '@app/shared/workbench/schema'
import { addDays, dayOf, monthOf, periodOf } from '@app/shared/time'
import { gapsOn, overloadedOn } from '@app/shared/organisation/charges'
import { soonUntil } from '@app/shared/hazards/rules'
import { settingsOf } from '@app/shared/settings/catalogue'
import { and, count, countOf, desc, eq, gt, gte, isNotNull, isNull, isTrue, lt, lte, or } from '../db/operators'
import { settingsSet } from '../settings/store'
import type { StreetScope } from '../tenancy/street-scope'

/** Counted up to here; a street with more open than this knows it has too many. */
const mostCounted = 2000

/** The most days before the due day that a street may set to be reminded. */
const mostReminder = 30

/** What waits in the street, within the actor's reach. */
export async function openWorkbench(scope: StreetScope, now: number): Promise<Workbench> {
  const { hazards: h, hazardRounds: r, communities, grids, charges, select } = scope.read('hazard.view')
  const today = dayOf(now)
  const open = select({
    state: h.state,
    level: h.level,
    dueOn: h.dueOn,
    responsibleId: h.responsibleId,
    answerDueOn: h.answerDueOn,
  })
    .from(h)
    .where(isTrue(h.open))
    .limit(mostCounted + 1)
    .as('open_hazards')
  const [[counted], [closed], standing, cells, held, set, near] = await scope.together([
    select({
      all: count().as('all_open'),
      overdue: countOf(lt(open.dueOn, today)).as('overdue'),
      dueToday: countOf(eq(open.dueOn, today)).as('due_today'),
      filed: countOf(eq(open.state, 'filed')).as('filed'),
      assigned: countOf(eq(open.state, 'assigned')).as('assigned'),
      rectified: countOf(eq(open.state, 'rectified')).as('rectified'),
      checked: countOf(eq(open.state, 'checked')).as('checked'),
      suspected: countOf(eq(open.level, 'suspected')).as('suspected'),
      major: countOf(eq(open.level, 'major')).as('major'),
      pleas: countOf(isNotNull(open.answerDueOn)).as('pleas'),
      mine: countOf(eq(open.responsibleId, scope.actor.id)).as('mine'),
    }).from(open),
    select({ n: count() }).from(
      select({ at: r.closedAt })
        .from(r)
        .where(and(gte(r.endedAt, periodOf(monthOf(now)).from), gte(r.closedAt, periodOf(monthOf(now)).from)))
        .limit(mostCounted)
        .as('closed_rounds'),
    ),
    select({ id: communities.id, retiredOn: communities.retiredOn }).from(communities),
    select({ id: grids.id, communityId: grids.communityId, retiredOn: grids.retiredOn }).from(grids),
    select({
      placeId: charges.placeId,
      kind: charges.kind,
      personId: charges.personId,
      from: charges.from,
      until: charges.until,
    })
      .from(charges)
      .where(or(isNull(charges.until), gt(charges.until, today))),
    settingsSet(scope),
    // How near is near is a setting, read beside it: all that may be near, day by day.
    select({ dueOn: h.dueOn, n: count().as('near') })
      .from(h)
      .where(and(isTrue(h.open), isNotNull(h.dueOn), gt(h.dueOn, today), lte(h.dueOn, addDays(today, mostReminder))))
      .groupBy(h.dueOn),
  ])
  const { reach } = scope.actor
  const places = [
    ...standing.map((place) => ({ ...place, kind: 'community' as const, communityId: place.id })),
    ...cells.map((place) => ({ ...place, kind: 'grid' as const })),
  ].filter(
    ({ id, communityId }) =>
      reach.within === 'street' ||
      (reach.within === 'communities' && reach.ids.includes(communityId)) ||
      (reach.within === 'grids' && (reach.ids as readonly string[]).includes(id)),
  )
  const gaps = gapsOn(places, held, today)
  const { all = 0, ...counts } = counted ?? {}
  const until = soonUntil(settingsOf(set), today)
  const soon = near.filter(({ dueOn }) => dueOn !== null && until !== null && dueOn <= until)
  return {
    counts: { ...counts, dueSoon: soon.reduce((sum, { n }) => sum + n, 0) },
    soonUntil: until,
    capped: all > mostCounted,
    closedThisMonth: closed?.n ?? 0,
    charges: {
      communities: gaps.filter(({ kind }) => kind === 'community').length,
      grids: gaps.filter(({ kind }) => kind === 'grid').length,
      overloaded: reach.within === 'street' ? overloadedOn(held, today).length : 0,
    },
  }
}

/** Which records the district opened lately, for the street to see. */
export async function listAccess(scope: StreetScope) {
  const { accessLog: a, hazards: h, overseers: o, select } = scope.read('access.view')
  return select({
    day: a.day,
    actor: a.actor,
    name: o.name,
    subject: a.subject,
    number: h.number,
    times: a.times,
    lastAt: a.lastAt,
  })
    .from(a)
    .innerJoin(h, eq(h.id, a.subject))
    .leftJoin(o, eq(o.id, a.actor))
    .orderBy(desc(a.day))
    .limit(50)
}
