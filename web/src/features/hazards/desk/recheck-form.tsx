import { type HazardRecord, Recheck } from '@app/shared/hazards/schema'
import { useForm } from '@tanstack/react-form'
import { Button, Input, Radio } from 'antd'
import type { InferInput } from 'valibot'
import { Field, messageOf, refusedAt, refusedElse } from '../../../ui/desk/field'
import { type Sending, SendingFailed } from './sending'
import { PhotoUpload } from './photo-upload'

/** What is usually said; one press writes it, and it can be changed. */
const usual = {
  pass: ['现场复查，隐患已消除。', '整改到位，照片与现场一致。'],
  return: ['照片看不清整改部位，请重拍。', '整改不彻底，现场仍有隐患。', '措施与整改要求不符。', '整改后又出现反弹。'],
} as const

/** Says whether what was put right is right. */
export function RecheckForm({ record, sending }: { record: HazardRecord; sending: Sending }) {
  const mayPass = record.next.includes('pass')
  const mayReturn = record.next.includes('return')
  const defaultValues: InferInput<typeof Recheck> = { outcome: mayPass ? 'pass' : 'return', words: '', photos: [] }
  const form = useForm({
    defaultValues,
    validators: { onSubmit: Recheck },
    onSubmit: ({ value }) => sending.send({ deed: 'recheck', json: value }),
  })
  const { error } = sending
  return (
    <form
      className="desk-form"
      noValidate
      aria-label="复查"
      onSubmit={(event) => {
        event.preventDefault()
        void form.handleSubmit()
      }}
    >
      <form.Field name="outcome">
        {(field) => (
          <fieldset className="desk-field wide">
            <legend>复查结论</legend>
            <Radio.Group
              name="outcome"
              value={field.state.value}
              onChange={({ target: { value } }) => field.handleChange(value as 'pass' | 'return')}
              options={[
                { value: 'pass', label: '通过', disabled: !mayPass },
                { value: 'return', label: '退回整改', disabled: !mayReturn },
              ]}
            />
          </fieldset>
        )}
      </form.Field>
      <form.Field name="words">
        {(field) => (
          <>
            <form.Subscribe selector={({ values }) => values.outcome}>
              {(outcome) => (
                <div className="chips wide" role="group" aria-label="常用语">
                  {usual[outcome].map((words) => (
                    <button key={words} type="button" onClick={() => field.handleChange(words)}>
                      {words}
                    </button>
                  ))}
                </div>
              )}
            </form.Subscribe>
            <Field
              label="复查意见"
              required
              wide
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
          </>
        )}
      </form.Field>
      <form.Field name="photos">
        {(field) => (
          <Field
            label="复查照片（选填）"
            wide
            hint="最多 9 张。"
            error={messageOf(field.state.meta.errors) ?? refusedAt(error, '/photos')}
          >
            {({ status: _, 'aria-required': __, ...control }) => (
              <PhotoUpload
                {...control}
                streetId={record.streetId}
                value={field.state.value ?? []}
                onChange={field.handleChange}
              />
            )}
          </Field>
        )}
      </form.Field>
      <SendingFailed error={refusedElse(error, ['/outcome', '/words', '/photos'])} />
      <form.Subscribe selector={({ values }) => values.outcome}>
        {(outcome) => (
          <div className="desk-form-end">
            <Button onClick={sending.cancel}>取消</Button>
            <Button type="primary" htmlType="submit" loading={sending.pending}>
              {outcome === 'pass' ? '复查通过' : '退回整改'}
            </Button>
          </div>
        )}
      </form.Subscribe>
    </form>
  )
}
