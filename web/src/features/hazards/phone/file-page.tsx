import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { sourceRefusal } from '@app/shared/hazards/rules'
import { type Category, type Source, categories, keyPlaces, sectors, sources } from '@app/shared/hazards/words'
import { type EnterpriseId, type GridId, type HazardId, idFrom } from '@app/shared/ids'
import type { Me, Post } from '@app/shared/people/schema'
import type { EnterpriseCard, Places } from '@app/shared/places/schema'
import { type Draft, draftKey } from '../../../outbox/drafts'
import { RestoredNote } from '../../../outbox/restored-note'
import type { Op } from '../../../outbox/rules'
import { freshOp, useKeeping } from '../../../outbox/use-keeping'
import { PhotoPicker } from '../../../photo/photo-picker'
import { Choices, Field, TextField } from '../../../ui/phone/fields'
import { focusOnWrong } from '../../../ui/phone/focus-on-wrong'
import { PhoneForm } from '../../../ui/phone/form'
import { PhonePage, Trouble, Waiting } from '../../../ui/phone/page'
import { type Filing, draftOf, filled, gridOf } from './filing'
import { lastGrid, rememberGrid } from './last-grid'

type StreetPost = Extract<Post, { kind: 'street' }>

/** What a query has brought so far. */
interface Brought<Data> {
  readonly data: Data | undefined
  readonly error: Error | null
  readonly refetch: () => unknown
}

interface Props {
  readonly me: Me
  readonly post: StreetPost
  readonly places: Brought<Places>
  /** Those of the grid that is meant. */
  readonly enterprises: Brought<readonly EnterpriseCard[]>
  readonly draft: Draft<Filing> | null
}

/** 拍隐患: pictures, a category, a place, done. Works without a network: what is sent goes through the outbox. */
export function FilePage({ draft, ...props }: Props) {
  return (
    <PhonePage title="拍隐患" street={props.post.name}>
      {draft ? <Form {...props} draft={draft} /> : <Waiting />}
    </PhonePage>
  )
}

const categoryOptions = Object.entries(categories).map(([value, { label }]) => ({
  // Safe: these are the keys of `categories`.
  value: value as Category,
  label,
}))
const levelOptions = [
  { value: 'ordinary', label: '一般' },
  { value: 'suspected', label: '疑似重大' },
] as const

function Form({ me, post, places, enterprises, draft }: Props & { draft: Draft<Filing> }) {
  const navigate = useNavigate()
  const [errors, setErrors] = useState<Partial<Record<string, string>>>({})
  const { saving, trouble, keep } = useKeeping()
  const form = useRef<HTMLFormElement>(null)
  const { value: filing, change, photos } = draft

  const last = lastGrid(post.id)
  const gridId = gridOf(filing, places.data, last)?.id
  const shown = filled(filing, {
    role: post.role,
    places: places.data,
    enterprises: enterprises.data ?? [],
    lastGrid: last,
  })
  const ownEnterprise = post.reach.within === 'enterprise'

  function set(part: Partial<Filing>) {
    change(part)
    const touched = Object.keys(part)
    setErrors((before) => Object.fromEntries(Object.entries(before).filter(([field]) => !touched.includes(field))))
  }

  async function submit() {
    const now = Date.now()
    const id = idFrom<HazardId>('haz', now, crypto.getRandomValues(new Uint8Array(16)))
    const made = draftOf(
      filing,
      shown,
      photos.map((photo) => photo.id),
      { id, now },
    )
    if (!made.ok) {
      setErrors(made.errors)
      return focusOnWrong(form.current)
    }
    const op: Op = {
      ...freshOp(me, post, now),
      kind: 'file',
      // Safe: the schema has just seen it.
      hazardId: made.draft.id as HazardId,
      title: `${filing.category ? categories[filing.category].label : ''}：${made.draft.place}`,
      body: made.draft,
      photoIds: photos.map((photo) => photo.id),
    }
    await keep(op, draft, draftKey('file', post.id, me.id), async () => {
      // Safe: the schema has just seen it.
      rememberGrid(post.id, made.draft.gridId as GridId)
      await navigate({
        to: '/m/s/$street/file',
        params: { street: post.slug },
        search: { saved: op.id, hazard: made.draft.id },
        replace: true,
      })
    })
  }

  if (!places.data) {
    return places.error ? <Trouble error={places.error} retry={() => void places.refetch()} /> : <Waiting />
  }
  return (
    <PhoneForm
      form={form}
      onSubmit={submit}
      trouble={trouble}
      submit="提交"
      busy={saving && '正在保存…'}
      disabled={post.suspended}
    >
      <RestoredNote draft={draft} left="提交的内容" anew="重填" />
      <PhotoPicker
        label="现场照片"
        photos={photos}
        mark={{
          street: post.name,
          community: shown.community?.name ?? null,
          person: me.name,
          at: filing.observedAt ?? Date.now(),
        }}
        onAdd={(more) => {
          draft.addPhotos(
            more.map((photo) => ({ ...photo, streetId: post.id })),
            filing.observedAt ? {} : { observedAt: Date.now() },
          )
          setErrors(({ photos: _, ...others }) => others)
        }}
        onRemove={draft.removePhoto}
        error={errors['photos']}
      />
      <Choices
        label="隐患类别"
        options={categoryOptions}
        value={filing.category}
        onChange={(category) => set({ category, description: kept(filing) })}
        error={errors['category']}
      />
      <section className="m-place" aria-label="地点">
        {!ownEnterprise && (
          <GridField
            places={places.data}
            gridId={gridId}
            error={errors['gridId']}
            onChange={(next) => set({ gridId: next, enterpriseId: null, place: null })}
          />
        )}
        {!ownEnterprise && gridId && (
          <EnterpriseField
            enterprises={enterprises}
            value={shown.enterprise?.id ?? null}
            error={errors['enterpriseId']}
            onChange={(enterpriseId) => set({ enterpriseId, place: null })}
          />
        )}
        <TextField
          label="具体位置"
          value={shown.place}
          max={100}
          onChange={(place) => set({ place })}
          error={errors['place']}
        />
      </section>
      <TextField
        label="隐患描述"
        value={shown.description}
        lines={3}
        max={500}
        onChange={(description) => set({ description })}
        error={errors['description']}
        hint={filing.category ? '已按类别填好，可以直接修改。' : undefined}
      />
      <Choices
        label="级别"
        options={levelOptions}
        value={filing.level}
        onChange={(level) => set({ level })}
        error={errors['level']}
      />
      {filing.level === 'suspected' && <p className="m-hint">疑似重大隐患须由区级认定后才能复查、销号。</p>}
      <details className="m-details">
        <summary>更多：来源、行业、场所</summary>
        <Field label="来源" error={errors['source']}>
          {(tie) => (
            <select {...tie} value={shown.source} onChange={(event) => set({ source: event.target.value as Source })}>
              {entriesOf(sources)
                .filter(([source]) => sourceRefusal(source, post.reach) === null)
                .map(([source, label]) => (
                  <option key={source} value={source}>
                    {label}
                  </option>
                ))}
            </select>
          )}
        </Field>
        <Field label="行业领域" error={errors['sector']}>
          {(tie) => (
            <select
              {...tie}
              value={shown.sector}
              onChange={(event) => set({ sector: event.target.value as typeof shown.sector })}
            >
              {entriesOf(sectors).map(([sector, label]) => (
                <option key={sector} value={sector}>
                  {label}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="场所类型" error={errors['keyPlace']}>
          {(tie) => (
            <select
              {...tie}
              value={shown.keyPlace}
              onChange={(event) => set({ keyPlace: event.target.value as typeof shown.keyPlace })}
            >
              <option value="none">不属于以下场所</option>
              {entriesOf(keyPlaces).map(([keyPlace, label]) => (
                <option key={keyPlace} value={keyPlace}>
                  {label}
                </option>
              ))}
            </select>
          )}
        </Field>
      </details>
    </PhoneForm>
  )
}

/** Words of one's own stay when the category changes; those of another category do not. */
function kept({ description, category }: Filing): string | null {
  return description !== null && category && description === categories[category].description ? null : description
}

// Safe: the words' own keys.
const entriesOf = <Key extends string>(words: Record<Key, string>) => Object.entries(words) as [Key, string][]

function GridField({
  places: { communities, grids },
  gridId,
  error,
  onChange,
}: {
  places: Places
  gridId: GridId | undefined
  error: string | undefined
  onChange: (gridId: GridId | null) => void
}) {
  if (grids.length === 1) {
    return (
      <p className="m-fixed">
        <span>所在网格</span>
        {[communities[0]?.name, grids[0]?.name].filter(Boolean).join(' · ')}
      </p>
    )
  }
  return (
    <Field label="所在网格" error={error}>
      {(tie) => (
        <select
          {...tie}
          value={gridId ?? ''}
          // Safe: the options are the grids' own ids.
          onChange={(event) => onChange((event.target.value || null) as GridId | null)}
        >
          <option value="">请选择</option>
          {communities.map((community) => (
            <optgroup key={community.id} label={community.name}>
              {grids
                .filter(({ communityId }) => communityId === community.id)
                .map((grid) => (
                  <option key={grid.id} value={grid.id}>
                    {grid.name}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      )}
    </Field>
  )
}

function EnterpriseField({
  enterprises: { data, error: failed },
  value,
  error,
  onChange,
}: {
  enterprises: Brought<readonly EnterpriseCard[]>
  value: EnterpriseId | null
  error: string | undefined
  onChange: (id: EnterpriseId | null) => void
}) {
  return (
    <Field
      label="涉及单位"
      error={error}
      hint={!data && failed ? '网络不通，暂时列不出单位，可在“具体位置”里写明。' : undefined}
    >
      {(tie) => (
        <select
          {...tie}
          value={value ?? ''}
          disabled={!data}
          // Safe: the options are the enterprises' own ids.
          onChange={(event) => onChange((event.target.value || null) as EnterpriseId | null)}
        >
          <option value="">{data ? '不涉及单位（网格内其他位置）' : '正在加载单位…'}</option>
          {data?.map((enterprise) => (
            <option key={enterprise.id} value={enterprise.id}>
              {enterprise.name}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
