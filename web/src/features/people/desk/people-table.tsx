import { type Role, roles, streetRoles } from '@app/shared/capabilities'
import { mainPost } from '@app/shared/people/rules'
import type { PersonCard } from '@app/shared/people/schema'
import { Input, Select, Table, Tag } from 'antd'
import type { ReactNode } from 'react'

interface PeopleProps {
  readonly people: readonly PersonCard[]
  readonly search: { readonly name?: string | undefined; readonly role?: Role | undefined }
  readonly onSearch: (search: { name?: string | undefined; role?: Role | undefined }) => void
  /** What may be done to the list, such as adding to it. */
  readonly actions?: ReactNode
  /** How a telephone number is shown; without it the column is left out. */
  readonly renderPhone?: (person: PersonCard) => ReactNode
  /** What may be done to one of them. */
  readonly renderActions?: (person: PersonCard) => ReactNode
}

/** Everyone with a post in the street, those who left last. */
export function PeopleTable({ people, search, onSearch, actions, renderPhone, renderActions }: PeopleProps) {
  const shown = people
    .filter(
      ({ name, initials, posts }) =>
        (!search.name || name.includes(search.name) || initials.startsWith(search.name.toLowerCase())) &&
        (!search.role || posts.some(({ role }) => role === search.role)),
    )
    .sort((a, b) => Number(b.active) - Number(a.active) || rank(a) - rank(b))
  return (
    <>
      <div className="desk-tools" role="search" aria-label="查找人员">
        <Input.Search
          key={search.name ?? ''}
          aria-label="姓名"
          placeholder="姓名"
          allowClear
          enterButton="查询"
          style={{ width: 260 }}
          defaultValue={search.name ?? ''}
          onSearch={(name) => onSearch({ ...search, name: name.trim() || undefined })}
        />
        <Select<Role | null>
          aria-label="岗位"
          allowClear
          placeholder="全部岗位"
          style={{ width: 240 }}
          value={search.role ?? null}
          options={streetRoles.map((role) => ({ value: role as Role, label: roles[role].label }))}
          onChange={(role) => onSearch({ ...search, role: role ?? undefined })}
        />
        {actions && <span className="desk-tools-end">{actions}</span>}
      </div>
      <Table<PersonCard>
        size="middle"
        rowKey="id"
        dataSource={shown}
        pagination={false}
        locale={{ emptyText: '没有符合条件的人员。' }}
        columns={[
          { title: '姓名', dataIndex: 'name', width: 200 },
          {
            title: '岗位',
            key: 'posts',
            render: (_, { posts }) => posts.map(({ role }) => roles[role].label).join('、'),
          },
          ...(renderPhone
            ? [
                {
                  title: '电话',
                  key: 'phone',
                  width: 200,
                  render: (_: unknown, person: PersonCard) => renderPhone(person),
                },
              ]
            : []),
          {
            title: '状态',
            dataIndex: 'active',
            width: 120,
            render: (active: boolean) => (active ? <Tag color="success">在岗</Tag> : <Tag>已停用</Tag>),
          },
          ...(renderActions
            ? [
                {
                  title: '操作',
                  key: 'actions',
                  width: 300,
                  render: (_: unknown, person: PersonCard) => renderActions(person),
                },
              ]
            : []),
        ]}
      />
      <p className="desk-pager">共 {shown.length} 人</p>
    </>
  )
}

const order: readonly Role[] = streetRoles
const rank = ({ posts }: PersonCard) => order.indexOf(mainPost(posts, Date.now())?.role ?? 'clock')
