import type { AuditFilter } from '@app/shared/audit/filter'
import type { AuditLine, AuditPage } from '@app/shared/audit/schema'
import { firstIdAt } from '@app/shared/ids'
import { pageOf, readCursor, writeCursor } from '@app/shared/pages'
import { Problem } from '@app/shared/problem'
import { addDays, startOfDay } from '@app/shared/time'
import { aliased, and, desc, eq, gte, isNull, lt } from '../db/operators'
import type { DistrictScope } from '../tenancy/district-scope'
import type { StreetScope } from '../tenancy/street-scope'

/** A page reads at most so many rows, whatever it is filtered by, and may come short. */
const mostScanned = 150
const pageSize = 50

/** The street's log, the newest first: its own people's deeds, the district's upon its records, and the schedule's. */
export async function streetAudit(scope: StreetScope, filter: AuditFilter): Promise<AuditPage> {
  const { auditLog: a, people: p, overseers: o, select } = scope.read('audit.view')
  const { from, until } = bounds(filter, 'aud')
  const rows = await select({
    id: a.id,
    at: a.at,
    actor: a.actor,
    person: aliased(p.name, 'person_name'),
    overseer: aliased(o.name, 'overseer_name'),
    capability: aliased(a.capability, 'capability'),
    subject: a.subject,
  })
    .from(a)
    .leftJoin(p, eq(p.id, a.actor))
    .leftJoin(o, and(isNull(p.id), eq(o.id, a.actor)))
    .where(and(gte(a.id, from), lt(a.id, until)))
    .orderBy(desc(a.id))
    .limit(mostScanned)
  return paged(
    rows.map(({ person, overseer, ...row }) => ({ ...row, name: person ?? overseer, why: null })),
    filter,
  )
}

/** The district's log of its own records. */
export async function districtAudit(scope: DistrictScope, filter: AuditFilter): Promise<AuditPage> {
  const { districtLog: l, overseers: o, select } = scope.read('audit.view')
  const { from, until } = bounds(filter, 'log')
  const rows = await select({
    id: l.id,
    at: l.at,
    actor: l.actor,
    name: aliased(o.name, 'overseer_name'),
    capability: l.capability,
    subject: l.subject,
    why: l.why,
  })
    .from(l)
    .leftJoin(o, eq(o.id, l.actor))
    .where(and(gte(l.id, from), lt(l.id, until)))
    .orderBy(desc(l.id))
    .limit(mostScanned)
  return paged(rows, filter)
}

/** The ids between which the asked days lie: an id begins with its instant, so the key itself is the index. */
function bounds({ from, to, cursor }: AuditFilter, prefix: string) {
  const last = cursor === undefined ? null : readCursor(cursor)
  if (cursor !== undefined && !last)
    throw new Problem('invalid-input', undefined, [{ pointer: '/cursor', detail: '翻页位置无效，请从第一页开始' }])
  const end = to ? firstIdAt(prefix, startOfDay(addDays(to, 1))) : `${prefix}_~`
  return {
    from: from ? firstIdAt(prefix, startOfDay(from)) : `${prefix}_`,
    until: last && last.id < end ? last.id : end,
  }
}

function paged(rows: readonly AuditLine[], { actor, capability, subject }: AuditFilter): AuditPage {
  const { items, next } = pageOf(
    [{ rows, more: rows.length === mostScanned }],
    (a, b) => (a.id < b.id ? 1 : a.id > b.id ? -1 : 0),
    (row) =>
      (!actor || row.actor === actor) &&
      (!capability || row.capability === capability) &&
      (!subject || row.subject === subject),
    pageSize,
  )
  return { items, next: next && writeCursor(next.at, next.id) }
}
