import { Hono } from 'hono'
import { Me, PasswordChange, SignIn } from '@app/shared/people/schema'
import { Problem } from '@app/shared/problem'
import { identify, originOf } from '../auth/identify'
import { noticeSeen, whoIs } from '../auth/me'
import { changePassword, signIn, signOut } from '../auth/sign-in'
import type { AppEnv } from '../http/context'
import { route } from '../http/route'
import type { Identify } from '../tenancy/admit'
import type { Context } from 'hono'

const asked = (c: Context<AppEnv>) => ({ env: c.env, origin: originOf(c), headers: c.req.raw.headers, now: c.var.now })

function withCookies(c: Context<AppEnv>, headers: Headers): void {
  for (const cookie of headers.getSetCookie()) c.header('set-cookie', cookie, { append: true })
}

/** Signing in and out, and who is signed in. */
export function sessionRoutes(who: Identify = identify) {
  return new Hono<AppEnv>()
    .post('/session', route({ summary: '登录', needs: 'public', json: SignIn, answer: { status: 204 } }), async (c) => {
      withCookies(c, await signIn(asked(c), c.req.valid('json')))
      return c.body(null, 204)
    })
    .delete('/session', route({ summary: '退出登录', needs: 'public', answer: { status: 204 } }), async (c) => {
      withCookies(c, await signOut(asked(c)))
      return c.body(null, 204)
    })
    .use('/session/password', async (c, next) => {
      if (!(await who(c))) throw new Problem('unauthenticated')
      await next()
    })
    .put(
      '/session/password',
      route({ summary: '修改密码', needs: 'signed-in', json: PasswordChange, answer: { status: 204 } }),
      async (c) => {
        const { username } = await whoIs(c.env, (await who(c)) ?? '', c.var.now)
        withCookies(c, await changePassword(asked(c), username, c.req.valid('json')))
        return c.body(null, 204)
      },
    )
    .get(
      '/me',
      route({ summary: '当前登录人及岗位', needs: 'signed-in', answer: { status: 200, body: Me } }),
      async (c) => {
        const token = await who(c)
        if (!token) throw new Problem('unauthenticated')
        return c.json(await whoIs(c.env, token, c.var.now))
      },
    )
    .use('/me/notice', async (c, next) => {
      if (!(await who(c))) throw new Problem('unauthenticated')
      await next()
    })
    .put(
      '/me/notice',
      route({ summary: '已阅读个人信息告知', needs: 'signed-in', answer: { status: 204 } }),
      async (c) => {
        await noticeSeen(c.env, (await who(c)) ?? '', c.var.now)
        return c.body(null, 204)
      },
    )
}
