import type { HazardCard } from '@app/shared/hazards/schema'
import { categories } from '@app/shared/hazards/words'
import { cut } from '@app/shared/text'
import type { Places } from '@app/shared/places/schema'
import { Table, type TableColumnsType } from 'antd'
import type { ReactNode } from 'react'
import { shortMinuteOf } from '../../../ui/desk/times'
import { DueDay, LevelTag, StateTag } from './tags'

interface LedgerProps {
  readonly cards: readonly HazardCard[]
  readonly places: Places | undefined
  readonly sort: 'newest' | 'due'
  /** Null where the order follows from what is searched for. */
  readonly onSort: ((sort: 'newest' | 'due') => void) | null
  readonly current: string | undefined
  readonly onOpen: (id: string) => void
  readonly busy: boolean
  readonly empty: ReactNode
}

/** The ledger's rows. A click anywhere on a row opens its record; the number is the button for a keyboard. */
export function LedgerTable({ cards, places, sort, onSort, current, onOpen, busy, empty }: LedgerProps) {
  const community = new Map(places?.communities.map(({ id, name }) => [id, name]))
  const columns: TableColumnsType<HazardCard> = [
    {
      title: '编号',
      dataIndex: 'number',
      width: 190,
      fixed: 'left',
      render: (number: string, { id }) => (
        <button type="button" className="desk-link" onClick={() => onOpen(id)}>
          {number}
        </button>
      ),
    },
    { title: '等级', dataIndex: 'level', width: 90, render: (_, { level }) => <LevelTag level={level} /> },
    {
      title: '状态',
      dataIndex: 'state',
      width: 92,
      render: (_, { state, voidAsked }) => <StateTag state={state} voidAsked={voidAsked} />,
    },
    { title: '类别', dataIndex: 'category', width: 140, render: (_, { category }) => categories[category].label },
    {
      title: '地点',
      dataIndex: 'place',
      width: 190,
      render: (place: string, { communityId }) => (
        <>
          <div className="ledger-place" title={place}>
            {place}
          </div>
          <div className="desk-quiet">{community.get(communityId)}</div>
        </>
      ),
    },
    {
      title: '描述',
      dataIndex: 'description',
      render: (description: string) => <span className="ledger-said">{cut(description, 40)}</span>,
    },
    {
      title: '责任人',
      dataIndex: 'responsible',
      width: 84,
      render: (responsible: string | null) =>
        responsible ? (
          <span className="ledger-said" title={responsible}>
            {responsible}
          </span>
        ) : (
          <span className="desk-quiet">未交办</span>
        ),
    },
    {
      title: '期限',
      dataIndex: 'dueOn',
      width: 122,
      render: (_, card) => <DueDay hazard={card} />,
      ...(onSort && { sorter: true, sortDirections: ['ascend'], sortOrder: sort === 'due' ? 'ascend' : null }),
    },
    {
      title: '上报时间',
      dataIndex: 'receivedAt',
      width: 116,
      render: (at: number) => <span className="desk-number">{shortMinuteOf(at)}</span>,
      ...(onSort && { sorter: true, sortDirections: ['descend'], sortOrder: sort === 'newest' ? 'descend' : null }),
    },
  ]
  return (
    <Table<HazardCard>
      className="ledger"
      size="middle"
      rowKey="id"
      columns={columns}
      dataSource={cards}
      pagination={false}
      loading={busy}
      scroll={{ x: 1130 }}
      showSorterTooltip={false}
      locale={{ emptyText: empty }}
      rowClassName={({ id }) => (id === current ? 'ledger-current' : '')}
      onRow={({ id }) => ({ onClick: () => onOpen(id) })}
      onChange={(_page, _filters, sorted) =>
        onSort?.(!Array.isArray(sorted) && sorted.field === 'dueOn' && sorted.order ? 'due' : 'newest')
      }
    />
  )
}
