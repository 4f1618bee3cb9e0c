import { Hono } from 'hono'
import { EnterprisePath } from '@app/shared/enterprises/schema'
import {
  JoiningCodeMade,
  JoiningDecision,
  JoiningPath,
  JoiningsPage,
  NewJoiningCode,
  Poster,
  PosterOf,
  PosterPath,
} from '@app/shared/joining/schema'
import type { StreetEnv } from '../http/context'
import { route } from '../http/route'
import {
  decideJoining,
  issuePoster,
  makeCode,
  posterOfUnit,
  revokePoster,
  unitOfPosterHere,
  waitingJoinings,
} from './store'

const done = { status: 204 } as const

/** A unit's poster and its digits, beside its file. */
export const posterRoutes = new Hono<StreetEnv>()
  .get(
    '/posters/:code',
    route({
      summary: '扫码找到的单位',
      needs: 'enterprise.view',
      param: PosterPath,
      answer: { status: 200, body: PosterOf },
    }),
    async (c) => c.json(await unitOfPosterHere(c.var.scope, c.req.valid('param').code)),
  )
  .get(
    '/:enterpriseId/poster',
    route({
      summary: '企业二维码',
      needs: 'joining.offer',
      param: EnterprisePath,
      answer: { status: 200, body: Poster },
    }),
    async (c) => c.json(await posterOfUnit(c.var.scope, c.req.valid('param').enterpriseId)),
  )
  .put(
    '/:enterpriseId/poster',
    route({
      summary: '制作企业二维码',
      needs: 'joining.offer',
      param: EnterprisePath,
      answer: { status: 200, body: Poster },
    }),
    async (c) => c.json(await issuePoster(c.var.scope, c.req.valid('param').enterpriseId, c.var.now)),
  )
  .delete(
    '/:enterpriseId/poster',
    route({ summary: '停用企业二维码', needs: 'joining.offer', param: EnterprisePath, answer: done }),
    async (c) => {
      await revokePoster(c.var.scope, c.req.valid('param').enterpriseId, c.var.now)
      return c.body(null, 204)
    },
  )
  .post(
    '/:enterpriseId/joining-codes',
    route({
      summary: '发放企业加入码',
      needs: 'joining.offer',
      param: EnterprisePath,
      json: NewJoiningCode,
      answer: { status: 201, body: JoiningCodeMade },
    }),
    async (c) => {
      const { role } = c.req.valid('json')
      return c.json(await makeCode(c.var.scope, c.req.valid('param').enterpriseId, role, c.var.now), 201)
    },
  )

/** Who asked to be let in. */
export const joiningRoutes = new Hono<StreetEnv>()
  .get(
    '/',
    route({
      summary: '待办理的企业人员加入申请',
      needs: 'joining.decide',
      answer: { status: 200, body: JoiningsPage },
    }),
    async (c) => c.json({ items: await waitingJoinings(c.var.scope, c.var.now) }),
  )
  .put(
    '/:joiningId/decision',
    route({
      summary: '办理企业人员加入申请',
      needs: 'joining.decide',
      param: JoiningPath,
      json: JoiningDecision,
      answer: done,
    }),
    async (c) => {
      await decideJoining(c.var.scope, c.req.valid('param').joiningId, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
