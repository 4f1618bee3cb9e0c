import { Problem } from '@app/shared/problem'
import { type ReactNode, useId } from 'react'

/** What a control needs to belong to its label and its error. */
export interface Control {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
  readonly 'aria-required': true | undefined
  readonly status: '' | 'error'
}

interface FieldProps {
  readonly label: ReactNode
  readonly required?: boolean
  readonly hint?: ReactNode
  readonly error?: string | undefined
  /** Takes the whole row of a form with several columns. */
  readonly wide?: boolean
  readonly children: (control: Control) => ReactNode
}

/** A labelled control with its hint, and its error in words beside it. */
export function Field({ label, required = false, hint, error, wide = false, children }: FieldProps) {
  const id = useId()
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined
  return (
    <div className={wide ? 'desk-field wide' : 'desk-field'}>
      <label htmlFor={id}>
        {label}
        {required && <span className="desk-required">（必填）</span>}
      </label>
      {children({
        id,
        'aria-describedby': described,
        'aria-invalid': error ? true : undefined,
        'aria-required': required || undefined,
        status: error ? 'error' : '',
      })}
      {hint && (
        <p id={`${id}-hint`} className="desk-hint">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="desk-wrong" role="alert">
          {error}
        </p>
      )}
    </div>
  )
}

/** The first message of a form field's own check. */
export function messageOf(errors: readonly unknown[]): string | undefined {
  for (const error of errors) {
    if (typeof error === 'object' && error !== null && 'message' in error) return String(error.message)
  }
  return undefined
}

/** What the server refused about one field, by its JSON Pointer, or about anything below it. */
export function refusedAt(error: unknown, pointer: string): string | undefined {
  if (!(error instanceof Problem)) return undefined
  return error.errors?.find((one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`))?.detail
}

/** What the server refused as a whole: everything but errors of the named fields. */
export function refusedElse(error: unknown, pointers: readonly string[]): unknown {
  return error && pointers.some((pointer) => refusedAt(error, pointer)) ? null : error
}
