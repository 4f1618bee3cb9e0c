import { Hono } from 'hono'
import { AccessPage, Workbench } from '@app/shared/workbench/schema'
import type { StreetEnv } from '../http/context'
import { route } from '../http/route'
import { listAccess, openWorkbench } from './store'

export const workbenchRoutes = new Hono<StreetEnv>()
  .get(
    '/',
    route({
      summary: '工作台：待办数量',
      needs: 'hazard.view',
      report: true,
      answer: { status: 200, body: Workbench },
    }),
    async (c) => c.json(await openWorkbench(c.var.scope, c.var.now)),
  )
  .get(
    '/access',
    route({ summary: '上级调阅记录', needs: 'access.view', answer: { status: 200, body: AccessPage } }),
    async (c) => c.json({ items: await listAccess(c.var.scope) }),
  )
