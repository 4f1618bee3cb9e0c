import { colours } from '@app/shared/enterprises/words'
import type { MeasureId, RiskPointId } from '@app/shared/ids'
import { mostMeasures, type Point, PointEdit, PointFields } from '@app/shared/risks/schema'
import { useForm } from '@tanstack/react-form'
import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { Choice, optionsOf } from '../../../ui/desk/choice'
import { Field, messageOf, refusedAt, refusedElse } from '../../../ui/desk/field'
import { FormDialog } from '../../../ui/desk/form-dialog'
import { freshId } from '../../../ui/desk/fresh-id'
import { TextField } from '../../../ui/desk/text-field'
import { editPoint, enterPoint } from '../queries'

interface Props {
  readonly streetId: string
  readonly enterpriseId: string
  /** The point as it was read; null for a new one. */
  readonly point: Point | null
  readonly onClose: () => void
}

interface MeasureDraft {
  readonly id: MeasureId
  readonly words: string
  readonly owner: string
  readonly days: string
}
const aMeasure = (): MeasureDraft => ({ id: freshId<MeasureId>('msr'), words: '', owner: '', days: '' })

const levelOf = (point: Point | null): string | undefined => point?.level

const texts = [
  ['name', '风险点（部位）', '例如：一楼配电间、后厨燃气灶。'],
  ['accident', '可能发生的事故', '例如：线路过热引发火灾。'],
  ['reason', '分级理由', '为什么是这个等级。'],
] as const
const pointers = ['/name', '/accident', '/level', '/reason', '/measures', '/why']

/** 登记 and 修改 of a risk point with its measures. */
export function PointDialog({ streetId, enterpriseId, point, onClose }: Props) {
  // One id for the whole dialog, so that a second try after a lost answer makes the same point.
  const [id] = useState(() => point?.id ?? freshId<RiskPointId>('rsk'))
  const enter = useMutation(enterPoint(streetId))
  const edit = useMutation(editPoint(streetId, id))
  const { isPending, error } = point ? edit : enter
  const form = useForm({
    defaultValues: {
      name: point?.name ?? '',
      accident: point?.accident ?? '',
      level: levelOf(point),
      reason: point?.reason ?? '',
      measures: point ? point.measures.map((one): MeasureDraft => ({ ...one, days: String(one.days) })) : [aMeasure()],
      why: '',
    },
    onSubmit: ({ value: { measures, level, why, ...rest } }) => {
      // Safe: the server checks every one of them, and names the field that it refuses.
      const fields = {
        ...rest,
        level: level as Point['level'],
        measures: measures.map((one) => ({ ...one, days: Number(one.days) })),
      }
      const onSuccess = onClose
      if (point) return edit.mutate({ ...fields, why, version: point.version }, { onSuccess })
      return enter.mutate({ ...fields, id, enterpriseId }, { onSuccess })
    },
  })
  return (
    <FormDialog
      title={point ? `修改风险点：${point.name}` : '登记风险点'}
      submit="保存"
      width="52rem"
      pending={isPending}
      error={refusedElse(error, pointers)}
      onSubmit={() => void form.handleSubmit()}
      onClose={onClose}
    >
      {texts.map(([name, label, hint]) => (
        <form.Field key={name} name={name} validators={{ onSubmit: PointFields.entries[name] }}>
          {(field) => (
            <TextField of={field} label={label} hint={hint} required refused={refusedAt(error, `/${name}`)} />
          )}
        </form.Field>
      ))}
      <form.Field name="level" validators={{ onSubmit: PointFields.entries.level }}>
        {(field) => (
          <Field
            label="风险等级"
            required
            hint="按红、橙、黄、蓝四色分级。"
            error={messageOf(field.state.meta.errors) ?? refusedAt(error, '/level')}
          >
            {({ status: _, ...control }) => (
              <Choice
                {...control}
                placeholder="请选择"
                value={field.state.value}
                options={optionsOf(colours)}
                onChange={(value) => field.handleChange(value)}
              />
            )}
          </Field>
        )}
      </form.Field>
      <form.Field name="measures">
        {(field) => (
          <>
            {field.state.value.map((measure, at) => (
              <MeasureFields
                key={measure.id}
                at={at}
                measure={measure}
                wrong={(name) => refusedAt(error, `/measures/${at}/${name}`)}
                onChange={(next) => field.handleChange(field.state.value.map((one, i) => (i === at ? next : one)))}
                onRemove={
                  field.state.value.length > 1
                    ? () => field.handleChange(field.state.value.filter((_, i) => i !== at))
                    : null
                }
              />
            ))}
            <p className="wide">
              <Button
                disabled={field.state.value.length >= mostMeasures}
                onClick={() => field.handleChange([...field.state.value, aMeasure()])}
              >
                增加一条管控措施
              </Button>
            </p>
          </>
        )}
      </form.Field>
      {point && (
        <form.Field name="why" validators={{ onSubmit: PointEdit.entries.why }}>
          {(field) => (
            <TextField of={field} label="修改原因" type="lines" required wide refused={refusedAt(error, '/why')} />
          )}
        </form.Field>
      )}
    </FormDialog>
  )
}

interface MeasureProps {
  readonly at: number
  readonly measure: MeasureDraft
  readonly wrong: (name: 'words' | 'owner' | 'days') => string | undefined
  readonly onChange: (measure: MeasureDraft) => void
  readonly onRemove: (() => void) | null
}

function MeasureFields({ at, measure, wrong, onChange, onRemove }: MeasureProps) {
  const label = `管控措施 ${at + 1}`
  return (
    <div className="risk-measure">
      <Field label={label} required error={wrong('words')}>
        {(control) => (
          <Input.TextArea
            {...control}
            autoSize={{ minRows: 1, maxRows: 4 }}
            value={measure.words}
            onChange={({ target: { value } }) => onChange({ ...measure, words: value })}
          />
        )}
      </Field>
      <Field label="责任人" required error={wrong('owner')}>
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            value={measure.owner}
            onChange={({ target: { value } }) => onChange({ ...measure, owner: value })}
          />
        )}
      </Field>
      <Field label="几天查一次" required error={wrong('days')}>
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            autoComplete="off"
            suffix="天"
            value={measure.days}
            onChange={({ target: { value } }) => onChange({ ...measure, days: value })}
          />
        )}
      </Field>
      {onRemove && (
        <Button onClick={onRemove} aria-label={`删除${label}`}>
          删除
        </Button>
      )}
    </div>
  )
}
