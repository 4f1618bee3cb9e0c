import { Input } from 'antd'
import type { ReactNode } from 'react'
import { Field, messageOf } from './field'

/** As much of a form's field as a text needs. */
export interface TextOf {
  readonly state: { readonly value: string; readonly meta: { readonly errors: readonly unknown[] } }
  readonly handleChange: (value: string) => void
  readonly handleBlur?: () => void
}

interface TextFieldProps {
  readonly of: TextOf
  readonly label: ReactNode
  readonly required?: boolean
  readonly hint?: ReactNode
  readonly wide?: boolean
  readonly type?: 'text' | 'date' | 'lines'
  /** What the server refused about it. */
  readonly refused?: string | undefined
  readonly placeholder?: string
  readonly min?: string | undefined
}

/** A text, some lines of it, or a day, with its label and what is wrong with it. */
export function TextField({ of, label, refused, type = 'text', placeholder, min, ...rest }: TextFieldProps) {
  return (
    <Field label={label} error={messageOf(of.state.meta.errors) ?? refused} {...rest}>
      {(control) =>
        type === 'lines' ? (
          <Input.TextArea
            {...control}
            autoSize={{ minRows: 2, maxRows: 5 }}
            placeholder={placeholder}
            value={of.state.value}
            onChange={(event) => of.handleChange(event.target.value)}
            onBlur={of.handleBlur}
          />
        ) : (
          <Input
            {...control}
            type={type}
            autoComplete="off"
            placeholder={placeholder}
            min={min}
            value={of.state.value}
            onChange={(event) => of.handleChange(event.target.value)}
            onBlur={of.handleBlur}
          />
        )
      }
    </Field>
  )
}
