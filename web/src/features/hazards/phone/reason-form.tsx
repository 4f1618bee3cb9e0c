import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useRef, useState } from 'react'
import * as v from 'valibot'
import { Reason } from '@app/shared/hazards/schema'
import { Confirm } from '../../../ui/phone/confirm'
import { Choices, Phrases, TextField } from '../../../ui/phone/fields'
import { focusOnWrong } from '../../../ui/phone/focus-on-wrong'
import { wordsOf } from '../../../ui/states'
import { type Doing as Deed, doDeed } from '../queries'
import type { DeedProps } from './deed-page'
import type { Doing } from './doings'

type Reasoned = Exclude<Doing, 'assign' | 'rectify' | 'name-measure' | 'recheck'>

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
} as const satisfies Record<Reasoned, { label: string; phrases: readonly string[]; question: string; danger: boolean }>

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
  const [outcome, setOutcome] = useState<'void' | 'keep' | null>(record.next.includes('void') ? null : 'keep')
  const [errors, setErrors] = useState<{ words?: string; outcome?: string }>({})
  const [confirming, setConfirming] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const { label, phrases, question, danger } = asked[doing]

  function check(event: FormEvent) {
    event.preventDefault()
    const result = v.safeParse(Reason, { words })
    const found = {
      ...(!result.success && { words: result.issues[0].message }),
      ...(doing === 'decide-void' && !outcome && { outcome: '请选择审核结论' }),
    }
    setErrors(found)
    if (Object.keys(found).length > 0) focusOnWrong(form.current)
    else setConfirming(true)
  }

  function send() {
    setConfirming(false)
    const deed: Deed =
      doing === 'decide-void'
        ? { deed: 'decide-void', json: { words, outcome: outcome ?? 'keep', observedAt: Date.now() } }
        : { deed: doing, json: { words, observedAt: Date.now() } }
    mutate(deed)
  }

  return (
    <form ref={form} className="m-form" noValidate onSubmit={check}>
      {doing === 'decide-void' && (
        <Choices
          label="审核结论"
          options={[
            ...(record.next.includes('void') ? [{ value: 'void' as const, label: '同意作废' }] : []),
            { value: 'keep', label: '不予作废' },
          ]}
          value={outcome}
          onChange={setOutcome}
          error={errors.outcome}
        />
      )}
      <TextField label={label} value={words} lines={3} max={500} onChange={setWords} error={errors.words} />
      <Phrases phrases={phrases} onPick={setWords} />
      {error && (
        <p className="wrong" role="alert">
          {wordsOf(error)}
        </p>
      )}
      <div className="m-submit">
        <button type="submit" className="button m-wide" disabled={isPending}>
          {isPending ? '正在提交…' : '提交'}
        </button>
      </div>
      {confirming && (
        <Confirm
          question={question || (outcome === 'void' ? '确认作废？作废后不再整改。' : '确认不予作废？')}
          yes="确认"
          danger={danger}
          onYes={send}
          onNo={() => setConfirming(false)}
        >
          <p>{record.number}</p>
        </Confirm>
      )}
    </form>
  )
}
