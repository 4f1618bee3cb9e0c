import * as v from 'valibot'
import { PersonId } from '../ids'
import { NewPassword, TypedPassword, Username } from '../people/schema'
import { text } from '../text'
import { nextSteps, SecurityPolicy, sessionKinds } from './policy'
import { securityKinds } from './words'

export const resultWords = { done: '成功', refused: '失败', limited: '次数过多，已锁定' } as const
export type Result = keyof typeof resultWords
export const results = ['done', 'refused', 'limited'] as const satisfies Result[]

export const Next = v.object({ next: v.nullable(v.picklist(nextSteps)) })
export type Next = v.InferOutput<typeof Next>

/** Six digits of the authenticator, or a recovery code as it was written down. */
export const FactorCode = v.pipe(
  v.string('请填写验证码'),
  v.transform((typed) => typed.replaceAll(/[\s-]/g, '').toLowerCase()),
  v.regex(/^(?:\d{6}|[a-z2-7]{16})$/, '请填写 6 位动态码，或 16 位恢复码'),
)
export const FactorGiven = v.strictObject({ code: FactorCode })

/** Either proves again who is there. */
export const Verification = v.union(
  [v.strictObject({ password: TypedPassword }), v.strictObject({ code: FactorCode })],
  '请填写密码或验证码',
)
export type Verification = v.InferOutput<typeof Verification>

export const PasswordGiven = v.strictObject({ password: TypedPassword })

/** A second factor that waits to be confirmed. */
export const Enrolment = v.object({ uri: v.string(), key: v.string() })
export const RecoveryCodes = v.object({ codes: v.array(v.string()) })

/** A sign-in that stands, as its owner sees it. */
export const OwnSession = v.object({
  id: v.string(),
  kind: v.picklist(sessionKinds),
  current: v.boolean(),
  address: v.nullable(v.string()),
  agent: v.nullable(v.string()),
  at: v.number(),
  lastSeenAt: v.nullable(v.number()),
  expiresAt: v.number(),
})
export const OwnSessions = v.object({ items: v.array(OwnSession) })
export const SessionPath = v.object({ sessionId: v.pipe(v.string(), v.regex(/^ses_[0-9a-z]{10,40}$/)) })

/** 32 random bytes as a link carries them. */
export const LinkToken = v.pipe(v.string('链接不完整'), v.maxLength(200, '链接不完整'))
export const LinkUse = v.strictObject({ token: LinkToken, password: NewPassword })
export const Setup = v.strictObject({ token: LinkToken, name: text(30), username: Username, password: NewPassword })

/** A link that sets a password; it is shown once and kept nowhere. */
export const SetPasswordLink = v.object({ path: v.string(), expiresAt: v.number() })
export type SetPasswordLink = v.InferOutput<typeof SetPasswordLink>

/** How an account of the unit stands, for who looks after it. */
export const AccountState = v.object({
  username: v.string(),
  /** Shut after wrong passwords until then; null for open. */
  lockedUntil: v.nullable(v.number()),
  blocked: v.boolean(),
  secondFactor: v.boolean(),
  hasPassword: v.boolean(),
  mustChangePassword: v.boolean(),
  sessions: v.number(),
  /** The person serves elsewhere too, so the password is not this unit's to reset. */
  elsewhere: v.boolean(),
})
export type AccountState = v.InferOutput<typeof AccountState>
export const SignInAllowed = v.strictObject({ allowed: v.boolean('请选择是否允许登录') })

export const PolicyShown = v.object({
  policy: SecurityPolicy,
  /** What holds here with what the district sets as well. */
  effective: SecurityPolicy,
  isDefault: v.boolean(),
})

/** One line of the record, as auditors read it. */
export const SecurityEventLine = v.object({
  seq: v.number(),
  at: v.number(),
  kind: v.picklist(securityKinds),
  result: v.picklist(results),
  actor: v.nullable(PersonId),
  username: v.nullable(v.string()),
  subject: v.nullable(PersonId),
  ownerKind: v.nullable(v.picklist(['street', 'district', 'platform'])),
  ownerId: v.nullable(v.string()),
  address: v.nullable(v.string()),
  device: v.nullable(v.string()),
  agent: v.nullable(v.string()),
  requestId: v.string(),
  detail: v.nullable(v.string()),
  hash: v.string(),
})
export const SecurityEventPage = v.object({ items: v.array(SecurityEventLine), next: v.nullable(v.string()) })

const whole = (most: number) => v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number), v.maxValue(most))
export const SecurityEventFilter = v.object({
  kind: v.optional(v.picklist(securityKinds)),
  username: v.optional(v.pipe(v.string(), v.maxLength(60), v.trim(), v.toLowerCase())),
  from: v.optional(whole(Date.UTC(2100, 0))),
  until: v.optional(whole(Date.UTC(2100, 0))),
  cursor: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}~\d{1,15}$/))),
  limit: v.optional(v.pipe(whole(200), v.minValue(1))),
})
export type SecurityEventFilter = v.InferOutput<typeof SecurityEventFilter>
