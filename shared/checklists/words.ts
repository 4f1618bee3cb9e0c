/** The closed vocabularies of checklists (检查表) and how each is written on screen. */

/** What an item was found to be; one that nobody touched is `pass`. */
export const results = { pass: '合格', fail: '不合格', na: '不适用', fixed: '当场整改' } as const
export type Result = keyof typeof results

/** What of a unit an item may depend on. */
export const facts = { crowded: '人员密集场所', 'high-risk': '高危行业' } as const
export type Fact = keyof typeof facts

/** Said in place of a basis where there is none that was collected (never an invented one). */
export const withoutBasis = '经验项，暂无条文依据'

/** The fields of an item as an editor and a list of changes name them. */
export const itemFields = {
  text: '检查内容',
  basis: '依据',
  method: '检查方法',
  failing: '不合格表现',
  wording: '隐患描述',
  mayBeMajor: '是否可能构成重大隐患',
  category: '隐患类别',
  sector: '行业领域',
  days: '整改天数',
  condition: '显示条件',
  locked: '必查项',
} as const
