import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import {
  districts,
  invitedPosts,
  joinings,
  posters,
  sessions,
  streetImports,
  streetMoves,
  streets,
} from '../../../worker/db/directory'
import {
  charges,
  checklists,
  communities,
  districtUnits,
  draws,
  enterpriseContacts,
  enterpriseMerges,
  enterprises,
  filings,
  grids,
  hazards,
  inspections,
  notices,
  overseers,
  ownCriteria,
  people,
  photos,
  posts,
  riskPoints,
  seats,
  selfchecks,
  streetExports,
  units,
} from '../../../worker/db/ledger'

/** Where ids of one brand come from: a column of a table that the world fills for every tenant. */
export interface IdKind {
  readonly table: SQLiteTable
  /** Where a district has rows of its own with ids of this brand. */
  readonly ofDistricts?: SQLiteTable
  readonly column: string
  readonly prefix: string
  /** One that nobody has. */
  readonly absent: string
}

const from = (prefix: string, table: SQLiteTable, column = 'id'): IdKind => ({
  table,
  column,
  prefix,
  absent: `${prefix}_absent00000000000`,
})

/**
 * The ids of every templated path, query and body, by the brand of their schema (`v.brand('HazardId')`). A new brand
 * is one line here; the matrix fails, saying so, while there is none.
 */
export const ids: Record<string, IdKind> = {
  DistrictId: from('dis', districts),
  StreetId: from('str', streets),
  CommunityId: from('com', communities),
  GridId: from('grd', grids),
  EnterpriseId: from('ent', enterprises),
  ContactId: from('con', enterpriseContacts),
  HazardId: from('haz', hazards),
  InspectionId: from('insp', inspections),
  DrawId: from('drw', draws),
  FilingId: from('fil', filings),
  SelfcheckId: from('sck', selfchecks),
  RiskPointId: from('rsk', riskPoints),
  MeasureId: from('msr', hazards, 'measureId'),
  MergeId: from('mrg', enterpriseMerges),
  TemplateId: from('tpl', checklists),
  NoticeId: from('ntc', notices),
  OwnCriterionId: from('crt', ownCriteria),
  PersonId: { ...from('usr', people), ofDistricts: overseers },
  PostId: from('pst', posts),
  UnitId: { ...from('unt', units), ofDistricts: districtUnits },
  ChargeId: from('chg', charges),
  SeatId: from('sea', seats),
  ExportId: from('exp', streetExports),
  ImportId: from('imp', streetImports),
  InvitationId: from('inv', invitedPosts),
  JoiningId: from('joi', joinings),
  MoveId: from('mov', streetMoves),
  PosterId: { table: posters, column: 'code', prefix: '', absent: 'ZZZZZZZZZZZZ' },
  SessionId: from('ses', sessions),
  PhotoId: { table: photos, column: 'id', prefix: '', absent: 'b'.repeat(64) },
}

/** Parts of paths that name no record. A new one is one line here too. */
export const words: Record<string, string> = {
  round: '1',
  period: '2026-09',
  month: '2026-09',
  indicator: 'C1',
  key: 'contact.office',
  part: '1',
  version: '1',
}

/**
 * Places where an id that is another's may answer otherwise than one that is nobody's, each with its reason; what they
 * answer is still searched for markers, and still must change nothing of anybody else's.
 */
export const distinguishable: Record<string, string> = {
  'POST /api/streets/:streetId/people body /id':
    'The id of an account is one for the whole deployment and made by the client, so another’s must be refused (already-there). To ask, one has to know 128 random bits already.',
  'POST /api/districts/:districtId/people body /id': 'Likewise.',
  'POST /api/districts/:districtId/streets body /id': 'Likewise, of a street.',
  'POST /api/districts/:districtId/streets body /admin/id': 'Likewise.',
  'POST /api/districts/:districtId/streets/trials body /id': 'Likewise; it tells what the import would.',
  'POST /api/districts/:districtId/streets/trials body /admin/id': 'Likewise.',
}

/** Places where what lies outside the actor's reach, but in his street, may be named; with the reason. */
export const nameableOutOfReach: Record<string, string> = {
  'POST /api/streets/:streetId/filings body /body/photos/*': 'As of hazards, below.',
  'PUT /api/streets/:streetId/filings/:filingId/closure body /photos/*': 'Likewise.',
  'POST /api/streets/:streetId/hazards body /photos/*':
    'A photo’s id is the SHA-256 of what was sent: who names it holds the picture, and two people may send the same one.',
  'POST /api/streets/:streetId/inspections body /signature/photo': 'Likewise.',
  'PUT /api/streets/:streetId/hazards/:hazardId/rounds/:round/rectification body /photos/*': 'Likewise.',
  'PUT /api/streets/:streetId/hazards/:hazardId/rounds/:round/recheck body /photos/*': 'Likewise.',
  'PUT /api/streets/:streetId/hazards/:hazardId/rounds/:round/objection body /photos/*': 'Likewise.',
  'PUT /api/streets/:streetId/hazards/:hazardId/rounds/:round/verification body /photos/*': 'Likewise.',
}
