import { Hono } from 'hono'
import {
  AccountState,
  PolicyShown,
  SecurityEventFilter,
  SecurityEventPage,
  SetPasswordLink,
  SignInAllowed,
} from '@app/shared/accounts/schema'
import { SecurityPolicy } from '@app/shared/accounts/policy'
import { PersonPath } from '@app/shared/people/schema'
import type { SecuredEnv } from '../http/context'
import { route } from '../http/route'

const done = { status: 204 } as const

/** The accounts of an owner's people, for its administrators: `/people/:personId/…`, the same under a street and a district. */
export const accountRoutes = (needs: 'people.manage' | 'overseer.manage') =>
  new Hono<SecuredEnv>()
    .get(
      '/:personId/account',
      route({ summary: '账号状态', needs, param: PersonPath, answer: { status: 200, body: AccountState } }),
      async (c) => c.json(await c.var.scope.security(needs).account(c.req.valid('param').personId)),
    )
    .delete(
      '/:personId/lock',
      route({ summary: '解除锁定', needs, again: true, param: PersonPath, answer: done }),
      async (c) => {
        await c.var.scope.security(needs).unlock(c.req.valid('param').personId)
        return c.body(null, 204)
      },
    )
    .delete(
      '/:personId/sessions',
      route({ summary: '结束全部登录', needs, again: true, param: PersonPath, answer: done }),
      async (c) => {
        await c.var.scope.security(needs).endSessions(c.req.valid('param').personId)
        return c.body(null, 204)
      },
    )
    .put(
      '/:personId/sign-in',
      route({ summary: '停止或恢复登录', needs, again: true, param: PersonPath, json: SignInAllowed, answer: done }),
      async (c) => {
        const { allowed } = c.req.valid('json')
        await c.var.scope.security(needs).allow(c.req.valid('param').personId, allowed)
        return c.body(null, 204)
      },
    )
    .delete(
      '/:personId/second-factor',
      route({ summary: '取消第二因素', needs, again: true, param: PersonPath, answer: done }),
      async (c) => {
        await c.var.scope.security(needs).removeFactor(c.req.valid('param').personId)
        return c.body(null, 204)
      },
    )
    .post(
      '/:personId/link',
      route({
        summary: '生成设置密码链接',
        needs,
        again: true,
        param: PersonPath,
        answer: { status: 201, body: SetPasswordLink },
      }),
      async (c) => c.json(await c.var.scope.security(needs).link(c.req.valid('param').personId), 201),
    )

const policyShown = {
  summary: '登录安全策略',
  needs: 'security.manage',
  answer: { status: 200, body: PolicyShown },
} as const
const policySet = {
  summary: '设置登录安全策略',
  needs: 'security.manage',
  again: true,
  json: SecurityPolicy,
  answer: done,
} as const
const events = {
  summary: '登录与账号审计',
  needs: 'audit.view',
  query: SecurityEventFilter,
  answer: { status: 200, body: SecurityEventPage },
} as const

/** What each owner sets and reads of how its people sign in; the same under each of the three gates. */
export const securityRoutes = new Hono<SecuredEnv>()
  .get('/policy', route(policyShown), async (c) => c.json(await c.var.scope.security('security.manage').policy()))
  .put('/policy', route(policySet), async (c) => {
    await c.var.scope.security('security.manage').setPolicy(c.req.valid('json'))
    return c.body(null, 204)
  })
  .get('/events', route(events), async (c) =>
    c.json(await c.var.scope.security('audit.view').events(c.req.valid('query'))),
  )
