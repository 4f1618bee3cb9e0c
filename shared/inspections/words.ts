import type { Role } from '../capabilities'
import type { Source } from '../hazards/words'

/** The closed vocabularies of inspections (检查) and how each is written on screen. */

/** What a check is called on its record (records-and-deadlines §2.2). */
export const kinds = {
  patrol: '日常巡查',
  special: '专项检查',
  joint: '联合检查',
  random: '双随机检查',
  unannounced: '四不两直检查',
  recheck: '复查',
  'look-back': '回头看',
  support: '帮扶',
  'pre-holiday': '节前检查',
} as const
export type InspectionKind = keyof typeof kinds

/** Where a hazard comes from that somebody in this post found on a check. */
export function sourceFor(role: Role): Source {
  if (role === 'enterprise-principal' || role === 'enterprise-manager') return 'enterprise-check'
  return role === 'grid-worker' || role === 'community-secretary' ? 'community-patrol' : 'street-check'
}
