import type { HazardCard } from '@app/shared/hazards/schema'
import { categories } from '@app/shared/hazards/words'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { Table } from 'antd'
import { parseResponse } from 'hono/client'
import { street } from '../../../api'
import { Answer, Nothing } from '../../../ui/desk/answer'
import { hazardQueries } from '../queries'
import { DueDay, LevelTag, StateTag } from './tags'

const shown = 8

const latest = (streetId: string) =>
  queryOptions({
    queryKey: [...hazardQueries.all(streetId), 'late'] as const,
    queryFn: ({ signal }) =>
      parseResponse(
        street.hazards.$get(
          { param: { streetId }, query: { overdue: 'yes', limit: String(shown) } },
          { init: { signal } },
        ),
      ),
  })

/** The few hazards that have been late for longest. */
export function LateList({ streetId, onOpen }: { streetId: string; onOpen: (id: string) => void }) {
  const asked = useQuery(latest(streetId))
  return (
    <Answer of={asked}>
      {({ items }) =>
        items.length === 0 ? (
          <Nothing>没有逾期的隐患。</Nothing>
        ) : (
          <Table<HazardCard>
            size="middle"
            rowKey="id"
            dataSource={items}
            pagination={false}
            scroll={{ x: 1080 }}
            columns={[
              {
                title: '编号',
                dataIndex: 'number',
                width: 215,
                render: (number: string, { id }) => (
                  <button type="button" className="desk-link desk-number" onClick={() => onOpen(id)}>
                    {number}
                  </button>
                ),
              },
              { title: '等级', dataIndex: 'level', width: 100, render: (_, { level }) => <LevelTag level={level} /> },
              {
                title: '状态',
                dataIndex: 'state',
                width: 100,
                render: (_, { state, voidAsked }) => <StateTag state={state} voidAsked={voidAsked} />,
              },
              {
                title: '类别',
                dataIndex: 'category',
                width: 140,
                render: (_, card) => categories[card.category].label,
              },
              { title: '地点', dataIndex: 'place' },
              { title: '责任人', dataIndex: 'responsible', width: 120 },
              { title: '期限', dataIndex: 'dueOn', width: 210, render: (_, card) => <DueDay hazard={card} /> },
            ]}
          />
        )
      }
    </Answer>
  )
}
