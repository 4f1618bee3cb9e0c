import type { SetPasswordLink } from '@app/shared/accounts/schema'
import { districtRoles, roles } from '@app/shared/capabilities'
import type { PersonId } from '@app/shared/ids'
import { NewOverseer } from '@app/shared/onboarding/schema'
import { useForm } from '@tanstack/react-form'
import { useMutation } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { Field, messageOf, refusedAt, refusedElse } from '../../../ui/desk/field'
import { FormDialog } from '../../../ui/desk/form-dialog'
import { freshId } from '../../../ui/desk/fresh-id'
import { LinkDialog } from '../../../ui/desk/link-once'
import { TextField } from '../../../ui/desk/text-field'
import { appointOverseer } from '../queries'

type DistrictRole = (typeof districtRoles)[number]

/** Somebody of a member unit needs its unit, and no list of the district's units is served yet. */
const offered = districtRoles.filter((role) => role !== 'district-unit')

/** 开通账号 in the district: a person and a role, and a link that is shown once. */
export function OverseerButton({ districtId }: { districtId: string }) {
  const [asking, setAsking] = useState(false)
  const [made, setMade] = useState<{ name: string; link: SetPasswordLink } | null>(null)
  return (
    <>
      <Button type="primary" onClick={() => setAsking(true)}>
        开通账号
      </Button>
      {asking && (
        <OverseerDialog
          districtId={districtId}
          onClose={() => setAsking(false)}
          onMade={(one) => {
            setAsking(false)
            setMade(one)
          }}
        />
      )}
      {made && <LinkDialog title={`${made.name}的设置密码链接`} link={made.link} onClose={() => setMade(null)} />}
    </>
  )
}

interface DialogProps {
  readonly districtId: string
  readonly onClose: () => void
  readonly onMade: (made: { name: string; link: SetPasswordLink }) => void
}

function OverseerDialog({ districtId, onClose, onMade }: DialogProps) {
  // One id for the whole dialog, so that a second try after a lost answer makes the same account.
  const [id] = useState(() => freshId<PersonId>('usr'))
  const { mutate, isPending, error } = useMutation(appointOverseer(districtId))
  const form = useForm({
    defaultValues: { name: '', username: '', role: null as DistrictRole | null },
    onSubmit: ({ value: { name, username, role } }) =>
      role && mutate({ id, name, username, role }, { onSuccess: ({ link }) => onMade({ name: name.trim(), link }) }),
  })
  return (
    <FormDialog
      title="开通区级账号"
      submit="开通账号"
      pending={isPending}
      error={refusedElse(error, ['/name', '/username', '/role'])}
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
                options={offered.map((value) => ({ value, label: roles[value].label }))}
                onChange={field.handleChange}
              />
            )}
          </Field>
        )}
      </form.Field>
    </FormDialog>
  )
}
