import { type SecurityEventLine, resultWords } from '@app/shared/accounts/schema'
import { type SecurityKind, securityKinds, securityWords } from '@app/shared/accounts/words'
import { type Day, addDays, startOfDay } from '@app/shared/time'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { App, Button, Input, Select, Table } from 'antd'
import { useState } from 'react'
import type { InferOutput } from 'valibot'
import { Answer } from '../../../ui/desk/answer'
import { csvOf, saveCsv } from '../../../ui/desk/csv'
import { ScrollBox } from '../../../ui/desk/scroll-box'
import { Page, Sheet } from '../../../ui/desk/page'
import { Pager } from '../../../ui/desk/pager'
import { minuteOf } from '../../../ui/desk/times'
import { wordsOf } from '../../../ui/states'
import { type EventSearch, type Owner, eventsQuery, readEvents } from '../queries'

type Line = InferOutput<typeof SecurityEventLine>

const pageSize = 50
/** So many lines fit a spreadsheet that somebody reads. */
const mostSaved = 10_000

export interface AuditFilter {
  readonly kind?: SecurityKind | undefined
  readonly username?: string | undefined
  readonly from?: Day | undefined
  readonly until?: Day | undefined
}

/** 审计日志: who signed in, or tried to, and who administered whose account. */
export function AuditPage({
  owner,
  names,
  filter,
  onFilter,
}: {
  owner: Owner
  /** Names of the unit's people, where they are known here. */
  names: ReadonlyMap<string, string>
  filter: AuditFilter
  onFilter: (filter: AuditFilter) => void
}) {
  const { message } = App.useApp()
  const [at, setAt] = useState<{ cursor: string; page: number; trail: readonly string[] }>({
    cursor: '',
    page: 1,
    trail: [],
  })
  const [saving, setSaving] = useState(false)
  const search: EventSearch = {
    kind: filter.kind,
    username: filter.username,
    from: filter.from && startOfDay(filter.from),
    until: filter.until && startOfDay(addDays(filter.until, 1)),
  }
  const events = useQuery({
    ...eventsQuery(owner, { ...search, ...(at.cursor && { cursor: at.cursor }) }),
    placeholderData: keepPreviousData,
  })
  const change = (next: AuditFilter) => {
    setAt({ cursor: '', page: 1, trail: [] })
    onFilter({ ...filter, ...next })
  }
  const save = async () => {
    setSaving(true)
    try {
      const lines: Line[] = []
      let cursor: string | undefined
      do {
        const page = await readEvents(owner, { ...search, cursor }, 200)
        lines.push(...page.items)
        cursor = page.next ?? undefined
      } while (cursor && lines.length < mostSaved)
      saveCsv('审计日志', csvOfEvents(lines, names))
      if (cursor) void message.warning(`只导出了最近 ${lines.length} 条，请缩小日期范围后分次导出。`)
    } catch (error) {
      void message.error(wordsOf(error))
    } finally {
      setSaving(false)
    }
  }
  return (
    <Page
      title="登录审计"
      needs="audit.view"
      about="登录和账号管理的每一次操作，只增不改，逐条以哈希相连，保存 12 个月以上。不含密码和验证码。"
      extra={
        <Button loading={saving} onClick={() => void save()}>
          导出
        </Button>
      }
    >
      <Sheet>
        <form
          className="desk-filter"
          aria-label="筛选"
          onSubmit={(event) => {
            event.preventDefault()
            change({ username: String(new FormData(event.currentTarget).get('username') ?? '').trim() || undefined })
          }}
        >
          <Select<SecurityKind>
            aria-label="操作"
            allowClear
            placeholder="全部操作"
            style={{ width: 200 }}
            {...(filter.kind && { value: filter.kind })}
            options={securityKinds.map((value) => ({ value, label: securityWords[value] }))}
            onChange={(kind: SecurityKind | undefined) => change({ kind })}
          />
          <Input
            name="username"
            aria-label="用户名"
            placeholder="用户名（完整）"
            defaultValue={filter.username}
            allowClear
            style={{ width: 200 }}
          />
          <Input
            type="date"
            aria-label="从"
            value={filter.from ?? ''}
            style={{ width: 160 }}
            onChange={({ target }) => change({ from: (target.value || undefined) as Day | undefined })}
          />
          <Input
            type="date"
            aria-label="到"
            value={filter.until ?? ''}
            style={{ width: 160 }}
            onChange={({ target }) => change({ until: (target.value || undefined) as Day | undefined })}
          />
          <Button htmlType="submit">查询</Button>
        </form>
        <Answer of={events} rows={8}>
          {({ items, next }) => (
            <>
              <EventTable lines={items} names={names} />
              <Pager
                page={at.page}
                count={items.length}
                size={pageSize}
                next={next}
                trail={at.trail}
                go={({ cursor, page, trail }) =>
                  setAt({ cursor, page, trail: page > at.page ? [...trail, at.cursor] : trail })
                }
              />
            </>
          )}
        </Answer>
      </Sheet>
    </Page>
  )
}

const whoIs = (names: ReadonlyMap<string, string>, id: string | null) => (id === null ? '' : (names.get(id) ?? id))

function EventTable({ lines, names }: { lines: readonly Line[]; names: ReadonlyMap<string, string> }) {
  return (
    <ScrollBox label="登录审计记录" least={lines.length > 0 ? 1400 : 0}>
      <Table<Line>
        size="small"
        rowKey="seq"
        dataSource={lines}
        pagination={false}
        locale={{ emptyText: '没有符合条件的记录。' }}
        columns={[
          { title: '时间', dataIndex: 'at', width: 150, className: 'desk-number', render: minuteOf },
          { title: '操作', dataIndex: 'kind', width: 150, render: (kind: SecurityKind) => securityWords[kind] },
          {
            title: '结果',
            dataIndex: 'result',
            width: 130,
            render: (result: Line['result']) =>
              result === 'done' ? resultWords.done : <strong>{resultWords[result]}</strong>,
          },
          {
            title: '操作人',
            key: 'actor',
            width: 160,
            render: (_, { actor, username }) => whoIs(names, actor) || username || '—',
          },
          { title: '用户名', dataIndex: 'username', width: 150, render: (name: string | null) => name ?? '—' },
          { title: '对象', dataIndex: 'subject', width: 140, render: (id: string | null) => whoIs(names, id) || '—' },
          { title: '网络地址', dataIndex: 'address', width: 150, render: (address: string | null) => address ?? '—' },
          { title: '设备', dataIndex: 'device', width: 130, render: (device: string | null) => device ?? '—' },
          { title: '说明', dataIndex: 'detail', render: (detail: string | null) => detail ?? '' },
        ]}
      />
    </ScrollBox>
  )
}

/** Lines of the record as a CSV text, with what proves their order. */
export function csvOfEvents(lines: readonly Line[], names: ReadonlyMap<string, string>): string {
  return csvOf([
    [
      '序号',
      '时间',
      'UTC 时间',
      '操作',
      '结果',
      '操作人',
      '用户名',
      '对象',
      '网络地址',
      '设备',
      '浏览器',
      '请求编号',
      '说明',
      '哈希',
    ],
    ...lines.map((line) => [
      line.seq,
      minuteOf(line.at),
      new Date(line.at).toISOString(),
      securityWords[line.kind],
      resultWords[line.result],
      whoIs(names, line.actor),
      line.username,
      whoIs(names, line.subject),
      line.address,
      line.device,
      line.agent,
      line.requestId,
      line.detail,
      line.hash,
    ]),
  ])
}
