import type { UnitCard } from '@app/shared/organisation/schema'
import type { PersonCard, PostCard } from '@app/shared/people/schema'
import { Problem } from '@app/shared/problem'
import { DownOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Dropdown } from 'antd'
import { useState } from 'react'
import { wordsOf } from '../../../ui/states'
import { AccountButton } from '../../accounts/desk/account-button'
import { firstPassword } from '../../../ui/desk/first-password'
import { endPost, peopleQueries, resetPassword } from '../queries'
import { HandOverDialog } from './hand-over-dialog'
import { HandedOver } from './handed-over'
import { AddPostDialog, ReachDialog } from './post-dialogs'
import { type PlaceNames, postLine } from './reach-words'

interface ActionsProps {
  readonly streetId: string
  readonly person: PersonCard
  readonly people: readonly PersonCard[]
  readonly units: readonly UnitCard[]
  readonly places: PlaceNames | undefined
  /** The person who is looking: one's own post is ended by somebody else. */
  readonly own: boolean
}

type Doing =
  | { readonly kind: 'add' }
  | { readonly kind: 'reach'; readonly post: PostCard }
  | { readonly kind: 'hand-over'; readonly because: boolean }
  | { readonly kind: 'password'; readonly password: string }

/** What an administrator may do to somebody's posts and account. */
export function PersonActions({ streetId, person, people, units, places, own }: ActionsProps) {
  const { message, modal } = App.useApp()
  const client = useQueryClient()
  const [doing, setDoing] = useState<Doing | null>(null)
  // What is open under somebody has to be another's before the last post ends.
  const refused = async (problem: unknown) => {
    if (problem instanceof Problem && problem.slug === 'rule-broken') {
      const asked = await client
        .fetchQuery({ ...peopleQueries.open(streetId, person.id), staleTime: 0 })
        .catch(() => null)
      if (asked && asked.hazards.length + asked.charges.length + asked.seats.length > 0)
        return setDoing({ kind: 'hand-over', because: true })
    }
    void message.error(wordsOf(problem))
  }
  const reset = useMutation({ ...resetPassword(streetId), onError: (error) => void message.error(wordsOf(error)) })
  const end = useMutation({
    ...endPost(streetId),
    onSuccess: async (...args) => {
      await endPost(streetId).onSuccess?.(...args)
      void message.success(`${person.name}的岗位已停用。`)
    },
    onError: (error) => void refused(error),
  })
  const now = Date.now()
  const held = person.posts.filter(({ until }) => until === null || until > now)
  if (held.length === 0) return null

  const askReset = () =>
    void modal.confirm({
      title: `重置${person.name}的密码？`,
      content: '原密码立即失效，已登录的设备全部退出。没有账号的演示人员无法重置。',
      okText: '重置密码',
      autoFocusButton: 'cancel',
      onOk: async () => {
        const password = firstPassword()
        try {
          await reset.mutateAsync({ personId: person.id, password })
          setDoing({ kind: 'password', password })
        } catch {
          // `onError` has said why.
        }
      },
    })
  const askEnd = (post: PostCard) =>
    void modal.confirm({
      title: `停用${person.name}的岗位？`,
      content: `${postLine(post, places, now)}。${
        held.length > 1
          ? '其余岗位不受影响。'
          : '停用后立即不能再进入本街道；办理过的记录保留。名下有未了事项时须先移交。'
      }`,
      okText: '停用',
      okButtonProps: { danger: true },
      autoFocusButton: 'cancel',
      onOk: () => end.mutateAsync({ personId: person.id, postId: post.id }).catch(() => undefined),
    })
  const named = (what: string, post: PostCard) => (held.length > 1 ? `${what}（${postLine(post, places, now)}）` : what)
  const actions: readonly { label: string; danger?: boolean; act: () => void }[] = [
    { label: '增加岗位', act: () => setDoing({ kind: 'add' }) },
    ...held.map((post) => ({ label: named('调整范围', post), act: () => setDoing({ kind: 'reach', post }) })),
    { label: '移交', act: () => setDoing({ kind: 'hand-over', because: false }) },
    { label: '重置密码', act: askReset },
    ...(own ? [] : held.map((post) => ({ label: named('停用岗位', post), danger: true, act: () => askEnd(post) }))),
  ]
  const close = () => setDoing(null)
  return (
    <>
      <AccountButton tenant={{ kind: 'street', id: streetId }} person={person} own={own} />
      <Dropdown
        trigger={['click']}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- into the menu that was just opened
        autoFocus
        menu={{
          items: actions.map(({ label, danger = false }, at) => ({ key: String(at), label, danger })),
          onClick: ({ key }) => actions[Number(key)]?.act(),
        }}
      >
        <Button aria-label={`操作：${person.name}`} loading={reset.isPending || end.isPending}>
          操作 <DownOutlined aria-hidden />
        </Button>
      </Dropdown>
      {doing?.kind === 'add' && <AddPostDialog streetId={streetId} person={person} units={units} onClose={close} />}
      {doing?.kind === 'reach' && <ReachDialog streetId={streetId} person={person} post={doing.post} onClose={close} />}
      {doing?.kind === 'hand-over' && (
        <HandOverDialog streetId={streetId} person={person} people={people} because={doing.because} onClose={close} />
      )}
      {doing?.kind === 'password' && (
        <HandedOver title={`${person.name}的新密码`} username={null} password={doing.password} onClose={close} />
      )}
    </>
  )
}
