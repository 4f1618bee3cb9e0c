import { NewPassword } from '@app/shared/people/schema'
import { useForm } from '@tanstack/react-form'
import { useMutation } from '@tanstack/react-query'
import { Alert, App, Button, Input, Modal } from 'antd'
import * as v from 'valibot'
import { Field, messageOf, refusedAt, refusedElse } from '../../../ui/desk/field'
import { wordsOf } from '../../../ui/states'
import { changePassword } from '../queries'

const Change = v.pipe(
  v.object({
    current: v.pipe(v.string(), v.nonEmpty('请填写当前密码')),
    next: NewPassword,
    again: v.string(),
  }),
  v.forward(
    v.check(({ next, again }) => next === again, '两次填写的新密码不一致'),
    ['again'],
  ),
)

/** Asks for the present password and a new one. */
export function PasswordDialog({ onClose }: { onClose: () => void }) {
  const { message } = App.useApp()
  const { mutate, isPending, error } = useMutation({
    ...changePassword,
    onSuccess: () => {
      void message.success('密码已修改，下次登录请用新密码。')
      onClose()
    },
  })
  const form = useForm({
    defaultValues: { current: '', next: '', again: '' },
    validators: { onSubmit: Change },
    onSubmit: ({ value: { current, next } }) => mutate({ current, next }),
  })
  const other = refusedElse(error, ['/current', '/next'])
  return (
    <Modal open title="修改密码" footer={null} onCancel={onClose} destroyOnHidden>
      <form
        className="desk-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void form.handleSubmit()
        }}
      >
        {(
          [
            ['current', '当前密码', 'current-password', undefined],
            ['next', '新密码', 'new-password', '至少 12 个字符，可以是一句好记的话。'],
            ['again', '再填一次新密码', 'new-password', undefined],
          ] as const
        ).map(([name, label, autoComplete, hint]) => (
          <form.Field key={name} name={name}>
            {(field) => (
              <Field
                label={label}
                hint={hint}
                error={messageOf(field.state.meta.errors) ?? refusedAt(error, `/${name}`)}
                wide
              >
                {(control) => (
                  <Input.Password
                    {...control}
                    autoComplete={autoComplete}
                    value={field.state.value}
                    onChange={(event) => field.handleChange(event.target.value)}
                  />
                )}
              </Field>
            )}
          </form.Field>
        ))}
        {Boolean(other) && <Alert type="error" showIcon title={wordsOf(other)} />}
        <div className="desk-form-end">
          <Button onClick={onClose}>取消</Button>
          <Button type="primary" htmlType="submit" loading={isPending}>
            修改密码
          </Button>
        </div>
      </form>
    </Modal>
  )
}
