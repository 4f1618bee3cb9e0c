import * as v from 'valibot'
import { districtRoles, type Role, streetRoles } from '../capabilities'

const minute = 60_000

const minutes = (least: number, most: number) =>
  v.pipe(
    v.number('请填写分钟数'),
    v.integer('请填写整数分钟'),
    v.minValue(least, `不能少于 ${least} 分钟`),
    v.maxValue(most, `不能多于 ${most} 分钟`),
  )

/** How a street, a district or the platform wants its people to sign in; a minute is the unit of every span. */
export const SecurityPolicy = v.strictObject({
  /** Who must give a second factor. */
  secondFactorRoles: v.pipe(
    v.array(v.picklist([...streetRoles, ...districtRoles, 'operator'], '没有这个岗位')),
    v.maxLength(40, '岗位过多'),
  ),
  deskIdle: minutes(5, 8 * 60),
  deskTotal: minutes(30, 24 * 60),
  phoneIdle: minutes(60, 30 * 24 * 60),
  phoneTotal: minutes(60, 180 * 24 * 60),
  /** A password or second factor given so long ago need not be asked for again. */
  verifyAgain: minutes(1, 60),
  /** 等保 practice (composition, renewal every 90 days) in place of length and a list alone. */
  composedPasswords: v.boolean('请选择是或否'),
})
export type SecurityPolicy = v.InferOutput<typeof SecurityPolicy>

/** What holds where nothing was set. */
export const defaultPolicy: SecurityPolicy = {
  secondFactorRoles: [],
  deskIdle: 30,
  deskTotal: 12 * 60,
  phoneIdle: 14 * 24 * 60,
  phoneTotal: 90 * 24 * 60,
  verifyAgain: 10,
  composedPasswords: false,
}

/** Whether who holds this post must give a second factor. */
export function demandsFactor({ secondFactorRoles }: Pick<SecurityPolicy, 'secondFactorRoles'>, role: Role): boolean {
  return secondFactorRoles.some((one) => one === role)
}

/** Where each setting comes from, and whether somebody checked that against its source; shown beside it. */
export const policyBasis: Record<keyof SecurityPolicy, { basis: string; verified: boolean }> = {
  secondFactorRoles: { basis: '网络安全等级保护（三级）对管理员双因素鉴别的要求', verified: false },
  deskIdle: { basis: '等保对登录超时退出的要求；30 分钟为通行做法', verified: false },
  deskTotal: { basis: '本系统默认值', verified: false },
  phoneIdle: { basis: '本系统默认值：外勤手机绑定设备', verified: false },
  phoneTotal: { basis: '本系统默认值：外勤手机绑定设备', verified: false },
  verifyAgain: { basis: '本系统默认值', verified: false },
  composedPasswords: { basis: '等保对口令复杂度和定期更换的要求；与国际通行建议（ASVS）相反', verified: false },
}

/** Days that a password lives where 等保 practice is switched on. */
export const composedPasswordDays = 90

/** All that binds a person with posts in several places: the shortest spans, and whatever any of them demands. */
export function strictest(policies: readonly SecurityPolicy[]): SecurityPolicy {
  const all = policies.length > 0 ? policies : [defaultPolicy]
  const least = (key: 'deskIdle' | 'deskTotal' | 'phoneIdle' | 'phoneTotal' | 'verifyAgain') =>
    Math.min(...all.map((policy) => policy[key]))
  return {
    secondFactorRoles: [...new Set(all.flatMap(({ secondFactorRoles }) => secondFactorRoles))],
    deskIdle: least('deskIdle'),
    deskTotal: least('deskTotal'),
    phoneIdle: least('phoneIdle'),
    phoneTotal: least('phoneTotal'),
    verifyAgain: least('verifyAgain'),
    composedPasswords: all.some(({ composedPasswords }) => composedPasswords),
  }
}

export const sessionKinds = ['desk', 'phone'] as const
export type SessionKind = (typeof sessionKinds)[number]

/** Posts that are worked from a phone in the field, in places where nobody wants to type a password each half hour. */
export const fieldRoles: ReadonlySet<Role> = new Set<Role>([
  'grid-worker',
  'community-secretary',
  'enterprise-principal',
])

/** A session is a phone's when it was begun on the phone's pages by someone whose every post is worked in the field. */
export function sessionKind(from: SessionKind, roles: readonly Role[]): SessionKind {
  return from === 'phone' && roles.length > 0 && roles.every((role) => fieldRoles.has(role)) ? 'phone' : 'desk'
}

/** How long a session may live in all, and without being used, in milliseconds. */
export function sessionSpans(kind: SessionKind, policy: SecurityPolicy): { total: number; idle: number } {
  return kind === 'phone'
    ? { total: policy.phoneTotal * minute, idle: policy.phoneIdle * minute }
    : { total: policy.deskTotal * minute, idle: policy.deskIdle * minute }
}

/** A session's instants in epoch milliseconds; `idleFor` null for one that idleness does not end. */
export interface SessionTimes {
  readonly expiresAt: number
  readonly lastSeenAt: number | null
  readonly idleFor: number | null
}

/** Whether a session still stands. */
export function isLive({ expiresAt, lastSeenAt, idleFor }: SessionTimes, now: number): boolean {
  return now < expiresAt && (idleFor === null || lastSeenAt === null || now < lastSeenAt + idleFor)
}

/** Whether it is time to write down that a session is being used: rarely, so that a request is no write. */
export function touchDue({ lastSeenAt, idleFor }: SessionTimes, now: number): boolean {
  if (lastSeenAt === null || idleFor === null) return false
  return now - lastSeenAt >= Math.min(3 * minute, idleFor / 10)
}

/** Whether somebody proved lately enough who they are, to do what asks for it again. */
export function isFresh(verifiedAt: number | null, policy: Pick<SecurityPolicy, 'verifyAgain'>, now: number): boolean {
  return verifiedAt !== null && now - verifiedAt < policy.verifyAgain * minute
}

/** What stands between a password that was right and the work: asked in this order. */
export const nextSteps = ['second-factor', 'password', 'enrol'] as const
export type NextStep = (typeof nextSteps)[number]
