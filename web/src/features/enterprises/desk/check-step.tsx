import { columns, type Field, fields } from '@app/shared/enterprises/columns'
import type { Row } from '@app/shared/enterprises/import'
import type { Changeable, Choice, Held, Verdict } from '@app/shared/enterprises/matching'
import { cellOf } from '@app/shared/enterprises/table'
import type { EnterpriseId } from '@app/shared/ids'
import type { Places } from '@app/shared/places/schema'
import { Alert, Button, Checkbox, Pagination, Progress, Segmented, Select } from 'antd'
import { useMemo, useState } from 'react'
import { SheetTable } from '../../../ui/desk/sheet-table'
import type { Outcome } from './sending'

interface StepProps {
  readonly file: string
  /** How many rows of the sheet are hidden in it. */
  readonly hidden: number
  readonly rows: readonly Row[]
  readonly verdicts: readonly Verdict[]
  readonly choices: ReadonlyMap<number, Choice>
  readonly outcomes: ReadonlyMap<number, Outcome>
  readonly places: Places
  readonly sending: { readonly sent: number; readonly all: number } | null
  /** Why the sending stopped before its end. */
  readonly halted: string | null
  readonly onEdit: (line: number, field: Field, to: string) => void
  readonly onChoices: (to: ReadonlyMap<number, Choice>) => void
  readonly onColumns: () => void
  readonly onFile: () => void
  readonly onSend: () => void
  readonly onStop: () => void
}

const kinds = {
  wrong: '有错',
  ambiguous: '需确认',
  new: '新增',
  changed: '有变化',
  same: '相同',
  left: '跳过',
} as const satisfies Record<Verdict['kind'], string>
type Shown = Verdict['kind'] | 'all'
const pageSize = 50

/** Beside which column a difference is shown. */
const columnOf: Partial<Record<Changeable, readonly Field[]>> = {
  place: ['grid', 'community'],
  position: ['longitude', 'coordinates'],
  principal: ['principal', 'principalPhone'],
  managers: ['manager', 'managerPhone'],
}
const alike = (facet: Changeable): readonly Field[] => columnOf[facet] ?? [facet as Field]

/** 核对: every line beside what the street has, to be put right, decided upon, and taken over. */
export function CheckStep(props: StepProps) {
  const { file, hidden, rows, verdicts, choices, outcomes, places, sending, halted } = props
  const { onEdit, onChoices, onColumns, onFile, onSend, onStop } = props
  const [shown, setShown] = useState<Shown>('all')
  const [page, setPage] = useState(1)
  // A line that is put right stays where it is until the filter is touched again.
  const [pinned, setPinned] = useState<ReadonlySet<number> | null>(null)
  const counts = useMemo(() => {
    const by = { wrong: 0, ambiguous: 0, new: 0, changed: 0, same: 0, left: 0 }
    for (const { kind } of verdicts) by[kind]++
    return by
  }, [verdicts])
  const names = useMemo(
    () => new Map<string, string>([...places.communities, ...places.grids].map(({ id, name }) => [id, name])),
    [places],
  )
  const taken = useMemo(() => {
    const present = new Set(rows.flatMap(({ cells, errors }) => Object.keys({ ...cells, ...errors }) as Field[]))
    for (const { errors } of verdicts) for (const field of Object.keys(errors) as Field[]) present.add(field)
    return fields.filter((field) => present.has(field))
  }, [rows, verdicts])
  const of = useMemo(() => new Map(verdicts.map((verdict) => [verdict.line, verdict])), [verdicts])

  const filter = (to: Shown) => {
    setShown(to)
    setPage(1)
    setPinned(to === 'all' ? null : new Set(verdicts.flatMap(({ kind, line }) => (kind === to ? [line] : []))))
  }
  const wanted = pinned ? rows.filter(({ line }) => pinned.has(line)) : rows
  const some = wanted.slice((page - 1) * pageSize, page * pageSize)
  const decide = (line: number, to: Choice) => onChoices(new Map(choices).set(line, to))
  const decideAll = (kind: Verdict['kind'], to: (choice: Choice, verdict: Verdict) => Choice) => {
    const next = new Map(choices)
    for (const verdict of verdicts)
      if (verdict.kind === kind) next.set(verdict.line, to(next.get(verdict.line) ?? {}, verdict))
    onChoices(next)
  }

  const pending = counts.new + counts.changed
  const failed = [...outcomes].filter(([, { kind }]) => kind === 'failed').length
  const count = (kind: Outcome['kind']) => [...outcomes.values()].filter((one) => one.kind === kind).length
  return (
    <>
      <p role="status" className="units-sum">
        “{file}”共 {rows.length} 行：新增 {counts.new}，有变化 {counts.changed}，相同 {counts.same}，需确认{' '}
        {counts.ambiguous}，<span className={counts.wrong > 0 ? 'desk-wrong' : undefined}>有错 {counts.wrong}</span>
        ，跳过 {counts.left}。{hidden > 0 && `其中表里有 ${hidden} 行是隐藏的，也一并读入。`}
      </p>
      {outcomes.size > 0 && (
        <Alert
          type={failed > 0 || halted ? 'warning' : 'success'}
          showIcon
          title={`本次已导入：新增 ${count('made')} 家，更新 ${count('changed')} 家${failed > 0 ? `；${failed} 行没有导入，原因写在该行，已与系统重新比对` : ''}。`}
        />
      )}
      {halted && <Alert type="error" showIcon title={halted} />}
      {sending && (
        <div className="units-row">
          <Progress
            percent={sending.all === 0 ? 100 : Math.round((100 * sending.sent) / sending.all)}
            aria-label="导入进度"
          />
          <Button onClick={onStop}>停止</Button>
        </div>
      )}
      <div className="units-row">
        <Button type="primary" disabled={pending === 0} loading={sending !== null} onClick={onSend}>
          {outcomes.size > 0 || halted ? '继续导入' : '导入'}（{pending} 行）
        </Button>
        <Button disabled={sending !== null} onClick={onColumns}>
          修改列对应
        </Button>
        <Button disabled={sending !== null} onClick={onFile}>
          换一个文件
        </Button>
      </div>
      <div className="units-row">
        <Segmented<Shown>
          value={shown}
          onChange={filter}
          options={[
            { value: 'all', label: `全部 ${rows.length}` },
            ...(Object.keys(kinds) as Verdict['kind'][]).map((kind) => ({
              value: kind,
              label: `${kinds[kind]} ${counts[kind]}`,
            })),
          ]}
        />
        {shown === 'wrong' && counts.wrong > 0 && (
          <Button onClick={() => decideAll('wrong', (choice) => ({ ...choice, leave: true }))}>跳过全部有错的行</Button>
        )}
        {shown === 'changed' && counts.changed > 0 && (
          <>
            <Button onClick={() => decideAll('changed', ({ keep: _, ...choice }) => choice)}>全部采用表格</Button>
            <Button
              onClick={() => decideAll('changed', (choice, { differences }) => ({ ...choice, keep: differences }))}
            >
              全部保留系统
            </Button>
          </>
        )}
      </div>
      <SheetTable
        label="表格内容"
        columns={taken.map((key) => ({ key, label: columns[key].label }))}
        rows={some.map((row) => ({ ...row, errors: of.get(row.line)?.errors ?? row.errors }))}
        {...(!sending && { onEdit })}
        renderBelow={(line, field) => {
          const verdict = of.get(line)
          const facet = verdict?.differences.find((one) => alike(one).find((other) => taken.includes(other)) === field)
          if (!verdict?.target || !facet) return null
          const choice = choices.get(line) ?? {}
          return (
            <Difference
              label={`第 ${line} 行${columns[field].label}保留系统的`}
              ours={alike(facet).map((one) => verdict.target && cellOf(one, verdict.target, names))}
              kept={choice.keep?.includes(facet) ?? false}
              disabled={sending !== null}
              onKeep={(keeps) => {
                const others = (choice.keep ?? []).filter((one) => one !== facet)
                decide(line, { ...choice, keep: keeps ? [...others, facet] : others })
              }}
            />
          )
        }}
        lastLabel="处理"
        renderLast={(line) => (
          <Decision
            line={line}
            verdict={of.get(line)}
            choice={choices.get(line) ?? {}}
            outcome={outcomes.get(line)}
            disabled={sending !== null}
            onDecide={(to) => decide(line, to)}
          />
        )}
      />
      <Pagination
        current={page}
        pageSize={pageSize}
        total={wanted.length}
        showSizeChanger={false}
        hideOnSinglePage
        onChange={setPage}
      />
    </>
  )
}

interface DifferenceProps {
  readonly label: string
  readonly ours: readonly (string | number | null)[]
  readonly kept: boolean
  readonly disabled: boolean
  readonly onKeep: (keeps: boolean) => void
}

function Difference({ label, ours, kept, disabled, onKeep }: DifferenceProps) {
  const words = ours.filter((one) => one !== null && one !== '').join(' ')
  return (
    <p className="units-difference">
      系统：{words || '（空）'}
      <br />
      <Checkbox aria-label={label} checked={kept} disabled={disabled} onChange={({ target }) => onKeep(target.checked)}>
        保留系统的
      </Checkbox>
    </p>
  )
}

interface DecisionProps {
  readonly line: number
  readonly verdict: Verdict | undefined
  readonly choice: Choice
  readonly outcome: Outcome | undefined
  readonly disabled: boolean
  readonly onDecide: (to: Choice) => void
}

function Decision({ line, verdict, choice, outcome, disabled, onDecide }: DecisionProps) {
  if (!verdict) return null
  const { leave, ...rest } = choice
  const where = ({ name, address, creditCode }: Held) => `${name} ${creditCode ?? ''} ${address}`
  return (
    <div className="units-decision">
      <span>{kinds[verdict.kind]}</span>
      {outcome?.kind === 'failed' && verdict.kind !== 'same' && <span className="desk-wrong">{outcome.why}</span>}
      {outcome && outcome.kind !== 'failed' && <span>已导入</span>}
      {verdict.note && <span className="desk-warn">{verdict.note}</span>}
      {verdict.candidates.length > 0 && (
        <Select<EnterpriseId | 'new'>
          aria-label={`第 ${line} 行是哪一家`}
          placeholder="是系统里的哪一家？"
          disabled={disabled}
          style={{ width: 220 }}
          popupMatchSelectWidth={false}
          {...(choice.target !== undefined && { value: choice.target })}
          options={[
            ...verdict.candidates.map((one) => ({ value: one.id, label: where(one) })),
            { value: 'new' as const, label: '都不是，新建一家' },
          ]}
          onChange={(target) => onDecide({ ...rest, target })}
        />
      )}
      {choice.target !== undefined && verdict.candidates.length === 0 && (
        <button
          type="button"
          className="desk-link"
          disabled={disabled}
          onClick={() => onDecide(choice.keep ? { keep: choice.keep } : {})}
        >
          重新选择
        </button>
      )}
      <Checkbox
        aria-label={`跳过第 ${line} 行`}
        checked={leave ?? false}
        disabled={disabled}
        onChange={({ target }) => onDecide(target.checked ? { ...rest, leave: true } : rest)}
      >
        跳过
      </Checkbox>
    </div>
  )
}
