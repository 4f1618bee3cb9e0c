import { BoardFilter, FilingFilter } from '@app/shared/filings/filter'
import {
  BoardPage,
  Confirmation,
  Decision,
  FilingMade,
  FilingPage,
  FilingPath,
  FilingRecord,
  NewFiling,
  NumberSeen,
  Owing,
  OwingPath,
  StatementDraft,
  WorkClosure,
} from '@app/shared/filings/schema'
import { Hono } from 'hono'
import type { StreetEnv } from '../http/context'
import { route } from '../http/route'
import {
  closeFiling,
  confirmFiling,
  decideFiling,
  fileRecord,
  getFiling,
  keepDraft,
  listBoard,
  listFilings,
  ownOwing,
  owingOf,
  seeNumber,
} from './store'

const done = { status: 204 } as const

/** 企业材料: what enterprises file of themselves, and what each of them owes. */
export const filingRoutes = new Hono<StreetEnv>()
  .get(
    '/',
    route({
      summary: '企业材料',
      needs: 'filing.view',
      query: FilingFilter,
      answer: { status: 200, body: FilingPage },
    }),
    async (c) => c.json(await listFilings(c.var.scope, c.req.valid('query'), c.var.now)),
  )
  .get(
    '/board',
    route({
      summary: '各企业应报材料',
      needs: 'filing.view',
      query: BoardFilter,
      answer: { status: 200, body: BoardPage },
    }),
    async (c) => c.json(await listBoard(c.var.scope, c.req.valid('query'), c.var.now)),
  )
  .get(
    '/own',
    route({ summary: '本企业应报材料', needs: 'filing.write', answer: { status: 200, body: Owing } }),
    async (c) => c.json(await ownOwing(c.var.scope, c.var.now)),
  )
  .get(
    '/owed/:enterpriseId',
    route({
      summary: '某企业应报材料',
      needs: 'filing.view',
      param: OwingPath,
      answer: { status: 200, body: Owing },
    }),
    async (c) => c.json(await owingOf(c.var.scope, c.req.valid('param').enterpriseId, c.var.now)),
  )
  .post(
    '/',
    route({
      summary: '报送记录或申请危险作业',
      needs: 'filing.write',
      json: NewFiling,
      answer: { status: 201, body: FilingMade },
    }),
    async (c) => {
      const filing = c.req.valid('json')
      await fileRecord(c.var.scope, filing, c.var.now)
      return c.json({ id: filing.id }, 201)
    },
  )
  .get(
    '/:filingId',
    route({
      summary: '企业材料详情',
      needs: 'filing.view',
      param: FilingPath,
      answer: { status: 200, body: FilingRecord },
    }),
    async (c) => c.json(await getFiling(c.var.scope, c.req.valid('param').filingId, c.var.now)),
  )
  .put(
    '/:filingId/draft',
    route({
      summary: '保存材料草稿，交主要负责人确认',
      needs: 'filing.write',
      param: FilingPath,
      json: StatementDraft,
      answer: done,
    }),
    async (c) => {
      await keepDraft(c.var.scope, c.req.valid('param').filingId, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .put(
    '/:filingId/confirmation',
    route({
      summary: '主要负责人确认材料',
      needs: 'filing.confirm',
      param: FilingPath,
      json: Confirmation,
      answer: done,
    }),
    async (c) => {
      await confirmFiling(c.var.scope, c.req.valid('param').filingId, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .put(
    '/:filingId/decision',
    route({
      summary: '审批危险作业',
      needs: 'filing.write',
      param: FilingPath,
      json: Decision,
      answer: done,
    }),
    async (c) => {
      await decideFiling(c.var.scope, c.req.valid('param').filingId, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .put(
    '/:filingId/closure',
    route({
      summary: '危险作业完工',
      needs: 'filing.write',
      param: FilingPath,
      json: WorkClosure,
      answer: done,
    }),
    async (c) => {
      await closeFiling(c.var.scope, c.req.valid('param').filingId, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .post(
    '/:filingId/number-views',
    route({
      summary: '查看证书完整编号（逐次留痕）',
      needs: 'contact.unmask',
      again: true,
      param: FilingPath,
      answer: { status: 200, body: NumberSeen },
    }),
    async (c) => c.json({ number: await seeNumber(c.var.scope, c.req.valid('param').filingId, c.var.now) }),
  )
