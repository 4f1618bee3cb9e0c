import type { AccessLine } from '@app/shared/workbench/schema'
import { Table } from 'antd'
import type { InferOutput } from 'valibot'
import { Nothing } from '../../../ui/desk/answer'
import { minuteOf } from '../../../ui/desk/times'

type Line = InferOutput<typeof AccessLine>

/** Which records the district opened, and when. */
export function AccessLines({ lines, onOpen }: { lines: readonly Line[]; onOpen: (hazardId: string) => void }) {
  if (lines.length === 0) return <Nothing>上级还没有调阅过本街道的记录。</Nothing>
  return (
    <Table<Line>
      size="middle"
      rowKey={({ day, actor, subject }) => `${day} ${actor} ${subject}`}
      dataSource={lines}
      pagination={false}
      scroll={{ x: 520 }}
      columns={[
        { title: '日期', dataIndex: 'day', width: 130 },
        {
          title: '调阅人',
          dataIndex: 'name',
          width: 160,
          render: (name: string | null) => name ?? '区级人员',
        },
        {
          title: '调阅的隐患',
          dataIndex: 'number',
          render: (number: string, { subject }) => (
            <button type="button" className="desk-link" onClick={() => onOpen(subject)}>
              {number}
            </button>
          ),
        },
        { title: '次数', dataIndex: 'times', width: 80, align: 'right' },
        { title: '最近一次', dataIndex: 'lastAt', width: 180, render: (at: number) => minuteOf(at) },
      ]}
    />
  )
}
