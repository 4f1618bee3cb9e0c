import type { SetPasswordLink } from '@app/shared/accounts/schema'
import type { PersonId, PostId, StreetId } from '@app/shared/ids'
import { Problem } from '@app/shared/problem'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, Button, Steps } from 'antd'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { PlaceRow } from '@app/shared/onboarding/plan'
import { freshId } from '../../../ui/desk/fresh-id'
import { TextField } from '../../../ui/desk/text-field'
import { wordsOf } from '../../../ui/states'
import { openStreet, streetTrial } from '../queries'
import {
  blankDraft,
  checked,
  keepDraft,
  keptDraft,
  lastStep,
  shortNameOf,
  stepOf,
  steps,
  type StreetDraft,
  streetInput,
} from '../street-draft'
import { PlaceRows } from './place-rows'
import { StreetOpened } from './street-opened'
import { StreetTrial } from './street-trial'
import './onboarding.css'

interface WizardProps {
  readonly districtId: string
  /** As its address names it. */
  readonly district: string
  /** From 0; a step whose forerunners are not in order yet is not shown. */
  readonly step: number
  readonly onStep: (step: number) => void
}

const startOver = () =>
  blankDraft({
    street: freshId<StreetId>('str'),
    admin: freshId<PersonId>('usr'),
    post: freshId<PostId>('pst'),
  })

/** 街道开通, in four steps; nothing is made before the last, and what is filled in stays when one goes back. */
export function StreetWizard({ districtId, district, step: asked, onStep }: WizardProps) {
  const form = useRef<HTMLFormElement>(null)
  const [restored, setRestored] = useState(() => keptDraft(districtId) !== null)
  const [touched, setTouched] = useState(restored)
  const [draft, setDraft] = useState(() => keptDraft(districtId) ?? startOver())
  // What somebody is still writing is not yet wrong.
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [tried, setTried] = useState<ReadonlySet<number>>(new Set())
  const [link, setLink] = useState<SetPasswordLink | null>(null)

  const found = checked(draft)
  const inOrder = (one: number) => !found.errors.some(({ pointer }) => stepOf(pointer) === one)
  const ready = [0, 1, 2].find((one) => !inOrder(one)) ?? lastStep
  const step = Math.min(asked, ready)
  const json = streetInput(draft)
  const trial = useQuery({ ...streetTrial(districtId, json), enabled: step === lastStep && link === null })
  const opening = useMutation(openStreet(districtId))
  const refused = [
    ...(trial.data?.errors ?? []),
    ...(opening.error instanceof Problem ? (opening.error.errors ?? []) : []),
  ]

  useEffect(() => keepDraft(districtId, touched && link === null ? draft : null), [districtId, draft, touched, link])
  const { reset } = opening
  const change = useCallback(
    (to: (now: StreetDraft) => Partial<StreetDraft>) => {
      setTouched(true)
      setDraft((now) => ({ ...now, ...to(now) }))
      // What was said of the street before is not said of this one.
      reset()
    },
    [reset],
  )
  const changeRows = useCallback(
    (to: (rows: readonly PlaceRow[]) => PlaceRow[]) => change(({ rows }) => ({ rows: to(rows) })),
    [change],
  )
  const text = (name: 'name' | 'shortName' | 'slug' | 'statCode' | 'adminName' | 'username', pointer: string) => {
    const detail = found.errors.find((one) => one.pointer === pointer)?.detail
    const shown = tried.has(stepOf(pointer)) || (left.has(pointer) && draft[name] !== '')
    return {
      of: {
        state: {
          value: name === 'shortName' ? shortNameOf(draft) : draft[name],
          meta: { errors: shown && detail ? [{ message: detail }] : [] },
        },
        handleChange: (value: string) => change(() => ({ [name]: value })),
        handleBlur: () => setLeft((now) => new Set(now).add(pointer)),
      },
      refused: refused.find((one) => one.pointer === pointer)?.detail,
    }
  }
  const next = () => {
    setTried((now) => new Set(now).add(step))
    if (inOrder(step)) return onStep(step + 1)
    // Once the errors are there.
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus())
  }
  const open = () =>
    opening.mutate(json, {
      onSuccess: (made) => setLink(made.link),
    })

  if (link) return <StreetOpened name={draft.name} admin={draft.adminName} link={link} district={district} />
  const mayOpen = trial.data?.errors.length === 0 && !trial.data.there
  return (
    <form
      ref={form}
      noValidate
      className="onboarding"
      onSubmit={(event) => {
        event.preventDefault()
        if (step < lastStep) next()
        else if (mayOpen) open()
      }}
    >
      {restored && (
        <div className="onboarding-tools" role="status">
          <p>上次填写的内容还在，可以接着填。</p>
          <Button
            onClick={() => {
              setRestored(false)
              setTouched(false)
              setTried(new Set())
              setDraft(startOver())
              reset()
              onStep(0)
            }}
          >
            清空重填
          </Button>
        </div>
      )}
      <Steps
        size="small"
        responsive={false}
        titlePlacement="vertical"
        current={step}
        items={steps.map((title) => ({ title }))}
      />
      <h2>
        第 {step + 1} 步，共 {steps.length} 步：{steps[step]}
      </h2>
      {step === 0 && (
        <div className="desk-form">
          <TextField {...text('name', '/name')} label="街道名称" required hint="写全称，例如：乐华街道。" />
          <TextField
            {...text('shortName', '/shortName')}
            label="简称"
            required
            hint="用在隐患编号的开头，例如：乐华隐患〔2026〕00012。"
          />
          <TextField
            {...text('slug', '/slug')}
            label="网址名"
            required
            hint="用街道名的拼音即可，例如 lehua。出现在网址里，开通后不能改。"
          />
          <TextField
            {...text('statCode', '/statCode')}
            label="统计代码（选填）"
            hint="街道的 9 位统计用区划代码，不清楚可以不填。"
          />
        </div>
      )}
      {step === 1 && <PlaceRows rows={draft.rows} found={found} asked={tried.has(1)} onChange={changeRows} />}
      {step === 2 && (
        <>
          <p>
            首任管理员是街道自己的人，由他开通本街道其他人的账号。开通后会得到一条设置密码的链接，交给他本人即可，您不会知道他的密码。
          </p>
          <div className="desk-form">
            <TextField {...text('adminName', '/admin/name')} label="姓名" required />
            <TextField
              {...text('username', '/admin/username')}
              label="用户名"
              required
              hint="登录时用，全系统不能重复，例如 lehua.zhangsan。小写字母、数字和 . _ -。"
            />
          </div>
        </>
      )}
      {step === lastStep && <StreetTrial trial={trial} draft={draft} plan={found.plan} onStep={onStep} />}
      {step === lastStep && opening.error && <Alert type="error" showIcon title={wordsOf(opening.error)} />}
      <div className="desk-form-end">
        {step > 0 && (
          <Button disabled={opening.isPending} onClick={() => onStep(step - 1)}>
            上一步
          </Button>
        )}
        {step < lastStep ? (
          <Button type="primary" htmlType="submit">
            下一步
          </Button>
        ) : (
          <Button type="primary" htmlType="submit" loading={opening.isPending} disabled={!mayOpen}>
            确认开通
          </Button>
        )}
      </div>
    </form>
  )
}
