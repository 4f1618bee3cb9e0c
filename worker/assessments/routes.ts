import { Hono } from 'hono'
import {
  FactsPage,
  FactsPath,
  OwnScore,
  Periods,
  Ranking,
  SnapshotPath,
  StreetFactsPath,
} from '@app/shared/schemes/snapshot'
import type { DistrictEnv, StreetEnv } from '../http/context'
import { route } from '../http/route'
import { listPeriods, readFacts, readOwnScore, readRanking } from './store'

/** A street's own lines, down to the records behind every point. */
export const scoreRoutes = new Hono<StreetEnv>()
  .get(
    '/',
    route({ summary: '已评分的月份', needs: 'score.view', answer: { status: 200, body: Periods } }),
    async (c) => c.json({ periods: await listPeriods(c.var.scope) }),
  )
  .get(
    '/:period',
    route({
      summary: '本街道得分',
      needs: 'score.view',
      param: SnapshotPath,
      answer: { status: 200, body: OwnScore },
    }),
    async (c) => c.json(await readOwnScore(c.var.scope, c.req.valid('param').period)),
  )
  .get(
    '/:period/facts/:indicator',
    route({
      summary: '得分背后的记录',
      needs: 'score.view',
      param: FactsPath,
      answer: { status: 200, body: FactsPage },
    }),
    async (c) => {
      const { scope } = c.var
      return c.json(await readFacts(scope, { ...c.req.valid('param'), streetId: scope.street.streetId }))
    },
  )

export const rankingRoutes = new Hono<DistrictEnv>()
  .get(
    '/',
    route({ summary: '已评分的月份', needs: 'score.view', answer: { status: 200, body: Periods } }),
    async (c) => c.json({ periods: await listPeriods(c.var.scope) }),
  )
  .get(
    '/:period',
    route({
      summary: '街道排名',
      needs: 'score.view',
      param: SnapshotPath,
      answer: { status: 200, body: Ranking },
    }),
    async (c) => c.json(await readRanking(c.var.scope, c.req.valid('param').period)),
  )
  .get(
    '/:period/streets/:streetId/facts/:indicator',
    route({
      summary: '得分背后的记录',
      needs: 'score.view',
      param: StreetFactsPath,
      answer: { status: 200, body: FactsPage },
    }),
    async (c) => {
      const { scope } = c.var
      const path = c.req.valid('param')
      scope.street(path.streetId)
      return c.json(await readFacts(scope, path))
    },
  )
