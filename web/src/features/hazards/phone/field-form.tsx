import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useRef, useState } from 'react'
import * as v from 'valibot'
import { Recheck, Rectification } from '@app/shared/hazards/schema'
import { draftKey, useDraft } from '../../../outbox/drafts'
import { enqueue } from '../../../outbox/outbox'
import type { Op } from '../../../outbox/rules'
import { PhotoPicker } from '../../../photo/photo-picker'
import { Choices, Phrases, TextField } from '../../../ui/phone/fields'
import { focusOnWrong } from '../../../ui/phone/focus-on-wrong'
import { Waiting } from '../../../ui/phone/page'
import type { DeedProps } from './deed-page'
import { fieldDraft, nothingSaid } from './said'

const phrases = {
  rectify: ['已按要求整改完成。', '已清理到位，恢复畅通。', '已更换并测试正常。', '已停用并拆除。'],
  pass: ['现场复查，整改到位。', '已整改，无遗留问题。'],
  return: ['仍未整改，请继续整改。', '整改不彻底，请返工。', '照片与现场不符，请重新整改。'],
} as const

/** Putting right and re-checking: done on the spot with pictures, so through the outbox. */
export function FieldForm({ me, post, record, doing }: DeedProps & { doing: 'rectify' | 'recheck' }) {
  const key = draftKey(fieldDraft(doing, record), post.id, me.id)
  const draft = useDraft(key, nothingSaid)
  const navigate = useNavigate()
  const [errors, setErrors] = useState<Partial<Record<string, string>>>({})
  const [saving, setSaving] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const form = useRef<HTMLFormElement>(null)
  if (!draft) return <Waiting />

  const { value: said, photos, change } = draft
  const mayPass = record.next.includes('pass')
  const mayReturn = record.next.includes('return')
  const outcome = said.outcome ?? (mayPass ? null : 'return')
  const ready = doing === 'rectify' ? phrases.rectify : outcome ? phrases[outcome] : []

  function forget(field: string) {
    setErrors(({ [field]: _, ...others }) => others)
  }

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (!draft) return
    const now = Date.now()
    const common = { words: said.words, photos: photos.map(({ id }) => id), observedAt: said.observedAt ?? now }
    const rectified = doing === 'rectify' ? v.safeParse(Rectification, common) : null
    const rechecked = doing === 'recheck' ? v.safeParse(Recheck, { ...common, outcome: outcome ?? undefined }) : null
    const result = rectified ?? rechecked
    if (!result?.success) {
      const found: Record<string, string> = {}
      for (const issue of result?.issues ?? []) found[String(issue.path?.[0]?.key)] ??= issue.message
      if (found['outcome']) found['outcome'] = '请选择复查结论'
      setErrors(found)
      return focusOnWrong(form.current)
    }
    setSaving(true)
    draft.taken()
    const op: Omit<Op, 'kind' | 'body' | 'round'> = {
      id: crypto.randomUUID(),
      streetId: post.id,
      postId: post.postId,
      userId: me.id,
      userName: me.name,
      hazardId: record.id,
      title: `${record.number} ${record.place}`,
      photoIds: photos.map(({ id }) => id),
      sent: [],
      state: 'waiting',
      attempts: 0,
      tried: false,
      nextAt: 0,
      problem: null,
      at: now,
    }
    try {
      const { round } = record
      if (rectified?.success) await enqueue({ ...op, kind: 'rectify', round, body: rectified.output }, photos, key)
      if (rechecked?.success) await enqueue({ ...op, kind: 'recheck', round, body: rechecked.output }, photos, key)
      await navigate({
        to: '/m/s/$street/hazards/$hazardId',
        params: { street: post.slug, hazardId: record.id },
        search: { saved: op.id },
        replace: true,
      })
    } catch {
      setSaving(false)
      setTrouble('没能保存在手机上：存储空间可能已满，或浏览器处于无痕模式。请处理后再点提交。')
    }
  }

  return (
    <form ref={form} className="m-form" noValidate onSubmit={(event) => void submit(event)}>
      <PhotoPicker
        label={doing === 'rectify' ? '整改后照片' : '复查照片（可不拍）'}
        photos={photos}
        mark={{
          street: post.name,
          community: record.communityName,
          person: me.name,
          at: said.observedAt ?? Date.now(),
        }}
        onAdd={(more) => {
          draft.addPhotos(
            more.map((photo) => ({ ...photo, streetId: post.id })),
            said.observedAt ? {} : { observedAt: Date.now() },
          )
          forget('photos')
        }}
        onRemove={draft.removePhoto}
        error={errors['photos']}
      />
      {doing === 'recheck' && (
        <Choices
          label="复查结论"
          options={[
            ...(mayPass ? [{ value: 'pass' as const, label: '已整改，通过' }] : []),
            ...(mayReturn ? [{ value: 'return' as const, label: '未整改，退回' }] : []),
          ]}
          value={outcome}
          onChange={(next) => {
            // Words that were only picked belong to the other outcome.
            const picked = [...phrases.pass, ...phrases.return].some((words) => words === said.words)
            change({ outcome: next, words: said.words && !picked ? said.words : phrases[next][0] })
            forget('outcome')
            forget('words')
          }}
          error={errors['outcome']}
        />
      )}
      <TextField
        label={doing === 'rectify' ? '整改说明' : '复查意见'}
        value={said.words}
        lines={3}
        max={500}
        onChange={(words) => {
          change({ words })
          forget('words')
        }}
        error={errors['words']}
      />
      {ready.length > 0 && (
        <Phrases
          phrases={ready}
          onPick={(words) => {
            change({ words })
            forget('words')
          }}
        />
      )}
      {trouble && (
        <p className="wrong" role="alert">
          {trouble}
        </p>
      )}
      <div className="m-submit">
        <button type="submit" className="button m-wide" disabled={saving}>
          {saving ? '正在保存…' : '提交'}
        </button>
      </div>
    </form>
  )
}
