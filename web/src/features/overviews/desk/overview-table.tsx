import type { Overview } from '@app/shared/overviews/schema'
import { Link } from '@tanstack/react-router'
import { Table } from 'antd'
import type { ReactNode } from 'react'
import { Alarm } from '../../../ui/desk/alarm'
import { ScrollBox } from '../../../ui/desk/scroll-box'

type Street = Overview['streets'][number]
type Show = 'open' | 'overdue' | 'suspected' | 'major'

const shows: readonly { readonly show: Show; readonly label: string; readonly grave: boolean }[] = [
  { show: 'open', label: '未销号', grave: false },
  { show: 'overdue', label: '逾期', grave: true },
  { show: 'suspected', label: '疑似重大', grave: true },
  { show: 'major', label: '重大', grave: true },
]

interface TableProps {
  readonly overview: Overview
  /** The records that the numbers count. */
  readonly list: string
  /** Where the streets are listed with how they are staffed. */
  readonly staffing: string
}

/** What is open in each street and in all of them; every number leads to the records it counts. */
export function OverviewTable({ overview: { streets }, list, staffing }: TableProps) {
  const number = (count: number, search: Record<string, string>, grave: boolean, about: string): ReactNode =>
    count === 0 ? (
      <span className="desk-quiet">0</span>
    ) : (
      <Link to={list} search={search} className={grave ? 'desk-late' : undefined} aria-label={`${about} ${count}`}>
        {count}
      </Link>
    )
  // Shown whole or to nobody: who sees some sectors only sees none of it.
  const staffed = streets.some(({ duties }) => duties !== null)
  const short = ({ duties, name }: Pick<Street, 'duties' | 'name'>): ReactNode => {
    const words = duties ? dutyWords(duties) : ''
    if (words === '') return <span className="desk-quiet">无缺口</span>
    return (
      <Link to={staffing} aria-label={`${name}双包：${words}`}>
        <Alarm>{words}</Alarm>
      </Link>
    )
  }
  const allShort = {
    gaps: streets.reduce((total, { duties }) => total + (duties?.gaps ?? 0), 0),
    overloaded: streets.reduce((total, { duties }) => total + (duties?.overloaded ?? 0), 0),
  }
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
      {staffed && (
        <Table.Summary.Cell index={shows.length + 1}>{short({ name: '全区', duties: allShort })}</Table.Summary.Cell>
      )}
    </Table.Summary.Row>
  )
  return (
    <ScrollBox label="各街道未销号情况" least={staffed ? 760 : 520}>
      <Table<Street>
        size="middle"
        rowKey="streetId"
        dataSource={streets}
        pagination={false}
        locale={{ emptyText: '本区还没有街道。' }}
        columns={[
          { title: '街道', dataIndex: 'name', width: staffed ? '22%' : '32%' },
          ...shows.map(({ show, label, grave }) => ({
            title: label,
            dataIndex: show,
            width: staffed ? '12%' : '17%',
            align: 'right' as const,
            className: 'desk-number',
            render: (count: number, { streetId, name }: Street) =>
              number(count, { show, streetId }, grave, `${name}${label}`),
          })),
          ...(staffed ? [{ title: '双包', key: 'duties', render: (_: unknown, street: Street) => short(street) }] : []),
        ]}
        summary={() => sum}
      />
    </ScrollBox>
  )
}

/** What is short of 双包 in words; nothing for what is whole. */
function dutyWords({ gaps, overloaded }: NonNullable<Street['duties']>): string {
  return [gaps > 0 && `${gaps} 处无人负责`, overloaded > 0 && `${overloaded} 人超负荷`].filter(Boolean).join('，')
}
