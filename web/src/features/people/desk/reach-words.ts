import { roles } from '@app/shared/capabilities'
import type { EnterpriseCard, Places } from '@app/shared/places/schema'
import type { PostCard } from '@app/shared/people/schema'
import type { Reach } from '@app/shared/reach'
import { dayOf } from '@app/shared/time'

/** The names of what posts reach. */
export interface PlaceNames extends Places {
  readonly enterprises: readonly EnterpriseCard[]
}

export const withinWords: Record<Reach['within'], string> = {
  street: '整个街道',
  communities: '社区',
  grids: '网格',
  enterprise: '单位',
}

/** So many places are named one by one. */
const mostNamed = 3

/** How far a post reaches, in words: the names of few places, the first and the number of many. */
export function reachWords(reach: Reach, places: PlaceNames | undefined): string {
  if (reach.within === 'street') return '整个街道'
  const all: readonly { id: string; name: string }[] =
    places?.[reach.within === 'enterprise' ? 'enterprises' : reach.within] ?? []
  const ids: readonly string[] = reach.ids
  const names = ids.flatMap((id) => all.find((one) => one.id === id)?.name ?? [])
  // Retired, or beyond what the reader is told of.
  if (names.length === 0) return places ? `${ids.length} 个${withinWords[reach.within]}` : ''
  if (names.length <= mostNamed) return names.join('、')
  return `${names[0]}等 ${names.length} 个${withinWords[reach.within]}`
}

/** A post in words: title or role, how far it reaches, and its days where they are not simply "from then on". */
export function postLine(post: PostCard, places: PlaceNames | undefined, now: number): string {
  const { label } = roles[post.role]
  // Brackets within brackets read badly: beside a title the post's own are left out.
  const what = post.title ? `${post.title}（${label.replace(/（.*）$/, '')}）` : label
  const reach = reachWords(post.reach, places)
  const from = post.since > now ? `，${dayOf(post.since)} 起` : ''
  const until = post.until !== null && post.until > now ? `，至 ${dayOf(post.until - 1)}` : ''
  return `${what}${reach ? ` · ${reach}` : ''}${from}${until}`
}

/** Whether a post works in a community, as far as the names tell. */
export function isIn(reach: Reach, communityId: string, places: PlaceNames | undefined): boolean {
  switch (reach.within) {
    case 'street':
      return false
    case 'communities':
      return reach.ids.some((id) => id === communityId)
    case 'grids':
      return reach.ids.some((id) => places?.grids.some((grid) => grid.id === id && grid.communityId === communityId))
    case 'enterprise':
      return reach.ids.some((id) => places?.enterprises.some((one) => one.id === id && one.communityId === communityId))
  }
}
