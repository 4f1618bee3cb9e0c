import type { Owing } from '@app/shared/filings/schema'
import { duties, type Duty, dutiesBasis, type Kind, measuresBasis, type Work, works } from '@app/shared/filings/words'
import type { PhotoId } from '@app/shared/ids'
import type { HeldPhoto } from '../../../outbox/database'
import type { CleanPicture } from '../../../photo/clean-picture'
import { PhotoPicker } from '../../../photo/photo-picker'
import { Pictures } from '../../../photo/pictures'
import type { Mark } from '../../../photo/watermark'
import { Choices, Field, TextField } from '../../../ui/phone/fields'
import { pictureUrl } from '../../../photo/picture-url'
import { type Filling, photoLabels, plainFields } from './filling'

interface Props {
  readonly kind: Kind
  readonly owing: Owing
  readonly filling: Filling
  readonly photos: readonly HeldPhoto[]
  readonly errors: Readonly<Record<string, string>>
  readonly mark: Mark
  readonly streetId: string
  /** Sets part of the form; what was wrong below the pointer is forgotten. */
  readonly onSet: (change: Partial<Filling>, pointer: string) => void
  readonly onAdd: (part: string, pictures: readonly CleanPicture[]) => void
  readonly onRemove: (id: PhotoId) => void
}

/** The fields of one kind of paper. */
export function KindFields(props: Props) {
  const { kind, owing } = props
  const label = photoLabels[kind]
  return (
    <>
      {kind === 'duties' && <Duties {...props} />}
      {kind === 'responsibility' && <Posts {...props} />}
      {kind === 'commitment' && (
        <section className="m-block" aria-label="承诺书">
          <h2>承诺书</h2>
          <p className="m-filing-text">{owing.commitment}</p>
          <p className="m-hint">正文由街道设定，以主要负责人确认当天的为准。</p>
        </section>
      )}
      {kind === 'permit' && <Permit {...props} />}
      {plainFields[kind] && <Plain {...props} />}
      {label && <Photos {...props} part="photos" label={label} />}
    </>
  )
}

function Photos({
  part,
  label,
  filling,
  photos,
  errors,
  mark,
  streetId,
  onSet,
  onAdd,
  onRemove,
}: Props & { part: string; label: string }) {
  const kept = filling.kept[part] ?? []
  return (
    <>
      {kept.length > 0 && (
        <div>
          <Pictures
            pictures={kept.map((id, at) => ({
              id,
              thumb: pictureUrl(streetId, id, 'thumb'),
              full: pictureUrl(streetId, id),
              alt: `已上传照片 ${at + 1}`,
              mark,
            }))}
          />
          <button
            type="button"
            className="m-link"
            onClick={() => onSet({ kept: { ...filling.kept, [part]: [] } }, part)}
          >
            去掉已上传的照片
          </button>
        </div>
      )}
      <PhotoPicker
        label={label}
        photos={photos.filter((one) => one.part === part)}
        mark={mark}
        error={errors[part]}
        onAdd={(more) => onAdd(part, more)}
        onRemove={onRemove}
      />
    </>
  )
}

function Plain({ kind, filling, errors, onSet }: Props) {
  const put = (name: string, value: string) => onSet({ values: { ...filling.values, [name]: value } }, name)
  return plainFields[kind]?.map(({ name, label, type, max = 100, options, hint }) => {
    const value = filling.values[name] ?? ''
    if (type === 'choice')
      return (
        <Choices
          key={name}
          label={label}
          options={Object.entries(options ?? {}).map(([one, words]) => ({ value: one, label: words }))}
          value={value || (name === 'inUse' ? 'yes' : null)}
          error={errors[name]}
          onChange={(one) => put(name, one)}
        />
      )
    if (type === 'text' || type === 'lines')
      return (
        <TextField
          key={name}
          label={label}
          value={value}
          max={max}
          lines={type === 'lines' ? 3 : 1}
          hint={hint}
          error={errors[name]}
          onChange={(typed) => put(name, typed)}
        />
      )
    return (
      <Field key={name} label={label} error={errors[name]} hint={hint}>
        {(tie) => (
          <input
            {...tie}
            type={type}
            inputMode={type === 'number' ? 'decimal' : undefined}
            value={value}
            onChange={({ target }) => put(name, target.value)}
          />
        )}
      </Field>
    )
  })
}

const doneOptions = [
  { value: 'yes', label: '已履行' },
  { value: 'no', label: '未履行' },
] as const

function Duties(props: Props) {
  const { filling, errors, onSet } = props
  const put = (pointer: string, value: string) => onSet({ values: { ...filling.values, [pointer]: value } }, pointer)
  // Safe: the seven's own keys.
  return (Object.entries(duties) as [Duty, string][]).map(([duty, words], at) => {
    const [done, what] = [`duties/${duty}/done`, `duties/${duty}/what`]
    const said = filling.values[done]
    return (
      <section key={duty} className="m-block" aria-label={words}>
        <Choices
          label={`${at + 1}. ${words}`}
          options={doneOptions}
          value={said === 'yes' || said === 'no' ? said : null}
          error={errors[done]}
          onChange={(value) => put(done, value)}
        />
        <TextField
          label={said === 'no' ? '原因和打算' : '做了哪些工作'}
          value={filling.values[what] ?? ''}
          lines={2}
          max={500}
          error={errors[what]}
          onChange={(value) => put(what, value)}
        />
        <Photos {...props} part={`duties/${duty}/photos`} label="佐证照片（可不拍）" />
        {at === Object.keys(duties).length - 1 && <p className="m-hint">{dutiesBasis}</p>}
      </section>
    )
  })
}

function Posts({ filling, errors, onSet }: Props) {
  const rows = filling.rows['posts'] ?? [{ post: '主要负责人', duties: '' }]
  const setRows = (posts: readonly { readonly [name: string]: string }[], pointer = 'posts') =>
    onSet({ rows: { ...filling.rows, posts } }, pointer)
  return (
    <section className="m-block" aria-label="岗位和职责">
      <h2>岗位和职责</h2>
      <p className="m-hint">从主要负责人到一线岗位，每个岗位写一条。</p>
      {errors['posts'] && <p className="wrong">{errors['posts']}</p>}
      {rows.map((row, at) => (
        // Rows have nothing else to be known by.
        // oxlint-disable-next-line react/no-array-index-key -- likewise
        <div key={at} className="m-filing-row">
          <TextField
            label={`岗位 ${at + 1}`}
            value={row['post'] ?? ''}
            max={40}
            error={errors[`posts/${at}/post`]}
            onChange={(post) => setRows(rows.with(at, { ...row, post }), `posts/${at}/post`)}
          />
          <TextField
            label="安全职责"
            value={row['duties'] ?? ''}
            lines={2}
            max={300}
            error={errors[`posts/${at}/duties`]}
            onChange={(of) => setRows(rows.with(at, { ...row, duties: of }), `posts/${at}/duties`)}
          />
          {rows.length > 1 && (
            <button type="button" className="m-link" onClick={() => setRows(rows.toSpliced(at, 1))}>
              删除这一岗位
            </button>
          )}
        </div>
      ))}
      <button
        type="button"
        className="button plain m-wide"
        disabled={rows.length >= 60}
        onClick={() => setRows([...rows, { post: '', duties: '' }])}
      >
        增加岗位
      </button>
      <Field label="签订日期" error={errors['signedOn']}>
        {(tie) => (
          <input
            {...tie}
            type="date"
            value={filling.values['signedOn'] ?? ''}
            onChange={({ target }) => onSet({ values: { ...filling.values, signedOn: target.value } }, 'signedOn')}
          />
        )}
      </Field>
    </section>
  )
}

// Safe: the words' own keys.
const workOptions = (Object.entries(works) as [Work, (typeof works)[Work]][]).map(([value, { label }]) => ({
  value,
  label,
}))

function Permit({ filling, owing, errors, onSet }: Props) {
  const { values, ticked } = filling
  const rows = filling.rows['workers'] ?? [{ name: '', certificate: '' }]
  const put = (name: string, value: string) => onSet({ values: { ...values, [name]: value } }, name)
  const setRows = (workers: readonly { readonly [name: string]: string }[], pointer = 'workers') =>
    onSet({ rows: { ...filling.rows, workers } }, pointer)
  const work = workOptions.find(({ value }) => value === values['work'])?.value ?? null
  return (
    <>
      <Choices
        label="作业种类"
        options={workOptions}
        value={work}
        error={errors['work']}
        onChange={(value) => onSet({ values: { ...values, work: value }, ticked: [] }, 'work')}
      />
      <TextField
        label="作业地点"
        value={values['place'] ?? ''}
        max={100}
        error={errors['place']}
        onChange={(value) => put('place', value)}
      />
      <TextField
        label="作业内容"
        value={values['what'] ?? ''}
        lines={2}
        max={300}
        error={errors['what']}
        onChange={(value) => put('what', value)}
      />
      {(['from', 'until'] as const).map((name) => (
        <Field key={name} label={name === 'from' ? '开始时间' : '结束时间'} error={errors[name]}>
          {(tie) => (
            <input
              {...tie}
              type="datetime-local"
              value={values[name] ?? ''}
              onChange={({ target }) => put(name, target.value)}
            />
          )}
        </Field>
      ))}
      <section className="m-block" aria-label="作业人">
        <h2>作业人</h2>
        {errors['workers'] && <p className="wrong">{errors['workers']}</p>}
        {rows.map((row, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- rows have nothing else to be known by
          <div key={at} className="m-filing-row">
            <Field label={`作业人 ${at + 1} 的证书`}>
              {(tie) => (
                <select
                  {...tie}
                  value={row['certificate'] ?? ''}
                  onChange={({ target: { value } }) => {
                    const held = owing.certificates.find(({ id }) => id === value)
                    setRows(rows.with(at, { name: held?.holder ?? row['name'] ?? '', certificate: value }))
                  }}
                >
                  <option value="">没有在册证书</option>
                  {owing.certificates.map(({ id, holder, trade, expiresOn }) => (
                    <option key={id} value={id}>
                      {holder}，{trade}，{expiresOn} 到期
                    </option>
                  ))}
                </select>
              )}
            </Field>
            <TextField
              label="姓名"
              value={row['name'] ?? ''}
              max={30}
              error={errors[`workers/${at}/name`]}
              onChange={(name) => setRows(rows.with(at, { ...row, name }), `workers/${at}/name`)}
            />
            {rows.length > 1 && (
              <button type="button" className="m-link" onClick={() => setRows(rows.toSpliced(at, 1))}>
                删除这名作业人
              </button>
            )}
          </div>
        ))}
        <button
          type="button"
          className="button plain m-wide"
          disabled={rows.length >= 10}
          onClick={() => setRows([...rows, { name: '', certificate: '' }])}
        >
          增加作业人
        </button>
      </section>
      <TextField
        label="监护人姓名"
        value={values['guardian'] ?? ''}
        max={30}
        error={errors['guardian']}
        onChange={(value) => put('guardian', value)}
      />
      {work && (
        <fieldset className="m-choices">
          <legend>安全措施（逐项落实后勾选）</legend>
          {Object.entries<string>(works[work].measures).map(([key, words]) => (
            <label key={key} className={ticked.includes(key) ? 'm-choice m-chosen' : 'm-choice'}>
              <input
                type="checkbox"
                checked={ticked.includes(key)}
                onChange={({ target: { checked } }) =>
                  onSet({ ticked: checked ? [...ticked, key] : ticked.filter((one) => one !== key) }, 'measures')
                }
              />
              <span>{words}</span>
            </label>
          ))}
          {errors['measures'] && <p className="wrong">{errors['measures']}</p>}
          <p className="m-hint">{measuresBasis}</p>
        </fieldset>
      )}
    </>
  )
}
