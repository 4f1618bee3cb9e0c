import * as v from 'valibot'
import { recordErrors } from '@app/shared/filings/rules'
import { type FilingBody, RecordBody, StatementBody } from '@app/shared/filings/schema'
import { drillKinds, duties, type Duty, type Kind, kinds, trades } from '@app/shared/filings/words'
import type { FilingId, PhotoId } from '@app/shared/ids'
import { dayOf, hour } from '@app/shared/time'

/** A form as it was typed so far: every value under the pointer that its field has in the body. */
export interface Filling {
  readonly id: FilingId | null
  readonly values: { readonly [pointer: string]: string }
  readonly rows: { readonly [list: string]: readonly { readonly [name: string]: string }[] }
  readonly ticked: readonly string[]
  /** Photos that the server has already, by the part of the form they belong to. */
  readonly kept: { readonly [part: string]: readonly PhotoId[] }
  readonly why: string
}
export const blankFilling: Filling = { id: null, values: {}, rows: {}, ticked: [], kept: {}, why: '' }

interface FieldSpec {
  readonly name: string
  readonly label: string
  readonly type: 'text' | 'lines' | 'date' | 'number' | 'choice'
  readonly max?: number
  readonly options?: Readonly<Record<string, string>>
  readonly optional?: true
  readonly hint?: string
}

const taught = (subject: string): FieldSpec[] => [
  { name: 'on', label: '培训日期', type: 'date' },
  { name: 'subject', label: '培训内容', type: 'text', max: 100, hint: subject },
  { name: 'hours', label: '学时', type: 'number' },
  { name: 'people', label: '参加人数', type: 'number' },
  { name: 'names', label: '参加人员姓名（可不填）', type: 'lines', max: 1000, optional: true },
  { name: 'result', label: '考核结果（可不填）', type: 'text', max: 200, optional: true },
]

/** Kinds of plain fields; the others have forms of their own. */
export const plainFields: Partial<Record<Kind, readonly FieldSpec[]>> = {
  'principal-training': taught('主要负责人参加的培训。'),
  training: taught('员工安全培训，如新员工上岗、消防知识。'),
  drill: [
    { name: 'drill', label: '演练种类', type: 'choice', options: drillKinds },
    { name: 'on', label: '演练日期', type: 'date' },
    { name: 'subject', label: '演练科目', type: 'text', max: 100 },
    { name: 'people', label: '参加人数', type: 'number' },
    { name: 'evaluation', label: '效果评估', type: 'lines', max: 500 },
  ],
  certificate: [
    { name: 'holder', label: '持证人姓名', type: 'text', max: 30 },
    { name: 'trade', label: '作业种类', type: 'choice', options: trades },
    {
      name: 'number',
      label: '证书编号（可不填）',
      type: 'text',
      max: 40,
      optional: true,
      hint: '加密保存，列表中只显示后四位。',
    },
    { name: 'issuer', label: '发证机关', type: 'text', max: 60 },
    { name: 'expiresOn', label: '有效期至', type: 'date' },
    { name: 'inUse', label: '使用情况', type: 'choice', options: { yes: '在用', no: '已停用' } },
  ],
}

/** Which part of a form takes photos, and what that is called. */
export const photoLabels: Record<Kind, string | null> = {
  duties: null,
  responsibility: '已签字的责任书照片',
  commitment: null,
  'principal-training': '培训照片（可不拍）',
  training: '培训照片（可不拍）',
  drill: '演练照片（可不拍）',
  certificate: '证书照片（可不拍）',
  permit: '作业前照片（可不拍）',
}

/** A picture of the draft, and the part of the form it belongs to. */
interface Part {
  readonly id: PhotoId
  readonly part?: string
}

const instantOf = (local: string) => (local === '' ? Number.NaN : Date.parse(`${local}:00+08:00`))
const localOf = (instant: number) => new Date(instant + 8 * hour).toISOString().slice(0, 16)

/** The body as it was typed, whether or not a schema takes it. */
export function typedBody(kind: Kind, filling: Filling, photos: readonly Part[]): unknown {
  const { values, rows, ticked, kept } = filling
  const text = (name: string) => (values[name] ?? '').trim()
  const taken = (part: string) => [
    ...(kept[part] ?? []),
    ...photos.flatMap(({ id, part: of }) => (of === part && !kept[part]?.includes(id) ? [id] : [])),
  ]
  switch (kind) {
    case 'duties':
      return {
        kind,
        period: text('period'),
        duties: Object.fromEntries(
          Object.keys(duties).map((duty) => {
            const done = text(`duties/${duty}/done`)
            const what = text(`duties/${duty}/what`)
            return [duty, { done: done === '' ? null : done === 'yes', what, photos: taken(`duties/${duty}/photos`) }]
          }),
        ),
      }
    case 'responsibility':
      return {
        kind,
        period: text('period'),
        posts: (rows['posts'] ?? [{ post: '主要负责人', duties: '' }]).map((row) => ({
          post: (row['post'] ?? '').trim(),
          duties: (row['duties'] ?? '').trim(),
        })),
        signedOn: text('signedOn') || null,
        photos: taken('photos'),
      }
    case 'commitment':
      return { kind, period: text('period') }
    case 'permit':
      return {
        kind,
        work: text('work'),
        place: text('place'),
        what: text('what'),
        from: instantOf(text('from')),
        until: instantOf(text('until')),
        workers: (rows['workers'] ?? [{ name: '', certificate: '' }]).map((row) => ({
          name: (row['name'] ?? '').trim(),
          certificate: row['certificate'] || null,
        })),
        guardian: text('guardian'),
        measures: ticked,
        photos: taken('photos'),
      }
    default:
      return {
        kind,
        ...Object.fromEntries(
          (plainFields[kind] ?? []).map(({ name, type, optional }) => {
            const typed = text(name)
            if (name === 'inUse') return [name, typed !== 'no']
            if (optional && typed === '') return [name, null]
            if (type === 'number') return [name, typed === '' ? Number.NaN : Number(typed)]
            return [name, typed]
          }),
        ),
        photos: taken('photos'),
      }
  }
}

/** The body as the API takes it, or what is wrong with it by the pointers of its fields. */
export function filledBody(
  kind: Kind,
  filling: Filling,
  photos: readonly Part[],
  now: number,
): { ok: true; body: FilingBody } | { ok: false; errors: Record<string, string> } {
  const schema = kinds[kind].form === 'statement' ? StatementBody : RecordBody
  const parsed = v.safeParse(schema, typedBody(kind, filling, photos))
  const errors: Record<string, string> = {}
  if (!parsed.success) {
    for (const { path, message } of parsed.issues) {
      const pointer = (path ?? []).map(({ key }) => String(key)).join('/')
      errors[pointer] ??= /[\u4e00-\u9fff]/.test(message) && !message.includes('毫秒') ? message : '请填写'
    }
    return { ok: false, errors }
  }
  const body = parsed.output
  if (kinds[kind].form !== 'statement') {
    // Safe: parsed by the schema of records.
    for (const { pointer, detail } of recordErrors(body as RecordBody, dayOf(now)))
      errors[pointer.replace('/body/', '')] ??= detail
  }
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, body }
}

/** What was filed, as a form to go on with. */
export function fillingOf(body: FilingBody): Filling {
  switch (body.kind) {
    case 'duties': {
      // Safe: the keys of the seven.
      const answers = Object.entries(body.duties) as [Duty, (typeof body.duties)[Duty]][]
      return {
        ...blankFilling,
        values: {
          period: body.period,
          ...Object.fromEntries(
            answers.flatMap(([duty, { done, what }]) => [
              [`duties/${duty}/done`, done === null ? '' : done ? 'yes' : 'no'],
              [`duties/${duty}/what`, what],
            ]),
          ),
        },
        kept: Object.fromEntries(answers.map(([duty, { photos }]) => [`duties/${duty}/photos`, photos])),
      }
    }
    case 'responsibility':
      return {
        ...blankFilling,
        values: { period: body.period, signedOn: body.signedOn ?? '' },
        rows: { posts: body.posts },
        kept: { photos: body.photos },
      }
    case 'commitment':
      return { ...blankFilling, values: { period: body.period } }
    case 'permit':
      return {
        ...blankFilling,
        values: {
          work: body.work,
          place: body.place,
          what: body.what,
          from: localOf(body.from),
          until: localOf(body.until),
          guardian: body.guardian,
        },
        rows: { workers: body.workers.map(({ name, certificate }) => ({ name, certificate: certificate ?? '' })) },
        ticked: body.measures,
        kept: { photos: body.photos },
      }
    default: {
      const { kind: _, photos, ...fields } = body
      return {
        ...blankFilling,
        values: Object.fromEntries(
          Object.entries(fields).map(([name, value]) => [
            name,
            value === null || value === undefined
              ? ''
              : value === true
                ? 'yes'
                : value === false
                  ? 'no'
                  : String(value),
          ]),
        ),
        kept: { photos },
      }
    }
  }
}
