import { kinds } from '@app/shared/enterprises/words'
import type { Places } from '@app/shared/places/schema'
import type { MonthLine } from '@app/shared/selfchecks/schema'
import { addMonths, type Month } from '@app/shared/time'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Alert, App, Button, Table, Tag } from 'antd'
import { useState } from 'react'
import { Answer } from '../../../ui/desk/answer'
import { Choice, optionsOf } from '../../../ui/desk/choice'
import { Field } from '../../../ui/desk/field'
import { gather } from '../../../ui/desk/gather'
import { saveTable } from '../../../ui/desk/save-table'
import { ScrollBox } from '../../../ui/desk/scroll-box'
import { PlaceFields, SearchForm } from '../../../ui/desk/search-form'
import { minuteOf } from '../../../ui/desk/times'
import { wordsOf } from '../../../ui/states'
import { monthPage, selfcheckQueries } from '../queries'
import { filterOf, type MonthSet } from './month-search'
import './selfchecks.css'

interface Props {
  readonly streetId: string
  readonly slug: string
  readonly month: Month
  readonly filter: MonthSet
  readonly places: Places | undefined
  readonly onSearch: (month: Month, filter: MonthSet) => void
}

/** Who owes a self-check for a month, and who has not done it (应自查未自查). */
export function MonthList({ streetId, slug, month, filter, places, onSearch }: Props) {
  const list = useInfiniteQuery(selfcheckQueries.month(streetId, month, filterOf(filter)))
  const namesOf = new Map<string, string>(
    [...(places?.communities ?? []), ...(places?.grids ?? [])].map((place) => [place.id, place.name]),
  )
  return (
    <>
      <MonthForm
        key={JSON.stringify([month, filter])}
        month={month}
        filter={filter}
        places={places}
        onSearch={onSearch}
      />
      <Answer of={list}>
        {({ pages }) => (
          <div className="selfcheck-list">
            {pages[0] && !pages[0].owed && (
              <Alert type="info" showIcon title="本街道没有要求每月自查，可在“街道设置”里打开。" />
            )}
            <ScrollBox label="自查完成情况" least={760}>
              <Table<MonthLine>
                size="middle"
                rowKey="id"
                dataSource={pages.flatMap(({ items }) => items)}
                pagination={false}
                locale={{ emptyText: '没有符合条件的单位。' }}
                columns={[
                  {
                    title: '单位',
                    dataIndex: 'name',
                    render: (name: string, { id }) => (
                      <Link to="/admin/s/$street/enterprises/$enterpriseId" params={{ street: slug, enterpriseId: id }}>
                        {name}
                      </Link>
                    ),
                  },
                  { title: '类别', dataIndex: 'kind', width: 130, render: (kind: MonthLine['kind']) => kinds[kind] },
                  {
                    title: '社区与网格',
                    dataIndex: 'gridId',
                    width: 200,
                    render: (gridId: string, { communityId }) =>
                      [namesOf.get(communityId), namesOf.get(gridId)].filter(Boolean).join(' · '),
                  },
                  {
                    title: '自查',
                    dataIndex: 'selfcheck',
                    width: 230,
                    render: (done: MonthLine['selfcheck']) =>
                      done ? (
                        <Link
                          to="/admin/s/$street/selfchecks/$selfcheckId"
                          params={{ street: slug, selfcheckId: done.id }}
                        >
                          {minuteOf(done.receivedAt)} 已完成
                        </Link>
                      ) : (
                        <Tag color="warning">未完成</Tag>
                      ),
                  },
                  {
                    title: '自查发现',
                    key: 'findings',
                    width: 110,
                    render: (_value, { selfcheck }) =>
                      selfcheck ? (selfcheck.findings > 0 ? `${selfcheck.findings} 项` : '全部正常') : '',
                  },
                ]}
              />
            </ScrollBox>
            {list.hasNextPage && (
              <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                继续查看
              </Button>
            )}
          </div>
        )}
      </Answer>
    </>
  )
}

function MonthForm({ month, filter, places, onSearch }: Omit<Props, 'streetId' | 'slug'>) {
  const [draft, setDraft] = useState({ month, ...filter })
  const set = (change: Partial<typeof draft>) => setDraft((now) => ({ ...now, ...change }))
  const months = Array.from({ length: 12 }, (_, ago) => addMonths(month, -ago))
  return (
    <SearchForm
      label="查询自查完成情况"
      columns={5}
      filter={filter}
      checks={null}
      onSearch={() => {
        const { month: chosen, ...rest } = draft
        onSearch(chosen, rest)
      }}
      onReset={() => onSearch(month, {})}
    >
      <Field label="月份">
        {({ status: _, ...control }) => (
          <Choice
            {...control}
            value={draft.month}
            options={months.map((one) => ({ value: one, label: one }))}
            // Safe: the options are months.
            onChange={(one) => set({ month: (one ?? month) as Month })}
          />
        )}
      </Field>
      <PlaceFields places={places} chosen={draft} onChoose={set} />
      <Field label="类别">
        {({ status: _, ...control }) => (
          <Choice
            {...control}
            value={draft.kind}
            options={optionsOf(kinds)}
            onChange={(kind) => set({ kind: kind as MonthSet['kind'] })}
          />
        )}
      </Field>
      <Field label="完成">
        {({ status: _, ...control }) => (
          <Choice
            {...control}
            value={draft.done}
            options={[
              { value: 'no', label: '未完成' },
              { value: 'yes', label: '已完成' },
            ]}
            onChange={(done) => set({ done: done as MonthSet['done'] })}
          />
        )}
      </Field>
    </SearchForm>
  )
}

/** So many pages of the list at most go into one workbook. */
const mostPages = 400

/** 导出: the whole list as it is filtered. */
export function ExportMonth({
  streetId,
  month,
  filter,
  places,
}: Pick<Props, 'streetId' | 'month' | 'filter' | 'places'>) {
  const { message } = App.useApp()
  const [making, setMaking] = useState(false)
  const save = async () => {
    setMaking(true)
    try {
      const { items } = await gather<MonthLine>(
        (cursor) => monthPage(streetId, month, filterOf(filter), cursor),
        undefined,
        Infinity,
        mostPages,
      )
      const namesOf = new Map<string, string>(
        [...(places?.communities ?? []), ...(places?.grids ?? [])].map((place) => [place.id, place.name]),
      )
      const headers = ['单位', '类别', '社区', '网格', '自查时间', '自查发现（项）']
      await saveTable(
        `${month} 企业自查完成情况`,
        headers.map((header) => ({ header, width: 20 })),
        [
          headers,
          ...items.map(({ name, kind, communityId, gridId, selfcheck }) => [
            name,
            kinds[kind],
            namesOf.get(communityId) ?? '',
            namesOf.get(gridId) ?? '',
            selfcheck ? minuteOf(selfcheck.receivedAt) : '未完成',
            selfcheck?.findings ?? '',
          ]),
        ],
        '自查',
      )
    } catch (error) {
      void message.error(wordsOf(error))
    } finally {
      setMaking(false)
    }
  }
  return (
    <Button loading={making} onClick={() => void save()}>
      导出
    </Button>
  )
}
