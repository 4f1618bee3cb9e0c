import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import * as v from 'valibot'
import { Problem } from '@app/shared/problem'
import { listedMeasures, namedMeasure } from '@app/shared/risks/rules'
import { MeasureNaming } from '@app/shared/risks/schema'
import { type Lapse, lapses } from '@app/shared/risks/words'
import { Choices, Field, TextField } from '../../../ui/phone/fields'
import { focusOnWrong } from '../../../ui/phone/focus-on-wrong'
import { PhoneForm } from '../../../ui/phone/form'
import { wordsOf } from '../../../ui/states'
import { doDeed, hazardQueries } from '../queries'
import type { DeedProps } from './deed-page'

/** A measure that is in no list. */
const unlisted = 'unlisted'

/** Names the control measure that was missing or failed. Done at once, since others wait for it. */
export function MeasureForm({ post, record }: DeedProps) {
  const navigate = useNavigate()
  const [errors, setErrors] = useState<Partial<Record<string, string>>>({})
  const { mutate, isPending, error } = useMutation({
    ...doDeed(post.id, record),
    networkMode: 'always',
    onSuccess: () =>
      navigate({
        to: '/m/s/$street/hazards/$hazardId',
        params: { street: post.slug, hazardId: record.id },
        search: { saved: 'name-measure' },
        replace: true,
      }),
    onError: (refused) => {
      if (refused instanceof Problem)
        setErrors(Object.fromEntries((refused.errors ?? []).map((each) => [each.pointer.slice(1), each.detail])))
    },
  })
  const { data } = useQuery({
    ...hazardQueries.points(post.id, record.enterpriseId ?? ''),
    enabled: record.enterpriseId !== null,
  })
  const listed = listedMeasures(data?.items ?? [])
  const [lapse, setLapse] = useState<Lapse | null>(record.lapse)
  const [chosen, setChosen] = useState('')
  const [measure, setMeasure] = useState('')
  const [words, setWords] = useState('')
  const form = useRef<HTMLFormElement>(null)
  const own = listed.length === 0 || chosen === unlisted

  function submit() {
    const result = v.safeParse(MeasureNaming, {
      lapse,
      measureId: own ? null : chosen,
      measure: own && measure.trim() ? measure : null,
      words,
      observedAt: Date.now(),
    })
    const found: Record<string, string> = {}
    if (!result.success) for (const issue of result.issues) found[String(issue.path?.[0]?.key)] ??= issue.message
    else
      for (const { pointer, detail } of namedMeasure(result.output, listed).errors ?? [])
        found[pointer.slice(1)] = detail
    if (!own && !chosen) found['measureId'] = '请选择管控措施'
    setErrors(found)
    if (!result.success || Object.keys(found).length > 0) return focusOnWrong(form.current)
    mutate({ deed: 'name-measure', json: result.output })
  }

  return (
    <PhoneForm
      form={form}
      onSubmit={submit}
      trouble={error && wordsOf(error)}
      submit="提交"
      busy={isPending && '正在提交…'}
    >
      <Choices
        label="措施怎么了"
        // Safe: the keys of that very record.
        options={Object.entries(lapses).map(([value, label]) => ({ value: value as Lapse, label }))}
        value={lapse}
        onChange={setLapse}
        error={errors['lapse']}
      />
      {listed.length > 0 && (
        <Field label="哪一条管控措施" error={errors['measureId']}>
          {(tie) => (
            <select {...tie} value={chosen} onChange={({ target }) => setChosen(target.value)}>
              <option value="">请选择</option>
              {listed.map((one) => (
                <option key={one.measure.id} value={one.measure.id}>
                  {one.point}：{one.measure.words}
                </option>
              ))}
              <option value={unlisted}>清单里没有的措施（填写）</option>
            </select>
          )}
        </Field>
      )}
      {own && (
        <TextField
          label="管控措施"
          value={measure}
          max={200}
          onChange={setMeasure}
          error={errors['measure']}
          hint={listed.length === 0 ? '该单位还没有风险清单，请写明是哪一条措施。' : undefined}
        />
      )}
      <TextField
        label="为什么缺失或失效"
        value={words}
        lines={3}
        max={500}
        onChange={setWords}
        error={errors['words']}
      />
    </PhoneForm>
  )
}
