import type { ReactNode } from 'react'
import type { BasisLine } from '@app/shared/checklists/basis-line'
import type { Item, Published } from '@app/shared/checklists/schema'
import type { Result } from '@app/shared/checklists/words'
import type { InferOutput } from 'valibot'
import { Choices, Field, TextField } from '../ui/phone/fields'
import { type Touched, untouched } from './touched'
import './items.css'

const doubts = [
  { value: 'yes', label: '疑似重大' },
  { value: 'no', label: '不属于' },
] as const

interface Props {
  readonly template: Published
  readonly basis: { readonly [item: string]: readonly InferOutput<typeof BasisLine>[] }
  /** The items that are asked, given what was answered so far. */
  readonly shown: ReadonlySet<string>
  readonly touched: { readonly [item: string]: Touched }
  /** How results are called here. */
  readonly results: { readonly [R in Result]: string }
  /** From when an item's days are counted, in words. */
  readonly since: string
  readonly errors: { readonly [item: string]: string }
  readonly onTouch: (item: string, part: Partial<Touched>) => void
  readonly picker: (item: string, stage: 'photos' | 'after', label: string) => ReactNode
}

/** A checklist on the phone: everything is right until an exception is touched. */
export function Items({ template, basis, shown, touched, results, since, errors, onTouch, picker }: Props) {
  // Safe: the words' own keys.
  const options = (Object.entries(results) as [Result, string][]).map(([value, label]) => ({ value, label }))
  return template.sections.map(({ title, items }) => (
    <section key={title} className="m-block">
      <h2>{title}</h2>
      {items
        .filter(({ key }) => shown.has(key))
        .map((item) => {
          const one = touched[item.key] ?? untouched
          const wrong = one.result === 'fail' || one.result === 'fixed'
          return (
            <div key={item.key} className="m-item">
              <Choices
                label={item.text}
                options={item.locked ? options.filter(({ value }) => value !== 'na') : options}
                value={one.result}
                onChange={(result) => onTouch(item.key, { result })}
                error={errors[item.key]}
              />
              {wrong && (
                <Wrong
                  item={item}
                  touched={one}
                  since={since}
                  onTouch={(part) => onTouch(item.key, part)}
                  picker={picker}
                />
              )}
              <details className="m-details">
                <summary>怎么查 · 依据</summary>
                <p>{item.method}</p>
                <p>
                  {results.fail}：{item.failing}
                </p>
                {(basis[item.key] ?? []).map(({ citation, text, warnings }) => (
                  <p key={citation} className="m-hint">
                    {citation}
                    {text && `：${text}`}
                    {warnings.map((warning) => `（${warning}）`)}
                  </p>
                ))}
              </details>
            </div>
          )
        })}
    </section>
  ))
}

/** What an exception needs besides. */
function Wrong({
  item,
  touched,
  since,
  onTouch,
  picker,
}: {
  item: Item
  touched: Touched
  since: string
  onTouch: (part: Partial<Touched>) => void
  picker: Props['picker']
}) {
  return (
    <>
      {picker(item.key, 'photos', '问题照片')}
      {touched.result === 'fixed' && picker(item.key, 'after', '整改后照片')}
      {item.mayBeMajor && touched.result === 'fail' && (
        <Choices
          label="是否疑似重大隐患（由有权部门认定）"
          options={doubts}
          value={touched.suspected === null ? null : touched.suspected ? 'yes' : 'no'}
          onChange={(doubt) => onTouch({ suspected: doubt === 'yes' })}
        />
      )}
      <TextField
        label="隐患描述"
        value={touched.words ?? item.wording}
        lines={3}
        max={500}
        onChange={(words) => onTouch({ words: words === item.wording ? null : words })}
      />
      {touched.result === 'fail' && (
        <Field label="整改期限" hint={`不填即${since}起 ${item.days} 天内。`}>
          {(tie) => (
            <input
              {...tie}
              type="date"
              value={touched.dueOn ?? ''}
              onChange={(event) => onTouch({ dueOn: event.target.value || null })}
            />
          )}
        </Field>
      )}
    </>
  )
}
