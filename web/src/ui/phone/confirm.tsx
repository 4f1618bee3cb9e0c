import { type ReactNode, useEffect, useId, useRef } from 'react'

/** A window over the page; open as long as it is shown. Escape and the system's back close it. */
export function Sheet({
  label,
  onClose,
  className = '',
  children,
}: {
  label: string
  onClose: () => void
  className?: string
  children: ReactNode
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    return () => shown?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      className={`m-sheet ${className}`}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      {children}
    </dialog>
  )
}

/** Asks once more before something that cannot be taken back. */
export function Confirm({
  question,
  children,
  yes,
  danger = false,
  onYes,
  onNo,
}: {
  question: string
  children?: ReactNode
  yes: string
  danger?: boolean
  onYes: () => void
  onNo: () => void
}) {
  const title = useId()
  return (
    <Sheet label={question} onClose={onNo} className="m-confirm">
      <h2 id={title}>{question}</h2>
      {children}
      <div className="m-confirm-buttons">
        <button type="button" className="button plain" onClick={onNo}>
          取消
        </button>
        <button type="button" className={danger ? 'button m-danger' : 'button'} onClick={onYes}>
          {yes}
        </button>
      </div>
    </Sheet>
  )
}
