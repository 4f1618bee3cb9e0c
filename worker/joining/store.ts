import type { EnterpriseId, JoiningId } from '@app/shared/ids'
import type { JoiningCodeMade, JoiningDecision, JoiningsPage, JoinRole, Poster } from '@app/shared/joining/schema'
import { Problem } from '@app/shared/problem'
import { and, eq, isNull } from '../db/operators'
import type { StreetScope } from '../tenancy/street-scope'

/** A unit within the actor's reach. Throws `not-found` for any other. */
async function reached(scope: StreetScope, id: EnterpriseId) {
  const { enterprises: e, select } = scope.read('enterprise.view')
  const [unit] = await select({ id: e.id, name: e.name })
    .from(e)
    .where(and(eq(e.id, id), isNull(e.mergedInto)))
  if (!unit) throw new Problem('not-found')
  return unit
}

export async function posterOfUnit(scope: StreetScope, id: EnterpriseId): Promise<Poster> {
  const [poster] = await Promise.all([scope.joinings('joining.offer').poster(id), reached(scope, id)])
  return poster
}

export async function issuePoster(scope: StreetScope, id: EnterpriseId, now: number): Promise<Poster> {
  return scope.joinings('joining.offer').issue(await reached(scope, id), now)
}

export async function revokePoster(scope: StreetScope, id: EnterpriseId, now: number): Promise<void> {
  await scope.joinings('joining.offer').revoke(await reached(scope, id), now)
}

/** The unit of a scanned poster, for who reaches it. Throws `not-found`. */
export async function unitOfPosterHere(scope: StreetScope, code: string): Promise<{ enterpriseId: EnterpriseId }> {
  const id = await scope.joinings('enterprise.view').unitOf(code)
  if (id === null) throw new Problem('not-found', '这个二维码不是本街道的，或已停用。')
  const unit = await reached(scope, id)
  return { enterpriseId: unit.id }
}

export async function makeCode(
  scope: StreetScope,
  id: EnterpriseId,
  role: JoinRole,
  now: number,
): Promise<JoiningCodeMade> {
  return scope.joinings('joining.offer').newCode(await reached(scope, id), role, now)
}

export function waitingJoinings(scope: StreetScope, now: number): Promise<JoiningsPage['items']> {
  return scope.joinings('joining.decide').waiting(now)
}

export function decideJoining(scope: StreetScope, id: JoiningId, decision: JoiningDecision, now: number) {
  return scope.joinings('joining.decide').decide(id, decision, now)
}
