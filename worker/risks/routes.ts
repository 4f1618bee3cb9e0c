import {
  NewPoint,
  PointEdit,
  PointFilter,
  PointHistory,
  PointList,
  PointPath,
  PointStanding,
} from '@app/shared/risks/schema'
import { Hono } from 'hono'
import type { StreetEnv } from '../http/context'
import { route } from '../http/route'
import { changePointStanding, editPoint, enterPoint, listPoints, pointHistory } from './store'

const done = { status: 204 } as const

/** 风险清单: what can come to harm in a unit, and what holds it in check. */
export const riskRoutes = new Hono<StreetEnv>()
  .get(
    '/',
    route({
      summary: '一家单位的风险清单',
      needs: 'enterprise.view',
      query: PointFilter,
      answer: { status: 200, body: PointList },
    }),
    async (c) => c.json(await listPoints(c.var.scope, c.req.valid('query').enterpriseId)),
  )
  .post('/', route({ summary: '登记风险点', needs: 'risk.manage', json: NewPoint, answer: done }), async (c) => {
    await enterPoint(c.var.scope, c.req.valid('json'), c.var.now)
    return c.body(null, 204)
  })
  .put(
    '/:pointId',
    route({ summary: '修改风险点', needs: 'risk.manage', param: PointPath, json: PointEdit, answer: done }),
    async (c) => {
      await editPoint(c.var.scope, c.req.valid('param').pointId, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .put(
    '/:pointId/standing',
    route({ summary: '停用或恢复风险点', needs: 'risk.manage', param: PointPath, json: PointStanding, answer: done }),
    async (c) => {
      await changePointStanding(c.var.scope, c.req.valid('param').pointId, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .get(
    '/:pointId/versions',
    route({
      summary: '风险点的历次版本',
      needs: 'enterprise.view',
      param: PointPath,
      answer: { status: 200, body: PointHistory },
    }),
    async (c) => c.json(await pointHistory(c.var.scope, c.req.valid('param').pointId)),
  )
