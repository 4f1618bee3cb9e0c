import * as v from 'valibot'
import { DistrictId, PersonId, StreetId } from '../ids'

const administrator = {
  id: PersonId,
  name: v.string(),
  username: v.string(),
  hasPassword: v.boolean(),
  /** Not let in for now, by a colleague. */
  blocked: v.boolean(),
  /** When the last link that was not used is or was over; null for none. */
  linkUntil: v.nullable(v.number()),
}

/** The administrators of a district, as the operator helps them. */
export const DistrictAdministrators = v.object({
  items: v.array(v.object({ ...administrator, secondFactor: v.boolean() })),
})
export type DistrictAdministrators = v.InferOutput<typeof DistrictAdministrators>
export const DistrictAdministratorPath = v.object({ districtId: DistrictId, personId: PersonId })

/** The administrators of a district's streets, as the district helps them. */
export const StreetAdministrators = v.object({ items: v.array(v.object({ ...administrator, streetId: StreetId })) })
export type StreetAdministrators = v.InferOutput<typeof StreetAdministrators>
export const StreetAdministratorPath = v.object({ streetId: StreetId, personId: PersonId })

/**
 * Why a district may not make a link for an administrator of a street, or `null` when it may: a first one, or one for
 * the only administrator who can get in. Otherwise a street's own people help each other.
 */
export function linkRefusal(
  ofStreet: readonly { id: string; name: string; hasPassword: boolean; blocked: boolean }[],
  id: string,
): string | null {
  if (!ofStreet.some((one) => one.id === id && one.hasPassword)) return null
  const other = ofStreet.find((one) => one.id !== id && one.hasPassword && !one.blocked)
  return other ? `该街道还有管理员${other.name}，请由其在“人员与岗位”办理。` : null
}
