import type { Overview } from '@app/shared/overviews/schema'
import { Link } from '@tanstack/react-router'
import { Table } from 'antd'
import type { ReactNode } from 'react'
import { ScrollBox } from '../../../ui/desk/scroll-box'

type Street = Overview['streets'][number]
type Show = 'open' | 'overdue' | 'suspected' | 'major'

const shows: readonly { readonly show: Show; readonly label: string; readonly grave: boolean }[] = [
  { show: 'open', label: '未销号', grave: false },
  { show: 'overdue', label: '逾期', grave: true },
  { show: 'suspected', label: '疑似重大', grave: true },
  { show: 'major', label: '重大', grave: true },
]

/** What is open in each street and in all of them; every number leads to the records it counts. */
export function OverviewTable({ overview: { streets }, list }: { overview: Overview; list: string }) {
  const number = (count: number, search: Record<string, string>, grave: boolean, about: string): ReactNode =>
    count === 0 ? (
      <span className="desk-quiet">0</span>
    ) : (
      <Link to={list} search={search} className={grave ? 'desk-late' : undefined} aria-label={`${about} ${count}`}>
        {count}
      </Link>
    )
  const sum = (
    <Table.Summary.Row className="overview-sum">
      <Table.Summary.Cell index={0}>合计</Table.Summary.Cell>
      {shows.map(({ show, label, grave }, at) => (
        <Table.Summary.Cell key={show} index={at + 1} align="right">
          {number(
            streets.reduce((sum, street) => sum + street[show], 0),
            { show },
            grave,
            `全区${label}`,
          )}
        </Table.Summary.Cell>
      ))}
    </Table.Summary.Row>
  )
  return (
    <ScrollBox label="各街道未销号情况" least={520}>
      <Table<Street>
        size="middle"
        rowKey="streetId"
        dataSource={streets}
        pagination={false}
        locale={{ emptyText: '本区还没有街道。' }}
        columns={[
          { title: '街道', dataIndex: 'name', width: '32%' },
          ...shows.map(({ show, label, grave }) => ({
            title: label,
            dataIndex: show,
            width: '17%',
            align: 'right' as const,
            className: 'desk-number',
            render: (count: number, { streetId, name }: Street) =>
              number(count, { show, streetId }, grave, `${name}${label}`),
          })),
        ]}
        summary={() => sum}
      />
    </ScrollBox>
  )
}
