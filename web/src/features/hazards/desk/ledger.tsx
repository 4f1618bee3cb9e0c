import type { Places } from '@app/shared/places/schema'
import type { EnterpriseCard } from '@app/shared/places/schema'
import { dayOf } from '@app/shared/time'
import { DownloadOutlined, PrinterOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { App, Button, Segmented } from 'antd'
import type { ReactNode } from 'react'
import { Answer } from '../../../ui/desk/answer'
import { saveCsv } from '../../../ui/desk/csv'
import { Sheet } from '../../../ui/desk/page'
import { Pager } from '../../../ui/desk/pager'
import { usePlace } from '../../../ui/desk/place'
import { wordsOf } from '../../../ui/states'
import { csvOfLedger } from './ledger-export'
import { LedgerFilterForm } from './ledger-filter-form'
import { allOf, ledgerPage, mostExported, pageSize } from './ledger-queries'
import { filterKeys, filterOf, openOf, type LedgerFilter, type LedgerSearch } from './ledger-search'
import { LedgerTable } from './ledger-table'
import './ledger.css'

interface LedgerProps {
  readonly streetId: string
  readonly search: LedgerSearch
  /** Cursors of the pages gone through to get to this one. */
  readonly trail: readonly string[]
  readonly places: Places | undefined
  readonly enterprises: readonly EnterpriseCard[] | undefined
  readonly onPlace: (place: Pick<LedgerFilter, 'communityId' | 'gridId'>) => void
  readonly onSearch: (search: LedgerSearch, trail?: readonly string[]) => void
  /** The record that is open, with the ids of the rows around it. */
  readonly children: (ids: readonly string[]) => ReactNode
}

/** 隐患台账: search area, rows, pages, and what can be done with all of it. */
export function Ledger({ streetId, search, trail, places, enterprises, onPlace, onSearch, children }: LedgerProps) {
  const { message } = App.useApp()
  const { name } = usePlace()
  const filter = filterOf(search)
  const asked = useQuery(ledgerPage(streetId, filter))
  const { mutate: exportAll, isPending: exporting } = useMutation({
    mutationFn: () => allOf(streetId, filter),
    onSuccess: ({ rows, whole }) => {
      saveCsv(`${name}隐患台账 ${dayOf(Date.now())}`, csvOfLedger(rows, places))
      void message.success(
        whole ? `已导出 ${rows.length} 条。` : `已导出前 ${mostExported} 条，其余请缩小查询范围后再导出。`,
      )
    },
    onError: (error) => void message.error(wordsOf(error)),
  })
  const { sort = 'newest' } = search
  const open = openOf(search)
  const byDue = search.overdue !== undefined || search.mine === 'yes'
  const set = Object.fromEntries(filterKeys.map((key) => [key, search[key]])) as LedgerFilter
  const begin = (change: LedgerSearch) =>
    onSearch({ ...search, ...change, cursor: undefined, page: undefined, record: undefined }, [])
  return (
    <>
      <Sheet>
        <LedgerFilterForm
          // A filter that came by the address, a link or going back, fills the form anew.
          key={JSON.stringify([open, set])}
          open={open}
          filter={set}
          places={places}
          enterprises={enterprises}
          onPlace={onPlace}
          onSearch={(chosen) => begin({ ...Object.fromEntries(filterKeys.map((key) => [key, undefined])), ...chosen })}
        />
      </Sheet>
      <Sheet>
        <div className="desk-tools">
          <Segmented
            aria-label="办理情况"
            value={open}
            options={[
              { value: 'yes', label: '未销号' },
              { value: 'no', label: '已办结' },
            ]}
            onChange={(value) =>
              begin(
                value === 'no'
                  ? {
                      open: 'no',
                      state: undefined,
                      overdue: undefined,
                      dueBy: undefined,
                      mine: undefined,
                      sort: undefined,
                    }
                  : { open: undefined, state: undefined },
              )
            }
          />
          <span className="desk-quiet">
            {byDue || (sort === 'due' && open === 'yes') ? '按期限从早到晚，只列已定期限的隐患' : '按上报时间从新到旧'}
          </span>
          <span className="desk-tools-end">
            <Button icon={<DownloadOutlined aria-hidden />} loading={exporting} onClick={() => exportAll()}>
              导出当前结果
            </Button>
            <Button icon={<PrinterOutlined aria-hidden />} onClick={() => print()}>
              打印
            </Button>
          </span>
        </div>
        <Answer of={asked} rows={12}>
          {({ items, next }) => (
            <>
              <LedgerTable
                cards={items}
                places={places}
                sort={sort}
                onSort={
                  byDue || open === 'no' || search.number
                    ? null
                    : (chosen) => begin({ sort: chosen === 'due' ? 'due' : undefined })
                }
                current={search.record}
                onOpen={(id) => onSearch({ ...search, record: id }, trail)}
                busy={asked.isPlaceholderData}
                empty={
                  next === null
                    ? search.page
                      ? '后面没有了。'
                      : '没有符合条件的隐患。'
                    : '这一段里没有符合条件的，后面还有，请继续查找。'
                }
              />
              <Pager
                page={search.page ?? 1}
                count={items.length}
                size={pageSize}
                next={next}
                trail={trail}
                go={(to) =>
                  onSearch(
                    { ...search, cursor: to.cursor || undefined, page: to.page > 1 ? to.page : undefined },
                    to.page > (search.page ?? 1) ? [...trail, search.cursor ?? ''] : to.trail,
                  )
                }
              />
              {children(items.map(({ id }) => id))}
            </>
          )}
        </Answer>
        {asked.data === undefined && children([])}
      </Sheet>
    </>
  )
}
