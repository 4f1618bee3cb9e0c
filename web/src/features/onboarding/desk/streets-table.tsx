import type { StreetsPage } from '@app/shared/onboarding/schema'
import { Table, Tag } from 'antd'
import type { ReactNode } from 'react'
import { Alarm } from '../../../ui/desk/alarm'
import { ScrollBox } from '../../../ui/desk/scroll-box'
import { Suspended } from '../../../ui/desk/suspended'

type Street = StreetsPage['items'][number]

const states: Record<Street['state'], { label: string; color: 'processing' | 'success' | 'default' | 'warning' }> = {
  preparing: { label: '开通中', color: 'processing' },
  active: { label: '使用中', color: 'success' },
  suspended: { label: '已停用', color: 'default' },
  moving: { label: '迁移中', color: 'warning' },
}

interface TableProps {
  readonly streets: readonly Street[]
  readonly mayOpen: boolean
  /** What may be done to one of them; without it the column is left out. */
  readonly renderActions?: ((street: Street) => ReactNode) | undefined
}

/** Every street of the district, how it stands and how far it is set up. */
export function StreetsTable({ streets, mayOpen, renderActions }: TableProps) {
  const number = { align: 'right', width: 64, className: 'desk-number' } as const
  return (
    <ScrollBox label="街道" least={860}>
      <Table<Street>
        size="middle"
        rowKey="id"
        dataSource={streets}
        pagination={false}
        locale={{ emptyText: mayOpen ? '还没有街道。点右上角“开通街道”，按四步填好即可。' : '还没有街道。' }}
        columns={[
          {
            title: '名称',
            dataIndex: 'name',
            render: (name: string, { slug }) => (
              <>
                {name}
                <div className="desk-quiet">{slug}</div>
              </>
            ),
          },
          {
            title: '状态',
            dataIndex: 'state',
            width: 190,
            render: (state: Street['state'], { suspendedAt, suspendedWhy }) =>
              state === 'suspended' && suspendedAt !== null ? (
                <Suspended at={suspendedAt} why={suspendedWhy} />
              ) : (
                <Tag color={states[state].color}>{states[state].label}</Tag>
              ),
          },
          { title: '社区', dataIndex: 'communities', ...number },
          { title: '网格', dataIndex: 'grids', ...number },
          { title: '人员', dataIndex: 'people', ...number },
          {
            title: '双包缺口',
            dataIndex: 'gaps',
            width: 150,
            render: (gaps: number) => (gaps > 0 ? <Alarm>{gaps} 处无人负责</Alarm> : '无'),
          },
          {
            title: '双包超负荷',
            dataIndex: 'overloaded',
            width: 150,
            render: (people: number) => (people > 0 ? <Alarm>{people} 人</Alarm> : '无'),
          },
          ...(renderActions
            ? [
                {
                  title: '操作',
                  key: 'actions',
                  width: 100,
                  render: (_: unknown, street: Street) => renderActions(street),
                },
              ]
            : []),
        ]}
      />
      <p className="desk-pager">共 {streets.length} 个街道</p>
    </ScrollBox>
  )
}
