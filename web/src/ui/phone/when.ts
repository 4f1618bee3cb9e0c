import { type Day, daysBetween, hour } from '@app/shared/time'

/** An instant as people read it, in China time: `2026-11-23 18:44`. */
export function momentOf(instant: number): string {
  return new Date(instant + 8 * hour).toISOString().slice(0, 16).replace('T', ' ')
}

/** A day as people say it: `11月23日`, with its year when that is not this one. */
export function dayWords(day: Day, today: Day): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${today.startsWith(String(year)) ? '' : `${year}年`}${month}月${date}日`
}

/** How a due day stands to today, and whether it is to worry about. */
export function dueWords(dueOn: Day, today: Day): { words: string; tone: 'late' | 'soon' | 'calm' } {
  const left = daysBetween(today, dueOn)
  if (left < 0) return { words: `逾期${-left}天`, tone: 'late' }
  if (left === 0) return { words: '今日到期', tone: 'soon' }
  if (left === 1) return { words: '明天到期', tone: 'soon' }
  return { words: `${dayWords(dueOn, today)}到期`, tone: 'calm' }
}
