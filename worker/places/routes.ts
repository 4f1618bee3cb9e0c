import { Hono } from 'hono'
import {
  CommunityPath,
  EnterpriseFilter,
  EnterprisePage,
  GridPath,
  Move,
  Moved,
  NewCommunity,
  NewGrid,
  PlaceHistory,
  PlacePath,
  Places,
  PlaceTree,
  Renaming,
  Retirement,
} from '@app/shared/places/schema'
import type { StreetEnv } from '../http/context'
import { route } from '../http/route'
import {
  addCommunity,
  addGrid,
  listEnterprises,
  listPlaces,
  moveBetweenGrids,
  placeHistory,
  placeTree,
  renamePlace,
  retirePlace,
} from './store'

const done = { status: 204 } as const

export const placeRoutes = new Hono<StreetEnv>()
  .get('/', route({ summary: '社区与网格', needs: 'hazard.view', answer: { status: 200, body: Places } }), async (c) =>
    c.json(await listPlaces(c.var.scope)),
  )
  .get(
    '/enterprises',
    route({
      summary: '生产经营单位',
      needs: 'hazard.view',
      query: EnterpriseFilter,
      answer: { status: 200, body: EnterprisePage },
    }),
    async (c) => c.json({ items: await listEnterprises(c.var.scope, c.req.valid('query')) }),
  )
  .get(
    '/tree',
    route({ summary: '组织与网格', needs: 'people.view', report: true, answer: { status: 200, body: PlaceTree } }),
    async (c) => c.json(await placeTree(c.var.scope)),
  )
  .get(
    '/:placeId/history',
    route({
      summary: '社区与网格沿革',
      needs: 'people.view',
      param: PlacePath,
      answer: { status: 200, body: PlaceHistory },
    }),
    async (c) => c.json({ items: await placeHistory(c.var.scope, c.req.valid('param').placeId) }),
  )
  .post(
    '/communities',
    route({ summary: '增加社区', needs: 'place.manage', json: NewCommunity, answer: done }),
    async (c) => {
      await addCommunity(c.var.scope, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .post('/grids', route({ summary: '增加网格', needs: 'place.manage', json: NewGrid, answer: done }), async (c) => {
    await addGrid(c.var.scope, c.req.valid('json'), c.var.now)
    return c.body(null, 204)
  })
  .put(
    '/communities/:communityId/name',
    route({ summary: '社区更名', needs: 'place.manage', param: CommunityPath, json: Renaming, answer: done }),
    async (c) => {
      const place = { kind: 'communities', id: c.req.valid('param').communityId } as const
      await renamePlace(c.var.scope, place, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .put(
    '/grids/:gridId/name',
    route({ summary: '网格更名', needs: 'place.manage', param: GridPath, json: Renaming, answer: done }),
    async (c) => {
      const place = { kind: 'grids', id: c.req.valid('param').gridId } as const
      await renamePlace(c.var.scope, place, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .post(
    '/grids/:gridId/moves',
    route({
      summary: '划转单位与未办结隐患',
      needs: 'place.manage',
      param: GridPath,
      json: Move,
      answer: { status: 200, body: Moved },
    }),
    async (c) =>
      c.json(await moveBetweenGrids(c.var.scope, c.req.valid('param').gridId, c.req.valid('json'), c.var.now)),
  )
  .put(
    '/communities/:communityId/retirement',
    route({ summary: '撤销社区', needs: 'place.manage', param: CommunityPath, json: Retirement, answer: done }),
    async (c) => {
      const place = { kind: 'communities', id: c.req.valid('param').communityId } as const
      await retirePlace(c.var.scope, place, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .put(
    '/grids/:gridId/retirement',
    route({ summary: '撤销网格', needs: 'place.manage', param: GridPath, json: Retirement, answer: done }),
    async (c) => {
      const place = { kind: 'grids', id: c.req.valid('param').gridId } as const
      await retirePlace(c.var.scope, place, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
