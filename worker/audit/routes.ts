import { Hono } from 'hono'
import { AuditFilter } from '@app/shared/audit/filter'
import { AuditPage } from '@app/shared/audit/schema'
import type { DistrictEnv, StreetEnv } from '../http/context'
import { route } from '../http/route'
import { districtAudit, streetAudit } from './store'

const declaration = {
  summary: '审计日志',
  needs: 'audit.view',
  query: AuditFilter,
  answer: { status: 200, body: AuditPage },
} as const

export const streetAuditRoutes = new Hono<StreetEnv>().get('/', route(declaration), async (c) =>
  c.json(await streetAudit(c.var.scope, c.req.valid('query'))),
)

export const districtAuditRoutes = new Hono<DistrictEnv>().get('/', route(declaration), async (c) =>
  c.json(await districtAudit(c.var.scope, c.req.valid('query'))),
)
