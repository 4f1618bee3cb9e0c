import { Hono } from 'hono'
import { requestId } from 'hono/request-id'
import * as v from 'valibot'
import { Problem } from '@app/shared/problem'
import { accountRoutes, securityRoutes } from './accounts/routes'
import { rankingRoutes, scoreRoutes } from './assessments/routes'
import { districtAuditRoutes, streetAuditRoutes } from './audit/routes'
import { identify, originOf } from './auth/identify'
import { boardRoutes } from './boards/routes'
import { enterpriseRoutes } from './enterprises/routes'
import { checklistRoutes } from './checklists/routes'
import { criterionRoutes } from './criteria/routes'
import { exportRoutes } from './exports/routes'
import { filingRoutes } from './filings/routes'
import { hazardRoutes } from './hazards/routes'
import type { AppEnv, DistrictEnv, PlatformEnv, StreetEnv } from './http/context'
import { tableImportRoutes } from './imports/routes'
import { docsResponse } from './http/docs'
import { onError, onNotFound } from './http/errors'
import { boundedBody, clock, sameOrigin, secureHeaders } from './http/guards'
import { once } from './http/once'
import { openApi } from './http/openapi'
import { route } from './http/route'
import { drawRoutes } from './draws/routes'
import { inspectionRoutes } from './inspections/routes'
import { joiningRoutes, posterRoutes } from './joining/routes'
import { selfcheckRoutes } from './selfchecks/routes'
import { mergeRoutes } from './merges/routes'
import { noticeRoutes } from './notices/routes'
import { organisationRoutes } from './organisation/routes'
import { overviewRoutes } from './overviews/routes'
import { peopleRoutes } from './people/routes'
import { photoRoutes } from './photos/routes'
import { placeRoutes } from './places/routes'
import { healthy } from './platform/health'
import { publicJoiningRoutes } from './public/joining'
import { publicRoutes } from './public/routes'
import { riskRoutes } from './risks/routes'
import { holdRoutes } from './retention/routes'
import { rightsRoutes } from './rights/routes'
import { sessionRoutes } from './sessions/routes'
import { settingRoutes } from './settings/routes'
import { administratorRoutes, onboardingRoutes, overseerRoutes } from './streets/routes'
import { admitToDistrict, admitToPlatform, admitToStreet, type Identify } from './tenancy/admit'
import { importRoutes } from './tenants/imports'
import { moveRoutes } from './tenants/moves'
import { tenantRoutes } from './tenants/routes'
import { unitRoutes } from './units/routes'
import { workbenchRoutes } from './workbench/routes'

/** Every street route is mounted here, beneath the gate. */
function streetRoutes(who: Identify) {
  return new Hono<StreetEnv>()
    .use(admitToStreet(who))
    .use(once)
    .route('/workbench', workbenchRoutes)
    .route('/hazards', hazardRoutes)
    .route('/inspections', inspectionRoutes)
    .route('/filings', filingRoutes)
    .route('/selfchecks', selfcheckRoutes)
    .route('/checklists', checklistRoutes)
    .route('/criteria', criterionRoutes)
    .route('/draws', drawRoutes)
    .route('/photos', photoRoutes)
    .route('/places', placeRoutes)
    .route('/enterprises', posterRoutes)
    .route('/enterprises', enterpriseRoutes)
    .route('/joinings', joiningRoutes)
    .route('/merges', mergeRoutes)
    .route('/board', boardRoutes)
    .route('/risks', riskRoutes)
    .route('/imports', tableImportRoutes)
    .route('/people', peopleRoutes)
    .route('/organisation', organisationRoutes)
    .route('/settings', settingRoutes)
    .route('/people', accountRoutes('people.manage'))
    .route('/security', securityRoutes)
    .route('/people', rightsRoutes)
    .route('/holds', holdRoutes)
    .route('/audit', streetAuditRoutes)
    .route('/scores', scoreRoutes)
    .route('/exports', exportRoutes)
}

/** Every district route is mounted here, beneath the other. */
function districtRoutes(who: Identify) {
  return new Hono<DistrictEnv>()
    .use(admitToDistrict(who))
    .use(once)
    .route('/', overviewRoutes)
    .route('/rankings', rankingRoutes)
    .route('/notices', noticeRoutes)
    .route('/streets', onboardingRoutes)
    .route('/streets', administratorRoutes)
    .route('/people', overseerRoutes)
    .route('/people', accountRoutes('overseer.manage'))
    .route('/units', unitRoutes)
    .route('/security', securityRoutes)
    .route('/audit', districtAuditRoutes)
}

function platformRoutes(who: Identify) {
  return new Hono<PlatformEnv>()
    .use(admitToPlatform(who))
    .route('/', tenantRoutes)
    .route('/imports', importRoutes)
    .route('/streets', moveRoutes)
    .route('/security', securityRoutes)
}

const Health = v.object({ ok: v.boolean() })

function apiRoutes(who: Identify) {
  return new Hono<AppEnv>()
    .use(sameOrigin(originOf))
    .use(boundedBody)
    .get(
      '/health',
      route({ summary: '是否正常运行', needs: 'public', answer: { status: 200, body: Health } }),
      async (c) => {
        if (!(await healthy(c.env))) throw new Problem('internal')
        return c.json({ ok: true })
      },
    )
    .route('/', sessionRoutes(who))
    .route('/joining', publicJoiningRoutes)
    .route('/streets/:streetId', streetRoutes(who))
    .route('/districts/:districtId', districtRoutes(who))
    .route('/platform', platformRoutes(who))
}

/** The API under `/api`, and the public pages. `who` finds the session's token; tests hand in another. */
export function createApp(who: Identify = identify) {
  const app = new Hono<AppEnv>().use(requestId()).use(clock).use(secureHeaders).route('/api', apiRoutes(who))
  let described: object | undefined
  const description = () => (described ??= openApi(app))
  app.get('/api/openapi.json', (c) => c.json(description(), 200, { 'cache-control': 'public, max-age=300' }))
  app.get('/api/docs', () => docsResponse(description()))
  app.all('/api/*', onNotFound)
  app.route('/', publicRoutes)
  app.onError(onError)
  app.notFound(onNotFound)
  return app
}

export type Api = ReturnType<typeof createApp>
