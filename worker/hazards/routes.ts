import { Hono } from 'hono'
import {
  Assignment,
  ExtensionDecision,
  ExtensionRequest,
  Filed,
  HazardDraft,
  HazardPage,
  HazardPath,
  HazardRecord,
  Objection,
  ObjectionDecision,
  Reason,
  Recheck,
  Rectification,
  RoundPath,
  Verification,
  VoidDecision,
} from '@app/shared/hazards/schema'
import { HazardFilter } from '@app/shared/hazards/filter'
import { MeasureNaming } from '@app/shared/risks/schema'
import type { StreetEnv } from '../http/context'
import { route } from '../http/route'
import {
  askExtension,
  assign,
  decideExtension,
  decideObjection,
  decideVoid,
  deedWithReason,
  fileHazard,
  getHazard,
  listHazards,
  nameMeasure,
  objectTo,
  recheck,
  rectify,
  verify,
} from './store'

const done = { status: 204 } as const

export const hazardRoutes = new Hono<StreetEnv>()
  .get(
    '/',
    route({
      summary: '隐患台账',
      needs: 'hazard.view',
      query: HazardFilter,
      answer: { status: 200, body: HazardPage },
    }),
    async (c) => c.json(await listHazards(c.var.scope, c.req.valid('query'), c.var.now)),
  )
  .post(
    '/',
    route({ summary: '上报隐患', needs: 'hazard.file', json: HazardDraft, answer: { status: 201, body: Filed } }),
    async (c) => {
      const draft = c.req.valid('json')
      await fileHazard(c.var.scope, draft, c.var.now)
      return c.json({ id: draft.id }, 201)
    },
  )
  .get(
    '/:hazardId',
    route({
      summary: '隐患详情',
      needs: 'hazard.view',
      param: HazardPath,
      answer: { status: 200, body: HazardRecord },
    }),
    async (c) => c.json(await getHazard(c.var.scope, c.req.valid('param').hazardId, c.var.now)),
  )
  .put(
    '/:hazardId/rounds/:round/assignment',
    route({ summary: '交办整改', needs: 'hazard.assign', param: RoundPath, json: Assignment, answer: done }),
    async (c) => {
      await assign(c.var.scope, c.req.valid('param'), c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .put(
    '/:hazardId/rounds/:round/rectification',
    route({ summary: '填报整改', needs: 'hazard.rectify', param: RoundPath, json: Rectification, answer: done }),
    async (c) => {
      await rectify(c.var.scope, c.req.valid('param'), c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .put(
    '/:hazardId/rounds/:round/measure',
    route({
      summary: '指明缺失或失效的管控措施',
      needs: 'hazard.name-measure',
      param: RoundPath,
      json: MeasureNaming,
      answer: done,
    }),
    async (c) => {
      await nameMeasure(c.var.scope, c.req.valid('param'), c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .put(
    '/:hazardId/rounds/:round/recheck',
    route({ summary: '复查', needs: 'hazard.recheck', param: RoundPath, json: Recheck, answer: done }),
    async (c) => {
      await recheck(c.var.scope, c.req.valid('param'), c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .put(
    '/:hazardId/rounds/:round/closure',
    route({ summary: '销号', needs: 'hazard.close', param: RoundPath, json: Reason, answer: done }),
    async (c) => {
      await deedWithReason(c.var.scope, c.req.valid('param'), 'close', c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .put(
    '/:hazardId/rounds/:round/reopening',
    route({ summary: '重新打开', needs: 'hazard.reopen', param: RoundPath, json: Reason, answer: done }),
    async (c) => {
      await deedWithReason(c.var.scope, c.req.valid('param'), 'reopen', c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .put(
    '/:hazardId/rounds/:round/void-proposal',
    route({ summary: '申请作废', needs: 'hazard.propose-void', param: RoundPath, json: Reason, answer: done }),
    async (c) => {
      await deedWithReason(c.var.scope, c.req.valid('param'), 'propose-void', c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .put(
    '/:hazardId/rounds/:round/void-decision',
    route({ summary: '审核作废', needs: 'hazard.void', param: RoundPath, json: VoidDecision, answer: done }),
    async (c) => {
      await decideVoid(c.var.scope, c.req.valid('param'), c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .put(
    '/:hazardId/rounds/:round/extension-request',
    route({ summary: '申请延期', needs: 'hazard.plead', param: RoundPath, json: ExtensionRequest, answer: done }),
    async (c) => {
      await askExtension(c.var.scope, c.req.valid('param'), c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .put(
    '/:hazardId/rounds/:round/extension-decision',
    route({ summary: '答复延期申请', needs: 'hazard.answer', param: RoundPath, json: ExtensionDecision, answer: done }),
    async (c) => {
      await decideExtension(c.var.scope, c.req.valid('param'), c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .put(
    '/:hazardId/rounds/:round/objection',
    route({ summary: '提出异议', needs: 'hazard.plead', param: RoundPath, json: Objection, answer: done }),
    async (c) => {
      await objectTo(c.var.scope, c.req.valid('param'), c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .put(
    '/:hazardId/rounds/:round/objection-decision',
    route({ summary: '答复异议', needs: 'hazard.answer', param: RoundPath, json: ObjectionDecision, answer: done }),
    async (c) => {
      await decideObjection(c.var.scope, c.req.valid('param'), c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .put(
    '/:hazardId/rounds/:round/verification',
    route({ summary: '抽查核验自查自改', needs: 'hazard.recheck', param: RoundPath, json: Verification, answer: done }),
    async (c) => {
      await verify(c.var.scope, c.req.valid('param'), c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
