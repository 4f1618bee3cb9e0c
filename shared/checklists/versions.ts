import { canonical, type Json } from '../events/chain'
import type { Day } from '../time'
import { itemsOf } from './answering'
import type { Item, Published, Template } from './schema'
import { itemFields } from './words'

/** Whether two values are the same whatever the order of their fields. */
export const isSame = (a: Json, b: Json) => canonical(a) === canonical(b)

type Content = Pick<Template, 'title' | 'kinds' | 'keyPlaces' | 'sectors' | 'sections'>

/** What became of one item from one version to another; `fields` are those of an item that stayed. */
export interface ItemChange {
  readonly kind: 'added' | 'removed' | 'changed'
  readonly key: string
  /** As the item reads in the later version that has it. */
  readonly text: string
  readonly fields: readonly (keyof typeof itemFields)[]
}

export interface Changes {
  /** `layout` is the grouping of the items that stayed, and their order. */
  readonly whole: readonly ('title' | 'for' | 'layout')[]
  readonly items: readonly ItemChange[]
}

// Safe: the keys of an object written out in this project.
const fieldsOfItem = Object.keys(itemFields) as (keyof typeof itemFields)[]

/** What differs from one version of a template to another, item by item in the later one's order, those gone last. */
export function changesBetween(before: Content, now: Content): Changes {
  const old = new Map(itemsOf(before).map((item) => [item.key, item]))
  const kept = new Map(itemsOf(now).map((item) => [item.key, item]))
  const fieldsThatDiffer = (a: Item, b: Item) => fieldsOfItem.filter((field) => !isSame(a[field], b[field]))
  const items = [...kept.values()].flatMap((item): ItemChange[] => {
    const { key, text } = item
    const earlier = old.get(key)
    if (!earlier) return [{ kind: 'added', key, text, fields: [] }]
    const fields = fieldsThatDiffer(earlier, item)
    return fields.length > 0 ? [{ kind: 'changed', key, text, fields }] : []
  })
  const gone = [...old.values()].flatMap(({ key, text }): ItemChange[] =>
    kept.has(key) ? [] : [{ kind: 'removed', key, text, fields: [] }],
  )
  const stayed = (key: string) => old.has(key) && kept.has(key)
  const layout = ({ sections }: Content) =>
    sections.flatMap(({ title, items: within }) => {
      const keys = within.map(({ key }) => key).filter(stayed)
      return keys.length > 0 ? [{ title, keys }] : []
    })
  const differs = {
    title: before.title !== now.title,
    for: !isSame([before.kinds, before.keyPlaces, before.sectors], [now.kinds, now.keyPlaces, now.sectors]),
    layout: !isSame(layout(before), layout(now)),
  }
  const whole = (['title', 'for', 'layout'] as const).filter((part) => differs[part])
  return { whole, items: [...items, ...gone] }
}

/** Why a template may not be published after the versions it has, oldest first, or `null` when it may. */
export function publishingRefusal(history: readonly Published[], draft: Template): string | null {
  const last = history.at(-1)
  if (!last) return null
  if (last.id !== draft.id) return '这不是同一份检查表的新版本。'
  const { whole, items } = changesBetween(last, draft)
  return whole.length === 0 && items.length === 0 ? `与第 ${last.version} 版没有区别，不必重新发布。` : null
}

/**
 * The next version of a template, which `publishingRefusal` and `templateErrors` have let pass. What was published
 * before stays as it is: checks that used it name its version.
 */
export function published(history: readonly Published[], draft: Template, publishedOn: Day): Published {
  return { ...draft, version: (history.at(-1)?.version ?? 0) + 1, publishedOn }
}
