import * as v from 'valibot'
import { DistrictId, ExportId, ImportId, MoveId, StreetId } from './ids'
import { Day, Month } from './time'

/** The work that a job's key stands for. The key says what and for when, so that twice the same work is one row. */
export const Work = v.variant('kind', [
  v.object({ kind: v.literal('score'), period: Month }),
  v.object({ kind: v.literal('anchor'), day: Day }),
  // What is past its term by that day is erased.
  v.object({ kind: v.literal('retain'), day: Day }),
  // What is sealed with an older key is sealed again with this one.
  v.object({ kind: v.literal('rotate'), version: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
  v.object({ kind: v.literal('export'), streetId: StreetId, exportId: ExportId }),
  v.object({ kind: v.literal('import'), importId: ImportId }),
  v.object({ kind: v.literal('move'), moveId: MoveId }),
])
export type Work = v.InferOutput<typeof Work>

/** A queue message: only a wake-up. Whose scope to open, and which row of its jobs to do. */
export const Job = v.object({ districtId: DistrictId, key: v.pipe(v.string(), v.maxLength(120)) })
export type Job = v.InferOutput<typeof Job>

/** What of each kind of work its key spells, in this order. */
const parts = {
  score: ['period'],
  anchor: ['day'],
  retain: ['day'],
  rotate: ['version'],
  export: ['streetId', 'exportId'],
  import: ['importId'],
  move: ['moveId'],
} as const satisfies { [K in Work['kind']]: readonly Exclude<keyof Extract<Work, { kind: K }>, 'kind'>[] }

/** `score/2026-09`, `anchor/2026-09-30`, `rotate/2`, `export/str_…/exp_…`. */
export function keyOf(work: Work): string {
  const named: Record<string, string | number> = work
  return [work.kind, ...parts[work.kind].map((part) => named[part])].join('/')
}

/** The work a key stands for; throws a `ValiError` for a key that no version ever made. */
export function workOf(key: string): Work {
  const [kind = '', ...values] = key.split('/')
  const names: readonly string[] = Object.hasOwn(parts, kind) ? parts[kind as Work['kind']] : []
  return v.parse(Work, {
    kind,
    ...Object.fromEntries(names.map((name, at) => [name, name === 'version' ? Number(values[at]) : values[at]])),
  })
}
