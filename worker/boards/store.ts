import { type Board, boardOf } from '@app/shared/enterprises/board'
import { settingsOf } from '@app/shared/settings/catalogue'
import { dayOf } from '@app/shared/time'
import { asc, count, isActive, isNotNull, isNull, isTrue, truthOf } from '../db/operators'
import { placesIn, reachedOf } from '../places/store'
import { settingsSet } from '../settings/store'
import type { StreetScope } from '../tenancy/street-scope'

/** Counted up to here; a street with more open than this knows it has too many. */
const mostOpen = 10_000

/** How many units of which kind, and how many open hazards, each grid in reach has; counted in one statement each. */
export async function gridBoard(scope: StreetScope, now: number): Promise<Board> {
  const { enterprises: e, hazards: h, select } = scope.read('enterprise.view')
  const [highRisk, active] = [truthOf(isNotNull(e.highRisk)), truthOf(isActive(e.standing))]
  // In the order of the index over what is open, as in the tree of places.
  const open = select({ gridId: h.gridId })
    .from(h)
    .where(isTrue(h.open))
    .orderBy(asc(h.dueOn), asc(h.id))
    .limit(mostOpen)
    .as('open_hazards')
  const [communities, grids, own, set, units, hazards] = await scope.together([
    ...placesIn(scope),
    settingsSet(scope),
    select({
      gridId: e.gridId,
      colour: e.colour,
      highRisk: highRisk.as('is_high_risk'),
      crowded: e.crowded,
      active: active.as('is_active'),
      inspectedOn: e.inspectedOn,
      n: count().as('units'),
    })
      .from(e)
      .where(isNull(e.mergedInto))
      .groupBy(e.gridId, e.colour, highRisk, e.crowded, active, e.inspectedOn),
    select({ gridId: open.gridId, n: count().as('hazards') })
      .from(open)
      .groupBy(open.gridId),
  ])
  return {
    communities: boardOf(reachedOf(scope, [communities, grids, own]), units, hazards, settingsOf(set), dayOf(now)),
    capped: hazards.reduce((sum, { n }) => sum + n, 0) >= mostOpen,
  }
}
