import { Determination, type HazardRecord } from '@app/shared/hazards/schema'
import { levels } from '@app/shared/hazards/words'
import { useForm } from '@tanstack/react-form'
import { useMutation } from '@tanstack/react-query'
import { App, Button, Input, Radio } from 'antd'
import type { InferInput } from 'valibot'
import { Field, messageOf, refusedAt, refusedElse } from '../../../ui/desk/field'
import { determine } from '../queries'
import { SendingFailed } from './sending'

/** The district's finding on a suspected major: its level, and what that rests on. */
export function DeterminationForm({ districtId, record }: { districtId: string; record: HazardRecord }) {
  const { message, modal } = App.useApp()
  const { mutate, isPending, error } = useMutation({
    ...determine(districtId, record),
    onSuccess: (_data, { level }) => void message.success(`${record.number}：已认定为${levels[level]}隐患。`),
  })
  // No finding is suggested: which of the two it is must be chosen.
  const defaultValues = { level: '', words: '', document: null } as unknown as InferInput<typeof Determination>
  const form = useForm({
    defaultValues,
    validators: { onSubmit: Determination },
    onSubmit: ({ value }) =>
      void modal.confirm({
        title: `确认认定为${levels[value.level]}隐患？`,
        content:
          value.level === 'major'
            ? '将按重大隐患督办：五落实须齐全，两人复查通过后由第三人销号。认定后不能更改。'
            : '将按一般隐患办理。认定后不能更改。',
        okText: '确认认定',
        focusable: { autoFocusButton: 'cancel' },
        onOk: () => mutate(value),
      }),
  })
  return (
    <section className="deeds" aria-labelledby="determination">
      <h3 id="determination">认定</h3>
      <form
        className="desk-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void form.handleSubmit()
        }}
      >
        <form.Field name="level">
          {(field) => {
            const wrong = messageOf(field.state.meta.errors) ?? refusedAt(error, '/level')
            return (
              <fieldset className="desk-field wide">
                <legend>
                  认定结论<span className="desk-required">（必填）</span>
                </legend>
                <Radio.Group
                  name="level"
                  value={field.state.value}
                  onChange={({ target: { value } }) => field.handleChange(value as 'ordinary' | 'major')}
                  options={[
                    { value: 'major', label: '重大事故隐患' },
                    { value: 'ordinary', label: '一般事故隐患' },
                  ]}
                />
                {wrong && (
                  <p className="desk-wrong" role="alert">
                    {wrong}
                  </p>
                )}
              </fieldset>
            )
          }}
        </form.Field>
        <form.Field name="words">
          {(field) => (
            <Field
              label="认定依据"
              required
              wide
              hint="写明对照的判定标准和现场情况。"
              error={messageOf(field.state.meta.errors) ?? refusedAt(error, '/words')}
            >
              {(control) => (
                <Input.TextArea
                  {...control}
                  autoSize={{ minRows: 2, maxRows: 6 }}
                  value={field.state.value}
                  onChange={(event) => field.handleChange(event.target.value)}
                />
              )}
            </Field>
          )}
        </form.Field>
        <form.Field name="document">
          {(field) => (
            <Field
              label="文号（选填）"
              hint="有认定文书的填写。"
              error={messageOf(field.state.meta.errors) ?? refusedAt(error, '/document')}
            >
              {(control) => (
                <Input
                  {...control}
                  value={field.state.value ?? ''}
                  onChange={(event) => field.handleChange(event.target.value || null)}
                />
              )}
            </Field>
          )}
        </form.Field>
        <SendingFailed error={refusedElse(error, ['/level', '/words', '/document'])} />
        <div className="desk-form-end">
          <Button type="primary" htmlType="submit" loading={isPending}>
            认定
          </Button>
        </div>
      </form>
    </section>
  )
}
