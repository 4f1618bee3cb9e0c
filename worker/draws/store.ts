import { drawErrors, drawingOf, isDrawable, isInPool, sealDraw, standingOf } from '@app/shared/draws/rules'
import type { DrawFilter, DrawFrom, DrawPage, DrawPool, DrawRecord, NewDraw, PoolQuery } from '@app/shared/draws/schema'
import type { DrawId } from '@app/shared/ids'
import { compareText } from '@app/shared/order'
import { readCursor, writeCursor } from '@app/shared/pages'
import { Problem } from '@app/shared/problem'
import { dayOf } from '@app/shared/time'
import { afterFalling, aliased, and, asc, desc, eq, isActive, isNull, listedIn, or } from '../db/operators'
import { newSalt } from '../ids'
import { sha256 } from '../sha256'
import type { StreetScope } from '../tenancy/street-scope'

/** A pool holds at most so many units: all of the largest street, several times over. */
const mostUnits = 20_000
/** A street has at most some hundreds of posts. */
const mostPosts = 2_000

/** Queries for every unit in business, and everybody with a post. */
function poolQueries(scope: StreetScope) {
  const { enterprises: e, people: p, posts, select } = scope.read('draw.make')
  return [
    select({
      id: e.id,
      name: e.name,
      address: e.address,
      kind: e.kind,
      sectors: e.sectors,
      colour: e.colour,
      communityId: e.communityId,
      inspectedOn: e.inspectedOn,
    })
      .from(e)
      .where(and(isActive(e.standing), isNull(e.mergedInto)))
      .limit(mostUnits),
    select({
      id: aliased(p.id, 'person_id'),
      name: p.name,
      role: posts.role,
      reach: posts.reach,
      since: aliased(posts.since, 'post_since'),
      until: aliased(posts.until, 'post_until'),
    })
      .from(posts)
      .innerJoin(p, eq(p.id, posts.personId))
      .orderBy(asc(p.name), asc(p.id))
      .limit(mostPosts),
  ] as const
}

/** How many units, and which inspectors, could be drawn now. */
export async function poolOf(scope: StreetScope, query: PoolQuery, now: number): Promise<DrawPool> {
  const { kind = null, sector = null, colour = null, communityId = null, uncheckedSince = null } = query
  const from: DrawFrom = { kind, sector, colour, communityId, uncheckedSince }
  const [units, posts] = await scope.together(poolQueries(scope))
  const drawable = posts.filter((post) => isDrawable(post, from, now))
  return {
    units: units.filter((unit) => isInPool(unit, from)).length,
    inspectors: [...Map.groupBy(drawable, ({ id }) => id).values()].flatMap(([post]) =>
      post ? [{ id: post.id, name: post.name, role: post.role }] : [],
    ),
  }
}

/**
 * Draws units and inspectors by a seed made now, keeps the draw, and sends those who were drawn. What an earlier draw
 * for the same purpose left unchecked is given up. Throws `invalid-input`, `stale`, `already-there`.
 */
export async function draw(scope: StreetScope, asked: NewDraw, now: number): Promise<void> {
  const { draws: d, select } = scope.read('draw.make')
  const [[earlier], everyUnit, posts] = await scope.together([
    select({ id: d.id, turn: d.turn }).from(d).where(eq(d.purpose, asked.purpose)).orderBy(desc(d.turn)).limit(1),
    ...poolQueries(scope),
  ])
  const units = everyUnit.filter((unit) => isInPool(unit, asked.from))
  const drawable = new Set(posts.flatMap((post) => (isDrawable(post, asked.from, now) ? [post.id] : [])))
  const errors = drawErrors(
    asked,
    { units: units.length, drawable },
    { before: earlier !== undefined, today: dayOf(now) },
  )
  if (errors.length > 0) throw new Problem('invalid-input', undefined, errors)

  const pool = {
    units: units.map(({ id }) => id).sort(compareText),
    inspectors: [...asked.inspectors].sort(compareText),
  }
  const seed = newSalt()
  const drawing = await drawingOf(seed, pool, asked, sha256)
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  const { id, purpose, from, count, perUnit, until } = asked
  const facts = {
    id,
    purpose,
    turn: (earlier?.turn ?? 0) + 1,
    from,
    seed,
    count,
    perUnit,
    until,
    ...pool,
    excused: asked.excused.map(({ personId }) => personId).sort(compareText),
    drawn: drawing.map(({ unit, inspectors }) => ({
      id: unit,
      name: byId.get(unit)?.name ?? '',
      address: byId.get(unit)?.address ?? '',
      inspectors: [...inspectors],
    })),
    by: scope.actor.id,
    at: now,
  }
  const words = {
    // A first draw has nothing to give reasons for.
    why: earlier ? asked.why : null,
    excused: Object.fromEntries(asked.excused.map(({ personId, why }) => [personId, why])),
  }
  const salt = newSalt()
  const sealed = await sealDraw({ streetId: scope.street.streetId, ...facts }, words, salt, sha256)
  const sent = drawing.flatMap(({ unit, inspectors }) =>
    inspectors.map((personId) => ({
      enterpriseId: unit,
      personId,
      others: inspectors.filter((other) => other !== personId),
    })),
  )
  await scope.change('draw.make', { subject: id, at: now }, (c) => [
    c.add('draws', { ...facts, words, salt, ...sealed }),
    ...(earlier ? [c.giveUp(earlier.id)] : []),
    c.assign(id, until, sent),
  ])
}

/** One page of the draws, the newest first. */
export async function listDraws(scope: StreetScope, { cursor: from, limit }: DrawFilter): Promise<DrawPage> {
  const { draws: d, people: p, select } = scope.read('draw.view')
  const cursor = from === undefined ? null : readCursor(from)
  if (from !== undefined && !cursor)
    throw new Problem('invalid-input', undefined, [{ pointer: '/cursor', detail: '翻页位置无效，请从第一页开始' }])
  const rows = await select({
    id: d.id,
    purpose: d.purpose,
    turn: d.turn,
    count: d.count,
    perUnit: d.perUnit,
    until: d.until,
    by: aliased(p.name, 'drawn_by'),
    at: d.at,
  })
    .from(d)
    .leftJoin(p, eq(p.id, d.by))
    .where(cursor ? afterFalling([d.at, d.id], [Number(cursor.key), cursor.id]) : undefined)
    .orderBy(desc(d.at), desc(d.id))
    .limit(limit + 1)
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? writeCursor(last.at, last.id) : null }
}

/** A draw with all that is needed to do it again, and how what was drawn stands. Throws `not-found`. */
export async function getDraw(scope: StreetScope, id: DrawId, now: number): Promise<DrawRecord> {
  const { draws: d, drawAssignments: a, people: p, select } = scope.read('draw.view')
  const [[row], sent, people] = await scope.together([
    select({
      id: d.id,
      purpose: d.purpose,
      turn: d.turn,
      from: d.from,
      seed: d.seed,
      count: d.count,
      perUnit: d.perUnit,
      until: d.until,
      units: d.units,
      inspectors: d.inspectors,
      excused: d.excused,
      drawn: d.drawn,
      by: d.by,
      at: d.at,
      wordsDigest: d.wordsDigest,
      hash: d.hash,
      words: d.words,
    })
      .from(d)
      .where(eq(d.id, id)),
    select({ enterpriseId: a.enterpriseId, open: a.open, inspectionId: a.inspectionId })
      .from(a)
      .where(eq(a.drawId, id)),
    select({ id: aliased(p.id, 'person_id'), name: aliased(p.name, 'person_name') })
      .from(d)
      .innerJoin(p, or(eq(p.id, d.by), listedIn(p.id, d.inspectors), listedIn(p.id, d.excused)))
      .where(eq(d.id, id)),
  ])
  if (!row) throw new Problem('not-found')
  const today = dayOf(now)
  return {
    ...row,
    streetId: scope.street.streetId,
    names: Object.fromEntries(people.map(({ id: person, name }) => [person, name])),
    standings: Object.fromEntries(
      sent.map(({ enterpriseId, ...one }) => [
        enterpriseId,
        { standing: standingOf(one, row.until, today), inspectionId: one.inspectionId },
      ]),
    ),
  }
}
