import { InboxOutlined } from '@ant-design/icons'
import { type ReactNode, useId, useState } from 'react'

interface DropProps {
  readonly label: ReactNode
  /** The endings that the window to choose from offers. */
  readonly accept: string
  readonly disabled?: boolean
  readonly onFile: (file: File) => void
}

/** Takes one file: dragged onto it, or chosen by mouse or keyboard. */
export function FileDrop({ label, accept, disabled = false, onFile }: DropProps) {
  const id = useId()
  const [over, setOver] = useState(false)
  return (
    <label htmlFor={id} className="file-drop" data-over={over || undefined} data-disabled={disabled || undefined}>
      <InboxOutlined aria-hidden />
      <span>{label}</span>
      {/* It covers the whole field, and a browser's own control takes what is dropped on it. */}
      <input
        id={id}
        type="file"
        accept={accept}
        disabled={disabled}
        onDragEnter={() => setOver(true)}
        onDragLeave={() => setOver(false)}
        onDrop={() => setOver(false)}
        onChange={({ target }) => {
          const file = target.files?.[0]
          // The same file, once put right, is to be chosen again. What is read afterwards is the file itself.
          target.value = ''
          if (file) onFile(file)
        }}
      />
    </label>
  )
}
