import type { EnterpriseFields } from '../enterprises/schema'
import type { Category, Sector } from '../hazards/words'
import type { PhotoId } from '../ids'
import { addDays, type Day } from '../time'
import { hasPrincipal } from './locked'
import type { Answer, Item, Template } from './schema'
import type { Fact, Result } from './words'
import type { CriterionRef } from '../criteria/schema'

/** What of a unit decides which checklists and items are for it, as the registry keeps it. */
export type CheckedUnit = Pick<EnterpriseFields, 'kind' | 'keyPlace' | 'sectors' | 'crowded' | 'highRisk'>

/** Whether a template is offered for a unit: by its kind, its key place or any of its sectors. */
export function isFor({ kinds, keyPlaces, sectors }: Omit<Template, 'id' | 'title' | 'sections'>, unit: CheckedUnit) {
  return (
    kinds.includes(unit.kind) ||
    (unit.keyPlace !== null && keyPlaces.includes(unit.keyPlace)) ||
    unit.sectors.some((sector) => sectors.includes(sector))
  )
}

const facts: Record<Fact, (unit: CheckedUnit) => boolean> = {
  crowded: (unit) => unit.crowded,
  'high-risk': (unit) => unit.highRisk !== null,
}

/** The items of a template, in order. */
export const itemsOf = ({ sections }: Pick<Template, 'sections'>): Item[] => sections.flatMap(({ items }) => items)

/** An item that is asked, with what was answered; null where nobody touched it, which says 合格. */
export interface Asked {
  readonly item: Item
  readonly answer: Answer | null
  readonly result: Result
}

/**
 * The items that are asked of a unit, given what was answered so far, in order. What depends on an item that is not
 * asked is not asked either; answers to what is not asked stay without effect.
 */
export function askedOf(template: Pick<Template, 'sections'>, unit: CheckedUnit, answers: readonly Answer[]): Asked[] {
  const given = new Map(answers.map((answer) => [answer.item, answer]))
  const asked = new Map<string, Asked>()
  for (const item of itemsOf(template)) {
    if (!isAsked(item, unit, asked)) continue
    const answer = given.get(item.key) ?? null
    asked.set(item.key, { item, answer, result: answer?.result ?? 'pass' })
  }
  return [...asked.values()]
}

function isAsked({ condition, locked }: Item, unit: CheckedUnit, asked: ReadonlyMap<string, Asked>): boolean {
  if (locked) return hasPrincipal(unit.kind)
  if (condition === null) return true
  if (condition.on === 'unit') return facts[condition.fact](unit) === condition.is
  const on = asked.get(condition.item)
  return on !== undefined && condition.is.includes(on.result)
}

/** What an item that fails makes of itself: all of a hazard that the checklist knows. */
export interface Finding {
  readonly item: string
  readonly description: string
  /** The rows it was judged by, in the versions they had. */
  readonly basis: readonly CriterionRef[]
  readonly category: Category
  readonly sector: Sector
  readonly level: 'ordinary' | 'suspected'
  readonly dueOn: Day
  /** Put right before the inspector's eyes (当场整改); `after` shows it. */
  readonly onTheSpot: boolean
  readonly photos: readonly PhotoId[]
  readonly after: readonly PhotoId[]
}

/** The day of the check, and the latest day that the street allows a hazard to be due. */
export interface DueDays {
  readonly today: Day
  readonly most: Day
}

/**
 * One finding for each item asked that failed or was put right on the spot, in order. Due as the inspector says, or
 * after the item's days, but no later than the street allows; what was put right on the spot, at once.
 */
export function findingsOf(
  template: Pick<Template, 'sections'>,
  unit: CheckedUnit,
  answers: readonly Answer[],
  { today, most }: DueDays,
): Finding[] {
  return askedOf(template, unit, answers).flatMap(({ item, answer, result }) => {
    if (answer === null || result === 'pass' || result === 'na') return []
    const onTheSpot = result === 'fixed'
    const usual = addDays(today, item.days)
    const finding: Finding = {
      item: item.key,
      description: answer.words ?? item.wording,
      basis: item.basis,
      category: item.category,
      sector: item.sector,
      level: answer.suspected === true ? 'suspected' : 'ordinary',
      dueOn: onTheSpot ? today : (answer.dueOn ?? (usual < most ? usual : most)),
      onTheSpot,
      photos: answer.photos,
      after: onTheSpot ? answer.after : [],
    }
    return [finding]
  })
}

/** Something that stands between a checklist and its signatures: the item, the part of its answer, and what to do. */
export interface Missing {
  readonly item: string
  readonly field: keyof Omit<Answer, 'item'>
  readonly detail: string
}

/** All that is missing or cannot be before a checklist may be signed; empty when it may. */
export function missingOf(
  template: Pick<Template, 'sections'>,
  unit: CheckedUnit,
  answers: readonly Answer[],
  { today, most }: DueDays,
): Missing[] {
  const known = new Set(itemsOf(template).map(({ key }) => key))
  const missing: Missing[] = answers
    .filter(({ item }) => !known.has(item))
    .map(({ item }) => ({ item, field: 'result', detail: '检查表里没有这一项，请刷新后重新填写' }))
  for (const { item, answer, result } of askedOf(template, unit, answers)) {
    const say = (field: Missing['field'], detail: string) => missing.push({ item: item.key, field, detail })
    if (answer === null || result === 'pass') continue
    if (result === 'na') {
      if (item.locked) say('result', '这是每次检查的必查项，不能选“不适用”')
      continue
    }
    if (answer.photos.length === 0) say('photos', '请至少拍一张照片')
    if (result === 'fixed') {
      if (answer.after.length === 0) say('after', '当场整改的，请再拍一张整改后的照片')
      if (answer.suspected === true) say('suspected', '疑似重大隐患不能按当场整改办理，请改为“不合格”')
      continue
    }
    if (item.mayBeMajor && answer.suspected === null) say('suspected', '请判断是否疑似重大隐患')
    if (answer.dueOn !== null && answer.dueOn < today) say('dueOn', '整改期限不能早于今天')
    if (answer.dueOn !== null && answer.dueOn > most) say('dueOn', `整改期限最晚到 ${most}`)
  }
  return missing
}
