import * as v from 'valibot'
import { keysOf } from '../keys'
import { LinkToken } from '../accounts/schema'
import { roles, type Role } from '../capabilities'
import { InvitationId, PostId } from '../ids'
import { Reach } from '../reach'
import { text } from '../text'
import { Day } from '../time'
import { NewPassword, postParts, Username } from './schema'

/** How long an invitation stands, in hours. */
export const invitationHours = [24, 48, 72] as const

/** A post of the street for whoever accepts it, an account of another unit or a new one. */
export const NewInvitation = v.strictObject({
  id: InvitationId,
  ...postParts,
  hours: v.picklist(invitationHours, '请选择链接有效期'),
})
export type NewInvitation = v.InferOutput<typeof NewInvitation>
export const InvitationPath = v.object({ invitationId: InvitationId })

const offered = {
  role: v.picklist(keysOf<Role>(roles)),
  title: v.nullable(v.string()),
  from: v.nullable(Day),
  until: v.nullable(Day),
  expiresAt: v.number(),
}

/** Invitations of the street that stand: neither accepted nor withdrawn, and not over. */
export const InvitationsPage = v.object({
  items: v.array(v.object({ id: InvitationId, ...offered, reach: Reach, at: v.number() })),
})
export type InvitationsPage = v.InferOutput<typeof InvitationsPage>

/** What an invitation is to, as whoever holds its link sees it. */
export const Invited = v.object({ street: v.string(), district: v.string(), ...offered })
export type Invited = v.InferOutput<typeof Invited>
export const InvitationToken = v.strictObject({ token: LinkToken })

/** The post that was accepted; it opens once its first day has come. */
export const Accepted = v.object({ postId: PostId })

/** An account of one's own, with the post as its first. */
export const InvitedAccount = v.strictObject({
  token: LinkToken,
  name: text(30),
  username: Username,
  password: NewPassword,
})
export type InvitedAccount = v.InferOutput<typeof InvitedAccount>
