import type { PlaceRow } from '@app/shared/onboarding/plan'

/** The columns of a list of places, as its header names them. */
export const columns = { community: '社区', grid: '网格', code: '代码' } as const
type Column = keyof PlaceRow
const keys = Object.keys(columns) as Column[]

const plain = (cell: unknown) => (typeof cell === 'string' || typeof cell === 'number' ? String(cell).trim() : '')

/** `社区名称` and `网格编码` are what people write above their lists. */
function columnOf(cell: unknown): Column | undefined {
  const said = plain(cell).replaceAll(/\s/g, '')
  if (/^(网格|社区|统计)?(代码|编码|编号)$/.test(said)) return 'code'
  if (/^(社区|所属社区|村居|社区（村）)(名称|名)?$/.test(said)) return 'community'
  return /^网格(名称|名)?$/.test(said) ? 'grid' : undefined
}

/** The places that cells name: by the header where the first filled line is one, else in the order 社区, 网格, 代码. */
export function rowsOf(cells: readonly (readonly unknown[])[]): PlaceRow[] {
  const filled = cells.filter((row) => row.some((cell) => plain(cell) !== ''))
  const header = filled[0]?.map(columnOf) ?? []
  const headed = header.includes('community')
  const at = (column: Column) => (headed ? header.indexOf(column) : keys.indexOf(column))
  return filled.slice(headed ? 1 : 0).map((row) => ({
    community: plain(row[at('community')]),
    grid: plain(row[at('grid')]),
    code: plain(row[at('code')]),
  }))
}

/** Cells of what was copied from a table or typed with commas. */
export function cellsOf(pasted: string): string[][] {
  return pasted.split(/\r\n|\r|\n/).map((line) => line.split(line.includes('\t') ? '\t' : /[,，]/))
}
