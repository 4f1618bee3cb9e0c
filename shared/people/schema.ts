import * as v from 'valibot'
import { keysOf } from '../keys'
import { nextSteps, sessionKinds } from '../accounts/policy'
import { type Capability, capabilities, roles, type Role, streetRoles } from '../capabilities'
import { ChargeId, DistrictId, HazardId, PersonId, PostId, SeatId, StreetId, UnitId } from '../ids'
import { states } from '../hazards/words'
import { chargeKinds, seatWords } from '../organisation/words'
import { Reach } from '../reach'
import { text } from '../text'
import { Day } from '../time'
import { readPhone } from './masking'

export const Username = v.pipe(
  v.string(),
  v.trim(),
  v.toLowerCase(),
  v.nonEmpty('请填写用户名'),
  v.regex(/^[a-z](?:[._-]?[a-z0-9])*$/, '用户名只能用小写字母、数字和 . _ -'),
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

/** A password as somebody gives it who has one already. */
export const TypedPassword = v.pipe(v.string(), v.nonEmpty('请填写密码'), v.maxLength(200, '密码过长'))
export const SignIn = v.strictObject({
  username: v.pipe(v.string(), v.trim(), v.toLowerCase(), v.nonEmpty('请填写用户名'), v.maxLength(60, '用户名过长')),
  password: TypedPassword,
  /** The half of the client that it is begun on. */
  from: v.optional(v.picklist(sessionKinds), 'desk'),
})
export type SignIn = v.InferOutput<typeof SignIn>
export const PasswordChange = v.strictObject({ current: TypedPassword, next: NewPassword })

const shown = {
  name: v.string(),
  slug: v.string(),
  /** Its data is invented, and every screen says so. */
  demo: v.boolean(),
  /** It only reads; a street as well because its district is suspended, or because it is on its way to another. */
  suspended: v.boolean(),
  /** Since when and why, as the operator put it; null where it is not suspended. */
  suspension: v.nullable(v.object({ at: v.number(), why: v.nullable(v.string()) })),
  role: v.picklist(keysOf<Role>(roles)),
  capabilities: v.array(v.picklist(keysOf<Capability>(capabilities))),
}

/** A post of the person signed in: where, as what, and what it lets them do. */
export const Post = v.variant('kind', [
  v.object({
    kind: v.literal('street'),
    id: StreetId,
    postId: PostId,
    title: v.optional(v.string()),
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

export const Me = v.object({
  id: PersonId,
  name: v.string(),
  username: v.string(),
  /** When this person said to have read the privacy notice; null until then. */
  noticeSeenAt: v.nullable(v.number()),
  posts: v.array(Post),
  security: v.object({
    /** What is to be done before the work: a password of one's own, or a second factor that a unit asks for. */
    next: v.nullable(v.picklist(nextSteps)),
    secondFactor: v.boolean(),
    /** Some post may not be without one. */
    secondFactorRequired: v.boolean(),
    /** Recovery codes not yet used. */
    recoveryCodes: v.number(),
    session: v.object({ kind: v.picklist(sessionKinds), expiresAt: v.number(), idleFor: v.nullable(v.number()) }),
  }),
})
export type Me = v.InferOutput<typeof Me>

/** One post of somebody of the street; `until` is the instant it ended or is going to, excluded. */
export const PostCard = v.object({
  id: PostId,
  role: v.picklist(keysOf<Role>(roles)),
  reach: Reach,
  unitId: v.nullable(UnitId),
  title: v.nullable(v.string()),
  since: v.number(),
  until: v.nullable(v.number()),
})
export type PostCard = v.InferOutput<typeof PostCard>

/** Someone of the street, as colleagues see them, with all posts they hold or held. */
export const PersonCard = v.object({
  id: PersonId,
  name: v.string(),
  /** Initials of the name's pinyin, to be searched by. */
  initials: v.string(),
  active: v.boolean(),
  posts: v.array(PostCard),
  /** As lists show it, `138****0000`; the number itself is one look and one line of the audit log. */
  phoneMask: v.nullable(v.string()),
})
export type PersonCard = v.InferOutput<typeof PersonCard>
export const PeoplePage = v.object({ items: v.array(PersonCard) })

export const postParts = {
  role: v.picklist(streetRoles, '请选择岗位'),
  reach: Reach,
  unitId: v.optional(v.nullable(UnitId), null),
  title: v.optional(v.nullable(text(30)), null),
  /** The day it begins and the first day it is over; today and open where they are left out. */
  from: v.optional(Day),
  until: v.optional(v.nullable(Day), null),
}

/** One more post for somebody of the street. */
export const NewPost = v.strictObject({ id: PostId, ...postParts })
export type NewPost = v.InferOutput<typeof NewPost>

/** A new account with its post, made by the street's administrator, who hands the first password over in person. */
export const NewPerson = v.strictObject({
  /** Made by the client, so that a repeated request cannot make two. */
  id: PersonId,
  postId: PostId,
  name: text(30),
  username: Username,
  password: NewPassword,
  ...postParts,
})
export type NewPerson = v.InferOutput<typeof NewPerson>

export const PersonPath = v.object({ personId: PersonId })
export const PasswordReset = v.strictObject({ password: NewPassword })
export const ReachChange = v.strictObject({ reach: Reach })
export const PostPath = v.object({ personId: PersonId, postId: PostId })

/** What is open under somebody, and has to be another's before the last post ends. */
export const OpenUnder = v.object({
  hazards: v.array(
    v.object({
      id: HazardId,
      number: v.string(),
      place: v.string(),
      dueOn: v.nullable(Day),
      state: v.picklist(keysOf(states)),
    }),
  ),
  /** More hazards than are listed. */
  more: v.boolean(),
  charges: v.array(
    v.object({
      id: ChargeId,
      placeId: v.string(),
      placeName: v.string(),
      kind: v.picklist(keysOf(chargeKinds)),
      from: Day,
    }),
  ),
  seats: v.array(v.object({ id: SeatId, seat: v.picklist(keysOf(seatWords)), title: v.string() })),
})
export type OpenUnder = v.InferOutput<typeof OpenUnder>

/** Gives what is named to another person of the street, all of it or nothing. */
export const HandOver = v.strictObject({
  to: PersonId,
  hazards: v.optional(v.pipe(v.array(HazardId), v.maxLength(50, '一次最多移交 50 条隐患')), []),
  charges: v.optional(v.pipe(v.array(ChargeId), v.maxLength(50)), []),
  seats: v.optional(v.pipe(v.array(SeatId), v.maxLength(20)), []),
  words: text(200),
})
export type HandOver = v.InferOutput<typeof HandOver>

export const PersonMade = v.object({ id: PersonId })

/** A telephone number as people type it, in its one spelling afterwards. */
export const Phone = v.pipe(
  v.string('请填写电话号码'),
  v.maxLength(40, '电话号码过长'),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const phone = readPhone(dataset.value)
    if (phone !== null) return phone
    addIssue({ message: '请填写手机号、带区号的座机号或短号' })
    return NEVER
  }),
)
/** Null takes the number away. */
export const PhoneChange = v.strictObject({ phone: v.nullable(Phone) })
export const PhoneSeen = v.object({ phone: v.string() })

/** What a name was misspelled as is put right (PIPL art. 46). */
export const NameCorrection = v.strictObject({ name: text(30) })

/** Everything that a street holds about one person (PIPL art. 45); lists are cut at `most` and say so. */
export const PersonCopy = v.object({
  person: v.object({
    id: PersonId,
    name: v.string(),
    since: v.number(),
    until: v.nullable(v.number()),
    phone: v.nullable(v.string()),
  }),
  posts: v.array(
    v.object({
      role: v.string(),
      title: v.nullable(v.string()),
      reach: Reach,
      since: v.number(),
      until: v.nullable(v.number()),
    }),
  ),
  responsibleFor: v.array(
    v.object({
      id: v.string(),
      number: v.string(),
      responsible: v.nullable(v.string()),
      dueOn: v.nullable(v.string()),
    }),
  ),
  deeds: v.array(
    v.object({
      hazardId: v.string(),
      seq: v.number(),
      deed: v.string(),
      observedAt: v.number(),
      receivedAt: v.number(),
      words: v.nullable(v.string()),
    }),
  ),
  photos: v.array(v.object({ id: v.string(), at: v.number() })),
  audit: v.array(
    v.object({ id: v.string(), at: v.number(), actor: v.string(), capability: v.string(), subject: v.string() }),
  ),
  /** False where a list had to be cut. */
  whole: v.boolean(),
  madeAt: v.number(),
})
export type PersonCopy = v.InferOutput<typeof PersonCopy>
