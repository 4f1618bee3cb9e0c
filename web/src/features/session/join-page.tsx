import { roles } from '@app/shared/capabilities'
import type { JoinRole, PosterUnit } from '@app/shared/joining/schema'
import { Problem } from '@app/shared/problem'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Loading, wordsOf } from '../../ui/states'
import { Card } from './card'
import { SubmitLine } from './form-lines'
import { takeToken } from './link-token'
import { PlainField } from './plain-field'
import { beginJoining, joiningStateQuery, passQuery } from './queries'
import { refusedAt, refusedElse } from './refused'

/** Where the browser keeps the request it made, so that whoever comes back tomorrow is told how it was decided. */
const kept = 'joining'

/** 加入企业: where a unit's poster leads those who work there. */
export function JoinPage() {
  const [pass] = useState(takeToken)
  const [token, setToken] = useState(() => (pass === '' ? (localStorage.getItem(kept) ?? '') : ''))
  const keep = (made: string) => {
    localStorage.setItem(kept, made)
    setToken(made)
  }
  const forget = () => {
    localStorage.removeItem(kept)
    setToken('')
  }
  if (token !== '') return <Waiting token={token} onForget={forget} />
  if (pass === '') return <Useless>请扫描贴在本单位墙上的二维码，从那里进入。</Useless>
  return <Join pass={pass} onWaiting={keep} />
}

function Useless({ children }: { children: ReactNode }) {
  return (
    <Card title="加入企业" heading="加入企业">
      <p role="alert">{children}</p>
      <a className="button plain" href="/">
        回到首页
      </a>
    </Card>
  )
}

/** An invitation is accepted where all are: with an account that is there, or a new one. */
const goOn = (token: string) => location.assign(`/accept#${token}`)

const pointers = ['/role', '/name', '/code']

function Join({ pass, onWaiting }: { pass: string; onWaiting: (token: string) => void }) {
  const unit = useQuery(passQuery(pass))
  const [role, setRole] = useState<JoinRole | null>(null)
  const [name, setName] = useState('')
  const [code, setCode] = useState('')
  const { mutate, isPending, error } = useMutation({ ...beginJoining, networkMode: 'always' })
  if (unit.error) return <Useless>{wordsOf(unit.error)}</Useless>
  if (!unit.data) return <Loading />
  const as = role ?? (unit.data.hasPrincipal ? 'enterprise-manager' : 'enterprise-principal')
  return (
    <Card
      title="加入企业"
      heading="加入企业"
      onSubmit={() =>
        mutate(
          { pass, role: as, name, ...(code.trim() !== '' && { code }) },
          { onSuccess: ({ token, state }) => (state === 'invited' ? goOn(token) : onWaiting(token)) },
        )
      }
    >
      <Unit unit={unit.data} />
      <fieldset className="join-as">
        <legend>您在本单位是</legend>
        {(['enterprise-principal', 'enterprise-manager'] as const).map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="role"
              checked={as === one}
              disabled={one === 'enterprise-principal' && unit.data.hasPrincipal}
              onChange={() => setRole(one)}
            />
            {roles[one].label}
            {one === 'enterprise-principal' && unit.data.hasPrincipal && '（已有人）'}
          </label>
        ))}
      </fieldset>
      <PlainField
        label="姓名"
        name="name"
        autoComplete="name"
        value={name}
        onChange={setName}
        error={refusedAt(error, '/name')}
      />
      <CodeField value={code} onChange={setCode} error={refusedAt(error, '/code')} />
      <SubmitLine wrong={refusedElse(error, pointers)} pending={isPending} doing="正在提交…">
        {code.trim() === '' ? '提交申请，等街道同意' : '加入'}
      </SubmitLine>
      <p className="sign-in-help">
        姓名只用于街道核对身份，见 <a href="/privacy">个人信息告知</a>。
      </p>
    </Card>
  )
}

function Unit({ unit: { street, district, unit } }: { unit: PosterUnit }) {
  return (
    <dl className="sign-in-facts">
      <div>
        <dt>单位</dt>
        <dd>{unit}</dd>
      </div>
      <div>
        <dt>所属街道</dt>
        <dd>
          {district} {street}
        </dd>
      </div>
    </dl>
  )
}

/** Whoever has no digits leaves it empty, so it is not a field that must be filled in. */
function CodeField({
  value,
  onChange,
  error,
}: {
  value: string
  onChange: (value: string) => void
  error: string | undefined
}) {
  return (
    <div className="field">
      <label htmlFor="join-code">加入码（没有可不填）</label>
      <input
        id="join-code"
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={7}
        value={value}
        aria-describedby="join-code-hint"
        aria-invalid={Boolean(error)}
        onChange={(event) => onChange(event.target.value)}
      />
      <p id="join-code-hint" className="sign-in-help">
        街道工作人员当面或电话告知的 6 位数字，30 分钟内有效。
      </p>
      {error && (
        <p className="wrong" role="alert">
          {error}
        </p>
      )}
    </div>
  )
}

function Waiting({ token, onForget }: { token: string; onForget: () => void }) {
  const { data, error, isFetching, refetch } = useQuery(joiningStateQuery(token))
  if (error instanceof Problem && error.slug === 'not-found')
    return (
      <Card title="加入企业" heading="加入企业">
        <p role="alert">{wordsOf(error)}</p>
        <button type="button" className="button" onClick={onForget}>
          知道了
        </button>
      </Card>
    )
  if (!data && !error) return <Loading />
  return (
    <Card title="加入企业" heading="加入企业">
      {error && (
        <p className="wrong" role="alert">
          {wordsOf(error)}
        </p>
      )}
      {data && (
        <>
          <p role="status">
            {data.unit} · {roles[data.role].label}
            <br />
            <strong>{said[data.state]}</strong>
          </p>
          {data.why && <p>理由：{data.why}</p>}
          {data.state === 'invited' && (
            <button
              type="button"
              className="button"
              onClick={() => {
                localStorage.removeItem(kept)
                goOn(token)
              }}
            >
              继续，建立账号
            </button>
          )}
        </>
      )}
      {data?.state !== 'invited' && (
        <button type="button" className="button" disabled={isFetching} onClick={() => void refetch()}>
          {isFetching ? '正在查询…' : '再查一次'}
        </button>
      )}
      <button type="button" className="button plain" onClick={onForget}>
        {data?.state === 'waiting' ? '不等了，重新扫码' : '重新扫码申请'}
      </button>
    </Card>
  )
}

const said = {
  waiting: '已提交，等街道同意。可以先关闭本页，用这部手机再打开时会接着显示。',
  invited: '街道已同意，请在 3 天内建立账号。',
  refused: '街道没有同意。',
  over: '申请已过 7 天，请重新扫码申请，或直接联系街道。',
} as const
