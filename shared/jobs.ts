import * as v from 'valibot'
import { DistrictId } from './ids'
import { Day, Month } from './time'

/** The work that a job's key stands for. The key says what and for when, so that twice the same work is one row. */
export const Work = v.variant('kind', [
  v.object({ kind: v.literal('score'), period: Month }),
  v.object({ kind: v.literal('anchor'), day: Day }),
  // What is past its term by that day is erased.
  v.object({ kind: v.literal('retain'), day: Day }),
  // What is sealed with an older key is sealed again with this one.
  v.object({ kind: v.literal('rotate'), version: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
])
export type Work = v.InferOutput<typeof Work>

/** A queue message: only a wake-up. Whose scope to open, and which row of its jobs to do. */
export const Job = v.object({ districtId: DistrictId, key: v.pipe(v.string(), v.maxLength(60)) })
export type Job = v.InferOutput<typeof Job>

/** `score/2026-09`, `anchor/2026-09-30`, `rotate/2`. */
export function keyOf(work: Work): string {
  switch (work.kind) {
    case 'score':
      return `score/${work.period}`
    case 'rotate':
      return `rotate/${work.version}`
    default:
      return `${work.kind}/${work.day}`
  }
}

/** The work a key stands for; throws a `ValiError` for a key that no version ever made. */
export function workOf(key: string): Work {
  const [kind, what] = key.split('/')
  const details = { score: { period: what }, rotate: { version: Number(what) } }
  return v.parse(Work, { kind, ...(details[kind as keyof typeof details] ?? { day: what }) })
}
