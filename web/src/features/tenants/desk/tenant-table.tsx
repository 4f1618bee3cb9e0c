import type { Tenants } from '@app/shared/tenants/schema'
import { Table, Tag } from 'antd'
import { ScrollBox } from '../../../ui/desk/scroll-box'
import { minuteOf } from '../../../ui/desk/times'
import { SuspendButton } from '../../onboarding/desk/suspend-button'
import { AdministratorsButton } from './administrators-button'

type District = Tenants['districts'][number]

/** The deployment's districts with their streets, and how their background work goes. */
export function TenantTable({ districts, manages }: { districts: readonly District[]; manages: boolean }) {
  return (
    <ScrollBox label="租户" least={1060}>
      <Table<District>
        size="middle"
        rowKey="id"
        dataSource={districts}
        pagination={false}
        locale={{ emptyText: '还没有租户。' }}
        columns={[
          {
            title: '区',
            dataIndex: 'name',
            width: 220,
            render: (name: string, { slug, demo }) => (
              <>
                {name} {demo && <Tag color="warning">演示</Tag>}
                <div className="desk-quiet">{slug}</div>
              </>
            ),
          },
          {
            title: '街道',
            dataIndex: 'streets',
            render: (streets: District['streets']) =>
              streets.map(({ id, name, suspendedAt }) => (
                <div key={id}>
                  {name}
                  {suspendedAt !== null && '（已停用）'}
                  {manages && <SuspendButton tenant={{ kind: 'street', id, name, suspended: suspendedAt !== null }} />}
                </div>
              )),
          },
          { title: '数据库', dataIndex: 'ledger', width: 120 },
          { title: '状态', width: 100, render: (_, { suspendedAt }) => <StateTag suspendedAt={suspendedAt} /> },
          {
            title: '任务排队',
            width: 100,
            align: 'right',
            className: 'desk-number',
            render: (_, { jobs }) => jobs.waiting,
          },
          {
            title: '任务失败',
            width: 100,
            align: 'right',
            className: 'desk-number',
            render: (_, { jobs }) => (jobs.failed > 0 ? <span className="desk-warn">{jobs.failed}</span> : 0),
          },
          {
            title: '最近运行',
            width: 180,
            className: 'desk-number',
            render: (_, { jobs }) => (jobs.lastAt === null ? '—' : minuteOf(jobs.lastAt)),
          },
          ...(manages
            ? [
                {
                  title: '操作',
                  key: 'actions',
                  width: 190,
                  render: (_: unknown, { id, name, suspendedAt }: District) => (
                    <>
                      <AdministratorsButton district={{ id, name }} />
                      <SuspendButton tenant={{ kind: 'district', id, name, suspended: suspendedAt !== null }} />
                    </>
                  ),
                },
              ]
            : []),
        ]}
      />
    </ScrollBox>
  )
}

function StateTag({ suspendedAt }: { suspendedAt: number | null }) {
  return suspendedAt === null ? <Tag color="success">正常</Tag> : <Tag color="warning">已停用</Tag>
}
