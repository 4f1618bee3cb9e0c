import { mostRows, type PlaceRow, type planOf } from '@app/shared/onboarding/plan'
import { Alert, App, Button, Input } from 'antd'
import { useId, useState } from 'react'
import { readSheet, saveTemplate } from '../../../ui/desk/excel'
import { Field } from '../../../ui/desk/field'
import { wordsOf } from '../../../ui/states'
import { cellsOf, columns, rowsOf } from '../rows'

const keys = Object.keys(columns) as (keyof PlaceRow)[]
const empty: PlaceRow = { community: '', grid: '', code: '' }

interface RowsProps {
  readonly rows: readonly PlaceRow[]
  readonly plan: ReturnType<typeof planOf>
  /** Somebody wanted to go on: that nothing is there yet is now worth saying. */
  readonly asked: boolean
  readonly onChange: (rows: readonly PlaceRow[]) => void
}

/** 社区与网格, pasted or from a file, to be put right in place with every error beside its cell. */
export function PlaceRows({ rows, plan: { plan, errors }, asked, onChange }: RowsProps) {
  const { message, modal } = App.useApp()
  const fileId = useId()
  const [pasted, setPasted] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)

  const take = (cells: readonly (readonly unknown[])[]) => {
    const read = rowsOf(cells)
    if (read.length === 0) return setWrong('没有读到社区和网格，请对照模板检查。')
    if (read.length > mostRows) return setWrong(`一次最多 ${mostRows} 行，这里有 ${read.length} 行。`)
    const put = () => {
      setWrong(null)
      setPasted('')
      onChange(read)
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
  const grids = plan.communities.reduce((sum, community) => sum + community.grids.length, 0)
  const whole = errors.find(({ pointer }) => pointer === '/rows')
  const inLines = errors.filter(({ pointer }) => pointer !== '/rows')
  return (
    <>
      <p>
        每行写一个网格：社区、网格、代码（可不填）。没有网格的社区单独一行，代码是社区的统计代码。可从 Excel 或 WPS
        复制后粘贴，也可选择文件。
      </p>
      <Field label="粘贴表格">
        {({ status: _, ...control }) => (
          <Input.TextArea
            {...control}
            autoSize={{ minRows: 3, maxRows: 8 }}
            value={pasted}
            onChange={({ target }) => setPasted(target.value)}
          />
        )}
      </Field>
      <div className="onboarding-tools">
        <Button disabled={pasted.trim() === ''} onClick={() => take(cellsOf(pasted))}>
          读取粘贴内容
        </Button>
        <label htmlFor={fileId}>或选择文件</label>
        <input
          id={fileId}
          type="file"
          accept=".xlsx,.csv,.xls"
          onChange={({ target }) => {
            const file = target.files?.[0]
            // The same file, once put right, is to be chosen again.
            target.value = ''
            if (file) void choose(file)
          }}
        />
        <Button
          onClick={() =>
            void saveTemplate(
              '社区与网格模板',
              keys.map((key) => ({ header: columns[key], width: 22 })),
              [],
              '社区与网格',
            ).catch((error: unknown) => void message.error(wordsOf(error)))
          }
        >
          下载模板
        </Button>
      </div>
      {wrong !== null && <Alert type="error" showIcon title={wrong} />}
      {asked && whole && <Alert type="error" showIcon title={whole.detail} />}
      <p role="status">
        {plan.communities.length} 个社区，{grids} 个网格
        {inLines.length > 0 && <span className="desk-wrong">，{inLines.length} 处需要更正</span>}
      </p>
      {rows.length > 0 && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by a keyboard
        <div className="onboarding-scroll" tabIndex={0} role="region" aria-label="社区与网格">
          <table>
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
                // oxlint-disable-next-line react/no-array-index-key -- a line is known by its place and nothing else
                <tr key={at}>
                  <td>{at + 1}</td>
                  {keys.map((key) => {
                    const error = inLines.find(({ pointer }) => pointer === `/rows/${at}/${key}`)?.detail
                    const errorId = `${fileId}-${at}-${key}`
                    return (
                      <td key={key} data-wrong={error ? '' : undefined}>
                        <input
                          aria-label={`第 ${at + 1} 行${columns[key]}`}
                          aria-invalid={error ? true : undefined}
                          aria-describedby={error ? errorId : undefined}
                          maxLength={key === 'code' ? 60 : 200}
                          value={row[key]}
                          onChange={({ target }) =>
                            onChange(rows.map((one, index) => (index === at ? { ...one, [key]: target.value } : one)))
                          }
                        />
                        {error && (
                          <p id={errorId} className="desk-wrong">
                            {error}
                          </p>
                        )}
                      </td>
                    )
                  })}
                  <td>
                    <Button
                      type="link"
                      aria-label={`删除第 ${at + 1} 行`}
                      onClick={() => onChange(rows.filter((_row, index) => index !== at))}
                    >
                      删除
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div>
        <Button disabled={rows.length >= mostRows} onClick={() => onChange([...rows, empty])}>
          增加一行
        </Button>
      </div>
    </>
  )
}
