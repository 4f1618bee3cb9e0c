import { Hono } from 'hono'
import type { Context } from 'hono'
import type { SessionKind } from '@app/shared/accounts/policy'
import {
  Enrolment,
  FactorGiven,
  LinkUse,
  Next,
  OwnSessions,
  PasswordGiven,
  RecoveryCodes,
  SessionPath,
  Setup,
  Verification,
} from '@app/shared/accounts/schema'
import { Accepted, InvitationToken, Invited, InvitedAccount } from '@app/shared/people/invitations'
import { Me, PasswordChange, SignIn } from '@app/shared/people/schema'
import { Problem } from '@app/shared/problem'
import { deviceMark, dropSession, identify, keepDevice, keepSession } from '../auth/identify'
import { useInvitation } from '../auth/invitations'
import { noticeSeen, whoIs } from '../auth/me'
import { endOwnSession, endOwnSessions, ownSessions } from '../auth/own-sessions'
import { type Opened, sessionOf } from '../auth/sessions'
import { setUp, setupIsOpen } from '../auth/setup'
import {
  beginFactor,
  changePassword,
  confirmFactor,
  giveFactor,
  removeFactor,
  renewCodes,
  signIn,
  signOut,
  verifyAgain,
} from '../auth/sign-in'
import { visitOf } from '../auth/visit'
import { acceptInvitation, invitedTo, openInvitedAccount } from '../platform/invited-posts'
import type { AppEnv } from '../http/context'
import { route } from '../http/route'
import type { Identify } from '../tenancy/admit'

const done = { status: 204 } as const
const next = { status: 200, body: Next } as const

/** The half of the client that a link was opened on cannot be asked: an account's posts decide. */
const fromLink: SessionKind = 'phone'

async function opens(c: Context<AppEnv>, { token, expiresAt }: Opened): Promise<void> {
  await keepSession(c, token, expiresAt)
}

/** Opens a session from a device that may be a new one. */
async function arrives(c: Context<AppEnv>, open: (device: string) => Promise<Opened>) {
  const { mark, hash } = await deviceMark(c)
  const opened = await open(hash)
  keepDevice(c, mark)
  await opens(c, opened)
  return { next: opened.next }
}

/** Signing in and out, and all that is one's own in it. */
export function sessionRoutes(who: Identify = identify) {
  /** The visit and the session of who asks; throws `unauthenticated`. */
  const own = async (c: Context<AppEnv>) => {
    const visit = await visitOf(c)
    return { visit, session: await sessionOf(visit.env, await who(c), visit.device, visit.now) }
  }
  return new Hono<AppEnv>()
    .post('/session', route({ summary: '登录', needs: 'public', json: SignIn, answer: next }), async (c) => {
      const visit = await visitOf(c)
      const previous = await who(c)
      return c.json(await arrives(c, (device) => signIn(visit, c.req.valid('json'), device, previous)))
    })
    .delete('/session', route({ summary: '退出登录', needs: 'public', answer: done }), async (c) => {
      await signOut(await visitOf(c), await who(c))
      dropSession(c)
      return c.body(null, 204)
    })
    .get('/setup', route({ summary: '是否等待首个平台运维账号', needs: 'public', answer: done }), async (c) => {
      if (!(await setupIsOpen(c.env))) throw new Problem('not-found')
      return c.body(null, 204)
    })
    .put(
      '/setup',
      route({ summary: '建立首个平台运维账号', needs: 'public', json: Setup, answer: next }),
      async (c) => {
        const visit = await visitOf(c)
        return c.json(await arrives(c, (device) => setUp(visit, c.req.valid('json'), device)))
      },
    )
    .put(
      '/invitation',
      route({ summary: '通过链接设置密码', needs: 'public', json: LinkUse, answer: next }),
      async (c) => {
        const visit = await visitOf(c)
        return c.json(await arrives(c, (device) => useInvitation(visit, c.req.valid('json'), fromLink, device)))
      },
    )
    .post(
      '/post-invitation/view',
      route({
        summary: '查看任职邀请',
        needs: 'public',
        json: InvitationToken,
        answer: { status: 200, body: Invited },
      }),
      async (c) => c.json(await invitedTo(await visitOf(c), c.req.valid('json').token)),
    )
    .put(
      '/post-invitation/account',
      route({ summary: '新建账号并接受任职邀请', needs: 'public', json: InvitedAccount, answer: next }),
      async (c) => {
        const visit = await visitOf(c)
        return c.json(await arrives(c, (device) => openInvitedAccount(visit, c.req.valid('json'), fromLink, device)))
      },
    )
    .use('/session/*', async (c, go) => {
      if (!(await who(c))) throw new Problem('unauthenticated')
      await go()
    })
    .use('/sessions/*', async (c, go) => {
      if (!(await who(c))) throw new Problem('unauthenticated')
      await go()
    })
    .put(
      '/session/second-factor',
      route({ summary: '提交第二因素', needs: 'signed-in', json: FactorGiven, answer: next }),
      async (c) => {
        const { visit, session } = await own(c)
        const opened = await giveFactor(visit, session, c.req.valid('json').code)
        await opens(c, opened)
        return c.json({ next: opened.next })
      },
    )
    .put(
      '/session/verification',
      route({ summary: '再次验证身份', needs: 'signed-in', json: Verification, answer: done }),
      async (c) => {
        const { visit, session } = await own(c)
        await verifyAgain(visit, session, c.req.valid('json'))
        return c.body(null, 204)
      },
    )
    .put(
      '/session/password',
      route({ summary: '修改密码', needs: 'signed-in', json: PasswordChange, answer: next }),
      async (c) => {
        const { visit, session } = await own(c)
        const opened = await changePassword(visit, session, c.req.valid('json'))
        await opens(c, opened)
        return c.json({ next: opened.next })
      },
    )
    .post(
      '/session/factor',
      route({ summary: '开始启用第二因素', needs: 'signed-in', answer: { status: 201, body: Enrolment } }),
      async (c) => {
        const { visit, session } = await own(c)
        return c.json(await beginFactor(visit, session), 201)
      },
    )
    .put(
      '/session/factor',
      route({
        summary: '确认启用第二因素',
        needs: 'signed-in',
        json: FactorGiven,
        answer: { status: 200, body: RecoveryCodes },
      }),
      async (c) => {
        const { visit, session } = await own(c)
        const { codes, opened } = await confirmFactor(visit, session, c.req.valid('json').code)
        await opens(c, opened)
        return c.json({ codes })
      },
    )
    .put(
      '/session/factor/removal',
      route({ summary: '停用第二因素', needs: 'signed-in', json: PasswordGiven, answer: done }),
      async (c) => {
        const { visit, session } = await own(c)
        await removeFactor(visit, session, c.req.valid('json').password)
        return c.body(null, 204)
      },
    )
    .put(
      '/session/factor/codes',
      route({
        summary: '更换恢复码',
        needs: 'signed-in',
        json: PasswordGiven,
        answer: { status: 200, body: RecoveryCodes },
      }),
      async (c) => {
        const { visit, session } = await own(c)
        return c.json({ codes: await renewCodes(visit, session, c.req.valid('json').password) })
      },
    )
    .get(
      '/sessions',
      route({ summary: '自己的登录', needs: 'signed-in', answer: { status: 200, body: OwnSessions } }),
      async (c) => {
        const { visit, session } = await own(c)
        return c.json({ items: await ownSessions(visit, session) })
      },
    )
    .delete('/sessions', route({ summary: '结束自己的其他登录', needs: 'signed-in', answer: done }), async (c) => {
      const { visit, session } = await own(c)
      await endOwnSessions(visit, session)
      return c.body(null, 204)
    })
    .delete(
      '/sessions/:sessionId',
      route({ summary: '结束自己的一次登录', needs: 'signed-in', param: SessionPath, answer: done }),
      async (c) => {
        const { visit, session } = await own(c)
        await endOwnSession(visit, session, c.req.valid('param').sessionId)
        return c.body(null, 204)
      },
    )
    .get(
      '/me',
      route({ summary: '当前登录人及岗位', needs: 'signed-in', answer: { status: 200, body: Me } }),
      async (c) => c.json(await whoIs(await visitOf(c), await who(c))),
    )
    .use('/me/posts', async (c, go) => {
      if (!(await who(c))) throw new Problem('unauthenticated')
      await go()
    })
    .post(
      '/me/posts',
      route({
        summary: '接受任职邀请',
        needs: 'signed-in',
        json: InvitationToken,
        answer: { status: 200, body: Accepted },
      }),
      async (c) => {
        const { visit, session } = await own(c)
        return c.json(await acceptInvitation(visit, session, c.req.valid('json').token))
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
        await noticeSeen(await visitOf(c), await who(c))
        return c.body(null, 204)
      },
    )
}
