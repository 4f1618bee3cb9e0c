import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo, useRef, useState } from 'react'
import { type FilingPeriod, periodWords } from '@app/shared/filings/periods'
import type { FilingRecord, Owing, RecordBody, StatementBody } from '@app/shared/filings/schema'
import { type Kind, kinds } from '@app/shared/filings/words'
import { type FilingId, idFrom } from '@app/shared/ids'
import type { Me, Post } from '@app/shared/people/schema'
import { Problem } from '@app/shared/problem'
import { type Draft, draftKey, useDraft } from '../../../outbox/drafts'
import { RestoredNote } from '../../../outbox/restored-note'
import { TextField } from '../../../ui/phone/fields'
import { focusOnWrong } from '../../../ui/phone/focus-on-wrong'
import { PhoneForm } from '../../../ui/phone/form'
import { Icon } from '../../../ui/phone/icons'
import { PhonePage, Trouble, Waiting } from '../../../ui/phone/page'
import { wordsOf } from '../../../ui/states'
import { fileRecord, keepDraft } from '../queries'
import { blankFilling, filledBody, type Filling, fillingOf } from './filling'
import { KindFields } from './kind-fields'
import { sendPhotos } from './send-photos'
import '../filings.css'

type StreetPost = Extract<Post, { kind: 'street' }>

interface Props {
  readonly me: Me
  readonly post: StreetPost
  readonly kind: Kind
  readonly own: { readonly data: Owing | undefined; readonly error: Error | null; readonly refetch: () => unknown }
  /** The period that was asked for; else the one that is owed. */
  readonly period: string | undefined
  /** A draft to go on with, or what is to be corrected. */
  readonly from?: FilingRecord
}

/** Something to be filed by the reader's own unit; typed as it is, and sent when there is a network. */
export function FormPage({ own, ...props }: Props) {
  const { data, error, refetch } = own
  const { kind, post, from } = props
  const title = from && from.state !== 'draft' ? `更正：${kinds[kind].label}` : kinds[kind].label
  return (
    <PhonePage
      title={title}
      street={post.name}
      back={
        <Link to="/m/s/$street/filings" params={{ street: post.slug }} className="m-back" aria-label="返回本单位材料">
          <Icon name="back" />
        </Link>
      }
    >
      {!data && error && <Trouble error={error} retry={() => void refetch()} />}
      {!data && !error && <Waiting />}
      {data && <Begun {...props} owing={data} />}
    </PhonePage>
  )
}

function Begun({ owing, ...props }: Omit<Props, 'own'> & { owing: Owing }) {
  const { kind, from, period, me, post } = props
  const owed = owing.items.find((item) => item.kind === kind && item.period !== null)
  const its = period ?? owed?.period ?? undefined
  const key = draftKey(`filing/${from?.id ?? `${kind}-${its ?? ''}`}`, post.id, me.id)
  const blank = useMemo(() => {
    const filled = from?.body ? fillingOf(from.body) : blankFilling
    return its && !from ? { ...filled, values: { period: its } } : filled
  }, [from, its])
  const draft = useDraft<Filling>(key, blank)
  if (!from && owed?.state === 'draft' && owed.filingId && owed.period === its)
    return (
      <div className="m-note" role="status">
        <p>本期已有一份草稿，请在那一份上继续填写。</p>
        <Link
          to="/m/s/$street/filings/$filingId"
          params={{ street: post.slug, filingId: owed.filingId }}
          className="button plain m-wide"
        >
          打开草稿
        </Link>
      </div>
    )
  if (kinds[kind].form === 'statement' && !its && !from)
    return (
      <div className="m-note" role="status">
        <p>现在不需要报送这份材料。</p>
      </div>
    )
  return draft ? <Form {...props} owing={owing} draft={draft} /> : <Waiting />
}

function Form({
  me,
  post,
  kind,
  owing,
  from,
  draft,
}: Omit<Props, 'own' | 'period'> & { owing: Owing; draft: Draft<Filling> }) {
  const navigate = useNavigate()
  const client = useQueryClient()
  const form = useRef<HTMLFormElement>(null)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const sent = useRef<{ said: string; key: string } | null>(null)
  const { value: filling, photos } = draft
  const { form: how } = kinds[kind]
  const statement = how === 'statement'
  const corrects = from && from.state !== 'draft' ? from : null
  // Something was confirmed for the period before: the next one says why.
  const again = statement && (corrects !== null || (from?.why ?? null) !== null)

  const { mutate, isPending, error } = useMutation({
    networkMode: 'always',
    mutationFn: async (body: StatementBody | RecordBody): Promise<FilingId> => {
      const now = Date.now()
      const id =
        from && !corrects
          ? from.id
          : (filling.id ?? idFrom<FilingId>('fil', now, crypto.getRandomValues(new Uint8Array(16))))
      // The same id when it is sent again: a lost answer doubles nothing.
      if (filling.id !== id) draft.change({ id })
      await sendPhotos(post.id, photos)
      const why = filling.why.trim() || null
      const said = JSON.stringify([id, body, why])
      if (sent.current?.said !== said) sent.current = { said, key: crypto.randomUUID() }
      const { key } = sent.current
      const enterpriseId = owing.unit.id
      try {
        if (statement) {
          const revision = from && !corrects ? from.revision : null
          const json = { enterpriseId, revision, body: body as StatementBody, why }
          await keepDraft(post.id, id, json, key)
        } else {
          const json = { id, enterpriseId, body: body as RecordBody, supersedes: corrects?.id ?? null, why }
          await fileRecord(post.id, json, key)
        }
      } catch (failure) {
        if (!(failure instanceof Problem && failure.slug === 'already-there')) throw failure
      }
      return id
    },
    onSuccess: async (filingId) => {
      draft.clear()
      await client.invalidateQueries({ queryKey: ['street', post.id] })
      await navigate({
        to: '/m/s/$street/filings/$filingId',
        params: { street: post.slug, filingId },
        replace: true,
      })
    },
    onError: (failure) => {
      if (!(failure instanceof Problem) || !failure.errors) return
      setErrors(
        Object.fromEntries(failure.errors.map(({ pointer, detail }) => [pointer.replace(/^\/(body\/)?/, ''), detail])),
      )
      focusOnWrong(form.current)
    },
  })

  const forget = (pointer: string) =>
    setErrors((before) => Object.fromEntries(Object.entries(before).filter(([key]) => !key.startsWith(pointer))))
  const set = (change: Partial<Filling>, pointer: string) => {
    draft.change(change)
    forget(pointer)
  }
  const submit = () => {
    const made = filledBody(kind, filling, photos, Date.now())
    const needed: Record<string, string> = (corrects || again) && !filling.why.trim() ? { why: '请写明更正原因' } : {}
    if (!made.ok || Object.keys(needed).length > 0) {
      setErrors({ ...(made.ok ? {} : made.errors), ...needed })
      return focusOnWrong(form.current)
    }
    mutate(made.body)
  }
  const periodOf = filling.values['period']
  return (
    <PhoneForm
      form={form}
      onSubmit={submit}
      trouble={error && wordsOf(error)}
      submit={statement ? '保存，交主要负责人确认' : how === 'permit' ? '提交审批' : '报送'}
      busy={isPending && '正在提交…'}
      disabled={post.suspended}
    >
      <RestoredNote draft={draft} left="填完的内容" anew="重填" />
      <p className="m-hint">
        {owing.unit.name}
        {periodOf && ` · ${periodWords(periodOf as FilingPeriod)}`}
      </p>
      <KindFields
        kind={kind}
        owing={owing}
        filling={filling}
        photos={photos}
        errors={errors}
        mark={{ street: post.name, community: null, person: me.name, at: Date.now() }}
        streetId={post.id}
        onSet={set}
        onAdd={(part, pictures) => {
          draft.addPhotos(pictures.map((picture) => ({ ...picture, streetId: post.id, part })))
          forget(part)
        }}
        onRemove={draft.removePhoto}
      />
      {(corrects || again) && (
        <TextField
          label="更正原因"
          value={filling.why}
          max={200}
          error={errors['why']}
          onChange={(why) => set({ why }, 'why')}
        />
      )}
    </PhoneForm>
  )
}
