import * as v from 'valibot'
import type { Day } from '../time'

/** A half-year such as `2026H1`, or a year such as `2026`, of China time. */
export const FilingPeriod = v.pipe(
  v.string('请选择期间'),
  v.regex(/^20\d{2}(H[12])?$/, '期间格式应为 2026H1 或 2026'),
  v.brand('FilingPeriod'),
)
export type FilingPeriod = v.InferOutput<typeof FilingPeriod>

/** How often something is owed: once each half-year, once each year, or never. */
export const cadences = ['每半年', '每年', '不要求'] as const
export type Cadence = (typeof cadences)[number]

/** The period that a day lies in; null where nothing is owed. */
export function periodAt(cadence: Cadence, on: Day): FilingPeriod | null {
  const year = on.slice(0, 4)
  // Safe: a year, with its half where there is one.
  if (cadence === '每年') return year as FilingPeriod
  return cadence === '每半年' ? (`${year}H${on.slice(5) < '07' ? 1 : 2}` as FilingPeriod) : null
}

/** The first and the last day of a period. */
export function daysOf(period: FilingPeriod): { firstDay: Day; lastDay: Day } {
  const [year, half] = period.split('H')
  // Safe: days that every year has.
  return {
    firstDay: `${year}-${half === '2' ? '07-01' : '01-01'}` as Day,
    lastDay: `${year}-${half === '1' ? '06-30' : '12-31'}` as Day,
  }
}

/** How a period is written: `2026 年上半年`. */
export function periodWords(period: FilingPeriod): string {
  const [year, half] = period.split('H')
  return `${year} 年${half === '1' ? '上半年' : half === '2' ? '下半年' : '度'}`
}

/** No certificate is named longer before its end than so many days; how long, a street sets. */
export const mostExpiringDays = 180
