import { type HTMLInputAutoCompleteAttribute, type InputHTMLAttributes, useId } from 'react'

/** A labelled line with its hint and its error, for the pages that belong to neither half of the client. */
export function PlainField({
  label,
  value,
  onChange,
  error,
  hint,
  autoComplete,
  ...rest
}: {
  label: string
  value: string
  onChange: (value: string) => void
  error?: string | undefined
  hint?: string | undefined
  autoComplete: HTMLInputAutoCompleteAttribute
} & Pick<InputHTMLAttributes<HTMLInputElement>, 'type' | 'inputMode' | 'name' | 'autoCapitalize' | 'spellCheck'>) {
  const id = useId()
  const described = [hint && `${id}-hint`, error && `${id}-wrong`].filter(Boolean).join(' ') || undefined
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        required
        value={value}
        autoComplete={autoComplete}
        aria-describedby={described}
        aria-invalid={Boolean(error)}
        onChange={(event) => onChange(event.target.value)}
        {...rest}
      />
      {hint && (
        <p id={`${id}-hint`} className="sign-in-help">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-wrong`} className="wrong" role="alert">
          {error}
        </p>
      )}
    </div>
  )
}
