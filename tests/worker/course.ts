import type { HazardDraft } from '@app/shared/hazards/schema'
import type { HazardId, PersonId } from '@app/shared/ids'
import { addDays, dayOf } from '@app/shared/time'
import { clientFor, type Street } from './street'

/** A unit has one principal, whoever else a street's crews are. */
const principals = new WeakMap<Street, Promise<PersonId>>()
function principalOf(street: Street): Promise<PersonId> {
  const known =
    principals.get(street) ?? street.member('enterprise-principal', { within: 'enterprise', ids: [street.places.shop] })
  principals.set(street, known)
  return known
}

/** Everyone that a hazard meets on its way, each another person. */
export async function aCrew(street: Street) {
  const [grid, admin, second, inspector, officer, principal] = await Promise.all([
    street.member('grid-worker', { within: 'grids', ids: [street.places.first] }),
    street.member('street-admin'),
    street.member('street-admin'),
    street.member('inspector'),
    street.member('inspector'),
    principalOf(street),
  ])
  return { grid, admin, second, inspector, officer, principal }
}
export type Crew = Awaited<ReturnType<typeof aCrew>>

/** The deeds of one hazard's current round, each as somebody. */
export function courseOf(street: Street, id: HazardId, round = 1, now?: number) {
  const param = { streetId: street.id, hazardId: id, round: String(round) }
  const of = (who: PersonId) =>
    clientFor(who, undefined, now).streets[':streetId'].hazards[':hazardId'].rounds[':round']
  const today = dayOf(now ?? Date.now())
  return {
    assign: (who: PersonId, change: object = {}) =>
      of(who).assignment.$put({
        param,
        json: { responsibleId: null, responsible: '张三', dueOn: addDays(today, 3), measures: '清理并整改', ...change },
      }),
    rectify: async (who: PersonId) =>
      of(who).rectification.$put({ param, json: { words: '已整改', photos: [await street.photo()] } }),
    nameMeasure: (who: PersonId, change: object = {}) =>
      of(who).measure.$put({
        param,
        json: { lapse: 'missing', measureId: null, measure: '每日巡查疏散通道', words: '无人巡查', ...change },
      }),
    recheck: (who: PersonId, outcome: 'pass' | 'return' = 'pass') =>
      of(who).recheck.$put({ param, json: { outcome, words: '现场复查' } }),
    close: (who: PersonId) => of(who).closure.$put({ param, json: { words: '同意销号' } }),
    reopen: (who: PersonId) => of(who).reopening.$put({ param, json: { words: '再次发现' } }),
    proposeVoid: (who: PersonId) => of(who)['void-proposal'].$put({ param, json: { words: '重复上报' } }),
    decideVoid: (who: PersonId, outcome: 'void' | 'keep') =>
      of(who)['void-decision'].$put({ param, json: { outcome, words: '已核实' } }),
  }
}

/** Files a hazard as the grid worker; answers with its id. */
export async function filed(
  street: Street,
  who: PersonId,
  change: Partial<HazardDraft> = {},
  now?: number,
): Promise<HazardId> {
  const draft = await street.draft({ ...(now !== undefined && { observedAt: now }), ...change })
  await clientFor(who, undefined, now).streets[':streetId'].hazards.$post({
    param: { streetId: street.id },
    json: draft,
  })
  return draft.id
}

/** A hazard taken all the way to its closing, by people who may. */
export async function closed(
  street: Street,
  crew: Crew,
  change: Partial<HazardDraft> = {},
  now?: number,
): Promise<HazardId> {
  const id = await filed(street, crew.grid, change, now)
  const course = courseOf(street, id, 1, now)
  await course.assign(crew.admin)
  await course.rectify(crew.principal)
  await course.recheck(crew.inspector)
  await course.close(crew.admin)
  return id
}
