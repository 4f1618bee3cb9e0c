import type { streetRoles } from '../capabilities'
import type { FieldError } from '../problem'
import type { Place, Reach } from '../reach'

/** How far each post of a street reaches; an administrator and an inspector may be given less than the whole street. */
const reaches: Record<(typeof streetRoles)[number], readonly Reach['within'][]> = {
  'street-admin': ['street'],
  inspector: ['street', 'communities', 'grids'],
  'community-secretary': ['communities'],
  'grid-worker': ['grids'],
  'enterprise-principal': ['enterprise'],
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
