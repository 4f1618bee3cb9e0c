import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import * as v from 'valibot'
import { ExtensionDecision, ExtensionRequest, Reason } from '@app/shared/hazards/schema'
import { Confirm } from '../../../ui/phone/confirm'
import { Choices, Field, Phrases, TextField } from '../../../ui/phone/fields'
import { focusOnWrong } from '../../../ui/phone/focus-on-wrong'
import { PhoneForm } from '../../../ui/phone/form'
import { wordsOf } from '../../../ui/states'
import { type Doing as Deed, doDeed } from '../queries'
import { Day } from '@app/shared/time'
import type { DeedProps } from './deed-page'
import type { Doing } from './doings'
import type { FieldDoing } from './said'

type Reasoned = Exclude<Doing, 'assign' | 'name-measure' | FieldDoing>

const asked = {
  close: { label: '销号意见', phrases: ['整改到位，同意销号。'], question: '确认销号？', danger: false },
  reopen: { label: '重新打开的原因', phrases: ['隐患反弹，重新整改。'], question: '确认重新打开？', danger: true },
  'propose-void': {
    label: '作废原因',
    phrases: ['重复上报。', '经核实不构成隐患。'],
    question: '确认申请作废？',
    danger: true,
  },
  'decide-void': {
    label: '审核意见',
    phrases: ['情况属实，同意作废。', '不符合作废条件。'],
    question: '',
    danger: true,
  },
  'ask-extension': {
    label: '延期理由',
    phrases: ['所需配件到货需要时间。', '需请专业单位施工。'],
    question: '确认申请延期？',
    danger: false,
  },
  'decide-extension': {
    label: '答复意见',
    phrases: ['理由属实，同意延期。', '不具备延期理由，请按期整改。'],
    question: '',
    danger: false,
  },
  'decide-objection': {
    label: '答复意见',
    phrases: ['经核实，异议成立。', '经核实，隐患属实，请按期整改。'],
    question: '',
    danger: false,
  },
} as const satisfies Record<Reasoned, { label: string; phrases: readonly string[]; question: string; danger: boolean }>

type Outcome = 'void' | 'keep' | 'grant-extension' | 'refuse-extension' | 'uphold' | 'overrule'

const none: readonly { value: Outcome; label: string }[] = []
/** What is decided between, where something is. */
const decisions: Record<Reasoned, readonly { value: Outcome; label: string }[]> = {
  close: none,
  reopen: none,
  'propose-void': none,
  'ask-extension': none,
  'decide-void': [
    { value: 'void', label: '同意作废' },
    { value: 'keep', label: '不予作废' },
  ],
  'decide-extension': [
    { value: 'grant-extension', label: '同意延期' },
    { value: 'refuse-extension', label: '不予延期' },
  ],
  'decide-objection': [
    { value: 'uphold', label: '异议成立' },
    { value: 'overrule', label: '异议不成立' },
  ],
}

const questions: Record<Outcome, string> = {
  void: '确认作废？作废后不再整改。',
  keep: '确认不予作废？',
  'grant-extension': '确认同意延期？',
  'refuse-extension': '确认不予延期？',
  uphold: '确认异议成立？随后由另一人审核作废。',
  overrule: '确认异议不成立？',
}

function deedOf(
  doing: Reasoned,
  { words, outcome, day }: { words: string; outcome: Outcome | null; day: string },
): Deed {
  const observedAt = Date.now()
  switch (doing) {
    case 'decide-void':
      return { deed: doing, json: { words, outcome: outcome === 'void' ? 'void' : 'keep', observedAt } }
    case 'ask-extension':
      return { deed: doing, json: v.parse(ExtensionRequest, { until: day, words, observedAt }) }
    case 'decide-extension':
      return {
        deed: doing,
        json: v.parse(ExtensionDecision, {
          outcome,
          ...(outcome === 'grant-extension' && { dueOn: day }),
          words,
          observedAt,
        }),
      }
    case 'decide-objection':
      return { deed: doing, json: { outcome: outcome === 'uphold' ? 'uphold' : 'overrule', words, observedAt } }
    default:
      return { deed: doing, json: { words, observedAt } }
  }
}

/** A deed that takes nothing but the words that justify it. Done at once, since others wait for the outcome. */
export function ReasonForm({ post, record, doing }: DeedProps & { doing: Reasoned }) {
  const navigate = useNavigate()
  const { mutate, isPending, error } = useMutation({
    ...doDeed(post.id, record),
    networkMode: 'always',
    // Before the record is read again, which may take this form away.
    onSuccess: () =>
      navigate({
        to: '/m/s/$street/hazards/$hazardId',
        params: { street: post.slug, hazardId: record.id },
        search: { saved: doing },
        replace: true,
      }),
  })
  const [words, setWords] = useState(doing === 'close' ? (asked.close.phrases[0] as string) : '')
  const deciding = decisions[doing]
  const may = deciding.filter(({ value }) => record.next.includes(value))
  const [outcome, setOutcome] = useState<Outcome | null>(may.length === 1 ? (may[0]?.value ?? null) : null)
  const dated = doing === 'ask-extension' || outcome === 'grant-extension'
  const [day, setDay] = useState(doing === 'decide-extension' ? (record.plea?.until ?? '') : '')
  const [errors, setErrors] = useState<{ words?: string; outcome?: string; day?: string }>({})
  const [confirming, setConfirming] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const { label, phrases, question, danger } = asked[doing]

  function check() {
    const result = v.safeParse(Reason, { words })
    const found = {
      ...(!result.success && { words: result.issues[0].message }),
      ...(deciding.length > 0 && !outcome && { outcome: '请选择结论' }),
      ...(dated && !v.is(Day, day) && { day: '请选择日期' }),
    }
    setErrors(found)
    if (Object.keys(found).length > 0) focusOnWrong(form.current)
    else setConfirming(true)
  }

  function send() {
    setConfirming(false)
    mutate(deedOf(doing, { words, outcome, day }))
  }

  return (
    <PhoneForm
      form={form}
      onSubmit={check}
      trouble={error && wordsOf(error)}
      submit="提交"
      busy={isPending && '正在提交…'}
    >
      {deciding.length > 0 && (
        <Choices label="结论" options={may} value={outcome} onChange={setOutcome} error={errors.outcome} />
      )}
      {doing === 'decide-objection' && may.every(({ value }) => value !== 'uphold') && (
        <p className="m-hint">疑似重大或重大隐患须先由区级认定，现在只能答复“异议不成立”。</p>
      )}
      {dated && (
        <Field
          label={doing === 'ask-extension' ? '申请延至' : '新的整改期限'}
          hint={`原期限 ${record.dueOn}，最晚可延至 ${record.extendableTo}。`}
          error={errors.day}
        >
          {(tie) => <input {...tie} type="date" value={day} onChange={(event) => setDay(event.target.value)} />}
        </Field>
      )}
      <TextField label={label} value={words} lines={3} max={500} onChange={setWords} error={errors.words} />
      <Phrases phrases={phrases} onPick={setWords} />
      {confirming && (
        <Confirm
          question={question || questions[outcome ?? 'keep']}
          yes="确认"
          danger={danger}
          onYes={send}
          onNo={() => setConfirming(false)}
        >
          <p>{record.number}</p>
        </Confirm>
      )}
    </PhoneForm>
  )
}
