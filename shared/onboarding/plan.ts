import * as v from 'valibot'
import { gridCode } from '../places/schema'
import type { FieldError } from '../problem'
import { text } from '../text'

/** One line of what a district pastes or takes from a file: a community, and one of its grids where it has any. */
export const PlaceRow = v.strictObject({
  community: v.pipe(v.string(), v.maxLength(200)),
  grid: v.pipe(v.string(), v.maxLength(200)),
  code: v.pipe(v.string(), v.maxLength(60)),
})
export type PlaceRow = v.InferOutput<typeof PlaceRow>

/** So many lines make one street; the largest have some hundreds of grids. */
export const mostRows = 1000

/** The places of a street as they are to be made, in the order of the lines. */
export interface Plan {
  readonly communities: readonly {
    readonly name: string
    readonly statCode: string | null
    readonly grids: readonly { readonly name: string; readonly code: string | null }[]
  }[]
}

const Name = text(30)
const StatCode = v.pipe(v.string(), v.regex(/^\d{9,15}$/, '社区代码应为 9 至 15 位数字'))

/** `１２` → `12`, without blanks at the ends: what people paste is not what they mean. */
const tidied = (typed: string) =>
  typed
    .replaceAll(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3000', ' ')
    .trim()

/**
 * The places that lines describe, and all that is wrong with any of them at once, each at its line (from 0) and column.
 * A code beside a grid is the grid's; on a line without one it is the community's statistical code.
 */
export function planOf(rows: readonly PlaceRow[]): { plan: Plan; errors: FieldError[] } {
  const errors: FieldError[] = []
  const communities = new Map<
    string,
    { name: string; statCode: string | null; grids: { name: string; code: string | null }[] }
  >()
  const wrong = (at: number, column: keyof PlaceRow, detail: string) =>
    errors.push({ pointer: `/rows/${at}/${column}`, detail: `第 ${at + 1} 行：${detail}` })
  const said = <S extends v.GenericSchema<unknown, string>>(
    schema: S,
    value: string,
    at: number,
    column: keyof PlaceRow,
  ) => {
    const parsed = v.safeParse(schema, value)
    if (parsed.success) return parsed.output
    wrong(at, column, parsed.issues[0].message)
    return null
  }
  for (const [at, row] of rows.entries()) {
    const [community, grid, code] = [tidied(row.community), tidied(row.grid), tidied(row.code)]
    if (!community && !grid && !code) continue
    if (!community) {
      wrong(at, 'community', '缺少社区名称')
      continue
    }
    const name = said(Name, community, at, 'community')
    if (name === null) continue
    const known = communities.get(name) ?? { name, statCode: null, grids: [] }
    communities.set(name, known)
    if (!grid) {
      const statCode = code === '' ? null : said(StatCode, code, at, 'code')
      if (known.statCode !== null && statCode !== null && known.statCode !== statCode)
        wrong(at, 'code', `“${name}”前面填过另一个代码 ${known.statCode}`)
      known.statCode ??= statCode
      continue
    }
    const named = said(Name, grid, at, 'grid')
    const coded = code === '' ? null : said(gridCode, code, at, 'code')
    if (named === null) continue
    if (known.grids.some((one) => one.name === named)) wrong(at, 'grid', `“${name}”内已有网格“${named}”`)
    else if (coded !== null && [...communities.values()].some(({ grids }) => grids.some((one) => one.code === coded)))
      wrong(at, 'code', `网格编码 ${coded} 重复`)
    else known.grids.push({ name: named, code: coded })
  }
  if (communities.size === 0) errors.push({ pointer: '/rows', detail: '请至少填写一个社区' })
  return { plan: { communities: [...communities.values()] }, errors }
}
