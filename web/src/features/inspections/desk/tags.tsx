import { results, type Result } from '@app/shared/checklists/words'
import type { InspectionCard } from '@app/shared/inspections/schema'
import { Tag } from 'antd'

export const endings = { signed: '已签字', refused: '拒签' } as const satisfies Record<InspectionCard['ending'], string>

/** Whether the unit signed its end of the record. */
export function EndingTag({ ending }: { ending: InspectionCard['ending'] }) {
  return <Tag {...(ending === 'refused' && { color: 'warning' })}>{endings[ending]}</Tag>
}

const resultColors = { fail: 'error', fixed: 'warning' } as const

export function ResultTag({ result }: { result: Result }) {
  const color = result in resultColors ? resultColors[result as keyof typeof resultColors] : undefined
  return <Tag {...(color && { color })}>{results[result]}</Tag>
}
