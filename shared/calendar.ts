import { addDays, type Day, daysBetween } from './time'

/** Which days differ from what their day of the week says, and for which years that is known. */
export interface WorkingCalendar {
  readonly off: ReadonlySet<Day>
  readonly on: ReadonlySet<Day>
  readonly years: ReadonlySet<string>
}

const line = /^(\d{4}-\d{2}-\d{2})(?:\s*(?:至|到|~|-|—)\s*(\d{4}-\d{2}-\d{2}))?\s*(放假|休|上班|班)$/u
/** No arrangement has a longer stretch. */
const longest = 31

/**
 * Reads 节假日安排 as a street writes it, a line for each stretch: `2026-10-01 至 2026-10-07 放假`, `2026-10-10 上班`.
 * Of two lines about one day the later holds. Says which line cannot be read.
 */
export function readArrangement(text: string): WorkingCalendar | { readonly wrong: string } {
  const off = new Set<Day>()
  const on = new Set<Day>()
  const years = new Set<string>()
  for (const [at, typed] of text.normalize('NFKC').split('\n').entries()) {
    const written = typed.trim()
    if (written === '') continue
    const [, first, last = first, what] = line.exec(written) ?? []
    const wrong = (why: string) => ({ wrong: `第 ${at + 1} 行${why}` })
    if (!first || !last) return wrong('看不懂，请写成“2026-10-01 至 2026-10-07 放假”或“2026-10-10 上班”')
    if (!isDay(first) || !isDay(last)) return wrong('有不存在的日期')
    const days = daysBetween(first, last)
    if (days < 0) return wrong('结束早于开始')
    if (days >= longest) return wrong(`超过 ${longest} 天，请核对年份`)
    const [into, outOf] = what === '放假' || what === '休' ? [off, on] : [on, off]
    for (let nth = 0; nth <= days; nth++) {
      const day = addDays(first, nth)
      into.add(day)
      outOf.delete(day)
      years.add(day.slice(0, 4))
    }
  }
  return { off, on, years }
}

function isDay(text: string): text is Day {
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

/** Whether people work that day: as arranged, and where nothing is, on weekdays. */
export function isWorkingDay(of: Day, { off, on }: Pick<WorkingCalendar, 'off' | 'on'>): boolean {
  if (on.has(of)) return true
  return !off.has(of) && ![0, 6].includes(new Date(`${of}T00:00:00Z`).getUTCDay())
}

/** The day so many working days later, not counting the day itself. */
export function addWorkingDays(to: Day, days: number, calendar: Pick<WorkingCalendar, 'off' | 'on'>): Day {
  let on = to
  for (let left = days; left > 0;) {
    on = addDays(on, 1)
    if (isWorkingDay(on, calendar)) left--
  }
  return on
}

/**
 * 2026 年部分节假日安排, from the data of chinese-days 1.5.7 (MIT), which follow the State Council's notice. Later years
 * are written in by the street once they are published.
 */
export const defaultArrangement = `2026-01-01 至 2026-01-03 放假
2026-01-04 上班
2026-02-14 上班
2026-02-15 至 2026-02-23 放假
2026-02-28 上班
2026-04-04 至 2026-04-06 放假
2026-05-01 至 2026-05-05 放假
2026-05-09 上班
2026-06-19 至 2026-06-21 放假
2026-09-20 上班
2026-09-25 至 2026-09-27 放假
2026-10-01 至 2026-10-07 放假
2026-10-10 上班`
