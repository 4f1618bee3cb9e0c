import { Hono } from 'hono'
import { ExportCard, ExportMade, ExportPath, ExportsPage, NewExport } from '@app/shared/exports/schema'
import { Problem } from '@app/shared/problem'
import { dayOf } from '@app/shared/time'
import type { StreetEnv } from '../http/context'
import { fileResponse, rangeOf } from '../http/file'
import { route } from '../http/route'
import { getExport, listExports, removeExport } from './store'

const needs = 'street.export'

export const exportRoutes = new Hono<StreetEnv>()
  .get('/', route({ summary: '数据包', needs, answer: { status: 200, body: ExportsPage } }), async (c) =>
    c.json({ items: await listExports(c.var.scope) }),
  )
  .post(
    '/',
    route({
      summary: '生成全街道数据包（口令由浏览器生成，不保存）',
      needs,
      again: true,
      json: NewExport,
      answer: { status: 201, body: ExportMade },
    }),
    async (c) => {
      const asked = c.req.valid('json')
      await c.var.scope.beginExport(asked, c.var.now)
      return c.json({ id: asked.id }, 201)
    },
  )
  .get(
    '/:exportId',
    route({ summary: '一个数据包及其进度', needs, param: ExportPath, answer: { status: 200, body: ExportCard } }),
    async (c) => c.json(await getExport(c.var.scope, c.req.valid('param').exportId)),
  )
  .get(
    '/:exportId/file',
    route({
      summary: '下载数据包（支持断点续传）',
      needs,
      param: ExportPath,
      answer: { status: 200, type: 'application/zip' },
    }),
    async (c) => {
      const { scope, now } = c.var
      const { size, etag, at, open } = await scope.takeExport(c.req.valid('param').exportId, now)
      // A part of another file than the one begun with is worth nothing.
      const same = c.req.header('if-range') === undefined || c.req.header('if-range') === etag
      const range = same ? rangeOf(c.req.header('range'), size) : null
      const object = await open(range && { offset: range.first, length: range.last - range.first + 1 })
      if (!object) throw new Problem('not-found')
      return fileResponse(object, `zhiben-${dayOf(at)}.zip`, range)
    },
  )
  .delete(
    '/:exportId',
    route({ summary: '删除数据包', needs, again: true, param: ExportPath, answer: { status: 204 } }),
    async (c) => {
      await removeExport(c.var.scope, c.req.valid('param').exportId, c.var.now)
      return c.body(null, 204)
    },
  )
