import { monthWords } from '@app/shared/notices/rules'
import type { NoticeCard } from '@app/shared/notices/schema'
import { Link } from '@tanstack/react-router'
import { Table } from 'antd'
import type { InferOutput } from 'valibot'
import { minuteOf } from '../../../ui/desk/times'
import { NoticeTag } from './state-tag'

type Card = InferOutput<typeof NoticeCard>

/** The district's notices, the last worked on first; `district` is its slug. */
export function NoticeTable({ notices, district }: { notices: readonly Card[]; district: string }) {
  return (
    <Table<Card>
      size="middle"
      rowKey="id"
      dataSource={notices}
      pagination={false}
      // An empty table has nothing to focus, and what scrolls must be reached by a keyboard.
      {...(notices.length > 0 && { scroll: { x: 900 } })}
      locale={{ emptyText: '还没有通报。评分完成后，点“拟写通报”由系统按排名生成初稿。' }}
      columns={[
        {
          title: '标题',
          dataIndex: 'title',
          render: (title: string, { id }) => (
            <Link to="/admin/d/$district/notices/$noticeId" params={{ district, noticeId: id }}>
              {title}
            </Link>
          ),
        },
        { title: '评分月份', dataIndex: 'period', width: 130, render: (period: string) => monthWords(period) },
        { title: '状态', dataIndex: 'state', width: 100, render: (_, { state }) => <NoticeTag state={state} /> },
        { title: '公示编号', dataIndex: 'number', width: 110, render: (number: string | null) => number ?? '—' },
        {
          title: '发布时间',
          dataIndex: 'publishedAt',
          width: 180,
          className: 'desk-number',
          render: (at: number | null) => (at === null ? '—' : minuteOf(at)),
        },
        {
          title: '最近修改',
          dataIndex: 'editedAt',
          width: 180,
          className: 'desk-number',
          render: (at: number) => minuteOf(at),
        },
      ]}
    />
  )
}
