import type { streetRoles } from '../capabilities'
import type { EnterpriseId } from '../ids'
import type { FieldError } from '../problem'
import type { Place, Reach } from '../reach'
import type { Day } from '../time'

/** How far each post of a street reaches; an administrator and an inspector may be given less than the whole street. */
const reaches: Record<(typeof streetRoles)[number], readonly Reach['within'][]> = {
  'street-admin': ['street'],
  'street-leader': ['communities', 'street'],
  inspector: ['street', 'communities', 'grids'],
  'community-secretary': ['communities'],
  'grid-worker': ['grids'],
  'enterprise-principal': ['enterprise'],
  'enterprise-manager': ['enterprise'],
  auditor: ['street'],
  'security-admin': ['street'],
}

/** How far a post may reach, the usual first. */
export function reachesOf(role: (typeof streetRoles)[number]): readonly Reach['within'][] {
  return reaches[role]
}

/** What of a reach does not fit its post, or names a place that is not this street's. */
export function reachErrors(
  role: (typeof streetRoles)[number],
  reach: Reach,
  isOwn: (within: Place, id: string) => boolean,
): FieldError[] {
  if (!reaches[role].includes(reach.within)) return [{ pointer: '/reach', detail: '负责范围与岗位不符' }]
  if (reach.within === 'street') return []
  if (reach.ids.length === 0) return [{ pointer: '/reach', detail: '请选择负责的范围' }]
  const { within } = reach
  return reach.ids.every((id) => isOwn(within, id)) ? [] : [{ pointer: '/reach', detail: '所选范围不在本街道' }]
}

/** What of a post's days cannot be: it may begin later, but not be over before it begins, nor in the past. */
export function postErrors({ from, until }: { from?: Day | undefined; until: Day | null }, today: Day): FieldError[] {
  const errors: FieldError[] = []
  if (from !== undefined && from < today) errors.push({ pointer: '/from', detail: '任职日期不能早于今天' })
  if (until !== null && until <= (from ?? today)) {
    errors.push({ pointer: '/until', detail: '结束日期应晚于开始日期' })
  }
  return errors
}

/** The post that a colleague is known by: of those that last, the one held longest; of somebody who left, the last. */
export function mainPost<P extends { since: number; until: number | null }>(
  posts: readonly P[],
  now: number,
): P | null {
  return posts.find(({ until }) => until === null || until > now) ?? posts.at(-1) ?? null
}

/** The enterprise that somebody answers for by a post that lasts, if there is one. */
export function enterpriseOf(
  posts: readonly { reach: Reach; until: number | null }[],
  now: number,
): EnterpriseId | null {
  const own = posts.find(({ reach, until }) => reach.within === 'enterprise' && (until === null || until > now))
  return own?.reach.within === 'enterprise' ? own.reach.ids[0] : null
}
