import { env } from 'cloudflare:workers'
import { describe, it } from 'vitest'
import type { DrawId, ExportId, HazardId, PersonId, PostId } from '@app/shared/ids'
import { addDays, dayOf, monthOf } from '@app/shared/time'
import { openDirectory } from '../../worker/db/client'
import { posters, streetPosts } from '../../worker/db/directory'
import { newPosterCode } from '../../worker/platform/posters'
import type { Env } from '../../worker/env'
import { routesOf } from '../../worker/http/openapi'
import { counting } from './counted'
import { aCrew, closed, courseOf, filed } from './course'
import { aScoredDistrict } from './scored'
import { aDistrict, anId, app, aStreet, send } from './street'
import {
  hundredThousand,
  manyFilings,
  manyInspections,
  manySelfchecks,
  ownChecklists,
  threeThousandEnterprises,
} from './large'

const directory = openDirectory(env)

/** What a read may ask and a change may ask of the databases, the gate included (design: budgets). */
const most = { GET: 2, POST: 3, PUT: 3, DELETE: 3 } as const

describe('on a ledger of 100,000 hazards', () => {
  it('reads a page’s rows and no more, in two round trips, and writes in three', async ({ expect }) => {
    const { district, street, period, noticeId } = await aScoredDistrict()
    await hundredThousand(street)
    const someEnterprise = await threeThousandEnterprises(street)
    const crew = await aCrew(street)
    const { bindings, since } = counting()
    const { first, second, third, east, west, shop } = street.places
    const severalGrids = await street.member('grid-worker', { within: 'grids', ids: [first, second, third] })
    const secretary = await street.member('community-secretary', { within: 'communities', ids: [east, west] })
    const overseer = await district.overseer()
    const hazardId = await closed(street, crew)
    const inspectionId = await manyInspections(street)
    const posterCode = newPosterCode()
    const hung = { streetId: street.id, by: crew.admin, at: 0 }
    await directory.insert(posters).values({ ...hung, code: posterCode, enterpriseId: shop })
    const filingId = await manyFilings(street)
    const month = monthOf(Date.now())
    const selfcheckId = await manySelfchecks(street, month)
    const manager = await street.member('enterprise-manager', { within: 'enterprise', ids: [shop] })
    const { templateId, criterionId } = await ownChecklists(street)
    const drawId = anId<DrawId>('drw')
    const drawn = await send(crew.admin, 'POST', `/api/streets/${street.id}/draws`, {
      body: {
        id: drawId,
        purpose: '双随机检查',
        from: { kind: null, sector: null, colour: null, communityId: null, uncheckedSince: null },
        inspectors: [crew.inspector, crew.officer, crew.admin, crew.second],
        excused: [],
        count: 50,
        perUnit: 4,
        until: addDays(dayOf(Date.now()), 30),
        why: null,
      },
    })
    expect(drawn.status).toBe(201)
    const exportId = anId<ExportId>('exp')
    const here = `/api/streets/${street.id}`
    const there = `/api/districts/${district.id}`
    const opened = `${there}/hazards/${street.id}/${hazardId}`

    // A poster's address stands in the directory, since who scans it names no street; whether it is of a unit within
    // reach, the ledger knows.
    const across = 3
    type Read = readonly [route: string, who: PersonId, path: string, rows: number, trips?: number]
    const reads: Read[] = [
      ['GET /hazards', crew.admin, `${here}/hazards`, 200],
      ['GET /hazards', crew.admin, `${here}/hazards?open=no&limit=50`, 200],
      ['GET /hazards', crew.admin, `${here}/hazards?open=no&cursor=1750000000000~haz_zzzzzzzzzz`, 200],
      ['GET /hazards', crew.admin, `${here}/hazards?state=rectified`, 200],
      ['GET /hazards', crew.admin, `${here}/hazards?overdue=yes`, 200],
      ['GET /hazards', crew.admin, `${here}/hazards?overdue=today`, 200],
      ['GET /hazards', crew.admin, `${here}/hazards?overdue=soon&dueBy=${addDays(dayOf(Date.now()), 3)}`, 200],
      ['GET /hazards', crew.admin, `${here}/hazards?sort=due`, 200],
      ['GET /hazards', crew.admin, `${here}/hazards?level=major`, 200],
      ['GET /hazards', crew.admin, `${here}/hazards?category=wiring&open=no`, 200],
      ['GET /hazards', crew.admin, `${here}/hazards?communityId=${west}&open=no`, 200],
      ['GET /hazards', crew.admin, `${here}/hazards?enterpriseId=${shop}&open=no`, 200],
      ['GET /hazards', crew.admin, `${here}/hazards?number=2026-77`, 60],
      ['GET /hazards', crew.principal, `${here}/hazards?mine=yes`, 200],
      ['GET /hazards', crew.grid, `${here}/hazards?open=no`, 200],
      ['GET /hazards', severalGrids, `${here}/hazards?open=no`, 200],
      ['GET /hazards', secretary, `${here}/hazards?open=no`, 200],
      ['GET /hazards', secretary, `${here}/hazards?overdue=yes`, 200],
      ['GET /hazards/:hazardId', crew.admin, `${here}/hazards/${hazardId}`, 60],
      ['GET /hazards/:hazardId', crew.grid, `${here}/hazards/${hazardId}`, 60],
      ['GET /workbench', crew.admin, `${here}/workbench`, 6_100],
      ['GET /workbench/access', crew.admin, `${here}/workbench/access`, 60],
      ['GET /places', crew.admin, `${here}/places`, 60],
      ['GET /places/enterprises', crew.admin, `${here}/places/enterprises?communityId=${east}`, 230],
      ['GET /enterprises', crew.admin, `${here}/enterprises`, 200],
      ['GET /enterprises', crew.admin, `${here}/enterprises?cursor=${someEnterprise}`, 200],
      ['GET /enterprises', crew.admin, `${here}/enterprises?kind=individual`, 200],
      ['GET /enterprises', crew.admin, `${here}/enterprises?sector=gas`, 200],
      ['GET /enterprises', crew.admin, `${here}/enterprises?sector=gas&cursor=${someEnterprise}`, 200],
      ['GET /enterprises', crew.admin, `${here}/enterprises?colour=red`, 200],
      ['GET /enterprises', crew.admin, `${here}/enterprises?standing=closed`, 200],
      ['GET /enterprises', crew.admin, `${here}/enterprises?highRisk=yes`, 200],
      ['GET /enterprises', crew.admin, `${here}/enterprises?crowded=yes&sector=fire`, 200],
      ['GET /enterprises', crew.admin, `${here}/enterprises?communityId=${east}&kind=enterprise`, 200],
      ['GET /enterprises', crew.grid, `${here}/enterprises?sector=gas`, 200],
      ['GET /enterprises', severalGrids, `${here}/enterprises`, 200],
      ['GET /enterprises', severalGrids, `${here}/enterprises?cursor=${someEnterprise}`, 200],
      ['GET /enterprises', secretary, `${here}/enterprises?colour=red`, 200],
      ['GET /enterprises', crew.principal, `${here}/enterprises`, 60],
      // Words that may stand anywhere in a text are looked for in every unit of the street, once.
      ['GET /enterprises', crew.admin, `${here}/enterprises?q=${encodeURIComponent('没有')}`, 3_100],
      // Counts up to a hundred hazards of each kind.
      ['GET /enterprises/:enterpriseId', crew.admin, `${here}/enterprises/${shop}`, 300],
      ['GET /enterprises/:enterpriseId', crew.grid, `${here}/enterprises/${someEnterprise}`, 60],
      ['GET /enterprises/:enterpriseId/poster', crew.grid, `${here}/enterprises/${shop}/poster`, 60, across],
      ['GET /enterprises/posters/:code', crew.grid, `${here}/enterprises/posters/${posterCode}`, 60, across],
      ['GET /joinings', crew.admin, `${here}/joinings`, 60],
      ['GET /enterprises', crew.admin, `${here}/enterprises?due=yes&gridId=${first}`, 200],
      // Every unit and every open hazard of the street is counted, in one statement each, which sorts them.
      ['GET /board', crew.admin, `${here}/board`, 10_100],
      ['GET /board', crew.grid, `${here}/board`, 10_100],
      // Every name of the street is compared, by the index of names alone.
      ['GET /merges/duplicates', crew.admin, `${here}/merges/duplicates`, 6_200],
      ['GET /merges/duplicates/:enterpriseId', crew.admin, `${here}/merges/duplicates/${someEnterprise}`, 60],
      ['GET /risks', crew.admin, `${here}/risks?enterpriseId=${shop}`, 60],
      ['GET /risks/:pointId/versions', crew.admin, `${here}/risks/rsk_0000000000000/versions`, 60],
      // A page is a thousand units, read with their contacts and first lines to compare a file with.
      ['GET /imports/enterprises/register', crew.admin, `${here}/imports/enterprises/register`, 9_000],
      [
        'GET /imports/enterprises/register',
        crew.admin,
        `${here}/imports/enterprises/register?cursor=${someEnterprise}`,
        9_000,
      ],
      ['GET /imports/enterprises/mapping', crew.admin, `${here}/imports/enterprises/mapping`, 60],
      ['GET /inspections', crew.admin, `${here}/inspections`, 200],
      ['GET /inspections', crew.admin, `${here}/inspections?kind=special`, 200],
      ['GET /inspections', crew.admin, `${here}/inspections?cursor=1750000000000~insp_zzzzzzzzzz`, 200],
      ['GET /inspections', severalGrids, `${here}/inspections`, 200],
      ['GET /inspections', secretary, `${here}/inspections?ending=refused`, 200],
      ['GET /inspections', crew.principal, `${here}/inspections`, 200],
      ['GET /inspections/due', crew.admin, `${here}/inspections/due`, 200],
      // Twenty of the units that he was drawn for, besides.
      ['GET /inspections/due', crew.inspector, `${here}/inspections/due`, 200],
      ['GET /inspections/due', severalGrids, `${here}/inspections/due`, 200],
      ['GET /inspections/due', secretary, `${here}/inspections/due`, 200],
      ['GET /inspections/offers/:enterpriseId', crew.grid, `${here}/inspections/offers/${someEnterprise}`, 200],
      ['GET /inspections/:inspectionId', crew.admin, `${here}/inspections/${inspectionId}`, 60],
      ['GET /filings', crew.admin, `${here}/filings`, 200],
      ['GET /filings', crew.admin, `${here}/filings?kind=drill`, 200],
      ['GET /filings', crew.admin, `${here}/filings?cursor=1750000000000~fil_zzzzzzzzzz`, 200],
      ['GET /filings', crew.admin, `${here}/filings?expiring=yes`, 200],
      ['GET /filings', severalGrids, `${here}/filings?expiring=yes`, 200],
      ['GET /filings', secretary, `${here}/filings?kind=commitment`, 200],
      ['GET /filings', crew.principal, `${here}/filings`, 200],
      ['GET /filings/board', crew.admin, `${here}/filings/board`, 300],
      ['GET /filings/board', crew.admin, `${here}/filings/board?cursor=${someEnterprise}`, 300],
      ['GET /filings/board', severalGrids, `${here}/filings/board?kind=duties`, 300],
      ['GET /filings/board', secretary, `${here}/filings/board?state=missing`, 300],
      ['GET /filings/own', crew.principal, `${here}/filings/own`, 60],
      ['GET /filings/owed/:enterpriseId', crew.admin, `${here}/filings/owed/${someEnterprise}`, 60],
      ['GET /filings/:filingId', crew.admin, `${here}/filings/${filingId}`, 60],
      ['GET /hazards', crew.admin, `${here}/hazards?plea=yes`, 200],
      ['GET /hazards', secretary, `${here}/hazards?plea=yes`, 200],
      ['GET /selfchecks', crew.admin, `${here}/selfchecks?enterpriseId=${shop}`, 60],
      ['GET /selfchecks', manager, `${here}/selfchecks?enterpriseId=${shop}&cursor=1760000001000~sck_zzzzzzzzzz`, 60],
      // Its open hazards, and the last that ended.
      ['GET /selfchecks/home', manager, `${here}/selfchecks/home`, 120],
      ['GET /selfchecks/offers', manager, `${here}/selfchecks/offers`, 200],
      ['GET /selfchecks/:selfcheckId', crew.admin, `${here}/selfchecks/${selfcheckId}`, 60],
      ['GET /selfchecks/months/:month', crew.admin, `${here}/selfchecks/months/${month}`, 200],
      ['GET /selfchecks/months/:month', crew.admin, `${here}/selfchecks/months/${month}?done=no&kind=individual`, 200],
      ['GET /selfchecks/months/:month', crew.admin, `${here}/selfchecks/months/${month}?cursor=${someEnterprise}`, 200],
      ['GET /selfchecks/months/:month', severalGrids, `${here}/selfchecks/months/${month}`, 200],
      ['GET /selfchecks/months/:month', secretary, `${here}/selfchecks/months/${month}?done=yes`, 200],
      ['GET /selfchecks/months/:month', manager, `${here}/selfchecks/months/${month}`, 60],
      // Compares twenty visits with all that their units said and was found there in half a year.
      ['GET /selfchecks/signals', crew.admin, `${here}/selfchecks/signals`, 900],
      ['GET /selfchecks/signals', secretary, `${here}/selfchecks/signals?cursor=1770000001000~insp_zzzzzzzzzz`, 900],
      ['GET /selfchecks/signals/:enterpriseId', crew.admin, `${here}/selfchecks/signals/${shop}`, 200],
      ['GET /selfchecks/sample', crew.admin, `${here}/selfchecks/sample`, 200],
      // Every checklist and row of its own that a street may have is read; there are as many here.
      ['GET /checklists', crew.admin, `${here}/checklists`, 200],
      ['GET /checklists/:templateId/versions/:version', crew.grid, `${here}/checklists/${templateId}/versions/1`, 120],
      ['GET /checklists/:templateId/draft', crew.admin, `${here}/checklists/${templateId}/draft`, 60],
      ['GET /criteria', crew.principal, `${here}/criteria`, 200],
      ['GET /criteria/:criterionId', crew.admin, `${here}/criteria/${criterionId}`, 60],
      ['GET /inspections', crew.admin, `${here}/inspections?findings=yes&by=${crew.grid}`, 200],
      ['GET /inspections', crew.admin, `${here}/inspections?from=2025-10-01&to=2025-10-31`, 200],
      ['GET /inspections/colleagues', crew.grid, `${here}/inspections/colleagues`, 80],
      ['GET /inspections/:inspectionId/correction', crew.admin, `${here}/inspections/${inspectionId}/correction`, 60],
      ['GET /draws', crew.admin, `${here}/draws`, 60],
      // Everybody in office, and every unit in business, once: what a draw is from.
      ['GET /draws/pool', crew.admin, `${here}/draws/pool`, 3_200],
      ['GET /draws/pool', crew.admin, `${here}/draws/pool?colour=red&communityId=${east}`, 3_200],
      // A draw of fifty units and four inspectors each names as many people and assignments.
      ['GET /draws/:drawId', crew.admin, `${here}/draws/${drawId}`, 400],
      ['GET /people', crew.admin, `${here}/people`, 80],
      ['GET /people/invitations', crew.admin, `${here}/people/invitations`, 60],
      // Counts what lies in each place: in proportion to what is open, and to the street's enterprises.
      ['GET /places/tree', crew.admin, `${here}/places/tree`, 9_100],
      ['GET /places/:placeId/history', crew.admin, `${here}/places/${east}/history`, 60],
      ['GET /people/:personId/open', crew.admin, `${here}/people/${crew.principal}/open`, 200],
      ['GET /organisation/charges', crew.admin, `${here}/organisation/charges`, 60],
      ['GET /organisation/seats', crew.admin, `${here}/organisation/seats`, 60],
      ['GET /organisation/units', crew.admin, `${here}/organisation/units`, 60],
      ['GET /settings', crew.admin, `${here}/settings`, 60],
      ['GET /people/:personId/account', crew.admin, `${here}/people/${crew.grid}/account`, 60],
      ['GET /security/policy', crew.admin, `${here}/security/policy`, 60],
      ['GET /security/events', crew.admin, `${here}/security/events?limit=50`, 200],
      ['GET /security/events', crew.admin, `${here}/security/events?kind=signed-in&username=x`, 200],
      // Looks at everybody with a post in its streets for those who administer them.
      ['GET /streets/administrators', overseer, `${there}/streets/administrators`, 200],
      ['GET /people/:personId/account', overseer, `${there}/people/${overseer}/account`, 60],
      ['GET /security/policy', overseer, `${there}/security/policy`, 60],
      ['GET /security/events', overseer, `${there}/security/events`, 200],
      // All that is held about one person is looked for in all of the street: once in a while, for one of them.
      ['GET /people/:personId/copy', crew.admin, `${here}/people/${crew.grid}/copy`, 110_000],
      ['GET /holds', crew.admin, `${here}/holds`, 60],
      ['GET /audit', crew.admin, `${here}/audit`, 460],
      ['GET /audit', crew.admin, `${here}/audit?capability=hazard.close`, 460],
      ['GET /scores', crew.admin, `${here}/scores`, 60],
      ['GET /scores/:period', crew.admin, `${here}/scores/${period}`, 60],
      ['GET /scores/:period/facts/:indicator', crew.admin, `${here}/scores/${period}/facts/C2`, 60],
      ['GET /photos/:photoId', crew.admin, `${here}/photos/${'a'.repeat(64)}`, 60],
      ['GET /exports', crew.admin, `${here}/exports`, 60],
      ['GET /exports/:exportId', crew.admin, `${here}/exports/${exportId}`, 60],
      ['GET /exports/:exportId/file', crew.admin, `${here}/exports/${exportId}/file`, 60],
      ['GET /overview', overseer, `${there}/overview`, 110_000],
      // In proportion to the places of all streets, and to who ever answered for them.
      ['GET /streets', overseer, `${there}/streets`, 200],
      ['GET /hazards', overseer, `${there}/hazards?show=suspected`, 200],
      ['GET /hazards', overseer, `${there}/hazards?show=overdue`, 200],
      ['GET /hazards', overseer, `${there}/hazards?show=open`, 200],
      ['GET /hazards', overseer, `${there}/hazards?show=major`, 200],
      ['GET /hazards/:streetId/:hazardId', overseer, opened, 60],
      ['GET /hazards/:streetId/:hazardId/photos/:photoId', overseer, `${opened}/photos/${'a'.repeat(64)}`, 60],
      // Counts the places, people and 双包 of all its streets.
      ['GET /streets', overseer, `${there}/streets`, 200],
      ['GET /people', overseer, `${there}/people`, 60],
      ['GET /rankings', overseer, `${there}/rankings`, 60],
      ['GET /rankings/:period', overseer, `${there}/rankings/${period}`, 60],
      [
        'GET /rankings/:period/streets/:streetId/facts/:indicator',
        overseer,
        `${there}/rankings/${period}/streets/${street.id}/facts/C1`,
        60,
      ],
      ['GET /units', overseer, `${there}/units`, 60],
      ['GET /notices', overseer, `${there}/notices`, 60],
      ['GET /audit', overseer, `${there}/audit`, 310],
      ['GET /notices/:noticeId', overseer, `${there}/notices/${noticeId}`, 60],
    ]
    const over: string[] = []
    const asked: object[] = []
    const changed: object[] = []
    for (const [route, who, path, rows, mostTrips = most.GET] of reads) {
      const { trips, rowsRead } = await since(() => send(who, 'GET', path, { bindings }))
      const query = path.split('?')[1]?.replaceAll(/=\w+_\w+/g, '=…')
      const at = path.startsWith(here) ? 'GET streets' : 'GET districts'
      asked.push({ route: route.replace('GET ', at) + (query ? `?${query}` : ''), trips, rowsRead, most: rows })
      if (trips > mostTrips || rowsRead > rows) over.push(`${path}: ${trips} trips, ${rowsRead} rows (of ${rows})`)
    }
    expect(over).toEqual([])
    // None was forgotten.
    const walked = new Set(
      reads.map(([route, , path]) =>
        route.replace('GET ', path.startsWith(here) ? 'GET /api/streets/:streetId' : 'GET /api/districts/:districtId'),
      ),
    )
    const gated = routesOf(app).filter(
      ({ method, path }) => method === 'GET' && /^\/api\/(streets|districts)\//.test(path),
    )
    expect(gated.map(({ method, path }) => `${method} ${path}`).filter((route) => !walked.has(route))).toEqual([])

    await changes(bindings, since)
    if (process.env['FULL_SIZE'] === '1') console.log(`BUDGET ${JSON.stringify({ reads: asked, changes: changed })}`)

    async function changes(counted: Env, count: typeof since) {
      const tried = async (name: string, who: PersonId, method: 'POST' | 'PUT', path: string, body: object) => {
        let status = 0
        const { trips, rowsRead, rowsWritten } = await count(async () => {
          status = (await send(who, method, path, { body, bindings: counted })).status
        })
        expect(status, name).toBeLessThan(300)
        expect(trips, name).toBeLessThanOrEqual(most[method])
        expect(rowsRead, name).toBeLessThanOrEqual(80)
        changed.push({ name, trips, rowsRead, rowsWritten })
        return rowsWritten
      }
      const draft = await street.draft({ source: 'street-check', photos: [await street.photo(), await street.photo()] })
      const round = (id: HazardId) => `${here}/hazards/${id}/rounds/1`
      // The hazard and its seven indexes that apply, number, round and its index, event and its index, audit, answer
      // and its index, two photos bound twice over.
      expect(await tried('file', crew.admin, 'POST', `${here}/hazards`, draft)).toBeLessThanOrEqual(26)
      const id = await filed(street, crew.grid, { level: 'suspected' })
      const dueOn = addDays(dayOf(Date.now()), 3)
      const soon = { responsibleId: crew.principal, responsible: '张三', dueOn, measures: '整改' }
      await tried('assign', crew.admin, 'PUT', `${round(id)}/assignment`, soon)
      await tried('rectify', crew.principal, 'PUT', `${round(id)}/rectification`, {
        words: '已整改',
        photos: [await street.photo()],
      })
      await tried('determine', overseer, 'PUT', `${there}/hazards/${street.id}/${id}/rounds/1/determination`, {
        level: 'ordinary',
        words: '不属于重大',
      })
      await tried('recheck', crew.inspector, 'PUT', `${round(id)}/recheck`, { outcome: 'pass', words: '通过' })
      await tried('close', crew.admin, 'PUT', `${round(id)}/closure`, { words: '同意' })
      await tried('reopen', crew.inspector, 'PUT', `${round(id)}/reopening`, { words: '反弹' })
      const other = await filed(street, crew.grid)
      await tried('propose to void', crew.inspector, 'PUT', `${round(other)}/void-proposal`, { words: '重复' })
      await tried('void', crew.admin, 'PUT', `${round(other)}/void-decision`, { outcome: 'void', words: '属实' })
      const third = await filed(street, crew.grid)
      await courseOf(street, third).assign(crew.admin)

      await tried('draft', overseer, 'POST', `${there}/notices`, { period })
      const publisher = await district.overseer()
      await tried('publish', publisher, 'PUT', `${there}/notices/${noticeId}/publication`, { version: 1 })
      await tried('withdraw', publisher, 'PUT', `${there}/notices/${noticeId}/withdrawal`, {
        version: 2,
        reason: '数据有误',
      })
    }
  })
})

it('tells somebody their posts in two round trips, however many they are', async ({ expect }) => {
  const { bindings, since } = counting()
  const district = await aDistrict()
  const [first, ...others] = [await aStreet(district), await aStreet(district), await aStreet(district)]
  const who = await first.member('street-admin')
  for (const street of others)
    await directory.insert(streetPosts).values({
      id: anId<PostId>('pst'),
      streetId: street.id,
      userId: who,
      role: 'inspector',
      reach: { within: 'street' },
      state: 'active',
      since: 0,
    })
  const { trips, rowsRead } = await since(async () => {
    const { posts } = await (await send(who, 'GET', '/api/me', { bindings })).json<{ posts: object[] }>()
    expect(posts).toHaveLength(3)
  })
  expect(trips).toBeLessThanOrEqual(most.GET)
  expect(rowsRead).toBeLessThanOrEqual(60)
})
