import type { NoticeId, PersonId } from '@app/shared/ids'
import { firstWords, noticeRefusal } from '@app/shared/notices/rules'
import type { NoticeCard, NoticeEdit, NoticeRecord, Withdrawal } from '@app/shared/notices/schema'
import { Problem } from '@app/shared/problem'
import { can } from '@app/shared/capabilities'
import { type Month, yearOf } from '@app/shared/time'
import { rankingOf, rankingQueries, readRanking } from '../assessments/store'
import { and, count, desc, eq, gte, isNotNull, the } from '../db/operators'
import type { DistrictScope } from '../tenancy/district-scope'
import { noticePage, withdrawnPage } from './page'

const columns = (n: ReturnType<DistrictScope['read']>['notices']) => ({
  id: n.id,
  period: n.period,
  revision: n.revision,
  state: n.state,
  number: n.number,
  words: n.words,
  editors: n.editors,
  editedAt: n.editedAt,
  publishedBy: n.publishedBy,
  publishedAt: n.publishedAt,
  withdrawnAt: n.withdrawnAt,
  withdrawalReason: n.withdrawalReason,
  html: n.html,
  version: n.version,
})

/** All notices of the district, the last worked on first. */
export async function listNotices(scope: DistrictScope): Promise<NoticeCard[]> {
  const { notices: n, select } = scope.read('notice.view')
  const found = await select({
    id: n.id,
    period: n.period,
    revision: n.revision,
    state: n.state,
    number: n.number,
    words: n.words,
    editedAt: n.editedAt,
    publishedAt: n.publishedAt,
  })
    .from(n)
    .orderBy(desc(n.editedAt), desc(n.id))
    .limit(100)
  return found.map(({ words, ...notice }) => ({ ...notice, title: words.title }))
}

/** Drafts the notice of a scored period in the usual wording. Throws `not-found` for a period not scored. */
export async function draftNotice(scope: DistrictScope, id: NoticeId, period: Month, now: number): Promise<void> {
  const ranking = await readRanking(scope, period)
  const { revision } = ranking.snapshot
  const draft = {
    id,
    period,
    revision,
    state: 'draft' as const,
    words: firstWords(ranking, scope.district.name, now),
    editors: [scope.actor.id],
    editedAt: now,
    version: 1,
  }
  await scope.addNotice(draft, '拟写通报', now)
}

/** A notice with its page, and what the reader may do next. Throws `not-found`. */
export async function readNotice(scope: DistrictScope, id: NoticeId): Promise<NoticeRecord> {
  const { notices: n, overseers: o, select } = scope.read('notice.view')
  const [[found], people, ...ranking] = await scope.together([
    select(columns(n)).from(n).where(eq(n.id, id)),
    select({ id: o.id, name: o.name }).from(o),
    ...rankingQueries(scope, periodOfNotice(scope, id)),
  ])
  if (!found) throw new Problem('not-found')
  const nameOf = (person: PersonId | null) => people.find((one) => one.id === person)?.name ?? null
  const { publishedBy, html, editors, words, withdrawnAt, ...notice } = found
  const { withdrawalReason: reason } = notice
  const frozen = html && withdrawnAt !== null && reason !== null ? withdrawnPage(html, reason, withdrawnAt) : html
  const { id: by, role } = scope.actor
  const may = { edit: 'notice.draft', publish: 'notice.publish', withdraw: 'notice.withdraw' } as const
  return {
    ...notice,
    title: words.title,
    words,
    editors: editors.map((editor) => ({ id: editor, name: nameOf(editor) })),
    publisher: nameOf(publishedBy),
    html:
      frozen ??
      noticePage({ district: scope.district, words, ranking: rankingOf(ranking), number: null, publishedAt: null }),
    next: (['edit', 'publish', 'withdraw'] as const).filter(
      (deed) => can(role, may[deed]) && noticeRefusal({ state: notice.state, editors }, deed, by) === null,
    ),
  }
}

/** Rewords a draft; its numbers stay the snapshot's. Throws `stale` when somebody else was first. */
export async function editNotice(scope: DistrictScope, id: NoticeId, edit: NoticeEdit, now: number): Promise<void> {
  const { seen } = await permitted(scope, id, 'edit', edit.version)
  const { id: by } = scope.actor
  const editors = seen.editors.includes(by) ? seen.editors : [...seen.editors, by]
  await scope.changeNotice(
    'notice.draft',
    { id, version: edit.version },
    { words: edit.words, editors, editedAt: now },
    '修改通报',
    now,
  )
}

/** Freezes a notice under the year's next number, by somebody who wrote none of it. */
export async function publishNotice(scope: DistrictScope, id: NoticeId, version: number, now: number): Promise<void> {
  const { seen, published, ranking } = await permitted(scope, id, 'publish', version, now)
  const number = `${yearOf(now)}-${published + 1}`
  await scope.changeNotice(
    'notice.publish',
    { id, version },
    {
      state: 'published',
      number,
      html: noticePage({ district: scope.district, words: seen.words, ranking, number, publishedAt: now }),
      publishedBy: scope.actor.id,
      publishedAt: now,
    },
    '发布通报',
    now,
  )
}

/** Takes a published notice back; it stays readable under its address, with the reason above it. */
export async function withdrawNotice(
  scope: DistrictScope,
  id: NoticeId,
  { version, reason }: Withdrawal,
  now: number,
): Promise<void> {
  await permitted(scope, id, 'withdraw', version)
  await scope.changeNotice(
    'notice.withdraw',
    { id, version },
    { state: 'withdrawn', withdrawnAt: now, withdrawalReason: reason },
    reason,
    now,
  )
}

async function permitted(
  scope: DistrictScope,
  id: NoticeId,
  deed: 'edit' | 'publish' | 'withdraw',
  version: number,
  now = 0,
) {
  const { notices: n, select } = scope.read('notice.view')
  const startOfYear = Date.parse(`${yearOf(now)}-01-01T00:00:00+08:00`)
  const [[seen], [numbered], ...ranking] = await scope.together([
    select(columns(n)).from(n).where(eq(n.id, id)),
    select({ published: count() })
      .from(n)
      .where(and(isNotNull(n.publishedAt), gte(n.publishedAt, startOfYear))),
    ...rankingQueries(scope, periodOfNotice(scope, id)),
  ])
  if (!seen) throw new Problem('not-found')
  const refused = noticeRefusal(seen, deed, scope.actor.id)
  if (refused) throw new Problem('rule-broken', refused)
  if (seen.version !== version) throw new Problem('stale')
  return { seen, published: numbered?.published ?? 0, ranking: rankingOf(ranking) }
}

function periodOfNotice(scope: DistrictScope, id: NoticeId) {
  const { notices: n, select } = scope.read('notice.view')
  return the(select({ period: n.period }).from(n).where(eq(n.id, id)))
}
