import { DuplicateGroups, Duplicates, MergePath, Merging, Undoing } from '@app/shared/enterprises/merging'
import { EnterprisePath } from '@app/shared/enterprises/schema'
import { Hono } from 'hono'
import type { StreetEnv } from '../http/context'
import { route } from '../http/route'
import { duplicateGroups, duplicatesOf, mergeEnterprises, undoMerge } from './store'

const done = { status: 204 } as const

/** 重复档案: which files may be of one unit, and putting them together until that is undone. */
export const mergeRoutes = new Hono<StreetEnv>()
  .post(
    '/',
    route({ summary: '合并重复的企业档案', needs: 'enterprise.merge', json: Merging, answer: done }),
    async (c) => {
      await mergeEnterprises(c.var.scope, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .put(
    '/:mergeId/undoing',
    route({ summary: '撤销合并', needs: 'enterprise.merge', param: MergePath, json: Undoing, answer: done }),
    async (c) => {
      await undoMerge(c.var.scope, c.req.valid('param').mergeId, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .get(
    '/duplicates',
    route({
      summary: '疑似重复的企业档案',
      needs: 'enterprise.merge',
      answer: { status: 200, body: DuplicateGroups },
    }),
    async (c) => c.json(await duplicateGroups(c.var.scope)),
  )
  .get(
    '/duplicates/:enterpriseId',
    route({
      summary: '与某份档案疑似重复的档案',
      needs: 'enterprise.merge',
      param: EnterprisePath,
      answer: { status: 200, body: Duplicates },
    }),
    async (c) => c.json(await duplicatesOf(c.var.scope, c.req.valid('param').enterpriseId)),
  )
