import { Hono } from 'hono'
import { NameCorrection, PersonCopy, PersonPath, PhoneChange, PhoneSeen } from '@app/shared/people/schema'
import type { StreetEnv } from '../http/context'
import { route } from '../http/route'
import { copyOfPerson, correctName, erasePerson, seePhone, setPhone } from './store'

const done = { status: 204 } as const

/** What is personal of somebody: the number, and the rights of the person it is about. */
export const rightsRoutes = new Hono<StreetEnv>()
  .put(
    '/:personId/phone',
    route({
      summary: '填写联系电话',
      needs: 'people.manage',
      again: true,
      param: PersonPath,
      json: PhoneChange,
      answer: done,
    }),
    async (c) => {
      await setPhone(c.var.scope, c.req.valid('param').personId, c.req.valid('json').phone, c.var.now)
      return c.body(null, 204)
    },
  )
  .post(
    '/:personId/phone-views',
    route({
      summary: '查看完整电话（逐次留痕）',
      needs: 'contact.unmask',
      again: true,
      param: PersonPath,
      answer: { status: 200, body: PhoneSeen },
    }),
    async (c) => c.json({ phone: await seePhone(c.var.scope, c.req.valid('param').personId, c.var.now) }),
  )
  .get(
    '/:personId/copy',
    route({
      summary: '复制某人的全部记录（留痕）',
      needs: 'person.rights',
      param: PersonPath,
      report: true,
      answer: { status: 200, body: PersonCopy },
    }),
    async (c) => c.json(await copyOfPerson(c.var.scope, c.req.valid('param').personId, c.var.now)),
  )
  .put(
    '/:personId/name',
    route({
      summary: '更正姓名',
      needs: 'person.rights',
      again: true,
      param: PersonPath,
      json: NameCorrection,
      answer: done,
    }),
    async (c) => {
      await correctName(c.var.scope, c.req.valid('param').personId, c.req.valid('json').name, c.var.now)
      return c.body(null, 204)
    },
  )
  .post(
    '/:personId/erasure',
    route({ summary: '删除个人信息', needs: 'person.rights', again: true, param: PersonPath, answer: done }),
    async (c) => {
      await erasePerson(c.var.scope, c.req.valid('param').personId, c.var.now)
      return c.body(null, 204)
    },
  )
