import { Hono } from 'hono'
import { NewUnit, UnitPage, UnitPath, UnitWords } from '@app/shared/organisation/schema'
import type { DistrictEnv } from '../http/context'
import { route } from '../http/route'
import { addUnit, changeUnit, listUnits, retireUnit } from './store'

const done = { status: 204 } as const

/** 成员单位 of the district. */
export const unitRoutes = new Hono<DistrictEnv>()
  .get(
    '/',
    route({ summary: '区成员单位', needs: 'people.view', answer: { status: 200, body: UnitPage } }),
    async (c) => c.json({ items: await listUnits(c.var.scope) }),
  )
  .post('/', route({ summary: '增加区成员单位', needs: 'unit.manage', json: NewUnit, answer: done }), async (c) => {
    await addUnit(c.var.scope, c.req.valid('json'), c.var.now)
    return c.body(null, 204)
  })
  .put(
    '/:unitId',
    route({ summary: '修改区成员单位', needs: 'unit.manage', param: UnitPath, json: UnitWords, answer: done }),
    async (c) => {
      await changeUnit(c.var.scope, c.req.valid('param').unitId, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .delete(
    '/:unitId',
    route({ summary: '撤销区成员单位', needs: 'unit.manage', param: UnitPath, answer: done }),
    async (c) => {
      await retireUnit(c.var.scope, c.req.valid('param').unitId, c.var.now)
      return c.body(null, 204)
    },
  )
