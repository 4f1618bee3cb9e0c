import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { idFrom, type SelfcheckId } from '@app/shared/ids'
import type { Offers } from '@app/shared/inspections/schema'
import type { Me, Post } from '@app/shared/people/schema'
import { honest, results, statement } from '@app/shared/selfchecks/words'
import { Items } from '../../../checklist/items'
import { photoPart, type Touched, untouched } from '../../../checklist/touched'
import { type Draft, draftKey } from '../../../outbox/drafts'
import { enqueue } from '../../../outbox/outbox'
import type { CleanPicture } from '../../../photo/clean-picture'
import { PhotoPicker } from '../../../photo/photo-picker'
import { Field } from '../../../ui/phone/fields'
import { focusOnWrong } from '../../../ui/phone/focus-on-wrong'
import { PhonePage, Trouble, Waiting } from '../../../ui/phone/page'
import { type Reporting, selfcheckOf, shownItems } from './reporting'

type StreetPost = Extract<Post, { kind: 'street' }>

interface Props {
  readonly me: Me
  readonly post: StreetPost
  readonly offers: { readonly data: Offers | undefined; readonly error: Error | null; readonly refetch: () => unknown }
  readonly draft: Draft<Reporting> | null
}

/** 自查上报: everything is right until an exception is touched; who did it confirms it in one sentence. */
export function SelfcheckPage({ draft, offers, ...props }: Props) {
  const { data, error, refetch } = offers
  return (
    <PhonePage title="自查上报" street={props.post.name}>
      {!data && error && <Trouble error={error} retry={() => void refetch()} />}
      {(!data || !draft) && !error && <Waiting />}
      {data && draft && <Form {...props} offers={data} draft={draft} />}
    </PhonePage>
  )
}

function Form({
  me,
  post,
  offers,
  draft,
}: Omit<Props, 'offers' | 'draft'> & { offers: Offers; draft: Draft<Reporting> }) {
  const navigate = useNavigate()
  const form = useRef<HTMLFormElement>(null)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [saving, setSaving] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const { value: reporting, photos } = draft
  const offer = offers.offers.find((one) => one.template.id === reporting.templateId) ?? offers.offers[0]
  if (!offer) return <Trouble error={new Error('没有可用的检查表。')} />
  const { template, basis } = offer

  const began = reporting.observedAt === null ? { observedAt: Date.now() } : {}
  const set = (part: Partial<Reporting>, field?: string) => {
    draft.change({ ...began, ...part })
    if (field) setErrors((before) => Object.fromEntries(Object.entries(before).filter(([key]) => key !== field)))
  }
  const touch = (item: string, part: Partial<Touched>) =>
    set({ touched: { ...reporting.touched, [item]: { ...(reporting.touched[item] ?? untouched), ...part } } }, item)
  const add = (part: string, pictures: readonly CleanPicture[]) =>
    draft.addPhotos(
      pictures.map((picture) => ({ ...picture, streetId: post.id, part })),
      began,
    )

  async function submit() {
    const now = Date.now()
    const id = idFrom<SelfcheckId>('sck', now, crypto.getRandomValues(new Uint8Array(16)))
    const made = selfcheckOf(template, offers, reporting, photos, { id, now })
    if (!made.ok) {
      setErrors(made.errors)
      return focusOnWrong(form.current)
    }
    setSaving(true)
    draft.taken()
    const opId = crypto.randomUUID()
    const named = new Set(made.body.answers.flatMap((answer) => [...answer.photos, ...answer.after]))
    try {
      await enqueue(
        {
          id: opId,
          kind: 'selfcheck',
          streetId: post.id,
          postId: post.postId,
          userId: me.id,
          userName: me.name,
          hazardId: made.body.id,
          title: `自查：${offers.unit.name}`,
          body: made.body,
          form: { ...reporting, id: made.body.id },
          photoIds: [...named],
          sent: [],
          state: 'waiting',
          attempts: 0,
          tried: false,
          nextAt: 0,
          problem: null,
          at: now,
        },
        photos,
        draftKey('selfcheck/own', post.id, me.id),
      )
      draft.clear()
      await navigate({
        to: '/m/s/$street/selfchecks/$selfcheckId',
        params: { street: post.slug, selfcheckId: made.body.id },
        search: { saved: opId },
        replace: true,
      })
    } catch {
      setSaving(false)
      setTrouble('没能保存在手机上：存储空间可能已满，或浏览器处于无痕模式。请处理后再点提交。')
    }
  }

  const asked = shownItems(template, offers, reporting)
  const found = asked.filter(({ result }) => result === 'fail' || result === 'fixed').length
  const picker = (item: string, stage: 'photos' | 'after', label: string) => (
    <PhotoPicker
      label={label}
      photos={photos.filter(({ part }) => part === photoPart(item, stage))}
      mark={{ street: post.name, community: null, person: me.name, at: reporting.observedAt ?? Date.now() }}
      onAdd={(more) => add(photoPart(item, stage), more)}
      onRemove={draft.removePhoto}
    />
  )
  return (
    <form
      ref={form}
      className="m-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      {draft.restored && (
        <div className="m-note m-note-row" role="status">
          <p>上次没有做完的自查还在。</p>
          <button type="button" className="m-link" onClick={draft.clear}>
            清空重查
          </button>
        </div>
      )}
      <p className="m-hint">
        {offers.unit.name} · 默认全部正常，只点有问题的项。{honest}
      </p>
      {offers.offers.length > 1 && (
        <details className="m-details">
          <summary>检查表：{template.title}</summary>
          <Field label="检查表" hint="换一份会清空已填的检查项。">
            {(tie) => (
              <select
                {...tie}
                value={template.id}
                onChange={(event) => set({ templateId: event.target.value, touched: {} })}
              >
                {offers.offers.map(({ template: one }) => (
                  <option key={one.id} value={one.id}>
                    {one.title}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </details>
      )}
      <Items
        template={template}
        basis={basis}
        shown={new Set(asked.map(({ item }) => item.key))}
        touched={reporting.touched}
        results={results}
        since="自查之日"
        errors={errors}
        onTouch={touch}
        picker={picker}
      />
      <section className="m-block" aria-label="确认">
        <h2>{found > 0 ? `自查发现 ${found} 项问题` : '全部正常'}</h2>
        <label className="m-check">
          <input
            type="checkbox"
            checked={reporting.confirmed}
            aria-invalid={Boolean(errors['statement'])}
            aria-describedby={errors['statement'] ? 'statement-wrong' : undefined}
            onChange={(event) => set({ confirmed: event.target.checked }, 'statement')}
          />
          <span>{statement}</span>
        </label>
        {errors['statement'] && (
          <p id="statement-wrong" className="wrong">
            {errors['statement']}
          </p>
        )}
        <p className="m-hint">确认人：{me.name}（登录人本人）</p>
      </section>
      {trouble && (
        <p className="wrong" role="alert">
          {trouble}
        </p>
      )}
      <div className="m-submit">
        <button type="submit" className="button m-wide" disabled={saving || post.suspended}>
          {saving ? '正在保存…' : '确认并提交'}
        </button>
      </div>
    </form>
  )
}
