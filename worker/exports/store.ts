import type { ExportCard } from '@app/shared/exports/schema'
import type { ExportId } from '@app/shared/ids'
import { Problem } from '@app/shared/problem'
import { aliased, desc, eq } from '../db/operators'
import type { StreetScope } from '../tenancy/street-scope'

function cards(scope: StreetScope) {
  const { streetExports: e, people: p, select } = scope.read('street.export')
  return {
    e,
    query: select({
      id: aliased(e.id, 'export_id'),
      state: e.state,
      by: e.by,
      byName: aliased(p.name, 'by_name'),
      at: e.at,
      rows: e.rows,
      rowsInAll: e.rowsInAll,
      objects: e.objects,
      objectsInAll: e.objectsInAll,
      bytes: e.bytes,
      digest: e.digest,
      readyAt: e.readyAt,
      expiresAt: e.expiresAt,
      downloads: e.downloads,
      error: e.error,
    })
      .from(e)
      .leftJoin(p, eq(p.id, e.by)),
  }
}

const named = ({ byName, ...card }: Omit<ExportCard, 'byName'> & { byName: string | null }): ExportCard => ({
  ...card,
  byName: byName ?? '',
})

/** The street's packages, newest first; a street makes some a year. */
export async function listExports(scope: StreetScope): Promise<ExportCard[]> {
  const { e, query } = cards(scope)
  const found = await query.orderBy(desc(e.id)).limit(20)
  return found.map(named)
}

/** One package. Throws `not-found`. */
export async function getExport(scope: StreetScope, id: ExportId): Promise<ExportCard> {
  const { e, query } = cards(scope)
  const [found] = await query.where(eq(e.id, id))
  if (!found) throw new Problem('not-found')
  return named(found)
}

/** Deletes a package. Throws `not-found`, `rule-broken` for one that is gone already. */
export async function removeExport(scope: StreetScope, id: ExportId, now: number): Promise<void> {
  const { state } = await getExport(scope, id)
  if (state === 'gone') throw new Problem('rule-broken', '这个数据包已经删除。')
  await scope.removeExport(id, now)
}
