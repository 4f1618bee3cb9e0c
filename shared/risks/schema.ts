import * as v from 'valibot'
import { Colour } from '../enterprises/schema'
import { EnterpriseId, MeasureId, RiskPointId } from '../ids'
import { keysOf } from '../keys'
import { text } from '../text'
import { Day, Instant } from '../time'
import { lapses, pointDeeds } from './words'

/** So many measures hold one risk in check at most. */
export const mostMeasures = 20
/** So many risk points one unit lists at most, retired ones included. */
export const mostPoints = 200

/** A control measure (管控措施) with who answers for it (责任人) and every how many days it is looked at. */
export const Measure = v.strictObject({
  id: MeasureId,
  words: text(200),
  owner: text(30),
  days: v.pipe(
    v.number('请填写检查周期'),
    v.integer('检查周期应为整数天'),
    v.minValue(1, '检查周期至少 1 天'),
    v.maxValue(366, '检查周期最多 366 天'),
  ),
})
export type Measure = v.InferOutput<typeof Measure>

const fields = {
  /** Name or part: 配电间, 危化品库东侧. */
  name: text(60),
  /** What can happen there. */
  accident: text(200),
  level: Colour,
  /** Why it is of that level. */
  reason: text(200),
  measures: v.pipe(
    v.array(Measure),
    v.minLength(1, '请至少填写一条管控措施'),
    v.maxLength(mostMeasures, `管控措施最多 ${mostMeasures} 条`),
    v.check((list) => new Set(list.map(({ id }) => id)).size === list.length, '管控措施有重复'),
  ),
}

/** What is written down of a risk point. */
export const PointFields = v.strictObject(fields)
export type PointFields = v.InferOutput<typeof PointFields>

export const NewPoint = v.strictObject({ id: RiskPointId, enterpriseId: EnterpriseId, ...fields })
export type NewPoint = v.InferOutput<typeof NewPoint>

const version = v.pipe(v.number(), v.integer())

/** All of a point anew; `version` is the one that was read, `why` the reason for the change. */
export const PointEdit = v.strictObject({ version, ...fields, why: text(200) })
export type PointEdit = v.InferOutput<typeof PointEdit>

/** Takes a point out of the list, or back into it. */
export const PointStanding = v.strictObject({
  version,
  standing: v.picklist(['active', 'retired'], '请选择停用或恢复'),
  why: text(200),
})
export type PointStanding = v.InferOutput<typeof PointStanding>

export const PointPath = v.object({ pointId: RiskPointId })
export const PointFilter = v.object({ enterpriseId: EnterpriseId })

/** A risk point as it stands. */
export const Point = v.object({
  ...fields,
  id: RiskPointId,
  /** The unit whose list it was entered in; of a merged file that is the one which was merged. */
  enterpriseId: EnterpriseId,
  measures: v.array(Measure),
  /** The first day it is no longer listed; null while it is. */
  retiredOn: v.nullable(Day),
  version: v.number(),
  updatedAt: v.number(),
})
export type Point = v.InferOutput<typeof Point>

/** The list of one unit: the gravest first, retired ones last. */
export const PointList = v.object({ items: v.array(Point) })
export type PointList = v.InferOutput<typeof PointList>

/** A point as one of its versions said; `words` are null once a person in them was erased. */
export const PointVersion = v.object({
  version: v.number(),
  deed: v.picklist(keysOf(pointDeeds)),
  level: Colour,
  words: v.nullable(
    v.object({
      name: v.string(),
      accident: v.string(),
      reason: v.string(),
      measures: v.array(Measure),
      why: v.nullable(v.string()),
    }),
  ),
  by: v.nullable(v.string()),
  at: v.number(),
})
export type PointVersion = v.InferOutput<typeof PointVersion>

/** All versions of a point, the newest first. */
export const PointHistory = v.object({ items: v.array(PointVersion) })
export type PointHistory = v.InferOutput<typeof PointHistory>

/**
 * Which control measure was missing or failed, so that a hazard could arise (clause 1.1-a): one of the unit's list, or
 * one in words where the list has none for it; and how that came about.
 */
export const MeasureNaming = v.strictObject({
  lapse: v.picklist(keysOf(lapses), '请选择措施缺失或措施失效'),
  measureId: v.nullable(MeasureId),
  measure: v.nullable(text(200)),
  words: text(500),
  observedAt: v.optional(Instant),
})
export type MeasureNaming = v.InferOutput<typeof MeasureNaming>
