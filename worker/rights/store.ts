import { isOpen } from '@app/shared/hazards/words'
import type { PersonId } from '@app/shared/ids'
import { erasureRefusal } from '@app/shared/people/rights'
import type { PersonCopy } from '@app/shared/people/schema'
import { Problem } from '@app/shared/problem'
import { aliased, and, asc, desc, eq, isNotNull, isTrue, or } from '../db/operators'
import type { StreetScope } from '../tenancy/street-scope'

/** No list of somebody's copy is longer; one that would be says that it was cut. */
const mostCopied = 2_000
/** So many open hazards are named to who wants to erase a person; the others show when these are handed over. */
const mostNamed = 20

/** Sets or takes away a telephone number. Throws `not-found`. */
export async function setPhone(scope: StreetScope, id: PersonId, phone: string | null, now: number): Promise<void> {
  await requireKnown(scope, id)
  await scope.setPhone(id, phone, now)
}

/** Somebody's telephone number in full, for one look. Throws `not-found` for nobody's or none. */
export async function seePhone(scope: StreetScope, id: PersonId, now: number): Promise<string> {
  const phone = await scope.unmask('contact.unmask', 'people.phone', id, now)
  if (phone === null) throw new Problem('not-found')
  return phone
}

/** All that the street holds about one person (PIPL art. 45). Throws `not-found`. */
export async function copyOfPerson(scope: StreetScope, id: PersonId, now: number): Promise<PersonCopy> {
  const {
    people: p,
    posts,
    hazards: h,
    hazardEvents: e,
    hazardPhotos: f,
    auditLog: a,
    select,
  } = scope.read('person.rights')
  const { found, phone } = await scope.copyOf(id, now, [
    select({ id: p.id, name: p.name, since: p.since, until: p.until }).from(p).where(eq(p.id, id)),
    select({ role: posts.role, title: posts.title, reach: posts.reach, since: posts.since, until: posts.until })
      .from(posts)
      .where(eq(posts.personId, id)),
    select({ id: h.id, number: h.number, responsible: h.responsible, dueOn: h.dueOn })
      .from(h)
      .where(eq(h.responsibleId, id))
      .orderBy(asc(h.id))
      .limit(mostCopied),
    select({
      hazardId: e.hazardId,
      seq: e.seq,
      deed: e.deed,
      observedAt: e.observedAt,
      receivedAt: e.receivedAt,
      words: e.said,
    })
      .from(e)
      .where(eq(e.actor, id))
      .orderBy(asc(e.hazardId), asc(e.seq))
      .limit(mostCopied),
    select({ id: aliased(f.photoId, 'photo'), at: f.observedAt })
      .from(f)
      .where(eq(f.by, id))
      .orderBy(asc(f.hazardId), asc(f.photoId))
      .limit(mostCopied),
    select({ id: a.id, at: a.at, actor: a.actor, capability: a.capability, subject: a.subject })
      .from(a)
      .where(or(eq(a.actor, id), eq(a.subject, id)))
      .orderBy(desc(a.id))
      .limit(mostCopied),
  ])
  const [[person], held, responsibleFor, deeds, photos, audit] = found
  if (!person) throw new Problem('not-found')
  const whole = [responsibleFor, deeds, photos, audit].every((list) => list.length < mostCopied)
  return { person: { ...person, phone }, posts: held, responsibleFor, deeds, photos, audit, whole, madeAt: now }
}

/** Puts a name right (PIPL art. 46). Throws `not-found`. */
export async function correctName(scope: StreetScope, id: PersonId, name: string, now: number): Promise<void> {
  await requireKnown(scope, id)
  await scope.correctName(id, name, now)
}

/** Erases a person (PIPL art. 47). Throws `not-found`, or `rule-broken` with what has to be done first. */
export async function erasePerson(scope: StreetScope, id: PersonId, now: number): Promise<void> {
  const { people: p, hazards: h, select } = scope.read('person.rights')
  const [[person], open] = await scope.together([
    select({ id: p.id, name: p.name, until: p.until, erasedAt: p.erasedAt }).from(p).where(eq(p.id, id)),
    select({ number: h.number, state: h.state })
      .from(h)
      .where(and(isTrue(h.open), isNotNull(h.responsibleId), eq(h.responsibleId, id)))
      .limit(mostNamed),
  ])
  if (!person) throw new Problem('not-found')
  const numbers = open.flatMap(({ number, state }) => (isOpen(state) ? [number] : []))
  const refused = erasureRefusal({ ...person, open: numbers })
  if (refused) throw new Problem('rule-broken', refused)
  await scope.erase(person, now)
}

async function requireKnown(scope: StreetScope, id: PersonId): Promise<void> {
  const { people: p, select } = scope.read('people.view')
  const [found] = await select({ erasedAt: p.erasedAt }).from(p).where(eq(p.id, id))
  if (!found) throw new Problem('not-found')
  if (found.erasedAt !== null) throw new Problem('rule-broken', '此人的个人信息已经删除。')
}
