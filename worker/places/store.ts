import type { EnterpriseCard, EnterpriseFilter, Places } from '@app/shared/places/schema'
import { and, asc, eq } from '../db/operators'
import type { StreetScope } from '../tenancy/street-scope'

const mostEnterprises = 200

/** The communities and grids that the actor reaches, in the street's own order. */
export async function listPlaces(scope: StreetScope): Promise<Places> {
  const { communities: c, grids: g, enterprises: e, select } = scope.read('hazard.view')
  const { reach } = scope.actor
  const [communities, grids, [own]] = await scope.together([
    select({ id: c.id, name: c.name }).from(c).orderBy(asc(c.position), asc(c.id)),
    select({ id: g.id, communityId: g.communityId, name: g.name }).from(g).orderBy(asc(g.position), asc(g.id)),
    select({ gridId: e.gridId })
      .from(e)
      .where(eq(e.id, reach.within === 'enterprise' ? reach.ids[0] : ('' as never))),
  ])
  const reached = grids.filter(({ id, communityId }) => {
    if (reach.within === 'grids') return reach.ids.includes(id)
    if (reach.within === 'communities') return reach.ids.includes(communityId)
    return reach.within === 'street' || id === own?.gridId
  })
  return {
    communities: communities.filter(({ id }) => reached.some((grid) => grid.communityId === id)),
    grids: reached,
  }
}

/** Enterprises within reach, by name; at most 200 of a community or grid. */
export async function listEnterprises(scope: StreetScope, filter: EnterpriseFilter): Promise<EnterpriseCard[]> {
  const { enterprises: e, select } = scope.read('hazard.view')
  return select({
    id: e.id,
    name: e.name,
    communityId: e.communityId,
    gridId: e.gridId,
    address: e.address,
    keyPlace: e.keyPlace,
    principalId: e.principalId,
  })
    .from(e)
    .where(
      and(
        filter.communityId ? eq(e.communityId, filter.communityId) : undefined,
        filter.gridId ? eq(e.gridId, filter.gridId) : undefined,
      ),
    )
    .orderBy(asc(e.name))
    .limit(mostEnterprises)
}
