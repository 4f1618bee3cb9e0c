import { env } from 'cloudflare:workers'
import { describe, it } from 'vitest'
import { can, districtRoles, type Role, streetRoles } from '@app/shared/capabilities'
import type { ExportId, HazardId, ImportId, InvitationId, JoiningId, NoticeId, PersonId } from '@app/shared/ids'
import { addDays, dayOf } from '@app/shared/time'
import { openDirectory } from '../../worker/db/client'
import { sessions } from '../../worker/db/directory'
import { eq } from '../../worker/db/operators'
import { routesOf } from '../../worker/http/openapi'
import { aCrew, filed } from './course'
import { aDistrict, anId, anOperator, app, aStreet, aUser, send } from './street'

const all = routesOf(app)
const under = (gate: string) => all.filter(({ path }) => path.startsWith(`/api/${gate}`))
const gated = ['streets/:streetId', 'districts/:districtId', 'platform'].flatMap(under)

const ids = {
  hazardId: anId<HazardId>('haz'),
  personId: anId<PersonId>('usr'),
  photoId: 'a'.repeat(64),
  noticeId: anId<NoticeId>('ntc'),
  exportId: anId<ExportId>('exp'),
  importId: anId<ImportId>('imp'),
  invitationId: anId<InvitationId>('inv'),
  joiningId: anId<JoiningId>('joi'),
  code: 'ABCDEFGHJKMN',
  part: '1',
  round: '1',
  period: '2026-09',
  indicator: 'C1',
}
const address = (path: string, known: Record<string, string>) =>
  Object.entries({ ...ids, ...known }).reduce((url, [name, id]) => url.replace(`:${name}`, id), path)

describe('the walk', () => {
  it('sees every route that is mounted, and every one of them declares itself', ({ expect }) => {
    const mounted = app.routes.filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/'))
    const undeclared = mounted.filter(
      ({ method, path }) =>
        !['/api/openapi.json', '/api/docs'].includes(path) && !all.some((r) => r.method === method && r.path === path),
    )
    expect(undeclared).toEqual([])
    expect(all.length).toBeGreaterThan(30)
    const open = all
      .filter(({ declaration }) => declaration.needs === 'public')
      .map(({ method, path }) => `${method} ${path}`)
    expect(open.sort()).toEqual([
      'DELETE /api/session',
      'GET /api/health',
      'GET /api/setup',
      'POST /api/joining',
      'POST /api/joining/state',
      'POST /api/joining/view',
      'POST /api/post-invitation/view',
      'POST /api/session',
      'PUT /api/invitation',
      'PUT /api/post-invitation/account',
      'PUT /api/setup',
    ])
    expect(
      all
        .filter(({ declaration }) => declaration.needs === 'signed-in')
        .map(({ method, path }) => `${method} ${path}`)
        .sort(),
    ).toEqual([
      'DELETE /api/sessions',
      'DELETE /api/sessions/:sessionId',
      'GET /api/me',
      'GET /api/sessions',
      'POST /api/me/posts',
      'POST /api/session/factor',
      'PUT /api/me/notice',
      'PUT /api/session/factor',
      'PUT /api/session/factor/codes',
      'PUT /api/session/factor/removal',
      'PUT /api/session/password',
      'PUT /api/session/second-factor',
      'PUT /api/session/verification',
    ])
    for (const { path, declaration } of gated) expect(declaration.needs, path).toMatch(/\w\.\w/)
  })

  it('is described by the OpenAPI document, route by route', async ({ expect }) => {
    const response = await send(null, 'GET', '/api/openapi.json')
    const document = await response.json<{ openapi: string; paths: Record<string, Record<string, object>> }>()
    expect(document.openapi).toBe('3.1.0')
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((m) => `${m.toUpperCase()} ${path}`),
    )
    expect(described.sort()).toEqual(
      all.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`).sort(),
    )
    // No number stands for anything in an address, so that nothing can be counted through.
    for (const path of Object.keys(document.paths)) expect(path).not.toMatch(/\d/)
  })
})

const strangers = [
  ['nobody', 401],
  ['someone whose session is over', 401],
  ['someone with a made-up session', 401],
  ['a member of another street', 404],
  ['a member of the district’s street, an overseer of the street’s district', 404],
  ['an overseer of another district', 404],
  ['an operator, who runs the deployment and sees no tenant', 404],
  ['someone without any post', 404],
] as const

/** Every mounted route, whoever adds it, is shut to all who hold no post there, before it reads or validates anything. */
describe.for(gated.filter(({ path }) => !path.startsWith('/api/platform')))('$method $path', ({ method, path }) => {
  it('is shut to strangers', async ({ expect }) => {
    const [district, elsewhere] = [await aDistrict(), await aDistrict()]
    const [here, there] = [await aStreet(district), await aStreet(elsewhere)]
    const ofDistrict = path.startsWith('/api/districts')
    const own = ofDistrict ? await here.member('street-admin') : await district.overseer()
    const over = ofDistrict ? await district.overseer() : await here.member('street-admin')
    await openDirectory(env).update(sessions).set({ expiresAt: new Date() }).where(eq(sessions.token, over))
    const tokens: Record<(typeof strangers)[number][0], string | null> = {
      nobody: null,
      'someone whose session is over': over,
      'someone with a made-up session': 'made-up',
      'a member of another street': await there.member('street-admin'),
      'a member of the district’s street, an overseer of the street’s district': own,
      'an overseer of another district': await elsewhere.overseer(),
      'an operator, who runs the deployment and sees no tenant': await anOperator(),
      'someone without any post': await aUser(),
    }
    const url = address(path, { districtId: district.id, streetId: here.id })
    for (const [who, status] of strangers) {
      // What they send is rubbish, and nobody looks at it.
      const response = await send(
        tokens[who],
        method,
        url,
        method === 'GET' ? {} : { body: '{"rubbish', headers: { 'content-type': 'application/json' } },
      )
      expect(response.status, who).toBe(status)
      expect(response.headers.get('content-type'), who).toBe('application/problem+json; charset=utf-8')
      if (status === 404) {
        const absent = await send(
          tokens[who],
          method,
          address(path, { districtId: anId('dis'), streetId: anId('str') }),
        )
        const known = { ...(await response.json<object>()), instance: '' }
        expect({ ...(await absent.json<object>()), instance: '' }, who).toEqual(known)
      }
    }
  })

  it('is shut to each role without the capability', async ({ expect }) => {
    const { declaration } = gated.find((r) => r.method === method && r.path === path) ?? {}
    const needs = declaration?.needs as Parameters<typeof can>[1]
    const district = await aDistrict()
    const street = await aStreet(district)
    const roles: readonly Role[] = path.startsWith('/api/districts') ? districtRoles : streetRoles
    for (const role of roles) {
      const token = path.startsWith('/api/districts')
        ? await district.overseer(role as (typeof districtRoles)[number])
        : await street.member(role as (typeof streetRoles)[number])
      const url = address(path, { districtId: district.id, streetId: street.id })
      const response = await send(token, method, url, method === 'GET' ? {} : { body: {} })
      if (can(role, needs)) expect(response.status, role).not.toBe(403)
      else expect(response.status, role).toBe(403)
    }
  })
})

describe('the platform', () => {
  it('is shut to everybody but operators', async ({ expect }) => {
    const district = await aDistrict()
    const street = await aStreet(district)
    for (const { method, path } of under('platform')) {
      const url = address(path, { districtId: district.id, streetId: street.id })
      expect((await send(null, method, url)).status, path).toBe(401)
      for (const token of [await district.overseer(), await street.member('street-admin')]) {
        expect((await send(token, method, url)).status, path).toBe(404)
      }
      const seen = await send(await anOperator(), method, url, method === 'GET' ? {} : { body: {} })
      // What an address names may not be there; of lists there is always one.
      if (method === 'GET' && !path.includes('Id')) expect(seen.status, path).toBe(200)
      else expect([200, 204, 400, 404, 422], path).toContain(seen.status)
    }
  })
})

/** Every route that names a hazard hides it from whoever does not reach it, however it is asked. */
describe.for(under('streets/:streetId').filter(({ path }) => path.includes(':hazardId')))(
  '$method $path',
  ({ method, path, declaration: { needs } }) => {
    // What a unit asks for, no administrator does.
    const role = needs === 'hazard.plead' ? 'enterprise-manager' : 'street-admin'

    it('does not know a hazard out of reach', async ({ expect }) => {
      const street = await aStreet()
      const crew = await aCrew(street)
      const hazardId = await filed(street, crew.grid)
      const { third, west, garage, first } = street.places
      const url = address(path, { streetId: street.id, hazardId })
      const bodies: Record<string, object> = {
        assignment: {
          responsibleId: null,
          responsible: '张三',
          dueOn: addDays(dayOf(Date.now()), 3),
          measures: '整改',
        },
        rectification: { words: '已整改', photos: ['a'.repeat(64)] },
        recheck: { outcome: 'pass', words: '通过' },
        measure: { lapse: 'missing', measureId: null, measure: '每日巡查', words: '无人巡查' },
        // A hold is addressed by its hazard.
        ':hazardId': { why: '有争议' },
        'void-decision': { outcome: 'keep', words: '不予作废' },
        'extension-request': { until: addDays(dayOf(Date.now()), 9), words: '配件未到货' },
        'extension-decision': { outcome: 'refuse-extension', words: '按期整改' },
        'objection-decision': { outcome: 'overrule', words: '隐患属实' },
        verification: { outcome: 'verify', words: '现场核验' },
      }
      const body = bodies[path.split('/').at(-1) ?? ''] ?? { words: '理由' }
      const as = (token: PersonId, change = {}) =>
        send(token, method, url, { ...(method !== 'GET' && { body }), ...change })
      const out = [
        await street.member(role, { within: 'grids', ids: [third] }),
        await street.member(role, { within: 'communities', ids: [west] }),
        await street.member(role, { within: 'enterprise', ids: [garage] }),
        await street.member(role, { within: 'grids', ids: [] }),
      ]
      for (const token of out) expect((await as(token)).status).toBe(404)
      expect((await as(await street.member(role, { within: 'grids', ids: [first] }))).status).not.toBe(404)
    })
  },
)

describe('a suspended street', () => {
  it('reads and does not write', async ({ expect }) => {
    const street = await aStreet()
    const admin = await street.member('street-admin')
    await env.DIRECTORY.prepare('update streets set suspended_at = 1 where id = ?').bind(street.id).run()
    expect((await send(admin, 'GET', `/api/streets/${street.id}/hazards`)).status).toBe(200)
    const refused = await send(admin, 'POST', `/api/streets/${street.id}/hazards`, {
      body: await street.draft({ source: 'street-check' }),
    })
    expect(refused.status).toBe(403)
    expect(await refused.json()).toMatchObject({ type: 'urn:zhiben:problem:suspended' })
  })
})
