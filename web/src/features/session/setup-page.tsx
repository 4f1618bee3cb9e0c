import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Card } from './card'
import { NewPasswordField, SubmitLine, UsernameField } from './form-lines'
import { takeToken } from './link-token'
import { PlainField } from './plain-field'
import { setUp } from './queries'
import { refusedAt, refusedElse } from './refused'

const pointers = ['/name', '/username', '/password']

/** The first operator of a new deployment, made once with the one-time token. */
export function SetupPage() {
  const [token, setToken] = useState(takeToken)
  const [asked] = useState(token === '')
  const [name, setName] = useState('')
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const { mutate, isPending, error } = useMutation({ ...setUp, networkMode: 'always' })
  const wrong = refusedElse(error, pointers)
  return (
    <Card
      title="首次设置"
      heading="首次设置"
      onSubmit={() =>
        mutate({ token, name, username, password }, { onSuccess: () => location.assign('/admin/platform') })
      }
    >
      <p>为新部署的系统建立第一个平台运维账号。只能进行一次。</p>
      {asked && (
        <PlainField
          label="一次性令牌"
          name="token"
          autoComplete="off"
          spellCheck={false}
          hint="部署时设置的 SETUP_TOKEN。"
          value={token}
          onChange={setToken}
        />
      )}
      <PlainField
        label="姓名"
        name="name"
        autoComplete="name"
        value={name}
        onChange={setName}
        error={refusedAt(error, '/name')}
      />
      <UsernameField value={username} onChange={setUsername} error={refusedAt(error, '/username')} />
      <NewPasswordField label="密码" value={password} onChange={setPassword} error={refusedAt(error, '/password')} />
      <SubmitLine wrong={wrong} pending={isPending} doing="正在建立…">
        建立账号并登录
      </SubmitLine>
    </Card>
  )
}
