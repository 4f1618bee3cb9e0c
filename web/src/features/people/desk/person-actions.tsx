import { mainPost } from '@app/shared/people/rules'
import type { PersonCard } from '@app/shared/people/schema'
import { useMutation } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useState } from 'react'
import { wordsOf } from '../../../ui/states'
import { endPost, resetPassword } from '../queries'
import { firstPassword } from '../../../ui/desk/first-password'
import { AccountButton } from './account-button'
import { HandedOver } from './handed-over'

interface ActionsProps {
  readonly streetId: string
  readonly person: PersonCard
  /** The person who is looking: one's own post is ended by somebody else. */
  readonly own: boolean
}

/** What an administrator may do to somebody's account. */
export function PersonActions({ streetId, person, own }: ActionsProps) {
  const { message, modal } = App.useApp()
  const [password, setPassword] = useState<string | null>(null)
  const reset = useMutation({ ...resetPassword(streetId), onError: (error) => void message.error(wordsOf(error)) })
  const end = useMutation({
    ...endPost(streetId),
    onSuccess: async (...args) => {
      await endPost(streetId).onSuccess?.(...args)
      void message.success(`${person.name}的岗位已停用。`)
    },
    onError: (error) => void message.error(wordsOf(error)),
  })
  const post = mainPost(person.posts, Date.now())
  if (!person.active || !post) return null
  return (
    <>
      <Button
        type="link"
        aria-label={`重置密码：${person.name}`}
        loading={reset.isPending}
        onClick={() =>
          void modal.confirm({
            title: `重置${person.name}的密码？`,
            content:
              '原密码立即失效，已登录的设备全部退出；本人用新密码登录后须立即改成自己的。没有账号的演示人员无法重置。',
            okText: '重置密码',
            autoFocusButton: 'cancel',
            onOk: async () => {
              const next = firstPassword()
              try {
                await reset.mutateAsync({ personId: person.id, password: next })
                setPassword(next)
              } catch {
                // `onError` has said why.
              }
            },
          })
        }
      >
        重置密码
      </Button>
      <AccountButton streetId={streetId} person={person} own={own} />
      {!own && (
        <Button
          type="link"
          danger
          aria-label={`停用：${person.name}`}
          loading={end.isPending}
          onClick={() =>
            void modal.confirm({
              title: `停用${person.name}的岗位？`,
              content: '立即不能再进入本街道；其办理过的记录保留。其名下未办结的隐患请先重新交办。',
              okText: '停用',
              okButtonProps: { danger: true },
              autoFocusButton: 'cancel',
              onOk: () => end.mutateAsync({ personId: person.id, postId: post.id }).catch(() => undefined),
            })
          }
        >
          停用
        </Button>
      )}
      {password !== null && (
        <HandedOver
          title={`${person.name}的新密码`}
          username={null}
          password={password}
          onClose={() => setPassword(null)}
        />
      )}
    </>
  )
}
