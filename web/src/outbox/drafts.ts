import { useCallback, useEffect, useRef, useState } from 'react'
import type { PhotoId, StreetId } from '@app/shared/ids'
import { type HeldPhoto, dropUnnamed, holding, phone } from './database'

/** What was begun under this name, with its photos; null when there is nothing. */
async function loadDraft(key: string): Promise<{ value: unknown; photos: HeldPhoto[] } | null> {
  const database = await phone()
  const draft = await database.get('drafts', key)
  if (!draft) return null
  const photos = await Promise.all(draft.photoIds.map((id) => database.get('photos', id)))
  return { value: draft.value, photos: photos.filter((photo) => photo !== undefined) }
}

function saveDraft(key: string, value: unknown, photos: readonly HeldPhoto[]): Promise<void> {
  return holding(async (stores) => {
    const here = new Set(await stores.photos.getAllKeys())
    await Promise.all(photos.filter(({ id }) => !here.has(id)).map((photo) => stores.photos.put(photo)))
    await stores.drafts.put({ key, value, photoIds: photos.map(({ id }) => id), at: Date.now() })
    await dropUnnamed(stores)
  })
}

function dropDraft(key: string): Promise<void> {
  return holding(async (stores) => {
    await stores.drafts.delete(key)
    await dropUnnamed(stores)
  })
}

/** A form's values and photos, saved as they are typed, so that a page the system kills loses nothing. */
export interface Draft<T> {
  readonly value: T
  readonly photos: readonly HeldPhoto[]
  /** Whether it came back from an earlier visit. */
  readonly restored: boolean
  readonly change: (part: Partial<T>) => void
  readonly addPhotos: (photos: readonly HeldPhoto[], part?: Partial<T>) => void
  readonly removePhoto: (id: PhotoId) => void
  /** Forgets it all and begins anew. */
  readonly clear: () => void
  /** It has become a deed, which keeps what was typed from now on. */
  readonly taken: () => void
}

const pauseBeforeSaving = 250

/**
 * The draft of this name, or null while it is read from the phone. `key` names street, person and deed; `blank`,
 * always the same one, is what a new one starts as. Where the browser keeps nothing it works all the same, but is not saved.
 */
export function useDraft<T extends object>(key: string, blank: T): Draft<T> | null {
  const [state, setState] = useState<State<T> | null>(null)
  // A picture may be ready long after the render that asked for it; it joins what is there by then.
  const latest = useRef<State<T> | null>(null)
  const pending = useRef<{ timer: number; save: () => void } | null>(null)

  const show = useCallback((next: State<T>) => {
    latest.current = next
    setState(next)
  }, [])

  useEffect(() => {
    let gone = false
    const begin = (found: Awaited<ReturnType<typeof loadDraft>>) => {
      // Safe: whatever was saved under this key was a `T`; what it lacks by now comes from the blank one.
      const value = { ...blank, ...(found?.value as Partial<T> | undefined) }
      if (!gone) show({ value, photos: found?.photos ?? [], restored: found !== null })
    }
    loadDraft(key).then(begin, () => begin(null))
    // Typing is saved after a pause; a page about to vanish does not get that pause.
    const hurry = () => {
      if (document.visibilityState === 'hidden') pending.current?.save()
    }
    document.addEventListener('visibilitychange', hurry)
    return () => {
      gone = true
      document.removeEventListener('visibilitychange', hurry)
      pending.current?.save()
    }
  }, [key, blank, show])

  if (!state) return null

  const stopSaving = () => {
    if (pending.current) clearTimeout(pending.current.timer)
    pending.current = null
  }
  const update = (change: (before: State<T>) => Partial<State<T>>, pause: number) => {
    if (!latest.current) return
    const next = { ...latest.current, ...change(latest.current) }
    show(next)
    stopSaving()
    const save = () => {
      stopSaving()
      void saveDraft(key, next.value, next.photos).catch(() => undefined)
    }
    pending.current = { timer: window.setTimeout(save, pause), save }
  }
  return {
    ...state,
    change: (part) => update(({ value }) => ({ value: { ...value, ...part } }), pauseBeforeSaving),
    addPhotos: (more, part) =>
      update(({ value, photos }) => ({ value: { ...value, ...part }, photos: [...photos, ...more] }), 0),
    removePhoto: (id) => update(({ photos }) => ({ photos: photos.filter((photo) => photo.id !== id) }), 0),
    clear: () => {
      stopSaving()
      show({ value: blank, photos: [], restored: false })
      void dropDraft(key).catch(() => undefined)
    },
    taken: stopSaving,
  }
}

interface State<T> {
  readonly value: T
  readonly photos: readonly HeldPhoto[]
  readonly restored: boolean
}

/** The name of a form's draft: one for each street, person and thing that is done. */
export function draftKey(what: 'file' | `${string}/${string}`, streetId: StreetId, userId: string): string {
  return [streetId, userId, what].join('/')
}

/** Whether something was begun under this name and not sent. */
export async function hasDraft(key: string): Promise<boolean> {
  return (await (await phone()).getKey('drafts', key)) !== undefined
}
