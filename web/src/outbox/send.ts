import type { Me } from '@app/shared/people/schema'
import type { PhotoId } from '@app/shared/ids'
import { Problem } from '@app/shared/problem'
import { fetchOrThrow, postHeader } from '../api'
import { changeOp, endOp, heldOps, heldPhoto } from './queue'
import { type Answer, type Fate, type Op, fateAfterPhoto, fateOf, isDue, isOwn, postLost } from './rules'

/** Nothing takes this long but a connection that died without saying so. */
const patience = 60_000

/** What the sender tells while it works. */
export interface Watching {
  /** This deed is on its way now; null when none is. */
  onSending(id: string | null): void
  /** Something that is held has changed. */
  onChange(): void
  onSignedOut(signedOut: boolean): void
  /** Deeds of this street have arrived. */
  onArrived(streetId: string): void
}

/**
 * Sends every deed whose time has come, oldest first, as long as somebody answers. One at a time over all tabs: the
 * caller holds the lock. `now` may be `Infinity` to send what waits as well.
 */
export async function sendDue(now: number, watching: Watching): Promise<void> {
  const due = (await heldOps()).filter((op) => isDue(op, now))
  if (due.length === 0) return

  // Asked anew each time: in another tab somebody else may have signed in.
  const me = await whoIsSignedIn()
  if (me === 'silence') {
    for (const op of due) await settle(op, fateOf(op, { kind: 'silence' }, { now: Date.now(), repeats: 0 }))
    return watching.onChange()
  }
  watching.onSignedOut(me === null)
  if (!me) return

  for (const op of due.filter((each) => isOwn(each, me))) {
    watching.onSending(op.id)
    const lost = postLost(op, me)
    const fate = lost === null ? await send(op, watching) : await settle(op, { become: 'rejected', problem: lost })
    watching.onSending(null)
    watching.onChange()
    if (fate.become === 'done') watching.onArrived(op.streetId)
    if (fate.become === 'kept') return watching.onSignedOut(true)
    if (fate.become === 'waiting') return
  }
}

async function send(first: Op, watching: Watching): Promise<Fate> {
  let op = first
  for (let repeats = 0; ; repeats++) {
    for (const id of op.photoIds) {
      if (op.sent.includes(id)) continue
      const held = await heldPhoto(id)
      // The server may have it already; it says so if not.
      if (!held) continue
      const fate = fateAfterPhoto(op, await put(op, id, held.blob), { now: Date.now(), repeats })
      if (fate) return settle(op, fate)
      op = (await changeOp(op.id, { sent: [...op.sent, id] })) ?? op
      watching.onChange()
    }
    if (!op.tried) op = (await changeOp(op.id, { tried: true })) ?? op
    const fate = fateOf(op, await post(op), { now: Date.now(), repeats })
    if (fate.become !== 'repeated') return settle(op, fate)
    const lost = await Promise.all(fate.missing.map(async (id) => !(await heldPhoto(id))))
    if (lost.includes(true)) {
      return settle(op, { become: 'rejected', problem: '有照片已不在这部手机上，请修改后重新拍照。' })
    }
    op = (await changeOp(op.id, { sent: op.sent.filter((id) => !fate.missing.includes(id)) })) ?? op
  }
}

async function settle(op: Op, fate: Fate): Promise<Fate> {
  if (fate.become === 'done') await endOp(op.id)
  if (fate.become === 'waiting') await changeOp(op.id, { attempts: fate.attempts, nextAt: fate.nextAt })
  if (fate.become === 'rejected') {
    await changeOp(op.id, { state: 'rejected', problem: fate.problem, attempts: op.attempts + 1 })
  }
  return fate
}

const inStreet = (op: Op, path: string) => `/api/streets/${op.streetId}/${path}`
const inPost = ({ postId }: Op) => (postId ? { [postHeader]: postId } : {})

function put(op: Op, id: PhotoId, blob: Blob): Promise<Answer> {
  return answerOf(inStreet(op, `photos/${id}`), {
    method: 'PUT',
    headers: {
      'content-type': 'image/jpeg',
      'idempotency-key': `${op.id}-p${op.photoIds.indexOf(id)}`,
      ...inPost(op),
    },
    body: blob,
  })
}

const done = { rectify: 'rectification', recheck: 'recheck', object: 'objection', verify: 'verification' } as const

/** Where a deed is sent. */
function addressOf(op: Op): readonly ['POST' | 'PUT', string] {
  switch (op.kind) {
    case 'file':
      return ['POST', 'hazards']
    case 'inspect':
      return ['POST', 'inspections']
    case 'correct':
      return ['POST', `inspections/${op.corrects}/corrections`]
    case 'selfcheck':
      return ['POST', 'selfchecks']
    default:
      return ['PUT', `hazards/${op.hazardId}/rounds/${op.round}/${done[op.kind]}`]
  }
}

function post(op: Op): Promise<Answer> {
  const [method, path] = addressOf(op)
  return answerOf(inStreet(op, path), {
    method,
    headers: { 'content-type': 'application/json', 'idempotency-key': op.id, ...inPost(op) },
    body: JSON.stringify(op.body),
  })
}

async function answerOf(path: string, init: RequestInit): Promise<Answer> {
  try {
    const response = await inTime(path, init)
    // Unread, it would keep the connection; what it says changes nothing any more.
    await response.arrayBuffer().catch(() => undefined)
    return { kind: 'success', status: response.status }
  } catch (error) {
    return error instanceof Problem ? { kind: 'problem', problem: error } : { kind: 'silence' }
  }
}

async function whoIsSignedIn(): Promise<Me | null | 'silence'> {
  try {
    // Safe: the route answers with this, and anything else fails below or here.
    const me = (await (await inTime('/api/me', {})).json()) as Me
    return Array.isArray(me.posts) ? me : 'silence'
  } catch (error) {
    return error instanceof Problem && error.slug === 'unauthenticated' ? null : 'silence'
  }
}

async function inTime(path: string, init: RequestInit): Promise<Response> {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), patience)
  try {
    return await fetchOrThrow(path, { ...init, signal: stop.signal })
  } finally {
    clearTimeout(timer)
  }
}
