import type { NextStep } from '@app/shared/accounts/policy'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { Loading } from '../../ui/states'
import { Card } from './card'
import { EnrolFactor } from './enrol-factor'
import { NewPasswordFields, SubmitLine, UsernameField, useNewPassword } from './form-lines'
import { PlainField } from './plain-field'
import { begunOn, changePassword, giveFactor, meQuery, signIn, signOut } from './queries'
import { refusedAt, refusedElse } from './refused'

const route = getRouteApi('/sign-in')

type Step = 'name' | NextStep

/** The one way in, step by step. Accounts are made by administrators; there is no other. */
export function SignInPage() {
  const { back = '/', on } = route.useSearch()
  const me = useQuery({ ...meQuery, enabled: on === 1 })
  const [step, setStep] = useState<Step | null>(null)
  const [given, setGiven] = useState('')
  // A whole load, so that nothing of whoever was signed in before is left in memory.
  const go = (next: NextStep | null) => (next ? setStep(next) : location.assign(back))
  if (me.isLoading) return <Loading />
  // Somebody who came back in the middle goes on where they were.
  const now = step ?? me.data?.security.next ?? 'name'
  switch (now) {
    case 'name':
      return <NameStep from={begunOn(back)} onDone={go} onPassword={setGiven} />
    case 'second-factor':
      return <FactorStep onDone={go} onBack={() => setStep('name')} />
    case 'password':
      return <PasswordStep given={given} onDone={go} />
    case 'enrol':
      return (
        <Card title="设置第二因素" heading="设置第二因素">
          <p>您的岗位须启用第二因素后才能使用。</p>
          <EnrolFactor onDone={() => go(null)} />
          <Leave />
        </Card>
      )
  }
}

interface StepProps {
  readonly onDone: (next: NextStep | null) => void
}

function NameStep({
  from,
  onDone,
  onPassword,
}: StepProps & { from: 'phone' | 'desk'; onPassword: (password: string) => void }) {
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const { mutate, isPending, error } = useMutation({ ...signIn, networkMode: 'always' })
  const wrong = refusedElse(error, [])
  return (
    <Card
      title="登录"
      onSubmit={() =>
        mutate(
          { username: username.trim(), password, from },
          {
            onSuccess: ({ next }) => {
              // Kept for the next step alone, which asks for it again anyway.
              onPassword(next === 'password' ? password : '')
              onDone(next)
            },
          },
        )
      }
    >
      <UsernameField value={username} onChange={setUsername} error={undefined} />
      <PlainField
        label="密码"
        name="password"
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
      <SubmitLine wrong={wrong} pending={isPending} doing="正在登录…">
        登录
      </SubmitLine>
      <p className="sign-in-help">忘记密码请联系本单位管理员。账号由管理员开通，不开放注册。</p>
    </Card>
  )
}

function FactorStep({ onDone, onBack }: StepProps & { onBack: () => void }) {
  const [code, setCode] = useState('')
  const [recovery, setRecovery] = useState(false)
  const { mutate, isPending, error } = useMutation({ ...giveFactor, networkMode: 'always' })
  const wrong = refusedElse(error, ['/code'])
  return (
    <Card
      title="第二因素"
      heading="第二因素"
      onSubmit={() => mutate(code, { onSuccess: ({ next }) => onDone(next), onError: () => setCode('') })}
    >
      <PlainField
        key={String(recovery)}
        label={recovery ? '恢复码' : '6 位动态码'}
        name="code"
        inputMode={recovery ? 'text' : 'numeric'}
        autoComplete={recovery ? 'off' : 'one-time-code'}
        autoCapitalize="none"
        spellCheck={false}
        hint={recovery ? '16 位字母和数字，每个只能用一次。' : '打开手机上的身份验证器查看，每 30 秒更换。'}
        value={code}
        onChange={setCode}
        error={refusedAt(error, '/code')}
      />
      <SubmitLine wrong={wrong} pending={isPending} doing="正在验证…">
        继续
      </SubmitLine>
      <button type="button" className="button plain" onClick={() => setRecovery(!recovery)}>
        {recovery ? '用动态码' : '手机不在身边？用恢复码'}
      </button>
      <button type="button" className="button plain" onClick={onBack}>
        换一个账号
      </button>
    </Card>
  )
}

function PasswordStep({ given, onDone }: StepProps & { given: string }) {
  const [current, setCurrent] = useState(given)
  const chosen = useNewPassword()
  const { mutate, isPending, error } = useMutation({ ...changePassword, networkMode: 'always' })
  const wrong = refusedElse(error, ['/current', '/next'])
  return (
    <Card
      title="设置自己的密码"
      heading="设置自己的密码"
      onSubmit={() => {
        if (chosen.agrees()) mutate({ current, next: chosen.password }, { onSuccess: (answer) => onDone(answer.next) })
      }}
    >
      <p>现在的密码是别人代为设置的，或者已经到期。请换成只有您自己知道的密码。</p>
      {given === '' && (
        <PlainField
          label="现在的密码"
          name="current"
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={setCurrent}
        />
      )}
      {refusedAt(error, '/current') && (
        <p className="wrong" role="alert">
          {refusedAt(error, '/current')}
        </p>
      )}
      <NewPasswordFields of={chosen} label="新密码" again="再填一次新密码" error={refusedAt(error, '/next')} />
      <SubmitLine wrong={wrong} pending={isPending} doing="正在保存…">
        保存并继续
      </SubmitLine>
      <Leave />
    </Card>
  )
}

/** Out again, for who is not the person. */
function Leave() {
  const { mutate, isPending } = useMutation({ ...signOut, onSettled: () => location.assign('/sign-in') })
  return (
    <button type="button" className="button plain" disabled={isPending} onClick={() => mutate()}>
      退出登录
    </button>
  )
}
