import { periodAt } from '@app/shared/filings/periods'
import { daysIn, type FilingWords, sealFiling } from '@app/shared/filings/rules'
import type { FilingBody } from '@app/shared/filings/schema'
import { defaultCommitment } from '@app/shared/filings/commitment'
import { duties, kinds } from '@app/shared/filings/words'
import { type FilingId, idFrom, type PersonId } from '@app/shared/ids'
import { addDays, type Day, hour, startOfDay } from '@app/shared/time'
import type { filings } from '../../worker/db/ledger'
import type { Street } from './places'
import { randomFrom } from './random'
import { sha256 } from './record'

const mark = '（演示数据）'

/** What some units of a street have filed by a day; all of it invented, and marked so. */
export async function filingsOf(street: Street, today: Day): Promise<(typeof filings.$inferInsert)[]> {
  const rows: (typeof filings.$inferInsert)[] = []
  for (const [at, unit] of street.enterprises.entries()) {
    const { principal } = unit
    // The first unit is where somebody signs in; of the others some have filed, and some are late.
    if (!principal || (at > 0 && at % 3 === 0)) continue
    const random = randomFrom(`${street.slug} filings ${at}`)
    for (const [nth, { body, draft }] of papersOf(today, at === 0).entries()) {
      if (at > 0 && random.chance(0.35)) continue
      const filedAt = startOfDay(addDays(today, -1 - (nth % 20))) + 10 * hour
      rows.push(await rowOf(street, unit, principal, { body, draft, filedAt, random }))
    }
  }
  return rows
}

function papersOf(today: Day, first: boolean): { body: FilingBody; draft?: true }[] {
  const half = periodAt('每半年', today)
  const year = periodAt('每年', today)
  if (!half || !year) return []
  const photos: [] = []
  const taught = { hours: 2, people: 6, names: null, result: `全部合格${mark}`, photos }
  const certificate = (holder: string, expiresOn: Day) => ({
    kind: 'certificate' as const,
    holder,
    trade: 'electrical' as const,
    issuer: `示例发证机关${mark}`,
    expiresOn,
    inUse: true,
    photos,
  })
  // Safe: one for each of the seven.
  const answers = Object.fromEntries(
    Object.keys(duties).map((duty) => [duty, { done: true, what: `已按要求落实${mark}`, photos }]),
  ) as unknown as Extract<FilingBody, { kind: 'duties' }>['duties']
  const posts = [
    { post: '主要负责人', duties: `对本单位安全生产全面负责${mark}` },
    { post: '当班员工', duties: `班前检查、班后断电${mark}` },
  ]
  const responsibility = { kind: 'responsibility' as const, period: year, posts, signedOn: addDays(today, -9), photos }
  return [
    { body: { kind: 'duties', period: half, duties: answers } },
    // The one who signs in finds a draft to confirm, and something still to be filed.
    { body: responsibility, ...(first && { draft: true }) },
    ...(first ? [] : [{ body: { kind: 'commitment' as const, period: year } }]),
    { body: { kind: 'training', on: addDays(today, -12), subject: `消防器材使用${mark}`, ...taught } },
    {
      body: {
        kind: 'drill',
        drill: 'evacuation',
        on: addDays(today, -8),
        subject: `疏散逃生演练${mark}`,
        people: 6,
        evaluation: `通道畅通，用时 3 分钟${mark}`,
        photos,
      },
    },
    { body: certificate('演示电工甲', addDays(today, 20)) },
    ...(first ? [{ body: certificate('演示电工乙', addDays(today, -3)) }] : []),
  ]
}

async function rowOf(
  street: Street,
  unit: Street['enterprises'][number],
  principal: { readonly id: PersonId; readonly name: string },
  {
    body,
    draft,
    filedAt,
    random,
  }: { body: FilingBody; draft?: true | undefined; filedAt: number; random: ReturnType<typeof randomFrom> },
): Promise<typeof filings.$inferInsert> {
  const statement = kinds[body.kind].form === 'statement'
  const who = {
    draftedBy: principal.id,
    draftedRole: 'enterprise-principal',
    by: principal.id,
    role: 'enterprise-principal',
  } as const
  const facts = {
    id: idFrom<FilingId>('fil', filedAt, random.bytes(16)),
    enterpriseId: unit.id,
    kind: body.kind,
    period: statement && 'period' in body ? body.period : null,
    ...daysIn(body),
    ...who,
    at: filedAt,
    revision: statement && !draft ? 2 : 1,
    version: 1,
    supersedes: null,
  }
  const words: FilingWords = {
    body,
    commitment: body.kind === 'commitment' ? defaultCommitment : null,
    signedAs: statement && !draft ? principal.name : null,
    why: null,
  }
  const place = { streetId: street.id, communityId: unit.grid.communityId, gridId: unit.grid.id }
  if (draft) return { ...facts, ...place, state: 'draft', words, latest: false }
  const salt = sha256(`${facts.id} salt`).slice(0, 32)
  const sealed = await sealFiling('', { streetId: street.id, ...facts }, words, salt, (text) =>
    Promise.resolve(sha256(text)),
  )
  return { ...facts, ...place, state: 'filed', words, salt, ...sealed, latest: true }
}
