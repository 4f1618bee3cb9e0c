import * as v from 'valibot'
import { CommunityId, EnterpriseId, GridId, PersonId } from '../ids'
import { type KeyPlace, keyPlaces } from '../hazards/words'

const keys = Object.keys(keyPlaces) as [KeyPlace, ...KeyPlace[]]

export const Places = v.object({
  communities: v.array(v.object({ id: CommunityId, name: v.string() })),
  grids: v.array(v.object({ id: GridId, communityId: CommunityId, name: v.string() })),
})
export type Places = v.InferOutput<typeof Places>

export const EnterpriseCard = v.object({
  id: EnterpriseId,
  name: v.string(),
  communityId: CommunityId,
  gridId: GridId,
  address: v.string(),
  keyPlace: v.nullable(v.picklist(keys)),
  /** Who signs in for it, to be offered as the person responsible. */
  principalId: v.nullable(PersonId),
})
export type EnterpriseCard = v.InferOutput<typeof EnterpriseCard>

export const EnterpriseFilter = v.object({
  communityId: v.optional(CommunityId),
  gridId: v.optional(GridId),
})
export type EnterpriseFilter = v.InferOutput<typeof EnterpriseFilter>

export const EnterprisePage = v.object({ items: v.array(EnterpriseCard) })
