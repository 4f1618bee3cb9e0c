import type { PersonId } from '@app/shared/ids'
import type { NewPerson, PersonCard } from '@app/shared/people/schema'
import { reachErrors } from '@app/shared/people/rules'
import { Problem } from '@app/shared/problem'
import { asc } from '../db/operators'
import type { StreetScope } from '../tenancy/street-scope'

/** Everyone with a post in the street, those who left included; a street has at most some hundreds. */
export async function listPeople(scope: StreetScope): Promise<PersonCard[]> {
  const { people: p, select } = scope.read('people.view')
  const found = await select({
    id: p.id,
    name: p.name,
    role: p.role,
    enterpriseId: p.enterpriseId,
    phoneMask: p.phoneMask,
    until: p.until,
  })
    .from(p)
    .orderBy(asc(p.role), asc(p.name))
    .limit(500)
  return found.map(({ until, ...person }) => ({ ...person, active: until === null }))
}

/** Makes an account with a post. Throws `invalid-input` for a reach that does not fit the post or is not this street's. */
export async function appointPerson(scope: StreetScope, person: NewPerson, now: number): Promise<void> {
  const { communities: c, grids: g, enterprises: e, select } = scope.read('people.manage')
  const [communities, grids, enterprises] = await scope.together([
    select({ id: c.id }).from(c),
    select({ id: g.id }).from(g),
    select({ id: e.id }).from(e),
  ])
  const own = { communities, grids, enterprise: enterprises }
  const errors = reachErrors(person.role, person.reach, (within, id) => own[within].some((place) => place.id === id))
  if (errors.length > 0) throw new Problem('invalid-input', undefined, errors)
  await scope.appoint(person, now)
}

export async function resetPassword(
  scope: StreetScope,
  personId: PersonId,
  password: string,
  now: number,
): Promise<void> {
  await scope.resetPassword(personId, password, now)
}

/** Ends a post. Throws `rule-broken` for one's own: the last administrator would shut the door from outside. */
export async function endPost(scope: StreetScope, personId: PersonId, now: number): Promise<void> {
  if (personId === scope.actor.id) throw new Problem('rule-broken', '不能停用自己的岗位，请由另一名管理员操作。')
  await scope.endPost(personId, now)
}
