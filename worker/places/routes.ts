import { Hono } from 'hono'
import { EnterpriseFilter, EnterprisePage, Places } from '@app/shared/places/schema'
import type { StreetEnv } from '../http/context'
import { route } from '../http/route'
import { listEnterprises, listPlaces } from './store'

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
