import { Tag } from 'antd'
import type { ReactNode } from 'react'
import { minuteOf } from './times'

interface Administrator {
  readonly id: string
  readonly name: string
  readonly username: string
  readonly hasPassword: boolean
  readonly blocked: boolean
  readonly linkUntil: number | null
}

interface ListProps<One> {
  readonly people: readonly One[]
  readonly renderActions: (person: One) => ReactNode
}

/** Administrators of a tenant, for who may have to help them from above. */
export function AdministratorsList<One extends Administrator>({ people, renderActions }: ListProps<One>) {
  if (people.length === 0) return <p className="desk-quiet">没有管理员。</p>
  return (
    <ul className="desk-rows">
      {people.map((person) => (
        <li key={person.id}>
          <div>
            {person.name}
            <div className="desk-quiet">{person.username}</div>
          </div>
          <div>
            <Standing person={person} />
          </div>
          <div>{renderActions(person)}</div>
        </li>
      ))}
    </ul>
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
