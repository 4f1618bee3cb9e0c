import type { Tenants } from '@app/shared/tenants/schema'
import { Table, Tag } from 'antd'
import { ScrollBox } from '../../../ui/desk/scroll-box'
import { minuteOf } from '../../../ui/desk/times'
import { AdministratorsButton } from './administrators-button'
import { Suspended } from '../../../ui/desk/suspended'
import { SuspendButton } from './suspend-button'
import './tenants.css'

type District = Tenants['districts'][number]

/** The deployment's districts with their streets, and how their background work goes. */
export function TenantTable({ districts, manages }: { districts: readonly District[]; manages: boolean }) {
  return (
    <ScrollBox label="租户" least={1120}>
      <Table<District>
        size="middle"
        rowKey="id"
        dataSource={districts}
        pagination={false}
        locale={{
          emptyText: manages
            ? '还没有区。点右上角“开通区”，填好名称和首任管理员，把链接交给他，由他开通各街道。'
            : '还没有区。',
        }}
        columns={[
          {
            title: '区',
            dataIndex: 'name',
            width: 170,
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
              streets.map(({ id, name, suspendedAt, suspendedWhy }) => (
                <div key={id} className="tenant-street">
                  <span>
                    {name} {suspendedAt !== null && <Suspended at={suspendedAt} why={suspendedWhy} />}
                  </span>
                  {manages && <SuspendButton tenant={{ kind: 'street', id, name, suspended: suspendedAt !== null }} />}
                </div>
              )),
          },
          { title: '数据库', dataIndex: 'ledger', width: 100 },
          {
            title: '状态',
            width: 130,
            render: (_, { suspendedAt, suspendedWhy }) =>
              suspendedAt === null ? (
                <Tag color="success">正常</Tag>
              ) : (
                <Suspended at={suspendedAt} why={suspendedWhy} />
              ),
          },
          {
            title: '任务排队',
            width: 80,
            align: 'right',
            className: 'desk-number',
            render: (_, { jobs }) => jobs.waiting,
          },
          {
            title: '任务失败',
            width: 80,
            align: 'right',
            className: 'desk-number',
            render: (_, { jobs }) => (jobs.failed > 0 ? <span className="desk-warn">{jobs.failed}</span> : 0),
          },
          {
            title: '最近运行',
            width: 140,
            className: 'desk-number',
            render: (_, { jobs }) => (jobs.lastAt === null ? '—' : minuteOf(jobs.lastAt)),
          },
          ...(manages
            ? [
                {
                  title: '操作',
                  key: 'actions',
                  width: 180,
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
