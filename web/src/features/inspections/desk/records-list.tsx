import type { InspectionCard } from '@app/shared/inspections/schema'
import { kinds } from '@app/shared/inspections/words'
import type { Places } from '@app/shared/places/schema'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Input, Table, Tag } from 'antd'
import { useState } from 'react'
import { Answer } from '../../../ui/desk/answer'
import { Choice, optionsOf } from '../../../ui/desk/choice'
import { Field } from '../../../ui/desk/field'
import { Sheet } from '../../../ui/desk/page'
import { Pager } from '../../../ui/desk/pager'
import { PlaceFields, SearchForm } from '../../../ui/desk/search-form'
import { minuteOf } from '../../../ui/desk/times'
import './inspections.css'
import { pageSize, recordsPage } from './records-queries'
import type { RecordsSearch, RecordsSet } from './records-search'
import { EndingTag, endings } from './tags'

interface ListProps {
  readonly streetId: string
  readonly slug: string
  readonly search: RecordsSearch
  /** Cursors of the pages gone through to get to this one. */
  readonly trail: readonly string[]
  readonly places: Places | undefined
  /** Who may have signed one. */
  readonly people: readonly { readonly id: string; readonly name: string }[]
  readonly onSearch: (search: RecordsSearch, trail?: readonly string[]) => void
}

/** 检查记录: search area, rows and pages; only the newest version of each. */
export function RecordsList({ streetId, slug, search, trail, places, people, onSearch }: ListProps) {
  const asked = useQuery(recordsPage(streetId, search))
  const { cursor: _, page = 1, ...set } = search
  return (
    <>
      <Sheet>
        <RecordsForm
          // A filter that came by the address, a link or going back, fills the form anew.
          key={JSON.stringify(set)}
          filter={set}
          places={places}
          people={people}
          onSearch={(filter) => onSearch(filter, [])}
        />
      </Sheet>
      <Sheet>
        <Answer of={asked} rows={12}>
          {({ items, next }) => (
            <>
              <RecordsTable
                items={items}
                slug={slug}
                places={places}
                loading={asked.isPlaceholderData}
                empty={
                  next === null
                    ? '没有符合条件的检查记录。检查在手机上开展，双方签字后列在这里。'
                    : '这一段里没有符合条件的，后面还有，请继续查找。'
                }
              />
              <Pager
                page={page}
                count={items.length}
                size={pageSize}
                next={next}
                trail={trail}
                go={(to) =>
                  onSearch(
                    { ...set, cursor: to.cursor || undefined, page: to.page > 1 ? to.page : undefined },
                    to.page > page ? [...trail, search.cursor ?? ''] : to.trail,
                  )
                }
              />
            </>
          )}
        </Answer>
      </Sheet>
    </>
  )
}

function RecordsForm({
  filter,
  places,
  people,
  onSearch,
}: Pick<ListProps, 'places' | 'people'> & { filter: RecordsSet; onSearch: (filter: RecordsSet) => void }) {
  const [draft, setDraft] = useState<RecordsSet>(filter)
  // Safe: every value below is one of its own list's, or a day.
  const set = (change: object) => setDraft((now) => ({ ...now, ...change }))
  const choices = [
    ['kind', '检查类型', optionsOf(kinds)],
    ['by', '检查人', people.map(({ id, name }) => ({ value: id, label: name }))],
    ['findings', '发现问题', optionsOf({ yes: '有', no: '无' })],
    ['ending', '单位签字', optionsOf(endings)],
  ] as const
  return (
    <SearchForm
      label="查询检查记录"
      columns={4}
      filter={filter}
      onSearch={() => onSearch(draft)}
      onReset={() => {
        setDraft({})
        onSearch({})
      }}
      checks={
        filter.enterpriseId && (
          <Button onClick={() => onSearch({ ...filter, enterpriseId: undefined })}>不限单位</Button>
        )
      }
    >
      <PlaceFields places={places} chosen={draft} onChoose={set} />
      {choices.map(([name, label, options]) => (
        <Field key={name} label={label}>
          {({ status: _, ...control }) => (
            <Choice {...control} value={draft[name]} options={options} onChange={(value) => set({ [name]: value })} />
          )}
        </Field>
      ))}
      {(['from', 'to'] as const).map((name) => (
        <Field key={name} label={name === 'from' ? '提交自' : '到'}>
          {(control) => (
            <Input
              {...control}
              type="date"
              value={draft[name] ?? ''}
              onChange={({ target: { value } }) => set({ [name]: value || undefined })}
            />
          )}
        </Field>
      ))}
    </SearchForm>
  )
}

interface TableProps {
  readonly items: readonly InspectionCard[]
  readonly slug: string
  /** Null where all are of one unit, whose page it is; undefined while they are on their way. */
  readonly places: Places | null | undefined
  readonly loading: boolean
  readonly empty: string
}

/** Signed checks, each the way to its record. */
export function RecordsTable({ items, slug, places, loading, empty }: TableProps) {
  const community = new Map(places?.communities.map(({ id, name }) => [id, name]))
  const grid = new Map(places?.grids.map(({ id, name }) => [id, name]))
  const ofOne = places === null
  const wayTo = ({ id, version }: InspectionCard, words: string) => (
    <>
      <Link
        className="desk-link"
        to="/admin/s/$street/inspections/$inspectionId"
        params={{ street: slug, inspectionId: id }}
      >
        {words}
      </Link>
      {version > 1 && <Tag className="check-version">第 {version} 版</Tag>}
    </>
  )
  return (
    <Table<InspectionCard>
      size="middle"
      rowKey="id"
      dataSource={items}
      loading={loading}
      pagination={false}
      // An empty table has nothing to focus, and what scrolls must be reached by a keyboard.
      {...(items.length > 0 && { scroll: { x: ofOne ? 600 : 900 } })}
      locale={{ emptyText: empty }}
      columns={[
        ...(ofOne
          ? [
              {
                title: '检查时间',
                dataIndex: 'observedAt',
                render: (at: number, card: InspectionCard) => wayTo(card, minuteOf(at)),
              },
            ]
          : [
              {
                title: '被检查单位',
                dataIndex: 'unitName',
                render: (name: string, card: InspectionCard) => wayTo(card, name),
              },
              {
                title: '社区网格',
                key: 'place',
                width: 200,
                render: (_value: unknown, { communityId, gridId }: InspectionCard) =>
                  [community.get(communityId), grid.get(gridId)].filter(Boolean).join(' · '),
              },
            ]),
        { title: '检查类型', dataIndex: 'kind', width: 120, render: (kind: InspectionCard['kind']) => kinds[kind] },
        ...(ofOne ? [] : [{ title: '检查时间', dataIndex: 'observedAt', width: 160, render: minuteOf }]),
        {
          title: '检查人',
          dataIndex: 'inspector',
          width: 110,
          render: (inspector: string | null) => inspector ?? <span className="desk-quiet">不在册人员</span>,
        },
        {
          title: '发现问题',
          dataIndex: 'findings',
          width: 100,
          render: (findings: number) => (findings > 0 ? `${findings} 项` : '无'),
        },
        {
          title: '单位签字',
          dataIndex: 'ending',
          width: 100,
          render: (ending: InspectionCard['ending']) => <EndingTag ending={ending} />,
        },
      ]}
    />
  )
}
