import type { PersonCard } from '@app/shared/people/schema'
import { asc } from '../db/operators'
import type { StreetScope } from '../tenancy/street-scope'

/** Everyone with a post in the street, those who left included; a street has at most some hundreds. */
export async function listPeople(scope: StreetScope): Promise<PersonCard[]> {
  const { people: p, select } = scope.read('people.view')
  const found = await select({ id: p.id, name: p.name, role: p.role, enterpriseId: p.enterpriseId, until: p.until })
    .from(p)
    .orderBy(asc(p.role), asc(p.name))
    .limit(500)
  return found.map(({ until, ...person }) => ({ ...person, active: until === null }))
}
