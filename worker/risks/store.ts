import type { EnterpriseId, RiskPointId } from '@app/shared/ids'
import { Problem } from '@app/shared/problem'
import { comparePoints, standingRefusal } from '@app/shared/risks/rules'
import {
  mostPoints,
  type NewPoint,
  type PointEdit,
  type PointHistory,
  type PointList,
  type PointStanding,
} from '@app/shared/risks/schema'
import { dayOf } from '@app/shared/time'
import { aliased, and, count, desc, eq, isNull, type SQL } from '../db/operators'
import type { Relations, StreetScope } from '../tenancy/street-scope'

const columnsOf = (p: Relations['riskPoints']) => ({
  id: p.id,
  enterpriseId: p.enterpriseId,
  name: p.name,
  accident: p.accident,
  level: p.level,
  reason: p.reason,
  measures: p.measures,
  retiredOn: p.retiredOn,
  version: p.version,
  updatedAt: p.updatedAt,
})

/** Queries for the risk points of a unit, one for each of its files. */
export function pointsOf(scope: StreetScope, id: EnterpriseId | SQL) {
  const { riskPoints: p, select } = scope.read('enterprise.view')
  return scope.filesOf(id).map((file) => select(columnsOf(p)).from(p).where(eq(p.enterpriseId, file)).limit(mostPoints))
}

/** The risk list of one unit. Throws `not-found` for one that is not there or out of reach. */
export async function listPoints(scope: StreetScope, enterpriseId: EnterpriseId): Promise<PointList> {
  const { enterprises: e, select } = scope.read('enterprise.view')
  const [[unit], ...points] = await scope.together([
    select({ id: e.id }).from(e).where(eq(e.id, enterpriseId)),
    ...pointsOf(scope, enterpriseId),
  ])
  if (!unit) throw new Problem('not-found')
  return { items: points.flat().toSorted(comparePoints) }
}

/** All versions of one point, the newest first. Throws `not-found`. */
export async function pointHistory(scope: StreetScope, id: RiskPointId): Promise<PointHistory> {
  const { riskPointChanges: c, people, select } = scope.read('enterprise.view')
  const items = await select({
    version: c.version,
    deed: c.deed,
    level: c.level,
    words: c.words,
    by: aliased(people.name, 'by_name'),
    at: c.at,
  })
    .from(c)
    .leftJoin(people, eq(people.id, c.by))
    .where(eq(c.pointId, id))
    .orderBy(desc(c.version))
    .limit(mostPoints)
  if (items.length === 0) throw new Problem('not-found')
  return { items }
}

/** Enters a point in a unit's list. Throws `not-found`, `rule-broken` when the list is full, `already-there`. */
export async function enterPoint(scope: StreetScope, point: NewPoint, now: number): Promise<void> {
  const { enterprises: e, riskPoints: p, select } = scope.read('risk.manage')
  const [[unit], [listed]] = await scope.together([
    select({ id: e.id })
      .from(e)
      .where(and(eq(e.id, point.enterpriseId), isNull(e.mergedInto))),
    select({ n: count().as('listed') })
      .from(p)
      .where(eq(p.enterpriseId, point.enterpriseId)),
  ])
  if (!unit) throw new Problem('not-found')
  if ((listed?.n ?? 0) >= mostPoints) throw new Problem('rule-broken', `一家单位最多登记 ${mostPoints} 个风险点。`)
  await scope.register('risk.manage', now, async (r) => [r.enterPoint(point)])
}

async function seenPoint(scope: StreetScope, id: RiskPointId, version: number) {
  const { riskPoints: p, select } = scope.read('risk.manage')
  const [seen] = await select(columnsOf(p)).from(p).where(eq(p.id, id))
  if (!seen) throw new Problem('not-found')
  if (seen.version !== version) throw new Problem('stale')
  return seen
}

/** Writes a point anew. Throws `not-found`, `stale`, and `rule-broken` for one that is retired. */
export async function editPoint(
  scope: StreetScope,
  id: RiskPointId,
  { version, why, ...fields }: PointEdit,
  now: number,
): Promise<void> {
  const seen = await seenPoint(scope, id, version)
  if (seen.retiredOn !== null) throw new Problem('rule-broken', '该风险点已停用，请先恢复再修改。')
  await scope.register('risk.manage', now, async (r) => [
    r.changePoint({ id, version }, fields, null, { deed: 'edited', why }),
  ])
}

/** Takes a point out of the list or back into it. Throws `not-found`, `stale`, `rule-broken`. */
export async function changePointStanding(
  scope: StreetScope,
  id: RiskPointId,
  { version, standing, why }: PointStanding,
  now: number,
): Promise<void> {
  const seen = await seenPoint(scope, id, version)
  const refused = standingRefusal(seen, standing)
  if (refused) throw new Problem('rule-broken', refused)
  const retired = standing === 'retired'
  await scope.register('risk.manage', now, async (r) => [
    r.changePoint({ id, version }, seen, retired ? dayOf(now) : null, { deed: retired ? 'retired' : 'restored', why }),
  ])
}
