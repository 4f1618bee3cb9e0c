import type { UnitCard } from '@app/shared/organisation/schema'
import { type Column, columns, type Entry, readPeople, roleNames, type Row } from '@app/shared/people/import'
import type { PersonCard } from '@app/shared/people/schema'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Modal, Progress } from 'antd'
import { useRef, useState } from 'react'
import { csvOf, saveCsv } from '../../../ui/desk/csv'
import { readSheet } from '../../../ui/desk/excel'
import { saveTemplate } from '../../../ui/desk/save-table'
import { FileDrop } from '../../../ui/desk/file-drop'
import { SheetTable } from '../../../ui/desk/sheet-table'
import { wordsOf } from '../../../ui/states'
import { appoint, peopleQueries } from '../queries'
import { firstPassword } from '../../../ui/desk/first-password'
import { importIds } from './import-ids'
import type { PlaceNames } from './reach-words'
import './people.css'

interface ButtonProps {
  readonly streetId: string
  readonly streetName: string
  readonly people: readonly PersonCard[]
  readonly places: PlaceNames | undefined
  readonly units: readonly UnitCard[]
}

/** 批量导入: a file is checked whole before anything is done, and then each row becomes an account. */
export function ImportButton(props: ButtonProps) {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button disabled={!props.places} onClick={() => setAsking(true)}>
        批量导入
      </Button>
      {asking && props.places && <ImportDialog {...props} places={props.places} onClose={() => setAsking(false)} />}
    </>
  )
}

/** What became of a row. */
type Outcome =
  { readonly kind: 'made' } | { readonly kind: 'there' } | { readonly kind: 'failed'; readonly why: string }

const keys = Object.keys(columns) as Column[]

function ImportDialog({
  streetId,
  streetName,
  people,
  places,
  units,
  onClose,
}: ButtonProps & { places: PlaceNames; onClose: () => void }) {
  const { message, modal } = App.useApp()
  const client = useQueryClient()
  const [wrong, setWrong] = useState<string | null>(null)
  const [rows, setRows] = useState<readonly Row[] | null>(null)
  const [outcomes, setOutcomes] = useState<ReadonlyMap<number, Outcome>>(new Map())
  const [saved, setSaved] = useState(false)
  // One password a row for as long as the dialog is open: a second try after a lost answer must not make another.
  const passwords = useRef(new Map<number, string>())
  const stopping = useRef(false)

  const choose = async (file: File) => {
    setRows(null)
    setOutcomes(new Map())
    setSaved(false)
    passwords.current = new Map()
    try {
      const standing = units.filter(({ retiredOn }) => retiredOn === null)
      const read = readPeople(await readSheet(file), { ...places, units: standing })
      setWrong('wrong' in read ? read.wrong : null)
      if ('rows' in read) setRows(read.rows)
    } catch (error) {
      setWrong(error instanceof Error ? error.message : wordsOf(error))
    }
  }

  const open = async (row: Row, entry: Entry): Promise<Outcome> => {
    const ids = await importIds(streetId, entry.username)
    if (people.some(({ id }) => id === ids.id) && outcomes.get(row.line)?.kind !== 'failed') return { kind: 'there' }
    const password = passwords.current.get(row.line) ?? firstPassword()
    passwords.current.set(row.line, password)
    try {
      await appoint(streetId).mutationFn?.({ ...ids, ...entry, password }, { client, meta: undefined })
      return { kind: 'made' }
    } catch (error) {
      return { kind: 'failed', why: wordsOf(error) }
    }
  }
  const run = useMutation({
    mutationFn: async (all: readonly Row[]) => {
      stopping.current = false
      for (const row of all) {
        if (stopping.current) return
        const before = outcomes.get(row.line)
        if (!row.entry || before?.kind === 'made' || before?.kind === 'there') continue
        const outcome = await open(row, row.entry)
        setOutcomes((now) => new Map(now).set(row.line, outcome))
      }
    },
    onSettled: () => client.invalidateQueries(peopleQueries.all(streetId)),
  })

  const bad = rows?.filter(({ entry }) => entry === null) ?? []
  const made = [...outcomes].filter(([, { kind }]) => kind === 'made')
  const failed = [...outcomes].filter(([, { kind }]) => kind === 'failed')
  const there = [...outcomes].filter(([, { kind }]) => kind === 'there')
  const begun = outcomes.size > 0
  const over = rows !== null && rows.length > 0 && outcomes.size === rows.length && failed.length === 0
  const save = () => {
    saveCsv(
      `初始密码 ${streetName}`,
      csvOf([
        ['姓名', '用户名', '初始密码', '岗位'],
        ...(rows ?? []).flatMap(({ line, entry }) =>
          entry && outcomes.get(line)?.kind === 'made'
            ? [[entry.name, entry.username, passwords.current.get(line) ?? null, roleNames[entry.role]]]
            : [],
        ),
      ]),
    )
    setSaved(true)
  }
  const close = () => {
    stopping.current = true
    if (made.length === 0 || saved) return onClose()
    void modal.confirm({
      title: '还没有下载初始密码，确定关闭？',
      content: `关闭后 ${made.length} 个新账号的密码无法再查看，只能逐个重置。`,
      okText: '仍然关闭',
      okButtonProps: { danger: true },
      autoFocusButton: 'cancel',
      onOk: onClose,
    })
  }
  return (
    <Modal
      open
      title="批量导入人员"
      width="min(64rem, 96vw)"
      style={{ top: 24 }}
      onCancel={close}
      mask={{ closable: false }}
      footer={[
        made.length > 0 && !run.isPending && (
          <Button key="save" type="primary" onClick={save}>
            下载初始密码（{made.length} 人）
          </Button>
        ),
        run.isPending && (
          <Button key="stop" onClick={() => (stopping.current = true)}>
            停止
          </Button>
        ),
        !over && (
          <Button
            key="run"
            type={made.length > 0 ? 'default' : 'primary'}
            disabled={!rows || bad.length > 0}
            loading={run.isPending}
            onClick={() => rows && run.mutate(rows)}
          >
            {begun ? '继续导入其余' : `导入${rows ? ` ${rows.length} 人` : ''}`}
          </Button>
        ),
        <Button key="close" onClick={close}>
          关闭
        </Button>,
      ]}
    >
      <div className="import">
        <p>
          按模板填好 Excel（.xlsx）或 CSV
          再选择文件。表头含“姓名、用户名、岗位”，列的先后不限；先检查全部，没有问题才导入。
          同一文件再次导入不会重复开通。
        </p>
        <div className="import-file">
          <FileDrop
            label="把文件拖到这里，或点此选择（.xlsx、.csv）"
            accept=".xlsx,.csv,.xls"
            disabled={run.isPending}
            onFile={(file) => void choose(file)}
          />
          <Button
            onClick={() =>
              void saveTemplate(
                `人员导入模板 ${streetName}`,
                [
                  { header: columns.name, width: 12 },
                  { header: columns.username, width: 22 },
                  { header: columns.role, width: 18, choices: Object.values(roleNames) },
                  { header: columns.community, width: 18, choices: places.communities.map(({ name }) => name) },
                  { header: columns.grid, width: 22, choices: [...new Set(places.grids.map(({ name }) => name))] },
                  {
                    header: columns.unit,
                    width: 26,
                    choices: [
                      ...units.filter(({ retiredOn }) => retiredOn === null).map(({ name }) => name),
                      ...places.enterprises.map(({ name }) => name),
                    ],
                  },
                  { header: columns.title, width: 18 },
                ],
                [],
              ).catch((error: unknown) => void message.error(wordsOf(error)))
            }
          >
            下载模板
          </Button>
        </div>
        {wrong !== null && <Alert type="error" showIcon title={wrong} />}
        {bad.length > 0 && (
          <Alert
            type="error"
            showIcon
            title={`${rows?.length ?? 0} 行中有 ${bad.length} 行需要更正。请按提示改好文件后重新选择；现在什么都没有导入。`}
          />
        )}
        {rows && bad.length === 0 && !begun && (
          <Alert type="success" showIcon title={`${rows.length} 行都没有问题，可以导入。`} />
        )}
        {begun && rows && (
          <div role="status">
            <Progress percent={Math.round((100 * outcomes.size) / rows.length)} aria-label="导入进度" />
            新开通 {made.length} 人，已存在 {there.length} 人，失败 {failed.length} 人。
          </div>
        )}
        {made.length > 0 && (
          <Alert
            type="warning"
            showIcon
            title="初始密码只能现在下载一次。请逐人当面告知，要求登录后修改，并及时删除下载的文件。"
          />
        )}
        {rows && <Rows rows={rows} outcomes={outcomes} />}
      </div>
    </Modal>
  )
}

/** Every row as the file has it, with what is wrong beside its cell, or what became of it. */
function Rows({ rows, outcomes }: { rows: readonly Row[]; outcomes: ReadonlyMap<number, Outcome> }) {
  const wrong = new Set(rows.flatMap(({ line, entry }) => (entry ? [] : [line])))
  const became = (line: number) => {
    const outcome = outcomes.get(line)
    if (outcome?.kind === 'made') return '已开通'
    if (outcome?.kind === 'there') return '已存在'
    if (outcome) return <span className="desk-wrong">{outcome.why}</span>
    return wrong.has(line) ? <span className="desk-wrong">需更正</span> : '待导入'
  }
  return (
    <SheetTable
      label="文件内容"
      columns={keys.map((key) => ({ key, label: columns[key] }))}
      rows={rows}
      lastLabel="结果"
      renderLast={became}
    />
  )
}
