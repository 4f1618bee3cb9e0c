import * as v from 'valibot'
import { LinkToken } from '../accounts/schema'
import type { Role } from '../capabilities'
import { EnterpriseId, JoiningId } from '../ids'
import { text } from '../text'
import { hour } from '../time'

/** What one joins an enterprise as: one answers for it (主要负责人), several help. */
export const joinRoles = ['enterprise-principal', 'enterprise-manager'] as const satisfies Role[]
export const JoinRole = v.picklist(joinRoles, '请选择您是主要负责人还是安全管理员')
export type JoinRole = v.InferOutput<typeof JoinRole>

/** How long six digits stand, in milliseconds; nobody is sent them, they are read out or handed over. */
export const codeStandsFor = hour / 2
/** How long a request waits for the street, in milliseconds. */
export const joiningStandsFor = 7 * 24 * hour
/** So many requests of one unit wait at a time: more are a nuisance and not people. */
export const mostWaiting = 5

/** What a poster's address ends in: 60 random bits in Crockford's alphabet, which no two of its letters confuse. */
export const PosterCode = v.pipe(
  v.string(),
  v.trim(),
  v.toUpperCase(),
  v.regex(/^[0-9A-HJKMNP-TV-Z]{12}$/, '二维码编号格式不正确'),
  v.brand('PosterId'),
)
/** A code as it is read off a poster or typed; null for what cannot be one. */
export function readPosterCode(typed: string): v.InferOutput<typeof PosterCode> | null {
  const code = v.safeParse(PosterCode, typed)
  return code.success ? code.output : null
}
/** What a scanned poster hands on for a while: its code, the half-hour it was scanned in, and a proof of both. */
export const Pass = v.pipe(v.string(), v.regex(/^[0-9A-HJKMNP-TV-Z]{12}\.\d{6,8}\.[0-9a-f]{64}$/))
export const PassGiven = v.strictObject({ pass: Pass })

/** The unit that a poster is of, as anyone who stands before it may know. */
export const PosterUnit = v.object({
  street: v.string(),
  district: v.string(),
  unit: v.string(),
  /** Somebody has the account of the one who answers for it. */
  hasPrincipal: v.boolean(),
})
export type PosterUnit = v.InferOutput<typeof PosterUnit>

export const SixDigits = v.pipe(
  v.string(),
  v.transform((typed) => typed.replaceAll(/\s/g, '')),
  v.regex(/^\d{6}$/, '请填写 6 位数字'),
)

/** Asks to be let in as one of a unit's people, with the six digits or to be decided by the street. */
export const NewJoining = v.strictObject({
  pass: Pass,
  role: JoinRole,
  name: text(30),
  code: v.optional(SixDigits),
})
export type NewJoining = v.InferOutput<typeof NewJoining>

/** `invited` goes on where an invitation is accepted, with the token as its link's; `waiting` asks again later. */
export const JoiningBegun = v.object({ token: LinkToken, state: v.picklist(['invited', 'waiting']) })
export type JoiningBegun = v.InferOutput<typeof JoiningBegun>
export const JoiningToken = v.strictObject({ token: LinkToken })
export const JoiningState = v.object({
  state: v.picklist(['waiting', 'invited', 'refused', 'over']),
  unit: v.string(),
  role: JoinRole,
  why: v.nullable(v.string()),
})
export type JoiningState = v.InferOutput<typeof JoiningState>

/** A unit's poster as the street prints it; null where none stands. */
export const Poster = v.object({
  poster: v.nullable(v.object({ code: v.string(), path: v.string(), at: v.number() })),
})
export type Poster = v.InferOutput<typeof Poster>
export const PosterPath = v.object({ code: PosterCode })
export const PosterOf = v.object({ enterpriseId: EnterpriseId })

export const NewJoiningCode = v.strictObject({ role: JoinRole })
/** Six digits, shown this once. */
export const JoiningCodeMade = v.object({ code: v.string(), expiresAt: v.number() })
export type JoiningCodeMade = v.InferOutput<typeof JoiningCodeMade>

/** Requests that wait for the street, the longest waiting first. */
export const JoiningsPage = v.object({
  items: v.array(
    v.object({
      id: JoiningId,
      enterpriseId: EnterpriseId,
      unit: v.string(),
      role: JoinRole,
      name: v.string(),
      at: v.number(),
      expiresAt: v.number(),
    }),
  ),
})
export type JoiningsPage = v.InferOutput<typeof JoiningsPage>
export const JoiningPath = v.object({ joiningId: JoiningId })
/** Whoever is refused is told why. */
export const JoiningDecision = v.variant('approved', [
  v.strictObject({ approved: v.literal(true) }),
  v.strictObject({ approved: v.literal(false), why: text(200) }),
])
export type JoiningDecision = v.InferOutput<typeof JoiningDecision>
