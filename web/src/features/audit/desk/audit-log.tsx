import type { AuditLine } from '@app/shared/audit/schema'
import { capabilities, type Capability } from '@app/shared/capabilities'
import { type Day, dayOf } from '@app/shared/time'
import { DownloadOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { App, Button, Input, Select, Table } from 'antd'
import { useState } from 'react'
import { Answer } from '../../../ui/desk/answer'
import { csvOf, saveCsv } from '../../../ui/desk/csv'
import { gather } from '../../../ui/desk/gather'
import { Sheet } from '../../../ui/desk/page'
import { Pager } from '../../../ui/desk/pager'
import { usePlace } from '../../../ui/desk/place'
import { minuteOf } from '../../../ui/desk/times'
import { wordsOf } from '../../../ui/states'
import { type AuditSearch, type LogOf, auditPage, readAudit } from '../queries'

const pageSize = 50
/** An export asks for so many pages; a wider one is told to be narrowed. */
const mostExported = 2_000

interface AuditLogProps {
  readonly of: LogOf
  readonly search: AuditSearch & { readonly page?: number | undefined }
  readonly onSearch: (search: AuditSearch & { page?: number | undefined }) => void
  /** Who may be chosen from. */
  readonly people: readonly { readonly id: string; readonly name: string }[]
}

const deedOf = (capability: string) => capabilities[capability as Capability] ?? capability
const nameOf = ({ name, actor }: AuditLine) => name ?? (actor.startsWith('usr_clock') ? '系统定时任务' : '不在册人员')

/** 审计日志: who did what and when, filtered, page by page, and what is shown as a file. */
export function AuditLog({ of, search, onSearch, people }: AuditLogProps) {
  const { message } = App.useApp()
  const { name } = usePlace()
  const { page = 1, ...query } = search
  const asked = useQuery(auditPage(of, query))
  const [trail, setTrail] = useState<readonly string[]>([])
  const begin = (change: Partial<AuditSearch>) => {
    setTrail([])
    onSearch({ ...query, ...change, cursor: undefined, page: undefined })
  }
  const { mutate: save, isPending: saving } = useMutation({
    mutationFn: () =>
      gather((cursor) => readAudit(of, { ...query, cursor }), query.cursor, mostExported, mostExported / pageSize),
    onSuccess: ({ items, next }) => {
      saveCsv(
        `${name}审计日志 ${dayOf(Date.now())}`,
        csvOf([
          ['时间', '人员', '人员编号', '事项', '对象编号', '说明'],
          ...items.map((line) => [
            minuteOf(line.at),
            nameOf(line),
            line.actor,
            deedOf(line.capability),
            line.subject,
            line.why,
          ]),
        ]),
      )
      void message.success(
        next === null ? `已导出 ${items.length} 条。` : `已导出前 ${items.length} 条，其余请缩小查询范围后再导出。`,
      )
    },
    onError: (error) => void message.error(wordsOf(error)),
  })
  return (
    <>
      <Sheet>
        <div className="desk-tools" role="search" aria-label="查找日志">
          <Select
            aria-label="人员"
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            placeholder="全部人员"
            style={{ width: 200 }}
            value={query.actor ?? null}
            options={people.map((person) => ({ value: person.id, label: person.name }))}
            onChange={(actor: string | null) => begin({ actor: actor ?? undefined })}
          />
          <Select
            aria-label="事项"
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            placeholder="全部事项"
            style={{ width: 240 }}
            value={query.capability ?? null}
            options={Object.entries(capabilities).map(([value, label]) => ({ value: value as Capability, label }))}
            onChange={(capability: Capability | null) => begin({ capability: capability ?? undefined })}
          />
          <Input.Search
            key={query.subject ?? ''}
            aria-label="对象编号"
            placeholder="对象编号"
            allowClear
            enterButton="查询"
            style={{ width: 280 }}
            defaultValue={query.subject ?? ''}
            onSearch={(subject) => begin({ subject: subject.trim() || undefined })}
          />
          <label className="desk-quiet">
            从 <input type="date" value={query.from ?? ''} onChange={(e) => begin({ from: dayIn(e.target.value) })} />
          </label>
          <label className="desk-quiet">
            到 <input type="date" value={query.to ?? ''} onChange={(e) => begin({ to: dayIn(e.target.value) })} />
          </label>
          <span className="desk-tools-end">
            <Button icon={<DownloadOutlined aria-hidden />} loading={saving} onClick={() => save()}>
              导出
            </Button>
          </span>
        </div>
        <Answer of={asked} rows={12}>
          {({ items, next }) => (
            <>
              <Table<AuditLine>
                size="middle"
                rowKey="id"
                dataSource={items}
                loading={asked.isPlaceholderData}
                pagination={false}
                scroll={{ x: 760 }}
                locale={{
                  emptyText: next === null ? '没有符合条件的记录。' : '这一段里没有符合条件的，后面还有，请继续查找。',
                }}
                columns={[
                  { title: '时间', dataIndex: 'at', width: 170, render: (at: number) => minuteOf(at) },
                  { title: '人员', key: 'name', width: 160, render: (_, line) => nameOf(line) },
                  { title: '事项', dataIndex: 'capability', width: 220, render: deedOf },
                  {
                    title: '对象',
                    dataIndex: 'subject',
                    render: (subject: string) => (
                      <button type="button" className="desk-link" onClick={() => begin({ subject })}>
                        {people.find(({ id }) => id === subject)?.name ?? subject}
                      </button>
                    ),
                  },
                  ...(of.kind === 'district' ? [{ title: '说明', dataIndex: 'why', width: 220 }] : []),
                ]}
              />
              <Pager
                page={page}
                count={items.length}
                size={pageSize}
                next={next}
                trail={trail}
                go={(to) => {
                  setTrail(to.page > page ? [...trail, query.cursor ?? ''] : to.trail)
                  onSearch({ ...query, cursor: to.cursor || undefined, page: to.page > 1 ? to.page : undefined })
                }}
              />
            </>
          )}
        </Answer>
      </Sheet>
    </>
  )
}

/** A day as the browser's own field gives it, or none. */
const dayIn = (typed: string) => (typed === '' ? undefined : (typed as Day))
