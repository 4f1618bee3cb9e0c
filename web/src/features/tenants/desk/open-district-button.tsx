import type { DistrictId, PersonId } from '@app/shared/ids'
import { NewDistrict } from '@app/shared/onboarding/schema'
import { useForm } from '@tanstack/react-form'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { refusedAt, refusedElse } from '../../../ui/desk/field'
import { FormDialog } from '../../../ui/desk/form-dialog'
import { freshId } from '../../../ui/desk/fresh-id'
import { LinkMaker, type MakingProps } from '../../../ui/desk/link-maker'
import { TextField } from '../../../ui/desk/text-field'
import { openDistrict } from '../queries'

/** 开通区: its name, its address, and its first administrator, whose link is shown once. */
export function OpenDistrictButton() {
  return <LinkMaker renderDialog={(making) => <DistrictDialog {...making} />}>开通区</LinkMaker>
}

function DistrictDialog({ onClose, onMade }: MakingProps) {
  // One set of ids for the whole dialog, so that a second try after a lost answer makes the same district.
  const [ids] = useState(() => ({ district: freshId<DistrictId>('dis'), admin: freshId<PersonId>('usr') }))
  const { mutate, isPending, error } = useMutation(openDistrict)
  const form = useForm({
    defaultValues: { name: '', slug: '', adminName: '', username: '' },
    onSubmit: ({ value: { name, slug, adminName, username } }) =>
      mutate(
        { id: ids.district, name, slug, admin: { id: ids.admin, name: adminName, username } },
        { onSuccess: ({ link }) => onMade({ name: adminName.trim(), link }) },
      ),
  })
  return (
    <FormDialog
      title="开通区"
      submit="开通"
      pending={isPending}
      error={refusedElse(error, ['/name', '/slug', '/admin/name', '/admin/username'])}
      onSubmit={() => void form.handleSubmit()}
      onClose={onClose}
    >
      <form.Field name="name" validators={{ onSubmit: NewDistrict.entries.name }}>
        {(field) => <TextField of={field} label="名称" required refused={refusedAt(error, '/name')} />}
      </form.Field>
      <form.Field name="slug" validators={{ onSubmit: NewDistrict.entries.slug }}>
        {(field) => (
          <TextField
            of={field}
            label="网址名"
            required
            hint="出现在网址里，开通后不能改。小写字母、数字和 -。"
            refused={refusedAt(error, '/slug')}
          />
        )}
      </form.Field>
      <form.Field name="adminName" validators={{ onSubmit: NewDistrict.entries.admin.entries.name }}>
        {(field) => <TextField of={field} label="首任管理员姓名" required refused={refusedAt(error, '/admin/name')} />}
      </form.Field>
      <form.Field name="username" validators={{ onSubmit: NewDistrict.entries.admin.entries.username }}>
        {(field) => (
          <TextField
            of={field}
            label="首任管理员用户名"
            required
            hint="小写字母、数字和 . _ -，全系统唯一。"
            refused={refusedAt(error, '/admin/username')}
          />
        )}
      </form.Field>
    </FormDialog>
  )
}
