import type { SetPasswordLink } from '@app/shared/accounts/schema'
import { roles } from '@app/shared/capabilities'
import type { InvitationId } from '@app/shared/ids'
import type { UnitCard } from '@app/shared/organisation/schema'
import { type InvitationsPage, invitationHours } from '@app/shared/people/invitations'
import { dayOf } from '@app/shared/time'
import { useMutation, useQuery } from '@tanstack/react-query'
import { App, Button, Modal, Select } from 'antd'
import { useState } from 'react'
import { Answer } from '../../../ui/desk/answer'
import { Field, refusedAt, refusedElse } from '../../../ui/desk/field'
import { FormDialog } from '../../../ui/desk/form-dialog'
import { freshId } from '../../../ui/desk/fresh-id'
import { LinkDialog } from '../../../ui/desk/link-once'
import { minuteOf } from '../../../ui/desk/times'
import { wordsOf } from '../../../ui/states'
import { invitationsQuery, invite, reachablePlaces, withdrawInvitation } from '../queries'
import { blankPost, PostFields, postInput, postPointers } from './post-fields'
import { type PlaceNames, reachWords } from './reach-words'

type Hours = (typeof invitationHours)[number]

interface ButtonProps {
  readonly streetId: string
  readonly units: readonly UnitCard[]
  readonly places: PlaceNames | undefined
}

/** 邀请任职: a post by link, for somebody whose account the street does not know; and the invitations that stand. */
export function InviteButton({ streetId, units, places }: ButtonProps) {
  const [doing, setDoing] = useState<'invite' | 'list' | SetPasswordLink | null>(null)
  const standing = useQuery(invitationsQuery(streetId)).data?.items.length ?? 0
  const close = () => setDoing(null)
  return (
    <>
      {standing > 0 && <Button onClick={() => setDoing('list')}>待接受邀请（{standing}）</Button>}
      <Button onClick={() => setDoing('invite')}>邀请任职</Button>
      {doing === 'invite' && <InviteDialog streetId={streetId} units={units} onClose={close} onMade={setDoing} />}
      {doing === 'list' && <StandingDialog streetId={streetId} places={places} onClose={close} />}
      {doing !== null && typeof doing === 'object' && (
        <LinkDialog title="任职邀请链接" link={doing} does="接受任职邀请" onClose={close} />
      )}
    </>
  )
}

interface InviteProps {
  readonly streetId: string
  readonly units: readonly UnitCard[]
  readonly onClose: () => void
  readonly onMade: (link: SetPasswordLink) => void
}

function InviteDialog({ streetId, units, onClose, onMade }: InviteProps) {
  const today = dayOf(Date.now())
  // One id for the whole dialog, so that a second try after a lost answer makes the same invitation.
  const [id] = useState(() => freshId<InvitationId>('inv'))
  const [post, setPost] = useState(() => blankPost(today))
  const [hours, setHours] = useState<Hours>(24)
  const places = useQuery(reachablePlaces(streetId))
  const { mutate, isPending, error } = useMutation(invite(streetId))
  return (
    <FormDialog
      title="邀请任职"
      submit="生成链接"
      pending={isPending}
      error={refusedElse(error, [...postPointers, '/hours'])}
      onSubmit={() => mutate({ id, hours, ...postInput(post) }, { onSuccess: onMade })}
      onClose={onClose}
    >
      <p className="wide">
        用于对方已在其他单位有账号，或由对方自己建账号。链接给谁，谁就能接受这个岗位，请当面或用可靠的方式交给本人。
      </p>
      <PostFields value={post} onChange={setPost} error={error} places={places.data} units={units} today={today} />
      <Field label="链接有效期" error={refusedAt(error, '/hours')}>
        {(control) => (
          <Select<Hours>
            {...control}
            value={hours}
            options={invitationHours.map((value) => ({ value, label: `${value} 小时` }))}
            onChange={setHours}
          />
        )}
      </Field>
    </FormDialog>
  )
}

interface StandingProps {
  readonly streetId: string
  readonly places: PlaceNames | undefined
  readonly onClose: () => void
}

/** Invitations that nobody accepted yet, each of which can be withdrawn. */
function StandingDialog({ streetId, places, onClose }: StandingProps) {
  const all = useQuery(invitationsQuery(streetId))
  return (
    <Modal open title="待接受的任职邀请" footer={null} onCancel={onClose} destroyOnHidden width="40rem">
      <Answer of={all} rows={3}>
        {({ items }) => <Invitations streetId={streetId} places={places} items={items} />}
      </Answer>
    </Modal>
  )
}

function Invitations({
  streetId,
  places,
  items,
}: Omit<StandingProps, 'onClose'> & { items: InvitationsPage['items'] }) {
  const { message } = App.useApp()
  const { mutate, isPending, variables } = useMutation({
    ...withdrawInvitation(streetId),
    onError: (error) => void message.error(wordsOf(error)),
  })
  if (items.length === 0) return <p className="desk-quiet">没有待接受的邀请。</p>
  return (
    <ul className="desk-rows">
      {items.map(({ id, role, title, reach, at, expiresAt }) => (
        <li key={id}>
          <div>
            {title ? `${title}（${roles[role].label.replace(/（.*）$/, '')}）` : roles[role].label}
            <div className="desk-quiet">{reachWords(reach, places)}</div>
          </div>
          <div className="desk-quiet">
            {minuteOf(at)} 生成
            <br />
            {minuteOf(expiresAt)} 失效
          </div>
          <Button
            type="link"
            danger
            aria-label={`撤回：${title ?? roles[role].label}`}
            loading={isPending && variables === id}
            onClick={() => mutate(id)}
          >
            撤回
          </Button>
        </li>
      ))}
    </ul>
  )
}
