import type { CommunityId, EnterpriseId, GridId } from '@app/shared/ids'
import type { EnterpriseCard, Places } from '@app/shared/places/schema'

/** So many are listed of one place at the most: a list of that length may be short of some. */
const mostListed = 200

interface Of {
  readonly communityId?: CommunityId
  readonly gridId?: GridId
}

/**
 * Every enterprise of a street by name, however many: `first` is the street's own list, and where that is short its
 * communities are asked one by one, and of those that are short their grids.
 */
export async function everyEnterprise(
  first: readonly EnterpriseCard[],
  { communities, grids }: Places,
  list: (of: Of) => Promise<readonly EnterpriseCard[]>,
): Promise<readonly EnterpriseCard[]> {
  if (first.length < mostListed) return first
  const found = new Map<EnterpriseId, EnterpriseCard>(first.map((one) => [one.id, one]))
  const isShort = async (of: Of) => {
    const items = await list(of)
    for (const one of items) found.set(one.id, one)
    return items.length >= mostListed
  }
  await Promise.all(
    communities.map(async ({ id: communityId }) => {
      if (!(await isShort({ communityId }))) return
      const within = grids.filter((grid) => grid.communityId === communityId)
      await Promise.all(within.map(({ id: gridId }) => isShort({ gridId })))
    }),
  )
  return [...found.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'zh'))
}
