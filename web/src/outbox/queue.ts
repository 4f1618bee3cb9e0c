import type { PhotoId } from '@app/shared/ids'
import { type HeldDraft, type HeldPhoto, dropUnnamed, holding, phone } from './database'
import type { Op } from './rules'

/** Every deed that has not reached the server, the oldest first. */
export async function heldOps(): Promise<Op[]> {
  const ops = await (await phone()).getAll('ops')
  return ops.sort((a, b) => a.at - b.at)
}

/** Keeps a deed with its photos, and takes away the draft it was made from; all in one transaction. */
export function keepOp(op: Op, photos: readonly HeldPhoto[], draftKey: string): Promise<void> {
  return holding(async ({ ops, photos: store, drafts }) => {
    await Promise.all([ops.put(op), drafts.delete(draftKey), ...photos.map((photo) => store.put(photo))])
  })
}

/** Changes a deed, if it is still held; answers with what it is now. */
export function changeOp(
  id: string,
  change: Partial<Pick<Op, 'sent' | 'state' | 'attempts' | 'tried' | 'nextAt' | 'problem'>>,
): Promise<Op | null> {
  return holding(async ({ ops }) => {
    const held = await ops.get(id)
    if (!held) return null
    const changed = { ...held, ...change }
    await ops.put(changed)
    return changed
  })
}

/** Ends a deed: it has arrived, or its author gave it up. Its photos go with it. */
export function endOp(id: string): Promise<void> {
  return holding(async (stores) => {
    await stores.ops.delete(id)
    await dropUnnamed(stores)
  })
}

/** Makes a deed a draft again, photos and all. */
export function reopenOp(id: string, draft: HeldDraft): Promise<void> {
  return holding(async (stores) => {
    await Promise.all([stores.ops.delete(id), stores.drafts.put(draft)])
    await dropUnnamed(stores)
  })
}

/** A picture that is still on this phone. */
export async function heldPhoto(id: PhotoId): Promise<HeldPhoto | undefined> {
  return (await phone()).get('photos', id)
}
