import { useState } from 'react'
import { PlainField } from './plain-field'

interface SubmitProps {
  /** What was refused of the form as a whole, in words. */
  readonly wrong: string | undefined
  readonly pending: boolean
  /** What the button says meanwhile. */
  readonly doing: string
  readonly children: string
}

/** The end of a form: what was refused of it, and the button that sends it. */
export function SubmitLine({ wrong, pending, doing, children }: SubmitProps) {
  return (
    <>
      {wrong && (
        <p className="wrong" role="alert">
          {wrong}
        </p>
      )}
      <button type="submit" className="button" disabled={pending}>
        {pending ? doing : children}
      </button>
    </>
  )
}

/** A new password that is typed twice, so that a slip of the hand shuts nobody out. */
export function useNewPassword() {
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [differ, setDiffer] = useState(false)
  /** Whether both say the same; where they do not, it is said beside the second. */
  const agrees = () => {
    setDiffer(password !== again)
    return password === again
  }
  return { password, setPassword, again, setAgain, differ, agrees }
}

interface NewPasswordProps {
  readonly of: ReturnType<typeof useNewPassword>
  readonly label: string
  readonly again: string
  readonly error: string | undefined
}

/** Its two fields. */
export function NewPasswordFields({ of, label, again, error }: NewPasswordProps) {
  return (
    <>
      <NewPasswordField label={label} value={of.password} onChange={of.setPassword} error={error} />
      <PlainField
        label={again}
        name="again"
        type="password"
        autoComplete="new-password"
        value={of.again}
        onChange={of.setAgain}
        error={of.differ ? '两次填写的密码不一致' : undefined}
      />
    </>
  )
}

interface FieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error: string | undefined
}

/** The field of a new password, with what is asked of one. */
export function NewPasswordField({ label, value, onChange, error }: FieldProps) {
  return (
    <PlainField
      label={label}
      name="password"
      type="password"
      autoComplete="new-password"
      hint="至少 12 个字符，可以是一句好记的话。"
      value={value}
      onChange={onChange}
      error={error}
    />
  )
}

/** The field of a user name that somebody chooses. */
export function UsernameField({ hint, value, onChange, error }: Omit<FieldProps, 'label'> & { hint?: string }) {
  return (
    <PlainField
      label="用户名"
      name="username"
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      hint={hint}
      value={value}
      onChange={onChange}
      error={error}
    />
  )
}
