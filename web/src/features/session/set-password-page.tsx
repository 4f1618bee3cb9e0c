import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Card } from './card'
import { NewPasswordFields, SubmitLine, useNewPassword } from './form-lines'
import { takeToken } from './link-token'
import { followLink } from './queries'
import { refusedAt, refusedElse } from './refused'

/** 设置密码: where a link from an administrator leads. */
export function SetPasswordPage() {
  const [token] = useState(takeToken)
  const chosen = useNewPassword()
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
        if (!chosen.agrees()) return
        const { password } = chosen
        mutate({ token, password }, { onSuccess: ({ next }) => location.assign(next ? '/sign-in' : '/') })
      }}
    >
      <NewPasswordFields of={chosen} label="新密码" again="再填一次" error={refusedAt(error, '/password')} />
      <SubmitLine wrong={wrong} pending={isPending} doing="正在保存…">
        设置并登录
      </SubmitLine>
    </Card>
  )
}
