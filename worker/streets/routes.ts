import { Hono } from 'hono'
import { SetPasswordLink } from '@app/shared/accounts/schema'
import { StreetAdministratorPath, StreetAdministrators } from '@app/shared/onboarding/administrators'
import {
  NewOverseer,
  NewStreet,
  Onboarded,
  OverseerPath,
  OverseersPage,
  StreetsPage,
  StreetTrial,
} from '@app/shared/onboarding/schema'
import type { DistrictEnv } from '../http/context'
import { route } from '../http/route'
import { appointOverseer, listOverseers, listStreets, restoreOverseer } from './store'

const made = { status: 201, body: Onboarded } as const

/** The district's streets and how one comes aboard. */
export const onboardingRoutes = new Hono<DistrictEnv>()
  .get(
    '/',
    route({ summary: '街道列表', needs: 'score.view', report: true, answer: { status: 200, body: StreetsPage } }),
    async (c) => c.json({ items: await listStreets(c.var.scope, c.var.now) }),
  )
  .post(
    '/trials',
    route({
      summary: '试开通街道（只检查，不写入）',
      needs: 'street.onboard',
      json: NewStreet,
      answer: { status: 200, body: StreetTrial },
    }),
    async (c) => c.json(await c.var.scope.tryStreet(c.req.valid('json'))),
  )
  .post(
    '/',
    route({ summary: '开通街道', needs: 'street.onboard', again: true, json: NewStreet, answer: made }),
    async (c) => c.json({ link: await c.var.scope.onboard(c.req.valid('json'), c.var.now) }, 201),
  )

/** Who administers the district's streets, and how the district helps them. */
export const administratorRoutes = new Hono<DistrictEnv>()
  .get(
    '/administrators',
    route({
      summary: '各街道的管理员',
      needs: 'street.onboard',
      report: true,
      answer: { status: 200, body: StreetAdministrators },
    }),
    async (c) => c.json({ items: await c.var.scope.streetAdministrators(c.var.now) }),
  )
  .post(
    '/:streetId/administrators/:personId/link',
    route({
      summary: '为街道管理员生成设置密码链接',
      needs: 'street.onboard',
      again: true,
      param: StreetAdministratorPath,
      answer: { status: 201, body: SetPasswordLink },
    }),
    async (c) => {
      const { streetId, personId } = c.req.valid('param')
      return c.json(await c.var.scope.administratorLink(streetId, personId, c.var.now), 201)
    },
  )

/** The district's own people. */
export const overseerRoutes = new Hono<DistrictEnv>()
  .get(
    '/',
    route({ summary: '区级人员', needs: 'people.view', answer: { status: 200, body: OverseersPage } }),
    async (c) => c.json({ items: await listOverseers(c.var.scope) }),
  )
  .post(
    '/',
    route({ summary: '开通区级账号', needs: 'overseer.manage', again: true, json: NewOverseer, answer: made }),
    async (c) => c.json({ link: await appointOverseer(c.var.scope, c.req.valid('json'), c.var.now) }, 201),
  )
  .delete(
    '/:personId/post',
    route({
      summary: '停用区级岗位',
      needs: 'overseer.manage',
      again: true,
      param: OverseerPath,
      answer: { status: 204 },
    }),
    async (c) => {
      await c.var.scope.endPost(c.req.valid('param').personId, c.var.now)
      return c.body(null, 204)
    },
  )
  .put(
    '/:personId/post',
    route({
      summary: '恢复区级岗位',
      needs: 'overseer.manage',
      again: true,
      param: OverseerPath,
      answer: { status: 204 },
    }),
    async (c) => {
      await restoreOverseer(c.var.scope, c.req.valid('param').personId, c.var.now)
      return c.body(null, 204)
    },
  )
