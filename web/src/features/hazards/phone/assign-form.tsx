import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import * as v from 'valibot'
import { type Role, roles, streetRoles } from '@app/shared/capabilities'
import { assignmentErrors } from '@app/shared/hazards/rules'
import { Assignment } from '@app/shared/hazards/schema'
import { enterpriseOf, mainPost } from '@app/shared/people/rules'
import type { PersonCard } from '@app/shared/people/schema'
import { Problem } from '@app/shared/problem'
import { type Day, dayOf } from '@app/shared/time'
import { Field, TextField } from '../../../ui/phone/fields'
import { focusOnWrong } from '../../../ui/phone/focus-on-wrong'
import { PhoneForm } from '../../../ui/phone/form'
import { wordsOf } from '../../../ui/states'
import { doDeed } from '../queries'
import type { DeedProps } from './deed-page'

/** Somebody who is no account here: named in words. */
const named = 'named'

/** Who puts it right, by when and how. The enterprise's own head is offered first. */
export function AssignForm({ post, record, people }: DeedProps & { people: readonly PersonCard[] }) {
  const navigate = useNavigate()
  const [errors, setErrors] = useState<Partial<Record<string, string>>>({})
  const { mutate, isPending, error } = useMutation({
    ...doDeed(post.id, record),
    networkMode: 'always',
    onSuccess: () =>
      navigate({
        to: '/m/s/$street/hazards/$hazardId',
        params: { street: post.slug, hazardId: record.id },
        search: { saved: 'assign' },
        replace: true,
      }),
    onError: (refused) => {
      if (refused instanceof Problem) {
        setErrors(Object.fromEntries((refused.errors ?? []).map((each) => [each.pointer.slice(1), each.detail])))
      }
    },
  })
  const today = dayOf(Date.now())
  const active = people.filter((person) => person.active)
  const principal = active.find(
    ({ posts }) => record.enterpriseId && enterpriseOf(posts, Date.now()) === record.enterpriseId,
  )
  const [who, setWho] = useState<string>(record.responsibleId ?? (record.responsible ? named : (principal?.id ?? '')))
  const [name, setName] = useState(record.responsibleId ? '' : (record.responsible ?? ''))
  const [dueOn, setDueOn] = useState<string>(record.dueOn ?? record.due?.usual ?? '')
  const [measures, setMeasures] = useState(record.measures ?? '')
  const [funds, setFunds] = useState(record.funds ?? '')
  const [plan, setPlan] = useState(record.plan ?? '')
  const form = useRef<HTMLFormElement>(null)
  /** What is typed is not wrong any more until it is sent again. */
  const anew = (field: string, set: (value: string) => void) => (value: string) => {
    set(value)
    setErrors(({ [field]: _, responsibleId: __, ...others }) => others)
  }
  const grave = record.level !== 'ordinary'

  function submit() {
    const person = active.find(({ id }) => id === who)
    const result = v.safeParse(Assignment, {
      responsibleId: person?.id ?? null,
      responsible: person?.name ?? (who === named ? name : ''),
      dueOn,
      measures,
      funds: grave && funds.trim() ? funds : null,
      plan: grave && plan.trim() ? plan : null,
      observedAt: Date.now(),
    })
    const found: Record<string, string> = {}
    if (!result.success) for (const issue of result.issues) found[String(issue.path?.[0]?.key)] ??= issue.message
    else
      for (const { pointer, detail } of assignmentErrors(
        { dueOn: dueOn as Day },
        today,
        record.dueOn,
        record.due?.most,
      ))
        found[pointer.slice(1)] = detail
    if (found['responsible']) found[who === named ? 'name' : 'who'] = who === named ? '请填写责任人' : '请选择责任人'
    setErrors(found)
    if (!result.success || Object.keys(found).length > 0) return focusOnWrong(form.current)
    mutate({ deed: 'assign', json: result.output })
  }

  return (
    <PhoneForm
      form={form}
      onSubmit={submit}
      trouble={error && wordsOf(error)}
      submit="交办"
      busy={isPending && '正在提交…'}
    >
      <Field label="整改责任人" error={errors['who'] ?? errors['responsibleId']}>
        {(tie) => (
          <select {...tie} value={who} onChange={(event) => anew('who', setWho)(event.target.value)}>
            <option value="">请选择</option>
            {principal && (
              <optgroup label="本单位">
                <option value={principal.id}>{principal.name}（企业主要负责人）</option>
              </optgroup>
            )}
            <option value={named}>其他人（填写姓名）</option>
            {byRole(active.filter(({ id }) => id !== principal?.id)).map(([role, members]) => (
              <optgroup key={role} label={roles[role].label}>
                {members.map((person) => (
                  <option key={person.id} value={person.id}>
                    {person.name}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        )}
      </Field>
      {who === named && (
        <TextField
          label="责任人姓名、职务"
          value={name}
          max={40}
          onChange={anew('name', setName)}
          error={errors['name']}
        />
      )}
      <Field
        label="整改期限"
        error={errors['dueOn']}
        hint={record.dueOn ? `原期限 ${record.dueOn}，不能推迟。` : '已按本街道设置给出期限，可以修改。'}
      >
        {(tie) => (
          <input
            {...tie}
            type="date"
            value={dueOn}
            min={today}
            max={record.dueOn && record.dueOn >= today ? record.dueOn : record.due?.most}
            onChange={(event) => anew('dueOn', setDueOn)(event.target.value)}
          />
        )}
      </Field>
      <TextField
        label="整改要求、措施"
        value={measures}
        lines={3}
        max={500}
        onChange={anew('measures', setMeasures)}
        error={errors['measures']}
      />
      {grave && (
        <>
          <p className="m-hint">重大隐患须“五落实”：责任、期限、措施之外，还要落实资金和预案。</p>
          <TextField label="资金" value={funds} max={200} onChange={anew('funds', setFunds)} error={errors['funds']} />
          <TextField
            label="应急预案"
            value={plan}
            lines={2}
            max={500}
            onChange={anew('plan', setPlan)}
            error={errors['plan']}
          />
        </>
      )}
    </PhoneForm>
  )
}

/** People as they are looked for: those who put things right first, then the offices. */
function byRole(people: readonly PersonCard[]): [Role, PersonCard[]][] {
  const order = streetRoles.toReversed()
  return order
    .map((role): [Role, PersonCard[]] => [
      role,
      people.filter(({ posts }) => mainPost(posts, Date.now())?.role === role),
    ])
    .filter(([, members]) => members.length > 0)
}
