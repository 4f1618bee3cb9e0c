import { Table, Tag } from 'antd'
import type { ReactNode } from 'react'
import { ScrollBox } from './scroll-box'
import { minuteOf } from './times'

interface Administrator {
  readonly id: string
  readonly name: string
  readonly username: string
  readonly hasPassword: boolean
  readonly blocked: boolean
  readonly linkUntil: number | null
}

interface TableProps<One> {
  readonly people: readonly One[]
  readonly actionsOf: (person: One) => ReactNode
}

/** Administrators of a tenant, for who may have to help them from above. */
export function AdministratorsTable<One extends Administrator>({ people, actionsOf }: TableProps<One>) {
  return (
    <ScrollBox label="管理员" least={560}>
      <Table<One>
        size="small"
        rowKey="id"
        dataSource={people}
        pagination={false}
        locale={{ emptyText: '没有管理员。' }}
        columns={[
          {
            title: '姓名',
            dataIndex: 'name',
            render: (name: string, { username }) => (
              <>
                {name}
                <div className="desk-quiet">{username}</div>
              </>
            ),
          },
          { title: '账号', key: 'state', width: 220, render: (_, person) => <Standing person={person} /> },
          { title: '操作', key: 'actions', width: 200, render: (_, person) => actionsOf(person) },
        ]}
      />
    </ScrollBox>
  )
}

function Standing({ person: { hasPassword, blocked, linkUntil } }: { person: Administrator }) {
  const over = linkUntil !== null && linkUntil <= Date.now()
  return (
    <>
      {blocked ? <Tag>已停止登录</Tag> : hasPassword ? <Tag color="success">正常</Tag> : <Tag>尚未设置密码</Tag>}
      {linkUntil !== null && (
        <div className={over ? 'desk-warn' : 'desk-quiet'}>
          {over ? '链接已过期' : `链接 ${minuteOf(linkUntil)} 前有效`}
        </div>
      )}
    </>
  )
}
