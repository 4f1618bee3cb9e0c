import { Hono } from 'hono'
import { JoiningBegun, JoiningState, JoiningToken, NewJoining, PassGiven, PosterUnit } from '@app/shared/joining/schema'
import { visitOf } from '../auth/visit'
import type { AppEnv } from '../http/context'
import { route } from '../http/route'
import { beginJoining, joiningState, unitOfPass } from '../platform/joining'

/** For whoever scanned a poster, with an account or without. */
export const publicJoiningRoutes = new Hono<AppEnv>()
  .post(
    '/view',
    route({
      summary: '二维码所属的单位',
      needs: 'public',
      json: PassGiven,
      answer: { status: 200, body: PosterUnit },
    }),
    async (c) => c.json(await unitOfPass(await visitOf(c), c.req.valid('json').pass)),
  )
  .post(
    '/',
    route({
      summary: '申请加入企业',
      needs: 'public',
      json: NewJoining,
      answer: { status: 201, body: JoiningBegun },
    }),
    async (c) => c.json(await beginJoining(await visitOf(c), c.req.valid('json')), 201),
  )
  .post(
    '/state',
    route({
      summary: '加入申请办到哪一步',
      needs: 'public',
      json: JoiningToken,
      answer: { status: 200, body: JoiningState },
    }),
    async (c) => c.json(await joiningState(await visitOf(c), c.req.valid('json').token)),
  )
