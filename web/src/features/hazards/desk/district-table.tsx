import type { DistrictCard } from '@app/shared/hazards/schema'
import { categories, sectors } from '@app/shared/hazards/words'
import { Table } from 'antd'
import { minuteOf } from '../../../ui/desk/times'
import { DueDay, LevelTag, StateTag } from './tags'
import './ledger.css'

interface DistrictProps {
  readonly cards: readonly DistrictCard[]
  readonly streetNames: ReadonlyMap<string, string>
  readonly current: string | undefined
  readonly onOpen: (card: DistrictCard) => void
  readonly busy: boolean
  readonly empty: string
}

/** Hazards of a district's streets, as far as a district lists them: no person and no detail. */
export function DistrictTable({ cards, streetNames, current, onOpen, busy, empty }: DistrictProps) {
  return (
    <Table<DistrictCard>
      className="ledger"
      size="middle"
      rowKey={({ streetId, id }) => `${streetId} ${id}`}
      dataSource={cards}
      pagination={false}
      loading={busy}
      // An empty table has nothing to focus, and what scrolls must be reached by a keyboard.
      {...(cards.length > 0 && { scroll: { x: 1190 } })}
      locale={{ emptyText: empty }}
      rowClassName={({ id }) => (id === current ? 'ledger-current' : '')}
      onRow={(card) => ({ onClick: () => onOpen(card) })}
      columns={[
        {
          title: '编号',
          dataIndex: 'number',
          width: 215,
          fixed: 'left',
          render: (number: string, card) => (
            <button type="button" className="desk-link" onClick={() => onOpen(card)}>
              {number}
            </button>
          ),
        },
        { title: '街道', dataIndex: 'streetId', render: (id: string) => streetNames.get(id) },
        { title: '等级', dataIndex: 'level', width: 100, render: (_, { level }) => <LevelTag level={level} /> },
        { title: '状态', dataIndex: 'state', width: 100, render: (_, { state }) => <StateTag state={state} /> },
        { title: '类别', dataIndex: 'category', width: 140, render: (_, card) => categories[card.category].label },
        { title: '行业领域', dataIndex: 'sector', width: 120, render: (_, card) => sectors[card.sector] },
        { title: '期限', dataIndex: 'dueOn', width: 210, render: (_, card) => <DueDay hazard={card} /> },
        {
          title: '收到时间',
          dataIndex: 'receivedAt',
          width: 170,
          render: (at: number) => <span className="desk-number">{minuteOf(at)}</span>,
        },
      ]}
    />
  )
}
