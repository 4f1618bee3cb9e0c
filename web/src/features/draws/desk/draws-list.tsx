import type { DrawCard, DrawPage } from '@app/shared/draws/schema'
import { Link } from '@tanstack/react-router'
import { Table, Tag } from 'antd'
import { ScrollBox } from '../../../ui/desk/scroll-box'
import { minuteOf } from '../../../ui/desk/times'

/** Draws that were done, each the way to its record. */
export function DrawsTable({ items, slug, loading }: { items: DrawPage['items']; slug: string; loading: boolean }) {
  return (
    <ScrollBox label="双随机抽取记录" least={760}>
      <Table<DrawCard>
        size="middle"
        rowKey="id"
        dataSource={items}
        loading={loading}
        pagination={false}
        locale={{ emptyText: '还没有抽取过。抽取时由系统生成随机种子并留存，任何人都可以验算。' }}
        columns={[
          {
            title: '事项',
            dataIndex: 'purpose',
            render: (purpose: string, { id, turn }) => (
              <>
                <Link className="desk-link" to="/admin/s/$street/draws/$drawId" params={{ street: slug, drawId: id }}>
                  {purpose}
                </Link>{' '}
                {turn > 1 && <Tag>第 {turn} 次抽取</Tag>}
              </>
            ),
          },
          {
            title: '抽取',
            key: 'count',
            width: 180,
            render: (_value, { count, perUnit }) => `${count} 家，每家 ${perUnit} 人`,
          },
          { title: '完成期限', dataIndex: 'until', width: 130 },
          { title: '抽取人', dataIndex: 'by', width: 130, render: (by: string | null) => by ?? '已离岗人员' },
          { title: '抽取时间', dataIndex: 'at', width: 170, render: minuteOf },
        ]}
      />
    </ScrollBox>
  )
}
