import * as v from 'valibot'
import { keyPlaces, sectors } from '../hazards/words'
import { CommunityId, EnterpriseId, GridId } from '../ids'
import { Phone } from '../people/schema'
import { text } from '../text'
import { Day } from '../time'
import { CreditCode } from './credit-code'
import { colours, kinds, positionSources, sizes, standings } from './words'

const keysOf = <K extends string>(words: Record<K, unknown>) => Object.keys(words) as [K, ...K[]]

export const Kind = v.picklist(keysOf(kinds), '请选择类别')
export const Colour = v.picklist(keysOf(colours), '请选择风险颜色')
export const Standing = v.picklist(keysOf(standings), '请选择状态')
const Sector = v.picklist(keysOf(sectors), '请选择行业领域')

/** Where a place lies: WGS-84 degrees, how they were come by, and within how many metres they are right. */
export const Position = v.strictObject({
  latitude: v.pipe(v.number(), v.minValue(-90, '纬度应在 -90 至 90 之间'), v.maxValue(90, '纬度应在 -90 至 90 之间')),
  longitude: v.pipe(
    v.number(),
    v.minValue(-180, '经度应在 -180 至 180 之间'),
    v.maxValue(180, '经度应在 -180 至 180 之间'),
  ),
  source: v.picklist(keysOf(positionSources)),
  accuracy: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(100_000))),
})
export type Position = v.InferOutput<typeof Position>

/** Who answers in a unit. A number is kept under the street's key, and shown masked. */
export const Contact = v.strictObject({ name: text(30), phone: v.nullable(Phone) })
export type Contact = v.InferOutput<typeof Contact>

/** So many safety managers (安全管理员) of one unit are kept. */
export const mostManagers = 5

const whole = (most: number, words: string) =>
  v.pipe(v.number(words), v.integer(words), v.minValue(0, words), v.maxValue(most, words))

/** What a street writes down of a unit, by form or from a file. */
export const EnterpriseFields = v.strictObject({
  name: text(60),
  creditCode: v.nullable(CreditCode),
  kind: Kind,
  keyPlace: v.nullable(v.picklist(keysOf(keyPlaces))),
  sectors: v.pipe(
    v.array(Sector),
    v.minLength(1, '请至少选择一个行业领域'),
    v.maxLength(6, '最多 6 个行业领域'),
    v.check((list) => new Set(list).size === list.length, '行业领域有重复'),
  ),
  /** Why it counts as high-risk (高危行业领域, clause 3.3.2-b); null for one that does not. */
  highRisk: v.nullable(text(200)),
  /** 人员密集场所: it owes a drill each half-year too. */
  crowded: v.boolean(),
  size: v.nullable(v.picklist(keysOf(sizes))),
  staff: v.nullable(whole(1_000_000, '从业人数应为 0 至 1000000 的整数')),
  /** Square metres. */
  floorArea: v.nullable(whole(10_000_000, '面积应为 0 至 10000000 的整数平方米')),
  communityId: CommunityId,
  gridId: GridId,
  address: text(120),
  position: v.nullable(Position),
  principal: v.nullable(Contact),
  managers: v.pipe(v.array(Contact), v.maxLength(mostManagers, `安全管理员最多 ${mostManagers} 人`)),
})
export type EnterpriseFields = v.InferOutput<typeof EnterpriseFields>

export const NewEnterprise = v.strictObject({ id: EnterpriseId, activeSince: Day, ...EnterpriseFields.entries })
export type NewEnterprise = v.InferOutput<typeof NewEnterprise>
