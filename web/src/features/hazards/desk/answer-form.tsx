import { ExtensionDecision, type HazardRecord, ObjectionDecision, Verification } from '@app/shared/hazards/schema'
import { App, Button, Input, Radio } from 'antd'
import { type FormEvent, useState } from 'react'
import * as v from 'valibot'
import { Field, refusedAt, refusedElse } from '../../../ui/desk/field'
import type { Doing } from '../queries'
import { type Sending, SendingFailed } from './sending'

/** What the street answers to a unit, or finds of what a unit put right itself. */
export type AnswerDeed = 'decide-extension' | 'decide-objection' | 'verify'

type Outcome = 'grant-extension' | 'refuse-extension' | 'uphold' | 'overrule' | 'verify' | 'refute'

const wordings = {
  'decide-extension': { label: '答复意见', submit: '提交答复', legend: '答复' },
  'decide-objection': { label: '答复意见', submit: '提交答复', legend: '答复' },
  verify: { label: '核验意见', submit: '提交核验', legend: '核验结论' },
} as const satisfies Record<AnswerDeed, { label: string; submit: string; legend: string }>

const outcomes: Record<AnswerDeed, readonly { value: Outcome; label: string; ask: string }[]> = {
  'decide-extension': [
    { value: 'grant-extension', label: '同意延期', ask: '整改期限改为新的日期，原期限保留在记录中。' },
    { value: 'refuse-extension', label: '不予延期', ask: '整改期限不变。' },
  ],
  'decide-objection': [
    { value: 'uphold', label: '异议成立', ask: '按作废程序办理，由另一人审核后作废。' },
    { value: 'overrule', label: '异议不成立', ask: '隐患继续办理，整改期限不变。' },
  ],
  verify: [
    { value: 'verify', label: '属实', ask: '记录核验结果，隐患保持“自查自改”。' },
    { value: 'refute', label: '不符，转入整改', ask: '隐患转为待交办，须重新整改；不因此扣分。' },
  ],
}

/** The deed as the API takes it, or what is wrong with it. */
function deedOf(
  deed: AnswerDeed,
  json: { outcome: Outcome; words: string; dueOn: string },
): { deed: Doing } | { words?: string; dueOn?: string } {
  const { outcome, words, dueOn } = json
  const result =
    deed === 'decide-extension'
      ? v.safeParse(ExtensionDecision, { outcome, words, ...(outcome === 'grant-extension' && { dueOn }) })
      : v.safeParse(deed === 'verify' ? Verification : ObjectionDecision, { outcome, words })
  // Safe: what was parsed is what this deed takes.
  if (result.success) return { deed: { deed, json: result.output } as Doing }
  return Object.fromEntries(result.issues.map(({ path, message }) => [String(path?.[0]?.key), message]))
}

export function AnswerForm({ deed, record, sending }: { deed: AnswerDeed; record: HazardRecord; sending: Sending }) {
  const { modal } = App.useApp()
  const options = outcomes[deed].filter(({ value }) => record.next.includes(value))
  const [outcome, setOutcome] = useState<Outcome | undefined>(options[0]?.value)
  const [words, setWords] = useState('')
  const [dueOn, setDueOn] = useState<string>(record.plea?.until ?? '')
  const [wrong, setWrong] = useState<{ words?: string; dueOn?: string }>({})
  const { label, submit, legend } = wordings[deed]
  const chosen = options.find(({ value }) => value === outcome)
  const { error } = sending

  function check(event: FormEvent) {
    event.preventDefault()
    if (!chosen) return
    const made = deedOf(deed, { outcome: chosen.value, words, dueOn })
    if (!('deed' in made)) return setWrong(made)
    setWrong({})
    void modal.confirm({
      title: `确认${chosen.label}？`,
      content: chosen.ask,
      okText: submit,
      focusable: { autoFocusButton: 'cancel' },
      onOk: () => sending.send(made.deed),
    })
  }

  return (
    <form className="desk-form" noValidate aria-label={submit} onSubmit={check}>
      <fieldset className="desk-field wide">
        <legend>{legend}</legend>
        <Radio.Group
          name="outcome"
          value={outcome}
          // Safe: the options are of these.
          onChange={({ target: { value } }) => setOutcome(value as Outcome)}
          options={options.map(({ value, label: name }) => ({ value, label: name }))}
        />
        {deed === 'decide-objection' && !record.next.includes('uphold') && (
          <p className="desk-quiet">疑似重大或重大隐患不能由街道作废，须先由区级认定。</p>
        )}
      </fieldset>
      {outcome === 'grant-extension' && (
        <Field
          label="新的整改期限"
          required
          hint={`原期限 ${record.dueOn}，最晚可延至 ${record.extendableTo}。`}
          error={wrong.dueOn ?? refusedAt(error, '/dueOn')}
        >
          {(control) => (
            <Input {...control} type="date" value={dueOn} onChange={({ target: { value } }) => setDueOn(value)} />
          )}
        </Field>
      )}
      <Field label={label} required wide error={wrong.words ?? refusedAt(error, '/words')}>
        {(control) => (
          <Input.TextArea
            {...control}
            autoSize={{ minRows: 2, maxRows: 6 }}
            value={words}
            onChange={({ target: { value } }) => setWords(value)}
          />
        )}
      </Field>
      <SendingFailed error={refusedElse(error, ['/words', '/dueOn'])} />
      <div className="desk-form-end">
        <Button onClick={sending.cancel}>取消</Button>
        <Button type="primary" htmlType="submit" loading={sending.pending}>
          {submit}
        </Button>
      </div>
    </form>
  )
}
