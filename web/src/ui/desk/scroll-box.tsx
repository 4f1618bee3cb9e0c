import type { ReactNode } from 'react'

interface BoxProps {
  readonly label: string
  /** How many pixels wide what is inside stays at least. */
  readonly least: number
  readonly children: ReactNode
}

/** Scrolls sideways what is wider than the screen; a keyboard reaches it even where it holds no link. */
export function ScrollBox({ label, least, children }: BoxProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by a keyboard
    <div className="desk-scroll" tabIndex={0} role="region" aria-label={label}>
      <div style={{ minWidth: least }}>{children}</div>
    </div>
  )
}
