import type { CriterionCard } from '@app/shared/criteria/schema'
import { kinds, ownWords, scopes, sightingTags, standings } from '@app/shared/criteria/words'
import { sectors } from '@app/shared/hazards/words'
import { useQuery } from '@tanstack/react-query'
import { Button, Input, Pagination, Table } from 'antd'
import { useState } from 'react'
import { Answer } from '../../../ui/desk/answer'
import { Choice, optionsOf } from '../../../ui/desk/choice'
import { Field } from '../../../ui/desk/field'
import { Sheet } from '../../../ui/desk/page'
import { SearchForm } from '../../../ui/desk/search-form'
import { criteriaQueries } from '../queries'
import { askedOf, type CriteriaSearch, type CriteriaSet, pageSize } from './criteria-search'
import { CriterionTags } from './criterion-tags'
import { HistoryDialog } from './own-dialogs'
import './criteria.css'

interface ListProps {
  readonly streetId: string
  readonly manages: boolean
  /** Whether its versions may be looked at, with who wrote them. */
  readonly opens: boolean
  readonly search: CriteriaSearch
  readonly onSearch: (search: CriteriaSearch) => void
}

/** What a row of the street's own is called in its address, or null for one that is carried. */
const ownIdOf = ({ ref }: CriterionCard) => (ref.id.startsWith('crt_') ? ref.id.slice(0, ref.id.indexOf('/')) : null)

/** 判定标准: what counts as a major hazard and what is owed, each with how sure its words are. */
export function CriteriaList({ streetId, manages, opens, search, onSearch }: ListProps) {
  const list = useQuery(criteriaQueries.page(streetId, askedOf(search)))
  const [opened, setOpened] = useState<string | null>(null)
  return (
    <>
      <FilterForm
        key={JSON.stringify(search)}
        filter={search}
        standards={list.data?.standards ?? []}
        onSearch={onSearch}
      />
      <Sheet>
        <p className="desk-sum">{ownWords}</p>
        <Answer of={list} rows={10}>
          {({ items, total }) => (
            <>
              <Table<CriterionCard>
                size="middle"
                rowKey={({ ref }) => ref.id}
                dataSource={items}
                pagination={false}
                scroll={{ x: 900 }}
                locale={{ emptyText: '没有找到，换个词或放宽条件再查。' }}
                columns={[
                  {
                    title: '依据',
                    key: 'document',
                    width: 260,
                    render: (_, one) => (
                      <>
                        <div className="criterion-document">{one.document}</div>
                        <div>{one.article ?? '条款号未收录'}</div>
                        <div className="desk-quiet">
                          {one.body}，{scopes[one.scope]}
                          {one.since ? `，${one.since} 起` : '，施行日期未核实'}
                        </div>
                        {one.address && (
                          <a href={one.address} target="_blank" rel="noreferrer">
                            官方原文
                            <span className="desk-unseen">（新窗口打开）</span>
                          </a>
                        )}
                      </>
                    ),
                  },
                  {
                    title: '内容（本系统概括）',
                    key: 'text',
                    render: (_, one) => (
                      <>
                        <div>{one.text}</div>
                        {one.warnings
                          .filter((warning) => warning !== sightingTags[one.seen])
                          .map((warning) => (
                            <div key={warning} className="criterion-warning">
                              {warning}
                            </div>
                          ))}
                      </>
                    ),
                  },
                  { title: '行业', dataIndex: 'sector', width: 110 },
                  { title: '状态', key: 'state', width: 170, render: (_, one) => <CriterionTags of={one} /> },
                  {
                    title: '操作',
                    key: 'actions',
                    width: 90,
                    render: (_, one) => {
                      const id = ownIdOf(one)
                      return (
                        id &&
                        opens && (
                          <Button
                            type="link"
                            aria-label={`${manages ? '维护' : '查看'}：${one.text}`}
                            onClick={() => setOpened(id)}
                          >
                            {manages ? '维护' : '各版'}
                          </Button>
                        )
                      )
                    },
                  },
                ]}
              />
              <nav className="desk-pager" aria-label="翻页">
                <span role="status">共 {total} 条</span>
                {total > pageSize && (
                  <Pagination
                    current={search.page ?? 1}
                    pageSize={pageSize}
                    total={total}
                    showSizeChanger={false}
                    onChange={(page) => onSearch({ ...search, page })}
                  />
                )}
              </nav>
            </>
          )}
        </Answer>
      </Sheet>
      {opened && (
        <HistoryDialog streetId={streetId} criterionId={opened} manages={manages} onClose={() => setOpened(null)} />
      )}
    </>
  )
}

const choices = [
  ['sector', '行业', optionsOf(sectors)],
  ['seen', '核实', optionsOf(sightingTags)],
  ['kind', '类别', optionsOf(kinds)],
  ['standing', '施行', optionsOf(standings)],
] as const

function FilterForm({
  filter: { page: _, ...filter },
  standards,
  onSearch,
}: {
  filter: CriteriaSearch
  standards: readonly { id: string; title: string }[]
  onSearch: (filter: CriteriaSet) => void
}) {
  const [draft, setDraft] = useState<CriteriaSet>(filter)
  // Safe: every value below is one of its own list's.
  const set = (change: object) => setDraft((now) => ({ ...now, ...change }))
  return (
    <SearchForm
      label="查询判定标准"
      columns={4}
      filter={filter}
      checks={null}
      onSearch={() => onSearch({ ...draft, words: draft.words?.trim() || undefined })}
      onReset={() => {
        setDraft({})
        onSearch({})
      }}
    >
      <Field label="搜索" wide>
        {(control) => (
          <Input
            {...control}
            placeholder="内容、标准名称、文号或条款，多个词用空格隔开"
            allowClear
            maxLength={60}
            value={draft.words ?? ''}
            onChange={({ target: { value } }) => set({ words: value || undefined })}
          />
        )}
      </Field>
      <Field label="标准">
        {({ status: _s, ...control }) => (
          <Choice
            {...control}
            value={draft.standard}
            options={standards.map(({ id, title }) => ({ value: id, label: title }))}
            onChange={(standard) => set({ standard })}
          />
        )}
      </Field>
      {choices.map(([name, label, options]) => (
        <Field key={name} label={label}>
          {({ status: _s, ...control }) => (
            <Choice {...control} value={draft[name]} options={options} onChange={(value) => set({ [name]: value })} />
          )}
        </Field>
      ))}
    </SearchForm>
  )
}
