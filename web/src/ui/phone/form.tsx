import type { ReactNode, RefObject } from 'react'

/** A form of the phone side: what is asked, what went wrong as a whole, and the one button at its foot. */
export function PhoneForm({
  form,
  onSubmit,
  trouble,
  submit,
  busy,
  disabled = false,
  children,
}: {
  form: RefObject<HTMLFormElement | null>
  onSubmit: () => unknown
  trouble: string | null
  submit: string
  /** What the button says while it is at it; false while it is not. */
  busy: string | false
  disabled?: boolean
  children: ReactNode
}) {
  return (
    <form
      ref={form}
      className="m-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void onSubmit()
      }}
    >
      {children}
      {trouble && (
        <p className="wrong" role="alert">
          {trouble}
        </p>
      )}
      <div className="m-submit">
        <button type="submit" className="button m-wide" disabled={busy !== false || disabled}>
          {busy || submit}
        </button>
      </div>
    </form>
  )
}
