import { defaultPolicy } from '@app/shared/accounts/policy'
import type { Role } from '@app/shared/capabilities'
import { addDays, dayOf } from '@app/shared/time'
import type { sectors } from '@app/shared/hazards/words'
import type { PhotoId } from '@app/shared/ids'
import { commitmentBody, drillBody } from '../filed'
import { statement } from '@app/shared/selfchecks/words'
import { aDraft, criterionWords } from '../drafted'
import { png } from '../pictures'

/** Ids that one tenant's rows have, by brand, and new ones. */
export interface Own {
  (brand: string): string
  /** An id that nobody has yet, as a client makes one. */
  fresh(brand: string): string
  /** Another one of the same street, out of narrow reaches; of districts, one that the street is not of. */
  other(brand: string): string
}

export interface Example {
  /** A body that is valid for whoever owns these ids. */
  json?(own: Own, who: { role?: Role | undefined }): object
  /** What a route must be asked in its query. */
  query?(own: Own): Record<string, string>
  /** For a route that takes a file: what is sent, under its SHA-256 as `photoId`. */
  file?(): Promise<Uint8Array<ArrayBuffer>>
  /**
   * How rows of the tenants have to stand for the deed to succeed: columns by table, set in every tenant alike, so
   * that only the gate and the scope stand between a stranger and his success.
   */
  given?: Record<string, Record<string, unknown>>
  /** Why no role's own request can succeed here; without it at least one must. */
  neverSucceeds?: string
}

const soon = () => addDays(dayOf(Date.now()), 3)
const today = () => dayOf(Date.now())
const passphrase = '0123-4567-89AB-CDEF-GHJK-MNPQ'
const word = 'no such password'
const noPass = `ABCDEFGHJKMN.1000000.${'0'.repeat(64)}`
const noPasses = 'A pass is proved by the deployment’s secret, and nobody of the matrix has one (joining.test.ts).'
const noFactor = 'Nobody of the matrix has a password or a second factor that it knows (second-factor.test.ts).'
/** Everything open is done with, and every enterprise lies in the last grid, so that the first ones are empty. */
const lastGrid = (column: string) => ({
  sql: `(select "${column}" from grids where grids.street_id = enterprises.street_id order by grids.id desc limit 1)`,
})
const emptied = {
  hazards: { open: 0 },
  enterprises: { community_id: lastGrid('community_id'), grid_id: lastGrid('id') },
}
const words = { words: '演示理由' }
const plea = (kind: 'extension' | 'objection') =>
  JSON.stringify({
    kind,
    by: 'usr_somebody0000',
    until: kind === 'extension' ? addDays(soon(), 5) : null,
    answerDueOn: soon(),
  })
const aCheck = (own: Own) => ({
  id: own.fresh('InspectionId'),
  kind: 'patrol',
  template: { id: own('TemplateId'), version: 1 },
  others: [],
  observedAt: Date.now(),
  position: null,
  answers: [],
  signature: { how: 'drawn', photo: own('PhotoId') },
  ending: { how: 'refused', reason: '负责人不在场', witness: '见证人' },
})

const aFirst = (own: Own) => ({
  id: own.fresh('PersonId'),
  name: '新人',
  username: `new.${own.fresh('PersonId').slice(-8)}`,
})
const aTenant = (own: Own, brand: 'DistrictId' | 'StreetId') => {
  const id = own.fresh(brand)
  return { id, name: '新开通', slug: `new-${id.slice(-8)}` }
}
const aNewStreet = (own: Own) => ({
  ...aTenant(own, 'StreetId'),
  shortName: '新街',
  rows: [{ community: '新社区', grid: '新网格', code: 'G1' }],
  admin: { ...aFirst(own), postId: own.fresh('PostId') },
})

const aPoint = (own: Own) => ({
  name: '配电间',
  accident: '火灾',
  level: 'red',
  reason: '负荷高',
  measures: [{ id: own.fresh('MeasureId'), words: '每周检查线路', owner: '张三', days: 7 }],
})
const aUnit = {
  name: '新单位',
  creditCode: null,
  kind: 'enterprise',
  keyPlace: null,
  sectors: ['gas'],
  highRisk: null,
  crowded: false,
  size: null,
  staff: null,
  floorArea: null,
  address: '示例路',
  position: null,
}
/** No unit was merged into another, and each is as it was first read. */
const standing = { enterprises: { merged_into: null, version: 1, standing: 'active', colour: 'blue' } }

/**
 * One valid body for every route that takes one, under `METHOD path`. The matrix fails, saying so, while a route has
 * none, and while with it nobody of the own tenant succeeds.
 */
export const bodies: Record<string, Example> = {
  'POST /api/session': {
    json: () => ({ username: 'nobody.here', password: 'no such password' }),
    neverSucceeds: 'It signs in nobody: who exists is not to be learned here (sessions.test.ts).',
  },
  'GET /api/setup': { neverSucceeds: 'The deployment has its operator, so the door is shut (invitations.test.ts).' },
  'PUT /api/setup': {
    json: () => ({
      token: 'no such token',
      name: '运维',
      username: 'new.operator',
      password: 'a long enough password',
    }),
    neverSucceeds: 'Likewise.',
  },
  'PUT /api/invitation': {
    json: () => ({ token: 'no such token', password: 'a long enough password' }),
    neverSucceeds: 'Only digests of links are kept, so none is known (invitations.test.ts).',
  },
  'POST /api/post-invitation/view': {
    json: () => ({ token: 'no such token' }),
    neverSucceeds: 'Only digests of links are kept, so none is known (invited-posts.test.ts).',
  },
  'PUT /api/post-invitation/account': {
    json: () => ({ token: 'no such token', name: '新人', username: 'new.member', password: 'a long enough password' }),
    neverSucceeds: 'Likewise.',
  },
  'POST /api/me/posts': { json: () => ({ token: 'no such token' }), neverSucceeds: 'Likewise.' },
  'POST /api/joining/view': { json: () => ({ pass: noPass }), neverSucceeds: noPasses },
  'POST /api/joining': {
    json: () => ({ pass: noPass, role: 'enterprise-manager', name: '新人' }),
    neverSucceeds: noPasses,
  },
  'POST /api/joining/state': {
    json: () => ({ token: 'no such token' }),
    neverSucceeds: 'Only digests of tokens are kept, so none is known (joining.test.ts).',
  },
  'POST /api/streets/:streetId/enterprises/:enterpriseId/joining-codes': {
    json: () => ({ role: 'enterprise-manager' }),
  },
  'PUT /api/streets/:streetId/joinings/:joiningId/decision': { json: () => ({ approved: false, why: '查无此人' }) },
  'PUT /api/session/second-factor': { json: () => ({ code: '123456' }), neverSucceeds: noFactor },
  'PUT /api/session/verification': { json: () => ({ password: word }), neverSucceeds: noFactor },
  'PUT /api/session/password': {
    json: () => ({ current: word, next: 'another password' }),
    neverSucceeds: noFactor,
  },
  'PUT /api/session/factor': { json: () => ({ code: '123456' }), neverSucceeds: noFactor },
  'PUT /api/session/factor/removal': { json: () => ({ password: word }), neverSucceeds: noFactor },
  'PUT /api/session/factor/codes': { json: () => ({ password: word }), neverSucceeds: noFactor },
  'POST /api/streets/:streetId/hazards': {
    json: (own, { role }) => ({
      id: own.fresh('HazardId'),
      communityId: own('CommunityId'),
      gridId: own('GridId'),
      enterpriseId: own('EnterpriseId'),
      place: '示例路',
      category: 'e-bike-charging',
      sector: 'fire' satisfies keyof typeof sectors,
      keyPlace: null,
      source: role === 'enterprise-principal' ? 'enterprise-check' : 'community-patrol',
      description: '示例',
      level: 'ordinary',
      observedAt: Date.now(),
      photos: [own('PhotoId')],
    }),
  },
  'PUT /api/streets/:streetId/hazards/:hazardId/rounds/:round/assignment': {
    given: { hazards: { state: 'filed', void_asked_by: null, due_on: null } },
    json: (own) => ({ responsibleId: own('PersonId'), responsible: '张三', dueOn: soon(), measures: '示例措施' }),
  },
  'PUT /api/streets/:streetId/hazards/:hazardId/rounds/:round/rectification': {
    given: { hazards: { state: 'assigned', void_asked_by: null } },
    json: (own) => ({ words: '已整改', photos: [own('PhotoId')] }),
  },
  'PUT /api/streets/:streetId/hazards/:hazardId/rounds/:round/recheck': {
    given: { hazards: { state: 'rectified', void_asked_by: null } },
    json: (own) => ({ outcome: 'pass', words: '复查通过', photos: [own('PhotoId')] }),
  },
  'PUT /api/streets/:streetId/hazards/:hazardId/rounds/:round/closure': {
    given: { hazards: { state: 'checked', void_asked_by: null } },
    json: () => words,
  },
  'PUT /api/streets/:streetId/hazards/:hazardId/rounds/:round/reopening': {
    given: { hazards: { state: 'closed', open: 0, void_asked_by: null } },
    json: () => words,
  },
  'PUT /api/streets/:streetId/hazards/:hazardId/rounds/:round/void-proposal': {
    given: { hazards: { state: 'filed', void_asked_by: null } },
    json: () => words,
  },
  'PUT /api/streets/:streetId/hazards/:hazardId/rounds/:round/void-decision': {
    given: { hazards: { state: 'filed' } },
    json: () => ({ outcome: 'void', ...words }),
  },
  'PUT /api/streets/:streetId/hazards/:hazardId/rounds/:round/extension-request': {
    given: { hazards: { state: 'assigned', void_asked_by: null, due_on: soon(), extensions: 0, plea: null } },
    json: () => ({ until: addDays(soon(), 5), ...words }),
  },
  'PUT /api/streets/:streetId/hazards/:hazardId/rounds/:round/extension-decision': {
    given: { hazards: { state: 'assigned', void_asked_by: null, due_on: soon(), plea: plea('extension') } },
    json: () => ({ outcome: 'grant-extension', dueOn: addDays(soon(), 5), ...words }),
  },
  'PUT /api/streets/:streetId/hazards/:hazardId/rounds/:round/objection': {
    given: {
      hazards: { state: 'filed', void_asked_by: null, self_found: 0, level: 'ordinary', objections: 0, plea: null },
    },
    json: (own) => ({ ...words, photos: [own('PhotoId')] }),
  },
  'PUT /api/streets/:streetId/hazards/:hazardId/rounds/:round/objection-decision': {
    given: { hazards: { state: 'filed', void_asked_by: null, plea: plea('objection') } },
    json: () => ({ outcome: 'overrule', ...words }),
  },
  'PUT /api/streets/:streetId/hazards/:hazardId/rounds/:round/verification': {
    given: { hazards: { state: 'settled', open: 0, void_asked_by: null, checkers: '[]' } },
    json: (own) => ({ outcome: 'verify', ...words, photos: [own('PhotoId')] }),
  },
  'PUT /api/streets/:streetId/photos/:photoId': { file: () => png(8, 8, 7) },
  'POST /api/streets/:streetId/people': {
    json: (own) => ({
      id: own.fresh('PersonId'),
      postId: own.fresh('PostId'),
      unitId: own('UnitId'),
      name: '新人',
      username: `new.${own.fresh('PersonId').slice(-8)}`,
      password: 'a first password',
      role: 'grid-worker',
      reach: { within: 'grids', ids: [own('GridId')] },
    }),
  },
  'PUT /api/streets/:streetId/people/:personId/password': { json: () => ({ password: 'another password' }) },
  'POST /api/streets/:streetId/people/:personId/posts': {
    json: (own) => ({
      id: own.fresh('PostId'),
      role: 'grid-worker',
      reach: { within: 'grids', ids: [own('GridId')] },
      unitId: own('UnitId'),
    }),
  },
  'POST /api/streets/:streetId/people/invitations': {
    json: (own) => ({
      id: own.fresh('InvitationId'),
      role: 'grid-worker',
      reach: { within: 'grids', ids: [own('GridId')] },
      unitId: own('UnitId'),
      hours: 24,
    }),
  },
  'PUT /api/streets/:streetId/people/:personId/posts/:postId/reach': {
    json: (own) => ({ reach: { within: 'grids', ids: [own('GridId')] } }),
  },
  'DELETE /api/streets/:streetId/people/:personId/posts/:postId': {
    given: { charges: { until: '2026-02-01' } },
  },
  'PUT /api/streets/:streetId/people/:personId/handover': {
    json: (own) => ({
      to: own.other('PersonId'),
      hazards: [],
      charges: [own('ChargeId')],
      seats: [],
      words: '岗位调整',
    }),
    // Whoever takes a charge over holds a post that may.
    given: { posts: { role: 'street-leader' } },
  },
  'PUT /api/streets/:streetId/people/:personId/phone': { json: () => ({ phone: '13800000000' }) },
  'PUT /api/streets/:streetId/people/:personId/name': { json: () => ({ name: '张三' }) },
  'POST /api/streets/:streetId/people/:personId/erasure': {
    given: { people: { until: 1 }, posts: { until: 1 }, charges: { until: '2026-02-01' } },
  },
  'PUT /api/streets/:streetId/people/:personId/sign-in': { json: () => ({ allowed: false }) },
  'PUT /api/districts/:districtId/people/:personId/sign-in': { json: () => ({ allowed: false }) },
  'POST /api/districts/:districtId/streets/:streetId/administrators/:personId/link': {
    given: { street_posts: { role: 'street-admin' }, accounts: { password: null } },
  },
  'POST /api/streets/:streetId/places/communities': {
    json: (own) => ({ id: own.fresh('CommunityId'), name: '新社区' }),
  },
  'PUT /api/streets/:streetId/places/communities/:communityId/name': {
    json: () => ({ name: '新名称', why: '更名' }),
  },
  'PUT /api/streets/:streetId/places/communities/:communityId/retirement': {
    given: { ...emptied, grids: { retired_on: '2026-01-01' } },
    json: (own) => ({ to: own.other('CommunityId'), why: '合并' }),
  },
  'POST /api/streets/:streetId/places/grids': {
    json: (own) => ({ id: own.fresh('GridId'), communityId: own('CommunityId'), name: '新网格' }),
  },
  'PUT /api/streets/:streetId/places/grids/:gridId/name': { json: () => ({ name: '新名称', why: '更名' }) },
  'POST /api/streets/:streetId/places/grids/:gridId/moves': {
    json: (own) => ({
      to: own.other('GridId'),
      what: { kind: 'some', enterprises: [own('EnterpriseId')], hazards: [] },
      why: '划转',
    }),
  },
  'PUT /api/streets/:streetId/places/grids/:gridId/retirement': {
    given: emptied,
    json: (own) => ({ to: own.other('GridId'), why: '合并' }),
  },
  'POST /api/streets/:streetId/selfchecks': {
    json: (own) => ({
      id: own.fresh('SelfcheckId'),
      template: { id: own('TemplateId'), version: 1 },
      observedAt: Date.now(),
      answers: [],
      statement,
    }),
  },
  'POST /api/streets/:streetId/inspections': {
    json: (own) => ({ ...aCheck(own), enterpriseId: own('EnterpriseId') }),
  },
  'POST /api/streets/:streetId/inspections/:inspectionId/corrections': {
    neverSucceeds:
      'Only who signed a record corrects it, and nobody of the matrix has signed one (inspections.test.ts).',
    json: (own) => ({ ...aCheck(own), why: '漏写一项' }),
  },
  'POST /api/streets/:streetId/filings': {
    json: (own) => ({
      id: own.fresh('FilingId'),
      enterpriseId: own('EnterpriseId'),
      body: drillBody({ photos: [own('PhotoId') as PhotoId] }),
      supersedes: null,
      why: null,
    }),
  },
  'PUT /api/streets/:streetId/filings/:filingId/draft': {
    json: (own) => ({
      enterpriseId: own('EnterpriseId'),
      revision: 1,
      body: commitmentBody(),
      why: '更正',
    }),
  },
  'PUT /api/streets/:streetId/filings/:filingId/confirmation': {
    neverSucceeds: 'It takes the name of who is signed in, which the rows of the world do not hold (filings.test.ts).',
    json: () => ({ revision: 1, name: '张三' }),
  },
  'PUT /api/streets/:streetId/filings/:filingId/decision': {
    given: { filings: { kind: 'permit', state: 'applied' } },
    json: () => ({ outcome: 'approved', words: null }),
  },
  'PUT /api/streets/:streetId/filings/:filingId/closure': {
    neverSucceeds: 'Every paper of the world has its act of closing already (filings.test.ts).',
    given: { filings: { kind: 'permit', state: 'approved' } },
    json: (own) => ({ words: '已完工', photos: [own('PhotoId')] }),
  },
  'POST /api/streets/:streetId/criteria': {
    json: (own) => ({ id: own.fresh('OwnCriterionId'), ...criterionWords() }),
  },
  'PUT /api/streets/:streetId/criteria/:criterionId': { json: () => ({ version: 1, ...criterionWords() }) },
  'PUT /api/streets/:streetId/criteria/:criterionId/verification': {
    json: () => ({ version: 1, lookedUp: '对照纸质文件' }),
  },
  'PUT /api/streets/:streetId/criteria/:criterionId/retirement': {
    json: () => ({ version: 1, on: today(), why: '文件已废止' }),
  },
  'POST /api/streets/:streetId/checklists': {
    json: (own) => ({
      id: own.fresh('TemplateId'),
      title: '新检查表',
      copyOf: { id: own('TemplateId'), version: 1 },
    }),
  },
  'PUT /api/streets/:streetId/checklists/:templateId/draft': { json: () => ({ edition: 1, draft: aDraft() }) },
  'PUT /api/streets/:streetId/checklists/:templateId/publication': { json: () => ({ edition: 1, draft: aDraft() }) },
  'PUT /api/streets/:streetId/checklists/:templateId/retirement': { json: () => ({ edition: 1 }) },
  'POST /api/streets/:streetId/draws': {
    // Everybody's post checks, so that whom the world has may be drawn.
    given: { ...standing, posts: { role: 'inspector', reach: '{"within":"street"}', since: 0, until: null } },
    json: (own) => ({
      id: own.fresh('DrawId'),
      purpose: '双随机检查',
      from: { kind: null, sector: null, colour: null, communityId: null, uncheckedSince: null },
      inspectors: [own('PersonId')],
      excused: [{ personId: own.other('PersonId'), why: '亲属在辖区经营' }],
      count: 1,
      perUnit: 1,
      until: soon(),
      why: null,
    }),
  },
  'POST /api/streets/:streetId/enterprises': {
    json: (own) => ({
      ...aUnit,
      id: own.fresh('EnterpriseId'),
      activeSince: today(),
      communityId: own('CommunityId'),
      gridId: own('GridId'),
      principal: { name: '张三', phone: '13800000000' },
      managers: [],
    }),
  },
  'PUT /api/streets/:streetId/enterprises/:enterpriseId': {
    given: standing,
    json: (own) => ({
      ...aUnit,
      version: 1,
      communityId: own('CommunityId'),
      gridId: own('GridId'),
      principal: { id: own('ContactId'), name: '张三' },
      managers: [],
    }),
  },
  'POST /api/streets/:streetId/enterprises/:enterpriseId/standings': {
    given: standing,
    json: () => ({ version: 1, on: today(), standing: 'suspended', why: '停业整顿' }),
  },
  'POST /api/streets/:streetId/enterprises/:enterpriseId/colours': {
    given: standing,
    json: () => ({ version: 1, colour: 'red', why: '风险升高' }),
  },
  'POST /api/streets/:streetId/merges': {
    neverSucceeds: 'No two rows of the world are a pair that stands to be merged (merges.test.ts).',
    given: standing,
    json: (own) => ({
      id: own.fresh('MergeId'),
      goes: { id: own('EnterpriseId'), version: 1 },
      stays: { id: own.other('EnterpriseId'), version: 1 },
      why: '重复建档',
    }),
  },
  'PUT /api/streets/:streetId/merges/:mergeId/undoing': {
    json: () => ({ why: '并非同一家' }),
    neverSucceeds: 'No two files of a tenant refer to each other, so that none is merged (merging.test.ts).',
  },
  'GET /api/streets/:streetId/risks': { query: (own) => ({ enterpriseId: own('EnterpriseId') }) },
  'GET /api/streets/:streetId/selfchecks': { query: (own) => ({ enterpriseId: own('EnterpriseId') }) },
  'POST /api/streets/:streetId/risks': {
    json: (own) => ({ id: own.fresh('RiskPointId'), enterpriseId: own('EnterpriseId'), ...aPoint(own) }),
  },
  'PUT /api/streets/:streetId/risks/:pointId': {
    json: (own) => ({ version: 1, ...aPoint(own), why: '设备更换' }),
  },
  'PUT /api/streets/:streetId/risks/:pointId/standing': {
    json: () => ({ version: 1, standing: 'retired', why: '设备已拆除' }),
  },
  'PUT /api/streets/:streetId/hazards/:hazardId/rounds/:round/measure': {
    given: { hazards: { state: 'assigned', level: 'major', void_asked_by: null } },
    json: (own) => ({ lapse: 'failed', measureId: own('MeasureId'), measure: null, words: '未按周期检查' }),
  },
  'POST /api/streets/:streetId/imports/enterprises/chunks': {
    given: standing,
    json: (own) => ({
      lines: [
        {
          kind: 'new',
          line: 2,
          unit: {
            ...aUnit,
            id: own.fresh('EnterpriseId'),
            activeSince: today(),
            communityId: own('CommunityId'),
            gridId: own('GridId'),
            principal: null,
            managers: [],
            colour: null,
            standing: 'active',
          },
        },
        {
          kind: 'change',
          line: 3,
          id: own('EnterpriseId'),
          version: 1,
          changes: { staff: 9, principal: { id: own('ContactId'), name: '张三' } },
        },
      ],
    }),
  },
  'PUT /api/streets/:streetId/imports/enterprises/mapping': {
    json: () => ({ headings: { 门头: 'name' }, fixed: { kind: '企业' }, words: {} }),
  },
  'POST /api/streets/:streetId/organisation/charges': {
    json: (own) => ({
      id: own.fresh('ChargeId'),
      placeId: own('GridId'),
      kind: 'cadre',
      personId: own('PersonId'),
      from: today(),
    }),
  },
  'PUT /api/streets/:streetId/organisation/charges/:chargeId/end': { json: () => ({ on: today() }) },
  'POST /api/streets/:streetId/organisation/seats': {
    json: (own) => ({
      id: own.fresh('SeatId'),
      seat: 'head',
      personId: own('PersonId'),
      name: '张三',
      title: '党工委书记',
      from: today(),
    }),
  },
  'PUT /api/streets/:streetId/organisation/seats/:seatId/end': { json: () => ({ on: today() }) },
  'POST /api/streets/:streetId/organisation/units': {
    json: (own) => ({ id: own.fresh('UnitId'), name: '新单位', leads: ['fire'], joins: [] }),
  },
  'PUT /api/streets/:streetId/organisation/units/:unitId': {
    json: () => ({ name: '新名称', leads: ['fire'], joins: [] }),
  },
  'PUT /api/streets/:streetId/settings/:key': { json: () => ({ value: '示例' }) },
  'PUT /api/streets/:streetId/security/policy': { json: () => defaultPolicy },
  'PUT /api/districts/:districtId/security/policy': { json: () => defaultPolicy },
  'PUT /api/platform/security/policy': { json: () => defaultPolicy },
  'PUT /api/streets/:streetId/holds/:hazardId': { json: () => ({ why: '有争议' }) },
  'POST /api/streets/:streetId/exports': { json: (own) => ({ id: own.fresh('ExportId'), passphrase }) },
  'POST /api/platform/imports': {
    json: (own) => ({ id: own.fresh('ImportId'), districtId: own('DistrictId'), slug: 'new-street', size: 22 }),
  },
  'PUT /api/platform/imports/:importId/parts/:part': {
    file: () => Promise.resolve(new Uint8Array(2)),
    neverSucceeds: 'The object store knows no upload that the matrix made up (moves.test.ts sends real ones).',
  },
  'PUT /api/platform/imports/:importId/contents': {
    json: () => ({ passphrase }),
    neverSucceeds: 'It takes a whole package, which the matrix does not make.',
  },
  'POST /api/platform/imports/:importId/administrators/:personId/link': {
    // The street has come, and its administrators have no passwords yet.
    given: { street_imports: { state: 'done' }, street_posts: { role: 'street-admin' }, accounts: { password: null } },
  },
  'PUT /api/platform/streets/:streetId/move': {
    json: (own) => ({ id: own.fresh('MoveId'), districtId: own.other('DistrictId') }),
  },
  'PUT /api/platform/streets/:streetId/move/release': { given: { street_moves: { state: 'switched' } } },
  'DELETE /api/platform/streets/:streetId/move': { given: { street_moves: { state: 'preparing' } } },
  'POST /api/platform/districts': { json: (own) => ({ ...aTenant(own, 'DistrictId'), admin: aFirst(own) }) },
  'PUT /api/platform/districts/:districtId/suspension': { json: () => ({ suspended: true, why: '合同到期' }) },
  'PUT /api/platform/streets/:streetId/suspension': { json: () => ({ suspended: true, why: '合同到期' }) },
  'POST /api/districts/:districtId/streets/trials': { json: aNewStreet },
  'POST /api/districts/:districtId/streets': { json: aNewStreet },
  'POST /api/districts/:districtId/people': {
    json: (own) => ({ ...aFirst(own), role: 'district-unit', unitId: own('UnitId') }),
  },
  'PUT /api/districts/:districtId/hazards/:streetId/:hazardId/rounds/:round/determination': {
    given: { hazards: { level: 'suspected', state: 'filed' } },
    json: () => ({ level: 'major', words: '经核查属实', document: null }),
  },
  'POST /api/districts/:districtId/units': {
    json: (own) => ({ id: own.fresh('UnitId'), name: '新单位', leads: ['fire'], joins: [] }),
  },
  'PUT /api/districts/:districtId/units/:unitId': {
    json: () => ({ name: '新名称', leads: ['fire'], joins: [] }),
  },
  'POST /api/districts/:districtId/notices': { json: () => ({ period: '2026-09' }) },
  'PUT /api/districts/:districtId/notices/:noticeId/words': {
    json: () => ({
      version: 1,
      words: {
        title: '示例',
        addressees: '各街道',
        opening: '示例',
        praise: '示例',
        problems: '示例',
        demands: '示例',
        issuer: '示例',
      },
    }),
  },
  'PUT /api/districts/:districtId/notices/:noticeId/publication': {
    given: { notices: { state: 'draft', published_at: null, number: null } },
    json: () => ({ version: 1 }),
  },
  'PUT /api/districts/:districtId/notices/:noticeId/withdrawal': {
    given: { notices: { state: 'published' } },
    json: () => ({ version: 1, reason: '数据有误' }),
  },
}
