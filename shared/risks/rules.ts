import { colours, type Colour } from '../enterprises/words'
import type { MeasureId } from '../ids'
import { compareText } from '../order'
import type { FieldError } from '../problem'
import type { Measure, MeasureNaming, Point } from './schema'

// Safe: the keys of an object written out in this project.
const gravest = Object.keys(colours) as Colour[]

/** The order of a list: what is listed before what is retired, the gravest first, then by name and id. */
export function comparePoints(
  a: Pick<Point, 'id' | 'level' | 'name' | 'retiredOn'>,
  b: Pick<Point, 'id' | 'level' | 'name' | 'retiredOn'>,
): number {
  return (
    Number(a.retiredOn !== null) - Number(b.retiredOn !== null) ||
    gravest.indexOf(a.level) - gravest.indexOf(b.level) ||
    compareText(a.name, b.name) ||
    compareText(a.id, b.id)
  )
}

/** Why a point may not be retired or restored now, or `null` when it may. */
export function standingRefusal(
  { retiredOn }: Pick<Point, 'retiredOn'>,
  standing: 'active' | 'retired',
): string | null {
  if (standing === 'retired') return retiredOn === null ? null : '该风险点已停用。'
  return retiredOn === null ? '该风险点未停用，无需恢复。' : null
}

/** A measure that a hazard can name, with the point that it belongs to. */
export interface ListedMeasure {
  readonly point: string
  readonly measure: Pick<Measure, 'id' | 'words'>
}

/** The measures of a unit's list that stands. */
export const listedMeasures = (points: readonly Pick<Point, 'name' | 'measures' | 'retiredOn'>[]): ListedMeasure[] =>
  points.flatMap(({ name, measures, retiredOn }) =>
    retiredOn === null ? measures.map((measure) => ({ point: name, measure })) : [],
  )

/**
 * The measure that a naming comes to: its id in the list and its words as they are now, or what is wrong with it. What
 * failed had to be there: where the unit has a list it is one of that. What was missing may stand in no list.
 */
export function namedMeasure(
  { lapse, measureId, measure }: Pick<MeasureNaming, 'lapse' | 'measureId' | 'measure'>,
  listed: readonly ListedMeasure[],
): { errors: FieldError[] } | { errors: null; measureId: MeasureId | null; words: string } {
  const wrong = (pointer: string, detail: string) => ({ errors: [{ pointer, detail }] })
  if (measureId !== null) {
    const found = listed.find((one) => one.measure.id === measureId)
    if (!found) return wrong('/measureId', '该措施已不在本单位现行的风险清单里，请重新选择')
    return { errors: null, measureId, words: `${found.point}：${found.measure.words}` }
  }
  if (lapse === 'failed' && listed.length > 0)
    return wrong('/measureId', '失效的是已有的措施，请从本单位的风险清单里选择')
  if (measure === null) return wrong('/measure', '请写明是哪一条管控措施')
  return { errors: null, measureId: null, words: measure }
}
