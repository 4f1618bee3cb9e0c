import { type SQLWrapper, and, eq, isNull, sql } from 'drizzle-orm'
import type { EnterpriseId, StreetId } from '@app/shared/ids'
import { codeStandsFor } from '@app/shared/joining/schema'
import { keyedDigest } from '../auth/secrets'
import { type Db, type LedgerName, openDirectory, openLedger } from '../db/client'
import { districts, posters, streetPosts, streets } from '../db/directory'
import { enterprises } from '../db/ledger'
import type { Env } from '../env'

// 企业二维码. The address on the wall stays; what it hands on to whoever scans it changes every half hour, so that a
// link that was passed on leads nowhere soon, and only who has the poster before them, or a picture of it, gets another.

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

export function newPosterCode(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => alphabet[byte % 32]).join('')
}

export const posterPath = (code: string) => `/q/${code}`

const windowOf = (now: number) => Math.floor(now / codeStandsFor)
const proofOf = (env: Env, code: string, window: number) => keyedDigest(env, 'poster', `${code} ${window}`)

/** What a scan hands on: good until the half-hour after this one is over. */
export function passOf(env: Env, code: string, now: number): string {
  const window = windowOf(now)
  return `${code}.${window}.${proofOf(env, code, window)}`
}

/** The poster that a pass was handed on by; null for one that is over or was made up. */
export function codeOfPass(env: Env, pass: string, now: number): string | null {
  const [code = '', window, proof] = pass.split('.')
  const behind = windowOf(now) - Number(window)
  const good = (behind === 0 || behind === 1) && proof === proofOf(env, code, Number(window))
  return good ? code : null
}

/** A unit by its poster, with what the page of it and a request to join it say. */
export interface PosterUnitFound {
  readonly streetId: StreetId
  readonly enterpriseId: EnterpriseId
  readonly street: string
  readonly slug: string
  readonly district: string
  readonly demo: boolean
  readonly ledger: LedgerName
  readonly unit: string
  readonly hasPrincipal: boolean
  /** The street takes no writes for now. */
  readonly shut: boolean
}

/** An enterprise's one principal, whose post lasts or is just being opened. */
export const principalStands = (
  streetId: StreetId | SQLWrapper,
  enterpriseId: EnterpriseId | SQLWrapper,
  now: number,
) =>
  and(
    sql`${streetPosts.streetId} = ${streetId}`,
    // As the index spells it.
    sql`${streetPosts.reach} ->> '$.ids[0]' = ${enterpriseId}`,
    sql`${streetPosts.role} = 'enterprise-principal' and ${streetPosts.state} <> 'ended'`,
    sql`(${streetPosts.until} is null or ${streetPosts.until} > ${now})`,
  )

/** The unit whose poster bears a code: null for a code that never was or was revoked, and for a unit that has gone. */
export async function unitOfPoster(env: Env, code: string, now: number): Promise<PosterUnitFound | null> {
  const directory = openDirectory(env)
  const stands = principalStands(posters.streetId, posters.enterpriseId, now)
  const [found] = await directory
    .select({
      streetId: posters.streetId,
      enterpriseId: posters.enterpriseId,
      street: streets.name,
      slug: streets.slug,
      district: districts.name,
      demo: districts.demo,
      ledger: streets.ledger,
      hasPrincipal: sql<number>`exists (select 1 from ${streetPosts} where ${stands})`,
      shut: sql<number | null>`coalesce(${streets.movingSince}, ${streets.suspendedAt}, ${districts.suspendedAt})`,
    })
    .from(posters)
    .innerJoin(streets, and(eq(streets.id, posters.streetId), eq(streets.state, 'active')))
    .innerJoin(districts, eq(districts.id, streets.districtId))
    .where(and(eq(posters.code, code), isNull(posters.revokedAt)))
  if (!found) return null
  const [unit] = await openLedger(env, found.ledger)
    .select({ name: enterprises.name })
    .from(enterprises)
    .where(
      and(
        eq(enterprises.streetId, found.streetId),
        eq(enterprises.id, found.enterpriseId),
        isNull(enterprises.mergedInto),
        sql`${enterprises.standing} in ('active', 'suspended')`,
      ),
    )
  if (!unit) return null
  return { ...found, unit: unit.name, hasPrincipal: Boolean(found.hasPrincipal), shut: found.shut !== null }
}

/** The poster of a unit that stands. */
export async function posterOf(directory: Db, streetId: StreetId, enterpriseId: EnterpriseId) {
  const [found] = await directory
    .select({ code: posters.code, at: posters.at })
    .from(posters)
    .where(and(eq(posters.streetId, streetId), eq(posters.enterpriseId, enterpriseId), isNull(posters.revokedAt)))
  return found ? { ...found, path: posterPath(found.code) } : null
}
