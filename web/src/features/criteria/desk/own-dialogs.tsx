import { type CriterionHistory, CriterionWords } from '@app/shared/criteria/schema'
import { kinds } from '@app/shared/criteria/words'
import { sectors } from '@app/shared/hazards/words'
import type { OwnCriterionId } from '@app/shared/ids'
import { dayOf } from '@app/shared/time'
import { useForm } from '@tanstack/react-form'
import { useMutation, useQuery } from '@tanstack/react-query'
import { App, Button, Modal, Select, Tag } from 'antd'
import { useState } from 'react'
import * as v from 'valibot'
import { Answer } from '../../../ui/desk/answer'
import { optionsOf } from '../../../ui/desk/choice'
import { Field, messageOf, refusedAt, refusedElse } from '../../../ui/desk/field'
import { FormDialog } from '../../../ui/desk/form-dialog'
import { freshId } from '../../../ui/desk/fresh-id'
import { TextField } from '../../../ui/desk/text-field'
import { minuteOf } from '../../../ui/desk/times'
import {
  addCriterion,
  changeCriterion,
  criteriaQueries,
  type CriterionInput,
  retireCriterion,
  verifyCriterion,
} from '../queries'

type Version = CriterionHistory['versions'][number]

const blank = {
  kind: 'duty' as CriterionWords['kind'],
  title: '',
  number: '',
  body: '',
  article: '',
  address: '',
  since: '',
  sector: 'other' as CriterionWords['sector'],
  text: '',
  note: '',
}
type Filled = typeof blank

const optional = ['number', 'article', 'address', 'since', 'note'] as const

function inputOf(filled: Filled): CriterionInput {
  const none = Object.fromEntries(optional.map((name) => [name, filled[name].trim() || null]))
  return { ...filled, ...none }
}

const filledFrom = (words: CriterionWords): Filled => ({
  ...words,
  // Safe: the optional ones are texts or null.
  ...(Object.fromEntries(optional.map((name) => [name, words[name] ?? ''])) as Pick<Filled, (typeof optional)[number]>),
})

/** A check of a field that may be left empty. */
const orEmpty = (schema: v.GenericSchema<string | null, string | null>) =>
  v.pipe(
    v.string(),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed || dataset.value.trim() === '') return
      const { issues } = v.safeParse(schema, dataset.value)
      if (issues) addIssue({ message: issues[0].message })
    }),
  )

const fields = [
  ['title', '来源文件名称', true, '照文件上的写，例如街道印发的方案、区里转发的通知。'],
  ['number', '文号', false, undefined],
  ['body', '发文单位', true, undefined],
  ['article', '条款', false, '照文件上的写；不清楚就不填。'],
  ['since', '施行日期', false, '日期（如 2026-01-31）或年份。'],
  ['address', '官方网址', false, '只填发文单位自己的网址。'],
] as const

/** A row to be added, or one worded anew: the version before stays as it was for what was judged by it. */
export function CriterionDialog({
  streetId,
  of,
  onClose,
}: {
  streetId: string
  of: { readonly id: string; readonly newest: Version } | null
  onClose: () => void
}) {
  const [fresh] = useState(() => freshId<OwnCriterionId>('crt'))
  const adding = useMutation(addCriterion(streetId))
  const changing = useMutation(changeCriterion(streetId, of?.id ?? fresh))
  const error = adding.error ?? changing.error
  const form = useForm({
    defaultValues: of ? filledFrom(of.newest.words) : blank,
    onSubmit: ({ value }) =>
      of
        ? changing.mutate({ version: of.newest.version, ...inputOf(value) }, { onSuccess: onClose })
        : adding.mutate({ id: fresh, ...inputOf(value) }, { onSuccess: onClose }),
  })
  const { entries } = CriterionWords
  return (
    <FormDialog
      title={of ? `修改（保存为第 ${of.newest.version + 1} 版）` : '增补判定标准'}
      submit={of ? '保存为新一版' : '增补'}
      width="46rem"
      pending={adding.isPending || changing.isPending}
      error={refusedElse(
        error,
        Object.keys(entries).map((name) => `/${name}`),
      )}
      onSubmit={() => void form.handleSubmit()}
      onClose={onClose}
    >
      <p className="wide desk-hint">
        {of
          ? '以前按旧版判定的隐患仍显示旧版。新的一版要重新核实。'
          : '增补的内容一律标“本级增补，未核实”，有人对照原文件核实后才改标。是否构成重大隐患由有权部门认定。'}
      </p>
      {fields.map(([name, label, required, hint]) => (
        <form.Field
          key={name}
          name={name}
          validators={{ onSubmit: required ? entries[name as 'title'] : orEmpty(entries[name as 'number']) }}
        >
          {(field) => (
            <TextField
              of={field}
              label={label}
              required={required}
              hint={hint}
              wide={name === 'title'}
              refused={refusedAt(error, `/${name}`)}
            />
          )}
        </form.Field>
      ))}
      <form.Field name="kind">
        {(field) => (
          <Field label="类别" error={messageOf(field.state.meta.errors)}>
            {(control) => (
              <Select<Filled['kind']>
                {...control}
                value={field.state.value}
                options={optionsOf(kinds)}
                onChange={field.handleChange}
              />
            )}
          </Field>
        )}
      </form.Field>
      <form.Field name="sector">
        {(field) => (
          <Field label="行业领域" error={messageOf(field.state.meta.errors)}>
            {(control) => (
              <Select<Filled['sector']>
                {...control}
                value={field.state.value}
                options={optionsOf(sectors)}
                onChange={field.handleChange}
              />
            )}
          </Field>
        )}
      </form.Field>
      <form.Field name="text" validators={{ onSubmit: entries.text }}>
        {(field) => (
          <TextField
            of={field}
            label="内容"
            required
            wide
            type="lines"
            hint="用自己的话概括，不照抄原文。"
            refused={refusedAt(error, '/text')}
          />
        )}
      </form.Field>
      <form.Field name="note" validators={{ onSubmit: orEmpty(entries.note) }}>
        {(field) => <TextField of={field} label="说明（选填）" wide refused={refusedAt(error, '/note')} />}
      </form.Field>
    </FormDialog>
  )
}

interface HistoryProps {
  readonly streetId: string
  readonly criterionId: string
  readonly manages: boolean
  readonly onClose: () => void
}

/** A row of the street's own through all its versions, and what can be done with the newest. */
export function HistoryDialog({ streetId, criterionId, manages, onClose }: HistoryProps) {
  const history = useQuery(criteriaQueries.history(streetId, criterionId))
  const [doing, setDoing] = useState<'change' | 'verify' | 'retire' | null>(null)
  const newest = history.data?.versions[0]
  return (
    <>
      <Modal open title="本级增补的判定标准" footer={null} onCancel={onClose} width="46rem">
        <Answer of={history} rows={6}>
          {({ versions }) => (
            <>
              {manages && newest && newest.retired === null && (
                <div className="desk-tools">
                  <Button type="primary" onClick={() => setDoing('change')}>
                    修改
                  </Button>
                  {newest.verified === null && <Button onClick={() => setDoing('verify')}>核实</Button>}
                  <Button danger onClick={() => setDoing('retire')}>
                    停用
                  </Button>
                </div>
              )}
              <ol className="criterion-history">
                {versions.map((one) => (
                  <VersionLine key={one.version} of={one} />
                ))}
              </ol>
            </>
          )}
        </Answer>
      </Modal>
      {doing === 'change' && newest && (
        <CriterionDialog streetId={streetId} of={{ id: criterionId, newest }} onClose={() => setDoing(null)} />
      )}
      {doing === 'verify' && newest && (
        <VerifyDialog
          streetId={streetId}
          criterionId={criterionId}
          version={newest.version}
          onClose={() => setDoing(null)}
        />
      )}
      {doing === 'retire' && newest && (
        <RetireDialog
          streetId={streetId}
          criterionId={criterionId}
          version={newest.version}
          onClose={() => setDoing(null)}
        />
      )}
    </>
  )
}

const somebody = (name: string | null) => name ?? '已离岗人员'

function VersionLine({ of: { version, words, by, at, verified, retired } }: { of: Version }) {
  return (
    <li>
      <div>
        <strong>第 {version} 版</strong>{' '}
        <Tag color={verified ? 'success' : 'warning'}>{verified ? '已核实' : '未核实'}</Tag>
        {retired && <Tag color="error">{retired.on} 起停用</Tag>}
      </div>
      <div>
        《{words.title}》{words.number} {words.article}（{words.body}，{sectors[words.sector]}）
      </div>
      <div>{words.text}</div>
      {words.note && <div className="desk-quiet">说明：{words.note}</div>}
      <div className="desk-quiet">
        {somebody(by)} {minuteOf(at)} 填写
      </div>
      {verified && (
        <div className="desk-quiet">
          {somebody(verified.by)} {minuteOf(verified.at)} 核实，查自：{verified.lookedUp}
        </div>
      )}
      {retired && (
        <div className="desk-quiet">
          {somebody(retired.by)} 停用，原因：{retired.why}
        </div>
      )}
    </li>
  )
}

interface DoingProps {
  readonly streetId: string
  readonly criterionId: string
  readonly version: number
  readonly onClose: () => void
}

function VerifyDialog({ streetId, criterionId, version, onClose }: DoingProps) {
  const { message } = App.useApp()
  const { mutate, isPending, error } = useMutation(verifyCriterion(streetId, criterionId))
  const form = useForm({
    defaultValues: { lookedUp: '' },
    onSubmit: ({ value }) =>
      mutate(
        { version, ...value },
        {
          onSuccess: () => {
            void message.success('已记下核实人和出处。')
            onClose()
          },
        },
      ),
  })
  return (
    <FormDialog
      title="核实这一版"
      submit="我已对照原文件核实"
      pending={isPending}
      error={refusedElse(error, ['/lookedUp'])}
      onSubmit={() => void form.handleSubmit()}
      onClose={onClose}
    >
      <form.Field
        name="lookedUp"
        validators={{ onSubmit: v.pipe(v.string(), v.trim(), v.nonEmpty('请写明在哪里查到的')) }}
      >
        {(field) => (
          <TextField
            of={field}
            label="在哪里查到的"
            required
            wide
            type="lines"
            hint="例如发文单位网址、纸质文件存放处。核实人的姓名会一并记下。"
            refused={refusedAt(error, '/lookedUp')}
          />
        )}
      </form.Field>
    </FormDialog>
  )
}

function RetireDialog({ streetId, criterionId, version, onClose }: DoingProps) {
  const { mutate, isPending, error } = useMutation(retireCriterion(streetId, criterionId))
  const [today] = useState<string>(() => dayOf(Date.now()))
  const form = useForm({
    defaultValues: { on: today, why: '' },
    onSubmit: ({ value }) => mutate({ version, ...value }, { onSuccess: onClose }),
  })
  return (
    <FormDialog
      title="停用"
      submit="停用"
      danger
      pending={isPending}
      error={refusedElse(error, ['/on', '/why'])}
      onSubmit={() => void form.handleSubmit()}
      onClose={onClose}
    >
      <p className="wide desk-hint">停用后不能再选作依据；以前按它判定的隐患保留，并注明已停用。停用后不能恢复。</p>
      <form.Field name="on">
        {(field) => (
          <TextField of={field} label="从哪天起停用" required type="date" refused={refusedAt(error, '/on')} />
        )}
      </form.Field>
      <form.Field name="why" validators={{ onSubmit: v.pipe(v.string(), v.trim(), v.nonEmpty('请填写原因')) }}>
        {(field) => <TextField of={field} label="原因" required wide refused={refusedAt(error, '/why')} />}
      </form.Field>
    </FormDialog>
  )
}
