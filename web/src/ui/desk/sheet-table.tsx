import type { ReactNode } from 'react'
import { useId, useState } from 'react'
import './sheet-table.css'

interface SheetTableProps<K extends string> {
  readonly label: string
  readonly columns: readonly { readonly key: K; readonly label: string }[]
  readonly rows: readonly SheetRow<K>[]
  /** What stands behind the cells of a row: what became of it, or what is to be done with it. */
  readonly renderLast: (line: number) => ReactNode
  readonly lastLabel: string
  /** Puts a cell right; without it cells are only shown. */
  readonly onEdit?: (line: number, key: K, to: string) => void
  /** What is to be said below a cell, other than an error. */
  readonly renderBelow?: (line: number, key: K) => ReactNode
}

export interface SheetRow<K extends string> {
  /** As the table counts its lines, from 1. */
  readonly line: number
  readonly cells: Readonly<Partial<Record<K, string>>>
  readonly errors: Readonly<Partial<Record<K, string>>>
}

/** Lines as a file has them, with what is wrong beside its cell. */
export function SheetTable<K extends string>({
  label,
  columns,
  rows,
  renderLast,
  lastLabel,
  onEdit,
  renderBelow,
}: SheetTableProps<K>) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by a keyboard
    <div className="sheet-scroll" tabIndex={0} role="region" aria-label={label}>
      <table>
        <thead>
          <tr>
            <th scope="col">行</th>
            {columns.map(({ key, label }) => (
              <th key={key} scope="col">
                {label}
              </th>
            ))}
            <th scope="col">{lastLabel}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ line, cells, errors }) => (
            <tr key={line}>
              <th scope="row">{line}</th>
              {columns.map(({ key, label }) => (
                <td key={key} data-wrong={errors[key] ? '' : undefined}>
                  {onEdit ? (
                    <EditableCell
                      label={`第 ${line} 行${label}`}
                      value={cells[key] ?? ''}
                      error={errors[key]}
                      onEdit={(to) => onEdit(line, key, to)}
                    />
                  ) : (
                    <>
                      {cells[key]}
                      {errors[key] && <p className="desk-wrong">{errors[key]}</p>}
                    </>
                  )}
                  {renderBelow?.(line, key)}
                </td>
              ))}
              <td>{renderLast(line)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface CellProps {
  readonly label: string
  readonly value: string
  readonly error: string | undefined
  readonly onEdit: (to: string) => void
}

/** A cell that becomes a field where it is touched; what is typed counts once the field is left. */
function EditableCell({ label, value, error, onEdit }: CellProps) {
  const id = useId()
  const [typed, setTyped] = useState<string | null>(null)
  const keep = () => {
    setTyped(null)
    if (typed !== null && typed !== value) onEdit(typed)
  }
  return (
    <>
      <input
        aria-label={label}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? id : undefined}
        maxLength={500}
        style={{ minWidth: `min(18em, ${value.length + 3}ch)` }}
        value={typed ?? value}
        onChange={({ target }) => setTyped(target.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) keep()
          if (event.key === 'Escape') setTyped(null)
        }}
      />
      {error && (
        <p id={id} className="desk-wrong">
          {error}
        </p>
      )}
    </>
  )
}
