import { checkOf, type CreditCode } from '@app/shared/enterprises/credit-code'
import { compactName } from '@app/shared/enterprises/merging'
import type { Colour, ContactRole, Kind, Size, Standing } from '@app/shared/enterprises/words'
import type { KeyPlace, Sector } from '@app/shared/hazards/words'
import { type ContactId, idFrom, type MeasureId, type RiskPointId } from '@app/shared/ids'
import type { UnitThen } from '@app/shared/inspections/schema'
import { addDays, type Day, startOfDay } from '@app/shared/time'
import type {
  enterpriseChanges,
  enterpriseContacts,
  enterprises,
  enterpriseSectors,
  riskPointChanges,
  riskPoints,
} from '../../worker/db/ledger'
import { initialsOf } from '../../worker/pinyin'
import type { Street } from './places'
import { randomFrom } from './random'

interface Profile {
  readonly kind: Kind
  readonly sectors: readonly Sector[]
  readonly colours: readonly Colour[]
  readonly highRisk?: string
  readonly crowded?: true
}

/** What units of each kind of place are like. */
const profiles: Record<KeyPlace, Profile> = {
  'nine-small': { kind: 'individual', sectors: ['fire', 'gas'], colours: ['yellow', 'orange', 'blue'] },
  'e-bike': { kind: 'individual', sectors: ['fire', 'electricity'], colours: ['orange', 'red'] },
  rental: { kind: 'self-built', sectors: ['housing', 'fire'], colours: ['yellow', 'orange'] },
  mall: { kind: 'gathering', sectors: ['fire'], colours: ['orange'], crowded: true },
  construction: {
    kind: 'enterprise',
    sectors: ['construction'],
    colours: ['red', 'orange'],
    highRisk: '建设施工属高危行业领域',
  },
  enterprise: { kind: 'enterprise', sectors: ['electricity', 'equipment'], colours: ['orange', 'yellow'] },
  school: { kind: 'sensitive', sectors: ['education', 'fire'], colours: ['yellow'], crowded: true },
  medical: { kind: 'sensitive', sectors: ['fire'], colours: ['yellow', 'orange'], crowded: true },
}

/** Invented risk points: part, what can happen, why it is of its level, and what holds it in check. */
const riskWords: readonly (readonly [string, string, string, readonly string[]])[] = [
  [
    '配电箱及电气线路',
    '线路过热引发火灾',
    '用电负荷高、线路较旧（演示数据）',
    ['每周检查线路和开关，发现发热、破损立即更换', '下班后切断非必要电源'],
  ],
  [
    '疏散通道和安全出口',
    '人员不能及时疏散',
    '营业期间人员较多（演示数据）',
    ['每日巡查疏散通道，发现堵塞当场清理', '每半年组织一次疏散演练'],
  ],
]

const since = '2025-01-06' as Day

/** The register of one street's invented units: fields, sectors, files and contacts without numbers. */
export function registerOf({ id: streetId, slug, enterprises: units, admin, inspectors }: Street) {
  const random = randomFrom(`${slug} register`)
  const rows = {
    units: [] as (typeof enterprises.$inferInsert)[],
    sectors: [] as (typeof enterpriseSectors.$inferInsert)[],
    changes: [] as (typeof enterpriseChanges.$inferInsert)[],
    contacts: [] as (typeof enterpriseContacts.$inferInsert)[],
    points: [] as (typeof riskPoints.$inferInsert)[],
    pointChanges: [] as (typeof riskPointChanges.$inferInsert)[],
  }
  for (const [at, { id, name, address, keyPlace, grid, principal }] of units.entries()) {
    const { kind, sectors, colours, highRisk = null, crowded = false } = profiles[keyPlace]
    const colour = random.chance(0.85) ? random.pick(colours) : null
    const standing: Standing = at % 12 === 11 ? 'suspended' : 'active'
    const staff = random.int(2, 60)
    const size: Size = staff < 10 ? 'micro' : staff < 40 ? 'small' : 'medium'
    const line = { streetId, enterpriseId: id, fields: [] }
    rows.changes.push({
      ...line,
      version: 1,
      deed: 'entered',
      on: since,
      standing: 'active',
      by: admin.id,
      at: startOfDay(since),
    })
    let version = 1
    const rated = addDays(since, random.int(20, 90))
    const by = random.pick(inspectors).id
    if (colour !== null)
      rows.changes.push({
        ...line,
        version: ++version,
        deed: 'colour',
        colour,
        why: '年度风险辨识',
        by,
        at: startOfDay(rated),
      })
    const left = addDays(rated, random.int(10, 60))
    if (standing !== 'active')
      rows.changes.push({
        ...line,
        version: ++version,
        deed: 'standing',
        on: left,
        standing,
        why: '装修停业',
        by,
        at: startOfDay(left),
      })
    rows.units.push({
      streetId,
      id,
      communityId: grid.communityId,
      gridId: grid.id,
      name,
      address,
      keyPlace,
      principalId: principal?.id ?? null,
      initials: initialsOf(name),
      compactName: compactName(name),
      // A rented house has none.
      creditCode: kind === 'self-built' || kind === 'unmanaged' ? null : codeOf(kind, at),
      kind,
      sectors: [...sectors],
      highRisk,
      crowded,
      size,
      staff,
      floorArea: staff * random.int(8, 30),
      standing,
      colour,
      version,
      updatedAt: startOfDay(since),
    })
    rows.sectors.push(...sectors.map((sector) => ({ streetId, sector, name, enterpriseId: id })))
    // The graver ones list what can come to harm in them.
    for (const [name, accident, reason, measures] of colour === 'red' || colour === 'orange' ? riskWords : []) {
      const pointId = idFrom<RiskPointId>('rsk', startOfDay(rated), random.bytes(16))
      const held = measures.map((words) => ({
        id: idFrom<MeasureId>('msr', startOfDay(rated), random.bytes(16)),
        words,
        owner: '值班负责人（演示数据）',
        days: random.pick([1, 7, 30]),
      }))
      const fields = { name, accident, reason, measures: held }
      rows.points.push({
        streetId,
        id: pointId,
        enterpriseId: id,
        ...fields,
        level: colour ?? 'blue',
        retiredOn: null,
        version: 1,
        updatedAt: startOfDay(rated),
      })
      rows.pointChanges.push({
        streetId,
        pointId,
        version: 1,
        deed: 'entered',
        level: colour ?? 'blue',
        words: { ...fields, why: null },
        by,
        at: startOfDay(rated),
      })
    }
    const contact = (role: ContactRole, called: string) =>
      rows.contacts.push({
        streetId,
        id: idFrom<ContactId>('con', startOfDay(since), random.bytes(16)),
        enterpriseId: id,
        role,
        name: called,
      })
    contact('principal', principal?.name ?? `示例负责人${at + 1}`)
    if (staff >= 10) contact('manager', `示例安全员${at + 1}`)
  }
  return rows
}

/** A street's invented units by their ids. */
export const unitsOf = (street: Street) => new Map(registerOf(street).units.map((unit) => [unit.id, unit]))

/** How a unit is written down in a record of the day. */
export function thenOf(unit: typeof enterprises.$inferInsert): UnitThen {
  const { name, address, creditCode = null, kind = 'enterprise', keyPlace = null } = unit
  const { sectors = [], crowded = false, highRisk = null } = unit
  return { name, address, creditCode, kind, keyPlace, sectors: [...sectors], crowded, highRisk }
}

/** An invented code: of no registry, with the check character that belongs to it. */
function codeOf(kind: Kind, nth: number): CreditCode {
  const first = `${kind === 'individual' ? '92' : '91'}000000MADEM0${String(nth).padStart(3, '0')}`
  // Safe: made by the rule that checks it.
  return `${first}${checkOf(first)}` as CreditCode
}
