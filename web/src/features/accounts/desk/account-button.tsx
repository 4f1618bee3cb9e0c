import type { AccountState, SetPasswordLink } from '@app/shared/accounts/schema'
import { useMutation, useQuery } from '@tanstack/react-query'
import { App, Button, Descriptions, Modal, Tag } from 'antd'
import { useState } from 'react'
import { Answer } from '../../../ui/desk/answer'
import { LinkDialog } from '../../../ui/desk/link-once'
import { minuteOf } from '../../../ui/desk/times'
import { wordsOf } from '../../../ui/states'
import { type AccountDeed, type Tenant, accountQuery, doToAccount, makeLink } from '../queries'

interface AccountProps {
  readonly tenant: Tenant
  readonly person: { readonly id: string; readonly name: string }
  /** One's own account is stopped by somebody else. */
  readonly own: boolean
}

/** 账号: how somebody's account stands, and what an administrator may do to it. */
export function AccountButton(props: AccountProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button type="link" aria-label={`账号：${props.person.name}`} onClick={() => setOpen(true)}>
        账号
      </Button>
      {open && <AccountDialog {...props} onClose={() => setOpen(false)} />}
    </>
  )
}

function AccountDialog({ tenant, person, own, onClose }: AccountProps & { onClose: () => void }) {
  const account = useQuery(accountQuery(tenant, person.id))
  const [link, setLink] = useState<SetPasswordLink | null>(null)
  if (link) return <LinkDialog title={`${person.name}的设置密码链接`} link={link} onClose={onClose} />
  return (
    <Modal open title={`账号：${person.name}`} footer={null} onCancel={onClose} destroyOnHidden width="36rem">
      <Answer of={account}>
        {(state) => (
          <>
            <Standing state={state} />
            <Deeds tenant={tenant} person={person} own={own} state={state} onLink={setLink} />
          </>
        )}
      </Answer>
    </Modal>
  )
}

function Standing({ state }: { state: AccountState }) {
  return (
    <Descriptions
      bordered
      size="small"
      column={1}
      items={[
        { key: 'username', label: '用户名', children: state.username },
        {
          key: 'sign-in',
          label: '登录',
          children: state.blocked ? <Tag>已停止</Tag> : <Tag color="success">正常</Tag>,
        },
        {
          key: 'locked',
          label: '锁定',
          children: state.lockedUntil === null ? '没有' : `输错次数过多，${minuteOf(state.lockedUntil)} 自动解除`,
        },
        {
          key: 'password',
          label: '密码',
          children: !state.hasPassword
            ? '本人尚未设置'
            : state.mustChangePassword
              ? '代为设置，下次登录须修改'
              : '本人设置',
        },
        { key: 'factor', label: '第二因素', children: state.secondFactor ? '已启用' : '未启用' },
        { key: 'sessions', label: '正在登录', children: `${state.sessions} 处` },
      ]}
    />
  )
}

const words: Record<AccountDeed, { button: string; done: string; ask?: string }> = {
  unlock: { button: '解除锁定', done: '已解除锁定。' },
  'end-sessions': { button: '结束全部登录', done: '已结束全部登录。', ask: '其所有设备立即退出，须重新登录。' },
  block: { button: '停止登录', done: '已停止登录。', ask: '立即不能再进入本单位，岗位和记录保留，可随时恢复。' },
  unblock: { button: '恢复登录', done: '已恢复登录。' },
  'remove-factor': {
    button: '取消第二因素',
    done: '已取消第二因素。',
    ask: '仅用于手机和恢复码都丢失的情况，请先当面核实本人。其所有设备立即退出。',
  },
}

function Deeds({
  tenant,
  person,
  own,
  state,
  onLink,
}: AccountProps & { state: AccountState; onLink: (link: SetPasswordLink) => void }) {
  const { message, modal } = App.useApp()
  const { mutateAsync } = useMutation({
    ...doToAccount(tenant, person.id),
    onError: (error) => void message.error(wordsOf(error)),
  })
  const link = useMutation({
    ...makeLink(tenant, person.id),
    onSuccess: onLink,
    onError: (error) => void message.error(wordsOf(error)),
  })
  const act = async (deed: AccountDeed) => {
    try {
      await mutateAsync(deed)
      void message.success(words[deed].done)
    } catch {
      // `onError` has said why.
    }
  }
  const choose = (deed: AccountDeed) => {
    const { ask, button } = words[deed]
    if (!ask) return void act(deed)
    void modal.confirm({
      title: `${button}：${person.name}？`,
      content: ask,
      okText: button,
      okButtonProps: { danger: true },
      autoFocusButton: 'cancel',
      onOk: () => act(deed),
    })
  }
  const deeds: AccountDeed[] = [
    ...(state.lockedUntil === null ? [] : (['unlock'] as const)),
    ...(state.sessions > 0 ? (['end-sessions'] as const) : []),
    ...(state.secondFactor && !state.elsewhere ? (['remove-factor'] as const) : []),
    ...(own ? [] : [state.blocked ? ('unblock' as const) : ('block' as const)]),
  ]
  return (
    <div className="desk-form-end account-deeds">
      {deeds.map((deed) => (
        <Button key={deed} danger={words[deed].ask !== undefined} onClick={() => choose(deed)}>
          {words[deed].button}
        </Button>
      ))}
      {state.elsewhere ? (
        <p className="desk-quiet">
          在其他单位也有岗位，密码和第二因素不能由本单位重置：先由那个单位停用其岗位，这里重置后再恢复。
        </p>
      ) : (
        <Button type="primary" loading={link.isPending} onClick={() => link.mutate()}>
          生成设置密码链接
        </Button>
      )}
    </div>
  )
}
