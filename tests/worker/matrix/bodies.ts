import type { Role } from '@app/shared/capabilities'
import { addDays, dayOf } from '@app/shared/time'
import type { sectors } from '@app/shared/hazards/words'
import { png } from '../pictures'

/** Ids that one tenant's rows have, by brand, and new ones. */
export interface Own {
  (brand: string): string
  /** An id that nobody has yet, as a client makes one. */
  fresh(brand: string): string
}

export interface Example {
  /** A body that is valid for whoever owns these ids. */
  json?(own: Own, who: { role?: Role | undefined }): object
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
const words = { words: '演示理由' }

/**
 * One valid body for every route that takes one, under `METHOD path`. The matrix fails, saying so, while a route has
 * none, and while with it nobody of the own tenant succeeds.
 */
export const bodies: Record<string, Example> = {
  'POST /api/session': {
    json: () => ({ username: 'nobody.here', password: 'no such password' }),
    neverSucceeds: 'It signs in nobody: who exists is not to be learned here (sessions.test.ts).',
  },
  'PUT /api/session/password': {
    json: () => ({ current: 'not the password', next: 'another password' }),
    neverSucceeds: 'The sign-in library asks for its own cookie, which the matrix does not have (sessions.test.ts).',
  },
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
  'PUT /api/streets/:streetId/photos/:photoId': { file: () => png(8, 8, 7) },
  'POST /api/streets/:streetId/people': {
    json: (own) => ({
      id: own.fresh('PersonId'),
      name: '新人',
      username: `new.${own.fresh('PersonId').slice(-8)}`,
      password: 'a first password',
      role: 'grid-worker',
      reach: { within: 'grids', ids: [own('GridId')] },
    }),
  },
  'PUT /api/streets/:streetId/people/:personId/password': { json: () => ({ password: 'another password' }) },
  'PUT /api/districts/:districtId/hazards/:streetId/:hazardId/rounds/:round/determination': {
    given: { hazards: { level: 'suspected', state: 'filed' } },
    json: () => ({ level: 'major', words: '经核查属实', document: null }),
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
