import { districtRoles, roles } from '@app/shared/capabilities'
import type { PersonId, UnitId } from '@app/shared/ids'
import { NewOverseer } from '@app/shared/onboarding/schema'
import type { UnitCard } from '@app/shared/organisation/schema'
import { useForm } from '@tanstack/react-form'
import { useMutation } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { Field, messageOf, refusedAt, refusedElse } from '../../../ui/desk/field'
import { FormDialog } from '../../../ui/desk/form-dialog'
import { freshId } from '../../../ui/desk/fresh-id'
import { LinkMaker, type MakingProps } from '../../../ui/desk/link-maker'
import { TextField } from '../../../ui/desk/text-field'
import { appointOverseer } from '../queries'

type DistrictRole = (typeof districtRoles)[number]

interface ButtonProps {
  readonly districtId: string
  /** Where somebody of a member unit may belong. */
  readonly units: readonly UnitCard[]
}

/** 开通账号 in the district: a person and a role, and a link that is shown once. */
export function OverseerButton(props: ButtonProps) {
  return <LinkMaker renderDialog={(making) => <OverseerDialog {...props} {...making} />}>开通账号</LinkMaker>
}

function OverseerDialog({ districtId, units, onClose, onMade }: ButtonProps & MakingProps) {
  // One id for the whole dialog, so that a second try after a lost answer makes the same account.
  const [id] = useState(() => freshId<PersonId>('usr'))
  const standing = units.filter(({ retiredOn }) => retiredOn === null)
  const { mutate, isPending, error } = useMutation(appointOverseer(districtId))
  const form = useForm({
    defaultValues: { name: '', username: '', role: null as DistrictRole | null, unitId: null as UnitId | null },
    onSubmit: ({ value: { name, username, role, unitId } }) =>
      role &&
      mutate(
        { id, name, username, role, unitId: role === 'district-unit' ? unitId : null },
        { onSuccess: ({ link }) => onMade({ name: name.trim(), link }) },
      ),
  })
  return (
    <FormDialog
      title="开通区级账号"
      submit="开通账号"
      pending={isPending}
      error={refusedElse(error, ['/name', '/username', '/role', '/unitId'])}
      onSubmit={() => void form.handleSubmit()}
      onClose={onClose}
    >
      <form.Field name="name" validators={{ onSubmit: NewOverseer.entries.name }}>
        {(field) => <TextField of={field} label="姓名" required refused={refusedAt(error, '/name')} />}
      </form.Field>
      <form.Field name="username" validators={{ onSubmit: NewOverseer.entries.username }}>
        {(field) => (
          <TextField
            of={field}
            label="用户名"
            required
            hint="小写字母、数字和 . _ -，全系统唯一。"
            refused={refusedAt(error, '/username')}
          />
        )}
      </form.Field>
      <form.Field name="role" validators={{ onSubmit: NewOverseer.entries.role }}>
        {(field) => (
          <Field label="岗位" required wide error={messageOf(field.state.meta.errors) ?? refusedAt(error, '/role')}>
            {(control) => (
              <Select<DistrictRole | null>
                {...control}
                placeholder="请选择岗位"
                value={field.state.value}
                options={districtRoles.map((value) => ({ value, label: roles[value].label }))}
                onChange={field.handleChange}
              />
            )}
          </Field>
        )}
      </form.Field>
      <form.Subscribe selector={({ values }) => values.role}>
        {(role) =>
          role === 'district-unit' && (
            <form.Field
              name="unitId"
              validators={{ onSubmit: ({ value }) => (value === null ? '请选择成员单位' : undefined) }}
            >
              {(field) => (
                <Field
                  label="成员单位"
                  required
                  wide
                  hint={
                    standing.length > 0
                      ? '只看得到该单位牵头和配合的行业领域。'
                      : '还没有登记成员单位，请先在“成员单位”增加。'
                  }
                  error={messageOf(field.state.meta.errors) ?? refusedAt(error, '/unitId')}
                >
                  {(control) => (
                    <Select<UnitId | null>
                      {...control}
                      showSearch={{ optionFilterProp: 'label' }}
                      placeholder="请选择成员单位"
                      value={field.state.value}
                      options={standing.map((unit) => ({ value: unit.id, label: unit.name }))}
                      onChange={field.handleChange}
                    />
                  )}
                </Field>
              )}
            </form.Field>
          )
        }
      </form.Subscribe>
    </FormDialog>
  )
}
