import type { CommunityId, EnterpriseId, GridId } from '@app/shared/ids'
import type { EnterpriseCard, Places } from '@app/shared/places/schema'
import { it } from 'vitest'
import { everyEnterprise } from '../../web/src/features/people/every-enterprise'

/** A street of two communities, one with far more enterprises than a list holds. */
const places = {
  communities: ['com_a', 'com_b'].map((id) => ({ id: id as CommunityId, name: id })),
  grids: ['a1', 'a2', 'b1'].map((id) => ({
    id: `grd_${id}` as GridId,
    communityId: `com_${id[0]}` as CommunityId,
    name: id,
    code: null,
  })),
} as unknown as Places
const many = (grid: string, count: number) =>
  Array.from({ length: count }, (_, at) => ({
    id: `ent_${grid}${at}` as EnterpriseId,
    name: `${grid} 第 ${String(at).padStart(3, '0')} 家`,
    communityId: `com_${grid[0]}` as CommunityId,
    gridId: `grd_${grid}` as GridId,
  })) as unknown as EnterpriseCard[]

function listing(all: readonly EnterpriseCard[]) {
  const asked: object[] = []
  return {
    asked,
    list: async (of: { communityId?: CommunityId; gridId?: GridId }) => {
      asked.push(of)
      return all
        .filter((one) => !of.communityId || one.communityId === of.communityId)
        .filter((one) => !of.gridId || one.gridId === of.gridId)
        .slice(0, 200)
    },
  }
}

it('offers every enterprise of a street, not only as many as one list holds', async ({ expect }) => {
  const all = [...many('a1', 150), ...many('a2', 120), ...many('b1', 60)]
  const { list, asked } = listing(all)
  const found = await everyEnterprise(await list({}), places, list)
  expect(found.map(({ id }) => id).toSorted()).toEqual(all.map(({ id }) => id).toSorted())
  // The smaller community is not taken apart.
  expect(asked).toHaveLength(5)
})

it('asks nothing more where one list holds them all', async ({ expect }) => {
  const { list, asked } = listing(many('b1', 60))
  expect(await everyEnterprise(await list({}), places, list)).toHaveLength(60)
  expect(asked).toHaveLength(1)
})
