import { roles } from '@app/shared/capabilities'
import type { OverseersPage } from '@app/shared/onboarding/schema'
import type { UnitCard } from '@app/shared/organisation/schema'
import { useMutation } from '@tanstack/react-query'
import { App, Button, Table, Tag } from 'antd'
import { ScrollBox } from '../../../ui/desk/scroll-box'
import { minuteOf } from '../../../ui/desk/times'
import { wordsOf } from '../../../ui/states'
import { AccountButton } from '../../accounts/desk/account-button'
import { endOverseer, restoreOverseer } from '../queries'

type Overseer = OverseersPage['items'][number]

interface TableProps {
  readonly districtId: string
  readonly people: readonly Overseer[]
  readonly units: readonly UnitCard[]
  readonly manages: boolean
  /** One's own post is ended by somebody else. */
  readonly me: string
}

/** 区级人员 with their posts, those that have ended included. */
export function OverseersTable({ districtId, people, units, manages, me }: TableProps) {
  const { message, modal } = App.useApp()
  const onError = (error: unknown) => void message.error(wordsOf(error))
  const end = useMutation({ ...endOverseer(districtId), onError })
  const restore = useMutation({ ...restoreOverseer(districtId), onError })
  const askEnd = ({ id, name }: Overseer) =>
    void modal.confirm({
      title: `停用${name}的区级岗位？`,
      content: '立即不能再进入本区，以往记录保留，可随时恢复。',
      okText: '停用岗位',
      okButtonProps: { danger: true },
      autoFocusButton: 'cancel',
      onOk: () => end.mutateAsync(id).catch(() => undefined),
    })
  const askRestore = ({ id, name, role }: Overseer) =>
    void modal.confirm({
      title: `恢复${name}的区级岗位？`,
      content: `恢复为“${roles[role].label}”，用原来的用户名和密码登录。`,
      okText: '恢复岗位',
      onOk: () => restore.mutateAsync(id).catch(() => undefined),
    })
  const actionsOf = (person: Overseer) =>
    person.until === null ? (
      <>
        <AccountButton tenant={{ kind: 'district', id: districtId }} person={person} own={person.id === me} />
        {person.id !== me && (
          <Button type="link" danger aria-label={`停用岗位：${person.name}`} onClick={() => askEnd(person)}>
            停用岗位
          </Button>
        )}
      </>
    ) : (
      <Button type="link" aria-label={`恢复岗位：${person.name}`} onClick={() => askRestore(person)}>
        恢复岗位
      </Button>
    )
  return (
    <ScrollBox label="区级人员" least={760}>
      <Table<Overseer>
        size="middle"
        rowKey="id"
        dataSource={people}
        pagination={false}
        locale={{ emptyText: '还没有区级人员。' }}
        columns={[
          { title: '姓名', dataIndex: 'name' },
          { title: '岗位', dataIndex: 'role', width: 200, render: (role: Overseer['role']) => roles[role].label },
          {
            title: '成员单位',
            dataIndex: 'unitId',
            render: (unitId: Overseer['unitId']) => units.find(({ id }) => id === unitId)?.name ?? '—',
          },
          {
            title: '状态',
            dataIndex: 'until',
            width: 200,
            render: (until: number | null) =>
              until === null ? <Tag color="success">在岗</Tag> : <Tag>{minuteOf(until)} 停用</Tag>,
          },
          ...(manages
            ? [
                {
                  title: '操作',
                  key: 'actions',
                  width: 230,
                  render: (_: unknown, person: Overseer) => actionsOf(person),
                },
              ]
            : []),
        ]}
      />
      <p className="desk-pager">共 {people.length} 人</p>
    </ScrollBox>
  )
}
