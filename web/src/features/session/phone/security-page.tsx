import type { Me } from '@app/shared/people/schema'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { Confirm } from '../../../ui/phone/confirm'
import { Field } from '../../../ui/phone/fields'
import { Icon } from '../../../ui/phone/icons'
import { PhonePage, Trouble, Waiting } from '../../../ui/phone/page'
import { momentOf } from '../../../ui/phone/when'
import { wordsOf } from '../../../ui/states'
import { EnrolFactor } from '../enrol-factor'
import { deviceWords } from '../proof'
import { type StreetPost, endOwnSession, meQuery, ownSessionsQuery, removeFactor, renewCodes } from '../queries'
import { RecoveryCodes } from '../recovery-codes'
import { refusedAt, refusedElse } from '../refused'
import { PasswordForm } from './password-form'

/** 我的 › 账号安全: one's own password, second factor and sign-ins. */
export function SecurityPage({ me: entered, post }: { me: Me; post: StreetPost }) {
  const me = useQuery(meQuery).data ?? entered
  return (
    <PhonePage
      title="账号安全"
      street={post.name}
      back={
        <Link to="/m/s/$street/me" params={{ street: post.slug }} className="m-back" aria-label="返回我的">
          <Icon name="back" />
        </Link>
      }
    >
      <Factor me={me} />
      <Sessions />
      <details className="m-details">
        <summary>修改密码</summary>
        <PasswordForm />
      </details>
    </PhonePage>
  )
}

function Factor({ me }: { me: Me }) {
  const { secondFactor, secondFactorRequired, recoveryCodes } = me.security
  const client = useQueryClient()
  const [doing, setDoing] = useState<'enrol' | 'remove' | 'codes' | null>(null)
  const done = () => {
    setDoing(null)
    void client.invalidateQueries({ queryKey: ['me'] })
  }
  return (
    <section className="m-block">
      <h2>第二因素（动态验证码）</h2>
      <p>
        {secondFactor ? `已启用，剩余恢复码 ${recoveryCodes} 个。` : '未启用。'}
        {secondFactorRequired && '您的岗位必须启用。'}
      </p>
      {doing === 'enrol' && <EnrolFactor onDone={done} />}
      {doing === 'remove' && <Remove onDone={done} onNo={() => setDoing(null)} />}
      {doing === 'codes' && <Renew onDone={done} onNo={() => setDoing(null)} />}
      {doing === null && !secondFactor && (
        <button type="button" className="button m-wide" onClick={() => setDoing('enrol')}>
          启用
        </button>
      )}
      {doing === null && secondFactor && (
        <>
          <button type="button" className="button plain m-wide" onClick={() => setDoing('codes')}>
            更换恢复码
          </button>
          <button type="button" className="button plain m-wide" onClick={() => setDoing('remove')}>
            停用
          </button>
        </>
      )}
    </section>
  )
}

function Remove({ onDone, onNo }: { onDone: () => void; onNo: () => void }) {
  const remove = useMutation({ ...removeFactor, networkMode: 'always' })
  return (
    <PasswordAsked
      words="停用后，仅凭密码即可登录，恢复码同时作废。"
      yes="停用"
      pending={remove.isPending}
      error={remove.error}
      onGiven={(password) => remove.mutate(password, { onSuccess: onDone })}
      onNo={onNo}
    />
  )
}

function Renew({ onDone, onNo }: { onDone: () => void; onNo: () => void }) {
  const renew = useMutation({ ...renewCodes, networkMode: 'always' })
  if (renew.data) return <RecoveryCodes codes={renew.data.codes} onDone={onDone} />
  return (
    <PasswordAsked
      words="生成 10 个新的恢复码，原有的全部作废。"
      yes="更换"
      pending={renew.isPending}
      error={renew.error}
      onGiven={(password) => renew.mutate(password)}
      onNo={onNo}
    />
  )
}

function PasswordAsked({
  words,
  yes,
  pending,
  error,
  onGiven,
  onNo,
}: {
  words: string
  yes: string
  pending: boolean
  error: Error | null
  onGiven: (password: string) => void
  onNo: () => void
}) {
  const [password, setPassword] = useState('')
  const wrong = refusedElse(error, ['/password'])
  function submit(event: FormEvent) {
    event.preventDefault()
    onGiven(password)
  }
  return (
    <form className="m-form" noValidate onSubmit={submit}>
      <p>{words}</p>
      <Field label="密码" error={refusedAt(error, '/password')}>
        {(tie) => (
          <input
            {...tie}
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      {wrong && (
        <p className="wrong" role="alert">
          {wrong}
        </p>
      )}
      <div className="m-confirm-buttons">
        <button type="button" className="button plain" onClick={onNo}>
          取消
        </button>
        <button type="submit" className="button" disabled={pending}>
          {yes}
        </button>
      </div>
    </form>
  )
}

function Sessions() {
  const sessions = useQuery(ownSessionsQuery)
  const [asking, setAsking] = useState<string | null>(null)
  const end = useMutation({ ...endOwnSession, networkMode: 'always' })
  if (sessions.isError) return <Trouble error={sessions.error} retry={() => void sessions.refetch()} />
  if (!sessions.data) return <Waiting />
  return (
    <section className="m-block">
      <h2>登录的设备</h2>
      <ul className="m-sessions">
        {sessions.data.items.map(({ id, current, agent, address, at, lastSeenAt }) => (
          <li key={id}>
            <p>
              <strong>{deviceWords(agent)}</strong>
              {current && '（本机）'}
            </p>
            <p className="m-hint">
              {momentOf(at)} 登录{lastSeenAt !== null && `，最近使用 ${momentOf(lastSeenAt)}`}
              {address && `，${address}`}
            </p>
            {!current && (
              <button type="button" className="button plain" onClick={() => setAsking(id)}>
                结束登录
              </button>
            )}
          </li>
        ))}
      </ul>
      {end.error && (
        <p className="wrong" role="alert">
          {wordsOf(end.error)}
        </p>
      )}
      {asking !== null && (
        <Confirm
          question="结束这台设备的登录？"
          yes="结束登录"
          danger
          onNo={() => setAsking(null)}
          onYes={() => {
            end.mutate(asking)
            setAsking(null)
          }}
        />
      )}
    </section>
  )
}
