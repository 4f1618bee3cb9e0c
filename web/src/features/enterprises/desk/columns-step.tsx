import {
  columns,
  type Field,
  fields,
  type Header,
  linesBelow,
  type Mapping,
  needed,
  placed,
  vocabularies,
  type Vocabulary,
  vocabularyKeys,
} from '@app/shared/enterprises/columns'
import { type Known, rowReader } from '@app/shared/enterprises/import'
import { Alert, Button, InputNumber, Select } from 'antd'
import { useMemo, useState } from 'react'
import type { Sheet } from '../../../ui/desk/excel'
import { Field as Labelled } from '../../../ui/desk/field'

interface StepProps {
  readonly sheets: readonly Sheet[]
  readonly at: number
  readonly header: Header
  readonly mapping: Mapping
  readonly known: Known
  readonly onSheet: (at: number) => void
  /** The row of the header, counted from 0. */
  readonly onHeader: (row: number) => void
  readonly onDone: (fieldOf: readonly (Field | null)[], mapping: Mapping) => void
  readonly onBack: () => void
}

/** So many words of the street's own are asked about. */
const mostWords = 60
const choicesOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }))

/** 对应列: which column is what, what all rows say where none does, and what the table's own words mean. */
export function ColumnsStep({ sheets, at, header, mapping, known, onSheet, onHeader, onDone, onBack }: StepProps) {
  const [fieldOf, setFieldOf] = useState<readonly (Field | null)[]>(() => placed(header.headings, mapping))
  const [fixed, setFixed] = useState(mapping.fixed)
  const [words, setWords] = useState(mapping.words)
  const sheet = sheets[at]
  const below = useMemo(
    () => (sheet ? linesBelow(sheet.rows, header, fieldOf, fixed) : { wrong: '' }),
    [sheet, header, fieldOf, fixed],
  )
  const lines = useMemo(() => ('lines' in below ? below.lines : []), [below])
  // Asked once for what the street has said before: a word does not vanish while it is being explained.
  const unknown = useMemo(() => {
    const counted = new Map<string, { field: Vocabulary; word: string; rows: number }>()
    for (const { unknown } of lines.map(rowReader(known, mapping.words)))
      for (const { field, word } of unknown) {
        const one = counted.get(`${field} ${word}`) ?? { field, word, rows: 0 }
        counted.set(`${field} ${word}`, { ...one, rows: one.rows + 1 })
      }
    return [...counted.values()].toSorted((a, b) => b.rows - a.rows)
  }, [lines, known, mapping.words])
  const lacking = needed.filter(
    (field) => !fieldOf.includes(field) && !(field === 'grid' && known.grids.length <= known.communities.length),
  )
  const nameless = !fieldOf.includes('name')
  const sample = (index: number) =>
    [
      ...new Set(
        sheet?.rows
          .slice(header.at + header.depth, header.at + header.depth + 30)
          .map((row) => String(row[index] ?? '').trim())
          .filter((cell) => cell !== ''),
      ),
    ]
      .slice(0, 3)
      .join('；')

  return (
    <>
      <div className="units-row">
        {sheets.length > 1 && (
          <Labelled label="工作表">
            {({ status: _, ...control }) => (
              <Select
                {...control}
                value={at}
                options={sheets.map(({ name }, value) => ({ value, label: name }))}
                onChange={onSheet}
                style={{ minWidth: 200 }}
              />
            )}
          </Labelled>
        )}
        <Labelled label="表头在第几行">
          {({ status: _, ...control }) => (
            <InputNumber
              {...control}
              min={1}
              max={Math.max(1, sheet?.rows.length ?? 1)}
              precision={0}
              value={header.at + 1}
              onChange={(row) => row && onHeader(row - 1)}
            />
          )}
        </Labelled>
      </div>
      <div className="sheet-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">表里的列</th>
              <th scope="col">内容举例</th>
              <th scope="col">对应到</th>
            </tr>
          </thead>
          <tbody>
            {header.headings.map((heading, index) =>
              heading === '' ? null : (
                <tr key={heading}>
                  <th scope="row">{heading}</th>
                  <td className="units-sample">{sample(index)}</td>
                  <td>
                    <Select<Field | ''>
                      aria-label={`“${heading}”对应到`}
                      showSearch
                      optionFilterProp="label"
                      style={{ minWidth: 190 }}
                      value={fieldOf[index] ?? ''}
                      options={[
                        { value: '', label: '不导入' },
                        ...fields.map((field) => ({ value: field, label: columns[field].label })),
                      ]}
                      onChange={(to) =>
                        setFieldOf((now) =>
                          header.headings.map((_, other) => {
                            const field = now[other] ?? null
                            if (other === index) return to === '' ? null : to
                            return field === to ? null : field
                          }),
                        )
                      }
                    />
                  </td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      </div>
      {lacking.some((field) => field !== 'name') && (
        <fieldset className="units-words">
          <legend>表里没有、但建档需要的内容：可以给所有行统一填一个</legend>
          {lacking.map((field) =>
            field === 'name' ? null : (
              <Labelled key={field} label={columns[field].label}>
                {({ status: _, ...control }) => (
                  <Select
                    {...control}
                    allowClear
                    showSearch
                    optionFilterProp="label"
                    placeholder="不统一填写"
                    style={{ minWidth: 190 }}
                    value={fixed[field] || undefined}
                    options={fixedChoices(field, known)}
                    onChange={(to?: string) => setFixed((now) => ({ ...now, [field]: to ?? '' }))}
                  />
                )}
              </Labelled>
            ),
          )}
        </fieldset>
      )}
      {unknown.length > 0 && (
        <fieldset className="units-words">
          <legend>表里的这些说法是什么意思？选好后记住，下次不再问；留空的在下一步逐行更正</legend>
          {unknown.slice(0, mostWords).map(({ field, word, rows }) => (
            <Labelled key={`${field} ${word}`} label={`${columns[field].label}“${word}”（${rows} 行）`}>
              {({ status: _, ...control }) => (
                <Select
                  {...control}
                  allowClear
                  placeholder="请选择"
                  style={{ minWidth: 190 }}
                  value={words[field]?.[word]}
                  options={choicesOf(vocabularies[field])}
                  onChange={(to?: string) =>
                    setWords((now) => {
                      const { [word]: _, ...others } = now[field] ?? {}
                      return { ...now, [field]: to === undefined ? others : { ...others, [word]: to } }
                    })
                  }
                />
              )}
            </Labelled>
          ))}
        </fieldset>
      )}
      {nameless && <Alert type="warning" showIcon title="请指明哪一列是单位名称。" />}
      {'wrong' in below && below.wrong !== '' && !nameless && <Alert type="error" showIcon title={below.wrong} />}
      <div className="units-row">
        <Button
          type="primary"
          disabled={nameless || lines.length === 0}
          onClick={() => onDone(fieldOf, { headings: mapping.headings, fixed: filled(fixed), words })}
        >
          下一步：核对 {lines.length} 行
        </Button>
        <Button onClick={onBack}>重新选文件</Button>
      </div>
    </>
  )
}

const filled = (fixed: Mapping['fixed']): Mapping['fixed'] =>
  Object.fromEntries(Object.entries(fixed).filter(([, words]) => words !== ''))

function fixedChoices(field: Field, { communities, grids }: Known) {
  const names = (list: readonly { readonly name: string }[]) =>
    [...new Set(list.map(({ name }) => name))].map((value) => ({ value, label: value }))
  if (field === 'community') return names(communities)
  if (field === 'grid') return names(grids)
  const vocabulary = vocabularyKeys.find((one) => one === field)
  return vocabulary ? Object.values(vocabularies[vocabulary]).map((value: string) => ({ value, label: value })) : []
}
