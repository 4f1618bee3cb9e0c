import { Hono } from 'hono'
import {
  ChargeFilter,
  ChargePage,
  ChargePath,
  Ending,
  NewCharge,
  NewSeat,
  NewUnit,
  SeatFilter,
  SeatPage,
  SeatPath,
  UnitPage,
  UnitPath,
  UnitWords,
} from '@app/shared/organisation/schema'
import type { StreetEnv } from '../http/context'
import { route } from '../http/route'
import {
  addUnit,
  changeUnit,
  endCharge,
  endSeat,
  listCharges,
  listSeats,
  listUnits,
  retireUnit,
  takeCharge,
  takeSeat,
} from './store'

const done = { status: 204 } as const

export const organisationRoutes = new Hono<StreetEnv>()
  .get(
    '/charges',
    route({
      summary: '双包责任',
      needs: 'people.view',
      query: ChargeFilter,
      answer: { status: 200, body: ChargePage },
    }),
    async (c) => c.json({ items: await listCharges(c.var.scope, c.req.valid('query'), c.var.now) }),
  )
  .post(
    '/charges',
    route({ summary: '安排双包责任人', needs: 'duty.manage', json: NewCharge, answer: done }),
    async (c) => {
      await takeCharge(c.var.scope, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .put(
    '/charges/:chargeId/end',
    route({ summary: '结束双包责任', needs: 'duty.manage', param: ChargePath, json: Ending, answer: done }),
    async (c) => {
      await endCharge(c.var.scope, c.req.valid('param').chargeId, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .get(
    '/seats',
    route({ summary: '领导小组', needs: 'people.view', query: SeatFilter, answer: { status: 200, body: SeatPage } }),
    async (c) => c.json({ items: await listSeats(c.var.scope, c.req.valid('query'), c.var.now) }),
  )
  .post(
    '/seats',
    route({ summary: '增加领导小组成员', needs: 'duty.manage', json: NewSeat, answer: done }),
    async (c) => {
      await takeSeat(c.var.scope, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .put(
    '/seats/:seatId/end',
    route({ summary: '结束领导小组职务', needs: 'duty.manage', param: SeatPath, json: Ending, answer: done }),
    async (c) => {
      await endSeat(c.var.scope, c.req.valid('param').seatId, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .get(
    '/units',
    route({ summary: '成员单位', needs: 'people.view', answer: { status: 200, body: UnitPage } }),
    async (c) => c.json({ items: await listUnits(c.var.scope) }),
  )
  .post('/units', route({ summary: '增加成员单位', needs: 'unit.manage', json: NewUnit, answer: done }), async (c) => {
    await addUnit(c.var.scope, c.req.valid('json'), c.var.now)
    return c.body(null, 204)
  })
  .put(
    '/units/:unitId',
    route({ summary: '修改成员单位', needs: 'unit.manage', param: UnitPath, json: UnitWords, answer: done }),
    async (c) => {
      await changeUnit(c.var.scope, c.req.valid('param').unitId, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .delete(
    '/units/:unitId',
    route({ summary: '撤销成员单位', needs: 'unit.manage', param: UnitPath, answer: done }),
    async (c) => {
      await retireUnit(c.var.scope, c.req.valid('param').unitId, c.var.now)
      return c.body(null, 204)
    },
  )
