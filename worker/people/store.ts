import type { PersonId, PostId } from '@app/shared/ids'
import type { SetPasswordLink } from '@app/shared/accounts/schema'
import type { NewInvitation } from '@app/shared/people/invitations'
import type { HandOver, NewPerson, NewPost, OpenUnder, PersonCard } from '@app/shared/people/schema'
import { postErrors, reachErrors } from '@app/shared/people/rules'
import { timesOf } from '@app/shared/hazards/rules'
import { chargeKinds, chargeRoles } from '@app/shared/organisation/words'
import { Problem } from '@app/shared/problem'
import type { Place, Reach } from '@app/shared/reach'
import { dayOf } from '@app/shared/time'
import { standingColumns } from '../hazards/store'
import { aliased, among, and, asc, eq, gt, isNotNull, isNull, isTrue, or } from '../db/operators'
import { newId } from '../ids'
import type { StreetScope } from '../tenancy/street-scope'

/** A street has at most some hundreds of people. */
const mostPeople = 1000
/** So many hazards are shown, and given over, at a time. */
const mostHandedOver = 50

/** Everyone with a post in the street, those who left included, with their posts. */
export async function listPeople(scope: StreetScope, now: number): Promise<PersonCard[]> {
  const { people: p, posts, select } = scope.read('people.view')
  const [people, held] = await scope.together([
    select({ id: p.id, name: p.name, initials: p.initials, phoneMask: p.phoneMask })
      .from(p)
      .orderBy(asc(p.name), asc(p.id))
      .limit(mostPeople),
    select({
      personId: posts.personId,
      id: posts.id,
      role: posts.role,
      reach: posts.reach,
      unitId: posts.unitId,
      title: posts.title,
      since: posts.since,
      until: posts.until,
    })
      .from(posts)
      .orderBy(asc(posts.since), asc(posts.id))
      .limit(mostPeople * 2),
  ])
  const postsOf = Map.groupBy(held, ({ personId }) => personId)
  return people.map((person) => {
    const own = (postsOf.get(person.id) ?? []).map(({ personId: _, ...post }) => post)
    return { ...person, posts: own, active: own.some(({ until }) => until === null || until > now) }
  })
}

/** Throws `invalid-input` for a post whose reach or unit is not this street's, or whose days cannot be. */
async function refuseBadPost(scope: StreetScope, post: Omit<NewPost, 'id'>, now: number): Promise<void> {
  const { units: u, select } = scope.read('people.manage')
  const [isOwn, [unit]] = await Promise.all([
    placesOf(scope),
    select({ id: u.id })
      .from(u)
      .where(eq(u.id, post.unitId ?? ('' as never))),
  ])
  const errors = [...reachErrors(post.role, post.reach, isOwn), ...postErrors(post, dayOf(now))]
  if (post.unitId && !unit) errors.push({ pointer: '/unitId', detail: '没有这个成员单位' })
  if (errors.length > 0) throw new Problem('invalid-input', undefined, errors)
}

/** Whether a place is this street's, and not retired. */
async function placesOf(scope: StreetScope): Promise<(within: Place, id: string) => boolean> {
  const { communities: c, grids: g, enterprises: e, select } = scope.read('people.manage')
  const [communities, grids, enterprises] = await scope.together([
    select({ id: c.id }).from(c).where(isNull(c.retiredOn)),
    select({ id: g.id }).from(g).where(isNull(g.retiredOn)),
    select({ id: e.id }).from(e),
  ])
  const own = { communities, grids, enterprise: enterprises }
  return (within, id) => own[within].some((place) => place.id === id)
}

/** Makes an account with a post. Throws `invalid-input` for a reach that does not fit the post or is not this street's. */
export async function appointPerson(scope: StreetScope, person: NewPerson, now: number): Promise<void> {
  await refuseBadPost(scope, person, now)
  await scope.appoint(person, now)
}

/** Gives somebody of the street one more post. Throws `invalid-input`, `not-found`. */
export async function addPost(scope: StreetScope, personId: PersonId, post: NewPost, now: number): Promise<void> {
  await refuseBadPost(scope, post, now)
  await scope.addPost(personId, post, now)
}

/** Invites whoever gets the link to a post of the street. Throws `invalid-input`, `already-there`. */
export async function invite(
  scope: StreetScope,
  { hours, id, ...post }: NewInvitation,
  now: number,
): Promise<SetPasswordLink> {
  await refuseBadPost(scope, post, now)
  return scope.invite({ ...post, hours, id }, now)
}

/** Sets how far a post reaches. Throws `not-found`, or `invalid-input` for a reach that does not fit it. */
export async function changeReach(
  scope: StreetScope,
  { personId, postId }: { personId: PersonId; postId: PostId },
  reach: Reach,
  now: number,
): Promise<void> {
  const { posts: p, select } = scope.read('people.manage')
  const [isOwn, [post]] = await Promise.all([
    placesOf(scope),
    select({ role: p.role })
      .from(p)
      .where(and(eq(p.id, postId), eq(p.personId, personId))),
  ])
  if (!post) throw new Problem('not-found')
  // Safe: a street's post has a street's role.
  const errors = reachErrors(post.role as NewPost['role'], reach, isOwn)
  if (errors.length > 0) throw new Problem('invalid-input', undefined, errors)
  await scope.changeReach([{ id: postId, reach }], { capability: 'people.manage', subject: personId, at: now })
}

export async function resetPassword(
  scope: StreetScope,
  personId: PersonId,
  password: string,
  now: number,
): Promise<void> {
  await scope.resetPassword(personId, password, now)
}

/** What is open under somebody: it has to be another's before the last post ends. Throws `not-found`. */
export async function openUnder(scope: StreetScope, personId: PersonId, now: number): Promise<OpenUnder> {
  const { people: p, hazards: h, charges: c, seats: s, communities, grids, select } = scope.read('people.manage')
  const today = dayOf(now)
  const [[person], hazards, charges, seats] = await scope.together([
    select({ id: p.id }).from(p).where(eq(p.id, personId)),
    select({ id: h.id, number: h.number, place: h.place, dueOn: h.dueOn, state: h.state })
      .from(h)
      .where(and(isTrue(h.open), isNotNull(h.responsibleId), eq(h.responsibleId, personId)))
      .orderBy(asc(h.dueOn), asc(h.id))
      .limit(mostHandedOver + 1),
    select({
      id: c.id,
      placeId: c.placeId,
      kind: c.kind,
      from: c.from,
      community: aliased(communities.name, 'community'),
      grid: aliased(grids.name, 'grid'),
    })
      .from(c)
      .leftJoin(communities, eq(communities.id, c.placeId))
      .leftJoin(grids, eq(grids.id, c.placeId))
      .where(and(eq(c.personId, personId), or(isNull(c.until), gt(c.until, today)))),
    select({ id: s.id, seat: s.seat, title: s.title })
      .from(s)
      .where(and(eq(s.personId, personId), or(isNull(s.until), gt(s.until, today)))),
  ])
  if (!person) throw new Problem('not-found')
  return {
    hazards: hazards.slice(0, mostHandedOver),
    more: hazards.length > mostHandedOver,
    charges: charges.map(({ community, grid, ...charge }) => ({ ...charge, placeName: community ?? grid ?? '' })),
    seats,
  }
}

/**
 * Gives what is named to another person of the street, all of it or nothing: each hazard by an event of its own, each
 * charge and seat from today on. Throws `not-found`, or `invalid-input` for what is not open under them.
 */
export async function handOver(
  scope: StreetScope,
  personId: PersonId,
  { to, hazards, charges, seats, words }: HandOver,
  now: number,
): Promise<void> {
  const { people: p, posts, hazards: h, charges: c, seats: s, select } = scope.read('people.manage')
  const today = dayOf(now)
  const [[from], receivers, seen, held, sat] = await scope.together([
    select({ id: p.id }).from(p).where(eq(p.id, personId)),
    select({ id: p.id, name: p.name, role: posts.role })
      .from(p)
      .innerJoin(posts, eq(posts.personId, p.id))
      .where(and(eq(p.id, to), or(isNull(posts.until), gt(posts.until, now)))),
    select(standingColumns(h))
      .from(h)
      .where(and(isTrue(h.open), eq(h.responsibleId, personId), among(h.id, hazards))),
    select({ id: c.id, placeId: c.placeId, kind: c.kind, from: c.from, until: c.until })
      .from(c)
      .where(and(eq(c.personId, personId), among(c.id, charges), or(isNull(c.until), gt(c.until, today)))),
    select({ id: s.id, seat: s.seat, title: s.title, from: s.from, until: s.until })
      .from(s)
      .where(and(eq(s.personId, personId), among(s.id, seats), or(isNull(s.until), gt(s.until, today)))),
  ])
  if (!from) throw new Problem('not-found')
  const [next] = receivers
  const unfit = held.find(({ kind }) => next && !receivers.some(({ role }) => chargeRoles[kind].includes(role)))
  const errors = [
    ...(unfit ? [{ pointer: '/to', detail: `此人的岗位不能担任${chargeKinds[unfit.kind].label}，请另选` }] : []),
    ...(next && to !== personId ? [] : [{ pointer: '/to', detail: '请选择本街道另一位在岗人员' }]),
    ...missing('hazards', hazards, seen),
    ...missing('charges', charges, held),
    ...missing('seats', seats, sat),
  ]
  if (errors.length > 0 || !next) throw new Problem('invalid-input', undefined, errors)
  if (hazards.length + charges.length + seats.length === 0)
    throw new Problem('invalid-input', '请至少选择一项要移交的事项。', [
      { pointer: '', detail: '没有选择要移交的事项' },
    ])

  const times = timesOf(undefined, now)
  await scope.writeAll(
    seen.map((hazard) => ({
      done: { deed: 'entrust', round: hazard.round, times, said: words },
      build: (w) => [w.change(hazard, { responsibleId: to, responsible: next.name })],
    })),
    held.length + sat.length === 0
      ? undefined
      : {
          capability: 'people.manage',
          subject: personId,
          at: now,
          build: (k) => {
            const statements = [
              ...held.flatMap(({ id, from: began, until, ...charge }) => {
                const on = began > today ? began : today
                return [
                  k.change('charges', id, { until: on }, { personId }),
                  k.add('charges', { ...charge, id: newId('chg', now), personId: to, from: on, until }),
                ]
              }),
              ...sat.flatMap(({ id, from: began, until, ...seat }) => {
                const on = began > today ? began : today
                return [
                  k.change('seats', id, { until: on }, { personId }),
                  k.add('seats', { ...seat, id: newId('sea', now), personId: to, name: next.name, from: on, until }),
                ]
              }),
            ]
            // Safe: there is something to hand over.
            return statements as [(typeof statements)[number], ...typeof statements]
          },
        },
  )
}

const missing = (field: string, ids: readonly string[], found: readonly { id: string }[]) =>
  ids.flatMap((id, at) =>
    found.some((one) => one.id === id) ? [] : [{ pointer: `/${field}/${at}`, detail: '这一项已不在此人名下，请刷新' }],
  )

/**
 * Ends a post. Throws `rule-broken` for one's own, since the last administrator would shut the door from outside; and
 * for the last post of somebody under whom something is open, which another has to take over first.
 */
export async function endPost(
  scope: StreetScope,
  { personId, postId }: { personId: PersonId; postId: PostId },
  now: number,
): Promise<void> {
  if (personId === scope.actor.id) throw new Problem('rule-broken', '不能停用自己的岗位，请由另一名管理员操作。')
  const { posts: p, select } = scope.read('people.manage')
  const [open, held] = await Promise.all([
    openUnder(scope, personId, now),
    select({ id: p.id })
      .from(p)
      .where(and(eq(p.personId, personId), or(isNull(p.until), gt(p.until, now)))),
  ])
  const left = open.hazards.length + open.charges.length + open.seats.length
  if (left > 0 && held.every(({ id }) => id === postId)) {
    const what = [
      open.hazards.length > 0 && `未办结隐患 ${open.more ? `${mostHandedOver} 条以上` : `${open.hazards.length} 条`}`,
      open.charges.length > 0 && `双包责任 ${open.charges.length} 项`,
      open.seats.length > 0 && `领导小组职务 ${open.seats.length} 项`,
    ]
    throw new Problem('rule-broken', `此人名下还有${what.filter(Boolean).join('、')}，请先移交给他人再停用岗位。`)
  }
  await scope.endPost(personId, postId, now)
}
