import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import * as v from 'valibot'
import { Objection, Recheck, Rectification, Verification } from '@app/shared/hazards/schema'
import { draftKey, useDraft } from '../../../outbox/drafts'
import type { Op } from '../../../outbox/rules'
import { freshOp, useKeeping } from '../../../outbox/use-keeping'
import { PhotoPicker } from '../../../photo/photo-picker'
import { Choices, Phrases, TextField } from '../../../ui/phone/fields'
import { focusOnWrong } from '../../../ui/phone/focus-on-wrong'
import { PhoneForm } from '../../../ui/phone/form'
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
  const { saving, trouble, keep } = useKeeping()
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

  async function submit() {
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
    const op = {
      ...freshOp(me, post, now),
      hazardId: record.id,
      round: record.round,
      title: `${record.number} ${record.place}`,
      photoIds: photos.map(({ id }) => id),
    }
    const done = (deed: Op) =>
      keep(deed, draft, key, () =>
        navigate({
          to: '/m/s/$street/hazards/$hazardId',
          params: { street: post.slug, hazardId: record.id },
          search: { saved: op.id },
          replace: true,
        }),
      )
    if (rectified?.success) await done({ ...op, kind: 'rectify', body: rectified.output })
    if (rechecked?.success) await done({ ...op, kind: 'recheck', body: rechecked.output })
    if (objected?.success) await done({ ...op, kind: 'object', body: objected.output })
    if (verified?.success) await done({ ...op, kind: 'verify', body: verified.output })
  }

  return (
    <PhoneForm form={form} onSubmit={submit} trouble={trouble} submit="提交" busy={saving && '正在保存…'}>
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
    </PhoneForm>
  )
}
