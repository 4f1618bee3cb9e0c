import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { hazardNumber } from '@app/shared/hazards/number'
import { categories, type Sector, type Stage } from '@app/shared/hazards/words'
import {
  type ChargeId,
  type CommunityId,
  type DistrictId,
  type GridId,
  type HazardId,
  idFrom,
  type PersonId,
  type PostId,
  type SeatId,
  type UnitId,
} from '@app/shared/ids'
import type { Seat } from '@app/shared/organisation/words'
import { firstScheme } from '@app/shared/schemes/schema'
import { addMonths, type Day, hour, type Month, monthOf, startOfDay, yearOf } from '@app/shared/time'
import * as directory from '../../worker/db/directory'
import * as ledger from '../../worker/db/ledger'
import { filingsOf } from './filings'
import { type Failed, failedIn, inspectionsOf, lastChecked } from './inspections'
import { registerOf } from './register'
import { selfchecksOf } from './selfchecks'
import { initialsOf } from '../../worker/pinyin'
import { type DemoAccount, demoAccounts, demoPasswordHash } from './accounts'
import type { Picture } from './pictures'
import { demoDistricts, type District, type Person, type Street } from './places'
import { type Plan, plansOf } from './plans'
import { randomFrom } from './random'
import { HazardRecord, type HazardRows } from './record'

/** Rows of one table. */
export interface TableRows {
  readonly table: SQLiteTable
  readonly rows: readonly object[]
}

/** All rows and objects of the demonstration; tables in the order in which they may be filled. */
export interface Demo {
  readonly directory: TableRows[]
  readonly ledgers: Map<string, TableRows[]>
  readonly pictures: readonly (Picture & { streetId: string })[]
  readonly districts: readonly District[]
  readonly hazards: ReadonlyMap<Street, readonly HazardRows[]>
}

/** By whose slug it is known that the demonstration has been loaded. */
export const demoSlug = 'zetdz'

/** So many of the latest hazards have pictures; the older ones' are said to be archived. */
const pictured = 150

/** The instants, oldest first, at which the product scores the last three months that are closed by now. */
export function closingsOf(now: number): number[] {
  const closingOf = (month: Month) => startOfDay(`${addMonths(month, 1)}-04` as Day) + hour
  const months = [1, 2, 3, 4].map((ago) => addMonths(monthOf(now), -ago))
  return months
    .map(closingOf)
    .filter((at) => at <= now)
    .slice(0, 3)
    .toReversed()
}

/** Makes the demonstration as it is loaded on this day; the same day makes the same. */
export async function demoOf(today: Day): Promise<Demo> {
  const districts = demoDistricts()
  const streets = districts.flatMap((district) => district.streets)
  const plans = streets.map((street) => plansOf(street, today).toSorted((a, b) => a.filing.at - b.filing.at))
  const latest = plans
    .flat()
    .toSorted((a, b) => b.filing.at - a.filing.at)
    .slice(0, pictured)
  const failed = streets.map((street, at) => failedIn(street, plans[at] ?? []))
  const shown = new Set([...latest, ...failed.flatMap((found) => [...found.keys()])])

  const hazards = new Map<Street, HazardRows[]>()
  for (const [at, street] of streets.entries())
    hazards.set(street, await carryOut(street, plans[at] ?? [], shown, failed[at] ?? new Map(), today))
  const checks = new Map<Street, Awaited<ReturnType<typeof inspectionsOf>>>()
  for (const [at, street] of streets.entries())
    checks.set(
      street,
      await inspectionsOf(street, plans[at] ?? [], hazards.get(street) ?? [], failed[at] ?? new Map(), today),
    )
  const selfchecks = new Map<Street, Awaited<ReturnType<typeof selfchecksOf>>>()
  for (const street of streets) selfchecks.set(street, await selfchecksOf(street, today))
  const pictures = Array.from(hazards, ([{ id: streetId }, rows]) =>
    rows.flatMap((row) => row.pictures.map((picture) => ({ ...picture, streetId }))),
  ).flat()
  const filed = new Map<Street, Awaited<ReturnType<typeof filingsOf>>>()
  for (const street of streets) filed.set(street, await filingsOf(street, today))
  const ledgers = new Map(
    districts.map((district) => [district.ledger, ledgerRows(district, hazards, { checks, filed, selfchecks }, today)]),
  )
  return { directory: directoryRows(districts), ledgers, pictures, districts, hazards }
}

/** Files a street's hazards in the order they arrived and does to each what was planned, up to the last day. */
async function carryOut(
  street: Street,
  plans: readonly Plan[],
  shown: ReadonlySet<Plan>,
  failed: ReadonlyMap<Plan, Failed>,
  today: Day,
): Promise<HazardRows[]> {
  const until = startOfDay(today)
  const serials = new Map<number, number>()
  const all: HazardRows[] = []
  for (const [index, plan] of plans.entries()) {
    const { filing, steps } = plan
    const random = randomFrom(`${street.slug} ${today} ${index}`)
    const year = yearOf(filing.at)
    const serial = (serials.get(year) ?? 0) + 1
    serials.set(year, serial)
    const id = idFrom<HazardId>('haz', filing.observedAt, random.bytes(16))
    const scene = (stage: Stage, nth: number) => ({
      category: filing.category,
      stage,
      place: id,
      shot: `${id} ${stage} ${nth}`,
    })
    const { by, at, grid, enterprise, category, source, level, description, place, observedAt } = filing
    const draft = {
      id,
      communityId: grid.communityId,
      gridId: grid.id,
      enterpriseId: enterprise?.id ?? null,
      place,
      category,
      sector: categories[category].sector,
      keyPlace: enterprise?.keyPlace ?? categories[category].keyPlace,
      source,
      description,
      level,
      observedAt,
    }
    const views = shown.has(plan) ? (random.chance(0.06) ? 2 : 1) : 0
    const scenes = Array.from({ length: views }, (_, nth) => scene('before', nth))
    const numbered = { number: hazardNumber(street.shortName, year, serial), serial }
    const record = await HazardRecord.file(street, random, by, draft, numbered, {
      at,
      scenes,
      dueOn: failed.get(plan)?.dueOn,
    })
    for (const [nth, step] of steps.entries()) {
      if (step.at >= until) break
      const taken = step.stage && shown.has(plan) ? [scene(step.stage, nth)] : []
      await record.act(step.by, step.doing, { ...step, scenes: taken })
    }
    all.push(record.rows)
  }
  return all
}

/** What was found at each street's enterprises, and what they sent in. */
interface Kept {
  readonly checks: ReadonlyMap<Street, Awaited<ReturnType<typeof inspectionsOf>>>
  readonly filed: ReadonlyMap<Street, readonly object[]>
  readonly selfchecks: ReadonlyMap<Street, Awaited<ReturnType<typeof selfchecksOf>>>
}

function ledgerRows(
  district: District,
  hazards: ReadonlyMap<Street, readonly HazardRows[]>,
  { checks, filed, selfchecks }: Kept,
  today: Day,
): TableRows[] {
  const { streets, id: districtId } = district
  const since = startOfDay('2025-01-06' as Day)
  const positioned = <T extends object>(street: Street, rows: readonly T[]) =>
    rows.map((row, position) => ({ streetId: street.id, position, ...row }))
  const done = streets.flatMap((street) => hazards.get(street) ?? [])
  const scheme = firstScheme(addMonths(monthOf(startOfDay(today)), -12))
  return [
    rowsOf(
      ledger.people,
      streets.flatMap(({ id: streetId, people }) =>
        people.map(({ id, name }) => ({ streetId, id, name, initials: initialsOf(name), since, until: null })),
      ),
    ),
    rowsOf(
      ledger.posts,
      streets.flatMap(({ id: streetId, people }) =>
        people.map(({ id: personId, role, reach, title = null }) => ({
          streetId,
          id: postIdOf(personId),
          personId,
          role,
          reach,
          enterpriseId: reach.within === 'enterprise' ? reach.ids[0] : null,
          title,
          since,
        })),
      ),
    ),
    rowsOf(ledger.charges, streets.flatMap(chargesOf)),
    rowsOf(ledger.units, streets.flatMap(unitsOf)),
    rowsOf(ledger.seats, streets.flatMap(seatsOf)),
    rowsOf(
      ledger.communities,
      streets.flatMap((street) => positioned(street, street.communities)),
    ),
    rowsOf(
      ledger.grids,
      streets.flatMap((street) =>
        positioned(
          street,
          street.grids.map(({ id, name, communityId }) => ({ id, name, communityId })),
        ),
      ),
    ),
    ...streets.flatMap((street) => {
      const { units, sectors, changes, contacts, points, pointChanges } = registerOf(street)
      const last = lastChecked(checks.get(street)?.inspections ?? [])
      return [
        rowsOf(
          ledger.enterprises,
          units.map((unit) => ({ ...unit, inspectedOn: last.get(unit.id) ?? null })),
        ),
        rowsOf(ledger.enterpriseSectors, sectors),
        rowsOf(ledger.enterpriseChanges, changes),
        rowsOf(ledger.enterpriseContacts, contacts),
        rowsOf(ledger.riskPoints, points),
        rowsOf(ledger.riskPointChanges, pointChanges),
      ]
    }),
    rowsOf(
      ledger.filings,
      streets.flatMap((street) => filed.get(street) ?? []),
    ),
    rowsOf(
      ledger.hazards,
      done.map(({ hazard }) => hazard),
    ),
    rowsOf(
      ledger.hazardRounds,
      done.flatMap(({ rounds }) => rounds),
    ),
    rowsOf(
      ledger.hazardEvents,
      done.flatMap(({ events }) => events),
    ),
    rowsOf(
      ledger.photos,
      done.flatMap(({ photos }) => photos),
    ),
    rowsOf(
      ledger.hazardPhotos,
      done.flatMap(({ hazardPhotos }) => hazardPhotos),
    ),
    rowsOf(
      ledger.inspections,
      streets.flatMap((street) => checks.get(street)?.inspections ?? []),
    ),
    rowsOf(
      ledger.inspectionFindings,
      streets.flatMap((street) => checks.get(street)?.findings ?? []),
    ),
    rowsOf(
      ledger.inspectionPhotos,
      streets.flatMap((street) => checks.get(street)?.photos ?? []),
    ),
    rowsOf(
      ledger.selfchecks,
      streets.flatMap((street) => selfchecks.get(street)?.rows ?? []),
    ),
    rowsOf(ledger.auditLog, [
      ...done.flatMap(({ auditLog }) => auditLog),
      ...streets.flatMap((street) => checks.get(street)?.audits ?? []),
      ...streets.flatMap((street) => selfchecks.get(street)?.audits ?? []),
    ]),
    rowsOf(
      ledger.accessLog,
      done.flatMap(({ accessLog }) => accessLog),
    ),
    rowsOf(
      ledger.counters,
      streets.flatMap((street) => countersOf(street, hazards.get(street) ?? [])),
    ),
    rowsOf(
      ledger.overseers,
      district.people.map(({ id, name, role }) => ({ districtId, id, name, role, since: startOfDay(firstDay) })),
    ),
    rowsOf(ledger.districtUnits, districtUnitsOf(districtId)),
    rowsOf(
      ledger.decisions,
      done.flatMap(({ decisions }) => decisions),
    ),
    rowsOf(ledger.schemes, [{ districtId, version: scheme.version, from: scheme.from, body: scheme }]),
  ]
}

const firstDay = '2025-01-06' as Day

/** A person of the demonstration has one post, whose id is made from theirs. */
const postIdOf = (person: PersonId) => person.replace('usr_', 'pst_') as PostId

/** 双包, with a gap of each kind for the alarm to show: the last community and the last grid are nobody's. */
function chargesOf({ id: streetId, slug, communities, grids, leaders, inspectors }: Street) {
  const random = randomFrom(`${slug} charges`)
  const charge = (placeId: CommunityId | GridId, kind: 'leader' | 'cadre', person: { id: PersonId } | undefined) =>
    person
      ? [
          {
            streetId,
            id: idFrom<ChargeId>('chg', startOfDay(firstDay), random.bytes(16)),
            placeId,
            kind,
            personId: person.id,
            from: firstDay,
            until: null,
          },
        ]
      : []
  return [
    ...communities.slice(0, -1).flatMap(({ id }, at) => charge(id, 'leader', leaders[at % leaders.length])),
    ...grids.slice(0, -1).flatMap(({ id }, at) => charge(id, 'cadre', inspectors[at % inspectors.length])),
  ]
}

function unitsFor<O>(owner: O, seed: string) {
  const random = randomFrom(`${seed} units`)
  return (name: string, leads: Sector[], joins: Sector[]) => ({
    ...owner,
    id: idFrom<UnitId>('unt', startOfDay(firstDay), random.bytes(16)),
    name,
    leads,
    joins,
    basis: '演示数据',
    retiredOn: null,
  })
}

/** Invented member units: who leads what is not any street's real division of duties. */
function unitsOf({ id: streetId, slug }: Street) {
  const unit = unitsFor({ streetId }, slug)
  return [
    unit('应急管理办公室（示例）', ['fire', 'chemicals', 'new-forms'], ['gas', 'construction']),
    unit('城市建设办公室（示例）', ['gas', 'construction', 'housing'], ['fire']),
    unit('综合行政执法队（示例）', ['traffic'], ['fire', 'new-forms']),
    unit('公共服务办公室（示例）', ['education'], ['fire']),
  ]
}

/** Likewise of a district; one sector is left without a lead, for the alarm to show. */
function districtUnitsOf(districtId: DistrictId) {
  const unit = unitsFor({ districtId }, districtId)
  return [
    unit('应急管理部门（示例）', ['fire', 'chemicals'], ['new-forms']),
    unit('住房建设部门（示例）', ['gas', 'construction', 'housing'], ['fire']),
    unit('教育部门（示例）', ['education'], ['fire']),
  ]
}

/** 领导小组 in the posts of clause 4.1-a. */
function seatsOf({ id: streetId, slug, leaders, admin }: Street) {
  const random = randomFrom(`${slug} seats`)
  const seats = ['head', 'executive-deputy', 'deputy', 'deputy'] as const
  const sits = (seat: Seat, { id: personId, name, title = '' }: { id: PersonId; name: string; title?: string }) => ({
    streetId,
    id: idFrom<SeatId>('sea', startOfDay(firstDay), random.bytes(16)),
    seat,
    personId,
    name,
    title,
    from: firstDay,
    until: null,
  })
  return [
    ...leaders.map((leader, at) => sits(seats[at] ?? 'deputy', leader)),
    sits('member', { ...admin, title: '应急办主任' }),
  ]
}

function countersOf(street: Street, hazards: readonly HazardRows[]): (typeof ledger.counters.$inferInsert)[] {
  const last = new Map(hazards.map(({ hazard }) => [hazard.year, hazard.serial]))
  return Array.from(last, ([year, serial]) => ({ streetId: street.id, series: 'hazard', year, last: serial }))
}

function directoryRows(districts: readonly District[]): TableRows[] {
  const at = new Date(startOfDay('2025-01-06' as Day))
  const since = at.getTime()
  const random = randomFrom('accounts')
  const password = demoPasswordHash(random.bytes(16))
  const operator = {
    id: idFrom<Person['id']>('usr', since, random.bytes(16)),
    name: '平台运维',
    role: 'operator' as const,
  }
  const signedUp = demoAccounts.map((account) => ({ account, ...personOf(account, districts, operator) }))
  const streets = districts.flatMap(({ id: districtId, ledger: name, streets }) =>
    streets.map((street) => ({ ...street, districtId, ledger: name })),
  )
  // Everybody with a post is known to the directory, as in a street that is really used; few have a password.
  const named = new Map(signedUp.map(({ account: { username }, person: { id } }) => [id, username]))
  const everybody = [
    ...signedUp.map(({ person }) => person),
    ...streets.flatMap(({ people }) => people.filter(({ id }) => !named.has(id))),
  ].map(({ id, name }) => ({ id, name, username: named.get(id) ?? `demo.${id.slice(-16)}` }))
  return [
    rowsOf(
      directory.users,
      everybody.map(({ id, name, username }) => ({
        id,
        name,
        email: `${username}@zhiben.invalid`,
        emailVerified: false,
        image: null,
        username,
        displayUsername: username,
        // Who looks at a demonstration is nobody whose data are kept; an account that is opened in it is told.
        noticeSeenAt: since,
        createdAt: at,
        updatedAt: at,
      })),
    ),
    rowsOf(
      directory.accounts,
      signedUp.map(({ person: { id: userId } }) => ({
        id: idFrom('acc', since, random.bytes(16)),
        accountId: userId,
        providerId: 'credential',
        userId,
        password,
        oneTime: false,
        createdAt: at,
        updatedAt: at,
      })),
    ),
    rowsOf(
      directory.districts,
      districts.map(({ id, slug, name, ledger: kept }) => ({
        id,
        slug,
        name,
        ledger: kept,
        demo: true,
        state: 'active',
        suspendedAt: null,
      })),
    ),
    rowsOf(
      directory.streets,
      streets.map(({ id, districtId, ledger: kept, slug, name, shortName, statCode }) => ({
        id,
        districtId,
        ledger: kept,
        slug,
        name,
        shortName,
        statCode,
        state: 'active',
        suspendedAt: null,
      })),
    ),
    rowsOf(
      directory.streetPosts,
      streets.flatMap(({ id: streetId, people }) =>
        people.map(({ id, role, reach, title = null }) => ({
          id: postIdOf(id),
          streetId,
          userId: id,
          role,
          reach,
          title,
          state: 'active',
          since,
        })),
      ),
    ),
    rowsOf(
      directory.districtPosts,
      signedUp.flatMap(({ district, person }) =>
        district
          ? [{ districtId: district.id, userId: person.id, role: person.role, sectors: null, state: 'active', since }]
          : [],
      ),
    ),
    rowsOf(directory.operators, [{ userId: operator.id }]),
    rowsOf(directory.slugs, [
      ...streets.map(({ slug, id }) => ({ slug, kind: 'street', id })),
      ...districts.map(({ slug, id }) => ({ slug, kind: 'district', id })),
    ]),
  ]
}

/** Whose account it is: the first person of that role there who has none yet. */
function personOf(
  account: DemoAccount,
  districts: readonly District[],
  operator: Person,
): { person: Person; street?: Street; district?: District } {
  if (account.kind === 'platform') return { person: operator }
  const before = demoAccounts.slice(0, demoAccounts.indexOf(account))
  const nth = before.filter(
    (one) => one.kind === account.kind && one.slug === account.slug && one.role === account.role,
  ).length
  const streets = districts.flatMap((district) => district.streets)
  const street = streets.find(({ slug }) => account.kind === 'street' && slug === account.slug)
  const district = districts.find(({ slug }) => account.kind === 'district' && slug === account.slug)
  const person = (street ?? district)?.people.filter(({ role }) => role === account.role)[nth]
  if (!person) throw new Error(`Nobody for ${account.username}`)
  return { person, ...(street && { street }), ...(district && { district }) }
}

function rowsOf<T extends SQLiteTable>(table: T, rows: readonly object[]): TableRows {
  return { table, rows }
}
