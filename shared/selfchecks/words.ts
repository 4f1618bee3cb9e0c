import type { Result } from '../checklists/words'

/** What a unit says of an item of its own checklist; one that nobody touched is `pass`. */
export const results = { pass: '正常', fail: '有问题', na: '不适用', fixed: '已改好' } as const satisfies Record<
  Result,
  string
>

/** What whoever did the self-check confirms; kept with the record as it was read. */
export const statement = '本人已对照检查表逐项检查本单位，以上自查情况属实；发现的问题已如实登记，由本单位负责整改。'

/** Beside every place where honest reporting might be feared. */
export const honest = '如实自查、自报的隐患不作为扣分或处罚的依据。'
