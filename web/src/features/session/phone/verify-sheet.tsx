import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Field } from '../../../ui/phone/fields'
import { Sheet } from '../../../ui/phone/confirm'
import { settleAll, useAskedAgain } from '../../../verify-again'
import { proofOf } from '../proof'
import { verifyAgain } from '../queries'
import { refusedAt, refusedElse } from '../refused'

/** Asks again who is there, whenever something that was sent needs it; then that goes on by itself. */
export function VerifySheet({ secondFactor }: { secondFactor: boolean }) {
  return useAskedAgain() ? <Asking secondFactor={secondFactor} /> : null
}

function Asking({ secondFactor }: { secondFactor: boolean }) {
  const [byCode, setByCode] = useState(false)
  const [typed, setTyped] = useState('')
  const { mutate, isPending, error, reset } = useMutation({
    ...verifyAgain,
    networkMode: 'always',
    onSuccess: () => settleAll(true),
  })
  const wrong = refusedElse(error, ['/password', '/code'])
  return (
    <Sheet label="请再次验证身份" onClose={() => settleAll(false)} className="m-confirm">
      <form
        className="m-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          mutate(proofOf(typed, byCode))
        }}
      >
        <h2>请再次验证身份</h2>
        <p>这项操作影响较大，须确认是您本人。</p>
        <Field
          label={byCode ? '6 位动态码' : '密码'}
          error={refusedAt(error, byCode ? '/code' : '/password')}
          key={String(byCode)}
        >
          {(tie) => (
            <input
              {...tie}
              type={byCode ? 'text' : 'password'}
              inputMode={byCode ? 'numeric' : 'text'}
              autoComplete={byCode ? 'one-time-code' : 'current-password'}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
        {wrong && (
          <p className="wrong" role="alert">
            {wrong}
          </p>
        )}
        {secondFactor && (
          <button
            type="button"
            className="button plain m-wide"
            onClick={() => {
              setByCode(!byCode)
              setTyped('')
              reset()
            }}
          >
            {byCode ? '改用密码' : '改用动态码'}
          </button>
        )}
        <div className="m-confirm-buttons">
          <button type="button" className="button plain" onClick={() => settleAll(false)}>
            取消
          </button>
          <button type="submit" className="button" disabled={isPending}>
            {isPending ? '正在验证…' : '继续'}
          </button>
        </div>
      </form>
    </Sheet>
  )
}
