import { Hono } from 'hono'
import { SetPasswordLink } from '@app/shared/accounts/schema'
import { InvitationPath, InvitationsPage, NewInvitation } from '@app/shared/people/invitations'
import {
  HandOver,
  NewPerson,
  NewPost,
  OpenUnder,
  PasswordReset,
  PeoplePage,
  PersonMade,
  PersonPath,
  PostPath,
  ReachChange,
} from '@app/shared/people/schema'
import type { StreetEnv } from '../http/context'
import { route } from '../http/route'
import {
  addPost,
  appointPerson,
  changeReach,
  endPost,
  handOver,
  invite,
  listPeople,
  openUnder,
  resetPassword,
} from './store'

const done = { status: 204 } as const

export const peopleRoutes = new Hono<StreetEnv>()
  .get('/', route({ summary: '人员', needs: 'people.view', answer: { status: 200, body: PeoplePage } }), async (c) =>
    c.json({ items: await listPeople(c.var.scope, c.var.now) }),
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
  .get(
    '/invitations',
    route({ summary: '待接受的任职邀请', needs: 'people.manage', answer: { status: 200, body: InvitationsPage } }),
    async (c) => c.json({ items: await c.var.scope.invitations(c.var.now) }),
  )
  .post(
    '/invitations',
    route({
      summary: '邀请任职（生成链接）',
      needs: 'people.manage',
      again: true,
      json: NewInvitation,
      answer: { status: 201, body: SetPasswordLink },
    }),
    async (c) => c.json(await invite(c.var.scope, c.req.valid('json'), c.var.now), 201),
  )
  .delete(
    '/invitations/:invitationId',
    route({ summary: '撤回任职邀请', needs: 'people.manage', again: true, param: InvitationPath, answer: done }),
    async (c) => {
      await c.var.scope.withdrawInvitation(c.req.valid('param').invitationId, c.var.now)
      return c.body(null, 204)
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
  .post(
    '/:personId/posts',
    route({ summary: '增加岗位', needs: 'people.manage', again: true, param: PersonPath, json: NewPost, answer: done }),
    async (c) => {
      await addPost(c.var.scope, c.req.valid('param').personId, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .put(
    '/:personId/posts/:postId/reach',
    route({
      summary: '调整负责范围',
      needs: 'people.manage',
      again: true,
      param: PostPath,
      json: ReachChange,
      answer: done,
    }),
    async (c) => {
      await changeReach(c.var.scope, c.req.valid('param'), c.req.valid('json').reach, c.var.now)
      return c.body(null, 204)
    },
  )
  .delete(
    '/:personId/posts/:postId',
    route({ summary: '停用岗位', needs: 'people.manage', again: true, param: PostPath, answer: done }),
    async (c) => {
      await endPost(c.var.scope, c.req.valid('param'), c.var.now)
      return c.body(null, 204)
    },
  )
  .get(
    '/:personId/open',
    route({
      summary: '名下未了事项',
      needs: 'people.manage',
      param: PersonPath,
      answer: { status: 200, body: OpenUnder },
    }),
    async (c) => c.json(await openUnder(c.var.scope, c.req.valid('param').personId, c.var.now)),
  )
  .put(
    '/:personId/handover',
    route({
      summary: '移交名下事项',
      needs: 'people.manage',
      again: true,
      param: PersonPath,
      json: HandOver,
      answer: done,
    }),
    async (c) => {
      await handOver(c.var.scope, c.req.valid('param').personId, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
