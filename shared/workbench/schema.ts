import * as v from 'valibot'
import { HazardId, PersonId } from '../ids'
import { Day } from '../time'

/**
 * The sources of 工作台: each counts what waits for somebody, and names the filtered list where it is done. Later
 * work adds a source here and not a screen.
 */
export const sources = {
  overdue: { label: '已逾期', filter: { overdue: 'yes' }, tone: 'error' },
  dueToday: { label: '今日到期', filter: { overdue: 'today' }, tone: 'warning' },
  dueSoon: { label: '即将到期', filter: { overdue: 'soon' }, tone: 'warning' },
  filed: { label: '待交办', filter: { state: 'filed' }, tone: 'normal' },
  assigned: { label: '整改中', filter: { state: 'assigned' }, tone: 'normal' },
  rectified: { label: '待复查', filter: { state: 'rectified' }, tone: 'normal' },
  checked: { label: '待销号', filter: { state: 'checked' }, tone: 'normal' },
  suspected: { label: '疑似重大', filter: { level: 'suspected' }, tone: 'error' },
  major: { label: '重大隐患', filter: { level: 'major' }, tone: 'error' },
  pleas: { label: '待答复申请', filter: { plea: 'yes' }, tone: 'warning' },
  mine: { label: '由我负责整改', filter: { mine: 'yes' }, tone: 'normal' },
} as const satisfies Record<
  string,
  { label: string; filter: Record<string, string>; tone: 'normal' | 'warning' | 'error' }
>
export type WorkbenchSource = keyof typeof sources

const keys = Object.keys(sources) as [WorkbenchSource, ...WorkbenchSource[]]

export const Workbench = v.object({
  counts: v.record(v.picklist(keys), v.number()),
  /** There is more than was counted, and every number is at least what it says. */
  capped: v.boolean(),
  /** The last day that `dueSoon` counts, by the street's days of reminder; null where it sets none. */
  soonUntil: v.nullable(Day),
  closedThisMonth: v.number(),
  /** 双包: communities without a leader and grids without a cadre today, and people who have too much. */
  charges: v.object({ communities: v.number(), grids: v.number(), overloaded: v.number() }),
})
export type Workbench = v.InferOutput<typeof Workbench>

/** A line of the street's access log: who of the district opened which record. */
export const AccessLine = v.object({
  day: v.string(),
  actor: PersonId,
  /** Who of the district it was. */
  name: v.nullable(v.string()),
  subject: HazardId,
  number: v.string(),
  times: v.number(),
  lastAt: v.number(),
})
export const AccessPage = v.object({ items: v.array(AccessLine) })
