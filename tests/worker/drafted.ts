import { blankItem, type Draft, draftOf, type DraftItem } from '@app/shared/checklists/drafts'
import { nineSmall } from '@app/shared/checklists/shipped/nine-small'
import { published } from '@app/shared/checklists/versions'
import type { CriterionWords } from '@app/shared/criteria/schema'
import type { Day } from '@app/shared/time'

/** A row as a street words it. */
export const criterionWords = (change: Partial<CriterionWords> = {}): CriterionWords => ({
  kind: 'duty',
  title: '示例街道消防工作规定（演示数据）',
  number: null,
  body: '示例街道办事处',
  article: null,
  address: null,
  since: '2026-01-01',
  sector: 'fire',
  text: '沿街店铺夜间不得留人住宿',
  note: null,
  ...change,
})

/** A draft that may be published: a copy of the checklist for the nine small kinds. */
export const aDraft = (change: Partial<Draft> = {}): Draft => ({
  ...draftOf(published([], nineSmall, '2026-11-28' as Day), null),
  title: '本街道九小场所检查表',
  ...change,
})

/** An item of a draft with all its words. */
export const anItem = (key: string, change: Partial<DraftItem> = {}): DraftItem => ({
  ...blankItem(key),
  text: `检查 ${key}`,
  method: '看现场',
  failing: '不符合要求',
  wording: `${key} 不符合要求`,
  ...change,
})

/** The same draft with one more item at the end of its first section. */
export const withItem = (draft: Draft, item: DraftItem): Draft => ({
  ...draft,
  sections: draft.sections.map((section, at) => (at === 0 ? { ...section, items: [...section.items, item] } : section)),
})
