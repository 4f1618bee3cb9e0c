import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Card } from './card'
import { PlainField } from './plain-field'
import { followLink } from './queries'
import { refusedAt, refusedElse } from './refused'

/** Takes the token out of the address at once, so that it stays in no history and no bookmark. */
function takeToken(): string {
  const token = location.hash.slice(1)
  if (token) history.replaceState(history.state, '', location.pathname)
  return token
}

/** 设置密码: where a link from an administrator leads. */
export function SetPasswordPage() {
  const [token] = useState(takeToken)
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [differ, setDiffer] = useState(false)
  const { mutate, isPending, error } = useMutation({ ...followLink, networkMode: 'always' })
  if (token === '') {
    return (
      <Card title="设置密码" heading="设置密码">
        <p role="alert">链接不完整，请重新打开管理员给您的链接，或重新扫描二维码。</p>
        <a className="button plain" href="/sign-in">
          去登录
        </a>
      </Card>
    )
  }
  const wrong = refusedElse(error, ['/password'])
  return (
    <Card
      title="设置密码"
      heading="设置密码"
      onSubmit={() => {
        setDiffer(password !== again)
        if (password !== again) return
        mutate({ token, password }, { onSuccess: ({ next }) => location.assign(next ? '/sign-in' : '/') })
      }}
    >
      <PlainField
        label="新密码"
        name="password"
        type="password"
        autoComplete="new-password"
        hint="至少 12 个字符，可以是一句好记的话。"
        value={password}
        onChange={setPassword}
        error={refusedAt(error, '/password')}
      />
      <PlainField
        label="再填一次"
        name="again"
        type="password"
        autoComplete="new-password"
        value={again}
        onChange={setAgain}
        error={differ ? '两次填写的密码不一致' : undefined}
      />
      {wrong && (
        <p className="wrong" role="alert">
          {wrong}
        </p>
      )}
      <button type="submit" className="button" disabled={isPending}>
        {isPending ? '正在保存…' : '设置并登录'}
      </button>
    </Card>
  )
}
