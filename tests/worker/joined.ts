import { env } from 'cloudflare:workers'
import type { EnterpriseId, JoiningId, PersonId } from '@app/shared/ids'
import { openDirectory } from '../../worker/db/client'
import { joinings } from '../../worker/db/directory'
import { and, desc, eq } from '../../worker/db/operators'
import { passOf } from '../../worker/platform/posters'
import { send, type Street } from './street'
import { Visitor } from './visitor'

const directory = openDirectory(env)

/** The code of a unit's poster, made where there is none yet. */
export async function posterOf(street: Street, who: PersonId, enterpriseId: EnterpriseId): Promise<string> {
  const made = await send(who, 'PUT', `/api/streets/${street.id}/enterprises/${enterpriseId}/poster`, { body: {} })
  if (made.status !== 200) throw new Error(await made.text())
  return (await made.json<{ poster: { code: string } }>()).poster.code
}

/** What a scan of a poster hands on. */
export const scanned = (code: string, now = Date.now()) => passOf(env, code, now)

export const join = (body: object, more: { now?: number; visitor?: Visitor } = {}) =>
  (more.visitor ?? new Visitor()).ask('POST', '/api/joining', {
    body,
    ...(more.now !== undefined && { now: more.now }),
  })

/** A request to be let into a unit that waits for the street. */
export async function aJoining(street: Street, who: PersonId, enterpriseId: EnterpriseId): Promise<JoiningId> {
  const pass = scanned(await posterOf(street, who, enterpriseId))
  const asked = await join({ pass, role: 'enterprise-manager', name: '示例人' })
  if (asked.status !== 201) throw new Error(asked.text)
  const [last] = await directory
    .select({ id: joinings.id })
    .from(joinings)
    .where(and(eq(joinings.streetId, street.id), eq(joinings.enterpriseId, enterpriseId)))
    .orderBy(desc(joinings.at), desc(joinings.id))
    .limit(1)
  if (!last) throw new Error('Nothing was asked')
  return last.id
}
