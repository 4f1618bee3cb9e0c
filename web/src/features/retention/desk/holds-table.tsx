import type { HoldLine } from '@app/shared/hazards/hold'
import { isHeld } from '@app/shared/retention'
import { addDays, dayOf } from '@app/shared/time'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { App, Button, Table, Tag } from 'antd'
import { ScrollBox } from '../../../ui/desk/scroll-box'
import { minuteOf } from '../../../ui/desk/times'
import { wordsOf } from '../../../ui/states'
import { liftHold } from '../queries'

interface TableProps {
  readonly streetId: string
  readonly items: readonly HoldLine[]
  /** The list of hazards, where each can be opened. */
  readonly ledger: string
  /** A street that only reads keeps its holds as they are. */
  readonly mayLift: boolean
}

/** Records that are kept past their term: why, by whom, until when. */
export function HoldsTable({ streetId, items, ledger, mayLift }: TableProps) {
  const { message, modal } = App.useApp()
  const lift = useMutation({ ...liftHold(streetId), onError: (error) => void message.error(wordsOf(error)) })
  const ask = ({ hazardId, number }: HoldLine) =>
    void modal.confirm({
      title: `解除对${number}的保留？`,
      content: '解除后按保存期限处理；已过期限的，文字和照片将在下一次清理时删除，不能恢复。',
      okText: '解除保留',
      okButtonProps: { danger: true },
      autoFocusButton: 'cancel',
      onOk: () => lift.mutateAsync(hazardId).catch(() => undefined),
    })
  return (
    <ScrollBox label="保留的记录" least={860}>
      <Table<HoldLine>
        size="middle"
        rowKey="hazardId"
        dataSource={items}
        pagination={false}
        locale={{ emptyText: '没有因争议保留的记录。' }}
        columns={[
          {
            title: '隐患编号',
            dataIndex: 'number',
            width: 190,
            render: (number: string, { hazardId }) => (
              <Link to={ledger} search={{ record: hazardId }}>
                {number}
              </Link>
            ),
          },
          { title: '原因', dataIndex: 'why' },
          {
            title: '办理人',
            dataIndex: 'name',
            width: 190,
            render: (name: string | null, { at }) => (
              <>
                {name ?? '已离岗人员'}
                <div className="desk-quiet">{minuteOf(at)}</div>
              </>
            ),
          },
          {
            title: '保留到',
            dataIndex: 'until',
            width: 170,
            render: (until: number | null) =>
              until === null ? (
                '解除为止'
              ) : (
                <>
                  {addDays(dayOf(until), -1)} {!isHeld({ until }, Date.now()) && <Tag>已期满</Tag>}
                </>
              ),
          },
          ...(mayLift
            ? [
                {
                  title: '操作',
                  key: 'actions',
                  width: 120,
                  render: (_: unknown, hold: HoldLine) => (
                    <Button type="link" danger aria-label={`解除保留：${hold.number}`} onClick={() => ask(hold)}>
                      解除保留
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      <p className="desk-pager">共 {items.length} 条</p>
    </ScrollBox>
  )
}
