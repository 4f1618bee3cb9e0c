import { Hono } from 'hono'
import {
  CriteriaPage,
  CriteriaQuery,
  CriterionChange,
  CriterionHistory,
  CriterionPath,
  CriterionRetirement,
  NewCriterion,
  Verification,
} from '@app/shared/criteria/schema'
import type { StreetEnv } from '../http/context'
import { route } from '../http/route'
import {
  addCriterion,
  changeCriterion,
  criterionHistory,
  retireCriterion,
  searchCriteria,
  verifyCriterion,
} from './store'

const done = { status: 204 } as const

/** 判定标准: what is carried, and what the street adds. */
export const criterionRoutes = new Hono<StreetEnv>()
  .get(
    '/',
    route({
      summary: '判定标准目录',
      needs: 'inspection.view',
      query: CriteriaQuery,
      answer: { status: 200, body: CriteriaPage },
    }),
    async (c) => c.json(await searchCriteria(c.var.scope, c.req.valid('query'), c.var.now)),
  )
  .post(
    '/',
    route({ summary: '增补判定标准', needs: 'checklist.manage', json: NewCriterion, answer: done }),
    async (c) => {
      await addCriterion(c.var.scope, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .get(
    '/:criterionId',
    route({
      summary: '本级增补判定标准的各版',
      needs: 'inspection.sign',
      param: CriterionPath,
      answer: { status: 200, body: CriterionHistory },
    }),
    async (c) => c.json(await criterionHistory(c.var.scope, c.req.valid('param').criterionId)),
  )
  .put(
    '/:criterionId',
    route({
      summary: '修改增补的判定标准（另成一版）',
      needs: 'checklist.manage',
      param: CriterionPath,
      json: CriterionChange,
      answer: done,
    }),
    async (c) => {
      await changeCriterion(c.var.scope, c.req.valid('param').criterionId, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .put(
    '/:criterionId/verification',
    route({
      summary: '核实增补的判定标准',
      needs: 'checklist.manage',
      param: CriterionPath,
      json: Verification,
      answer: done,
    }),
    async (c) => {
      await verifyCriterion(c.var.scope, c.req.valid('param').criterionId, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .put(
    '/:criterionId/retirement',
    route({
      summary: '停用增补的判定标准',
      needs: 'checklist.manage',
      param: CriterionPath,
      json: CriterionRetirement,
      answer: done,
    }),
    async (c) => {
      await retireCriterion(c.var.scope, c.req.valid('param').criterionId, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
