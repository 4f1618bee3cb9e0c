import { type Category, categories } from '../hazards/words'
import type { InspectionId, SelfcheckId } from '../ids'
import type { Settings } from '../settings/catalogue'
import { day, dayOf } from '../time'

/** So far back visits are looked at. */
export const lookedBack = 180 * day

/** A check of the unit as the comparison needs it; findings that were voided are none. */
export interface Visit {
  readonly id: InspectionId
  readonly at: number
  readonly templateId: string
  readonly findings: readonly { readonly item: string; readonly category: Category }[]
}

/** What the unit said of itself. */
export interface Said {
  readonly id: SelfcheckId
  readonly at: number
  readonly templateId: string
  /** It had nothing to report. */
  readonly allFine: boolean
  /** The items it said were right. */
  readonly fine: ReadonlySet<string>
}

export type SignalSettings = Pick<Settings, 'signal.within' | 'signal.repeats' | 'signal.least-visits'>

/** A difference that somebody may want to look at; it says what the records say, and nothing of why. */
export interface Signal {
  readonly kind: 'differs' | 'repeats'
  readonly words: string
  readonly selfchecks: readonly SelfcheckId[]
  readonly inspections: readonly InspectionId[]
}

/** What each means, as it is shown beside it. */
export function definitionsOf(
  settings: SignalSettings,
): { readonly [K in Signal['kind']]: string } & { least: string } {
  const { 'signal.within': within, 'signal.repeats': repeats, 'signal.least-visits': least } = settings
  return {
    differs: `自查记录某项（或全部）正常，其后 ${within} 天内的检查记录同一项（或任一项）有问题。`,
    repeats: `近 180 天内，同一类别的问题在 ${repeats} 次以上检查中被记录。`,
    least: `近 180 天内检查不足 ${least} 次的单位不提示。只列记录之间的差别，不推断原因，不计分。`,
  }
}

/**
 * Where what a unit said of itself and what was found there differ, and what was found again and again. Nothing at all
 * under the least number of visits, so that no one visit is held against anybody.
 */
export function signalsOf(
  { visits, said }: { readonly visits: readonly Visit[]; readonly said: readonly Said[] },
  settings: SignalSettings,
  now: number,
): Signal[] {
  const lately = visits.filter(({ at }) => at <= now && now - at <= lookedBack).sort((a, b) => a.at - b.at)
  if (lately.length < settings['signal.least-visits']) return []
  return [...lately.flatMap((visit) => difference(visit, said, settings)), ...repetitions(lately, settings)]
}

function difference(
  { id, at, templateId, findings }: Visit,
  said: readonly Said[],
  settings: SignalSettings,
): Signal[] {
  if (findings.length === 0) return []
  // The last thing the unit said before the visit is what it is compared with.
  const before = said
    .filter((one) => one.at < at && at - one.at <= settings['signal.within'] * day)
    .sort((a, b) => b.at - a.at)[0]
  if (!before) return []
  const same = before.templateId === templateId
  const items = same ? findings.filter(({ item }) => before.fine.has(item)) : []
  if (items.length === 0 && !before.allFine) return []
  const what = items.length > 0 ? `其中 ${items.length} 项` : '全部'
  const found = items.length > 0 ? items.length : findings.length
  return [
    {
      kind: 'differs',
      words: `${dayOf(before.at)} 自查记录${what}正常，${dayOf(at)} 检查记录${items.length > 0 ? '这 ' : ''}${found} 项有问题。`,
      selfchecks: [before.id],
      inspections: [id],
    },
  ]
}

function repetitions(visits: readonly Visit[], settings: SignalSettings): Signal[] {
  const found = new Map<Category, Visit[]>()
  for (const visit of visits)
    for (const category of new Set(visit.findings.map((finding) => finding.category)))
      found.set(category, [...(found.get(category) ?? []), visit])
  return [...found].flatMap(([category, seen]): Signal[] =>
    // What is in no class of its own is of no one kind.
    category !== 'other' && seen.length >= settings['signal.repeats']
      ? [
          {
            kind: 'repeats',
            words: `“${categories[category].label}”在 ${seen.length} 次检查中被记录。`,
            selfchecks: [],
            inspections: seen.map(({ id }) => id),
          },
        ]
      : [],
  )
}
