import { ColourChange, type EnterpriseFile, StandingChange } from '@app/shared/enterprises/schema'
import { type Colour, colours, type Standing, standings } from '@app/shared/enterprises/words'
import { dayOf } from '@app/shared/time'
import { useForm } from '@tanstack/react-form'
import { useMutation } from '@tanstack/react-query'
import { Button, Radio } from 'antd'
import { useState } from 'react'
import { Field, messageOf, refusedAt, refusedElse } from '../../../ui/desk/field'
import { FormDialog } from '../../../ui/desk/form-dialog'
import { TextField } from '../../../ui/desk/text-field'
import { changeColour, changeStanding } from '../queries'

const blankStanding = (): { standing: Standing | ''; on: string; why: string } => ({
  standing: '',
  on: dayOf(Date.now()),
  why: '',
})
const blankColour: { readonly colour: Colour | ''; readonly why: string } = { colour: '', why: '' }

interface ButtonProps {
  readonly streetId: string
  readonly file: EnterpriseFile
}
interface DialogProps extends ButtonProps {
  readonly onClose: () => void
}

/** 变更状态: from which day on it stands how, and why. */
export function StandingButton(props: ButtonProps) {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button onClick={() => setAsking(true)}>变更状态</Button>
      {asking && <StandingDialog {...props} onClose={() => setAsking(false)} />}
    </>
  )
}

function StandingDialog({ streetId, file, onClose }: DialogProps) {
  const { mutate, isPending, error } = useMutation(changeStanding(streetId, file.id))
  const others = (Object.keys(standings) as Standing[]).filter((standing) => standing !== file.standing)
  const form = useForm({
    defaultValues: blankStanding(),
    onSubmit: ({ value }) =>
      // Safe: checked just before.
      mutate({ ...value, standing: value.standing as Standing, version: file.version }, { onSuccess: onClose }),
  })
  return (
    <FormDialog
      title={`变更状态：${file.name}`}
      submit="变更状态"
      pending={isPending}
      error={refusedElse(error, ['/standing', '/on', '/why'])}
      onSubmit={() => void form.handleSubmit()}
      onClose={onClose}
    >
      <form.Field name="standing" validators={{ onSubmit: StandingChange.entries.standing }}>
        {(field) => (
          <Choices
            label="新的状态"
            options={others.map((value) => ({ value, label: standings[value] }))}
            value={field.state.value}
            onChange={(value) => field.handleChange(value as Standing)}
            error={messageOf(field.state.meta.errors) ?? refusedAt(error, '/standing')}
          />
        )}
      </form.Field>
      <form.Field name="on" validators={{ onSubmit: StandingChange.entries.on }}>
        {(field) => (
          <TextField
            of={field}
            label="从哪天起"
            type="date"
            required
            hint="只按在营天数计入考核；已有的记录不会被改写。"
            refused={refusedAt(error, '/on')}
          />
        )}
      </form.Field>
      <form.Field name="why" validators={{ onSubmit: StandingChange.entries.why }}>
        {(field) => <TextField of={field} label="原因" type="lines" required wide refused={refusedAt(error, '/why')} />}
      </form.Field>
    </FormDialog>
  )
}

/** 评定风险颜色, with the reason. */
export function ColourButton(props: ButtonProps) {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button onClick={() => setAsking(true)}>评定风险颜色</Button>
      {asking && <ColourDialog {...props} onClose={() => setAsking(false)} />}
    </>
  )
}

function ColourDialog({ streetId, file, onClose }: DialogProps) {
  const { mutate, isPending, error } = useMutation(changeColour(streetId, file.id))
  const others = (Object.keys(colours) as Colour[]).filter((colour) => colour !== file.colour)
  const form = useForm({
    defaultValues: blankColour,
    onSubmit: ({ value }) =>
      // Safe: checked just before.
      mutate({ ...value, colour: value.colour as Colour, version: file.version }, { onSuccess: onClose }),
  })
  return (
    <FormDialog
      title={`评定风险颜色：${file.name}`}
      submit="评定"
      pending={isPending}
      error={refusedElse(error, ['/colour', '/why'])}
      onSubmit={() => void form.handleSubmit()}
      onClose={onClose}
    >
      <form.Field name="colour" validators={{ onSubmit: ColourChange.entries.colour }}>
        {(field) => (
          <Choices
            label="风险颜色"
            options={others.map((value) => ({ value, label: colours[value] }))}
            value={field.state.value}
            onChange={(value) => field.handleChange(value as Colour)}
            error={messageOf(field.state.meta.errors) ?? refusedAt(error, '/colour')}
          />
        )}
      </form.Field>
      <form.Field name="why" validators={{ onSubmit: ColourChange.entries.why }}>
        {(field) => (
          <TextField of={field} label="评定理由" type="lines" required wide refused={refusedAt(error, '/why')} />
        )}
      </form.Field>
    </FormDialog>
  )
}

interface ChoicesProps {
  readonly label: string
  readonly options: { value: string; label: string }[]
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error: string | undefined
}

function Choices({ label, options, value, onChange, error }: ChoicesProps) {
  return (
    <Field label={label} required wide error={error}>
      {({ id, 'aria-describedby': described }) => (
        <Radio.Group
          id={id}
          aria-label={label}
          aria-describedby={described}
          options={options}
          value={value}
          onChange={({ target }) => onChange(String(target.value))}
        />
      )}
    </Field>
  )
}
