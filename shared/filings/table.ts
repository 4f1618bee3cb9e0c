import type { Places } from '../places/schema'
import { guarded } from '../sheet'
import { dayOf } from '../time'
import { periodWords } from './periods'
import type { BoardLine, FilingCard } from './schema'
import { kinds, owedStates, states } from './words'

type Cell = string | null

const namesOf = (places: Places) =>
  new Map<string, string>([...places.communities, ...places.grids].map(({ id, name }) => [id, name]))
const safe = (rows: readonly (readonly Cell[])[]) =>
  rows.map((row) => row.map((cell) => (cell === null ? null : guarded(cell))))

export const boardHeadings = ['单位', '社区', '网格', '材料', '情况', '期限'] as const
/** What units owe as a table with its header, one row an item, which no spreadsheet executes. */
export function boardTable(lines: readonly BoardLine[], places: Places): readonly (readonly Cell[])[] {
  const names = namesOf(places)
  return safe([
    boardHeadings,
    ...lines.flatMap(({ name, communityId, gridId, items }) =>
      items.map(({ label, state, dueOn }) => [
        name,
        names.get(communityId) ?? null,
        names.get(gridId) ?? null,
        label,
        owedStates[state],
        dueOn,
      ]),
    ),
  ])
}

export const filingHeadings = [
  '单位',
  '社区',
  '网格',
  '材料',
  '期间',
  '摘要',
  '状态',
  '版本',
  '有效期至',
  '报送日期',
] as const
/** What was filed as a table with its header, one row a paper, which no spreadsheet executes. */
export function filingTable(cards: readonly FilingCard[], places: Places): readonly (readonly Cell[])[] {
  const names = namesOf(places)
  return safe([
    filingHeadings,
    ...cards.map((card) => [
      card.unitName,
      names.get(card.communityId) ?? null,
      names.get(card.gridId) ?? null,
      kinds[card.kind].label,
      card.period && periodWords(card.period),
      card.title ?? '已按规定清除',
      states[card.state],
      String(card.version),
      card.kind === 'certificate' ? card.until : null,
      dayOf(card.at),
    ]),
  ])
}
