import { roles } from '@app/shared/capabilities'
import type { Invited } from '@app/shared/people/invitations'
import type { Me } from '@app/shared/people/schema'
import { Problem } from '@app/shared/problem'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { choosePost } from '../../post'
import { Loading, wordsOf } from '../../ui/states'
import { Card } from './card'
import { NewPasswordFields, SubmitLine, UsernameField, useNewPassword } from './form-lines'
import { takeToken } from './link-token'
import { PlainField } from './plain-field'
import { acceptInvitation, homeOf, invitedQuery, meQuery, openInvitedAccount, signOut } from './queries'
import { refusedAt, refusedElse } from './refused'

const kept = 'invited'
const back = '/sign-in?back=/accept'

/** The link's token, which this tab alone keeps for the way through signing in. */
function keptToken(): string {
  const token = takeToken()
  if (token === '') return sessionStorage.getItem(kept) ?? ''
  sessionStorage.setItem(kept, token)
  return token
}

const forgetToken = () => sessionStorage.removeItem(kept)

/** 接受任职邀请: where a street's link to a post leads. */
export function AcceptPage() {
  const [token] = useState(keptToken)
  return token === '' ? (
    <Useless>链接不完整，请重新打开街道给您的链接，或重新扫描二维码。</Useless>
  ) : (
    <Invitation token={token} />
  )
}

function Useless({ children }: { children: string }) {
  return (
    <Card title="任职邀请" heading="任职邀请">
      <p role="alert">{children}</p>
      <a className="button plain" href="/">
        回到首页
      </a>
    </Card>
  )
}

function Invitation({ token }: { token: string }) {
  const me = useQuery(meQuery)
  const invited = useQuery(invitedQuery(token))
  const [making, setMaking] = useState(false)
  if (invited.error) {
    if (invited.error instanceof Problem && invited.error.slug === 'not-found') forgetToken()
    return <Useless>{wordsOf(invited.error)}</Useless>
  }
  if (me.isLoading || !invited.data) return <Loading />
  if (me.data && me.data.security.next === null) return <Accept token={token} invited={invited.data} me={me.data} />
  if (making) return <NewAccount token={token} invited={invited.data} onBack={() => setMaking(false)} />
  return (
    <Card title="任职邀请" heading="任职邀请">
      <Facts invited={invited.data} />
      <a className="button" href={me.data ? `${back}&on=1` : back}>
        已有账号，登录后接受
      </a>
      <button type="button" className="button plain" onClick={() => setMaking(true)}>
        没有账号，新建一个
      </button>
      <p className="sign-in-help">一人一个账号：在其他单位有账号的，请用原来的账号登录，登录后可以切换岗位。</p>
    </Card>
  )
}

/** What the street offers. */
function Facts({ invited: { street, district, role, title, from, until, expiresAt } }: { invited: Invited }) {
  const facts = [
    ['单位', `${district} ${street}`],
    ['岗位', roles[role].label],
    ['职务', title],
    ['任职起', from],
    ['任职止', until && `${until}（不含当日）`],
    ['链接失效', new Date(expiresAt).toLocaleString('zh-CN', { dateStyle: 'medium', timeStyle: 'short' })],
  ] as const
  return (
    <dl className="sign-in-facts">
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}

function Accept({ token, invited, me }: { token: string; invited: Invited; me: Me }) {
  const client = useQueryClient()
  const [later, setLater] = useState(false)
  const accept = useMutation({
    ...acceptInvitation,
    onSuccess: async ({ postId }) => {
      forgetToken()
      const now = await client.query({ ...meQuery, staleTime: 0 })
      const post = now?.posts.find((one) => one.kind === 'street' && one.postId === postId)
      if (!post) return setLater(true)
      choosePost(post)
      // A whole load, so that everything is read as the one with the new post.
      location.assign(homeOf(post))
    },
  })
  const leave = useMutation({ ...signOut, onSettled: () => location.assign(back) })
  if (later) {
    return (
      <Card title="任职邀请" heading="已接受">
        <p role="status">
          您已接受{invited.street}的岗位，{invited.from ?? '任职之日'}起可以进入。
        </p>
        <a className="button" href="/">
          回到首页
        </a>
      </Card>
    )
  }
  return (
    <Card title="任职邀请" heading="任职邀请" onSubmit={() => accept.mutate(token)}>
      <Facts invited={invited} />
      <p>
        您以 {me.name}（{me.username}）登录。接受后这个岗位归您，原有岗位不受影响。
      </p>
      <SubmitLine wrong={accept.error ? wordsOf(accept.error) : undefined} pending={accept.isPending} doing="正在接受…">
        接受
      </SubmitLine>
      <button type="button" className="button plain" disabled={leave.isPending} onClick={() => leave.mutate()}>
        不是我，换一个账号
      </button>
    </Card>
  )
}

const pointers = ['/name', '/username', '/password']

function NewAccount({ token, invited, onBack }: { token: string; invited: Invited; onBack: () => void }) {
  const [name, setName] = useState('')
  const [username, setUsername] = useState('')
  const chosen = useNewPassword()
  const { mutate, isPending, error } = useMutation({ ...openInvitedAccount, networkMode: 'always' })
  const wrong = refusedElse(error, pointers)
  return (
    <Card
      title="任职邀请"
      heading="新建账号"
      onSubmit={() => {
        if (!chosen.agrees()) return
        mutate(
          { token, name, username, password: chosen.password },
          {
            onSuccess: ({ next }) => {
              forgetToken()
              location.assign(next ? '/sign-in?on=1' : '/')
            },
          },
        )
      }}
    >
      <p>
        {invited.street} · {roles[invited.role].label}
      </p>
      <PlainField
        label="姓名"
        name="name"
        autoComplete="name"
        value={name}
        onChange={setName}
        error={refusedAt(error, '/name')}
      />
      <UsernameField
        hint="小写字母、数字和 . _ -，全系统唯一，登录时用。"
        value={username}
        onChange={setUsername}
        error={refusedAt(error, '/username')}
      />
      <NewPasswordFields of={chosen} label="密码" again="再填一次密码" error={refusedAt(error, '/password')} />
      <SubmitLine wrong={wrong} pending={isPending} doing="正在建立…">
        建立账号并接受
      </SubmitLine>
      <button type="button" className="button plain" onClick={onBack}>
        返回
      </button>
    </Card>
  )
}
