import type { DrawFrom } from '@app/shared/draws/schema'
import { colours, kinds } from '@app/shared/enterprises/words'
import { sectors } from '@app/shared/hazards/words'
import type { Places } from '@app/shared/places/schema'

/** In one line from which units was drawn. */
export function fromWords(from: DrawFrom, places: Places | undefined): string {
  const { kind, sector, colour, communityId, uncheckedSince } = from
  return (
    [
      communityId && (places?.communities.find(({ id }) => id === communityId)?.name ?? '某社区'),
      kind && kinds[kind],
      sector && sectors[sector],
      colour && `风险${colours[colour]}`,
      uncheckedSince && `${uncheckedSince} 以来未检查`,
    ]
      .filter(Boolean)
      .join(' · ') || '全部在营单位'
  )
}
