import type { Mapping } from '@app/shared/enterprises/columns'
import type { Held, ImportChunk, ImportLine } from '@app/shared/enterprises/matching'
import { changedFields, standingErrors } from '@app/shared/enterprises/rules'
import type { FieldName, Standing } from '@app/shared/enterprises/words'
import type { ContactId, EnterpriseId } from '@app/shared/ids'
import { type FieldError, Problem } from '@app/shared/problem'
import { type Day, dayOf } from '@app/shared/time'
import { among, and, asc, eq, gt, inArray, isNotNull, isNull, isTrue, the } from '../db/operators'
import { contactsOf, fileColumns, positionOf, rowOf } from '../enterprises/store'
import type { Entry, Registrar } from '../tenancy/registrar'
import type { StreetScope } from '../tenancy/street-scope'

/** A street of five thousand units is read in five requests. */
const pageSize = 1000
const why = '表格导入'

/** A file is compared with all that a street has, so that nobody imports who sees but a part of it. */
function requireWhole(scope: StreetScope): void {
  if (scope.actor.reach.within !== 'street') throw new Problem('rule-broken', '批量导入由负责整个街道的岗位办理。')
}

/** A page of all that is within reach, merged units left out. */
export async function listHeld(
  scope: StreetScope,
  cursor: EnterpriseId | undefined,
): Promise<{ items: Held[]; next: EnterpriseId | null }> {
  const { enterprises: e, enterpriseContacts: c, enterpriseChanges: l, select } = scope.read('enterprise.manage')
  // Asked for by way of the unit itself: an id that is nobody's, or another's, leads nowhere.
  const behind = cursor && gt(e.id, the(select({ id: e.id }).from(e).where(eq(e.id, cursor))))
  const page = select({ id: e.id }).from(e).where(behind).orderBy(asc(e.id)).limit(pageSize)
  const [found, contacts, entered] = await scope.together([
    select({ mergedInto: e.mergedInto, ...fileColumns(e) })
      .from(e)
      .where(behind)
      .orderBy(asc(e.id))
      .limit(pageSize),
    select({ id: c.id, of: c.enterpriseId, role: c.role, name: c.name, phone: c.phoneMask })
      .from(c)
      .where(inArray(c.enterpriseId, page))
      .orderBy(asc(c.enterpriseId), asc(c.id)),
    select({ of: l.enterpriseId, on: l.on })
      .from(l)
      .where(and(inArray(l.enterpriseId, page), eq(l.version, 1))),
  ])
  const peopleOf = Map.groupBy(contacts, ({ of }) => of)
  const since = new Map(entered.map(({ of, on }) => [of, on]))
  const items = found.flatMap(
    ({ mergedInto, latitude, longitude, positionSource, positionAccuracy, ...shown }): Held[] => {
      if (mergedInto !== null) return []
      const own = (wanted: 'principal' | 'manager') =>
        (peopleOf.get(shown.id) ?? []).flatMap(({ id, role, name, phone }) =>
          role === wanted ? [{ id, name, phone }] : [],
        )
      const position = positionOf({ latitude, longitude, positionSource, positionAccuracy })
      const activeSince = since.get(shown.id) ?? ('2000-01-01' as Day)
      return [{ ...shown, position, principal: own('principal')[0] ?? null, managers: own('manager'), activeSince }]
    },
  )
  return { items, next: found.length === pageSize ? (found.at(-1)?.id ?? null) : null }
}

type New = Extract<ImportLine, { kind: 'new' }>
type Change = Extract<ImportLine, { kind: 'change' }>

/**
 * Takes over some lines of a file as one batch, each with its line in the unit's file and in the audit log. Throws
 * `invalid-input` with what stands against which of the `lines`; what comes in between makes all of them `stale`.
 */
export async function takeIn(scope: StreetScope, { lines }: ImportChunk, now: number): Promise<void> {
  requireWhole(scope)
  const today = dayOf(now)
  const changes = lines.filter((line) => line.kind === 'change')
  const rated = lines.some((line) => {
    const { standing, colour } = line.kind === 'new' ? line.unit : line.changes
    return (colour ?? null) !== null || (standing ?? 'active') !== 'active' || (line.kind === 'change' && standing)
  })
  if (rated) scope.require('enterprise.rate')
  const known = await surroundings(scope, lines, changes)

  const errors: FieldError[] = []
  const units = new Set<EnterpriseId>()
  for (const [at, line] of lines.entries()) {
    const put = (detail: string, field = '') => errors.push({ pointer: `/lines/${at}${field}`, detail })
    const { id, fields } =
      line.kind === 'new' ? { id: line.unit.id, fields: line.unit } : { id: line.id, fields: line.changes }
    if (units.has(id)) put('同一家单位在这一批里出现了两次')
    units.add(id)
    const seen = known.units.get(id)
    if (line.kind === 'new') {
      if (seen) put(`这一行已经导入过，即“${seen.name}”，请重新比对`)
      if (line.unit.activeSince > today) put('日期不能晚于今天', '/activeSince')
    } else if (!seen || seen.mergedInto !== null) put('系统中已没有这家单位，请重新比对')
    else if (seen.version !== line.version) put('他人刚刚修改过这家单位，请重新比对')
    else if (line.changes.standing) {
      const wrong = standingErrors(known.standings.get(id), { on: today, standing: line.changes.standing }, today)
      for (const { detail } of wrong) put(detail, '/standing')
    }
    const [gridId, communityId] = [fields.gridId ?? seen?.gridId, fields.communityId ?? seen?.communityId]
    const grid = gridId && known.grids.get(gridId)
    const moves = line.kind === 'new' || (seen && gridId !== seen.gridId)
    if (moves && (!grid || grid.retiredOn !== null || grid.communityId !== communityId))
      put('所填网格不在所填社区内，或已撤销', '/gridId')
    if (seen && moves && known.open.has(id))
      put('该单位还有未办结隐患，请由街道管理员在“组织与网格”中连同隐患一起划转', '/gridId')
    const holder = fields.creditCode ? known.codes.get(fields.creditCode) : undefined
    if (holder && holder.id !== id) put(`“${holder.name}”已登记此代码，请核对是否为同一家单位`, '/creditCode')
    if (line.kind === 'change') {
      const own = new Set<ContactId>(known.contacts.get(id)?.map((one) => one.id))
      const named = [line.changes.principal ?? null, ...(line.changes.managers ?? [])]
      // Each of them once.
      if (named.some((one) => one?.id !== undefined && !own.delete(one.id)))
        put('联系人刚刚有变动，请重新比对', '/principal')
    }
  }
  if (errors.length > 0) throw new Problem('invalid-input', undefined, errors)

  const entriesOf = (r: Registrar, line: ImportLine) =>
    line.kind === 'new' ? entered(r, line, now, today) : changed(r, line, known, now, today)
  if (lines.every((line) => line.kind === 'change' && !writes(line, known))) return
  await scope.register('enterprise.manage', now, async (r) => {
    const [first, ...others] = (await Promise.all(lines.map((line) => entriesOf(r, line)))).flat()
    if (!first) throw new Problem('stale')
    return [first, ...others]
  })
}

type Known = Awaited<ReturnType<typeof surroundings>>

/** What lines depend on: the units they name, their contacts, grids, codes and open hazards; one round trip. */
async function surroundings(scope: StreetScope, lines: readonly ImportLine[], changes: readonly Change[]) {
  const { enterprises: e, enterpriseContacts: c, grids: g, hazards: h, ...rest } = scope.read('enterprise.manage')
  const { enterpriseChanges: l, select } = rest
  const ids = lines.map((line) => (line.kind === 'new' ? line.unit.id : line.id))
  const fields = lines.map((line) => (line.kind === 'new' ? line.unit : line.changes))
  const [units, contacts, grids, codes, open, standings] = await scope.together([
    select({ mergedInto: e.mergedInto, ...fileColumns(e) })
      .from(e)
      .where(among(e.id, ids)),
    select({ id: c.id, of: c.enterpriseId, role: c.role, name: c.name })
      .from(c)
      .where(
        among(
          c.enterpriseId,
          changes.map(({ id }) => id),
        ),
      )
      .orderBy(asc(c.id)),
    select({ id: g.id, communityId: g.communityId, retiredOn: g.retiredOn })
      .from(g)
      .where(
        among(
          g.id,
          fields.flatMap(({ gridId }) => gridId ?? []),
        ),
      ),
    select({ id: e.id, name: e.name, creditCode: e.creditCode })
      .from(e)
      .where(
        and(
          isNotNull(e.creditCode),
          isNull(e.mergedInto),
          among(
            e.creditCode,
            fields.flatMap(({ creditCode }) => creditCode ?? []),
          ),
        ),
      ),
    select({ of: h.enterpriseId })
      .from(h)
      .where(
        and(
          among(
            h.enterpriseId,
            changes.flatMap(({ id, changes }) => (changes.gridId ? id : [])),
          ),
          isTrue(h.open),
        ),
      ),
    select({ of: l.enterpriseId, on: l.on, standing: l.standing })
      .from(l)
      .where(
        and(
          among(
            l.enterpriseId,
            changes.flatMap(({ id, changes }) => (changes.standing ? id : [])),
          ),
          isNotNull(l.standing),
        ),
      )
      .orderBy(asc(l.version)),
  ])
  const lastStandings = new Map<EnterpriseId, { on: Day; standing: Standing }>()
  for (const { of, on, standing } of standings) if (on && standing) lastStandings.set(of, { on, standing })
  return {
    units: new Map(units.map((one) => [one.id, one])),
    contacts: Map.groupBy(contacts, ({ of }) => of),
    grids: new Map(grids.map((one) => [one.id, one])),
    codes: new Map(codes.map((one) => [one.creditCode, one])),
    open: new Set(open.map(({ of }) => of)),
    standings: lastStandings,
  }
}

async function entered(r: Registrar, { unit }: New, now: number, today: Day): Promise<Entry[]> {
  const { id, activeSince, colour, standing, ...fields } = unit
  const { communityId, gridId, address } = fields
  const row = { ...rowOf(fields), id, communityId, gridId, address, colour }
  const line = { deed: 'entered', on: activeSince, standing: 'active', colour, why } as const
  const entry = await r.enter(row, contactsOf(fields, now), line)
  if (standing === 'active') return [entry]
  // A table says how it stands now; since when, nobody wrote down.
  const stopped = { deed: 'standing', on: today, standing, why } as const
  return [entry, await r.change({ id, version: 1 }, { standing }, stopped)]
}

/** What a line writes anew: the unit's fields as they will be, and which of them differ. */
function edited({ id, changes }: Change, known: Known) {
  const seen = known.units.get(id)
  if (!seen) return null
  const { principal, managers, standing: _, colour: _c, ...plain } = changes
  const before = {
    name: seen.name,
    creditCode: seen.creditCode,
    kind: seen.kind,
    keyPlace: seen.keyPlace,
    sectors: seen.sectors,
    highRisk: seen.highRisk,
    crowded: seen.crowded,
    size: seen.size,
    staff: seen.staff,
    floorArea: seen.floorArea,
    communityId: seen.communityId,
    gridId: seen.gridId,
    address: seen.address,
    position: positionOf(seen),
  }
  // Safe: what came as JSON has no field without a value.
  const after = { ...before, ...(plain as Partial<typeof before>) }
  const present = known.contacts.get(id) ?? []
  const kept = (role: 'principal' | 'manager') =>
    present.filter((one) => one.role === role).map(({ id, name }) => ({ id, name }))
  const people =
    principal === undefined && managers === undefined
      ? null
      : {
          principal: principal === undefined ? (kept('principal')[0] ?? null) : principal,
          managers: managers ?? kept('manager'),
        }
  const fields: FieldName[] = [
    ...changedFields<Partial<Record<FieldName, unknown>>>(before, after),
    ...(principal === undefined ? [] : (['principal'] as const)),
    ...(managers === undefined ? [] : (['managers'] as const)),
  ]
  return { after, people, present: present.map((one) => one.id), fields }
}

const writes = (line: Change, known: Known) =>
  line.changes.standing !== undefined ||
  (line.changes.colour !== undefined && line.changes.colour !== known.units.get(line.id)?.colour) ||
  (edited(line, known)?.fields.length ?? 0) > 0

async function changed(r: Registrar, line: Change, known: Known, now: number, today: Day): Promise<Entry[]> {
  const { id, changes } = line
  const { standing, colour } = changes
  const entries: Entry[] = []
  const seen = () => ({ id, version: line.version + entries.length })
  const edit = edited(line, known)
  if (edit && edit.fields.length > 0) {
    const { after, people, present, fields } = edit
    const columns = rowOf({ ...after, principal: null, managers: [] })
    const contacts = people ? { contacts: contactsOf(people, now), present } : undefined
    entries.push(await r.change(seen(), columns, { deed: 'edited', fields, why }, contacts))
  }
  if (colour && colour !== known.units.get(id)?.colour)
    entries.push(await r.change(seen(), { colour }, { deed: 'colour', colour, why }))
  if (standing) entries.push(await r.change(seen(), { standing }, { deed: 'standing', on: today, standing, why }))
  return entries
}

/** How the street's tables of units are read; null while nobody has said so. */
export async function keptMapping(scope: StreetScope): Promise<Mapping | null> {
  const { importMappings: m, select } = scope.read('enterprise.manage')
  const [found] = await select({ mapping: m.mapping }).from(m).where(eq(m.what, 'enterprises'))
  return found?.mapping ?? null
}

/** Keeps it for the next file. Throws `rule-broken` to who reaches but a part of it. */
export async function keepMapping(scope: StreetScope, mapping: Mapping, now: number): Promise<void> {
  requireWhole(scope)
  await scope.change('enterprise.manage', { subject: 'import-mapping', at: now }, (k) => [
    k.map({ what: 'enterprises', mapping, by: scope.actor.id, at: now }),
  ])
}
