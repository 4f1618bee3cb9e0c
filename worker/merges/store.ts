import {
  type DuplicateGroups,
  type Duplicates,
  likenessOf,
  mergeRefusal,
  type Merging,
  putBack,
  type Takable,
  takenOver,
  toldOf,
  type Undoing,
  undoRefusal,
} from '@app/shared/enterprises/merging'
import type { EnterpriseId, MergeId } from '@app/shared/ids'
import { compareText } from '@app/shared/order'
import { Problem } from '@app/shared/problem'
import {
  among,
  and,
  asc,
  count,
  eq,
  gt,
  inArray,
  isFilled,
  isNotNull,
  isNull,
  ne,
  or,
  type SQLWrapper,
  the,
} from '../db/operators'
import type { Relations, StreetScope } from '../tenancy/street-scope'
import { lineColumns } from '../enterprises/store'

/** So many files are suggested for one. */
const mostAlike = 10
/** So many groups of one name are shown at once. */
const mostGroups = 50

/**
 * Files that may be of the same unit: of one name, however it is written, or of one address, in the same community. A
 * code is in the register once, so that no two standing files share one.
 */
export async function duplicatesOf(scope: StreetScope, id: EnterpriseId): Promise<Duplicates> {
  const { enterprises: e, select } = scope.read('enterprise.merge')
  const own = (column: typeof e.address | typeof e.compactName | typeof e.communityId) =>
    the(select({ own: column }).from(e).where(eq(e.id, id)))
  const beside = and(ne(e.id, id), isNull(e.mergedInto), eq(e.communityId, own(e.communityId)))
  // The ids from their index alone, and then the rows: without figures of a table SQLite would rather read all of it.
  const linesOf = (ids: SQLWrapper) => select(lineColumns(e)).from(e).where(inArray(e.id, ids))
  const [[unit], named, near] = await scope.together([
    select({ name: e.name, address: e.address }).from(e).where(eq(e.id, id)),
    linesOf(
      select({ id: e.id })
        .from(e)
        .where(and(beside, isFilled(e.compactName), eq(e.compactName, own(e.compactName))))
        .limit(mostAlike),
    ),
    linesOf(
      select({ id: e.id })
        .from(e)
        .where(and(beside, eq(e.address, own(e.address))))
        .limit(mostAlike),
    ),
  ])
  if (!unit) throw new Problem('not-found')
  const found = new Map([...named, ...near].map((one) => [one.id, one]))
  return {
    items: [...found.values()]
      .map((one) => ({ ...one, like: likenessOf(unit, one) }))
      .filter(({ like }) => like.length > 0)
      .sort((a, b) => b.like.length - a.like.length || compareText(a.name, b.name) || compareText(a.id, b.id))
      .slice(0, mostAlike),
  }
}

/** Files of one name in one community: read from the index of these names alone, group by group. */
export async function duplicateGroups(scope: StreetScope): Promise<DuplicateGroups> {
  const { enterprises: e, select } = scope.read('enterprise.merge')
  const twice = select({ communityId: e.communityId, compactName: e.compactName, n: count().as('files') })
    .from(e)
    .where(and(isNull(e.mergedInto), isFilled(e.compactName)))
    .groupBy(e.communityId, e.compactName)
    .having(gt(count(), 1))
    .orderBy(asc(e.communityId), asc(e.compactName))
    .limit(mostGroups + 1)
    .as('twice')
  const ids = select({ id: e.id })
    .from(twice)
    .innerJoin(e, and(eq(e.communityId, twice.communityId), eq(e.compactName, twice.compactName)))
    .where(and(isNull(e.mergedInto), isFilled(e.compactName)))
    .limit(mostGroups * 4)
  const rows = await select({ ...lineColumns(e), key: e.compactName })
    .from(e)
    .where(inArray(e.id, ids))
    .orderBy(asc(e.communityId), asc(e.compactName), asc(e.id))
  const groups = new Map<string, Omit<(typeof rows)[number], 'key'>[]>()
  for (const { key, ...line } of rows) {
    const at = `${line.communityId}|${key}`
    const group = groups.get(at)
    if (group) group.push(line)
    else groups.set(at, [line])
  }
  const all = [...groups.values()].filter((items) => items.length > 1)
  return { groups: all.slice(0, mostGroups).map((items) => ({ items })), more: all.length > mostGroups }
}

const takable = (e: Relations['enterprises']) => ({
  id: e.id,
  name: e.name,
  version: e.version,
  mergedInto: e.mergedInto,
  creditCode: e.creditCode,
  keyPlace: e.keyPlace,
  sectors: e.sectors,
  highRisk: e.highRisk,
  crowded: e.crowded,
  size: e.size,
  staff: e.staff,
  floorArea: e.floorArea,
  colour: e.colour,
  inspectedOn: e.inspectedOn,
})

const takableOf = ({
  creditCode,
  keyPlace,
  sectors,
  highRisk,
  crowded,
  size,
  staff,
  floorArea,
  colour,
  inspectedOn,
}: Takable): Takable => ({
  creditCode,
  keyPlace,
  sectors,
  highRisk,
  crowded,
  size,
  staff,
  floorArea,
  colour,
  inspectedOn,
})

/**
 * Puts one file aside for another of the same unit. Nothing that hangs under it is written anew: hazards, checks, risk
 * points and posts stay where they lie, sealed or not, and are read through both files. Throws `not-found`, `stale`,
 * `rule-broken`.
 */
export async function mergeEnterprises(
  scope: StreetScope,
  { id, goes, stays, why }: Merging,
  now: number,
): Promise<void> {
  const { enterprises: e, select } = scope.read('enterprise.merge')
  const [both, merged] = await scope.together([
    select(takable(e))
      .from(e)
      .where(among(e.id, [goes.id, stays.id])),
    select({ id: e.id, into: e.mergedInto })
      .from(e)
      .where(and(isNotNull(e.mergedInto), among(e.mergedInto, [goes.id, stays.id]))),
  ])
  const [from, into] = [goes, stays].map((sought) => both.find((one) => one.id === sought.id))
  if (!from || !into) throw new Problem('not-found')
  const carried = merged.filter((one) => one.into === from.id).map((one) => one.id)
  const refused = mergeRefusal(from, into, { goes: carried.length, stays: merged.length - carried.length })
  if (refused) throw new Problem('rule-broken', refused)
  if (from.version !== goes.version || into.version !== stays.version) throw new Problem('stale')
  const taken = takenOver(takableOf(into), takableOf(from))
  const columns = Object.fromEntries(Object.entries(taken).map(([name, { after }]) => [name, after]))
  await scope.register('enterprise.merge', now, async (r) => {
    // First it lets go of its code, which the other may take over.
    const gone = r.merge(from, into.id, { deed: 'merged', why: `并入“${into.name}”。${why}` })
    const kept = await r.change(
      into,
      { ...columns, ...('sectors' in columns && { name: into.name }) },
      {
        deed: 'absorbed',
        fields: toldOf(taken),
        colour: taken.colour?.after ?? null,
        why: `并入“${from.name}”。${why}`,
      },
    )
    const note = r.noteMerge({ id, enterpriseId: from.id, intoId: into.id, taken, carried, why })
    return [gone, { ...kept, statements: [...kept.statements, note] }]
  })
}

/**
 * Takes two files apart again, each as it was: what the one that stayed took over goes back, unless somebody has changed
 * it since. Throws `not-found`, `stale`, `rule-broken` when it is too late, or its code has been given out anew.
 */
export async function undoMerge(scope: StreetScope, id: MergeId, { why }: Undoing, now: number): Promise<void> {
  const { enterprises: e, enterpriseMerges: m, select } = scope.read('enterprise.merge')
  const of = (column: typeof m.enterpriseId | typeof m.intoId) =>
    the(select({ file: column }).from(m).where(eq(m.id, id)))
  const [[merge], both, holders] = await scope.together([
    select({
      enterpriseId: m.enterpriseId,
      intoId: m.intoId,
      taken: m.taken,
      carried: m.carried,
      at: m.at,
      undoneAt: m.undoneAt,
    })
      .from(m)
      .where(eq(m.id, id)),
    select(takable(e))
      .from(e)
      .where(or(eq(e.id, of(m.enterpriseId)), eq(e.id, of(m.intoId)))),
    select({ id: e.id, name: e.name })
      .from(e)
      .where(
        and(
          isNotNull(e.creditCode),
          isNull(e.mergedInto),
          eq(
            e.creditCode,
            the(
              select({ code: e.creditCode })
                .from(e)
                .where(eq(e.id, of(m.enterpriseId))),
            ),
          ),
        ),
      ),
  ])
  const [from, into] = [merge?.enterpriseId, merge?.intoId].map((sought) => both.find((one) => one.id === sought))
  if (!merge || !from || !into) throw new Problem('not-found')
  const refused = undoRefusal(merge, into, now)
  if (refused) throw new Problem('rule-broken', refused)
  const columns = putBack(merge.taken, takableOf(into))
  const holder = holders.find((one) => one.id !== into.id || !('creditCode' in columns))
  if (holder)
    throw new Problem('rule-broken', `“${holder.name}”现已登记原档案的信用代码，请先改正它的代码，再撤销合并。`)
  await scope.register('enterprise.merge', now, async (r) => {
    const kept = await r.change(
      into,
      { ...(columns as object), ...('sectors' in columns && { name: into.name }) },
      {
        deed: 'separated',
        fields: toldOf(columns),
        why: `与“${from.name}”分开。${why}`,
      },
    )
    const back = r.separate(from, into.id, merge.carried, { deed: 'separated', why: `与“${into.name}”分开。${why}` })
    return [kept, { ...back, statements: [...back.statements, r.noteUndoing(id, why)] }]
  })
}
