import type { ChecklistCard, ChecklistPage } from '@app/shared/checklists/listing'
import { NewChecklist } from '@app/shared/checklists/drafts'
import type { TemplateId } from '@app/shared/ids'
import { useForm } from '@tanstack/react-form'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Table, Tag } from 'antd'
import { useState } from 'react'
import { refusedAt, refusedElse } from '../../../ui/desk/field'
import { FormDialog } from '../../../ui/desk/form-dialog'
import { freshId } from '../../../ui/desk/fresh-id'
import { Sheet } from '../../../ui/desk/page'
import { TextField } from '../../../ui/desk/text-field'
import { minuteOf } from '../../../ui/desk/times'
import { beginChecklist } from '../queries'
import { forWhom } from './words'
import './checklists.css'

/** What a new checklist is begun from. */
export interface Origin {
  readonly title: string
  readonly copyOf: { readonly id: TemplateId; readonly version: number } | null
}

interface ListsProps {
  readonly page: ChecklistPage
  readonly slug: string
  readonly manages: boolean
  readonly onBegin: (origin: Origin) => void
}

type Own = ChecklistPage['own'][number]
type Shipped = ChecklistPage['shipped'][number]

function Opening({ slug, card: { id, version }, children }: { slug: string; card: ChecklistCard; children: string }) {
  return (
    <Link to="/admin/s/$street/checklists/$templateId" params={{ street: slug, templateId: id }} search={{ version }}>
      {children}
    </Link>
  )
}

/** 检查表: the street's own, and those that come with the product. */
export function ChecklistsLists({ page: { own, shipped }, slug, manages, onBegin }: ListsProps) {
  const titles = new Map([...own, ...shipped].map(({ id, title }) => [id, title]))
  const copy = ({ id, version, title }: ChecklistCard) =>
    onBegin({ title: `${title}（本街道）`, copyOf: { id, version } })
  return (
    <>
      <Sheet title="本街道的检查表">
        <Table<Own>
          size="middle"
          rowKey="id"
          dataSource={own}
          pagination={false}
          scroll={{ x: 820 }}
          locale={{
            emptyText: manages
              ? '还没有自己的检查表。可复制一份自带的来改，或新建一份。'
              : '本街道没有自己的检查表，使用自带的。',
          }}
          columns={[
            {
              title: '检查表',
              key: 'title',
              render: (_, { title, offered, pending, retiredOn }) => (
                <>
                  {offered ? (
                    <Opening slug={slug} card={offered}>
                      {offered.title}
                    </Opening>
                  ) : (
                    title
                  )}{' '}
                  {retiredOn ? (
                    <Tag>{retiredOn} 停用</Tag>
                  ) : offered ? (
                    pending && <Tag color="warning">有未发布的修改</Tag>
                  ) : (
                    <Tag color="warning">草稿</Tag>
                  )}
                </>
              ),
            },
            { title: '适用', key: 'for', width: 220, render: (_, { offered }) => (offered ? forWhom(offered) : '—') },
            {
              title: '现行版本',
              key: 'version',
              width: 190,
              render: (_, { offered }) =>
                offered ? `第 ${offered.version} 版（${offered.publishedOn}），${offered.items} 项` : '—',
            },
            {
              title: '代替',
              key: 'replaces',
              width: 170,
              render: (_, { offered }) => (offered?.replaces ? (titles.get(offered.replaces) ?? '—') : '—'),
            },
            {
              title: '最近修改',
              key: 'edited',
              width: 150,
              render: (_, { editedAt, editedBy }) => (
                <>
                  <div>{editedBy ?? '已离岗人员'}</div>
                  <div className="desk-quiet">{minuteOf(editedAt)}</div>
                </>
              ),
            },
            ...(manages
              ? [
                  {
                    title: '操作',
                    key: 'actions',
                    width: 120,
                    render: (_: unknown, { id, title, offered, retiredOn }: Own) => (
                      <span className="desk-actions checklist-actions">
                        {retiredOn === null && (
                          <Link
                            to="/admin/s/$street/checklists/$templateId/edit"
                            params={{ street: slug, templateId: id }}
                            aria-label={`编辑：${title}`}
                          >
                            编辑
                          </Link>
                        )}
                        {offered && (
                          <Button type="link" aria-label={`复制：${title}`} onClick={() => copy(offered)}>
                            复制
                          </Button>
                        )}
                      </span>
                    ),
                  },
                ]
              : []),
          ]}
        />
      </Sheet>
      <Sheet title="自带的检查表">
        <Table<Shipped>
          size="middle"
          rowKey="id"
          dataSource={shipped}
          pagination={false}
          scroll={{ x: 720 }}
          columns={[
            {
              title: '检查表',
              key: 'title',
              render: (_, card) => (
                <>
                  <Opening slug={slug} card={card}>
                    {card.title}
                  </Opening>{' '}
                  {card.replacedBy && <Tag>已由“{titles.get(card.replacedBy)}”代替</Tag>}
                </>
              ),
            },
            { title: '适用', key: 'for', width: 320, render: (_, card) => forWhom(card) },
            {
              title: '版本',
              key: 'version',
              width: 150,
              render: (_, { version, items }) => `第 ${version} 版，${items} 项`,
            },
            ...(manages
              ? [
                  {
                    title: '操作',
                    key: 'actions',
                    width: 110,
                    render: (_: unknown, card: Shipped) => (
                      <Button type="link" aria-label={`复制来改：${card.title}`} onClick={() => copy(card)}>
                        复制来改
                      </Button>
                    ),
                  },
                ]
              : []),
          ]}
        />
      </Sheet>
    </>
  )
}

/** Asks what a new checklist is called, and begins it. */
export function BeginDialog({
  streetId,
  origin,
  onClose,
  onBegun,
}: {
  streetId: string
  origin: Origin
  onClose: () => void
  onBegun: (id: TemplateId) => void
}) {
  const [id] = useState(() => freshId<TemplateId>('tpl'))
  const { mutate, isPending, error } = useMutation(beginChecklist(streetId))
  const form = useForm({
    defaultValues: { title: origin.title },
    onSubmit: ({ value }) => mutate({ id, ...value, copyOf: origin.copyOf }, { onSuccess: () => onBegun(id) }),
  })
  return (
    <FormDialog
      title={origin.copyOf ? '复制检查表' : '新建检查表'}
      submit="开始编辑"
      pending={isPending}
      error={refusedElse(error, ['/title'])}
      onSubmit={() => void form.handleSubmit()}
      onClose={onClose}
    >
      <form.Field name="title" validators={{ onSubmit: NewChecklist.entries.title }}>
        {(field) => (
          <TextField
            of={field}
            label="检查表名称"
            required
            wide
            hint="先存为草稿，发布以后检查时才用得到。"
            refused={refusedAt(error, '/title')}
          />
        )}
      </form.Field>
    </FormDialog>
  )
}
