import { type ReactNode, useId } from 'react'

interface FieldProps {
  readonly label: string
  /** What is wrong with it, in words. */
  readonly error?: string | undefined
  readonly hint?: ReactNode
}

/** A labelled control with its error beside it; `children` is given what ties them together. */
export function Field({
  label,
  error,
  hint,
  children,
}: FieldProps & {
  children: (tie: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean }) => ReactNode
}) {
  const id = useId()
  const [wrong, help] = [`${id}-wrong`, `${id}-help`]
  const described = [error && wrong, hint && help].filter(Boolean).join(' ') || undefined
  return (
    <div className="field m-field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': described, 'aria-invalid': Boolean(error) })}
      {hint && (
        <p id={help} className="m-hint">
          {hint}
        </p>
      )}
      {error && (
        <p id={wrong} className="wrong">
          {error}
        </p>
      )}
    </div>
  )
}

/** A text of one or several lines. */
export function TextField({
  value,
  onChange,
  lines = 1,
  max,
  ...field
}: FieldProps & { value: string; onChange: (value: string) => void; lines?: number; max: number }) {
  return (
    <Field {...field}>
      {(tie) =>
        lines > 1 ? (
          <textarea {...tie} rows={lines} maxLength={max} value={value} onChange={(e) => onChange(e.target.value)} />
        ) : (
          <input {...tie} type="text" maxLength={max} value={value} onChange={(e) => onChange(e.target.value)} />
        )
      }
    </Field>
  )
}

/** One of a few, each a big button; chosen ones are marked by more than colour. */
export function Choices<Value extends string>({
  label,
  options,
  value,
  onChange,
  error,
}: {
  label: string
  options: readonly { value: Value; label: string }[]
  value: Value | null
  onChange: (value: Value) => void
  error?: string | undefined
}) {
  const name = useId()
  const wrong = `${name}-wrong`
  return (
    <fieldset className="m-choices" aria-describedby={error ? wrong : undefined}>
      <legend>{label}</legend>
      <div className="m-choices-2">
        {options.map((option) => (
          <label key={option.value} className={option.value === value ? 'm-choice m-chosen' : 'm-choice'}>
            <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      {error && (
        <p id={wrong} className="wrong">
          {error}
        </p>
      )}
    </fieldset>
  )
}

/** Words to start from, put into the text with one tap. */
export function Phrases({ phrases, onPick }: { phrases: readonly string[]; onPick: (words: string) => void }) {
  return (
    <div className="m-phrases" role="group" aria-label="常用语">
      {phrases.map((words) => (
        <button key={words} type="button" onClick={() => onPick(words)}>
          {words}
        </button>
      ))}
    </div>
  )
}
