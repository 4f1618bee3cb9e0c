import type { HazardCard } from '@app/shared/hazards/schema'
import { categories, levels, sectors, states } from '@app/shared/hazards/words'
import type { Places } from '@app/shared/places/schema'
import { csvOf } from '../../../ui/desk/csv'
import { minuteOf } from '../../../ui/desk/times'

const heads = [
  '编号',
  '等级',
  '状态',
  '类别',
  '行业领域',
  '社区',
  '网格',
  '地点',
  '描述',
  '责任人',
  '期限',
  '现场时间',
  '收到时间',
  '销号时间',
  '轮次',
]

/** The ledger as a CSV text, every column of a card in words. */
export function csvOfLedger(cards: readonly HazardCard[], places: Places | undefined): string {
  const community = new Map(places?.communities.map(({ id, name }) => [id, name]))
  const grid = new Map(places?.grids.map(({ id, name }) => [id, name]))
  return csvOf([
    heads,
    ...cards.map((card) => [
      card.number,
      levels[card.level],
      states[card.state],
      categories[card.category].label,
      sectors[card.sector],
      community.get(card.communityId) ?? '',
      grid.get(card.gridId) ?? '',
      card.place,
      card.description,
      card.responsible,
      card.dueOn,
      minuteOf(card.observedAt),
      minuteOf(card.receivedAt),
      card.closedAt === null ? null : minuteOf(card.closedAt),
      card.round,
    ]),
  ])
}
