import { Hono } from 'hono'
import { Hold, Holds } from '@app/shared/hazards/hold'
import { HazardPath } from '@app/shared/hazards/schema'
import type { StreetEnv } from '../http/context'
import { route } from '../http/route'
import { holdHazard, liftHold, listHolds } from './store'

/** Records kept past their term for a dispute. */
export const holdRoutes = new Hono<StreetEnv>()
  .get(
    '/',
    route({ summary: '因争议保留的记录', needs: 'retention.hold', answer: { status: 200, body: Holds } }),
    async (c) => c.json({ items: await listHolds(c.var.scope) }),
  )
  .put(
    '/:hazardId',
    route({
      summary: '因争议保留记录',
      needs: 'retention.hold',
      param: HazardPath,
      json: Hold,
      answer: { status: 204 },
    }),
    async (c) => {
      await holdHazard(c.var.scope, c.req.valid('param').hazardId, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .delete(
    '/:hazardId',
    route({ summary: '解除保留', needs: 'retention.hold', param: HazardPath, answer: { status: 204 } }),
    async (c) => {
      await liftHold(c.var.scope, c.req.valid('param').hazardId, c.var.now)
      return c.body(null, 204)
    },
  )
