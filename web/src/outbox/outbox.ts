import { useSyncExternalStore } from 'react'
import { queryClient } from '../query'
import type { HeldDraft, HeldPhoto } from './database'
import { endOp, heldOps, keepOp, changeOp, reopenOp } from './queue'
import type { Op } from './rules'
import { sendDue } from './send'

/** What the screens show of the outbox. */
export interface Outbox {
  /** Read from the phone at least once. */
  readonly ready: boolean
  readonly ops: readonly Op[]
  /** The deed that is on its way at this moment. */
  readonly sending: string | null
  /** Something waits for its author to sign in again. */
  readonly signedOut: boolean
}

let now: Outbox = { ready: false, ops: [], sending: null, signedOut: false }
const watchers = new Set<() => void>()
const otherTabs = new BroadcastChannel('outbox')
otherTabs.onmessage = () => void refresh(false)

function show(part: Partial<Outbox>): void {
  now = { ...now, ...part }
  for (const watcher of watchers) watcher()
}

async function refresh(tell = true): Promise<void> {
  show({ ready: true, ops: await heldOps().catch(() => []) })
  if (tell) otherTabs.postMessage('changed')
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

/** The outbox as it stands, again whenever it changes. */
export function useOutbox(): Outbox {
  return useSyncExternalStore(watch, () => now)
}

/** Sends what is due; with `everything`, also what would still wait. Never more than one at a time over all tabs. */
export async function flush({ everything = false, unlessBusy = false } = {}): Promise<void> {
  await navigator.locks.request('outbox', { ifAvailable: unlessBusy }, async (lock) => {
    if (!lock) return
    await sendDue(everything ? Infinity : Date.now(), {
      onSending: (sending) => show({ sending }),
      onSignedOut: (signedOut) => show({ signedOut }),
      onChange: () => void refresh(),
      onArrived: (streetId) => void queryClient.invalidateQueries({ queryKey: ['street', streetId] }),
    })
  })
}

let started = false

/** Begins to send in the background, for as long as the page lives. */
export function startOutbox(): void {
  if (started) return
  started = true
  const attempt = (how?: Parameters<typeof flush>[0]) => void flush(how).catch(() => undefined)
  void refresh(false)
  attempt({ everything: true })
  addEventListener('online', () => attempt({ everything: true }))
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') attempt({ everything: true })
  })
  setInterval(() => attempt({ unlessBusy: true }), 15_000)
}

/**
 * Keeps a deed until the server has it. When this resolves it is on the disk, whatever becomes of the page; it is
 * being sent by then. Rejects when the browser keeps nothing.
 */
export async function enqueue(op: Op, photos: readonly HeldPhoto[], draftKey: string): Promise<void> {
  await keepOp(op, photos, draftKey)
  // Asked for once there is something to lose; a refusal changes nothing.
  void navigator.storage?.persist?.().catch(() => false)
  await refresh()
  void flush().catch(() => undefined)
}

/** Sends one that was given back once more, as it is. */
export async function retry(op: Op): Promise<void> {
  await changeOp(op.id, { state: 'waiting', nextAt: 0, problem: null })
  await refresh()
  void flush().catch(() => undefined)
}

/** Gives a deed up for good. False when it is just being sent. */
export function discard(op: Op): Promise<boolean> {
  return unlessSending(() => endOp(op.id))
}

/** Makes a deed a draft again, to be corrected. False when it is just being sent. */
export function reopen(op: Op, draft: HeldDraft): Promise<boolean> {
  return unlessSending(() => reopenOp(op.id, draft))
}

async function unlessSending(work: () => Promise<void>): Promise<boolean> {
  return navigator.locks.request('outbox', { ifAvailable: true }, async (lock) => {
    if (!lock) return false
    await work()
    await refresh()
    return true
  })
}
