import { useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { idFrom, type SelfcheckId } from '@app/shared/ids'
import type { Offers } from '@app/shared/inspections/schema'
import type { Me, Post } from '@app/shared/people/schema'
import { photosIn } from '@app/shared/selfchecks/rules'
import { honest, results, statement } from '@app/shared/selfchecks/words'
import { ChecklistChoice, NewerNote } from '../../../checklist/choice'
import { findingsOf, shownItems } from '../../../checklist/going'
import { Items } from '../../../checklist/items'
import { useGoing } from '../../../checklist/use-going'
import { type Draft, draftKey } from '../../../outbox/drafts'
import { RestoredNote } from '../../../outbox/restored-note'
import type { Op } from '../../../outbox/rules'
import { freshOp, useKeeping } from '../../../outbox/use-keeping'
import { focusOnWrong } from '../../../ui/phone/focus-on-wrong'
import { PhoneForm } from '../../../ui/phone/form'
import { PhonePage, Trouble, Waiting } from '../../../ui/phone/page'
import { type Reporting, selfcheckOf } from './reporting'

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
  const { saving, trouble, keep } = useKeeping()
  const { value: reporting, photos } = draft
  const { offer, errors, setErrors, forget, began, touch, picker } = useGoing(draft, offers, { me, post })
  if (!offer) return <Trouble error={new Error('没有可用的检查表。')} />
  const { template, basis } = offer
  const set = (part: Partial<Reporting>) => draft.change({ ...began(), ...part })

  async function submit() {
    const now = Date.now()
    const id = idFrom<SelfcheckId>('sck', now, crypto.getRandomValues(new Uint8Array(16)))
    const made = selfcheckOf(template, offers, reporting, photos, { id, now })
    if (!made.ok) {
      setErrors(made.errors)
      return focusOnWrong(form.current)
    }
    const { body } = made
    const op: Op = {
      ...freshOp(me, post, now),
      kind: 'selfcheck',
      hazardId: body.id,
      title: `自查：${offers.unit.name}`,
      body,
      form: { ...reporting, id: body.id },
      photoIds: photosIn(body.answers),
    }
    await keep(op, draft, draftKey('selfcheck/own', post.id, me.id), () =>
      navigate({
        to: '/m/s/$street/selfchecks/$selfcheckId',
        params: { street: post.slug, selfcheckId: body.id },
        search: { saved: op.id },
        replace: true,
      }),
    )
  }

  const asked = shownItems(template, offers, reporting)
  const found = findingsOf(asked).length
  return (
    <PhoneForm
      form={form}
      onSubmit={submit}
      trouble={trouble}
      submit="确认并提交"
      busy={saving && '正在保存…'}
      disabled={post.suspended}
    >
      <RestoredNote draft={draft} left="做完的自查" anew="重查" />
      <p className="m-hint">
        {offers.unit.name} · 默认全部正常，只点有问题的项。{honest}
      </p>
      {offers.offers.length > 1 && (
        <details className="m-details">
          <summary>检查表：{template.title}</summary>
          <ChecklistChoice template={template} offers={offers} onChoose={(part) => set(part)} />
        </details>
      )}
      <NewerNote template={template} offers={offers} what="自查" />
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
            onChange={(event) => {
              set({ confirmed: event.target.checked })
              forget('statement')
            }}
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
    </PhoneForm>
  )
}
