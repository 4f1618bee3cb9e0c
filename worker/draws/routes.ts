import { Hono } from 'hono'
import {
  DrawFilter,
  DrawMade,
  DrawPage,
  DrawPath,
  DrawPool,
  DrawRecord,
  NewDraw,
  PoolQuery,
} from '@app/shared/draws/schema'
import type { StreetEnv } from '../http/context'
import { route } from '../http/route'
import { draw, getDraw, listDraws, poolOf } from './store'

/** 双随机: from whom is drawn, and what was. */
export const drawRoutes = new Hono<StreetEnv>()
  .get(
    '/',
    route({
      summary: '双随机抽取记录',
      needs: 'draw.view',
      query: DrawFilter,
      answer: { status: 200, body: DrawPage },
    }),
    async (c) => c.json(await listDraws(c.var.scope, c.req.valid('query'))),
  )
  .get(
    '/pool',
    route({
      summary: '可抽取的单位数和检查人员',
      needs: 'draw.make',
      query: PoolQuery,
      report: true,
      answer: { status: 200, body: DrawPool },
    }),
    async (c) => c.json(await poolOf(c.var.scope, c.req.valid('query'), c.var.now)),
  )
  .post(
    '/',
    route({
      summary: '双随机抽取（留存种子）',
      needs: 'draw.make',
      json: NewDraw,
      answer: { status: 201, body: DrawMade },
    }),
    async (c) => {
      const asked = c.req.valid('json')
      await draw(c.var.scope, asked, c.var.now)
      return c.json({ id: asked.id }, 201)
    },
  )
  .get(
    '/:drawId',
    route({
      summary: '双随机抽取详情（可验算）',
      needs: 'draw.view',
      param: DrawPath,
      report: true,
      answer: { status: 200, body: DrawRecord },
    }),
    async (c) => c.json(await getDraw(c.var.scope, c.req.valid('param').drawId, c.var.now)),
  )
