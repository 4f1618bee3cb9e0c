import type { InspectionCard } from '@app/shared/inspections/schema'
import { kinds } from '@app/shared/inspections/words'
import { Link } from '@tanstack/react-router'
import { Table, Tag } from 'antd'
import { ScrollBox } from '../../../ui/desk/scroll-box'
import { minuteOf } from '../../../ui/desk/times'

/** Signed checks, each the way to its record. */
export function InspectionsTable({ items, slug }: { items: readonly InspectionCard[]; slug: string }) {
  return (
    <ScrollBox label="检查记录" least={820}>
      <Table<InspectionCard>
        size="middle"
        rowKey="id"
        dataSource={items}
        pagination={false}
        locale={{ emptyText: '还没有检查记录。检查在手机上开展：打开“今日”里的“待检查”。' }}
        columns={[
          {
            title: '被检单位',
            dataIndex: 'unitName',
            render: (name: string, { id }) => (
              <Link to="/admin/s/$street/inspections/$inspectionId" params={{ street: slug, inspectionId: id }}>
                {name}
              </Link>
            ),
          },
          { title: '检查类型', dataIndex: 'kind', width: 140, render: (kind: InspectionCard['kind']) => kinds[kind] },
          { title: '检查时间', dataIndex: 'observedAt', width: 170, render: minuteOf },
          {
            title: '检查人',
            dataIndex: 'inspector',
            width: 130,
            render: (name: string | null) => name ?? '已离岗人员',
          },
          {
            title: '发现问题',
            dataIndex: 'findings',
            width: 110,
            render: (n: number) => (n > 0 ? `${n} 项` : '无'),
          },
          {
            title: '签字',
            dataIndex: 'ending',
            width: 150,
            render: (ending: InspectionCard['ending'], { version }) => (
              <>
                <Tag>{ending === 'signed' ? '双方已签' : '单位拒签'}</Tag>
                {version > 1 && <Tag>第 {version} 版</Tag>}
              </>
            ),
          },
        ]}
      />
    </ScrollBox>
  )
}
