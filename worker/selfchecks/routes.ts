import { Hono } from 'hono'
import { MonthFilter, SelfcheckFilter, SignalFilter } from '@app/shared/selfchecks/filter'
import {
  MonthPage,
  MonthPath,
  NewSelfcheck,
  Reported,
  SamplePage,
  SelfcheckOffers,
  SelfcheckPage,
  SelfcheckPath,
  SelfcheckRecord,
  SignalPage,
  UnitHome,
  UnitPath,
  UnitSignals,
} from '@app/shared/selfchecks/schema'
import type { StreetEnv } from '../http/context'
import { route } from '../http/route'
import {
  getSelfcheck,
  listMonth,
  listSample,
  listSelfchecks,
  listSignals,
  openHome,
  report,
  selfcheckOffers,
  unitSignals,
} from './store'

/** 企业自查: what a unit owes and says of itself, and what the street reads of it. */
export const selfcheckRoutes = new Hono<StreetEnv>()
  .get(
    '/',
    route({
      summary: '某单位的自查记录',
      needs: 'selfcheck.view',
      query: SelfcheckFilter,
      answer: { status: 200, body: SelfcheckPage },
    }),
    async (c) => c.json(await listSelfchecks(c.var.scope, c.req.valid('query'))),
  )
  .post(
    '/',
    route({
      summary: '自查上报（同时登记自查发现的隐患）',
      needs: 'selfcheck.sign',
      json: NewSelfcheck,
      answer: { status: 201, body: Reported },
    }),
    async (c) => {
      const selfcheck = c.req.valid('json')
      const hazards = await report(c.var.scope, selfcheck, c.var.now)
      return c.json({ id: selfcheck.id, hazards }, 201)
    },
  )
  .get(
    '/home',
    route({ summary: '企业：现在要做什么', needs: 'selfcheck.sign', answer: { status: 200, body: UnitHome } }),
    async (c) => c.json(await openHome(c.var.scope, c.var.now)),
  )
  .get(
    '/offers',
    route({ summary: '本单位的检查表', needs: 'selfcheck.sign', answer: { status: 200, body: SelfcheckOffers } }),
    async (c) => c.json(await selfcheckOffers(c.var.scope, c.var.now)),
  )
  .get(
    '/months/:month',
    route({
      summary: '某月应自查单位与完成情况',
      needs: 'selfcheck.view',
      param: MonthPath,
      query: MonthFilter,
      answer: { status: 200, body: MonthPage },
    }),
    async (c) => c.json(await listMonth(c.var.scope, c.req.valid('param').month, c.req.valid('query'))),
  )
  .get(
    '/signals',
    route({
      summary: '自查与检查记录不一致的单位',
      needs: 'selfcheck.compare',
      query: SignalFilter,
      report: true,
      answer: { status: 200, body: SignalPage },
    }),
    async (c) => c.json(await listSignals(c.var.scope, c.req.valid('query').cursor, c.var.now)),
  )
  .get(
    '/signals/:enterpriseId',
    route({
      summary: '某单位自查与检查记录的差别',
      needs: 'selfcheck.compare',
      param: UnitPath,
      answer: { status: 200, body: UnitSignals },
    }),
    async (c) => c.json(await unitSignals(c.var.scope, c.req.valid('param').enterpriseId, c.var.now)),
  )
  .get(
    '/sample',
    route({
      summary: '抽查核验：自查自改的隐患',
      needs: 'hazard.recheck',
      answer: { status: 200, body: SamplePage },
    }),
    async (c) => c.json(await listSample(c.var.scope, c.var.now)),
  )
  .get(
    '/:selfcheckId',
    route({
      summary: '自查记录详情',
      needs: 'selfcheck.view',
      param: SelfcheckPath,
      answer: { status: 200, body: SelfcheckRecord },
    }),
    async (c) => c.json(await getSelfcheck(c.var.scope, c.req.valid('param').selfcheckId)),
  )
