import type { PersonId, PostId } from '@app/shared/ids'
import type { UnitCard } from '@app/shared/organisation/schema'
import { NewPassword, Username } from '@app/shared/people/schema'
import { text } from '@app/shared/text'
import { dayOf } from '@app/shared/time'
import { useForm } from '@tanstack/react-form'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { refusedAt, refusedElse } from '../../../ui/desk/field'
import { FormDialog } from '../../../ui/desk/form-dialog'
import { freshId } from '../../../ui/desk/fresh-id'
import { TextField } from '../../../ui/desk/text-field'
import { appoint, reachablePlaces } from '../queries'
import { firstPassword } from '../../../ui/desk/first-password'
import { HandedOver } from './handed-over'
import { blankPost, PostFields, postInput, postPointers } from './post-fields'

interface ButtonProps {
  readonly streetId: string
  readonly units: readonly UnitCard[]
}

/** 开通账号: a person, a post, how far it reaches, and a first password that is shown once. */
export function AppointButton({ streetId, units }: ButtonProps) {
  const [asking, setAsking] = useState(false)
  const [made, setMade] = useState<{ username: string; password: string } | null>(null)
  return (
    <>
      <Button type="primary" onClick={() => setAsking(true)}>
        开通账号
      </Button>
      {asking && (
        <AppointDialog
          streetId={streetId}
          units={units}
          onClose={() => setAsking(false)}
          onMade={(account) => {
            setAsking(false)
            setMade(account)
          }}
        />
      )}
      {made && <HandedOver title="账号已开通" {...made} onClose={() => setMade(null)} />}
    </>
  )
}

interface DialogProps extends ButtonProps {
  readonly onClose: () => void
  readonly onMade: (account: { username: string; password: string }) => void
}

function AppointDialog({ streetId, units, onClose, onMade }: DialogProps) {
  // One id for the whole dialog, so that a second try after a lost answer makes the same account.
  const [id] = useState(() => freshId<PersonId>('usr'))
  const [postId] = useState(() => freshId<PostId>('pst'))
  const [password] = useState(firstPassword)
  const places = useQuery(reachablePlaces(streetId))
  const { mutate, isPending, error } = useMutation(appoint(streetId))
  const today = dayOf(Date.now())
  const form = useForm({
    defaultValues: { name: '', username: '', post: blankPost(today), password },
    onSubmit: ({ value: { post, ...person } }) =>
      mutate(
        { ...person, id, postId, ...postInput(post) },
        { onSuccess: () => onMade({ username: person.username.toLowerCase(), password: person.password }) },
      ),
  })
  return (
    <FormDialog
      title="开通账号"
      submit="开通账号"
      pending={isPending}
      error={refusedElse(error, ['/name', '/username', '/password', ...postPointers])}
      onSubmit={() => void form.handleSubmit()}
      onClose={onClose}
    >
      <form.Field name="name" validators={{ onSubmit: text(30) }}>
        {(field) => <TextField of={field} label="姓名" required refused={refusedAt(error, '/name')} />}
      </form.Field>
      <form.Field name="username" validators={{ onSubmit: Username }}>
        {(field) => (
          <TextField
            of={field}
            label="用户名"
            required
            hint="小写字母、数字和 . _ -，全系统唯一，例如 lehua.zhangsan。"
            refused={refusedAt(error, '/username')}
          />
        )}
      </form.Field>
      <form.Field name="post">
        {(field) => (
          <PostFields
            value={field.state.value}
            onChange={field.handleChange}
            error={error}
            places={places.data}
            units={units}
            today={today}
          />
        )}
      </form.Field>
      <form.Field name="password" validators={{ onSubmit: NewPassword }}>
        {(field) => (
          <TextField
            of={field}
            label="初始密码"
            required
            wide
            hint="已随机生成，可以改，至少 12 个字符。开通后显示一次，请当面告知本人。"
            refused={refusedAt(error, '/password')}
          />
        )}
      </form.Field>
    </FormDialog>
  )
}
