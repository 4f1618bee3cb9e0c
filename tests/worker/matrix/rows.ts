import { defaultPolicy } from '@app/shared/accounts/policy'
import type { HazardId } from '@app/shared/ids'
import { itemsOf } from '@app/shared/checklists/answering'
import { shipped } from '@app/shared/checklists/shipped/all'
import { firstScheme, indicatorCodes } from '@app/shared/schemes/schema'
import { type Day, type Month, startOfDay } from '@app/shared/time'
import { hexMark, mark, type Code, type DistrictCode, type StreetCode, variants } from './markers'

/** Whose row is being made, and which. */
export interface Spot {
  readonly tenant: Code
  readonly variant: string
  readonly districtId: string
  /** The street's, or for a district the first of its streets. */
  readonly streetId: string
  /** The id of a street by its code. */
  readonly street: (code: string) => string
  /** Another column of another table's row of the same tenant and variant. */
  readonly of: (table: string, column?: string) => string
  /** The telephone number of this row's person or contact under the street's key; it opens to a marker. */
  readonly phone: (table: 'people' | 'enterpriseContacts') => string
  /** The SHA-256 of the district's frozen facts. */
  readonly factsHash: string
}

export const eventDay = '2026-09-20' as Day

const nth = ({ variant }: Spot) => variants.indexOf(variant as never) + 1
const onGrid = (variant: string) => ['mid', 'near'].includes(variant)
const within = (spot: Spot) => ['in', 'mid'].includes(spot.variant)

/**
 * Columns that cannot hold just any text, number or list, by `table.column`. Everything else of a table is filled from
 * its definition: texts with a marker, lists with one, instants with a time, references by following them.
 */
export const special: Record<string, (spot: Spot) => unknown> = {
  'hazards.year': () => 2026,
  'hazards.serial': nth,
  // A member unit of the district that leads gas sees `in` and `mid`, and not the others.
  'hazards.sector': (spot) => (within(spot) ? 'gas' : 'fire'),
  'hazards.open': () => true,
  // A day whose events the anchor's job has to seal.
  'hazardEvents.receivedAt': () => startOfDay(eventDay) + 1,
  'photos.id': ({ tenant, variant }) => hexMark(tenant, variant),
  'photos.state': () => 'kept',
  'photos.bound': () => true,
  'answers.status': () => 200,
  'districtAnswers.status': () => 200,
  'counters.year': (spot) => 2027 - nth(spot),
  'counters.last': () => 100,
  'accessLog.subject': ({ of }) => of('hazards'),
  'people.phoneSealed': ({ phone }) => phone('people'),
  'enterpriseContacts.phoneSealed': ({ phone }) => phone('enterpriseContacts'),
  'enterprises.mergedInto': () => null,
  'enterprises.standing': () => 'active',
  'enterprises.sectors': () => ['gas'],
  'enterpriseSectors.sector': () => 'gas',
  'enterpriseChanges.version': () => 1,
  'enterpriseChanges.on': () => '2026-01-01',
  'enterpriseChanges.standing': () => 'active',
  'inspections.unit': ({ tenant, variant }) => {
    const name = mark(tenant, 'inspections', 'unit', variant)
    const plain = { keyPlace: null, sectors: ['gas'], crowded: false, highRisk: null, creditCode: null }
    return { name, address: name, kind: 'enterprise', ...plain }
  },
  'inspections.templateId': () => shipped[0]?.id,
  'inspections.templateVersion': () => 1,
  'inspections.answers': ({ of }) => [
    {
      item: itemsOf(shipped[0] ?? { sections: [] })[0]?.key,
      result: 'fail',
      words: null,
      suspected: null,
      dueOn: null,
      photos: [of('photos')],
      after: [],
    },
  ],
  'inspections.words': ({ tenant, variant }) => {
    const name = mark(tenant, 'inspections', 'words', variant)
    const signature = { how: 'typed', name }
    return { signature, ending: { how: 'signed', name, signature, opinion: name }, said: {}, why: name }
  },
  'inspections.others': ({ of }) => [of('people')],
  'inspections.supersedes': () => null,
  'inspections.latest': () => true,
  'inspectionFindings.item': () => itemsOf(shipped[0] ?? { sections: [] })[0]?.key,
  'inspectionFindings.basis': ({ tenant, variant }) => [
    { id: mark(tenant, 'inspectionFindings', 'basis', variant), version: 1 },
  ],
  'draws.turn': () => 1,
  'draws.from': () => ({ kind: null, sector: null, colour: null, communityId: null, uncheckedSince: null }),
  'draws.units': ({ of }) => [of('enterprises')],
  'draws.inspectors': ({ of }) => [of('people')],
  'draws.excused': ({ of }) => [of('people')],
  'draws.drawn': ({ tenant, variant, of }) => {
    const name = mark(tenant, 'draws', 'drawn', variant)
    return [{ id: of('enterprises'), name, address: name, inspectors: [of('people')] }]
  },
  'draws.words': ({ tenant, variant, of }) => {
    const words = mark(tenant, 'draws', 'words', variant)
    return { why: words, excused: { [of('people')]: words } }
  },
  'draws.until': () => '2026-12-31',
  'drawAssignments.others': ({ of }) => [of('people')],
  'drawAssignments.until': () => '2026-12-31',
  'drawAssignments.open': () => true,
  'posts.role': () => 'inspector',
  'posts.reach': ({ of }) => ({ within: 'grids', ids: [of('grids')] }),
  'posts.unitId': ({ of }) => of('units'),
  'communities.retiredOn': () => null,
  'grids.retiredOn': () => null,
  'units.retiredOn': () => null,
  'placeChanges.placeId': ({ of }) => of('grids'),
  'placeChanges.toId': ({ of }) => of('communities'),
  // A community has one leader, and three of these lie in one.
  'charges.kind': ({ variant }) => (onGrid(variant) ? 'cadre' : 'leader'),
  'charges.placeId': ({ variant, of }) => of(onGrid(variant) ? 'grids' : 'communities'),
  'charges.from': () => '2026-01-01',
  'charges.until': () => null,
  'seats.seat': () => 'member',
  'seats.from': () => '2026-01-01',
  'seats.until': () => null,
  'settings.key': (spot) => ['contact.office', 'contact.phone', 'letter.name', 'letter.style'][nth(spot) - 1],
  'settings.value': ({ tenant, variant }) => mark(tenant, 'settings', 'value', variant),
  // Only the first is looked for; its table has one row a street.
  'importMappings.what': (spot) => ['enterprises', 'two', 'three', 'four'][nth(spot) - 1],
  'importMappings.mapping': ({ tenant, variant }) => ({
    headings: { [mark(tenant, 'importMappings', 'mapping', variant)]: null },
    fixed: {},
    words: {},
  }),
  'streetExports.state': () => 'ready',
  'streetExports.expiresAt': () => Date.now() + 86_400_000,
  'districtUnits.retiredOn': () => null,
  'overseers.role': () => 'district-admin',
  'schemes.version': nth,
  'schemes.from': (spot) => (spot.variant === 'in' ? '2025-01' : '2030-01'),
  'schemes.body': ({ tenant, variant }) => ({
    ...firstScheme('2025-01' as Month),
    version: variant === 'in' ? 1 : 4,
    title: mark(tenant, 'schemes', 'body', variant),
  }),
  'snapshots.factsHash': ({ factsHash }) => factsHash,
  'streetScores.streetId': ({ variant, street }) => street(variant),
  'streetScores.grade': () => 'good',
  'streetScores.lines': () =>
    indicatorCodes.map((code) => ({ code, numerator: 1, denominator: 2, weight: 20, points: 10 })),
  'notices.state': ({ variant }) => (variant === 'in' ? 'draft' : 'published'),
  'notices.publishedAt': ({ variant }) => (variant === 'in' ? null : Date.now() - 3_600_000),
  'notices.words': ({ tenant, variant }) => {
    const text = mark(tenant, 'notices', 'words', variant)
    return { title: text, addressees: text, opening: text, praise: text, problems: text, demands: text, issuer: text }
  },
  'jobs.state': () => 'done',
  'districts.state': () => 'active',
  'streets.state': () => 'active',
  'streetPosts.id': ({ tenant, variant, of }) =>
    variants.includes(variant as never) ? of('posts') : `pst_${mark(tenant, 'streetPosts', 'id', variant)}`,
  'streetPosts.until': () => null,
  'invitedPosts.role': () => 'inspector',
  'invitedPosts.reach': ({ of }) => ({ within: 'grids', ids: [of('grids')] }),
  'invitedPosts.from': () => null,
  'invitedPosts.until': () => null,
  'invitedPosts.expiresAt': () => Date.now() + 86_400_000,
  'invitedPosts.takenBy': () => null,
  'sessions.stage': () => 'full',
  'sessions.deviceHash': () => null,
  // Fresh enough for whatever asks for the password again.
  'sessions.verifiedAt': () => Date.now() + 4e10,
  'securityEvents.seq': ({ tenant }) => 1 + ['sa', 'sb', 'sx', 'da', 'dx'].indexOf(tenant),
  'securityEvents.detail': ({ tenant, variant }) => mark(tenant, 'securityEvents', 'detail', variant),
  ...Object.fromEntries(
    Object.entries(defaultPolicy).map(([name, value]) => [`securityPolicies.${name}`, () => value] as const),
  ),
  'streetMoves.state': () => 'released',
  'streetMoves.fromDistrict': ({ districtId }) => districtId,
  'streetMoves.fromLedger': ({ tenant }) => (districtOf(tenant) === 'da' ? 'LEDGER_01' : 'LEDGER_02'),
  'streetMoves.toDistrict': ({ tenant, street }) => street(districtOf(tenant) === 'da' ? 'dx' : 'da'),
  'streetMoves.toLedger': ({ tenant }) => (districtOf(tenant) === 'da' ? 'LEDGER_02' : 'LEDGER_01'),
  'streetImports.state': () => 'uploading',
  'users.email': ({ tenant, variant }) => `${mark(tenant, 'users', 'email', variant)}@test.invalid`,
}

/** Columns of text that no marker can stand in, with the reason. Days and months are recognised by their names. */
export const unmarked: Record<string, string> = {
  'people.phoneSealed': 'a cipher; what it opens to is a marker',
  'enterpriseContacts.phoneSealed': 'likewise',
  'enterprises.mergedInto': 'a unit that was merged into another is in no list',
  'enterprises.sectors': 'words of a list',
  'inspections.templateId': 'names a checklist that comes with the product',
  'inspections.supersedes': 'a first version',
  'inspectionFindings.item': 'names an item of that checklist',
  'draws.from': 'words of lists, and places',
  'draws.until': 'a day',
  'drawAssignments.until': 'a day',
  'charges.until': 'a day, or none',
  'seats.until': 'a day, or none',
  'settings.key': 'a word of the catalogue',
  'importMappings.what': 'a word of a list',
  'leavings.streetId': 'stands empty, see `empty`',
  'snapshots.factsHash': 'names an object by its SHA-256',
  'streetScores.lines': 'numbers only',
}
/** Tables of streets that the world leaves empty, with the reason. */
export const empty: Record<string, string> = {
  leavings: 'its rows live for one batch, and while one does the triggers of the logs let go',
}
/** `dueOn`, `day`, `period`, `from` … hold a date, which is no secret. */
export const dated = /(On|Day|Period|Month)$|^(on|day|period|from|month)$/

/** How rows of a district's table vary, where not as `in` and `out`. */
export const districtVariants: Record<string, (streets: readonly StreetCode[]) => readonly string[]> = {
  streetScores: (streets) => streets,
}

/** A fact for each street and indicator, naming one record within narrow reaches and one outside. */
export function factsFor(streets: readonly { code: StreetCode; id: string; hazards: readonly string[] }[]) {
  return streets.flatMap(({ code, id, hazards }) =>
    indicatorCodes.flatMap((indicator) =>
      hazards.map((record, at) => ({
        street: id as never,
        indicator,
        record: record as HazardId,
        label: mark(code, 'facts', 'label', at === 0 ? 'in' : 'out'),
        round: 1,
        n: at,
        d: 1,
        value: null,
      })),
    ),
  )
}

export const districtOf = (code: Code): DistrictCode => (code === 'sx' || code === 'dx' ? 'dx' : 'da')
export const streetsOf = (district: DistrictCode): readonly StreetCode[] => (district === 'da' ? ['sa', 'sb'] : ['sx'])
