import type { HazardRecord } from '@app/shared/hazards/schema'
import { listedMeasures } from '@app/shared/risks/rules'
import { MeasureNaming } from '@app/shared/risks/schema'
import { type Lapse, lapses } from '@app/shared/risks/words'
import { useForm } from '@tanstack/react-form'
import { useQuery } from '@tanstack/react-query'
import { Button, Input, Radio, Select } from 'antd'
import type { InferInput } from 'valibot'
import { Field, messageOf, refusedAt, refusedElse } from '../../../ui/desk/field'
import { hazardQueries } from '../queries'
import { type Sending, SendingFailed } from './sending'

/** Stands for a measure that is in no list. */
const unlisted = 'unlisted'
const pointers = ['/lapse', '/measureId', '/measure', '/words']

interface Draft {
  readonly lapse: Lapse | ''
  readonly chosen: string | null
  readonly measure: string
  readonly words: string
}
const draftOf = ({ lapse }: HazardRecord): Draft => ({ lapse: lapse ?? '', chosen: null, measure: '', words: '' })

/** Names the control measure that was missing or failed: one of the unit's list, or one in words. */
export function MeasureForm({ record, sending }: { record: HazardRecord; sending: Sending }) {
  const { data } = useQuery({
    ...hazardQueries.points(record.streetId, record.enterpriseId ?? ''),
    enabled: record.enterpriseId !== null,
  })
  const listed = listedMeasures(data?.items ?? [])
  const form = useForm({
    defaultValues: draftOf(record),
    onSubmit: ({ value: { lapse, chosen, measure, words } }) => {
      const own = chosen === unlisted || listed.length === 0
      // Safe: the server checks every one of them, and names the field that it refuses.
      const json = {
        lapse,
        measureId: own ? null : chosen,
        measure: own ? measure || null : null,
        words,
      } as InferInput<typeof MeasureNaming>
      sending.send({ deed: 'name-measure', json })
    },
  })
  const { error } = sending
  return (
    <form
      className="desk-form"
      noValidate
      aria-label="指明管控措施"
      onSubmit={(event) => {
        event.preventDefault()
        void form.handleSubmit()
      }}
    >
      <form.Field name="lapse" validators={{ onSubmit: MeasureNaming.entries.lapse }}>
        {(field) => (
          <Field
            label="措施怎么了"
            required
            wide
            hint="缺失：本应有而没有；失效：有这条措施，但没有执行到位。"
            error={messageOf(field.state.meta.errors) ?? refusedAt(error, '/lapse')}
          >
            {({ id, 'aria-describedby': described }) => (
              <Radio.Group
                id={id}
                aria-label="措施怎么了"
                aria-describedby={described}
                options={Object.entries(lapses).map(([value, label]) => ({ value, label }))}
                value={field.state.value}
                onChange={({ target }) => field.handleChange(target.value as Lapse)}
              />
            )}
          </Field>
        )}
      </form.Field>
      {listed.length > 0 && (
        <form.Field name="chosen">
          {(field) => (
            <Field label="哪一条管控措施" required wide error={refusedAt(error, '/measureId')}>
              {({ status, ...control }) => (
                <Select
                  {...control}
                  status={status}
                  showSearch={{ optionFilterProp: 'label' }}
                  placeholder="从本单位的风险清单里选择"
                  value={field.state.value}
                  options={[
                    ...listed.map(({ point, measure }) => ({
                      value: measure.id as string,
                      label: `${point}：${measure.words}`,
                    })),
                    { value: unlisted, label: '清单里没有的措施（填写）' },
                  ]}
                  onChange={(value: string) => field.handleChange(value)}
                />
              )}
            </Field>
          )}
        </form.Field>
      )}
      <form.Subscribe selector={({ values }) => values.chosen}>
        {(chosen) =>
          (listed.length === 0 || chosen === unlisted) && (
            <form.Field name="measure">
              {(field) => (
                <Field
                  label="管控措施"
                  required
                  wide
                  hint={listed.length === 0 ? '该单位还没有风险清单，请写明是哪一条措施。' : undefined}
                  error={refusedAt(error, '/measure')}
                >
                  {(control) => (
                    <Input
                      {...control}
                      maxLength={200}
                      value={field.state.value}
                      onChange={({ target: { value } }) => field.handleChange(value)}
                    />
                  )}
                </Field>
              )}
            </form.Field>
          )
        }
      </form.Subscribe>
      <form.Field name="words" validators={{ onSubmit: MeasureNaming.entries.words }}>
        {(field) => (
          <Field
            label="原因"
            required
            wide
            hint="为什么缺失或失效，例如：未按周期检查，责任人调离后无人接替。"
            error={messageOf(field.state.meta.errors) ?? refusedAt(error, '/words')}
          >
            {(control) => (
              <Input.TextArea
                {...control}
                autoSize={{ minRows: 2, maxRows: 6 }}
                value={field.state.value}
                onChange={({ target: { value } }) => field.handleChange(value)}
              />
            )}
          </Field>
        )}
      </form.Field>
      <SendingFailed error={refusedElse(error, pointers)} />
      <div className="desk-form-end">
        <Button onClick={sending.cancel}>取消</Button>
        <Button type="primary" htmlType="submit" loading={sending.pending}>
          指明管控措施
        </Button>
      </div>
    </form>
  )
}
