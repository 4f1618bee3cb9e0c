import type { CriterionRef } from '../criteria/schema'
import type { FieldError } from '../problem'
import { principalTraining } from './locked'
import type { Item, Template } from './schema'
import { isSame } from './versions'

/** As much of a template as is looked at, complete or not. */
type Written = Pick<Template, 'kinds' | 'keyPlaces' | 'sectors'> & {
  readonly sections: readonly { readonly items: readonly (Omit<Item, 'days'> & { readonly days: number | null })[] }[]
}

/**
 * What of a template cannot be published, each beside the field it is about; `isKnown` asks the criteria catalogue. An
 * item may depend on items above it only, so that no two can wait for each other.
 */
export function templateErrors(template: Written, isKnown: (ref: CriterionRef) => boolean): FieldError[] {
  const errors: FieldError[] = []
  const above = new Set<string>()
  for (const [s, { items }] of template.sections.entries()) {
    for (const [i, item] of items.entries()) {
      const say = (field: keyof Item, detail: string) =>
        errors.push({ pointer: `/sections/${s}/items/${i}/${field}`, detail })
      const { key, basis, condition, locked } = item
      if (above.has(key)) say('key', '检查项编号与前面的重复')
      if (locked && !isSame(item, principalTraining)) say('locked', '必查项由系统规定，不能改动')
      if (!locked && key === principalTraining.key) say('locked', '主要负责人培训是必查项，不能解除锁定')
      if (!basis.every(isKnown)) say('basis', '依据条款不在标准库中，请重新选择')
      if (condition?.on === 'item' && !above.has(condition.item)) say('condition', '显示条件只能引用前面的检查项')
      above.add(key)
    }
  }
  const { kinds, keyPlaces, sectors } = template
  if (kinds.length + keyPlaces.length + sectors.length === 0)
    errors.push({ pointer: '/kinds', detail: '请选择适用的类别、重点场所或行业领域' })
  if (!above.has(principalTraining.key))
    errors.push({ pointer: '/sections', detail: '缺少必查项“主要负责人按规定参加安全培训”' })
  else if (above.size === 1) errors.push({ pointer: '/sections', detail: '除必查项外，请至少添加一个检查项' })
  return errors
}
