import { isOverdue } from '@app/shared/hazards/machine'
import { levels, states, type Level, type State } from '@app/shared/hazards/words'
import { type Day, dayOf, daysBetween } from '@app/shared/time'
import { Tag } from 'antd'
import './tags.css'

export function LevelTag({ level }: { level: Level }) {
  return <Tag {...(level !== 'ordinary' && { color: 'error' })}>{levels[level]}</Tag>
}

const stateColors = {
  rectified: 'processing',
  checked: 'processing',
  closed: 'success',
  settled: 'success',
  filed: 'warning',
} as const

export function StateTag({ state, voidAsked = false }: { state: State; voidAsked?: boolean }) {
  const color = state in stateColors ? stateColors[state as keyof typeof stateColors] : undefined
  return (
    <span className="hazard-tags">
      <Tag {...(color && { color })}>{states[state]}</Tag>
      {voidAsked && <Tag color="warning">申请作废</Tag>}
    </span>
  )
}

/** The due day, and in red by how many days it has passed while the hazard is still open. */
export function DueDay({ hazard }: { hazard: { state: State; dueOn: Day | null } }) {
  if (hazard.dueOn === null) return <span className="desk-quiet">未定</span>
  const today = dayOf(Date.now())
  return (
    <span className="hazard-due">
      {hazard.dueOn}
      {isOverdue(hazard, today) && <Tag color="error">逾期{daysBetween(hazard.dueOn, today)}天</Tag>}
    </span>
  )
}
