import type { FieldError } from '../problem'
import type { Day } from '../time'
import type { StandingFrom } from './activity'
import { type Colour, colours, type FieldName, type Standing, standings } from './words'

/**
 * What is wrong with another standing of a unit; empty when nothing is. Lines are only added, so one begins no earlier
 * than the line before, and none begins after today.
 */
export function standingErrors(
  last: StandingFrom | undefined,
  { on, standing }: { on: Day; standing: Standing },
  today: Day,
): FieldError[] {
  const errors: FieldError[] = []
  if (on > today) errors.push({ pointer: '/on', detail: '日期不能晚于今天' })
  else if (last && on < last.on)
    errors.push({ pointer: '/on', detail: `不能早于上一次变更的日期 ${last.on}；历史记录不可改写` })
  if (last?.standing === standing)
    errors.push({ pointer: '/standing', detail: `现在已是“${standings[standing]}”，请选择另一种状态` })
  return errors
}

/** What is wrong with another colour of a unit; empty when nothing is. */
export function colourErrors(now: Colour | null, colour: Colour): FieldError[] {
  return now === colour ? [{ pointer: '/colour', detail: `现在已是${colours[colour]}，请选择另一种颜色` }] : []
}

/** Names of the fields that differ between two readings of a unit. */
export function changedFields<F extends Partial<Record<FieldName, unknown>>>(before: F, after: F): FieldName[] {
  // Safe: the type asks for fields only.
  return (Object.keys(after) as FieldName[]).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  )
}
