import { type DBSchema, type IDBPDatabase, type IDBPObjectStore, openDB } from 'idb'
import type { PhotoId, StreetId } from '@app/shared/ids'
import type { Op } from './rules'

/** A picture that is still on this phone only, as it will be sent. */
export interface HeldPhoto {
  readonly id: PhotoId
  readonly streetId: StreetId
  readonly blob: Blob
  /** Which part of its form it belongs to, of a form with several. */
  readonly part?: string
}

/** A form that was begun and not sent; the photos it names lie in `photos`. */
export interface HeldDraft {
  readonly key: string
  readonly value: unknown
  readonly photoIds: readonly PhotoId[]
  readonly at: number
}

/** An answer of the server that is shown while there is no network. */
export interface KeptAnswer {
  readonly key: string
  readonly userId: string
  /** The post it was asked in, of somebody with several in that street: another sees other things. */
  readonly post?: string | null
  readonly queryKey: readonly unknown[]
  readonly data: unknown
  readonly at: number
}

/** All that the phone keeps. */
export interface PhoneSchema extends DBSchema {
  ops: { key: string; value: Op }
  photos: { key: PhotoId; value: HeldPhoto }
  drafts: { key: string; value: HeldDraft }
  answers: { key: string; value: KeptAnswer }
}

let opened: Promise<IDBPDatabase<PhoneSchema>> | undefined

/** The one database of this origin; opened once. Rejects where the browser keeps nothing (private windows). */
export function phone(): Promise<IDBPDatabase<PhoneSchema>> {
  opened ??= openDB<PhoneSchema>('zhiben', 1, {
    upgrade(database) {
      database.createObjectStore('ops', { keyPath: 'id' })
      database.createObjectStore('photos', { keyPath: 'id' })
      database.createObjectStore('drafts', { keyPath: 'key' })
      database.createObjectStore('answers', { keyPath: 'key' })
    },
    // Another tab runs a newer version: stand aside, and open anew when asked next.
    blocking: (_from, _to, event) => {
      // Safe: the event of a database's version change comes from that database.
      ;(event.target as IDBDatabase).close()
      opened = undefined
    },
    terminated: () => (opened = undefined),
  }).catch((error: unknown) => {
    opened = undefined
    throw error
  })
  return opened
}

/** Deeds, drafts and their photos change together or not at all, and are on the disk before it is said so. */
export async function holding<T>(work: (stores: Holding) => Promise<T>): Promise<T> {
  const transaction = (await phone()).transaction(['ops', 'photos', 'drafts'], 'readwrite', { durability: 'strict' })
  const [result] = await Promise.all([
    work({
      ops: transaction.objectStore('ops'),
      photos: transaction.objectStore('photos'),
      drafts: transaction.objectStore('drafts'),
    }).catch((error: unknown) => {
      // The transaction may have ended by itself for the same reason.
      try {
        transaction.abort()
      } catch {}
      throw error
    }),
    transaction.done,
  ])
  return result
}

type Store<Name extends 'ops' | 'photos' | 'drafts'> = IDBPObjectStore<
  PhoneSchema,
  ('ops' | 'photos' | 'drafts')[],
  Name,
  'readwrite'
>

/** The three stores within one transaction; only requests to them may be awaited, or it ends. */
export interface Holding {
  readonly ops: Store<'ops'>
  readonly photos: Store<'photos'>
  readonly drafts: Store<'drafts'>
}

/** Takes away photos that no deed and no draft names any more. */
export async function dropUnnamed({ ops, photos, drafts }: Holding): Promise<void> {
  const [allOps, allDrafts, ids] = await Promise.all([ops.getAll(), drafts.getAll(), photos.getAllKeys()])
  const named = new Set([...allOps, ...allDrafts].flatMap(({ photoIds }) => photoIds))
  await Promise.all(ids.filter((id) => !named.has(id)).map((id) => photos.delete(id)))
}
