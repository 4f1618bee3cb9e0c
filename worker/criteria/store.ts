import { national } from '@app/shared/criteria/national/catalogue'
import { cardOf, search, titleOf, withOwn } from '@app/shared/criteria/rules'
import type {
  CriteriaPage,
  CriteriaQuery,
  CriterionChange,
  CriterionHistory,
  CriterionRetirement,
  CriterionWords,
  NewCriterion,
  OwnVersion,
  Verification,
} from '@app/shared/criteria/schema'
import type { OwnCriterionId, PersonId } from '@app/shared/ids'
import { Problem } from '@app/shared/problem'
import { type Day, dayOf } from '@app/shared/time'
import { aliased, desc, eq, isTrue, or } from '../db/operators'
import type { Relations, StreetScope } from '../tenancy/street-scope'

/** A street has at most so many rows of its own, retired ones among them: a page reads them all. */
const mostOwn = 150

type Own = Relations['ownCriteria']

/** What of a row of the street's own makes one version of the catalogue. */
export const ownColumns = (o: Own) => ({
  id: o.id,
  version: o.version,
  words: o.words,
  verifiedAt: o.verifiedAt,
  retiredOn: o.retiredOn,
})

interface OwnRow {
  readonly id: OwnCriterionId
  readonly version: number
  readonly words: CriterionWords
  readonly verifiedAt: number | null
  readonly retiredOn: Day | null
}

/** The national catalogue with these rows of the street's own. */
export const catalogueWith = (rows: readonly OwnRow[]) =>
  withOwn(
    national,
    rows.map(({ verifiedAt, ...row }): OwnVersion => ({ ...row, verified: verifiedAt !== null })),
  )

const documents = [...national.standards.values()].map((standard) => ({ id: standard.id, title: titleOf(standard) }))

/** One page of the catalogue as it stands today, the street's own rows among it. */
export async function searchCriteria(
  scope: StreetScope,
  { from, limit, ...filter }: CriteriaQuery,
  now: number,
): Promise<CriteriaPage> {
  const { ownCriteria: o, select } = scope.read('inspection.view')
  const own = await select(ownColumns(o)).from(o).where(isTrue(o.latest)).orderBy(desc(o.id)).limit(mostOwn)
  const catalogue = catalogueWith(own)
  const today = dayOf(now)
  const found = search(catalogue, filter, today)
  return {
    items: found.slice(from, from + limit).map((one) => cardOf(catalogue, one, today)),
    total: found.length,
    standards: documents,
  }
}

/** All that became of a row of the street's own. Throws `not-found`. */
export async function criterionHistory(scope: StreetScope, id: OwnCriterionId): Promise<CriterionHistory> {
  const { ownCriteria: o, people: p, select } = scope.read('inspection.sign')
  const [rows, names] = await scope.together([
    select({
      version: o.version,
      words: o.words,
      by: o.by,
      at: o.at,
      verifiedBy: o.verifiedBy,
      verifiedAt: o.verifiedAt,
      lookedUp: o.lookedUp,
      retiredOn: o.retiredOn,
      retiredBy: o.retiredBy,
      retiredWhy: o.retiredWhy,
    })
      .from(o)
      .where(eq(o.id, id))
      .orderBy(desc(o.version))
      .limit(40),
    select({ id: aliased(p.id, 'person_id'), name: aliased(p.name, 'person_name') })
      .from(o)
      .innerJoin(p, or(eq(p.id, o.by), eq(p.id, o.verifiedBy), eq(p.id, o.retiredBy)))
      .where(eq(o.id, id))
      .limit(120),
  ])
  if (rows.length === 0) throw new Problem('not-found')
  const called = new Map(names.map((person) => [person.id, person.name]))
  const nameOf = (person: PersonId) => called.get(person) ?? null
  return {
    id,
    versions: rows.map(({ verifiedBy, verifiedAt, lookedUp, retiredOn, retiredBy, retiredWhy, by, ...row }) => ({
      ...row,
      by: nameOf(by),
      verified:
        verifiedBy && verifiedAt !== null ? { by: nameOf(verifiedBy), at: verifiedAt, lookedUp: lookedUp ?? '' } : null,
      retired: retiredBy && retiredOn ? { by: nameOf(retiredBy), on: retiredOn, why: retiredWhy ?? '' } : null,
    })),
  }
}

/** Adds a row in its first version, which nobody has verified. Throws `already-there`, `rule-broken` when there are too many. */
export async function addCriterion(scope: StreetScope, { id, ...words }: NewCriterion, now: number): Promise<void> {
  const { ownCriteria: o, select } = scope.read('checklist.manage')
  const held = await select({ id: o.id }).from(o).where(isTrue(o.latest)).limit(mostOwn)
  if (held.length >= mostOwn) throw new Problem('rule-broken', `本级增补的判定标准最多 ${mostOwn} 条。`)
  await scope.change('checklist.manage', { subject: id, at: now }, (k) => [
    k.add('ownCriteria', { id, version: 1, words, latest: true, by: scope.actor.id, at: now }),
  ])
}

/** The newest version of a row, which nobody may have changed or retired. Throws `not-found`, `stale`, `rule-broken`. */
async function standing(scope: StreetScope, id: OwnCriterionId, version: number) {
  const { ownCriteria: o, select } = scope.read('checklist.manage')
  const [row] = await select({ ...ownColumns(o), latest: o.latest })
    .from(o)
    .where(eq(o.id, id))
    .orderBy(desc(o.version))
    .limit(1)
  if (!row) throw new Problem('not-found')
  if (row.version !== version) throw new Problem('stale', '这一条刚被别人修改过，请刷新后再试。')
  if (row.retiredOn !== null) throw new Problem('rule-broken', '这一条已停用，不能再修改；需要时请另行增补。')
  return row
}

const unchanged = { latest: true, retiredOn: null } as const

/** Words a row anew, as its next version, which nobody has verified. Throws as `standing` does. */
export async function changeCriterion(
  scope: StreetScope,
  id: OwnCriterionId,
  { version, ...words }: CriterionChange,
  now: number,
): Promise<void> {
  await standing(scope, id, version)
  await scope.change('checklist.manage', { subject: id, at: now }, (k) => [
    k.change('ownCriteria', id, { latest: false }, { version, ...unchanged }),
    k.add('ownCriteria', { id, version: version + 1, words, latest: true, by: scope.actor.id, at: now }),
  ])
}

/** Puts one's name to the words of a version, once. Throws as `standing` does, `rule-broken` where somebody has already. */
export async function verifyCriterion(
  scope: StreetScope,
  id: OwnCriterionId,
  { version, lookedUp }: Verification,
  now: number,
): Promise<void> {
  const row = await standing(scope, id, version)
  if (row.verifiedAt !== null) throw new Problem('rule-broken', '这一版已经核实过。')
  await scope.change('checklist.manage', { subject: id, at: now }, (k) => [
    k.change(
      'ownCriteria',
      id,
      { verifiedBy: scope.actor.id, verifiedAt: now, lookedUp },
      { version, ...unchanged, verifiedBy: null },
    ),
  ])
}

/** Says from which day on a row is used no longer; what was judged by it keeps it. Throws as `standing` does. */
export async function retireCriterion(
  scope: StreetScope,
  id: OwnCriterionId,
  { version, on, why }: CriterionRetirement,
  now: number,
): Promise<void> {
  await standing(scope, id, version)
  await scope.change('checklist.manage', { subject: id, at: now }, (k) => [
    k.change(
      'ownCriteria',
      id,
      { retiredOn: on, retiredBy: scope.actor.id, retiredWhy: why },
      { version, ...unchanged },
    ),
  ])
}
