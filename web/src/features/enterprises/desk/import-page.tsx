import {
  type Field,
  findHeader,
  type Header,
  headerAt,
  type Line,
  linesBelow,
  type Mapping,
  noMapping,
  placed,
} from '@app/shared/enterprises/columns'
import { type Known, type Row, rowReader } from '@app/shared/enterprises/import'
import { type Choice, type Held, judge, registerOf } from '@app/shared/enterprises/matching'
import type { Places } from '@app/shared/places/schema'
import type { Day } from '@app/shared/time'
import { useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Steps } from 'antd'
import { useMemo, useRef, useState } from 'react'
import { readBook, type Sheet } from '../../../ui/desk/excel'
import { FileDrop } from '../../../ui/desk/file-drop'
import { useLeaveGuard } from '../../../ui/desk/use-leave-guard'
import { wordsOf } from '../../../ui/states'
import { importQueries, keepMapping, sendChunk } from './import-queries'
import { CheckStep } from './check-step'
import { ColumnsStep } from './columns-step'
import { saveEnterpriseTemplate } from './files'
import './import.css'
import { linesToWrite, type Outcome, sendLines } from './sending'

/** The largest file that is taken, and rows of a sheet beyond which no unit is looked for. */
const bounds = { bytes: 10_000_000, rows: 5100 }

interface PageProps {
  readonly streetId: string
  readonly streetName: string
  readonly places: Places
  readonly held: readonly Held[]
  /** How the street's tables were read before. */
  readonly kept: Mapping | null
  readonly today: Day
}

/** A file that was chosen, and which of its rows is its header. */
interface Chosen {
  readonly name: string
  readonly sheets: readonly Sheet[]
  readonly at: number
  readonly header: Header
}

/** A line that was not put right is not read again. */
function rememberingReader(known: Known, words: Mapping['words']): (line: Line) => Row {
  const reader = rowReader(known, words)
  const before = new WeakMap<Line, Row>()
  return (line) => {
    const row = before.get(line) ?? reader(line)
    before.set(line, row)
    return row
  }
}

/** 选文件 → 对应列 → 核对 → 导入. */
export function ImportPage({ streetId, streetName, places, held, kept, today }: PageProps) {
  const { message } = App.useApp()
  const client = useQueryClient()
  const [step, setStep] = useState<'file' | 'columns' | 'check'>('file')
  const [wrong, setWrong] = useState<string | null>(null)
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [mapping, setMapping] = useState<Mapping>(kept ?? noMapping)
  const [lines, setLines] = useState<readonly Line[]>([])
  const [choices, setChoices] = useState<ReadonlyMap<number, Choice>>(new Map())
  const [outcomes, setOutcomes] = useState<ReadonlyMap<number, Outcome>>(new Map())
  const [sending, setSending] = useState<{ readonly sent: number; readonly all: number } | null>(null)
  const [halted, setHalted] = useState<string | null>(null)
  const stopping = useRef(false)

  const known = useMemo(() => ({ ...places, today }), [places, today])
  const read = useMemo(() => rememberingReader(known, mapping.words), [known, mapping.words])
  const rows = useMemo(() => lines.map(read), [lines, read])
  const register = useMemo(() => registerOf(held), [held])
  const verdicts = useMemo(() => judge(rows, register, choices), [rows, register, choices])
  const pending = verdicts.filter(({ kind }) => kind === 'new' || kind === 'changed').length
  useLeaveGuard(step === 'check' && pending > 0, {
    title: '还有没导入的行，确定离开？',
    content: '在页面上改过的内容会丢失；已经导入的保留，重新选择同一个文件不会重复。',
  })

  const show = (name: string, sheets: readonly Sheet[], at: number, header: Header) => {
    setChosen({ name, sheets, at, header })
    setChoices(new Map())
    setOutcomes(new Map())
    setHalted(null)
  }
  const choose = async (file: File) => {
    setWrong(null)
    try {
      const sheets = await readBook(file, bounds)
      const found = sheets.flatMap(({ rows: all }, at) => {
        const header = findHeader(all, mapping)
        return header ? [{ at, header, fits: placed(header.headings, mapping).filter(Boolean).length }] : []
      })
      const [first] = found.toSorted((a, b) => b.fits - a.fits)
      const at = first?.at ?? 0
      const header = first?.header ?? headerAt(sheets[at]?.rows ?? [], 0)
      show(file.name, sheets, at, header)
      if (!first) setWrong('没有认出表头，请在下面指明表头在第几行、各列是什么。')
      // A table whose columns were all explained before needs no explaining.
      const all = header.headings.filter((words) => words !== '')
      if (first && all.every((words) => Object.hasOwn(mapping.headings, words)))
        check(sheets[at]?.rows ?? [], header, placed(header.headings, mapping), mapping)
      else setStep('columns')
    } catch (error) {
      setWrong(error instanceof Error ? error.message : wordsOf(error))
    }
  }
  const check = (sheet: Sheet['rows'], header: Header, fieldOf: readonly (Field | null)[], by: Mapping) => {
    const below = linesBelow(sheet, header, fieldOf, by.fixed)
    setWrong('wrong' in below ? below.wrong : null)
    if ('wrong' in below) return setStep('columns')
    setLines(below.lines)
    setStep('check')
  }
  const explained = (header: Header, fieldOf: readonly (Field | null)[], by: Mapping) => {
    const { headings, ...rest } = by
    const own = header.headings.flatMap((words, at) => (words === '' ? [] : [[words, fieldOf[at] ?? null] as const]))
    // The newest table comes first: in its order is exported.
    const all = Object.entries({ ...Object.fromEntries(own), ...headings, ...Object.fromEntries(own) }).slice(0, 200)
    const next: Mapping = { ...rest, headings: Object.fromEntries(all) }
    setMapping(next)
    check(chosen?.sheets[chosen.at]?.rows ?? [], header, fieldOf, next)
    if (JSON.stringify(next) === JSON.stringify(kept)) return
    keepMapping(streetId, next)
      .then(() => client.setQueryData(importQueries.mapping(streetId).queryKey, next))
      .catch((error: unknown) => void message.warning(`列的对应关系没有记住：${wordsOf(error)}`))
  }

  const send = async () => {
    stopping.current = false
    setHalted(null)
    try {
      const all = await linesToWrite(streetId, rows, verdicts, choices, today)
      let sent = 0
      setSending({ sent, all: all.length })
      await sendLines(
        all,
        (chunk) => sendChunk(streetId, chunk),
        (told) => {
          sent += told.size
          setOutcomes((now) => new Map([...now, ...told]))
          setSending({ sent, all: all.length })
        },
        () => stopping.current,
      )
    } catch (error) {
      setHalted(`${wordsOf(error)}已经导入的都已保存；处理好后点“继续导入”，不会重复。`)
    } finally {
      await client.invalidateQueries({ queryKey: ['street', streetId, 'enterprises'] })
      setSending(null)
    }
  }

  const sheet = chosen?.sheets[chosen.at]
  return (
    <div className="units">
      <Steps
        size="small"
        current={['file', 'columns', 'check'].indexOf(step) + (sending ? 1 : 0)}
        items={[{ title: '选文件' }, { title: '对应列' }, { title: '核对' }, { title: '导入' }]}
      />
      {wrong !== null && <Alert type="error" showIcon title={wrong} />}
      {step === 'file' && (
        <>
          <FileDrop
            label="把文件拖到这里，或点此选择（.xlsx、.xls、.csv）"
            accept=".xlsx,.xls,.et,.csv,.txt"
            onFile={(file) => void choose(file)}
          />
          <p className="desk-hint">
            用街道现有的台账即可：表头的叫法和先后不限，上面有标题行也行。文件只在本机读取，核对无误后才提交。
            同一文件再次导入只提示差异，不会重复建档。没有现成的表？
            <button
              type="button"
              className="desk-link"
              onClick={() =>
                void saveEnterpriseTemplate(streetName, places).catch((error: unknown) => message.error(wordsOf(error)))
              }
            >
              下载模板
            </button>
          </p>
        </>
      )}
      {step === 'columns' && chosen && sheet && (
        <ColumnsStep
          key={`${chosen.name} ${chosen.at} ${chosen.header.at}`}
          sheets={chosen.sheets}
          at={chosen.at}
          header={chosen.header}
          mapping={mapping}
          known={known}
          onSheet={(at) => {
            const all = chosen.sheets[at]?.rows ?? []
            show(chosen.name, chosen.sheets, at, findHeader(all, mapping) ?? headerAt(all, 0))
          }}
          onHeader={(row) => show(chosen.name, chosen.sheets, chosen.at, headerAt(sheet.rows, row))}
          onDone={(fieldOf, by) => explained(chosen.header, fieldOf, by)}
          onBack={() => setStep('file')}
        />
      )}
      {step === 'check' && chosen && sheet && (
        <CheckStep
          file={chosen.name}
          hidden={sheet.hidden}
          rows={rows}
          verdicts={verdicts}
          choices={choices}
          outcomes={outcomes}
          places={places}
          sending={sending}
          halted={halted}
          onEdit={(line, field, to) => {
            setLines((now) =>
              now.map((one) => (one.line === line ? { line, cells: { ...one.cells, [field]: to.trim() } } : one)),
            )
          }}
          onChoices={setChoices}
          onColumns={() => setStep('columns')}
          onFile={() => {
            setLines([])
            setStep('file')
          }}
          onSend={() => void send()}
          onStop={() => (stopping.current = true)}
        />
      )}
      {step === 'columns' && !sheet && <Button onClick={() => setStep('file')}>重新选文件</Button>}
    </div>
  )
}
