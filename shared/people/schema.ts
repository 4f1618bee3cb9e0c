import * as v from 'valibot'
import { type Capability, capabilities, roles, type Role, streetRoles } from '../capabilities'
import { DistrictId, EnterpriseId, PersonId, StreetId } from '../ids'
import { Reach } from '../reach'
import { text } from '../text'

const keysOf = <K extends string>(words: Record<K, unknown>) => Object.keys(words) as [K, ...K[]]

export const Username = v.pipe(
  v.string(),
  v.toLowerCase(),
  v.regex(/^[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*$/, '用户名只能用小写字母、数字和 . _ -'),
  v.minLength(3, '用户名至少 3 个字符'),
  v.maxLength(40, '用户名最多 40 个字符'),
)

/** At least 12 characters of anything (ASVS 6.2: length over composition), and well-formed. */
export const NewPassword = v.pipe(
  v.string(),
  v.minLength(12, '密码至少 12 个字符'),
  v.maxLength(128, '密码最多 128 个字符'),
  v.check((typed) => typed.isWellFormed(), '密码含有无法保存的字符'),
)

const typedPassword = v.pipe(v.string(), v.nonEmpty('请填写密码'), v.maxLength(200, '密码过长'))
export const SignIn = v.strictObject({
  username: v.pipe(v.string(), v.trim(), v.toLowerCase(), v.nonEmpty('请填写用户名'), v.maxLength(60, '用户名过长')),
  password: typedPassword,
})
export const PasswordChange = v.strictObject({ current: typedPassword, next: NewPassword })

const shown = {
  name: v.string(),
  slug: v.string(),
  /** Its data is invented, and every screen says so. */
  demo: v.boolean(),
  suspended: v.boolean(),
  role: v.picklist(keysOf<Role>(roles)),
  capabilities: v.array(v.picklist(keysOf<Capability>(capabilities))),
}

/** A post of the person signed in: where, as what, and what it lets them do. */
export const Post = v.variant('kind', [
  v.object({
    kind: v.literal('street'),
    id: StreetId,
    districtName: v.string(),
    reach: Reach,
    /** It only reads because it is on its way to another district. */
    moving: v.boolean(),
    ...shown,
  }),
  v.object({ kind: v.literal('district'), id: DistrictId, ...shown }),
  v.object({ kind: v.literal('platform'), ...shown }),
])
export type Post = v.InferOutput<typeof Post>

export const Me = v.object({ id: PersonId, name: v.string(), username: v.string(), posts: v.array(Post) })
export type Me = v.InferOutput<typeof Me>

/** Someone of the street, as colleagues see them. */
export const PersonCard = v.object({
  id: PersonId,
  name: v.string(),
  role: v.picklist(keysOf<Role>(roles)),
  enterpriseId: v.nullable(EnterpriseId),
  active: v.boolean(),
})
export type PersonCard = v.InferOutput<typeof PersonCard>
export const PeoplePage = v.object({ items: v.array(PersonCard) })

/** A new account with its post, made by the street's administrator, who hands the first password over in person. */
export const NewPerson = v.strictObject({
  /** Made by the client, so that a repeated request cannot make two. */
  id: PersonId,
  name: text(30),
  username: Username,
  password: NewPassword,
  role: v.picklist(streetRoles, '请选择岗位'),
  reach: Reach,
})
export type NewPerson = v.InferOutput<typeof NewPerson>

export const PersonPath = v.object({ personId: PersonId })
export const PasswordReset = v.strictObject({ password: NewPassword })
export const PersonMade = v.object({ id: PersonId })
