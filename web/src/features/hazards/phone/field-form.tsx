import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useRef, useState } from 'react'
import * as v from 'valibot'
import { Objection, Recheck, Rectification, Verification } from '@app/shared/hazards/schema'
import { draftKey, useDraft } from '../../../outbox/drafts'
import { enqueue } from '../../../outbox/outbox'
import type { Op } from '../../../outbox/rules'
import { PhotoPicker } from '../../../photo/photo-picker'
import { Choices, Phrases, TextField } from '../../../ui/phone/fields'
import { focusOnWrong } from '../../../ui/phone/focus-on-wrong'
import { Waiting } from '../../../ui/phone/page'
import type { DeedProps } from './deed-page'
import { type FieldDoing, fieldDraft, nothingSaid, type Said } from './said'

const phrases = {
  rectify: ['已按要求整改完成。', '已清理到位，恢复畅通。', '已更换并测试正常。', '已停用并拆除。'],
  pass: ['现场复查，整改到位。', '已整改，无遗留问题。'],
  return: ['仍未整改，请继续整改。', '整改不彻底，请返工。', '照片与现场不符，请重新整改。'],
  object: ['现场不存在该问题。', '检查时的情况与记录不符。', '该要求不适用于本单位。'],
  verify: ['现场核验，已整改。'],
  refute: ['现场核验，尚未整改到位。'],
} as const

const labels = {
  rectify: { photos: '整改后照片', words: '整改说明' },
  recheck: { photos: '复查照片（可不拍）', words: '复查意见' },
  object: { photos: '佐证照片（可不拍）', words: '异议理由' },
  verify: { photos: '核验照片（可不拍）', words: '核验意见' },
} as const satisfies Record<FieldDoing, { photos: string; words: string }>

type Outcome = NonNullable<Said['outcome']>
const outcomes = {
  recheck: {
    label: '复查结论',
    options: [
      { value: 'pass', label: '已整改，通过' },
      { value: 'return', label: '未整改，退回' },
    ],
  },
  verify: {
    label: '核验结论',
    options: [
      { value: 'verify', label: '属实' },
      { value: 'refute', label: '不符，转入整改' },
    ],
  },
} as const satisfies Partial<
  Record<FieldDoing, { label: string; options: readonly { value: Outcome; label: string }[] }>
>

/** Putting right and re-checking: done on the spot with pictures, so through the outbox. */
export function FieldForm({ me, post, record, doing }: DeedProps & { doing: FieldDoing }) {
  const key = draftKey(fieldDraft(doing, record), post.id, me.id)
  const draft = useDraft(key, nothingSaid)
  const navigate = useNavigate()
  const [errors, setErrors] = useState<Partial<Record<string, string>>>({})
  const [saving, setSaving] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const form = useRef<HTMLFormElement>(null)
  if (!draft) return <Waiting />

  const { photos, change } = draft
  // Who answers for the place itself mostly says the same, and may say anything else.
  const usual = doing === 'rectify' && post.reach.within === 'enterprise' ? phrases.rectify[0] : ''
  const said = { ...draft.value, words: draft.value.words ?? usual }
  const deciding = doing === 'recheck' || doing === 'verify' ? outcomes[doing] : null
  const options = (deciding?.options ?? []).filter(({ value }) => record.next.includes(value))
  const outcome = said.outcome ?? (options.length === 1 ? (options[0]?.value ?? null) : null)
  const ready = doing === 'rectify' || doing === 'object' ? phrases[doing] : outcome ? phrases[outcome] : []

  function forget(field: string) {
    setErrors(({ [field]: _, ...others }) => others)
  }

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (!draft) return
    const now = Date.now()
    const common = { words: said.words, photos: photos.map(({ id }) => id), observedAt: said.observedAt ?? now }
    const decided = { ...common, outcome: outcome ?? undefined }
    const rectified = doing === 'rectify' ? v.safeParse(Rectification, common) : null
    const rechecked = doing === 'recheck' ? v.safeParse(Recheck, decided) : null
    const objected = doing === 'object' ? v.safeParse(Objection, common) : null
    const verified = doing === 'verify' ? v.safeParse(Verification, decided) : null
    const result = rectified ?? rechecked ?? objected ?? verified
    if (!result?.success) {
      const found: Record<string, string> = {}
      for (const issue of result?.issues ?? []) found[String(issue.path?.[0]?.key)] ??= issue.message
      if (found['outcome']) found['outcome'] = `请选择${deciding?.label ?? '结论'}`
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
      if (objected?.success) await enqueue({ ...op, kind: 'object', round, body: objected.output }, photos, key)
      if (verified?.success) await enqueue({ ...op, kind: 'verify', round, body: verified.output }, photos, key)
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
        label={labels[doing].photos}
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
      {deciding && (
        <Choices<Outcome>
          label={deciding.label}
          options={options}
          value={outcome}
          onChange={(next) => {
            // Words that were only picked belong to the other outcome.
            const picked = Object.values(phrases).some((list) => list.some((words) => words === said.words))
            change({ outcome: next, words: said.words && !picked ? said.words : phrases[next][0] })
            forget('outcome')
            forget('words')
          }}
          error={errors['outcome']}
        />
      )}
      <TextField
        label={labels[doing].words}
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
