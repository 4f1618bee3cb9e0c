import { type HazardRecord, Reason } from '@app/shared/hazards/schema'
import { useForm } from '@tanstack/react-form'
import { App, Button, Input, Radio } from 'antd'
import { useState } from 'react'
import type { InferInput } from 'valibot'
import { Field, messageOf, refusedAt, refusedElse } from '../../../ui/desk/field'
import { type Sending, SendingFailed } from './sending'

/** Deeds that need nothing but the words that justify them. */
export type ReasonDeed = 'close' | 'reopen' | 'propose-void' | 'decide-void'

interface Wording {
  readonly label: string
  readonly hint: string
  readonly submit: string
  /** What is asked before it is done. */
  readonly ask: { readonly title: string; readonly content: string }
}

const wordings: Record<ReasonDeed | 'keep', Wording> = {
  close: {
    label: '销号意见',
    hint: '依据复查结论写明同意销号的理由。',
    submit: '销号',
    ask: { title: '确认销号？', content: '销号后进入已办结台账。如现场反弹，须由他人重新打开，并计入考核。' },
  },
  reopen: {
    label: '重新打开的原因',
    hint: '回头看发现了什么。',
    submit: '重新打开',
    ask: { title: '确认重新打开？', content: '将进入新一轮整改，须重新交办；本月“回头看与不反弹”得分会受影响。' },
  },
  'propose-void': {
    label: '申请作废的原因',
    hint: '例如：与另一条重复、误报。',
    submit: '提交申请',
    ask: { title: '确认申请作废？', content: '由另一人审核；审核前不能办理其他事项。' },
  },
  'decide-void': {
    label: '审核意见',
    hint: '',
    submit: '同意作废',
    ask: { title: '确认作废？', content: '作废后不再办理，也不计入考核，且不能恢复。记录仍可查看。' },
  },
  keep: {
    label: '审核意见',
    hint: '',
    submit: '不予作废',
    ask: { title: '确认不予作废？', content: '隐患恢复办理。' },
  },
}

export function ReasonForm({ deed, record, sending }: { deed: ReasonDeed; record: HazardRecord; sending: Sending }) {
  const { modal } = App.useApp()
  const mayVoid = record.next.includes('void')
  const [outcome, setOutcome] = useState<'void' | 'keep'>(mayVoid ? 'void' : 'keep')
  const wording = wordings[deed === 'decide-void' && outcome === 'keep' ? 'keep' : deed]
  const defaultValues: InferInput<typeof Reason> = { words: '' }
  const form = useForm({
    defaultValues,
    validators: { onSubmit: Reason },
    onSubmit: ({ value }) =>
      void modal.confirm({
        ...wording.ask,
        okText: wording.submit,
        focusable: { autoFocusButton: 'cancel' },
        onOk: () =>
          sending.send(
            deed === 'decide-void' ? { deed, json: { outcome, words: value.words } } : { deed, json: value },
          ),
      }),
  })
  const { error } = sending
  return (
    <form
      className="desk-form"
      noValidate
      aria-label={wording.submit}
      onSubmit={(event) => {
        event.preventDefault()
        void form.handleSubmit()
      }}
    >
      {deed === 'decide-void' && (
        <fieldset className="desk-field wide">
          <legend>审核结论</legend>
          <Radio.Group
            name="outcome"
            value={outcome}
            onChange={({ target: { value } }) => setOutcome(value as 'void' | 'keep')}
            options={[
              { value: 'void', label: '同意作废', disabled: !mayVoid },
              { value: 'keep', label: '不予作废' },
            ]}
          />
        </fieldset>
      )}
      <form.Field name="words">
        {(field) => (
          <Field
            label={wording.label}
            required
            wide
            hint={wording.hint}
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
      <SendingFailed error={refusedElse(error, ['/words'])} />
      <div className="desk-form-end">
        <Button onClick={sending.cancel}>取消</Button>
        <Button type="primary" htmlType="submit" loading={sending.pending}>
          {wording.submit}
        </Button>
      </div>
    </form>
  )
}
