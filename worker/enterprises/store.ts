import { activeDays } from '@app/shared/enterprises/activity'
import type { CreditCode } from '@app/shared/enterprises/credit-code'
import { changedFields, colourErrors, standingErrors } from '@app/shared/enterprises/rules'
import {
  type ColourChange,
  type ContactChange,
  type EnterpriseEdit,
  type EnterpriseFile,
  type EnterpriseLine,
  mostCounted,
  type NewEnterprise,
  type Position,
  type RegisterPage,
  type StandingChange,
} from '@app/shared/enterprises/schema'
import { type RegisterFilter } from '@app/shared/enterprises/filter'
import type { ContactRole, FieldName } from '@app/shared/enterprises/words'
import type { CommunityId, ContactId, EnterpriseId, GridId } from '@app/shared/ids'
import { turnOf } from '@app/shared/inspections/rules'
import { compareText } from '@app/shared/order'
import { pageOf } from '@app/shared/pages'
import { type FieldError, Problem } from '@app/shared/problem'
import { settingsOf } from '@app/shared/settings/catalogue'
import { addDays, type Day, dayOf, yearOf } from '@app/shared/time'
import {
  afterRising,
  aliased,
  and,
  asc,
  contains,
  count,
  desc,
  eq,
  gt,
  isNotActive,
  isNotNull,
  isNull,
  isTrue,
  lte,
  or,
  placesOf,
  type SQL,
  type SQLWrapper,
  the,
} from '../db/operators'
import { newId } from '../ids'
import { settingsSet } from '../settings/store'
import type { Columns, ContactRow } from '../tenancy/registrar'
import type { Relations, StreetScope } from '../tenancy/street-scope'

const pageSize = 50
/** A page reads at most so many units, whatever it is filtered by. */
const mostScanned = 150
/** A list of one sector reads two rows for each unit. */
const mostOfSector = 90
/** So many lines of a file are shown. */
const mostChanges = 200
const mostMerges = 20

export const lineColumns = (e: Relations['enterprises']) => ({
  id: e.id,
  name: e.name,
  creditCode: e.creditCode,
  kind: e.kind,
  keyPlace: e.keyPlace,
  sectors: e.sectors,
  highRisk: e.highRisk,
  crowded: e.crowded,
  communityId: e.communityId,
  gridId: e.gridId,
  address: e.address,
  standing: e.standing,
  colour: e.colour,
  inspectedOn: e.inspectedOn,
})

/**
 * One page of the register in the order of names. The filter that narrows most drives an index, the others are applied
 * to what that yields, so that a page may come short and say that there is more. Words that are searched for stand
 * anywhere in a text, so they alone are looked for in all that the actor reaches.
 */
export async function listRegister(scope: StreetScope, filter: RegisterFilter, now: number): Promise<RegisterPage> {
  const { enterprises: e, enterpriseSectors: s, select } = scope.read('enterprise.view')
  const last = filter.cursor
  const behind = (columns: [SQLWrapper, SQLWrapper]) =>
    last && afterRising(columns, [the(select({ name: e.name }).from(e).where(eq(e.id, last))), last])
  const standing = isNull(e.mergedInto)
  const drive = driveOf(scope, filter)
  if (drive.of === 'nothing') return { items: [], next: null }
  const scanned = drive.of === 'sector' ? mostOfSector : Math.max(1, Math.floor(mostScanned / drive.conditions.length))
  const queries =
    drive.of === 'sector'
      ? [
          select(lineColumns(e))
            .from(s)
            .innerJoin(e, eq(e.id, s.enterpriseId))
            .where(and(eq(s.sector, drive.sector), standing, behind([s.name, s.enterpriseId])))
            .orderBy(asc(s.name), asc(s.enterpriseId))
            .limit(scanned),
        ]
      : drive.conditions.map((condition) =>
          select(lineColumns(e))
            .from(e)
            .where(and(condition, standing, behind([e.name, e.id])))
            .orderBy(asc(e.name), asc(e.id))
            .limit(scanned),
        )
  // Safe: the results of a batch are those of its statements, in order.
  const [set, ...found] = (await scope.together([settingsSet(scope), ...queries] as never)) as unknown as [
    Parameters<typeof settingsOf>[0],
    ...EnterpriseLine[][],
  ]
  const [settings, today] = [settingsOf(set), dayOf(now)]
  const isDue = (row: EnterpriseLine) => row.standing === 'active' && turnOf(row, settings, today) <= today
  const { items, next } = pageOf(
    found.map((rows) => ({ rows, more: rows.length === scanned })),
    (a, b) => compareText(a.name, b.name) || compareText(a.id, b.id),
    (row) => isWanted(row, filter) && (!filter.due || isDue(row)),
    pageSize,
  )
  return { items, next: next && next.id }
}

type Drive =
  | { readonly of: 'nothing' }
  | { readonly of: 'sector'; readonly sector: NonNullable<RegisterFilter['sector']> }
  | { readonly of: 'columns'; readonly conditions: readonly SQLWrapper[] }

/** What drives the query. */
function driveOf(scope: StreetScope, filter: RegisterFilter): Drive {
  const { enterprises: e } = scope.read('enterprise.view')
  const { reach } = scope.actor
  const by = (...conditions: (SQLWrapper | undefined)[]): Drive => {
    const narrowed = conditions.filter((one) => one !== undefined)
    return narrowed.length > 0 ? { of: 'columns', conditions: narrowed } : { of: 'nothing' }
  }
  if (filter.q) return by(wordsOf(e, filter.q))
  if (filter.gridId) return by(eq(e.gridId, filter.gridId))
  if (filter.communityId && (reach.within === 'street' || reach.within === 'communities'))
    return by(eq(e.communityId, filter.communityId))
  if (reach.within === 'enterprise') return by(...scope.filesOf(reach.ids[0]).map((file) => eq(e.id, file)))
  if (reach.within !== 'street')
    return by(...placesOf(reach, { enterprise: e.id, grid: e.gridId, community: e.communityId }))
  if (filter.standing && filter.standing !== 'active')
    return by(and(isNotActive(e.standing), eq(e.standing, filter.standing)))
  if (filter.colour) return by(eq(e.colour, filter.colour))
  if (filter.highRisk) return by(isNotNull(e.highRisk))
  if (filter.crowded) return by(isTrue(e.crowded))
  if (filter.sector) return { of: 'sector', sector: filter.sector }
  return filter.kind ? by(eq(e.kind, filter.kind)) : by(isNotNull(e.name))
}

function wordsOf(e: Relations['enterprises'], typed: string) {
  const plain = /^[0-9a-z]+$/i.test(typed)
  return or(
    contains(e.name, typed),
    contains(e.address, typed),
    plain ? contains(e.initials, typed.toLowerCase()) : undefined,
    plain ? contains(e.creditCode, typed.toUpperCase()) : undefined,
  )
}

function isWanted(row: EnterpriseLine, filter: RegisterFilter): boolean {
  const { communityId, gridId, kind, sector, standing, colour, highRisk, crowded } = filter
  return (
    (!communityId || row.communityId === communityId) &&
    (!gridId || row.gridId === gridId) &&
    (!kind || row.kind === kind) &&
    (!sector || row.sectors.includes(sector)) &&
    (!standing || row.standing === standing) &&
    (!colour || row.colour === colour) &&
    (!filter.uncoloured || row.colour === null) &&
    (!highRisk || row.highRisk !== null) &&
    (!crowded || row.crowded)
  )
}

interface PositionColumns {
  readonly latitude: number | null
  readonly longitude: number | null
  readonly positionSource: Position['source'] | null
  readonly positionAccuracy: number | null
}

/** A position as its four columns say it. */
export function positionOf({
  latitude,
  longitude,
  positionSource,
  positionAccuracy,
}: PositionColumns): Position | null {
  if (latitude === null || longitude === null || positionSource === null) return null
  return { latitude, longitude, source: positionSource, accuracy: positionAccuracy }
}

const columnsOf = (position: Position | null): PositionColumns => ({
  latitude: position?.latitude ?? null,
  longitude: position?.longitude ?? null,
  positionSource: position?.source ?? null,
  positionAccuracy: position?.accuracy ?? null,
})

/** What is written down of a unit, but for its contacts. */
export const fileColumns = (e: Relations['enterprises']) => ({
  ...lineColumns(e),
  size: e.size,
  staff: e.staff,
  floorArea: e.floorArea,
  latitude: e.latitude,
  longitude: e.longitude,
  positionSource: e.positionSource,
  positionAccuracy: e.positionAccuracy,
  version: e.version,
})

/** Everything that the street holds of one unit. Throws `not-found`. */
export async function enterpriseFile(scope: StreetScope, id: EnterpriseId, now: number): Promise<EnterpriseFile> {
  const {
    enterprises: e,
    enterpriseContacts: c,
    enterpriseChanges: l,
    communities,
    grids,
    hazards: h,
    charges,
    posts,
    people,
    enterpriseMerges: m,
    select,
  } = scope.read('enterprise.view')
  const today = dayOf(now)
  const files = scope.filesOf(id)
  const hazardsThat = (file: SQL, at: number, open: boolean) => {
    const name = `${open ? 'open' : 'closed'}_hazards_${at}`
    const some = select({ id: h.id })
      .from(h)
      .where(and(eq(h.enterpriseId, file), eq(h.open, open)))
      .limit(mostCounted)
      .as(name)
    return select({ n: count().as(`${name}_in_all`) }).from(some)
  }
  const chargesOf = (place: SQLWrapper) =>
    select({ kind: charges.kind, from: charges.from, name: aliased(people.name, 'person_name') })
      .from(charges)
      .leftJoin(people, eq(people.id, charges.personId))
      .where(
        and(eq(charges.placeId, place), lte(charges.from, today), or(isNull(charges.until), gt(charges.until, today))),
      )
  const [[found], contacts, standings, changes, leaders, cadres, [kept], merges, ...ofFiles] = await scope.together([
    select({
      ...fileColumns(e),
      communityName: aliased(communities.name, 'community_name'),
      gridName: aliased(grids.name, 'grid_name'),
      enterpriseName: aliased(e.name, 'enterprise_name'),
      enterpriseId: aliased(e.id, 'enterprise_id'),
    })
      .from(e)
      .innerJoin(communities, eq(communities.id, e.communityId))
      .innerJoin(grids, eq(grids.id, e.gridId))
      .where(eq(e.id, id)),
    select({ id: c.id, role: c.role, name: c.name, phoneMask: c.phoneMask })
      .from(c)
      .where(eq(c.enterpriseId, id))
      .orderBy(desc(c.role), asc(c.id)),
    select({ on: l.on, standing: l.standing, why: l.why })
      .from(l)
      .where(and(eq(l.enterpriseId, id), isNotNull(l.standing)))
      .orderBy(asc(l.version)),
    select({
      version: l.version,
      deed: l.deed,
      fields: l.fields,
      on: l.on,
      standing: l.standing,
      colour: l.colour,
      why: l.why,
      by: aliased(people.name, 'by_name'),
      at: l.at,
    })
      .from(l)
      .leftJoin(people, eq(people.id, l.by))
      .where(eq(l.enterpriseId, id))
      .orderBy(desc(l.version))
      .limit(mostChanges),
    chargesOf(the(select({ place: e.communityId }).from(e).where(eq(e.id, id)))),
    chargesOf(the(select({ place: e.gridId }).from(e).where(eq(e.id, id)))),
    select({ id: e.id, name: e.name })
      .from(e)
      .where(eq(e.id, the(select({ into: e.mergedInto }).from(e).where(eq(e.id, id))))),
    select({
      id: aliased(m.id, 'merge_id'),
      enterpriseId: m.enterpriseId,
      name: aliased(e.name, 'merged_name'),
      why: m.why,
      at: m.at,
      undoneAt: m.undoneAt,
    })
      .from(m)
      .innerJoin(e, eq(e.id, m.enterpriseId))
      .where(eq(m.intoId, id))
      .orderBy(desc(m.id))
      .limit(mostMerges),
    ...files.map((file, at) => hazardsThat(file, at, true)),
    ...files.map((file, at) => hazardsThat(file, at, false)),
    ...files.map((file) =>
      select({ id: posts.personId, role: posts.role, name: aliased(people.name, 'person_name') })
        .from(posts)
        .innerJoin(people, eq(people.id, posts.personId))
        .where(and(eq(posts.enterpriseId, file), or(isNull(posts.until), gt(posts.until, now))))
        .orderBy(asc(posts.since), asc(posts.id)),
    ),
  ])
  // Safe: the results of a batch are those of its statements, in order.
  const counts = ofFiles.slice(0, 2 * files.length) as { n: number }[][]
  const held = ofFiles.slice(2 * files.length).flat() as EnterpriseFile['people']
  const countedIn = (lists: { n: number }[][]) =>
    Math.min(
      mostCounted,
      lists.flat().reduce((sum, { n }) => sum + n, 0),
    )
  if (!found) throw new Problem('not-found')
  const { latitude, longitude, positionSource, positionAccuracy, enterpriseName, enterpriseId, ...shown } = found
  const lines = standings.flatMap(({ on, standing, why }) => (on && standing ? [{ on, standing, why }] : []))
  return {
    ...shown,
    id: enterpriseId,
    name: enterpriseName,
    position: positionOf({ latitude, longitude, positionSource, positionAccuracy }),
    contacts,
    standings: lines,
    activeDays: activeDays(lines, `${yearOf(now)}-01-01` as Day, addDays(today, 1)),
    // Safe: the store writes names of fields alone.
    changes: changes.map((change) => ({ ...change, fields: change.fields as FieldName[] })),
    hazards: { open: countedIn(counts.slice(0, files.length)), closed: countedIn(counts.slice(files.length)) },
    charges: [...leaders, ...cadres],
    people: held,
    mergedInto: kept ?? null,
    merges,
  }
}

const refuse = (errors: readonly FieldError[]) => {
  if (errors.length > 0) throw new Problem('invalid-input', undefined, [...errors])
}

/** Queries for what another entry of the register depends on: its grid, and who bears its code. */
function surroundings(scope: StreetScope, { gridId, creditCode }: { gridId: GridId; creditCode: CreditCode | null }) {
  const { grids: g, enterprises: e, select } = scope.read('enterprise.manage')
  return [
    select({ communityId: g.communityId, retiredOn: g.retiredOn }).from(g).where(eq(g.id, gridId)),
    select({ id: e.id, name: e.name })
      .from(e)
      .where(and(isNotNull(e.creditCode), eq(e.creditCode, creditCode ?? ('' as never)), isNull(e.mergedInto))),
  ] as const
}

function surroundingErrors(
  { id, communityId }: { id: EnterpriseId; communityId: CommunityId },
  grid: { communityId: CommunityId; retiredOn: Day | null } | undefined,
  sameCode: readonly { id: EnterpriseId; name: string }[],
): FieldError[] {
  const errors: FieldError[] = []
  if (!grid || grid.retiredOn !== null || grid.communityId !== communityId)
    errors.push({ pointer: '/gridId', detail: '请选择所选社区内未撤销的网格' })
  const other = sameCode.find((one) => one.id !== id)
  if (other) errors.push({ pointer: '/creditCode', detail: `“${other.name}”已登记此代码，请核对是否为同一家单位` })
  return errors
}

/** Rows of those who answer in a unit, each under its id or a new one. */
export function contactsOf(
  { principal, managers }: { principal: ContactChange | null; managers: readonly ContactChange[] },
  now: number,
): ContactRow[] {
  // An id begins with its instant, by which they keep their order.
  const row = (role: ContactRole, at: number, { id, ...contact }: ContactChange): ContactRow => ({
    id: id ?? newId<ContactId>('con', now + at),
    role,
    ...contact,
  })
  return [
    ...(principal ? [row('principal', 0, principal)] : []),
    ...managers.map((manager, at) => row('manager', at, manager)),
  ]
}

/** A unit's columns as its fields say them. */
export function rowOf({
  principal: _,
  managers: _m,
  position,
  ...rest
}: Omit<NewEnterprise, 'id' | 'activeSince'> | Omit<EnterpriseEdit, 'version'>): Columns & { name: string } {
  return { ...rest, ...columnsOf(position) }
}

/**
 * Enters a unit in the register, active from `activeSince` on. Throws `invalid-input` naming the unit that has the code
 * where that is within reach, `already-there`, `forbidden` for a place out of reach.
 */
export async function enterEnterprise(
  scope: StreetScope,
  { id, activeSince, ...fields }: NewEnterprise,
  now: number,
): Promise<void> {
  const [[grid], sameCode] = await scope.together(surroundings(scope, fields))
  const errors = surroundingErrors({ id, ...fields }, grid, sameCode)
  if (activeSince > dayOf(now)) errors.push({ pointer: '/activeSince', detail: '日期不能晚于今天' })
  refuse(errors)
  const { communityId, gridId, address } = fields
  const row = { ...rowOf(fields), id, communityId, gridId, address }
  await scope.register('enterprise.manage', now, async (r) => [
    await r.enter(row, contactsOf(fields, now), { deed: 'entered', on: activeSince, standing: 'active' }),
  ])
}

/**
 * Writes a unit's fields anew. Throws `not-found`, `stale` when it was changed since it was read, and `invalid-input`
 * for a code that another unit has, a contact that is not its own, or another grid while something is open here.
 */
export async function editEnterprise(
  scope: StreetScope,
  id: EnterpriseId,
  { version, ...fields }: EnterpriseEdit,
  now: number,
): Promise<void> {
  const { enterprises: e, enterpriseContacts: c, hazards: h, select } = scope.read('enterprise.manage')
  const [[seen], present, [open], [grid], sameCode] = await scope.together([
    select(fileColumns(e))
      .from(e)
      .where(and(eq(e.id, id), isNull(e.mergedInto))),
    select({ id: c.id, role: c.role, name: c.name, phoneMask: c.phoneMask })
      .from(c)
      .where(eq(c.enterpriseId, id))
      .orderBy(desc(c.role), asc(c.id)),
    select({ id: h.id })
      .from(h)
      .where(and(eq(h.enterpriseId, id), isTrue(h.open)))
      .limit(1),
    ...surroundings(scope, fields),
  ])
  if (!seen) throw new Problem('not-found')
  if (seen.version !== version) throw new Problem('stale')
  const errors = surroundingErrors({ id, ...fields }, grid, sameCode)
  // Its open hazards would be left behind in a grid that nobody looks for them in.
  if (fields.gridId !== seen.gridId && open)
    errors.push({ pointer: '/gridId', detail: '该单位还有未办结隐患，请由街道管理员在“组织与网格”中连同隐患一起划转' })
  const given = [
    ...(fields.principal ? [{ pointer: '/principal', ...fields.principal }] : []),
    ...fields.managers.map((manager, at) => ({ pointer: `/managers/${at}`, ...manager })),
  ]
  const own = new Set<string>(present.map((one) => one.id))
  for (const { id: named, pointer } of given) {
    // Each of them once.
    if (named !== undefined && !own.delete(named))
      errors.push({ pointer, detail: '这位联系人已不在档案中，请刷新后重新填写' })
  }
  refuse(errors)

  const { principal, managers, ...plain } = fields
  const before = { ...seen, position: positionOf(seen) }
  const changed = changedFields<Partial<Record<FieldName, unknown>>>(before, plain)
  for (const [role, name, list] of [
    ['principal', 'principal', principal ? [principal] : []],
    ['manager', 'managers', managers],
  ] as const) {
    const had = present.filter((one) => one.role === role)
    const same = (one: ContactChange) =>
      one.phone === undefined && had.some((known) => known.id === one.id && known.name === one.name)
    if (list.length !== had.length || !list.every(same)) changed.push(name)
  }
  if (changed.length === 0) return
  await scope.register('enterprise.manage', now, async (r) => [
    await r.change(
      { id, version },
      rowOf(fields),
      { deed: 'edited', fields: changed },
      {
        contacts: contactsOf(fields, now),
        present: present.map((one) => one.id),
      },
    ),
  ])
}

/** Says how a unit stands from a day on. Throws `not-found`, `stale`, `invalid-input`. */
export async function changeStanding(
  scope: StreetScope,
  id: EnterpriseId,
  { version, on, standing, why }: StandingChange,
  now: number,
): Promise<void> {
  const { enterprises: e, enterpriseChanges: l, select } = scope.read('enterprise.rate')
  const [[seen], lines] = await scope.together([
    select({ version: e.version })
      .from(e)
      .where(and(eq(e.id, id), isNull(e.mergedInto))),
    select({ on: l.on, standing: l.standing })
      .from(l)
      .where(and(eq(l.enterpriseId, id), isNotNull(l.standing)))
      .orderBy(desc(l.version))
      .limit(1),
  ])
  if (!seen) throw new Problem('not-found')
  if (seen.version !== version) throw new Problem('stale')
  const [last] = lines.flatMap((line) => (line.on && line.standing ? [{ on: line.on, standing: line.standing }] : []))
  refuse(standingErrors(last, { on, standing }, dayOf(now)))
  await scope.register('enterprise.rate', now, async (r) => [
    await r.change({ id, version }, { standing }, { deed: 'standing', on, standing, why }),
  ])
}

/** Gives a unit another colour of risk. Throws `not-found`, `stale`, `invalid-input`. */
export async function changeColour(
  scope: StreetScope,
  id: EnterpriseId,
  { version, colour, why }: ColourChange,
  now: number,
): Promise<void> {
  const { enterprises: e, select } = scope.read('enterprise.rate')
  const [seen] = await select({ version: e.version, colour: e.colour })
    .from(e)
    .where(and(eq(e.id, id), isNull(e.mergedInto)))
  if (!seen) throw new Problem('not-found')
  if (seen.version !== version) throw new Problem('stale')
  refuse(colourErrors(seen.colour, colour))
  await scope.register('enterprise.rate', now, async (r) => [
    await r.change({ id, version }, { colour }, { deed: 'colour', colour, why }),
  ])
}

/** A contact's number in full, for one look. Throws `not-found` for nobody's or none. */
export async function seeContactPhone(scope: StreetScope, id: ContactId, now: number): Promise<string> {
  const phone = await scope.unmask('contact.unmask', 'enterprise_contacts.phone', id, now)
  if (phone === null) throw new Problem('not-found')
  return phone
}
