import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useRef } from 'react'
import { results } from '@app/shared/checklists/words'
import { idFrom, type InspectionId } from '@app/shared/ids'
import type { InspectionRecord, Offers } from '@app/shared/inspections/schema'
import { kinds, type InspectionKind } from '@app/shared/inspections/words'
import type { Me, Post } from '@app/shared/people/schema'
import { ChecklistChoice, NewerNote } from '../../../checklist/choice'
import { findingsOf, shownItems } from '../../../checklist/going'
import { Items } from '../../../checklist/items'
import { useGoing } from '../../../checklist/use-going'
import { type Draft, draftKey } from '../../../outbox/drafts'
import { RestoredNote } from '../../../outbox/restored-note'
import type { Op } from '../../../outbox/rules'
import { freshOp, useKeeping } from '../../../outbox/use-keeping'
import type { CleanPicture } from '../../../photo/clean-picture'
import { Choices, Field, TextField } from '../../../ui/phone/fields'
import { focusOnWrong } from '../../../ui/phone/focus-on-wrong'
import { PhoneForm } from '../../../ui/phone/form'
import { PhonePage, Trouble, Waiting } from '../../../ui/phone/page'
import { Along } from './along'
import { Arrival } from './arrival'
import { type Checking, correctionOf, inspectionOf, kindOf, othersOf } from './checking'
import './inspections.css'

const SignaturePad = lazy(() => import('./signature-pad'))

type StreetPost = Extract<Post, { kind: 'street' }>

interface Props {
  readonly me: Me
  readonly post: StreetPost
  readonly offers: { readonly data: Offers | undefined; readonly error: Error | null; readonly refetch: () => unknown }
  readonly draft: Draft<Checking> | null
  /** The record in whose place it is to stand; without one it is a check of its own. */
  readonly correcting?: Correcting | null
}

/** A record to be corrected, with the items that made hazards. */
interface Correcting {
  readonly record: InspectionRecord
  readonly known: ReadonlySet<string>
}

/** A check of one unit: everything is right until an exception is touched, and both sides sign at its foot. */
export function CheckPage({ draft, offers, ...props }: Props) {
  const { data, error, refetch } = offers
  return (
    <PhonePage
      title={`${props.correcting ? '更正检查记录' : '检查'}${data ? `：${data.unit.name}` : ''}`}
      street={props.post.name}
    >
      {!data && error && <Trouble error={error} retry={() => void refetch()} />}
      {(!data || !draft) && !error && <Waiting />}
      {data && draft && <Form {...props} offers={data} draft={draft} />}
    </PhonePage>
  )
}

// Safe: the words' own keys.
const kindOptions = Object.entries(kinds) as [InspectionKind, string][]
const endings = [
  { value: 'signed', label: '单位签字' },
  { value: 'refused', label: '单位拒签' },
] as const

function Form({
  me,
  post,
  offers,
  draft,
  correcting = null,
}: Omit<Props, 'offers' | 'draft'> & { offers: Offers; draft: Draft<Checking> }) {
  const navigate = useNavigate()
  const form = useRef<HTMLFormElement>(null)
  const { saving, trouble, keep } = useKeeping()
  const { value: checking, photos } = draft
  const { offer, errors, setErrors, forget, began, add, touch, picker } = useGoing(draft, offers, { me, post })
  const template = offer?.template
  if (!template) return <Trouble error={new Error('没有可用的检查表。')} />

  const set = (part: Partial<Checking>, field?: string) => {
    draft.change({ ...began(), ...part })
    if (field) forget(field)
  }
  const sign = (part: 'signature' | 'unit', picture: CleanPicture) => {
    for (const { id, part: of } of photos) if (of === part) draft.removePhoto(id)
    add(part, [picture])
    forget(part)
  }

  async function submit() {
    if (!template) return
    const now = Date.now()
    const id = idFrom<InspectionId>('insp', now, crypto.getRandomValues(new Uint8Array(16)))
    const signing = { id, now, inspector: me.name }
    const fail = (wrong: Record<string, string>) => {
      setErrors(wrong)
      focusOnWrong(form.current)
    }
    const photoIds = [...new Set(photos.map((photo) => photo.id))]
    const op = (madeId: InspectionId) => ({
      ...freshOp(me, post, now),
      hazardId: madeId,
      title: `${correcting ? '更正' : ''}${kinds[kindOf(checking, offers)]}：${offers.unit.name}`,
      form: { ...checking, id: madeId },
      photoIds,
      sent: photoIds.filter((photo) => checking.kept.includes(photo)),
    })
    let deed: Op
    if (correcting) {
      const made = correctionOf(template, offers, checking, photos, signing, correcting.known)
      if (!made.ok) return fail(made.errors)
      deed = { ...op(made.body.id), kind: 'correct', corrects: correcting.record.id, body: made.body }
    } else {
      const made = inspectionOf(template, offers, checking, photos, signing)
      if (!made.ok) return fail(made.errors)
      deed = { ...op(made.body.id), kind: 'inspect', body: made.body }
    }
    const draftName = correcting ? (`correct/${correcting.record.id}` as const) : (`inspect/${offers.unit.id}` as const)
    await keep(deed, draft, draftKey(draftName, post.id, me.id), () =>
      navigate({
        to: '/m/s/$street/inspections/$inspectionId',
        params: { street: post.slug, inspectionId: deed.hazardId },
        search: { saved: deed.id },
        replace: true,
      }),
    )
  }

  const asked = shownItems(template, offers, checking)
  const failed = findingsOf(asked).length
  return (
    <PhoneForm
      form={form}
      onSubmit={submit}
      trouble={trouble}
      submit="签署并提交"
      busy={saving && '正在保存…'}
      disabled={post.suspended}
    >
      <RestoredNote draft={draft} left={correcting ? '做完的更正' : '做完的检查'} anew="重查" />
      <p className="m-hint">{offers.unit.address}</p>
      {correcting && (
        <TextField
          label="更正原因"
          value={checking.why}
          lines={2}
          max={200}
          error={errors['why']}
          hint="原记录不会改动；更正另成一版，双方重新签字。"
          onChange={(why) => set({ why }, 'why')}
        />
      )}
      <Arrival checking={checking} correcting={correcting !== null} onArrive={(part) => set(part)} />
      <details className="m-details" open={errors['companions'] !== undefined || undefined}>
        <summary>
          {kinds[kindOf(checking, offers)]} · {template.title}
        </summary>
        <Field label="检查类型">
          {(tie) => (
            <select
              {...tie}
              value={kindOf(checking, offers)}
              // Safe: the options are the kinds' own keys.
              onChange={(event) => set({ kind: event.target.value as InspectionKind })}
            >
              {kindOptions.map(([kind, label]) => (
                <option key={kind} value={kind}>
                  {label}
                </option>
              ))}
            </select>
          )}
        </Field>
        {!correcting && <ChecklistChoice template={template} offers={offers} onChoose={(part) => set(part)} />}
        <Along
          streetId={post.id}
          others={othersOf(checking, offers)}
          companions={checking.companions}
          error={errors['companions'] ?? errors['others']}
          onChange={(part) => set(part, 'companions')}
        />
      </details>
      <NewerNote template={template} offers={offers} what="检查" />
      <p className="m-hint">默认全部合格，只点有问题的项。</p>
      <Items
        template={template}
        basis={offer.basis}
        shown={new Set(asked.map(({ item }) => item.key))}
        touched={checking.touched}
        results={results}
        since="检查之日"
        errors={errors}
        onTouch={touch}
        picker={picker}
      />
      <section className="m-block" aria-label="签字">
        <h2>{failed > 0 ? `发现 ${failed} 项问题，签字确认` : '全部合格，签字确认'}</h2>
        <Sign
          label="检查人签字"
          typed={checking.typed.inspector}
          error={errors['signature']}
          hint="须由登录人本人签字，不能代签。"
          onType={(inspector) => set({ typed: { ...checking.typed, inspector } }, 'signature')}
          onDrawn={(picture) => sign('signature', picture)}
        />
        <Choices label="被检单位" options={endings} value={checking.ending} onChange={(ending) => set({ ending })} />
        {checking.ending === 'signed' ? (
          <>
            <TextField
              label="现场负责人姓名"
              value={checking.representative}
              max={30}
              error={errors['representative']}
              onChange={(representative) => set({ representative }, 'representative')}
            />
            <Sign
              label="单位签字"
              typed={checking.typed.unit}
              error={errors['unit']}
              onType={(unit) => set({ typed: { ...checking.typed, unit } }, 'unit')}
              onDrawn={(picture) => sign('unit', picture)}
            />
            <TextField
              label="单位意见（可不填）"
              value={checking.opinion}
              max={200}
              onChange={(opinion) => set({ opinion })}
            />
          </>
        ) : (
          <>
            <TextField
              label="拒签理由"
              value={checking.reason}
              lines={2}
              max={200}
              error={errors['reason']}
              onChange={(reason) => set({ reason }, 'reason')}
            />
            <TextField
              label="见证人姓名"
              value={checking.witness}
              max={30}
              error={errors['witness']}
              onChange={(witness) => set({ witness }, 'witness')}
            />
          </>
        )}
      </section>
    </PhoneForm>
  )
}

/** A signature: drawn, or a name typed where drawing is not possible. */
function Sign({
  label,
  typed,
  error,
  hint,
  onType,
  onDrawn,
}: {
  label: string
  typed: string | null
  error: string | undefined
  hint?: string
  onType: (name: string | null) => void
  onDrawn: (picture: CleanPicture) => void
}) {
  return (
    <div className="m-field">
      {typed === null ? (
        <>
          <p>{label}</p>
          <Suspense fallback={<Waiting />}>
            <SignaturePad label={label} onDrawn={onDrawn} />
          </Suspense>
          {hint && <p className="m-hint">{hint}</p>}
          {error && (
            <p className="wrong" role="alert">
              {error}
            </p>
          )}
        </>
      ) : (
        <TextField label={`${label}（输入姓名）`} value={typed} max={30} error={error} hint={hint} onChange={onType} />
      )}
      <button type="button" className="m-link" onClick={() => onType(typed === null ? '' : null)}>
        {typed === null ? '不便手写，改为输入姓名' : '改为手写'}
      </button>
    </div>
  )
}
