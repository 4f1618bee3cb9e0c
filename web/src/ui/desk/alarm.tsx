import { WarningFilled } from '@ant-design/icons'
import type { ReactNode } from 'react'

/** Something that is missing, in red words with a sign: the colour alone says nothing. */
export function Alarm({ children }: { children: ReactNode }) {
  return (
    <span className="desk-alarm">
      <WarningFilled aria-hidden />
      {children}
    </span>
  )
}
