import { type SecurityPolicy, defaultPolicy, policyBasis } from '@app/shared/accounts/policy'
import { roles } from '@app/shared/capabilities'
import { useMutation, useQuery } from '@tanstack/react-query'
import { App, Button, InputNumber, Select, Switch } from 'antd'
import { useState } from 'react'
import { Answer } from '../../../ui/desk/answer'
import { Field, refusedAt, refusedElse } from '../../../ui/desk/field'
import { Page, Sheet } from '../../../ui/desk/page'
import { wordsOf } from '../../../ui/states'
import { type Owner, policyQuery, setPolicy } from '../queries'

type Role = SecurityPolicy['secondFactorRoles'][number]

const spans = [
  ['deskIdle', '电脑：多久不用自动退出（分钟）'],
  ['deskTotal', '电脑：一次登录最长（分钟）'],
  ['phoneIdle', '外勤手机：多久不用自动退出（分钟）'],
  ['phoneTotal', '外勤手机：一次登录最长（分钟）'],
  ['verifyAgain', '重要操作：验证后多久内不再询问（分钟）'],
] as const

/** 登录安全: how a unit wants its people to sign in, each setting with its basis. */
export function PolicyPage({ owner, rolesHere }: { owner: Owner; rolesHere: readonly Role[] }) {
  const policy = useQuery(policyQuery(owner))
  return (
    <Page
      title="登录安全"
      needs="security.manage"
      about="本单位人员的登录要求。上级和本单位都有要求的，从严执行。改短的时限立即生效。"
    >
      <Sheet>
        <Answer of={policy} rows={8}>
          {(shown) => (
            <PolicyForm key={JSON.stringify(shown.policy)} owner={owner} rolesHere={rolesHere} shown={shown.policy} />
          )}
        </Answer>
      </Sheet>
    </Page>
  )
}

function basisOf(key: keyof SecurityPolicy): string {
  const { basis, verified } = policyBasis[key]
  return `依据：${basis}（${verified ? '已核实' : '未核实'}）。`
}

/** `20160` minutes as people say it. */
function spanWords(minutes: number): string {
  if (minutes >= 1440 && minutes % 1440 === 0) return `${minutes / 1440} 天`
  return minutes >= 60 && minutes % 60 === 0 ? `${minutes / 60} 小时` : `${minutes} 分钟`
}

function PolicyForm({ owner, rolesHere, shown }: { owner: Owner; rolesHere: readonly Role[]; shown: SecurityPolicy }) {
  const { message } = App.useApp()
  const [value, setValue] = useState(shown)
  const { mutate, isPending, error } = useMutation({
    ...setPolicy(owner),
    onSuccess: async (...args) => {
      await setPolicy(owner).onSuccess?.(...args)
      void message.success('已保存。')
    },
  })
  const other = refusedElse(
    error,
    Object.keys(defaultPolicy).map((key) => `/${key}`),
  )
  return (
    <form
      className="desk-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        mutate(value)
      }}
    >
      <Field
        label="必须启用第二因素的岗位"
        hint={basisOf('secondFactorRoles')}
        error={refusedAt(error, '/secondFactorRoles')}
        wide
      >
        {({ status, ...control }) => (
          <Select<Role[]>
            {...control}
            status={status}
            mode="multiple"
            placeholder="不要求"
            value={value.secondFactorRoles}
            options={rolesHere.map((role) => ({ value: role, label: roles[role].label }))}
            onChange={(secondFactorRoles) => setValue({ ...value, secondFactorRoles })}
          />
        )}
      </Field>
      {spans.map(([key, label]) => (
        <Field
          key={key}
          label={label}
          hint={`现为 ${spanWords(value[key])}，默认 ${spanWords(defaultPolicy[key])}。${basisOf(key)}`}
          error={refusedAt(error, `/${key}`)}
        >
          {({ status, ...control }) => (
            <InputNumber<number>
              {...control}
              status={status}
              precision={0}
              style={{ width: '100%' }}
              value={value[key]}
              onChange={(minutes) => setValue({ ...value, [key]: minutes ?? 0 })}
            />
          )}
        </Field>
      ))}
      <Field
        label="按等保要求设置密码（至少三类字符，每 90 天更换）"
        hint={`默认关闭：密码看长度和是否常见。${basisOf('composedPasswords')}`}
        error={refusedAt(error, '/composedPasswords')}
        wide
      >
        {({ id, 'aria-describedby': described }) => (
          <span>
            <Switch
              id={id}
              aria-describedby={described}
              checked={value.composedPasswords}
              onChange={(composedPasswords) => setValue({ ...value, composedPasswords })}
            />
          </span>
        )}
      </Field>
      {Boolean(other) && <p className="desk-wrong">{wordsOf(other)}</p>}
      <div className="desk-form-end">
        <Button onClick={() => setValue(defaultPolicy)}>恢复默认</Button>
        <Button type="primary" htmlType="submit" loading={isPending}>
          保存
        </Button>
      </div>
    </form>
  )
}
