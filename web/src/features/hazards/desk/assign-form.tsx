import { Assignment, type HazardRecord } from '@app/shared/hazards/schema'
import { levels } from '@app/shared/hazards/words'
import { enterpriseOf, mainPost } from '@app/shared/people/rules'
import type { PersonCard } from '@app/shared/people/schema'
import { roles } from '@app/shared/capabilities'
import { dayOf } from '@app/shared/time'
import { useForm } from '@tanstack/react-form'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import type { InferInput } from 'valibot'
import { Field, messageOf, refusedAt, refusedElse } from '../../../ui/desk/field'
import { type Sending, SendingFailed } from './sending'

interface AssignProps {
  readonly record: HazardRecord
  readonly people: readonly PersonCard[] | undefined
  readonly sending: Sending
}

/** Stands for a person who is named but does not sign in here. */
const somebodyElse = 'else'

/** Names who puts it right, by when and how. */
export function AssignForm({ record, people, sending }: AssignProps) {
  const here = people?.filter(({ active }) => active) ?? []
  const now = Date.now()
  const principal = here.find(({ posts }) => record.enterpriseId && enterpriseOf(posts, now) === record.enterpriseId)
  const first = here.find(({ id }) => id === record.responsibleId) ?? (record.responsible ? undefined : principal)
  const [typed, setTyped] = useState(!first && (record.responsible !== null || here.length === 0))
  const today = dayOf(now)
  // Who puts right what is late may change; the day it was due does not.
  const late = record.dueOn !== null && record.dueOn < today
  const defaultValues: InferInput<typeof Assignment> = {
    responsibleId: first?.id ?? null,
    responsible: first?.name ?? record.responsible ?? '',
    dueOn: record.dueOn ?? record.due?.usual ?? '',
    measures: record.measures ?? '',
    funds: record.funds,
    plan: record.plan,
  }
  const form = useForm({
    defaultValues,
    validators: { onSubmit: Assignment },
    onSubmit: ({ value }) => sending.send({ deed: 'assign', json: value }),
  })
  const grave = record.level !== 'ordinary'
  const { error } = sending
  const fields = ['/responsible', '/responsibleId', '/dueOn', '/measures', '/funds', '/plan']
  return (
    <form
      className="desk-form"
      noValidate
      aria-label="交办整改"
      onSubmit={(event) => {
        event.preventDefault()
        void form.handleSubmit()
      }}
    >
      <form.Field name="responsible">
        {(field) => (
          <Field
            label="责任人"
            required
            error={
              (!typed && field.state.meta.errors.length > 0 ? '请选择责任人' : undefined) ??
              refusedAt(error, '/responsibleId')
            }
          >
            {(control) => (
              <form.Subscribe selector={({ values }) => values.responsibleId}>
                {(responsibleId) => (
                  <Select
                    {...control}
                    showSearch={{ optionFilterProp: 'label' }}
                    placeholder="选择人员"
                    value={typed ? somebodyElse : responsibleId}
                    options={[
                      ...byNearness(here, record, now).map((person) => ({
                        value: person.id as string,
                        label: `${person.name}${roleOf(person, now)}`,
                      })),
                      { value: somebodyElse, label: '其他人（填写姓名）' },
                    ]}
                    onChange={(value) => {
                      const person = here.find(({ id }) => id === value)
                      setTyped(!person)
                      form.setFieldValue('responsibleId', person?.id ?? null)
                      field.handleChange(person?.name ?? '')
                    }}
                  />
                )}
              </form.Subscribe>
            )}
          </Field>
        )}
      </form.Field>
      {typed && (
        <form.Field name="responsible">
          {(field) => (
            <Field
              label="责任人姓名"
              required
              hint="不登录本系统的人；由他人代为填报整改。"
              error={messageOf(field.state.meta.errors) ?? refusedAt(error, '/responsible')}
            >
              {(control) => (
                <Input
                  {...control}
                  value={field.state.value}
                  onChange={(event) => field.handleChange(event.target.value)}
                />
              )}
            </Field>
          )}
        </form.Field>
      )}
      <form.Field name="dueOn">
        {(field) => (
          <Field
            label="整改期限"
            required
            hint={dueHint(record, late)}
            error={messageOf(field.state.meta.errors) ?? refusedAt(error, '/dueOn')}
          >
            {(control) => (
              <Input
                {...control}
                type="date"
                readOnly={late}
                min={late ? undefined : today}
                max={record.dueOn ?? record.due?.most}
                value={field.state.value}
                onChange={(event) => field.handleChange(event.target.value)}
              />
            )}
          </Field>
        )}
      </form.Field>
      {(
        [
          ['measures', '整改要求', true, '写明要做到什么程度，例如：清走全部电动车，楼道装设阻车装置。'],
          ['funds', grave ? '资金' : '资金（选填）', grave, grave && '重大隐患五落实须填写。'],
          ['plan', grave ? '预案' : '预案（选填）', grave, grave && '重大隐患五落实须填写：整改期间如何防范事故。'],
        ] as const
      ).map(([name, label, required, hint]) => (
        <form.Field key={name} name={name}>
          {(field) => (
            <Field
              label={label}
              required={required}
              hint={hint}
              wide={name === 'measures'}
              error={messageOf(field.state.meta.errors) ?? refusedAt(error, `/${name}`)}
            >
              {(control) => (
                <Input.TextArea
                  {...control}
                  autoSize={{ minRows: name === 'measures' ? 2 : 1, maxRows: 6 }}
                  value={field.state.value ?? ''}
                  onChange={({ target: { value } }) => field.handleChange(value || (name === 'measures' ? '' : null))}
                />
              )}
            </Field>
          )}
        </form.Field>
      ))}
      <SendingFailed error={refusedElse(error, fields)} />
      <div className="desk-form-end">
        <Button onClick={sending.cancel}>取消</Button>
        <Button type="primary" htmlType="submit" loading={sending.pending}>
          确认交办
        </Button>
      </div>
    </form>
  )
}

function dueHint({ dueOn, due, level }: HazardRecord, late: boolean): string {
  if (dueOn === null) return due ? `本街道${levels[level]}隐患一般到 ${due.usual}，最晚到 ${due.most}。` : ''
  return late ? '已逾期，期限不变；可以改派责任人。' : `可以提前，不能晚于原期限 ${dueOn}。`
}

/** The enterprise's own principal first, then the street's people; other enterprises' principals are no choice. */
function byNearness(people: readonly PersonCard[], { enterpriseId }: HazardRecord, now: number): PersonCard[] {
  const own = people.filter(({ posts }) => enterpriseId !== null && enterpriseOf(posts, now) === enterpriseId)
  return [...own, ...people.filter(({ posts }) => enterpriseOf(posts, now) === null)]
}

function roleOf({ posts }: PersonCard, now: number): string {
  const post = mainPost(posts, now)
  return post ? `（${roles[post.role].label}）` : ''
}
