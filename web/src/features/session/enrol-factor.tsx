import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Qr } from '../../ui/qr'
import { wordsOf } from '../../ui/states'
import { PlainField } from './plain-field'
import { beginFactor, confirmFactor } from './queries'
import { RecoveryCodes } from './recovery-codes'
import { refusedAt, refusedElse } from './refused'
import './sign-in.css'

/** Sets up a second factor: begin, scan, type the first code, keep the recovery codes. `onDone` when all is through. */
export function EnrolFactor({ onDone }: { onDone: () => void }) {
  const begin = useMutation({ ...beginFactor, networkMode: 'always' })
  const confirm = useMutation({ ...confirmFactor, networkMode: 'always' })
  const [code, setCode] = useState('')
  if (confirm.data) return <RecoveryCodes codes={confirm.data.codes} onDone={onDone} />
  if (!begin.data) {
    return (
      <div className="factor">
        <p>
          第二因素是手机上每 30 秒更换的 6
          位动态码。登录时除密码外还要输入它，别人知道您的密码也进不来。手机上需要一个身份验证器应用，例如手机自带的“密码”或微信小程序“腾讯身份验证器”。
        </p>
        {begin.error && (
          <p className="wrong" role="alert">
            {wordsOf(begin.error)}
          </p>
        )}
        <button type="button" className="button" disabled={begin.isPending} onClick={() => begin.mutate()}>
          {begin.isPending ? '正在准备…' : '开始设置'}
        </button>
      </div>
    )
  }
  const { uri, key } = begin.data
  const wrong = refusedElse(confirm.error, ['/code'])
  return (
    <form
      className="factor"
      onSubmit={(event) => {
        event.preventDefault()
        confirm.mutate(code)
      }}
    >
      <p>第一步：用身份验证器扫描二维码。用本手机设置的，点“在本机打开”，或手工输入密钥。</p>
      <Qr text={uri} label="身份验证器二维码" />
      <p>
        <a href={uri}>在本机打开</a>
      </p>
      <p>
        密钥：<code className="factor-key">{key.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code>
      </p>
      <PlainField
        label="第二步：输入身份验证器显示的 6 位动态码"
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        value={code}
        onChange={setCode}
        error={refusedAt(confirm.error, '/code')}
      />
      {wrong && (
        <p className="wrong" role="alert">
          {wrong}
        </p>
      )}
      <button type="submit" className="button" disabled={confirm.isPending}>
        {confirm.isPending ? '正在确认…' : '确认启用'}
      </button>
    </form>
  )
}
