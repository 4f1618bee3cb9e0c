import * as v from 'valibot'
import { keysOf } from '../keys'
import { SetPasswordLink } from '../accounts/schema'
import { districtRoles, type Role, roles } from '../capabilities'
import { DistrictId, PersonId, PostId, StreetId, UnitId } from '../ids'
import { Username } from '../people/schema'
import { Slug } from '../slug'
import { text } from '../text'
import { mostRows, PlaceRow } from './plan'

const firstPerson = { id: PersonId, name: text(30), username: Username }

/** A new district with its first administrator, who sets a password by a link. */
export const NewDistrict = v.strictObject({
  id: DistrictId,
  name: text(40),
  slug: Slug,
  /** The ledger that keeps it; the emptiest where it is left out. */
  ledger: v.optional(v.pipe(v.string(), v.regex(/^LEDGER_\w{1,20}$/, '没有这个数据库'))),
  admin: v.strictObject(firstPerson),
})
export type NewDistrict = v.InferOutput<typeof NewDistrict>

const street = {
  id: StreetId,
  name: text(40),
  /** `乐华`, as it begins the numbers of its hazards. */
  shortName: text(8),
  slug: Slug,
  statCode: v.optional(v.nullable(v.pipe(v.string(), v.regex(/^\d{9}$/, '街道统计代码应为 9 位数字'))), null),
  rows: v.pipe(v.array(PlaceRow), v.maxLength(mostRows, `最多 ${mostRows} 行`)),
}

/** A new street with its places and its first administrator. */
export const NewStreet = v.strictObject({ ...street, admin: v.strictObject({ ...firstPerson, postId: PostId }) })
export type NewStreet = v.InferOutput<typeof NewStreet>

/** What would be made, and everything that is in its way. */
export const StreetTrial = v.object({
  communities: v.number(),
  grids: v.number(),
  /** It is there already, and the same again would change nothing. */
  there: v.boolean(),
  errors: v.array(v.object({ pointer: v.string(), detail: v.string() })),
})
export type StreetTrial = v.InferOutput<typeof StreetTrial>

export const Onboarded = v.object({ link: SetPasswordLink })
export type Onboarded = v.InferOutput<typeof Onboarded>

/** The district's streets, those that are still being prepared included. */
export const StreetsPage = v.object({
  items: v.array(
    v.object({
      id: StreetId,
      slug: v.string(),
      name: v.string(),
      shortName: v.string(),
      statCode: v.nullable(v.string()),
      state: v.picklist(['preparing', 'active', 'suspended', 'moving']),
      suspendedAt: v.nullable(v.number()),
      suspendedWhy: v.nullable(v.string()),
      communities: v.number(),
      grids: v.number(),
      people: v.number(),
      /** 双包: communities without a leader and grids without a cadre today. */
      gaps: v.number(),
      /** 双包: people who answer for more places than is usual. */
      overloaded: v.number(),
    }),
  ),
})
export type StreetsPage = v.InferOutput<typeof StreetsPage>

/** Somebody of the district. */
export const OverseersPage = v.object({
  items: v.array(
    v.object({
      id: PersonId,
      name: v.string(),
      role: v.picklist(keysOf<Role>(roles)),
      unitId: v.nullable(UnitId),
      until: v.nullable(v.number()),
    }),
  ),
})
export type OverseersPage = v.InferOutput<typeof OverseersPage>

/** A new account in the district. One of a member unit sees the sectors that its unit leads or joins. */
export const NewOverseer = v.strictObject({
  ...firstPerson,
  role: v.picklist(districtRoles, '请选择岗位'),
  unitId: v.optional(v.nullable(UnitId), null),
})
export type NewOverseer = v.InferOutput<typeof NewOverseer>
export const OverseerPath = v.object({ personId: PersonId })

/** A tenant that is suspended reads and does not write; its jobs stop, and nothing is lost. */
export const Suspension = v.strictObject({ suspended: v.boolean('请选择停用或恢复'), why: text(200) })
export type Suspension = v.InferOutput<typeof Suspension>
export const DistrictPath = v.object({ districtId: DistrictId })
export const StreetPath = v.object({ streetId: StreetId })
