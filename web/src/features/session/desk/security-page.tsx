import type { Me } from '@app/shared/people/schema'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Descriptions, Input, Modal, Table, Tag } from 'antd'
import { useState } from 'react'
import { Answer } from '../../../ui/desk/answer'
import { Field, refusedAt, refusedElse } from '../../../ui/desk/field'
import { Page, Sheet } from '../../../ui/desk/page'
import { minuteOf } from '../../../ui/desk/times'
import { wordsOf } from '../../../ui/states'
import { EnrolFactor } from '../enrol-factor'
import { deviceWords } from '../proof'
import { endOwnSession, meQuery, ownSessionsQuery, removeFactor, renewCodes } from '../queries'
import { RecoveryCodes } from '../recovery-codes'
import { PasswordDialog } from './password-dialog'

/** 账号安全: one's own password, second factor and sign-ins. */
export function SecurityPage({ me: entered }: { me: Me }) {
  // The one of the cache is fresher once something here was changed.
  const me = useQuery(meQuery).data ?? entered
  const [changing, setChanging] = useState(false)
  return (
    <Page title="账号安全" about="只涉及您自己的账号。怀疑密码泄露时，请先改密码，再结束不认识的登录。">
      <Sheet title="密码" extra={<Button onClick={() => setChanging(true)}>修改密码</Button>}>
        <p>修改密码后，其他设备上的登录全部退出。</p>
      </Sheet>
      <Factor me={me} />
      <Sessions />
      {changing && <PasswordDialog onClose={() => setChanging(false)} />}
    </Page>
  )
}

function Factor({ me }: { me: Me }) {
  const { secondFactor, secondFactorRequired, recoveryCodes } = me.security
  const client = useQueryClient()
  const [open, setOpen] = useState<'enrol' | 'remove' | 'codes' | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const close = () => {
    setOpen(null)
    setCodes(null)
    void client.invalidateQueries({ queryKey: ['me'] })
  }
  return (
    <Sheet
      title="第二因素（动态验证码）"
      extra={
        secondFactor ? (
          <div className="desk-tools">
            <Button onClick={() => setOpen('codes')}>更换恢复码</Button>
            <Button danger onClick={() => setOpen('remove')}>
              停用
            </Button>
          </div>
        ) : (
          <Button type="primary" onClick={() => setOpen('enrol')}>
            启用
          </Button>
        )
      }
    >
      <Descriptions
        size="small"
        column={1}
        items={[
          {
            key: 'state',
            label: '状态',
            children: secondFactor ? <Tag color="success">已启用</Tag> : <Tag>未启用</Tag>,
          },
          ...(secondFactor ? [{ key: 'codes', label: '剩余恢复码', children: `${recoveryCodes} 个` }] : []),
          ...(secondFactorRequired ? [{ key: 'must', label: '要求', children: '您的岗位必须启用' }] : []),
        ]}
      />
      <Modal
        open={open === 'enrol'}
        title="启用第二因素"
        footer={null}
        onCancel={close}
        destroyOnHidden
        mask={{ closable: false }}
      >
        <EnrolFactor onDone={close} />
      </Modal>
      {open === 'remove' && (
        <PasswordAsked
          title="停用第二因素"
          words="停用后，仅凭密码即可登录。恢复码同时作废。"
          yes="停用"
          danger
          deed={removeFactor.mutationFn}
          onDone={close}
          onClose={close}
        />
      )}
      {open === 'codes' && codes === null && (
        <PasswordAsked
          title="更换恢复码"
          words="生成 10 个新的恢复码，原有的全部作废。"
          yes="更换"
          deed={renewCodes.mutationFn}
          onDone={(made) => setCodes((made as { codes: string[] }).codes)}
          onClose={close}
        />
      )}
      <Modal
        open={codes !== null}
        title="新的恢复码"
        footer={null}
        onCancel={close}
        destroyOnHidden
        mask={{ closable: false }}
      >
        {codes && <RecoveryCodes codes={codes} onDone={close} />}
      </Modal>
    </Sheet>
  )
}

function PasswordAsked({
  title,
  words,
  yes,
  danger = false,
  deed,
  onDone,
  onClose,
}: {
  title: string
  words: string
  yes: string
  danger?: boolean
  deed: ((password: string, context: never) => Promise<unknown>) | undefined
  onDone: (answer: unknown) => void
  onClose: () => void
}) {
  const [password, setPassword] = useState('')
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (typed: string) => deed?.(typed, undefined as never),
    onSuccess: onDone,
  })
  const other = refusedElse(error, ['/password'])
  return (
    <Modal open title={title} footer={null} onCancel={onClose} destroyOnHidden>
      <form
        className="desk-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          mutate(password)
        }}
      >
        <p>{words}</p>
        <Field label="密码" error={refusedAt(error, '/password')} wide>
          {(control) => (
            <Input.Password
              {...control}
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
        {Boolean(other) && <p className="desk-wrong">{wordsOf(other)}</p>}
        <div className="desk-form-end">
          <Button onClick={onClose}>取消</Button>
          <Button type="primary" danger={danger} htmlType="submit" loading={isPending}>
            {yes}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

function Sessions() {
  const { message } = App.useApp()
  const sessions = useQuery(ownSessionsQuery)
  const end = useMutation({
    ...endOwnSession,
    onSuccess: async (...args) => {
      await endOwnSession.onSuccess?.(...args)
      void message.success('已结束。')
    },
    onError: (error) => void message.error(wordsOf(error)),
  })
  const others = (sessions.data?.items.length ?? 0) > 1
  return (
    <Sheet
      title="登录的设备"
      extra={
        others && (
          <Button danger loading={end.isPending} onClick={() => end.mutate(null)}>
            结束其他全部登录
          </Button>
        )
      }
    >
      <Answer of={sessions}>
        {({ items }) => (
          <Table
            size="middle"
            rowKey="id"
            dataSource={items}
            pagination={false}
            scroll={{ x: 800 }}
            columns={[
              {
                title: '设备',
                key: 'device',
                render: (_, { agent, current }) => (
                  <>
                    {deviceWords(agent)} {current && <Tag color="blue">本机</Tag>}
                  </>
                ),
              },
              {
                title: '网络地址',
                dataIndex: 'address',
                width: 180,
                render: (address: string | null) => address ?? '—',
              },
              { title: '登录时间', dataIndex: 'at', width: 170, className: 'desk-number', render: minuteOf },
              {
                title: '最近使用',
                dataIndex: 'lastSeenAt',
                width: 170,
                className: 'desk-number',
                render: (at: number | null) => (at === null ? '—' : minuteOf(at)),
              },
              { title: '最迟失效', dataIndex: 'expiresAt', width: 170, className: 'desk-number', render: minuteOf },
              {
                title: '操作',
                key: 'end',
                width: 100,
                render: (_, { id, current, agent }) =>
                  current ? (
                    '—'
                  ) : (
                    <Button
                      type="link"
                      danger
                      aria-label={`结束登录：${deviceWords(agent)}`}
                      onClick={() => end.mutate(id)}
                    >
                      结束
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Answer>
    </Sheet>
  )
}
