import { type Level, type State, isOpen } from './hazards/words'
import { day } from './time'

/** How long something is kept, on what ground, and whether somebody has checked that ground against its source. */
export interface Term {
  readonly label: string
  /** What is kept, in words for those it is about. */
  readonly what: string
  readonly days: number
  readonly basis: string
  readonly verified: boolean
}

/** A year of terms has 365 days and a leap day is given away: nobody's records are kept a day longer for it. */
const year = 365
const practice = '《个人信息保护法》要求保存期限为实现目的所必要的最短时间；具体年限为本系统默认做法'

/** The default terms, counted from the end of a hazard's last round, or from when a thing was written. */
export const terms = {
  ordinary: {
    label: '检查和一般隐患记录',
    what: '地点、描述、整改措施、责任人姓名、办理意见和照片；到期后清除，编号、类别、时间和办理环节保留',
    days: 3 * year,
    basis: practice,
    verified: false,
  },
  major: {
    label: '重大隐患记录',
    what: '同上；重大隐患保存更久',
    days: 10 * year,
    basis: practice,
    verified: false,
  },
  reporter: { label: '群众举报人联系方式', what: '举报人留下的电话', days: year, basis: practice, verified: false },
  location: { label: '现场定位', what: '到场打卡的位置点', days: 90, basis: practice, verified: false },
  audit: {
    label: '审计日志',
    what: '谁在何时办理了何事；只记人员编号，不记姓名',
    days: 12 * 31,
    basis: '《网络安全法》要求网络日志留存不少于六个月；默认十二个月',
    verified: true,
  },
} as const satisfies Record<string, Term>
export type Kept = keyof typeof terms

/** No setting makes the keeping of logs shorter than this (six months). */
export const leastAuditDays = 6 * 31

/** How many days logs are kept when somebody asks for so many. */
export function auditDays(asked: number): number {
  return Math.max(leastAuditDays, asked)
}

/** What is asked of a hazard before its words and photos may go. */
export interface Ended {
  readonly state: State
  readonly level: Level
  /** When its last round was closed or voided, by arrival; null while it runs. */
  readonly endedAt: number | null
}

/** When a hazard's words and photos are past their term, in epoch milliseconds; null while it is open. */
export function termEnd({ state, level, endedAt }: Ended): number | null {
  if (isOpen(state) || endedAt === null) return null
  // A suspected major that nobody decided is kept as long as one.
  return endedAt + terms[level === 'ordinary' ? 'ordinary' : 'major'].days * day
}

/** A hold that keeps a record past its term, for a dispute, an inquiry or a suit. */
export interface Hold {
  readonly until: number | null
}

/** Whether a hold still keeps what it names: until its day, or until it is lifted where it has none. */
export function isHeld(hold: Hold | null, now: number): boolean {
  return hold !== null && (hold.until === null || hold.until > now)
}

/** Whether a record's words and photos are to be erased now. */
export function isDue(ended: Ended, hold: Hold | null, now: number): boolean {
  const end = termEnd(ended)
  return end !== null && end <= now && !isHeld(hold, now)
}
