import { and, desc, eq, isNotNull } from 'drizzle-orm'
import type { DistrictId } from '@app/shared/ids'
import { type LedgerName, openDirectory, openLedger } from '../db/client'
import { districts } from '../db/directory'
import { notices } from '../db/ledger'
import type { Env } from '../env'

/** A district as its public address names it. */
export interface PublicDistrict {
  readonly id: DistrictId
  readonly slug: string
  readonly name: string
  readonly demo: boolean
  readonly ledger: LedgerName
}

// Names, slugs and ledgers may be remembered for a while, so that a public page is one read; posts and suspensions never.
const remembered = new WeakMap<object, Map<string, { district: PublicDistrict; until: number }>>()
const rememberFor = 60_000

export async function publicDistrict(env: Env, slug: string, now: number): Promise<PublicDistrict | null> {
  const known = remembered.get(env) ?? new Map<string, { district: PublicDistrict; until: number }>()
  remembered.set(env, known)
  const entry = known.get(slug)
  if (entry && entry.until > now && entry.until <= now + rememberFor) return entry.district
  const [district] = await openDirectory(env)
    .select({
      id: districts.id,
      slug: districts.slug,
      name: districts.name,
      demo: districts.demo,
      ledger: districts.ledger,
    })
    .from(districts)
    .where(eq(districts.slug, slug))
  if (!district) return null
  known.set(slug, { district, until: now + rememberFor })
  return district
}

/** The notices a district ever published, newest first, those it withdrew included. */
export async function publishedNotices(env: Env, { id, ledger }: PublicDistrict) {
  const n = notices
  const found = await openLedger(env, ledger)
    .select({ number: n.number, words: n.words, publishedAt: n.publishedAt, state: n.state })
    .from(n)
    .where(and(eq(n.districtId, id), isNotNull(n.publishedAt)))
    .orderBy(desc(n.publishedAt))
    .limit(60)
  return found.map(({ number, words, publishedAt, state }) => ({
    number: number ?? '',
    title: words.title,
    publishedAt: publishedAt ?? 0,
    withdrawn: state === 'withdrawn',
  }))
}

/** One published notice, frozen as it was; a drafted one is nobody's to see. */
export async function publishedNotice(env: Env, { id, ledger }: PublicDistrict, number: string) {
  const n = notices
  const [found] = await openLedger(env, ledger)
    .select({ html: n.html, state: n.state, withdrawnAt: n.withdrawnAt, reason: n.withdrawalReason })
    .from(n)
    .where(and(eq(n.districtId, id), isNotNull(n.number), eq(n.number, number), isNotNull(n.publishedAt)))
  return found?.html ? { ...found, html: found.html } : null
}
