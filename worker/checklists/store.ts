import { isFor, itemsOf } from '@app/shared/checklists/answering'
import { basisLines } from '@app/shared/checklists/basis'
import {
  blankDraft,
  type Draft,
  type DraftChange,
  draftOf,
  type NewChecklist,
  ownIdsIn,
  templateFrom,
} from '@app/shared/checklists/drafts'
import type { ChecklistCard, ChecklistDraft, ChecklistPage, ChecklistVersion } from '@app/shared/checklists/listing'
import type { Published, Template } from '@app/shared/checklists/schema'
import { shipped } from '@app/shared/checklists/shipped/all'
import { published, publishingRefusal } from '@app/shared/checklists/versions'
import { type Catalogue, cardOf, cited, standingOf } from '@app/shared/criteria/rules'
import type { CriterionRef } from '@app/shared/criteria/schema'
import type { OwnCriterionId, TemplateId } from '@app/shared/ids'
import type { Offer, TemplateRef } from '@app/shared/inspections/schema'
import type { UnitThen } from '@app/shared/inspections/schema'
import { type FieldError, Problem } from '@app/shared/problem'
import { type Day, dayOf } from '@app/shared/time'
import { catalogueWith, ownColumns } from '../criteria/store'
import { aliased, among, and, citedBy, desc, eq, isTrue, listedIn } from '../db/operators'
import type { Relations, StreetScope } from '../tenancy/street-scope'

// Safe: written out here as one.
const firstDay = '2026-11-28' as Day

/** The checklists that come with the product, in every version that a record may name. */
export const carried: readonly Published[] = shipped.map((template) => published([], template, firstDay))

/** One of these that a record names, or null. */
export function carriedAs({ id, version }: TemplateRef): Published | null {
  return carried.find((one) => one.id === id && one.version === version) ?? null
}

/** A street has at most so many checklists of its own, retired ones among them: a page reads them all. */
const mostOwn = 40

type Version = Relations['checklistVersions']

/** What of a row makes a published checklist. */
export const versionColumns = (c: Version) => ({
  id: c.id,
  version: c.version,
  title: c.title,
  kinds: c.kinds,
  keyPlaces: c.keyPlaces,
  sectors: c.sectors,
  sections: c.sections,
  publishedOn: c.publishedOn,
})

/** What rows of a catalogue say and what must be said beside them on a day. */
export const citationsOf = (basis: readonly CriterionRef[], catalogue: Catalogue, on: Day) =>
  basisLines(basis, catalogue, on)

/** A checklist with the bases of its items as they stand on a day. */
export function offerOf(template: Published, catalogue: Catalogue, on: Day): Offer {
  return {
    template,
    basis: Object.fromEntries(itemsOf(template).map(({ key, basis }) => [key, citationsOf(basis, catalogue, on)])),
  }
}

/** Queries for what the street offers of its own, and for its own criteria that these rest on; `offered` reads the answers. */
export function offeredQueries(scope: StreetScope) {
  const { checklistVersions: c, ownCriteria: o, select } = scope.read('inspection.view')
  return [
    select({ ...versionColumns(c), replaces: c.replaces })
      .from(c)
      .where(isTrue(c.current))
      .orderBy(desc(c.id))
      .limit(mostOwn),
    select(ownColumns(o))
      .from(o)
      .where(citedBy(o.id, select({ cited: c.cited }).from(c).where(isTrue(c.current))))
      .limit(200),
  ] as const
}

type Offered = Published & { readonly replaces: TemplateId | null }

/** The checklists that fit a unit, the street's own first; one that none was made for may be gone through with any. */
export function offersOf(own: readonly Offered[], unit: UnitThen): Published[] {
  const replaced = new Set(own.map(({ replaces }) => replaces))
  const all = [...own.map(({ replaces: _, ...one }) => one), ...carried.filter(({ id }) => !replaced.has(id))]
  const fitting = all.filter((template) => isFor(template, unit))
  return fitting.length > 0 ? fitting : all
}

const cardFrom = ({
  id,
  title,
  kinds,
  keyPlaces,
  sectors,
  version,
  publishedOn,
  ...rest
}: Omit<ChecklistCard, 'items'> & (Pick<ChecklistCard, 'items'> | Pick<Template, 'sections'>)): ChecklistCard => ({
  id,
  title,
  kinds: [...kinds],
  keyPlaces: [...keyPlaces],
  sectors: [...sectors],
  items: 'items' in rest ? rest.items : itemsOf(rest).length,
  version,
  publishedOn,
})

/** Every checklist there is: what comes with the product, and the street's own, the newest first. */
export async function listChecklists(scope: StreetScope): Promise<ChecklistPage> {
  const { checklists: l, checklistVersions: c, people: p, select } = scope.read('inspection.sign')
  const [own, offered] = await scope.together([
    select({
      id: l.id,
      title: l.title,
      latest: l.latest,
      edition: l.edition,
      publishedEdition: l.publishedEdition,
      retiredOn: l.retiredOn,
      editedAt: l.at,
      editedBy: aliased(p.name, 'person_name'),
    })
      .from(l)
      .leftJoin(p, eq(p.id, l.by))
      .orderBy(desc(l.id))
      .limit(mostOwn),
    select({
      id: c.id,
      title: c.title,
      kinds: c.kinds,
      keyPlaces: c.keyPlaces,
      sectors: c.sectors,
      items: c.items,
      version: c.version,
      publishedOn: c.publishedOn,
      replaces: c.replaces,
    })
      .from(c)
      .where(isTrue(c.current))
      .limit(mostOwn),
  ])
  const current = new Map(offered.map((one) => [one.id, one]))
  const replacing = new Map(offered.map(({ id, replaces }) => [replaces, id]))
  return {
    shipped: carried.map((one) => ({ ...cardFrom(one), replacedBy: replacing.get(one.id) ?? null })),
    own: own.map(({ edition, publishedEdition, ...row }) => {
      const one = current.get(row.id)
      return {
        ...row,
        offered: one ? { ...cardFrom(one), replaces: one.replaces } : null,
        pending: edition !== publishedEdition,
      }
    }),
  }
}

/** One version of a checklist, the street's own or one that comes with the product. Throws `not-found`. */
export async function getVersion(scope: StreetScope, ref: TemplateRef, now: number): Promise<ChecklistVersion> {
  const { checklistVersions: c, ownCriteria: o, people: p, select } = scope.read('inspection.sign')
  const its = and(eq(c.id, ref.id), eq(c.version, ref.version))
  const [[row], own, versions, replacing] = await scope.together([
    select({ ...versionColumns(c), current: c.current })
      .from(c)
      .where(its),
    select(ownColumns(o)).from(c).innerJoin(o, listedIn(o.id, c.cited)).where(its).limit(200),
    select({ version: c.version, publishedOn: c.publishedOn, by: aliased(p.name, 'person_name') })
      .from(c)
      .leftJoin(p, eq(p.id, c.by))
      .where(eq(c.id, ref.id))
      .orderBy(desc(c.version))
      .limit(40),
    select({ replaces: c.replaces }).from(c).where(isTrue(c.current)).limit(mostOwn),
  ])
  const came = carriedAs(ref)
  if (came) {
    const newest = carried.filter(({ id }) => id === ref.id)
    return {
      ...offerOf(came, catalogueWith([]), dayOf(now)),
      own: false,
      offered: !replacing.some(({ replaces }) => replaces === ref.id),
      versions: newest.map(({ version, publishedOn }) => ({ version, publishedOn, by: null })),
    }
  }
  if (!row) throw new Problem('not-found')
  const { current, ...template } = row
  return { ...offerOf(template, catalogueWith(own), dayOf(now)), own: true, offered: current, versions }
}

/** Begins a checklist of the street's own. Throws `already-there`, `rule-broken` when there are too many, `invalid-input`. */
export async function beginChecklist(
  scope: StreetScope,
  { id, title, copyOf }: NewChecklist,
  now: number,
): Promise<void> {
  const { checklists: l, checklistVersions: c, select } = scope.read('checklist.manage')
  const from = copyOf ?? { id, version: 0 }
  const [held, [copied]] = await scope.together([
    select({ id: l.id }).from(l).limit(mostOwn),
    select(versionColumns(c))
      .from(c)
      .where(and(eq(c.id, from.id), eq(c.version, from.version))),
  ])
  if (held.length >= mostOwn)
    throw new Problem('rule-broken', `本街道的检查表最多 ${mostOwn} 份（含已停用的），请在已有的上面修改。`)
  const came = copyOf && (carriedAs(copyOf) ?? copied)
  if (copyOf && !came)
    throw new Problem('invalid-input', undefined, [{ pointer: '/copyOf', detail: '没有这一版检查表，请刷新后重试' }])
  const draft = came ? { ...draftOf(came, carriedAs(came)?.id ?? null), title } : blankDraft(title, 'first-item')
  await scope.change('checklist.manage', { subject: id, at: now }, (k) => [
    k.add('checklists', {
      id,
      title,
      draft,
      cited: ownIdsIn(draft),
      edition: 1,
      latest: 0,
      publishedEdition: 0,
      retiredOn: null,
      by: scope.actor.id,
      at: now,
    }),
  ])
}

/** A checklist as it is written, with all that an editor needs. Throws `not-found`. */
export async function getDraft(scope: StreetScope, id: TemplateId, now: number): Promise<ChecklistDraft> {
  const { checklists: l, checklistVersions: c, ownCriteria: o, people: p, select } = scope.read('checklist.manage')
  const [[row], [last], own] = await scope.together([
    select({
      edition: l.edition,
      draft: l.draft,
      retiredOn: l.retiredOn,
      editedAt: l.at,
      editedBy: aliased(p.name, 'person_name'),
    })
      .from(l)
      .leftJoin(p, eq(p.id, l.by))
      .where(eq(l.id, id)),
    select({ ...versionColumns(c), replaces: c.replaces })
      .from(c)
      .where(eq(c.id, id))
      .orderBy(desc(c.version))
      .limit(1),
    select(ownColumns(o)).from(l).innerJoin(o, listedIn(o.id, l.cited)).where(eq(l.id, id)).limit(200),
  ])
  if (!row) throw new Problem('not-found')
  const catalogue = catalogueWith(own)
  const refs = new Map(
    row.draft.sections.flatMap(({ items }) =>
      items.flatMap(({ basis }) => basis.map((ref) => [`${ref.id}@${ref.version}`, ref] as const)),
    ),
  )
  const today = dayOf(now)
  return {
    id,
    ...row,
    last: last ?? null,
    cited: [...refs.values()].flatMap((ref) => {
      const found = cited(catalogue, ref)
      return found ? [cardOf(catalogue, found, today)] : []
    }),
  }
}

/** What a change of a checklist stands on, in one round trip. Throws `not-found`, `stale`, `rule-broken`. */
async function standing(scope: StreetScope, id: TemplateId, edition: number, cites: readonly OwnCriterionId[] = []) {
  const { checklists: l, checklistVersions: c, ownCriteria: o, select } = scope.read('checklist.manage')
  const [[row], [last], own] = await scope.together([
    select({ edition: l.edition, latest: l.latest, retiredOn: l.retiredOn }).from(l).where(eq(l.id, id)),
    select({ ...versionColumns(c), replaces: c.replaces })
      .from(c)
      .where(eq(c.id, id))
      .orderBy(desc(c.version))
      .limit(1),
    select(ownColumns(o)).from(o).where(among(o.id, cites)).limit(200),
  ])
  if (!row) throw new Problem('not-found')
  if (row.retiredOn !== null) throw new Problem('rule-broken', '这份检查表已停用，不能再修改。')
  if (row.edition !== edition) throw new Problem('stale', '草稿刚被别人保存过，请刷新后再试。')
  return { latest: row.latest, last: last ?? null, catalogue: catalogueWith(own) }
}

const seen = (edition: number) => ({ edition, retiredOn: null })

/** Keeps a draft, complete or not, in place of the one that was read, and says its edition. Throws as `standing` does. */
export async function saveDraft(
  scope: StreetScope,
  id: TemplateId,
  { edition, draft }: DraftChange,
  now: number,
): Promise<number> {
  await standing(scope, id, edition)
  await scope.change('checklist.manage', { subject: id, at: now }, (k) => [
    k.change(
      'checklists',
      id,
      { draft, cited: ownIdsIn(draft), title: titleFor(draft), edition: edition + 1, by: scope.actor.id, at: now },
      seen(edition),
    ),
  ])
  return edition + 1
}

const titleFor = ({ title }: Draft) => title.trim() || '（未命名）'

/**
 * Publishes a draft as the next version, which checks begin with from then on; the one before stays what it was for
 * those that it was begun by. Throws as `standing` does, `invalid-input` for all that is missing, `rule-broken` where
 * nothing is different.
 */
export async function publishChecklist(
  scope: StreetScope,
  id: TemplateId,
  { edition, draft }: DraftChange,
  now: number,
): Promise<{ edition: number; version: number }> {
  const { latest, last, catalogue } = await standing(scope, id, edition, ownIdsIn(draft))
  const today = dayOf(now)
  const isUsable = (ref: CriterionRef) => {
    const found = cited(catalogue, ref)
    return found !== null && standingOf(found.standard, today) !== 'retired'
  }
  const made = templateFrom(id, draft, isUsable)
  const errors: FieldError[] = made.ok ? [] : made.errors
  if (draft.replaces !== null && !carried.some((one) => one.id === draft.replaces))
    errors.push({ pointer: '/replaces', detail: '只能代替随系统提供的检查表' })
  if (!made.ok || errors.length > 0)
    throw new Problem(
      'invalid-input',
      '检查表还不能发布，请按提示补充。',
      errors.map(({ pointer, detail }) => ({ pointer: `/draft${pointer}`, detail })),
    )
  const refusal = last && last.replaces === draft.replaces ? publishingRefusal([last], made.template) : null
  if (refusal !== null) throw new Problem('rule-broken', refusal)
  const version = latest + 1
  const by = { by: scope.actor.id, at: now }
  await scope.change('checklist.manage', { subject: id, at: now }, (k) => [
    k.change(
      'checklists',
      id,
      {
        draft,
        cited: ownIdsIn(draft),
        title: made.template.title,
        edition: edition + 1,
        latest: version,
        publishedEdition: edition + 1,
        ...by,
      },
      seen(edition),
    ),
    k.changeAll('checklistVersions', { id, current: true }, { current: false }),
    k.add('checklistVersions', {
      ...made.template,
      version,
      items: itemsOf(made.template).length,
      replaces: draft.replaces,
      cited: ownIdsIn(made.template),
      current: true,
      publishedOn: today,
      ...by,
    }),
  ])
  return { edition: edition + 1, version }
}

/** Offers a checklist no longer, from now on; what was begun by it may still be signed. Throws as `standing` does. */
export async function retireChecklist(scope: StreetScope, id: TemplateId, edition: number, now: number): Promise<void> {
  await standing(scope, id, edition)
  await scope.change('checklist.manage', { subject: id, at: now }, (k) => [
    k.change(
      'checklists',
      id,
      { retiredOn: dayOf(now), edition: edition + 1, by: scope.actor.id, at: now },
      seen(edition),
    ),
    k.changeAll('checklistVersions', { id, current: true }, { current: false }),
  ])
}
