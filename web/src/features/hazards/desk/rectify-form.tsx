import { type HazardRecord, Rectification } from '@app/shared/hazards/schema'
import { useForm } from '@tanstack/react-form'
import { Button, Input } from 'antd'
import type { InferInput } from 'valibot'
import { Field, messageOf, refusedAt, refusedElse } from '../../../ui/desk/field'
import { type Sending, SendingFailed } from './sending'
import { PhotoUpload } from './photo-upload'

/** Says how it was put right, and shows it. */
export function RectifyForm({ record, sending }: { record: HazardRecord; sending: Sending }) {
  const defaultValues: InferInput<typeof Rectification> = { words: '', photos: [] }
  const form = useForm({
    defaultValues,
    validators: { onSubmit: Rectification },
    onSubmit: ({ value }) => sending.send({ deed: 'rectify', json: value }),
  })
  const { error } = sending
  return (
    <form
      className="desk-form"
      noValidate
      aria-label="填报整改"
      onSubmit={(event) => {
        event.preventDefault()
        void form.handleSubmit()
      }}
    >
      <form.Field name="photos">
        {(field) => (
          <Field
            label="整改后照片"
            required
            wide
            hint="与整改前同一位置拍摄，最多 9 张。"
            error={messageOf(field.state.meta.errors) ?? refusedAt(error, '/photos')}
          >
            {({ status: _, 'aria-required': __, ...control }) => (
              <PhotoUpload
                {...control}
                streetId={record.streetId}
                value={field.state.value}
                onChange={field.handleChange}
              />
            )}
          </Field>
        )}
      </form.Field>
      <form.Field name="words">
        {(field) => (
          <Field
            label="整改情况"
            required
            wide
            hint="做了什么、达到什么效果。"
            error={messageOf(field.state.meta.errors) ?? refusedAt(error, '/words')}
          >
            {(control) => (
              <Input.TextArea
                {...control}
                autoSize={{ minRows: 2, maxRows: 6 }}
                value={field.state.value}
                onChange={(event) => field.handleChange(event.target.value)}
              />
            )}
          </Field>
        )}
      </form.Field>
      <SendingFailed error={refusedElse(error, ['/photos', '/words'])} />
      <div className="desk-form-end">
        <Button onClick={sending.cancel}>取消</Button>
        <Button type="primary" htmlType="submit" loading={sending.pending}>
          提交整改
        </Button>
      </div>
    </form>
  )
}
