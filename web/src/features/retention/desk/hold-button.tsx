import { Hold } from '@app/shared/hazards/hold'
import { addDays, type Day, dayOf, startOfDay } from '@app/shared/time'
import { useForm } from '@tanstack/react-form'
import { useMutation } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useState } from 'react'
import { refusedAt, refusedElse } from '../../../ui/desk/field'
import { FormDialog } from '../../../ui/desk/form-dialog'
import { TextField } from '../../../ui/desk/text-field'
import { holdByNumber } from '../queries'

/** 增加保留: a hazard by its number, why it is kept, and until when. */
export function HoldButton({ streetId }: { streetId: string }) {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button type="primary" onClick={() => setAsking(true)}>
        增加保留
      </Button>
      {asking && <HoldDialog streetId={streetId} onClose={() => setAsking(false)} />}
    </>
  )
}

function HoldDialog({ streetId, onClose }: { streetId: string; onClose: () => void }) {
  const { message } = App.useApp()
  const [absent, setAbsent] = useState(false)
  const { mutate, isPending, error } = useMutation(holdByNumber(streetId))
  const form = useForm({
    defaultValues: { number: '', why: '', until: '' },
    onSubmit: ({ value: { number, why, until } }) => {
      setAbsent(false)
      mutate(
        { number: number.trim(), json: { why, until: until ? startOfDay(addDays(until as Day, 1)) : null } },
        {
          onSuccess: (found) => {
            if (!found) return setAbsent(true)
            void message.success('已保留，期满也不清除。')
            onClose()
          },
        },
      )
    },
  })
  return (
    <FormDialog
      title="因争议保留记录"
      submit="保留"
      pending={isPending}
      error={refusedElse(error, ['/number', '/why', '/until'])}
      onSubmit={() => void form.handleSubmit()}
      onClose={onClose}
    >
      <form.Field
        name="number"
        validators={{ onSubmit: ({ value }) => (value.trim() === '' ? '请填写隐患编号' : undefined) }}
      >
        {(field) => (
          <TextField
            of={field}
            label="隐患编号"
            required
            placeholder="如 2026-12"
            refused={absent ? '本街道没有这个编号的隐患，请核对' : refusedAt(error, '/number')}
          />
        )}
      </form.Field>
      <form.Field name="until">
        {(field) => (
          <TextField
            of={field}
            label="保留到（选填）"
            type="date"
            min={dayOf(Date.now())}
            hint="含当天；不填则保留到解除为止。"
            refused={refusedAt(error, '/until')}
          />
        )}
      </form.Field>
      <form.Field name="why" validators={{ onSubmit: Hold.entries.why }}>
        {(field) => (
          <TextField
            of={field}
            label="原因"
            required
            wide
            type="lines"
            hint="例如：某案正在行政复议，需要保留证据。"
            refused={refusedAt(error, '/why')}
          />
        )}
      </form.Field>
    </FormDialog>
  )
}
