import * as v from 'valibot'
import type { Sector } from '../hazards/words'
import { EnterpriseId, MergeId } from '../ids'
import { text } from '../text'
import { day, type Day } from '../time'
import { EnterpriseLine } from './schema'
import type { Colour, FieldName, Size } from './words'

/** For so many days a merge can be undone (本系统建议值，未查到法定天数). */
export const undoDays = 30

/** So many files can be merged into one: what is read through all of them stays bounded. */
export const mostMerged = 2

/** A name without blanks, punctuation and width: 「乐华 五金（店）」 and 「乐华五金(店)」 are one and the same. */
export function compactName(name: string): string {
  return name
    .normalize('NFKC')
    .replaceAll(/[\s\p{P}\p{S}]/gu, '')
    .toLowerCase()
}

/** Why two files may be of one unit. A code is in the register once, so that two of one code never meet here. */
export const likenesses = { name: '同社区同名', address: '地址相同' } as const
export type Likeness = keyof typeof likenesses

/** How a unit is like another of the same community; empty for one that is not. */
export function likenessOf(
  one: { readonly name: string; readonly address: string },
  other: { readonly name: string; readonly address: string },
): Likeness[] {
  const same = compactName(one.name)
  return [
    ...(same !== '' && same === compactName(other.name) ? (['name'] as const) : []),
    ...(one.address === other.address ? (['address'] as const) : []),
  ]
}

/** What a file can take over from one that is merged into it. */
export interface Takable {
  readonly creditCode: string | null
  readonly keyPlace: string | null
  readonly sectors: readonly Sector[]
  readonly highRisk: string | null
  readonly crowded: boolean
  readonly size: Size | null
  readonly staff: number | null
  readonly floorArea: number | null
  readonly colour: Colour | null
  readonly inspectedOn: Day | null
}

/** Columns that were taken over: what they held before, and what they came to. */
export type Taken = {
  readonly [name in keyof Takable]?: { readonly before: Takable[name]; readonly after: Takable[name] }
}

/** A unit is in so many sectors at most. */
const mostSectors = 6

/**
 * What the file that stays takes over: whatever it lacks, the sectors of both, and the later check; so that a key place
 * or a high-risk unit does not drop out of sight because of which of its files was kept.
 */
export function takenOver(stays: Takable, goes: Takable): Taken {
  const later = (goes.inspectedOn ?? '') > (stays.inspectedOn ?? '') ? goes.inspectedOn : stays.inspectedOn
  const after: Takable = {
    creditCode: stays.creditCode ?? goes.creditCode,
    keyPlace: stays.keyPlace ?? goes.keyPlace,
    sectors: [...new Set([...stays.sectors, ...goes.sectors])].slice(0, Math.max(mostSectors, stays.sectors.length)),
    highRisk: stays.highRisk ?? goes.highRisk,
    crowded: stays.crowded || goes.crowded,
    size: stays.size ?? goes.size,
    staff: stays.staff ?? goes.staff,
    floorArea: stays.floorArea ?? goes.floorArea,
    colour: stays.colour ?? goes.colour,
    inspectedOn: later,
  }
  return Object.fromEntries(
    (Object.keys(after) as (keyof Takable)[])
      .filter((name) => JSON.stringify(after[name]) !== JSON.stringify(stays[name]))
      .map((name) => [name, { before: stays[name], after: after[name] }]),
  )
}

/** The columns as an undoing puts them back: each as it was, unless somebody has changed it since the merge. */
export function putBack(taken: Taken, now: Takable): Partial<Takable> {
  return Object.fromEntries(
    (Object.keys(taken) as (keyof Takable)[])
      .filter((name) => JSON.stringify(now[name]) === JSON.stringify(taken[name]?.after))
      .map((name) => [name, taken[name]?.before]),
  )
}

/** Those of the columns that the file's story tells by name. */
export const toldOf = (columns: Taken | Partial<Takable>): FieldName[] =>
  (Object.keys(columns) as (keyof Takable)[]).filter((name) => name !== 'colour' && name !== 'inspectedOn')

/** Why one file may not be merged into another, or `null` when it may. `merged` are those that either has already. */
export function mergeRefusal(
  goes: { readonly id: string; readonly mergedInto: string | null },
  stays: { readonly id: string; readonly mergedInto: string | null },
  merged: { readonly stays: number; readonly goes: number },
): string | null {
  if (goes.id === stays.id) return '请选择另一份档案。'
  if (goes.mergedInto !== null || stays.mergedInto !== null) return '其中一份档案已并入其他档案，请刷新后再试。'
  return merged.stays + merged.goes + 1 > mostMerged
    ? `一份档案最多并入 ${mostMerged} 份，请先核对已并入的档案。`
    : null
}

/** Until when a merge can be undone, in epoch milliseconds, that instant excluded. */
export const undoUntil = (at: number) => at + undoDays * day

/** Why a merge may not be undone now, or `null` when it may. */
export function undoRefusal(
  { at, undoneAt }: { readonly at: number; readonly undoneAt: number | null },
  into: { readonly mergedInto: string | null },
  now: number,
): string | null {
  if (undoneAt !== null) return '该合并已撤销。'
  if (now >= undoUntil(at)) return `合并已超过 ${undoDays} 天，不能再撤销。`
  return into.mergedInto === null ? null : '保留的档案后来又并入了另一份，请先撤销后一次合并。'
}

/** 把一份档案并入另一份; versions are those that were read. */
export const Merging = v.strictObject({
  id: MergeId,
  goes: v.strictObject({ id: EnterpriseId, version: v.pipe(v.number(), v.integer()) }),
  stays: v.strictObject({ id: EnterpriseId, version: v.pipe(v.number(), v.integer()) }),
  why: text(200),
})
export type Merging = v.InferOutput<typeof Merging>

export const MergePath = v.object({ mergeId: MergeId })
export const Undoing = v.strictObject({ why: text(200) })
export type Undoing = v.InferOutput<typeof Undoing>

const Alike = v.object({ ...EnterpriseLine.entries, like: v.array(v.picklist(['name', 'address'])) })

/** Files that may be of the same unit, the likelier ones first. */
export const Duplicates = v.object({ items: v.array(Alike) })
export type Duplicates = v.InferOutput<typeof Duplicates>

/** Files of one name in one community, as they are to be looked through. */
export const DuplicateGroups = v.object({
  groups: v.array(v.object({ items: v.array(EnterpriseLine) })),
  /** There are more than are shown. */
  more: v.boolean(),
})
export type DuplicateGroups = v.InferOutput<typeof DuplicateGroups>
