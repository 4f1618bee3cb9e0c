import { Hono } from 'hono'
import { Mapping } from '@app/shared/enterprises/columns'
import { HeldFilter, HeldPage, ImportChunk, KeptMapping } from '@app/shared/enterprises/matching'
import type { StreetEnv } from '../http/context'
import { route } from '../http/route'
import { keepMapping, keptMapping, listHeld, takeIn } from './store'

const done = { status: 204 } as const

/** 表格导入: what the street has to compare a file with, how its tables are read, and what is taken over from one. */
export const tableImportRoutes = new Hono<StreetEnv>()
  .get(
    '/enterprises/register',
    route({
      summary: '全部企业（供导入比对与导出）',
      needs: 'enterprise.manage',
      query: HeldFilter,
      answer: { status: 200, body: HeldPage },
    }),
    async (c) => c.json(await listHeld(c.var.scope, c.req.valid('query').cursor)),
  )
  .post(
    '/enterprises/chunks',
    route({ summary: '导入一批企业', needs: 'enterprise.manage', json: ImportChunk, answer: done }),
    async (c) => {
      await takeIn(c.var.scope, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .get(
    '/enterprises/mapping',
    route({
      summary: '企业表格的列对应关系',
      needs: 'enterprise.manage',
      answer: { status: 200, body: KeptMapping },
    }),
    async (c) => c.json({ mapping: await keptMapping(c.var.scope) }),
  )
  .put(
    '/enterprises/mapping',
    route({ summary: '记住企业表格的列对应关系', needs: 'enterprise.manage', json: Mapping, answer: done }),
    async (c) => {
      await keepMapping(c.var.scope, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
