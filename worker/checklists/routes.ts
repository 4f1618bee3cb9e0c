import { Hono } from 'hono'
import { ChecklistPath, DraftChange, EditionSeen, NewChecklist, VersionPath } from '@app/shared/checklists/drafts'
import {
  ChecklistDraft,
  ChecklistPage,
  ChecklistVersion,
  Edition,
  PublishedVersion,
} from '@app/shared/checklists/listing'
import type { StreetEnv } from '../http/context'
import { route } from '../http/route'
import {
  beginChecklist,
  getDraft,
  getVersion,
  listChecklists,
  publishChecklist,
  retireChecklist,
  saveDraft,
} from './store'

/** 检查表: what comes with the product, and what the street writes itself. */
export const checklistRoutes = new Hono<StreetEnv>()
  .get(
    '/',
    route({ summary: '检查表', needs: 'inspection.sign', answer: { status: 200, body: ChecklistPage } }),
    async (c) => c.json(await listChecklists(c.var.scope)),
  )
  .post(
    '/',
    route({ summary: '新建检查表', needs: 'checklist.manage', json: NewChecklist, answer: { status: 204 } }),
    async (c) => {
      await beginChecklist(c.var.scope, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .get(
    '/:templateId/versions/:version',
    route({
      summary: '某一版检查表',
      needs: 'inspection.sign',
      param: VersionPath,
      answer: { status: 200, body: ChecklistVersion },
    }),
    async (c) => {
      const { templateId, version } = c.req.valid('param')
      return c.json(await getVersion(c.var.scope, { id: templateId, version }, c.var.now))
    },
  )
  .get(
    '/:templateId/draft',
    route({
      summary: '检查表草稿',
      needs: 'checklist.manage',
      param: ChecklistPath,
      answer: { status: 200, body: ChecklistDraft },
    }),
    async (c) => c.json(await getDraft(c.var.scope, c.req.valid('param').templateId, c.var.now)),
  )
  .put(
    '/:templateId/draft',
    route({
      summary: '保存检查表草稿',
      needs: 'checklist.manage',
      param: ChecklistPath,
      json: DraftChange,
      answer: { status: 200, body: Edition },
    }),
    async (c) => {
      const edition = await saveDraft(c.var.scope, c.req.valid('param').templateId, c.req.valid('json'), c.var.now)
      return c.json({ edition })
    },
  )
  .put(
    '/:templateId/publication',
    route({
      summary: '发布检查表',
      needs: 'checklist.manage',
      param: ChecklistPath,
      json: DraftChange,
      answer: { status: 200, body: PublishedVersion },
    }),
    async (c) =>
      c.json(await publishChecklist(c.var.scope, c.req.valid('param').templateId, c.req.valid('json'), c.var.now)),
  )
  .put(
    '/:templateId/retirement',
    route({
      summary: '停用检查表',
      needs: 'checklist.manage',
      param: ChecklistPath,
      json: EditionSeen,
      answer: { status: 204 },
    }),
    async (c) => {
      await retireChecklist(c.var.scope, c.req.valid('param').templateId, c.req.valid('json').edition, c.var.now)
      return c.body(null, 204)
    },
  )
