import * as v from 'valibot'
import { ownIdsOf } from '../criteria/rules'
import { CriterionRef } from '../criteria/schema'
import { kinds } from '../enterprises/words'
import { categories, keyPlaces, sectors } from '../hazards/words'
import { TemplateId } from '../ids'
import type { FieldError } from '../problem'
import { draftText, text } from '../text'
import { principalTraining } from './locked'
import { Condition, type Item, ItemKey, type Published, Template } from './schema'
import { templateErrors } from './templates'

const DraftItem = v.strictObject({
  key: ItemKey,
  text: draftText(60),
  basis: v.pipe(v.array(CriterionRef), v.maxLength(6, '依据最多 6 条')),
  method: draftText(200),
  failing: draftText(200),
  wording: draftText(300),
  mayBeMajor: v.boolean(),
  category: v.picklist(Object.keys(categories) as (keyof typeof categories)[]),
  sector: v.picklist(Object.keys(sectors) as (keyof typeof sectors)[]),
  /** Null while nobody has said. */
  days: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(999))),
  condition: v.nullable(Condition),
  locked: v.boolean(),
})
export type DraftItem = v.InferOutput<typeof DraftItem>

const DraftSection = v.strictObject({
  title: draftText(20),
  items: v.pipe(v.array(DraftItem), v.maxLength(40, '一组最多 40 项')),
})
export type DraftSection = v.InferOutput<typeof DraftSection>

const listOf = <K extends string>(words: Readonly<Record<K, unknown>>) => v.array(v.picklist(Object.keys(words) as K[]))

/** A street's checklist while it is written: whatever is typed so far, complete or not. */
export const Draft = v.strictObject({
  title: draftText(40),
  kinds: listOf(kinds),
  keyPlaces: listOf(keyPlaces),
  sectors: listOf(sectors),
  /** The checklist that comes with the product which is no longer offered once this one is; null for none. */
  replaces: v.nullable(TemplateId),
  sections: v.pipe(v.array(DraftSection), v.maxLength(12, '最多 12 个分组')),
})
export type Draft = v.InferOutput<typeof Draft>

/** So many items a street's checklist has at most: as many as go through a phone in one piece. */
export const mostItems = 60

/** A new item, of which nothing is written yet. */
export const blankItem = (key: string): DraftItem => ({
  key,
  text: '',
  basis: [],
  method: '',
  failing: '',
  wording: '',
  mayBeMajor: false,
  category: 'other',
  sector: 'other',
  days: 7,
  condition: null,
  locked: false,
})

/** A new checklist: the item that none may lack, and a section to begin with. */
export const blankDraft = (title: string, key: string): Draft => ({
  title,
  kinds: [],
  keyPlaces: [],
  sectors: [],
  replaces: null,
  sections: [
    { title: '检查内容', items: [blankItem(key)] },
    { title: '责任与培训', items: [principalTraining] },
  ],
})

/**
 * A published checklist as a draft of the next version, or of another checklist. The item that none may lack is taken
 * as it stands today.
 */
export function draftOf(
  { title, kinds: forKinds, keyPlaces: forPlaces, sectors: forSectors, sections }: Omit<Published, 'id'>,
  replaces: TemplateId | null,
): Draft {
  return {
    title,
    kinds: forKinds,
    keyPlaces: forPlaces,
    sectors: forSectors,
    replaces,
    sections: sections.map((section) => ({
      ...section,
      items: section.items.map((item) => (item.locked ? principalTraining : item)),
    })),
  }
}

/** The checklist that a draft makes, or all that it still lacks, each beside its field of the draft. */
export function templateFrom(
  id: TemplateId,
  { replaces: _, ...draft }: Draft,
  isKnown: (ref: CriterionRef) => boolean,
): { ok: true; template: Template } | { ok: false; errors: FieldError[] } {
  const parsed = v.safeParse(Template, { id, ...draft }, { abortPipeEarly: true })
  const errors: FieldError[] = (parsed.issues ?? []).map(({ path = [], message }) => ({
    pointer: path.map(({ key }) => `/${String(key)}`).join(''),
    detail: message,
  }))
  const said = new Set(errors.map(({ pointer }) => pointer))
  errors.push(...templateErrors(draft, isKnown).filter(({ pointer }) => !said.has(pointer)))
  const titles = draft.sections.map(({ title }) => title.trim())
  for (const [at, title] of titles.entries()) {
    if (title !== '' && titles.indexOf(title) < at)
      errors.push({ pointer: `/sections/${at}/title`, detail: '分组名称与前面的重复' })
  }
  if (draft.sections.reduce((sum, { items }) => sum + items.length, 0) > mostItems)
    errors.push({ pointer: '/sections', detail: `一份检查表最多 ${mostItems} 项，请分成几份` })
  return parsed.success && errors.length === 0 ? { ok: true, template: parsed.output } : { ok: false, errors }
}

/** The ids of the street's own criteria that a checklist rests on. */
export const ownIdsIn = ({
  sections,
}: {
  readonly sections: readonly { readonly items: readonly Pick<Item, 'basis'>[] }[]
}) => ownIdsOf(sections.flatMap(({ items }) => items.flatMap(({ basis }) => basis)))

// Order. ---------------------------------------------------------------------------------------------------------------

/** Where an item stands: its section, and its place there. */
export interface At {
  readonly section: number
  readonly item: number
}

const swapped = <T>(list: readonly T[], a: number, b: number): T[] => {
  const next = [...list]
  const [x, y] = [list[a], list[b]]
  // Safe: both lie within the list.
  if (a in list && b in list) [next[a], next[b]] = [y as T, x as T]
  return next
}

/** The sections with one of them a place further up (-1) or down (1). */
export function movedSection(sections: readonly DraftSection[], at: number, by: -1 | 1): DraftSection[] {
  return swapped(sections, at, at + by)
}

/**
 * The sections with an item a place further up or down, from the end of a section into the next one, and where it stands
 * then. What is first or last of all stays.
 */
export function movedItem(
  sections: readonly DraftSection[],
  { section, item }: At,
  by: -1 | 1,
): { sections: DraftSection[]; at: At } {
  const here = sections[section]
  const moved = here?.items[item]
  if (!here || !moved) return { sections: [...sections], at: { section, item } }
  const target = item + by
  if (target in here.items) {
    const items = swapped(here.items, item, target)
    return { sections: sections.with(section, { ...here, items }), at: { section, item: target } }
  }
  const next = sections[section + by]
  if (!next) return { sections: [...sections], at: { section, item } }
  const items = by === 1 ? [moved, ...next.items] : [...next.items, moved]
  return {
    sections: sections
      .with(section, { ...here, items: here.items.toSpliced(item, 1) })
      .with(section + by, { ...next, items }),
    at: { section: section + by, item: by === 1 ? 0 : items.length - 1 },
  }
}

// What a street's checklists are told and asked. -------------------------------------------------------------------------

const Ref = v.strictObject({ id: TemplateId, version: v.pipe(v.number(), v.integer(), v.minValue(1)) })
const edition = { edition: v.pipe(v.number(), v.integer(), v.minValue(1)) }

/** A checklist to be begun: from nothing, or as a copy of a published version. */
export const NewChecklist = v.strictObject({ id: TemplateId, title: text(40), copyOf: v.nullable(Ref) })
export type NewChecklist = v.InferOutput<typeof NewChecklist>

/** A draft in place of the one that was read. */
export const DraftChange = v.strictObject({ ...edition, draft: Draft })
export type DraftChange = v.InferOutput<typeof DraftChange>

export const EditionSeen = v.strictObject(edition)

export const ChecklistPath = v.object({ templateId: TemplateId })
export const VersionPath = v.object({
  templateId: TemplateId,
  version: v.pipe(v.string(), v.regex(/^[1-9]\d{0,3}$/), v.transform(Number)),
})
