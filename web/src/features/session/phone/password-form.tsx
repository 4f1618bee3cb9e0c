import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import * as v from 'valibot'
import { PasswordChange } from '@app/shared/people/schema'
import { Problem } from '@app/shared/problem'
import { Field } from '../../../ui/phone/fields'
import { focusOnWrong } from '../../../ui/phone/focus-on-wrong'
import { wordsOf } from '../../../ui/states'
import { changePassword } from '../queries'

const NextTwice = v.pipe(
  v.object({ ...PasswordChange.entries, again: v.string() }),
  v.forward(
    v.check(({ next, again }) => next === again, '两次输入的新密码不一致'),
    ['again'],
  ),
)

/** Asks for the present password and a new one. */
export function PasswordForm() {
  const { mutate, isPending, isSuccess, error } = useMutation({ ...changePassword, networkMode: 'always' })
  const [values, setValues] = useState({ current: '', next: '', again: '' })
  const [errors, setErrors] = useState<Partial<Record<string, string>>>({})
  const form = useRef<HTMLFormElement>(null)

  function submit(event: FormEvent) {
    event.preventDefault()
    const result = v.safeParse(NextTwice, values)
    const found: Record<string, string> = {}
    if (!result.success) for (const issue of result.issues) found[String(issue.path?.[0]?.key)] ??= issue.message
    setErrors(found)
    if (!result.success) return focusOnWrong(form.current)
    mutate(
      { current: values.current, next: values.next },
      {
        onSuccess: () => setValues({ current: '', next: '', again: '' }),
        onError: (refused) => {
          if (refused instanceof Problem) {
            setErrors(Object.fromEntries((refused.errors ?? []).map((each) => [each.pointer.slice(1), each.detail])))
          }
        },
      },
    )
  }

  const field = (name: keyof typeof values, label: string, autoComplete: string, hint?: string) => (
    <Field label={label} error={errors[name]} hint={hint}>
      {(tie) => (
        <input
          {...tie}
          type="password"
          autoComplete={autoComplete}
          value={values[name]}
          onChange={(event) => {
            setValues({ ...values, [name]: event.target.value })
            setErrors(({ [name]: _, ...others }) => others)
          }}
        />
      )}
    </Field>
  )
  return (
    <form ref={form} className="m-form" noValidate onSubmit={submit}>
      {field('current', '当前密码', 'current-password')}
      {field('next', '新密码', 'new-password', '至少 12 个字符，可以是一句好记的话。')}
      {field('again', '再输一次新密码', 'new-password')}
      {error && Object.keys(errors).length === 0 && (
        <p className="wrong" role="alert">
          {wordsOf(error)}
        </p>
      )}
      <p role="status">{isSuccess ? '密码已修改，其他设备上的登录已退出。' : ''}</p>
      <button type="submit" className="button plain m-wide" disabled={isPending}>
        {isPending ? '正在修改…' : '修改密码'}
      </button>
    </form>
  )
}
