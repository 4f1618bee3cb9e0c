import type { Standing } from '@app/shared/enterprises/words'
import { timesOf } from '@app/shared/hazards/rules'
import type { CommunityId, EnterpriseId, GridId } from '@app/shared/ids'
import type {
  EnterpriseCard,
  EnterpriseFilter,
  Move,
  Moved,
  NewCommunity,
  NewGrid,
  PlaceHistory,
  Places,
  PlaceTree,
  Renaming,
  Retirement,
} from '@app/shared/places/schema'
import { Problem } from '@app/shared/problem'
import type { Reach } from '@app/shared/reach'
import { dayOf } from '@app/shared/time'
import { standingColumns } from '../hazards/store'
import { aliased, among, and, asc, count, desc, eq, greatest, isNull, isTrue } from '../db/operators'
import { newId } from '../ids'
import type { StreetScope } from '../tenancy/street-scope'

const mostEnterprises = 200

/** The communities and grids that the actor reaches, in the street's own order. */
export async function listPlaces(scope: StreetScope): Promise<Places> {
  return reachedOf(scope, await scope.together(placesIn(scope)))
}

/** Queries for the communities and grids that stand, and for the actor's own unit; `reachedOf` makes places of them. */
export function placesIn(scope: StreetScope) {
  const { communities: c, grids: g, enterprises: e, select } = scope.read('hazard.view')
  const { reach } = scope.actor
  const [own] = reach.within === 'enterprise' ? scope.filesOf(reach.ids[0]) : []
  return [
    select({ id: c.id, name: c.name }).from(c).where(isNull(c.retiredOn)).orderBy(asc(c.position), asc(c.id)),
    select({ id: g.id, communityId: g.communityId, name: g.name })
      .from(g)
      .where(isNull(g.retiredOn))
      .orderBy(asc(g.position), asc(g.id)),
    select({ gridId: e.gridId })
      .from(e)
      // Where the unit stands by the file that is kept of it.
      .where(and(eq(e.id, own ?? ('' as never)), isNull(e.mergedInto))),
  ] as const
}

/** Those of these places that the actor reaches. */
export function reachedOf(
  { actor: { reach } }: Pick<StreetScope, 'actor'>,
  [communities, grids, [own]]: readonly [
    Places['communities'],
    Places['grids'],
    readonly { gridId: GridId }[],
    ...unknown[],
  ],
): Places {
  const reached = grids.filter(({ id, communityId }) => {
    if (reach.within === 'grids') return reach.ids.includes(id)
    if (reach.within === 'communities') return reach.ids.includes(communityId)
    return reach.within === 'street' || id === own?.gridId
  })
  return {
    communities: communities.filter(({ id }) => reached.some((grid) => grid.communityId === id)),
    grids: reached,
  }
}

/** Enterprises within reach that have not left, by name; at most 200 of a community or grid. */
export async function listEnterprises(scope: StreetScope, filter: EnterpriseFilter): Promise<EnterpriseCard[]> {
  const { enterprises: e, select } = scope.read('hazard.view')
  return select({
    id: e.id,
    name: e.name,
    communityId: e.communityId,
    gridId: e.gridId,
    address: e.address,
    keyPlace: e.keyPlace,
    principalId: e.principalId,
  })
    .from(e)
    .where(
      and(
        among(e.standing, ['active', 'suspended'] satisfies Standing[]),
        isNull(e.mergedInto),
        filter.communityId ? eq(e.communityId, filter.communityId) : undefined,
        filter.gridId ? eq(e.gridId, filter.gridId) : undefined,
      ),
    )
    .orderBy(asc(e.name), asc(e.id))
    .limit(mostEnterprises)
}

/** Counted up to here; a street with more open than this knows it has too many. */
const mostCounted = 10_000
/** So many hazards change their grid in one batch, each with its event. */
const mostMoved = 50

/** Communities and grids with what lies in them, retired ones included. */
export async function placeTree(scope: StreetScope): Promise<PlaceTree> {
  const { communities: c, grids: g, enterprises: e, hazards: h, select } = scope.read('people.view')
  // Bounded and in the order of the index over what is open, and counted then: grouped at once, or in no order, the
  // whole history would be read by the index over grids, which holds all that is asked for.
  const open = select({ gridId: h.gridId })
    .from(h)
    .where(isTrue(h.open))
    .orderBy(asc(h.dueOn), asc(h.id))
    .limit(mostCounted)
    .as('open_hazards')
  const [communities, grids, enterprises, hazards] = await scope.together([
    select({ id: c.id, name: c.name, statCode: c.statCode, retiredOn: c.retiredOn })
      .from(c)
      .orderBy(asc(c.position), asc(c.id)),
    select({ id: g.id, communityId: g.communityId, name: g.name, code: g.code, retiredOn: g.retiredOn })
      .from(g)
      .orderBy(asc(g.position), asc(g.id)),
    select({ gridId: e.gridId, n: count().as('enterprises') })
      .from(e)
      .groupBy(e.gridId),
    select({ gridId: open.gridId, n: count().as('hazards') })
      .from(open)
      .groupBy(open.gridId),
  ])
  const countIn = (counts: readonly { gridId: GridId; n: number }[], id: GridId) =>
    counts.find(({ gridId }) => gridId === id)?.n ?? 0
  const placed = grids.map(({ communityId, ...grid }) => ({
    communityId,
    ...grid,
    enterprises: countIn(enterprises, grid.id),
    openHazards: countIn(hazards, grid.id),
  }))
  const retiredLast = (a: { retiredOn: unknown }, b: { retiredOn: unknown }) =>
    Number(a.retiredOn !== null) - Number(b.retiredOn !== null)
  return {
    communities: communities.toSorted(retiredLast).map((community) => {
      const own = placed.filter(({ communityId }) => communityId === community.id).toSorted(retiredLast)
      return {
        ...community,
        openHazards: own.reduce((sum, { openHazards }) => sum + openHazards, 0),
        grids: own.map(({ communityId: _, ...grid }) => grid),
      }
    }),
  }
}

/** What became of one place, newest first. */
export async function placeHistory(scope: StreetScope, placeId: CommunityId | GridId): Promise<PlaceHistory['items']> {
  const { placeChanges: p, communities: c, grids: g, people, select } = scope.read('people.view')
  const changes = select({
    kind: p.kind,
    name: aliased(p.name, 'name_then'),
    oldName: p.oldName,
    toCommunity: aliased(c.name, 'to_community'),
    toGrid: aliased(g.name, 'to_grid'),
    hazards: p.hazards,
    enterprises: p.enterprises,
    on: p.on,
    by: aliased(people.name, 'by_name'),
    why: p.why,
  })
    .from(p)
    .leftJoin(c, eq(c.id, p.toId))
    .leftJoin(g, eq(g.id, p.toId))
    .leftJoin(people, eq(people.id, p.by))
    .where(eq(p.placeId, placeId))
    .orderBy(desc(p.id))
    .limit(200)
  const [[community], [grid], found] = await scope.together([
    // Safe: an id of the one kind is nobody's of the other.
    select({ id: c.id })
      .from(c)
      .where(eq(c.id, placeId as CommunityId)),
    select({ id: g.id })
      .from(g)
      .where(eq(g.id, placeId as GridId)),
    changes,
  ])
  if (!community && !grid) throw new Problem('not-found')
  return found.map(({ toCommunity, toGrid, ...change }) => ({ ...change, toName: toCommunity ?? toGrid }))
}

/** A line of a place's history. */
function told(
  scope: StreetScope,
  now: number,
  line: { placeId: CommunityId | GridId; kind: 'added' | 'renamed' | 'moved' | 'retired'; name: string } & Partial<{
    oldName: string
    toId: CommunityId | GridId | null
    hazards: number
    enterprises: number
    why: string
  }>,
) {
  return { ...line, id: newId('chn', now), on: dayOf(now), by: scope.actor.id, at: now }
}

const nameTaken = (pointer = '/name') =>
  new Problem('invalid-input', undefined, [{ pointer, detail: '已有同名的社区或网格，请换一个名称' }])

/** Adds a community. Throws `invalid-input` for a name that another one bears, `already-there`. */
export async function addCommunity(scope: StreetScope, community: NewCommunity, now: number): Promise<void> {
  const { communities: c, select } = scope.read('place.manage')
  const [same, [last]] = await scope.together([
    select({ id: c.id })
      .from(c)
      .where(and(eq(c.name, community.name), isNull(c.retiredOn))),
    select({ position: greatest(c.position) }).from(c),
  ])
  if (same.some(({ id }) => id !== community.id)) throw nameTaken()
  await scope.change('place.manage', { subject: community.id, at: now }, (k) => [
    k.add(
      'communities',
      { ...community, position: (last?.position ?? 0) + 1 },
      k.nameFree(community.name, { kind: 'communities', id: community.id }),
    ),
    k.add('placeChanges', told(scope, now, { placeId: community.id, kind: 'added', name: community.name })),
  ])
}

/** Adds a grid to a community that is not retired. Throws `invalid-input`, `already-there`. */
export async function addGrid(scope: StreetScope, grid: NewGrid, now: number): Promise<void> {
  const { communities: c, grids: g, select } = scope.read('place.manage')
  const [[community], same, [last]] = await scope.together([
    select({ id: c.id })
      .from(c)
      .where(and(eq(c.id, grid.communityId), isNull(c.retiredOn))),
    select({ id: g.id })
      .from(g)
      .where(and(eq(g.communityId, grid.communityId), eq(g.name, grid.name), isNull(g.retiredOn))),
    select({ position: greatest(g.position) }).from(g),
  ])
  if (!community)
    throw new Problem('invalid-input', undefined, [{ pointer: '/communityId', detail: '没有这个社区，或已撤销' }])
  if (same.some(({ id }) => id !== grid.id)) throw nameTaken()
  const { id, communityId, name } = grid
  await scope.change('place.manage', { subject: id, at: now }, (k) => [
    k.add(
      'grids',
      { ...grid, position: (last?.position ?? 0) + 1 },
      and(k.stands({ kind: 'communities', id: communityId }), k.nameFree(name, { kind: 'grids', id }, communityId)),
    ),
    k.add('placeChanges', told(scope, now, { placeId: id, kind: 'added', name })),
  ])
}

/** Renames a place from today on; what it was called before stays in its history. Throws `not-found`, `invalid-input`. */
export async function renamePlace(
  scope: StreetScope,
  place: { kind: 'communities'; id: CommunityId } | { kind: 'grids'; id: GridId },
  { name, why }: Renaming,
  now: number,
): Promise<void> {
  const { communities: c, grids: g, select } = scope.read('place.manage')
  const [communities, grids] = await scope.together([
    select({ id: c.id, name: c.name, retiredOn: c.retiredOn }).from(c),
    select({ id: g.id, name: g.name, retiredOn: g.retiredOn, communityId: g.communityId }).from(g),
  ])
  const grid = place.kind === 'grids' ? grids.find(({ id }) => id === place.id) : undefined
  const found = grid ?? communities.find(({ id }) => id === place.id)
  if (!found) throw new Problem('not-found')
  if (found.retiredOn !== null) throw new Problem('rule-broken', '已撤销的社区或网格保留原名，不能更名。')
  if (found.name === name)
    throw new Problem('invalid-input', undefined, [{ pointer: '/name', detail: '与现有名称相同' }])
  const beside = grid ? grids.filter(({ communityId }) => communityId === grid.communityId) : communities
  if (beside.some((one) => one.name === name && one.retiredOn === null)) throw nameTaken()
  await scope.change('place.manage', { subject: place.id, at: now }, (k) => [
    k.change(
      place.kind,
      place.id,
      { name },
      { name: found.name, retiredOn: null },
      k.nameFree(name, place, grid?.communityId),
    ),
    k.add('placeChanges', told(scope, now, { placeId: place.id, kind: 'renamed', name, oldName: found.name, why })),
  ])
}

/**
 * Takes enterprises and open hazards from one grid to another: an enterprise with its open hazards, each hazard with an
 * event of its own; what is closed stays under the old grid. At most `mostMoved` hazards go at once; `left` says how
 * many still wait, and the same request again moves them. Throws `not-found`, `invalid-input`, `stale`.
 */
export async function moveBetweenGrids(
  scope: StreetScope,
  from: GridId,
  { to, what, why }: Move,
  now: number,
): Promise<Moved> {
  const { grids: g, enterprises: e, hazards: h, select } = scope.read('place.manage')
  const [places, enterprises, hazards] = await scope.together([
    select({ id: g.id, name: g.name, communityId: g.communityId, retiredOn: g.retiredOn })
      .from(g)
      .where(among(g.id, [from, to])),
    select({ id: e.id }).from(e).where(eq(e.gridId, from)),
    select({ ...standingColumns(h), enterpriseId: h.enterpriseId })
      .from(h)
      .where(and(eq(h.gridId, from), eq(h.open, true)))
      .orderBy(asc(h.receivedAt), asc(h.id)),
  ])
  const source = places.find(({ id }) => id === from)
  const target = places.find(({ id }) => id === to)
  if (!source) throw new Problem('not-found')
  if (!target || target.retiredOn !== null || to === from)
    throw new Problem('invalid-input', undefined, [{ pointer: '/to', detail: '请选择本街道另一个未撤销的网格' }])
  if (what.kind === 'some') {
    const strange = [
      ...unknown('/what/enterprises', what.enterprises, enterprises),
      ...unknown('/what/hazards', what.hazards, hazards),
    ]
    // What has gone already by an earlier request is not strange: only what was never here is.
    if (strange.length === what.enterprises.length + what.hazards.length)
      throw new Problem(
        'invalid-input',
        undefined,
        strange.length > 0 ? strange : [{ pointer: '/what', detail: '请选择要划转的单位或隐患' }],
      )
  }
  const goes = (enterpriseId: EnterpriseId | null, id?: string) =>
    what.kind === 'all' ||
    (enterpriseId !== null && what.enterprises.includes(enterpriseId)) ||
    (id !== undefined && (what.hazards as readonly string[]).includes(id))
  const going = hazards.filter(({ enterpriseId, id }) => goes(enterpriseId, id))
  const taken = enterprises.filter(({ id }) => goes(id)).slice(0, 200)
  const batch = going.slice(0, mostMoved)
  if (batch.length + taken.length === 0) return { hazards: 0, enterprises: 0, left: 0 }

  const times = timesOf(undefined, now)
  const place = { communityId: target.communityId, gridId: target.id }
  await scope.writeAll(
    batch.map((seen) => ({
      done: { deed: 'relocate', round: seen.round, times, said: why },
      build: (w) => [w.change(seen, place)],
    })),
    {
      capability: 'place.manage',
      subject: from,
      at: now,
      build: (k) => [
        k.add(
          'placeChanges',
          told(scope, now, {
            placeId: from,
            kind: 'moved',
            name: source.name,
            toId: to,
            hazards: batch.length,
            enterprises: taken.length,
            why,
          }),
          k.stands({ kind: 'grids', id: to }),
        ),
        ...taken.flatMap(({ id }) => k.relocate(id, from, place, { by: scope.actor.id, why, at: now })),
      ],
    },
  )
  return {
    hazards: batch.length,
    enterprises: taken.length,
    left: going.length - batch.length + enterprises.filter(({ id }) => goes(id)).length - taken.length,
  }
}

const unknown = (pointer: string, ids: readonly string[], found: readonly { id: string }[]) =>
  ids.flatMap((id, at) =>
    found.some((one) => one.id === id) ? [] : [{ pointer: `${pointer}/${at}`, detail: '不在这个网格内' }],
  )

/**
 * Retires a grid, or a community whose grids are all retired. Refused while anything open lies in it, so that nothing
 * is ever orphaned: what comes in at the same instant keeps it standing, or finds it retired. Posts that reach it get
 * `to` besides, so that they keep sight of what is past; charges of it end. Throws `not-found`, `rule-broken` saying what is still in it, `invalid-input`.
 */
export async function retirePlace(
  scope: StreetScope,
  place: { kind: 'communities'; id: CommunityId } | { kind: 'grids'; id: GridId },
  { to, why }: Retirement,
  now: number,
): Promise<void> {
  const {
    communities: c,
    grids: g,
    enterprises: e,
    hazards: h,
    posts: p,
    people,
    charges,
    select,
  } = scope.read('place.manage')
  const today = dayOf(now)
  const [communities, grids, [within], [open], posts, held] = await scope.together([
    select({ id: c.id, name: c.name, retiredOn: c.retiredOn }).from(c),
    select({ id: g.id, name: g.name, communityId: g.communityId, retiredOn: g.retiredOn }).from(g),
    select({ n: count().as('enterprises') })
      .from(e)
      .where(place.kind === 'grids' ? eq(e.gridId, place.id) : eq(e.communityId, place.id)),
    select({ n: count().as('hazards') })
      .from(h)
      .where(and(place.kind === 'grids' ? eq(h.gridId, place.id) : eq(h.communityId, place.id), eq(h.open, true))),
    select({ id: p.id, reach: p.reach, until: p.until, name: aliased(people.name, 'person') })
      .from(p)
      .innerJoin(people, eq(people.id, p.personId)),
    select({ id: charges.id, from: charges.from, until: charges.until })
      .from(charges)
      .where(eq(charges.placeId, place.id)),
  ])
  const all = place.kind === 'grids' ? grids : communities
  const found = all.find(({ id }) => id === place.id)
  if (!found) throw new Problem('not-found')
  if (found.retiredOn !== null) throw new Problem('rule-broken', '这里已经撤销。')
  const left = [
    place.kind === 'communities' &&
      grids.some(({ communityId, retiredOn }) => communityId === place.id && retiredOn === null) &&
      '未撤销的网格',
    (within?.n ?? 0) > 0 && `${within?.n} 家单位`,
    (open?.n ?? 0) > 0 && `${open?.n} 条未办结隐患`,
  ].filter(Boolean)
  if (left.length > 0) throw new Problem('rule-broken', `“${found.name}”内还有${left.join('、')}，请先划转到其他网格。`)
  if (to !== null && !all.some(({ id, retiredOn }) => id === to && retiredOn === null && id !== place.id))
    throw new Problem('invalid-input', undefined, [{ pointer: '/to', detail: '请选择同级的另一处' }])

  const retired = new Set<string>([...all.filter(({ retiredOn }) => retiredOn !== null).map(({ id }) => id), place.id])
  const reaching = posts.filter(
    ({ reach, until }) =>
      (until === null || until > now) &&
      reach.within === place.kind &&
      (reach.ids as readonly string[]).includes(place.id),
  )
  const stranded = reaching.filter(({ reach }) => reach.within !== 'street' && reach.ids.every((id) => retired.has(id)))
  if (to === null && stranded.length > 0) {
    const names = stranded.map(({ name }) => name).join('、')
    throw new Problem(
      'rule-broken',
      `${names} 只负责“${found.name}”，请选择撤销后由他们负责的地方，或先调整其负责范围。`,
    )
  }
  const changes = reaching.flatMap(({ id, reach }) =>
    to === null || reach.within === 'street' || (reach.ids as readonly string[]).includes(to)
      ? []
      : // Safe: `to` is a place of the same kind.
        [{ id, reach: { ...reach, ids: [...reach.ids, to] } as Reach }],
  )
  await scope.changeReach(changes, { capability: 'place.manage', subject: place.id, at: now }, (k) => [
    k.change(place.kind, place.id, { retiredOn: today }, { retiredOn: null }, k.empty(place)),
    k.add('placeChanges', told(scope, now, { placeId: place.id, kind: 'retired', name: found.name, toId: to, why })),
    ...held.flatMap(({ id, from, until }) =>
      until !== null && until <= today ? [] : [k.change('charges', id, { until: from > today ? from : today })],
    ),
  ])
}
