import { Hono } from 'hono'
import { SetPasswordLink } from '@app/shared/accounts/schema'
import {
  ImportAdministratorPath,
  ImportCard,
  ImportContents,
  ImportPartPath,
  ImportPath,
  ImportsPage,
  NewImport,
} from '@app/shared/tenants/imports'
import type { PlatformEnv } from '../http/context'
import { route } from '../http/route'

const needs = 'tenant.import'
const done = { status: 204 } as const

/** Streets that come with a package from another deployment. */
export const importRoutes = new Hono<PlatformEnv>()
  .get('/', route({ summary: '导入街道的记录', needs, answer: { status: 200, body: ImportsPage } }), async (c) =>
    c.json({ items: await c.var.scope.imports.list() }),
  )
  .post(
    '/',
    route({
      summary: '登记要导入的数据包',
      needs,
      again: true,
      json: NewImport,
      answer: { status: 201, body: ImportCard },
    }),
    async (c) => {
      const asked = c.req.valid('json')
      const { imports } = c.var.scope
      await imports.begin(asked, c.var.now)
      return c.json(await imports.get(asked.id), 201)
    },
  )
  .get(
    '/:importId',
    route({ summary: '一次导入及其进度', needs, param: ImportPath, answer: { status: 200, body: ImportCard } }),
    async (c) => c.json(await c.var.scope.imports.get(c.req.valid('param').importId)),
  )
  .put(
    '/:importId/parts/:part',
    route({
      summary: '上传数据包的一段（除最后一段外每段 8 MiB）',
      needs,
      param: ImportPartPath,
      file: ['application/octet-stream'],
      answer: done,
    }),
    async (c) => {
      const { importId, part } = c.req.valid('param')
      await c.var.scope.imports.takePart(importId, part, await c.req.arrayBuffer())
      return c.body(null, 204)
    },
  )
  .put(
    '/:importId/contents',
    route({
      summary: '以口令打开数据包并开始导入',
      needs,
      again: true,
      param: ImportPath,
      json: ImportContents,
      answer: done,
    }),
    async (c) => {
      await c.var.scope.imports.open(c.req.valid('param').importId, c.req.valid('json').passphrase, c.var.now)
      return c.body(null, 204)
    },
  )
  .post(
    '/:importId/administrators/:personId/link',
    route({
      summary: '为导入街道的管理员生成设置密码链接',
      needs,
      again: true,
      param: ImportAdministratorPath,
      answer: { status: 201, body: SetPasswordLink },
    }),
    async (c) => {
      const { importId, personId } = c.req.valid('param')
      return c.json(await c.var.scope.importedLink(importId, personId), 201)
    },
  )
  .delete(
    '/:importId',
    route({ summary: '取消导入', needs, again: true, param: ImportPath, answer: done }),
    async (c) => {
      await c.var.scope.imports.cancel(c.req.valid('param').importId, c.var.now)
      return c.body(null, 204)
    },
  )
