import { type SQL, and, count, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import type { Limit } from '@app/shared/accounts/limits'
import { roles } from '@app/shared/capabilities'
import type { EnterpriseId, InvitationId, JoiningId, PersonId, PostId, StreetId } from '@app/shared/ids'
import {
  codeStandsFor,
  type JoiningBegun,
  type JoiningState,
  joiningStandsFor,
  type JoinRole,
  mostWaiting,
  type NewJoining,
  type PosterUnit,
} from '@app/shared/joining/schema'
import { Problem } from '@app/shared/problem'
import { day } from '@app/shared/time'
import { forgiven, ofAddress, tooOften, tryUnder } from '../auth/limits'
import { record } from '../auth/record'
import { keyedDigest, newToken } from '../auth/secrets'
import type { Visit } from '../auth/visit'
import { type Db, openDirectory } from '../db/client'
import { insertWhere } from '../db/conditional'
import { invitedPosts, joiningCodes, joinings } from '../db/directory'
import type { Env } from '../env'
import { newId } from '../ids'
import { sha256 } from '../sha256'
import { type PosterUnitFound, codeOfPass, unitOfPoster } from './posters'

/** Guesses of one unit's digits, whoever makes them: five of a million, and the street can still let people in. */
const codeLimit: Limit = { most: 5, shutFor: codeStandsFor, within: codeStandsFor }
const ofUnit = ({ streetId, enterpriseId }: Unit) => ({ key: `joining:${streetId}:${enterpriseId}`, limit: codeLimit })

interface Unit {
  readonly streetId: StreetId
  readonly enterpriseId: EnterpriseId
}

/** A digest of six digits that only this deployment can make, for the one unit and post they were made for. */
export const digestOfCode = (env: Env, { streetId, enterpriseId }: Unit, role: JoinRole, code: string) =>
  keyedDigest(env, 'joining', `${streetId} ${enterpriseId} ${role} ${code}`)

const useless = () => new Problem('not-found', '二维码已过期或已停用，请重新扫描墙上的二维码；仍打不开请联系街道。')
export const hasOne = () =>
  new Problem(
    'rule-broken',
    '这家单位已有主要负责人账号。换人的，请街道先停用原负责人的岗位；您也可以加入为安全管理员。',
  )

/** The unit of a scanned poster. Throws `not-found`, `rate-limited`, `suspended`. */
async function found(visit: Visit, pass: string): Promise<PosterUnitFound> {
  const { env, now } = visit
  const tried = await tryUnder(visit, [ofAddress(visit)])
  if (!tried.allowed) throw tooOften(tried, now)
  const code = codeOfPass(env, pass, now)
  const unit = code === null ? null : await unitOfPoster(env, code, now)
  if (!unit) throw useless()
  if (unit.shut) throw new Problem('suspended', `${unit.street}现在只能查看，请稍后再加入。`)
  return unit
}

/** What a pass is of. Throws as `found`. */
export async function unitOfPass(visit: Visit, pass: string): Promise<PosterUnit> {
  const { street, district, unit, hasPrincipal } = await found(visit, pass)
  const directory = openDirectory(visit.env)
  await directory.batch(forgiven(directory, [ofAddress(visit)]) as never)
  return { street, district, unit, hasPrincipal }
}

/** An invitation to be one of a unit's people, for whoever holds the token. `by` is who let them in. */
interface LetIn extends Unit {
  readonly role: JoinRole
  readonly tokenHash: string
  readonly by: PersonId
  readonly now: number
}

/** The statement that lets somebody in, where a condition holds at its turn. */
export function letIn(directory: Db, { streetId, enterpriseId, role, tokenHash, by, now }: LetIn, condition: SQL) {
  return insertWhere(
    directory,
    invitedPosts,
    {
      streetId,
      id: newId<InvitationId>('inv', now),
      tokenHash,
      postId: newId<PostId>('pst', now),
      role,
      reach: { within: 'enterprise', ids: [enterpriseId] },
      title: null,
      unitId: null,
      from: null,
      until: null,
      by,
      at: now,
      expiresAt: now + 3 * day,
      takenBy: null,
      withdrawnAt: null,
    },
    condition,
  )
}

/**
 * Asks to be let in. With the right six digits, which are good once, the answer's token is an invitation's; without any
 * it waits for the street. Throws `not-found`, `rate-limited`, `rule-broken` where there is a principal already or too
 * many wait, and `invalid-input` for digits that do not fit.
 */
export async function beginJoining(visit: Visit, { pass, role, name, code }: NewJoining): Promise<JoiningBegun> {
  const { env, now } = visit
  const unit = await found(visit, pass)
  if (role === 'enterprise-principal' && unit.hasPrincipal) throw hasOne()
  const token = newToken()
  const tokenHash = await sha256(token)
  const { streetId, enterpriseId } = unit
  const own = { ownerKind: 'street', ownerId: streetId } as const
  const detail = `${unit.unit}：${roles[role].label}`
  const directory = openDirectory(env)
  if (code !== undefined) {
    const tried = await tryUnder(visit, [ofUnit(unit)])
    if (!tried.allowed) throw tooOften(tried, now)
    const t = joiningCodes
    const [right] = await directory
      .delete(t)
      .where(
        and(
          eq(t.streetId, streetId),
          eq(t.enterpriseId, enterpriseId),
          eq(t.role, role),
          eq(t.digest, digestOfCode(env, unit, role, code)),
          gt(t.expiresAt, now),
        ),
      )
      .returning({ by: t.by })
    if (!right) {
      await record(visit, { kind: 'joining-asked', result: 'refused', owners: [own], detail })
      const pointer = '/code'
      throw new Problem('invalid-input', undefined, [
        { pointer, detail: '加入码不对、已用过或已超过 30 分钟，请向街道再要一个，或不填加入码提交申请' },
      ])
    }
    await record(visit, { kind: 'joining-asked', owners: [own], detail }, (db) => [
      letIn(db, { streetId, enterpriseId, role, tokenHash, by: right.by, now }, sql`true`),
      ...forgiven(db, [ofAddress(visit), ofUnit(unit)]),
    ])
    return { token, state: 'invited' }
  }
  const t = joinings
  const [waiting] = await directory
    .select({ n: count() })
    .from(t)
    .where(and(eq(t.streetId, streetId), isNull(t.decidedAt), gt(t.expiresAt, now), eq(t.enterpriseId, enterpriseId)))
  if ((waiting?.n ?? 0) >= mostWaiting)
    throw new Problem('rule-broken', `这家单位已有 ${mostWaiting} 份申请等待街道办理，请直接联系街道。`)
  const expiresAt = now + joiningStandsFor
  const row = { streetId, id: newId<JoiningId>('joi', now), enterpriseId, unit: unit.unit, role, name, tokenHash }
  await record(visit, { kind: 'joining-asked', owners: [own], detail }, (db) => [
    db.insert(joinings).values({ ...row, at: now, expiresAt }),
    // Not forgiven to the address: whoever asks for many units is not one of their people.
  ])
  return { token, state: 'waiting' }
}

/** How a request stands, for the browser that made it. Throws `not-found`, `rate-limited`. */
export async function joiningState(visit: Visit, token: string): Promise<JoiningState> {
  const { env, now } = visit
  const tried = await tryUnder(visit, [ofAddress(visit)])
  if (!tried.allowed) throw tooOften(tried, now)
  const directory = openDirectory(env)
  const [one] = await directory
    .select({
      unit: joinings.unit,
      role: joinings.role,
      approved: joinings.approved,
      why: joinings.why,
      expiresAt: joinings.expiresAt,
    })
    .from(joinings)
    .where(eq(joinings.tokenHash, await sha256(token)))
  if (!one) throw new Problem('not-found', '没有找到这份申请，请重新扫描二维码再申请。')
  await directory.batch(forgiven(directory, [ofAddress(visit)]) as never)
  const { approved, expiresAt, ...rest } = one
  if (approved !== null) return { ...rest, state: approved ? 'invited' : 'refused' }
  return { ...rest, state: expiresAt > now ? 'waiting' : 'over' }
}

/** Takes away digits that are over, and requests with their names a month after they were. */
export function clearOldJoinings(directory: Db, now: number) {
  return [
    directory.delete(joiningCodes).where(lt(joiningCodes.expiresAt, now)),
    directory.delete(joinings).where(lt(joinings.expiresAt, now - 30 * day)),
  ] as const
}
