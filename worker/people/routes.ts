import { Hono } from 'hono'
import { NewPerson, PasswordReset, PeoplePage, PersonMade, PersonPath } from '@app/shared/people/schema'
import type { StreetEnv } from '../http/context'
import { route } from '../http/route'
import { appointPerson, endPost, listPeople, resetPassword } from './store'

const done = { status: 204 } as const

export const peopleRoutes = new Hono<StreetEnv>()
  .get('/', route({ summary: '人员', needs: 'people.view', answer: { status: 200, body: PeoplePage } }), async (c) =>
    c.json({ items: await listPeople(c.var.scope) }),
  )
  .post(
    '/',
    route({
      summary: '开通账号',
      needs: 'people.manage',
      again: true,
      json: NewPerson,
      answer: { status: 201, body: PersonMade },
    }),
    async (c) => {
      const person = c.req.valid('json')
      await appointPerson(c.var.scope, person, c.var.now)
      return c.json({ id: person.id }, 201)
    },
  )
  .put(
    '/:personId/password',
    route({
      summary: '重置密码',
      needs: 'people.manage',
      again: true,
      param: PersonPath,
      json: PasswordReset,
      answer: done,
    }),
    async (c) => {
      await resetPassword(c.var.scope, c.req.valid('param').personId, c.req.valid('json').password, c.var.now)
      return c.body(null, 204)
    },
  )
  .delete(
    '/:personId/post',
    route({ summary: '停用岗位', needs: 'people.manage', again: true, param: PersonPath, answer: done }),
    async (c) => {
      await endPost(c.var.scope, c.req.valid('param').personId, c.var.now)
      return c.body(null, 204)
    },
  )
