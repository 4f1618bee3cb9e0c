import { and, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import type { DistrictId, StreetId } from '@app/shared/ids'
import { settingsOf } from '@app/shared/settings/catalogue'
import { type LedgerName, openDirectory, openLedger } from '../db/client'
import { districts, streets } from '../db/directory'
import { notices, settings } from '../db/ledger'
import { among } from '../db/operators'
import type { Env } from '../env'

/** A district as its public address names it. */
export interface PublicDistrict {
  readonly id: DistrictId
  readonly slug: string
  readonly name: string
  readonly demo: boolean
  readonly ledger: LedgerName
  readonly streets: readonly { readonly id: StreetId; readonly name: string }[]
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
      streets:
        sql`(select json_group_array(json_object('id', ${streets.id}, 'name', ${streets.name}) order by ${streets.slug})
        from ${streets} where ${streets.state} = 'active'
        and ${streets.districtId} = (select ${districts.id} from ${districts} where ${districts.slug} = ${slug}))`
          .mapWith((found: string) => JSON.parse(found) as PublicDistrict['streets'])
          .as('streets'),
    })
    .from(districts)
    .where(eq(districts.slug, slug))
  if (!district) return null
  known.set(slug, { district, until: now + rememberFor })
  return district
}

/**
 * The notices a district ever published, newest first, those it withdrew included; and whom each of its streets names
 * to be asked, for those that have set it.
 */
export async function publishedNotices(env: Env, { id, ledger, streets: its }: PublicDistrict) {
  const n = notices
  const db = openLedger(env, ledger)
  const [found, set] = await db.batch([
    db
      .select({ number: n.number, words: n.words, publishedAt: n.publishedAt, state: n.state })
      .from(n)
      .where(and(eq(n.districtId, id), isNotNull(n.publishedAt)))
      .orderBy(desc(n.publishedAt))
      .limit(60),
    db
      .select({ streetId: settings.streetId, key: settings.key, value: settings.value })
      .from(settings)
      .where(
        and(
          among(
            settings.streetId,
            its.map((street) => street.id),
          ),
          inArray(settings.key, ['contact.office', 'contact.phone']),
        ),
      ),
  ])
  const listed = found.map(({ number, words, publishedAt, state }) => ({
    number: number ?? '',
    title: words.title,
    publishedAt: publishedAt ?? 0,
    withdrawn: state === 'withdrawn',
  }))
  const contacts = its.flatMap((street) => {
    const own = settingsOf(set.filter(({ streetId }) => streetId === street.id))
    const [office, phone] = [own['contact.office'], own['contact.phone']]
    return office || phone ? [{ street: street.name, office, phone }] : []
  })
  return { notices: listed, contacts }
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
