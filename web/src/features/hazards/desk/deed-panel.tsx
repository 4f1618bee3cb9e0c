import type { HazardRecord } from '@app/shared/hazards/schema'
import type { PersonCard } from '@app/shared/people/schema'
import { Alert, App, Button } from 'antd'
import { useRef, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { type Doing, doDeed } from '../queries'
import { type AnswerDeed, AnswerForm } from './answer-form'
import { AssignForm } from './assign-form'
import { MeasureForm } from './measure-form'
import { RecheckForm } from './recheck-form'
import { RectifyForm } from './rectify-form'
import { ReasonForm, type ReasonDeed } from './reason-form'
import type { Sending } from './sending'

type Choice = 'assign' | 'rectify' | 'name-measure' | 'recheck' | ReasonDeed | AnswerDeed

const labels: Record<Choice, string> = {
  assign: '交办整改',
  rectify: '填报整改',
  'name-measure': '指明管控措施',
  recheck: '复查',
  close: '销号',
  reopen: '重新打开',
  'propose-void': '申请作废',
  'decide-void': '审核作废申请',
  'decide-extension': '答复延期申请',
  'decide-objection': '答复异议',
  verify: '抽查核验',
}
const answers: ReadonlySet<Choice> = new Set<AnswerDeed>(['decide-extension', 'decide-objection', 'verify'])
const isAnswer = (choice: Choice): choice is AnswerDeed => answers.has(choice)
/** What furthers the hazard, and so stands out; the rest is there when it is needed. */
const onward: ReadonlySet<Choice> = new Set([
  'assign',
  'rectify',
  'name-measure',
  'recheck',
  'close',
  'decide-void',
  ...answers,
])

/** The deeds that this person may do now, as buttons, and the form of the one that is chosen. */
export function DeedPanel({ record, people }: { record: HazardRecord; people: readonly PersonCard[] | undefined }) {
  const { message } = App.useApp()
  const panel = useRef<HTMLElement>(null)
  const [choice, setChoice] = useState<Choice | null>(null)
  const { mutate, isPending, error, reset } = useMutation({
    ...doDeed(record.streetId, record),
    onSuccess: (_data, doing) => {
      setChoice(null)
      // The button that had the focus is gone with its form.
      panel.current?.closest<HTMLElement>('.record')?.focus()
      void message.success(`${record.number}：${doneWords(doing)}`)
    },
  })
  const choices = choicesOf(record)
  const open = choice && choices.includes(choice) ? choice : null
  const sending: Sending = {
    send: (doing) => mutate(doing),
    pending: isPending,
    error,
    cancel: () => {
      setChoice(null)
      reset()
    },
  }
  return (
    <section ref={panel} className="deeds" aria-label="办理">
      <Waits record={record} />
      {choice && !open && <Alert type="warning" showIcon title="这条记录刚被他人办理过，此项已不能办理。" />}
      {choices.length > 0 && (
        <div className="deeds-row">
          {choices.map((one) => (
            <Button
              key={one}
              type={(open ? open === one : one === choices[0] && onward.has(one)) ? 'primary' : 'default'}
              ghost={open === one}
              aria-expanded={open === one}
              onClick={() => {
                reset()
                setChoice(open === one ? null : one)
              }}
            >
              {one === 'assign' && record.state === 'assigned' ? '重新交办' : labels[one]}
            </Button>
          ))}
        </div>
      )}
      {open === 'assign' && <AssignForm record={record} people={people} sending={sending} />}
      {open === 'rectify' && <RectifyForm record={record} sending={sending} />}
      {open === 'recheck' && <RecheckForm record={record} sending={sending} />}
      {open === 'name-measure' && <MeasureForm record={record} sending={sending} />}
      {open && isAnswer(open) && <AnswerForm key={open} deed={open} record={record} sending={sending} />}
      {open &&
        !isAnswer(open) &&
        open !== 'assign' &&
        open !== 'rectify' &&
        open !== 'name-measure' &&
        open !== 'recheck' && <ReasonForm key={open} deed={open} record={record} sending={sending} />}
    </section>
  )
}

/** One person's choices, those that further the hazard first. */
function choicesOf({ next, state, level, lapse }: HazardRecord): Choice[] {
  const found: Choice[] = []
  const may = (deed: string) => next.includes(deed)
  if (may('void') || may('keep')) found.push('decide-void')
  if (may('grant-extension') || may('refuse-extension')) found.push('decide-extension')
  if (may('uphold') || may('overrule')) found.push('decide-objection')
  if (may('verify') || may('refute')) found.push('verify')
  if (may('close')) found.push('close')
  if (may('pass') || may('return')) found.push('recheck')
  if (may('rectify')) found.push('rectify')
  if (may('assign')) {
    if (state === 'filed') found.unshift('assign')
    else found.push('assign')
  }
  // A major waits for it; any other hazard may have it.
  if (may('name-measure')) {
    if (level === 'major' && lapse === null) found.unshift('name-measure')
    else found.push('name-measure')
  }
  if (may('reopen')) found.push('reopen')
  if (may('propose-void')) found.push('propose-void')
  return found
}

/** What the hazard waits for, where that is not plain from its state. */
function Waits({ record: { level, state, voidAsked, next, plea, firstDueOn, lapse } }: { record: HazardRecord }) {
  if (state === 'closed' || state === 'voided') return null
  if (voidAsked) {
    const mine = next.includes('void') || next.includes('keep')
    return (
      <Alert
        type="warning"
        showIcon
        title={mine ? '有人申请作废本隐患，请审核；审核前不能办理其他事项。' : '已申请作废，等待有权限的其他人审核。'}
      />
    )
  }
  if (state === 'settled') {
    return (
      <Alert
        type="info"
        showIcon
        title="单位自查发现并自行整改，已办结，与整改销号分开统计。按比例抽查核验；核验不符的转入整改，不因自报扣分。"
      />
    )
  }
  if (plea) {
    const what = plea.kind === 'extension' ? `单位申请延期至 ${plea.until}` : '单位对此隐患提出异议'
    return (
      <Alert
        type="warning"
        showIcon
        title={`${what}，应于 ${plea.answerDueOn} 前答复（工作日按本街道的节假日安排推算）。`}
      />
    )
  }
  if (firstDueOn) return <Alert type="info" showIcon title={`原整改期限 ${firstDueOn}，经批准延期。`} />
  if (level === 'suspected') {
    return (
      <Alert type="warning" showIcon title="疑似重大隐患，等待区级认定。认定前可以交办、整改，不能复查通过和销号。" />
    )
  }
  if (level === 'major' && lapse === null && state !== 'checked') {
    return (
      <Alert
        type="warning"
        showIcon
        title="重大隐患须指明是哪一条管控措施缺失或失效；指明前可以交办、整改，不能复查通过。"
      />
    )
  }
  if (level === 'major' && (state === 'rectified' || state === 'checked')) {
    return <Alert type="info" showIcon title="重大隐患须由两人先后复查通过，再由第三人销号，整改人不参加复查和销号。" />
  }
  return null
}

function doneWords(doing: Doing): string {
  switch (doing.deed) {
    case 'assign':
      return `已交办给${doing.json.responsible}，期限 ${doing.json.dueOn}。`
    case 'rectify':
      return '整改已填报，等待复查。'
    case 'name-measure':
      return '已指明管控措施。'
    case 'recheck':
      return doing.json.outcome === 'pass' ? '已记录复查通过。' : '已退回整改。'
    case 'close':
      return '已销号。'
    case 'reopen':
      return '已重新打开，请重新交办。'
    case 'propose-void':
      return '已申请作废，等待他人审核。'
    case 'decide-void':
      return doing.json.outcome === 'void' ? '已作废。' : '不予作废，继续办理。'
    case 'ask-extension':
      return '已申请延期，等待街道答复。'
    case 'object':
      return '已提出异议，等待街道答复。'
    case 'decide-extension':
      return doing.json.outcome === 'grant-extension' ? `已同意延期至 ${doing.json.dueOn}。` : '已答复不予延期。'
    case 'decide-objection':
      return doing.json.outcome === 'uphold' ? '异议成立，等待另一人审核作废。' : '已答复异议不成立。'
    case 'verify':
      return doing.json.outcome === 'verify' ? '已记录核验属实。' : '已转入整改，请交办。'
  }
}
