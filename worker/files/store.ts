import { mostMerged } from '@app/shared/enterprises/merging'
import type { EnterpriseId } from '@app/shared/ids'
import { and, asc, eq, isNotNull, orElse, type SQLWrapper, the } from '../db/operators'
import type { StreetScope } from '../tenancy/street-scope'

/**
 * The ids of all files of one unit, each as a query of one value: the file that stands, and those that were merged into
 * it. What hangs under any of them is the unit's. Each is compared with `=` where an index has to yield its order.
 */
export function filesOf(scope: StreetScope, id: EnterpriseId): SQLWrapper[] {
  const { enterprises: e, select } = scope.read('enterprise.view')
  const standing = the(
    select({ id: orElse<EnterpriseId>(e.mergedInto, e.id).as('standing') })
      .from(e)
      .where(eq(e.id, id)),
  )
  // One that is out of reach by now still has what lies within it.
  const root = orElse<EnterpriseId>(standing, id)
  const merged = Array.from({ length: mostMerged }, (_, at) =>
    the(
      select({ id: e.id })
        .from(e)
        .where(and(isNotNull(e.mergedInto), eq(e.mergedInto, root)))
        .orderBy(asc(e.id))
        .limit(1)
        .offset(at),
    ),
  )
  return [root, ...merged]
}
