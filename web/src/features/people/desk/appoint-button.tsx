import { roles, streetRoles } from '@app/shared/capabilities'
import { idFrom, type PersonId, type PostId } from '@app/shared/ids'
import { NewPassword, type Post, Username } from '@app/shared/people/schema'
import { reachesOf } from '@app/shared/people/rules'
import type { Reach } from '@app/shared/reach'
import { text } from '@app/shared/text'
import { useForm } from '@tanstack/react-form'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, Button, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import * as v from 'valibot'
import { Field, messageOf, refusedAt, refusedElse } from '../../../ui/desk/field'
import { wordsOf } from '../../../ui/states'
import { type NewPersonInput, appoint, reachablePlaces } from '../queries'
import { firstPassword } from '../../../ui/desk/first-password'
import { HandedOver } from './handed-over'

type StreetPost = Extract<Post, { kind: 'street' }>
type StreetRole = (typeof streetRoles)[number]

const Filled = v.object({
  name: text(30),
  username: Username,
  role: v.picklist(streetRoles, '请选择岗位'),
  within: v.picklist(['street', 'communities', 'grids', 'enterprise']),
  places: v.array(v.string()),
  password: NewPassword,
})

const blank: v.InferInput<typeof Filled> = {
  name: '',
  username: '',
  role: 'grid-worker',
  within: 'grids',
  places: [],
  password: '',
}

const withinWords: Record<Reach['within'], string> = {
  street: '整个街道',
  communities: '社区',
  grids: '网格',
  enterprise: '单位',
}

/** 开通账号: a person, a post, how far it reaches, and a first password that is shown once. */
export function AppointButton({ post }: { post: StreetPost }) {
  const [asking, setAsking] = useState(false)
  const [made, setMade] = useState<{ username: string; password: string } | null>(null)
  return (
    <>
      <Button type="primary" onClick={() => setAsking(true)}>
        开通账号
      </Button>
      {asking && (
        <AppointDialog
          streetId={post.id}
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

interface DialogProps {
  readonly streetId: string
  readonly onClose: () => void
  readonly onMade: (account: { username: string; password: string }) => void
}

function AppointDialog({ streetId, onClose, onMade }: DialogProps) {
  // One id for the whole dialog, so that a second try after a lost answer makes the same account.
  const [id] = useState(() => idFrom<PersonId>('usr', Date.now(), crypto.getRandomValues(new Uint8Array(16))))
  const [postId] = useState(() => idFrom<PostId>('pst', Date.now(), crypto.getRandomValues(new Uint8Array(16))))
  const [password] = useState(firstPassword)
  const places = useQuery(reachablePlaces(streetId))
  const { mutate, isPending, error } = useMutation(appoint(streetId))
  const form = useForm({
    defaultValues: { ...blank, password },
    validators: { onSubmit: Filled },
    onSubmit: ({ value: { within, places: ids, ...person } }) => {
      // Safe: the server parses the reach again, and says at its field what does not fit.
      const reach = (within === 'street' ? { within } : { within, ids }) as NewPersonInput['reach']
      mutate(
        { ...person, id, postId, reach },
        { onSuccess: () => onMade({ username: person.username.toLowerCase(), password: person.password }) },
      )
    },
  })
  const other = refusedElse(error, ['/name', '/username', '/role', '/reach', '/password'])
  return (
    <Modal open title="开通账号" footer={null} onCancel={onClose} destroyOnHidden width="40rem">
      <form
        className="desk-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void form.handleSubmit()
        }}
      >
        <form.Field name="name">
          {(field) => (
            <Field label="姓名" required error={messageOf(field.state.meta.errors) ?? refusedAt(error, '/name')}>
              {(control) => (
                <Input
                  {...control}
                  autoComplete="off"
                  value={field.state.value}
                  onChange={(event) => field.handleChange(event.target.value)}
                />
              )}
            </Field>
          )}
        </form.Field>
        <form.Field name="username">
          {(field) => (
            <Field
              label="用户名"
              required
              hint="小写字母、数字和 . _ -，全系统唯一，例如 lehua.zhangsan。"
              error={messageOf(field.state.meta.errors) ?? refusedAt(error, '/username')}
            >
              {(control) => (
                <Input
                  {...control}
                  autoComplete="off"
                  autoCapitalize="none"
                  value={field.state.value}
                  onChange={(event) => field.handleChange(event.target.value)}
                />
              )}
            </Field>
          )}
        </form.Field>
        <form.Field name="role">
          {(field) => (
            <Field label="岗位" required error={messageOf(field.state.meta.errors) ?? refusedAt(error, '/role')}>
              {({ status, ...control }) => (
                <Select<StreetRole>
                  {...control}
                  status={status}
                  value={field.state.value}
                  options={streetRoles.map((role) => ({ value: role, label: roles[role].label }))}
                  onChange={(role) => {
                    field.handleChange(role)
                    form.setFieldValue('within', reachesOf(role)[0] ?? 'street')
                    form.setFieldValue('places', [])
                  }}
                />
              )}
            </Field>
          )}
        </form.Field>
        <form.Subscribe selector={({ values }) => ({ role: values.role, within: values.within })}>
          {({ role, within }) => (
            <>
              {reachesOf(role).length > 1 && (
                <form.Field name="within">
                  {(field) => (
                    <Field label="负责范围">
                      {({ status, ...control }) => (
                        <Select<Reach['within']>
                          {...control}
                          status={status}
                          value={field.state.value}
                          options={reachesOf(role).map((value) => ({ value, label: withinWords[value] }))}
                          onChange={(next) => {
                            field.handleChange(next)
                            form.setFieldValue('places', [])
                          }}
                        />
                      )}
                    </Field>
                  )}
                </form.Field>
              )}
              {within !== 'street' && (
                <form.Field name="places">
                  {(field) => (
                    <Field label={`负责的${withinWords[within]}`} required error={refusedAt(error, '/reach')}>
                      {({ status, ...control }) => (
                        <Select<string[]>
                          {...control}
                          status={status}
                          mode="multiple"
                          {...(within === 'enterprise' && { maxCount: 1 })}
                          loading={places.isPending}
                          optionFilterProp="label"
                          placeholder="请选择"
                          value={field.state.value}
                          options={places.data?.[within] ?? []}
                          onChange={field.handleChange}
                        />
                      )}
                    </Field>
                  )}
                </form.Field>
              )}
            </>
          )}
        </form.Subscribe>
        <form.Field name="password">
          {(field) => (
            <Field
              label="初始密码"
              required
              wide
              hint="已随机生成，可以改，至少 12 个字符。开通后显示一次，请当面告知本人。"
              error={messageOf(field.state.meta.errors) ?? refusedAt(error, '/password')}
            >
              {(control) => (
                <Input
                  {...control}
                  autoComplete="off"
                  value={field.state.value}
                  onChange={(event) => field.handleChange(event.target.value)}
                />
              )}
            </Field>
          )}
        </form.Field>
        {Boolean(other) && <Alert type="error" showIcon title={wordsOf(other)} />}
        <div className="desk-form-end">
          <Button onClick={onClose}>取消</Button>
          <Button type="primary" htmlType="submit" loading={isPending}>
            开通账号
          </Button>
        </div>
      </form>
    </Modal>
  )
}
