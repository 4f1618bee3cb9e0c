import type { HoldLine } from '@app/shared/hazards/hold'
import type { HazardId } from '@app/shared/ids'
import { Problem } from '@app/shared/problem'
import { aliased, asc, eq } from '../db/operators'
import type { StreetScope } from '../tenancy/street-scope'

/** What is kept past its term; a street has a handful. */
export async function listHolds(scope: StreetScope): Promise<HoldLine[]> {
  const { holds: o, hazards: h, people: p, select } = scope.read('retention.hold')
  return select({
    hazardId: o.hazardId,
    number: aliased(h.number, 'number'),
    why: o.why,
    by: o.by,
    name: aliased(p.name, 'name'),
    at: o.at,
    until: o.until,
  })
    .from(o)
    .innerJoin(h, eq(h.id, o.hazardId))
    .leftJoin(p, eq(p.id, o.by))
    .orderBy(asc(o.hazardId))
    .limit(200)
}

/** Keeps a hazard past its term. Throws `not-found`, or `rule-broken` for one whose words are gone already. */
export async function holdHazard(
  scope: StreetScope,
  id: HazardId,
  hold: { why: string; until: number | null },
  now: number,
): Promise<void> {
  const { hazards: h, select } = scope.read('retention.hold')
  const [found] = await select({ erasedAt: h.erasedAt }).from(h).where(eq(h.id, id))
  if (!found) throw new Problem('not-found')
  if (found.erasedAt !== null) throw new Problem('rule-broken', '该隐患的文字和照片已按保存期限清除，无法再保留。')
  await scope.hold(id, hold, now)
}

/** Lets a hazard's term take its course again. Throws `not-found`, or `rule-broken` where there is no hold. */
export async function liftHold(scope: StreetScope, id: HazardId, now: number): Promise<void> {
  const { holds: o, hazards: h, select } = scope.read('retention.hold')
  const [[found], [held]] = await scope.together([
    select({ id: h.id }).from(h).where(eq(h.id, id)),
    select({ hazardId: o.hazardId }).from(o).where(eq(o.hazardId, id)),
  ])
  if (!found) throw new Problem('not-found')
  if (!held) throw new Problem('rule-broken', '该记录没有被保留，不需要解除。')
  await scope.hold(id, null, now)
}
