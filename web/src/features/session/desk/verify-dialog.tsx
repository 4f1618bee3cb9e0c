import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { Field, refusedAt, refusedElse } from '../../../ui/desk/field'
import { wordsOf } from '../../../ui/states'
import { settleAll, useAskedAgain } from '../../../verify-again'
import { proofOf } from '../proof'
import { verifyAgain } from '../queries'

/** Asks again who is there, whenever something that was sent needs it; then that goes on by itself. */
export function VerifyDialog({ secondFactor }: { secondFactor: boolean }) {
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
  const other = refusedElse(error, ['/password', '/code'])
  return (
    <Modal open title="请再次验证身份" footer={null} onCancel={() => settleAll(false)} destroyOnHidden zIndex={2000}>
      <form
        className="desk-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          mutate(proofOf(typed, byCode))
        }}
      >
        <p>这项操作影响较大，须确认是您本人。验证后自动继续，一段时间内不再询问。</p>
        <Field
          key={String(byCode)}
          label={byCode ? '6 位动态码' : '密码'}
          error={refusedAt(error, byCode ? '/code' : '/password')}
          wide
        >
          {(control) =>
            byCode ? (
              <Input
                {...control}
                // oxlint-disable-next-line jsx-a11y/no-autofocus -- the one thing to do in the window that just opened
                autoFocus
                autoComplete="one-time-code"
                inputMode="numeric"
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            ) : (
              <Input.Password
                {...control}
                // oxlint-disable-next-line jsx-a11y/no-autofocus -- the one thing to do in the window that just opened
                autoFocus
                autoComplete="current-password"
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            )
          }
        </Field>
        {Boolean(other) && <Alert type="error" showIcon title={wordsOf(other)} />}
        <div className="desk-form-end">
          {secondFactor && (
            <Button
              type="link"
              onClick={() => {
                setByCode(!byCode)
                setTyped('')
                reset()
              }}
            >
              {byCode ? '改用密码' : '改用动态码'}
            </Button>
          )}
          <Button onClick={() => settleAll(false)}>取消</Button>
          <Button type="primary" htmlType="submit" loading={isPending}>
            验证并继续
          </Button>
        </div>
      </form>
    </Modal>
  )
}
