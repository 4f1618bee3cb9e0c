import type { Kind } from '../enterprises/words'
import type { Item } from './schema'

/** Kinds of place that nobody runs: there is no principal to be asked about. */
const withoutPrincipal: ReadonlySet<Kind> = new Set<Kind>(['unmanaged', 'self-built'])

export const hasPrincipal = (kind: Kind) => !withoutPrincipal.has(kind)

/** The item that every template holds as it stands here, since every check of a unit asks it (clause 3.2-b). */
export const principalTraining: Item = {
  key: 'principal-training',
  text: '主要负责人按规定参加安全培训',
  basis: [
    { id: 'LEHUA-PLAN-2024-9/3.2-b', version: 1 },
    { id: 'WORK-SAFETY-LAW-2021/28', version: 1 },
    { id: 'TRAINING-RULES/9', version: 1 },
  ],
  method: '看培训证明或培训档案，核对时间、内容、学时和考核结果；当面问一两个本单位的主要风险和应急处置问题。',
  failing:
    '拿不出培训证明；只有签到没有内容或考核结果；应参加街道专题培训而本年度没有参加；问到本单位主要风险答不上来。',
  wording: '主要负责人未按规定参加安全培训，或不能提供培训记录。',
  mayBeMajor: false,
  category: 'other',
  sector: 'other',
  days: 15,
  condition: null,
  locked: true,
}
