import * as v from 'valibot'
import { oneOf } from '../keys'
import { CriterionRef } from '../criteria/schema'
import { kinds } from '../enterprises/words'
import { categories, keyPlaces, sectors } from '../hazards/words'
import { PhotoId, TemplateId } from '../ids'
import { text } from '../text'
import { Day } from '../time'
import { facts, results } from './words'

const once = (list: readonly unknown[]) => new Set(list).size === list.length

/** Names an item within its template, and keeps naming it through the template's versions. */
export const ItemKey = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{1,39}$/, '检查项编号格式不正确'))

/** An item is asked only where an earlier one was answered so, or where the unit is such a one. */
export const Condition = v.variant('on', [
  v.strictObject({
    on: v.literal('item'),
    item: ItemKey,
    is: v.pipe(
      v.array(oneOf(results)),
      v.minLength(1, '请选择至少一种结果'),
      v.check((list) => once(list), '结果有重复'),
    ),
  }),
  v.strictObject({ on: v.literal('unit'), fact: oneOf(facts), is: v.boolean() }),
])
export type Condition = v.InferOutput<typeof Condition>

export const Item = v.strictObject({
  key: ItemKey,
  text: text(60),
  /** Rows of the criteria catalogue, each in the version cited; none makes it 经验项，暂无条文依据. */
  basis: v.pipe(v.array(CriterionRef), v.maxLength(6, '依据最多 6 条')),
  /** How it is checked. */
  method: text(200),
  /** What it looks like when it fails. */
  failing: text(200),
  /** What the hazard is described as where the inspector writes nothing else. */
  wording: text(300),
  /** Who checks must say whether it is 疑似重大; nothing is ever a major by itself. */
  mayBeMajor: v.boolean(),
  category: oneOf(categories),
  sector: oneOf(sectors),
  /** Days from the check to the hazard's due day. */
  days: v.pipe(
    v.number('请填写天数'),
    v.integer('天数应为整数'),
    v.minValue(1, '至少 1 天'),
    v.maxValue(30, '最多 30 天'),
  ),
  condition: v.nullable(Condition),
  /** Asked of every unit that has a principal, whatever a street makes of its checklist (clause 3.2-b). */
  locked: v.boolean(),
})
export type Item = v.InferOutput<typeof Item>

export const Section = v.strictObject({
  title: text(20),
  items: v.pipe(v.array(Item), v.minLength(1, '分组里没有检查项'), v.maxLength(40, '一组最多 40 项')),
})
export type Section = v.InferOutput<typeof Section>

/** A checklist as it is edited. It is offered for a unit that any of the three lists names. */
export const Template = v.strictObject({
  id: TemplateId,
  title: text(40),
  kinds: v.pipe(
    v.array(oneOf(kinds)),
    v.check((list) => once(list), '类别有重复'),
  ),
  keyPlaces: v.pipe(
    v.array(oneOf(keyPlaces)),
    v.check((list) => once(list), '重点场所有重复'),
  ),
  sectors: v.pipe(
    v.array(oneOf(sectors)),
    v.check((list) => once(list), '行业领域有重复'),
  ),
  sections: v.pipe(v.array(Section), v.minLength(1, '请至少添加一个分组'), v.maxLength(12, '最多 12 个分组')),
})
export type Template = v.InferOutput<typeof Template>

/** A checklist as it is checked by. A version that was published never changes. */
export const Published = v.strictObject({
  ...Template.entries,
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  publishedOn: Day,
})
export type Published = v.InferOutput<typeof Published>

const photos = v.pipe(
  v.array(PhotoId),
  v.maxLength(9, '最多 9 张照片'),
  v.check((list) => once(list), '有重复的照片'),
)

/** What somebody touched on a checklist; an item without an answer is 合格. */
export const Answer = v.strictObject({
  item: ItemKey,
  result: oneOf(results),
  /** Described otherwise than the item does; null for the item's own wording. */
  words: v.nullable(text(500)),
  /** 疑似重大 or not; null while nobody has said. */
  suspected: v.nullable(v.boolean()),
  /** Due on another day than the item gives. */
  dueOn: v.nullable(Day),
  photos,
  /** Photos after it was put right before the inspector's eyes. */
  after: photos,
})
export type Answer = v.InferOutput<typeof Answer>

export const Answers = v.pipe(
  v.array(Answer),
  v.maxLength(480, '答案过多'),
  v.check((list) => once(list.map(({ item }) => item)), '同一项有多个答案'),
)
