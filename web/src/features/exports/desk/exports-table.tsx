import { type ExportCard, exportStates } from '@app/shared/exports/schema'
import { useMutation } from '@tanstack/react-query'
import { App, Button, Progress, Table, Tag } from 'antd'
import { ScrollBox } from '../../../ui/desk/scroll-box'
import { sizeWords } from '../../../ui/desk/sizes'
import { minuteOf } from '../../../ui/desk/times'
import { wordsOf } from '../../../ui/states'
import { packageUrl, removeExport } from '../queries'
import './exports.css'

interface TableProps {
  readonly streetId: string
  readonly items: readonly ExportCard[]
  /** A street that only reads keeps its packages as they are. */
  readonly mayRemove: boolean
}

const colors = { making: 'processing', ready: 'success', failed: 'error', gone: 'default' } as const

/** The street's packages, newest first: how each goes on, and what may be done with it. */
export function ExportsTable({ streetId, items, mayRemove }: TableProps) {
  return (
    <ScrollBox label="数据包" least={900}>
      <Table<ExportCard>
        size="middle"
        rowKey="id"
        dataSource={items}
        pagination={false}
        locale={{ emptyText: '还没有生成过数据包。' }}
        columns={[
          {
            title: '生成时间',
            dataIndex: 'at',
            width: 180,
            render: (at: number, { byName }) => (
              <>
                <span className="desk-number">{minuteOf(at)}</span>
                {byName && <div className="desk-quiet">{byName}</div>}
              </>
            ),
          },
          { title: '状态', width: 260, render: (_, one) => <State one={one} /> },
          {
            title: '内容',
            width: 180,
            render: (_, { rows, objects }) => `${rows} 行，${objects} 个文件`,
          },
          {
            title: '大小',
            width: 110,
            align: 'right',
            className: 'desk-number',
            render: (_, { bytes, state }) => (state === 'ready' ? sizeWords(bytes) : '—'),
          },
          {
            title: '到期',
            width: 170,
            className: 'desk-number',
            render: (_, { expiresAt, state }) => (state === 'ready' && expiresAt !== null ? minuteOf(expiresAt) : '—'),
          },
          {
            title: '操作',
            key: 'actions',
            width: 160,
            render: (_, one) => <Actions streetId={streetId} one={one} mayRemove={mayRemove} />,
          },
        ]}
      />
    </ScrollBox>
  )
}

function State({ one }: { one: ExportCard }) {
  const { state, rows, rowsInAll, objects, objectsInAll, error, downloads } = one
  if (state === 'making') {
    const all = rowsInAll + objectsInAll
    const percent = all === 0 ? 0 : Math.min(99, Math.floor((100 * (rows + objects)) / all))
    return (
      <div aria-live="polite">
        正在生成 <Progress percent={percent} size="small" aria-label="生成进度" />
      </div>
    )
  }
  return (
    <>
      <Tag color={colors[state]}>{exportStates[state]}</Tag>
      {state === 'ready' && downloads > 0 && <span className="desk-quiet">已下载 {downloads} 次</span>}
      {error && <div className="desk-wrong">{error}</div>}
    </>
  )
}

function Actions({ streetId, one, mayRemove }: { streetId: string; one: ExportCard; mayRemove: boolean }) {
  const { message, modal } = App.useApp()
  const remove = useMutation({
    ...removeExport(streetId),
    onSuccess: async (...args) => {
      await removeExport(streetId).onSuccess?.(...args)
      void message.success('数据包已删除。')
    },
    onError: (error) => void message.error(wordsOf(error)),
  })
  const when = minuteOf(one.at)
  return (
    <>
      {one.state === 'ready' && (
        <Button type="link" href={packageUrl(streetId, one.id)} download aria-label={`下载：${when}的数据包`}>
          下载
        </Button>
      )}
      {mayRemove && one.state !== 'gone' && (
        <Button
          type="link"
          danger
          aria-label={`删除：${when}的数据包`}
          loading={remove.isPending}
          onClick={() =>
            void modal.confirm({
              title: `删除${when}的数据包？`,
              content: '只删除这个数据包，街道的数据不受影响。删除后无法再下载。',
              okText: '删除',
              okButtonProps: { danger: true },
              autoFocusButton: 'cancel',
              onOk: () => remove.mutateAsync(one.id).catch(() => undefined),
            })
          }
        >
          删除
        </Button>
      )}
    </>
  )
}
