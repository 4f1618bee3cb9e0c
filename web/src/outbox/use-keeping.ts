import { useState } from 'react'
import type { Me, Post } from '@app/shared/people/schema'
import type { Draft } from './drafts'
import { enqueue } from './outbox'
import type { Op } from './rules'

type Own = 'kind' | 'hazardId' | 'title' | 'body' | 'round' | 'corrects' | 'form' | 'photoIds'

/** What every deed is in the outbox before it was tried; `at` is when it is put in. */
export const freshOp = (me: Me, post: Extract<Post, { kind: 'street' }>, at: number): Omit<Op, Own> => ({
  id: crypto.randomUUID(),
  streetId: post.id,
  postId: post.postId,
  userId: me.id,
  userName: me.name,
  sent: [],
  state: 'waiting',
  attempts: 0,
  tried: false,
  nextAt: 0,
  problem: null,
  at,
})

/** Keeps what a form has made as a deed of the outbox; `trouble` says, for the form, that this phone could not. */
export function useKeeping() {
  const [saving, setSaving] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  /** In place of the draft named `key`; `then` is what follows once it is kept. */
  async function keep(
    op: Op,
    draft: Pick<Draft<object>, 'photos' | 'taken' | 'clear'>,
    key: string,
    then: () => Promise<void>,
  ) {
    setSaving(true)
    draft.taken()
    try {
      await enqueue(op, draft.photos, key)
      draft.clear()
      await then()
    } catch {
      setSaving(false)
      setTrouble('没能保存在手机上：存储空间可能已满，或浏览器处于无痕模式。请处理后再点提交。')
    }
  }
  return { saving, trouble, keep }
}
