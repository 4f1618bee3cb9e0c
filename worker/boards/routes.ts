import { Board } from '@app/shared/enterprises/board'
import { Hono } from 'hono'
import type { StreetEnv } from '../http/context'
import { route } from '../http/route'
import { gridBoard } from './store'

/** 网格视图: what lies in each community and grid, counted. */
export const boardRoutes = new Hono<StreetEnv>().get(
  '/',
  route({
    summary: '按社区和网格汇总企业（网格视图）',
    needs: 'enterprise.view',
    answer: { status: 200, body: Board },
  }),
  async (c) => c.json(await gridBoard(c.var.scope, c.var.now)),
)
