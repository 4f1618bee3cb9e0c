import { Hono } from 'hono'
import * as v from 'valibot'
import { NoticeId } from '@app/shared/ids'
import {
  NoticeCard,
  NoticeDraft,
  NoticeEdit,
  NoticePath,
  NoticeRecord,
  Publication,
  Withdrawal,
} from '@app/shared/notices/schema'
import type { DistrictEnv } from '../http/context'
import { route } from '../http/route'
import { newId } from '../ids'
import { draftNotice, editNotice, listNotices, publishNotice, readNotice, withdrawNotice } from './store'

const done = { status: 204 } as const

export const noticeRoutes = new Hono<DistrictEnv>()
  .get(
    '/',
    route({
      summary: '通报',
      needs: 'notice.view',
      answer: { status: 200, body: v.object({ items: v.array(NoticeCard) }) },
    }),
    async (c) => c.json({ items: await listNotices(c.var.scope) }),
  )
  .post(
    '/',
    route({
      summary: '由评分快照拟写通报',
      needs: 'notice.draft',
      json: NoticeDraft,
      answer: { status: 201, body: v.object({ id: NoticeId }) },
    }),
    async (c) => {
      const id = newId<NoticeId>('ntc', c.var.now)
      await draftNotice(c.var.scope, id, c.req.valid('json').period, c.var.now)
      return c.json({ id }, 201)
    },
  )
  .get(
    '/:noticeId',
    route({
      summary: '通报全文与预览',
      needs: 'notice.view',
      param: NoticePath,
      answer: { status: 200, body: NoticeRecord },
    }),
    async (c) => c.json(await readNotice(c.var.scope, c.req.valid('param').noticeId)),
  )
  .put(
    '/:noticeId/words',
    route({ summary: '修改通报文字', needs: 'notice.draft', param: NoticePath, json: NoticeEdit, answer: done }),
    async (c) => {
      await editNotice(c.var.scope, c.req.valid('param').noticeId, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .put(
    '/:noticeId/publication',
    route({
      summary: '发布通报',
      needs: 'notice.publish',
      again: true,
      param: NoticePath,
      json: Publication,
      answer: done,
    }),
    async (c) => {
      await publishNotice(c.var.scope, c.req.valid('param').noticeId, c.req.valid('json').version, c.var.now)
      return c.body(null, 204)
    },
  )
  .put(
    '/:noticeId/withdrawal',
    route({
      summary: '撤回通报',
      needs: 'notice.withdraw',
      again: true,
      param: NoticePath,
      json: Withdrawal,
      answer: done,
    }),
    async (c) => {
      await withdrawNotice(c.var.scope, c.req.valid('param').noticeId, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
