import { Suspension } from '@app/shared/onboarding/schema'
import { useForm } from '@tanstack/react-form'
import { useMutation } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useState } from 'react'
import { refusedAt, refusedElse } from '../../../ui/desk/field'
import { FormDialog } from '../../../ui/desk/form-dialog'
import { TextField } from '../../../ui/desk/text-field'
import { suspend, type Tenant } from '../queries'

/** 停用 or 恢复 of one district or street, with its reason. */
export function SuspendButton({ tenant }: { tenant: Tenant }) {
  const [asking, setAsking] = useState(false)
  const word = tenant.suspended ? '恢复' : '停用'
  return (
    <>
      <Button
        type="link"
        danger={!tenant.suspended}
        aria-label={`${word}：${tenant.name}`}
        onClick={() => setAsking(true)}
      >
        {word}
      </Button>
      {asking && <SuspendDialog tenant={tenant} word={word} onClose={() => setAsking(false)} />}
    </>
  )
}

function SuspendDialog({ tenant, word, onClose }: { tenant: Tenant; word: string; onClose: () => void }) {
  const { message } = App.useApp()
  const { mutate, isPending, error } = useMutation(suspend)
  const form = useForm({
    defaultValues: { why: '' },
    onSubmit: ({ value: { why } }) =>
      mutate(
        { kind: tenant.kind, id: tenant.id, json: { suspended: !tenant.suspended, why } },
        {
          onSuccess: () => {
            void message.success(`${tenant.name}已${word}。`)
            onClose()
          },
        },
      ),
  })
  return (
    <FormDialog
      title={`${word}“${tenant.name}”？`}
      submit={word}
      danger={!tenant.suspended}
      pending={isPending}
      error={refusedElse(error, ['/why'])}
      onSubmit={() => void form.handleSubmit()}
      onClose={onClose}
    >
      <p className="wide">
        {tenant.suspended
          ? '恢复后可以照常填报和办理，后台任务继续。'
          : `停用后${tenant.kind === 'district' ? '全区' : '该街道'}的人员仍可登录查看，但不能填报和办理，后台任务停止。数据不会丢失，可随时恢复。`}
      </p>
      <form.Field name="why" validators={{ onSubmit: Suspension.entries.why }}>
        {(field) => (
          <TextField
            of={field}
            label="原因"
            required
            wide
            type="lines"
            hint={tenant.suspended ? '记入审计日志。' : '该单位的人员会看到停用时间和原因，并记入审计日志。'}
            refused={refusedAt(error, '/why')}
          />
        )}
      </form.Field>
    </FormDialog>
  )
}
