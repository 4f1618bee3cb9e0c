import { defaultPolicy } from '@app/shared/accounts/policy'
import type { HazardId } from '@app/shared/ids'
import { firstScheme, indicatorCodes } from '@app/shared/schemes/schema'
import { type Day, type Month, startOfDay } from '@app/shared/time'
import { thisYear } from '../filed'
import { aDraft } from '../drafted'
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
  /** The number of this row's person, contact or certificate under the street's key; it opens to a marker. */
  readonly phone: (table: 'people' | 'enterpriseContacts' | 'filings') => string
  /** The SHA-256 of the district's frozen facts. */
  readonly factsHash: string
}

export const eventDay = '2026-09-20' as Day

const nth = ({ variant }: Spot) => variants.indexOf(variant as never) + 1
const onGrid = (variant: string) => ['mid', 'near'].includes(variant)
const within = (spot: Spot) => ['in', 'mid'].includes(spot.variant)

/** Codes have one form and no room for a marker. */
const posterCode = (tenant: Code, variant: string) =>
  `ABCDEFGH${['sa', 'sb', 'sx', 'da', 'dx'].indexOf(tenant)}00${variants.indexOf(variant as never) + 1}`

const measures = ({ tenant, variant, of }: Spot) => {
  const words = mark(tenant, 'riskPoints', 'measures', variant)
  return [{ id: of('hazards', 'measureId'), words, owner: words, days: 30 }]
}

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
  'hazards.plea': () => null,
  'hazards.answered': () => null,
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
  // Drafts, which may become anything: what was filed may not.
  'filings.kind': () => 'commitment',
  'filings.state': () => 'draft',
  'filings.period': () => thisYear(),
  'filings.from': () => `${thisYear()}-01-01`,
  'filings.until': () => `${thisYear()}-12-31`,
  'filings.words': ({ tenant, variant }) => {
    const said = mark(tenant, 'filings', 'words', variant)
    return { body: { kind: 'commitment', period: thisYear() }, commitment: said, signedAs: said, why: said }
  },
  'filings.numberSealed': ({ phone }) => phone('filings'),
  'filings.revision': () => 1,
  'filings.supersedes': () => null,
  'filings.latest': () => true,
  'filingActs.act': () => 'closure',
  'filingActs.words': ({ tenant, variant }) => ({ words: mark(tenant, 'filingActs', 'words', variant) }),
  'selfchecks.unit': ({ tenant, variant }) => {
    const name = mark(tenant, 'selfchecks', 'unit', variant)
    const plain = { keyPlace: null, sectors: ['gas'], crowded: false, highRisk: null, creditCode: null }
    return { name, address: name, kind: 'enterprise', ...plain }
  },
  'selfchecks.templateId': ({ of }) => of('checklists'),
  'selfchecks.templateVersion': () => 1,
  'selfchecks.answers': ({ of }) => [
    {
      item: aDraft().sections[0]?.items[0]?.key,
      result: 'fail',
      words: null,
      suspected: null,
      dueOn: null,
      photos: [of('photos')],
      after: [],
    },
  ],
  'selfchecks.words': ({ tenant, variant }) => ({
    said: { [aDraft().sections[0]?.items[0]?.key ?? '']: mark(tenant, 'selfchecks', 'words', variant) },
  }),
  'selfcheckFindings.item': () => aDraft().sections[0]?.items[0]?.key,
  'selfcheckFindings.basis': ({ tenant, variant }) => [
    { id: mark(tenant, 'selfcheckFindings', 'basis', variant), version: 1 },
  ],
  'riskPoints.retiredOn': () => null,
  'riskPoints.measures': measures,
  'riskPointChanges.words': (spot) => {
    const name = mark(spot.tenant, 'riskPointChanges', 'words', spot.variant)
    return { name, accident: name, reason: name, measures: measures(spot), why: name }
  },
  'enterpriseMerges.taken': () => ({}),
  'inspections.unit': ({ tenant, variant }) => {
    const name = mark(tenant, 'inspections', 'unit', variant)
    const plain = { keyPlace: null, sectors: ['gas'], crowded: false, highRisk: null, creditCode: null }
    return { name, address: name, kind: 'enterprise', ...plain }
  },
  'inspections.templateId': ({ of }) => of('checklists'),
  'inspections.templateVersion': () => 1,
  'inspections.answers': ({ of }) => [
    {
      item: aDraft().sections[0]?.items[0]?.key,
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
  'inspectionFindings.item': () => aDraft().sections[0]?.items[0]?.key,
  'inspectionFindings.basis': ({ tenant, variant }) => [
    { id: mark(tenant, 'inspectionFindings', 'basis', variant), version: 1 },
  ],
  'ownCriteria.version': () => 1,
  'ownCriteria.latest': () => true,
  'ownCriteria.words': ({ tenant, variant }) => {
    const said = mark(tenant, 'ownCriteria', 'words', variant)
    const plain = { number: null, article: null, address: null, since: null, note: null, sector: 'gas', kind: 'duty' }
    return { ...plain, title: said, body: said, text: said }
  },
  'ownCriteria.verifiedBy': () => null,
  'ownCriteria.verifiedAt': () => null,
  'ownCriteria.lookedUp': () => null,
  'ownCriteria.retiredOn': () => null,
  'ownCriteria.retiredBy': () => null,
  'ownCriteria.retiredWhy': () => null,
  'checklists.draft': ({ tenant, variant }) => aDraft({ title: mark(tenant, 'checklists', 'draft', variant) }),
  'checklists.cited': ({ of }) => [of('ownCriteria')],
  'checklists.edition': () => 1,
  'checklists.latest': () => 1,
  'checklists.publishedEdition': () => 1,
  'checklists.retiredOn': () => null,
  'checklistVersions.version': () => 1,
  'checklistVersions.kinds': () => ['enterprise'],
  'checklistVersions.keyPlaces': () => [],
  'checklistVersions.sectors': () => ['gas'],
  'checklistVersions.sections': ({ tenant, variant }) => [
    { ...aDraft().sections[0], title: mark(tenant, 'checklistVersions', 'sections', variant) },
  ],
  'checklistVersions.replaces': () => null,
  'checklistVersions.cited': ({ of }) => [of('ownCriteria')],
  'checklistVersions.current': () => true,
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
  'posters.code': ({ tenant, variant }) => posterCode(tenant, variant),
  'posters.enterpriseId': ({ of }) => of('enterprises'),
  'posters.revokedAt': () => null,
  'joiningCodes.role': () => 'enterprise-manager',
  'joinings.role': () => 'enterprise-manager',
  'joinings.expiresAt': () => Date.now() + 86_400_000,
  'joinings.decidedAt': () => null,
  'joinings.decidedBy': () => null,
  'joinings.approved': () => null,
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
  'enterpriseMerges.taken': 'columns that nothing was taken over in',
  'people.phoneSealed': 'a cipher; what it opens to is a marker',
  'enterpriseContacts.phoneSealed': 'likewise',
  'filings.numberSealed': 'likewise',
  'filings.period': 'a year',
  'filings.until': 'a day, or none',
  'filings.supersedes': 'a first version',
  'enterprises.mergedInto': 'a unit that was merged into another is in no list',
  'enterprises.sectors': 'words of a list',
  'hazards.plea': 'nothing is asked for',
  'hazards.answered': 'and nothing was answered',
  'selfcheckFindings.item': 'names an item of that checklist',
  'ownCriteria.verifiedBy': 'nobody has verified it',
  'ownCriteria.lookedUp': 'likewise',
  'ownCriteria.retiredBy': 'it is used',
  'ownCriteria.retiredWhy': 'likewise',
  'checklistVersions.keyPlaces': 'words of a list',
  'checklistVersions.kinds': 'words of a list',
  'checklistVersions.sectors': 'words of a list',
  'checklistVersions.replaces': 'offered beside those that come with the product',
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
