import { Hono } from 'hono'
import * as v from 'valibot'
import { StreetId } from '@app/shared/ids'
import { LastMove, NewMove } from '@app/shared/tenants/moves'
import type { PlatformEnv } from '../http/context'
import { route } from '../http/route'

const needs = 'tenant.move'
const param = v.object({ streetId: StreetId })
const answer = { status: 200, body: LastMove } as const

/** Where a street is kept: its way from one district to another. */
export const moveRoutes = new Hono<PlatformEnv>()
  .get('/:streetId/move', route({ summary: '街道的迁移及其进度', needs, param, answer }), async (c) =>
    c.json({ move: await c.var.scope.moves.last(c.req.valid('param').streetId) }),
  )
  .put(
    '/:streetId/move',
    route({ summary: '将街道迁往另一个区', needs, again: true, param, json: NewMove, answer }),
    async (c) => {
      const { streetId } = c.req.valid('param')
      const { moves } = c.var.scope
      await moves.begin(streetId, c.req.valid('json'), c.var.now)
      return c.json({ move: await moves.last(streetId) })
    },
  )
  .put(
    '/:streetId/move/release',
    route({ summary: '释放迁移前的原数据', needs, again: true, param, answer }),
    async (c) => {
      const { streetId } = c.req.valid('param')
      const { moves } = c.var.scope
      await moves.release(streetId, c.var.now)
      return c.json({ move: await moves.last(streetId) })
    },
  )
  .delete('/:streetId/move', route({ summary: '撤销迁移', needs, again: true, param, answer }), async (c) => {
    const { streetId } = c.req.valid('param')
    const { moves } = c.var.scope
    await moves.cancel(streetId, c.var.now)
    return c.json({ move: await moves.last(streetId) })
  })
