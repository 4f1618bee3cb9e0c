import { Hono } from 'hono'
import {
  ColourChange,
  ContactPath,
  EnterpriseEdit,
  EnterpriseFile,
  EnterprisePath,
  NewEnterprise,
  RegisterPage,
  StandingChange,
} from '@app/shared/enterprises/schema'
import { RegisterFilter } from '@app/shared/enterprises/filter'
import { PhoneSeen } from '@app/shared/people/schema'
import type { StreetEnv } from '../http/context'
import { route } from '../http/route'
import {
  changeColour,
  changeStanding,
  editEnterprise,
  enterEnterprise,
  enterpriseFile,
  listRegister,
  seeContactPhone,
} from './store'

const done = { status: 204 } as const

/** 一企一档. */
export const enterpriseRoutes = new Hono<StreetEnv>()
  .get(
    '/',
    route({
      summary: '企业一企一档',
      needs: 'enterprise.view',
      query: RegisterFilter,
      answer: { status: 200, body: RegisterPage },
    }),
    async (c) => c.json(await listRegister(c.var.scope, c.req.valid('query'), c.var.now)),
  )
  .post(
    '/',
    route({ summary: '建立企业档案', needs: 'enterprise.manage', json: NewEnterprise, answer: done }),
    async (c) => {
      await enterEnterprise(c.var.scope, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .get(
    '/:enterpriseId',
    route({
      summary: '一家单位的档案',
      needs: 'enterprise.view',
      param: EnterprisePath,
      answer: { status: 200, body: EnterpriseFile },
    }),
    async (c) => c.json(await enterpriseFile(c.var.scope, c.req.valid('param').enterpriseId, c.var.now)),
  )
  .put(
    '/:enterpriseId',
    route({
      summary: '修改企业档案',
      needs: 'enterprise.manage',
      param: EnterprisePath,
      json: EnterpriseEdit,
      answer: done,
    }),
    async (c) => {
      await editEnterprise(c.var.scope, c.req.valid('param').enterpriseId, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .post(
    '/:enterpriseId/standings',
    route({
      summary: '变更企业状态',
      needs: 'enterprise.rate',
      param: EnterprisePath,
      json: StandingChange,
      answer: done,
    }),
    async (c) => {
      await changeStanding(c.var.scope, c.req.valid('param').enterpriseId, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .post(
    '/:enterpriseId/colours',
    route({
      summary: '评定风险颜色',
      needs: 'enterprise.rate',
      param: EnterprisePath,
      json: ColourChange,
      answer: done,
    }),
    async (c) => {
      await changeColour(c.var.scope, c.req.valid('param').enterpriseId, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .post(
    '/contacts/:contactId/phone-views',
    route({
      summary: '查看联系人完整电话（逐次留痕）',
      needs: 'contact.unmask',
      again: true,
      param: ContactPath,
      answer: { status: 200, body: PhoneSeen },
    }),
    async (c) => c.json({ phone: await seeContactPhone(c.var.scope, c.req.valid('param').contactId, c.var.now) }),
  )
