import { mostRows, type PlaceRow, type planOf } from '@app/shared/onboarding/plan'
import { Alert, App, Button, Input } from 'antd'
import { memo, useCallback, useId, useRef, useState } from 'react'
import { readSheet } from '../../../ui/desk/excel'
import { saveTemplate } from '../../../ui/desk/save-table'
import { Field } from '../../../ui/desk/field'
import { FileDrop } from '../../../ui/desk/file-drop'
import { wordsOf } from '../../../ui/states'
import { cellsOf, columns, rowsOf } from '../rows'

const keys = Object.keys(columns) as (keyof PlaceRow)[]
const empty: PlaceRow = { community: '', grid: '', code: '' }
const example = '社区\t网格\t代码\n明哲社区\t明哲第一网格\tMZ-01\n明哲社区\t明哲第二网格\tMZ-02'

interface RowsProps {
  readonly rows: readonly PlaceRow[]
  readonly found: ReturnType<typeof planOf>
  /** Somebody wanted to go on: that nothing is there yet is now worth saying. */
  readonly asked: boolean
  readonly onChange: (to: (rows: readonly PlaceRow[]) => PlaceRow[]) => void
}

/** 社区与网格, pasted or from a file, to be put right in place with every error beside its cell. */
export function PlaceRows({ rows, found: { plan, errors }, asked, onChange }: RowsProps) {
  const { message, modal } = App.useApp()
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const table = useRef<HTMLTableElement>(null)

  const take = (cells: readonly (readonly unknown[])[]) => {
    const read = rowsOf(cells)
    if (read.length === 0) return setWrong('没有读到社区和网格，请对照模板检查。')
    if (read.length > mostRows) return setWrong(`一次最多 ${mostRows} 行，这里有 ${read.length} 行。`)
    const put = () => {
      setWrong(null)
      setTyped('')
      onChange(() => read)
      void message.success(`读到 ${read.length} 行。`)
    }
    if (rows.length === 0) return put()
    void modal.confirm({
      title: `用读到的 ${read.length} 行替换现有的 ${rows.length} 行？`,
      okText: '替换',
      okButtonProps: { danger: true },
      autoFocusButton: 'cancel',
      onOk: put,
    })
  }
  const choose = async (file: File) => {
    try {
      take(await readSheet(file))
    } catch (error) {
      setWrong(error instanceof Error ? error.message : wordsOf(error))
    }
  }
  const template = () =>
    void saveTemplate(
      '社区与网格模板',
      keys.map((key) => ({ header: columns[key], width: 22 })),
      [],
      '社区与网格',
    ).catch((error: unknown) => void message.error(wordsOf(error)))

  const grids = plan.communities.reduce((sum, community) => sum + community.grids.length, 0)
  const whole = errors.find(({ pointer }) => pointer === '/rows')
  const wrongAt = new Map<string, string>()
  for (const { pointer, detail } of errors)
    if (pointer.startsWith('/rows/') && !wrongAt.has(pointer)) wrongAt.set(pointer, detail.replace(/^第 \d+ 行：/, ''))

  // The same function always: a line that did not change is not drawn again, however many there are.
  const edit = useCallback(
    (at: number, to: Partial<PlaceRow> | null) =>
      onChange((now) => now.flatMap((one, index) => (index !== at ? [one] : to ? [{ ...one, ...to }] : []))),
    [onChange],
  )

  return (
    <>
      <p>
        一行一个网格：写明<strong>社区</strong>、<strong>网格</strong>
        ，代码可以不填。社区还没有划分网格的，只写社区。两种办法任选其一，读入后可以在下面的表里直接改。
      </p>
      <div className="onboarding-ways">
        <Field
          label="办法一：粘贴表格"
          hint={
            typed.trim() === '' ? (
              '在 Excel 或 WPS 里选中这几列，复制后粘贴到上面。有没有表头都可以。'
            ) : (
              <Button onClick={() => take(cellsOf(typed))}>读入上面的内容</Button>
            )
          }
        >
          {({ status: _, ...control }) => (
            <Input.TextArea
              {...control}
              rows={4}
              placeholder={example}
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
              onPaste={(event) => {
                if (typed.trim() !== '') return
                event.preventDefault()
                take(cellsOf(event.clipboardData.getData('text')))
              }}
            />
          )}
        </Field>
        <div className="desk-field">
          <span className="onboarding-way">办法二：用 Excel 文件</span>
          <FileDrop
            label="把文件拖到这里，或点此选择（.xlsx、.csv）"
            accept=".xlsx,.csv,.xls"
            onFile={(file) => void choose(file)}
          />
          <p className="desk-hint">
            没有现成的表？
            <button type="button" className="desk-link" onClick={template}>
              下载模板
            </button>
          </p>
        </div>
      </div>
      {wrong !== null && <Alert type="error" showIcon title={wrong} />}
      {asked && whole && <Alert type="error" showIcon title={`${whole.detail}。`} />}
      {rows.length > 0 && (
        <>
          <div className="onboarding-tools">
            <p role="status">
              读到 {plan.communities.length} 个社区，{grids} 个网格
              {wrongAt.size > 0 && <span className="desk-wrong">，{wrongAt.size} 处需要更正（红字说明了怎么改）</span>}
            </p>
            {wrongAt.size > 0 && (
              <Button onClick={() => table.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus()}>
                到第一处
              </Button>
            )}
          </div>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by a keyboard */}
          <div className="onboarding-scroll" tabIndex={0} role="region" aria-label="社区与网格">
            <table ref={table}>
              <thead>
                <tr>
                  <th scope="col">行</th>
                  {keys.map((key) => (
                    <th key={key} scope="col">
                      {columns[key]}
                    </th>
                  ))}
                  <th scope="col">操作</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row, at) => (
                  <Line
                    // oxlint-disable-next-line react/no-array-index-key -- a line is known by its place and nothing else
                    key={at}
                    at={at}
                    {...row}
                    communityWrong={wrongAt.get(`/rows/${at}/community`)}
                    gridWrong={wrongAt.get(`/rows/${at}/grid`)}
                    codeWrong={wrongAt.get(`/rows/${at}/code`)}
                    edit={edit}
                  />
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
      <div>
        <Button disabled={rows.length >= mostRows} onClick={() => onChange((now) => [...now, empty])}>
          {rows.length === 0 ? '不用表格，逐行填写' : '增加一行'}
        </Button>
      </div>
    </>
  )
}

type LineProps = PlaceRow & {
  readonly [Key in keyof PlaceRow as `${Key}Wrong`]: string | undefined
} & {
  readonly at: number
  /** Changes the line of that number, or with null takes it out. */
  readonly edit: (at: number, to: Partial<PlaceRow> | null) => void
}

const Line = memo(function Line({ at, edit, ...row }: LineProps) {
  const id = useId()
  return (
    <tr>
      <td>{at + 1}</td>
      {keys.map((key) => {
        const error = row[`${key}Wrong`]
        return (
          <td key={key} data-wrong={error ? '' : undefined}>
            <input
              aria-label={`第 ${at + 1} 行${columns[key]}`}
              aria-invalid={error ? true : undefined}
              aria-describedby={error ? `${id}${key}` : undefined}
              maxLength={key === 'code' ? 60 : 200}
              value={row[key]}
              onChange={({ target }) => edit(at, { [key]: target.value })}
            />
            {error && (
              <p id={`${id}${key}`} className="desk-wrong">
                {error}
              </p>
            )}
          </td>
        )
      })}
      <td>
        <button type="button" className="desk-link" aria-label={`删除第 ${at + 1} 行`} onClick={() => edit(at, null)}>
          删除
        </button>
      </td>
    </tr>
  )
})
