import { Hono } from 'hono'
import {
  Colleagues,
  Correction,
  DueList,
  InspectionFilter,
  InspectionPage,
  InspectionPath,
  InspectionRecord,
  NewInspection,
  Offers,
  OffersPath,
  SignedInspection,
} from '@app/shared/inspections/schema'
import type { StreetEnv } from '../http/context'
import { route } from '../http/route'
import {
  correctInspection,
  correctionOf,
  getInspection,
  listColleagues,
  listDue,
  listInspections,
  offersFor,
  signInspection,
} from './store'

/** 检查: whose turn it is, what to check by, and what was signed. */
export const inspectionRoutes = new Hono<StreetEnv>()
  .get(
    '/',
    route({
      summary: '检查记录',
      needs: 'inspection.view',
      query: InspectionFilter,
      answer: { status: 200, body: InspectionPage },
    }),
    async (c) => c.json(await listInspections(c.var.scope, c.req.valid('query'))),
  )
  .get(
    '/due',
    route({ summary: '待检查单位', needs: 'inspection.sign', answer: { status: 200, body: DueList } }),
    async (c) => c.json(await listDue(c.var.scope, c.var.now)),
  )
  .get(
    '/colleagues',
    route({ summary: '可填写的同行人员', needs: 'inspection.sign', answer: { status: 200, body: Colleagues } }),
    async (c) => c.json({ items: await listColleagues(c.var.scope, c.var.now) }),
  )
  .get(
    '/offers/:enterpriseId',
    route({
      summary: '某单位可用的检查表',
      needs: 'inspection.sign',
      param: OffersPath,
      answer: { status: 200, body: Offers },
    }),
    async (c) => c.json(await offersFor(c.var.scope, c.req.valid('param').enterpriseId, c.var.now)),
  )
  .post(
    '/',
    route({
      summary: '签署检查记录（同时登记隐患）',
      needs: 'inspection.sign',
      json: NewInspection,
      answer: { status: 201, body: SignedInspection },
    }),
    async (c) => {
      const inspection = c.req.valid('json')
      const hazards = await signInspection(c.var.scope, inspection, c.var.now)
      return c.json({ id: inspection.id, hazards }, 201)
    },
  )
  .get(
    '/:inspectionId',
    route({
      summary: '检查记录详情',
      needs: 'inspection.view',
      param: InspectionPath,
      answer: { status: 200, body: InspectionRecord },
    }),
    async (c) => c.json(await getInspection(c.var.scope, c.req.valid('param').inspectionId)),
  )
  .get(
    '/:inspectionId/correction',
    route({
      summary: '更正某份记录所用的检查表',
      needs: 'inspection.correct',
      param: InspectionPath,
      answer: { status: 200, body: Offers },
    }),
    async (c) => c.json(await correctionOf(c.var.scope, c.req.valid('param').inspectionId, c.var.now)),
  )
  .post(
    '/:inspectionId/corrections',
    route({
      summary: '更正检查记录（另成一版，重新签字）',
      needs: 'inspection.correct',
      param: InspectionPath,
      json: Correction,
      answer: { status: 201, body: SignedInspection },
    }),
    async (c) => {
      const correction = c.req.valid('json')
      const { inspectionId } = c.req.valid('param')
      const hazards = await correctInspection(c.var.scope, inspectionId, correction, c.var.now)
      return c.json({ id: correction.id, hazards }, 201)
    },
  )
